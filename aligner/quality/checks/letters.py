"""Kyrgyz words with Russian letters for ң, ө and ү, or with look-alikes from other keyboards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.languages import letters, sounds
from aligner.quality import Check, Hit, Pair, Severity
from aligner.quality.reading import span, words

_CERTAIN = 3.0  # odds of 20 to 1
_LIKELY = 0.0
_NAME = 2.0  # less certain, where a name may stand
_LEAST = 2  # letters of a word
_JOINTS = ("-", "\u2011", "’", "'", "»", "”")
# What other keyboards and fonts give for ң, ө, ү: of Khakas, Evenki, Kazakh, Tajik, Belarusian.
_FOREIGN = {"ky": re.compile("[ҥӊӈɵӫѳұўʏνɣγəәғқҳҷіѝ∂ҢӉҤӇӪѲҰЎӘҒҚҲҶІ](?<![ңҢ])|[нН][̧̡̨]|[оО]̈|[уУ]̈")}


def find_certain(pair: Pair) -> Iterator[Hit]:
    """Words that are surely others."""
    for start, word, text, certainty in _mistaken(pair):
        if certainty > _CERTAIN:
            yield Hit(f"{word} is {text} with letters lost", span(start, word))


def find_likely(pair: Pair) -> Iterator[Hit]:
    """Words that may be others."""
    for start, word, text, certainty in _mistaken(pair):
        if _LIKELY < certainty <= _CERTAIN:
            yield Hit(f"{word} may be {text} with letters lost", span(start, word))


def find_foreign(pair: Pair) -> Iterator[Hit]:
    """Letters of other alphabets."""
    pattern = _FOREIGN.get(pair.target_lang)
    if pattern and not pair.target.isascii():
        for match in pattern.finditer(pair.target):
            if match[0] not in pair.source:
                yield Hit(f"{match[0]} is no letter of the language", match.span())


def _mistaken(pair: Pair) -> Iterator[tuple[int, str, str, float]]:
    suggest = letters.suggester(pair.target_lang)
    if not suggest:
        return
    for start, word in words(pair.target):
        spelt = word.lower()
        if len(word) < _LEAST or word[1:] != spelt[1:]:
            continue
        found = suggest(spelt, name=start > 0 and word[0].isupper())
        if found is None or _is_ending(pair.target, start) or _has(pair.source, spelt):
            continue
        if len(word) == _LEAST:  # it may be many things
            yield start, word, found.text, min(found.certainty, _CERTAIN)
        elif word.islower():
            yield start, word, found.text, found.certainty
        elif not _is_name(word, pair):
            yield start, word, found.text.capitalize(), found.certainty - _NAME


def _has(text: str, spelt: str) -> bool:
    return any(word.lower() == spelt for _, word in words(text))


def _is_name(word: str, pair: Pair) -> bool:
    """Whether a word with a capital is a name of the source: «Жон», "John"."""
    return any(
        name.istitle() and sounds.sounds_alike(name, word, pair.source_lang, pair.target_lang)
        for _, name in words(pair.source)
    )


def _is_ending(text: str, start: int) -> bool:
    """Whether letters are the ending of what stands before them: «12-ден», «USB’нин»."""
    return text[start - 1 : start] in _JOINTS or text[max(start - 1, 0) : start].isdigit()


CHECKS = (
    Check("letters", Severity.ERROR, find_certain, "Russian letters for ң, ө, ү"),
    Check("letters-foreign", Severity.ERROR, find_foreign, "look-alikes of ң, ө, ү"),
    Check("letters-likely", Severity.WARNING, find_likely, "perhaps Russian letters for ң, ө, ү"),
)
