"""`aligner glossary suggest`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from command import ARTICLE, aligner

from aligner.formats import termbases


def test_a_table_that_is_a_termbase(tmp_path: Path) -> None:
    done = aligner("glossary", "suggest", ARTICLE)
    assert (done.status, done.err) == (0, "")
    (tmp_path / "new.csv").write_text(done.out, encoding="utf-8")
    found = {one.terms["en"].preferred.text: one for one in termbases.read(tmp_path / "new.csv")}
    person = found["Seitek Kachkynbai"]
    assert {lang: term.preferred.text for lang, term in person.terms.items()} == {
        "en": "Seitek Kachkynbai",
        "ru": "Сейтек Качкынбай",
        "ky": "Сейтек Качкынбай",
    }
    assert {term.status for term in person.terms.values()} == {"proposed"}
    assert person.extra["count"] == "6"
    assert "Seitek Kachkynbai" in person.extra["example"]
    assert "proposal by transliteration" in person.note
    again = aligner("glossary", "suggest", ARTICLE, "--glossary", tmp_path / "new.csv")
    assert len(again.out.splitlines()) == 1  # all is known now


def test_a_glossary_goes_on_counting(tmp_path: Path) -> None:
    known = tmp_path / "known.csv"
    known.write_text("id,en,ru\ng041,Osh,Ош\n", encoding="utf-8")
    text = b"He went to Osh and to Naryn."
    done = aligner("glossary", "suggest", "-", "--glossary", known, "--names-only", stdin=text)
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert [(row["id"], row["en"]) for row in rows] == [("g042", "Naryn")]


def test_json() -> None:
    done = aligner("glossary", "suggest", "--json", "--top", "5", "--no-terms", ARTICLE)
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert len(rows) == 5
    putin = next(row for row in rows if row["text"] == "Vladimir Putin")
    assert putin["proposals"]["ru"] == {"text": "Владимир Путин", "approximate": False}
    assert putin["variants"] == ["Putin"]
    assert putin["count"] == 11


def test_cells_that_a_spreadsheet_would_run() -> None:
    text = b"=HYPERLINK is what Osh wrote. They read: =Osh(1) and Osh."
    done = aligner("glossary", "suggest", "-", stdin=text)
    cells = [cell for row in csv.reader(io.StringIO(done.out)) for cell in row]
    assert "'=HYPERLINK is what Osh wrote." in cells
    assert not any(cell.startswith("=") for cell in cells)


def test_min_count_and_languages() -> None:
    text = b"He saw Bakyt Osmonov, Bakyt Osmonov and Naryn."
    done = aligner("glossary", "suggest", "-", "--min-count", "2", "--to", "ky", stdin=text)
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert [(row["en"], row["ky"]) for row in rows] == [("Bakyt Osmonov", "Бакыт Осмонов")]
    assert "ru" not in rows[0]


def test_errors(tmp_path: Path) -> None:
    done = aligner("glossary", "suggest", tmp_path / "none.txt")
    assert (done.status, done.out) == (1, "")
    assert "none.txt" in done.err
    done = aligner("glossary", "suggest", "-", "--lang", "de", stdin=b"Der Hund.")
    assert done.status == 2
    assert "en, ky, ru" in done.err
    done = aligner("glossary", "suggest", "-", "--to", "ru,", stdin=b"Osh.")
    assert done.status == 2
