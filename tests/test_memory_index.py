"""The index finds all that brute force finds, and the rate is what it is said to be."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.entries import Entry, Variant
from aligner.memory import index
from aligner.memory.rate import needed, normal, rate, tokens
from aligner.memory.search import Query, search
from aligner.memory.store import Source, Store


@pytest.mark.parametrize(
    ("left", "right", "percent"),
    [
        ("He came to Osh.", "He came to Osh.", 99),  # only `search` says that it is the same text
        ("He came to Osh.", "he CAME to «Osh»", 99),
        ("He came to Osh.", "He came to Naryn.", 75),
        ("He came to Osh.", "He came to old Osh.", 80),
        ("He came to Osh.", "He came.", 50),
        ("a b c", "x y z", 0),
        ("a b c", "c b a", 33),
        ("", "", 0),
        ("…", "a", 0),
        ("2025-жылы", "2026-жылы", 50),
        ("东京很大", "东京很小", 75),
    ],
)
def test_the_rate_counts_words(left: str, right: str, percent: int) -> None:
    assert rate(tokens(left), tokens(right)) == percent
    assert rate(tokens(right), tokens(left)) == percent


def test_composed_and_decomposed_letters_are_the_same() -> None:
    assert normal("Й\u00a0е\u0301  ё") == normal("И\u0306 е\u0301 е\u0308")
    assert tokens("Йод") == tokens("И\u0306од")


def test_a_second_word_is_another_word() -> None:
    assert list(index.numbered(["a", "b", "a", "a"])) == ["a", "b", "a 2", "a 3"]


WORDS = st.sampled_from(["the", "of", "a", "cat", "dog", "Osh", "5", "7", "ran", "10:30", "far"])
TEXTS = st.lists(WORDS, min_size=1, max_size=9).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(
    stored=st.lists(TEXTS, min_size=1, max_size=25),
    asked=TEXTS,
    minimum=st.integers(1, 99),
    cuts=st.integers(1, 4),
)
def test_search_equals_brute_force(stored: list[str], asked: str, minimum: int, cuts: int) -> None:
    """Whatever the texts and the threshold, and in however many files they came."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "memory.db"
        parts = [stored[start::cuts] for start in range(cuts)]
        with Store.open(path, create=True) as store:
            for number, part in enumerate(parts):
                store.add([Source(Path(), str(number), "")], lambda _, part=part: units(part))
            found = search(store, Query(asked, "en", "ru"), minimum, limit=100)
    others = {text for text in stored if normal(text) != normal(asked)}
    expected = {text: rate(tokens(text), tokens(asked)) for text in others}
    expected = {text: percent for text, percent in expected.items() if percent >= minimum}
    if asked in stored:
        expected[asked] = 100
    assert {match.source: match.rate for match in found} == expected
    assert [match.rate for match in found] == sorted(expected.values(), reverse=True)


@settings(max_examples=60, deadline=None)
@given(stored=st.lists(TEXTS, min_size=1, max_size=25), asked=TEXTS, limit=st.integers(1, 3))
def test_the_best_are_the_best(stored: list[str], asked: str, limit: int) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.open(Path(folder) / "memory.db", create=True) as store,
    ):
        store.add([Source(Path(), "one", "")], lambda _: units(stored))
        found = search(store, Query(asked, "en", "ru"), 40, limit)
    rates = sorted(
        (
            100 if normal(text) == normal(asked) else rate(tokens(text), tokens(asked))
            for text in set(stored)
        ),
        reverse=True,
    )
    best = [percent for percent in rates if percent >= 40][:limit]
    assert [match.rate for match in found] == best


def units(texts: list[str]) -> Iterator[Entry]:
    for text in texts:
        yield Entry("", (Variant("en", text), Variant("ru", f"«{text}»")), "en")


@given(st.integers(1, 100), st.integers(1, 500))
def test_how_many_words_must_be_shared(minimum: int, longest: int) -> None:
    least = needed(minimum, longest)
    assert 100 * least >= minimum * longest > 100 * (least - 1)


def test_segments_are_few_and_serve_all(tmp_path: Path) -> None:
    """Many small files do not make many segments; each of their texts is found."""
    with Store.open(tmp_path / "memory.db", create=True) as store:
        for number in range(100):
            texts = [f"number {number} of many", f"the other one of {number}"]
            store.add([Source(Path(), str(number), "")], lambda _, texts=texts: units(texts))
        assert store.stats().segments <= 8
        for number in range(100):
            [match] = search(store, Query(f"number {number} of many", "en", "ru"), 99, 1)
            assert match.rate == 100
            best = search(store, Query(f"other one of {number}", "en", "ru"), 80, 9)
            assert f"the other one of {number}" in {match.source for match in best}


def test_a_text_longer_than_any(tmp_path: Path) -> None:
    with Store.open(tmp_path / "memory.db", create=True) as store:
        store.add([Source(Path(), "one", "")], lambda _: units(["one of many words"]))
        assert search(store, Query("word " * 70_000, "en", "ru"), 50) == []


def test_a_language_does_not_answer_for_another(tmp_path: Path) -> None:
    entry = Entry("", (Variant("en", "a radio"), Variant("ru", "радио"), Variant("ky", "радио")))
    with Store.open(tmp_path / "memory.db", create=True) as store:
        store.add([Source(Path(), "one", "")], lambda _: iter([entry]))
        assert search(store, Query("радио", "ru", "en"), 50)[0].target == "a radio"
        assert search(store, Query("радио", "ky", "ru"), 50)[0].target == "радио"
        assert search(store, Query("радио", "en", "ru"), 50) == []
        assert search(store, Query("a radio", "en", "de"), 50) == []
