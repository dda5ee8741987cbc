"""Where memories come from: a file, a folder of them, or a store that is ready."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from aligner.errors import InputError
from aligner.memory.store import Progress, Read, Source, Store

_SQLITE = b"SQLite format 3\0"


# Of a folder, the files that may be memories; tables and the like may be anything.
EXTENSIONS = (".tmx", ".tmx.gz", ".tmx.zip", ".xlf", ".xliff", ".sdlxliff", ".jsonl", ".db")


def prepared(
    paths: Sequence[Path], read: Read, progress: Progress = lambda *_: None
) -> list[tuple[str, Path]]:
    """Make what the user names ready to be searched; gives a name and a store for each.

    A file or folder gets a store of its own in the user's cache, which is brought up to date: only
    what changed since is read. A store is taken as it is.

    Args:
        paths: files, folders and stores.
        read: gives the units of a file.
        progress: is told of each file and how many of its units are in.

    Raises:
        InputError: a file is missing or damaged, or a folder has none.
        OutputError: the store cannot be written.
    """
    return [
        (path.absolute().name, store)  # "." has no name
        for path in paths
        for store in _stores(path, read, progress)
    ]


def files(path: Path) -> list[Path]:
    """The file itself, or all of a folder and those in it, but for what is hidden, by name.

    Raises:
        InputError: a folder has none.
    """
    if not path.is_dir():
        return [path]
    if found := in_folder(path):
        return found
    raise InputError(
        "the folder has no memory in it",
        where=str(path),
        hint=f"Give a folder of files that end in {', '.join(EXTENSIONS)}, or such a file.",
    )


def in_folder(folder: Path) -> list[Path]:
    """The files of a folder and those in it that may be memories, but for what is hidden."""
    return sorted(
        file
        for file in folder.rglob("*")
        if file.name.lower().endswith(EXTENSIONS)
        and file.is_file()
        and not any(part.startswith(".") for part in file.relative_to(folder).parts)
    )


def is_store(path: Path) -> bool:
    """Whether a file is a database."""
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False


def cache() -> Path:
    """The user's folder for what can be made again (XDG, and what stands for it elsewhere)."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "aligner" / "memory"


def _stores(path: Path, read: Read, progress: Progress) -> Iterator[Path]:
    """The stores for what the user names: those that are there, and one for all other files."""
    found = files(path)
    ready = [file for file in found if is_store(file)]
    yield from ready
    sources = [Source.of(file) for file in found if file not in ready]
    if sources:
        name = sha256(str(path.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
        place = cache() / f"{name}.db"
        with Store.open(place, create=True) as store:
            store.add(sources, read, progress)
            store.remove(set(store.names()) - {source.name for source in sources})
        yield place
