"""How good translations are, by references: BLEU, chrF2++ and TER, and what is owed to chance.

    [judged] = evaluate([hypotheses], [references])
    judged.scores["chrF2++"].value, judged.scores["chrF2++"].signature

The scores are those of sacrebleu (Post, "A call for clarity in reporting BLEU scores", WMT 2018),
with its signatures; so are the intervals and probabilities, which come from bootstrap resampling
(Koehn, "Statistical significance tests for machine translation evaluation", EMNLP 2004).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from aligner.evaluation.metrics import Metric

BLEU, CHRF, TER = "BLEU", "chrF2++", "TER"
METRICS = (BLEU, CHRF, TER)
LOWER_IS_BETTER = frozenset({TER})
TOKENIZERS = ("13a", "intl", "char", "zh", "none")
"""How BLEU parts words: sacrebleu's ways that need neither a network nor other libraries."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How translations are judged.

    Attributes:
        tokenize: how BLEU parts words, one of `TOKENIZERS`; 13a, that of WMT, is right for
            languages with spaces.
        resamples: how often the segments are drawn anew to see what chance does; 0 for never.
        seed: of the draw; sacrebleu's own, by default.
    """

    tokenize: str = TOKENIZERS[0]
    resamples: int = 0
    seed: int = 12345


@dataclass(frozen=True, slots=True)
class Change:
    """How a system differs from the first, the baseline.

    Attributes:
        by: its score less that of the baseline.
        p: how probable so large a difference is by chance, were the two as good as one another.
    """

    by: float
    p: float


@dataclass(frozen=True, slots=True)
class Score:
    """A score of all segments together, 0 to 100; TER may be more.

    Attributes:
        value: the score.
        signature: all it depends on, as sacrebleu writes it.
        interval: where the score of 95 % of the resamples lies.
        change: from the baseline; None for that itself, and without resamples.
    """

    value: float
    signature: str
    interval: tuple[float, float] | None = None
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """The scores of a system by metric, those of all segments, and of each."""

    scores: Mapping[str, Score]
    segments: tuple[Mapping[str, float], ...]


def evaluate(
    systems: Sequence[Sequence[str]],
    references: Sequence[Sequence[str | None]],
    settings: Settings = Settings(),
) -> list[Judged]:
    """Judge the translations of one or more systems; the first is the baseline of the others.

    Args:
        systems: the translations of each, as many as there are segments: one at least.
        references: one or more translations by people, each of all segments; None where one lacks
            a segment that another has.
        settings: how to judge.

    Returns:
        For each system what it is worth.
    """
    from aligner.evaluation.metrics import load

    columns = [_of_metric(one, systems, references, settings) for one in load(settings.tokenize)]
    return [
        Judged(
            dict(zip(METRICS, (scores for scores, _ in row), strict=True)),
            tuple(
                dict(zip(METRICS, values, strict=True))
                for values in zip(*(segments for _, segments in row), strict=True)
            ),
        )
        for row in zip(*columns, strict=True)
    ]


def chrf(hypotheses: Sequence[str], reference: Sequence[str]) -> float:
    """chrF2++ alone, which takes no time: to see whether a training goes forward."""
    from aligner.evaluation.metrics import load

    metric = load(TOKENIZERS[0])[METRICS.index(CHRF)]
    return metric.score(metric.statistics(hypotheses, [reference]).sum(0))


def _of_metric(
    metric: Metric,
    systems: Sequence[Sequence[str]],
    references: Sequence[Sequence[str | None]],
    settings: Settings,
) -> Iterator[tuple[Score, list[float]]]:
    """The score of each system by a metric, and those of its segments."""
    from aligner.evaluation import bootstrap

    baseline: tuple[float, NDArray[np.float64]] | None = None
    for hypotheses in systems:
        statistics = metric.statistics(hypotheses, references)
        value = metric.score(statistics.sum(0))
        segments = [metric.of_segment(row) for row in statistics]
        if not settings.resamples or len(hypotheses) < 2:  # one segment can be drawn in one way
            yield Score(value, metric.signature()), segments
            continue
        drawn = bootstrap.scores(statistics, metric.score, settings.resamples, settings.seed)
        change = None
        if baseline is None:
            baseline = value, drawn
        else:
            by = value - baseline[0]
            change = Change(by, bootstrap.p_value(by, drawn, baseline[1]))
        signature = metric.signature(settings.resamples, settings.seed)
        yield Score(value, signature, bootstrap.interval(drawn), change), segments
