"""What the paragraphs of two texts say of where beads begin and end."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.similarity import Type

Floats = NDArray[np.float64]


class Paragraphs:
    """The paragraphs of two texts, as a soft constraint.

    Paragraphs count for less, the more their number differs between the texts, and the more
    sentences begin one: where one text has none, or each sentence is one, they say nothing.

    Args:
        source: the number of each sentence's paragraph, rising.
        target: the same of the other text.
        crossing: what a bead costs for each paragraph that begins within it.
        meeting: what it gains where it begins or ends with a paragraph on both sides.
    """

    def __init__(
        self, source: Sequence[int], target: Sequence[int], crossing: float, meeting: float
    ) -> None:
        self._edges = [_edges(numbers) for numbers in (source, target)]
        self._passed = [np.cumsum(edges) for edges in self._edges]
        shares = [edges[1:-1].mean() if len(edges) > 2 else 0.0 for edges in self._edges]
        trust = 0.0
        if max(shares):
            trust = min(shares) / max(shares) * (1 - max(shares)) ** 0.5
        self._crossing = crossing * trust
        self._meeting = meeting * trust

    def gain(self, rows: slice, columns: slice, bead: Type) -> Floats:
        """What beads of a type gain in a stretch of the source and one of the target."""
        spans = list(zip(self._edges, self._passed, (rows, columns), bead, strict=True))
        begin = [edges[span.start : span.stop + 1 - size] for edges, _, span, size in spans]
        end = [edges[span.start + size : span.stop + 1] for edges, _, span, size in spans]
        inside = [
            passed[span.start + size - 1 : span.stop] - passed[span.start : span.stop + 1 - size]
            for _, passed, span, size in spans
        ]
        met = np.outer(*begin) + np.outer(*end)
        return self._meeting * met - self._crossing * np.add.outer(*inside)


def _edges(numbers: Sequence[int]) -> Floats:
    """1 where a paragraph begins or ends, between sentences and at either end of the text."""
    return np.concatenate([[1.0], np.diff(numbers) != 0, [1.0]]) if len(numbers) else np.ones(1)
