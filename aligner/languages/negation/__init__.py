"""How a language says no: one module a language, with `NEGATION`.

Negators are counted, not understood: what one language says by "not", another says by a prefix, a
suffix or a verb ("fails to", «отказался», «жолсуз»). Those count as hints, which excuse.
"""

from __future__ import annotations

import pkgutil
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module


@dataclass(frozen=True, slots=True)
class Negation:
    """The negators of a language.

    Attributes:
        negators: words that negate.
        hints: words that may stand for the negator of another language.
        idle: phrases with negators that negate nothing: "not only", «тем не менее».
    """

    negators: re.Pattern[str]
    hints: re.Pattern[str]
    idle: re.Pattern[str]

    def sure(self, text: str) -> tuple[str, ...]:
        """The negators of a text, but for idle ones."""
        return _sure(self, text)

    def hinted(self, text: str) -> int:
        """How many hints a text has."""
        return len(self.hints.findall(text))


@lru_cache(maxsize=64)
def _sure(negation: Negation, text: str) -> tuple[str, ...]:
    found = negation.negators.findall(text)
    return tuple(negation.negators.findall(negation.idle.sub(" ", text)) if found else ())


@cache
def of(lang: str) -> Negation | None:
    """The negators of a language, an ISO 639 code; None where we do not know them."""
    if lang not in served():
        return None
    found: Negation = import_module(f"{__name__}.{lang}").NEGATION
    return found


@cache
def served() -> tuple[str, ...]:
    """The languages whose negators we know."""
    return tuple(sorted(found.name for found in pkgutil.iter_modules(__path__)))


def any_of(*alternatives: str) -> re.Pattern[str]:
    """Whole words or phrases, in any case, by regular expressions."""
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE)
