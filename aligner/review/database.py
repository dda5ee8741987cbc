"""The database that a review keeps its edits in: where it is, its tables, and how it is opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aligner.errors import InputError, OutputError

_APPLICATION = 0x616C7276  # "alrv": what the database is, https://sqlite.org/fileformat.html
_VERSION = 1
_PATIENCE = 0.5  # seconds to wait for a review that is just ending
_SCHEMA = f"""
CREATE TABLE place (
  id INTEGER PRIMARY KEY,
  unit TEXT NOT NULL,  -- the key of its unit
  lang TEXT NOT NULL,
  name TEXT NOT NULL,  -- of its unit, for people
  source TEXT NOT NULL,  -- JSON: the source text
  base TEXT NOT NULL,  -- JSON: the target that its edits began with, or null
  disk TEXT NOT NULL,  -- fingerprint of the target as it stands in the file
  rev INTEGER NOT NULL DEFAULT 0,  -- how often it was changed
  saved INTEGER NOT NULL DEFAULT 0,  -- its revision in the file
  UNIQUE (unit, lang)
);
CREATE TABLE edit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  place INTEGER NOT NULL REFERENCES place,
  action TEXT NOT NULL,
  text TEXT NOT NULL,
  drafted INTEGER NOT NULL,  -- whether it gives the draft back
  began TEXT NOT NULL,  -- ISO 8601, UTC
  at TEXT NOT NULL,
  editor TEXT NOT NULL,
  tab TEXT NOT NULL,
  rev INTEGER NOT NULL,  -- of the target that it was made on
  live INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX edit_live ON edit (place, live, id);
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {_VERSION}
"""


def opened(path: Path) -> sqlite3.Connection:
    """The database at a path, made if it is not there, and kept from other processes.

    Raises:
        OutputError: another review is going on, or it cannot be made.
        InputError: it is damaged, or none of ours.
    """
    with told(path):
        # Used by one thread at a time, but not always the one that opened it.
        connection = sqlite3.connect(
            path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
        )
        try:
            _prepare(path, connection)
        except BaseException:
            connection.close()
            raise
        return connection


def path_of(reviewed: Path) -> Path:
    """Where the edits of a folder or file are kept."""
    if reviewed.is_dir():
        return reviewed / ".review.db"
    return reviewed.with_name(f"{reviewed.name}.review.db")


def address(path: Path) -> Path:
    """The file that says where a review can be reached."""
    return path.with_suffix(".url")


def _prepare(path: Path, connection: sqlite3.Connection) -> None:
    execute = connection.execute
    execute("PRAGMA trusted_schema = OFF")  # it may come with a folder from anyone
    execute("PRAGMA locking_mode = EXCLUSIVE")
    [tables] = execute("SELECT count(*) FROM sqlite_master").fetchone()
    [application] = execute("PRAGMA application_id").fetchone()
    [version] = execute("PRAGMA user_version").fetchone()
    if (tables or application) and (application, version) != (_APPLICATION, _VERSION):
        raise InputError(
            "the file is no database of edits that this aligner can read",
            where=str(path),
            hint="Move it away, or review with the aligner that made it.",
        )
    execute("PRAGMA journal_mode = WAL")
    execute("PRAGMA synchronous = FULL")
    execute("BEGIN EXCLUSIVE")
    for statement in _SCHEMA.split(";\n") if not tables else ():
        execute(statement)
    execute("COMMIT")


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Say in our own errors what goes wrong with the database."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise _taken(path) from error
        raise OutputError(
            f"the edits cannot be kept: {error}",
            where=str(path),
            hint="Free some space, or review a copy in a folder where you may create files.",
        ) from error
    except (sqlite3.DatabaseError, ValueError) as error:  # ValueError: of what ought to be JSON
        raise InputError(
            f"the database of edits cannot be read: {error}",
            where=str(path),
            hint="Move it away, or put a copy of yours in its place.",
        ) from error


def _taken(path: Path) -> OutputError:
    try:
        url = address(path).read_text(encoding="utf-8")
    except OSError:
        url = ""
    return OutputError(
        "it is being reviewed already",
        where=str(path),
        hint=f"Go on there: {url}" if url else "End the other `aligner review` first.",
    )
