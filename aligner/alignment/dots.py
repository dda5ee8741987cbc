"""The background of a dot plot: which sentences of two texts are alike, anywhere in them.

What two sentences share counts for its rarity, as in `similarity`, but only for pairs of sentences
that share something rare: there are few of these in texts of any length (Church, 1993).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.features import BUCKETS, Counts, Ints, count, stack
from aligner.alignment.similarity import Floats, Rarity, weighted

_SHORT = 2000 * 2000  # texts with no more pairs of sentences are compared by n-grams, not by words
_BATCH = 2000  # sentences counted at a time
_ROOM = 2_000_000  # what pairs of sentences share, so much of it at the most


def dots(source: Sequence[str], target: Sequence[str], most: int = 400) -> Floats:
    """How alike the sentences of two texts are, as a picture.

    Args:
        source: the sentences of one text, in the language of the other if they were translated.
        target: those of the other.
        most: how many rows and columns the picture may have.

    Returns:
        A row for each target sentence, or for some that follow each other, a column for each of
        the source: the highest similarity there, 1 for what is usual where sentences correspond.
    """
    sizes = len(target), len(source)
    shape = tuple(min(size, most) for size in sizes)
    picture = np.zeros(shape, np.float32)
    if not all(sizes):
        return picture
    rows, columns, alike = _alike(target, source)
    places = rows * shape[0] // sizes[0], columns * shape[1] // sizes[1]
    np.maximum.at(picture, places, alike)
    best = (picture.max(axis=0).mean() + picture.max(axis=1).mean()) / 2
    picture /= max(1e-6, best)
    return np.minimum(1, picture, out=picture)


def _alike(left: Sequence[str], right: Sequence[str]) -> tuple[Ints, Ints, Floats]:
    """The pairs of sentences that share something rare, and how alike these are."""
    by_grams = len(left) * len(right) <= _SHORT
    counts = [_count(side, by_grams=by_grams) for side in (left, right)]
    rarity = Rarity.of(*counts)
    sides = [_by_feature(side, rarity) for side in counts]
    both = [np.bincount(features, minlength=BUCKETS) for features, _, _ in sides]
    pairs = both[0] * both[1]
    shared = np.flatnonzero(pairs)
    shared = shared[np.argsort(pairs[shared], kind="stable")]
    shared = shared[np.cumsum(pairs[shared]) <= _ROOM]
    # Each entry of the one side with each of the other that has the same feature.
    pair = np.arange(pairs[shared].sum()) - np.repeat(
        np.cumsum(pairs[shared]) - pairs[shared], pairs[shared]
    )
    found = np.repeat(shared, pairs[shared])
    entries = [
        np.searchsorted(sides[0][0], found) + pair // both[1][found],
        np.searchsorted(sides[1][0], found) + pair % both[1][found],
    ]
    keys, where = np.unique(
        sides[0][1][entries[0]] * len(right) + sides[1][1][entries[1]], return_inverse=True
    )
    products = sides[0][2][entries[0]] * sides[1][2][entries[1]]
    alike = np.bincount(where, products, minlength=len(keys)).astype(np.float32)
    return keys // len(right), keys % len(right), alike


def _count(texts: Sequence[str], *, by_grams: bool) -> Counts:
    """The words or n-grams of a text; of n-grams there are too many in long ones."""
    batches = (texts[first : first + _BATCH] for first in range(0, len(texts), _BATCH))
    return stack([count(batch)[by_grams] for batch in batches])


def _by_feature(side: Counts, rarity: Rarity) -> tuple[NDArray[np.uint32], Ints, Floats]:
    """The entries of a text in the order of their features: feature, sentence, and weight."""
    rows = side.row_numbers()
    values = weighted(side, rarity)
    lengths = np.sqrt(np.bincount(rows, np.square(values), minlength=len(side)))
    order = np.argsort(side.features, kind="stable")
    weights = (values / np.maximum(1e-9, lengths[rows])).astype(np.float32)
    return side.features[order], rows[order], weights[order]
