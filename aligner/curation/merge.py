"""Several memories made one: two- and three-language units joined by what they translate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from aligner.curation import matching
from aligner.curation.matching import NONE, Keys
from aligner.curation.preference import Prefer, rank
from aligner.curation.spool import Spool
from aligner.entries import Entry, Header, Pairs, Variant

ALTERNATIVE = "x-alternative"

# Surest first; units whose contexts are known and differ are never joined unless their tuid agrees.
_PHASES = (
    (matching.by_all, matching.by_all),
    (matching.by_tuid_and_source, matching.by_tuid_and_source),
    (matching.by_context, matching.by_context),
    (matching.by_source_alone, matching.by_source),
    (matching.by_source, matching.by_source_alone),
)


@dataclass(slots=True)
class Report:
    """What came of merging.

    Attributes:
        units: read of each memory.
        joined: units that went into one of another memory.
        written: units that the merged memory has.
        languages: how many of these have a text in each language.
        conflicts: by language, where memories had different texts and one was chosen.
    """

    units: list[int] = field(default_factory=list)
    joined: int = 0
    written: int = 0
    languages: Counter[str] = field(default_factory=Counter)
    conflicts: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Merge:
    """How memories are merged.

    Attributes:
        prefer: which of different texts in one language to keep.
        by: the language whose texts join units; by default the source language of each.
        keep_alternatives: keep the other texts as properties `x-alternative` of the one chosen.
    """

    prefer: Prefer = Prefer.HUMAN
    by: str = ""
    keep_alternatives: bool = False

    def merged(self, memories: Iterable[Iterable[Entry]], report: Report) -> Iterator[Entry]:
        """Join the units of memories, in the order in which they first come.

        Two units of one memory are never joined, so that merging a memory with itself changes
        nothing. Each unit's text waits on the disk, and some 200 bytes of it in memory.
        """
        with Spool() as spool:
            for places in self._joined(memories, spool, report):
                unit = self._combined([spool.get(place) for place in places], report)
                report.written += 1
                report.languages.update(list(dict.fromkeys(one.lang for one in unit.variants)))
                yield unit

    def _joined(
        self, memories: Iterable[Iterable[Entry]], spool: Spool, report: Report
    ) -> list[tuple[int, ...]]:
        """The places in the spool of what makes up each unit."""
        known, parts = Keys(), list[tuple[int, ...]]()
        for memory in memories:
            new, places = Keys(), list[int]()
            for entry in memory:
                new.add(entry, self.by)
                places.append(spool.add(entry))
            report.units.append(len(places))
            for number, partner in enumerate(matching.matches(known, new, _PHASES)):
                if partner == NONE:
                    known.copy(new, number)
                    parts.append((places[number],))
                else:
                    report.joined += 1
                    parts[partner] += (places[number],)
        return parts

    def _combined(self, entries: Sequence[Entry], report: Report) -> Entry:
        """One unit of several that translate the same text; the first says what the unit is."""
        first = entries[0]
        if len(entries) == 1:
            return first
        langs = dict.fromkeys(one.lang for entry in entries for one in entry.variants)
        pivot = self.by or next((one.lang for one in filter(None, [first.source()])), "")
        variants = chain.from_iterable(
            self._chosen([entry for entry in entries if entry.variant(lang)], lang, pivot, report)
            for lang in langs
        )
        return replace(
            first,
            tuid=next((entry.tuid for entry in entries if entry.tuid), ""),
            variants=tuple(variants),
            props=_united(entry.props for entry in entries),
            notes=tuple(dict.fromkeys(note for entry in entries for note in entry.notes)),
            attributes=_united(entry.attributes for entry in entries),
        )

    def _chosen(
        self, entries: Sequence[Entry], lang: str, pivot: str, report: Report
    ) -> tuple[Variant, ...]:
        """The texts in one language of the unit that is preferred for it."""
        if lang == pivot:
            return _texts(entries[0], lang)
        ranks = [
            max(rank(one, entry, self.prefer) for one in _texts(entry, lang)) for entry in entries
        ]
        best = _texts(entries[ranks.index(max(ranks))], lang)
        kept = {one.text for one in best}
        others = [one.text for entry in entries for one in _texts(entry, lang)]
        lost = dict.fromkeys(text for text in others if text not in kept)
        report.conflicts[lang] += bool(lost)
        if not (lost and self.keep_alternatives):
            return best
        known = dict.fromkeys((*best[0].props, *((ALTERNATIVE, text) for text in lost if text)))
        return (replace(best[0], props=tuple(known)), *best[1:])


def _texts(entry: Entry, lang: str) -> tuple[Variant, ...]:
    return tuple(one for one in entry.variants if one.lang == lang)


def _united(pairs: Iterable[Pairs]) -> Pairs:
    """What the first has, and of each of the others what it alone has a name for."""
    united: Pairs = ()
    for more in pairs:
        names = {name for name, _ in united}
        united += tuple(pair for pair in more if pair[0] not in names)
    return united


def header(headers: Sequence[Header]) -> Header:
    """What to say of all units: what the first says, and what only others know.

    Where they were translated from different languages, none is named.
    """
    langs = {one.source_lang for one in headers}
    attributes = dict(_united(one.attributes for one in headers))
    if len(langs) > 1:
        attributes["srclang"] = "*all*"
    return Header(
        source_lang=langs.pop() if len(langs) == 1 else "",
        props=_united(one.props for one in headers),
        notes=tuple(dict.fromkeys(note for one in headers for note in one.notes)),
        attributes=tuple(attributes.items()),
    )
