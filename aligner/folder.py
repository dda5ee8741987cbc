"""The folder that a run writes to: results replaced all together, a person's edits never.

`SHA256SUMS` there, as `sha256sum --check` reads it, tells our files from edited ones. Work under
way stands in a folder `.run` beside them, which is gone when the run is done.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from aligner.errors import EditedError, OutputError
from aligner.formats import atomic
from aligner.journal import Journal

SUMS = "SHA256SUMS"


def workplace(folder: Path) -> Path:
    """Make the folder, and in it the one for work under way.

    Raises:
        OutputError: it cannot be made.
    """
    run = folder / ".run"
    try:
        run.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"the folder cannot be made: {error.strerror}",
            where=str(folder),
            hint="Choose another folder with --out.",
        ) from error
    return run


def guard(folder: Path, names: Iterable[str], announced: Mapping[str, str]) -> None:
    """Make sure that the named files, as far as they are there, stand as we wrote them.

    Args:
        folder: where they are.
        names: the files that are to be replaced.
        announced: SHA-256 of files that a run was about to write when it was cut off.

    Raises:
        EditedError: one has been edited, or never was ours.
    """
    ours = {*_read_sums(folder).items(), *announced.items()}
    edited = [
        name
        for name in names
        if (folder / name).exists() and (name, _sha256(folder / name)) not in ours
    ]
    if edited:
        raise EditedError(
            f"{', '.join(edited)} would be overwritten, and has been edited since aligner wrote it",
            where=str(folder),
            hint="Choose another folder with --out, or give --force to overwrite it.",
        )


def replace_all(
    folder: Path, writers: Mapping[str, Callable[[Path], int]], journal: Journal
) -> int:
    """Write all files aside, then move them to their places.

    Args:
        folder: where they go.
        writers: by file name, what writes the file to a path; gives the characters it dropped.
        journal: is told beforehand which files will be there, and removed in the end.

    Returns:
        How many characters the worst file dropped.

    Raises:
        OutputError: a file cannot be written; none has been replaced then.
    """
    run = workplace(folder)
    dropped = max(write(run / name) for name, write in writers.items())
    sums = {name: _sha256(run / name) for name in writers}
    journal.announce(sums)
    for name in writers:
        (run / name).replace(folder / name)
    with atomic.replace(folder / SUMS) as file:
        file.writelines(f"{sha256}  {name}\n".encode() for name, sha256 in sums.items())
    journal.remove()
    run.rmdir()
    return dropped


def _read_sums(folder: Path) -> dict[str, str]:
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return {}
    return {name: sha256 for sha256, _, name in (line.partition("  ") for line in lines)}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
