"""Translation units as tools exchange them: what TMX, XLIFF, tables and PO have in common.

`aligner.records` has the nouns of our own work; these are those of anyone's file. Readers give a
`Bundle`, writers take one, and what stands between them works on its entries one at a time.
Properties, notes and attributes are named as in TMX 1.4b (LISA OSCAR, 2005).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Self

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Inline:
    """An inline element of a segment, as TMX names them.

    Attributes:
        name: bpt, ept, it, ph, ut (they hold the codes of the original format), hi (a part of the
            text that is marked), or sub (a text within a code, such as a footnote).
        attributes: as they stand in the file: i, x, type, pos …
        content: its text and the elements in it, in order.
    """

    name: str
    attributes: Pairs = ()
    content: tuple[str | Self, ...] = ()


Content = tuple[str | Inline, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """A unit's text in one language.

    Attributes:
        lang: the primary subtag of its language, ISO 639-1 where there is one: "ky" for "KIR",
            "ky-KG", "ky_KG"; "" where the file names none.
        text: the segment without the codes of its original format.
        inline: the segment with them; empty where it has none, and `text` is all.
        props: type and text of each property, in order.
        notes: the notes.
        attributes: as they stand in the file, such as `creationdate`; the language is in
            "xml:lang" or "lang".
    """

    lang: str
    text: str
    inline: Content = ()
    props: Pairs = ()
    notes: tuple[str, ...] = ()
    attributes: Pairs = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A translation unit as it stands in a file.

    Attributes:
        tuid: its name in the file, often "".
        variants: its texts, in the file's order; a language may have several.
        source_lang: the language it was translated from, as `Variant.lang`; "" where any may be
            the source (`srclang="*all*"`), or none is named.
        props: as for a variant.
        notes: as for a variant.
        attributes: as for a variant.
        line: where it begins in the file, from 1; 0 if that is not known.
    """

    tuid: str
    variants: tuple[Variant, ...]
    source_lang: str = ""
    props: Pairs = ()
    notes: tuple[str, ...] = ()
    attributes: Pairs = ()
    line: int = 0

    def variant(self, lang: str) -> Variant | None:
        """The first text in a language, if it has one."""
        return next((one for one in self.variants if one.lang == lang), None)

    def source(self) -> Variant | None:
        """The text it was translated from: that of `source_lang`, else the first."""
        return self.variant(self.source_lang) or next(iter(self.variants), None)

    def targets(self) -> tuple[Variant, ...]:
        """All texts but the source."""
        source = self.source()
        return tuple(one for one in self.variants if one is not source)


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says of all its units.

    Attributes:
        source_lang: as `Entry.source_lang`.
        props: as for a variant.
        notes: as for a variant.
        attributes: as they stand in the file, such as `creationtool`.
    """

    source_lang: str = ""
    props: Pairs = ()
    notes: tuple[str, ...] = ()
    attributes: Pairs = ()


@dataclass(frozen=True, slots=True)
class Bundle:
    """A file of translation units: what it says of all of them, and the units, one at a time.

    The file stays open until the last entry has been taken, or the iterator is closed or gone.
    Taking an entry raises InputError where the file is damaged; those before the damage came first.
    """

    entries: Iterator[Entry]
    header: Header = field(default_factory=Header)


def plain(content: Content) -> str:
    """The text of a segment without its codes; `hi` marks text, all else holds codes."""
    return "".join(
        part if isinstance(part, str) else plain(part.content) if part.name == "hi" else ""
        for part in content
    )
