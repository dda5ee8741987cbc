"""What we write, opened by a real CAT tool: OmegaT, where it is installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from results_folder import paragraphs, placed, units_of, write_results

from aligner.engines import Settings
from aligner.export import to_omegat
from aligner.pipeline import Job, run
from aligner.records import Unit
from aligner.text import fold

pytestmark = pytest.mark.skipif(shutil.which("omegat") is None, reason="OmegaT is not installed")

DATA = Path(__file__).with_name("data") / "omegat"
TEXTS = sorted(path for path in DATA.iterdir() if path.suffix in {".txt", ".md", ".html"})

# Units that no rule would make: what a person has joined, or cut.
ODD = (
    ("He left. She stayed.", "Nobody knew why? He did!"),
    ("One half of", "a sentence.", "And a whole one."),
    (r"A path, C:\Q. \Eat it. $5^2", "\ufeffAn odd mark.", "Mr.", "Smith came."),
    ("Stay! \U0001f40e Stay.", "Two lines.\nIn one unit."),
)


@dataclass(frozen=True, slots=True)
class Opened:
    """What OmegaT made of a project: JSON of probe.groovy, its target file, its log."""

    segments: list[dict[str, Any]]
    matches: list[dict[str, Any]]
    terms: list[dict[str, Any]]
    target: str
    log: str


def opened(project: Path, home: Path) -> Opened:
    """Open a project in OmegaT, and translate its source with what there is."""
    command = ["omegat", str(project), "--mode=console-translate", "--no-team"]
    command += [f"--config-dir={home / 'omegat'}", f"--script={DATA / 'probe.groovy'}"]
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=300,
        check=False,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
    )
    assert done.returncode == 0, done.stdout
    lines = [line.removeprefix("PROBE ") for line in done.stdout.splitlines() if "PROBE {" in line]
    told = [json.loads(line) for line in lines]
    [target] = (project / "target").iterdir()
    return Opened(
        *([one for one in told if one["kind"] == kind] for kind in ("segment", "match", "term")),
        target=target.read_text("utf-8-sig"),
        log=done.stdout,
    )


def sources(units: Iterable[Unit]) -> list[str]:
    """The sources as OmegaT shows them."""
    return [unicodedata.normalize("NFC", fold(unit.source.text)) for unit in units]


@pytest.mark.parametrize("lang", ["ru", "ky"])
def test_omegat_cuts_and_fills_each_of_our_segments(tmp_path: Path, home: Path, lang: str) -> None:
    units = units_of(TEXTS)
    glossary = tmp_path / "terms.csv"
    glossary.write_text("en,ru,ky\nbridge,мост,көпүрө\nwell,колодец,кудук\n", encoding="utf-8")
    folder = write_results(tmp_path / "results", units)
    to_omegat(folder, [lang], tmp_path / "project", glossaries=[glossary])
    seen = opened(tmp_path / "project", home)

    assert [one["source"] for one in seen.segments] == sources(units)
    # OmegaT has one translation for all segments of one text: the last that it finds.
    texts = (unit.targets[lang].text for unit in units)
    last = dict(zip(sources(units), texts, strict=True))
    assert {one["source"]: one["target"] for one in seen.segments} == last
    assert {one["author"] for one in seen.segments} == {"a-model"}
    assert [one["source"] for one in seen.terms] == ["bridge", "well"]
    assert "Error" not in seen.log


def test_units_that_no_rule_would_make_are_filled_too(tmp_path: Path, home: Path) -> None:
    units = paragraphs(*ODD)
    to_omegat(write_results(tmp_path / "results", units), ["ru"], tmp_path / "project")
    seen = opened(tmp_path / "project", home)
    assert [one["source"] for one in seen.segments] == sources(units)
    assert [one["target"] for one in seen.segments] == [unit.targets["ru"].text for unit in units]
    paragraph = [unit.targets["ru"].text for unit in placed(units) if unit.source.block == 1]
    assert seen.target.split("\n\n")[1].replace("\n", " ") == " ".join(paragraph)


def test_machine_translation_is_offered_and_shows_its_origin(tmp_path: Path, home: Path) -> None:
    units = paragraphs(["It rained. ", "It snowed."])
    folder = write_results(tmp_path / "results", units)
    to_omegat(folder, ["ky"], tmp_path / "project", memory="mt/penalty-030")
    seen = opened(tmp_path / "project", home)
    assert [one["target"] for one in seen.segments] == [None, None]
    assert [(one["source"], one["target"]) for one in seen.matches] == [
        ("It rained.", "ky 1.1"),
        ("It snowed.", "ky 1.2"),
    ]
    assert {one["shown"] for one in seen.matches} == {"mt 0.62 number: 5 is missing"}
    assert all("/tm/mt/penalty-030/" in one["path"] for one in seen.matches)


@pytest.mark.parametrize("lang", ["ru", "ky"])
def test_omegat_takes_the_memory_of_all_languages(tmp_path: Path, home: Path, lang: str) -> None:
    article = tmp_path / "article.txt"
    article.write_text("It rained in Bishkek.\n\nTrade grew by 3.5% & < $4 billion.", "utf-8")
    report = run(Job(str(article), out=tmp_path / "out", settings=Settings(threads=2)))
    [made] = to_omegat(tmp_path / "out", [lang], tmp_path / "project")
    (made.folder / made.memory).unlink()
    shutil.copy(tmp_path / "out" / "article.en-ru-ky.tmx", (made.folder / made.memory).parent)
    seen = opened(made.folder, home)
    texts = [unit.targets[lang].text for unit in report.bitext.units]
    assert [one["target"] for one in seen.segments] == texts
    assert seen.target.rstrip("\n").split("\n\n") == texts
