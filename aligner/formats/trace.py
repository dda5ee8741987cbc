"""Texts that know where each of their characters stands in the source: for formats with markup."""

from __future__ import annotations

from collections import defaultdict

from aligner.languages import words
from aligner.records import Block, Code, CodeKind, Kind

# The elements of HTML that have a name in TMX; others keep their own.
_TYPES = {
    "a": "link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "ulined",
    "s": "strike",
    "del": "strike",
    "img": "image",
}
_VOID = words("area base col embed img input link meta param source track wbr")


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
        self._codes: list[Code] = []
        self._open: dict[str, list[int]] = defaultdict(list)  # the ids of what is open, by name
        self._ids = 0

    def tag(self, name: str, data: str, *, is_end: bool) -> None:
        """Note an inline tag here; one that ends nothing is left out.

        Args:
            name: of its element.
            data: the tag as it stands in the source.
            is_end: whether it ends its element.
        """
        if name in _VOID or data.endswith("/>"):
            self._code(CodeKind.ALONE, name, data)
        elif not is_end:
            self._open[name].append(self._code(CodeKind.OPEN, name, data))
        elif self._open[name]:
            self._code(CodeKind.CLOSE, name, data, self._open[name].pop())

    def _code(self, kind: CodeKind, name: str, data: str, number: int = 0) -> int:
        if not number:
            self._ids += 1
            number = self._ids
        self._codes.append(Code(self._length, kind, str(number), _TYPES.get(name, name), data))
        return number

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

    def block(self, kind: Kind, role: str = "") -> Block:
        """The block of all that has been collected; what was left open is not in its codes."""
        left_open = {str(number) for numbers in self._open.values() for number in numbers}
        codes = tuple(code for code in self._codes if code.id not in left_open)
        return Block(kind, self.text, tuple(self._runs), codes, role)
