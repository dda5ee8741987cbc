"""Where in a translation a term of the source belongs."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from aligner.records import Alignment

Span = tuple[int, int]

# Share of its attention that a word must spend on a term to be taken for a part of its rendering.
# With less, words around it go, too; with more, it is not found.
_THRESHOLD = 0.3

_WORD = re.compile(r"\w+(?:[-’'+.]\w+)*")
# A rendering does not go over these.
_BREAK = re.compile(r"[,;:!?()]|\.\s|[–—]")


def rendering(text: str, term: Span, alignment: Alignment, taken: Collection[Span]) -> Span | None:
    """The words of a translation that most likely render a term of its source.

    The run of words whose attention to the term is highest above a threshold in all.

    Args:
        text: the translation.
        term: the term's span in the source.
        alignment: of the source and `text`.
        taken: spans of `text` that render other terms.

    Returns:
        Their span, or None where no word looks at the term enough.
    """
    columns = _overlapping(alignment.source, term)
    best, found = 0.0, None
    total, start, end = 0.0, 0, 0
    for word in _words(text):
        gain = _mean(alignment, word, columns) - _THRESHOLD
        if _BREAK.search(text, end, word[0]) or total <= 0:
            total, start = 0.0, word[0]
        if any(a < word[1] and word[0] < b for a, b in taken):
            total, gain = 0.0, 0.0
        total += gain
        end = word[1]
        if total > best:
            best, found = total, (start, end)
    return found


def without_edges(text: str, span: Span, is_fixed: Callable[[str], bool]) -> Span | None:
    """A span without the words at its edges that must stay; None where nothing is left."""
    words = [(span[0] + a, span[0] + b) for a, b in _words(text[slice(*span)])]
    while words and is_fixed(text[slice(*words[0])]):
        del words[0]
    while words and is_fixed(text[slice(*words[-1])]):
        del words[-1]
    return (words[0][0], words[-1][1]) if words else None


def gap(text: str, term: Span, alignment: Alignment, taken: Collection[Span] = ()) -> Span:
    """The empty span between two words of a translation where a lost term fits best.

    What belongs to the source before the term should stand before it, and the rest behind it.

    Args:
        text: the translation.
        term: the term's span in the source.
        alignment: of the source and `text`.
        taken: spans of `text` that render other terms, and stay whole.
    """
    words = list(_words(text))
    columns = _overlapping(alignment.source, term)
    if not words or not columns:
        return (len(text), len(text))
    looks_at = [_best_column(alignment, word) for word in words]
    before = [column < columns[0] for column in looks_at]
    behind = [column > columns[-1] for column in looks_at]
    crossed = [sum(behind[:at]) + sum(before[at:]) for at in range(len(words) + 1)]
    offsets = [words[0][0], *(stop for _, stop in words)]
    free = [
        (crossings, offset)
        for crossings, offset in zip(crossed, offsets, strict=True)
        if not any(start < offset < stop for start, stop in taken)
    ]
    offset = min(free)[1]
    return (offset, offset)


def _words(text: str) -> Iterator[Span]:
    return (found.span() for found in _WORD.finditer(text))


def _overlapping(tokens: Sequence[Span], span: Span) -> list[int]:
    """The indexes of the tokens that lie in a span, in whole or in part."""
    return [n for n, (start, stop) in enumerate(tokens) if start < span[1] and span[0] < stop]


def _mean(alignment: Alignment, word: Span, columns: Sequence[int]) -> float:
    """The mean attention of a word's tokens to some source tokens."""
    rows = _overlapping(alignment.target, word)
    weights = (alignment.weights[row][column] for row in rows for column in columns)
    return sum(weights) / len(rows) if rows else 0.0


def _best_column(alignment: Alignment, word: Span) -> int:
    """The source token that a word looks at most; -1 if it looks at none."""
    rows = _overlapping(alignment.target, word)
    sums = [sum(column) for column in zip(*(alignment.weights[row] for row in rows), strict=True)]
    return max(range(len(sums)), key=sums.__getitem__, default=-1)
