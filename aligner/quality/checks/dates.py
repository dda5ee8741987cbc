"""Months and weekdays that are lost or changed, and days that have another month."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from aligner.languages import numerals
from aligner.quality import Check, Hit, Pair, Severity, Span, names
from aligner.quality.names import Named

_NUMERIC = re.compile(
    r"(?<![\d.])(?P<d>[0-3]?\d)[./](?P<m>[0-3]?\d)[./](?:\d{4}|\d{2})(?![\d.]\d)"
    r"|(?<!\d)\d{4}-(?P<m2>[01]\d)-(?P<d2>[0-3]\d)(?!\d)"
)
# Days before and after the name of a month: "3 May", "3–5 May", «3 жана 5-май»; "May 3-5".
_DAY = r"(?<!\d)[0-3]?\d(?!\d)(?:st|nd|rd|th|[-‑]?(?:го|е|м)?)"
_DAYS_BEFORE = re.compile(
    rf"((?:{_DAY}(?:\s?[-–—,]\s?|\s(?:and|to|и|по|жана|же)\s))*{_DAY})"
    r"(?:\s?[-‑]\s?|\s(?:of\s)?|\s?числа\s)$"
)
_DAYS_AFTER = re.compile(rf"\s({_DAY}(?:(?:\s?[-–—,]\s?|\s(?:and|to)\s){_DAY}(?!\s?,?\s?\w+ \d))*)")
_BEFORE = 40  # characters in which the days of a month are looked for
_NUMBER = re.compile(r"\d+")


def months(pair: Pair) -> Iterator[Hit]:
    """A month that is another one in the translation."""
    return _changed(pair, *_months(pair))


def weekdays(pair: Pair) -> Iterator[Hit]:
    """A weekday that is another one in the translation."""
    return _changed(pair, *_weekdays(pair))


def lost_months(pair: Pair) -> Iterator[Hit]:
    """A month of which the translation says nothing."""
    return _lost(pair, *_months(pair))


def lost_weekdays(pair: Pair) -> Iterator[Hit]:
    """A weekday of which the translation says nothing: people leave it to the context."""
    return _lost(pair, *_weekdays(pair))


def new_names(pair: Pair) -> Iterator[Hit]:
    """A month or weekday that the source has not."""
    if numerals.get(pair.source_lang).is_known:
        for here, there in (_months(pair), _weekdays(pair)):
            if not _missing(here, there):
                for one in _missing(there, here):
                    said = pair.target[one.start : one.stop]
                    if said not in pair.source:
                        yield Hit(f"{said} is not in the source", (one.start, one.stop))


def days(pair: Pair) -> Iterator[Hit]:
    """Days and months that have come together otherwise: "3 May to 5 June", «5 мая – 3 июня»."""
    here, there = _days(pair.source, pair.source_lang), _days(pair.target, pair.target_lang)
    if here.keys() == there.keys() or {day for day, _ in here} != {day for day, _ in there}:
        return  # what is lost or changed is a matter of numbers
    if {month for _, month in here} == {month for _, month in there}:
        for day, month in sorted(there.keys() - here.keys()):
            yield Hit(f"the {day} is of another month in the source", there[day, month])


def _changed(pair: Pair, here: Sequence[Named], there: Sequence[Named]) -> Iterator[Hit]:
    if not (here and there):
        return
    lost, new = _missing(here, there), _missing(there, here)
    if lost and new:
        old, made = lost[0], new[0]
        said, says = pair.source[old.start : old.stop], pair.target[made.start : made.stop]
        yield Hit(f"{said} has become {says}", (made.start, made.stop), (old.start, old.stop))


def _lost(pair: Pair, here: Sequence[Named], there: Sequence[Named]) -> Iterator[Hit]:
    if not here or not numerals.get(pair.target_lang).is_known or _missing(there, here):
        return
    for one in _missing(here, there):
        said = pair.source[one.start : one.stop]
        if said not in pair.target:  # The Sunday Times
            yield Hit(f"{said} is not in the translation", source=(one.start, one.stop))


def _missing(here: Sequence[Named], there: Sequence[Named]) -> list[Named]:
    """What one text names for certain, and the other not even perhaps; each once."""
    if not here:
        return []
    theirs = {one.number for one in there}
    missing: Mapping[int, Named] = {
        one.number: one for one in reversed(here) if one.is_certain and one.number not in theirs
    }
    return list(missing.values())


def _weekdays(pair: Pair) -> tuple[Sequence[Named], Sequence[Named]]:
    return (
        names.weekdays(pair.source, pair.source_lang),
        names.weekdays(pair.target, pair.target_lang),
    )


def _months(pair: Pair) -> tuple[Sequence[Named], Sequence[Named]]:
    return (
        _months_of(pair.source, pair.source_lang),
        _months_of(pair.target, pair.target_lang),
    )


@lru_cache(maxsize=64)
def _months_of(text: str, lang: str) -> Sequence[Named]:
    """The months of a text, those of its dates in figures among them."""
    found = names.months(text, lang)
    return (*found, *(month for one in _NUMERIC.finditer(text) for month in _in_figures(one)))


def _in_figures(date: re.Match[str]) -> Iterator[Named]:
    """The month of a date in figures; 10/12/2022 may be of October or December."""
    day, month = int(date["d"] or date["d2"]), int(date["m"] or date["m2"])
    slashed = "/" in date.group()
    for number in (day, month) if slashed else (month,):
        if 0 < number < 13:
            yield Named(number, *date.span(), is_certain=not slashed)


def _days(text: str, lang: str) -> dict[tuple[int, int], Span]:
    """The days of a text, each with its month: (3, 5) for 3 May, and where it stands."""
    found: dict[tuple[int, int], Span] = {}
    for month in names.months(text, lang):
        beside = _DAYS_BEFORE.search(text, max(0, month.start - _BEFORE), month.start)
        if not beside and lang == "en":
            beside = _DAYS_AFTER.match(text, month.stop)
        for digits in _NUMBER.findall(beside[1]) if beside else ():
            found[int(digits), month.number] = (month.start, month.stop)
    return found


CHECKS = (
    Check("months", Severity.ERROR, months, "months that have become others"),
    Check("weekdays", Severity.ERROR, weekdays, "weekdays that have become others"),
    Check("days", Severity.ERROR, days, "days that have the month of another"),
    Check("month-lost", Severity.ERROR, lost_months, "months that are not there"),
    Check("weekday-lost", Severity.WARNING, lost_weekdays, "weekdays that are not there"),
    Check("date-new", Severity.WARNING, new_names, "months and weekdays of their own"),
)
