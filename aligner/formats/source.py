"""The bytes of what we are given to read: a file, or standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from aligner.errors import InputError


def name(path: str | Path) -> str:
    """What an error calls a source; "-" is standard input."""
    return "stdin" if str(path) == "-" else str(path)


def read(path: str | Path, largest: int = -1) -> bytes:
    """Read a source whole.

    Args:
        path: the file, "-" for standard input.
        largest: how many bytes it may have; by default any number.

    Raises:
        InputError: it cannot be read, or is larger.
    """
    most = largest + 1 if largest >= 0 else -1
    try:
        if str(path) != "-":
            with Path(path).open("rb") as file:
                data = file.read(most)
        elif sys.stdin is None:
            raise InputError(
                "standard input is closed", where=name(path), hint="Give a file instead."
            )
        else:
            data = sys.stdin.buffer.read(most)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(
            f"cannot read the file: {reason}",
            where=name(path),
            hint="Check the name, and that you may read the file.",
        ) from error
    if 0 <= largest < len(data):
        raise InputError(
            f"the file is larger than {largest >> 20} MB",
            where=name(path),
            hint="Give only the part of it that you need.",
        )
    return data
