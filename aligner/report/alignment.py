"""How texts were aligned, as the units that `aligner align` writes say it, and pictures of it.

Sentences that no unit has are known by the gaps that they leave in the numbers of their paragraphs;
at the end of one they leave none, so that there may be more of them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from aligner.align.entries import PROBABILITY, SEGMENTS
from aligner.alignment import plot
from aligner.alignment.bead import Bead
from aligner.entries import Entry
from aligner.formats.reports import Alignment, Plot, Sentences
from aligner.report.spread import Counting

_UNSURE = 0.5
_BINS = 20
_MOST_DRAWN = 20_000  # units; a picture of more shows no more, and they must be kept for it
_MOST_PLOTS = 4
_ODD_GAP = 10  # sentences; a paragraph that lacks more than it has is numbered in another way
_SENTENCE = re.compile(r"(\d{1,9})\.(\d{1,9})")
_SENTENCES = re.compile(r"\s*([a-z]{2,3})((?: \d{1,9}\.\d{1,9})+)")
_SHARE = re.compile(r"0(?:\.\d+)?|1(?:\.0+)?")

_Name = tuple[int, int]  # a sentence: its paragraph, and its number in that


@dataclass(frozen=True, slots=True)
class _Group:
    """A unit: its sentences by language, and the probability that they belong together."""

    sides: Mapping[str, tuple[_Name, ...]]
    probability: float


@dataclass(slots=True)
class _Text:
    """What is seen of a text: by paragraph, how many sentences there are, and the last number."""

    seen: Counter[int] = field(default_factory=Counter)
    last: dict[int, int] = field(default_factory=dict)
    alone: int = 0

    def add(self, names: Sequence[_Name], *, is_alone: bool) -> None:
        for paragraph, number in names:
            self.seen[paragraph] += 1
            self.last[paragraph] = max(number, self.last.get(paragraph, 0))
        self.alone += len(names) * is_alone

    @property
    def missed(self) -> int:
        return sum(_gap(last, self.seen[paragraph]) for paragraph, last in self.last.items())


class Alignments:
    """Counts units of aligned texts as they come.

    Args:
        source: the language of the first text; "" for that of each unit.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._units = 0
        self._unsure = 0
        self._probability = Counting()
        self._kinds: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._texts: defaultdict[tuple[str, str], _Text] = defaultdict(_Text)
        self._groups: dict[str, list[_Group]] = {}
        self._kept = 0

    def add(self, entry: Entry) -> None:
        """Count a unit, if it is one of aligned texts."""
        props = dict(entry.props)
        sides = _sides(props.get(SEGMENTS, ""))
        said = props.get(PROBABILITY, "")
        probability = float(said) if _SHARE.fullmatch(said) else None
        if not sides and probability is None:
            return
        if len(entry.variants) > 1:
            self._units += 1
            if probability is not None:
                self._probability.add(probability)
                self._unsure += probability < _UNSURE
        self._count(sides)
        name = entry.tuid.rpartition(":")[0]
        for lang, names in sides.items():
            self._texts[name, lang].add(names, is_alone=len(sides) == 1)
        if sides and self._kept < _MOST_DRAWN:
            self._kept += 1
            self._groups.setdefault(name, []).append(
                _Group(sides, 1.0 if probability is None else probability)
            )

    def _count(self, sides: Mapping[str, tuple[_Name, ...]]) -> None:
        first = self._source or next(iter(sides), "")
        for lang, names in sides.items():
            if lang != first and first in sides:
                self._kinds[f"{first}-{lang}"][f"{len(sides[first])}–{len(names)}"] += 1

    def figures(self) -> Alignment | None:
        """What was counted; None if there was nothing of the kind."""
        if not self._units:
            return None
        by_lang: dict[str, list[_Text]] = {}
        for (_, lang), text in self._texts.items():
            by_lang.setdefault(lang, []).append(text)
        return Alignment(
            self._units,
            self._probability.spread(_BINS),
            self._unsure,
            {pair: dict(kinds.most_common()) for pair, kinds in self._kinds.items()},
            tuple(_sentences(lang, texts) for lang, texts in by_lang.items()),
        )

    def plots(self) -> tuple[Plot, ...]:
        """Pictures of the first texts; none where there are too many units."""
        if self._kept == _MOST_DRAWN:
            return ()
        drawn = (
            Plot((first, lang), plot.svg(_beads(groups, first, lang), (first, lang)))
            for groups in self._groups.values()
            for first in [self._source or next(iter(groups[0].sides))]
            for lang in dict.fromkeys(lang for group in groups for lang in group.sides)
            if lang != first
        )
        return tuple(one for one, _ in zip(drawn, range(_MOST_PLOTS), strict=False))


def _sentences(lang: str, texts: Sequence[_Text]) -> Sentences:
    missed = sum(text.missed for text in texts)
    seen = sum(text.seen.total() for text in texts)
    return Sentences(lang, seen + missed, missed + sum(text.alone for text in texts))


def _sides(said: str) -> dict[str, tuple[_Name, ...]]:
    """The sentences of a unit by language, as in "en 2.1 2.2; ru 2.1"; none where it is unclear."""
    found = [_SENTENCES.fullmatch(part) for part in said.split(";")]
    return {
        match[1]: tuple((int(one[1]), int(one[2])) for one in _SENTENCE.finditer(match[2]))
        for match in found
        if match
    }


def _beads(groups: Sequence[_Group], first: str, other: str) -> list[Bead]:
    """The beads of two of the texts, with those of what only one of them has."""
    one, two = _places(groups, first), _places(groups, other)
    joined = [group for group in groups if first in group.sides and other in group.sides]
    alone = sorted(set(one.values()) - _used(joined, first, one))
    strange = sorted(set(two.values()) - _used(joined, other, two))
    return list(_with_single(joined, (first, one), (other, two), alone, strange))


def _with_single(
    joined: Sequence[_Group],
    first: tuple[str, dict[_Name, int]],
    other: tuple[str, dict[_Name, int]],
    alone: list[int],
    strange: list[int],
) -> Iterator[Bead]:
    """The beads of units, each behind those of single sentences before it."""
    lone, odd = iter(alone), iter(strange)
    here, there = next(lone, None), next(odd, None)
    for group in joined:
        source = tuple(sorted(first[1][name] for name in group.sides[first[0]]))
        target = tuple(sorted(other[1][name] for name in group.sides[other[0]]))
        while here is not None and here < source[0]:
            yield Bead((here,), (), 0.0)
            here = next(lone, None)
        while there is not None and there < target[0]:
            yield Bead((), (there,), 0.0)
            there = next(odd, None)
        yield Bead(source, target, group.probability)
    yield from (Bead((n,), (), 0.0) for n in [here, *lone] if n is not None)
    yield from (Bead((), (n,), 0.0) for n in [there, *odd] if n is not None)


def _used(groups: Sequence[_Group], lang: str, places: Mapping[_Name, int]) -> set[int]:
    return {places[name] for group in groups for name in group.sides[lang]}


def _places(groups: Sequence[_Group], lang: str) -> dict[_Name, int]:
    """The place of each sentence in its text, those that it must have besides among them."""
    seen = {name for group in groups for name in group.sides.get(lang, ())}
    text = _Text()
    text.add(sorted(seen), is_alone=False)
    missed = {
        (paragraph, number)
        for paragraph, last in text.last.items()
        if _gap(last, text.seen[paragraph])
        for number in range(1, last)
    }
    return {name: place for place, name in enumerate(sorted(seen | missed))}


def _gap(last: int, seen: int) -> int:
    """How many sentences of a paragraph are missing, by its last number and how many are seen."""
    gap = max(0, last - seen)
    return gap if gap <= seen + _ODD_GAP else 0
