"""`aligner evaluate terms`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import Done, aligner

GLOSSARY = """\
id,category,pos,en,ru,ru_forbidden,ky
kg,place,PROPN,Kyrgyzstan,Кыргызстан,Киргизия,Кыргызстан
osh,place,PROPN,Osh,Ош,,Ош
"""
UNITS = """\
en\tru\tky
Osh is in Kyrgyzstan.\tОш в {}.\tОш Кыргызстанда.
In Osh.\t{}.\tОшто.
It rained.\tШёл дождь.\tЖаан жаады.
"""


@pytest.fixture
def glossary(tmp_path: Path) -> Path:
    path = tmp_path / "terms.csv"
    path.write_text(GLOSSARY, encoding="utf-8")
    return path


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    texts = (("Киргизии", "В Осло"), ("Кыргызстане", "В Оше"))
    paths = [tmp_path / f"{name}.tsv" for name in ("before", "after")]
    for path, words in zip(paths, texts, strict=True):
        path.write_text(UNITS.format(*words), encoding="utf-8")
    return paths


def evaluate(*arguments: str | Path) -> Done:
    return aligner("evaluate", "terms", *arguments)


def test_side_by_side(files: list[Path], glossary: Path) -> None:
    done = evaluate(*files, "--glossary", glossary)
    lines = done.out.splitlines()
    assert done.status == 0
    assert lines[0].split() == ["terms", "right", "missing", "forbidden", "altered"]
    assert [line.split() for line in lines[1:4]] == [
        ["ru"],
        ["1", *lines[2].split()[1:2], "3", "1", "33.3", "%", "1", "1", "0"],
        ["2", *lines[3].split()[1:2], "3", "3", "100.0", "%", "0", "0", "0"],
    ]
    assert lines[4] == "ky"
    start = lines.index("worst, right of all")
    assert [line.split() for line in lines[start + 1 :]] == [
        ["1", "2"],
        ["0/1", "1/1", "ru", "Kyrgyzstan", "→", "Кыргызстан", "[kg]"],
        ["1/2", "2/2", "ru", "Osh", "→", "Ош", "[osh]"],
    ]
    assert "1 more" in evaluate(*files, "--glossary", glossary, "--top", "1").out
    assert "worst" not in evaluate(*files, "--glossary", glossary, "--top", "0").out
    assert "worst" not in evaluate(files[1], "--glossary", glossary).out


def test_json(files: list[Path], glossary: Path) -> None:
    call = (files[0], "--ref", files[1], "--glossary", glossary, "--lang", "ru")
    before, after = json.loads(evaluate(*call, "--json").out)["systems"]
    assert before["total"] == before["langs"]["ru"]
    assert before["total"] == {
        "occurrences": 3,
        "right": 1,
        "missing": 1,
        "forbidden": 1,
        "altered": 0,
        "comparable": 3,
        "alike": 1,
    }
    assert before["concepts"][0] == {
        "lang": "ru",
        "concept": "kg",
        "source": "Kyrgyzstan",
        "target": "Кыргызстан",
        "occurrences": 1,
        "right": 0,
        "missing": 0,
        "forbidden": 1,
        "altered": 0,
        "comparable": 1,
        "alike": 0,
    }
    assert after["system"] == str(files[1])
    assert after["total"]["right"] == 3
    assert "1 of 3" in evaluate(*call).out


def test_segments(files: list[Path], glossary: Path) -> None:
    done = evaluate(files[0], "--glossary", glossary, "--lang", "ru", "--segments", "-")
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert [row["segment"] for row in rows] == [1, 2]
    assert rows[1]["terms"] == [
        {"concept": "osh", "term": "Osh", "outcome": "missing", "times": 1, "forms": []}
    ]
    assert rows[0]["terms"][0]["forms"] == ["Ош"]
    assert "33.3 %" in done.err


def test_bad_calls(files: list[Path], glossary: Path, tmp_path: Path) -> None:
    assert evaluate(files[0]).status == 2
    assert "cannot read" in evaluate(files[0], "--glossary", tmp_path / "no.csv").err
    done = evaluate(files[0], "--glossary", glossary, "--lang", "de")
    assert (done.status, "no translations into de; it has ru, ky" in done.err) == (1, True)
    plain = tmp_path / "plain.txt"
    plain.write_text("В Оше.\n", encoding="utf-8")
    done = evaluate(plain, "--glossary", glossary, "--lang", "ru")
    assert (done.status, "--source" in done.err) == (2, True)
