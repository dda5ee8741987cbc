"""How alike two texts are by their runs of letters: chrF (Popović, 2015)."""

from __future__ import annotations

from collections import Counter

_LONGEST = 6  # letters
_BETA = 2.0  # recall counts so much more than precision


def chrf(text: str, reference: str) -> float:
    """Sentence chrF over 100, 0 to 1, as sacrebleu counts it: six orders, beta 2, no spaces.

    >>> chrf("Президент прибыл.", "Президент прибыл.")
    1.0
    """
    ours, theirs = "".join(text.split()), "".join(reference.split())
    orders = range(1, min(_LONGEST, len(ours), len(theirs)) + 1)
    if not orders:
        return 0.0
    precision = recall = 0.0
    for order in orders:
        here, there = _grams(ours, order), _grams(theirs, order)
        matches = (here & there).total()
        precision += matches / here.total()
        recall += matches / there.total()
    if not precision:
        return 0.0
    mean, covered = precision / len(orders), recall / len(orders)
    return (1 + _BETA**2) * mean * covered / (_BETA**2 * mean + covered)


def _grams(text: str, order: int) -> Counter[str]:
    return Counter(text[at : at + order] for at in range(len(text) - order + 1))
