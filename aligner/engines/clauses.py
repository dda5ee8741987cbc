"""Cut what a model cannot take as it stands into pieces that it can, losing nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from aligner.text import protected

_PUNCTUATION = re.compile(r"[\s,.;:!?)\]»”’]*")
# Where a long text may be cut, best first: after a clause, after a comma, between words.
_CUTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<=[.!?…;:])[\"”»’)\]]*\s+|(?<=\s[—–-])\s+",
        r"(?<=[,)])\s+|\s+(?=\()",
        r"\s+",
    )
)


def split_protected(text: str) -> list[str]:
    """Cut `text` before and after its e-mails, URLs and placeholders.

    The punctuation behind one stays with it, so that no piece begins with a comma.
    """
    edges = [
        edge
        for match in protected(text)
        for edge in (match.start(), _PUNCTUATION.match(text, match.end()).end())  # type: ignore[union-attr]
    ]
    return [text[start:stop] for start, stop in pairwise([0, *edges, len(text)]) if start < stop]


def split_clauses(text: str, fits: Callable[[str], bool]) -> list[str]:
    """Cut `text` into pieces that fit; joined back they give the text.

    A piece that does not fit is halved at the cut nearest to its middle, of the best kind that
    its middle half offers; where there is no white space at all, in the middle.

    Args:
        text: the text; white space at a cut goes with the piece before it.
        fits: whether a piece is short enough; every single character must fit.
    """
    pieces: list[str] = []
    waiting = [text]
    while waiting:
        piece = waiting.pop()
        if len(piece) < 2 or fits(piece):
            pieces.append(piece)
        else:
            cut = _middle_cut(piece)
            waiting += [piece[cut:], piece[:cut]]
    return pieces


def _middle_cut(text: str) -> int:
    middle, low, high = len(text) // 2, len(text) // 4, len(text) - len(text) // 4
    for cuts in _CUTS:
        places = [match.end() for match in cuts.finditer(text, low, high) if match.end() < high]
        if places:
            return min(places, key=lambda place: abs(place - middle))
    return middle
