"""Walk through an XLIFF file of any version, one unit at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.errors import InputError, MendedError
from aligner.formats.exchange.opened import opened
from aligner.formats.exchange.parsing import Parser, excess, forget, line_of, name_of
from aligner.formats.exchange.utf8 import Utf8
from aligner.formats.source import name as source_name

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_MOST_ELEMENTS = 400_000  # of a unit
_DEEPEST = 100  # elements within each other; more are no text, and would exhaust the stack

_EXTENSIONS = (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff", ".txlf")
_UNITS = {"trans-unit", "unit"}
_LARGE = {"internal-file", "skeleton"}
_AROUND = {"file", "group", "bin-unit"}
_TAGS = [f"{{*}}{name}" for name in ("xliff", *_UNITS, *_LARGE, *_AROUND)]

_ROOT = re.compile(rb"<(?:[\w.-]+:)?xliff(?:\s[^>]*)?(?:>|\Z)", re.DOTALL)
_TWO = re.compile(rb"urn:oasis:names:tc:xliff:document:2|\sversion\s*=\s*[\"']2")


def version(beginning: bytes) -> int:
    """The major version, 1 or 2, that the first bytes of a file tell; 0 if it is no XLIFF."""
    root = _ROOT.search(beginning.replace(b"\0", b""))
    return 0 if root is None else 2 if _TWO.search(root.group()) else 1


def units(source: str | Path, major: int) -> Iterator[Element]:
    """The units of a file in order, each with the elements around it; the root if it has none.

    A unit is cleared when the next is asked for, so memory does not grow with their number.

    Args:
        source: the file; "-" for standard input.
        major: the major version that it must have.

    Raises:
        InputError: it cannot be read, is no XLIFF of this version, or is damaged; the units before
            the damage are given first. It names the line and the reason.
    """
    where = source_name(source)
    with opened(source, *_EXTENSIONS) as file:
        data, walk = Utf8(file, where), _Walk(major, where)
        yield from walk.units(data)
        if walk.root is None:
            raise InputError(
                "the file is XML, but no XLIFF: its root element is not <xliff>",
                where=where,
                hint="Export the translation as XLIFF.",
            )
        if not walk.has_units:
            yield walk.root
        if fault := data.fault:
            raise MendedError(
                f"all units were read, but the XML is damaged: {fault.reason}",
                where=f"{where}:{fault.line}",
                hint="Such characters were left out.",
            )


class _Walk:
    """A way through a file.

    Attributes:
        root: the root element, once it has begun, if it is one of XLIFF.
        has_units: whether a unit has been found.
    """

    def __init__(self, major: int, where: str) -> None:
        self.root: Element | None = None
        self.has_units = False
        self._major = major
        self._where = where

    def units(self, data: Utf8) -> Iterator[Element]:
        """The units, each cleared when the next is asked for."""
        parser: Parser | None = None
        unused = 0
        for piece in chain(data, [b""]):
            parser = parser or Parser(piece, _TAGS)
            damage, _ = parser.feed(piece)
            for event, node in parser.events():
                if self.root is None and node.getparent() is None:
                    self.root = _checked(node, self._major, self._where)
                if event == "end" and self._is_ours(node):
                    if local(node) in _UNITS:
                        self._check_depth(node)
                        self.has_units, unused = True, 0
                        yield node
                    # What a file says of itself is asked for with the first unit.
                    if self.has_units or local(node) in _LARGE:
                        forget(node)
            if damage:
                raise _broken(damage.reason, f"{self._where}:{damage.line}")
            unused += len(piece)
            if reason := excess(unused, self.root, _MOST_ELEMENTS):
                raise _broken(reason, self._where)

    def _is_ours(self, node: Element) -> bool:
        """Whether an element in the file is one of XLIFF, not one of the same name."""
        root = self.root
        return root is not None and node is not root and _namespace(node) == _namespace(root)

    def _check_depth(self, node: Element) -> None:
        from lxml import etree

        if etree.XPath("/".join("*" * _DEEPEST))(node):
            reason = f"more than {_DEEPEST} elements stand within each other"
            raise _broken(reason, f"{self._where}:{line_of(node)}")


def local(node: Element) -> str:
    """The name of an element, in any namespace or none; "" for an entity."""
    return name_of(node.tag)


def attribute(node: Element, name: str) -> str:
    """An attribute in any namespace or none, as extensions of tools have them."""
    for key, value in node.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def child(node: Element, name: str) -> Element | None:
    """The first child with a name."""
    return next(children(node, name), None)


def children(node: Element, name: str) -> Iterator[Element]:
    """The children with a name."""
    return (one for one in node if local(one) == name)


def text(node: Element | None) -> str:
    """All the text in an element, or in none."""
    return "" if node is None else "".join(map(str, node.itertext()))


def _checked(root: Element, major: int, where: str) -> Element | None:
    """The root, if it is one of XLIFF of this major version."""
    if local(root) != "xliff":
        return None
    told = root.get("version", "")
    is_two = _namespace(root).startswith("urn:oasis:names:tc:xliff:document:2") or told[:1] == "2"
    if is_two != (major == 2):
        raise InputError(
            f"the file is XLIFF {told or '1.2'}",
            where=f"{where}:{line_of(root)}",
            hint=f"Read it as {'xliff-2.1' if is_two else 'xliff-1.2'}.",
        )
    return root


def _namespace(node: Element) -> str:
    return node.tag[1:].partition("}")[0] if node.tag.startswith("{") else ""


def _broken(reason: str, where: str) -> InputError:
    return InputError(
        f"the XML is damaged: {reason}", where=where, hint="Mend the file, or export it again."
    )
