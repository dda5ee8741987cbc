"""`aligner report`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import ARTICLE, aligner
from test_cli_import import edits, project_save
from test_report import TARGETS, folder, tmx, tu

from aligner import results
from aligner.formats.reports import State


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_page_beside_us(here: Path) -> None:
    folder(here / "out", list(TARGETS.values()))
    for _ in range(2):  # an older report is replaced
        done = aligner("report", here / "out")
        assert (done.status, done.err) == (0, "")
    assert "out: 5 units, 20 words in en" in done.out
    assert "  ru  human 1, edited 1, accepted 1, memory 1, machine 1" in done.out
    assert "HTER" in done.out
    page = (here / "out.report.html").read_text("utf-8")
    assert "<h1" in page
    assert sorted(path.name for path in (here / "out").iterdir()) == ["news.jsonl"]


def test_an_article_and_its_edits(here: Path) -> None:
    """From a run, over an import, to the report."""
    assert aligner("run", ARTICLE, "--out", "art", "--to", "ru", "--no-glossary").status == 0
    edited = edits(results.load(Path("art")), "ru", seed=4)
    save = project_save(here / "s.tmx", "RU", edited)
    before = json.loads(aligner("report", "art", "--json").out)
    assert aligner("import", "art", save, "--editor", "Aida").status == 0
    after = json.loads(aligner("report", "art", "--json", "-o", "a.html").out)
    [was], [ru] = before["languages"], after["languages"]
    assert (before["units"], set(was["states"])) == (85, {"machine"})
    assert sum(ru["states"][one]["units"] for one in ("edited", "accepted")) == 20
    assert ru["states"]["machine"]["units"] == 65
    assert ru["confidence"]["mean"] > 0
    assert ru["editing"]["compared"] == 20
    assert ru["editors"][0]["name"] == "Aida"
    assert (here / "a.html").exists()
    assert not (here / "art.report.html").exists()
    assert after["made"]["model-ru"]


def test_streams(here: Path) -> None:
    path = tmx(here / "a.tmx", [tu(("en", "He left."), ("ru", "Он ушёл."))])
    done = aligner("report", "-", "-o", "-", stdin=path.read_bytes())
    assert done.status == 0
    assert done.out.startswith("<!doctype html>")
    assert done.out.rstrip().endswith("</html>")
    assert aligner("report", path, "-o", "-", "--json").status == 2


def test_languages_and_glossary(here: Path) -> None:
    path = tmx(here / "a.tmx", [tu(("en", "To Osh."), ("ru", "В Ош."), ("ky", "Ошко."))])
    (here / "terms.csv").write_text("id,en,ru,ky\nosh,Osh,Ош,Ош\n", "utf-8")
    given = ("report", path, "--json", "--lang", "ky", "--glossary", "terms.csv")
    found = json.loads(aligner(*given).out)
    assert [one["lang"] for one in found["languages"]] == ["ky"]
    assert found["languages"][0]["terms"]["outcomes"]["already"] == 1
    assert aligner("report", path, "--lang", "fr").status == 2


def test_what_is_not_overwritten(here: Path) -> None:
    out = folder(here / "out", [TARGETS[State.HUMAN]])
    (here / "out.report.html").write_text("<p>mine")
    done = aligner("report", out)
    assert (done.status, "no report" in done.err) == (1, True)
    assert (here / "out.report.html").read_text() == "<p>mine"
    assert aligner("report", out, "-o", "out.report.html").status == 0


def test_damage_is_told(here: Path) -> None:
    path = tmx(here / "a.tmx", [tu(("en", "He left."), ("ru", "Он ушёл."))] * 3)
    path.write_bytes(path.read_bytes()[:-60])
    done = aligner("report", path)
    assert done.status == 1
    assert "The units that could be read were counted" in done.err
    assert "could not be read" in (here / "a.report.html").read_text("utf-8")


@pytest.mark.parametrize("place", ["nowhere", "empty.tmx", "."])
def test_nothing_to_report_on(here: Path, place: str) -> None:
    (here / "empty.tmx").write_bytes(b"")
    done = aligner("report", place)
    assert done.status == 1
    assert done.err.startswith("error: ")
    assert [path.name for path in here.iterdir()] == ["empty.tmx"]
