"""Two texts, ready to be compared stretch by stretch, and what beads between them score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

import numpy as np

from aligner.alignment.features import BUCKETS, Counts, count, stack
from aligner.alignment.paths import Grid, Scores, Type
from aligner.alignment.similarity import Floats, cosines, idf

_BATCH = 2000  # sentences counted at a time


@dataclass(frozen=True, slots=True)
class Parameters:
    """What the scores of beads are made of.

    Chosen together, for all languages; see docs/alignment.md on how.

    Attributes:
        longest: how many sentences a bead may have on a side.
        words: the weight of words against that of character n-grams in similarity.
        power: a bead of k sentences a side weighs as k to this power.
        merging: what each sentence beyond the first costs, on either side.
        length: the weight of differing lengths.
        variance: how much lengths differ, in Gale and Church's sense: per character.
        most: what a difference of lengths costs at most, before it is weighted.
        crowding: how much the similarity to all other sentences counts against a bead's own.
        deletion: what a sentence that is left out costs.
        sharpness: what scores are multiplied with to be logarithms of odds.
    """

    longest: int = 3
    words: float = 0.36
    power: float = 0.5
    merging: float = 0.1
    length: float = 0.05
    variance: float = 7.8
    most: float = 4.8
    crowding: float = 1.1
    deletion: float = 0.12
    sharpness: float = 20.0

    @property
    def types(self) -> list[Type]:
        """The types of beads with two sides."""
        return list(product(range(1, self.longest + 1), repeat=2))


class Pair:
    """Two texts to be aligned.

    Words of the whole texts are kept; character n-grams, ten times as many, are counted again for
    each stretch, which takes little time and saves most of the memory.
    """

    def __init__(
        self, source: Sequence[str], target: Sequence[str], compared: Sequence[str], parameters: Parameters
    ) -> None:
        self.sides = (compared, target)
        self.parameters = parameters
        lengths = [np.array([len(text) for text in texts], float) for texts in (source, target)]
        ratio = max(0.2, lengths[1].sum() / max(1.0, lengths[0].sum()))
        self._ends = [np.concatenate([[0.0], np.cumsum(each)]) for each in (lengths[0] * ratio, lengths[1])]
        surveys = [_survey(texts) for texts in self.sides]
        self.words = surveys[0][0], surveys[1][0]
        number = len(compared) + len(target)
        self.idf = (
            idf(self.words[0].spread() + self.words[1].spread(), number),
            idf(surveys[0][1] + surveys[1][1], number),
        )

    def scores(self, rows: slice, columns: slice) -> Scores:
        """What beads score in a stretch of the source and one of the target."""
        p = self.parameters
        likeness = self._likeness(rows, columns)
        left = {a: likeness[a, 1].mean(axis=1)[:, None] for a in range(1, p.longest + 1)} 
        right = {b: likeness[1, b].mean(axis=0) for b in range(1, p.longest + 1)}
        beads = {}
        return Scores(beads, ...)
