"""Names that the source has not: replaced, garbled, or of somebody else.

A name is known by its capital inside a sentence, and by its sound: "Zhaparov" is «Жапаров» with any
ending. Some names are others elsewhere (Egypt, Мисир), so a warning needs one of each side that has
no counterpart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.languages import sounds, vocabulary
from aligner.quality import Check, Hit, Pair, Severity
from aligner.quality.reading import is_cyrillic, span, words

_LEAST = 4  # letters of a name
_INSIDE = re.compile(r"[\w,»)”]\s$")  # what is before a word inside a sentence


def find_made_up(pair: Pair) -> Iterator[Hit]:
    """Names of the translation that sound like nothing in the source, if one of it is lost."""
    made_up = [
        (start, word)
        for start, word in _names(pair.target, pair.target_lang)
        if not _is_there(word, pair.target_lang, pair.source, pair.source_lang)
    ]
    if not made_up:
        return
    lost = [
        word
        for _, word in _names(pair.source, pair.source_lang)
        if not _is_there(word, pair.source_lang, pair.target, pair.target_lang)
    ]
    if lost:
        for start, word in made_up:
            yield Hit(
                f"{word} is no name of the source, which has {', '.join(lost)}", span(start, word)
            )


def _names(text: str, lang: str) -> Iterator[tuple[int, str]]:
    """Words with a capital inside a sentence, but for those that are no names."""
    known = vocabulary.of(lang)
    for start, word in words(text):
        if (
            len(word) >= _LEAST
            and word.istitle()
            and _INSIDE.search(text, max(start - 2, 0), start)
        ):
            if known and not (lang != "en" and _is_common(word.lower(), lang, known)):
                yield start, word


def _is_common(word: str, lang: str, known: vocabulary.Vocabulary) -> bool:
    return not known.is_name(word) and known.is_common(word)


def _is_there(name: str, lang: str, text: str, other: str) -> bool:
    """Whether a word of a text may be a name."""
    return any(
        len(word) > 2 and sounds.sounds_alike(name, word, lang, other) for _, word in words(text)
    )


CHECKS = (Check("names", Severity.WARNING, find_made_up, "names that the source has not"),)
