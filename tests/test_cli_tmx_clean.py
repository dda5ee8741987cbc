"""`aligner tmx clean`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import aligner
from memories import texts, unit, written

from aligner.curation.clean import RULES
from aligner.formats import exchange

MEMORY = [
    unit("d:1", en="Osh is a city.", ru="<b>Ош</b> — город.", ky="Ош — шаар."),
    unit("d:2", en="Talas is one too.", ru="Талас тоже.", ky="Talas is one too."),
    unit("d:3", en="2025", ru="2025"),
]


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    return written(tmp_path / "m.tmx", *MEMORY)


def test_clean(tmp_path: Path, memory: Path) -> None:
    out, bad = tmp_path / "out.tmx", tmp_path / "bad.tmx"
    done = aligner("tmx", "clean", memory, "--out", out, "--rejected", bad)
    assert (done.status, done.out) == (0, "")
    assert done.err == (
        "3 units: 1 dropped, 2 kept; markup mended 1, same dropped 1, numbers dropped 1\n"
    )
    assert texts(out) == [
        {"en": "Osh is a city.", "ru": "Ош — город.", "ky": "Ош — шаар."},
        {"en": "Talas is one too.", "ru": "Талас тоже."},
    ]
    assert texts(bad) == [
        {"en": "Talas is one too.", "ky": "Talas is one too."},
        {"en": "2025", "ru": "2025"},
    ]
    assert [entry.props for entry in exchange.read(bad).entries] == [
        (("x-rejected", "same"),),
        (("x-rejected", "numbers"),),
    ]
    assert aligner("tmx", "clean", out).out == out.read_text(encoding="utf-8")


def test_report(memory: Path) -> None:
    done = aligner("tmx", "clean", "--report", memory)
    assert done.status == 1
    assert [line.partition(" ")[2] for line in done.out.splitlines()] == [
        "d:1 ru markup mended: <b>Ош</b> — город. → Ош — город.",
        "d:2 ky same dropped: Talas is one too.",
        "d:3 numbers dropped: 2025",
    ]
    done = aligner("tmx", "clean", "--report", "--json", "--only", "same", memory)
    (row,) = map(json.loads, done.out.splitlines())
    assert (row["rule"], row["action"], row["lang"], row["tuid"]) == (
        "same",
        "dropped",
        "ky",
        "d:2",
    )
    assert aligner("tmx", "clean", "--report", "--only", "empty,length", memory).status == 0
    skipped = ("--skip", "same,numbers,markup,script")
    assert aligner("tmx", "clean", "--report", *skipped, memory).status == 0


def test_wrong_calls(memory: Path) -> None:
    for options in (
        ("--only", "x"),
        ("--only", "same", "--skip", "empty"),
        ("--json",),
        ("--rejected", memory),
        ("--rejected", "-"),
        ("--out", memory.with_name("x.tmx"), "--rejected", memory.parent / "." / "x.tmx"),
    ):
        done = aligner("tmx", "clean", memory, *options)  # type: ignore[arg-type]
        assert (done.status, done.out) == (2, "")


def test_help_names_every_rule() -> None:
    shown = " ".join(aligner("tmx", "clean", "--help").out.split())
    for rule in RULES:
        assert f" {rule} " in shown
