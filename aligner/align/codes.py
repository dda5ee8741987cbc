"""Segments with inline codes, cut where their text is cut."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from aligner.entries import Content, Inline, plain


def cut(content: Content, spans: Sequence[tuple[int, int]]) -> list[Content] | None:
    """Cut a segment into parts.

    A code goes with what it encloses, as in `aligner.segmentation`: one that closes belongs to the
    text before it, any other to the text behind it.

    Args:
        content: the segment.
        spans: where each part begins and ends in its text without codes, in order.

    Returns:
        The parts; None if one of them would have only half of a pair of codes, or of marked text.
    """
    parts: list[list[str | Inline]] = [[] for _ in spans]
    starts, stops = [start for start, _ in spans], [stop for _, stop in spans]
    opened: dict[str | None, int] = {}
    at = home = 0  # how much of the text is done; the part that the last code is in
    for piece in content:
        length = len(plain((piece,)))
        if isinstance(piece, str):
            for part, (start, stop) in zip(parts, spans, strict=True):
                if inside := piece[max(0, start - at) : max(0, stop - at)]:
                    part.append(inside)
        else:
            closes = piece.name == "ept" or ("pos", "end") in piece.attributes
            near = bisect_left(starts, at) - 1 if closes else bisect_right(stops, at)
            home = max(home, min(near, len(spans) - 1))
            pair = dict(piece.attributes).get("i")
            if piece.name == "bpt":
                opened[pair] = home
            if piece.name == "ept" and opened.get(pair, home) != home:
                return None
            if length and not starts[home] <= at <= at + length <= stops[home]:
                return None
            parts[home].append(piece)
        at += length
    return [tuple(part) for part in parts]
