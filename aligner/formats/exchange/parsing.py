"""Parse XML files of translation units piece by piece; memory does not grow with their length.

Nothing that a file asks for is fetched or expanded. Entities that it declares itself stand in the
text as they are written (`&name;`): expanding them is how a small file fills the memory, or reads
another file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# More is no unit, and would fill the memory before it ends.
LONGEST_UNIT = 1 << 26  # bytes
USUAL_UNIT = 1 << 20  # bytes; in longer ones the elements are counted
_MOST_REMARKS = 1 << 18  # the parser keeps them all

# What may come before the root element of a file that declares no entities.
_NO_ENTITIES = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]*>\s*)?"
    rb"(?:(?:<!--[^>]*-->|<!DOCTYPE(?:[^<>\[\"']|\"[^\"]*\"|'[^']*')*>)\s*)*<\w"
)
_FOR_PROGRAMMERS = re.compile(r",? (?:try|use|see) (?:XML_PARSE_|xml)\w+( option)?\.?")

Event = Literal["start", "end"]


class Fault(NamedTuple):
    """Something that is wrong with a file, and its line."""

    reason: str
    line: int


class Parser:
    """A parser that loads nothing, and expands nothing.

    Args:
        beginning: the first bytes of the file, in UTF-8 as all others.
        tags: the elements that events are wanted of, as "{*}tu".
        events: those wanted.
    """

    def __init__(
        self, beginning: bytes, tags: Sequence[str], events: Sequence[Event] = ("start", "end")
    ) -> None:
        from lxml import etree

        self._parser = etree.XMLPullParser(
            events=events,
            tag=tags,
            encoding="UTF-8",
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            # The parser's own limits (10 MB a text) are there for entities, which swell in
            # attributes. Tools put whole files into a header.
            huge_tree=_NO_ENTITIES.match(beginning) is not None,
            remove_comments=True,
            remove_pis=True,
        )
        self._seen = 0  # of what the parser has remarked

    def feed(self, data: bytes) -> tuple[Fault | None, list[Fault]]:
        """Parse some more of a file, or its end (no data).

        Returns:
            The damage that ends the reading, and what breaks the rules of namespaces, but not those
            of XML: prefixes that are not declared. The events before the damage are still there.
        """
        from lxml import etree

        error = None
        try:
            self._parser.feed(data) if data else self._parser.close()
        except etree.XMLSyntaxError as raised:
            error = raised
        log = self._parser.feed_error_log
        new = list(islice(log, self._seen, None))
        self._seen = len(log)
        for entry in new:  # of an entity that is not declared, only the log tells
            if entry.level == etree.ErrorLevels.FATAL:
                return Fault(_FOR_PROGRAMMERS.sub("", entry.message).strip(), entry.line), []
        undeclared = etree.ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE
        if error and undeclared not in {one.type for one in log}:
            return Fault(error.msg or "it is empty", error.lineno or 1), []
        remarks = [Fault(one.message.strip(), one.line) for one in new if one.type == undeclared]
        if self._seen > _MOST_REMARKS:
            return Fault(f"{_MOST_REMARKS} things more are wrong with it", new[-1].line), remarks
        return None, remarks

    def events(self) -> Iterator[tuple[str, Element]]:
        """What has begun and ended since they were last asked for."""
        return cast("Iterator[tuple[str, Element]]", self._parser.read_events())


def forget(node: Element) -> None:
    """Free a node and all before it."""
    node.clear(keep_tail=True)  # type: ignore[call-arg]
    parent = node.getparent()
    while parent is not None and node.getprevious() is not None:
        del parent[0]


def excess(unused: int, inside: Element | None, most: int) -> str:
    """What is wrong with a unit that does not end; "" if nothing is.

    Args:
        unused: how many bytes have been parsed since the last unit ended.
        inside: an element that holds what they gave.
        most: more elements no unit has.
    """
    if unused > LONGEST_UNIT:
        return f"{LONGEST_UNIT >> 20} MiB of it hold no unit"
    if unused > USUAL_UNIT and inside is not None and _has_more(inside, most):
        return f"it holds more than {most} elements"
    return ""


def _has_more(node: Element, elements: int) -> bool:
    return next(islice(node.iter(), elements, None), None) is not None


@lru_cache(1 << 10)
def name_of(tag: object) -> str:
    """The name of an element, in any namespace or none; of what is no element, nothing."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def line_of(node: Element) -> int:
    """The line of a node. Past 65,535 libxml2 gives that where the text inside it ends."""
    line = cast(int, node.sourceline)
    return line - (node.text or "").count("\n") if line > 65_535 else line


def innermost(node: Element) -> Element:
    """The element in another, or it itself, that the parser is in."""
    while len(node) and node[-1].tail is None:
        node = node[-1]
    return node
