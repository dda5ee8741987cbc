"""`aligner tmx dedupe`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import aligner
from memories import text, texts, tmx, unit, written

MEMORY = [
    unit("1", en="a", ru=text("ru", "б", "mt")),
    unit("2", en="c", ru="д"),
    unit("3", en="a", ru=text("ru", "б", "human")),
]


def test_a_tmx_file_is_copied_as_it_is(tmp_path: Path) -> None:
    data = tmx(MEMORY).replace(b"<body>", b"<body><!-- mine -->", 1)
    path, out = tmp_path / "in.tmx", tmp_path / "out.tmx"
    path.write_bytes(data)
    done = aligner("tmx", "dedupe", path, "-o", out)
    assert (done.status, done.err) == (0, "3 units: 1 dropped, 2 kept\n")
    start, stop = data.index(b'\n    <tu tuid="1"'), data.index(b'\n    <tu tuid="2"')
    assert out.read_bytes() == data[:start] + data[stop:]
    assert aligner("tmx", "dedupe", out).out.encode() == out.read_bytes()


@pytest.mark.parametrize("prefer", ["human", "newest", "first"])
def test_copied_or_written_the_same_units_are_kept(tmp_path: Path, prefer: str) -> None:
    memory = [
        *MEMORY,
        unit("4", en="a & b", ru=text("ru", "x", date="20250101T000000Z")),
        unit("5", en="a & b", ru=text("ru", "x", date="20260101T000000Z")),
        unit("6", en='"q"', ru="<r>"),
        unit("7", ru="<r>", en='"q"'),
    ]
    path = written(tmp_path / "in.tmx", *memory)
    copied = aligner("tmx", "dedupe", path, "--prefer", prefer)
    piped = aligner("tmx", "dedupe", "-", "--prefer", prefer, stdin=path.read_bytes())
    assert copied.out == piped.out
    assert copied.err == piped.err == "7 units: 3 dropped, 4 kept\n"


def test_options(tmp_path: Path) -> None:
    path = written(
        tmp_path / "in.jsonl",
        unit("1", en="A 1", ru="б", ky="в"),
        unit("2", en="a  2", ru="Б", ky="г"),
        unit("3", en="a 1", ru="д"),
    )
    out = tmp_path / "out.jsonl"
    loose = ("--ignore-case", "--ignore-space", "--ignore-numbers")
    done = aligner(
        "tmx", "dedupe", path, "-o", out, "--by", "pair", "--lang", "ru", *loose, "--json"
    )
    assert json.loads(done.out) == {"read": 3, "dropped": 1, "kept": 2}
    assert [one["en"] for one in texts(out)] == ["A 1", "a 1"]
    aligner("tmx", "dedupe", path, "-o", out, "--by", "source", *loose)
    assert [one["en"] for one in texts(out)] == ["A 1"]
    assert aligner("tmx", "dedupe", path, "--by", "pair").status == 2
    assert aligner("tmx", "dedupe", path, "--lang", "ru").status == 2


def test_several_files_and_damage(tmp_path: Path) -> None:
    path = written(tmp_path / "in.tmx", *MEMORY)
    broken = tmp_path / "broken.tmx"
    broken.write_bytes(tmx(MEMORY)[:-30])
    out = tmp_path / "out.tmx"
    assert aligner("tmx", "dedupe", path, path, "-o", out).err == "6 units: 4 dropped, 2 kept\n"
    done = aligner("tmx", "dedupe", broken, "-o", out)
    assert done.status == 1
    assert "the XML is damaged" in done.err
    assert len(texts(out)) == 2
