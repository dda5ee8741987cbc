"""Results given to other tools; tests/test_omegat.py opens the projects in OmegaT itself."""

from __future__ import annotations

import re
import shutil
import unicodedata
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from command import contents
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from results_folder import paragraphs, units_of, write_results

from aligner.errors import AlignerError, EditedError, OutputError, UsageError
from aligner.export import to_omegat, to_xliff
from aligner.formats import exchange
from aligner.formats.xml import legal
from aligner.records import Unit
from aligner.segmentation import Rules, segment
from aligner.text import fold

TEXTS = Path(__file__).with_name("data") / "omegat"
SAVED = "omegat/project_save.tmx"


@pytest.fixture
def results(tmp_path: Path) -> Path:
    units = paragraphs(["It rained.", "It snowed."], ["The end"])
    return write_results(tmp_path / "results", units)


def lines(project: Path) -> list[list[str]]:
    """The paragraphs of a project's source, as lines."""
    [source] = (project / "source").iterdir()
    return [part.split("\n") for part in source.read_text("utf-8-sig").strip("\n").split("\n\n")]


def cut(project: Path) -> list[str]:
    """The segments of a project's source, by the rules in it."""
    rules = Rules.load(project / "omegat" / "segmentation.srx")
    source = (line for paragraph in lines(project) for line in paragraph)
    return [found.text for line in source for found in segment(line, "en", rules)]


def clean(units: tuple[Unit, ...]) -> list[str]:
    texts = (legal(fold(unit.source.text)).strip() for unit in units)
    return [unicodedata.normalize("NFC", text) for text in texts if text]


@pytest.mark.parametrize("path", sorted(TEXTS.glob("*.[tmh]*")), ids=lambda path: path.name)
def test_the_rules_cut_the_source_into_our_segments(path: Path, tmp_path: Path) -> None:
    units = units_of([path])
    to_omegat(write_results(tmp_path / "results", units), ["ru"], tmp_path / "project")
    assert cut(tmp_path / "project") == clean(units)


# What decides breaks, and what is hard to quote in a pattern.
PIECES = [*"aZя.?!…:)(«»“”'-—*•1\t\n\r\x85\x07[]{}\\^$|+", "Mr. ", ". A", " 5.", "\u00a0", "\u0301"]
PIECES += [r"\E", r"\Q", "🔥", "😀 ", "p.m. ", "http://a.b/c", "\ufeff", "\u2028", " — "]
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=25).map(
    lambda parts: "".join(parts).strip()
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(texts.filter(bool), min_size=1, max_size=5), min_size=1, max_size=4))
def test_units_of_any_text_are_cut_from_the_source_again(blocks: list[list[str]]) -> None:
    units = paragraphs(*blocks)
    if not clean(units):
        return
    with TemporaryDirectory() as folder:
        results, project = Path(folder) / "results", Path(folder) / "project"
        to_omegat(write_results(results, units), ["ru"], project)
        assert cut(project) == clean(units)


def test_a_paragraph_is_a_line_as_far_as_its_segments_are_told_apart(tmp_path: Path) -> None:
    units = paragraphs(
        ["It rained.", "It snowed."], ["Bring:", "• a pen", "• paper"], ["One. Two.", "Three."]
    )
    to_omegat(write_results(tmp_path / "results", units), ["ru"], tmp_path / "project")
    assert lines(tmp_path / "project") == [
        ["It rained. It snowed."],
        ["Bring:", "• a pen", "• paper"],
        ["One. Two.", "Three."],
    ]


def test_a_project_has_all_that_omegat_asks_for(results: Path, tmp_path: Path) -> None:
    glossary = tmp_path / "terms.csv"
    glossary.write_text("en,ru\nrain,дождь\n", encoding="utf-8")
    [made] = to_omegat(results, ["ru"], tmp_path / "project", glossaries=[glossary])
    assert (made.lang, made.units, made.untranslated) == ("ru", 3, 0)
    assert contents(made.folder).keys() == {
        "omegat.project",
        "READ-ME.txt",
        "source/article.txt",
        "tm/auto/article.en-ru.tmx",
        "glossary/terms.en-ru.txt",
        "omegat/filters.xml",
        "omegat/segmentation.conf",
        "omegat/segmentation.srx",
    }
    assert {"target", "dictionary"} <= {path.name for path in made.folder.iterdir()}
    project = etree.parse(made.folder / "omegat.project")
    assert [project.findtext(f".//{name}_lang") for name in ("source", "target")] == ["EN", "RU"]
    assert (made.folder / "glossary/terms.en-ru.txt").read_text("utf-8-sig") == "rain\tдождь\n"
    assert "The draft is in tm/auto/" in (made.folder / "READ-ME.txt").read_text()


def test_what_omegat_can_show_of_a_match_stands_in_its_unit(results: Path, tmp_path: Path) -> None:
    [made] = to_omegat(results, ["ky"], tmp_path / "project")
    first = etree.parse(made.folder / made.memory).find(".//tu")
    assert first is not None
    shown = {prop.get("type"): prop.text for prop in first.findall("prop")}
    assert (shown["x-origin"], shown["x-confidence"]) == ("mt", "0.62")
    assert shown["x-issue"] == "number: 5 is missing"


def test_the_files_are_valid(results: Path, tmp_path: Path, shared: Path) -> None:
    [made] = to_omegat(results, ["ru"], tmp_path / "project")
    schemas = shared / "data" / "interchange" / "schema"
    for schema, path in (
        ("tmx/tmx14.xsd", made.memory),
        ("srx/srx20.xsd", "omegat/segmentation.srx"),
    ):
        etree.XMLSchema(etree.parse(schemas / schema)).assertValid(etree.parse(made.folder / path))


def test_the_same_results_give_the_same_project(results: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        to_omegat(results, ["ru"], tmp_path / name)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_a_project_for_each_language(results: Path, tmp_path: Path) -> None:
    made = to_omegat(results, ["ru", "ky", "RU"], tmp_path / "out")
    assert [one.folder for one in made] == [tmp_path / "out" / "en-ru", tmp_path / "out" / "en-ky"]
    assert all((one.folder / one.memory).is_file() for one in made)


def test_units_without_a_translation_are_there_to_translate(tmp_path: Path) -> None:
    first, second = paragraphs(["It rained.", "It snowed."])
    results = write_results(tmp_path / "results", (first, replace(second, targets={})))
    [made] = to_omegat(results, ["ru"], tmp_path / "project")
    assert (made.units, made.untranslated) == (2, 1)
    assert lines(made.folder) == [["It rained. It snowed."]]


@pytest.mark.parametrize("memory", ["auto", "mt", "penalty-7", "penalty-100", "mt/penalty-030"])
def test_the_draft_goes_where_omegat_treats_it_as_wished(
    results: Path, tmp_path: Path, memory: str
) -> None:
    [made] = to_omegat(results, ["ru"], tmp_path / "project", memory=memory)
    assert made.memory == Path("tm", memory, "article.en-ru.tmx")


@pytest.mark.parametrize("memory", ["", "enforce", "../auto", "penalty-101", "penalty-", "auto/mt"])
def test_other_folders_are_refused(results: Path, tmp_path: Path, memory: str) -> None:
    with pytest.raises(UsageError, match="no folder that OmegaT knows"):
        to_omegat(results, ["ru"], tmp_path / "project", memory=memory)
    assert not (tmp_path / "project").exists()


def test_a_language_without_a_translation_is_refused(results: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match='into "kk"') as error:
        to_omegat(results, ["ru", "kk"], tmp_path / "project")
    assert "ru, ky" in error.value.hint
    assert not (tmp_path / "project").exists()


def test_a_name_from_a_file_leads_nowhere_else(tmp_path: Path) -> None:
    results = write_results(tmp_path / "results", paragraphs(["Hello."]))
    text = (results / "article.jsonl").read_text().replace('"article"', '"../../evil"')
    (results / "article.jsonl").write_text(text)
    [made] = to_omegat(results, ["ru"], tmp_path / "project")
    assert (made.folder / "source" / "evil.txt").is_file()


def test_a_translators_work_is_kept(results: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    to_omegat(results, ["ru"], project)
    (project / SAVED).write_text("work")
    (project / "tm" / "mine.tmx").write_text("mine")
    before = contents(project)
    with pytest.raises(EditedError, match="a translator has worked"):
        to_omegat(results, ["ru"], project)
    assert contents(project) == before

    [made] = to_omegat(results, ["ru"], project, memory="mt", force=True)
    after = contents(project)
    assert (after[SAVED], after["tm/mine.tmx"]) == (b"work", b"mine")
    assert {name for name in after if name.endswith("en-ru.tmx")} == {str(made.memory)}


def test_a_project_nobody_has_worked_in_is_renewed(results: Path, tmp_path: Path) -> None:
    to_omegat(results, ["ru"], tmp_path / "project")
    shutil.rmtree(results)
    write_results(results, paragraphs(["It hailed."]))
    to_omegat(results, ["ru"], tmp_path / "project")
    assert lines(tmp_path / "project") == [["It hailed."]]


def test_other_folders_are_left_alone(results: Path, tmp_path: Path) -> None:
    before = contents(results)
    with pytest.raises(OutputError, match="other things in it"):
        to_omegat(results, ["ru"], results, force=True)
    with pytest.raises(AlignerError):
        to_omegat(results, ["ru"], results / "article.jsonl")
    assert contents(results) == before
    (tmp_path / "empty").mkdir()
    assert to_omegat(results, ["ru"], tmp_path / "empty")


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError("full")])
def test_nothing_is_left_of_an_export_that_is_cut_off(
    results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def stop(*_: object) -> None:
        raise error

    monkeypatch.setattr("aligner.export.tmx.write", stop)
    with pytest.raises((KeyboardInterrupt, OutputError)):
        to_omegat(results, ["ru"], tmp_path / "project")
    assert {path.name for path in tmp_path.iterdir()} == {"results"}


def test_rules_of_the_users_own(results: Path, tmp_path: Path) -> None:
    srx = tmp_path / "own.srx"
    default = Rules.default()
    text = Path(default.path).read_text("utf-8")
    srx.write_text(re.sub("<beforebreak>", "<beforebreak>(?i)", text), "utf-8")
    [made] = to_omegat(results, ["ru"], tmp_path / "project", srx=srx)
    assert cut(made.folder) == ["It rained.", "It snowed.", "The end"]
    assert "(?i)" in (made.folder / "omegat" / "segmentation.conf").read_text()


@pytest.mark.parametrize("version", ["1.2", "2.1"])
def test_xliff_is_read_back(results: Path, tmp_path: Path, version: str) -> None:
    path = tmp_path / "article.xlf"
    with path.open("wb") as file:
        to_xliff(file, results, "ky", version)
    entries = [
        [(one.lang, one.text) for one in entry.variants] for entry in exchange.read(path).entries
    ]
    assert entries[0] == [("en", "It rained."), ("ky", "ky 1.1")]
    assert len(entries) == 3


def test_what_a_memory_offers_is_a_match_of_its_own(tmp_path: Path) -> None:
    first, second = paragraphs(["It rained.", "It snowed."])
    offer = {"offer-ru": "Шёл град.", "offer-ru-source": "It hailed.", "offer-ru-match": "75"}
    units = (replace(first, properties=offer), second)
    to_omegat(write_results(tmp_path / "results", units), ["ru"], tmp_path / "project")
    [offers] = (tmp_path / "project" / "tm").glob("*.tmx")
    [entry] = exchange.read(offers).entries
    assert [variant.text for variant in entry.variants] == ["It hailed.", "Шёл град."]
    assert dict(entry.variants[1].props)["x-origin"] == "tm"
