"""The numbers of a text, by value: what 3.5, «3,5» and «үч жарым» have in common.

    read("2-3 billion", "en").numbers     →  2 (or 2,000,000,000) and 3,000,000,000

A number in digits is certain to be one, but not always of one value: «3,500» in a Russian text is
3.5, or 3500 in the spelling of its source; 17.30 may be an hour. All its readings are given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from aligner.languages import numerals
from aligner.languages.numerals import Numerals, Role
from aligner.quality import Pair, Span
from aligner.quality.figures import SPACES, Value, beside, readings, roman, times, whole
from aligner.quality.names import months
from aligner.quality.reading import free, words

_FEW = 20  # numbers of one value: as good as all
_LARGE = (10**6, 10**9, 10**12)  # words that nobody says of less, as they do "a thousand"
_FIGURES = re.compile(
    rf"""(?=[\d+½⅓⅔¼¾IVXХІ])(?:  # all else is passed over in no time
      (?P<phone> \+\d[\d\s().-]{{7,20}}\d (?!\d) )
    | (?P<clock> (?<![\d:.,]) [0-2]?\d : [0-5]\d (?! [\d:] ) )
    | (?P<digits> (?<!\d) (?:
        \d{{1,3}} (?: [{SPACES}’'] \d{{3}} )+ (?!\d) (?:[.,]\d+)?
      | \d+ (?: [.,]\d+ )*
      ))
    | (?P<roman> (?<![^\W_]) [IVXХІ]+ (?![^\W_]) )
    | (?P<share> [½⅓⅔¼¾] )
    )
    """,
    re.VERBOSE,
)
_ENTITY = re.compile(r"&#?\w{1,31};")
_ANY = re.compile(r"[\d½⅓⅔¼¾IVXХІ]")
_SHARES = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4)}
_SHARE = re.compile(r"(?<![\d/])(?:1/[2-9]|2/3|3/4|2/5|3/5|4/5)(?![\d/])")
# Between two numbers that share a scale or a percent sign: «2ден 3 миллионго», "5 to 10%".
_RANGE = re.compile(
    r"\s?[–—-]\s?|-?(?:[дтн][аеоө]н|т[еи])\s+(?:(?:же|жана)\s+)?"
    r"|\s+(?:to|and|or|до|и|или|либо|же|жана|менен)\s+|,\s?|/",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Number:
    """A number in digits, Roman ones too, or in words.

    Attributes:
        start, stop: where it stands, without its scale.
        values: what it may be.
        is_word: whether it is in words; those are seldom as certain.
        end: where it ends with its scale.
        scale: what it was multiplied with.
    """

    start: int
    stop: int
    values: set[Value]
    is_word: bool = False
    end: int = 0
    scale: int = 1

    @property
    def span(self) -> Span:
        """Where it stands with its scale."""
        return self.start, self.end

    def said(self, text: str) -> str:
        """How its text has it."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Reading:
    """The numbers of a text.

    Attributes:
        numbers: those that are certain, in order.
        ordinals: those in words: "third".
        hints: values that other words may stand for: a couple for 2.
        months: the numbers of months that are named, for which dates in figures have digits.
        by_value: the numbers, by what they may be.
    """

    numbers: tuple[Number, ...]
    ordinals: tuple[Number, ...]
    hints: frozenset[Value]
    months: frozenset[Value]
    by_value: dict[Value, list[Number]] = field(repr=False, compare=False)

    def has(self, number: Number) -> bool:
        """Whether a number of another text is here, in whatever form."""
        values = number.values
        return not (
            values.isdisjoint(self.by_value)
            and values.isdisjoint(self.hints)
            and (number.is_word or values.isdisjoint(self.months))
        )

    def like(self, number: Number) -> list[Number]:
        """The first numbers that may be the same as one of another text, in order."""
        found = (one for value in number.values for one in self.by_value.get(value, ())[:_FEW])
        return sorted({id(one): one for one in found}.values(), key=lambda one: one.start)


@dataclass(slots=True)
class _Item:
    """A token that tells a number."""

    start: int
    stop: int
    values: tuple[Value, ...]
    role: Role | None  # None for digits

    @property
    def is_year(self) -> bool:
        """Whether it is four digits."""
        value = self.values[0]
        return self.stop - self.start == 4 and isinstance(value, int) and value > 999


@dataclass(slots=True)
class _Found:
    numbers: list[Number] = field(default_factory=list)
    ordinals: list[Number] = field(default_factory=list)
    hints: set[Value] = field(default_factory=set)


@lru_cache(maxsize=256)
def read(text: str, lang: str) -> Reading:
    """The numbers of a text in a language; of one that we know nothing of, those in digits."""
    known = numerals.get(lang)
    found = _Found()
    text = _blanked(text)
    items = sorted(
        (*_words(text, known, found), *_figures(text, known, found)), key=lambda one: one.start
    )
    for run in _runs(text, items, known):
        _take(run, found)
    _share_scales(text, found.numbers)
    _add_hours(text, found, known)
    found.numbers.sort(key=lambda one: one.start)
    by_value: dict[Value, list[Number]] = {}
    for number in found.numbers:
        for value in number.values:
            by_value.setdefault(value, []).append(number)
    named = frozenset(one.number for one in months(text, lang))
    return Reading(
        tuple(found.numbers), tuple(found.ordinals), frozenset(found.hints), named, by_value
    )


def read_both(pair: Pair) -> tuple[Reading, Reading]:
    """The numbers of a source, and those of its translation."""
    return read(pair.source, pair.source_lang), read(pair.target, pair.target_lang)


def has_digits(text: str) -> bool:
    """Whether there may be a number that is not in words."""
    return _ANY.search(text) is not None


def _blanked(text: str) -> str:
    """A text with spaces for its URLs, placeholders and entities, whose digits are no numbers."""
    text = free(text)
    if "&" in text:
        text = _ENTITY.sub(lambda match: " " * len(match.group()), text)
    return text


def share(text: str, one: Number, other: Number) -> bool:
    """Whether two numbers, in this order, may be the ends of a range or neighbours in a list."""
    return bool(_RANGE.fullmatch(text, one.end, other.start))


def _words(text: str, known: Numerals, found: _Found) -> Iterator[_Item]:
    """The words that tell numbers; those that only hint at some go to `found`."""
    for start, here in words(text):
        if word := known.word(here.lower()):
            if word.role is Role.HINT:
                found.hints.add(word.value)
            else:
                yield _Item(start, start + len(here), (word.value,), word.role)


def _figures(text: str, known: Numerals, found: _Found) -> Iterator[_Item]:
    """The numbers in digits; what is no part of a longer one goes to `found`."""
    if not has_digits(text):
        return
    for match in _FIGURES.finditer(text):
        start, stop = match.span()
        here = match.group()
        match match.lastgroup:
            case "digits":
                yield from _of_digits(text, start, stop, known, found)
            case "clock":
                _take_clock(start, here, found)
            case "roman":
                _take_roman(start, here, found)
            case "share":
                found.hints.add(Fraction(*_SHARES[here]))
            case _:
                digits = re.sub(r"\D", "", here)
                found.numbers.append(Number(start, stop, {f"+{digits}"}, end=stop))


def _of_digits(text: str, start: int, stop: int, known: Numerals, found: _Found) -> Iterator[_Item]:
    share_of = _SHARE.match(text, start)
    if share_of and share_of.start() == start:
        one, other = share_of.group().split("/")
        found.hints |= {Fraction(int(one), int(other)), int(one), int(other)}
        return
    if text[max(0, start - 2) : start] == "1/" and _SHARE.match(text, start - 2):
        return
    token = text[start:stop]
    values = readings(token, known.decimals)
    if values:
        yield _Item(start, stop, (*values, *beside(text, start, stop, values[0])), None)
        return
    for part in re.finditer(r"\d+", token):  # 12.10.2022, a list without spaces
        value = whole(part.group())
        is_short = isinstance(value, int) and len(part.group()) == 2
        years = (2000 + int(value), 1900 + int(value)) if is_short else ()
        yield _Item(start + part.start(), start + part.end(), (value, *years), None)


def _take_clock(start: int, here: str, found: _Found) -> None:
    hour, _, minute = here.partition(":")
    name = f"{int(hour)}:{minute}"
    middle, stop = start + len(hour), start + len(here)
    found.numbers.append(Number(start, middle, {int(hour), name}, end=stop))
    if int(minute):
        found.numbers.append(Number(middle + 1, stop, {int(minute), name}, end=stop))
    else:
        found.hints.add(0)


def _take_roman(start: int, here: str, found: _Found) -> None:
    value = roman(here)
    if len(here) == 1 or value > 39:
        found.hints.add(value)
    else:
        stop = start + len(here)
        found.numbers.append(Number(start, stop, {value}, end=stop))


def _runs(text: str, items: Sequence[_Item], known: Numerals) -> Iterator[list[_Item]]:
    """Items that make one number: "two hundred and five", «2 млн 500 тыс.», "twenty-first"."""
    run: list[_Item] = []
    for item in items:
        if run and not (_follows(run, item) and _is_gap(text, run[-1], item, known)):
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def _is_gap(text: str, one: _Item, other: _Item, known: Numerals) -> bool:
    stop = one.stop + (text[one.stop : one.stop + 1] == ".")  # «5 тыс. 200»
    return bool(known.gap.fullmatch(text, stop, other.start))


def _follows(run: list[_Item], item: _Item) -> bool:
    """Whether an item can go on with a number."""
    last, value = run[-1], run[-1].values[0]
    if last.role is Role.ORDINAL:
        return False
    if item.role is Role.SCALE:
        return True
    if item.role is Role.PART:
        return last.role is not Role.PART
    if last.role is Role.SCALE:
        return len(run) > 1
    if item.role is None or last.role is None or last.role is Role.PART:
        return False
    there = item.values[0]
    width = 10 ** len(str(there))
    return isinstance(value, int) and value >= width and value % width == 0


def _take(run: list[_Item], found: _Found) -> None:
    """Note the number that a run tells, or the numbers: its parts may be meant each by itself."""
    total = _total(run)
    digits = [item for item in run if item.role is None]
    for item in digits:
        at = run.index(item)
        scale = 1
        stop = item.stop
        for one in run[at + 1 :]:
            if one.role is None:
                break
            if one.role is Role.SCALE and isinstance(one.values[0], int):
                scale *= one.values[0]
            stop = one.stop
        values = {times(value, scale) for value in item.values} | {total}
        if item.is_year:  # "In 1916 thousands fled."
            values.update(item.values)
        found.numbers.append(Number(item.start, item.stop, values, end=stop, scale=scale))
    if digits:
        return
    if len(run) > 1:
        found.hints.update(value for item in run for value in item.values)
    certain = any(item.role is Role.CARDINAL for item in run) or total in _LARGE
    start, stop = run[0].start, run[-1].stop
    number = Number(start, stop, {total}, is_word=True, end=stop)
    if run[-1].role is Role.ORDINAL:
        found.ordinals.append(number)
    if any(item.role in (Role.PART, Role.ORDINAL) for item in run) or not certain:
        found.hints.add(total)
    else:
        found.numbers.append(number)


def _total(run: Sequence[_Item]) -> Value:
    total: int | Fraction = 0
    current: int | Fraction = 0
    for item in run:
        value = item.values[0]
        if isinstance(value, str):
            return value
        if item.role is not Role.SCALE:
            current += value
        elif value == 100:
            current = (current or 1) * 100
        else:
            total += (current or (0 if total else 1)) * value
            current = 0
    return total + current


def _share_scales(text: str, found: list[Number]) -> None:
    """Give the first end of "2-3 billion" the scale of the other, as one of its readings."""
    for one, other in reversed(list(pairwise(sorted(found, key=lambda one: one.start)))):
        if one.scale == 1 < other.scale and not one.is_word and share(text, one, other):
            one.values |= {times(value, other.scale) for value in one.values}


def _add_hours(text: str, found: _Found, known: Numerals) -> None:
    """What hours after noon are on a clock of 24."""
    if not found.numbers or not known.afternoon.search(text):
        return
    for number in found.numbers:
        for value in tuple(number.values):
            if isinstance(value, int) and value < 12:
                number.values.add(value + 12)
            elif isinstance(value, str) and ":" in value:
                hour, _, minute = value.partition(":")
                number.values.add(f"{int(hour) % 12 + 12}:{minute}")
