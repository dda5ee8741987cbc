"""What a person should look at in an alignment."""

from __future__ import annotations

from aligner.alignment.bead import Bead
from aligner.alignment.stretches import Finding, Stretch, stretches


def ones(*pairs: tuple[int, int], probability: float = 0.9) -> list[Bead]:
    return [Bead((i,), (j,), probability) for i, j in pairs]


def test_nothing_to_look_at() -> None:
    beads = [*ones((0, 0)), Bead((1,), (), 0.9), *ones((2, 1), probability=0.2), *ones((3, 2))]
    assert stretches(beads) == []
    assert stretches([]) == []


def test_beads_that_are_rather_wrong() -> None:
    beads = [
        *ones((0, 0)),
        Bead((1,), (1, 2), 0.4),
        Bead((2, 3), (3,), 0.2),
        *ones((4, 4)),
    ]
    [found] = stretches(beads)
    assert (found.finding, found.source, found.target) == (Finding.UNSURE, (1, 2, 3), (1, 2, 3))
    assert round(found.probability, 6) == 0.3


def test_what_one_text_lacks() -> None:
    missing = [Bead((i,), (), 0.8) for i in range(1, 6)]
    more = [Bead((), (j,), 1.0) for j in range(1, 5)]
    found = stretches([*ones((0, 0)), *missing, *more, *ones((6, 5))])
    assert [(one.finding, one.source, one.target) for one in found] == [
        (Finding.ONLY_SOURCE, (1, 2, 3, 4, 5), ()),
        (Finding.ONLY_TARGET, (), (1, 2, 3, 4)),
    ]


def test_what_stands_elsewhere() -> None:
    beads = ones((0, 0), (1, 4), (2, 5), (3, 1), (4, 2), (5, 3), (6, 6))
    assert stretches(beads) == [Stretch(Finding.MOVED, (1, 2), (4, 5), 0.9)]
