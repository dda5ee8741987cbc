"""sacrebleu's metrics, in two steps: the counts of each segment, and the score of any sum of them.

sacrebleu makes a score in these steps itself, and again for each thing that is asked of it. TER may
take minutes, so we take them once: for the whole, for each segment, and for resamples.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Segments whose references are held at once, each as tens of thousands of bytes of n-grams.
_TOGETHER = 1000


class Metric:
    """A metric of sacrebleu.

    Args:
        metric: scores many segments together.
        sentence: scores one; the same, if not given.
    """

    def __init__(self, metric: Any, sentence: Any = None) -> None:
        self._metric = metric
        self._sentence = sentence or metric

    def statistics(
        self, hypotheses: Sequence[str], references: Sequence[Sequence[str | None]]
    ) -> NDArray[np.float64]:
        """Count what the score is made of: a row for each segment, which may be added up."""
        counts, rows = set(), []
        for start in range(0, len(hypotheses), _TOGETHER):
            here = slice(start, start + _TOGETHER)
            rows += self._metric._extract_corpus_statistics(
                hypotheses[here], [some[here] for some in references]
            )
            counts.add(self._metric.num_refs)
        if len(counts) > 1:
            self._metric.num_refs = -1  # a number that varies
        return np.array(rows, dtype=np.float64)

    def score(self, statistics: NDArray[np.float64]) -> float:
        """The score of the segments whose rows were added up."""
        return float(self._metric._compute_score_from_stats(statistics).score)

    def of_segment(self, row: NDArray[np.float64]) -> float:
        """The score of one segment."""
        return float(self._sentence._compute_score_from_stats(row).score)

    def signature(self, resamples: int = 0, seed: int = 0) -> str:
        """All that the scores depend on; those of the last statistics that were asked for."""
        signature = self._metric.get_signature()
        if resamples:
            signature.update("bs", resamples)
            signature.update("seed", seed)
        return str(signature.format())


def load(tokenize: str) -> tuple[Metric, ...]:
    """The metrics, in the order of `aligner.evaluation.METRICS`.

    BLEU of a single segment takes only the orders of n-grams that it has (effective order).
    """
    from sacrebleu import BLEU, CHRF, TER

    # force: do not log that a text looks tokenised.
    whole, sentence = (
        BLEU(tokenize=tokenize, force=True, effective_order=own) for own in (False, True)
    )
    return Metric(whole, sentence), Metric(CHRF(word_order=2)), Metric(TER())
