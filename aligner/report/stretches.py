"""The units from the first to the last in stretches, of which there are never more than a few.

A stretch begins as one unit. Where there would be too many, each two neighbours become one, and
from then on a stretch takes twice as many units.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from aligner.curation.distance import Rate
from aligner.formats.reports import Mark, State, Stretch

MOST = 256
"""How many stretches there are at most."""

_NONE = Rate(0, 0)


@dataclass(frozen=True, slots=True)
class Look:
    """What a stretch takes of a translation.

    Attributes:
        state: how far it has come.
        confidence: None if that is not known.
        has_error: whether it has one.
        has_warning: whether it has one, and no error.
        rate: of its draft against it, None if it has none.
    """

    state: State
    confidence: float | None = None
    has_error: bool = False
    has_warning: bool = False
    rate: Rate | None = None


@dataclass(slots=True)
class Marking:
    """Counts the translations into a language."""

    states: Counter[State] = field(default_factory=Counter)
    confidence: float = 0.0
    known: int = 0
    errors: int = 0
    warnings: int = 0
    rate: Rate = _NONE
    rated: int = 0

    def add(self, look: Look) -> None:
        """Count a translation."""
        self.states[look.state] += 1
        if look.confidence is not None:
            self.confidence += look.confidence
            self.known += 1
        self.errors += look.has_error
        self.warnings += look.has_warning
        if look.rate is not None:
            self.rate += look.rate
            self.rated += 1

    def take(self, other: Marking) -> None:
        """Count what another has counted."""
        self.states += other.states
        self.confidence += other.confidence
        self.known += other.known
        self.errors += other.errors
        self.warnings += other.warnings
        self.rate += other.rate
        self.rated += other.rated

    def mark(self, units: int) -> Mark:
        """What was counted, of so many units: those that were not have no translation."""
        states = {state: count for state in State if (count := self.states[state])}
        if missing := units - self.states.total():
            states[State.MISSING] = states.get(State.MISSING, 0) + missing
        return Mark(
            states,
            self.confidence / self.known if self.known else None,
            self.errors,
            self.warnings,
            self.rate.value if self.rated else None,
        )


@dataclass(slots=True)
class Counted:
    """Units that are counted together."""

    first: str = ""
    last: str = ""
    units: int = 0
    words: int = 0
    markings: defaultdict[str, Marking] = field(default_factory=lambda: defaultdict(Marking))

    def add(self, name: str, words: int, looks: dict[str, Look]) -> None:
        """Count a unit."""
        self.first = self.first or name
        self.last = name
        self.units += 1
        self.words += words
        for lang, look in looks.items():
            self.markings[lang].add(look)

    def take(self, other: Counted) -> None:
        """Count what another has counted, which comes behind."""
        self.last = other.last
        self.units += other.units
        self.words += other.words
        for lang, marking in other.markings.items():
            self.markings[lang].take(marking)

    def stretch(self, langs: tuple[str, ...], name: str = "") -> Stretch:
        """What was counted, in these languages."""
        span = self.first if self.units < 2 else f"{self.first} – {self.last}"
        marks = {lang: self.markings[lang].mark(self.units) for lang in langs}
        return Stretch(name or span, self.units, self.words, marks)


class Strip:
    """All units in stretches of equal length, the last of which may be shorter."""

    def __init__(self) -> None:
        self._cells: list[Counted] = []
        self._size = 1

    def add(self, name: str, words: int, looks: dict[str, Look]) -> None:
        """Count a unit, the next one."""
        if not self._cells or self._cells[-1].units == self._size:
            if len(self._cells) == MOST:
                self._halve()
            self._cells.append(Counted())
        self._cells[-1].add(name, words, looks)

    def stretches(self, langs: tuple[str, ...]) -> tuple[Stretch, ...]:
        """The stretches, in these languages."""
        return tuple(cell.stretch(langs) for cell in self._cells)

    def _halve(self) -> None:
        for one, other in zip(self._cells[::2], self._cells[1::2], strict=True):
            one.take(other)
        self._cells = self._cells[::2]
        self._size *= 2
