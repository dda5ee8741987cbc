"""Numbers and months of a match: mended where certain, left alone where not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.memory.repair import mask_key, mended
from aligner.text import numbers

CASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "data" / "memory" / "mended.tsv")
    .read_text("utf-8")
    .splitlines()[1:]
    if not line.startswith("#")
]


@pytest.mark.parametrize(("lang", "stored", "translation", "query", "expected"), CASES)
def test_mended_where_certain(
    lang: str, stored: str, translation: str, query: str, expected: str
) -> None:
    found = mended(query, stored, translation, "en", lang)
    assert (found[0] if found else "-") == expected


def test_it_says_what_it_put_in() -> None:
    found = mended("On 3 May, 8%", "On 5 June, 8%", "5 июня, 8%", "en", "ru")
    assert found == ("3 мая, 8%", ("5 → 3", "June → May"))


def test_from_russian_to_kyrgyz() -> None:
    found = mended("27 декабря 2025 года", "1 мая 2024 года", "2024-жылдын 1-майы", "ru", "ky")
    assert found is not None
    assert found[0] == "2025-жылдын 27-декабры"


def test_english_ordinals() -> None:
    for query, made in (("21-й этаж", "the 21st floor"), ("11-й этаж", ""), ("2-й этаж", "")):
        found = mended(query, "1-й этаж", "the 1st floor", "ru", "en")
        assert (found[0] if found else "") == made


def test_a_language_that_we_know_nothing_of() -> None:
    assert mended("Page 8 of it", "Page 9 of it", "Sivu 9 siitä", "en", "fi") is None
    assert mended("by 8%", "by 9%", "9 %", "en", "fi") == ("8 %", ("9 → 8",))


def test_the_mask_is_that_of_texts_that_differ_in_numbers() -> None:
    same = {
        mask_key("en", text) for text in ("It fell by 5 in May.", "It  fell by 1,000.5 in June.")
    }
    assert len(same) == 1
    assert mask_key("en", "It fell by 5 in May.") != mask_key("en", "It fell by 5 in town.")
    assert mask_key("en", "It fell by 5.") != mask_key("ru", "It fell by 5.")
    assert mask_key("en", "It fell in May.") is None


NUMBERS = st.one_of(
    st.integers(0, 10**7).map(str),
    st.integers(1000, 10**7).map("{:,}".format),
    st.decimals(0, 1000, places=2).map(str),
)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=4))
def test_what_is_mended_has_the_numbers_of_the_query(pairs: list[tuple[str, str]]) -> None:
    """The translation is a copy; mended, it is one of the query, in its own spelling."""
    stored = ", ".join(old for old, _ in pairs) + "; %"
    query = ", ".join(new for _, new in pairs) + "; %"
    found = mended(query, stored, stored, "en", "ky")
    if found:
        assert numbers(found[0]) == numbers(query)


@given(st.text(), st.text(), st.text())
def test_any_text(query: str, stored: str, translation: str) -> None:
    mended(query, stored, translation, "en", "ru")
    mended(query, query, translation, "ky", "ky")


@pytest.mark.parametrize("piece", ["9", "1,000,", "1 000 ", "слово", " ", "5 "])
def test_long_texts_take_no_time(piece: str) -> None:
    """Quadratic patterns would take minutes."""
    long = piece * (100_000 // len(piece))
    mended(f"{long} 5", f"{long} 6", f"{long} 6", "en", "ru")
    mended("5", "6", f"{long} 6 {long}", "en", "ru")
