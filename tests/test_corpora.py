from __future__ import annotations

import gzip
import re
import runpy
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree
from translate.storage.tmx import tmxfile

from aligner.bitext import HeldOut
from aligner.errors import InputError

CORPORA = Path(__file__).parents[1] / "corpora"
NEWS, WORLD = CORPORA / "central-asia-news.tmx", CORPORA / "world.tmx.gz"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

Tree = etree._ElementTree


@pytest.fixture(scope="module", params=[NEWS, WORLD], ids=lambda path: path.name)
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


@pytest.fixture(scope="module")
def raw(path: Path) -> bytes:
    found = path.read_bytes()
    return gzip.decompress(found) if path.suffix == ".gz" else found


@pytest.fixture(scope="module")
def tree(raw: bytes) -> Tree:
    return etree.ElementTree(etree.fromstring(raw))


@pytest.fixture(scope="module")
def stated(path: Path) -> Counter[tuple[str, str]]:
    """The counts that the README states, by topic and split."""
    text = (CORPORA / "README.md").read_text("utf-8")
    [section] = re.findall(rf"^## {path.name}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    table = re.findall(
        r"^\| \W*(\w+)\W* \| \W*(\d+)\W* \| \W*(\d+)\W* \| \W*(\d+)\W* \|$",
        section,
        re.MULTILINE,
    )
    return Counter(
        {
            (topic, split): int(number)
            for topic, *row in table
            for split, number in zip(("train", "dev", "all"), row, strict=True)
        }
    )


def test_every_unit_has_three_languages(tree: Tree, stated: Counter[tuple[str, str]]) -> None:
    units = list(tree.iter("tu"))
    assert len({tu.get("tuid") for tu in units}) == len(units) == stated["all", "all"]
    for tu in units:
        assert [tuv.get(LANG) for tuv in tu.iter("tuv")] == ["en", "ru", "ky"]
        assert all(seg.text.strip() == seg.text for seg in tu.iter("seg"))


def test_label(tree: Tree) -> None:
    header = {prop.get("type"): prop.text for prop in tree.iterfind("header/prop")}
    assert header["x-licence"] == "CC0-1.0"
    assert "machine-drafted, not reviewed by native speakers" in header["x-label"]
    targets = [tuv for tuv in tree.iter("tuv") if tuv.get(LANG) != "en"]
    assert {tuv.findtext("prop[@type='x-origin']") for tuv in targets} == {"mt"}
    assert {tuv.get("creationid") for tuv in targets} == {"machine-drafted"}


def test_counts_are_those_of_the_readme(tree: Tree, stated: Counter[tuple[str, str]]) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    for tu in tree.iter("tu"):
        topic, split = (tu.findtext(f"prop[@type='x-{name}']") for name in ("topic", "split"))
        counts.update([(topic, split), (topic, "all"), ("all", split), ("all", "all")])
    assert {key: count for key, count in stated.items() if count} == counts


def test_no_sentence_stands_in_both_splits(tree: Tree) -> None:
    texts: dict[str, set[str]] = {"train": set(), "dev": set()}
    for tu in tree.iter("tu"):
        texts[tu.findtext("prop[@type='x-split']")].update(seg.text for seg in tu.iter("seg"))
    assert texts["train"].isdisjoint(texts["dev"])


def test_nothing_of_the_test_sets_is_in_it(tree: Tree, shared: Path) -> None:
    sets = sorted((shared / "data" / "mt").glob("*.devtest"))
    held_out = HeldOut(text for one in sets for text in one.read_text("utf-8").splitlines())
    assert not [seg.text for seg in tree.iter("seg") if seg.text in held_out]


def test_translate_toolkit_reads_every_unit(stated: Counter[tuple[str, str]], raw: bytes) -> None:
    units = tmxfile.parsestring(raw).units
    assert sum(bool(unit.source and unit.target) for unit in units) == stated["all", "all"]


def test_valid(tree: Tree, shared: Path) -> None:
    schema = shared / "data" / "interchange" / "schema" / "tmx"
    etree.XMLSchema(etree.parse(schema / "tmx14.xsd")).assertValid(tree)
    etree.DTD(str(schema / "tmx14.dtd")).assertValid(tree)


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


def test_phrases() -> None:
    header, *rows = (CORPORA / "phrases.tsv").read_text("utf-8").splitlines()
    assert header.split("\t") == ["en", "ru", "ky", "topic"]
    assert all(len(cells) == 4 and all(cells) for cells in (row.split("\t") for row in rows))
    assert f"{len(rows):,} words and phrases" in (CORPORA / "README.md").read_text("utf-8")
