"""Which texts have which words: an inverted index, in segments that are only ever added or merged.

Two texts that are alike by p percent share p percent of the words of the longer one. So of the n
words of a query, any n - ⌈p·n⌉ + 1 have one at least that stands in every such text. Only the
rarest are looked up (prefix filtering: Chaudhuri, Ganti, Kaushik 2006; Bayardo, Ma, Srikant 2007),
and nothing is missed. Character n-grams give no such bound for a distance that is measured in
words, and have several times the postings: benchmarks/memory.py has SQLite's trigrams beside this.

A word that stands twice in a text counts as two: "the", "the 2". A posting is the ascending ids of
the texts that have a word, as little-endian 32-bit integers. A segment serves the texts of a range
of ids; small neighbours are merged, so that there are few however often the memory grows.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import count
from typing import TYPE_CHECKING

from aligner.memory.rate import tokens

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ids = NDArray[np.uint32]
    Lengths = NDArray[np.uint16]

SCHEMA = """
CREATE TABLE segment (
    id INTEGER PRIMARY KEY,
    first INTEGER NOT NULL,   -- id of its first text
    texts INTEGER NOT NULL,
    words INTEGER NOT NULL,   -- of all its texts together
    lengths BLOB NOT NULL     -- words of each text from the first, 16 bits; 0 where there is none
);
CREATE TABLE posting (
    segment INTEGER NOT NULL,
    word INTEGER NOT NULL,    -- `word_key`
    ids BLOB NOT NULL,        -- of the texts that have it
    PRIMARY KEY (segment, word)
) WITHOUT ROWID;
"""

_SEGMENT = 1 << 22  # words; takes some 100 MB to make
_ID, _LENGTH = "<u4", "<u2"
_LONGEST = (1 << 16) - 1


def word_key(lang: str, word: str) -> int:
    """The name of a language's word in the index: 64 bits of a hash."""
    digest = blake2b(f"{lang}\0{word}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def numbered(words: Sequence[str]) -> Sequence[str]:
    """Words, of which each comes once: the second "the" is "the 2"."""
    if len(set(words)) == len(words):
        return words
    seen: Counter[str] = Counter()
    result = []
    for word in words:
        seen[word] += 1
        result.append(f"{word} {seen[word]}" if seen[word] > 1 else word)
    return result


# Writing


def add(connection: sqlite3.Connection, texts: Iterable[tuple[int, str, str]]) -> None:
    """Index texts, given as (id, language, text) by ascending ids above those that are indexed."""
    draft = _Draft()
    for number, lang, text in texts:
        draft.add(number, lang, text)
        if draft.words >= _SEGMENT:
            draft.write(connection)
            draft = _Draft()
    if draft.ids:
        draft.write(connection)
    _merge(connection)


class _Draft:
    """A segment that is being made."""

    def __init__(self) -> None:
        from array import array

        self.ids = array("I")
        self.lengths = array("I")
        self._numbers = array("I")
        new = count().__next__
        self._words: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(new))

    @property
    def words(self) -> int:
        return len(self._numbers)

    def add(self, number: int, lang: str, text: str) -> None:
        words = numbered(tokens(text))
        self.ids.append(number)
        self.lengths.append(len(words))
        self._numbers.extend(map(self._words[lang].__getitem__, words))

    def write(self, connection: sqlite3.Connection) -> None:
        import numpy as np

        ids, lengths = np.asarray(self.ids, np.uint32), np.asarray(self.lengths, np.uint32)
        numbers = np.asarray(self._numbers, np.uint32)
        texts = np.repeat(ids, lengths)[np.argsort(numbers, kind="stable")].astype(_ID)
        ends = np.cumsum(np.bincount(numbers))
        keys = sorted(
            (word_key(lang, word), number)
            for lang, words in self._words.items()
            for word, number in words.items()
        )
        by_id = np.zeros(int(ids[-1] - ids[0]) + 1, _LENGTH)
        by_id[ids - ids[0]] = np.minimum(lengths, _LONGEST)
        segment = connection.execute(
            "INSERT INTO segment (first, texts, words, lengths) VALUES (?, ?, ?, ?)",
            (int(ids[0]), len(ids), self.words, by_id.tobytes()),
        ).lastrowid
        connection.executemany(
            "INSERT INTO posting VALUES (?, ?, ?)",
            (
                (segment, key, texts[ends[number - 1] if number else 0 : ends[number]].tobytes())
                for key, number in keys
            ),
        )


def _merge(connection: sqlite3.Connection) -> None:
    """Join the last segments while they are of a size: then their number grows as a logarithm."""
    query = "SELECT id, first, texts, words, lengths FROM segment ORDER BY id DESC LIMIT 2"
    while len(last := connection.execute(query).fetchall()) == 2:
        (new, first, texts, words, lengths), (old, start, others, more, before) = last
        if words + more > _SEGMENT or 2 * words < more:
            return
        gap = bytes(2 * (first - start) - len(before))
        connection.execute(
            "UPDATE segment SET texts = ?, words = ?, lengths = ? WHERE id = ?",
            (texts + others, words + more, before + gap + lengths, old),
        )
        rows = connection.execute("SELECT word, ids FROM posting WHERE segment = ?", (new,))
        there = dict(connection.execute("SELECT word, ids FROM posting WHERE segment = ?", (old,)))
        connection.executemany(
            "INSERT OR REPLACE INTO posting VALUES (?, ?, ?)",
            [(old, word, there.get(word, b"") + ids) for word, ids in rows],
        )
        connection.execute("DELETE FROM posting WHERE segment = ?", (new,))
        connection.execute("DELETE FROM segment WHERE id = ?", (new,))


def clear(connection: sqlite3.Connection) -> None:
    """Take all texts out of the index."""
    connection.execute("DELETE FROM posting")
    connection.execute("DELETE FROM segment")


# Reading


def lengths(connection: sqlite3.Connection) -> Lengths:
    """The words of each text, by its id; 0 for what is not there."""
    import numpy as np

    parts = [
        (first, np.frombuffer(blob, _LENGTH))
        for first, blob in connection.execute("SELECT first, lengths FROM segment ORDER BY id")
    ]
    result = np.zeros(max((first + len(part) for first, part in parts), default=0), np.uint16)
    for first, part in parts:
        result[first : first + len(part)] = part
    return result


# What it takes to compare a text, in the time of reading one id of a posting.
_COMPARISON = 1500


def candidates(
    connection: sqlite3.Connection,
    lengths: Lengths,
    words: Sequence[str],
    lang: str,
    minimum: int,
) -> tuple[Ids, Ids]:
    """Find all texts that may be alike, likeliest first.

    Args:
        connection: the memory.
        lengths: `lengths(connection)`, of the same moment.
        words: the tokens of the query.
        lang: its language.
        minimum: the least rate that is wanted, in percent, from 1.

    Returns:
        The ids of the texts, and for each the rate that it cannot surpass. Every text that is
        alike by `minimum` percent is among them.
    """
    import numpy as np

    keys = [word_key(lang, word) for word in numbered(words)]
    sizes = _sizes(connection, keys)
    keys.sort(key=sizes.__getitem__)
    least = max(1, -(-minimum * len(keys) // 100))
    prefix = len(keys) - least + 1
    shared = np.zeros(len(lengths), np.uint16)
    for key in keys[:prefix]:
        for ids in _postings(connection, key):
            shared[ids] += 1
    ids = np.flatnonzero(shared).astype(np.uint32)
    longest = np.maximum(lengths[ids].astype(np.uint32), len(keys))
    unread = keys[prefix:]
    while True:
        # No text shares more words than it has, nor than were found and are yet to be looked up.
        most = np.minimum(shared[ids] + np.uint32(len(unread)), lengths[ids])
        bound = (100 * most) // longest
        kept = bound >= minimum
        ids, longest, bound = ids[kept], longest[kept], bound[kept]
        if not unread or len(ids) * _COMPARISON <= sizes[unread[0]]:
            break
        for posting in _postings(connection, unread.pop(0)):
            shared[posting] += 1
    order = np.argsort(-bound.astype(np.int32), kind="stable")
    return ids[order], bound[order]


# CROSS JOIN keeps the order: else SQLite may go through all postings to save a look at a segment.
_OF_WORDS = "FROM segment CROSS JOIN posting ON posting.segment = segment.id WHERE word IN"


def _sizes(connection: sqlite3.Connection, keys: Sequence[int]) -> Counter[int]:
    """How many texts have each word."""
    query = f"SELECT word, length(ids) / 4 {_OF_WORDS} (SELECT value FROM json_each(?))"
    sizes: Counter[int] = Counter()
    for word, size in connection.execute(query, (json.dumps(keys),)):
        sizes[word] += size
    return sizes


def _postings(connection: sqlite3.Connection, key: int) -> Iterator[Ids]:
    """The texts that have a word, one array a segment."""
    import numpy as np

    for (ids,) in connection.execute(f"SELECT ids {_OF_WORDS} (?)", (key,)):
        yield np.frombuffer(ids, _ID)
