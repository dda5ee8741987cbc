"""How names sound: those of two scripts that are one, and those that are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.languages.sounds import sounds_alike

ANY = st.text(max_size=20)


@pytest.mark.parametrize(
    ("one", "other", "lang", "other_lang"),
    [
        ("Zhaparov", "Жапаровго", "en", "ky"),
        ("Japarov", "Жапарова", "en", "ru"),
        ("Schwarzenegger", "Шварценеггером", "en", "ru"),
        ("Houston", "Хьюстондо", "en", "ky"),
        ("Wilson", "Уилсон", "en", "ru"),
        ("George", "Джорджу", "en", "ru"),
        ("Cecil", "Сесил", "en", "ru"),
        ("Gates", "Гейтса", "en", "ru"),
        ("Egypt", "Мисирден", "en", "ky"),
        ("China", "китайский", "en", "ru"),
        ("Россия", "Орусиянын", "ru", "ky"),
        ("Бишкек", "Бишкектеги", "ru", "ky"),
    ],
)
def test_one_name(one: str, other: str, lang: str, other_lang: str) -> None:
    assert sounds_alike(one, other, lang, other_lang)
    assert sounds_alike(other, one, other_lang, lang)


@pytest.mark.parametrize(
    ("one", "other", "lang", "other_lang"),
    [
        ("Almaz", "Жумабаева", "en", "ky"),
        ("Zhaparov", "Жапанти", "en", "ky"),
        ("Schwarzenegger", "Шварцензбери", "en", "ru"),
        ("Россия", "Россикстан", "ru", "ky"),
        ("Volta", "Вольорган", "en", "ky"),
        ("Tesla", "Трамп", "en", "ru"),
    ],
)
def test_two_names(one: str, other: str, lang: str, other_lang: str) -> None:
    assert not sounds_alike(one, other, lang, other_lang)


@given(ANY, ANY)
def test_no_text_is_too_strange(one: str, other: str) -> None:
    assert sounds_alike(one, other, "en", "ky") == sounds_alike(other, one, "ky", "en")
