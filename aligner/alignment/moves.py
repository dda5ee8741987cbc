"""Passages that stand elsewhere in the other text, found and aligned.

A monotone alignment must leave out a moved passage on one side or both. What it leaves out, or is
unsure of, is compared once more regardless of order: a local alignment (Smith and Waterman, 1981)
adds up the evidence that sentences correspond. Among so many pairs some are alike by chance; a
passage counts only if it has more evidence than the best of them is to be expected to have (the
E-value of Karlin and Altschul, 1990), and more than what its sentences are aligned with now. Then
the target is put into the source's order and aligned again.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import log
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from aligner.alignment import align
from aligner.alignment.bead import Bead
from aligner.alignment.evidence import Evidence
from aligner.alignment.similarity import Floats
from aligner.alignment.stretches import moved
from aligner.alignment.threads import one_thread

_SURE = 0.95  # the probability of a bead from which its sentences are at their place
_LIKELY = 0.5  # that of a bead from which another stands before or after it
_SAMPLE = 300  # beads that evidence is learnt from
_BATCH = 100  # loose sentences whose beads are looked at together
_TILE = 200  # loose sentences of either text that are compared each with each
_TILES = 3  # tiles for each of a text, as many as are looked at if there are more
_RARE = 30  # pairs of loose sentences that a word may stand in, to tell which tiles
_SKIP = 1.0  # nats that it costs to leave out a sentence within a passage
_BRIDGE = 2  # sentences in a row that are at their place, within a passage
_NEAR = 1e-3  # nats: of passages that are alike, the nearest is taken
_MARGIN = 1.0  # nats by which the evidence must exceed what chance has
_NEVER = 1e6  # nats
_NEARLY = 1e-4
_BEYOND = 3  # sentences left alone at either end of a passage that may belong to it

Ints = NDArray[np.int64]
Span = tuple[range, range]  # of the source and of the target
Path = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Passage:
    """Beads in a row that stand elsewhere in the other text, for a report.

    Attributes:
        source: the indexes of the source sentences, in order.
        target: those of the target sentences, in order.
        expected: the index of the target sentence before which they would stand if they had not
            moved; the number of target sentences at the end.
        probability: the mean of the beads.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    expected: int
    probability: float


def find(
    source: Sequence[str],
    target: Sequence[str],
    beads: Sequence[Bead],
    *,
    translated: Sequence[str] | None = None,
    views: Sequence[tuple[Sequence[str], Sequence[str]]] = (),
    paragraphs: tuple[Sequence[int], Sequence[int]] | None = None,
    deletion: float | None = None,
    longest: int | None = None,
) -> list[Bead]:
    """Align moved passages as well.

    Time grows with the length of the texts and with how many sentences are loose; the texts are
    aligned once more if any passage has moved.

    Args:
        source: the sentences of one text.
        target: those of the other.
        beads: their alignment, in order on both sides, from `aligner.alignment.align`.
        translated: the source's sentences in the target's language, as many as there are in it.
        views: further texts to compare the two by, as for `align`.
        paragraphs: the number of the paragraph that each sentence is in, as for `align`.
        deletion: what it costs to leave out a sentence, as for `align`.
        longest: how many sentences a bead may have on one side, as for `align`.

    Returns:
        The beads in the order of the source, each sentence in just one; what only the target has
        comes after what it follows there. The given beads if nothing has moved.
    """
    with one_thread():
        spans = _moved(source if translated is None else translated, target, beads)
    if not spans:
        return list(beads)
    order = _order(_grown(spans, beads), beads, len(target))
    again = align(
        source,
        [target[j] for j in order],
        translated=translated,
        views=[(view, [other[j] for j in order]) for view, other in views],
        paragraphs=paragraphs and (paragraphs[0], _rising([paragraphs[1][j] for j in order])),
        deletion=deletion,
        longest=longest,
    )
    return [part for bead in again for part in _back(bead, order)]


def passages(beads: Sequence[Bead]) -> list[Passage]:
    """The moved passages of an alignment, in the order of the source.

    Args:
        beads: in the order of the source, from `find`.
    """
    elsewhere = moved(beads)
    found: list[list[Bead]] = []
    expected: list[int] = []
    here = last = 0
    for place, bead in enumerate(beads):
        if not (bead.source and bead.target):
            continue
        if place not in elsewhere:
            here, last = bead.target[-1] + 1, -1
        elif last == bead.target[0]:
            found[-1].append(bead)
            last = bead.target[-1] + 1
        else:
            found.append([bead])
            expected.append(here)
            last = bead.target[-1] + 1
    return [
        Passage(
            tuple(i for bead in run for i in bead.source),
            tuple(j for bead in run for j in bead.target),
            before,
            fmean(bead.probability for bead in run),
        )
        for run, before in zip(found, expected, strict=True)
    ]


def _moved(source: Sequence[str], target: Sequence[str], beads: Sequence[Bead]) -> list[Span]:
    """The spans of passages that have moved, in the order of the source."""
    loose = [bead for bead in beads if not _paired(bead) or bead.probability < _SURE]
    rows = np.array([i for bead in loose for i in bead.source], np.int64)
    columns = np.array(sorted(j for bead in loose for j in bead.target), np.int64)
    if not len(rows) or not len(columns):
        return []
    sure = [
        (bead.source[0], bead.target[0])
        for bead in beads
        if bead.type == (1, 1) and bead.probability >= _LIKELY
    ]
    sample = sure[:: -(-len(sure) // _SAMPLE) or 1]
    evidence = Evidence(source, target, rows.tolist(), columns.tolist(), sample)
    return _Search(evidence, (rows, columns), beads).spans()


def _paired(bead: Bead) -> bool:
    return bool(bead.source and bead.target)


class _Search:
    """Passages among the loose sentences, the one with most evidence first.

    Args:
        evidence: for pairs of loose sentences.
        loose: the indexes of the loose sentences of the source and of the target, rising.
        beads: the alignment so far.
    """

    def __init__(self, evidence: Evidence, loose: tuple[Ints, Ints], beads: Sequence[Bead]) -> None:
        self._evidence = evidence
        self._loose = loose
        self._costs = _costs(evidence, loose, beads)
        self._least = _MARGIN + sum(
            max(0.0, log(float(np.exp(-costs).sum()))) for costs in self._costs
        )
        paired = [bead for bead in beads if _paired(bead) and bead.probability >= _LIKELY]
        self._between = [
            _between([(bead.source, bead.target)[side] for bead in paired], indexes)
            for side, indexes in enumerate(loose)
        ]
        self._expected = np.interp(
            loose[0],
            [-1, *(bead.source[0] for bead in paired)],
            [-1, *(bead.target[0] for bead in paired)],
        )
        gaps = [np.diff(indexes, prepend=indexes[0] - 1) - 1 for indexes in loose]
        self._gaps = [np.where(gap > _BRIDGE, np.inf, gap * _SKIP) for gap in gaps]
        self._used = [np.zeros(len(indexes), bool) for indexes in loose]

    def spans(self) -> list[Span]:
        """What has moved, in the order of the source."""
        found: list[Span] = []
        queue: list[tuple[float, int, Path]] = []
        tiles = list(self._evidence.tiles(_TILE, _TILES, _RARE))
        gains: dict[int, Floats] = {}
        for number, tile in enumerate(tiles):
            gain = self._gain(*tile)
            score, path = self._best(gain, tile)
            if score >= self._least:
                gains[number] = gain
                heapq.heappush(queue, (-score, number, path))
        while queue:
            score, number, path = heapq.heappop(queue)
            if self._is_free(path):
                found.append(self._take(path))
            score, path = self._best(gains[number], tiles[number])
            if score >= self._least:
                heapq.heappush(queue, (-score, number, path))
        return sorted(found, key=lambda span: span[0].start)

    def _gain(self, rows: slice, columns: slice) -> Floats:
        """What pairs of sentences add to a passage: nothing good if no other bead is passed."""
        gain = self._evidence(rows, columns) - self._costs[0][rows, None] - self._costs[1][columns]
        far = np.abs(self._expected[rows, None] - self._loose[1][columns])
        (first, last), (left, right) = (
            (ends[part], begun[part])
            for (ends, begun), part in zip(self._between, (rows, columns), strict=True)
        )
        passed = (first[:, None] > right) | (last[:, None] < left)
        return np.where(passed, gain - _NEAR * np.log1p(far), -np.inf).astype(np.float32)

    def _best(self, gain: Floats, tile: tuple[slice, slice]) -> tuple[float, Path]:
        """The best passage of a tile among what is not used yet."""
        rows, columns = tile
        used = self._used[0][rows, None] | self._used[1][columns]
        gaps = self._gaps[0][rows], self._gaps[1][columns]
        score, path = _local(np.where(used, -np.inf, gain), *gaps)
        return score, [(rows.start + i, columns.start + j) for i, j in path]

    def _is_free(self, path: Path) -> bool:
        return not any(
            used[first : last + 1].any()
            for used, first, last in zip(self._used, path[0], path[-1], strict=True)
        )

    def _take(self, path: Path) -> Span:
        source, target = (
            self._use(side, first, last)
            for side, (first, last) in enumerate(zip(path[0], path[-1], strict=True))
        )
        return source, target

    def _use(self, side: int, first: int, last: int) -> range:
        """The sentences from one loose sentence to another; none is to go over them any more."""
        self._used[side][first : last + 1] = True
        self._gaps[side][first : last + 2] = np.inf
        return range(int(self._loose[side][first]), int(self._loose[side][last]) + 1)


def _costs(
    evidence: Evidence, loose: tuple[Ints, Ints], beads: Sequence[Bead]
) -> tuple[Floats, Floats]:
    """What speaks for each loose sentence's being where it is, in nats.

    That is how likely its bead is, or how much its sentences are alike, whichever says more.
    """
    costs = np.zeros(len(loose[0]), np.float32), np.zeros(len(loose[1]), np.float32)
    paired = [bead for bead in beads if _paired(bead) and bead.probability < _SURE]
    for first in range(0, len(paired), _BATCH):
        batch = paired[first : first + _BATCH]
        odds = np.array(
            [log(max(1.0, bead.probability / (1 - bead.probability))) for bead in batch]
        )
        rows, owners = _places([bead.source for bead in batch], loose[0])
        columns, others = _places([bead.target for bead in batch], loose[1])
        own = (owners[:, None] == others) & (others >= 0)
        found = np.where(own, evidence(rows, columns), 0)
        costs[0][rows] = np.where(owners < 0, 0, np.maximum(found.max(axis=1), odds[owners]))
        costs[1][columns] = np.where(others < 0, 0, np.maximum(found.max(axis=0), odds[others]))
    return costs


def _places(sides: Sequence[tuple[int, ...]], loose: Ints) -> tuple[slice, Ints]:
    """Where loose sentences stand, and which of the sides each belongs to, -1 for none."""
    first, last = np.searchsorted(loose, [sides[0][0], sides[-1][-1]])
    span = slice(int(first), int(last) + 1)
    owners = np.searchsorted([side[0] for side in sides], loose[span], side="right") - 1
    ends = np.array([side[-1] for side in sides])
    return span, np.where(loose[span] <= ends[owners], owners, -1)


def _between(sides: Sequence[tuple[int, ...]], indexes: Ints) -> tuple[Ints, Ints]:
    """How many of the sides end before each sentence, and how many begin up to it."""
    return (
        np.searchsorted([side[-1] for side in sides], indexes, side="left"),
        np.searchsorted([side[0] for side in sides], indexes, side="right"),
    )


def _local(gain: Floats, down: Floats, right: Floats) -> tuple[float, Path]:
    """The best local alignment: its score, and the pairs of it.

    Args:
        gain: what each pair adds.
        down: what it costs to go from each row before to the row; infinite if that cannot be.
        right: the same of columns.
    """
    rows, columns = gain.shape
    skips = np.concatenate([[0], np.cumsum(np.minimum(right + _SKIP, _NEVER))])
    best = np.zeros((rows + 1, columns + 1))
    for i in range(rows):
        row = np.zeros(columns + 1)
        row[1:] = np.maximum(gain[i], best[i, :-1] - down[i] - right + gain[i])
        row = np.maximum(row, best[i] - down[i] - _SKIP)
        row = np.maximum.accumulate(row + skips) - skips
        best[i + 1] = np.maximum(row, 0)
    i, j = (int(place) for place in np.unravel_index(best.argmax(), best.shape))
    score = float(best[i, j])
    path = list(_back_from(best, gain, down, right, i, j))
    return score, path[::-1]


def _back_from(
    best: Floats, gain: Floats, down: Floats, right: Floats, i: int, j: int
) -> Iterator[tuple[int, int]]:
    while best[i, j] > 0:
        here, own = best[i, j], gain[i - 1, j - 1]
        longer = best[i - 1, j - 1] - down[i - 1] - right[j - 1]
        if abs(here - own - max(longer, 0)) < _NEARLY:
            yield i - 1, j - 1
            if longer <= 0:
                return
            i, j = i - 1, j - 1
        elif abs(best[i - 1, j] - down[i - 1] - _SKIP - here) < _NEARLY:
            i -= 1
        else:
            j -= 1


def _grown(spans: Sequence[Span], beads: Sequence[Bead]) -> list[Span]:
    """The spans, with the target's sentences at either end that are left alone by them."""
    sources = {i for rows, _ in spans for i in rows}
    taken = {j for _, columns in spans for j in columns}
    alone = {
        j
        for bead in beads
        for j in bead.target
        if sources.issuperset(bead.source) or not taken.isdisjoint(bead.target)
    } - taken
    found = []
    for rows, columns in spans:
        before, after = columns.start, columns.stop
        while before - 1 in alone and columns.start - before < _BEYOND:
            before -= 1
            alone.remove(before)
        while after in alone and after - columns.stop < _BEYOND:
            alone.remove(after)
            after += 1
        found.append((rows, range(before, after)))
    return found


def _order(spans: Sequence[Span], beads: Sequence[Bead], size: int) -> list[int]:
    """The target's sentences in the order of the source."""
    moved_ones = {j for _, columns in spans for j in columns}
    paired = [bead for bead in beads if _paired(bead)]
    starts = [bead.source[0] for bead in paired]
    after: defaultdict[int, list[int]] = defaultdict(list)
    for rows, columns in spans:
        place = bisect_left(starts, rows.start)
        after[paired[place - 1].target[-1] if place else -1] += columns
    order = after[-1][:]
    for j in range(size):
        if j not in moved_ones:
            order.append(j)
        order += after.get(j, [])
    return order


def _rising(numbers: Sequence[int]) -> list[int]:
    """The same runs of equal numbers, counted in order."""
    return [place for place, (_, run) in enumerate(groupby(numbers)) for _ in run]


def _back(bead: Bead, order: Sequence[int]) -> Iterator[Bead]:
    """A bead in the target's own numbers; what does not follow there is left alone."""
    places = [order[j] for j in bead.target]
    runs = [
        tuple(j for _, j in run)
        for _, run in groupby(enumerate(places), lambda one: one[1] - one[0])
    ]
    longest = max(runs, key=len, default=())
    yield Bead(bead.source, longest, bead.probability)
    for run in runs:
        if run is not longest:
            yield from (Bead((), (j,), bead.probability) for j in run)
