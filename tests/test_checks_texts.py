"""The checks of texts: what they must find, what they must not, and no false alarms."""

from __future__ import annotations

from importlib import import_module

import pytest
from checked import false_alarms, found, table

from aligner.quality import Check, Pair, checks

FAMILIES = (
    "capitals",
    "language",
    "letters",
    "negation",
    "proper_names",
    "punctuation",
    "repetition",
    "script",
    "untranslated",
)
LONG = "Слово, «кун» (не) word. " * 800


def of(family: str) -> tuple[Check, ...]:
    made: tuple[Check, ...] = import_module(f"{checks.__name__}.{family}").CHECKS
    return made


@pytest.mark.parametrize(
    ("family", "name", "pair"),
    [
        pytest.param(family, *row.values, id=f"{family} | {row.id}")
        for family in FAMILIES
        for row in table(family)
    ],
)
def test_table(family: str, name: str, pair: Pair) -> None:
    ids = found(of(family), pair)
    assert ids == set() if name == "-" else name in ids


@pytest.mark.parametrize("family", FAMILIES)
def test_no_false_alarms_on_our_corpus(family: str) -> None:
    assert list(false_alarms(of(family))) == []


@pytest.mark.parametrize("text", ["", " ", "…", "«", "(", "a" * 20_000, "б" * 20_000, LONG])
@pytest.mark.parametrize("lang", ["en", "ru", "ky", "de", "ar"])
@pytest.mark.parametrize("family", FAMILIES)
def test_anything_can_be_checked(family: str, lang: str, text: str) -> None:
    found(of(family), Pair(text, text, "en", lang))
    found(of(family), Pair("Text.", text, "ru", lang))
