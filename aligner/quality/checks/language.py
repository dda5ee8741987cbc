"""Text in a language that is neither asked for nor a name: Russian in the Kyrgyz column.

Sentences are short, so words decide, not letters: those that are of one language only. A quotation
may be in another language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from aligner import languages
from aligner.languages import vocabulary
from aligner.quality import Check, Hit, Pair, Severity, Span
from aligner.quality.reading import alphabet, has_cyrillic, has_latin, words

_LEAST = 2  # words that tell
_RUN = 3  # words that tell, of a long stretch
_QUOTED = re.compile(r"[«„“\"][^«»„“”\"]{1,300}[»”“\"]|\([^()]{1,300}\)")


def find_other(pair: Pair) -> Iterator[Hit]:
    """A text in another language that we know."""
    for lang, theirs in _others(pair, _LEAST):
        ours, total = _count(pair.target, pair.target_lang), len(words(pair.target))
        if any(theirs <= _count(quoted, lang) for quoted in _QUOTED.findall(pair.target)):
            continue
        if theirs >= 3 * ours and 3 * theirs >= total:
            yield Hit(f"the translation is in {languages.get(lang).name}", (0, len(pair.target)))


def find_stretches(pair: Pair) -> Iterator[Hit]:
    """A stretch of a text in another language."""
    for lang, _ in _others(pair, _RUN):
        for start, stop in _runs(pair.target, lang, pair.target_lang):
            if not any(
                found.start() <= start < found.end() for found in _QUOTED.finditer(pair.target)
            ):
                said = pair.target[start:stop]
                yield Hit(f'"{said}" is in {languages.get(lang).name}', (start, stop))


def _others(pair: Pair, least: int) -> Iterator[tuple[str, int]]:
    """The other languages that at least so many words tell of."""
    if pair.target_lang in vocabulary.served():
        for lang in vocabulary.served():
            if lang == pair.target_lang or not _has_letters(pair.target, lang):
                continue
            if (count := _count(pair.target, lang)) >= least:
                yield lang, count


def _has_letters(text: str, lang: str) -> bool:
    return has_latin(text) if alphabet(lang) == "Latin" else has_cyrillic(text)


def _count(text: str, lang: str) -> int:
    return sum(_told(text, lang))


@lru_cache(maxsize=64)
def _told(text: str, lang: str) -> tuple[bool, ...]:
    """Whether each word of a text tells that it is in a language."""
    known = vocabulary.of(lang)
    return tuple(known is not None and known.tells(word.lower()) for _, word in words(text))


def _runs(text: str, lang: str, own: str) -> Iterator[Span]:
    """Where words tell of a language, and none between them of the text's own."""
    run: list[Span] = []
    told = (*_told(text, lang), False)
    for (start, word), theirs in zip((*words(text), (0, "")), told, strict=True):
        is_own = not word or _tells(own, word)
        if theirs and not is_own:
            run.append((start, start + len(word)))
        elif is_own or not word.islower():
            if len(run) >= _RUN:
                yield run[0][0], run[-1][1]
            run = []


def _tells(lang: str, word: str) -> bool:
    known = vocabulary.of(lang)
    return known is not None and known.tells(word.lower())


CHECKS = (
    Check("language", Severity.ERROR, find_other, "a text in another language"),
    Check("language-part", Severity.ERROR, find_stretches, "a stretch in another language"),
)
