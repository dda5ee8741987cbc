"""The best monotone path through two texts, and how likely each bead of it is.

Dynamic programming over runs of sentences, as Gale and Church's (1993): of the best way to each
point, or of all ways to it (forward-backward), where a path is as likely as the exponential of its
score. A row at a time, so that numpy does the work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.similarity import Type

Path = list[tuple[int, int, Type]]  # where each bead begins on either side, and its type
Grid = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scores:
    """What each bead scores.

    Attributes:
        beads: for each type (a, b) a matrix; [i, j] is for the bead that begins with the i-th
            source and the j-th target sentence.
        source: what it scores to leave out each source sentence.
        target: the same of the target's.
    """

    beads: Mapping[Type, Grid]
    source: Grid
    target: Grid

    def times(self, factor: float) -> Scores:
        """All scores multiplied."""
        beads = {type_: score * factor for type_, score in self.beads.items()}
        return Scores(beads, self.source * factor, self.target * factor)

    def reversed(self) -> Scores:
        """The same of both texts from their ends."""
        beads = {type_: score[::-1, ::-1] for type_, score in self.beads.items()}
        return Scores(beads, self.source[::-1], self.target[::-1])


def best(scores: Scores) -> Path:
    """The path with the highest score, in order."""
    grid = _ways(scores, np.maximum)
    i, j = len(scores.source), len(scores.target)
    path: Path = []
    while i or j:
        a, b = _last(grid, scores, i, j)
        i, j = i - a, j - b
        path.append((i, j, (a, b)))
    return path[::-1]


def likely(scores: Scores) -> Scores:
    """The posterior probability of each bead, and of each sentence to be left out."""
    before = _ways(scores, np.logaddexp)
    after = _ways(scores.reversed(), np.logaddexp)[::-1, ::-1]
    whole = before[-1, -1]
    beads = {
        (a, b): np.exp(before[: len(score), : score.shape[1]] + score + after[a:, b:] - whole)
        for (a, b), score in scores.beads.items()
    }
    source = np.exp(before[:-1] + scores.source[:, None] + after[1:] - whole).sum(axis=1)
    target = np.exp(before[:, :-1] + scores.target + after[:, 1:] - whole).sum(axis=0)
    return Scores(beads, source, target)


def _ways(scores: Scores, plus: np.ufunc) -> Grid:
    """All ways from the beginning to each point, added up by `plus`.

    With `np.maximum` that is the score of the best way, with `np.logaddexp` the logarithm of the
    weight of all.
    """
    columns = len(scores.target)
    skipped = np.concatenate([[0.0], np.cumsum(scores.target)])
    grid = np.empty((len(scores.source) + 1, columns + 1))
    grid[0] = skipped
    for i, skip in enumerate(scores.source, 1):
        row = grid[i - 1] + skip
        for (a, b), score in scores.beads.items():
            if a <= i and b <= columns:
                plus(row[b:], grid[i - a, : columns + 1 - b] + score[i - a], out=row[b:])
        grid[i] = plus.accumulate(row - skipped) + skipped
    return grid


def _last(grid: Grid, scores: Scores, i: int, j: int) -> Type:
    """The bead that ends the best way to a point."""
    reached = [
        (grid[i - a, j - b] + score[i - a, j - b], (a, b))
        for (a, b), score in scores.beads.items()
        if a <= i and b <= j
    ]
    if i:
        reached.append((grid[i - 1, j] + scores.source[i - 1], (1, 0)))
    if j:
        reached.append((grid[i, j - 1] + scores.target[j - 1], (0, 1)))
    return max(reached)[1]
