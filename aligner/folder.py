"""The folder that a run writes to: results replaced all together, a person's edits never.

`SHA256SUMS` there, as `sha256sum --check` reads it, tells our files from edited ones. Work under
way stands in a folder `.run` beside them, which is gone when the run is done.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from aligner.errors import EditedError, OutputError
from aligner.formats import atomic
from aligner.journal import Journal

SUMS = "SHA256SUMS"


@contextmanager
def workplace(folder: Path) -> Iterator[Path]:
    """Make the folder, and give the one in it for work under way.

    Both go again when nothing is left in them: a run that fails at once leaves no trace.

    Raises:
        OutputError: it cannot be made.
    """
    work = folder / ".run"
    _make(work)
    try:
        yield work
    finally:
        with suppress(OSError):  # not empty
            work.rmdir()
            folder.rmdir()


def guard(folder: Path, names: Iterable[str], announced: Collection[tuple[str, str]]) -> None:
    """Make sure that the named files, as far as they are there, stand as we wrote them.

    Args:
        folder: where they are.
        names: the files that are to be replaced.
        announced: name and SHA-256 of files that a run was about to write when it was cut off.

    Raises:
        EditedError: one has been edited, or never was ours.
    """
    ours = {*_read_sums(folder).items(), *announced}
    edited = [
        name
        for name in names
        if (folder / name).exists() and (name, _sha256(folder / name)) not in ours
    ]
    if edited:
        raise EditedError(
            f"edited since aligner wrote it, or never written by it: {', '.join(edited)}",
            where=str(folder),
            hint="Choose another folder with --out, or give --force to overwrite it.",
        )


def replace_all(work: Path, writers: Mapping[str, Callable[[Path], int]], journal: Journal) -> int:
    """Write all files aside, then move them to their places.

    Args:
        work: the folder for work under way; the files go to the one above it.
        writers: by file name, what writes the file to a path; gives the characters it dropped.
        journal: is told beforehand which files will be there, and removed in the end.

    Returns:
        How many characters the worst file dropped.

    Raises:
        OutputError: a file cannot be written; none has been replaced then.
    """
    folder, aside = work.parent, work / "new"
    shutil.rmtree(aside, ignore_errors=True)  # of a run that was killed
    _make(aside)
    dropped = max(write(aside / name) for name, write in writers.items())
    sums = {name: _sha256(aside / name) for name in writers}
    journal.announce(sums)
    for name in writers:
        _move(aside / name, folder / name)
    # A run into other languages may have written more files here: they stay ours.
    before = {name: known for name, known in _read_sums(folder).items() if (folder / name).exists()}
    with atomic.replace(folder / SUMS) as file:
        file.writelines(f"{known}  {name}\n".encode() for name, known in (before | sums).items())
    aside.rmdir()
    journal.remove()
    return dropped


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"the folder cannot be made: {error.strerror}",
            where=str(folder),
            hint="Choose another folder with --out.",
        ) from error


def _move(file: Path, place: Path) -> None:
    try:
        file.replace(place)
    except OSError as error:
        raise OutputError(
            f"the file cannot be put in its place: {error.strerror}",
            where=str(place),
            hint="Move away what is there, or choose another folder with --out.",
        ) from error


def _read_sums(folder: Path) -> dict[str, str]:
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return {}
    return {name: sha256 for sha256, _, name in (line.partition("  ") for line in lines)}


def _sha256(path: Path) -> str:
    """The SHA-256 of a file; "" of what cannot be read, such as a folder of that name."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
