"""What stands beside numbers: percent signs, minus signs, currencies."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from aligner.languages import numerals
from aligner.quality import Check, Hit, Pair, Severity
from aligner.quality.quantities import Number, Reading, read, read_both, share

_MINUS = re.compile(r"(?<!\w)[-−–]\d|minus|минус", re.IGNORECASE)
# After nothing but a space or a bracket; a range has its dash after a digit.
_SIGN = re.compile(r"(?<![^\s(])(?:[-−–]|(?:minus|минус)\s)$", re.IGNORECASE)
_LONGEST_SIGN = 6  # characters


def percent(pair: Pair) -> Iterator[Hit]:
    """A percentage whose number is there, but no more as one, and the reverse."""
    ours, theirs = (
        _percent_signs(pair.source, pair.source_lang),
        _percent_signs(pair.target, pair.target_lang),
    )
    if ours == theirs:
        return
    here, there = read_both(pair)
    here_as, there_as = (
        _percentages(pair.source, here, pair.source_lang),
        _percentages(pair.target, there, pair.target_lang),
    )
    if ours > theirs:
        for old, new in _plain(here_as, there, there_as):
            said = old.said(pair.source)
            yield Hit(f"{said} is no percentage here", new.span, old.span)
    else:
        for new, old in _plain(there_as, here, here_as):
            said = new.said(pair.target)
            yield Hit(f"{said} is no percentage in the source", new.span, old.span)


def _plain(
    percentages: Iterable[Number], there: Reading, there_as: Sequence[Number]
) -> Iterator[tuple[Number, Number]]:
    """The percentages that stand in another reading, but not as such, with what stands there."""
    starts = {one.start for one in there_as}
    for number in percentages:
        alike = there.like(number)
        if alike and starts.isdisjoint(one.start for one in alike):
            yield number, alike[0]


def _percent_signs(text: str, lang: str) -> int:
    return text.count("%") + text.count("‰") + len(numerals.get(lang).percent.findall(text))


def negative(pair: Pair) -> Iterator[Hit]:
    """A number below zero that is above it in the translation, and the reverse."""
    ours, theirs = numerals.get(pair.source_lang), numerals.get(pair.target_lang)
    if not (ours.is_known and theirs.is_known):
        return
    if _MINUS.search(pair.source) and not theirs.below_zero.search(pair.target):
        here, there = read_both(pair)
        for number, alike in _signed(pair.source, here, there):
            said = number.said(pair.source)
            yield Hit(f"−{said} has lost its minus", alike.span, number.span)
    if _MINUS.search(pair.target) and not ours.below_zero.search(pair.source):
        here, there = read_both(pair)
        for number, alike in _signed(pair.target, there, here):
            said = number.said(pair.target)
            yield Hit(f"{said} has no minus in the source", number.span, alike.span)


def currency(pair: Pair) -> Iterator[Hit]:
    """Money that has become that of another country."""
    here = list(numerals.get(pair.source_lang).currencies.finditer(pair.source))
    there = list(numerals.get(pair.target_lang).currencies.finditer(pair.target))
    if not (here and there):
        return
    ours, theirs = ({one.lastgroup: one for one in found} for found in (here, there))
    lost, new = ours.keys() - theirs.keys(), theirs.keys() - ours.keys()
    if len(lost) == len(new) == 1:
        old, made = ours[lost.pop()], theirs[new.pop()]
        yield Hit(f"{old.group()} has become {made.group()}", made.span(), old.span())
        return
    reading = read(pair.source, pair.source_lang)
    sums = _sums(reading, here, pair.source)
    for number, made in _sums(read(pair.target, pair.target_lang), there, pair.target).values():
        meant = [sums[one.start][1] for one in reading.like(number) if one.start in sums]
        if meant and made.lastgroup not in {old.lastgroup for old in meant}:
            yield Hit(f"{meant[0].group()} has become {made.group()}", made.span(), meant[0].span())


def _sums(
    reading: Reading, currencies: Sequence[re.Match[str]], text: str
) -> dict[int, tuple[Number, re.Match[str]]]:
    """The numbers that have a currency before or behind them, by where they start."""
    starts = [one.start() for one in currencies]
    found: dict[int, tuple[Number, re.Match[str]]] = {}
    for number in reading.numbers:
        after = bisect_left(starts, number.start)
        for one in currencies[max(0, after - 1) : after + 1]:
            between = text[one.end() : number.start] or text[number.end : one.start()]
            if not between.strip(" \u00a0-"):
                found[number.start] = (number, one)
    return found


def _percentages(text: str, reading: Reading, lang: str) -> list[Number]:
    """The numbers that stand before "percent", or in a list or range before one that does."""
    word = numerals.get(lang).percent
    found: list[Number] = []
    later: Number | None = None
    for number in reversed(reading.numbers):
        stop = number.end
        while stop < len(text) and (text[stop].isspace() or text[stop] in "-+"):
            stop += 1
        is_one = text.startswith(("%", "‰", "٪"), stop) or word.match(text, stop)
        if is_one or (later and share(text, number, later)):
            found.append(number)
            later = number
        else:
            later = None
    return found[::-1]


def _signed(text: str, here: Reading, there: Reading) -> Iterator[tuple[Number, Number]]:
    """The numbers of a text with a minus before them, and those of another that are the same."""
    for number in here.numbers:
        signed = _SIGN.search(text, max(0, number.start - _LONGEST_SIGN), number.start)
        if signed and not number.is_word and (alike := there.like(number)):
            yield number, alike[0]


CHECKS = (
    Check("percent", Severity.ERROR, percent, "percentages that are none in the other text"),
    Check("minus", Severity.ERROR, negative, "numbers that have lost or got a minus"),
    Check("currency", Severity.ERROR, currency, "money of another country"),
)
