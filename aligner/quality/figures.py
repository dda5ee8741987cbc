"""What figures may mean: digits, by the conventions of a language, and Roman numerals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

Value = int | Fraction | str  # an hour is "17:30"; a number too long to reckon with is its digits

SPACES = " \u00a0\u2009\u202f"  # between thousands
_LONGEST = 30  # digits
_ROMAN = {"I": 1, "І": 1, "V": 5, "X": 10, "Х": 10}
_DECADE = re.compile(r"[’']?s\b|-?(?:е|х|м|ми|ые|ых|ым)\b|-?\s?жылдар", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"(?<![\w’'])[’']$")
# £125m, 10k; without a currency's sign "m" is metres, but no number is lost if both are read.
_LETTER = re.compile(r"([kmb])n?\b", re.IGNORECASE)
_LETTERS = {"k": 10**3, "m": 10**6, "b": 10**9}
_GMT = re.compile(r"\s?(?:GMT|UTC|hours|hrs)\b")  # "at 1200 GMT"


def readings(token: str, decimals: str) -> tuple[Value, ...]:
    """What digits with separators may mean, the likeliest first; () if they are several numbers.

    >>> readings("1,234.5", "."), readings("12.10.2022", ",")
    ((Fraction(2469, 2),), ())
    """
    token = re.sub(rf"[{SPACES}’']", "", token)
    separators = re.sub(r"\d", "", token)
    if not separators:
        return (whole(token),)
    *groups, last = re.split(r"[.,]", token)
    if len(separators) == 1:
        decimal, joined = _decimal(groups[0], last), whole(groups[0] + last)
        if len(last) != 3 or len(groups[0]) > 3 or groups[0].startswith("0"):
            return (decimal,)
        if separators == decimals:
            return (decimal,) if decimals == "." else (decimal, joined)
        return (joined, decimal) if decimals == "," or not decimals else (joined,)
    if all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= 3:
        if len(set(separators)) == 1 and len(last) == 3:
            return (whole("".join(groups) + last),)
        if len(set(separators[:-1])) == 1 and separators[-1] != separators[0]:
            return (_decimal("".join(groups), last),)
    return ()


def whole(digits: str) -> int | str:
    """A whole number; one too long to reckon with as its digits, zeros in front aside."""
    stripped = digits.lstrip("0")
    return int(stripped or 0) if len(stripped) <= _LONGEST else stripped


def _decimal(whole: str, decimals: str) -> Value:
    if len(whole) + len(decimals) > _LONGEST:
        return f"{whole}.{decimals}"
    value = Fraction(f"{whole}.{decimals}")
    return int(value) if value.denominator == 1 else value


def beside(text: str, start: int, stop: int, value: Value) -> Iterator[Value]:
    """What else digits may mean by what stands beside them: 10k, the 90s, 1200 GMT.

    Args:
        text: where they stand.
        start: where they begin.
        stop: where they end.
        value: what they mean by themselves.
    """
    token = text[start:stop]
    hour, dot, minute = token.partition(".")
    if dot and len(minute) == 2 and len(hour) <= 2 and int(hour) < 25 and int(minute) < 60:
        yield f"{int(hour)}:{minute}"
    if isinstance(value, Fraction) and (letter := _LETTER.match(text, stop)):
        yield times(value, _LETTERS[letter[1].lower()])
    if not isinstance(value, int):
        return
    if letter := _LETTER.match(text, stop):
        yield value * _LETTERS[letter[1].lower()]
    if value % 10 == 0 and len(token) in (2, 4) and _DECADE.match(text, stop):
        if len(token) == 2:
            yield from (1800 + value, 1900 + value, 2000 + value)
        elif value % 100 == 0:
            yield value // 100 + 1  # "the 1800s" are the 19th century
    elif len(token) == 4 and _GMT.match(text, stop):
        yield f"{value // 100}:{value % 100:02}"
    elif len(token) == 2 and _SHORT_YEAR.search(text, max(0, start - 2), start):
        yield from (1900 + value, 2000 + value)
    elif len(token) == 2 and re.search(r"\d{4}[-–—/]$", text[max(0, start - 5) : start]):
        yield int(text[start - 5 : start - 3]) * 100 + value


def roman(figures: str) -> int:
    """What Roman figures mean, up to X."""
    values = [_ROMAN[letter] for letter in figures]
    return sum(-one if one < other else one for one, other in pairwise((*values, 0)))


def times(value: Value, scale: int) -> Value:
    """A value a thousand times, say; what is no number stays."""
    if isinstance(value, str) or scale == 1:
        return value
    product = value * scale
    return int(product) if product == int(product) else product
