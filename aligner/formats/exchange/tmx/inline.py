"""What stands in a TMX element: attributes, text, and the inline elements of a segment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count, groupby
from typing import TYPE_CHECKING, cast

from aligner.entries import Content, Inline, Pairs
from aligner.formats.exchange.parsing import name_of
from aligner.formats.xml import attribute

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_XML = "{http://www.w3.org/XML/1998/namespace}"
_CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})
_KNOWN = _CODES | {"hi", "sub"}
_DEEPEST = 100  # elements within each other; more are no segment, and would exhaust the stack


class TooDeep(ValueError):  # noqa: N818 - reads as what it is
    """A segment has more elements within each other than any has."""


def attributes(node: Element) -> Pairs:
    """The attributes of an element, `xml:lang` as it is written."""
    return renamed(node.items())  # type: ignore[arg-type]


def renamed(items: Iterable[tuple[str, str]]) -> Pairs:
    """Attributes with their names as they are written, from those that a parser gives."""
    return tuple(
        [(name if name[0] != "{" else name.replace(_XML, "xml:"), value) for name, value in items]
    )


def text(node: Element) -> str:
    """All the text in an element that should have nothing else.

    Raises:
        TooDeep: it has far more.
    """
    return "".join(_texts(node, 0)) if len(node) else node.text or ""


def content(seg: Element) -> Content:
    """The content of a segment: texts and inline elements.

    Raises:
        TooDeep: there are too many elements within each other.
    """
    return _joined(_parts(seg, "seg", _unused_numbers(seg), 0))


def _parts(
    node: Element, parent: str, numbers: Iterator[str], depth: int
) -> Iterator[str | Inline]:
    if depth > _DEEPEST:
        raise TooDeep(f"more than {_DEEPEST} elements stand within each other")
    yield node.text or ""
    for child in node:
        name = name_of(child.tag)
        if not name:
            yield child.text or ""  # &name;
        else:
            inner = _parts(child, name if name in _KNOWN else parent, numbers, depth + 1)
            if name in _KNOWN:
                yield Inline(name, attributes(child), _joined(inner))
            elif parent in _CODES:
                start, end = _tags(child)
                yield from (start, *inner, end)
            else:
                yield from _as_codes(child, list(_joined(inner)), numbers)
        yield child.tail or ""


def _as_codes(
    node: Element, inner: list[str | Inline], numbers: Iterator[str]
) -> Iterator[str | Inline]:
    """An element of the original format as what it should have been written as."""
    start, end = _tags(node)
    if not inner:
        yield Inline("ph", (), (start[:-1] + "/>",))
        return
    number = ("i", next(numbers))
    yield Inline("bpt", (number,), (start,))
    yield from inner
    yield Inline("ept", (number,), (end,))


def _tags(node: Element) -> tuple[str, str]:
    """How an element begins and ends in its file."""
    name = f"{node.prefix}:{name_of(node.tag)}" if node.prefix else name_of(node.tag)
    about = "".join(f" {key}={attribute(value)}" for key, value in attributes(node))
    return f"<{name}{about}>", f"</{name}>"


def _unused_numbers(seg: Element) -> Iterator[str]:
    used = {node.get("i") for node in seg.iter("{*}bpt", "{*}ept")}
    return (name for name in map(str, count(1)) if name not in used)


def _joined(parts: Iterable[str | Inline]) -> Content:
    """The parts, with texts side by side made one."""
    found: list[str | Inline] = []
    for is_text, run in groupby(parts, key=lambda part: isinstance(part, str)):
        if not is_text:
            found += run
        elif joined := "".join(cast("Iterable[str]", run)):
            found.append(joined)
    return tuple(found)


def _texts(node: Element, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        raise TooDeep(f"more than {_DEEPEST} elements stand within each other")
    yield node.text or ""
    for child in node:
        yield from _texts(child, depth + 1)
        yield child.tail or ""
