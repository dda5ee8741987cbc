"""The words of a language, as far as they tell it from its neighbours: one module a language.

    vocabulary.of("ky").tells("жана")  →  True

Kyrgyz newspapers are full of Russian nouns, so what tells Russian from Kyrgyz are function words,
verbs, adjectives and cases.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module

from aligner.languages.morphology import ru_words


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What is known of a language's words. All functions take a word in small letters.

    Attributes:
        tells: whether a word is of this language and of no other that we know.
        is_common: whether a word is written small in the middle of a sentence.
        is_name: whether it surely is not.
    """

    tells: Callable[[str], bool]
    is_common: Callable[[str], bool]
    is_name: Callable[[str], bool]


@cache
def of(lang: str) -> Vocabulary | None:
    """The words of a language, an ISO 639 code; None where we do not know them."""
    if lang not in served():
        return None
    found: Vocabulary = import_module(f"{__name__}.{lang}").VOCABULARY
    return found


@cache
def served() -> tuple[str, ...]:
    """The languages whose words we know."""
    return tuple(sorted(found.name for found in pkgutil.iter_modules(__path__)))


@lru_cache(maxsize=100_000)
def is_russian(word: str) -> bool:
    """Whether OpenCorpora's dictionary of Russian has a word, in small letters.

    It has many that Kyrgyz has, too: loans, and words that are spelt alike by chance.
    """
    return bool(ru_words._analyzer().word_is_known(word))  # faster by far than its readings
