"""Inline tags that are lost, doubled, or stand in another order than they can."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from aligner.quality import Check, Hit, Pair, Severity
from aligner.records import Code, CodeKind

# Tags that stand in the text itself, as in a file whose format nobody knew.
_MARKUP = re.compile(
    r"</?[A-Za-z][\w:-]*(?:\s[^<>]{0,2000})?/?>|&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});"
)

_Key = tuple[CodeKind, str]


def tags(pair: Pair) -> Iterator[Hit]:
    """Tags that the translation lacks, or has more often than its source."""
    here, there = Counter(map(_key, pair.source_codes)), Counter(map(_key, pair.target_codes))
    for code in _once(pair.source_codes):
        if there[_key(code)] < here[_key(code)]:
            yield Hit(f"{_said(code)} is not in the translation", source=(code.at, code.at))
    for code in _once(pair.target_codes):
        if there[_key(code)] > here[_key(code)]:
            many = "more often than" if here[_key(code)] else "not"
            yield Hit(f"{_said(code)} is {many} in the source", (code.at, code.at))


def nesting(pair: Pair) -> Iterator[Hit]:
    """Tags that close before they open, cross one another, or hold what held them."""
    if not pair.target_codes or pair.source_codes == pair.target_codes:
        return
    crossed = _crossed(pair.target_codes)
    if crossed and not _crossed(pair.source_codes):
        yield Hit(f"{_said(crossed)} crosses other tags", (crossed.at, crossed.at))
        return
    here, there = _inside(pair.source_codes), _inside(pair.target_codes)
    for inner, outer in sorted(there):
        if (outer, inner) in here:
            yield Hit(f"tag {inner} stands in tag {outer}, not around it")


def markup(pair: Pair) -> Iterator[Hit]:
    """Tags and entities in the text itself that are lost, or come from nowhere."""
    if not ("<" in pair.source + pair.target or "&" in pair.source + pair.target):
        return
    here, there = Counter(_MARKUP.findall(pair.source)), Counter(_MARKUP.findall(pair.target))
    for tag in here - there:
        at = pair.source.find(tag)
        yield Hit(f"{tag} is not in the translation", source=(at, at + len(tag)))
    for tag in there - here:
        at = pair.target.find(tag)
        yield Hit(f"{tag} is not in the source", (at, at + len(tag)))


def _key(code: Code) -> _Key:
    return code.kind, code.id


def _once(codes: Sequence[Code]) -> Iterator[Code]:
    yield from {_key(code): code for code in reversed(codes)}.values()


def _crossed(codes: Sequence[Code]) -> Code | None:
    """The first closing tag whose opening one is not the last that is open."""
    opened: list[str] = []
    ours = {code.id for code in codes if code.kind is CodeKind.OPEN}
    for code in codes:
        if code.kind is CodeKind.OPEN:
            opened.append(code.id)
        elif code.kind is CodeKind.CLOSE and code.id in ours:
            if not opened or opened[-1] != code.id:
                return code
            opened.pop()
    return None


def _inside(codes: Sequence[Code]) -> set[tuple[str, str]]:
    """Which tags stand in which: (inner, outer), by their ids."""
    found: set[tuple[str, str]] = set()
    opened: list[str] = []
    for code in codes:
        if code.kind is CodeKind.CLOSE and code.id in opened:
            opened.remove(code.id)
        elif code.kind is not CodeKind.CLOSE:
            found.update((code.id, outer) for outer in opened)
            if code.kind is CodeKind.OPEN:
                opened.append(code.id)
    return found


def _said(code: Code) -> str:
    return code.data or f"tag {code.id}"


CHECKS = (
    Check("tags", Severity.ERROR, tags, "inline tags that are lost or doubled"),
    Check("nesting", Severity.ERROR, nesting, "inline tags that cross or changed places"),
    Check("markup", Severity.ERROR, markup, "tags in the text itself that are lost"),
)
