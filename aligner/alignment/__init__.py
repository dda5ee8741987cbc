"""Which sentences of two texts say the same.

Sentences are compared by their words and character n-grams, best in one language, which machine
translation gives; a monotone path through both texts is found by dynamic programming over runs of
sentences. Without a translation, what the languages share in names, numbers and loanwords must do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from aligner.alignment import paths, route
from aligner.alignment.bead import Bead
from aligner.alignment.pair import Pair, Parameters
from aligner.alignment.relatedness import relatedness
from aligner.errors import UsageError

__all__ = ["Bead", "Parameters", "align", "relatedness"]

_SMALL = 250 * 250  # texts with no more pairs of sentences are aligned in one go
_STEP = 120  # sentences of both texts together that a window is to get on
_MARGIN = 24  # sentences on either side that it looks further: the route is rough

Point = tuple[int, int]


def align(
    source: Sequence[str],
    target: Sequence[str],
    *,
    translated: Sequence[str] | None = None,
    deletion: float | None = None,
    longest: int | None = None,
) -> list[Bead]:
    """Align two texts sentence by sentence.

    Time and memory grow with the length of the texts, not with its square.

    Args:
        source: the sentences of one text.
        target: those of the other.
        translated: the source's sentences in the target's language, as many as there are in it.
        deletion: what it costs to leave out a sentence, in units of a bead of two sentences that
            are the same; the lower, the more sentences stay alone.
        longest: how many sentences a bead may have on one side; at least 1.

    Returns:
        The beads in order; each sentence stands in just one. One that nothing corresponds to is a
        bead of its own.

    Raises:
        UsageError: the translation has not as many sentences as the source.
    """
    if translated is not None and len(translated) != len(source):
        raise UsageError(
            f"the translation has {len(translated)} sentences, the source {len(source)}",
            hint="give one translated sentence for each, an empty one where there is none",
        )
    given = {"deletion": deletion, "longest": longest}
    parameters = Parameters(**{name: value for name, value in given.items() if value is not None})
    return list(_beads(Pair(source, target, translated, parameters)))


def _beads(pair: Pair) -> Iterator[Bead]:
    end = pair.size
    points = None
    start = (0, 0)
    if end[0] * end[1] > _SMALL:
        points = route.find(pair.words.source, pair.words.target, pair.words.rarity)
    while start != end:
        reach = end if points is None else _reach(points, start, end)
        beads = _window(pair, start, reach)
        if reach != end:
            beads = _sure(beads)
        yield from beads
        start = (
            start[0] + sum(len(bead.source) for bead in beads),
            start[1] + sum(len(bead.target) for bead in beads),
        )


def _reach(points: route.Points, start: Point, end: Point) -> Point:
    """How far to look from a point: some way along the route, and a margin."""
    ahead = int(np.searchsorted(points.sum(axis=1), sum(start) + _STEP))
    if ahead >= len(points):
        return end
    i, j = points[ahead] + _MARGIN
    return min(max(int(i), start[0]), end[0]), min(max(int(j), start[1]), end[1])


def _window(pair: Pair, start: Point, reach: Point) -> list[Bead]:
    """The beads between two points."""
    (top, left), (bottom, right) = start, reach
    if top == bottom or left == right:
        alone = [Bead((i,), ()) for i in range(top, bottom)]
        return alone + [Bead((), (j,)) for j in range(left, right)]
    scores = pair.scores(slice(top, bottom), slice(left, right))
    likely = paths.likely(scores.times(pair.parameters.sharpness))
    beads = []
    for i, j, (a, b) in paths.best(scores):
        chance = (
            likely.beads[a, b][i, j] if a and b else likely.source[i] if a else likely.target[j]
        )
        where = tuple(range(top + i, top + i + a)), tuple(range(left + j, left + j + b))
        beads.append(Bead(*where, min(1.0, float(chance))))
    return beads


def _sure(beads: Sequence[Bead]) -> Sequence[Bead]:
    """The beads of a window up to the surest one that is far enough from both its ends."""
    passed = np.cumsum([len(bead.source) + len(bead.target) for bead in beads])
    chances = [
        (bead.probability, number)
        for number, bead in enumerate(beads, 1)
        if bead.source and bead.target and _STEP / 2 < passed[number - 1] <= _STEP
    ]
    if chances:
        return beads[: max(chances)[1]]
    return beads[: max(1, int(np.searchsorted(passed, _STEP, side="right")))]
