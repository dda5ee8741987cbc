"""Numbers in digits that are lost, changed or made up."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise, product

from aligner.languages import numerals
from aligner.quality import Check, Hit, Pair, Severity
from aligner.quality.conversion import converted, has_units
from aligner.quality.figures import Value
from aligner.quality.quantities import Number, Reading, has_digits, read_both, share

_SMALL = 20  # what people like to write in words
_SAME_ORDER = frozenset({"en", "ru"})  # Kyrgyz puts the verb last, and the year first
_MOST_ORDERED = 20  # numbers; tables are ordered as people like


def numbers(pair: Pair) -> Iterator[Hit]:
    """Numbers in digits that the other text has neither in digits nor in words."""
    if not (has_digits(pair.source) or has_digits(pair.target)):
        return
    here, there = read_both(pair)
    lost, new = _unmatched(here, there, pair), _unmatched(there, here, pair)
    if (lost or new) and (has_units(pair.source) or has_units(pair.target)):
        lost = [one for one in lost if not converted(pair.source, one, pair.target, there.numbers)]
        new = [one for one in new if not converted(pair.target, one, pair.source, here.numbers)]
    if len(lost) == len(new) == 1:
        old, made = lost[0].said(pair.source), new[0].said(pair.target)
        yield Hit(f"{old} has become {made}", new[0].span, lost[0].span)
        return
    for number in lost:
        said = number.said(pair.source)
        yield Hit(f"{said} is not in the translation", source=number.span)
    for number in new:
        yield Hit(f"{number.said(pair.target)} is not in the source", number.span)


def repeated(pair: Pair) -> Iterator[Hit]:
    """A number that is said several times, and once has become another."""
    lost, new = _counted(pair)
    if len(lost) == len(new) == 1:
        old, made = lost[0].said(pair.source), new[0].said(pair.target)
        yield Hit(f"one {old} has become {made}", new[0].span, lost[0].span)


def counted(pair: Pair) -> Iterator[Hit]:
    """A number in digits that is said several times, but not as often as in the other text."""
    lost, new = _counted(pair)
    if len(lost) == 1 and not new and not lost[0].is_word:
        yield Hit(f"{lost[0].said(pair.source)} stands here less often", source=lost[0].span)
    if len(new) == 1 and not lost and not new[0].is_word:
        yield Hit(f"{new[0].said(pair.target)} stands here more often", new[0].span)


def ranges(pair: Pair) -> Iterator[Hit]:
    """Two numbers, one after the other, that have changed places: "5-10%", «10–5 %»."""
    if not (has_digits(pair.source) and has_digits(pair.target)):
        return
    here, there = read_both(pair)
    ours, theirs = _ranges(pair.source, here), _ranges(pair.target, there)
    for (low, high), (one, other) in ours.items():
        turned = theirs.get((high, low))
        if turned and (low, high) not in theirs:
            said = pair.source[one.start : other.end]
            yield Hit(f"{said} stands the other way round", (turned[0].start, turned[1].end))


def _ranges(text: str, reading: Reading) -> dict[tuple[Value, Value], tuple[Number, Number]]:
    """The neighbours that may be the ends of a range, by what they may be."""
    return {
        (low, high): (one, other)
        for one, other in pairwise(reading.numbers)
        if not (one.is_word or other.is_word) and share(text, one, other)
        for low, high in product(one.values, other.values)
        if low != high
    }


def order(pair: Pair) -> Iterator[Hit]:
    """Two numbers that have changed places, between languages that order their words alike."""
    if not _SAME_ORDER.issuperset((pair.source_lang, pair.target_lang)):
        return
    here, there = (
        [one for one in reading.numbers if not one.is_word] for reading in read_both(pair)
    )
    if not 2 <= len(here) == len(there) <= _MOST_ORDERED:
        return
    odd = [n for n, one in enumerate(here) if one.values.isdisjoint(there[n].values)]
    if len(odd) != 2:
        return
    first, second = odd
    if here[first].values & there[second].values and here[second].values & there[first].values:
        said = f"{here[first].said(pair.source)} and {here[second].said(pair.source)}"
        yield Hit(f"{said} have changed places", there[first].span, here[first].span)


def _counted(pair: Pair) -> tuple[list[Number], list[Number]]:
    """The numbers that stand more often in the source, and those that do in the translation."""
    here, there = read_both(pair)
    if not (_says_twice(here) or _says_twice(there)):
        return [], []
    return _left(here, there), _left(there, here)


def _says_twice(reading: Reading) -> bool:
    return any(len(numbers) > 1 for numbers in reading.by_value.values())


def _left(here: Reading, there: Reading) -> list[Number]:
    """The numbers of one reading that the other has, but not one for each of them."""
    free = {value: deque(numbers) for value, numbers in there.by_value.items()}
    taken: set[int] = set()
    left = []
    for number in sorted(here.numbers, key=_is_plain, reverse=True):
        fits = [one for value in number.values if (one := _first(free.get(value), taken))]
        if fits:
            taken.add(id(min(fits, key=lambda one: one.start)))
        elif (
            _is_plain(number)
            and not number.values.isdisjoint(free)
            and number.values.isdisjoint(there.hints | there.months)
        ):
            left.append(number)
    return left


def _is_plain(number: Number) -> bool:
    """Whether it is of one value; 17:30 has two numbers, and 17.30 one that may mean both."""
    return len(number.values) == 1 and not any(isinstance(one, str) for one in number.values)


def _first(numbers: deque[Number] | None, taken: Collection[int]) -> Number | None:
    """The first number that is not taken; those that are go."""
    while numbers and id(numbers[0]) in taken:
        numbers.popleft()
    return numbers[0] if numbers else None


def _unmatched(here: Reading, there: Reading, pair: Pair) -> list[Number]:
    """The numbers in digits of one reading that are not in the other."""
    known = all(numerals.get(lang).is_known for lang in (pair.source_lang, pair.target_lang))
    return [
        one
        for one in here.numbers
        if not (one.is_word or there.has(one))
        # In a language without a list of words it may stand in words, or with one of its scales.
        and (known or not (one.scale > 1 or _is_small(one.values)))
    ]


def _is_small(values: Iterable[Value]) -> bool:
    return any(isinstance(value, int) and value <= _SMALL for value in values)


CHECKS = (
    Check("numbers", Severity.ERROR, numbers, "numbers lost, changed or made up"),
    Check("numbers-repeated", Severity.ERROR, repeated, "numbers of which one has become another"),
    Check("numbers-counted", Severity.WARNING, counted, "numbers said more or less often"),
    Check("numbers-swapped", Severity.WARNING, order, "numbers that have changed places"),
    Check("ranges", Severity.ERROR, ranges, "ranges whose ends have changed places"),
)
