"""What publications on paper have in common, whichever program sets them."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator

from aligner.formats.publications import Passage, Publication

# Spelling and hyphenation are by country; where we name none, the program takes its own.
_REGIONS = {"en": "GB", "ru": "RU", "ky": "KG"}
_TALL = 900  # letters
_LONGEST_HEAD = 100  # letters


def region(lang: str) -> str:
    """The country whose spelling is meant, as ISO 3166 has it; "" where none is."""
    return _REGIONS.get(lang, "")


def is_rtl(text: str) -> bool:
    """Whether a paragraph runs from right to left: its first strong letter says so (UAX 9, P2)."""
    strong = (kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL"))
    return next(strong, "L") != "L"


def is_tall(publication: Publication, one: Passage) -> bool:
    """Whether a row of a table might take most of a page, so that it may go on at the next one."""
    return max(len(one.texts[lang].text) for lang in publication.langs) > _TALL


def head(publication: Publication, lang: str) -> str:
    """The line at the top of pages: the title, cut short where it is long."""
    return textwrap.shorten(publication.titles[lang].text, _LONGEST_HEAD, placeholder=" …")


def foot(publication: Publication) -> Iterator[tuple[str, str]]:
    """The lines at the end, each with its language: rights, and how it was made."""
    for lang, lines in publication.credits.items():
        yield from ((lang, line) for line in lines)
    for lang in publication.langs:
        if made := publication.made.get(lang):
            yield lang, made
