"""The memory itself: units of many files in one SQLite database (https://sqlite.org).

Each file goes in by one transaction: whoever reads, and whatever is killed, sees all of it or
nothing. Readers are never kept waiting (write-ahead log), writers wait for one another. A unit
serves every pair of its languages, both ways.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import file_digest, sha256
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

from aligner.entries import Entry
from aligner.errors import InputError, MendedError
from aligner.memory import index
from aligner.memory.database import opened, reading, writing
from aligner.memory.rows import Row, row, useful, with_context

# Gives the units of a file; a format's business, so the caller brings it.
Read = Callable[[Path], Iterator[Entry]]
# Told the file, how many of its units are in, and of how many: one more, while that is not known.
Progress = Callable[[str, int, int], None]

_CHUNK = 5_000  # units

# Ids only become smaller, and from the smallest on, so that none is taken when it is given.
_RENUMBER = (
    "CREATE TEMP TABLE number AS SELECT id, row_number() OVER (ORDER BY id) AS new FROM text",
    "CREATE UNIQUE INDEX temp.number_id ON number (id)",
    "UPDATE variant SET text = (SELECT new FROM number WHERE number.id = variant.text)",
    "UPDATE text SET id = (SELECT new FROM number WHERE number.id = text.id)",
    "UPDATE sqlite_sequence SET seq = (SELECT count(*) FROM text) WHERE name = 'text'",
    "DROP TABLE number",
)


@dataclass(frozen=True, slots=True)
class Source:
    """A file that units come from, by its name in the store and its SHA-256."""

    path: Path
    name: str
    digest: str

    @classmethod
    def of(cls, path: Path) -> Self:
        """Look at a file.

        Raises:
            InputError: it cannot be read.
        """
        try:
            with path.open("rb") as file:
                return cls(path, str(path.resolve()), file_digest(file, "sha256").hexdigest())
        except OSError as error:
            raise InputError(
                f"cannot read the file: {error.strerror}",
                where=str(path),
                hint="Give a bitext such as TMX, XLIFF or JSONL, or a folder of them.",
            ) from error


@dataclass(frozen=True, slots=True)
class Stats:
    """What is in a store.

    Attributes:
        units: how many.
        texts: how many different ones, by language.
        files: units by the name of the file they come from.
        segments: parts of the index.
        bytes: the size of the database.
    """

    units: int
    texts: Mapping[str, int]
    files: Mapping[str, int]
    segments: int
    bytes: int


class Store:
    """An open memory; a context manager. It may be shared by processes, not by threads.

    Attributes:
        path: the database.
        connection: to it.
        mended: what was wrong with files that were taken up whole all the same.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection
        self.mended: list[MendedError] = []
        self._lengths: tuple[int, index.Lengths] | None = None

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> Self:
        """Open a store.

        Args:
            path: the database.
            create: for writing; make it if it is not there.

        Raises:
            InputError: it is missing, or no store of ours.
            OutputError: it cannot be made.
        """
        return cls(path, opened(path, create=create))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.connection.close()

    # Writing

    def add(
        self, sources: Iterable[Source], read: Read, progress: Progress = lambda *_: None
    ) -> list[Source]:
        """Take up files: new ones, and those that have changed since; gives the ones taken up.

        Raises:
            InputError: a file is damaged. Nothing of it is taken up; those before it stay.
            OutputError: the store cannot be written.
        """
        return [source for source in sources if self._add(source, read, progress)]

    def remove(self, names: Iterable[str]) -> int:
        """Forget files, by their names in `Stats.files`; gives how many there were.

        Raises:
            OutputError: the store cannot be written.
        """
        if not (names := set(names)):
            return 0  # nobody need wait for that
        with writing(self.path), self._transaction():
            gone = [file for name in names for file in self._files(name)]
            for file in gone:
                self._remove(file)
            self._compact()
        return len(gone)

    def _add(self, source: Source, read: Read, progress: Progress) -> bool:
        with writing(self.path):
            if self._has(source):  # asked before anyone is kept waiting, and again when alone
                return False
            with self._transaction():
                return not self._has(source) and self._replace(source, read, progress)

    def _has(self, source: Source) -> bool:
        query = "SELECT 1 FROM file WHERE name = ? AND digest = ?"
        return bool(self.connection.execute(query, (source.name, source.digest)).fetchone())

    def _replace(self, source: Source, read: Read, progress: Progress) -> bool:
        """Take up a file, and forget what it was before."""
        before = self._files(source.name)
        [last] = self._one("SELECT coalesce(max(id), 0) FROM text")
        self._insert(source, read, progress)
        self._index(last)
        for file in before:  # now, so that what both have keeps its place in the index
            self._remove(file)
        if before:
            self._compact()
        return True

    def _files(self, name: str) -> list[int]:
        query = "SELECT id FROM file WHERE name = ?"
        return [file for (file,) in self.connection.execute(query, (name,))]

    def _insert(self, source: Source, read: Read, progress: Progress) -> None:
        file = self.connection.execute(
            "INSERT INTO file (name, digest) VALUES (?, ?)", (source.name, source.digest)
        ).lastrowid
        [first] = self._one("SELECT coalesce(max(id), 0) FROM unit")
        unit, rest = first, with_context(self._whole(read(source.path)))
        while chunk := list(islice(rest, _CHUNK)):
            units: list[Row] = []
            variants: list[Row] = []
            for unit, (entry, before, after) in enumerate(chunk, unit + 1):  # noqa: B020
                units.append((unit, file, before, after))
                variants += [(unit, *row(variant)) for variant in useful(entry)]
            self._insert_rows(units, variants)
            progress(source.path.name, unit - first, unit - first + 1)
        progress(source.path.name, unit - first, unit - first)
        self.connection.execute("UPDATE file SET units = ? WHERE id = ?", (unit - first, file))

    def _whole(self, entries: Iterator[Entry]) -> Iterator[Entry]:
        """The units of a file; that it had to be mended does not keep it out."""
        try:
            yield from entries
        except MendedError as error:
            self.mended.append(error)

    def _insert_rows(self, units: list[Row], variants: list[Row]) -> None:
        execute = self.connection.executemany
        execute("INSERT INTO unit VALUES (?, ?, ?, ?)", units)
        same = "key = ?2 AND lang = ?4 AND text = ?5"
        execute(
            "INSERT INTO text (key, mask, lang, text) SELECT ?2, ?3, ?4, ?5"
            f" WHERE NOT EXISTS (SELECT 1 FROM text WHERE {same})",
            (row[:5] for row in variants),
        )
        execute(
            f"INSERT OR IGNORE INTO variant SELECT ?1, id, ?6, ?7, ?8 FROM text WHERE {same}",
            variants,
        )

    def _remove(self, file: int) -> None:
        execute = self.connection.execute
        units = "SELECT id FROM unit WHERE file = ?"
        execute(
            "CREATE TEMP TABLE gone AS"
            f" SELECT DISTINCT text AS id FROM variant WHERE unit IN ({units})",
            (file,),
        )
        execute(f"DELETE FROM variant WHERE unit IN ({units})", (file,))
        execute(
            "DELETE FROM text WHERE id IN (SELECT id FROM gone)"
            " AND NOT EXISTS (SELECT 1 FROM variant WHERE variant.text = text.id)"
        )
        execute("DROP TABLE gone")
        execute("DELETE FROM unit WHERE file = ?", (file,))
        execute("DELETE FROM file WHERE id = ?", (file,))

    def _index(self, last: int) -> None:
        """Index the texts after one."""
        query = "SELECT id, lang, text FROM text WHERE id > ? ORDER BY id"
        index.add(self.connection, self.connection.execute(query, (last,)))

    def _compact(self) -> None:
        """Number the texts and make the index anew, once most that it knows are gone."""
        [indexed] = self._one("SELECT coalesce(sum(texts), 0) FROM segment")
        [there] = self._one("SELECT count(*) FROM text")
        if indexed <= 2 * there:
            return
        index.clear(self.connection)
        for statement in _RENUMBER:
            self.connection.execute(statement)
        self._index(0)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")
        self._lengths = None

    # Reading

    @contextmanager
    def snapshot(self) -> Iterator[index.Lengths]:
        """The same state of the memory for all that is read within; gives the texts' lengths."""
        with reading(self.path):
            self.connection.execute("BEGIN")
            try:
                [version] = self._one("PRAGMA data_version")
                if self._lengths is None or self._lengths[0] != version:
                    self._lengths = version, index.lengths(self.connection)
                yield self._lengths[1]
            finally:
                self.connection.execute("COMMIT")

    def digest(self) -> str:
        """What the files say, whatever their names and order: 12 hexadecimal digits."""
        with reading(self.path):
            rows = self.connection.execute("SELECT digest FROM file ORDER BY digest")
            return sha256("".join(digest for (digest,) in rows).encode()).hexdigest()[:12]

    def names(self) -> list[str]:
        """The names of the files, in the order in which they came."""
        with reading(self.path):
            return [name for (name,) in self.connection.execute("SELECT name FROM file")]

    def stats(self) -> Stats:
        """What is in it."""
        execute = self.connection.execute
        with reading(self.path):
            return Stats(
                units=self._one("SELECT count(*) FROM unit")[0],
                texts=dict(execute("SELECT lang, count(*) FROM text GROUP BY lang ORDER BY lang")),
                files=dict(execute("SELECT name, units FROM file ORDER BY id")),
                segments=self._one("SELECT count(*) FROM segment")[0],
                bytes=self.path.stat().st_size,
            )

    def _one(self, query: str) -> tuple[int, ...]:
        row: tuple[int, ...] = self.connection.execute(query).fetchone()
        return row
