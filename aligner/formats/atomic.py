"""Files that are either whole or not there at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from aligner.errors import OutputError

_NO_ROOM = ("the disk is full", "Free some space, or choose a folder on another disk.")
_FORBIDDEN = ("the folder cannot be written to", "Choose a folder in which you may create files.")
_PROBLEMS = {
    errno.ENOSPC: _NO_ROOM,
    errno.EDQUOT: _NO_ROOM,
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EROFS: _FORBIDDEN,
    errno.ENOENT: ("the folder does not exist", "Create it first, or choose another one."),
    errno.ENOTDIR: ("its folder is a file", "Choose another folder."),
    errno.EISDIR: ("it is a folder, not a file", "Choose another name, or move the folder away."),
    errno.ENAMETOOLONG: ("the name is too long", "Choose a shorter name."),
}


@contextmanager
def replace(path: Path) -> Iterator[BinaryIO]:
    """Give a binary file that takes the place of `path` once the block ends well.

    The bytes go to `.NAME.part` beside the target, are forced to the disk, and renamed over it:
    whoever opens `path`, at any moment and after any crash, finds the old file or the new one. When
    the block raises, the part is removed and the target stays as it was. A killed process leaves
    at most that one part, which the next run overwrites.

    What is no file on a disk, such as /dev/null or a named pipe, is written to as it is.

    Raises:
        OutputError: the disk is full, or the folder is missing or forbidden, or `path` is a folder.
    """
    part = path.parent / f".{path.name}.part"
    try:
        if path.is_dir():  # said now: the rename would only fail after all the work
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if path.exists() and not path.is_file():
            with path.open("wb") as file:
                yield file
            return
        part.unlink(missing_ok=True)
        try:
            with part.open("xb") as file:  # "x" never follows a link that somebody planted there
                yield file
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except BaseException:  # Ctrl-C too
            part.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)
    except OSError as error:
        if error.filename not in (None, str(part), str(path)):
            raise  # the block could not read some other file: not a problem of this one
        raise _output_error(path, error) from error


def _sync_folder(folder: Path) -> None:
    """Force the rename to the disk, where the system can: Windows and some network drives cannot.

    Without it a power cut may bring the old file back, but never a broken one.
    """
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _output_error(path: Path, error: OSError) -> OutputError:
    otherwise = (error.strerror or str(error), "Choose another folder.")
    reason, hint = _PROBLEMS.get(error.errno or 0, otherwise)
    return OutputError(f"cannot write the file: {reason}", where=str(path), hint=hint)
