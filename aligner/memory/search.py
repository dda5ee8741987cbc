"""Find what is like a text: the same in the same context, the same, or nearly so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappush, heapreplace
from pathlib import Path

from aligner.memory import index
from aligner.memory.rate import ALMOST, CONTEXT, EXACT, normal, rate, tokens
from aligner.memory.repair import mask_key
from aligner.memory.rows import text_key
from aligner.memory.store import Store
from aligner.records import Origin

_BLOCK = 256  # candidates that are compared at a time
# Whose word counts most, of translations that match alike; what nobody says of is taken for human.
_RANK: Mapping[str, int] = {Origin.POST_EDITED: 0, Origin.HUMAN: 0, Origin.TM: 1, Origin.MT: 2}
_UNKNOWN = 1


@dataclass(frozen=True, slots=True)
class Match:
    """A unit of a memory, as it answers a query.

    Attributes:
        rate: how far its source is the same, in percent; 101 in the same context.
        source: its source text.
        target: its text in the language asked for.
        origin: where that comes from; "" where nobody says.
        file: the name of the file it comes from.
        editor: who changed it last.
        date: when.
    """

    rate: int
    source: str
    target: str
    origin: str
    file: str
    editor: str = ""
    date: str = ""

    @property
    def memory(self) -> str:
        """The name of its file without the folder."""
        return Path(self.file).name

    @property
    def order(self) -> tuple[int, int]:
        """Sorts the best first: by rate, then people before machines."""
        return -self.rate, _RANK.get(self.origin, _UNKNOWN)


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for.

    Attributes:
        text: a source segment.
        source: its language.
        target: the language wanted.
        before: the source segment before it, "" if there is none.
        after: that after it.
        machine: whether machine translation will do.
    """

    text: str
    source: str
    target: str
    before: str = ""
    after: str = ""
    machine: bool = True

    def neighbour(self, text: str) -> int | None:
        """The key of a neighbour, as the store has it."""
        return text_key(self.source, text) if text.strip() else None


def search(store: Store, query: Query, minimum: int = 70, limit: int = 5) -> list[Match]:
    """Find the units whose source is most like a text, best first.

    All that match by `minimum` percent are considered, none is missed: see `aligner.memory.index`.
    Fuzzy matches are looked for only where there are not exact ones enough.

    Args:
        store: the memory.
        query: the text, and in which languages.
        minimum: the least rate, in percent, from 1; 100 for exact matches only.
        limit: how many matches at most.

    Raises:
        InputError: the store is damaged.
    """
    with store.snapshot() as lengths:
        matches = _best(_exact(store, query))
        if minimum <= ALMOST and len(matches) < limit:
            matches = _best([*matches, *_fuzzy(store, query, lengths, minimum, limit)])
    return matches[:limit]


def _best(matches: Iterable[Match]) -> list[Match]:
    """The matches in order, each wording once."""
    best: dict[tuple[str, str], Match] = {}
    for match in sorted(matches, key=lambda one: one.order):
        best.setdefault((match.source, match.target), match)
    return list(best.values())


def mendable(store: Store, query: Query) -> list[Match]:
    """The units whose source differs from a text in numbers and months alone, best first.

    Raises:
        InputError: the store is damaged.
    """
    mask = mask_key(query.source, query.text)
    if mask is None:
        return []
    with store.snapshot():
        rows = store.connection.execute(
            "SELECT id, text FROM text WHERE mask = ? AND lang = ? ORDER BY id DESC LIMIT 100",
            (mask, query.source),
        ).fetchall()
        words = tokens(query.text)
        matches = [
            match
            for number, text in rows
            for match in _matches(store, query, number, text, rate(words, tokens(text)))
        ]
    return _best(matches)


def _exact(store: Store, query: Query) -> list[Match]:
    same = normal(query.text)
    rows = store.connection.execute(
        "SELECT id, text FROM text WHERE key = ? AND lang = ?",
        (text_key(query.source, query.text), query.source),
    ).fetchall()
    return [
        match
        for number, text in rows
        if normal(text) == same
        for match in _matches(store, query, number, text, EXACT)
    ]


def _fuzzy(
    store: Store, query: Query, lengths: index.Lengths, minimum: int, limit: int
) -> list[Match]:
    words, same = tokens(query.text), normal(query.text)
    if not words:
        return []
    ids, bounds = index.candidates(store.connection, lengths, words, query.source, minimum)
    best: list[tuple[int, float, int, str]] = []  # a heap: rate, likeness of letters, -id, text
    for start in range(0, len(ids), _BLOCK):
        least = best[0][0] if len(best) == limit else minimum
        # The bounds fall: what follows is no better than what is there.
        if bounds[start] < least or (len(best) == limit and bounds[start] == least):
            break
        for number, text in _texts(store, ids[start : start + _BLOCK].tolist()):
            found = rate(words, tokens(text), best[0][0] if len(best) == limit else minimum)
            if found < minimum or normal(text) == same or not _answers(store, query, number):
                continue
            entry = found, _likeness(same, text), -number, text
            if len(best) < limit:
                heappush(best, entry)
            elif entry > best[0]:
                heapreplace(best, entry)
    return [
        match
        for found, _, number, text in sorted(best, reverse=True)
        for match in _matches(store, query, -number, text, found)
    ]


def _likeness(left: str, right: str) -> float:
    """How far the letters are the same, 0 to 1; tells apart what has the same rate."""
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(left, right)


def _texts(store: Store, ids: Sequence[int]) -> Iterator[tuple[int, str]]:
    """The texts of some ids, those that are still there, in their order."""
    query = f"SELECT id, text FROM text WHERE id IN ({','.join('?' * len(ids))})"
    texts = dict(store.connection.execute(query, ids))
    return ((number, texts[number]) for number in ids if number in texts)


_PAIRS = """
FROM variant AS here
JOIN variant AS there ON there.unit = here.unit
JOIN text ON text.id = there.text AND text.lang = :target
JOIN unit ON unit.id = here.unit
JOIN file ON file.id = unit.file
WHERE here.text = :number
  AND (:machine OR (here.origin IS NOT 'mt' AND there.origin IS NOT 'mt'))
"""
_MATCHES = f"""
SELECT text.text, there.origin, there.editor, there.date, file.name,
  unit.before IS :before AND unit.after IS :after
    AND coalesce(unit.before, unit.after) IS NOT NULL AS context
{_PAIRS}
ORDER BY context DESC, there.date DESC, unit.id DESC
LIMIT 100
"""
_ORIGINS = frozenset(Origin)


def _answers(store: Store, query: Query, number: int) -> bool:
    """Whether a source text has a translation into the language asked for."""
    wanted = {"target": query.target, "number": number, "machine": query.machine}
    return bool(store.connection.execute(f"SELECT 1 {_PAIRS} LIMIT 1", wanted).fetchone())


def _matches(store: Store, query: Query, number: int, text: str, found: int) -> list[Match]:
    """The translations of a source text: those in the same context first, then the newest."""
    rows = store.connection.execute(
        _MATCHES,
        {
            "target": query.target,
            "number": number,
            "machine": query.machine,
            "before": query.neighbour(query.before),
            "after": query.neighbour(query.after),
        },
    )
    return [
        Match(
            rate=CONTEXT if found == EXACT and context else found,
            source=text,
            target=target,
            origin=origin if origin in _ORIGINS else "",
            file=file,
            editor=editor or "",
            date=date or "",
        )
        for target, origin, editor, date, file, context in rows
    ]
