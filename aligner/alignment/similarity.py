"""How alike runs of sentences are: cosines of their TF-IDF vectors.

A run counts as one sentence: term frequencies are taken of the whole run before the logarithm, so
that what its sentences repeat does not count twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.features import BUCKETS, MOST, Counts, Ints

Floats = NDArray[np.float32]
Type = tuple[int, int]  # how many sentences a bead has on either side

_TF = np.concatenate([[0], 1 + np.log(np.arange(1, MOST + 1))]).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Rarity:
    """The weights of features: the fewer of the sentences have one, the heavier it is.

    Attributes:
        spread: for each feature, how many sentences have it.
        sentences: how many there are.
    """

    spread: Ints
    sentences: int

    @classmethod
    def of(cls, source: Counts, target: Counts) -> Rarity:
        """The weights in two texts together."""
        return cls(source.spread() + target.spread(), len(source) + len(target))

    def __getitem__(self, features: NDArray[np.uint32]) -> Floats:
        idf = np.log((self.sentences + 1) / (self.spread[features] + 0.5)).astype(np.float32)
        return np.maximum(idf, 0, out=idf)


def weighted(counts: Counts, weights: Rarity) -> Floats:
    """The TF-IDF value of each entry."""
    return _TF[counts.counts] * weights[counts.features]


def cosines(
    source: Counts, target: Counts, weights: Rarity, types: Iterable[Type]
) -> dict[Type, Floats]:
    """How alike each run of source sentences is to each of the target's.

    Args:
        source: one sentence a row.
        target: the same of the other side.
        weights: of each feature, in both texts.
        types: for which lengths of runs.

    Returns:
        For each type (a, b) a matrix, where [i, j] is for the a sentences from the i-th and the
        b from the j-th.
    """
    types = list(types)
    shared = _shared(source, target)
    left = _runs(source, shared, weights, {a for a, _ in types})
    right = _runs(target, shared, weights, {b for _, b in types})
    return {(a, b): left[a] @ right[b].T for a, b in types}


def _shared(source: Counts, target: Counts) -> NDArray[np.uint32]:
    """The features of both, rising."""
    there = np.zeros(BUCKETS, np.uint8)
    there[source.features] = 1
    there[target.features] |= 2
    return np.flatnonzero(there == 3).astype(np.uint32)


def _runs(
    side: Counts, shared: NDArray[np.uint32], weights: Rarity, lengths: Iterable[int]
) -> dict[int, Floats]:
    """The vectors of the runs of so many sentences, of length one, with the shared features only.

    What only one side has counts for the length of its vectors, as if no two sentences of a run
    had it.
    """
    rows = side.row_numbers()
    places = np.searchsorted(shared, side.features)
    known = np.zeros(len(rows), bool)
    inside = places < len(shared)
    known[inside] = shared[places[inside]] == side.features[inside]
    dense = np.zeros((len(side), len(shared)), np.uint16)
    dense[rows[known], places[known]] = side.counts[known]
    squares = np.where(known, 0, np.square(weighted(side, weights)))
    alone = np.concatenate([[0], np.cumsum(np.bincount(rows, squares, minlength=len(side)))])
    heavy = weights[shared]
    found = {}
    for length in lengths:
        number = max(0, len(side) - length + 1)
        runs = dense[:number].copy()
        for later in range(1, min(length, len(side))):
            runs += dense[later : later + number]
        vectors = _TF[np.minimum(runs, MOST, out=runs)]
        vectors *= heavy
        norms = np.einsum("ij,ij->i", vectors, vectors)
        norms += (alone[length:] - alone[:number]).astype(np.float32)
        vectors /= np.sqrt(np.maximum(norms, 1e-9))[:, None]
        found[length] = vectors
    return found
