"""`aligner tmx split`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import aligner, contents
from memories import texts, tmx, unit, written

MEMORY = [
    unit("a:1", [("x-document", "a")], en="1", ru="1р", ky="1к"),
    unit("a:2", [("x-document", "a")], en="2", ky="2к"),
    unit("b:1", [("x-document", "b/c")], en="3", ru="3р"),
]


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    return written(tmp_path / "m.tmx", *MEMORY)


def test_by_units_and_back(tmp_path: Path, memory: Path) -> None:
    out = tmp_path / "parts"
    done = aligner("tmx", "split", memory, "--units", "2", "--out", out)
    assert done.err.splitlines() == [
        f"{out}/m.001.tmx: 2 units",
        f"{out}/m.002.tmx: 1 unit",
        "3 units in 2 files",
    ]
    back = aligner("tmx", "merge", out / "m.001.tmx", out / "m.002.tmx")
    assert back.out == memory.read_text(encoding="utf-8")


def test_by_languages_and_back(tmp_path: Path, memory: Path) -> None:
    out = tmp_path / "pairs"
    done = aligner(
        "tmx", "split", memory, "--langs", "en,ru", "--langs", "eng,KIR", "-o", out, "--json"
    )
    russian, kyrgyz = out / "m.en-ru.tmx", out / "m.en-ky.tmx"
    assert json.loads(done.out) == {str(russian): 2, str(kyrgyz): 2}
    assert texts(kyrgyz) == [{"en": "1", "ky": "1к"}, {"en": "2", "ky": "2к"}]
    joined = tmp_path / "joined.tmx"
    aligner("tmx", "merge", russian, kyrgyz, "-o", joined)
    assert sorted(map(repr, texts(joined))) == sorted(map(repr, texts(memory)))


def test_by_property_from_standard_input(tmp_path: Path) -> None:
    out = tmp_path / "documents"
    call = ("tmx", "split", "-", "--by", "x-document", "--name", "{part}", "-o", out)
    assert aligner(*call, "--format", "jsonl", stdin=tmx(MEMORY)).status == 0
    assert sorted(contents(out)) == ["a.jsonl", "b_c.jsonl"]


def test_nothing_is_overwritten(tmp_path: Path, memory: Path) -> None:
    out = tmp_path / "parts"
    out.mkdir()
    (out / "m.002.tmx").write_text("mine", encoding="utf-8")
    call = ("tmx", "split", memory, "--units", "1", "--out", out)
    done = aligner(*call)
    assert done.status == 1
    assert "m.002.tmx: the file exists" in done.err
    assert contents(out) == {"m.002.tmx": b"mine"}
    assert aligner(*call, "--force").status == 0
    assert len(contents(out)) == 3


def test_wrong_calls(tmp_path: Path, memory: Path) -> None:
    for options in (
        (),
        ("--units", "1", "--by", "x"),
        ("--langs", "en"),
        ("--units", "1", "--name", "x"),
        ("--units", "1", "--name", "../{part}"),
        ("--units", "0"),
    ):
        assert aligner("tmx", "split", memory, "--out", tmp_path / "x", *options).status == 2
    assert not (tmp_path / "x").exists()
