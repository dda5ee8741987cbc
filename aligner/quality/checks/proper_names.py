"""Names that the source has not: replaced, garbled, or of somebody else.

A name is known by its capital inside a sentence, and by its sound: "Zhaparov" is «Жапаров» with any
ending. Words of titles are in the dictionary: «Великая Отечественная война».
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.languages import sounds, vocabulary
from aligner.quality import Check, Hit, Pair, Severity
from aligner.quality.reading import alphabet, is_cyrillic, span, words

_LEAST = 4  # letters of a name
_INSIDE = re.compile(r"[\w,»)”]\s$")  # what is before a word inside a sentence
_TITLES = re.compile("мырза|айым|сент|санкт|леди|мистер|миссис|молдо|кубог|восток|запад")


def find_made_up(pair: Pair) -> Iterator[Hit]:
    """Names of the translation that sound like nothing in the source."""
    for start, word in _unheard(pair.target, pair.target_lang, pair.source, pair.source_lang):
        yield Hit(f"{word} sounds like no name of the source", span(start, word))


def find_lost(pair: Pair) -> Iterator[Hit]:
    """Names of the source that nothing in an English translation sounds like.

    What is a name in English itself cannot be told: titles have capitals, too.
    """
    if pair.target_lang == "en":
        for start, word in _unheard(pair.source, pair.source_lang, pair.target, pair.target_lang):
            yield Hit(f"{word} sounds like no name here", source=span(start, word))


def _unheard(text: str, lang: str, other: str, other_lang: str) -> Iterator[tuple[int, str]]:
    """The names of a text that nothing in another sounds like."""
    if lang != other_lang and alphabet(other_lang):
        for start, word in _names(text, lang):
            if not _is_there(word, lang, other, other_lang):
                yield start, word


def _names(text: str, lang: str) -> Iterator[tuple[int, str]]:
    """Words with a capital inside a sentence, but for those that are no names."""
    known = vocabulary.of(lang)
    for start, word in words(text) if known else ():
        if (
            known
            and len(word) >= _LEAST
            and word.istitle()
            and is_cyrillic(word)
            and _INSIDE.search(text[max(start - 2, 0) : start])
            and not known.is_common(word.lower())
            and not _TITLES.match(word.lower())
        ):
            yield start, word


def _is_there(name: str, lang: str, text: str, other: str) -> bool:
    """Whether a word of a text may be a name; in English all names have capitals."""
    return any(
        (not word.islower() or (len(word) > _LEAST and other != "en"))
        and sounds.sounds_alike(name, word, lang, other)
        for _, word in words(text)
        if len(word) > 1
    )


CHECKS = (
    Check("names", Severity.WARNING, find_made_up, "names that the source has not"),
    Check("names-lost", Severity.WARNING, find_lost, "names that are not in the translation"),
)
