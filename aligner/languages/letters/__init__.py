"""Letters that a keyboard without them gives up: one module a language, with `suggest`.

letters.suggester("ky")("кун")  →  Suggestion(text='күн', certainty=5.1)
"""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Suggestion:
    """How a word should be written.

    Attributes:
        text: the word with its own letters.
        certainty: how likely it is that the word is meant: the logarithm of the odds.
    """

    text: str
    certainty: float


class Suggest(Protocol):
    """What suggests letters for a word."""

    def __call__(self, word: str, *, name: bool = False) -> Suggestion | None:
        """A suggestion for a word in small letters; `name` if its text has it with a capital."""


@cache
def suggester(lang: str) -> Suggest | None:
    """What suggests letters for words of a language; None for one that we know nothing of."""
    if lang not in served():
        return None
    suggest: Suggest = import_module(f"{__name__}.{lang}").suggest
    return suggest


@cache
def served() -> tuple[str, ...]:
    """The languages whose letters get lost."""
    return tuple(sorted(found.name for found in pkgutil.iter_modules(__path__)))
