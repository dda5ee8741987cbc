"""What is measured, put together: files, folders and models."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import PackageBuilder
from results_folder import paragraphs, write_results

from aligner import engines
from aligner.engines import Settings
from aligner.errors import InputError, ModelMissing, PackageError, UsageError
from aligner.evaluate import models
from aligner.evaluate.systems import Gathered, Job, gather

ENGLISH = "The president arrived in Bishkek.\nIt rained in the mountains.\n"
RUSSIAN = (
    "Президент прибыл в Бишкек, где его встретили и как обычно проводили на площадь.\n"
    "В горах шёл дождь, и не было видно ни зги, но это никого не остановило.\n"
)
ONE_THREAD = Settings(threads=1, beam=1)


@pytest.fixture
def source(tmp_path: Path) -> str:
    path = tmp_path / "source.en"
    path.write_text(ENGLISH, encoding="utf-8")
    return str(path)


@pytest.fixture
def reference(tmp_path: Path) -> str:
    path = tmp_path / "reference.ru"
    path.write_text(RUSSIAN, encoding="utf-8")
    return str(path)


def gathered(*systems: str, **more: object) -> Gathered:
    return gather(Job(systems, settings=ONE_THREAD, **more))  # type: ignore[arg-type]


def test_a_model_by_all_its_names(
    random_package: PackageBuilder,
    argosmodel: Callable[..., Path],
    packages: Path,
    source: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = random_package(into=packages, version="3.1")
    names = (str(argosmodel(folder)), str(folder), "translate-en_ru-3_1", "en-ru")
    told: list[tuple[str, int, int]] = []
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    job = Job(names, source=source, settings=ONE_THREAD)
    found = gather(job, lambda *state: told.append(state))
    route = engines.load("en", "ru", ONE_THREAD)
    wanted = tuple(one.text for one in engines.translate(route, ENGLISH.splitlines()))
    assert [one.target("ru") for one in found.systems] == [wanted] * 4
    assert {one.source_lang for one in found.systems} == {"en"}
    assert {state[0] for state in told} == set(names)
    assert set(found.models) == set(names)
    assert set(found.models.values()) == {f"translate-en_ru-3_1@{route[0].model.digest()}"}
    assert not list(scratch.iterdir()), "nothing is left of what was unpacked"


def test_two_models_that_meet_in_english(
    random_package: PackageBuilder, packages: Path, reference: str
) -> None:
    random_package(into=packages, pair=("ru", "en"))
    random_package(into=packages, pair=("en", "de"))
    found = gathered("ru-de", source=reference)
    assert found.models["ru-de"].count("@") == 2
    assert found.source_lang() == "ru"
    assert found.languages() == {"de": "ru-de"}


def test_a_model_takes_the_sources_of_a_file_of_units(tmp_path: Path) -> None:
    folder = str(write_results(tmp_path / "article", paragraphs(["It rained.", "It stopped."])))
    found = gathered("en-ky", folder, references=(folder,), lang="ky")
    assert found.systems[0].sources == ("It rained.", "It stopped.")
    assert len(found.systems[0].target("ky")) == 2
    assert found.systems[1] == found.references[0]


def test_languages_have_to_fit(source: str, reference: str) -> None:
    with pytest.raises(UsageError, match="source text seems to be in ru, the model's in en"):
        gathered("en-ru", source=reference)
    assert gathered("en-ru", source=reference, source_lang="en").models
    with pytest.raises(UsageError, match="source text should be in ky, the model's in en"):
        gathered("en-ru", source=source, source_lang="ky")
    with pytest.raises(UsageError, match="translation should be in ky, the model's in ru"):
        gathered("en-ru", source=source, lang="ky")
    with pytest.raises(UsageError, match=r"reference.ru seems to be in ru, the model's in ky"):
        gathered("en-ky", source=source, references=(reference,))
    assert gathered("en-ky", source=source, references=(reference,), lang="ky").models


def test_segments_have_to_correspond(source: str, reference: str, tmp_path: Path) -> None:
    short = tmp_path / "short.ru"
    short.write_text("Дождь.\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        gathered(str(short), references=(reference,))
    assert error.value.where == str(short)
    assert error.value.message == f"it has 1 segment, and {reference} has 2"
    with pytest.raises(InputError, match=r"short.ru: it has 1 segment, and .*source.en has 2"):
        gathered(reference, references=(str(short),), source=source)
    table = tmp_path / "a.tsv"
    table.write_text("en\tru\nThe president arrived  in Bishkek.\tа\nIt snowed.\tб\n", "utf-8")
    other = tmp_path / "b.tsv"
    other.write_text(table.read_text("utf-8").replace("snowed", "rained"), "utf-8")
    with pytest.raises(InputError, match=r"b.tsv:3: its source is \"It rained.\", that of"):
        gathered(str(other), references=(str(table),))
    # Nothing is compared with these; each has its own sources.
    more = tmp_path / "c.tsv"
    more.write_text("en\tru\nIt rained.\tа\n", "utf-8")
    assert len(gathered(str(more), str(table)).systems) == 2


def test_what_is_no_model(source: str, tmp_path: Path) -> None:
    def refused(name: str) -> None:
        gathered(name, source=source)

    with pytest.raises(InputError, match=r"no such file or folder(.|\n)*translate-en_ky-0_2"):
        refused("nothing.txt")
    with pytest.raises(ModelMissing, match="no model for de → fr"):
        refused("de-fr")
    with pytest.raises(InputError, match="no such file"):
        refused(str(tmp_path / "none.argosmodel"))
    (tmp_path / "folder.argosmodel").mkdir()
    with pytest.raises(PackageError, match=r"metadata.json cannot be read"):
        refused(str(tmp_path / "folder.argosmodel"))
    path = tmp_path / "cut.argosmodel"
    path.write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(PackageError, match="broken") as error:
        refused(str(path))
    assert error.value.where == str(path)


def test_hostile_packages(
    source: str, tmp_path: Path, random_package: PackageBuilder, argosmodel: Callable[..., Path]
) -> None:
    bomb = tmp_path / "bomb.argosmodel"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("translate-en_ru-1/model/model.bin", bytes(50 << 20))
    with pytest.raises(PackageError, match="a zip bomb"):
        gathered(str(bomb), source=source)
    folder = random_package()
    weights = folder / "model" / "model.bin"
    weights.write_bytes(weights.read_bytes()[:-500])
    packed = argosmodel(folder)
    for name in (str(packed), str(folder)):
        with pytest.raises(PackageError, match="does not work") as error:
            gathered(name, source=source)
        assert error.value.where == name


def test_a_model_needs_sources(reference: str) -> None:
    with pytest.raises(UsageError, match="needs texts to translate"):
        gathered("en-ru", references=(reference,))


def test_standard_input_is_read_once() -> None:
    with pytest.raises(UsageError, match="only once"):
        Job(("-",), ("-",))
    with pytest.raises(UsageError, match="only once"):
        Job(("a",), ("-",), "-")


def test_a_translation_stays_on_its_line() -> None:
    models_ = engines.load("en", "ru", ONE_THREAD)
    made = models.translate(
        [models_[0].model], ["", "One\u2028two", "A.\x0bB."], ONE_THREAD, lambda *_: None
    )
    assert made[0] == ""
    assert all(len(one.splitlines()) <= 1 for one in made)
