"""What shows only in several units: one source translated in two ways, and the reverse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aligner.quality import Across, Hit, Pair, Severity
from aligner.text import words

_LEAST_WORDS = 3  # fewer may be said in many ways
_ALIKE = 0.5  # of the words of two sources, which may then be translated alike
_NEAR = 2  # units; a translation that slipped stands so near


def differently(pairs: Sequence[Pair]) -> Iterator[tuple[int, Hit]]:
    """The same source, translated otherwise than before."""
    first: dict[tuple[str, str], int] = {}
    for index, pair in enumerate(pairs):
        if len(words(pair.source)) < _LEAST_WORDS or not pair.target.strip():
            continue
        before = first.setdefault((pair.target_lang, _plain(pair.source)), index)
        if _plain(pairs[before].target) != _plain(pair.target):
            yield (
                index,
                Hit(f"{_unit(pairs, before)} has for the same “{_short(pairs[before].target)}”"),
            )


def same(pairs: Sequence[Pair]) -> Iterator[tuple[int, Hit]]:
    """Different sources with one translation, far from one another."""
    for before, index in _same(pairs):
        if index - before > _NEAR:
            yield index, Hit(f"{_unit(pairs, before)} has the same translation, of another source")


def repeated(pairs: Sequence[Pair]) -> Iterator[tuple[int, Hit]]:
    """The translation of a neighbour, in place of the unit's own."""
    for before, index in _same(pairs):
        if index - before <= _NEAR:
            yield index, Hit(f"this is the translation of {_unit(pairs, before)}, too")


def _same(pairs: Sequence[Pair]) -> Iterator[tuple[int, int]]:
    """Units with the same translation and unlike sources, each with the one before it."""
    last: dict[tuple[str, str], int] = {}
    for index, pair in enumerate(pairs):
        if len(words(pair.target)) < _LEAST_WORDS:
            continue
        key = (pair.target_lang, _plain(pair.target))
        before = last.get(key)
        if before is not None and not _alike(pairs[before].source, pair.source):
            yield before, index
        last[key] = index


def _alike(one: str, other: str) -> bool:
    ours, theirs = set(_plain(one).split()), set(_plain(other).split())
    return len(ours & theirs) >= _ALIKE * max(len(ours | theirs), 1)


def _plain(text: str) -> str:
    return " ".join(words(text)).casefold()


def _unit(pairs: Sequence[Pair], index: int) -> str:
    return f"unit {pairs[index].id or index + 1}"


def _short(text: str, width: int = 60) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


ACROSS = (
    Across("inconsistent", Severity.WARNING, differently, "one source, several translations"),
    Across("same-translation", Severity.WARNING, same, "one translation of several sources"),
    Across("repeated", Severity.ERROR, repeated, "the translation of a neighbour, once more"),
)
