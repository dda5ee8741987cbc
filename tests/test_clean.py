"""Rules that mend or drop what makes a translation memory worse."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memories import MEMORIES, unit

from aligner.curation import mend
from aligner.curation.clean import Action, Cleaner, Rule, rejected
from aligner.entries import Entry, Inline, Variant

DATA = Path(__file__).parent / "data" / "clean"


def rows(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    cells = (line.split("\t") for line in lines if not line.startswith("#"))
    return [[_unescaped(cell) for cell in row] for row in cells]


def _unescaped(cell: str) -> str:
    parts = cell.replace("\\\\", "\0").split("\\u")
    decoded = [parts[0], *(chr(int(part[:4], 16)) + part[4:] for part in parts[1:])]
    return "".join(decoded).replace("\0", "\\")


def pair(source: str, target: str, langs: tuple[str, str] = ("en", "ru")) -> Entry:
    variants = (Variant(langs[0], source), Variant(langs[1], target))
    return Entry("", variants, langs[0])


def rules(entry: Entry) -> list[str]:
    _, found = Cleaner().clean(entry)
    return [f"{one.rule} {one.lang}".strip() for one in found]


@pytest.mark.parametrize(("rule", "lang", "text", "expected"), rows("mended.tsv"))
def test_mended(rule: str, lang: str, text: str, expected: str) -> None:
    source = Variant("xx", "A sentence of the same length, about.")
    entry = Entry("", (source, Variant(lang, text)), "xx")
    kept, found = Cleaner({Rule(rule)}).clean(entry)
    assert kept is not None
    assert kept.variants[1].text == expected
    assert (found[0].rule, found[0].action, found[0].old) == (rule, Action.MENDED, text)
    assert Cleaner().clean(kept)[1] == []


@pytest.mark.parametrize(("source_lang", "lang", "source", "target"), rows("kept.tsv"))
def test_left_alone(source_lang: str, lang: str, source: str, target: str) -> None:
    entry = Entry("", (Variant(source_lang, source), Variant(lang, target)), source_lang)
    assert Cleaner().clean(entry) == (entry, [])


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("Osh is a city.", "", "empty ru"),
        ("Osh is a city.", " \u00a0", "empty ru"),
        ("", "Ош", "empty"),
        ("", "", "empty"),
        ("2025", "2025", "numbers"),
        ("12:30 — 14:00", "12:30 – 14:00", "numbers"),
        ("The law was adopted.", "The law was adopted.", "same ru"),
        ("The law was  adopted.", "the Law was adopted.", "same ru"),
        ("He came home", "zakon byl prinyat segodnya", "script ru"),
        ("He came home", "Zakon byl prinyat: Ош", "script ru"),
        ("He came.", "Он пришёл домой, и все его ждали, и был большой той " * 2, "length ru"),
        ("He came home and slept, and the others worked until night" * 2, "Он.", "length ru"),
        ("He came.", "Он при\ufffdёл.", "encoding ru"),
        ("He came home.", "?? ?????? ?????.", "encoding ru"),
        ("He ca\ufffdme.", "Он пришёл.", "encoding"),
    ],
)
def test_dropped(source: str, target: str, found: str) -> None:
    kept, _ = Cleaner().clean(pair(source, target))
    assert kept is None
    assert rules(pair(source, target)) == [found]


def test_same_script_takes_a_longer_sentence() -> None:
    words = "президент бүгүн бишкекке келди"
    assert rules(pair(words, words, ("ru", "ky"))) == ["same ky"]
    assert rules(pair("кызыл китеп", "кызыл китеп", ("ru", "ky"))) == []


def test_english_in_cyrillic() -> None:
    assert rules(pair("Он пришёл домой", "он пришёл домой рано", ("ru", "en"))) == ["script en"]


def test_a_bad_translation_goes_and_the_other_stays() -> None:
    entry = unit("d:1", en="Osh is a city.", ru="", ky="Ош — шаар.")
    kept, found = Cleaner().clean(entry)
    assert kept is not None
    assert [one.lang for one in kept.variants] == ["en", "ky"]
    thrown = rejected(entry, kept, found)
    assert thrown is not None
    assert [one.lang for one in thrown.variants] == ["en", "ru"]
    assert thrown.props == (("x-rejected", "empty"),)
    assert rejected(kept, kept, []) is None


def test_a_unit_without_translations_goes() -> None:
    entry = unit(en="Osh is a city.")
    kept, found = Cleaner().clean(entry)
    assert kept is None
    assert rejected(entry, kept, found) == Entry(
        "", entry.variants, "en", (("x-rejected", "empty"),)
    )


def test_duplicates() -> None:
    cleaner = Cleaner()
    assert cleaner.clean(unit("1", en="Osh is.", ru="Ош."))[0]
    kept, found = cleaner.clean(unit("2", en="Osh is.", ru="Ош."))
    assert kept is None
    assert found[0].rule is Rule.DUPLICATE


def test_codes_stay_as_they_are() -> None:
    inline = ("a &amp; ", Inline("ph", (), ("<b>",)), Inline("hi", (), ("&lt;i&gt;x",)), "\a")
    target = Variant("ru", "a &amp; &lt;i&gt;x\a", inline)
    kept, _ = Cleaner().clean(unit(en="a & x and so on", ru=target))
    assert kept is not None
    assert kept.variants[1].inline == (
        "a & ",
        Inline("ph", (), ("<b>",)),
        Inline("hi", (), ("x",)),
        "",
    )
    assert kept.variants[1].text == "a & x"


def test_codes_alone_are_a_text() -> None:
    code = (Inline("ph", (), ("<img>",)),)
    entry = unit(en=Variant("en", "", code), ru=Variant("ru", "", code))
    assert Cleaner().clean(entry) == (entry, [])


def test_rules_may_be_chosen() -> None:
    entry = pair("2025", "2025")
    assert Cleaner(set(Rule) - {Rule.NUMBERS}).clean(entry) == (entry, [])
    assert Cleaner({Rule.EMPTY}).clean(entry) == (entry, [])


@given(MEMORIES)
def test_cleaning_again_finds_nothing(memory: list[Entry]) -> None:
    once = [kept for entry in memory for kept, _ in [Cleaner().clean(entry)] if kept]
    for entry in once:
        assert Cleaner().clean(entry) == (entry, [])


@given(st.text())
def test_texts_that_were_read_right_stay(text: str) -> None:
    assert mend.encoding(text) == text or not text.isascii()
    assert mend.control(mend.control(text, "en"), "en") == mend.control(text, "en")


LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюяңөү"
RUSSIAN = st.text(f"{LETTERS}{LETTERS.upper()} «»—,.№")


@given(RUSSIAN)
def test_cyrillic_stays(text: str) -> None:
    assert mend.encoding(text) == text


@given(st.lists(st.text(f"{LETTERS}АБВР", min_size=3), min_size=1))
def test_cyrillic_that_was_read_wrong_comes_back(words: list[str]) -> None:
    text = " ".join(words)
    wrong = text.encode().decode("cp1252", "replace")
    if "\ufffd" not in wrong:
        assert mend.encoding(wrong) == text
    # Windows' Cyrillic has no character for one byte, that of «И» and of others.
    bad = bytes([0x98])
    if bad not in text.encode():
        assert mend.encoding(text.encode().decode("cp1251")) == text
