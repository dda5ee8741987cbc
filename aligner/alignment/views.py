"""Two texts to compare: the texts to be aligned, or translations of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.features import BUCKETS, Counts, count, grams, stack
from aligner.alignment.similarity import Floats, Rarity, Type, cosines

Texts = tuple[Sequence[str], Sequence[str]]  # source and target, as many sentences as they have
Ints = NDArray[np.int64]

_BATCH = 2000  # sentences counted at a time


class Words:
    """How often two texts have each word, and what weight the words have."""

    def __init__(self, source: Counts, target: Counts) -> None:
        self.source = source
        self.target = target
        self.rarity = Rarity.of(source, target)

    def cosines(self, rows: slice, columns: slice, types: Sequence[Type]) -> dict[Type, Floats]:
        """How alike runs are, from a stretch of either text."""
        return cosines(self.source.rows(rows), self.target.rows(columns), self.rarity, types)


class View:
    """Two texts, compared by their words and character n-grams.

    The words of the whole texts are kept; character n-grams, ten times as many, are counted again
    for each stretch, which takes little time and saves most of the memory.

    Attributes:
        words: the words of both texts.
    """

    def __init__(self, source: Sequence[str], target: Sequence[str]) -> None:
        self._texts = source, target
        surveys = [_survey(texts) for texts in self._texts]
        self.words = Words(*(words for words, _ in surveys))
        self._rarity = Rarity(surveys[0][1] + surveys[1][1], len(source) + len(target))

    def likeness(
        self, rows: slice, columns: slice, types: Sequence[Type], share: float
    ) -> dict[Type, Floats]:
        """How alike runs are, from a stretch of either text.

        Args:
            rows: the stretch of the source.
            columns: the stretch of the target.
            types: for which lengths of runs.
            share: the weight of words against that of n-grams.
        """
        spans = rows, columns
        left, right = (grams(texts[span]) for texts, span in zip(self._texts, spans, strict=True))
        by_grams = cosines(left, right, self._rarity, types)
        by_words = self.words.cosines(rows, columns, types)
        return {t: share * by_words[t] + (1 - share) * by_grams[t] for t in types}


def _survey(texts: Sequence[str]) -> tuple[Counts, Ints]:
    """The words of a text, and in how many sentences each n-gram stands."""
    spread = np.zeros(BUCKETS, np.int64)
    words = []
    for first in range(0, len(texts), _BATCH):
        counted, grammed = count(texts[first : first + _BATCH])
        words.append(counted)
        spread += grammed.spread()
    return stack(words), spread
