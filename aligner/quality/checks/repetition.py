"""What stands twice in a translation and once in its source: words, phrases, sentences.

Kyrgyz doubles words to say "each" and "on and on" («бара бара», «бир бир»), Russian a few of its
own; what the source doubles, too, is right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from aligner.languages import words as listed
from aligner.quality import Check, Hit, Pair, Severity
from aligner.quality.reading import joined, sentences, words
from aligner.text import is_looping

# What may stand twice in any text.
_RIGHT = {
    "en": listed("had that very so no ha bye really many long far more and on yes hear there"),
    "ru": listed("да нет ну ха"),
}
# What often does, with a hyphen between.
_HYPHENATED = {
    "ru": listed(
        "чуть еле очень вот так долго далеко много совсем только едва давным тихо быстро мало скоро"
    ),
    "ky": listed(
        "бара кайра кээ бир эки үч төрт беш он күн чоң майда кичине тез улам айтып жыл ай жай анча"
        " акырын көп аз бат өз ар эң туш топ кыя катар дүңк жок ооба бүт мин кат сыр эл"
    ),
}
# -а, -е, -й, -п: «күлө күлө», «айланып айланып» say that somebody goes on doing it; not -га, -да.
_CONVERB = re.compile(r"\w{1,5}(?:[^\Wгкндаеоөуүыи][аеоө]|й)|\w+[ыиуү]п")
_LONG_SENTENCE = 12  # characters: shorter ones are said twice by people


def find_words(pair: Pair) -> Iterator[Hit]:
    """The same word or phrase twice in a row."""
    for phrase, hit in _twice(pair):
        if not _may_be_meant(phrase, pair.target_lang):
            yield hit


def find_pairs(pair: Pair) -> Iterator[Hit]:
    """Words twice in a row that a language doubles, but with a hyphen: «бара-бара»."""
    for phrase, hit in _twice(pair):
        if _may_be_meant(phrase, pair.target_lang):
            yield hit


@lru_cache(maxsize=8)
def _twice(pair: Pair) -> tuple[tuple[tuple[str, ...], Hit], ...]:
    """What stands twice in a row, and surely not rightly."""
    spelt = [word.lower() for _, word in words(pair.target)]
    if len(set(spelt)) == len(spelt):
        return ()
    twice = []
    found = joined(pair.target)
    spelt = [word.lower() for _, word in found]
    for size in (1, 2, 3):
        for at in range(len(spelt) - 2 * size + 1):
            phrase = tuple(spelt[at : at + size])
            if phrase == tuple(spelt[at + size : at + 2 * size]):
                first, (start, last) = found[at], found[at + 2 * size - 1]
                said = pair.target[first[0] : start + len(last)]
                if _is_run(said) and not _is_right(phrase, pair):
                    hit = Hit(f'"{said}" says it twice', (first[0], start + len(last)))
                    twice.append((phrase, hit))
    return tuple(twice)


def find_sentences(pair: Pair) -> Iterator[Hit]:
    """A sentence twice, which the source says once."""
    found = sentences(pair.target)
    if len(found) < 2:
        return
    said = Counter(one.lower() for one in found if len(one) >= _LONG_SENTENCE)
    twice = [one for one, times in said.items() if times > 1]
    if twice and max(Counter(map(str.lower, sentences(pair.source))).values()) == 1:
        yield Hit(f'"{twice[0]}" stands twice')


def find_loops(pair: Pair) -> Iterator[Hit]:
    """Words or pieces of words over and over, as neural models do when they are lost."""
    if is_looping(pair.target) and not is_looping(pair.source):
        yield Hit("the translation goes round in circles")


def _is_run(said: str) -> bool:
    """Whether nothing but spaces is between the words: "no, no" is right."""
    return not re.search(r"[^\w\s'’\-]", said)


def _is_right(phrase: tuple[str, ...], pair: Pair) -> bool:
    if all(word.isdigit() for word in phrase) or _source_doubles(pair.source):
        return True
    [word, *others] = phrase
    return not others and (
        word in _RIGHT.get(pair.target_lang, ())
        or (len(word) == 1 and not word.islower())
        or pair.target_lang not in {*_RIGHT, *_HYPHENATED}
    )


def _may_be_meant(phrase: tuple[str, ...], lang: str) -> bool:
    """Whether a language doubles a word to say "each", "on and on" or "very"."""
    [word, *others] = phrase
    return not others and (
        word in _HYPHENATED.get(lang, ()) or (lang == "ky" and _CONVERB.fullmatch(word) is not None)
    )


@lru_cache(maxsize=8)
def _source_doubles(source: str) -> bool:
    spelt = [word.lower() for _, word in joined(source)]
    return any(left == right for left, right in pairwise(spelt) if not left.isdigit())


CHECKS = (
    Check("repeated-words", Severity.ERROR, find_words, "a word or phrase twice in a row"),
    Check("repeated-perhaps", Severity.WARNING, find_pairs, "a doubled word without a hyphen"),
    Check("repeated-sentences", Severity.ERROR, find_sentences, "a sentence twice in a unit"),
    Check("loops", Severity.ERROR, find_loops, "words over and over"),
)
