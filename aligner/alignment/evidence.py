"""How much the likeness of two sentences says for their saying the same, out of their order.

The evidence is the logarithm of a ratio: how likely a similarity is between sentences that
correspond, over how likely it is between any two. Both are learnt from beads that are sure: from
the similarities within them, and from those across them. Of the latter only the highest matter;
their tail is taken to be exponential, as usual for scores of local alignments.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import exp, log

import numpy as np

from aligner.alignment.features import BUCKETS, Counts, Ints, count
from aligner.alignment.similarity import Floats, Rarity, cosines

_BATCH = 2000  # sentences counted at a time
_WORDS = 0.3  # the weight of words against that of character n-grams
_USUAL = 0.2  # how alike corresponding sentences are; known as well as from so many beads:
_KNOWN = 3
_HIGH = 0.01  # the share of similarities across beads that makes their tail
_FEWEST = 10  # of them, at least
_FIRST = 0.1  # that share where there are too few beads
_FALL = 0.2  # the mean of what exceeds its beginning, in units of the mean within beads
_LOWEST = -0.5  # nats at best for what is not in the tail


class Evidence:
    """Sentences of two texts that may correspond, in any order.

    Args:
        source: one text, in the other's language if there is a translation.
        target: the other.
        rows: which of the source's sentences are to be compared.
        columns: the same of the target.
        sure: pairs of a source and a target sentence that correspond surely.
    """

    def __init__(
        self,
        source: Sequence[str],
        target: Sequence[str],
        rows: Sequence[int],
        columns: Sequence[int],
        sure: Sequence[tuple[int, int]],
    ) -> None:
        self._words, self._grams = _rarities(source, target)
        self._source = count([source[i] for i in rows])
        self._target = count([target[j] for j in columns])
        self._told = [
            _told(words, self._words, text, places)
            for (words, _), text, places in (
                (self._source, source, rows),
                (self._target, target, columns),
            )
        ]
        self._learn([source[i] for i, _ in sure], [target[j] for _, j in sure])

    def __call__(self, rows: slice, columns: slice) -> Floats:
        """For each pair of some of the sentences, in nats.

        No sentence says more than its words do: the less usual they are, the more; and the less,
        the more copies of the sentence there are.

        Args:
            rows: places among the source's sentences that are compared.
            columns: the same of the target.
        """
        words, grams = (
            cosines(left.rows(rows), right.rows(columns), rarity, [(1, 1)])[1, 1]
            for left, right, rarity in zip(
                self._source, self._target, (self._words, self._grams), strict=True
            )
        )
        alike = _mixed(words, grams) - self._across
        gain = self._slope * (alike - self._start) + self._base
        found = np.where(alike > self._start, gain, self._low)
        most = np.minimum(self._told[0][rows, None], self._told[1][columns])
        return np.minimum(found, most).astype(np.float32)

    def tiles(self, size: int, most: int, rare: int) -> list[tuple[slice, slice]]:
        """Which stretches of the sentences to compare, for `__call__`.

        All, if they are few; else those with the pairs that share most of their rare words.

        Args:
            size: how many sentences a stretch has on either side.
            most: how many tiles there may be for each stretch of a side.
            rare: how many pairs share a word that is rare.
        """
        rows, columns = len(self._source[0]), len(self._target[0])
        high, wide = -(-rows // size), -(-columns // size)
        chosen = np.arange(high * wide)
        if len(chosen) > most * (high + wide):
            left, right, shared = self._sharing(rare)
            best = np.zeros(high * wide)
            np.maximum.at(best, left // size * wide + right // size, shared)
            chosen = np.argsort(-best, kind="stable")[: most * (high + wide)]
        tiles = (divmod(int(number), wide) for number in chosen)
        return [
            (slice(row * size, (row + 1) * size), slice(column * size, (column + 1) * size))
            for row, column in tiles
        ]

    def _sharing(self, rare: int) -> tuple[Ints, Ints, Floats]:
        """Pairs that share rare words, and how much weight these have."""
        (source, _), (target, _) = self._source, self._target
        others = target.spread()
        pairs = source.spread() * others
        entries = np.flatnonzero((pairs[source.features] > 0) & (pairs[source.features] <= rare))
        features = source.features[entries].astype(np.int64)
        sorted_by = np.argsort(target.features, kind="stable")
        starts = np.concatenate([[0], np.cumsum(others)])
        numbers = others[features]
        inside = np.arange(numbers.sum()) - np.repeat(np.cumsum(numbers) - numbers, numbers)
        right = target.row_numbers()[sorted_by[np.repeat(starts[features], numbers) + inside]]
        left = np.repeat(source.row_numbers()[entries], numbers)
        weights = np.repeat(self._words[source.features[entries]], numbers)
        keys, places = np.unique(left * len(target) + right, return_inverse=True)
        together = np.bincount(places, weights).astype(np.float32)
        return keys // len(target), keys % len(target), together

    def _learn(self, source: Sequence[str], target: Sequence[str]) -> None:
        alike = np.zeros((0, 0), np.float32)
        if source:
            left, right = count(source), count(target)
            words = cosines(left[0], right[0], self._words, [(1, 1)])[1, 1]
            alike = _mixed(words, cosines(left[1], right[1], self._grams, [(1, 1)])[1, 1])
        wrong = np.sort(alike[~np.eye(len(alike), dtype=bool)])
        self._across = float(wrong.mean()) if len(wrong) else 0.0
        within = (float(np.trace(alike)) + _KNOWN * _USUAL) / (len(alike) + _KNOWN)
        mean = max(within - self._across, _USUAL / 10)
        number = max(int(len(wrong) * _HIGH), _FEWEST)
        if len(wrong) > 4 * number:
            share, start = number / len(wrong), float(wrong[-number]) - self._across
            # What is rare may fall more slowly than the rest.
            tails = [wrong[-few:] for few in (number, number // 10) if few >= _FEWEST]
            tail = max((tail - tail[0] for tail in tails), key=np.mean)
        else:
            share, start, tail = _FIRST, mean / 3, wrong[:0]
        fall = (float(tail.sum()) + _FEWEST * _FALL * mean) / (len(tail) + _FEWEST)
        # Similarities within beads: exponential, too, of which only the mean need be known.
        self._start = max(start, 0.01 * mean)
        self._slope = 1 / fall - 1 / mean
        self._base = log(fall / (share * mean)) - self._start / mean
        self._low = min(_LOWEST, log((1 - exp(-self._start / mean)) / (1 - share)))


def _told(words: Counts, rarity: Rarity, text: Sequence[str], places: Sequence[int]) -> Floats:
    """What the words of sentences of a text say at most; as likely are all pairs of copies."""
    copies = Counter(text)
    weights = np.bincount(words.row_numbers(), rarity[words.features], minlength=len(words))
    told: Floats = weights - 2 * np.log([copies[text[place]] for place in places])
    return told


def _mixed(words: Floats, grams: Floats) -> Floats:
    return _WORDS * words + (1 - _WORDS) * grams


def _rarities(source: Sequence[str], target: Sequence[str]) -> tuple[Rarity, Rarity]:
    """The weights of words and of character n-grams in two texts."""
    spread = np.zeros((2, BUCKETS), np.int64)
    for text in (source, target):
        for first in range(0, len(text), _BATCH):
            for kind, counts in enumerate(count(text[first : first + _BATCH])):
                spread[kind] += counts.spread()
    words, grams = (Rarity(each, len(source) + len(target)) for each in spread)
    return words, grams
