"""Kyrgyz: ң, ө and ү where a Russian keyboard gave н, о and у.

Each letter н, о, у of a word, were it written on a Russian keyboard, is judged by its context:
letters before and behind it, and the vowels of the word, which agree (harmony). The weights of the
contexts are those of a logistic regression, learnt by corpora/vocabulary.py from words that are
written rightly. So are diacritics restored: Yarowsky, "Decision lists for lexical ambiguity
resolution" (1994), does it by words around.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources

from aligner.languages.letters import Suggestion
from aligner.languages.morphology import ru_words
from aligner.languages.vocabulary import is_russian
from aligner.languages.vocabulary import ky as vocabulary

PLAIN = str.maketrans("ңөү", "ноу")
_OWN = {"н": "ң", "о": "ө", "у": "ү"}
_VOWELS = frozenset("аыоуеиэяюё")
_OPEN = frozenset("аыяеиэ")  # vowels that no keyboard loses
_REACH = 4  # letters before, and behind
_WIDEST = 6  # letters around, together

# In a word with ө or ү, о and у are likely to be ө and ү: vowels agree.
_HARMONY = 2.0
_KNOWN = 4.0  # if the suggestion is in the vocabulary
_DISCORD = -2.0  # if its vowels do not agree
_LOAN = -3.0  # if a Russian noun and endings make the word; twice, if nothing else is known
_LEAST_LOAN, _LEAST_NOUN, _LONGEST_ENDING = 3, 5, 8
_VOICELESS = {"г": "к", "б": "п"}


@lru_cache(maxsize=50_000)
def suggest(word: str, *, name: bool = False) -> Suggestion | None:
    """The word as it should be, if letters are likely lost; None if it may be right.

    >>> suggest("кун").text
    'күн'

    Args:
        word: in small letters.
        name: whether it has a capital: then only names that we know are suggested.
    """
    if _OWN.keys().isdisjoint(word) or vocabulary.knows(word) or vocabulary.is_listed_name(word):
        return None
    plain = word.translate(PLAIN)
    odds = {at: _odds(plain, at) for at, letter in enumerate(plain) if letter in _OWN}
    if not {"ө", "ү"}.isdisjoint(word):
        for at in odds:
            odds[at] += _HARMONY * (plain[at] != "н")
    text = "".join(
        _OWN[letter] if at in odds and (word[at] != letter or odds[at] > 0) else letter
        for at, letter in enumerate(plain)
    )
    if text == word:
        return None
    certainty = max(odds[at] for at in odds if text[at] != word[at])
    if name and not vocabulary.is_listed_name(text):
        return None
    if name or vocabulary.knows(text):
        certainty += _KNOWN
    elif not ({"ө", "ү"}.isdisjoint(text) or {"о", "у"}.isdisjoint(text)):
        certainty += _DISCORD
    if certainty > 0 and (stem := _loan(word)):
        certainty += _LOAN * (1 + (stem >= _LEAST_NOUN and not vocabulary.knows(text)))
    return Suggestion(text, certainty)


def contexts(word: str, at: int) -> Iterator[str]:
    """What a letter of a plain word is judged by."""
    text = f"^{word}$"
    here = at + 1
    letter = text[here]
    for before in range(min(_REACH, here) + 1):
        for behind in range(min(_REACH, _WIDEST - before, len(text) - 1 - here) + 1):
            if before + behind:
                yield f"{text[here - before : here]}_{text[here : here + behind + 1]}"
    if letter != "н":
        left = [one for one in text[:here] if one in _VOWELS]
        right = [one for one in text[here + 1 :] if one in _VOWELS]
        near = f"{letter}<{''.join(left[-1:])}>{''.join(right[:1])}"
        sure = [*[one for one in left if one in _OPEN][-1:], "-"]
        sure += [one for one in right if one in _OPEN][:1]
        open_near = f"{letter}={''.join(sure)}"
        around = f"|{text[here - 1]}{text[here + 1]}"
        yield from (near, near + around, open_near, open_near + around)
        yield f"{letter}:{''.join(sorted({*left, *right}))}"


def _odds(word: str, at: int) -> float:
    weights = _weights()
    return sum(weights.get(context, 0) for context in contexts(word, at)) / 100


@cache
def _weights() -> dict[str, int]:
    """Context → hundredths of its weight."""
    text = resources.files(__package__).joinpath("ky.tsv").read_text("utf-8")
    return {
        context: int(weight) for context, weight in (line.split("\t") for line in text.splitlines())
    }


def _loan(word: str) -> int:
    """How many letters of a word are a Russian noun as the dictionary has it; 0 for none.

    Before a vowel its к and п become г and б: «кубогу» of «кубок».
    """
    for stop in range(len(word), max(_LEAST_LOAN, len(word) - _LONGEST_ENDING) - 1, -1):
        stems = {word[:stop], word[: stop - 1] + _VOICELESS.get(word[stop - 1], word[stop - 1])}
        if any(_is_noun(stem) for stem in stems):
            return stop
    return 0


@lru_cache(maxsize=50_000)
def _is_noun(word: str) -> bool:
    fixed = {"Fixd"} if len(word) < _LEAST_NOUN else set()  # «шоу», «дуо»
    return is_russian(word) and any(
        {"NOUN", "nomn", *fixed} in reading.tag for reading in ru_words.readings(word)
    )
