"""What has been seen before, of millions of strings, in little memory."""

from __future__ import annotations

from array import array

_SMALLEST = 1 << 10  # slots, a power of two


class Seen:
    """Remembers strings by 8-byte hashes, at 16 to 32 bytes each; a set takes 100 and more.

    Two of a million strings are taken for one another once in 40 million runs.
    """

    def __init__(self) -> None:
        self._slots = array("q", bytes(8 * _SMALLEST))
        self._free = _SMALLEST // 2

    def add(self, text: str) -> bool:
        """Remember a string; whether it is new."""
        key = hash(text) or 1  # 0 is a free slot
        slots = self._slots
        mask = len(slots) - 1
        at = key & mask
        while there := slots[at]:
            if there == key:
                return False
            at = (at + 1) & mask
        slots[at] = key
        self._free -= 1
        if not self._free:
            self._grow()
        return True

    def _grow(self) -> None:
        old = self._slots
        self._slots = slots = array("q", bytes(16 * len(old)))
        self._free = len(old) // 2
        mask = len(slots) - 1
        for key in filter(None, old):
            at = key & mask
            while slots[at]:
                at = (at + 1) & mask
            slots[at] = key
