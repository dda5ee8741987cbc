"""What was left in the source's language.

Names, brands, codes, quoted titles and units stay as they are in many texts, so what counts is
words in small letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from aligner.languages import vocabulary
from aligner.languages import words as listed
from aligner.quality import Check, Hit, Pair, Severity, Span
from aligner.quality.reading import (
    Words,
    alphabet,
    has_cyrillic,
    has_latin,
    is_cyrillic,
    span,
    words,
)

_LEAST = 3  # letters of a word that is no unit or particle of a name
# Of names, of units, of the web.
_KEPT = listed(
    "the and for von van der den del della dos des les los las bin ibn abu kms kbit mbit www http"
    " https com org net pdf doc jpg png xml html email gmail online offline cc rpm ppm mmol"
)
_OPENERS = '«„“"('
_QUOTED = re.compile(
    r"[«„“\"][^«»„“”\"]{1,300}[»”“\"]|\([^()]{1,300}\)|https?:\S+"
    r"|(?<![^\s«„“\"(])[^\s@/_]{1,200}+[@/_]\S+"
)


def find_copies(pair: Pair) -> Iterator[Hit]:
    """A translation that is its source."""
    if pair.source_lang == pair.target_lang or _spelt(pair.source) != _spelt(pair.target):
        return
    found = words(pair.target)
    if _differ_in_script(pair):
        is_copy = any(_is_prose(word) and _is_of(pair.source_lang, word) for _, word in found)
    else:
        known = vocabulary.of(pair.source_lang)
        tell = known.tells if known else _is_prose
        is_copy = sum(tell(word.lower()) for _, word in found) >= min(2, len(found))
    if is_copy:
        yield Hit("the translation is the source", (0, len(pair.target)))


def find_parts(pair: Pair) -> Iterator[Hit]:
    """Words of the source in a row, some in small letters, that stand in the translation, too."""
    if pair.source_lang == pair.target_lang or not vocabulary.of(pair.target_lang):
        return
    run: list[tuple[int, str]] = []
    for start, word in (*_remaining(pair), (-1, "")):
        if run and (start < 0 or pair.target[run[-1][0] + len(run[-1][1]) : start].strip(" -’'")):
            yield from _part(pair, run)
            run = []
        run.append((start, word))


def find_words(pair: Pair) -> Iterator[Hit]:
    """Single words in small letters of another script."""
    if not _differ_in_script(pair):
        return
    remaining = _remaining(pair)
    for start, word in remaining:
        if _is_prose(word) and not _neighbour(remaining, start, word, pair.target):
            yield Hit(f"{word} is not translated", span(start, word))


def find_foreign(pair: Pair) -> Iterator[Hit]:
    """Words in small letters of another script, which the source has not: "kara" for «кара»."""
    for start, word in _strange(pair):
        if word.islower():
            yield Hit(f"{word} is in the letters of another script", span(start, word))


def find_foreign_names(pair: Pair) -> Iterator[Hit]:
    """The same of names: "Almaz" for «Алмаз»."""
    for start, word in _strange(pair):
        if word.istitle():
            yield Hit(f"{word} is in the letters of another script", span(start, word))


@lru_cache(maxsize=8)
def _strange(pair: Pair) -> Words:
    """Words of another script, alone among those of the own, that the source has not."""
    script = alphabet(pair.target_lang)
    is_latin = script == "Latin"
    if not script or not (has_cyrillic if is_latin else has_latin)(pair.target):
        return ()
    is_foreign = is_cyrillic if is_latin else _is_latin
    found = tuple(one for one in words(pair.target) if is_foreign(one[1]))
    names = tuple(one for one in found if not one[1].islower())
    there = {word.lower() for _, word in words(pair.source)}
    kept = _kept(pair)
    return tuple(
        (start, word)
        for start, word in found
        if len(word) >= _LEAST
        and word.lower() not in there
        and word.lower() not in _KEPT
        and not _is_part(pair.target, start, word)
        and not any(first <= start < last for first, last in kept)
        and not _neighbour(names, start, word, pair.target)
    )


def _is_latin(word: str) -> bool:
    return has_latin(word) and not has_cyrillic(word)


def _is_part(text: str, start: int, word: str) -> bool:
    """Whether letters are part of an address, a code or a word with an ending: "iPhone-дор"."""
    around = text[max(start - 1, 0) : start] + text[start + len(word) :][:1]
    return (
        any(mark.isalnum() or mark in "-_@/\\#&+'’\u2011" for mark in around)
        or (text[start + len(word) :][:1] == "." and text[start + len(word) + 1 :][:1].isalnum())
        or text[max(start - 1, 0) : start] == "."
    )


def _kept(pair: Pair) -> list[Span]:
    """What may stay as it is: addresses; what is quoted or in brackets as a whole."""
    script = alphabet(pair.target_lang)
    is_own = has_latin if script == "Latin" else has_cyrillic
    return [
        match.span()
        for match in _QUOTED.finditer(pair.target)
        if match[0][1:-1] in pair.source
        or (_differ_in_script(pair) and not is_own(match[0]))
        or match[0][0] not in _OPENERS
    ]


def _part(pair: Pair, run: list[tuple[int, str]]) -> Iterator[Hit]:
    known = vocabulary.of(pair.source_lang)
    if len(run) < 2 or known is None:
        return
    small = [word for _, word in run if word.islower()]
    if _differ_in_script(pair):
        edges = {run[0][1], run[-1][1]}
        # "City of Stars" is a name, "of the stars" is not.
        is_left = any(
            (word in edges and known.tells(word)) or (_is_prose(word) and not known.tells(word))
            for word in small
        )
    else:
        is_left = any(known.tells(word) for word in small)
    if not is_left:
        return
    start, stop = run[0][0], run[-1][0] + len(run[-1][1])
    yield Hit(f'"{pair.target[start:stop]}" is not translated', (start, stop))


@lru_cache(maxsize=8)
def _remaining(pair: Pair) -> Words:
    """The words that the source has, too; those of another script, if the scripts differ."""
    target = pair.target
    if _differ_in_script(pair):
        is_latin = alphabet(pair.target_lang) == "Latin"
        if not (has_cyrillic if is_latin else has_latin)(target):
            return ()
        is_foreign = is_cyrillic if is_latin else str.isascii
        found = tuple(one for one in words(target) if is_foreign(one[1]))
        if not found:
            return found
    else:
        found = words(target)
    there = {word for _, word in words(pair.source)}
    found = tuple(one for one in found if one[1] in there)
    kept = _kept(pair) if found else []
    return tuple(
        (start, word)
        for start, word in found
        if not any(first <= start < last for first, last in kept)
    )


def _neighbour(found: Words, start: int, word: str, text: str) -> bool:
    """Whether another such word is next to a word: then it is part of a phrase."""
    stop = start + len(word)
    return any(
        other != start
        and (
            not text[stop:other].strip(" -’'")
            if other > start
            else not text[other + len(near) : start].strip(" -’'")
        )
        for other, near in found
    )


def _is_prose(word: str) -> bool:
    return len(word) >= _LEAST and word.islower() and word not in _KEPT


def _is_of(lang: str, word: str) -> bool:
    """Whether a word may be of a language, by its letters."""
    return alphabet(lang) != "Cyrillic" or is_cyrillic(word)


def _differ_in_script(pair: Pair) -> bool:
    ours, theirs = alphabet(pair.source_lang), alphabet(pair.target_lang)
    return bool(ours and theirs) and ours != theirs


def _spelt(text: str) -> str:
    return " ".join(text.split()).casefold()


CHECKS = (
    Check("untranslated", Severity.ERROR, find_copies, "a translation that is its source"),
    Check(
        "untranslated-part", Severity.ERROR, find_parts, "phrases of the source left as they are"
    ),
    Check("transliterated", Severity.ERROR, find_foreign, "words in another script's letters"),
    Check("transliterated-name", Severity.WARNING, find_foreign_names, "names in another script"),
    Check(
        "untranslated-word", Severity.WARNING, find_words, "words of the source left as they are"
    ),
)
