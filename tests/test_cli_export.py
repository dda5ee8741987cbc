"""`aligner export`: results for other tools."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import aligner
from results_folder import paragraphs, write_results


@pytest.fixture
def results(tmp_path: Path) -> Path:
    units = paragraphs(["It rained.", "It snowed."])
    return write_results(tmp_path / "results", units)


def test_omegat_says_where_the_draft_is(results: Path, tmp_path: Path) -> None:
    out = tmp_path / "project"
    done = aligner("export", "omegat", results, "--lang", "ru", "--out", out, "--no-glossary")
    memory = Path("tm", "auto", "article.en-ru.tmx")
    assert (done.status, done.err) == (0, "")
    assert done.out == f"{out}: 2 segments; the draft is in {memory}\n"
    assert (out / memory).is_file()


def test_omegat_lists_its_projects_as_json(results: Path, tmp_path: Path) -> None:
    languages = ("--lang", "ru", "--lang", "ky")
    options = (*languages, "--out", tmp_path / "out", "--tm", "mt", "--json")
    done = aligner("export", "omegat", results, *options)
    made = json.loads(done.out)
    assert [one["lang"] for one in made] == ["ru", "ky"]
    assert made[1] == {
        "lang": "ky",
        "folder": str(tmp_path / "out" / "en-ky"),
        "memory": "tm/mt/article.en-ky.tmx",
        "units": 2,
        "untranslated": 0,
        "glossary": "glossary/terms.en-ky.txt",
    }


@pytest.mark.parametrize(
    ("options", "status", "message"),
    [
        (("--lang", "kk"), 2, 'no translation into "kk"'),
        (("--lang", "ru", "--tm", "best"), 2, "no folder that OmegaT knows"),
        (("--lang", "ru", "--srx", "none.srx"), 1, "none.srx"),
        (("--lang", "ru", "--glossary", "none.csv"), 1, "none.csv"),
        (("--lang", "ru", "--glossary", "g.csv", "--no-glossary"), 2, "exclude each other"),
        ((), 2, "--lang"),
    ],
)
def test_omegat_refuses_what_makes_no_sense(
    results: Path, tmp_path: Path, options: tuple[str, ...], status: int, message: str
) -> None:
    done = aligner("export", "omegat", results, "--out", tmp_path / "project", *options)
    assert done.status == status
    assert message in done.err
    assert not (tmp_path / "project").exists()


def test_omegat_wants_force_where_a_translator_has_worked(results: Path, tmp_path: Path) -> None:
    command = ("export", "omegat", results, "--lang", "ru", "--out", tmp_path / "project")
    assert aligner(*command).status == 0
    (tmp_path / "project" / "omegat" / "project_save.tmx").write_text("work")
    refused = aligner(*command)
    assert refused.status == 1
    assert "--force" in refused.err
    assert aligner(*command, "--force").status == 0


def test_no_results_is_told(tmp_path: Path) -> None:
    done = aligner("export", "omegat", tmp_path, "--lang", "ru", "--out", tmp_path / "project")
    assert done.status == 1
    assert "aligner run" in done.err


@pytest.mark.parametrize(("version", "mark"), [("1.2", 'version="1.2"'), ("2.1", 'version="2.1"')])
def test_xliff(results: Path, tmp_path: Path, version: str, mark: str) -> None:
    path = tmp_path / "article.xlf"
    command = ("export", "xliff", results, "--lang", "ky", "--version", version, "--out")
    assert aligner(*command, path).status == 0
    assert mark in path.read_text("utf-8")
    piped = aligner(*command, "-")
    assert piped.out == path.read_text("utf-8")


def test_xliff_goes_over_no_result(results: Path) -> None:
    files = [path for path in results.iterdir() if path.is_file()]
    sums = results / "SHA256SUMS"
    sums.write_text("".join(f"{'0' * 64}  {path.name}\n" for path in files), "utf-8")
    for path in (*files, sums):
        before = path.read_bytes()
        done = aligner("export", "xliff", results, "--lang", "ru", "--out", path)
        assert (done.status, path.read_bytes()) == (2, before)
        assert "would be overwritten" in done.err


def test_a_failed_xliff_leaves_the_old_one(results: Path, tmp_path: Path) -> None:
    path = tmp_path / "article.xlf"
    path.write_text("old")
    done = aligner("export", "xliff", results, "--lang", "kk", "--out", path)
    assert (done.status, path.read_text()) == (2, "old")
