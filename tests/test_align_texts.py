"""Texts as they are read to be aligned."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.align.texts import (
    Text,
    language_in_name,
    mistaken,
    name_without_language,
    read,
    read_translation,
)
from aligner.errors import InputError, UsageError

DATA = Path(__file__).parent / "data" / "alignment"
EN, RU, KY = (str(DATA / f"lake.{lang}.txt") for lang in ("en", "ru", "ky"))


@pytest.mark.parametrize(
    ("path", "name", "lang"),
    [
        ("news/ARTICLE.en.txt", "ARTICLE", "en"),
        ("ARTICLE_ky.html", "ARTICLE", "ky"),
        ("ARTICLE-ru.md", "ARTICLE", "ru"),
        ("ARTICLE.kir.txt", "ARTICLE", "ky"),
        ("a.en-GB.txt", "a", "en"),
        ("corpus.ru", "corpus", "ru"),
        ("guru.ru", "guru", "ru"),
        ("ky.txt", "ky", "ky"),
        ("article.txt", "article", ""),
        ("naïve", "naïve", ""),
        ("-", "-", ""),
    ],
)
def test_the_name_says_the_language(path: str, name: str, lang: str) -> None:
    assert (name_without_language(path), language_in_name(path)) == (name, lang)


def test_sentences_and_their_ids() -> None:
    en, ky = read([EN, KY])
    assert (en.lang, ky.lang) == ("en", "ky")
    assert en.ids == ("1.1", "2.1", "2.2", "3.1", "3.2", "3.3", "4.1", "4.2")
    assert en.sentences[3] == "The reason is irrigation."
    assert en.places == (*range(8),)


def test_one_sentence_a_line(tmp_path: Path) -> None:
    for lang in ("en", "ru"):
        text = "First. And\u00a0more.\r\n\r\n  \nSecond  one\nThird\n"
        (tmp_path / f"a.{lang}").write_bytes(text.encode())
    one, _ = read([str(tmp_path / "a.en"), str(tmp_path / "a.ru")], presegmented=True)
    assert one == Text(
        name=str(tmp_path / "a.en"),
        lang="en",
        sentences=("First. And more.", "Second one", "Third"),
        ids=("1.1", "2.1", "2.2"),
        places=(0, 3, 4),
        lines=5,
    )


def test_the_text_says_the_language_where_the_name_does_not(tmp_path: Path) -> None:
    paths = [tmp_path / "how-to.txt", tmp_path / "text.txt"]  # "to" is Tongan
    for path, source in zip(paths, (EN, KY), strict=True):
        path.write_bytes(Path(source).read_bytes())
    assert [text.lang for text in read([*map(str, paths)])] == ["en", "ky"]


def test_a_language_that_does_not_show(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("Bischkek, 2024", encoding="utf-8")
    with pytest.raises(UsageError, match="its language does not show") as caught:
        read([EN, str(path)])
    assert "--langs" in str(caught.value)
    assert [text.lang for text in read([EN, str(path)], ["eng", "de"])] == ["en", "de"]


def test_texts_in_other_languages_than_said() -> None:
    assert mistaken(read([EN, RU, KY])) == []
    swapped = read([EN, RU, KY], ["en", "ky", "ru"])
    assert [(text.name, lang) for text, lang in mistaken(swapped)] == [(RU, "ru"), (KY, "ky")]
    assert mistaken(read([EN, RU], ["en", "uk"])) == []  # Ukrainian cannot be told by us


@pytest.mark.parametrize("presegmented", [False, True])
def test_an_empty_side(tmp_path: Path, presegmented: bool) -> None:
    path = tmp_path / "a.ru.txt"
    path.write_text(" \n\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.ru\.txt: there is nothing to read"):
        read([EN, str(path)], presegmented=presegmented)


def test_wrong_calls() -> None:
    for paths, langs in (([EN], []), ([], []), ([EN, RU], ["en"]), (["-", "-"], ["en", "ru"])):
        with pytest.raises(UsageError):
            read(paths, langs)


def test_ready_translation(tmp_path: Path) -> None:
    for lang in ("en", "ru"):
        (tmp_path / f"a.{lang}").write_text("1\n\n2\n3\n", encoding="utf-8")
    text, _ = read([str(tmp_path / "a.en"), str(tmp_path / "a.ru")], presegmented=True)
    mt = tmp_path / "mt"
    mt.write_text("a\n\nc", encoding="utf-8")  # a line for each sentence; the second is empty
    assert read_translation(str(mt), text) == ("a", "", "c")
    mt.write_text("a\n\nb\nc\n", encoding="utf-8")  # for each line
    assert read_translation(str(mt), text) == ("a", "b", "c")
    mt.write_text("a\nb\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"mt: it has 2 lines, and .*a\.en has 3 sentences"):
        read_translation(str(mt), text)
