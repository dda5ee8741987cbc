"""Word links from two directions made one, and how they are written.

Each direction gives each of its words at most one link. What both give is right as a rule; what
only one gives is added where it stands beside a link, "grow-diag-final-and" (Koehn et al. 2005,
"Edinburgh System Description for the 2005 IWSLT Speech Translation Evaluation").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Set
from itertools import product

import numpy as np
import numpy.typing as npt

from aligner.errors import UsageError

# A word of the source and one of the target, by their 0-based indexes.
Link = tuple[int, int]

_LINK = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
_BESIDE = [step for step in product((-1, 0, 1), repeat=2) if step != (0, 0)]


def directions(
    weights: npt.NDArray[np.floating], least: float = 0.0
) -> tuple[set[Link], set[Link]]:
    """The best source word for each target word, and the best target word for each source word.

    Args:
        weights: a row for each source word, a column for each target word.
        least: weights that are not above it give no link.
    """
    if not weights.size:
        return set(), set()
    rows, columns = weights.argmax(axis=0), weights.argmax(axis=1)
    forward = {(int(i), j) for j, i in enumerate(rows) if weights[i, j] > least}
    backward = {(i, int(j)) for i, j in enumerate(columns) if weights[i, j] > least}
    return forward, backward


def symmetrise(forward: Set[Link], backward: Set[Link]) -> set[Link]:
    """Join the links of two directions by grow-diag-final-and.

    The links of both; then of either, those that touch one that is taken, be it by a corner, where
    one of the two words has none yet, and so on; then those whose words both have none. All that
    can be taken at a time are: neither order nor direction matters, as it does in the original.

    Returns:
        At least the links of both, at most those of either.
    """
    either = forward | backward
    taken = set(forward & backward)
    border = taken
    while border:
        beside = {(i + a, j + b) for i, j in border for a, b in _BESIDE}
        border = _free(either & beside - taken, taken, any)
        taken = taken | border
    return taken | _free(either - taken, taken, all)


def _free(
    links: Set[Link], taken: Set[Link], enough: Callable[[Iterable[bool]], bool]
) -> set[Link]:
    """The links of which any, or all, words have none that is taken."""
    sources, targets = {i for i, _ in taken}, {j for _, j in taken}
    return {(i, j) for i, j in links if enough((i not in sources, j not in targets))}


def pharaoh(links: Iterable[Link]) -> str:
    """Write links as the decoder Pharaoh did: "0-0 1-2 2-1", in order, source before target."""
    return " ".join(f"{i}-{j}" for i, j in sorted(links))


def parse(text: str) -> set[Link]:
    """Read links in Pharaoh's format.

    Raises:
        UsageError: something else stands there.
    """
    links = set()
    for word in text.split():
        found = _LINK.fullmatch(word)
        if not found:
            raise UsageError(
                f"not a link of two words: {word[:40]!r}", hint='write links as "0-0 1-2 2-1"'
            )
        links.add((int(found[1]), int(found[2])))
    return links
