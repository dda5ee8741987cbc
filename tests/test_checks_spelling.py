"""Spelling by hunspell, where it is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.quality import Pair
from aligner.quality.checks import spelling
from aligner.quality.checks.spelling import available, find_misspelt

needs_russian = pytest.mark.skipif(not available("ru"), reason="hunspell or ru_RU is missing")
needs_english = pytest.mark.skipif(not available("en"), reason="hunspell or en_US is missing")


def misspelt(target: str, lang: str, source: str = "") -> list[str]:
    found = find_misspelt([Pair(source, target, "de", lang)])
    return [target[slice(*hit.target)] for _, hit in found if hit.target]


@needs_russian
@pytest.mark.parametrize("word", ["правителство", "превет", "жызнь", "агенство"])
def test_finds_russian_mistakes(word: str) -> None:
    assert misspelt(f"Это {word}, и всё.", "ru") == [word]


@needs_english
@pytest.mark.parametrize("word", ["goverment", "recieve", "seperate"])
def test_finds_english_mistakes(word: str) -> None:
    assert misspelt(f"They {word} it.", "en") == [word]


@needs_russian
@pytest.mark.parametrize(
    "text",
    [
        "Ещё одна всё-таки хорошая новость.",
        "Садыр Жапаров и Кумтор",
        "COVID-19, IT-компания, 5кВт и x2y",
        "по-кыргызски, айыл-окмоту",
        "Пишите на prevet@example.org",
        "безработицы и правительств",
    ],
)
def test_leaves_russian_alone(text: str) -> None:
    assert misspelt(text, "ru") == []


@needs_english
@pytest.mark.parametrize(
    "text",
    [
        "the centre of the neighbourhood, the defence programme",
        "they recognised and analysed the travellers' behaviour",
        "the color of the theater",
        "Jogorku Kenesh",
        "don't, isn't, o'clock",
    ],
)
def test_knows_both_sides_of_the_atlantic(text: str) -> None:
    assert misspelt(text, "en") == []


@needs_russian
def test_what_the_source_says_or_the_text_says_often_is_right() -> None:
    assert misspelt("Это зыркь.", "ru", source="Das ist зыркь.") == []
    assert misspelt("зыркь, зыркь, зыркь и зыркь", "ru") == []


@needs_russian
def test_gives_the_unit() -> None:
    pairs = [Pair("", "Хорошо.", "en", "ru"), Pair("", "Это превет.", "en", "ru")]
    assert [index for index, _ in find_misspelt(pairs)] == [1]


def test_says_nothing_without_a_dictionary() -> None:
    assert not available("xx")
    assert misspelt("абракадабрство", "xx") == []


def test_says_nothing_without_the_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not available("en")
    assert misspelt("goverment", "en") == []


@needs_english
def test_says_nothing_when_the_program_fails(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "hunspell"
    program.write_text("#!/bin/sh\nexit 3\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(spelling, "_seen", {})
    assert misspelt("goverment", "en") == []
