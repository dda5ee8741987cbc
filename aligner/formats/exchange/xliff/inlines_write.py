"""Inline codes on their way into XLIFF.

TMX pairs codes by `i` within a segment, and by `x` between languages, where it has them. XLIFF
wants an id for each, the same in source and target; and a pair can only be one element (`g`, `pc`)
where it nests well with all others, in both languages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from aligner.entries import Content, Inline


class Shape(Enum):
    """What a piece of a segment is."""

    OPEN = "open"  # begins what the CLOSE with the same id ends
    CLOSE = "close"
    LONE_OPEN = "lone open"  # its other end is in another segment
    LONE_CLOSE = "lone close"
    ALONE = "alone"
    MARK = "mark"


@dataclass(slots=True)
class Piece:
    """A code, or a mark with what it holds."""

    shape: Shape
    id: str
    type: str = ""
    code: Content = ()  # what stands in the original format
    assoc: str = ""
    pieces: list[str | Piece] = field(default_factory=list)

    def data(self) -> str:
        """The code as text, that of texts within it too."""
        return flat(self.code)


@dataclass(frozen=True, slots=True)
class Pieces:
    """The segments of a unit, resolved together.

    Attributes:
        segments: the pieces of each.
        spans: the ids of pairs that nest well in all of them.
        has_empty: the ids of pairs without a code of the original format at both ends.
    """

    segments: tuple[list[str | Piece], ...]
    spans: frozenset[str]
    has_empty: frozenset[str]


def resolve(contents: Sequence[Content], is_legal: Callable[[str], bool]) -> Pieces:
    """Give the codes of segments that belong together their ids.

    Args:
        contents: the segments: the source first, then its targets.
        is_legal: whether a name may be an id.
    """
    names = _Ids(is_legal)
    segments = tuple(_resolved(content, names) for content in contents)
    pairs = {piece.id for piece in _all(segments) if piece.shape is Shape.OPEN}
    crossing: set[str] = set()
    for pieces in segments:
        crossing |= _crossing(pieces)
    full = {
        piece.id
        for piece in _all(segments)
        if piece.shape in {Shape.OPEN, Shape.CLOSE} and piece.code
    }
    return Pieces(segments, frozenset(pairs - crossing), frozenset(pairs - full))


def flat(content: Content) -> str:
    """All the text of a content, codes and texts within them."""
    return "".join(part if isinstance(part, str) else flat(part.content) for part in content)


class _Ids:
    """Gives the same code the same id in every segment of a unit, and any other another."""

    def __init__(self, is_legal: Callable[[str], bool]) -> None:
        self._is_legal = is_legal
        self._given: dict[tuple[str, str, int], str] = {}
        self._used: set[str] = set()
        self._last = 0

    def of(self, key: tuple[str, str, int], wish: str) -> str:
        """The id of the code with a key, the one wished for where that is free."""
        if key not in self._given:
            while not wish or wish in self._used or not self._is_legal(wish):
                self._last += 1
                wish = str(self._last)
            self._given[key] = wish
            self._used.add(wish)
        return self._given[key]


def _resolved(content: Content, names: _Ids) -> list[str | Piece]:
    partners = _partners(content)
    seen: dict[tuple[str, str], int] = {}
    ids: dict[int, str] = {}  # of the pairs opened, by the id() of their Inline

    def id_of(kind: str, code: Inline) -> str:
        told = dict(code.attributes)
        wish = told.get("x", "")
        same = f"x{wish}" if wish else f"i{told.get('i', '')}{flat(code.content)}"
        number = seen[kind, same] = seen.get((kind, same), -1) + 1
        return names.of((kind, same, number), wish)

    def piece(code: Inline) -> Piece:
        told = dict(code.attributes)
        kind, assoc = told.get("type", ""), told.get("assoc", "")
        if code.name == "hi":
            return Piece(Shape.MARK, id_of("mark", code), kind, pieces=pieces(code.content))
        if id(code) in partners:
            opening = partners[id(code)]
            if opening is code:
                ids[id(code)] = id_of("pair", code)
            shape = Shape.OPEN if opening is code else Shape.CLOSE
            kind = dict(opening.attributes).get("type", "")
            return Piece(shape, ids[id(opening)], kind, code.content)
        if code.name in {"bpt", "ept", "it"}:
            is_end = code.name == "ept" or told.get("pos") == "end"
            shape = Shape.LONE_CLOSE if is_end else Shape.LONE_OPEN
            return Piece(shape, id_of(shape.value, code), kind, code.content)
        return Piece(Shape.ALONE, id_of("alone", code), kind, code.content, assoc)

    def pieces(inner: Content) -> list[str | Piece]:
        return [part if isinstance(part, str) else piece(part) for part in inner]

    return pieces(content)


def _partners(content: Content) -> dict[int, Inline]:
    """The opening code of each code that is one of a pair, by its id()."""
    opened: dict[str, list[Inline]] = {}
    partners: dict[int, Inline] = {}
    for code in _codes(content):
        key = dict(code.attributes).get("i", "")
        if code.name == "bpt":
            opened.setdefault(key, []).append(code)
        elif code.name == "ept" and opened.get(key):
            opening = opened[key].pop()
            partners |= {id(opening): opening, id(code): opening}
    return partners


def _codes(content: Content) -> Iterator[Inline]:
    for part in content:
        if not isinstance(part, str):
            yield part
            if part.name == "hi":
                yield from _codes(part.content)


def _all(segments: Sequence[list[str | Piece]]) -> Iterator[Piece]:
    for pieces in segments:
        for piece in pieces:
            if not isinstance(piece, str):
                yield piece
                yield from _all([piece.pieces])


def _crossing(pieces: list[str | Piece]) -> set[str]:
    """The ids of the pairs that are not one element: they cross another pair, or a mark's edge."""
    opened: list[str] = []
    crossing: set[str] = set()
    for piece in pieces:
        if isinstance(piece, str):
            continue
        if piece.shape is Shape.OPEN:
            opened.append(piece.id)
        elif piece.shape is Shape.MARK:
            crossing |= _crossing(piece.pieces)
        elif piece.shape is Shape.CLOSE:
            if piece.id not in opened:
                crossing.add(piece.id)
                continue
            while (last := opened.pop()) != piece.id:
                crossing.add(last)
    return crossing | set(opened)
