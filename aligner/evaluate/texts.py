"""Segments in their order, from plain text, one a line, or any file of translation units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from aligner import results
from aligner.entries import Bundle, Entry
from aligner.errors import InputError, MendedError, UsageError
from aligner.formats import exchange
from aligner.formats.exchange.lines import lines
from aligner.formats.source import name as name_of

_PACKED = (".gz", ".zip")
_XLIFF = (".xliff", ".sdlxliff", ".mqxliff", ".mxliff", ".txlf")  # besides .xlf


@dataclass(frozen=True, slots=True)
class Texts:
    """The segments of a file.

    Attributes:
        name: what the user calls it.
        source_lang: the language of the sources; "" where there are none, or it is not known.
        sources: the source texts; none for plain text, "" where a unit lacks it.
        targets: the translations by language, "" for plain text whose language is not known; each
            of all segments, None where a unit has no text in the language.
        places: the line or number of each segment in the file.
        notes: what is to be said about the reading.
    """

    name: str
    source_lang: str
    sources: tuple[str, ...]
    targets: Mapping[str, tuple[str | None, ...]]
    places: tuple[int, ...]
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.places)

    def where(self, n: int) -> str:
        """The place of a segment, for errors."""
        return f"{self.name}:{self.places[n]}"

    def target(self, lang: str = "") -> tuple[str | None, ...]:
        """The translations into a language; without one, into the only language there is.

        Raises:
            InputError: there are none.
            UsageError: there are several languages.
        """
        if lang and "" in self.targets:
            return self.targets[""]
        if not lang and len(self.targets) == 1:
            return next(iter(self.targets.values()))
        held = ", ".join(self.targets)
        if not lang and held:
            raise UsageError(
                f"it has translations into several languages: {held}",
                where=self.name,
                hint="Say which is meant with --lang.",
            )
        if lang not in self.targets:
            raise InputError(
                f"it has no translations{f' into {lang}' if lang else ''}"
                f"{f'; it has {held}' if held else ''}",
                where=self.name,
                hint="Give another --lang, or another file.",
            )
        return self.targets[lang]


def read(name: str, lang: str = "", source_lang: str = "") -> Texts:
    """Read the segments of a file.

    Args:
        name: plain text, one segment a line, packed or not ("-" is standard input); a file of
            translation units, as its extension says; or a folder that `aligner run` wrote.
        lang: the language of plain text.
        source_lang: the language that units are translated from, if not what the file says.

    Raises:
        InputError: it cannot be read, or has no segment.
    """
    if name != "-" and Path(name).is_dir():
        found = _units(name, exchange.read(results.find(Path(name))), source_lang)
    elif _has_units(name):
        found = _units(name, exchange.read(name), source_lang)
    else:
        found = _plain(name, lang)
    if not found.places:
        raise InputError(
            "there is no segment in it", where=found.name, hint="Give text, one segment a line."
        )
    return found


def _has_units(name: str) -> bool:
    path = Path(name.lower())
    path = path.with_suffix("") if path.suffix in _PACKED else path
    return path.suffix in {*exchange.FORMATS.values(), *_XLIFF}


def _plain(name: str, lang: str) -> Texts:
    found = [line.rstrip("\r\n") for _, line in lines(name)]
    places = tuple(range(1, len(found) + 1))
    return Texts(name_of(name), "", (), {lang: tuple(found)}, places)


def _units(name: str, bundle: Bundle, source_lang: str) -> Texts:
    notes: list[str] = []
    entries = list(_whole(bundle, notes))
    lang = source_lang or bundle.header.source_lang or _usual_source(entries)
    rows = [_row(entry, lang) for entry in entries]
    langs = dict.fromkeys(chain.from_iterable(targets for _, targets in rows))
    return Texts(
        name,
        lang,
        tuple(source for source, _ in rows),
        {one: tuple(targets.get(one) for _, targets in rows) for one in langs},
        tuple(entry.line or n for n, entry in enumerate(entries, 1)),
        tuple(notes),
    )


def _whole(bundle: Bundle, notes: list[str]) -> Iterator[Entry]:
    """The units of a file; that it had to be mended keeps nobody from measuring it."""
    try:
        yield from bundle.entries
    except MendedError as error:
        notes.append(str(error))


def _usual_source(entries: Sequence[Entry]) -> str:
    """The language that most units begin with."""
    first = Counter(one.lang for entry in entries if (one := entry.source()))
    return max(first, key=lambda code: first[code], default="")


def _row(entry: Entry, lang: str) -> tuple[str, dict[str, str]]:
    """The source text of a unit, and its first translation into each other language."""
    source = entry.variant(lang)
    targets: dict[str, str] = {}
    for variant in entry.variants:
        if variant is not source:
            targets.setdefault(variant.lang, variant.text)
    return source.text if source else "", targets
