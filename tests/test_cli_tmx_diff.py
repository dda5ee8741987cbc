"""`aligner tmx diff`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import aligner
from memories import text, tmx, unit, written

OLD = [
    unit("d:1", en="One", ru=text("ru", "Один два три пять.", date="20260101T100000Z")),
    unit("d:2", en="Two", ru="Два"),
    unit("d:3", en="Three", ru="Три"),
]
NEW = [
    unit("d:1", en="One", ru=text("ru", "Один два три четыре.", date="20260101T110500Z")),
    unit("d:3", en="Three", ru="Три"),
    unit("d:4", en="Four", ru="Четыре"),
]


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return written(tmp_path / "old.tmx", *OLD), written(tmp_path / "new.tmx", *NEW)


def test_for_people(files: tuple[Path, Path]) -> None:
    done = aligner("tmx", "diff", *files)
    assert done.status == 0
    assert done.out == (
        "d:1: changed\n"
        "  en  One\n"
        "  ru  Один два три [-пять-]{+четыре+}. "
        "(edited lightly: 1 word, 5 characters, TER 0.20, after 1 h 5 min)\n"
        "d:4: new\n"
        "  en  {+Four+}\n"
        "  ru  {+Четыре+}\n"
        "d:2: missing\n"
        "  en  [-Two-]\n"
        "  ru  [-Два-]\n"
        "1 same, 1 changed, 1 new, 1 missing; 0 moved\n"
        "en: 2 kept, 1 new, 1 missing\n"
        "ru: 1 kept, 1 edited lightly, 1 new, 1 missing; 1 word, 5 characters, TER 0.167; "
        "edited 2026-01-01T11:05:00Z to 2026-01-01T11:05:00Z\n"
    )


def test_for_programs(files: tuple[Path, Path]) -> None:
    *units, last = map(json.loads, aligner("tmx", "diff", "--json", *files).out.splitlines())
    assert [(one["tuid"], one["state"]) for one in units] == [
        ("d:1", "changed"),
        ("d:4", "new"),
        ("d:2", "missing"),
    ]
    russian = units[0]["texts"]["ru"]
    assert russian["changes"] == [
        ["equal", "Один два три ", "Один два три "],
        ["replace", "пять", "четыре"],
        ["equal", ".", "."],
    ]
    assert (russian["words"], russian["ter"], russian["seconds"]) == (1, 0.2, 3900)
    assert last["summary"]["units"] == {"same": 1, "changed": 1, "new": 1, "missing": 1, "moved": 0}
    assert last["summary"]["languages"]["ru"]["ter"] == 0.1667


def test_summary_languages_and_exit_code(files: tuple[Path, Path]) -> None:
    old, new = files
    done = aligner("tmx", "diff", "--summary", "--langs", "ru", "--exit-code", old, new)
    assert done.status == 1
    assert [line.partition(":")[0] for line in done.out.splitlines()[1:]] == ["ru"]
    done = aligner("tmx", "diff", "--exit-code", old, "-", stdin=old.read_bytes())
    assert done.status == 0
    assert done.out.startswith("3 same, 0 changed")
    assert aligner("tmx", "diff", old).status == 2


def test_codes_that_steer_a_terminal_are_not_printed(tmp_path: Path) -> None:
    old = written(tmp_path / "old.jsonl", unit(en="a", ru="x\x1b[31m"))
    new = written(tmp_path / "new.jsonl", unit(en="a", ru="y\x1b[2J"))
    assert "\x1b" not in aligner("tmx", "diff", old, new).out


def test_damage_is_named(tmp_path: Path) -> None:
    old = written(tmp_path / "old.tmx", *OLD)
    new = tmp_path / "new.tmx"
    new.write_bytes(tmx(OLD)[:-10])
    done = aligner("tmx", "diff", old, new)
    assert done.status == 1
    assert "3 same" in done.out
    assert "new.tmx:" in done.err
