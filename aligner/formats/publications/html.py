"""Publications as a web page: one file that asks for nothing else, on the screen and on paper."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from importlib.resources import files
from typing import BinaryIO

from aligner import __version__
from aligner.formats.publications import Layout, Publication
from aligner.formats.publications.labels import labels
from aligner.formats.publications.pages import Page
from aligner.formats.xml import escaped


def write(file: BinaryIO, publication: Publication, layout: Layout) -> tuple[str, ...]:
    """Write a publication as HTML.

    The page has one `h1`, names the language of every part, and works without scripts. Its content
    security policy allows its own style sheet and nothing else, so that whatever a text may hold,
    no browser runs or fetches it.

    In columns the passages are the rows of a table, so that a screen reader can follow a column;
    where the page is too narrow for columns, they stand below one another.
    """
    page = Page(publication)
    for line in _lines(page, publication, layout):
        file.write(line.encode("utf-8") + b"\n")
    return ()


def _lines(page: Page, publication: Publication, layout: Layout) -> Iterator[str]:
    first = publication.langs[0]
    style = files(__package__).joinpath("page.css").read_text("utf-8")
    own = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    title = escaped(publication.titles[first].text)
    yield "<!doctype html>"
    yield f'<html lang="{first}">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    policy = f"default-src 'none'; style-src 'sha256-{own}'; base-uri 'none'; form-action 'none'"
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f'<meta name="generator" content="aligner {__version__}">'
    yield f"<title>{title}</title>"
    yield f"<style>{style}</style>"
    yield "</head>"
    count = len(publication.langs)
    yield f'<body class="{layout} of{count if count < 4 else "-many"}">'
    yield f'<a class="skip" href="#text">{escaped(labels(first).skip)}</a>'
    yield from _parts(page, publication) if layout is Layout.TARGET else _together(page, layout)
    yield "</body>"
    yield "</html>"


def _together(page: Page, layout: Layout) -> Iterator[str]:
    """All languages side by side, or one below the other."""
    langs = page.publication.langs
    yield "<header>"
    yield page.title()
    yield page.about(langs, each=layout is Layout.COLUMNS)
    yield "</header>"
    yield '<main id="text">'
    yield from page.body(layout)
    yield "</main>"
    yield from _foot(page)


def _parts(page: Page, publication: Publication) -> Iterator[str]:
    """One language after the other, the first with the page's title."""
    first, *others = publication.langs
    if others:
        names = [
            f'<li><a href="#{lang}"{page.lang(lang)}>{escaped(labels(lang).language)}</a></li>'
            for lang in publication.langs
        ]
        yield f'<nav class="languages"><ul>{"".join(names)}</ul></nav>'
    yield '<main id="text">'
    for lang in publication.langs:
        level = 1 if lang == first else 2
        yield f'<article id="{lang}"{page.lang(lang)}>'
        yield f"<header>{page.own_title(lang, level)}{page.about([lang])}</header>"
        yield from page.whole(lang, below=level - 1)
        yield "</article>"
    yield "</main>"
    yield from _foot(page)


def _foot(page: Page) -> Iterator[str]:
    lines = "".join(page.foot(page.publication.langs))
    if lines:
        yield f"<footer>{lines}</footer>"
