"""Where results go: a file that is whole or not there at all, or standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from aligner.errors import UsageError
from aligner.formats import atomic


def refuse_results(path: str | Path) -> None:
    """Make sure that a file which is to be written is no result of a run: nobody wants that.

    Raises:
        UsageError: it is.
    """
    from aligner.folder import is_result

    if str(path) != "-" and is_result(Path(path)):
        raise UsageError(
            "a result of `aligner run` would be overwritten",
            where=str(path),
            hint="Give another name for the output.",
        )


@contextmanager
def open_sink(path: str | Path) -> Iterator[BinaryIO]:
    """A binary file to write to: the one of this name, once the block ends well; "-" is stdout.

    Raises:
        OutputError: the file cannot be written.
    """
    if str(path) != "-":
        with atomic.replace(Path(path)) as file:
            yield file
        return
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()
