"""Capital letters: at the beginning, in the whole text, of names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from aligner.languages import transliteration, vocabulary
from aligner.quality import Check, Hit, Pair, Severity
from aligner.quality.reading import has_cyrillic, span, words

_FIRST = re.compile(r"[^\W_]")
_LIST = re.compile(r"^\W*(?:\w|[ivx]+|\d+)[.)]\s*")  # "a) ", "1. "
_TOKEN = re.compile(r"[\w.@/:-]+")
_LEAST_CAPITALS = 8  # letters of a text in capitals that are more than initialisms
_LEAST_STEM = 4


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
    """Names in small letters that the source writes with a capital."""
    names = _names(pair.source)
    if len(_names(pair.target)) >= len(names):  # none is lost
        return
    known = vocabulary.of(pair.target_lang)
    found = frozenset[str]().union(*(_stems(name, pair.target_lang) for name in names))
    stems = tuple(stem for stem in found if stem in pair.target)
    for start, word in words(pair.target):
        if known is None or not word.islower() or len(word) < _LEAST_STEM:
            continue
        if known.is_name(word) or (word.startswith(stems) and _is_form(word, stems, known)):
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


def _names(text: str) -> list[str]:
    """The words with a capital behind the first word, but for initialisms."""
    return [word for _, word in words(text)[1:] if len(word) > 3 and word.istitle()]


@lru_cache(maxsize=20_000)
def _stems(word: str, lang: str) -> frozenset[str]:
    if word.isascii():
        if lang not in transliteration.served():
            return frozenset()
        made = transliteration.transliterate(word, lang)
        word = made.text if made else ""
    stem = word.lower().rstrip("аеёийоуыьэюяөү")
    return frozenset([stem] if len(stem) >= _LEAST_STEM else [])


def _is_form(word: str, stems: tuple[str, ...], known: vocabulary.Vocabulary) -> bool:
    """Whether a word is a name with an ending, and neither an adjective nor a common word."""
    is_near = any(word.startswith(stem) and len(word) <= len(stem) + 4 for stem in stems)
    return is_near and not known.is_common(word)


CHECKS = (
    Check("first-letter", Severity.WARNING, find_first, "a small first letter"),
    Check("all-capitals", Severity.WARNING, find_all, "capitals throughout on one side"),
    Check("small-names", Severity.WARNING, find_small_names, "names in small letters"),
    Check("first-capital", Severity.NOTE, find_first_capital, "a capital first letter"),
)
