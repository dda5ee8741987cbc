"""Typography: cases as a typesetter would write them, and what must hold for any text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.languages.typography import served, typeset
from aligner.text import protected

CASES = Path(__file__).parent / "data" / "typography"
LANGS = ("en", "ru", "ky")

pieces = st.sampled_from(
    [
        *"\"'“”„«»‘’ -–—….,!?()№%\u00a05aЯ",
        *(" - ", "--", "...", "2-3", "12 000", "В. В. Путин", "он же", "5 км", "don't", "'90s"),
        *("https://a.example/b--c...'d", "{n...}", "a@b.example", "в", "“a”"),
    ]
)
texts = st.lists(pieces | st.characters(codec="utf-8", exclude_categories=["Cc"])).map("".join)
parts = st.lists(texts, max_size=4)


def cases() -> Iterator[tuple[str, str, str]]:
    for lang in LANGS:
        for line in (CASES / f"{lang}.txt").read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                typed, _, done = line.partition(" => ")
                yield lang, typed, (done or typed).replace("~", "\u00a0")


def whole(text: str, lang: str) -> str:
    return "".join(typeset([text], lang))


@pytest.mark.parametrize(("lang", "typed", "done"), list(cases()))
def test_a_text_is_set_as_in_print(lang: str, typed: str, done: str) -> None:
    assert whole(typed, lang) == done
    assert whole(done, lang) == done


def test_a_text_across_parts_is_set_as_it_reads() -> None:
    assert typeset(['Он сказал: "', "Да", '" - и'], "ru") == ["Он сказал: «", "Да", "»\u00a0— и"]


def test_kept_parts_stay() -> None:
    done = typeset(['"a" ', 'x = "..." - y', ' "b"'], "en", lambda n: n == 1)
    assert done == ["“a” ", 'x = "..." - y', " “b”"]


def test_a_language_that_we_do_not_know_stays_as_it_is() -> None:
    assert typeset(['"a" - b...'], "de") == ['"a" - b...']
    assert set(LANGS) == set(served())


@pytest.mark.parametrize("lang", LANGS)
@given(parts=parts)
def test_what_is_set_stays_set(lang: str, parts: list[str]) -> None:
    done = typeset(parts, lang)
    assert typeset(done, lang) == done


@pytest.mark.parametrize("lang", LANGS)
@given(parts=parts)
def test_no_word_changes_and_no_part_takes_from_another(lang: str, parts: list[str]) -> None:
    done = typeset(parts, lang)
    assert [words(part) for part in parts] == [words(part) for part in done]


def words(text: str) -> list[str]:
    """Letters and digits, and how they are parted."""
    return re.findall(r"\w+|\s+", text.replace("\u00a0", " "))


@pytest.mark.parametrize("lang", LANGS)
@given(text=texts)
def test_addresses_and_placeholders_stay(lang: str, text: str) -> None:
    there = [match[0] for match in protected(text)]
    done = whole(text, lang)
    assert all(done.count(one) >= there.count(one) for one in there)


@pytest.mark.parametrize("mark", ['"', "“", "'", "«", "- ", "5-", "...", " 000"])
def test_long_rows_of_marks_take_no_time_to_speak_of(mark: str) -> None:
    for lang in LANGS:
        typeset([mark * 5_000], lang)
