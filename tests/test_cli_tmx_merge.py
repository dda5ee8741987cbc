"""`aligner tmx merge`."""

from __future__ import annotations

import json
from pathlib import Path

from command import aligner
from memories import text, texts, tmx, unit, written

from aligner.formats import exchange


def test_two_pairs_make_three_languages(tmp_path: Path) -> None:
    one = written(tmp_path / "en-ru.tmx", unit("a:1", en="Osh", ru="Ош"))
    other = written(tmp_path / "en-ky.tmx", unit("a:1", en="Osh", ky="Ош"), unit(en="b", ky="в"))
    out = tmp_path / "all.tmx"
    done = aligner("tmx", "merge", one, other, "--out", out)
    assert (done.status, done.out) == (0, "")
    assert done.err == "3 units of 2 files merged into 2 (en 2, ru 1, ky 2)\n"
    assert texts(out) == [{"en": "Osh", "ru": "Ош", "ky": "Ош"}, {"en": "b", "ky": "в"}]


def test_a_file_with_itself_is_itself(tmp_path: Path) -> None:
    one = written(tmp_path / "one.tmx", unit("a:1", en="Osh", ru="Ош"), unit(en="Osh", ru="Ош"))
    done = aligner("tmx", "merge", one, one)
    assert done.out == one.read_text(encoding="utf-8")


def test_conflicts_are_told_and_alternatives_kept(tmp_path: Path) -> None:
    one = written(tmp_path / "one.tmx", unit(en="a", ru=text("ru", "mt", "mt")))
    other = written(tmp_path / "other.tmx", unit(en="a", ru=text("ru", "human", "human")))
    out = tmp_path / "out.tmx"
    done = aligner("tmx", "merge", one, other, "-o", out, "--keep-alternatives", "--json")
    assert json.loads(done.out) == {
        "files": {str(one): 1, str(other): 1},
        "joined": 1,
        "units": 1,
        "languages": {"en": 1, "ru": 1},
        "conflicts": {"ru": 1},
    }
    (entry,) = exchange.read(out).entries
    assert ("x-alternative", "mt") in entry.variants[1].props
    done = aligner("tmx", "merge", one, other, "-o", out, "--prefer", "first")
    assert texts(out) == [{"en": "a", "ru": "mt"}]
    assert "chosen between different texts: ru 1" in done.err


def test_formats_and_standard_input(tmp_path: Path) -> None:
    one = written(tmp_path / "one.jsonl", unit(en="a", ru="б"))
    data = tmx([unit(en="a", ky="в")])
    done = aligner("tmx", "merge", one, "-", "--format", "tmx", stdin=data)
    path = tmp_path / "out.tmx"
    path.write_text(done.out, encoding="utf-8")
    assert texts(path) == [{"en": "a", "ru": "б", "ky": "в"}]
    done = aligner("tmx", "merge", one, "-", "-o", tmp_path / "out.jsonl", stdin=data)
    assert texts(tmp_path / "out.jsonl") == [{"en": "a", "ru": "б", "ky": "в"}]


def test_what_is_damaged_is_named_and_the_rest_is_merged(tmp_path: Path) -> None:
    broken = tmp_path / "broken.tmx"
    broken.write_bytes(tmx([unit(en="a", ru="б")]).replace(b"</body>", b"<tu></body>"))
    other = written(tmp_path / "other.tmx", unit(en="a", ky="в"))
    out = tmp_path / "out.tmx"
    done = aligner("tmx", "merge", broken, other, "-o", out)
    assert done.status == 1
    assert "broken.tmx:" in done.err
    assert texts(out) == [{"en": "a", "ru": "б", "ky": "в"}]


def test_what_was_mended_is_whole(tmp_path: Path) -> None:
    mended = tmp_path / "mended.tmx"
    mended.write_bytes(tmx([unit(en="a", ru="б")]).replace(b"</seg>", b"&#0;</seg>"))
    out = tmp_path / "out.tmx"
    done = aligner("tmx", "merge", mended, "-o", out)
    assert done.status == 0
    assert "warning: " in done.err
    assert "error: " not in done.err
    assert texts(out) == [{"en": "a", "ru": "б"}]


def test_broken_lines_do_not_cost_the_rest(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("en,ru\na,б\nb,в,г\nc,д\n", encoding="utf-8")
    out = tmp_path / "out.tmx"
    done = aligner("tmx", "merge", table, "-o", out)
    assert done.status == 1
    assert "a.csv:3" in done.err
    assert "The units that could be read were taken." in done.err
    assert texts(out) == [{"en": "a", "ru": "б"}, {"en": "c", "ru": "д"}]


def test_wrong_calls(tmp_path: Path) -> None:
    one = written(tmp_path / "one.tmx", unit(en="a", ru="б"))
    before = one.read_bytes()
    for arguments, said in {
        (one, "--out", one): "the input would be overwritten",
        ("-", "-"): "only once",
        (one, "--by", "?"): "no language code",
        (one, "--format", "doc"): 'no format "doc"',
        (one, "--out", tmp_path / "x.doc"): "in which format",
    }.items():
        done = aligner("tmx", "merge", *arguments)  # type: ignore[arg-type]
        assert (done.status, done.out) == (2, "")
        assert said in done.err
    assert aligner("tmx", "merge", tmp_path / "none.tmx", "-o", tmp_path / "x.tmx").status == 1
    assert not (tmp_path / "x.tmx").exists()
    assert one.read_bytes() == before
