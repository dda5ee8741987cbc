"""`aligner srx`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import aligner
from lxml import etree

from aligner.segmentation.srx import DEFAULT_RULES, Rules


@pytest.mark.parametrize("schema", ["srx20.xsd", "omegat-srx20.xsd"])
def test_export_is_valid(shared: Path, tmp_path: Path, schema: str) -> None:
    out = tmp_path / "rules.srx"
    assert aligner("srx", "export", "--out", out).status == 0
    xsd = etree.XMLSchema(etree.parse(shared / "data" / "interchange" / "schema" / "srx" / schema))
    xsd.assertValid(etree.parse(out))


def test_export_is_what_we_cut_by() -> None:
    done = aligner("srx", "export")
    assert (done.status, done.out.encode()) == (0, DEFAULT_RULES.read_bytes())


def test_what_the_tools_ask_of_rules() -> None:
    root = etree.parse(DEFAULT_RULES).getroot()
    space = {"s": "http://www.lisa.org/srx20"}
    header = root.find("s:header", space)
    assert dict(header.attrib) == {"segmentsubflows": "yes", "cascade": "yes"}
    handled = {node.get("type"): node.get("include") for node in header}
    assert handled == {"start": "no", "end": "yes", "isolated": "no"}
    maps = root.findall("s:body/s:maprules/s:languagemap", space)
    named = [node.get("languagerulename") for node in maps]
    assert named == ["Paragraph", "English", "Russian", "Kyrgyz", "Common"]
    # OmegaT spells codes in capitals, Okapi as in BCP 47, older tools with an underscore.
    rules = Rules.default()
    for codes in (("ky", "KY", "ky-KG", "ky_KG"), ("en", "EN-US", "en_GB"), ("ru", "RU-RU")):
        assert len({rules.rules(code) for code in codes}) == 1
    assert rules.rules("kyx") == rules.rules("de")


def test_check() -> None:
    done = aligner("srx", "check", DEFAULT_RULES)
    assert done.status == 0
    assert done.out == f"{DEFAULT_RULES}: 58 rules, all right\n"


def test_check_as_json(tmp_path: Path) -> None:
    broken = tmp_path / "x.srx"
    broken.write_text("<srx", encoding="utf-8")
    done = aligner("srx", "check", "--json", DEFAULT_RULES, broken)
    fine, bad = map(json.loads, done.out.splitlines())
    assert done.status == 1
    assert (fine["valid"], fine["rules"], fine["problems"]) == (True, 58, [])
    assert (bad["file"], bad["valid"]) == (str(broken), False)
    assert "not well-formed" in bad["problems"][0]
