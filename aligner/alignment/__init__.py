"""Which sentences of two texts say the same.

Sentences are compared by their words and character n-grams, best in one language, which machine
translation gives; a monotone path through both texts is found by dynamic programming over runs of
sentences. Without a translation, what the languages share in names, numbers and loanwords must do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from math import exp

import numpy as np

from aligner.alignment import paths, route
from aligner.alignment.bead import Bead
from aligner.alignment.pair import Pair, Parameters
from aligner.alignment.relatedness import relatedness
from aligner.alignment.threads import one_thread
from aligner.alignment.views import Texts
from aligner.errors import UsageError

__all__ = ["Bead", "Parameters", "align", "relatedness"]

_SMALL = 600 * 600  # texts with no more pairs of sentences are aligned in one go
_STEP = 80  # sentences of both texts together that a window is to get on
_SURE = 0.99  # the probability of a bead that a window may end with
_ENOUGH = 60  # sentences of either text that words can be learnt from
_LESSON = 3000  # sentences of both texts together that they are learnt from, at the most
_MARGIN = 16  # sentences on either side that it looks further: the route is rough

_OFFSET, _SLOPE = 0.7, 0.77  # fitted to gold of three language pairs, with and without MT
_UNSURE = 1e-6  # the odds that are left at least

Point = tuple[int, int]


def align(
    source: Sequence[str],
    target: Sequence[str],
    *,
    translated: Sequence[str] | None = None,
    views: Sequence[Texts] = (),
    paragraphs: tuple[Sequence[int], Sequence[int]] | None = None,
    deletion: float | None = None,
    longest: int | None = None,
) -> list[Bead]:
    """Align two texts sentence by sentence.

    Time and memory grow with the length of the texts, not with its square.

    Args:
        source: the sentences of one text.
        target: those of the other.
        translated: the source's sentences in the target's language, as many as there are in it.
        views: further texts to compare the two by, such as translations of them: pairs of a source
            and a target, sentence for sentence.
        paragraphs: the number of the paragraph that each sentence of the source and of the target
            is in, rising. Beads rather do not cross their limits; they may.
        deletion: what it costs to leave out a sentence, in units of a bead of two sentences that
            are the same; the lower, the more sentences stay alone.
        longest: how many sentences a bead may have on one side, against one on the other; at
            least 1.

    Returns:
        The beads in order; each sentence stands in just one. One that nothing corresponds to is a
        bead of its own.

    Raises:
        UsageError: a translation, a view or the paragraphs are not given for each sentence.
    """
    _check(source, target, translated, views, paragraphs)
    usual = Parameters()
    parameters = replace(
        usual,
        deletion=usual.deletion if deletion is None else deletion,
        longest=usual.longest if longest is None else longest,
    )
    translations = [] if translated is None else [(translated, target)]
    with one_thread():
        pair = Pair(source, target, [*translations, *views], paragraphs, parameters)
        if min(pair.size) >= _ENOUGH:
            pair = pair.informed(_beginning(_beads(pair)))
        return list(_beads(pair))


def _check(
    source: Sequence[str],
    target: Sequence[str],
    translated: Sequence[str] | None,
    views: Sequence[Texts],
    paragraphs: tuple[Sequence[int], Sequence[int]] | None,
) -> None:
    """What is said of each sentence must be said of each."""
    if translated is not None and len(translated) != len(source):
        raise UsageError(
            f"the translation has {len(translated)} sentences, the source {len(source)}",
            hint="give one translated sentence for each, an empty one where there is none",
        )
    texts = {"source": source, "target": target}
    for number, view in enumerate(views, 1):
        for (name, text), given in zip(texts.items(), view, strict=True):
            if len(given) != len(text):
                raise UsageError(
                    f"view {number} has {len(given)} sentences, the {name} {len(text)}",
                    hint="give one sentence for each, an empty one where there is none",
                )
    for (name, text), numbers in zip(texts.items(), paragraphs or texts.values(), strict=True):
        if len(numbers) != len(text):
            raise UsageError(
                f"there are paragraphs of {len(numbers)} sentences, the {name} has {len(text)}",
                hint="give the number of its paragraph for each sentence",
            )


def _beginning(beads: Iterable[Bead]) -> Iterator[Bead]:
    """As many of the beads as words are learnt from."""
    seen = 0
    for bead in beads:
        yield bead
        seen += len(bead.source) + len(bead.target)
        if seen >= _LESSON:
            return


def _beads(pair: Pair) -> Iterator[Bead]:
    points = np.array([pair.size])
    if pair.size[0] * pair.size[1] > _SMALL:
        points = route.find(pair.words)
    start = (0, 0)
    for stop in [*route.gaps(points, _MARGIN), pair.size]:
        yield from _stretch(pair, points, start, stop)
        start = stop


def _stretch(pair: Pair, points: route.Points, start: Point, stop: Point) -> Iterator[Bead]:
    """The beads between two points, a window after the other along the route."""
    while start != stop:
        reach = _reach(points, start, stop)
        beads = _window(pair, start, reach)
        if reach != stop:
            beads = _sure(beads)
        yield from beads
        start = (
            start[0] + sum(len(bead.source) for bead in beads),
            start[1] + sum(len(bead.target) for bead in beads),
        )


def _reach(points: route.Points, start: Point, stop: Point) -> Point:
    """How far to look from a point: some way along the route on both sides, and a margin."""
    passed = points - start
    far = (passed.sum(axis=1) >= _STEP) & (passed.min(axis=1) >= _STEP // 4)
    i, j = points[far.argmax()] + _MARGIN if far.any() else stop
    return min(int(i), stop[0]), min(int(j), stop[1])


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
        beads.append(Bead(*where, _calibrated(float(chance))))
    return beads


def _calibrated(chance: float) -> float:
    """How often a bead is right that the model says is right so often (Platt, 1999).

    The model errs because what speaks for neighbouring beads is not independent.
    """
    chance = min(max(chance, _UNSURE), 1 - _UNSURE)
    against: float = exp(-_OFFSET) * ((1 - chance) / chance) ** _SLOPE
    return 1 / (1 + against)


def _sure(beads: list[Bead]) -> list[Bead]:
    """The beads of a window up to a sure one, the last that is far enough from its end."""
    passed = np.cumsum([len(bead.source) + len(bead.target) for bead in beads])
    most = passed[-1] - 2 * _MARGIN
    chances = [
        (min(bead.probability, _SURE), number)
        for number, bead in enumerate(beads, 1)
        if bead.source and bead.target and most / 2 < passed[number - 1] <= most
    ]
    if chances:
        return beads[: max(chances)[1]]
    return beads[: max(1, int(np.searchsorted(passed, most, side="right")))]
