"""The folder that a run writes to: results replaced all together, a person's edits never.

`SHA256SUMS` there, as `sha256sum --check` reads it, tells our files from edited ones. Edits that
`aligner import` has taken in stand in files of ours: the origins in the JSONL tell of them. Work
under way stands in a folder `.run` beside them, which is gone when the run is done.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from aligner.errors import EditedError, OutputError
from aligner.formats import atomic, jsonl
from aligner.journal import Journal
from aligner.records import PERSONS

SUMS = "SHA256SUMS"


@contextmanager
def workplace(folder: Path) -> Iterator[Path]:
    """Make the folder, and give the one in it for work under way.

    Both go again when nothing is left in them: a run that fails at once leaves no trace.

    Raises:
        OutputError: it cannot be made.
    """
    work = folder / ".run"
    for place in (folder, work):
        _make(place)
    try:
        yield work
    finally:
        with suppress(OSError):  # not empty
            work.rmdir()
            folder.rmdir()


def guard(folder: Path, names: Iterable[str], announced: Collection[tuple[str, str]]) -> None:
    """Make sure that the named files, as far as they are there, hold no work but ours.

    Args:
        folder: where they are.
        names: the files that are to be replaced.
        announced: name and SHA-256 of files that a run was about to write when it was cut off.

    Raises:
        EditedError: one has been edited, never was ours, or holds edits that were imported.
    """
    edited = strangers(folder, names, announced)
    if edited:
        raise EditedError(
            f"edited since aligner wrote it, or never written by it: {', '.join(edited)}",
            where=str(folder),
            hint="Choose another folder with --out, or give --force to overwrite it.",
        )
    imported = sum(_edits(folder / name) for name in names if name.endswith(".jsonl"))
    if imported:
        raise EditedError(
            f"edits of {imported} translation{'s' * (imported > 1)} are in it, by `aligner import`",
            where=str(folder),
            hint="Choose another folder with --out, or give --force to lose them.",
        )


def is_result(path: Path) -> bool:
    """Whether a path is that of a file which a run has written, or of the sums of those."""
    place = path.resolve()
    names = {SUMS, *(name for name, _ in _read_sums(place.parent))}
    return place.is_file() and place.name in names


def strangers(
    folder: Path, names: Iterable[str], announced: Collection[tuple[str, str]]
) -> list[str]:
    """Those of the named files that are there, and do not stand as we wrote them."""
    ours = _ours(folder, announced)
    return [name for name in names if (folder / name).exists() and name not in ours]


def replace_all(
    work: Path, writers: Mapping[str, Callable[[Path], int]], journal: Journal, *, force: bool
) -> int:
    """Write all files aside, then move them to their places.

    Args:
        work: the folder for work under way; the files go to the one above it.
        writers: by file name, what writes the file to a path; gives the characters it dropped.
        journal: is told beforehand which files will be there, and removed in the end.
        force: overwrite what a person has edited.

    Returns:
        How many characters the worst file dropped.

    Raises:
        EditedError: a file has been edited, perhaps during the run; none has been replaced then.
        OutputError: a file cannot be written.
    """
    folder = work.parent
    with _aside(work) as aside:
        dropped = max(write(aside / name) for name, write in writers.items())
        sums = {name: _sha256(aside / name) for name in writers}
        if not force:
            guard(folder, writers, journal.announced)
        journal.announce(sums)
        for name in writers:
            _move(aside / name, folder / name)
    # A run into other languages may have left more files here: they stay ours.
    sums |= _ours(folder, journal.announced)
    with atomic.replace(folder / SUMS) as file:
        file.writelines(f"{sums[name]}  {name}\n".encode() for name in sorted(sums))
    journal.remove()
    return dropped


@contextmanager
def _aside(work: Path) -> Iterator[Path]:
    """An empty folder, gone afterwards with all that is still in it."""
    aside = work / "new"
    shutil.rmtree(aside, ignore_errors=True)  # of a run that was killed
    _make(aside)
    try:
        yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)


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


def _ours(folder: Path, announced: Collection[tuple[str, str]]) -> dict[str, str]:
    """The files that stand as we wrote them, with their SHA-256."""
    known = {*_read_sums(folder), *announced}
    return {name: sha256 for name, sha256 in known if sha256 and _sha256(folder / name) == sha256}


def _edits(path: Path) -> int:
    """How many translations in a JSONL of ours are a person's."""
    if not path.exists():
        return 0
    return sum(
        target.origin in PERSONS
        for entry in jsonl.read(path, on_error=lambda _: None)  # no unit of ours
        for target in entry.unit.targets.values()
    )


def _read_sums(folder: Path) -> list[tuple[str, str]]:
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    return [(name, sha256) for sha256, _, name in (line.partition("  ") for line in lines)]


def _sha256(path: Path) -> str:
    """The SHA-256 of a file; "" of what is missing, or cannot be read, such as a folder."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):  # ValueError: a NUL in a name, from sums that were garbled
        return ""
