"""Translate back: Russian translated into English, and home again by the starter model."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from aligner import engines
from aligner.engines import Engine, Settings
from aligner.quality.confidence import Confidence
from aligner.roundtrip import round_trip

SOURCES = [
    "Президент прибыл в Бишкек во вторник и встретился с министрами обеих стран.",
    "Правительство объявило, что цены на газ вырастут на 10 процентов.",
]
RIGHT = [
    "The president arrived in Bishkek on Tuesday and met with the ministers of both countries.",
    "The government announced that gas prices would rise by 10 percent.",
]


@pytest.fixture(scope="module")
def back() -> Sequence[Engine]:
    return engines.load("en", "ru", Settings(threads=1))


def values(translations: Sequence[str], back: Sequence[Engine]) -> list[float]:
    return [one.value for one in round_trip(SOURCES, translations, back)]


def test_what_says_less_brings_less_home(back: Sequence[Engine]) -> None:
    right = values(RIGHT, back)
    half = values([" ".join(text.split()[:5]) for text in RIGHT], back)
    other = values(RIGHT[::-1], back)
    for good, bad in [*zip(right, half, strict=True), *zip(right, other, strict=True)]:
        assert 0 <= bad < good <= 1


def test_the_basis_is_said_and_the_progress_told(back: Sequence[Engine]) -> None:
    told = []
    found = round_trip(SOURCES, RIGHT, back, lambda *done: told.append(done))
    assert [one.basis for one in found] == ["round trip"] * 2
    assert told[-1] == (2, 2)


def test_nothing_comes_back_from_nothing(back: Sequence[Engine]) -> None:
    assert round_trip(["Цены выросли."], [""], back) == [Confidence(0.0, "round trip")]
