"""Publications as e-books: valid, the same bytes each time, and the text comes back."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from lxml import etree
from publications import ARTICLE, MADE_AT, any_publication, publication

from aligner.formats.publications import Layout, Publication, write

XHTML = {"h": "http://www.w3.org/1999/xhtml"}
OPF = {"o": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}
EPUBCHECK = shutil.which("epubcheck")


def book(made: Publication, layout: Layout) -> bytes:
    file = BytesIO()
    write(file, made, "epub", layout)
    return file.getvalue()


def parts(data: bytes) -> dict[str, etree._Element]:
    """The XML documents of a book."""
    with zipfile.ZipFile(BytesIO(data)) as opened:
        return {
            name.removeprefix("EPUB/"): etree.fromstring(opened.read(name))
            for name in opened.namelist()
            if name.endswith((".xhtml", ".opf", ".xml"))
        }


def texts(data: bytes, lang: str) -> list[str]:
    """All texts in a language that stand in paragraphs, headings and items, in order."""
    found = []
    for name, root in parts(data).items():
        if name.startswith("text"):
            for aside in root.xpath("//h:*[@class='aside']", namespaces=XHTML):
                aside.getparent().text = aside.tail  # a mark stands first
                aside.getparent().remove(aside)
            path = f"//h:*[@lang='{lang}'][not(descendant::h:*[@lang])][not(self::h:html)]"
            own = "self::h:p or self::h:li or self::h:h1 or self::h:h2 or self::h:h3 or self::h:h4"
            own = f"[{own} or self::h:h5 or self::h:h6]"
            for one in root.xpath(path, namespaces=XHTML):
                inner = one.xpath(f".//h:*{own}", namespaces=XHTML) or [one]
                found += ["".join(each.itertext()) for each in inner]
    return found


@pytest.mark.parametrize("layout", list(Layout))
@given(made=any_publication)
def test_any_text_comes_back(layout: Layout, made: Publication) -> None:
    data = book(made, layout)
    for lang in made.langs:
        there = iter(texts(data, lang))
        for one in (made.titles[lang], *(one.texts[lang] for one in made.passages)):
            assert one.text in there  # and in this order


def test_the_same_publication_gives_the_same_bytes() -> None:
    assert book(ARTICLE, Layout.COLUMNS) == book(ARTICLE, Layout.COLUMNS)
    other = replace(ARTICLE, date=MADE_AT.replace(year=2027))
    assert book(other, Layout.COLUMNS) != book(ARTICLE, Layout.COLUMNS)


def test_its_type_stands_first_and_unpacked() -> None:
    data = book(ARTICLE, Layout.COLUMNS)
    assert data[30:58] == b"mimetypeapplication/epub+zip"


def test_the_package_says_what_it_is() -> None:
    package = parts(book(ARTICLE, Layout.INTERLEAVED))["package.opf"]

    def said(path: str) -> list[str]:
        return package.xpath(f"//{path}/text()", namespaces=OPF)

    assert said("dc:language") == ["en", "ru", "ky"]
    assert said("dc:title") == ["Title in en", "Title in ru", "Title in ky"]
    assert said("dc:source") == ["https://cabar.asia/en/visit?a=1&b=2"]
    assert said("dc:rights") == ["© CABAR <2023>"]
    assert said("o:meta[@property='dcterms:modified']") == ["2026-01-31T12:00:00Z"]
    assert said("o:meta[@property='schema:accessMode']") == ["textual"]
    assert said("o:meta[@property='schema:accessibilityHazard']") == ["none"]


def test_contents_lead_to_headings_that_are_there() -> None:
    for layout in Layout:
        found = parts(book(ARTICLE, layout))
        links = found["nav.xhtml"].xpath("//h:nav//h:a/@href", namespaces=XHTML)
        assert len(links) == (6 if layout is Layout.TARGET else 2)
        for link in links:
            name, _, place = link.partition("#")
            assert not place or found[name].xpath("//*[@id=$place]", place=place)


def test_each_language_has_a_document_of_its_own() -> None:
    found = parts(book(ARTICLE, Layout.TARGET))
    for lang in ARTICLE.langs:
        root = found[f"text-{lang}.xhtml"]
        assert root.get("lang") == lang
        assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == lang


BARE = replace(ARTICLE, source=None, credits={}, made={}, notices={}, date=None)


@pytest.mark.skipif(EPUBCHECK is None, reason="epubcheck is not installed")
@pytest.mark.parametrize(
    ("made", "layout"),
    [
        *((ARTICLE, layout) for layout in Layout),
        (BARE, Layout.INTERLEAVED),
        (publication(), Layout.COLUMNS),
    ],
)
def test_epubcheck_finds_nothing(made: Publication, layout: Layout, tmp_path: Path) -> None:
    path = tmp_path / "book.epub"
    path.write_bytes(book(made, layout))
    done = epubcheck(path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No errors or warnings detected" in done.stdout + done.stderr


def epubcheck(path: Path) -> subprocess.CompletedProcess[str]:
    """Run epubcheck: a program, or in Debian a bare archive of Java."""
    is_archive = Path(str(EPUBCHECK)).read_bytes()[:2] == b"PK"
    command = ["java", "-jar", str(EPUBCHECK)] if is_archive else [str(EPUBCHECK)]
    return subprocess.run([*command, str(path)], capture_output=True, text=True, check=False)
