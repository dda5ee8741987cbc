"""`aligner glossary forms`."""

from __future__ import annotations

import json

import pytest
from command import aligner


def test_terms_as_arguments() -> None:
    done = aligner("glossary", "forms", "--lang", "ky", "Ош", "Рим статуту", "--json")
    assert (done.status, done.err) == (0, "")
    first, second = map(json.loads, done.out.splitlines())
    assert first["term"] == "Ош"
    assert list(first["sg"]) == list(first["pl"]) == ["nom", "gen", "dat", "acc", "loc", "abl"]
    assert second["sg"]["dat"] == "Рим статутуна"


def test_lines_with_features_from_stdin() -> None:
    lines = "\ufeffБиримдиги\tpx3\r\n\n  \nБиримдиги\nРФ\tread:эф, person\n".encode()
    done = aligner("glossary", "forms", "--lang", "ky", "--json", "-", stdin=lines)
    rows = [json.loads(line)["sg"]["dat"] for line in done.out.splitlines()]
    assert rows == ["Биримдигине", "Биримдигиге", "РФке"]


def test_a_table() -> None:
    done = aligner("glossary", "forms", "--lang", "ky-KG", "Ош", "санкциялар")
    assert done.out.startswith("Ош\n     sg     pl\nnom  Ош     Оштор\ngen  Оштун  Ошторду")
    assert "     pl\nnom  санкциялар\n" in done.out


def test_russian() -> None:
    done = aligner(
        "glossary", "forms", "--lang", "ru", "--json", "-", stdin="Жапаров\tm,anim".encode()
    )
    assert json.loads(done.out)["sg"]["gen"] == "Жапарова"


def test_english() -> None:
    done = aligner("glossary", "forms", "--lang", "en", "--json", "head of state")
    row = json.loads(done.out)
    assert row["sg"] == {"nom": "head of state", "gen": "head of state's"}
    assert row["pl"]["nom"] == "heads of state"


@pytest.mark.parametrize("lang", ["en", "ru", "ky"])
def test_a_word_that_keeps_its_form(lang: str) -> None:
    line = "Кабар\tfrozen:Кабар".encode()
    done = aligner("glossary", "forms", "--lang", lang, "--json", "-", stdin=line)
    assert set(json.loads(done.out)["sg"].values()) <= {"Кабар", "Кабар's"}


@pytest.mark.parametrize(
    ("lang", "lines", "said"),
    [
        ("de", "Osch", "en, ky, ru"),
        ("xx", "Osh", "en, ky, ru"),
        ("Kyrgyz language", "Osh", "not a language code"),
        ("ky", "Ош\tpx3,px9", "px9"),
        ("ru", "Ош\tfrozen:Нарын", "Нарын"),
    ],
)
def test_wrong_calls(lang: str, lines: str, said: str) -> None:
    done = aligner("glossary", "forms", "--lang", lang, "-", stdin=lines.encode())
    assert (done.status, done.out) == (2, "")
    assert said in done.err


def test_stdin_that_is_not_utf8() -> None:
    done = aligner("glossary", "forms", "--lang", "ky", "-", stdin="Ош\nОш".encode("cp1251"))
    assert done.status == 1
    assert "-:1" in done.err
