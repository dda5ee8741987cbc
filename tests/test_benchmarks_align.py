"""The measuring itself: what the benchmarks of the aligner count must be counted rightly."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from aligner.alignment import Bead

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
Load = Callable[[str], ModuleType]


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Load:
    """Import a benchmark by its name."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return import_module


def text(load: Load, **sides: list[str]) -> Any:
    beads = [Bead((0,), (0,)), Bead((1,), ()), Bead((2,), (1, 2))]
    return load("align_data").Text(
        sides.get("source", ["a", "b", "c"]), sides.get("target", ["x", "y", "z"]), None, beads
    )


def test_repeated_text_has_the_gold_of_its_parts(load: Load) -> None:
    long = load("align_data").repeated(text(load), 50)
    assert len(long.source) >= 50
    assert [i for bead in long.gold for i in bead.source] == list(range(len(long.source)))
    assert [j for bead in long.gold for j in bead.target] == list(range(len(long.target)))
    for bead in long.gold:
        first = "".join(long.source[i][0] for i in bead.source)
        assert (first, "".join(long.target[j][0] for j in bead.target)) in {
            ("a", "x"),
            ("b", ""),
            ("c", "yz"),
        }


def test_a_set_is_read_by_its_name(load: Load, tmp_path: Path) -> None:
    document = {"en": ["A."], "ru": ["А."], "mt_ru": ["Аа."], "gold": ["[0]:[0]"]}
    (tmp_path / "en-ru.medium.jsonl").write_text(json.dumps(document), encoding="utf-8")
    data = load("align_data")
    [over_mt] = data.texts(tmp_path, "en-ru.medium mt_ru")
    [plain] = data.texts(tmp_path, "en-ru.medium")
    assert over_mt == data.Text(["A."], ["А."], ["Аа."], [Bead((0,), (0,))])
    assert plain.translated is None


def test_a_further_translation_is_a_view(load: Load) -> None:
    data = load("align_data")
    given = data.Text(["A."], ["А."], ["Аа."], [])
    assert data._with(given, ["Аб."]) == data.Text(
        ["A."], ["А."], ["Аб."], [], ((["Аа."], ["А."]),)
    )


def test_auc_counts_pairs_of_right_and_wrong(load: Load) -> None:
    judged = load("align_confidence").Judged
    right = np.array([True, True, False, False])
    assert judged(np.array([0.9, 0.8, 0.2, 0.1]), right).auc == 1
    assert judged(np.array([0.5, 0.5, 0.5, 0.5]), right).auc == 0.5
    assert judged(np.array([0.9, 0.1, 0.5, 0.3]), right).auc == 0.5
    assert judged(np.array([0.1, 0.2, 0.8, 0.9]), right).auc == 0


def test_calibration_error_is_the_distance_of_said_and_right(load: Load) -> None:
    judged = load("align_confidence").Judged
    said = np.array([0.75] * 4 + [1.0] * 4)
    assert judged(said, np.array([True, True, True, False] + [True] * 4)).error == 0
    assert judged(said, np.array([False] * 4 + [True] * 4)).error == pytest.approx(0.375)
    assert judged(said, np.array([False] * 4 + [True] * 4)).sure == (0.5, 1.0)


def test_gale_and_church_join_what_is_long_enough(load: Load) -> None:
    lengths = [60, 30, 25, 80], [58, 57, 82]
    given = text(load, source=["s" * n for n in lengths[0]], target=["t" * n for n in lengths[1]])
    found = [(bead.source, bead.target) for bead in load("align_peers").gale_church(given)]
    assert found == [((0,), (0,)), ((1, 2), (1,)), ((3,), (2,))]


def test_a_peer_that_fails_is_told_by_its_last_line(load: Load) -> None:
    peers = load("align_peers")
    command = [sys.executable, "-c", "raise SystemExit('no such model')"]
    with pytest.raises(RuntimeError, match="no such model"):
        peers.outside(command, [text(load)])
