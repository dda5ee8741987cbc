"""Inline codes beside a text, as our records have them, and within it, as entries do (TMX 1.4b).

    Code(4, OPEN, "1", "bold", "**"), Code(7, CLOSE, "1", "bold", "**")      "See Osh now"
    See <bpt i="1" x="1" type="bold">**</bpt>Osh<ept i="1">**</ept> now

A code that opens in one segment and closes in another is an `it`, one that stands alone a `ph`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from aligner.entries import Content, Inline, Variant
from aligner.records import Code, CodeKind
from aligner.text import fold

_WHITE = re.compile(r"\s+")
_POSITIONS = {CodeKind.OPEN: "begin", CodeKind.CLOSE: "end"}
_KINDS = {
    "bpt": CodeKind.OPEN,
    "ept": CodeKind.CLOSE,
    "begin": CodeKind.OPEN,
    "end": CodeKind.CLOSE,
}


def folded(text: str, codes: Sequence[Code]) -> tuple[str, tuple[Code, ...]]:
    """A text by `aligner.text.fold`, and its codes where they stand then."""
    if not codes:
        return fold(text), ()
    runs = [(run.start(), run.end()) for run in _WHITE.finditer(text) if fold(run[0]) != run[0]]

    def moved(at: int) -> int:
        # Of a run that became one space, what stood in it comes before the space.
        gone = sum(min(at, end) - start - (at >= end) for start, end in runs if start < at)
        return at - gone

    return fold(text), tuple(replace(code, at=moved(code.at)) for code in codes)


def content(text: str, codes: Sequence[Code]) -> Content:
    """A text with its codes in it; nothing if it has none."""
    if not codes:
        return ()
    ordered = sorted(codes, key=lambda code: code.at)
    numbers = _numbers(ordered)
    found: list[str | Inline] = []
    done = 0
    for index, code in enumerate(ordered):
        if text[done : code.at]:
            found.append(text[done : code.at])
            done = code.at
        found.append(_element(code, numbers.get(index, 0)))
    return (*found, text[done:]) if text[done:] else tuple(found)


def parts(variant: Variant) -> tuple[str, tuple[Code, ...]]:
    """A variant's text and the codes beside it."""
    if not variant.inline:
        return variant.text, ()
    opened: dict[str, Code] = {}
    codes: list[Code] = []
    at = 0
    for part in _flat(variant.inline):
        if isinstance(part, str):
            at += len(part)
        else:
            codes.append(_code(part, at, opened))
    return variant.text, tuple(codes)


def _numbers(codes: Iterable[Code]) -> dict[int, int]:
    """For each code, by its index, that has its partner in the segment: the number of the pair."""
    opened: dict[str, list[int]] = {}
    numbers: dict[int, int] = {}
    for index, code in enumerate(codes):
        if code.kind is CodeKind.OPEN:
            opened.setdefault(code.id, []).append(index)
        elif code.kind is CodeKind.CLOSE and opened.get(code.id):
            first = opened[code.id].pop()
            numbers[first] = numbers[index] = first + 1
    return numbers


def _element(code: Code, number: int) -> Inline:
    held = (code.data,) if code.data else ()
    if number and code.kind is CodeKind.CLOSE:
        return Inline("ept", (("i", str(number)),), held)
    about = tuple(pair for pair in (("x", code.id), ("type", code.type)) if pair[1])
    if number:
        return Inline("bpt", (("i", str(number)), *about), held)
    if code.kind is CodeKind.ALONE:
        return Inline("ph", about, held)
    return Inline("it", (("pos", _POSITIONS[code.kind]), *about), held)


def _code(element: Inline, at: int, opened: dict[str, Code]) -> Code:
    attributes = dict(element.attributes)
    kind = _KINDS.get(element.name) or _KINDS.get(attributes.get("pos", "")) or CodeKind.ALONE
    pair = attributes.get("i", "")
    partner = opened.get(pair) if element.name == "ept" else None
    code = Code(
        at,
        kind,
        partner.id if partner else attributes.get("x", pair),
        partner.type if partner else attributes.get("type", ""),
        _written(element.content),
    )
    if element.name == "bpt":
        opened[pair] = code
    return code


def _flat(content: Content) -> Iterator[str | Inline]:
    """The texts and codes of a segment; those in a `hi` as if it were not there."""
    for part in content:
        if isinstance(part, Inline) and part.name == "hi":
            yield from _flat(part.content)
        else:
            yield part


def _written(content: Content) -> str:
    """All that stands in a code, as in the original format."""
    return "".join(part if isinstance(part, str) else _written(part.content) for part in content)
