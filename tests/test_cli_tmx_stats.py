"""`aligner tmx stats`."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from command import aligner

from aligner.curation.stats import DATES, ORIGIN, Stats
from aligner.errors import InputError
from aligner.formats.exchange import tmx
from aligner.formats.exchange.tmx import texts

MEMORY = """<tmx version="1.4">
<header creationtool="Tool" creationtoolversion="2" segtype="sentence" o-tmf="t" adminlang="en"
 srclang="en-US" datatype="plaintext"/>
<body>
<tu><tuv xml:lang="EN-US"><seg>the old town</seg></tuv>
<tuv xml:lang="kir"><seg>эски шаар</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>the old town</seg></tuv><tuv xml:lang="ky_KG"><seg/></tuv></tu>
</body>
</tmx>
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "memory.tmx"
    path.write_text(MEMORY, encoding="utf-8")
    return path


def test_json(path: Path) -> None:
    done = aligner("tmx", "stats", "--json", path)
    assert done.status == 0
    assert json.loads(done.out) == {
        "file": str(path),
        "units": 2,
        "languages": {"en": 2, "ky": 2},
        "error": None,
        "words": {"en": 6, "ky": 2},
        "characters": {"en": 24, "ky": 9},
        "complete": 1,
        "pairs": {"en-ky": 1},
        "empty": 1,
        "duplicates": 1,
        "inline": 0,
        "origins": {},
        "creationtool": "Tool 2",
        "first": "",
        "last": "",
    }


def test_damage_is_told_and_what_was_read_is_counted(path: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.tmx"
    broken.write_text(MEMORY.replace("<seg/>", "<seg>"), encoding="utf-8")
    done = aligner("tmx", "stats", "--json", broken, tmp_path / "none.tmx", path)
    assert done.status == 1
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert [row["units"] for row in rows] == [1, 0, 2]
    assert [row["error"] is None for row in rows] == [False, False, True]
    assert "broken.tmx:7" in rows[0]["error"]


def test_for_people(path: Path) -> None:
    done = aligner("tmx", "stats", path)
    assert done.status == 0
    assert "2 units, 1 complete, 1 duplicate, 1 empty" in done.out
    assert "written by Tool 2" in done.out


def test_other_formats_and_standard_input(tmp_path: Path) -> None:
    table = tmp_path / "memory.tsv"
    table.write_text("en\tky\nOsh\tОш\n", encoding="utf-8")
    assert json.loads(aligner("tmx", "stats", "--json", table).out)["units"] == 1
    done = aligner("tmx", "stats", "--json", "-", stdin=MEMORY.encode())
    assert json.loads(done.out)["units"] == 2


def test_texts_are_those_of_the_units(shared: Path) -> None:
    for path in sorted((shared / "data" / "interchange" / "tmx").iterdir()):
        quick, slow = Stats(), Stats()
        header, units = texts.read(path, DATES, ORIGIN)
        bundle = tmx.read(path)
        with suppress(InputError):
            for unit in units:
                quick.add_texts(*unit)
        with suppress(InputError):
            slow.add_all(bundle.entries)
        assert header == bundle.header
        assert vars(quick) | {"_sources": 0} == vars(slow) | {"_sources": 0}, path.name
