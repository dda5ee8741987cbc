"""How a language says numbers, months, weekdays, percent and money, for whoever compares texts.

    get("ky").word("бешөө")                     →  Word(value=5, role=Role.CARDINAL)
    get("ru").months.search("12 октября")       →  a match whose `lastgroup` is "m10"

A language is a data module: `ru.py` holds `NUMERALS`. One without a module is neutral: nothing is
known of its words, and `is_known` says so.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache, cached_property, lru_cache
from importlib import import_module

_NEVER = re.compile(r"(?!)")


class Role(StrEnum):
    """How a word tells a number."""

    CARDINAL = "cardinal"  # three
    ORDINAL = "ordinal"  # third
    SCALE = "scale"  # hundred, million: multiplies what stands before it
    PART = "part"  # half
    HINT = "hint"  # tells it among other things: a couple, «трёхлетний», midnight


@dataclass(frozen=True, slots=True)
class Word:
    """A word that tells a number."""

    value: int | Fraction
    role: Role


Table = tuple[tuple[str, int | Fraction, Role], ...]


@dataclass(frozen=True)
class Numerals:
    """The number words of a language.

    Attributes:
        inflected: regular expressions of words that take the `endings`, in small letters, with what
            they tell; the first that fits holds.
        endings: regular expression of them, which may stand for none.
        table: likewise of whole words, looked up after the others.
        stems: beginnings of compound words: «трёх-», «двадцати-»; several may follow one another.
        joints: regular expression of what may stand between the words of one number: "and".
        decimals: the sign before decimals; "" if that is not known.
        months: finds their names, by a group each: "m1" is January; "u5" may be May, or no month.
        weekdays: likewise; "m1" is Monday.
        percent: finds the word for it.
        currencies: finds their names and signs, by a group each with its ISO 4217 code.
        below_zero: finds what says that a number is negative.
        afternoon: finds what says that an hour is one after noon.
    """

    inflected: Table = ()
    endings: str = ""
    table: Table = ()
    stems: Mapping[str, int] | None = None
    joints: str = ""
    decimals: str = ""
    months: re.Pattern[str] = _NEVER
    weekdays: re.Pattern[str] = _NEVER
    percent: re.Pattern[str] = _NEVER
    currencies: re.Pattern[str] = _NEVER
    below_zero: re.Pattern[str] = _NEVER
    afternoon: re.Pattern[str] = _NEVER

    @property
    def is_known(self) -> bool:
        """Whether the language has a module here."""
        return bool(self.table)

    @cached_property
    def gap(self) -> re.Pattern[str]:
        """What stands between the words of one number."""
        joint = rf"(?:(?:{self.joints})[\s-]+)*" if self.joints else ""
        return re.compile(rf"(?:[\s-]+{joint})?", re.IGNORECASE)

    @cached_property
    def word(self) -> Callable[[str], Word | None]:
        """What a word tells, in any form; it must be in small letters."""
        return lru_cache(maxsize=1 << 16)(self._look_up) if self.table else lambda _: None

    @cached_property
    def _patterns(self) -> tuple[tuple[re.Pattern[str], Table], ...]:
        tables = ((self.inflected, self.endings), (self.table, ""))
        return tuple(
            (re.compile(f"(?:{'|'.join(f'({one})' for one, _, _ in table)}){endings}"), table)
            for table, endings in tables
            if table
        )

    @cached_property
    def _stem(self) -> re.Pattern[str]:
        longest = sorted(self.stems or (), key=len, reverse=True)
        return re.compile("|".join(longest) if longest else r"(?!)")

    def _look_up(self, word: str) -> Word | None:
        for pattern, table in self._patterns:
            if found := pattern.fullmatch(word):
                _, value, role = table[(found.lastindex or 1) - 1]
                return Word(value, role)
        value, rest = 0, word
        while self.stems and (stem := self._stem.match(rest)):
            value += self.stems[stem.group()]
            rest = rest[stem.end() :]
        return Word(value, Role.HINT) if value and len(rest) > 2 else None


def named(
    names: Sequence[str],
    perhaps: Mapping[int, str],
    *,
    first: str,
    flags: int = re.IGNORECASE,
) -> re.Pattern[str]:
    """Find names that are numbered from 1, each a regular expression of whole words.

    Args:
        names: groups "m1", "m2" …
        perhaps: words that may mean other things, too, by the number: groups "u1" …
        first: the letters that they begin with.
        flags: of the expressions.
    """
    groups = {f"m{n}": name for n, name in enumerate(names, start=1)}
    every = groups | {f"u{n}": name for n, name in perhaps.items()}
    return grouped(every, first=first, flags=flags)


def grouped(names: Mapping[str, str], *, first: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """Find whole words, or signs, by regular expressions, each a group with its name.

    `first` has the characters that they begin with: most of a text is then passed over in no time.
    """
    groups = "|".join(f"(?P<{name}>{one})" for name, one in names.items())
    before, after = rf"(?=[{first}])(?<![^\W\d_])", r"(?:(?<=[^\w\s])|(?!\w))"
    return re.compile(f"{before}(?:{groups}){after}", flags)


@cache
def get(lang: str) -> Numerals:
    """The number words of a language, by its ISO 639 code; neutral ones where we know none."""
    if lang not in {module.name for module in pkgutil.iter_modules(__path__)}:
        return Numerals()
    numerals: Numerals = import_module(f"{__name__}.{lang}").NUMERALS
    return numerals
