"""Read TMX; see `aligner.formats.exchange.tmx`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from aligner.entries import Bundle, Header
from aligner.errors import InputError, MendedError
from aligner.formats.exchange.opened import opened
from aligner.formats.exchange.parsing import (
    USUAL_UNIT,
    Fault,
    Parser,
    excess,
    forget,
    innermost,
    line_of,
    name_of,
)
from aligner.formats.exchange.tmx import elements
from aligner.formats.exchange.tmx.inline import TooDeep
from aligner.formats.exchange.utf8 import Utf8
from aligner.formats.source import name as source_name

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MOST_ELEMENTS = 100_000  # of a unit
_TAGS = ("{*}tmx", "{*}header", "{*}tu")

Made = TypeVar("Made")


def read(source: str | Path) -> Bundle:
    """Read a TMX file; memory does not grow with the number of its units.

    Args:
        source: the file, packed with gzip or zip or not, whatever its name; "-" for standard input.

    Raises:
        InputError: the file cannot be opened, is no TMX, or is damaged; the units before the
            damage are given first. It names the line, the element and the reason.
        MendedError: all units have been given, but something had to be mended.
    """
    header, entries = items(source, elements.entry)
    return Bundle(entries, header)


def items(
    source: str | Path, make: Callable[[Element, str], Made]
) -> tuple[Header, Iterator[Made]]:
    """The header of a file, an empty one if it has none, and what is made of its units.

    Args:
        source: as `read`.
        make: is given the element of a unit, and the source language that the header names; the
            element is cleared when the next unit is asked for.

    Raises:
        InputError: as `read`.
    """
    found = _items(source, make)
    header = next(found)
    return cast(Header, header), cast("Iterator[Made]", found)


def _items(source: str | Path, make: Callable[[Element, str], Made]) -> Iterator[Header | Made]:
    where = source_name(source)
    header: Header | None = None
    mended: MendedError | None = None
    with opened(source, ".tmx") as file:
        walk = _Walk(Utf8(file, where), where)
        for node in walk:
            is_unit = name_of(node.tag) == "tu"
            try:
                if header is None:
                    header = Header() if is_unit else elements.header(node)
                    yield header
                if is_unit:
                    yield make(node, header.source_lang)
            except TooDeep as error:
                raise walk.broken(Fault(str(error), line_of(node)), node) from error
        mended = walk.mended
    if header is None:
        yield Header()
    if mended:
        raise mended


class _Walk:
    """A way through a file: its header and its units, each cleared when the next is asked for.

    Attributes:
        mended: what was wrong with it and did no harm, as far as it has been read.
    """

    def __init__(self, data: Utf8, where: str) -> None:
        self.mended: MendedError | None = None
        self._data = data
        self._where = where
        self._is_tmx = False
        self._inside: Element | None = None  # the innermost of those that we follow

    def __iter__(self) -> Iterator[Element]:
        parser: Parser | None = None
        unused = 0
        for piece in chain(self._data, [b""]):
            parser = parser or Parser(piece, _TAGS)
            damage, remarks = parser.feed(piece)
            for node in self._ended(parser):
                yield node
                forget(node)
                unused = 0
            if damage:
                raise self.broken(damage, self._inside)
            if remarks:
                self.mended = self.mended or self._mended(remarks[0])
            unused += len(piece)
            if unused > USUAL_UNIT and not self._is_tmx:
                break
            if reason := excess(unused, self._inside, _MOST_ELEMENTS):
                raise self.broken(Fault(reason, 0), self._inside)
        if not self._is_tmx:
            raise InputError(
                "the file is XML, but no TMX: its root element is not <tmx>",
                where=self._where,
                hint="Export the translation memory as TMX.",
            )
        if fault := self._data.fault:
            self.mended = self._mended(fault)

    def _ended(self, parser: Parser) -> Iterator[Element]:
        """The header and the units that have ended in what was parsed last."""
        for event, node in parser.events():
            if event == "start":
                self._inside = node
                if not self._is_tmx and node.getparent() is None:
                    self._is_tmx = name_of(node.tag) == "tmx"
            else:
                self._inside = node.getparent()
                if self._is_tmx and self._inside is not None:
                    yield node

    def _mended(self, fault: Fault) -> MendedError:
        return MendedError(
            f"all units were read, but the XML is damaged: {fault.reason}",
            where=f"{self._where}:{fault.line}",
            hint="Write the file anew with `aligner tmx convert` to mend it.",
        )

    def broken(self, fault: Fault, inside: Element | None) -> InputError:
        """The error for a damage in an element; at line 0, it is where the element begins."""
        line, place = fault.line, ""
        if inside is not None:
            line = line or line_of(inside)
            place = f" in <{name_of(innermost(inside).tag)}>"
            if name := inside.get("tuid"):
                place += f' of the unit "{name}"'
        return InputError(
            f"the XML is damaged{place}: {fault.reason}",
            where=f"{self._where}:{line or 1}",
            hint="Mend the file, or export it again.",
        )
