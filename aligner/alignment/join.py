"""From alignments of pairs of texts to units of all of them.

Two texts at a time are aligned; the pairs that are surest make a spanning tree over the texts, and
sentences that its beads connect are a unit (connected components). For three texts the tree is a
pivot with its two pairs. The pairs that are left out of it speak where it is silent: a sentence
that the pivot lacks may be in the two others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aligner.alignment.bead import Bead

Node = tuple[int, int]  # a text and a sentence of it

_TRUSTED = 0.5  # the least probability of a bead that speaks against the others' silence


@dataclass(frozen=True, slots=True)
class Pair:
    """The alignment of two of several texts.

    Attributes:
        first: which text the beads' source is, from 0.
        second: which text their target is.
        beads: of all their sentences.
    """

    first: int
    second: int
    beads: Sequence[Bead]

    @property
    def certainty(self) -> float:
        """The mean probability of its sentences' beads; those left out count for nothing."""
        weight = sum(len(bead.source) + len(bead.target) for bead in self.beads)
        sure = sum(
            bead.probability * (len(bead.source) + len(bead.target)) for bead in _two_sided(self)
        )
        return sure / weight if weight else 0.0


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences of several texts that say the same.

    Attributes:
        sides: for each text the indexes of its sentences, in order; empty where it has none.
        probability: that of the least probable bead in it.
    """

    sides: tuple[tuple[int, ...], ...]
    probability: float

    @property
    def is_aligned(self) -> bool:
        """Whether more than one text has a sentence in it."""
        return sum(map(bool, self.sides)) > 1


def join(lengths: Sequence[int], pairs: Sequence[Pair]) -> list[Group]:
    """Join pairwise alignments into units.

    Args:
        lengths: how many sentences each text has.
        pairs: alignments that connect all texts; for two texts, the one.

    Returns:
        Units in which each sentence of each text stands once, alone if nothing is aligned with it.
        They keep the order of the first text; those that lack it follow what they follow in theirs.
    """
    tree = spanning_tree(len(lengths), pairs)
    units = _Units(lengths)
    for pair in tree:
        for bead in _two_sided(pair):
            units.connect(_nodes(pair, bead), bead.probability)
    others = sorted((pair for pair in pairs if pair not in tree), key=lambda one: -one.certainty)
    for pair in others:
        for bead in _two_sided(pair):
            units.complete(_nodes(pair, bead), bead.probability)
    return _in_order(units.groups())


def spanning_tree(texts: int, pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs that connect all texts with the highest certainty (Kruskal, 1956)."""
    tree: list[Pair] = []
    home = list(range(texts))
    for pair in sorted(pairs, key=lambda one: -one.certainty):
        one, other = home[pair.first], home[pair.second]
        if one != other:
            home = [one if each == other else each for each in home]
            tree.append(pair)
    return tree


def _two_sided(pair: Pair) -> Iterator[Bead]:
    return (bead for bead in pair.beads if bead.source and bead.target)


def _nodes(pair: Pair, bead: Bead) -> list[Node]:
    return [
        *((pair.first, index) for index in bead.source),
        *((pair.second, index) for index in bead.target),
    ]


class _Units:
    """A partition of the sentences of all texts."""

    def __init__(self, lengths: Sequence[int]) -> None:
        self._texts = len(lengths)
        self._home = {
            (text, index): (text, index)
            for text, length in enumerate(lengths)
            for index in range(length)
        }
        self._members = {node: [node] for node in self._home}
        self._probability: dict[Node, float] = {}

    def connect(self, nodes: Sequence[Node], probability: float) -> None:
        """Put sentences into one unit, and whatever is connected with them."""
        root = self._home[nodes[0]]
        for node in nodes[1:]:
            other = self._home[node]
            if other == root:
                continue
            if len(self._members[other]) > len(self._members[root]):
                root, other = other, root
            moved = self._members.pop(other)
            self._members[root] += moved
            self._home.update(dict.fromkeys(moved, root))
            probability = min(probability, self._probability.pop(other, 1.0))
        self._probability[root] = min(probability, self._probability.get(root, 1.0))

    def complete(self, nodes: Sequence[Node], probability: float) -> None:
        """Connect sentences that stand alone, with one another or with a unit that lacks them."""
        roots = dict.fromkeys(self._home[node] for node in nodes)
        if probability < _TRUSTED or len(roots) == 1:
            return
        alone = {root[0] for root in roots if len(self._members[root]) == 1}
        units = [root for root in roots if len(self._members[root]) > 1]
        there = {text for root in units for text, _ in self._members[root]}
        if len(units) <= 1 and not alone & there:
            self.connect(nodes, probability)

    def groups(self) -> list[Group]:
        found = []
        for root, members in self._members.items():
            sides: list[list[int]] = [[] for _ in range(self._texts)]
            for text, index in members:
                sides[text].append(index)
            found.append(
                Group(
                    tuple(tuple(sorted(side)) for side in sides), self._probability.get(root, 1.0)
                )
            )
        return found


def _in_order(groups: Sequence[Group]) -> list[Group]:
    """Sort by the first text; what lacks it goes behind what it follows in the next one."""
    keys: dict[Group, tuple[int, ...]] = {
        group: (group.sides[0][0],) for group in groups if group.sides[0]
    }
    for text in range(1, len(groups[0].sides) if groups else 0):
        before: tuple[int, ...] = (-1,)
        new = {}
        own = [group for group in groups if group.sides[text]]
        for group in sorted(own, key=lambda one: one.sides[text]):
            before = keys.get(group, before)
            if group not in keys:
                new[group] = (*before, text, group.sides[text][0])
        keys |= new
    return sorted(groups, key=keys.__getitem__)
