"""Capital letters: at the beginning, in the whole text, of names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.languages import sounds, vocabulary
from aligner.languages.naming import naming, served
from aligner.quality import Check, Hit, Pair, Severity
from aligner.quality.reading import has_cyrillic, span, words

_FIRST = re.compile(r"[^\W_]")
_LIST = re.compile(r"^\W*(?:\w|[ivx]+|\d+)[.)]\s*")  # "a) ", "1. "
_TOKEN = re.compile(r"[\w.@/:-]+")
_LEAST_CAPITALS = 8  # letters of a text in capitals that are more than initialisms
_LEAST_NAME = 4  # letters
# «английский», «америкалык», «америкалыктар», «бишкекчанин», "british": small in their languages.
_DERIVED = re.compile(
    r"ск(?:и|о|[аяиуюйоые][яйехмюу]|ого|ому|ими)$|[цн](?:ец|цы|цев|цам|к[аиу])$|[лн]?ян(?:е|ам|ами|ах|ин)?$|(?:л[ыиуү]|д[ыиуү])[кг]\w*$"
)


def find_first(pair: Pair) -> Iterator[Hit]:
    """A first letter that is small where that of the source is a capital, or the reverse."""
    before, after = _first(pair.source), _first(pair.target)
    if before is None or after is None:
        return
    at, letter = after
    if before[1].isupper() and letter.islower() and not _is_own_spelling(pair, at):
        yield Hit("the first letter is small", (at, at + 1))


def find_first_capital(pair: Pair) -> Iterator[Hit]:
    """A first letter that is a capital where that of the source is small."""
    before, after = _first(pair.source), _first(pair.target)
    if before and after and before[1].islower() and after[1].isupper():
        at = after[0]
        if len(pair.target) > at + 1 and pair.target[at + 1].islower():
            yield Hit("the first letter is a capital", (at, at + 1))


def find_all(pair: Pair) -> Iterator[Hit]:
    """Capitals throughout on one side only."""
    if not (pair.source.isupper() or pair.target.isupper()):
        return
    before, after = _is_capitals(pair.source), _is_capitals(pair.target)
    if before is True and after is False:
        yield Hit("the source is in capitals, the translation is not")
    elif before is False and after is True:
        yield Hit("the translation is in capitals, the source is not", (0, len(pair.target)))


def find_small_names(pair: Pair) -> Iterator[Hit]:
    """Names in small letters: places that we know, and names of the source that we do not."""
    known = vocabulary.of(pair.target_lang)
    if known is None:
        return
    names = _names(pair)
    for start, word in words(pair.target):
        if len(word) < _LEAST_NAME or not word.islower() or _DERIVED.search(word):
            continue
        if known.is_place(word) or (_is_of(word, names, pair) and known.may_be_name(word)):
            yield Hit(f"the name {word} is in small letters", span(start, word))


def _first(text: str) -> tuple[int, str] | None:
    """The first letter of a text with its place; none if a figure is before it."""
    listed = _LIST.match(text)
    found = _FIRST.search(text, listed.end() if listed else 0)
    return (found.start(), found[0]) if found and found[0].isalpha() else None


def _is_own_spelling(pair: Pair, at: int) -> bool:
    """Whether a word is written so: "iPhone", "e-mail", "president.kg"."""
    word = _TOKEN.match(pair.target, at)
    if word is None:
        return False
    bare = word[0].rstrip(".:-")
    return (
        (not bare.islower() and bare in pair.source)
        or any(mark in bare for mark in "@/:_.")
        or (bare.isascii() and has_cyrillic(pair.target))
    )


def _is_capitals(text: str) -> bool | None:
    """Whether a text is in capitals; None for what is too short to tell, or has no case."""
    found = [word for _, word in words(text) if len(word) > 1]
    upper = sum(len(word) for word in found if word.isupper())
    total = sum(map(len, found))
    if total < _LEAST_CAPITALS or len(found) < 2:
        return None
    if upper == total:
        return True
    return False if upper < total / 2 else None


def _names(pair: Pair) -> list[str]:
    """The names of the source."""
    people = naming(pair.source_lang).peoples if pair.source_lang in served() else None
    return [
        word
        for _, word in words(pair.source)[1:]
        if len(word) > 2 and word.istitle() and not (people and people.fullmatch(word))
    ]


def _is_of(word: str, names: list[str], pair: Pair) -> bool:
    """Whether a word is one of some names."""
    return any(_alike(name, word, pair) for name in names)


def _alike(name: str, word: str, pair: Pair) -> bool:
    return sounds.sounds_alike(name, word, pair.source_lang, pair.target_lang)


CHECKS = (
    Check("first-letter", Severity.WARNING, find_first, "a small first letter"),
    Check("all-capitals", Severity.WARNING, find_all, "capitals throughout on one side"),
    Check("small-names", Severity.WARNING, find_small_names, "names in small letters"),
    Check("first-capital", Severity.NOTE, find_first_capital, "a capital first letter"),
)
