"""The TMX that `aligner run` writes, opened by a real CAT tool: OmegaT, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from aligner.engines import Settings
from aligner.pipeline import Job, Report, run

# Sentences that OmegaT's own rules and ours part alike, one paragraph each.
SOURCE = (
    "The president arrived in Bishkek on Thursday.",
    "Trade grew by 3.5% & the sum is < $4 billion.",
    "“We are a small country,” he said.",
    "Photo: president.kg",
)
PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir>
<glossary_file>__DEFAULT__</glossary_file><dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>EN</source_lang><target_lang>{target}</target_lang>
<sentence_seg>true</sentence_seg>
<support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags>
</project></omegat>
"""


@pytest.fixture
def report(tmp_path: Path) -> Report:
    """A small article, translated by the starter models."""
    article = tmp_path / "article.txt"
    article.write_text("\n\n".join(SOURCE), encoding="utf-8")
    return run(Job(str(article), out=tmp_path / "out", settings=Settings(threads=2)))


@pytest.mark.skipif(shutil.which("omegat") is None, reason="OmegaT is not installed")
@pytest.mark.parametrize("target", ["ru", "ky"])
@pytest.mark.parametrize("memory", ["article.en-{}.tmx", "article.en-ru-ky.tmx"])
def test_omegat_fills_every_segment(
    report: Report, home: Path, tmp_path: Path, target: str, memory: str
) -> None:
    project = tmp_path / "project"
    for folder in ("source", "target", "tm/auto", "glossary", "dictionary", "omegat"):
        (project / folder).mkdir(parents=True)
    (project / "omegat.project").write_text(PROJECT.format(target=target.upper()))
    shutil.copy(tmp_path / "article.txt", project / "source")
    shutil.copy(tmp_path / "out" / memory.format(target), project / "tm" / "auto")

    config = f"--config-dir={home / 'omegat'}"
    command = ["omegat", str(project), "--mode=console-translate", config, "--no-team"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr

    made = [unit.targets[target].text for unit in report.bitext.units]
    assert (project / "target" / "article.txt").read_text("utf-8").split("\n\n") == made
