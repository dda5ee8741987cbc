from __future__ import annotations

import re
import runpy
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree
from translate.storage.tmx import tmxfile

from aligner.errors import InputError

CORPORA = Path(__file__).parents[1] / "corpora"
NEWS = CORPORA / "central-asia-news.tmx"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture(scope="module")
def news() -> etree._ElementTree:
    return etree.parse(NEWS)


def test_every_unit_has_three_languages(news: etree._ElementTree) -> None:
    units = list(news.iter("tu"))
    assert len({tu.get("tuid") for tu in units}) == len(units) == 7595
    for tu in units:
        assert [tuv.get(LANG) for tuv in tu.iter("tuv")] == ["en", "ru", "ky"]
        assert all(seg.text.strip() == seg.text for seg in tu.iter("seg"))


def test_label(news: etree._ElementTree) -> None:
    header = {prop.get("type"): prop.text for prop in news.iterfind("header/prop")}
    assert header["x-licence"] == "CC0-1.0"
    assert "machine-drafted, not reviewed by native speakers" in header["x-label"]
    targets = [tuv for tuv in news.iter("tuv") if tuv.get(LANG) != "en"]
    assert {tuv.findtext("prop[@type='x-origin']") for tuv in targets} == {"mt"}
    assert {tuv.get("creationid") for tuv in targets} == {"machine-drafted"}


def test_counts_are_those_of_the_readme(news: etree._ElementTree) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    for tu in news.iter("tu"):
        topic, split = (tu.findtext(f"prop[@type='x-{name}']") for name in ("topic", "split"))
        counts.update([(topic, split), (topic, "all"), ("all", split), ("all", "all")])
    table = re.findall(
        r"^\| \W*(\w+)\W* \| \W*(\d+)\W* \| \W*(\d+)\W* \| \W*(\d+)\W* \|$",
        (CORPORA / "README.md").read_text("utf-8"),
        re.MULTILINE,
    )
    stated = {
        (topic, split): int(number)
        for topic, *row in table
        for split, number in zip(("train", "dev", "all"), row, strict=True)
    }
    assert stated == counts


def test_translate_toolkit_reads_every_unit() -> None:
    units = tmxfile.parsefile(str(NEWS)).units
    assert sum(bool(unit.source and unit.target) for unit in units) == 7595


def test_valid(news: etree._ElementTree, shared: Path) -> None:
    schema = shared / "data" / "interchange" / "schema" / "tmx"
    etree.XMLSchema(etree.parse(schema / "tmx14.xsd")).assertValid(news)
    etree.DTD(str(schema / "tmx14.dtd")).assertValid(news)


def test_rebuilt_byte_for_byte(shared: Path, tmp_path: Path) -> None:
    table = shared / "data" / "corpora" / "central-asia-news.tsv"
    rebuilt = tmp_path / "rebuilt.tmx"
    script = [sys.executable, CORPORA / "build.py", table, "--out", rebuilt]
    subprocess.run(script, check=True)
    assert without_version(rebuilt) == without_version(NEWS)


def without_version(path: Path) -> bytes:
    return re.sub(rb'creationtoolversion="[^"]*"', b"", path.read_bytes())


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ("id\ten\tru\n", "table.tsv:1: the columns are not id, en, ru, ky, topic, split"),
        ("id\ten\tru\tky\ttopic\tsplit\na1\tHello\n", "table.tsv:2: 2 columns instead of 6"),
    ],
)
def test_broken_table(tmp_path: Path, table: str, complaint: str) -> None:
    path = tmp_path / "table.tsv"
    path.write_text(table, encoding="utf-8")
    bitext = runpy.run_path(str(CORPORA / "build.py"))["bitext"]
    with pytest.raises(InputError, match=re.escape(complaint)):
        bitext(path)
