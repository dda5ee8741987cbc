"""Two texts, ready to be compared stretch by stretch, and what beads between them score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.features import BUCKETS, Counts, count, stack
from aligner.alignment.paths import Grid, Scores
from aligner.alignment.similarity import Floats, Rarity, Type, cosines

_BATCH = 2000  # sentences counted at a time
_USUAL = 0.4  # how alike sentences are at best, on the average, with machine translation
_LOWEST = 0.02

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Parameters:
    """What the scores of beads are made of; chosen together, for all languages.

    Attributes:
        longest: how many sentences a bead may have on one side, if it has one on the other; on both
            together it has one more at most.
        original: the weight of the source's own words, where there is a translation of it.
        words: the weight of words against that of character n-grams in similarity.
        scaling: how far low similarities are raised where all are low; 1 for wholly.
        crowding: how much the mean similarity to all others counts against a bead's own.
        least: the similarity that scores nothing.
        power: a bead of k sentences a side weighs as much as k to this power.
        merging: what each sentence beyond the first costs, on either side.
        length: the weight of differing lengths.
        variance: how much lengths differ, for each character (Gale and Church's s²).
        farthest: what a difference of lengths costs at most, before it is weighted.
        deletion: what it costs to leave out a sentence.
        sharpness: what makes of scores logarithms of odds.
    """

    longest: int = 4
    original: float = 0.28
    words: float = 0.3
    scaling: float = 0.75
    crowding: float = 0.73
    least: float = 0.12
    power: float = 0.42
    merging: float = 0.1035
    length: float = 0.0615
    variance: float = 14.0
    farthest: float = 8.0
    deletion: float = 0.13
    sharpness: float = 20.0

    @property
    def types(self) -> list[Type]:
        """The types of beads with two sides."""
        return [
            (a, b)
            for a, b in product(range(1, self.longest + 1), repeat=2)
            if a + b <= self.longest + 1
        ]


class Words:
    """How often two texts have each word, and what weight the words have."""

    def __init__(self, source: Counts, target: Counts) -> None:
        self.source = source
        self.target = target
        self.rarity = Rarity.of(source, target)

    def cosines(self, rows: slice, columns: slice, types: Sequence[Type]) -> dict[Type, Floats]:
        """How alike runs are, from a stretch of either text."""
        return cosines(self.source.rows(rows), self.target.rows(columns), self.rarity, types)


class Pair:
    """Two texts to be aligned.

    The words of the whole texts are kept; character n-grams, ten times as many, are counted again
    for each stretch, which takes little time and saves most of the memory.

    Args:
        source: its sentences.
        target: the same of the other text.
        translated: the source in the target's language, if there is a translation.
        parameters: what beads score.

    Attributes:
        size: how many sentences there are on either side.
        words: the words of both texts, of the source's translation if there is one.
    """

    def __init__(
        self,
        source: Sequence[str],
        target: Sequence[str],
        translated: Sequence[str] | None,
        parameters: Parameters,
    ) -> None:
        self.size = len(source), len(target)
        self.parameters = parameters
        self._texts = source if translated is None else translated, target
        surveys = [_survey(texts) for texts in self._texts]
        self.words = Words(*(words for words, _ in surveys))
        self._rarity = Rarity(surveys[0][1] + surveys[1][1], sum(self.size))
        # Names and numbers as they were, whatever the translation has made of them.
        self._untranslated = translated and Words(_survey(source)[0], self.words.target)
        self._highest: list[float] = []  # similarities in each stretch so far
        lengths = [np.array([len(text) for text in texts], float) for texts in (source, target)]
        ratio = max(0.2, lengths[1].sum() / max(1.0, lengths[0].sum()))
        self._ends = [
            np.concatenate([[0], np.cumsum(side)]) for side in (lengths[0] * ratio, lengths[1])
        ]

    def scores(self, rows: slice, columns: slice) -> Scores:
        """What beads score in a stretch of the source and one of the target."""
        given = self.parameters
        likeness = self._scaled(self._likeness(rows, columns))
        left = {a: likeness[a, 1].mean(axis=1)[:, None] for a, b in given.types if b == 1}
        right = {b: likeness[1, b].mean(axis=0) for a, b in given.types if a == 1}
        beads: dict[Type, Grid] = {}
        for (a, b), alike in likeness.items():
            if alike.size:
                room = np.maximum(0.05, 1 - given.crowding * (left[a] + right[b]) / 2)
                gain = ((a + b) / 2) ** given.power * (1 - (1 - alike) / room - given.least)
                costs = given.merging * (a + b - 2) + given.length * self._misfit(
                    rows, columns, (a, b)
                )
                beads[a, b] = gain - costs
        skips = [np.full(span.stop - span.start, -given.deletion) for span in (rows, columns)]
        return Scores(beads, *skips)

    def _likeness(self, rows: slice, columns: slice) -> dict[Type, Floats]:
        given = self.parameters
        spans = rows, columns
        left, right = (
            count(texts[span])[1] for texts, span in zip(self._texts, spans, strict=True)
        )
        by_grams = cosines(left, right, self._rarity, given.types)
        by_words = self.words.cosines(rows, columns, given.types)
        alike = {t: _mix(by_words[t], by_grams[t], given.words) for t in given.types}
        if not self._untranslated:
            return alike
        before = self._untranslated.cosines(rows, columns, given.types)
        return {t: _mix(before[t], alike[t], given.original) for t in given.types}

    def _scaled(self, likeness: dict[Type, Floats]) -> dict[Type, Floats]:
        """Similarities as if the highest that sentences have were as high as is usual.

        Without a translation, or with a poor one, all are low; what beads score, next to what
        deletions cost, must not depend on that. The stretches before count as well: in one where
        nothing corresponds, all must stay low.
        """
        single = likeness[1, 1]
        self._highest.append((single.max(axis=0).mean() + single.max(axis=1).mean()) / 2)
        factor = (_USUAL / max(_LOWEST, fmean(self._highest))) ** self.parameters.scaling
        return {t: np.minimum(1, alike * factor) for t, alike in likeness.items()}

    def _misfit(self, rows: slice, columns: slice, bead: Type) -> Grid:
        """How ill the lengths of runs go together, as Gale and Church (1993) see it."""
        given = self.parameters
        left, right = (
            ends[span.start + size : span.stop + 1] - ends[span.start : span.stop + 1 - size]
            for ends, span, size in zip(self._ends, (rows, columns), bead, strict=True)
        )
        squared = (left[:, None] - right) ** 2
        mean = (left[:, None] + right) / 2
        misfit: Grid = squared / (given.variance * mean + 1) / 2
        return misfit.clip(max=given.farthest)


def _mix(first: Floats, second: Floats, share: float) -> Floats:
    return share * first + (1 - share) * second


def _survey(texts: Sequence[str]) -> tuple[Counts, Ints]:
    """The words of a text, and in how many sentences each n-gram stands."""
    spread = np.zeros(BUCKETS, np.int64)
    words = []
    for first in range(0, len(texts), _BATCH):
        counted, grams = count(texts[first : first + _BATCH])
        words.append(counted)
        spread += grams.spread()
    return stack(words), spread
