"""What a run has already translated, so that it goes on where it was cut off.

A journal is a hidden JSONL file in the output folder. Its first line says what is being made, each
further line holds one batch of translations, forced to the disk as it comes. A line that a kill cut
short is dropped, and its batch made again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aligner.engines import Translation
from aligner.errors import OutputError
from aligner.formats import locks


class Journal:
    """The finished batches of one run: an `aligner.engines.Store` on disk.

    Attributes:
        started: when the run first began, to the second.
        resumed: whether it had been cut off.
        announced: name and SHA-256 of the files that a run into this folder was about to write.
    """

    def __init__(self, path: Path, signature: Mapping[str, str] | None) -> None:
        """Open the journal, and take up what it holds of the same run.

        Args:
            path: the file; its folder must exist.
            signature: all that the result depends on. A journal with another one is begun anew.
                None for what is no run: it adds to the journal of one that was cut off, if there is
                one, and leaves it there.

        Raises:
            OutputError: another process is at it, or the folder cannot be written to.
        """
        self.started = datetime.now(UTC).replace(microsecond=0)
        self.resumed = False
        self.announced: set[tuple[str, str]] = set()
        self._path = path
        self._is_anothers = False
        self._batches: dict[str, list[Translation]] = {}
        try:
            self._file = path.open("a+b")
        except OSError as error:
            raise OutputError(
                f"the folder cannot be written to: {error.strerror}",
                where=str(path.parent),
                hint="Choose another folder with --out.",
            ) from error
        try:
            self._lock()
        except BaseException:
            self._file.close()
            raise
        try:
            self._take_up(None if signature is None else dict(signature))
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

    def __contains__(self, batch: str) -> bool:
        return batch in self._batches

    def __getitem__(self, batch: str) -> list[Translation]:
        return self._batches[batch]

    def __setitem__(self, batch: str, translations: list[Translation]) -> None:
        rows = [[made.text, made.score, made.issues] for made in translations]
        self._append({"batch": batch, "translations": rows})
        self._batches[batch] = translations

    def announce(self, files: Mapping[str, str]) -> None:
        """Note which files are about to be written, so that a later run knows them as its own."""
        self.announced |= files.items()
        self._append({"files": dict(files)})

    def close(self) -> None:
        """Let other processes at it; without anything to go on from, it goes."""
        if not self._batches and not self.announced:
            self.remove()
        with suppress(OSError):  # on a full disk, what could not be written fails here again
            self._file.close()

    def remove(self) -> None:
        """End the run: there is nothing left to resume, unless it is another one."""
        if not self._is_anothers:
            self._path.unlink(missing_ok=True)

    def _lock(self) -> None:
        """Keep other processes away until this one closes the file or dies."""
        if not locks.hold(self._file, self._path):
            raise OutputError(
                "another run is writing to this folder, or an import",
                where=str(self._path.parent),
                hint="Wait until it is done; `aligner run` can write to another folder with --out.",
            )

    def _take_up(self, signature: dict[str, str] | None) -> None:
        self._file.seek(0)
        whole = 0
        for line in self._file:
            if not line.endswith(b"\n"):
                break  # cut short by a kill
            try:
                self._read(json.loads(line), signature)
            except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
                break  # no line of ours
            whole += len(line)
        self._file.truncate(whole if self.resumed or signature is None else 0)
        if not self.resumed and signature is not None:
            self._append({"signature": signature, "started": self.started.isoformat()})
            for name, sha256 in self.announced:
                self._append({"files": {name: sha256}})

    def _read(self, record: dict[str, Any], signature: dict[str, str] | None) -> None:
        if "signature" in record:
            self._is_anothers = signature is None
            if record["signature"] == signature:
                self.started = datetime.fromisoformat(record["started"])
                self.resumed = True
        elif "files" in record:  # ours, even if written by a run with another signature
            self.announced |= record["files"].items()
        elif self.resumed:
            self._batches[record["batch"]] = [
                Translation(text, score, issues=tuple(issues))
                for text, score, issues in record["translations"]
            ]

    def _append(self, record: Mapping[str, Any]) -> None:
        try:
            self._file.write(json.dumps(record).encode() + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise OutputError(
                f"the journal cannot be written: {error.strerror}",
                where=str(self._path),
                hint="Free some space and give the same command again: it goes on from here.",
            ) from error
