"""Word links of two directions made one; Pharaoh's format."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.alignment.symmetrise import Link, directions, parse, pharaoh, symmetrise
from aligner.errors import UsageError

INDEX = st.integers(0, 9)
LINKS = st.sets(st.tuples(INDEX, INDEX), max_size=30)


def turned(links: set[Link]) -> set[Link]:
    return {(j, i) for i, j in links}


@given(LINKS, LINKS)
def test_between_the_links_of_both_and_of_either(one: set[Link], other: set[Link]) -> None:
    assert one & other <= symmetrise(one, other) <= one | other


@given(LINKS, LINKS)
def test_the_order_of_directions_does_not_matter(one: set[Link], other: set[Link]) -> None:
    assert symmetrise(one, other) == symmetrise(other, one)


@given(LINKS)
def test_what_both_give_is_all(links: set[Link]) -> None:
    assert symmetrise(links, set(links)) == links


@given(LINKS, LINKS)
def test_source_and_target_change_places(one: set[Link], other: set[Link]) -> None:
    assert symmetrise(turned(one), turned(other)) == turned(symmetrise(one, other))


def test_grows_beside_a_link_by_a_corner() -> None:
    assert symmetrise({(0, 0), (1, 1)}, {(0, 0)}) == {(0, 0), (1, 1)}


def test_grows_to_a_second_word() -> None:
    assert symmetrise({(0, 0), (0, 1)}, {(0, 0)}) == {(0, 0), (0, 1)}


def test_does_not_link_words_that_both_have_links() -> None:
    both = {(0, 0), (1, 1)}
    assert symmetrise(both | {(0, 1)}, both) == both


def test_ends_with_words_that_have_none() -> None:
    assert symmetrise({(0, 0), (3, 5)}, {(0, 0)}) == {(0, 0), (3, 5)}
    assert symmetrise({(0, 0), (0, 5)}, {(0, 0)}) == {(0, 0)}


def test_directions_take_the_best_of_each_row_and_column() -> None:
    weights = np.array([[0.9, 0.1], [0.8, 0.2]])
    assert directions(weights) == ({(0, 0), (1, 1)}, {(0, 0), (1, 0)})
    assert directions(weights, 0.2) == ({(0, 0)}, {(0, 0), (1, 0)})


@pytest.mark.parametrize("size", [(0, 0), (0, 3), (3, 0)])
def test_directions_of_nothing(size: tuple[int, int]) -> None:
    assert directions(np.zeros(size)) == (set(), set())


@given(LINKS)
def test_pharaoh_there_and_back(links: set[Link]) -> None:
    assert parse(pharaoh(links)) == links


def test_pharaoh_in_order() -> None:
    assert pharaoh({(2, 1), (0, 0), (10, 2), (1, 2)}) == "0-0 1-2 2-1 10-2"


@pytest.mark.parametrize("text", ["0", "0-", "a-b", "0-1-2", "-1-0", "0–1", "٣-1", "1-" + "9" * 99])
def test_what_is_no_link(text: str) -> None:
    with pytest.raises(UsageError, match="not a link"):
        parse(f"0-0 {text}")
