"""`aligner evaluate alignment`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import aligner

GOLD = "[0]:[0]\n[1]:[1, 2]\n[2]:[]\n[3]:[3]\n"
TEST = "[0]:[0]:0.98\n[1]:[1]:0.5\n[]:[2]:0.4\n[2]:[]:0.9\n[3]:[3]:0.7\n"
# Strict: 3 of 5 in the test, 2 of 3 two-sided ones in the gold.
PRECISION, RECALL = 3 / 5, 2 / 3


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    gold, test = tmp_path / "gold.beads", tmp_path / "test.beads"
    gold.write_text(GOLD, encoding="utf-8")
    test.write_text(TEST, encoding="utf-8")
    return gold, test


def test_figures(files: tuple[Path, Path]) -> None:
    figures = json.loads(aligner("evaluate", "alignment", *files, "--json").out)
    f1 = 2 * PRECISION * RECALL / (PRECISION + RECALL)
    assert figures["strict"] == {
        "precision": PRECISION,
        "recall": round(RECALL, 4),
        "f1": round(f1, 4),
    }
    assert figures["lax"]["recall"] == 1
    assert (figures["test"], figures["gold"]) == (5, 3)
    assert figures["types"]["1-2"]["strict"]["recall"] == 0


def test_table(files: tuple[Path, Path]) -> None:
    done = aligner("evaluate", "alignment", *files)
    lines = [line.split() for line in done.out.splitlines()]
    assert done.status == 0
    assert lines[-1] == ["all", "0.600", "0.667", "0.632", "0.800", "1.000", "0.889", "5", "3"]
    assert [line[0] for line in lines[2:]] == ["0-1", "1-0", "1-1", "1-2", "all"]


def test_standard_input(files: tuple[Path, Path]) -> None:
    piped = aligner("evaluate", "alignment", files[0], "-", stdin=TEST.encode())
    assert piped.out == aligner("evaluate", "alignment", *files).out


def test_folders_and_json_lines_count_all_documents_together(tmp_path: Path) -> None:
    for folder, texts in (("gold", (GOLD, "[0]:[0]\n")), ("test", (TEST, "[0]:[]\n[]:[0]\n"))):
        (tmp_path / folder).mkdir()
        lines = []
        for name, text in zip("ab", texts, strict=True):
            (tmp_path / folder / f"{name}.{folder}").write_text(text, encoding="utf-8")
            lines.append(json.dumps({"id": name, "beads": text.split("\n")[:-1]}))
        (tmp_path / f"{folder}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    folders = aligner("evaluate", "alignment", tmp_path / "gold", tmp_path / "test", "--json")
    strict = json.loads(folders.out)["strict"]
    assert (strict["precision"], strict["recall"]) == (round(3 / 7, 4), 0.5)
    files = tmp_path / "gold.jsonl", tmp_path / "test.jsonl"
    assert aligner("evaluate", "alignment", *files, "--json").out == folders.out


def test_bad_input(files: tuple[Path, Path], tmp_path: Path) -> None:
    gold, test = files
    test.write_text("[0]:[0]\n[1]-[1]\n", encoding="utf-8")
    done = aligner("evaluate", "alignment", gold, test)
    assert done.status == 1
    assert "test.beads:2: no bead: [1]-[1]" in done.err
    lines = tmp_path / "x.jsonl"
    lines.write_text('{"id": "a", "beads": ["[0]:[0]"]}\n{"id": 3}\n', encoding="utf-8")
    assert "x.jsonl:2: the line is no document" in aligner("evaluate", "alignment", gold, lines).err
    one, two = tmp_path / "one", tmp_path / "two"
    for folder, names in ((one, "ab"), (two, "a")):
        folder.mkdir()
        for name in names:
            (folder / name).write_text(GOLD, encoding="utf-8")
    assert "only one has b" in aligner("evaluate", "alignment", one, two).err
    (tmp_path / "empty").mkdir()
    assert aligner("evaluate", "alignment", gold, tmp_path / "empty").status == 1
    assert aligner("evaluate", "alignment", gold, tmp_path / "none").status == 1
    assert aligner("evaluate", "alignment", "-", "-").status == 2
    assert aligner("evaluate", "alignment", gold).status == 2
