"""What a format cannot hold of translation units, counted as it is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from aligner.entries import Bundle, Entry, Inline, Variant


class Losses:
    """Counts units by what is lost of them.

    Args:
        format: what the sentences call the format: "a table".
    """

    def __init__(self, format: str) -> None:  # noqa: A002
        self._format = format
        self._units: Counter[str] = Counter()
        self._whole: dict[str, None] = {}

    def add(self, *kinds: str) -> None:
        """Note what is lost of one unit."""
        self._units.update(set(kinds))

    def header(self, bundle: Bundle) -> None:
        """Note that what the header says of all units is lost."""
        if bundle.header.props or bundle.header.notes:
            self._whole["properties and notes of the header"] = None

    def told(self) -> tuple[str, ...]:
        """One sentence for each kind: "3 units: inline codes have no place in a table"."""
        counted = (
            f"{count} unit{'s' if count > 1 else ''}: {what}" for what, count in self._units.items()
        )
        return tuple(f"{what} have no place in {self._format}" for what in (*self._whole, *counted))


CODES = "inline codes"
ATTRIBUTES = "dates, authors and other attributes"
PROPS = "properties"
NOTES = "notes"
REPEATED = "further texts in the same language"
OTHERS = "texts in other languages"
NO_TEXT = "units without a text"
UNENCODED = "half characters (lone surrogates)"


def of_text(entry: Entry, langs: Collection[str]) -> Iterator[str]:
    """What formats lose that hold one plain text a language, in some of the languages."""
    held = [one for one in entry.variants if one.lang in langs]
    if any(isinstance(part, Inline) for one in held for part in one.inline):
        yield CODES
    if len({one.lang for one in held}) < len(held):
        yield REPEATED


def of_details(*things: Entry | Variant) -> Iterator[str]:
    """What formats lose that hold only texts."""
    if any(one.props for one in things):
        yield PROPS
    if any(one.notes for one in things):
        yield NOTES
    if any(has_attributes(one) for one in things):
        yield ATTRIBUTES


def has_attributes(thing: Entry | Variant) -> bool:
    """Whether a unit or text has attributes other than its name and language."""
    return any(name not in _NAMING for name, _ in thing.attributes)


_NAMING = frozenset({"tuid", "lang", "xml:lang", "srclang"})
