"""Letters that a Russian keyboard gives up, and the words that tell languages apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.languages import letters, negation, vocabulary
from aligner.languages.letters.ky import PLAIN, suggest
from aligner.languages.vocabulary import ky, ru


@pytest.mark.parametrize("word", ["күн", "үчүн", "өлкө", "жаңы", "өкмөт", "түштүк", "чоң"])
def test_gives_letters_back(word: str) -> None:
    found = suggest(word.translate(PLAIN))
    assert found
    assert found.text == word


@pytest.mark.parametrize("word", ["жол", "суу", "анын", "менен", "телефон", "президент", "ок"])
def test_leaves_right_words(word: str) -> None:
    found = suggest(word)
    assert found is None or found.certainty < 0


def test_a_name_is_suggested_only_if_it_is_known() -> None:
    assert suggest("озбекстан", name=True) is not None
    assert suggest("жонсон", name=True) is None


@given(st.text(alphabet="аоуыеиөүңнкмлстрдб", min_size=1, max_size=20))
def test_only_these_letters_change(word: str) -> None:
    found = suggest(word)
    if found:
        assert found.text != word
        assert found.text.translate(PLAIN) == word.translate(PLAIN)


def test_other_languages_have_none() -> None:
    assert letters.suggester("de") is None
    assert vocabulary.of("de") is None
    assert negation.of("de") is None


@pytest.mark.parametrize(
    ("word", "kyrgyz", "russian"),
    [
        ("жана", True, False),
        ("болгон", True, False),
        ("өлкөнүн", True, False),
        ("который", False, True),
        ("принят", False, True),
        ("президент", False, False),
        ("же", False, False),
        ("house", False, False),
    ],
)
def test_words_that_tell(word: str, kyrgyz: bool, russian: bool) -> None:
    assert (ky.tells(word), ru.tells(word)) == (kyrgyz, russian)


def test_names() -> None:
    assert ru.may_be_name("москва")
    assert ru.is_place("москва")
    assert not ru.may_be_name("дом")
    assert ky.is_place("кыргызстандын")
    assert ky.is_common("парктарга")
    assert not ky.is_common("жапаровдун")
