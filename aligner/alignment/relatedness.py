"""Whether two texts belong together at all."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

import numpy as np

from aligner.alignment.bead import Bead
from aligner.alignment.features import count
from aligner.alignment.similarity import Floats, Rarity, cosines

_MOST = 200  # beads that are looked at
# What is expected of sentences that have nothing to do with each other, before any are seen.
_ALIKE, _VARIED, _SEEN = 0.02, 0.01, 3
_DOUBTFUL = 0.6  # how much more alike sure beads are, in proportion, where it may be either way
_STEEP = 3.0


def relatedness(
    source: Sequence[str],
    target: Sequence[str],
    beads: Sequence[Bead],
    *,
    translated: Sequence[str] | None = None,
) -> float:
    """How likely two texts belong together; below .5 they had better not be aligned.

    What the beads say belongs together is compared with what they say does not: in texts that have
    nothing to do with each other the one is hardly more alike than the other, and beads are unsure.

    Args:
        source: the sentences of one text.
        target: those of the other.
        beads: their alignment, from `align`.
        translated: the source's sentences in the target's language, if `align` was given them.

    Returns:
        From 0 to 1; 0 if no bead has two sides.
    """
    paired = [bead for bead in beads if bead.source and bead.target]
    paired = paired[:: -(-len(paired) // _MOST) or 1]
    if not paired:
        return 0.0
    compared = source if translated is None else translated
    left = [" ".join(compared[i] for i in bead.source) for bead in paired]
    right = [" ".join(target[j] for j in bead.target) for bead in paired]
    alike = _similarities(left, right)
    others = alike[~np.eye(len(paired), dtype=bool)]
    seen = len(others) + _SEEN
    usual = (others.sum() + _SEEN * _ALIKE) / seen
    spread = np.sqrt((np.square(others - usual).sum() + _SEEN * _VARIED**2) / seen)
    surplus = (alike.diagonal().mean() - spread / np.sqrt(len(paired))) / usual - 1
    sure = fmean(bead.probability for bead in paired)
    odds: float = (max(0.0, float(surplus)) * sure / _DOUBTFUL) ** _STEEP
    return odds / (1 + odds)


def _similarities(left: Sequence[str], right: Sequence[str]) -> Floats:
    """How alike each text is to each of the others."""
    alike = np.zeros((len(left), len(right)), np.float32)
    for source, target in zip(count(left), count(right), strict=True):
        alike += cosines(source, target, Rarity.of(source, target), [(1, 1)])[1, 1] / 2
    return alike
