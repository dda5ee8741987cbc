"""Which quotes of a text open, which close, and how deep they stand in one another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

_DOUBLE = re.compile('["“”„‟«»]')
# Of single quotes only pairs are quotes: the rest are apostrophes, feet and minutes. A pair is
# short, so that an apostrophe does not look for its partner through a whole text.
_SINGLES = re.compile(
    r"(?<![\w'‘’])([‘'])(?=\w)([^‘'’]|(?<=\w)[’'](?=\w)){1,300}?[^\s‘'’]([’'])(?!\w)"
)
_OPENS = frozenset("«„‟")
_CLOSES = frozenset("»”")
_BEHIND_WORD = re.compile(r"[^\s(\[{\-–—/«„‟“‘]")  # what stands before a quote that closes


@dataclass(frozen=True, slots=True)
class Mark:
    """A quote in a text.

    Attributes:
        at: where it stands.
        letter: as it is written.
        is_open: whether it opens a quotation.
        depth: in how many others its quotation stands; None if it has no partner.
    """

    at: int
    letter: str
    is_open: bool
    depth: int | None = None


def paired(text: str, stays: Sequence[int]) -> list[Mark]:
    """The quotes of a text, each with the depth of its quotation.

    Args:
        text: a paragraph.
        stays: for each of its characters, whether it is none of ours to look at.
    """
    marks = sorted(_marks(text, stays), key=lambda mark: mark.at)
    partners = _partners(marks)
    depth = 0
    found = []
    for n, mark in enumerate(marks):
        if n not in partners:
            found.append(mark)
            continue
        depth -= not mark.is_open
        found.append(replace(mark, depth=depth))
        depth += mark.is_open
    return found


def set_quotes(
    marks: Iterable[Mark], outer: str, inner: str, own: str
) -> Iterator[tuple[int, str]]:
    """The quotes as they should be, by their places.

    Quotes without partners are set as outer ones, as at the paragraphs of a long quotation, unless
    they may be none at all: inches, seconds.
    """
    for mark in marks:
        if mark.letter in own or (mark.depth is None and mark.letter in "\"'"):
            continue
        yield mark.at, (inner if mark.depth else outer)[not mark.is_open]


def _partners(marks: Sequence[Mark]) -> set[int]:
    """The quotes, by their index, that have a partner."""
    opened: list[int] = []
    found: set[int] = set()
    for n, mark in enumerate(marks):
        if mark.is_open:
            opened.append(n)
        elif opened:
            found |= {opened.pop(), n}
    return found


def _marks(text: str, stays: Sequence[int]) -> Iterator[Mark]:
    for match in _DOUBLE.finditer(text):
        if not stays[match.start()]:
            yield Mark(match.start(), match[0], _is_open(text, match.start()))
    for match in _SINGLES.finditer(text):
        if not (stays[match.start(1)] or stays[match.start(3)]):
            yield Mark(match.start(1), match[1], True)
            yield Mark(match.start(3), match[3], False)


def _is_open(text: str, at: int) -> bool:
    """Whether a quote opens: “ does in English, and closes in Russian; a straight one does both."""
    if text[at] in _OPENS:
        return True
    if text[at] in _CLOSES:
        return False
    before, behind = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    return not _BEHIND_WORD.fullmatch(before) and bool(behind.strip())
