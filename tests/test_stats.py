"""What a memory holds, counted."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from aligner.curation.stats import Stats, Tally
from aligner.entries import Entry, Inline, Variant
from aligner.seen import Seen


def of(*entries: Entry) -> Stats:
    stats = Stats()
    stats.add_all(entries)
    return stats


def unit(*texts: tuple[str, str]) -> Entry:
    return Entry("", tuple(Variant(lang, text) for lang, text in texts), "en")


def test_nothing() -> None:
    stats = of()
    assert (stats.units, stats.complete, stats.pairs, stats.first) == (0, 0, {}, "")


def test_texts_words_and_characters() -> None:
    stats = of(
        unit(("en", "the old town"), ("ky", "эски шаар")),
        unit(("en", "Osh"), ("ky", " "), ("ru", "Ош")),
    )
    assert stats.units == 2
    assert stats.languages == {"en": Tally(2, 4, 15), "ky": Tally(2, 2, 9), "ru": Tally(1, 1, 2)}
    assert stats.empty == 1


def test_complete_units_and_pairs() -> None:
    stats = of(
        unit(("en", "a"), ("ru", "а"), ("ky", "а")),
        unit(("ru", "б"), ("en", "b")),
        unit(("en", "c"), ("ru", "")),
    )
    assert stats.complete == 1
    assert stats.pairs == {"en-ky": 1, "en-ru": 2, "ky-ru": 1}


def test_duplicates_have_the_same_source() -> None:
    stats = of(
        unit(("en", "a"), ("ky", "а")),
        unit(("ky", "б"), ("en", "a")),
        unit(("en", "b"), ("ky", "а")),
        unit(("en", "a")),
    )
    assert stats.duplicates == 2


def test_origins_dates_and_codes() -> None:
    variant = Variant(
        "ky",
        "Ош",
        (Inline("ph"), "Ош"),
        (("x-origin", "mt"), ("x-engine", "argos")),
        attributes=(("changedate", "20260102T000000Z"), ("creationdate", "yesterday")),
    )
    first = Entry("", (variant,), "en", attributes=(("creationdate", "20251231T235959Z"),))
    stats = of(first, first, unit(("ky", "Ош")))
    assert stats.origins == {"mt": 2}
    assert stats.inline == 2
    assert (stats.first, stats.last) == ("20251231T235959Z", "20260102T000000Z")


@given(st.lists(st.text(max_size=2), max_size=60))
def test_seen_is_a_set(texts: list[str]) -> None:
    seen, known = Seen(), set[str]()
    for text in texts:
        assert seen.add(text) == (text not in known)
        known.add(text)


def test_seen_grows() -> None:
    numbers = [*range(20_000), *range(5_000)]
    random.Random(1).shuffle(numbers)
    seen = Seen()
    assert sum(seen.add(str(number)) for number in numbers) == 20_000
