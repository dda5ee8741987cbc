"""`aligner glossary convert`."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import aligner, contents

from aligner.formats import termbases

FULL = Path(__file__).parent / "data" / "termbases" / "full.csv"
TABLE = "id,en,ru,ky\na,Osh,Ош,Ош\n"


@pytest.mark.parametrize("to", ["csv", "tsv", "tbx", "tbx-dca", "tbx-v2"])
def test_there_and_back(tmp_path: Path, to: str) -> None:
    there, back = tmp_path / f"x{termbases.FORMATS[to]}", tmp_path / "back.csv"
    done = aligner("glossary", "convert", FULL, there, "--to", to)
    assert (done.status, done.out, done.err) == (0, "", "")
    assert aligner("glossary", "convert", there, back).status == 0
    assert termbases.read(back) == termbases.read(FULL)


def test_losses_are_told(tmp_path: Path) -> None:
    done = aligner("glossary", "convert", FULL, tmp_path / "x.en-ru.txt")
    assert (done.status, done.out) == (0, "")
    assert "1 concept: marks of case sensitivity have no place in OmegaT's format\n" in done.err
    assert (tmp_path / "x.en-ru.txt").read_text("utf-8-sig").endswith("YouTube\tYouTube\n")


def test_pipes() -> None:
    done = aligner("glossary", "convert", "-", "-", "--langs", "ky,en", stdin=TABLE.encode())
    assert (done.status, done.out) == (0, "id,ky,en\na,Ош,Osh\n")
    done = aligner("glossary", "convert", "-", "-", "--to", "tbx-v2", stdin=TABLE.encode())
    assert done.out.startswith("<?xml")
    again = aligner("glossary", "convert", "-", "-", stdin=done.out.encode())
    assert again.out == TABLE


def test_languages_of_an_omegat_glossary(tmp_path: Path) -> None:
    path = tmp_path / "terms.txt"
    path.write_text("Osh\tОш\n", encoding="utf-8")
    done = aligner("glossary", "convert", path, "-")
    assert done.status == 2
    assert "--langs" in done.err
    done = aligner("glossary", "convert", path, "-", "--langs", "en,ky")
    assert done.out == "id,en,ky\nr1,Osh,Ош\n"


def test_encoding(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes("en,ru\nOsh,Ош\n".encode("koi8-r"))
    done = aligner("glossary", "convert", tmp_path / "x.csv", "-", "--encoding", "koi8-r")
    assert done.out == "id,en,ru\nr2,Osh,Ош\n"


def test_the_input_is_not_overwritten(tmp_path: Path) -> None:
    path, link = tmp_path / "x.csv", tmp_path / "y.csv"
    path.write_text(TABLE, encoding="utf-8")
    link.symlink_to(path)
    for out in (path, link, tmp_path / "." / "x.csv"):
        done = aligner("glossary", "convert", path, out)
        assert done.status == 2
        assert "overwritten" in done.err
    assert path.read_text("utf-8") == TABLE


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("missing.csv", "x.tbx"), 1, "missing.csv: cannot read"),
        (("-", "x.odt"), 2, "--to"),
        (("-", "x.tbx", "--langs", "Russian"), 2, "not a language code"),
        (("-", "x.tbx", "--to", "xls"), 2, "xls"),
        (("-", "x.tbx", "--langs", "de"), 1, "no concept"),
        (("-", "x.txt"), 2, "two languages"),
    ],
)
def test_nothing_is_left_behind_by_errors(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    status: int,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    done = aligner("glossary", "convert", *arguments, stdin=TABLE.encode())
    assert done.status == status
    assert said in done.err
    assert contents(tmp_path) == {}


def test_broken_tables_say_where(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("id,en,ru,status\na,Osh,Ош,done\n", encoding="utf-8")
    done = aligner("glossary", "convert", path, tmp_path / "x.tbx")
    assert done.status == 1
    assert f'error: {path}:2:4: column "status": "done" is not a status' in done.err
