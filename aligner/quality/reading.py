"""How the checks read a text: its words with their places, read once for all of them."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from aligner import languages
from aligner.quality import Span
from aligner.text import protected

_WORD = re.compile(r"[^\W\d_]+")
_JOINED = re.compile(r"\w+(?:[-’'\u2011]\w+)*")
_BREAK = re.compile(r"(?<=[.!?…])\s+")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_ALL_CYRILLIC = re.compile("[\u0400-\u052f]+")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")

Words = tuple[tuple[int, str], ...]


@lru_cache(maxsize=64)
def words(text: str) -> Words:
    """The runs of letters of a text, each with its place; none of e-mails, URLs, placeholders."""
    return tuple((match.start(), match.group()) for match in _WORD.finditer(free(text)))


@lru_cache(maxsize=64)
def joined(text: str) -> Words:
    """The same with hyphens, apostrophes and digits inside: "COVID-19", "don't"."""
    return tuple((match.start(), match.group()) for match in _JOINED.finditer(free(text)))


@lru_cache(maxsize=64)
def free(text: str) -> str:
    """The text as long as it was, with spaces for e-mails, URLs and placeholders."""
    pieces, end = [], 0
    for match in protected(text):
        pieces += [text[end : match.start()], " " * len(match.group())]
        end = match.end()
    return "".join(pieces) + text[end:] if pieces else text


def span(start: int, word: str) -> Span:
    """The place of a word."""
    return start, start + len(word)


def has_cyrillic(text: str) -> bool:
    """Whether a letter is Cyrillic."""
    return _CYRILLIC.search(text) is not None


def is_cyrillic(word: str) -> bool:
    """Whether all of a word is Cyrillic."""
    return _ALL_CYRILLIC.fullmatch(word) is not None


def has_latin(text: str) -> bool:
    """Whether a letter is Latin."""
    return _LATIN.search(text) is not None


@cache
def letters(lang: str) -> frozenset[str]:
    """The alphabet of a language; empty where we do not know it."""
    return languages.get(lang).letters


@cache
def alphabet(lang: str) -> str:
    """The script of a language: "Cyrillic", "Latin"; "" where we do not know it."""
    known = letters(lang)
    return ("Latin" if "a" in known else "Cyrillic") if known else ""


def sentences(text: str) -> list[str]:
    """The sentences of a text, roughly: what ends with a mark before a space."""
    return _BREAK.split(text)
