"""Walk through an XLIFF file of any version, one unit at a time.

Nothing that a file asks for is fetched or expanded: entities that it declares itself stand in the
text as they are written (`&name;`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, cast

from aligner.errors import InputError
from aligner.formats.exchange.opened import opened
from aligner.formats.exchange.utf8 import Utf8
from aligner.formats.source import name as source_name

if TYPE_CHECKING:
    from lxml.etree import XMLPullParser
    from lxml.etree import _Element as Element

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

# More is no unit, and would fill the memory before it ends.
_LONGEST_UNIT = 1 << 26  # bytes
_USUAL_UNIT = 1 << 20  # bytes; in longer ones the elements are counted
_MOST_ELEMENTS = 400_000
_DEEPEST = 100  # elements within each other; more are no text, and would exhaust the stack

_EXTENSIONS = (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff", ".txlf")
_UNITS = {"trans-unit", "unit"}
_LARGE = {"internal-file", "skeleton"}
_AROUND = {"file", "group", "bin-unit"}

# What may come before the root element of a file that declares no entities.
_NO_ENTITIES = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)*<\w")
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
        if data.dropped:
            char, at = data.first
            more = f", and {data.dropped - 1} more" if data.dropped > 1 else ""
            raise InputError(
                f"a character that XML does not have was left out: {char}{more}",
                where=f"{where}:{at}",
                hint="All else was read.",
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
        parser: XMLPullParser | None = None
        unused = 0
        for piece in chain(data, [b""]):
            parser = parser or _parser(piece)
            damage = _feed(parser, piece, self._where)
            for event, element in parser.read_events():
                node = cast("Element", element)
                if self.root is None and node.getparent() is None:
                    self.root = _checked(node, self._major, self._where)
                if event == "end" and self._is_ours(node):
                    if local(node) in _UNITS:
                        self._check_depth(node)
                        self.has_units, unused = True, 0
                        yield node
                    # What a file says of itself is asked for with the first unit.
                    if self.has_units or local(node) in _LARGE:
                        _forget(node)
            if damage:
                raise damage
            unused += len(piece)
            self._check_size(unused)

    def _is_ours(self, node: Element) -> bool:
        """Whether an element in the file is one of XLIFF, not one of the same name."""
        root = self.root
        return root is not None and node is not root and _namespace(node) == _namespace(root)

    def _check_depth(self, node: Element) -> None:
        from lxml import etree

        if etree.XPath("/".join("*" * _DEEPEST))(node):
            reason = f"more than {_DEEPEST} elements stand within each other"
            raise _broken(reason, f"{self._where}:{line(node)}")

    def _check_size(self, unused: int) -> None:
        if unused > _LONGEST_UNIT:
            raise _broken(f"{_LONGEST_UNIT >> 20} MiB of it hold no unit", self._where)
        if unused > _USUAL_UNIT and self.root is not None:
            elements = self.root.iter()
            if next(islice(elements, _MOST_ELEMENTS, None), None) is not None:
                raise _broken(f"a unit holds more than {_MOST_ELEMENTS} elements", self._where)


def _parser(beginning: bytes) -> XMLPullParser:
    """A parser that loads nothing, and expands nothing."""
    from lxml import etree

    return etree.XMLPullParser(
        events=("start", "end"),
        tag=[f"{{*}}{name}" for name in ("xliff", *_UNITS, *_LARGE, *_AROUND)],
        encoding="UTF-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        # The parser's own limits (10 MB a text) are there for entities, which swell in attributes.
        # Studio puts whole source files into the header.
        huge_tree=_NO_ENTITIES.match(beginning) is not None,
        remove_comments=True,
        remove_pis=True,
    )


def local(node: Element) -> str:
    """The name of an element, in any namespace or none; "" for an entity."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


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


def line(node: Element) -> int:
    """The line of a node. Past 65,535 libxml2 gives that where the text inside it ends."""
    at = cast(int, node.sourceline)
    return at - (node.text or "").count("\n") if at > 65_535 else at


def _checked(root: Element, major: int, where: str) -> Element | None:
    """The root, if it is one of XLIFF of this major version."""
    if local(root) != "xliff":
        return None
    told = root.get("version", "")
    is_two = _namespace(root).startswith("urn:oasis:names:tc:xliff:document:2") or told[:1] == "2"
    if is_two != (major == 2):
        raise InputError(
            f"the file is XLIFF {told or '1.2'}",
            where=f"{where}:{line(root)}",
            hint=f"Read it as {'xliff-2.1' if is_two else 'xliff-1.2'}.",
        )
    return root


def _namespace(node: Element) -> str:
    return node.tag[1:].partition("}")[0] if node.tag.startswith("{") else ""


def _feed(parser: XMLPullParser, data: bytes, where: str) -> InputError | None:
    """Parse some more of a file, or its end (no data); what is wrong with it, if anything."""
    from lxml import etree

    fault: etree.XMLSyntaxError | None = None
    try:
        parser.feed(data) if data else parser.close()
    except etree.XMLSyntaxError as error:
        fault = error
    log = list(parser.feed_error_log)
    for entry in log:  # of an entity that is not declared, only the log tells
        if entry.level == etree.ErrorLevels.FATAL:
            return _broken(entry.message, f"{where}:{entry.line}")
    # A prefix that is not declared breaks the rules of namespaces, not those of XML.
    if fault and etree.ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE not in {one.type for one in log}:
        return _broken(fault.msg or "it is empty", f"{where}:{fault.lineno or 1}")
    return None


def _broken(reason: str, where: str) -> InputError:
    return InputError(
        f"the XML is damaged: {reason}", where=where, hint="Mend the file, or export it again."
    )


def _forget(node: Element) -> None:
    """Free a node and all before it."""
    node.clear(keep_tail=True)  # type: ignore[call-arg]
    parent = node.getparent()
    while parent is not None and node.getprevious() is not None:
        del parent[0]
