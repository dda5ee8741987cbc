"""A bead: the sentences of one text and of the other that say the same."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bead:
    """A run of source sentences and the run of target sentences that translates it.

    Attributes:
        source: 0-based indexes, in order; empty where the target has a sentence more.
        target: the same of the other side; empty where a sentence was left out.
        probability: how likely the bead is exactly right, 0 to 1.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    probability: float = 1.0

    @property
    def type(self) -> tuple[int, int]:
        """How many sentences there are on either side, (1, 2) for one against two."""
        return len(self.source), len(self.target)
