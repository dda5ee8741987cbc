"""The data of a recipe: read, cleaned, weighted, completed by models, kept in the run's folder."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from conftest import PackageBuilder

from aligner.engines import packages
from aligner.errors import InputError
from aligner.train import data
from aligner.train.synthetic import completed
from aligner.training.recipe import Recipe, Synthetic, read

PAIRS = [
    ("The president arrived.", "Президент прибыл.", "news"),
    ("He met the minister.", "Он встретил министра.", "news"),
    ("The weather was cold.", "Погода была холодной.", "talk"),
    ("Nobody knows the answer.", "Никто не знает ответа.", "talk"),
    ("Save the file as", "Сохранить файл как", "interface"),
    ("No translation", "", "interface"),
]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    rows = ["\t".join(row) for row in PAIRS]
    (tmp_path / "pairs.tsv").write_text("\n".join([*rows, ""]), encoding="utf-8")
    (tmp_path / "run").mkdir()
    return tmp_path


def recipe(place: Path, data: str = "", more: str = "", dev: str = "sentences = 0") -> Recipe:
    path = place / "recipe.toml"
    path.write_text(
        f"""
name = "x"
directions = ["en-ru"]
[schedule]
tokens = 1
[dev]
{dev}
{more}
[[data]]
path = "pairs.tsv"
columns = ["en", "ru", "x-origin"]
{data}
""",
        encoding="utf-8",
    )
    return read(path)


def load(found: Recipe, *roots: Path) -> data.Prepared:
    return data.load(found, found.folder / "run", (found.folder, *roots))


def test_pairs_with_their_weights(place: Path) -> None:
    found = load(recipe(place, 'weight = 2\norigins = { talk = 0.5, "inter*" = 0 }'))
    weights = {one.source: one.weight for one in found.learnt}
    assert weights == {PAIRS[0][0]: 2, PAIRS[1][0]: 2, PAIRS[2][0]: 0.5, PAIRS[3][0]: 0.5}
    assert {row.origin: (row.kept, row.weight) for row in found.rows} == {
        "news": (2, 2.0),
        "talk": (2, 0.5),
    }


def test_what_is_left_out_is_counted(place: Path) -> None:
    [row] = [row for row in load(recipe(place)).rows if row.origin == "interface"]
    assert (row.kept, dict(row.dropped)) == (1, {"empty": 1})


def test_they_are_made_once(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load(recipe(place))
    with monkeypatch.context() as patch:
        patch.setattr(data, "_make", None)  # would fail
        assert load(recipe(place)) == first
    with (place / "pairs.tsv").open("a", encoding="utf-8") as file:
        file.write("It rained.\tШёл дождь.\tnews\n")
    again = load(recipe(place))
    assert again.digest != first.digest
    assert len(again.learnt) == len(first.learnt) + 1


def test_the_run_goes_on_without_the_files(place: Path) -> None:
    first = load(recipe(place))
    (place / "pairs.tsv").unlink()
    assert load(recipe(place)) == first


def test_files_elsewhere(place: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (place / "pairs.tsv").rename(elsewhere / "pairs.tsv")
    with pytest.raises(InputError, match="the recipe's file is not there") as error:
        load(recipe(place))
    assert "--data FOLDER" in error.value.hint
    assert load(recipe(place), elsewhere).learnt


def test_a_file_that_may_be_missing(place: Path) -> None:
    more = '[[data]]\npath = "gone.tmx"\noptional = true\n'
    found = recipe(place, more=more)
    assert data.missing(found, (place,)) == ["gone.tmx"]
    assert len(load(found).learnt) == 5


def test_dev_sentences_are_not_learnt(place: Path) -> None:
    text = "\n".join(f"Number {n} came.\tПришёл номер {n}.\tmade" for n in range(100))
    (place / "pairs.tsv").write_text(text + "\n", encoding="utf-8")
    found = load(recipe(place, dev="sentences = 50"))
    assert len(found.trial) == 10  # at most a tenth
    assert len(found.learnt) == 90
    assert not {one.source for one in found.trial} & {one.source for one in found.learnt}


def test_a_dev_set_of_its_own(place: Path) -> None:
    row = "\t".join(PAIRS[0])
    (place / "dev.tsv").write_text(f"{row}\n", encoding="utf-8")
    dev = 'path = "dev.tsv"\ncolumns = ["en", "ru", "x-origin"]'
    found = load(recipe(place, dev=dev))
    assert [one.source for one in found.trial] == [PAIRS[0][0]]
    assert PAIRS[0][0] not in {one.source for one in found.learnt}


def test_held_out_sets(place: Path) -> None:
    (place / "test.ru").write_text("ПОГОДА БЫЛА ХОЛОДНОЙ\n", encoding="utf-8")
    found = load(recipe(place, more='[held_out]\nfiles = ["test.ru"]'))
    assert PAIRS[2][0] not in {one.source for one in found.learnt}
    with pytest.raises(InputError, match="the recipe's file is not there"):
        load(recipe(place, more='[held_out]\nfiles = ["gone.ru"]'))
    optional = recipe(place, more='[held_out]\nfiles = ["gone.ru"]\noptional = true')
    assert data.missing(optional, (place,)) == ["gone.ru"]
    assert len(load(optional).learnt) == 5


SYNTHETIC = """
[[synthetic]]
text = "{text}"
model = "{model}"
direction = "en-ru"
weight = 0.5
"""


def test_distillation(place: Path) -> None:
    text = "The dogs ran.\n\nThe cats slept.\nThe president arrived.\n"
    (place / "mono.en.gz").write_bytes(gzip.compress(text.encode()))
    [model] = [one for one in packages.starters() if one.target == "ru"]
    more = SYNTHETIC.format(text="mono.en.gz", model=model.name)
    found = load(recipe(place, more=more))
    made = [one for one in found.learnt if one.origin == f"distillation by {model.name}"]
    assert {one.source for one in made} <= set(text.split("\n"))
    assert len(made) >= 2
    assert {one.weight for one in made} == {0.5}
    # What was translated is kept in the folder of the run.
    assert len(list((place / "run").glob("synthetic-*.json.gz"))) == 1


def test_back_translation(tmp_path: Path, random_package: PackageBuilder) -> None:
    """The text stays the target; what the model (here of random weights) makes is the source."""
    lines = ["Собаки бежали домой.", "Кошки спали."]
    model = packages.read(random_package(pair=("ru", "en")))
    wanted = Synthetic("mono.ru", model.name, "en-ru")
    made = list(completed(wanted, lines, model, tmp_path))
    assert made  # but for what looks like a loop
    assert {pair.target for pair in made} <= set(lines)
    assert all(pair.source not in ("", *lines) for pair in made)
    assert {pair.langs for pair in made} == {("en", "ru")}
    assert {pair.origin for pair in made} == {f"back-translation by {model.name}"}
    assert list(completed(wanted, lines, model, tmp_path)) == made


def test_a_model_of_no_use(place: Path) -> None:
    (place / "mono").write_text("Бул эмне?\n", encoding="utf-8")
    [model] = [one for one in packages.starters() if one.target == "ky"]
    with pytest.raises(InputError, match="the model translates en-ky: of no use for en-ru"):
        load(recipe(place, more=SYNTHETIC.format(text="mono", model=model.name)))


def test_text_that_is_not_utf8(place: Path) -> None:
    (place / "mono").write_bytes("Good.\nХорошо.\n".encode("cp1251"))
    with pytest.raises(InputError, match="the text is not UTF-8") as error:
        list(data.sentences(place / "mono"))
    assert error.value.where.endswith("mono:2")
