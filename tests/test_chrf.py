"""chrF, against what sacrebleu makes of the same texts."""

from __future__ import annotations

import pytest
import sacrebleu
from hypothesis import given
from hypothesis import strategies as st

from aligner.quality.chrf import chrf


@pytest.mark.parametrize(
    ("text", "reference", "expected"),
    [
        ("Президент прибыл.", "Президент прибыл.", 1.0),
        ("Президент  прибыл .", "Президент прибыл.", 1.0),  # spaces do not count
        ("абв", "где", 0.0),
        ("", "а", 0.0),
        ("а", "", 0.0),
        ("абв", "вба", 1 / 3),  # all letters, no pairs
    ],
)
def test_known_values(text: str, reference: str, expected: float) -> None:
    assert chrf(text, reference) == pytest.approx(expected)


def test_what_is_missing_weighs_more_than_what_is_too_much() -> None:
    assert chrf("Президент прибыл", "Президент прибыл в Ош") < chrf(
        "Президент прибыл в Ош", "Президент прибыл"
    )


@given(st.text("абв .", max_size=30), st.text("абв .", max_size=30))
def test_it_counts_as_sacrebleu_does(text: str, reference: str) -> None:
    wanted = sacrebleu.sentence_chrf(text, [reference]).score / 100
    assert chrf(text, reference) == pytest.approx(wanted, abs=1e-9)
