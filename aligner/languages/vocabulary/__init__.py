"""The words of a language, as far as they tell it from its neighbours: one module a language.

    vocabulary.of("ky").tells("жана")  →  True

Kyrgyz newspapers are full of Russian nouns, so what tells Russian from Kyrgyz are function words,
verbs, adjectives and cases.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from aligner.languages.morphology import ru_words


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What is known of a language's words. All functions take a word in small letters.

    Attributes:
        tells: whether a word is of this language and of no other that we know.
        is_common: whether the dictionary has a word, with any ending, and not as a name.
        is_place: whether it has it, and only as a place.
        may_be_name: whether it lacks it, or has it only as a name.
    """

    tells: Callable[[str], bool]
    is_common: Callable[[str], bool]
    is_place: Callable[[str], bool]
    may_be_name: Callable[[str], bool]


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


def is_russian(word: str) -> bool:
    """Whether OpenCorpora's dictionary of Russian has a word, in small letters.

    It has many that Kyrgyz has, too: loans, and words that are spelt alike by chance.
    """
    return ru_words.in_dictionary(word)
