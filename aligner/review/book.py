"""What is reviewed together with its edits: each target as it is now, and what may be done to it.

    as the file has it  →  edit, accept, revert, undo  →  as it is now

A target's revision counts its changes. Whoever changes one names the revision that they saw, so
that nobody writes over what they have not seen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from aligner.errors import UsageError
from aligner.records import PERSONS, Target
from aligner.review.changes import (
    Action,
    Change,
    Stale,
    current,
    edit,
    goes_on,
    is_accepted,
    text_of,
)
from aligner.review.sources import Item, Source, fingerprint
from aligner.review.store import Place, Store

Key = tuple[int, str]  # the index of a unit, and a target language


@dataclass(frozen=True, slots=True)
class Taken:
    """How the edits of an earlier review fit what stands on disk now.

    Attributes:
        kept: how many unsaved edits stay, of targets that changed on disk meanwhile.
        overtaken: how many targets the disk has a newer version of; the edits had been saved.
        lost: the edits of units that are no longer there, or no longer say the same: they stay in
            the database, and hold again where the unit comes back.
    """

    kept: int = 0
    overtaken: int = 0
    lost: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Copy:
    """The units under review with their edits, as they were at a moment: for another thread.

    Attributes:
        source: what is reviewed, as it stands on disk.
        places: the targets that were ever edited.
    """

    source: Source
    places: Mapping[Key, Place]

    def target(self, n: int, lang: str) -> Target | None:
        """A target as it was at that moment."""
        place = self.places.get((n, lang))
        if place is None:
            return self.source.items[n].unit.targets.get(lang)
        return current(place.base, place.head)


class Book:
    """The units under review, with their edits.

    Attributes:
        source: what is reviewed, as it stands on disk.
        taken: how earlier edits fitted.
    """

    def __init__(
        self,
        source: Source,
        store: Store,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = store
        self._clock = clock
        self.load(source)

    def load(self, source: Source) -> Taken:
        """Take up what stands on disk, and put the edits on it."""
        self.source = source
        self._places: dict[Key, Place] = {}
        self._repeats: dict[str, list[int]] = defaultdict(list)
        for n, item in enumerate(source.items):
            self._repeats[item.unit.source.text].append(n)
        numbers = {item.key: n for n, item in enumerate(source.items)}
        lost: list[Place] = []
        self._away = 0
        for place in self._store.places():
            if place.unit in numbers:
                self._places[numbers[place.unit], place.lang] = place
                continue
            self._away += place.rev
            if place.head:
                lost.append(place)
        self.taken = replace(self._reconcile(), lost=tuple(lost))
        return self.taken

    def _reconcile(self) -> Taken:
        """Make out for the targets with edits whether the disk has changed under them."""
        adopted, kept, overtaken = [], [], []
        for key, place in self._places.items():
            there = self.on_disk(*key)
            now = fingerprint(there)
            if now == place.disk:
                continue
            if _is_same(there, self.target(*key)):  # written, but not yet noted
                adopted.append((key, replace(place, disk=now, saved=place.rev)))
            elif place.head and place.rev > place.saved:
                kept.append((key, replace(place, disk=now, base=there)))
            else:
                overtaken.append((key, replace(place, disk=now, base=there)))
        self._store.settle([place for _, place in adopted])
        self._places |= adopted
        moved = [*kept, *overtaken]
        made = self._store.rebase(
            [place for _, place in moved], dropped=frozenset(place.id for _, place in overtaken)
        )
        self._places |= zip((key for key, _ in moved), made, strict=True)
        return Taken(len(kept), sum(place.head is not None for _, place in overtaken))

    # Reading

    @property
    def items(self) -> Sequence[Item]:
        """The units, with their targets as they stand on disk."""
        return self.source.items

    @property
    def revision(self) -> int:
        """How many changes there were; it only grows."""
        return self._away + sum(place.rev for place in self._places.values())

    @property
    def unsaved(self) -> int:
        """How many targets differ from what stands on disk."""
        return sum(place.rev > place.saved for place in self._places.values())

    def copy(self) -> Copy:
        """All as it is now."""
        return Copy(self.source, dict(self._places))

    def on_disk(self, n: int, lang: str) -> Target | None:
        """A target as it stands on disk."""
        return self.items[n].unit.targets.get(lang)

    def rev(self, n: int, lang: str) -> int:
        """The revision of a target."""
        place = self._places.get((n, lang))
        return place.rev if place else 0

    def base(self, n: int, lang: str) -> Target | None:
        """A target as it was before its edits."""
        place = self._places.get((n, lang))
        return place.base if place else self.on_disk(n, lang)

    def target(self, n: int, lang: str) -> Target | None:
        """A target as it is now; what depends on its text is of the one before the edits."""
        place = self._places.get((n, lang))
        if place is None:
            return self.on_disk(n, lang)
        return current(place.base, place.head)

    def is_edited(self, n: int, lang: str) -> bool:
        """Whether an edit of this review holds for a target."""
        place = self._places.get((n, lang))
        return place is not None and place.head is not None

    def is_accepted(self, n: int, lang: str) -> bool:
        """Whether a person has accepted a target as it is now."""
        place = self._places.get((n, lang))
        head = place.head if place else None
        return is_accepted(self.items[n].unit, lang, self.base(n, lang), head)

    def persons(self, lang: str) -> Iterator[tuple[int, Target]]:
        """The targets that a person has written or approved in this review."""
        for n, code in self._places:
            target = self.target(n, code) if code == lang else None
            if target and target.text and target.origin in PERSONS:
                yield n, target

    def repeats(self, n: int, lang: str) -> list[int]:
        """The other units with the same source text, but another target that no person wrote."""
        own = self.target(n, lang)
        return [
            other
            for other in self._repeats[self.items[n].unit.source.text]
            if other != n and _is_open(self.target(other, lang), own)
        ]

    # Changing

    def change(self, change: Change) -> None:
        """Do what a person wants, and keep it.

        Raises:
            Stale: the target is no longer what they saw.
            UsageError: there is no such unit or language, or no text to accept.
            OutputError: it cannot be kept.
        """
        place = self._place(change)
        if change.rev != place.rev:
            raise Stale("the translation has been changed in another window")
        if change.action == "undo":
            if place.head:
                self._places[change.n, change.lang] = self._store.undo(place)
            return
        made = edit(change, place, self._clock())
        if made:
            amend = goes_on(place.head, made)
            self._places[change.n, change.lang] = self._store.add(place, made, amend=amend)

    def spread(self, n: int, lang: str, tab: str = "", editor: str = "") -> list[int]:
        """Give a target to its unit's repeats; gives their indexes.

        Raises:
            UsageError: there is no such unit or target.
            OutputError: it cannot be kept.
        """
        self._check(n, lang)
        target = self.target(n, lang)
        if target is None or target.origin not in PERSONS:
            raise UsageError("only what a person has written or accepted is for its repeats")
        others = self.repeats(n, lang)
        action: Action = "accept" if self.is_accepted(n, lang) else "edit"
        for other in others:
            rev = self.rev(other, lang)
            self.change(Change(other, lang, action, target.text, rev, tab, editor))
        return others

    def settle(self, saved: Mapping[Key, tuple[int, str]], source: Source) -> None:
        """Note how the disk has targets that were written to it in some revisions.

        What a format could not hold letter by letter is not saved.
        """
        if [item.key for item in source.items] != [item.key for item in self.items]:
            self.load(source)  # its format does not hold source texts letter by letter
            return
        self.source = source
        settled = {key: self._settled(key, *of) for key, of in saved.items()}
        self._store.settle(list(settled.values()))
        self._places |= settled

    def _settled(self, key: Key, rev: int, text: str) -> Place:
        place, there = self._places[key], self.on_disk(*key)
        is_held = text_of(there) == text
        return replace(place, disk=fingerprint(there), saved=rev if is_held else place.saved)

    def _check(self, n: int, lang: str) -> None:
        if not 0 <= n < len(self.items) or lang not in self.source.targets:
            raise UsageError(f"there is no unit {n} with a translation into {lang}")

    def _place(self, change: Change) -> Place:
        self._check(change.n, change.lang)
        key = change.n, change.lang
        if key in self._places:
            return self._places[key]
        item, there = self.items[change.n], self.on_disk(*key)
        name, text = item.unit.source.id, item.unit.source.text
        return Place(0, item.key, change.lang, name, text, there, fingerprint(there))


def _is_same(one: Target | None, other: Target | None) -> bool:
    """Whether two targets say the same, and both are a person's or neither is."""
    origins = {one.origin in PERSONS if one else None, other.origin in PERSONS if other else None}
    return text_of(one) == text_of(other) and len(origins) == 1


def _is_open(target: Target | None, own: Target | None) -> bool:
    """Whether a target may be replaced by that of another unit, and would be another one then."""
    if target is None:
        return own is not None
    return target.origin not in PERSONS and own is not None
