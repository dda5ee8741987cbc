"""The edits of a review: SQLite beside what is reviewed, one row an edit.

An edit is on the disk when it is acknowledged (write-ahead log, every commit forced to the disk),
so that neither `kill -9` nor a power cut loses it. Rows are never deleted: what is undone, or was
overtaken by a later version of the file, is only marked.

The process that reviews holds the database alone, until it ends or dies; where it can be reached
stands in a file beside it, that only its owner may read.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aligner.formats import jsonl
from aligner.records import Target
from aligner.review.database import address, opened, path_of, told

# A unit, but for its targets: a target is kept as in our JSON Lines.
_LINE: dict[str, Any] = {
    **dict.fromkeys(("document", "segment", "lang", "source", "signature"), ""),
    "kind": "body",
    "block": 1,
    "start": 0,
    "stop": 0,
    "properties": {},
    "created": "2026-01-01",
}


@dataclass(frozen=True, slots=True)
class Edit:
    """What a person did to a target.

    Attributes:
        action: edit, accept or revert.
        text: the target's text afterwards.
        drafted: whether that is the draft again, and no person's text.
        began: when the first keystroke of it came (ISO 8601, UTC).
        at: when the last one came.
        editor: the person's name, or "".
        tab: the window that it came from.
        rev: the revision of the target that it was made on.
        id: its row's.
    """

    action: str
    text: str
    drafted: bool
    began: str
    at: str
    editor: str
    tab: str
    rev: int
    id: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A target that has been edited.

    Attributes:
        id: its row's.
        unit: the key of its unit.
        lang: its language.
        name: its unit's, for people.
        source: the source text.
        base: the target that its edits began with; None where there was none.
        disk: the fingerprint of the target as it stands in the file.
        rev: how often it was changed.
        saved: the revision that stands in the file.
        head: the edit that holds; None where all are undone.
    """

    id: int
    unit: str
    lang: str
    name: str
    source: str
    base: Target | None
    disk: str
    rev: int = 0
    saved: int = 0
    head: Edit | None = None


class Store:
    """The open database; a context manager. For one thread at a time."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    @classmethod
    def open(cls, reviewed: Path) -> Self:
        """Open the edits of a folder or file, and keep other processes away from them.

        Raises:
            OutputError: another review is going on, or the database cannot be made.
            InputError: it is damaged, or none of ours.
        """
        path = path_of(reviewed)
        return cls(path, opened(path))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        address(self.path).unlink(missing_ok=True)
        self._connection.close()

    def announce(self, url: str) -> None:
        """Say where the review can be reached, to whoever tries to begin another one."""
        with suppress(OSError):  # only a courtesy
            address(self.path).unlink(missing_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
            with open(os.open(address(self.path), flags, 0o600), "w", encoding="utf-8") as file:  # noqa: PTH123
                file.write(url)

    def places(self) -> list[Place]:
        """All targets that were ever edited, each with the edit that holds."""
        query = (
            "SELECT place.*, edit.action, edit.text, edit.drafted, edit.began, edit.at,"
            " edit.editor, edit.tab, edit.rev, edit.id FROM place"
            " LEFT JOIN (SELECT place, max(id) AS last FROM edit WHERE live GROUP BY place) AS head"
            " ON head.place = place.id LEFT JOIN edit ON edit.id = head.last ORDER BY place.id"
        )
        with told(self.path):
            return list(map(_place, self._connection.execute(query)))

    def history(self, place: Place) -> list[Edit]:
        """The edits of a target that hold or are covered by later ones, oldest first."""
        rows = self._connection.execute(
            "SELECT action, text, drafted, began, at, editor, tab, rev, id FROM edit"
            " WHERE place = ? AND live ORDER BY id",
            (place.id,),
        )
        return list(map(_edit, rows))

    def add(self, place: Place, edit: Edit, *, amend: bool = False) -> Place:
        """Keep an edit; gives the place with it.

        Args:
            place: it is made known if its `id` is 0.
            edit: what was done.
            amend: it goes on with the one before, and is one step with that.

        Raises:
            OutputError: it cannot be kept.
        """
        with self._transaction():
            if not place.id:
                place = self._insert(place)
            if amend and place.head:
                edit = replace(edit, id=place.head.id, began=place.head.began)
                self._connection.execute(
                    "UPDATE edit SET text = ?, drafted = ?, at = ? WHERE id = ?",
                    (edit.text, edit.drafted, edit.at, edit.id),
                )
            else:
                edit = replace(edit, id=self._append(place, edit))
            return self._revised(replace(place, head=edit))

    def undo(self, place: Place) -> Place:
        """Take the last edit of a target back, if there is one; gives the place without it.

        Raises:
            OutputError: that cannot be kept.
        """
        if place.head is None:
            return place
        with self._transaction():
            self._connection.execute("UPDATE edit SET live = 0 WHERE id = ?", (place.head.id,))
            *_, head = [None, *self.history(place)]
            return self._revised(replace(place, head=head))

    def rebase(self, places: list[Place], *, dropped: frozenset[int] = frozenset()) -> list[Place]:
        """Keep what the file now has under the edits of some places.

        Args:
            places: with their new `base` and `disk`; each becomes a new revision.
            dropped: the ids of those whose edits the file has overtaken: these are only history.

        Raises:
            OutputError: that cannot be kept.
        """
        with self._transaction():
            made = []
            for place in places:
                if place.id in dropped:
                    self._connection.execute(
                        "UPDATE edit SET live = 0 WHERE place = ?", (place.id,)
                    )
                    place = replace(place, head=None, saved=place.rev + 1)
                self._connection.execute(
                    "UPDATE place SET base = ? WHERE id = ?", (_json(place.base), place.id)
                )
                made.append(self._revised(place))
            return made

    def settle(self, places: list[Place]) -> None:
        """Keep which revisions of some places the file has, and their fingerprints in it.

        Raises:
            OutputError: that cannot be kept.
        """
        with self._transaction():
            self._connection.executemany(
                "UPDATE place SET disk = ?, saved = ? WHERE id = ?",
                [(place.disk, place.saved, place.id) for place in places],
            )

    def _insert(self, place: Place) -> Place:
        made = self._connection.execute(
            "INSERT INTO place (unit, lang, name, source, base, disk) VALUES (?, ?, ?, ?, ?, ?)",
            (
                place.unit,
                place.lang,
                place.name.encode("utf-8", "replace").decode(),
                json.dumps(place.source),
                _json(place.base),
                place.disk,
            ),
        )
        return replace(place, id=made.lastrowid or 0)

    def _append(self, place: Place, edit: Edit) -> int:
        made = self._connection.execute(
            "INSERT INTO edit (place, action, text, drafted, began, at, editor, tab, rev)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                place.id,
                edit.action,
                edit.text,
                edit.drafted,
                edit.began,
                edit.at,
                edit.editor,
                edit.tab,
                edit.rev,
            ),
        )
        return made.lastrowid or 0

    def _revised(self, place: Place) -> Place:
        """The place as of its next revision."""
        place = replace(place, rev=place.rev + 1)
        self._connection.execute(
            "UPDATE place SET rev = ?, disk = ?, saved = ? WHERE id = ?",
            (place.rev, place.disk, place.saved, place.id),
        )
        return place

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with told(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            try:
                self._connection.execute("COMMIT")
            except sqlite3.Error:  # the disk is full
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                raise


def _place(row: Sequence[Any]) -> Place:
    number, unit, lang, name, source, base, disk, rev, saved, *edit = row
    head = _edit(edit) if edit[0] is not None else None
    source, base = json.loads(source), _target(base)
    return Place(number, unit, lang, name, source, base, disk, rev, saved, head)


def _edit(row: Sequence[Any]) -> Edit:
    action, text, drafted, *rest = row
    return Edit(action, text, bool(drafted), *rest)


def _json(target: Target | None) -> str:
    return json.dumps(target and asdict(target))


def _target(text: str) -> Target | None:
    """What `_json` was given."""
    fields = json.loads(text)
    return fields and jsonl.entry(_LINE | {"targets": {"": fields}}).unit.targets[""]
