"""A rough way through two long texts, so that only what lies near it need be compared.

Both texts are cut into the same number of blocks, each a short vector of its words, and the best
way through the blocks is found; then blocks are made smaller, and only those near the way are
looked at. As in vecalign (Thompson and Koehn, 2019), time and memory grow with the length of the
texts, not with its square; unlike rare words as anchors, blocks bear texts that repeat themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.features import Counts
from aligner.alignment.similarity import Floats, Rarity, weighted
from aligner.alignment.views import Words

Points = NDArray[np.int64]  # rows of (source, target) positions between sentences, never falling

_WIDTH = 512  # of a block's vector
_SIGN = 12  # the bit of a feature's number that says which way it points
_FEW = 400  # blocks that are compared each with each
_FINER = 8  # times as many blocks on the next level
_FINEST = 8  # sentences a block
_GAP = 150  # sentences without a counterpart
_ASIDE = 2  # blocks of the level before, that are looked at on either side of its way


def find(texts: Sequence[Words]) -> Points:
    """Points of a rough way from the beginnings of two texts to their ends.

    Args:
        texts: the two, in one form or more to compare them by.
    """
    sizes = np.array([len(texts[0].source), len(texts[0].target)])
    most = -(-int(sizes.max()) // _FINEST)
    number = min(_FEW, most)
    way = _way(*_sketches(texts, number), _everywhere(number))
    while number < most:
        finer = min(number * _FINER, most)
        near = _near(way, number, finer)
        number = finer
        way = _way(*_sketches(texts, number), near)
    points: Points = way * sizes // number
    return points


def gaps(points: Points, margin: int) -> list[tuple[int, int]]:
    """Where a route goes along one text only for long: the beginnings and the ends of it.

    Args:
        points: the route, from `find`.
        margin: how many sentences the gaps are made shorter at either end.
    """
    found: list[tuple[int, int]] = []
    for side in (0, 1):
        still = np.flatnonzero(np.diff(points[:, 1 - side]))
        edges = np.concatenate([[0], still + 1, [len(points)]])
        for first, last in pairwise(edges):
            begin, end = points[first].copy(), points[last - 1].copy()
            if end[side] - begin[side] >= _GAP:
                begin[side] += margin
                end[side] -= margin
                found += [(int(i), int(j)) for i, j in (begin, end)]
    return sorted(found)


def _sketches(texts: Sequence[Words], number: int) -> tuple[Floats, Floats]:
    """So many blocks of two texts, as vectors of length one."""
    source = _unit([_sketch(words.source, words.rarity, number) for words in texts])
    target = _unit([_sketch(words.target, words.rarity, number) for words in texts])
    return source, target


def _unit(sketches: Sequence[Floats]) -> Floats:
    vectors: Floats = np.sum(sketches, axis=0, dtype=np.float32)
    vectors /= np.maximum(1e-9, np.linalg.norm(vectors, axis=1))[:, None]
    return vectors


def _sketch(counts: Counts, rarity: Rarity, number: int) -> Floats:
    """So many blocks of a text, as vectors: their words added up at random places."""
    blocks = (counts.row_numbers() * number + number - 1) // max(1, len(counts))
    blocks = np.minimum(blocks, number - 1)
    places = blocks * _WIDTH + counts.features % _WIDTH
    signs = 1 - 2 * ((counts.features >> _SIGN) & 1).astype(np.float32)
    summed = np.bincount(places, weighted(counts, rarity) * signs, minlength=number * _WIDTH)
    return summed.astype(np.float32).reshape(number, _WIDTH)


def _everywhere(number: int) -> NDArray[np.int64]:
    return np.tile([0, number], (number + 1, 1))


def _near(way: Points, number: int, finer: int) -> NDArray[np.int64]:
    """For each row of a finer grid the first and last column that lie near the way."""
    first = np.full(number + 1, number)
    last = np.zeros(number + 1, np.int64)
    np.minimum.at(first, way[:, 0], way[:, 1])
    np.maximum.at(last, way[:, 0], way[:, 1])
    rows = np.arange(finer + 1) * number
    low = first[np.maximum(0, rows // finer - _ASIDE)] - _ASIDE
    high = last[np.minimum(number, -(-rows // finer) + _ASIDE)] + _ASIDE
    near = np.stack([low * finer // number, -(-high * finer // number)], axis=1)
    return near.clip(0, finer)


def _way(source: Floats, target: Floats, near: NDArray[np.int64]) -> Points:
    """The best way through blocks within the columns that are allowed in each row."""
    values = [np.zeros(near[0, 1] - near[0, 0] + 1, np.float32)]
    for row, block in enumerate(source):
        values.append(_next(values[-1], near[row], near[row + 1], block, target))
    return np.array(list(_back(values, near))[::-1])


def _next(
    before: Floats, here: NDArray[np.int64], there: NDArray[np.int64], block: Floats, target: Floats
) -> Floats:
    """The best sums at the points of the next row, from those of a row."""
    low, high = here
    likeness = target[low:high] @ block
    values = np.full(max(high, there[1]) - low + 1, -np.inf, np.float32)
    values[: len(before)] = before
    if len(likeness):
        gain = likeness - likeness.mean()
        np.maximum(values[1 : len(before)], before[:-1] + gain, out=values[1 : len(before)])
    return np.maximum.accumulate(values)[there[0] - low : there[1] - low + 1]


def _back(values: list[Floats], near: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    row, column = len(values) - 1, int(near[-1, 1])
    yield row, column
    while row or column:
        here = values[row][column - near[row, 0]]
        if row == 0 or (column > near[row, 0] and values[row][column - 1 - near[row, 0]] >= here):
            column -= 1
        else:
            row -= 1
            low, high = near[row]
            if column > high or (column > low and values[row][column - low] < here):
                column -= 1
        yield row, column
