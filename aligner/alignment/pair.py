"""Two texts, ready to be compared stretch by stretch, and what beads between them score."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import product
from statistics import fmean

import numpy as np

from aligner.alignment.bead import Bead
from aligner.alignment.lexicon import glossed, learn
from aligner.alignment.paragraphs import Paragraphs
from aligner.alignment.paths import Grid, Scores
from aligner.alignment.similarity import Floats, Type
from aligner.alignment.views import Texts, View, Words

_USUAL = 0.4  # how alike sentences are at best, on the average, with machine translation
_LOWEST = 0.02
_SURE = 0.6  # the probability of beads that words are learnt from


@dataclass(frozen=True, slots=True)
class Parameters:
    """What the scores of beads are made of; chosen together, for all languages.

    Attributes:
        longest: how many sentences a bead may have on one side, if it has one on the other; on both
            together it has one more at most.
        glossed: the weight of the texts' own words, translated by a lexicon, in similarity.
        least_dice: from what coefficient on a word learnt from the texts translates another.
        fewest: in how many beads it must do so.
        words: the weight of whole words against that of character n-grams in the rest of it.
        scaling: how far low similarities are raised where all are low; 1 for wholly.
        crowding: how much the mean similarity to all others counts against a bead's own.
        least: the similarity that scores nothing.
        power: a bead of k sentences a side weighs as much as k to this power.
        merging: what each sentence beyond the first costs, on either side.
        length: the weight of differing lengths.
        variance: how much lengths differ, for each character (Gale and Church's s²).
        farthest: what a difference of lengths costs at most, before it is weighted.
        deletion: what it costs to leave out a sentence.
        crossing: what a bead costs for each paragraph that begins within it.
        meeting: what it gains where it begins or ends with a paragraph on both sides.
        sharpness: what makes of scores logarithms of odds.
    """

    longest: int = 4
    glossed: float = 0.5
    least_dice: float = 0.2
    fewest: int = 2
    words: float = 0.4
    scaling: float = 0.75
    crowding: float = 0.73
    least: float = 0.14
    power: float = 0.42
    merging: float = 0.1035
    length: float = 0.09
    variance: float = 14.0
    farthest: float = 8.0
    deletion: float = 0.12
    crossing: float = 0.08
    meeting: float = 0.03
    sharpness: float = 20.0

    @property
    def types(self) -> list[Type]:
        """The types of beads with two sides."""
        return [
            (a, b)
            for a, b in product(range(1, self.longest + 1), repeat=2)
            if a + b <= self.longest + 1
        ]


class Pair:
    """Two texts to be aligned.

    Args:
        source: its sentences.
        target: the same of the other text.
        views: the texts to compare, if not these: translations of them, sentence for sentence.
        paragraphs: the number of the paragraph that each sentence of either side is in, if known.
        parameters: what beads score.

    Attributes:
        size: how many sentences there are on either side.
    """

    def __init__(
        self,
        source: Sequence[str],
        target: Sequence[str],
        views: Sequence[Texts],
        paragraphs: tuple[Sequence[int], Sequence[int]] | None,
        parameters: Parameters,
    ) -> None:
        self.size = len(source), len(target)
        self.parameters = parameters
        self._views = [View(*texts) for texts in views or [(source, target)]]
        # The texts as they are, too: names and numbers, and what the lexicon knows.
        self._glossed = Words(*glossed(source, target))
        self._paragraphs = paragraphs and Paragraphs(
            *paragraphs, parameters.crossing, parameters.meeting
        )
        self._highest: list[float] = []  # similarities in each stretch so far
        lengths = [np.array([len(text) for text in texts], float) for texts in (source, target)]
        ratio = max(0.2, lengths[1].sum() / max(1.0, lengths[0].sum()))
        self._ends = [
            np.concatenate([[0], np.cumsum(side)]) for side in (lengths[0] * ratio, lengths[1])
        ]

    @property
    def words(self) -> list[Words]:
        """The words of both texts, as they are, with what is known of them, and as first seen."""
        return [self._glossed, self._views[0].words]

    def informed(self, beads: Iterable[Bead]) -> Pair:
        """The same, with what beads tell of which words translate which.

        Args:
            beads: of the beginnings of both texts or of all.
        """
        sure = [bead for bead in beads if bead.source and bead.target and bead.probability > _SURE]
        source, target = self._glossed.source, self._glossed.target
        lexicon = learn(
            source.joined([bead.source for bead in sure]),
            target.joined([bead.target for bead in sure]),
            least=self.parameters.least_dice,
            fewest=self.parameters.fewest,
        )
        informed = copy(self)
        informed._glossed = Words(lexicon.gloss(source), target)
        informed._highest = []
        return informed

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
                if self._paragraphs:
                    costs = costs - self._paragraphs.gain(rows, columns, (a, b))
                beads[a, b] = gain - costs
        skips = [np.full(span.stop - span.start, -given.deletion) for span in (rows, columns)]
        return Scores(beads, *skips)

    def _likeness(self, rows: slice, columns: slice) -> dict[Type, Floats]:
        given = self.parameters
        seen = [view.likeness(rows, columns, given.types, given.words) for view in self._views]
        glossed = self._glossed.cosines(rows, columns, given.types)
        share = given.glossed
        return {
            t: share * glossed[t] + (1 - share) * sum(view[t] for view in seen) / len(seen)
            for t in given.types
        }

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
