"""The dynamic programme against all paths, one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from math import exp, isclose, log

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from aligner.alignment.paths import Path, Scores, best, likely

TYPES = [(1, 1), (1, 2), (2, 1), (3, 1)]


@st.composite
def scored(draw: st.DrawFn) -> Scores:
    rows, columns = draw(st.integers(0, 4)), draw(st.integers(0, 4))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    beads = {
        (a, b): rng.normal(size=(rows - a + 1, columns - b + 1))
        for a, b in TYPES
        if a <= rows and b <= columns
    }
    return Scores(beads, rng.normal(size=rows), rng.normal(size=columns))


def everything(scores: Scores, i: int = 0, j: int = 0) -> Iterator[tuple[float, Path]]:
    """All paths from a point to the end, with their scores."""
    rows, columns = len(scores.source), len(scores.target)
    if (i, j) == (rows, columns):
        yield 0.0, []
    for a, b in [*TYPES, (1, 0), (0, 1)]:
        if i + a <= rows and j + b <= columns:
            here = (
                scores.beads[a, b][i, j] if a and b else scores.source[i] if a else scores.target[j]
            )
            for rest, path in everything(scores, i + a, j + b):
                yield here + rest, [(i, j, (a, b)), *path]


@given(scored())
def test_the_best_path_is_the_best_of_all(scores: Scores) -> None:
    values = list(everything(scores))
    highest = max(value for value, _ in values)
    assert any(
        path == best(scores) and isclose(value, highest, abs_tol=1e-9) for value, path in values
    )


@given(scored())
def test_how_likely_beads_are_is_how_often_they_are_in_paths(scores: Scores) -> None:
    paths = list(everything(scores))
    whole = log(sum(exp(score) for score, _ in paths))
    expected: defaultdict[tuple[int, int, tuple[int, int]], float] = defaultdict(float)
    left_out: defaultdict[tuple[int, tuple[int, int]], float] = defaultdict(float)
    for score, path in paths:
        for i, j, (a, b) in path:
            expected[i, j, (a, b)] += exp(score - whole)
            left_out[i if a else j, (a, b)] += exp(score - whole)
    found = likely(scores)
    for (a, b), grid in found.beads.items():
        for (i, j), chance in np.ndenumerate(grid):
            assert isclose(chance, expected[i, j, (a, b)], abs_tol=1e-9)
    for i, chance in enumerate(found.source):
        assert isclose(chance, left_out[i, (1, 0)], abs_tol=1e-9)
    for j, chance in enumerate(found.target):
        assert isclose(chance, left_out[j, (0, 1)], abs_tol=1e-9)
