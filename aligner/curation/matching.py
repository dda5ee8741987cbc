"""Which unit of one memory is which of another.

Units are compared by 64-bit digests of what names them: their tuid, the context they stand in, and
their text in the source language. A million units take some 32 MB, and four times that while they
are matched.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b

from aligner.entries import Entry

# What tools call the text before and after a unit: ours and memoQ's, OmegaT's, Trados's.
_CONTEXTS = frozenset(
    {"x-context-pre", "x-context-post", "prev", "next", "x-context", "x-contextcontent"}
)

NONE = -1


class Keys:
    """What names the units of a memory, by their number: 0 where a unit has no such name.

    Attributes:
        tuids: digests of their tuids.
        contexts: digests of the properties that tell their context.
        sources: digests of their texts in the source language, and of that language.
        wholes: digests of all that, and of their texts in all languages.
    """

    def __init__(self) -> None:
        self.tuids, self.contexts = array("Q"), array("Q")
        self.sources, self.wholes = array("Q"), array("Q")

    def add(self, entry: Entry, by: str = "") -> None:
        """Take in a unit.

        Args:
            entry: the unit.
            by: the language whose text is compared; by default the unit's source language.
        """
        text = entry.variant(by) if by else entry.source()
        context = context_of(entry)
        self.tuids.append(digest(entry.tuid) if entry.tuid else 0)
        self.contexts.append(digest(*context) if any(context) else 0)
        self.sources.append(digest(text.lang, text.text) if text and text.text else 0)
        texts = (part for one in entry.variants for part in (one.lang, one.text))
        self.wholes.append(digest(entry.tuid, repr(context), *texts))

    def copy(self, other: Keys, number: int) -> None:
        """Take in a unit of another memory."""
        self.tuids.append(other.tuids[number])
        self.contexts.append(other.contexts[number])
        self.sources.append(other.sources[number])
        self.wholes.append(other.wholes[number])

    def __len__(self) -> int:
        return len(self.tuids)


Key = Callable[[Keys, int], object]  # what must be the same, by memory and number; falsy: no match


def context_of(entry: Entry) -> tuple[str, ...]:
    """What the properties of a unit and of its source say of the text around it."""
    source = entry.source()
    props = (*entry.props, *(source.props if source else ()))
    return tuple(value for name, value in props if name.lower() in _CONTEXTS)


def digest(*parts: str) -> int:
    """A number that stands for some texts: not 0, and hardly ever that of others."""
    hashed = blake2b(digest_size=8)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        hashed.update(b"%d:" % len(data))
        hashed.update(data)
    return int.from_bytes(hashed.digest(), "big") or 1


def by_all(keys: Keys, number: int) -> object:
    """The same tuid, context and texts."""
    return keys.wholes[number]


def by_tuid(keys: Keys, number: int) -> object:
    """The same tuid."""
    return keys.tuids[number]


def by_source(keys: Keys, number: int) -> object:
    """The same source text."""
    return keys.sources[number]


def by_tuid_and_source(keys: Keys, number: int) -> object:
    """The same tuid and source text."""
    tuid, source = keys.tuids[number], keys.sources[number]
    return tuid and source and (tuid, source)


def by_context(keys: Keys, number: int) -> object:
    """The same source text in the same context."""
    context, source = keys.contexts[number], keys.sources[number]
    return context and source and (context, source)


def by_source_alone(keys: Keys, number: int) -> object:
    """The same source text, where no context is known."""
    return not keys.contexts[number] and keys.sources[number]


def matches(old: Keys, new: Keys, phases: Iterable[tuple[Key, Key]]) -> array[int]:
    """Match units one to one: for each new one the number of the old one, or NONE.

    Args:
        old: what names the old units.
        new: what names the new ones.
        phases: what must be the same, of the old unit and of the new one, the surest first. What a
            phase has matched is settled; of several it takes those that come first.
    """
    partners = array("q", [NONE]) * len(new)
    taken = bytearray(len(old))
    for old_key, new_key in phases:
        waiting = _waiting(old, old_key, taken)
        for number in range(len(new)):
            if partners[number] == NONE and (key := new_key(new, number)) in waiting:
                partners[number] = waiting[key].pop()
                taken[partners[number]] = True
                if not waiting[key]:
                    del waiting[key]
    return partners


def _waiting(keys: Keys, of: Key, taken: bytearray) -> dict[object, list[int]]:
    """The units that no phase has matched yet, by key; the first of them last, to be popped."""
    waiting: dict[object, list[int]] = {}
    for number in reversed(range(len(keys))):
        if not taken[number] and (key := of(keys, number)):
            waiting.setdefault(key, []).append(number)
    return waiting


def has_stable_tuids(old: Keys, new: Keys) -> bool:
    """Whether one tuid means one unit in both memories, rather than being a running number.

    It does where at least half of those that both have name the same source text.
    """
    texts = dict(_named(old))
    same = [texts[tuid] == source for tuid, source in _named(new) if tuid in texts]
    return 2 * sum(same) >= len(same)


def _named(keys: Keys) -> Iterator[tuple[int, int]]:
    pairs = zip(keys.tuids, keys.sources, strict=True)
    return ((tuid, source) for tuid, source in pairs if tuid)
