"""Numbers in words that are lost or have become others: "three", "third"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aligner.languages import numerals
from aligner.quality import Check, Hit, Pair, Severity
from aligner.quality.quantities import Number, Reading, read_both

_UNITS = (7, 10, 12, 24, 60, 100)  # days, decades, months, hours, minutes, centuries


def words(pair: Pair) -> Iterator[Hit]:
    """Number words that have become others: "three" as «четыре»."""
    lost, new = _odd(pair)
    if len(lost) == len(new) == 1:
        yield _changed(pair, lost[0], new[0])


def lone_words(pair: Pair) -> Iterator[Hit]:
    """Number words that stand in one of the texts only."""
    lost, new = _odd(pair)
    if not len(lost) == len(new) == 1:
        yield from _alone(pair, lost, new)


def ordinals(pair: Pair) -> Iterator[Hit]:
    """Ordinals that have become others: "third" as «второй»."""
    lost, new = _odd_ordinals(pair)
    if len(lost) == len(new) == 1:
        yield _changed(pair, lost[0], new[0])


def lone_ordinals(pair: Pair) -> Iterator[Hit]:
    """Ordinals that stand in one of the texts only; "first" is said in many ways."""
    lost, new = _odd_ordinals(pair)
    if not len(lost) == len(new) == 1:
        yield from _alone(pair, _from_two(lost), _from_two(new))


def _changed(pair: Pair, old: Number, made: Number) -> Hit:
    said = f"{old.said(pair.source)} has become {made.said(pair.target)}"
    return Hit(said, made.span, old.span)


def _alone(pair: Pair, lost: Sequence[Number], new: Sequence[Number]) -> Iterator[Hit]:
    for one in lost:
        yield Hit(f"{one.said(pair.source)} is not in the translation", source=one.span)
    for one in new:
        yield Hit(f"{one.said(pair.target)} is not in the source", one.span)


def _odd(pair: Pair) -> tuple[list[Number], list[Number]]:
    """The number words that are in the source only, and those in the translation only."""
    if not _are_known(pair):
        return [], []
    here, there = read_both(pair)
    return _without_units(_unmatched(here, there), _unmatched(there, here))


def _unmatched(here: Reading, there: Reading) -> list[Number]:
    return [
        one
        for one in here.numbers
        if one.is_word and not there.has(one) and one.values.isdisjoint({0, 1})
    ]


def _odd_ordinals(pair: Pair) -> tuple[list[Number], list[Number]]:
    """The ordinals that are in one text only; "a" is no form of "first"."""
    if not _are_known(pair):
        return [], []
    here, there = read_both(pair)
    ours, theirs = _ordinals_without(here, there), _ordinals_without(there, here)
    if len(here.ordinals) == len(there.ordinals) and len(ours) == len(theirs) == 1:
        return ours, theirs  # so alike that whatever else has the value has it for itself
    return _unmatched_ordinals(ours, there), _unmatched_ordinals(theirs, here)


def _ordinals_without(here: Reading, there: Reading) -> list[Number]:
    """The ordinals of one reading that find none of the other for themselves."""
    free = [one.values for one in there.ordinals]
    left = []
    for one in here.ordinals:
        if one.values in free:
            free.remove(one.values)
        else:
            left.append(one)
    return left


def _unmatched_ordinals(ours: Sequence[Number], there: Reading) -> list[Number]:
    first = any(one.values == {1} for one in (*there.ordinals, *there.numbers))
    return [one for one in ours if not (first if one.values == {1} else there.has(one))]


def _from_two(found: Sequence[Number]) -> list[Number]:
    return [one for one in found if one.values != {1}]


def _without_units(lost: list[Number], new: list[Number]) -> tuple[list[Number], list[Number]]:
    """What is left when a unit explains both: three decades are thirty years."""
    for one in lost:
        for other in new:
            if _by_other_units(one, other):
                return [each for each in lost if each is not one], [
                    each for each in new if each is not other
                ]
    return lost, new


def _by_other_units(one: Number, other: Number) -> bool:
    return any(
        isinstance(value, int) and {value * unit for unit in _UNITS} & other.values
        for first, other in ((one, other), (other, one))
        for value in first.values
    )


def _are_known(pair: Pair) -> bool:
    return numerals.get(pair.source_lang).is_known and numerals.get(pair.target_lang).is_known


CHECKS = (
    Check("number-words", Severity.ERROR, words, "numbers in words that have become others"),
    Check("number-words-lone", Severity.WARNING, lone_words, "numbers in words on one side only"),
    Check("ordinals", Severity.ERROR, ordinals, "ordinals that have become others"),
    Check("ordinals-lone", Severity.WARNING, lone_ordinals, "ordinals on one side only"),
)
