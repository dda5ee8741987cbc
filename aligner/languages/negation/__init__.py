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

NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Negation:
    """The negators of a language.

    Attributes:
        negators: words that negate.
        hints: words that may stand for the negator of another language.
        idle: phrases with negators that negate nothing: "not only", «тем не менее».
        dependent: negators that translations often do without, or add: «тынбай» ("restlessly").
        bounds: phrases that set a least: "at least", «не менее».
        below: those that say the contrary: "less than".
        concord: words that need a negator beside them: «никогда не», «эч качан -ба-».
    """

    negators: re.Pattern[str]
    hints: re.Pattern[str]
    idle: re.Pattern[str]
    dependent: re.Pattern[str] = NEVER
    bounds: re.Pattern[str] = NEVER
    below: re.Pattern[str] = NEVER
    concord: re.Pattern[str] = NEVER

    def sure(self, text: str) -> tuple[str, ...]:
        """The negators of a text, but for idle and dependent ones."""
        return _found(self.negators, text, self.idle, self.dependent)

    def all(self, text: str) -> tuple[str, ...]:
        """The negators of a text, but for idle ones."""
        return _found(self.negators, text, self.idle)

    def negates(self, text: str) -> bool:
        """Whether a text has any negator, or what may be one."""
        return self.negators.search(text) is not None or self.hints.search(text) is not None

    def hinted(self, text: str) -> int:
        """How many hints a text has."""
        return len(self.hints.findall(text))


@lru_cache(maxsize=64)
def _found(negators: re.Pattern[str], text: str, *without: re.Pattern[str]) -> tuple[str, ...]:
    if not negators.search(text):
        return ()
    for pattern in without:
        text = pattern.sub(" ", text)
    return tuple(negators.findall(text))


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
