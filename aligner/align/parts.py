"""What is done of a corpus: a folder with two files for each article that has been aligned.

    KEY.jsonl    its units, as `aligner.formats.exchange.jsonl_entries` has them
    KEY.json     its row in the summary; it comes last, so that the article is done if it is there

The key is a hash of all that the units depend on: a run that is cut off goes on from here, and what
has changed in between is made again under another key.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from aligner.entries import Bundle, Entry
from aligner.errors import OutputError
from aligner.formats import atomic, locks
from aligner.formats.exchange import jsonl_entries

Status = Literal["done", "failed", "alone"]

_OURS = re.compile(r"\.?[0-9a-f]{40}\.jsonl?(?:\.part)?")


@dataclass(frozen=True, slots=True)
class Row:
    """What became of an article.

    Attributes:
        name: that of the article.
        status: "done", "failed", or "alone" where there is but one language.
        files: by language.
        reason: why it failed.
        sentences: how many there are, by language.
        unaligned: how many of them nothing is aligned with, by language.
        units: how many have texts in these languages, "en-ru-ky", for two or more.
        probability: the mean of the units, 0 to 1.
        related: how likely the least related two texts belong together, 0 to 1.
        moved: how many passages stand elsewhere in another text, in the two that differ most.
        models: those that translated, by pair of languages.
    """

    name: str
    status: Status
    files: Mapping[str, str]
    reason: str = ""
    sentences: Mapping[str, int] = field(default_factory=dict)
    unaligned: Mapping[str, int] = field(default_factory=dict)
    units: Mapping[str, int] = field(default_factory=dict)
    probability: float | None = None
    related: float | None = None
    moved: int = 0
    models: Mapping[str, str] = field(default_factory=dict)


class Parts:
    """The finished articles of a corpus, on disk.

    Only one run may be at them at a time.
    """

    def __init__(self, folder: Path) -> None:
        """Make the folder, or take up what is in it.

        Raises:
            OutputError: it cannot be made, or another run is at it.
        """
        self.folder = folder
        try:
            folder.mkdir(exist_ok=True)
            self._lock = None if sys.platform == "win32" else os.open(folder, os.O_RDONLY)
        except OSError as error:
            raise OutputError(
                f"the folder cannot be made: {error.strerror}",
                where=str(folder),
                hint="Choose another name with --out, in a folder in which you may create files.",
            ) from error
        try:
            self._keep_others_away()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _keep_others_away(self) -> None:
        if self._lock is not None and not locks.hold(self._lock, self.folder):
            raise OutputError(
                "another run is writing this corpus",
                where=str(self.folder),
                hint="Wait until it is done, or choose another name with --out.",
            )

    def row(self, key: str) -> Row | None:
        """The row of an article, if it is done."""
        try:
            return Row(**json.loads((self.folder / f"{key}.json").read_bytes()))
        except (OSError, ValueError, TypeError):  # it is not there, or no file of ours
            return None

    def entries(self, key: str) -> Iterator[Entry]:
        """The units of an article that is done."""
        return jsonl_entries.read(self.folder / f"{key}.jsonl").entries

    def keep(self, keys: Collection[str]) -> None:
        """Remove all others."""
        for path in self._files():
            if path.name.partition(".")[0] not in keys:
                path.unlink(missing_ok=True)

    def close(self) -> None:
        """Let others at it; the folder goes if nothing is in it."""
        with suppress(OSError):  # not empty
            self.folder.rmdir()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _files(self) -> list[Path]:
        return [path for path in self.folder.iterdir() if _OURS.fullmatch(path.name)]


def put(folder: Path, key: str, units: Bundle, row: Row) -> None:
    """Keep what was made of an article.

    Raises:
        OutputError: it cannot be written.
    """
    with atomic.replace(folder / f"{key}.jsonl") as file:
        jsonl_entries.write(file, units)
    with atomic.replace(folder / f"{key}.json") as file:
        file.write(json.dumps(asdict(row)).encode())
