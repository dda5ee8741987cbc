"""Scores as vecalign's scorer has them, and its format."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.alignment import Bead
from aligner.alignment.evaluate import evaluate, evaluate_by_type, read, write
from aligner.errors import InputError

INDEXES = st.lists(st.integers(0, 99), max_size=4).map(tuple)


def beads(text: str) -> list[Bead]:
    return list(read(text.split("|")))


def test_what_is_the_same_is_right() -> None:
    gold = beads("[0]:[0]|[1, 2]:[1]|[3]:[]|[]:[2]")
    score = evaluate([(gold, gold)])
    assert (score.strict.f1, score.lax.f1) == (1, 1)
    assert (score.test.beads, score.gold.beads) == (4, 2)  # deletions count for precision only


def test_strict_and_lax() -> None:
    gold = beads("[0]:[0]|[1]:[1]|[2]:[2]|[3]:[]")
    test = beads("[0]:[0]|[1, 2]:[1]|[]:[2]|[3]:[]")
    score = evaluate([(gold, test)])
    # Right: [0]:[0] and [3]:[]; in part: [1, 2]:[1]. Of the gold: [0]:[0]; in part: [1]:[1].
    assert score.strict.precision == 2 / 4
    assert score.strict.recall == 1 / 3
    assert score.lax.precision == 3 / 4
    assert score.lax.recall == 2 / 3
    assert score.strict.f1 == pytest.approx(0.4)


def test_a_bead_that_is_there_twice_counts_once_and_empty_ones_do_not() -> None:
    score = evaluate([(beads("[0]:[0]"), beads("[0]:[0]|[0]:[0]|[]:[]"))])
    assert score.test.beads == 1


def test_documents_are_added_up() -> None:
    right, wrong = beads("[0]:[0]"), beads("[0]:[]|[]:[0]")
    score = evaluate([(right, right), (right, wrong)])
    assert score.strict.precision == 1 / 3
    assert score.strict.recall == 1 / 2


def test_nothing_is_no_error() -> None:
    assert evaluate([([], [])]).strict.f1 == 0


def test_by_type() -> None:
    gold, test = beads("[0]:[0]|[1, 2]:[1]"), beads("[0]:[0]|[1]:[1]|[2]:[]")
    types = evaluate_by_type([(gold, test)])[1]
    assert list(types) == [(1, 0), (1, 1), (2, 1)]
    assert types[1, 1].strict.precision == 1 / 2
    assert types[1, 1].strict.recall == 1
    assert types[2, 1].gold.strict == 0
    assert types[2, 1].lax.recall == 1


@given(st.lists(st.builds(Bead, INDEXES, INDEXES)))
def test_there_and_back(given_beads: list[Bead]) -> None:
    assert list(read(write(given_beads))) == given_beads


def test_costs_of_other_programs_and_empty_lines_are_left_out() -> None:
    assert list(read(["[0, 1]:[2]:0.1234\n", "\n", "[]:[3]:1e-3\n"])) == [
        Bead((0, 1), (2,)),
        Bead((), (3,)),
    ]


@pytest.mark.parametrize("line", ["0:0", "[0]", "[a]:[0]", "[0 1]:[0]", "[-1]:[0]", "[0,]:[1]"])
def test_what_is_no_bead_is_said(line: str) -> None:
    with pytest.raises(InputError, match="no bead") as caught:
        list(read(["[0]:[0]", line], "beads.txt"))
    assert caught.value.where == "beads.txt:2"
