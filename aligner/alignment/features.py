"""Sentences as counts of their words and of their character n-grams, as arrays.

All sentences of a text are hashed at once, without a loop over characters or words. N-grams stay
within words, white space at either end among their letters (`char_wb` of scikit-learn).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.keys import fold

BITS = 20  # of a feature's number; what collides is rare enough
BUCKETS = 1 << BITS
GRAMS = (3, 4)
STEM = 5  # letters of a word that count as its stem: its ending says less of its meaning
_BATCH = 1 << 20  # characters hashed at a time, to bound memory
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_SPACE = np.uint64(32)
MOST = 255  # what counts stop at

Ints = NDArray[np.int64]
Letters = NDArray[np.uint64]  # code points, and hashes of them


@dataclass(frozen=True, slots=True)
class Counts:
    """A sparse matrix of counts, one row a sentence.

    Attributes:
        starts: where each row begins in the other two, and their length at the end.
        features: the numbers of the features, rising within a row.
        counts: how often each stands in the sentence.
    """

    starts: Ints
    features: NDArray[np.uint32]
    counts: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def rows(self, span: slice) -> Counts:
        """Some rows, as a view."""
        starts = self.starts[span.start : span.stop + 1]
        entries = slice(starts[0], starts[-1])
        return Counts(starts - starts[0], self.features[entries], self.counts[entries])

    def joined(self, runs: Sequence[Sequence[int]]) -> Counts:
        """Which features there are in each of some rows together; each row in one of them only."""
        groups = np.full(len(self), -1)
        for number, run in enumerate(runs):
            groups[list(run)] = number
        rows = groups[self.row_numbers()]
        return tally(rows[rows >= 0], self.features[rows >= 0].astype(np.int64), len(runs))

    def row_numbers(self) -> Ints:
        """The row of each entry."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    def spread(self) -> NDArray[np.int64]:
        """For each feature, how many sentences have it."""
        return np.bincount(self.features, minlength=BUCKETS)


def count(texts: Sequence[str]) -> tuple[Counts, Counts]:
    """The words of each text, and its character n-grams."""
    parts = [(_words(*batch), _grams(*batch)) for batch in _batches(texts)]
    return stack([words for words, _ in parts]), stack([grams for _, grams in parts])


def grams(texts: Sequence[str]) -> Counts:
    """The character n-grams of each text, as `count` has them."""
    return stack([_grams(*batch) for batch in _batches(texts)])


def stems(texts: Sequence[str]) -> Counts:
    """The first letters of each word of each text."""
    return stack([_words(*batch, STEM) for batch in _batches(texts)])


def _batches(texts: Sequence[str]) -> Iterator[tuple[Letters, Ints, int]]:
    """Batches of the texts: their characters, the row of each, and how many rows there are."""
    lines: list[str] = []
    size = 0
    for text in texts:
        lines.append(f" {fold(text)} ")
        size += len(lines[-1])
        if size >= _BATCH:
            yield _letters(lines)
            lines, size = [], 0
    if lines:
        yield _letters(lines)


def _letters(lines: Sequence[str]) -> tuple[Letters, Ints, int]:
    joined = "".join(lines).encode("utf-32-le", "surrogatepass")
    letters = np.frombuffer(joined, np.uint32).astype(np.uint64)
    return letters, np.repeat(np.arange(len(lines)), [len(line) for line in lines]), len(lines)


def _words(letters: Letters, rows: Ints, number: int, longest: int | None = None) -> Counts:
    edges = np.flatnonzero(np.diff(letters != _SPACE)) + 1  # texts begin and end with a space
    starts, ends = edges[::2], edges[1::2]
    if not len(starts):
        return _tally(starts, letters[:0], number)
    lengths = np.minimum(ends - starts, longest or len(letters))
    inside = np.repeat(starts, lengths)
    places = inside + np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    powers = np.cumprod(np.full(lengths.max(), _PRIME))
    hashes = np.add.reduceat(
        letters[places] * powers[places - inside], np.cumsum(lengths) - lengths
    )
    return _tally(rows[starts], hashes, number)


def _grams(letters: Letters, rows: Ints, number: int) -> Counts:
    gaps = np.cumsum(letters == _SPACE)
    found, hashes = [], []
    for size in GRAMS:
        if len(letters) < size:
            break
        last = len(letters) - size + 1
        # No white space inside: as much up to the last letter but one as up to the first.
        whole = np.flatnonzero(gaps[size - 2 : last + size - 2] == gaps[:last])
        hashed = np.full(len(whole), size, np.uint64)
        for place in range(size):
            hashed = hashed * _PRIME + letters[whole + place]
        found.append(rows[whole])
        hashes.append(hashed)
    if not found:
        return _tally(rows[:0], letters[:0], number)
    return _tally(np.concatenate(found), np.concatenate(hashes), number)


def _tally(rows: Ints, hashes: Letters, number: int) -> Counts:
    """Count what is there, a hash and its row each."""
    hashes = hashes ^ (hashes >> np.uint64(32))
    return tally(rows, ((hashes * _MIX) >> np.uint64(64 - BITS)).astype(np.int64), number)


def tally(rows: Ints, features: Ints, number: int) -> Counts:
    """How often each feature is there in each row, from a list of both in any order."""
    keys, counts = np.unique(rows << BITS | features, return_counts=True)
    return Counts(
        np.searchsorted(keys >> BITS, np.arange(number + 1)),
        (keys & (BUCKETS - 1)).astype(np.uint32),
        np.minimum(counts, MOST).astype(np.uint8),
    )


def stack(parts: Sequence[Counts]) -> Counts:
    """One below the other."""
    if not parts:
        return Counts(np.zeros(1, np.int64), np.zeros(0, np.uint32), np.zeros(0, np.uint8))
    ends = np.cumsum([0, *(part.starts[-1] for part in parts)])
    starts = [part.starts[1:] + end for part, end in zip(parts, ends, strict=False)]
    return Counts(
        np.concatenate([np.zeros(1, np.int64), *starts]),
        np.concatenate([part.features for part in parts]),
        np.concatenate([part.counts for part in parts]),
    )
