"""What a memory holds: units, languages, words, what is empty or there twice, where it is from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from aligner.entries import Entry, Variant
from aligner.seen import Seen

_DATE = re.compile(r"\d{8}T\d{6}Z")  # as TMX writes them; others cannot be compared

DATES = frozenset({"creationdate", "changedate", "lastusagedate"})
"""The attributes that are dates."""

ORIGIN = "x-origin"
"""The property that says where a text is from."""


@dataclass(slots=True)
class Tally:
    """What there is in a language.

    Attributes:
        texts: how many variants, empty ones among them.
        words: how many words, as white space parts them.
        characters: how many characters, in texts that are not empty.
    """

    texts: int = 0
    words: int = 0
    characters: int = 0


class Stats:
    """Counts units as they are added; memory grows by some 20 bytes for each.

    Attributes:
        units: how many units there are.
        languages: what there is in each language; "" where a variant names none.
        empty: how many variants are empty.
        duplicates: how many units have a source text that stands in another before them.
        origins: where the texts are from, as far as they say it: mt, tm, human, post-edited …
        inline: how many units have inline codes.
        first: the earliest date in the units, "" if there is none.
        last: the latest.
    """

    def __init__(self) -> None:
        self.units = 0
        self.languages: dict[str, Tally] = {}
        self.empty = 0
        self.duplicates = 0
        self.origins: Counter[str] = Counter()
        self.inline = 0
        self.first = ""
        self.last = ""
        self._together: dict[tuple[str, ...], int] = {}  # the languages that units have texts in
        self._sources = Seen()

    @property
    def complete(self) -> int:
        """How many units have a text in each language that the memory has."""
        return sum(n for langs, n in self._together.items() if self.languages.keys() <= set(langs))

    @property
    def pairs(self) -> dict[str, int]:
        """How many units have a text in both languages of a pair, as "en-ky"."""
        found: Counter[str] = Counter()
        for langs, number in self._together.items():
            for pair in combinations(sorted(set(langs)), 2):
                found["-".join(pair)] += number
        return dict(sorted(found.items()))

    def add_all(self, entries: Iterable[Entry]) -> None:
        """Count units; those before an error in the iterator are counted."""
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Count a unit."""
        things: list[Entry | Variant] = [entry, *entry.variants]
        self.add_texts(
            entry.source_lang,
            [(one.lang, one.text) for one in entry.variants],
            any(one.inline for one in entry.variants),
            [value for one in things for name, value in one.attributes if name in DATES],
            [value for one in things for kind, value in one.props if kind == ORIGIN],
        )

    def add_texts(
        self,
        source_lang: str,
        texts: Sequence[tuple[str, str]],
        has_inline: bool,
        dates: Iterable[str],
        origins: Iterable[str],
    ) -> None:
        """Count a unit that is given in parts.

        Args:
            source_lang: as `Entry.source_lang`.
            texts: language and text of each variant.
            has_inline: whether a text has inline codes.
            dates: the values of `DATES` in the unit and in its variants.
            origins: the values of `ORIGIN`, likewise.
        """
        self.units += 1
        self.inline += has_inline
        langs: list[str] = []
        source = None
        for lang, text in texts:
            tally = self.languages.get(lang) or self.languages.setdefault(lang, Tally())
            tally.texts += 1
            if words := len(text.split()):
                tally.words += words
                tally.characters += len(text)
                langs.append(lang)
                if source is None and lang == source_lang:
                    source = text
            else:
                self.empty += 1
        together = tuple(langs)
        self._together[together] = self._together.get(together, 0) + 1
        if source is None and langs:
            source = next(text for lang, text in texts if lang == langs[0])
        if source is not None and not self._sources.add(source):
            self.duplicates += 1
        for date in dates:
            if not self.first <= date <= self.last:
                self._date(date)
        for origin in origins:
            self.origins[origin] += 1

    def _date(self, value: str) -> None:
        if _DATE.fullmatch(value):
            self.first = min(self.first or value, value)
            self.last = max(self.last, value)
