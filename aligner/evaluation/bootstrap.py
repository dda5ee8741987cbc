"""What chance does to a score: the segments are drawn anew, with repetitions, again and again.

Koehn, "Statistical significance tests for machine translation evaluation" (EMNLP 2004); in the
details as sacrebleu does it, so that its command line gives the same figures.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def scores(
    statistics: NDArray[np.float64],
    score: Callable[[NDArray[np.float64]], float],
    resamples: int,
    seed: int,
) -> NDArray[np.float64]:
    """Score each resample; those of one seed and number of segments hold the same segments.

    Args:
        statistics: a row for each segment.
        score: gives the score of rows that were added up.
        resamples: how many to draw.
        seed: of the draw.
    """
    chance = np.random.default_rng(seed)
    size = len(statistics)
    drawn = (chance.choice(size, size=size, replace=True) for _ in range(resamples))
    # A row that was drawn twice counts twice: one product is faster than adding up copies of rows.
    return np.array([score(np.bincount(rows, minlength=size) @ statistics) for rows in drawn])


def interval(drawn: NDArray[np.float64]) -> tuple[float, float]:
    """Where 95 % of the scores lie."""
    ordered = np.sort(drawn)
    outside = len(ordered) // 40
    return float(ordered[outside]), float(ordered[len(ordered) - outside - 1])


def p_value(by: float, drawn: NDArray[np.float64], baseline: NDArray[np.float64]) -> float:
    """The probability that two systems which are as good as one another differ by so much.

    Where they do not differ at all it is 1, for which sacrebleu gives nearly 0.

    Args:
        by: the difference of their scores on all segments.
        drawn: the scores of the one on resamples.
        baseline: those of the other, on the same ones.
    """
    differences = np.abs(drawn - baseline)
    as_large = np.count_nonzero(differences - differences.mean() >= abs(by))
    return float((as_large + 1) / (len(drawn) + 1))
