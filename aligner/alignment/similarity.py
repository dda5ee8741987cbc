"""How alike runs of sentences are: cosines of their TF-IDF vectors.

A run counts as one sentence: term frequencies are taken of the whole run before the logarithm, so
that what its sentences repeat does not count twice.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.features import BUCKETS, MOST, Counts

Floats = NDArray[np.float32]
Type = tuple[int, int]  # how many sentences a bead has on either side

_TF = np.concatenate([[0], 1 + np.log(np.arange(1, MOST + 1))]).astype(np.float32)


def idf(spread: NDArray[np.int64], sentences: int) -> Floats:
    """The weight of each feature: the fewer of the sentences have it, the heavier."""
    return np.maximum(0, np.log((sentences + 1) / (spread + 0.5))).astype(np.float32)


def weighted(counts: Counts, weights: Floats) -> Floats:
    """The TF-IDF value of each entry."""
    return _TF[counts.counts] * weights[counts.features]


def cosines(
    source: Counts, target: Counts, weights: Floats, types: Iterable[Type]
) -> dict[Type, Floats]:
    """How alike each run of source sentences is to each of the target's.

    Args:
        source: one sentence a row.
        target: the same of the other side.
        weights: of each feature, from `idf`.
        types: for which lengths of runs.

    Returns:
        For each type (a, b) a matrix, where [i, j] is for the a sentences from the i-th and the
        b from the j-th.
    """
    types = list(types)
    shared = _shared(source, target)
    left = {a: _runs(source, shared, weights, a) for a in {a for a, _ in types}}
    right = {b: _runs(target, shared, weights, b) for b in {b for _, b in types}}
    return {(a, b): left[a] @ right[b].T for a, b in types}


def _shared(source: Counts, target: Counts) -> NDArray[np.uint32]:
    """The features of both, rising."""
    there = np.zeros(BUCKETS, np.uint8)
    there[source.features] = 1
    there[target.features] |= 2
    return np.flatnonzero(there == 3).astype(np.uint32)


def _runs(side: Counts, shared: NDArray[np.uint32], weights: Floats, length: int) -> Floats:
    """The vectors of the runs of so many sentences, of length one, with the shared features only.

    What only one side has counts for the length of its vectors, as if no two sentences of a run
    had it.
    """
    number = max(0, len(side) - length + 1)
    if not number or not len(shared):
        return np.zeros((number, len(shared)), np.float32)
    rows = side.row_numbers()
    places = np.minimum(np.searchsorted(shared, side.features), len(shared) - 1)
    known = shared[places] == side.features
    dense = np.zeros((len(side), len(shared)), np.uint16)
    dense[rows[known], places[known]] = side.counts[known]
    runs = dense[:number].copy()
    for later in range(1, length):
        runs += dense[later : later + number]
    vectors = _TF[np.minimum(runs, MOST)] * weights[shared]
    squares = np.where(known, 0, np.square(weighted(side, weights)))
    alone = np.concatenate([[0], np.cumsum(np.bincount(rows, squares, minlength=len(side)))])
    norms = np.einsum("ij,ij->i", vectors, vectors) + alone[length:] - alone[:-length]
    vectors /= np.sqrt(np.maximum(norms, 1e-9)).astype(np.float32)[:, None]
    return vectors
