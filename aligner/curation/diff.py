"""What differs between two states of a memory: unit by unit, and in all."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from aligner.curation import matching
from aligner.curation.distance import Change, Distance, Rate, changes, edit_distance, rate, words
from aligner.curation.matching import NONE, Keys
from aligner.curation.preference import changed
from aligner.curation.spool import Spool
from aligner.entries import Entry, Variant

LIGHT = 0.3  # edits a word: a text with fewer was edited, with more it was rewritten


class State(StrEnum):
    """What became of a unit."""

    SAME = "same"
    CHANGED = "changed"
    NEW = "new"
    MISSING = "missing"


class Verdict(StrEnum):
    """What became of a text."""

    KEPT = "kept"
    LIGHT = "edited lightly"
    REWRITTEN = "rewritten"
    NEW = "new"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Edit:
    """What became of a unit's text in one language.

    Attributes:
        lang: the language.
        verdict: what became of it.
        old: the old text; "" where there was none.
        new: the new text; "" where there is none.
        distance: how far they are from each other.
        rate: the old text's Translation Edit Rate, the new one being the reference.
        codes: whether the inline codes of a text that was kept differ.
        before: when the old text of one that was not kept was last changed, if that is known.
        after: when the new one was.
    """

    lang: str
    verdict: Verdict
    old: str
    new: str
    distance: Distance
    rate: Rate
    codes: bool = False
    before: datetime | None = None
    after: datetime | None = None

    @property
    def changes(self) -> list[Change]:
        """What was changed, word by word."""
        return changes(self.old, self.new)

    @property
    def seconds(self) -> int | None:
        """The time from the old text to the new one, where both dates are known."""
        if self.before is None or self.after is None or self.after < self.before:
            return None
        return int((self.after - self.before).total_seconds())


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of one unit.

    Attributes:
        state: what became of it.
        old: the old unit; None for a new one.
        new: the new unit; None for a missing one.
        edits: what became of its texts, by language, in their order.
        moved: it stands elsewhere among the units that both memories have.
    """

    state: State
    old: Entry | None
    new: Entry | None
    edits: tuple[Edit, ...] = ()
    moved: bool = False

    @property
    def unit(self) -> Entry:
        """The unit as it is now, or was."""
        unit = self.new or self.old
        assert unit is not None
        return unit


@dataclass(slots=True)
class Tally:
    """What became of all texts in one language: how many fared how, and edits added up."""

    verdicts: Counter[Verdict] = field(default_factory=Counter)
    words: int = 0
    characters: int = 0
    rate: Rate = field(default_factory=lambda: Rate(0, 0))
    first: datetime | None = None
    last: datetime | None = None

    def add(self, edit: Edit) -> None:
        """Take in a text; the rate is that of all texts that both memories have."""
        self.verdicts[edit.verdict] += 1
        if edit.verdict in (Verdict.NEW, Verdict.MISSING):
            return
        self.words += edit.distance.words
        self.characters += edit.distance.characters
        self.rate += edit.rate
        if edit.verdict is not Verdict.KEPT and edit.after:
            self.first = min(self.first or edit.after, edit.after)
            self.last = max(self.last or edit.after, edit.after)


@dataclass(slots=True)
class Summary:
    """What became of a memory: how many units fared how, and the texts by language."""

    states: Counter[State] = field(default_factory=Counter)
    moved: int = 0
    langs: dict[str, Tally] = field(default_factory=dict)

    def add(self, difference: Difference) -> None:
        """Take in what became of a unit."""
        self.states[difference.state] += 1
        self.moved += difference.moved
        for edit in difference.edits:
            self.langs.setdefault(edit.lang, Tally()).add(edit)

    @property
    def differs(self) -> bool:
        """Whether anything does."""
        return self.moved > 0 or any(
            count for state, count in self.states.items() if state is not State.SAME
        )


def diff(
    old: Iterable[Entry], new: Iterable[Entry], langs: Sequence[str] = ()
) -> Iterator[Difference]:
    """Compare two states of a memory: the new units in their order, then those that are missing.

    Units are matched by tuid, then by source text and context, then by source text alone; tuids
    that are running numbers (the same number on other texts) only where nothing else matches.
    The units wait on the disk; in memory are some 100 bytes of each.

    Args:
        old: the units before.
        new: the units after.
        langs: the languages to compare; by default all.
    """
    with Spool() as spool:
        before, olds = _spooled(old, spool)
        after, news = _spooled(new, spool)
        partners = matching.matches(before, after, _phases(before, after))
        moved = _moved(partners)
        for number, place in enumerate(news):
            entry, partner = spool.get(place), partners[number]
            was = None if partner == NONE else spool.get(olds[partner])
            yield _difference(was, entry, langs, moved=number in moved)
        found = set(partners)
        for number, place in enumerate(olds):
            if number not in found:
                yield _difference(spool.get(place), None, langs)


def _spooled(entries: Iterable[Entry], spool: Spool) -> tuple[Keys, array[int]]:
    keys, places = Keys(), array("Q")
    for entry in entries:
        keys.add(entry)
        places.append(spool.add(entry))
    return keys, places


def _phases(old: Keys, new: Keys) -> list[tuple[matching.Key, matching.Key]]:
    sure = [matching.by_all, matching.by_tuid_and_source]
    texts, names = [matching.by_context, matching.by_source], [matching.by_tuid]
    keys = sure + (names + texts if matching.has_stable_tuids(old, new) else texts + names)
    return [(key, key) for key in keys]


def _moved(partners: Sequence[int]) -> set[int]:
    """The new units out of the old order: all but a longest row of matches that keeps it."""
    ends: list[int] = []  # the least old number that a row of each length ends with
    lasts: list[int] = []  # and the new unit there
    before: dict[int, int] = {}
    for number, partner in enumerate(partners):
        if partner == NONE:
            continue
        length = bisect_left(ends, partner)
        before[number] = lasts[length - 1] if length else NONE
        ends[length : length + 1] = [partner]
        lasts[length : length + 1] = [number]
    kept: set[int] = set()
    at = lasts[-1] if lasts else NONE
    while at != NONE:
        kept.add(at)
        at = before[at]
    return before.keys() - kept


def _difference(
    old: Entry | None, new: Entry | None, langs: Sequence[str], *, moved: bool = False
) -> Difference:
    was, now = _texts(old), _texts(new)
    edits = tuple(
        _edit(lang, was.get(lang), now.get(lang), old, new)
        for lang in dict.fromkeys((*now, *was))
        if not langs or lang in langs
    )
    if old is None or new is None:
        state = State.NEW if old is None else State.MISSING
    else:
        same = all(edit.verdict is Verdict.KEPT and not edit.codes for edit in edits)
        state = State.SAME if same else State.CHANGED
    return Difference(state, old, new, edits, moved)


def _texts(entry: Entry | None) -> Mapping[str, Variant]:
    """The first text in each language."""
    texts: dict[str, Variant] = {}
    for one in entry.variants if entry else ():
        texts.setdefault(one.lang, one)
    return texts


def _edit(
    lang: str, old: Variant | None, new: Variant | None, was: Entry | None, now: Entry | None
) -> Edit:
    one, other = (old.text if old else ""), (new.text if new else "")
    if old and new and one == other:
        unchanged = Rate(0, len(words(other)))
        codes = old.inline != new.inline
        return Edit(lang, Verdict.KEPT, one, other, Distance(0, 0), unchanged, codes)
    measured = rate(one, other)
    return Edit(
        lang=lang,
        verdict=_verdict(one, other, measured),
        old=one,
        new=other,
        distance=edit_distance(one, other),
        rate=measured,
        before=_date(old, was),
        after=_date(new, now),
    )


def _verdict(old: str, new: str, measured: Rate) -> Verdict:
    if not old or not new:
        return Verdict.MISSING if old else Verdict.NEW
    return Verdict.LIGHT if measured.value < LIGHT else Verdict.REWRITTEN


def _date(variant: Variant | None, entry: Entry | None) -> datetime | None:
    """When a text was last changed, as far as its file says so."""
    digits = (changed(variant) if variant else "") or (changed(entry) if entry else "")
    try:
        return datetime.strptime(digits.ljust(14, "0"), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
