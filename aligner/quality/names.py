"""The months and weekdays that a text names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from aligner.languages import numerals


@dataclass(frozen=True, slots=True)
class Named:
    """The name of a month or weekday.

    Attributes:
        number: its number, from 1.
        start, stop: where it stands.
        is_certain: whether the word can be nothing else.
    """

    number: int
    start: int
    stop: int
    is_certain: bool


@lru_cache(maxsize=256)
def months(text: str, lang: str) -> tuple[Named, ...]:
    """The months that a text names."""
    return _named(numerals.get(lang).months, text)


@lru_cache(maxsize=256)
def weekdays(text: str, lang: str) -> tuple[Named, ...]:
    """The weekdays that a text names, Monday the first."""
    return _named(numerals.get(lang).weekdays, text)


def _named(names: re.Pattern[str], text: str) -> tuple[Named, ...]:
    matches = ((one.lastgroup or "u0", one) for one in names.finditer(text))
    return tuple(Named(int(group[1:]), *one.span(), group[0] == "m") for group, one in matches)
