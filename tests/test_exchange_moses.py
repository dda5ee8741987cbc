"""Plain parallel files."""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path

import pytest
from command import contents
from exchanged import bare, bundle, plain_entries
from hypothesis import assume, given
from hypothesis import strategies as st

from aligner.entries import Entry, Inline, Variant
from aligner.errors import InputError, UsageError
from aligner.formats.exchange import moses


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for lang, text in {
        "en": "Osh\n\nNaryn\n",
        "ru": "Ош\n\nНарын\n",
        "ky": "Ош\r\n\r\n\r\n",
    }.items():
        (tmp_path / f"a.b.{lang}").write_text(text, "utf-8", newline="")
    (tmp_path / "a.b.md").write_text("Read me", "utf-8")
    return tmp_path / "a.b"


def variants(entry: Entry) -> dict[str, str]:
    return {one.lang: one.text for one in entry.variants}


def on_a_line(text: str) -> str:
    """A text as it stands in a file."""
    return " ".join((text.replace("\r\n", "\v") + "|").splitlines()).removesuffix("|")


@given(st.lists(plain_entries(filled=True), min_size=1))
def test_texts_come_back(given_: list[Entry]) -> None:
    assume(not any(one.text.startswith("\ufeff") for one in given_[0].variants))
    with tempfile.TemporaryDirectory() as folder:
        moses.write(Path(folder, "corpus"), bundle(given_), ("en", "ru", "ky"))
        found = list(moses.read(Path(folder, "corpus"), ("en", "ru", "ky")).entries)
    assert [variants(one) for one in found] == [
        {lang: on_a_line(text) for lang, text in variants(one).items()} for one in bare(given_)
    ]


@pytest.mark.parametrize("name", ["a.b", "a.b.en", "a.b.ru"])
def test_any_file_will_do(corpus: Path, name: str) -> None:
    found = moses.read(corpus.with_name(name), ("en", "ru", "ky"))
    assert found.header.source_lang == "en"
    assert [(variants(one), one.line) for one in found.entries] == [
        ({"en": "Osh", "ru": "Ош", "ky": "Ош"}, 1),
        ({"en": "Naryn", "ru": "Нарын"}, 3),
    ]


def test_languages_and_packed_files(corpus: Path) -> None:
    packed = corpus.with_name("a.b.en.gz")
    packed.write_bytes(gzip.compress(corpus.with_name("a.b.en").read_bytes()))
    corpus.with_name("a.b.en").unlink()
    assert list(moses.files(corpus)) == ["en", "ky", "ru"]
    assert list(moses.files(packed, ("ru", "en", "de"))) == ["ru", "en"]
    assert variants(next(moses.read(packed, ("ru", "en")).entries)) == {"ru": "Ош", "en": "Osh"}


def test_files_of_different_length(corpus: Path) -> None:
    with corpus.with_name("a.b.ru").open("a") as file:
        file.write("Талас")
    with pytest.raises(InputError, match=r"a\.b\.en 3, a\.b\.ky 3, a\.b\.ru 4") as caught:
        moses.read(corpus)
    assert caught.value.where == f"{corpus}.ru:4"


@pytest.mark.parametrize(("name", "langs"), [("c", ()), ("a.b", ("en", "de")), ("a.b.md", ())])
def test_no_such_files(corpus: Path, name: str, langs: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match="a language each"):
        moses.read(corpus.with_name(name), langs)


def test_a_language_that_comes_late(tmp_path: Path) -> None:
    first = Entry("", (Variant("en", "Osh"), Variant("ru", "Ош")))
    second = Entry("", (Variant("en", "a\r\nb", inline=(Inline("ph"),)), Variant("ky", "в\u2028г")))
    losses = moses.write(tmp_path / "c", bundle([first, second, Entry("", ())]))
    assert contents(tmp_path) == {
        "c.en": b"Osh\na b\n",
        "c.ru": "Ош\n\n".encode(),
        "c.ky": "\nв г\n".encode(),
    }
    assert set(losses) == {
        "1 unit: inline codes have no place in parallel files",
        "1 unit: line breaks, which are spaces now, have no place in parallel files",
        "1 unit: units without a text have no place in parallel files",
    }


def test_nothing_to_name_a_file_by(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no language"):
        moses.write(tmp_path / "c", bundle([]))
    assert moses.write(tmp_path / "c", bundle([]), ("en", "ru")) == ()
    assert contents(tmp_path) == {"c.en": b"", "c.ru": b""}


def test_what_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "c.ru").mkdir()
    with pytest.raises(Exception, match="folder"):
        moses.write(tmp_path / "c", bundle([Entry("", (Variant("en", "a"), Variant("ru", "b")))]))
    assert contents(tmp_path) == {}
