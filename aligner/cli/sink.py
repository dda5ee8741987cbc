"""Where results go: a file that is whole or not there at all, or standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from aligner.formats import atomic


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
