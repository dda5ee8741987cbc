"""`aligner glossary check`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import aligner

HEADER = "id,status,en,ru\n"


@pytest.fixture
def terms(tmp_path: Path) -> Path:
    return tmp_path / "terms.csv"


def test_nothing_found(terms: Path) -> None:
    terms.write_text(f"{HEADER}a,approved,Osh,Ош\n", encoding="utf-8")
    done = aligner("glossary", "check", terms)
    assert (done.status, done.out) == (0, "1 concept: 0 errors, 0 warnings, 0 notes\n")


def test_an_error(terms: Path) -> None:
    terms.write_text(f"{HEADER}a,approved,Osh,Oш\n", encoding="utf-8")
    done = aligner("glossary", "check", terms)
    assert done.status == 1
    first, last = done.out.splitlines()
    assert first.startswith(f'{terms} a ru: error: "Oш": letters of another script')
    assert last == "1 concept: 1 error, 0 warnings, 0 notes"


def test_warnings_fail_if_strict(terms: Path) -> None:
    terms.write_text(f"{HEADER}a,,Osh,«Ош\n", encoding="utf-8")
    assert aligner("glossary", "check", terms).status == 0
    assert aligner("glossary", "check", terms, "--strict").status == 1
    terms.write_text(f"{HEADER}a,,Osh,Ош\n", encoding="utf-8")
    assert aligner("glossary", "check", terms, "--strict").status == 0


def test_json(terms: Path) -> None:
    terms.write_text(f"{HEADER}a,approved,Osh,«Ош\nb,,Rome,Рим\n", encoding="utf-8")
    done = aligner("glossary", "check", terms, "--json")
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert rows[0] == {
        "severity": "warning",
        "check": "quotes",
        "file": str(terms),
        "id": "a",
        "lang": "ru",
        "message": '"«Ош": « and » do not pair',
    }
    assert [(row["severity"], row["id"], row["lang"]) for row in rows[1:]] == [
        ("note", None, "en"),
        ("note", None, "ru"),
    ]


def test_several_files_as_one(terms: Path, tmp_path: Path) -> None:
    terms.write_text(f"{HEADER}a,approved,Osh,Ош\nb,approved,Rome,Рим\n", encoding="utf-8")
    other = tmp_path / "other.en-ru.txt"
    other.write_text("Osh\tГород Ош\n", encoding="utf-8")
    done = aligner("glossary", "check", terms, other)
    assert done.status == 1
    assert f"{other} r1 en: error: its wording is also that of a" in done.out
    assert "3 concepts" in done.out


def test_another_source_language(terms: Path) -> None:
    rows = "a,approved,Osh,Ош\nb,approved,Osh city,Ош\n"
    terms.write_text(HEADER + rows, encoding="utf-8")
    assert aligner("glossary", "check", terms).status == 0
    assert aligner("glossary", "check", terms, "--from", "ru").status == 1


def test_stdin_and_errors(terms: Path) -> None:
    assert aligner("glossary", "check", "-", stdin="en,ru\nOsh,Ош\n".encode()).status == 0
    done = aligner("glossary", "check", "-", stdin="en,ru\n,\n,Ош,x\n".encode())
    assert done.status == 1
    assert "stdin:3:3: the row has more cells" in done.err
    assert aligner("glossary", "check", terms).status == 1
    assert aligner("glossary", "check", "-", "--from", "Russian").status == 2
