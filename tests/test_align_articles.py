"""Which files of a folder belong together."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.align.articles import Found, find
from aligner.errors import InputError, UsageError

LAYOUTS = {
    "an ending": ("a.en.txt", "a.ru.txt", "a.ky.txt"),
    "an ending of any kind": ("a_en.html", "a-ru.md", "a.ky.txt"),
    "an extension": ("a.en", "a.ru", "a.ky"),
    "a folder on top": ("en/a.txt", "ru/a.txt", "ky/a.md"),
    "a folder somewhere": ("en-US/a.txt", "RU/a.txt", "kir/a.txt"),
    "a folder by its name": ("English/a.txt", "russian/a.txt", "Kyrgyz/a.txt"),
    "the end of a folder": ("text-en/a.txt", "text-ru/a.txt", "text-ky/a.txt"),
    "all of the name": ("a/en.txt", "a/ru.html", "a/ky.txt"),
    "several places": ("en/a.en.txt", "ru/a.ru.txt", "ky/a.ky.txt"),
    "Moses, as OPUS has it": ("en-ru/a.en", "en-ru/a.ru", "en-ru/a.ky"),
    "not the same places": ("en/a.txt", "ru/a.ru.txt", "a.ky.txt"),
}


def made(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Text.\n", encoding="utf-8")
    return folder


def grouped(folder: Path, found: Found) -> dict[str, dict[str, str]]:
    return {
        article.name: {lang: path.relative_to(folder).as_posix() for lang, path in article.files}
        for article in found.articles
    }


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("above", ["", "news/2024/"])
def test_layouts(tmp_path: Path, layout: str, above: str) -> None:
    names = [above + name for name in LAYOUTS[layout]]
    [article] = find(made(tmp_path, *names), ()).articles
    assert [(lang, path.relative_to(tmp_path).as_posix()) for lang, path in article.files] == list(
        zip(("en", "ru", "ky"), names, strict=True)
    )
    assert article.name.endswith("a")
    assert article.name.startswith(above)


def test_words_that_are_codes_by_chance(tmp_path: Path) -> None:
    names = ("en/how-to.txt", "ru/how-to.txt", "en/it.txt", "ru/it.txt", "en/my-docs/x.txt")
    found = find(made(tmp_path, *names, "ru/my-docs/x.txt"))
    assert sorted(grouped(tmp_path, found)) == ["how-to", "it", "my-docs/x"]
    assert all(article.langs == ("en", "ru") for article in found.articles)
    shorts = [f"{lang}/{name}.txt" for lang in ("en", "ky") for name in ("is", "it", "no", "to")]
    found = find(made(tmp_path / "short", *shorts))
    assert sorted(grouped(tmp_path, found)) == ["is", "it", "no", "to"]


def test_languages_to_take(tmp_path: Path) -> None:
    made(tmp_path, *(f"a.{lang}.txt" for lang in ("de", "ru", "ky", "en", "to")), "b.de.txt")
    assert find(tmp_path).langs == ("en", "ru", "ky", "de", "to")
    found = find(tmp_path, ("ky", "en"))
    assert grouped(tmp_path, found) == {"a": {"ky": "a.ky.txt", "en": "a.en.txt"}}
    assert found.langs == ("ky", "en")
    assert found.unnamed == ()


def test_patterns(tmp_path: Path) -> None:
    made(tmp_path, "x/en_a.snt", "x/ru_a.snt", "x/ru_a.txt", "en/9/b.txt", "ru/7/b.txt")
    found = find(tmp_path, pattern="{name}/{lang}_a.snt")
    assert grouped(tmp_path, found) == {"x": {"en": "x/en_a.snt", "ru": "x/ru_a.snt"}}
    assert len(found.unnamed) == 3
    found = find(tmp_path, pattern="{lang}/*/{name}.txt")
    assert grouped(tmp_path, found) == {"b": {"en": "en/9/b.txt", "ru": "ru/7/b.txt"}}
    made(tmp_path, "en/c.en.txt", "ru/c.ru.txt", "en/d.ru.txt")
    found = find(tmp_path, pattern="{lang}/{name}.{lang}.txt")
    assert grouped(tmp_path, found) == {"c": {"en": "en/c.en.txt", "ru": "ru/c.ru.txt"}}
    for wrong in ("{name}.txt", "{lang}/a.txt", "*.txt"):
        with pytest.raises(UsageError, match="does not say where"):
            find(tmp_path, pattern=wrong)


def test_rivals(tmp_path: Path) -> None:
    [article] = find(made(tmp_path, "a.en.txt", "a.en.html", "a_ru.txt")).articles
    assert article.langs == ("ru",)
    assert article.rivals == (("en", (tmp_path / "a.en.html", tmp_path / "a.en.txt")),)
    assert not article.is_alone


def test_what_is_left_out(tmp_path: Path) -> None:
    made(tmp_path, "a.en.txt", "a.ru.txt", ".a.ky.txt", ".git/a.ky.txt", "a.ky.pdf", "b.txt")
    made(tmp_path, "out.ky", "c.en.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "a.ky.txt").symlink_to("nowhere")
    found = find(tmp_path, ours=[tmp_path / "out.ky"])
    assert grouped(tmp_path, found) == {
        "a": {"en": "a.en.txt", "ru": "a.ru.txt"},
        "c": {"en": "c.en.txt"},
    }
    assert [article.is_alone for article in found.articles] == [False, True]
    assert found.unnamed == (tmp_path / "b.txt",)
    assert found.unread == {".pdf": 1}


def test_names_of_other_systems(tmp_path: Path) -> None:
    mac = unicodedata.normalize("NFD", "Край")
    [article] = find(made(tmp_path, f"en/{mac}.txt", "ru/Край.txt")).articles
    assert article.name == "Край"


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        find(tmp_path / "none")


_names = st.text("abcxyz", min_size=4, max_size=6)


@given(
    names=st.lists(_names, min_size=1, max_size=5, unique=True),
    langs=st.lists(st.sampled_from(["en", "ru", "ky", "de"]), min_size=2, unique=True),
    layout=st.sampled_from(["{name}.{lang}.txt", "{lang}/{name}.md", "x/{name}/{lang}.txt"]),
)
def test_a_pattern_finds_what_shows_by_itself(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], langs: list[str], layout: str
) -> None:
    folder = tmp_path_factory.mktemp("texts")
    made(folder, *(layout.format(name=name, lang=lang) for name in names for lang in langs))
    by_itself, by_pattern = find(folder), find(folder, pattern=layout)
    assert [one.files for one in by_itself.articles] == [one.files for one in by_pattern.articles]
    assert [one.name for one in by_pattern.articles] == sorted(names)
    assert by_itself.langs == tuple(lang for lang in ("en", "ru", "ky", "de") if lang in langs)
