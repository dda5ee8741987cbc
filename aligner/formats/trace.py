"""Texts that know where each of their characters stands in the source: for formats with markup."""

from __future__ import annotations

from aligner.records import Block, Kind


class Trace:
    """Collects the text of a block and its `runs` (see `records.Block`).

    At each jump two runs are noted: where the source of the text before it ends, and where that of
    the text after it begins. Those of `a&amp;</b>c` are (0, 0), (2, 6), (2, 10): so a span that
    ends in an entity can be mapped to one that ends behind it.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._runs: list[tuple[int, int]] = []
        self._length = 0
        self._stop = 0  # where the source of the last character ends

    def add(self, text: str, start: int, stop: int) -> None:
        """Append `text`, made of source[start:stop]: letter by letter, or as one (an entity)."""
        if not self._runs:
            self._runs.append((0, start))
        elif start != self._stop:
            self._note(self._stop)
            self._note(start)
        self._parts.append(text)
        self._length += len(text)
        self._stop = stop
        if len(text) != stop - start:
            self._note(stop)

    def __len__(self) -> int:
        return self._length

    def _note(self, source: int) -> None:
        if self._runs[-1] != (self._length, source):
            self._runs.append((self._length, source))

    @property
    def text(self) -> str:
        """What has been collected."""
        return "".join(self._parts)

    def block(self, kind: Kind) -> Block:
        """The block of all that has been collected."""
        return Block(kind, self.text, tuple(self._runs))
