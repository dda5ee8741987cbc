"""From alignments of pairs of texts to units of all of them.

Each two texts are aligned, and a text may serve as the pivot: sentences of all texts that the beads
with the pivot connect are a candidate (connected components). Pivots disagree where a pair is
wrong. So each candidate has the votes of all pairs that have the same bead, and candidates that
exclude one another are chosen by their votes, small ones before large ones: greedily, by weight
over the root of the size, as is usual in weighted set packing (Lehmann, O'Callaghan and Shoham,
2002).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from aligner.alignment.bead import Bead

Sides = tuple[tuple[int, ...], ...]  # for each text the indexes of its sentences, in order
Node = tuple[int, int]  # a text and a sentence of it


@dataclass(frozen=True, slots=True)
class Pair:
    """The alignment of two of several texts.

    Attributes:
        first: which text the beads' source is, from 0.
        second: which text their target is; later than the first.
        beads: of all their sentences.
    """

    first: int
    second: int
    beads: Sequence[Bead]


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences of several texts that say the same.

    Attributes:
        sides: for each text the indexes of its sentences, in order; empty where it has none.
        probability: how likely it is exactly right: for two texts, that of their bead; for more,
            the mean over the pairs of its texts, of which those that disagree give nothing.
    """

    sides: Sides
    probability: float

    @property
    def is_aligned(self) -> bool:
        """Whether more than one text has a sentence in it."""
        return sum(map(bool, self.sides)) > 1


def join(lengths: Sequence[int], pairs: Sequence[Pair]) -> list[Group]:
    """Join pairwise alignments into units.

    Args:
        lengths: how many sentences each text has.
        pairs: the alignments of each two texts; for two texts, the one.

    Returns:
        Units in which each sentence of each text stands once, alone if nothing is aligned with it.
        They keep the order of the first text; those that lack it follow what they follow in theirs.
    """
    votes = _Votes(len(lengths), pairs)
    candidates = {
        sides for pivot in range(len(lengths)) for sides in _around(pivot, lengths, pairs)
    }
    taken: set[Node] = set()
    chosen = list(_packed(map(votes.group, candidates), taken))
    # What no candidate has that was chosen may still be aligned in one of the pairs.
    chosen += _packed(map(votes.group, votes.beads), taken)
    alone = (
        Group(votes.sides({text: (index,)}), 1.0)
        for text, length in enumerate(lengths)
        for index in range(length)
        if (text, index) not in taken
    )
    return _in_order([*chosen, *alone])


class _Votes:
    """What the pairs say of units."""

    def __init__(self, texts: int, pairs: Sequence[Pair]) -> None:
        self._texts = texts
        self._both = [(pair.first, pair.second) for pair in pairs]
        self.beads = {
            self.sides({pair.first: bead.source, pair.second: bead.target}): bead.probability
            for pair in pairs
            for bead in _two_sided(pair)
        }

    def sides(self, there: Mapping[int, tuple[int, ...]]) -> Sides:
        return tuple(there.get(text, ()) for text in range(self._texts))

    def group(self, sides: Sides) -> Group:
        """The unit of these sentences, with the mean of the pairs' votes for it."""
        votes = [
            self.beads.get(self.sides({one: sides[one], other: sides[other]}), 0.0)
            for one, other in self._both
            if sides[one] and sides[other]
        ]
        return Group(sides, sum(votes) / len(votes))


def _around(pivot: int, lengths: Sequence[int], pairs: Sequence[Pair]) -> Iterator[Sides]:
    """The sentences that are connected by the beads of the pairs with a pivot."""
    home: dict[Node, Node] = {}
    members: dict[Node, list[Node]] = {}
    for pair in pairs:
        for bead in _two_sided(pair) if pivot in (pair.first, pair.second) else ():
            nodes = [
                *((pair.first, index) for index in bead.source),
                *((pair.second, index) for index in bead.target),
            ]
            roots = {home.get(node, node) for node in nodes}
            root = max(roots, key=lambda one: (len(members.get(one, ())), one))
            own = members.setdefault(root, [root])
            for other in roots - {root}:
                moved = members.pop(other, [other])
                own += moved
                home.update(dict.fromkeys(moved, root))
    for nodes in members.values():
        sides: list[list[int]] = [[] for _ in lengths]
        for text, index in nodes:
            sides[text].append(index)
        yield tuple(tuple(sorted(side)) for side in sides)


def _packed(candidates: Iterable[Group], taken: set[Node]) -> Iterator[Group]:
    """Choose groups that share no sentence with one another or with those taken, best first."""
    for group in sorted(candidates, key=lambda one: (-_weight(one), one.sides)):
        nodes = {(text, index) for text, side in enumerate(group.sides) for index in side}
        if taken.isdisjoint(nodes):
            taken |= nodes
            yield group


def _weight(group: Group) -> float:
    """The sum of a group's votes, over the root of its size."""
    texts = sum(map(bool, group.sides))
    votes = group.probability * texts * (texts - 1) / 2
    return votes / sqrt(sum(map(len, group.sides)))


def _two_sided(pair: Pair) -> Iterator[Bead]:
    return (bead for bead in pair.beads if bead.source and bead.target)


def _in_order(groups: Sequence[Group]) -> list[Group]:
    """Sort by the first text; what lacks it goes behind what it follows in the next one."""
    keys: dict[Sides, tuple[int, ...]] = {
        group.sides: (group.sides[0][0],) for group in groups if group.sides[0]
    }
    for text in range(1, len(groups[0].sides) if groups else 0):
        before: tuple[int, ...] = (-1,)
        new = {}
        own = [group.sides for group in groups if group.sides[text]]
        for sides in sorted(own, key=lambda one: one[text]):
            before = keys.get(sides, before)
            if sides not in keys:
                new[sides] = (*before, text, sides[text][0])
        keys |= new
    return sorted(groups, key=lambda group: keys[group.sides])
