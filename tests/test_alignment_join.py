"""Pairs of texts joined to units; beads are written "0 1 - 0", with "x" for nothing."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.alignment.bead import Bead
from aligner.alignment.join import Group, Pair, join
from aligner.alignment.relatedness import certainty

EN, RU, KY = range(3)
Sides = tuple[tuple[int, ...], ...]


def beads(lines: str, probability: float = 0.9) -> list[Bead]:
    """The beads of a case: those of "0 - 0, 1 2 - 1, 3 - x"."""

    def side(text: str) -> tuple[int, ...]:
        return tuple(int(number) for number in text.split() if number != "x")

    both = (bead.split("-") for bead in lines.split(","))
    return [Bead(side(one), side(other), probability) for one, other in both]


def sides(groups: list[Group]) -> list[Sides]:
    return [group.sides for group in groups]


def test_two_texts_keep_their_beads() -> None:
    found = join([3, 2], [Pair(0, 1, beads("0 - 0, 1 2 - x, x - 1"))])
    assert sides(found) == [((0,), (0,)), ((), (1,)), ((1,), ()), ((2,), ())]
    assert [group.is_aligned for group in found] == [True, False, False, False]
    assert found[0].probability == 0.9


def test_what_overlaps_is_one_unit() -> None:
    [unit] = join(
        [3, 3, 2],
        [
            Pair(EN, RU, beads("0 1 - 0, 2 - 1 2")),
            Pair(EN, KY, beads("0 - 0, 1 2 - 1")),
            Pair(RU, KY, beads("0 1 2 - 0 1")),
        ],
    )
    assert unit.sides == ((0, 1, 2), (0, 1, 2), (0, 1))


def test_certainty_is_that_of_the_shorter_text() -> None:
    assert certainty(beads("0 - 0, 1 - 1, x - 2, x - 3")) == pytest.approx(0.9)
    assert certainty(beads("0 1 - 0, 2 - x, x - 1, 3 - x")) == pytest.approx(0.45)
    assert certainty(beads("0 - x")) == 0


def test_what_the_pivot_lacks_comes_from_the_other_pair() -> None:
    found = join(
        [2, 3, 3],
        [
            Pair(EN, RU, beads("0 - 0, x - 1, 1 - 2", 0.95)),
            Pair(EN, KY, beads("0 - 0, x - 1, 1 - 2", 0.95)),
            Pair(RU, KY, beads("0 - 0, 1 - 1, 2 - 2", 0.8)),
        ],
    )
    assert sides(found) == [((0,), (0,), (0,)), ((), (1,), (1,)), ((1,), (2,), (2,))]
    assert [group.probability for group in found] == pytest.approx([0.9, 0.8, 0.9])


@pytest.mark.parametrize("wrong", [0, 1, 2])
def test_two_pairs_outvote_the_third(wrong: int) -> None:
    right, shifted = beads("0 - 0, 1 - 1, 2 - 2"), beads("0 1 - 0, 2 - 1 2")
    both = combinations(range(3), 2)
    pairs = [Pair(*two, shifted if number == wrong else right) for number, two in enumerate(both)]
    found = join([3, 3, 3], pairs)
    assert sides(found) == [((0,),) * 3, ((1,),) * 3, ((2,),) * 3]
    assert [group.probability for group in found] == pytest.approx([0.6] * 3)


def test_a_sure_pair_outvotes_an_unsure_one() -> None:
    sure, unsure = beads("0 - 0, 1 - 1", 0.95), beads("0 1 - 0 1", 0.3)
    pairs = [Pair(EN, RU, sure), Pair(EN, KY, unsure), Pair(RU, KY, beads("0 - 0 1, 1 - x", 0.3))]
    assert sides(join([2, 2, 2], pairs))[0][:2] != ((0, 1), (0, 1))


def test_what_one_pair_alone_has_is_not_lost() -> None:
    pairs = [
        Pair(EN, RU, beads("0 - 0", 0.9)),
        Pair(EN, KY, beads("0 - x, x - 0", 0.9)),
        Pair(RU, KY, beads("0 - x, x - 0", 0.9)),
    ]
    assert sides(join([1, 1, 1], pairs)) == [((), (), (0,)), ((0,), (0,), ())]


def test_order_is_that_of_the_first_text_and_the_rest_follows_its_own() -> None:
    found = join(
        [2, 4, 1],
        [
            Pair(EN, RU, beads("x - 0, 0 - 1, x - 2, 1 - 3")),
            Pair(RU, KY, beads("0 - x, 1 - x, 2 - 0, 3 - x")),
        ],
    )
    assert sides(found) == [
        ((), (0,), ()),
        ((0,), (1,), ()),
        ((), (2,), (0,)),
        ((1,), (3,), ()),
    ]


def test_a_move_stays_in_the_order_of_the_first_text() -> None:
    found = join([3, 3], [Pair(0, 1, beads("0 - 2, 1 - 0, 2 - 1"))])
    assert sides(found) == [((0,), (2,)), ((1,), (0,)), ((2,), (1,))]


def test_no_text_has_a_sentence() -> None:
    assert join([0, 0], [Pair(0, 1, [])]) == []


@st.composite
def partitions(draw: st.DrawFn) -> tuple[int, list[Sides]]:
    """Units of two to five texts, each text's sentences in order."""
    texts = draw(st.integers(2, 5))
    sizes = draw(st.lists(st.lists(st.integers(0, 3), min_size=texts, max_size=texts), max_size=15))
    ends, units = [0] * texts, []
    for unit in sizes:
        if any(unit):
            units.append(tuple(tuple(range(a, a + n)) for a, n in zip(ends, unit, strict=True)))
            ends = [a + n for a, n in zip(ends, unit, strict=True)]
    return texts, units


@given(partitions())
def test_the_pairs_of_a_partition_give_it_back(case: tuple[int, list[Sides]]) -> None:
    texts, units = case
    pairs = [
        Pair(a, b, [Bead(unit[a], unit[b]) for unit in units if unit[a] or unit[b]])
        for a, b in combinations(range(texts), 2)
    ]
    lengths = [sum(len(unit[text]) for unit in units) for text in range(texts)]
    found = join(lengths, pairs)
    one_sided = [unit for unit in units if sum(map(bool, unit)) == 1]
    shared = [unit for unit in units if sum(map(bool, unit)) > 1]
    assert sorted(one for one in sides(found) if sum(map(bool, one)) > 1) == sorted(shared)
    # What one text alone has are sentences, whatever beads they stood in.
    alone = [group for group in found if not group.is_aligned]
    assert len(alone) == sum(len(side) for unit in one_sided for side in unit)


@given(
    st.lists(st.integers(0, 9), min_size=3, max_size=3),
    st.lists(st.tuples(st.integers(0, 2), *[st.sets(st.integers(0, 9), max_size=3)] * 2)),
)
def test_each_sentence_stands_once_whatever_the_beads(
    lengths: list[int], drawn: list[tuple[int, set[int], set[int]]]
) -> None:
    both = [*combinations(range(3), 2)]
    found: list[list[Bead]] = [[], [], []]
    for pair, source, target in drawn:
        sizes = (lengths[text] for text in both[pair])
        one, other = (
            tuple(sorted(i for i in side if i < size))
            for side, size in zip((source, target), sizes, strict=True)
        )
        found[pair].append(Bead(one, other))
    groups = join(lengths, [Pair(*texts, own) for texts, own in zip(both, found, strict=True)])
    for text, length in enumerate(lengths):
        assert sorted(i for group in groups for i in group.sides[text]) == [*range(length)]
