"""Reading files: which reader, which encoding, and what to say when neither fits."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner import formats
from aligner.errors import EncodingError, InputError, UsageError
from aligner.formats.decode import decode
from aligner.records import Document

FileMaker = Callable[[str, str | bytes], str]

RUSSIAN = "Вода вернулась\n\nУровень воды поднялся за месяц на четыре метра, сообщили в четверг.\n"
KYRGYZ = "Суу кайтты\n\nСуунун деңгээли бир айда төрт метрге көтөрүлдү, деп билдирди министрлик.\n"
ENGLISH = (
    "The café\n\nThe “Café Noir” – in Bishkek’s old town – is naïve about prices, say tourists.\n"
)


@pytest.fixture
def file(tmp_path: Path) -> FileMaker:
    def write(name: str, content: str | bytes) -> str:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    def feed(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))

    return feed


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def test_a_document_has_id_language_title_and_blocks(file: FileMaker) -> None:
    document = formats.read(file("Putin's Visit (2).txt", ENGLISH), "en-GB")
    assert (document.id, document.lang, document.title) == ("putin-s-visit-2", "en", "The café")
    assert texts(document) == [line for line in ENGLISH.splitlines() if line]


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ("a.txt a.TXT a.text a", "*x* <i>y</i>"),
        ("a.md a.markdown", "x y"),
        ("a.html a.HTM a.xhtml", "*x* y"),
    ],
)
def test_the_extension_chooses_the_reader(file: FileMaker, names: str, text: str) -> None:
    for name in names.split():
        assert texts(formats.read(file(name, "*x* <i>y</i>"), "en")) == [text]


@pytest.mark.parametrize(
    ("piped", "blocks"),
    [
        (b"One.\n<p>Two.", ["One.", "<p>Two."]),
        (b"\xef\xbb\xbf <!DOCTYPE html><p>One.", ["One."]),
        (b"<!-- saved -->\n<HTML lang=en><p>One.", ["One."]),
        (
            "<meta charset=cp1251><p>Да".encode("cp1251"),
            ["<meta charset=cp1251><p>Да"],
        ),
        ("<html><meta charset=windows-1251><p>Да".encode("cp1251"), ["Да"]),
    ],
)
def test_stdin_is_text_unless_it_begins_as_html(
    stdin: Callable[[bytes], None], piped: bytes, blocks: list[str]
) -> None:
    stdin(piped)
    document = formats.read("-", "en")
    assert (document.id, texts(document)) == ("stdin", blocks)


def test_the_title_is_the_first_heading_or_the_first_words(file: FileMaker) -> None:
    heading = file("a.md", "Lead.\n\n# The *deep*  lake\n\n# Its shores")
    assert formats.read(heading, "en").title == "The deep lake"
    plain = file("b.txt", "© X\n\nOne two three four five six seven eight nine ten eleven 12 13.")
    assert formats.read(plain, "en").title.endswith("eleven 12 …")
    assert formats.read(file("c.txt", "© Example"), "en").title == "© Example"


def test_an_id_may_be_given(file: FileMaker) -> None:
    assert formats.read(file("a.txt", "x"), "en", id="my id").id == "my id"


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Путин в Бишкеке", "путин-в-бишкеке"), ("Жан\u0438\u0306", "жанй"), ("..", "document")],
)
def test_slug(name: str, slug: str) -> None:
    assert formats.slug(name) == slug


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
)
@pytest.mark.parametrize("text", [RUSSIAN, KYRGYZ, ENGLISH])
def test_unicode_is_recognised(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), "x") == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_no_text_and_outranks_what_the_caller_says(encoding: str) -> None:
    assert decode("сөз".encode(encoding), "x", "cp1251") == "сөз"


@given(st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs", "Cc"])))
def test_utf8_is_decoded_to_the_letter(text: str) -> None:
    assert decode(text.encode(), "x") == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("text", "encoding", "lang", "byte"),
    [
        (RUSSIAN, "cp1251", "ru", "byte 0 is 0xc2"),
        (RUSSIAN, "koi8-r", "ru", "byte 0 is 0xf7"),
        (RUSSIAN, "cp866", "ru", "byte 0 is 0x82"),
        (ENGLISH, "cp1252", "en", "byte 7 is 0xe9"),
    ],
)
def test_another_encoding_is_named_in_the_error_and_can_be_given(
    file: FileMaker, text: str, encoding: str, lang: str, byte: str
) -> None:
    path = file("a.txt", text.encode(encoding))
    with pytest.raises(EncodingError, match=byte) as caught:
        formats.read(path, lang)
    assert caught.value.where == f"{path}:1"
    named = caught.value.hint.split()[-1].rstrip(".")
    assert text.encode(encoding).decode(named) == text
    assert texts(formats.read(path, lang, encoding)) == [line for line in text.splitlines() if line]


def test_an_error_in_the_middle_names_its_line(file: FileMaker) -> None:
    path = file("a.txt", b"one\r\ntwo\r\nthr\xffe\r\n")
    with pytest.raises(EncodingError, match=r"a\.txt:3: .* byte 13 is 0xff"):
        formats.read(path, "en")


@pytest.mark.parametrize("encoding", ["utf8-klingon", "base64", ""])
def test_an_encoding_that_does_not_exist(file: FileMaker, encoding: str) -> None:
    with pytest.raises(UsageError, match=f'no encoding named "{encoding}"'):
        formats.read(file("a.txt", "x"), "en", encoding)


def test_html_names_its_encoding(file: FileMaker) -> None:
    page = "<html><head><meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>"
    page += "<p>Вода вернулась"
    assert texts(formats.read(file("a.html", page.encode("cp1251")), "ru")) == ["Вода вернулась"]
    # Saved again as UTF-8 by a browser or an editor that left the old declaration in.
    assert texts(formats.read(file("b.html", page.encode()), "ru")) == ["Вода вернулась"]
    quotes = "<meta charset='iso-8859-1'><p>“Noir”".encode("cp1252")
    assert texts(formats.read(file("c.html", quotes), "en")) == ["“Noir”"]


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        bytes(range(256)) * 8,
        b"PK\x03\x04\x14\0\x06\0\x08",
        b"\0" * 99,
    ],
)
def test_a_binary_file_is_refused(file: FileMaker, data: bytes) -> None:
    with pytest.raises(InputError, match="binary"):
        formats.read(file("a.txt", data), "en")


@pytest.mark.parametrize("content", ["", " \n\t\n", "\ufeff", "\u00a0\n"])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_a_blank_file_is_refused(file: FileMaker, name: str, content: str) -> None:
    with pytest.raises(InputError, match="nothing to read"):
        formats.read(file(name, content), "en")


def test_an_unknown_format_is_refused_with_the_known_ones(file: FileMaker) -> None:
    with pytest.raises(InputError, match=r'"\.docx".*\n.*\.htm, \.html, .*\.md, .*\.txt'):
        formats.read(file("a.docx", "x"), "en")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path, tmp_path / "nu\0l"):
        with pytest.raises(InputError, match="cannot read"):
            formats.read(str(path), "en")


def test_a_language_code_is_checked_first(file: FileMaker) -> None:
    with pytest.raises(UsageError, match="zz9!"):
        formats.read(file("a.txt", "x"), "zz9!")
