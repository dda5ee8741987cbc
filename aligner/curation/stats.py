"""What a memory holds: units, languages, words, what is empty or there twice, where it is from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from aligner.entries import Entry, Pairs
from aligner.seen import Seen

_DATE = re.compile(r"\d{8}T\d{6}Z")  # as TMX writes them; others cannot be compared
_DATES = frozenset({"creationdate", "changedate", "lastusagedate"})


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
        details = [(one.attributes, one.props) for one in (entry, *entry.variants)]
        texts = [(one.lang, one.text) for one in entry.variants]
        self.add_texts(entry.source_lang, texts, details, any(one.inline for one in entry.variants))

    def add_texts(
        self,
        source_lang: str,
        texts: Sequence[tuple[str, str]],
        details: Iterable[tuple[Pairs, Pairs]],
        has_inline: bool,
    ) -> None:
        """Count a unit that is given in parts.

        Args:
            source_lang: as `Entry.source_lang`.
            texts: language and text of each variant.
            details: attributes and properties of the unit and of its variants.
            has_inline: whether a text has inline codes.
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
        for attributes, props in details:
            for name, value in attributes:
                if name in _DATES and not self.first <= value <= self.last:
                    self._date(value)
            for kind, text in props:
                if kind == "x-origin":
                    self.origins[text] += 1

    def _date(self, value: str) -> None:
        if _DATE.fullmatch(value):
            self.first = min(self.first or value, value)
            self.last = max(self.last, value)
