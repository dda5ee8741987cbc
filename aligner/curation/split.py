"""A memory divided: by number of units, by language pair, or by what a property says."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from aligner.curation.spool import Spool
from aligner.entries import Entry

# What some file system does not take in a name.
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\s]+')
_LONGEST_NAME = 80  # characters: well below 255 bytes in any script


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a memory.

    Attributes:
        name: what it is called; safe in a file's name.
        units: how many it has.
        entries: the units, to be taken once.
    """

    name: str
    units: int
    entries: Iterator[Entry]


# The parts that a unit goes into, by its number in the memory, from 0; with what of it goes there.
Rule = Callable[[int, Entry], Iterable[tuple[str, Entry]]]


def by_units(most: int) -> Rule:
    """So many units a part, named "001", "002" and so on."""
    return lambda number, entry: ((f"{number // most + 1:03}", entry),)


def by_langs(groups: Sequence[Sequence[str]]) -> Rule:
    """A part for each group of languages, with the units that have a text in each of them."""

    def parts(_: int, entry: Entry) -> Iterator[tuple[str, Entry]]:
        langs = {one.lang for one in entry.variants if one.text}
        return (
            ("-".join(group), _narrowed(entry, group))
            for group in groups
            if langs.issuperset(group)
        )

    return parts


def by_property(name: str) -> Rule:
    """A part for each value of a property of units or texts; "other" for units that lack it."""

    def parts(_: int, entry: Entry) -> Iterable[tuple[str, Entry]]:
        everywhere = (*entry.props, *(pair for one in entry.variants for pair in one.props))
        value = next((value for key, value in everywhere if key == name and value), "other")
        return ((value, entry),)

    return parts


def _narrowed(entry: Entry, langs: Sequence[str]) -> Entry:
    """The unit with its texts in some languages only, in their order."""
    variants = tuple(one for lang in langs for one in entry.variants if one.lang == lang)
    source = entry.source_lang if entry.source_lang in langs else langs[0]
    return replace(entry, variants=variants, source_lang=source)


def split(entries: Iterable[Entry], rule: Rule, spool: Spool) -> list[Part]:
    """Divide units: the parts, in the order of their first units.

    In memory are 8 bytes a unit and part.

    Args:
        entries: the units; all are read at once.
        rule: says where each goes.
        spool: where they wait; it must stay open until the last part is taken.
    """
    places: dict[str, array[int]] = {}
    for number, entry in enumerate(entries):
        for value, part in rule(number, entry):
            places.setdefault(value, array("Q")).append(spool.add(part))
    return [
        Part(name, len(found), map(spool.get, found))
        for name, found in zip(safe_names(places), places.values(), strict=True)
    ]


def safe_names(values: Iterable[str]) -> list[str]:
    """Names of files for some values: different for different ones, even where case is ignored."""
    names: list[str] = []
    taken: set[str] = set()
    for value in values:
        plain = _UNSAFE.sub("_", value).strip("._ ")[:_LONGEST_NAME] or "_"
        name, number = plain, 1
        while name.casefold() in taken:
            number += 1
            name = f"{plain}-{number}"
        taken.add(name.casefold())
        names.append(name)
    return names
