"""How far two texts are from each other, and which words make the difference.

The edit distance is Levenshtein's (1966). The Translation Edit Rate counts a moved phrase as one
edit: Snover et al., "A study of translation edit rate with targeted human annotation" (AMTA 2006).
Against the text that a post-editor made of it, a machine's rate is its HTER.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

# Letters with combining accents are whole: й may be и and a breve.
_WORD = re.compile(r"[\w\u0300-\u036f]+(?:[-’'.,]\w[\w\u0300-\u036f]*)*|[^\w\s]")

# As in Tercom, the tool of the paper's authors, and what follows it: without bounds the search for
# moved phrases is long, and finds hardly more.
_LONGEST_SHIFT = 10  # words
_FARTHEST_SHIFT = 50  # words
_MOST_SHIFTS = 1000  # tried for a pair of texts
# A table for more pairs of words than this takes too long; such texts are no sentences.
_LARGEST_TABLE = 250_000


class Kind(StrEnum):
    """What became of a piece of text."""

    EQUAL = "equal"
    INSERT = "insert"
    DELETE = "delete"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of two texts: the same in both, or what stands in the one and in the other."""

    kind: Kind
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Distance:
    """The fewest insertions, deletions and replacements that make one text of another."""

    words: int
    characters: int


@dataclass(frozen=True, slots=True)
class Rate:
    """A Translation Edit Rate as its two terms, so that those of many texts can be added.

    Attributes:
        edits: insertions, deletions, replacements and moves of phrases.
        length: the words of the reference.
    """

    edits: int
    length: int

    @property
    def value(self) -> float:
        """Edits a word; above 1 where the hypothesis is much longer than the reference."""
        return self.edits / self.length if self.length else float(self.edits > 0)

    def __add__(self, other: Rate) -> Rate:
        return Rate(self.edits + other.edits, self.length + other.length)


def words(text: str) -> list[str]:
    """The words of a text, and each punctuation mark as a word of its own.

    >>> words("It's 3.5 m, half-done.")
    ["It's", '3.5', 'm', ',', 'half-done', '.']
    """
    return _WORD.findall(text)


def edit_distance(old: str, new: str) -> Distance:
    """The Levenshtein distance of two texts, in words and in characters."""
    from rapidfuzz.distance import Levenshtein

    return Distance(
        words=Levenshtein.distance(words(old), words(new)),
        characters=Levenshtein.distance(old, new),
    )


def similarity(old: str, new: str) -> float:
    """How much of two texts is the same, 0 to 1: their words, and the order they stand in."""
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.normalized_similarity(words(old), words(new))


def changes(old: str, new: str) -> list[Change]:
    """What was changed, word by word; joined, the pieces give both texts back.

    >>> [(one.kind.value, one.old, one.new) for one in changes("a red car", "a blue car")]
    [('equal', 'a ', 'a '), ('replace', 'red', 'blue'), ('equal', ' car', ' car')]
    """
    pieces: list[Change] = []
    for same, there in _gaps(old, new):
        pieces += _change(*there)
        pieces += [Change(Kind.EQUAL, same, same)] if same else []
    return _joined(pieces)


def _gaps(old: str, new: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each word that stands in both texts, and what stands before it in the one and the other.

    The words are those of a longest common subsequence. The rest comes last, with no word.
    """
    from rapidfuzz.distance import Indel

    olds, news = list(_WORD.finditer(old)), list(_WORD.finditer(new))
    here = there = 0
    for step in Indel.opcodes([m.group() for m in olds], [m.group() for m in news]):
        if step.tag == "equal":
            for one, other in zip(
                olds[step.src_start : step.src_end],
                news[step.dest_start : step.dest_end],
                strict=True,
            ):
                yield one.group(), (old[here : one.start()], new[there : other.start()])
                here, there = one.end(), other.end()
    yield "", (old[here:], new[there:])


def _change(old: str, new: str) -> Iterator[Change]:
    """What stands between two common words; white space that is the same at its ends, apart."""
    before = _shared_space(old, new)
    old, new = old[len(before) :], new[len(before) :]
    after = _shared_space(old[::-1], new[::-1])[::-1]
    old, new = old[: len(old) - len(after)], new[: len(new) - len(after)]
    if before:
        yield Change(Kind.EQUAL, before, before)
    if old or new:
        yield Change(Kind.REPLACE if old and new else Kind.DELETE if old else Kind.INSERT, old, new)
    if after:
        yield Change(Kind.EQUAL, after, after)


def _shared_space(old: str, new: str) -> str:
    """The white space that both texts begin with."""
    size = 0
    for one, other in zip(old, new, strict=False):
        if one != other or not one.isspace():
            break
        size += 1
    return old[:size]


def _joined(pieces: Sequence[Change]) -> list[Change]:
    """Neighbours that are the same in both texts become one."""
    joined: list[Change] = []
    for piece in pieces:
        if joined and piece.kind is joined[-1].kind is Kind.EQUAL:
            text = joined.pop().old + piece.old
            piece = Change(Kind.EQUAL, text, text)
        joined.append(piece)
    return joined


def ter(hypothesis: str, reference: str) -> float:
    """The Translation Edit Rate: edits a word of the reference, a moved phrase being one edit.

    With a machine's text as the hypothesis and its post-edited text as the reference: HTER. Letter
    case and punctuation count. 0.0 is the same text; see `Rate.value`.
    """
    return rate(hypothesis, reference).value


def rate(hypothesis: str, reference: str) -> Rate:
    """The terms of the Translation Edit Rate, see `ter`.

    Phrases are moved one at a time, each time that which saves most edits, as long as one does.
    For texts of many hundreds of words no moves are looked for.
    """
    given, wanted = words(hypothesis), words(reference)
    moves = 0
    if len(given) * len(wanted) <= _LARGEST_TABLE:
        given, moves = _moved(given, wanted)
    from rapidfuzz.distance import Levenshtein

    return Rate(moves + Levenshtein.distance(given, wanted), len(wanted))


def _moved(given: list[str], wanted: list[str]) -> tuple[list[str], int]:
    """The hypothesis after all moves that save edits, and how many there were."""
    moves, left = 0, _MOST_SHIFTS
    while left > 0 and given != wanted:
        best, tried = _best_move(given, wanted, left)
        left -= tried
        if best is None or left <= 0:
            break
        given, moves = best, moves + 1
    return given, moves


def _best_move(given: list[str], wanted: list[str], most: int) -> tuple[list[str] | None, int]:
    """The hypothesis after the move that saves most edits, if any does; how many were tried.

    Of equals the longest phrase is moved, then the first one, then to the first place.
    """
    from rapidfuzz.distance import Levenshtein

    table = _Alignment.of(given, wanted)
    best: tuple[int, int, int, int] | None = None
    text: list[str] | None = None
    tried = 0
    for start, goal, length in _phrases(given, wanted):
        if not table.is_misplaced(start, goal, length):
            continue
        for place in table.places(goal, length):
            shifted = _shift(given, start, length, place)
            saved = table.edits - Levenshtein.distance(shifted, wanted)
            tried += 1
            if best is None or (saved, length, -start, -place) > best:
                best, text = (saved, length, -start, -place), shifted
        if tried >= most:
            break
    return (text if best is not None and best[0] > 0 else None), tried


def _phrases(given: list[str], wanted: list[str]) -> Iterator[tuple[int, int, int]]:
    """Phrases that stand in both texts: their starts, and their length in words."""
    places: dict[str, list[int]] = {}
    for goal, word in enumerate(wanted):
        places.setdefault(word, []).append(goal)
    for start, word in enumerate(given):
        for goal in places.get(word, ()):
            if abs(goal - start) <= _FARTHEST_SHIFT:
                most = min(len(given) - start, len(wanted) - goal, _LONGEST_SHIFT)
                for length in range(1, most + 1):
                    if given[start + length - 1] != wanted[goal + length - 1]:
                        break
                    yield start, goal, length


def _shift(given: list[str], start: int, length: int, place: int) -> list[str]:
    """Move a phrase to a place; to one within itself: that many words to the right."""
    phrase, rest = given[start : start + length], given[:start] + given[start + length :]
    at = place - length if place > start + length else place
    return rest[:at] + phrase + rest[at:]


@dataclass(frozen=True, slots=True)
class _Alignment:
    """How the words of a hypothesis were edited into those of the reference.

    Attributes:
        edits: how many edits it took.
        aligned: for each word of the reference, its place in the hypothesis, or that before it.
        wrong: for each word of the hypothesis, whether it was edited.
        missed: for each word of the reference, whether it came in by an edit.
    """

    edits: int
    aligned: list[int]
    wrong: list[bool]
    missed: list[bool]

    @classmethod
    def of(cls, given: list[str], wanted: list[str]) -> _Alignment:
        """Align two texts by Levenshtein's table; of equals keep or replace, then delete."""
        rows = _table(given, wanted)
        i, j = len(given), len(wanted)
        aligned, wrong, missed = [0] * j, [False] * i, [False] * j
        while i or j:
            cost = rows[i][j]
            if i and j and cost == rows[i - 1][j - 1] + (given[i - 1] != wanted[j - 1]):
                i, j = i - 1, j - 1
                aligned[j] = i
                wrong[i] = missed[j] = given[i] != wanted[j]
            elif i and cost == rows[i - 1][j] + 1:
                i -= 1
                wrong[i] = True
            else:
                j -= 1
                aligned[j], missed[j] = i - 1, True
        return cls(rows[-1][-1], aligned, wrong, missed)

    def is_misplaced(self, start: int, goal: int, length: int) -> bool:
        """Whether a phrase is wrong where it stands, and missed where it should stand."""
        return (
            any(self.wrong[start : start + length])
            and any(self.missed[goal : goal + length])
            and not start <= self.aligned[goal] < start + length
        )

    def places(self, goal: int, length: int) -> Iterator[int]:
        """Where in the hypothesis a phrase may go so that it comes to stand at its goal."""
        last = -1
        for word in range(goal - 1, goal + length):
            place = self.aligned[word] + 1 if word >= 0 else 0
            if place != last:
                yield place
            last = place


def _table(given: list[str], wanted: list[str]) -> list[list[int]]:
    """The edit distance of each beginning of a text to each beginning of another."""
    rows = [list(range(len(wanted) + 1))]
    for i, word in enumerate(given, 1):
        above, row = rows[-1], [i]
        for j, other in enumerate(wanted, 1):
            keep = above[j - 1] + (word != other)
            edit = (above[j] if above[j] < row[-1] else row[-1]) + 1
            row.append(keep if keep < edit else edit)
        rows.append(row)
    return rows
