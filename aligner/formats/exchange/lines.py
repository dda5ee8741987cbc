"""Formats that are lines of text: their lines in any Unicode encoding, and those that are broken.

A broken line need not cost the rest of the file: a reader notes it, goes on, and raises at the end.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from aligner.errors import EncodingError, InputError
from aligner.formats.exchange.opened import beginning, opened
from aligner.formats.source import name

_LONGEST = 1 << 24  # characters; more is no unit, and would have to be held in memory to be refused

# The first bytes → the encoding. Without a byte order mark, zeros beside the first letters tell.
_ENCODINGS = (
    (re.compile(re.escape(codecs.BOM_UTF8)), "utf-8-sig"),
    (re.compile(rb"\xff\xfe|\xfe\xff"), "utf-16"),
    (re.compile(rb"(?:[\t -~]\0){3}"), "utf-16-le"),
    (re.compile(rb"(?:\0[\t -~]){3}"), "utf-16-be"),
)
_UNDECODED = re.compile("[\udc80-\udcff]")


def lines(
    source: str | Path, *, newline: str = "", encoding: str = "utf-8"
) -> Iterator[tuple[int, str]]:
    r"""The lines of a file with their ends, numbered from 1.

    Args:
        source: the file, packed or not; "-" for standard input.
        newline: what ends a line: "\n", or with "" any of "\r", "\n" and "\r\n".
        encoding: that of a file which does not show as UTF-8 with a mark, or as UTF-16.

    Raises:
        InputError: the file cannot be opened, or a line is too long.
        EncodingError: a line is not text in the encoding; the lines before it are given first.
    """
    where = name(source)
    encoding = encoding_of(beginning(source), encoding)
    with opened(source) as file:
        # What is not UTF-8 is told line by line: the wrapper itself decodes many at once.
        text = io.TextIOWrapper(
            cast(BinaryIO, file), encoding, errors="surrogateescape", newline=newline
        )
        try:
            number = 0
            while line := text.readline(_LONGEST):
                number += 1
                if len(line) == _LONGEST:
                    raise InputError(
                        f"the line is longer than {_LONGEST >> 20} million characters",
                        where=f"{where}:{number}",
                        hint="Check that the file is what its name says, one unit a line.",
                    )
                if not line.isascii() and _UNDECODED.search(line):
                    raise _not_text(encoding, f"{where}:{number}")
                yield number, line
        except UnicodeError as error:  # UTF-16 that is cut off
            raise _not_text(encoding, f"{where}:{number + 1}") from error
        finally:
            text.detach()  # standard input stays open


def encoding_of(first: bytes, otherwise: str = "utf-8") -> str:
    """The encoding that the first bytes of a file show, as Python names it."""
    return next((name for mark, name in _ENCODINGS if mark.match(first)), otherwise)


def _not_text(encoding: str, where: str) -> EncodingError:
    return EncodingError(
        f"the line is not {encoding.removesuffix('-sig')}",
        where=where,
        hint="Save the file as UTF-8; in Excel, as “CSV UTF-8” or “Unicode Text”.",
    )


class Broken:
    """The lines of a file that are no units."""

    def __init__(self) -> None:
        self._first: InputError | None = None
        self._more = 0

    def add(self, error: InputError) -> None:
        """Note what is wrong with a line."""
        if self._first:
            self._more += 1
        else:
            self._first = error

    def tell(self) -> None:
        """To be called at the end of the file.

        Raises:
            InputError: there is a broken line; it names the first, and how many more there are.
        """
        if self._first and self._more:
            self._first.message += f"; {self._more} more like it further on"
        if self._first:
            raise self._first
