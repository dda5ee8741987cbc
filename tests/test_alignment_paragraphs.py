"""What paragraphs say of beads."""

from __future__ import annotations

import numpy as np
import pytest

from aligner.alignment import align
from aligner.alignment.paragraphs import Paragraphs
from aligner.errors import UsageError


def test_beads_that_begin_and_end_with_paragraphs_gain() -> None:
    #            a paragraph of two, of one, of one: three edges in four sentences
    given = Paragraphs([0, 0, 1, 2], [0, 0, 1, 2], crossing=1.0, meeting=0.1)
    trust = (1 - 2 / 3) ** 0.5
    gain = given.gain(slice(0, 4), slice(0, 4), (1, 1)) / trust
    assert gain[2, 2] == pytest.approx(0.2)
    assert gain[0, 0] == pytest.approx(0.1)
    assert gain[0, 1] == pytest.approx(0)
    gain = given.gain(slice(0, 4), slice(0, 4), (2, 1)) / trust
    assert gain.shape == (3, 4)
    assert gain[0, 2] == pytest.approx(0.2)
    assert gain[1, 2] == pytest.approx(-1 + 0.1)
    assert gain[2, 3] == pytest.approx(-1 + 0.2)


def test_a_stretch_is_a_part_of_the_whole() -> None:
    numbers = [0, 0, 1, 1, 1, 2, 3, 3]
    given = Paragraphs(numbers, numbers[::-1], crossing=1.0, meeting=0.1)
    whole = given.gain(slice(0, 8), slice(0, 8), (2, 3))
    part = given.gain(slice(2, 7), slice(1, 8), (2, 3))
    assert np.array_equal(part, whole[2:6, 1:6])


@pytest.mark.parametrize("other", [[0] * 6, [0, 1, 2, 3, 4, 5]])
def test_a_text_without_paragraphs_says_nothing(other: list[int]) -> None:
    given = Paragraphs([0, 0, 0, 1, 1, 1], other, crossing=1.0, meeting=0.1)
    assert not given.gain(slice(0, 6), slice(0, 6), (2, 1)).any()


def test_paragraphs_decide_what_words_leave_open() -> None:
    # The middle sentence could go with either of its neighbours.
    source = ["apple pear", "uvw xyz", "grape plum", "stone wall", "river bank", "cold snow"]
    target = ["apple pear uvw", "grape plum xyz", "stone wall", "river bank", "cold snow"]
    behind = align(source, target, paragraphs=([0, 0, 1, 1, 2, 2], [0, 1, 1, 2, 2]))
    before = align(source, target, paragraphs=([0, 1, 1, 1, 2, 2], [0, 1, 1, 2, 2]))
    assert (behind[0].source, behind[0].target) == ((0, 1), (0,))
    assert (before[0].source, before[0].target) == ((0,), (0,))


@pytest.mark.parametrize("paragraphs", [([0], [0]), ([0, 0], [0, 0])])
def test_a_number_for_each_sentence(paragraphs: tuple[list[int], list[int]]) -> None:
    with pytest.raises(UsageError, match="paragraphs"):
        align(["One.", "Two."], ["Один."], paragraphs=paragraphs)
