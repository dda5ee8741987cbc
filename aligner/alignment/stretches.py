"""Stretches of an alignment that a person should look at."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from statistics import fmean

from aligner.alignment.bead import Bead

_UNSURE = 0.5  # the probability below which a bead is more likely wrong than right
_LEAST_UNSURE = 2  # beads in a row; single ones are many, and their probability says it
_LEAST_ALONE = 2  # sentences in a row that have no counterpart: a short paragraph


class Finding(StrEnum):
    """What is remarkable in a stretch."""

    UNSURE = "unsure"
    ONLY_SOURCE = "only in the first"
    ONLY_TARGET = "only in the second"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Beads in a row that share a finding.

    Attributes:
        finding: what is remarkable.
        source: the indexes of its source sentences, in order.
        target: those of the target.
        probability: the mean of its beads.
    """

    finding: Finding
    source: tuple[int, ...]
    target: tuple[int, ...]
    probability: float


def stretches(beads: Sequence[Bead]) -> list[Stretch]:
    """Find the stretches to look at, in the order of the beads.

    They are runs of beads that are more likely wrong than right, long runs of sentences that only
    one text has, and what stands elsewhere in the other text.
    """
    return [
        Stretch(
            finding,
            tuple(index for bead in run for index in bead.source),
            tuple(index for bead in run for index in bead.target),
            fmean(bead.probability for bead in run),
        )
        for finding, run in _runs(beads)
        if finding and _is_long(finding, run)
    ]


def _runs(beads: Sequence[Bead]) -> Iterator[tuple[Finding | None, list[Bead]]]:
    elsewhere = moved(beads)
    numbered = groupby(enumerate(beads), lambda one: _finding(one[1], is_moved=one[0] in elsewhere))
    for finding, run in numbered:
        yield finding, [bead for _, bead in run]


def _finding(bead: Bead, *, is_moved: bool) -> Finding | None:
    if is_moved:
        return Finding.MOVED
    if not bead.target:
        return Finding.ONLY_SOURCE
    if not bead.source:
        return Finding.ONLY_TARGET
    return Finding.UNSURE if bead.probability < _UNSURE else None


def _is_long(finding: Finding, run: Sequence[Bead]) -> bool:
    if finding in (Finding.ONLY_SOURCE, Finding.ONLY_TARGET):
        return sum(len(bead.source) + len(bead.target) for bead in run) >= _LEAST_ALONE
    return finding is Finding.MOVED or len(run) >= _LEAST_UNSURE


def moved(beads: Sequence[Bead]) -> set[int]:
    """Which beads stand outside the longest chain that is in order on both sides."""
    two_sided = [place for place, bead in enumerate(beads) if bead.source and bead.target]
    two_sided.sort(key=lambda place: beads[place].source)
    chain = _longest_rising([beads[place].target[0] for place in two_sided])
    return {place for number, place in enumerate(two_sided) if number not in chain}


def _longest_rising(values: Sequence[int]) -> set[int]:
    """The places of a longest rising subsequence (Schensted, 1961)."""
    lasts: list[int] = []  # the least last value of a subsequence of each length
    places: list[int] = []  # where it stands
    before: list[int] = []
    for place, value in enumerate(values):
        length = bisect_left(lasts, value)
        before.append(places[length - 1] if length else -1)
        lasts[length : length + 1] = [value]
        places[length : length + 1] = [place]
    chain, place = set(), places[-1] if places else -1
    while place >= 0:
        chain.add(place)
        place = before[place]
    return chain
