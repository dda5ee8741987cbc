"""The checks of names: what they must find, what they must not, and no false alarms."""

from __future__ import annotations

import pytest
from checked import false_alarms, found, table

from aligner.quality import Pair
from aligner.quality.checks.proper_names import CHECKS

LONG = "Слово, «кун» (не) word. " * 800


@pytest.mark.parametrize(("name", "pair"), table("proper_names"))
def test_table(name: str, pair: Pair) -> None:
    ids = found(CHECKS, pair)
    assert ids == set() if name == "-" else name in ids


def test_no_false_alarms_on_our_corpus() -> None:
    assert list(false_alarms(CHECKS)) == []


@pytest.mark.parametrize("text", ["", " ", "…", "«", "(", "a" * 20_000, "б" * 20_000, LONG])
@pytest.mark.parametrize("lang", ["en", "ru", "ky", "de", "ar"])
def test_anything_can_be_checked(text: str, lang: str) -> None:
    found(CHECKS, Pair(text, text, "en", lang))
    found(CHECKS, Pair("Text.", text, "ru", lang))
