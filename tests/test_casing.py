from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.engines.casing import is_capitals, recase, sentence_case, spellings

BODY = [
    "Yesterday President Putin visited Bishkek for the C5+1 summit.",
    "Officials of the EU and the UN said so to O’Brien.",
    "They told us that the multi-vector policy of Kyrgyzstan helps us.",
    "He saw Putin’s plane in Central Asia.",
]


def dear(word: str) -> int:
    """A model that knows small letters best: a word in them costs least."""
    return 1 + sum(char.isupper() for char in word)


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("PUTIN VISITS BISHKEK", "Putin visits Bishkek"),
        ("Putin’s Visit: Multi-Vector Policy", "Putin’s visit: multi-vector policy"),
        ("PUTIN'S VISIT TO THE EU", "Putin's visit to the EU"),
        ("C5+1 SUMMIT IN BISHKEK", "C5+1 summit in Bishkek"),
        ("What the UN Wants From the C5+1 Format", "What the UN wants from the C5+1 format"),
        ("US Troops Leave Central Asia", "US troops leave Central Asia"),
        ("Part II: COVID-19 Cases Rise", "Part II: COVID-19 cases rise"),
        ("WHO'S NEXT?", "Who's next?"),
        ("Don’t Look Back", "Don’t look back"),
        ("“WE WILL WIN”", "“We will win”"),
        ("3 Reasons Why Bishkek Waits", "3 Reasons why Bishkek waits"),
        ("Write to {UserName} About Kaktus.media", "Write to {UserName} about Kaktus.media"),
        ("ЧТО СКАЗАЛ ПОСОЛ", "Что сказал посол"),
        ("ИЗ-ЗА ЧЕГО", "Из-за чего"),
    ],
)
def test_sentence_case(heading: str, expected: str) -> None:
    assert sentence_case(heading, spellings(BODY), dear) == expected


@pytest.mark.parametrize(
    "heading",
    ["", " ", "2023", "12 345", "—", "UN", "NATO", "Bishkek", "Putin visits Bishkek", "C5+1"],
)
def test_sentences_stay(heading: str) -> None:
    assert sentence_case(heading, spellings(BODY), dear) == heading


def test_the_model_knows_names() -> None:
    known = {"Astana": 1, "meets": 1}
    assert sentence_case("ASTANA MEETS", Counter(), lambda word: known.get(word, 9)) == (
        "Astana meets"
    )


def test_the_first_word_says_nothing() -> None:
    assert spellings(["Trade grew.", "The trade of Osh"]) == {
        "grew": 1,
        "trade": 1,
        "of": 1,
        "Osh": 1,
    }


@given(st.text(st.characters(codec="ascii") | st.sampled_from("’«»Жжң–")))
def test_only_case_changes(heading: str) -> None:
    assert sentence_case(heading, spellings(BODY), dear).lower() == heading.lower()


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("PUTIN VISITS BISHKEK", "ПУТИН В БИШКЕКЕ"),
        ("Putin Visits Bishkek", "Путин в Бишкеке"),
        ("Putin visits Bishkek", "Путин в Бишкеке"),
        ("NATO", "Путин в Бишкеке"),
        ("2023", "Путин в Бишкеке"),
        ("", "Путин в Бишкеке"),
    ],
)
def test_recase(heading: str, expected: str) -> None:
    assert recase("Путин в Бишкеке", heading) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TWO WORDS", True),
        ("ЭКИ СӨЗ", True),
        ("C5+1 IN OSH", True),
        ("NATO", False),
        ("A b", False),
    ],
)
def test_is_capitals(text: str, expected: bool) -> None:
    assert is_capitals(text) is expected
