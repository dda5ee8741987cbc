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
    repeated,
)
from aligner.errors import InputError, UsageError
from aligner.records import Kind

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
    [(ru, lang)] = mistaken(read([EN, RU], ["en", "uk"]))
    assert (ru.name, lang) == (RU, "ru")  # no letter of it is only Ukrainian
    [(ky, _)] = mistaken(read([EN, KY], ["en", "kg"]))  # Kongo; a country's code, not a language's
    assert ky.name == KY
    assert mistaken(read([EN, KY], ["en", "kjh"])) == []  # Khakas cannot be told by us


def test_texts_that_are_the_same(tmp_path: Path) -> None:
    copy = tmp_path / "copy.en.txt"
    copy.write_bytes(Path(EN).read_bytes().replace(b"\n", b"\r\n"))
    found = read([EN, RU, str(copy), EN])
    assert [(text.name, other.name) for text, other in repeated(found)] == [
        (str(copy), EN),
        (EN, EN),
    ]


def test_a_language_for_an_extension_is_plain_text(tmp_path: Path) -> None:
    for lang, source in (("en", EN), ("ky", KY)):
        (tmp_path / f"lake.{lang}").write_bytes(Path(source).read_bytes())
    found = read([str(tmp_path / "lake.en"), str(tmp_path / "lake.ky")])
    assert [one.sentences for one in found] == [one.sentences for one in read([EN, KY])]
    (tmp_path / "empty.ru").write_text("\n")
    with pytest.raises(InputError, match=r"empty\.ru: there is nothing to read"):
        read([EN, str(tmp_path / "empty.ru")])


def test_paragraphs_and_kinds() -> None:
    en, _ = read([EN, RU])
    assert en.paragraphs == (1, 2, 2, 3, 3, 3, 4, 4)
    assert en.kinds == (Kind.HEADING, *(Kind.BODY,) * 7)


@pytest.mark.parametrize("presegmented", [False, True])
def test_a_folder(tmp_path: Path, presegmented: bool) -> None:
    with pytest.raises(InputError, match="it is a folder, not a text") as caught:
        read([EN, str(tmp_path)], ["en", "ru"], presegmented=presegmented)
    assert "align-dir" in str(caught.value)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (["eng", "kir"], ["en", "ky"]),
        (["en-US", "ky-KG"], ["en", "ky"]),
        (["en_US", "KY"], ["en", "ky"]),
        ([" en ", ""], ["en", "ky"]),
    ],
)
def test_language_codes_in_any_spelling(given: list[str], found: list[str]) -> None:
    assert [text.lang for text in read([EN, KY], given)] == found


@pytest.mark.parametrize("lang", ["Kyrgyz", "xx", "ky,ru", "1"])
def test_what_is_no_language(lang: str) -> None:
    with pytest.raises(UsageError, match=f'"{lang}"'):
        read([EN, KY], ["en", lang])


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
    with pytest.raises(
        InputError, match=r"mt: it has 2 lines, and .*a\.en has 3 sentences in 4 lines"
    ):
        read_translation(str(mt), text)
    mt.write_text("\n\n\n", encoding="utf-8")
    with pytest.raises(InputError, match="there is no translation in it"):
        read_translation(str(mt), text)
