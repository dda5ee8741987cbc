"""Units that stand several times, each kept once: the one most worth keeping."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from aligner.curation.matching import context_of
from aligner.curation.preference import Prefer, Rank, unit_rank
from aligner.curation.spool import Spool
from aligner.entries import Entry, Variant

_NUMBERS = re.compile(r"\d+(?:[.,]\d+)*")


class By(StrEnum):
    """What must be the same for two units to be one."""

    ALL = "all"  # their texts in all languages
    SOURCE = "source"  # the text they were translated from
    PAIR = "pair"  # that, and the text in one other language


@dataclass(frozen=True, slots=True)
class Sameness:
    """When two units are the same.

    Attributes:
        by: which of their texts are compared.
        lang: the other language, for `By.PAIR`.
        ignore_case: letters may be capital or small.
        ignore_space: white space may differ.
        ignore_numbers: any number stands for any other.
        ignore_codes: inline codes may differ.
        contexts: the same texts in different contexts are different units.
    """

    by: By = By.ALL
    lang: str = ""
    ignore_case: bool = False
    ignore_space: bool = False
    ignore_numbers: bool = False
    ignore_codes: bool = False
    contexts: bool = False

    @property
    def is_of_all_texts(self) -> bool:
        """Whether the texts of a unit are all it takes to tell: see `key_of`."""
        return self.by is By.ALL and not self.contexts

    def key(self, entry: Entry) -> int | None:
        """A number that the same units have in common; none of a unit that lacks those texts.

        Of a million units some two have the same number, though they differ, once in forty
        million times. The numbers are good in this process only.
        """
        found = self._compared(entry)
        if not found:
            return None
        texts = [
            (one.lang, repr(one.inline) if one.inline and not self.ignore_codes else one.text)
            for one in found
        ]
        return self.key_of(texts, context_of(entry) if self.contexts else ())

    def key_of(self, texts: list[tuple[str, str]], context: tuple[str, ...] = ()) -> int:
        """The same by the languages and texts of a unit that has no inline codes."""
        if self.ignore_case or self.ignore_space or self.ignore_numbers:
            texts = [(lang, self._normal(text)) for lang, text in texts]
        return hash((tuple(sorted(texts)), context))

    def _compared(self, entry: Entry) -> tuple[Variant, ...]:
        if self.by is By.ALL:
            return entry.variants
        source = entry.source()
        if source is None or not source.text:
            return ()
        if self.by is By.SOURCE:
            return (source,)
        other = entry.variant(self.lang)
        return (source, other) if other else ()

    def _normal(self, text: str) -> str:
        if self.ignore_case:
            text = text.casefold()
        if self.ignore_space:
            text = " ".join(text.split())
        return _NUMBERS.sub("0", text) if self.ignore_numbers else text


class Duplicates:
    """Finds, unit after unit, those that stand several times; of equals the first is kept.

    Attributes:
        seen: how many units were taken in.
        dropped: the numbers, from 0, of the units not to keep.
    """

    def __init__(self, rank: Callable[[int], Rank]) -> None:
        """Begin with no units.

        Args:
            rank: tells how much one would rather keep a unit, by its number.
        """
        self._rank = rank
        self._best: dict[int, int] = {}
        self._ranks: dict[int, Rank] = {}  # of the best of several, which is asked for again
        self.seen = 0
        self.dropped: set[int] = set()

    def add(self, key: int | None) -> None:
        """Take in the next unit by what it has in common with the same ones, None if nothing."""
        number, self.seen = self.seen, self.seen + 1
        if key is None:
            return
        best = self._best.setdefault(key, number)
        if best == number:
            return
        mine = self._rank(number)
        if best not in self._ranks:
            self._ranks[best] = self._rank(best)
        if mine > self._ranks[best]:
            del self._ranks[best]
            self._best[key], self._ranks[number] = number, mine
            number = best
        self.dropped.add(number)


def deduped(
    entries: Iterable[Entry], same: Sameness, prefer: Prefer, counts: dict[str, int]
) -> Iterator[Entry]:
    """The units without those that stand among them several times, in their order.

    The units wait on the disk; in memory are some 200 bytes of each. `counts` gets how many were
    "read" and "dropped".
    """
    with Spool() as spool:
        places = array("Q")
        found = Duplicates(lambda number: unit_rank(spool.get(places[number]), prefer))
        for entry in entries:
            places.append(spool.add(entry))
            found.add(same.key(entry))
        counts.update(read=found.seen, dropped=len(found.dropped))
        for number, place in enumerate(places):
            if number not in found.dropped:
                yield spool.get(place)
