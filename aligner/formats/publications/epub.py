"""Publications as e-books: EPUB 3.3 (W3C, 2023), with EPUB Accessibility 1.1 metadata.

The same publication gives the same bytes, whenever and wherever it is written.
"""

from __future__ import annotations

import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from typing import BinaryIO

from aligner import __version__
from aligner.formats.publications import Layout, Publication
from aligner.formats.publications.labels import labels
from aligner.formats.publications.pages import Heading, Page
from aligner.formats.xml import escaped

_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)  # what ZIP calls the beginning of time
_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
_ACCESSIBILITY = """<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">structuralNavigation</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityFeature">displayTransformability</meta>
<meta property="schema:accessibilityFeature">readingOrder</meta>
<meta property="schema:accessibilityHazard">none</meta>
<meta property="schema:accessibilitySummary">Text with headings; every part names its language.\
</meta>"""


@dataclass(frozen=True, slots=True)
class _Chapter:
    """A content document: in TARGET there is one for each language, else one for all."""

    name: str
    langs: tuple[str, ...]
    title: str
    lines: tuple[str, ...]
    headings: tuple[Heading, ...]


def write(file: BinaryIO, publication: Publication, layout: Layout) -> tuple[str, ...]:
    """Write a publication as EPUB.

    Each language has a content document of its own in the layout of one language after the other;
    else there is one for all. It holds no script and nothing from elsewhere.
    """
    chapters = tuple(_chapters(publication, layout))
    moment = max(publication.date or _EARLIEST, _EARLIEST).astimezone(UTC)
    style = files(__package__).joinpath("book.css").read_text("utf-8")
    contents = {
        "META-INF/container.xml": _CONTAINER,
        "EPUB/package.opf": "\n".join(_package(publication, chapters, moment)),
        "EPUB/nav.xhtml": "\n".join(_nav(publication, chapters)),
        **{f"EPUB/{one.name}": "\n".join(_xhtml(one)) for one in chapters},
        "EPUB/book.css": style,
    }
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        # A reader knows the format by these bytes at the beginning, which must not be packed.
        _add(book, "mimetype", "application/epub+zip", moment, zipfile.ZIP_STORED)
        for name, text in contents.items():
            _add(book, name, text, moment, zipfile.ZIP_DEFLATED)
    return ()


def _add(book: zipfile.ZipFile, name: str, text: str, moment: datetime, packing: int) -> None:
    about = zipfile.ZipInfo(name, moment.timetuple()[:6])
    about.compress_type = packing
    about.create_system = 3  # the same on every system
    about.external_attr = 0o644 << 16
    book.writestr(about, text.encode("utf-8"))


def _chapters(publication: Publication, layout: Layout) -> Iterator[_Chapter]:
    page = Page(publication, is_xml=True)
    if layout is not Layout.TARGET:
        langs = publication.langs
        head = [page.title(), page.about(langs, each=False)]
        yield _chapter("text.xhtml", page, langs, [*head, *page.body(layout)])
        return
    for lang in publication.langs:
        head = [page.own_title(lang), page.about([lang])]
        yield _chapter(f"text-{lang}.xhtml", page, (lang,), [*head, *page.whole(lang)])


def _chapter(name: str, page: Page, langs: tuple[str, ...], lines: list[str]) -> _Chapter:
    foot = "".join(page.foot(langs))
    return _Chapter(
        name,
        langs,
        page.publication.titles[langs[0]].text,
        (*lines, f'<footer epub:type="colophon">{foot}</footer>' if foot else ""),
        tuple(page.headings(langs)),
    )


def _xhtml(chapter: _Chapter) -> Iterator[str]:
    yield from _head(chapter.title, chapter.langs[0])
    yield '<body epub:type="bodymatter">'
    yield '<section epub:type="chapter">'
    yield from chapter.lines
    yield "</section>"
    yield "</body>"
    yield "</html>"


def _head(title: str, lang: str) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield "<!DOCTYPE html>"
    yield (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        f'lang="{lang}" xml:lang="{lang}">'
    )
    yield f"<head><title>{escaped(title)}</title>"
    yield '<link rel="stylesheet" type="text/css" href="book.css"/></head>'


def _nav(publication: Publication, chapters: tuple[_Chapter, ...]) -> Iterator[str]:
    """The table of contents: the chapters, and the headings in each."""
    page = Page(publication, is_xml=True)
    first = publication.langs[0]
    said = escaped(labels(first).contents)
    yield from _head(labels(first).contents, first)
    yield f'<body><nav epub:type="toc" id="toc" role="doc-toc"><h1>{said}</h1><ol>'
    for chapter in chapters:
        lang = page.lang(chapter.langs[0])
        entries = "".join(
            f'<li><a href="{chapter.name}#{one.id}"{lang}>{escaped(one.text)}</a></li>'
            for one in chapter.headings
        )
        below = f"<ol>{entries}</ol>" if entries else ""
        yield f'<li><a href="{chapter.name}"{lang}>{escaped(chapter.title)}</a>{below}</li>'
    yield "</ol></nav></body></html>"


def _package(
    publication: Publication, chapters: tuple[_Chapter, ...], moment: datetime
) -> Iterator[str]:
    first = publication.langs[0]
    name = f"{publication.id}:{'-'.join(publication.langs)}"
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" '
        f'xml:lang="{first}" prefix="schema: http://schema.org/">'
    )
    yield '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
    yield f'<dc:identifier id="id">urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}</dc:identifier>'
    yield from (
        f'<dc:title xml:lang="{lang}">{escaped(publication.titles[lang].text)}</dc:title>'
        for lang in publication.langs
    )
    yield from (f"<dc:language>{lang}</dc:language>" for lang in publication.langs)
    if publication.source:
        source = publication.source.link or publication.source.name
        yield f"<dc:source>{escaped(source)}</dc:source>"
    yield from (
        f'<dc:rights xml:lang="{lang}">{escaped(line)}</dc:rights>'
        for lang, lines in publication.credits.items()
        for line in lines
    )
    yield f'<meta property="dcterms:modified">{moment:%Y-%m-%dT%H:%M:%SZ}</meta>'
    yield _ACCESSIBILITY
    yield f'<meta name="generator" content="aligner {__version__}"/>'
    yield "</metadata>"
    yield "<manifest>"
    yield ('<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>')
    for n, chapter in enumerate(chapters, 1):
        yield f'<item id="text{n}" href="{chapter.name}" media-type="application/xhtml+xml"/>'
    yield '<item id="style" href="book.css" media-type="text/css"/>'
    yield "</manifest>"
    yield "<spine>"
    yield from (f'<itemref idref="text{n}"/>' for n, _ in enumerate(chapters, 1))
    yield "</spine>"
    yield "</package>"
