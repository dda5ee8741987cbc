"""Alignments against a gold standard, as vecalign's scorer does it.

After Sennrich and Volk, "Iterative, MT-based Sentence Alignment of Parallel Texts" (2011), with
the conventions of vecalign's `score.py` (Thompson and Koehn, 2019):

- Strict precision: the test's beads that stand in the gold, over all of the test's, deletions and
  insertions among them.
- Strict recall: the gold's beads with two sides that stand in the test, over all of these.
- Lax: a bead counts as right, too, if some source sentence of it is linked by the other alignment
  to some target sentence of it.
- F1 is their harmonic mean. Counts are added up over all documents.

A bead counts once in a document, however often it is there; one that is empty on both sides does
not count. Where a ratio has nothing to count, it is 0.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from aligner.alignment.bead import Bead
from aligner.errors import InputError

Sides = tuple[tuple[int, ...], tuple[int, ...]]
Type = tuple[int, int]

_SIDE = r"\[\s*((?:\d{1,9}(?:\s*,\s*\d{1,9})*)?)\s*\]"
_BEAD = re.compile(rf"\s*{_SIDE}\s*:\s*{_SIDE}\s*(?::\s*\S*\s*)?")
_INDEX = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Counts:
    """Beads of one alignment, and how many of them are right by the other."""

    beads: int = 0
    strict: int = 0
    lax: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.beads + other.beads, self.strict + other.strict, self.lax + other.lax)


@dataclass(frozen=True, slots=True)
class Measure:
    """Precision, recall, and F1, each from 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """How good an alignment is.

    Attributes:
        test: the beads of the alignment.
        gold: the beads of the gold standard.
    """

    test: Counts = Counts()
    gold: Counts = Counts()

    def __add__(self, other: Score) -> Score:
        return Score(self.test + other.test, self.gold + other.gold)

    @property
    def strict(self) -> Measure:
        """Only beads that are exactly right count."""
        return Measure(
            _ratio(self.test.strict, self.test.beads), _ratio(self.gold.strict, self.gold.beads)
        )

    @property
    def lax(self) -> Measure:
        """Beads that are partly right count as well."""
        return Measure(
            _ratio(self.test.lax, self.test.beads), _ratio(self.gold.lax, self.gold.beads)
        )


def evaluate(documents: Iterable[tuple[Iterable[Bead], Iterable[Bead]]]) -> Score:
    """Score alignments of documents, each with its gold standard.

    Args:
        documents: pairs of gold and test, each the beads of a document in any order.
    """
    return evaluate_by_type(documents)[0]


def evaluate_by_type(
    documents: Iterable[tuple[Iterable[Bead], Iterable[Bead]]],
) -> tuple[Score, dict[Type, Score]]:
    """Score alignments of documents, in all and for each type of bead.

    Of a type, precision is over the test's beads of that type, recall over the gold's. Deletions
    and insertions have a recall here, which does not count in all.

    Args:
        documents: pairs of gold and test, each the beads of a document in any order.

    Returns:
        The score of all beads, and those of the types, (1, 2) for one sentence against two.
    """
    whole = Score()
    types: defaultdict[Type, Score] = defaultdict(Score)
    for gold_beads, test_beads in documents:
        gold, test = _distinct(gold_beads), _distinct(test_beads)
        for sides, right in _judged(test, gold):
            types[_type(sides)] += Score(test=right)
            whole += Score(test=right)
        for sides, right in _judged(gold, test):
            types[_type(sides)] += Score(gold=right)
            if all(sides):
                whole += Score(gold=right)
    return whole, dict(sorted(types.items()))


def read(lines: Iterable[str], where: str = "") -> Iterator[Bead]:
    """Read vecalign's beads, `[0, 1]:[0]` or `[0, 1]:[0]:0.25`, one a line.

    Empty lines don't count. What a third part says is a cost or a score of the program that wrote
    it, and is left out.

    Raises:
        InputError: a line is no bead.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        found = _BEAD.fullmatch(line)
        if not found:
            raise InputError(
                f"no bead: {line.strip()[:60]}",
                where=f"{where}:{number}" if where else f"line {number}",
                hint="a bead is written as [0, 1]:[0], the sentences numbered from 0",
            )
        source, target = (tuple(map(int, _INDEX.findall(side))) for side in found.groups())
        yield Bead(source, target)


def write(beads: Iterable[Bead]) -> Iterator[str]:
    """Lines in vecalign's format, without line ends: `[0, 1]:[0]`."""
    for bead in beads:
        yield f"{list(bead.source)}:{list(bead.target)}"


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _distinct(beads: Iterable[Bead]) -> dict[Sides, None]:
    return dict.fromkeys((bead.source, bead.target) for bead in beads if bead.source or bead.target)


def _type(sides: Sides) -> Type:
    return len(sides[0]), len(sides[1])


def _judged(beads: Iterable[Sides], others: Iterable[Sides]) -> Iterator[tuple[Sides, Counts]]:
    """Each bead, and whether it is right by the others."""
    known = set(others)
    links: defaultdict[int, set[int]] = defaultdict(set)
    for source, target in known:
        for index in source:
            links[index].update(target)
    for source, target in beads:
        strict = (source, target) in known
        lax = strict or any(not links[i].isdisjoint(target) for i in source if i in links)
        yield (source, target), Counts(1, strict, lax)
