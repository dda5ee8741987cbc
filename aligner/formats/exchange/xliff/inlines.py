"""Inline elements of XLIFF, read: in TMX's terms, so that they may go to any format.

    g, bx … ex, bpt … ept, pc, sc … ec     →  bpt … ept
    one of these without the other, it     →  it
    x, ph                                  →  ph
    mrk, sm … em                           →  hi
    cp                                     →  its character

An inline's `x` is the id in the file; it says which code of a target is which of the source. `i`
pairs bpt with ept. The content is the code of the original format, where the file has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aligner.entries import Content, Inline, Pairs
from aligner.formats.exchange.xliff import code_types
from aligner.formats.exchange.xliff.parsing import local, text

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


@dataclass(frozen=True, slots=True)
class _Open:
    """Where a marked part of the text begins."""

    id: str
    attributes: Pairs


@dataclass(frozen=True, slots=True)
class _Close:
    id: str


_Token = str | Inline | _Open | _Close

# Marks that are no part of the text's structure: the segments themselves, tracked changes.
_TRANSPARENT = {"seg", "x-sdl-added"}
_DELETED = {"x-sdl-deleted"}


def read12(node: Element) -> Content:
    """The content of a `source`, `target` or `mrk` of XLIFF 1.0 to 1.2."""
    return _content(_tokens12(node))


def read2(node: Element, data: Mapping[str, str]) -> Content:
    """The content of a `source` or `target` of XLIFF 2.

    Args:
        node: the element.
        data: the unit's original data, by id.
    """
    return _content(_tokens2(node, data))


def _tokens12(node: Element) -> Iterator[_Token]:
    yield node.text or ""
    for one in node:
        yield from _element12(one)
        yield one.tail or ""


def _element12(node: Element) -> Iterator[_Token]:
    if _is_entity(node):
        yield node.text or ""
        return
    id_ = node.get("id", "")
    pair = (("i", node.get("rid") or id_),)
    about = _given(x=id_, type=code_types.read12(node.get("ctype", "")))
    match local(node):
        case "g":
            yield Inline("bpt", (("i", id_), *about))
            yield from _tokens12(node)
            yield Inline("ept", (("i", id_),))
        case "bpt" | "bx":
            yield Inline("bpt", (*pair, *about), _code12(node))
        case "ept" | "ex":
            yield Inline("ept", pair, _code12(node))
        case "it":
            pos = "end" if node.get("pos") in {"close", "end"} else "begin"
            yield Inline("it", (("pos", pos), *about), _code12(node))
        case "x" | "ph":
            yield Inline("ph", (*_given(assoc=_assoc(node)), *about), _code12(node))
        case "mrk":
            yield from _mark12(node)
        case _:
            yield from _tokens12(node)


def _mark12(node: Element) -> Iterator[_Token]:
    kind = node.get("mtype", "")
    if kind in _DELETED:
        return
    if kind in _TRANSPARENT:
        yield from _tokens12(node)
        return
    id_ = node.get("mid", "")
    yield _Open(id_, _given(x=id_, type=code_types.read12(kind)))
    yield from _tokens12(node)
    yield _Close(id_)


def _is_entity(node: Element) -> bool:
    """Whether a node is one that the file declares, and that stays as it is written: &name;."""
    return not isinstance(node.tag, str)


def _code12(node: Element) -> Content:
    """What a code holds: that of the original format, and texts within it."""
    parts: list[str | Inline] = [node.text or ""]
    for one in node:
        if local(one) == "sub":
            about = _given(
                datatype=one.get("datatype", ""), type=code_types.read12(one.get("ctype", ""))
            )
            parts.append(Inline("sub", about, read12(one)))
        else:
            parts.append(text(one))
        parts.append(one.tail or "")
    return _joined(parts)


def _assoc(node: Element) -> str:
    return {"preceding": "p", "following": "f", "both": "b"}.get(node.get("assoc", ""), "")


def _tokens2(node: Element, data: Mapping[str, str]) -> Iterator[_Token]:
    yield node.text or ""
    for one in node:
        yield from _element2(one, data)
        yield one.tail or ""


def _element2(node: Element, data: Mapping[str, str]) -> Iterator[_Token]:
    if _is_entity(node):
        yield node.text or ""
        return
    id_ = node.get("id", "")
    about = _given(x=id_, type=code_types.read2(node.get("type", ""), node.get("subType", "")))
    content = _held(data, node.get("dataRef"))
    match local(node):
        case "cp":
            yield character(node)
        case "ph":
            yield Inline("ph", about, content)
        case "pc":
            yield Inline("bpt", (("i", id_), *about), _held(data, node.get("dataRefStart")))
            yield from _tokens2(node, data)
            yield Inline("ept", (("i", id_),), _held(data, node.get("dataRefEnd")))
        case "sc":
            yield Inline("bpt", (("i", id_), *about), content)
        case "ec" if node.get("startRef"):
            yield Inline("ept", (("i", node.get("startRef", "")),), content)
        case "ec":
            yield Inline("it", (("pos", "end"), *about), content)
        case "mrk":
            yield _Open(id_, about)
            yield from _tokens2(node, data)
            yield _Close(id_)
        case "sm":
            yield _Open(id_, about)
        case "em":
            yield _Close(node.get("startRef", ""))
        case _:
            yield from _tokens2(node, data)


def _held(data: Mapping[str, str], ref: str | None) -> Content:
    return tuple(filter(None, (data.get(ref or ""),)))


def character(node: Element) -> str:
    """The character of a `cp`, which XML cannot hold itself; half a character is none."""
    try:
        number = int(node.get("hex", ""), 16)
        return "" if 0xD800 <= number < 0xE000 else chr(number)
    except (ValueError, OverflowError):
        return ""


def _given(**attributes: str) -> Pairs:
    return tuple((name, value) for name, value in attributes.items() if value)


def _content(tokens: Iterator[_Token]) -> Content:
    """Make marks of their two ends, and pairs of codes."""
    levels: list[tuple[_Open | None, list[str | Inline]]] = [(None, [])]
    for token in tokens:
        if isinstance(token, _Open):
            levels.append((token, []))
        elif not isinstance(token, _Close):
            levels[-1][1].append(token)
        elif levels[-1][0] and levels[-1][0].id == token.id:
            mark, inner = levels.pop()
            assert mark is not None
            levels[-1][1].append(Inline("hi", mark.attributes, _joined(inner)))
        else:  # marks that overlap: TMX has no place for the one that begins first
            levels = [_unmarked(level, token.id) for level in levels]
        while levels[-1][0] is not None and levels[-1][0].id == "\0":
            inner = levels.pop()[1]
            levels[-1][1].extend(inner)
    parts = [part for _, level in levels for part in level]
    return _Pairs(parts).renamed(_joined(parts))


def _unmarked(
    level: tuple[_Open | None, list[str | Inline]], id_: str
) -> tuple[_Open | None, list[str | Inline]]:
    """Note that a mark is none, once the marks in it have ended."""
    mark, parts = level
    return (_Open("\0", ()) if mark and mark.id == id_ else mark), parts


def _joined(parts: list[str | Inline]) -> Content:
    """The parts with no two texts in a row, and none empty."""
    joined: list[str | Inline] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        elif part:
            joined.append(part)
    return tuple(joined)


class _Pairs:
    """Numbers the pairs of codes of a segment from 1; a code without its other end becomes `it`."""

    def __init__(self, parts: list[str | Inline]) -> None:
        opened: dict[str, list[Inline]] = {}
        ends: dict[int, Inline] = {}  # by the id() of what they end; `parts` keeps that alive
        codes = list(_codes(parts))
        for code in codes:
            key = dict(code.attributes).get("i", "")
            if code.name == "bpt":
                opened.setdefault(key, []).append(code)
            elif code.name == "ept" and opened.get(key):
                ends[id(opened[key].pop())] = code
        self._numbers: dict[int, int] = {}
        for number, code in enumerate((one for one in codes if id(one) in ends), 1):
            self._numbers |= {id(code): number, id(ends[id(code)]): number}

    def renamed(self, content: Content) -> Content:
        return tuple(part if isinstance(part, str) else self._renamed(part) for part in content)

    def _renamed(self, code: Inline) -> Inline:
        if code.name == "hi":
            return Inline("hi", code.attributes, self.renamed(code.content))
        if code.name not in {"bpt", "ept"}:
            return code
        rest = tuple(pair for pair in code.attributes if pair[0] != "i")
        if number := self._numbers.get(id(code)):
            return Inline(code.name, (("i", str(number)), *rest), code.content)
        pos = "begin" if code.name == "bpt" else "end"
        return Inline("it", (("pos", pos), *rest), code.content)


def _codes(parts: list[str | Inline] | Content) -> Iterator[Inline]:
    for part in parts:
        if not isinstance(part, str):
            yield part
            if part.name == "hi":
                yield from _codes(part.content)
