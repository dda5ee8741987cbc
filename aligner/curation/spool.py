"""Units set aside on the disk while it is decided what becomes of them."""

from __future__ import annotations

import pickle
import tempfile
from types import TracebackType
from typing import Self

from aligner.entries import Entry


class Spool:
    """Units in a temporary file of our own that nobody else can open, gone with this object.

    What stays in memory is the number that a unit is found by: where it stands in the file.
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__

    def add(self, entry: Entry) -> int:
        """Set a unit aside; the number to get it back by."""
        place = self._file.seek(0, 2)
        pickle.dump(entry, self._file, pickle.HIGHEST_PROTOCOL)
        return place

    def get(self, place: int) -> Entry:
        """The unit of a number that `add` gave."""
        self._file.seek(place)
        entry: Entry = pickle.load(self._file)
        return entry

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
