"""Parallel text as data to learn from."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.bitext import HeldOut, Pair, Tally, prepared
from aligner.bitext.cleaning import fault, normalised

EN_KY = ("en", "ky")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  two \u00a0 spaces\t", "two spaces"),
        ("soft\u00adhyphen\u200b", "softhyphen"),
        ("и\u0306", "й"),
        ("bell\x07 and\x00 nul", "bell and nul"),
        ("Waters , he said .", "Waters, he said."),
        ("« Жок , » деди ал .", "«Жок,» деди ал."),
        # It is not clear that it was cut: nothing is put together.
        ("The end. . .", "The end. . ."),
    ],
)
def test_normalised(raw: str, text: str) -> None:
    assert normalised(raw) == text


@given(st.text())
def test_to_normalise_twice_changes_nothing(text: str) -> None:
    once = normalised(text)
    assert normalised(once) == once


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [
        ("The president arrived.", "Президент келди.", ""),
        ("Bishkek", "Бишкек", ""),
        ("Wi-Fi", "Wi-Fi", ""),
        ("The president arrived.", "", "empty"),
        ("", "Президент келди.", "empty"),
        ("12.5 %", "12,5 %", "no words"),
        ("The president has arrived.", "The president has arrived.", "untranslated"),
        ("The president arrived.", "President Bishkekke keldi.", "script"),
        ("He came.", "Ал " + "өтө " * 30 + "көп келди.", "length"),
        ("word " * 300, "сөз " * 300, "too long"),
        (
            "The talks will go on after the holidays, and that is all that they said.",
            "Переговоры продолжатся после праздников, и это всё, что они сказали об этом.",
            "language",
        ),
    ],
)
def test_fault(source: str, target: str, reason: str) -> None:
    assert fault(source, target, EN_KY) == reason


def test_a_language_that_we_know_nothing_of_is_taken() -> None:
    assert not fault("The king came to the town.", "ახალი მეფე ქალაქში მოვიდა.", ("en", "ka"))


def test_each_pair_once() -> None:
    pairs = [Pair(" A  cat .", "Мышык .", EN_KY, "one"), Pair("A cat.", "Мышык.", EN_KY, "two")]
    tally = Tally()
    assert [pair.origin for pair in prepared(pairs, tally)] == ["one"]
    assert tally.reasons() == {"duplicate": 1}
    assert tally.kept == {(EN_KY, "one"): 1}


def test_all_that_comes_is_counted() -> None:
    pairs = [Pair("A cat.", "Мышык.", EN_KY), Pair("A dog.", "", EN_KY), Pair("", "Ит.", EN_KY)]
    tally = Tally()
    kept = list(prepared(pairs, tally))
    assert len(kept) + tally.reasons().total() == len(pairs)
    assert tally.reasons() == {"empty": 2}


SECRET = "The quick brown fox jumps over the lazy dog every single morning."


@pytest.mark.parametrize(
    "text",
    [
        SECRET,
        SECRET.upper(),
        "They say the quick brown fox jumps over the lazy cow",
        "the lazy dog every single morning the quick brown fox jumps over the lazy dog, no",
    ],
)
def test_held_out(text: str) -> None:
    assert text in HeldOut([SECRET])


@pytest.mark.parametrize("text", ["the quick brown fox jumps over the dog", "", "a fox"])
def test_not_held_out(text: str) -> None:
    assert text not in HeldOut([SECRET])


def test_a_short_sentence_is_held_out_whole() -> None:
    held = HeldOut(["He came."])
    assert "he came" in held
    assert "he came late" not in held


@given(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=30), st.integers(1, 10))
def test_a_text_gives_itself_away(letters: list[str], shared: int) -> None:
    text = " ".join(letters)
    assert text in HeldOut([text], shared)


def test_nothing_is_learnt_from_a_held_out_side() -> None:
    tally = Tally()
    pairs = [Pair(SECRET, "Түлкү күн сайын эртең менен иттин үстүнөн секирет экен го.", EN_KY)]
    assert not list(prepared(pairs, tally, HeldOut([SECRET])))
    assert tally.reasons() == {"held out": 1}


@pytest.mark.parametrize("pair", [("eng_Latn", "rus_Cyrl"), ("eng_Latn", "kir_Cyrl")])
def test_good_translations_are_kept(shared: Path, pair: tuple[str, str]) -> None:
    langs = ("en", {"rus_Cyrl": "ru", "kir_Cyrl": "ky"}[pair[1]])
    sides = (
        (shared / f"data/mt/{name}.devtest").read_text(encoding="utf-8").splitlines()
        for name in pair
    )
    faults = [fault(*map(normalised, sentences), langs) for sentences in zip(*sides, strict=True)]
    assert sum(map(bool, faults)) <= 0.01 * len(faults)
