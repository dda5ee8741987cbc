"""The database of a memory: its tables, how it is opened, and what may be wrong with it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import sleep

from aligner.errors import InputError, OutputError
from aligner.memory import index

_APPLICATION = 0x616C676E  # "algn"; `file` shows it
_VERSION = 1
_PATIENCE = 900  # seconds to wait for another process that writes
_CACHE = 128  # MiB of the database in memory while it is written

_SCHEMA = f"""
CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    digest TEXT NOT NULL,     -- SHA-256
    units INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE unit (
    id INTEGER PRIMARY KEY,
    file INTEGER NOT NULL,
    before INTEGER,           -- `key` of the source texts beside it; NULL where there are none
    after INTEGER
);
CREATE INDEX unit_file ON unit (file);
CREATE TABLE text (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used again: the index may still have it
    key INTEGER NOT NULL,     -- `text_key`
    mask INTEGER,             -- `repair.mask_key`
    lang TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX text_key ON text (key);
CREATE INDEX text_mask ON text (mask) WHERE mask IS NOT NULL;
CREATE TABLE variant (
    unit INTEGER NOT NULL,
    text INTEGER NOT NULL,
    origin TEXT,              -- mt, tm, human, post-edited; NULL where nobody says
    editor TEXT,
    date TEXT,                -- of its last change, as TMX writes it: 20261123T101500Z
    PRIMARY KEY (unit, text)
) WITHOUT ROWID;
CREATE INDEX variant_text ON variant (text);
{index.SCHEMA}
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {_VERSION};
"""


def opened(path: Path, *, create: bool) -> sqlite3.Connection:
    """Open a store: for reading, or for writing and made if it is not there.

    Raises:
        InputError: it is missing, or no store of ours.
        OutputError: it cannot be made.
    """
    if path.is_dir():
        raise InputError(
            "this is a folder, not a memory",
            where=str(path),
            hint="Give a file, such as client.db.",
        )
    if create:
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
    elif not path.is_file():
        raise _unreadable(path, "there is no such memory")
    with writing(path) if create else reading(path):
        connection = _connect(path, create=create)
        try:
            _configure(connection, create=create)
            _check(path, connection, create=create)
        except BaseException:
            connection.close()
            raise
    return connection


def _connect(path: Path, *, create: bool) -> sqlite3.Connection:
    mode = "rwc" if create else "ro"
    log = path.with_name(f"{path.name}-wal")
    if not create and not log.exists() and not os.access(path.parent, os.W_OK):
        mode += "&immutable=1"  # else SQLite wants to make files there, even to read
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    return sqlite3.connect(uri, uri=True, timeout=_PATIENCE, isolation_level=None)


def _configure(connection: sqlite3.Connection, *, create: bool) -> None:
    connection.execute("PRAGMA trusted_schema = OFF")  # a store may come from anyone
    if create:
        connection.execute(f"PRAGMA cache_size = {-_CACHE << 10}")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA synchronous = NORMAL")


def _check(path: Path, connection: sqlite3.Connection, *, create: bool) -> None:
    """Make the tables if there are none; refuse what is no memory, or one of another version."""
    if create:
        _make(connection)
    [application] = connection.execute("PRAGMA application_id").fetchone()
    [version] = connection.execute("PRAGMA user_version").fetchone()
    if application != _APPLICATION:
        raise _unreadable(path, "the file is no translation memory of aligner")
    if version != _VERSION:
        raise _unreadable(path, f"the memory is of version {version}, this aligner has {_VERSION}")
    if create:
        _log_ahead(connection)  # only now: the database of another program stays as it is


def _make(connection: sqlite3.Connection) -> None:
    tables = "SELECT count(*) FROM sqlite_master"
    if connection.execute(tables).fetchone() == (0,):
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute(tables).fetchone() == (0,):  # another process may have been faster
            for statement in _SCHEMA.split(";\n"):
                connection.execute(statement)
        connection.execute("COMMIT")


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Let readers and a writer work at once (https://sqlite.org/wal.html)."""
    for _ in range(100):  # for this SQLite does not wait while others are at it
        with suppress(sqlite3.OperationalError):
            connection.execute("PRAGMA journal_mode = WAL")
            break
        sleep(0.05)


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Say in our own errors what goes wrong while a store is read."""
    try:
        yield
    except (sqlite3.Error, IndexError, ValueError, MemoryError) as error:
        # The last three: lengths and postings that do not fit together.
        raise _unreadable(path, f"the memory cannot be read: {error}") from error


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Say in our own errors what goes wrong while a store is written."""
    try:
        yield
    except sqlite3.Error as error:
        if "not a database" in str(error):
            raise _unreadable(path, "the file is no translation memory of aligner") from error
        hint = "Wait until the other process is done." if "locked" in str(error) else ""
        raise OutputError(
            f"the memory cannot be written: {error}",
            where=str(path),
            hint=hint or "Free some space, or choose another place for it.",
        ) from error
    except OSError as error:
        raise OutputError(
            f"the memory cannot be written: {error.strerror}",
            where=str(path),
            hint="Choose a place where you may create files.",
        ) from error


def _unreadable(path: Path, reason: str) -> InputError:
    return InputError(
        reason,
        where=str(path),
        hint="Build one under a new name: aligner memory build STORE FILE…",
    )
