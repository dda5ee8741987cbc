"""Recipes: what is read, and what is refused, saying where."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.errors import InputError
from aligner.training.recipe import Data, Recipe, read

LEAST = """
name = "news"
directions = ["en-ru", "en-ky", "ru-ky"]
{top}
[schedule]
minutes = 5
{schedule}
[[data]]
path = "news.tmx"
{data}
"""


def recipe(folder: Path, top: str = "", schedule: str = "", data: str = "") -> Recipe:
    path = folder / "news.toml"
    path.write_text(LEAST.format(top=top, schedule=schedule, data=data), encoding="utf-8")
    return read(path)


def test_the_least(tmp_path: Path) -> None:
    found = recipe(tmp_path)
    assert found.name == "news"
    assert found.pairs() == (("en", "ru"), ("en", "ky"), ("ru", "ky"))
    assert found.targets() == ("ru", "ky")
    assert found.packed() == found.pairs()
    assert found.data == (Data("news.tmx"),)
    assert found.schedule.minutes == 5.0
    assert found.folder == tmp_path


def test_weights_by_origin(tmp_path: Path) -> None:
    data = 'weight = 2\norigins = { "wmt*" = 3, wmt21 = 4, ui = 0 }'
    [found] = recipe(tmp_path, data=data).data
    assert [found.weight_of(name) for name in ("wmt20", "wmt21", "ui", "ours")] == [3, 3, 0, 2]


@pytest.mark.parametrize(
    ("part", "text", "message"),
    [
        ("top", 'nme = "x"', 'there is no key "nme"'),
        ("schedule", "tokns = 5", 'there is no key "tokns"'),
        ("data", "weigth = 5", 'there is no key "weigth"'),
        ("schedule", 'tokens = "many"', "a whole number is wanted here, not 'many'"),
        ("schedule", "tokens = true", "a whole number is wanted here, not True"),
        ("schedule", "tokens = -1", "are positive"),
        ("schedule", "label_smoothing = 1.0", "are shares"),
        ("data", "weight = -1", "a weight is 0 or more"),
        ("data", "columns = 'en'", "a list is wanted here"),
        ("data", "where = 'x'", "a table is wanted here"),
        ("data", 'directions = ["ky-en"]', '"ky-en" is not among the directions'),
        ("top", 'packages = ["ky-ru"]', '"ky-ru" is not among the directions'),
        ("top", 'packages = ["kyrgyz"]', '"kyrgyz" is not a direction of translation'),
        ("top", "vocabulary = 7", "vocabulary: from 100"),
        ("top", "network = { width = 30 }", "width must be even, and a multiple of heads"),
        ("top", "network = { decoder_layers = 0 }", "every measure is 1 at least"),
        ("top", "test = [{ name = 'x' }]", 'the key "direction" is missing'),
        ("top", "version = [", "the recipe is no TOML"),
    ],
)
def test_what_makes_no_sense_is_refused(tmp_path: Path, part: str, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message.replace("[", r"\[")) as error:
        recipe(tmp_path, **{part: text})
    assert error.value.where.startswith(str(tmp_path / "news.toml"))


def test_the_key_that_was_meant(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        recipe(tmp_path, data="subword_samplng = 0.1")
    assert 'Is "subword_sampling" meant?' in error.value.hint
    assert error.value.where.endswith("news.toml: data[1]")


def test_it_must_end(tmp_path: Path) -> None:
    path = tmp_path / "endless.toml"
    path.write_text('name = "x"\ndirections = ["en-ru"]\ndata = [{ path = "x" }]\n')
    with pytest.raises(InputError, match="it would never end"):
        read(path)


@pytest.mark.parametrize(("raw", "message"), [(None, "No such file"), (b"\xff", "not UTF-8")])
def test_what_cannot_be_read(tmp_path: Path, raw: bytes | None, message: str) -> None:
    path = tmp_path / "news.toml"
    if raw is not None:
        path.write_bytes(raw)
    with pytest.raises(InputError, match=message):
        read(path)
