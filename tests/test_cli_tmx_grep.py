"""`aligner tmx grep`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import aligner
from memories import tmx, unit, written

MEMORY = [
    unit("d:1", en="The president came.", ky="Президент келди."),
    unit("d:2", en="He left.", ky="Ал кетти."),
    unit("d:3", en="A President", ky="Президент"),
    unit("d:4", en="End", ky="Аягы"),
]


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    return written(tmp_path / "m.jsonl", *MEMORY)


def test_all_languages_of_a_unit_are_shown(memory: Path) -> None:
    done = aligner("tmx", "grep", "president", memory)
    assert done.status == 0
    assert done.out == f"{memory}:1 d:1\n  en  The president came.\n  ky  Президент келди.\n"


def test_nothing_found(memory: Path) -> None:
    assert aligner("tmx", "grep", "Талас", memory).status == 1
    assert aligner("tmx", "grep", "--lang", "en", "Президент", memory).status == 1


def test_context(memory: Path) -> None:
    heads = [
        line.rpartition(" ")[2] if line.startswith("/") else line
        for line in aligner("tmx", "grep", "came|End", memory, "--context", "0").out.splitlines()
        if not line.startswith(" ")
    ]
    assert heads == ["d:1", "d:4"]
    done = aligner("tmx", "grep", "-i", "PRESIDENT", memory, "-C", "1", "--lang", "en")
    assert [line.split()[-1] for line in done.out.splitlines() if " d:" in line] == [
        "d:1",
        "d:2",
        "d:3",
        "d:4",
    ]
    done = aligner("tmx", "grep", "came|End", memory, "--context", "0", "--max", "1")
    assert done.out.count("d:") == 1


def test_gaps_between_contexts_are_marked(tmp_path: Path) -> None:
    path = written(tmp_path / "m.tmx", *(unit(en=str(number)) for number in range(9)))
    assert aligner("tmx", "grep", "^[08]$", path, "-C", "1").out.count("--\n") == 1


def test_count_and_json(memory: Path) -> None:
    done = aligner("tmx", "grep", "-c", "Президент", memory, memory)
    assert done.out == f"{memory}: 2\n" * 2
    done = aligner("tmx", "grep", "--json", "-w", "президент", "-i", memory)
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert [row["tuid"] for row in rows] == ["d:1", "d:3"]
    assert rows[0]["texts"] == {"en": "The president came.", "ky": "Президент келди."}
    assert rows[0]["hits"] == [{"lang": "ky", "start": 0, "stop": 9, "text": "Президент"}]


def test_standard_input_and_wrong_calls(memory: Path) -> None:
    assert "Ал кетти." in aligner("tmx", "grep", "-F", "left.", "-", stdin=tmx(MEMORY)).out
    done = aligner("tmx", "grep", "(", memory)
    assert done.status == 2
    assert "--fixed" in done.err


def test_units_before_damage_are_searched(tmp_path: Path) -> None:
    path = tmp_path / "m.tmx"
    path.write_bytes(tmx(MEMORY)[:-10])
    done = aligner("tmx", "grep", "End", path)
    assert done.status == 1
    assert "d:4" in done.out
    assert "damaged" in done.err
