"""Whether two texts belong together at all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aligner.alignment.bead import Bead
from aligner.alignment.features import count
from aligner.alignment.lexicon import glossed
from aligner.alignment.similarity import Floats, Rarity, cosines
from aligner.alignment.threads import one_thread

_MOST = 200  # beads that are looked at
_GLOSSED = 0.7  # the weight of stems that a lexicon translates, next to n-grams
# What is expected of sentences that have nothing to do with each other, before any are seen.
_ALIKE, _VARIED, _SEEN = 0.02, 0.01, 3
# How much more alike sure beads are than what is no bead, where it may be either way.
_DOUBTFUL = 0.015
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
    original = [" ".join(source[i] for i in bead.source) for bead in paired]
    right = [" ".join(target[j] for j in bead.target) for bead in paired]
    left = original
    if translated is not None:
        left = [" ".join(translated[i] for i in bead.source) for bead in paired]
    with one_thread():
        alike = _similarities(original, left, right)
    others = alike[~np.eye(len(paired), dtype=bool)]
    seen = len(others) + _SEEN
    usual = (others.sum() + _SEEN * _ALIKE) / seen
    spread = np.sqrt((np.square(others - usual).sum() + _SEEN * _VARIED**2) / seen)
    surplus = float(alike.diagonal().mean() - usual - spread / np.sqrt(len(paired)))
    odds: float = (max(0.0, surplus) * certainty(beads) / _DOUBTFUL) ** _STEEP
    return odds / (1 + odds)


def certainty(beads: Sequence[Bead]) -> float:
    """The mean probability of the beads of the shorter text's sentences.

    Those left out count for nothing: it is about the share of them that are rightly aligned.
    """
    sources = sum(len(bead.source) for bead in beads)
    targets = sum(len(bead.target) for bead in beads)
    sure = sum(
        bead.probability * len(bead.source if sources <= targets else bead.target)
        for bead in beads
        if bead.source and bead.target
    )
    return sure / min(sources, targets) if sources and targets else 0.0


def _similarities(original: Sequence[str], left: Sequence[str], right: Sequence[str]) -> Floats:
    """How alike each text is to each of the others, by their stems and their n-grams."""
    stems, grams = (
        cosines(*both, Rarity.of(*both), [(1, 1)])[1, 1]
        for both in (glossed(original, right), (count(left)[1], count(right)[1]))
    )
    return _GLOSSED * stems + (1 - _GLOSSED) * grams
