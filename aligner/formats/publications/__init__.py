"""Publications: a document in one or more languages, as people read it; one module a format.

    write(file, publication, "html", "columns")

A module is called as its format, and has one function:

    def write(file: BinaryIO, publication: Publication, layout: Layout) -> tuple[str, ...]: ...

It writes the texts as they are: typography, marks for what is missing and the words of notices are
done by whoever makes a Publication. What a format shows is told by the records alone, so that all
of them show the same. The words that a page needs besides (`labels`) are by language in `labels`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from importlib import import_module
from typing import BinaryIO, Literal

from aligner.errors import UsageError
from aligner.formats.publications.labels import labels
from aligner.records import PERSONS, Kind, Origin

Format = Literal["html", "docx", "epub", "pdf", "md"]
FORMATS: Mapping[Format, str] = {
    "html": ".html",
    "docx": ".docx",
    "epub": ".epub",
    "pdf": ".pdf",
    "md": ".md",
}
"""The formats by name, each with its extension."""


class Layout(StrEnum):
    """How languages stand to one another."""

    COLUMNS = "columns"  # side by side, a passage a row
    INTERLEAVED = "interleaved"  # a passage in all languages, one below the other, then the next
    TARGET = "target"  # one language after the other, each whole, as its reader wants it


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that looks the same throughout.

    Attributes:
        text: as it is to be read; no line breaks, no characters that XML cannot hold.
        link: where it leads, http(s) or mailto; "" for nowhere. Never another scheme.
        is_bold: in bold.
        is_italic: in italics.
        is_code: in the letters of a typewriter.
        is_missing: stands for a translation that is not there: "[not translated]".
    """

    text: str
    link: str = ""
    is_bold: bool = False
    is_italic: bool = False
    is_code: bool = False
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A passage in one language.

    Attributes:
        runs: what it says; together never blank.
        origins: where its sentences come from, each origin once; none for the source, and where
            nothing is translated.
    """

    runs: tuple[Run, ...]
    origins: tuple[Origin, ...] = ()

    @property
    def text(self) -> str:
        """What it says, without its looks."""
        return "".join(run.text for run in self.runs)

    @property
    def is_reviewed(self) -> bool:
        """Whether a person wrote or approved all of it; the source is a person's."""
        return PERSONS.issuperset(self.origins)


class Form(StrEnum):
    """What a passage is in its text: the finer form of `Kind.BODY`."""

    PARAGRAPH = "paragraph"
    ITEM = "item"  # of a list with bullets
    NUMBERED = "numbered"  # of a list with numbers; `Passage.number` is its own
    QUOTE = "quote"  # a block quotation


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading, paragraph, caption or list item in all languages of a publication.

    Attributes:
        kind: what it is.
        texts: by language; every language of the publication is there.
        level: of a heading, from 2 (the title is 1) to 6.
        form: of body text.
        number: of a numbered item.
    """

    kind: Kind
    texts: Mapping[str, Text]
    level: int = 2
    form: Form = Form.PARAGRAPH
    number: int = 1


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text was first published.

    Attributes:
        name: of the publisher or the page, "CABAR"; the address where none is known.
        link: its address, http(s), to be written as an active link; "" where none is known.
    """

    name: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Publication:
    """A document in one or more languages.

    Attributes:
        id: a name, fit for files and identifiers; the same for the same document.
        langs: its languages, in their order; the columns from left to right.
        source_lang: the language it was written in, which may be none of these.
        titles: by language; every language is there, so that a reader of each has one.
        passages: all but the title, in order.
        source: where it was first published, if that is known.
        credits: lines on the rights in it, as they are to be read, by their language.
        made: how it was made, one line a language: tool, models.
        notices: by language, what is to be said at the top of machine translation that nobody has
            reviewed; empty where there is none, or it is not to be marked.
        date: of the last change, UTC; the same input has the same date.
    """

    id: str
    langs: tuple[str, ...]
    source_lang: str
    titles: Mapping[str, Text]
    passages: tuple[Passage, ...]
    source: Source | None = None
    credits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    made: Mapping[str, str] = field(default_factory=dict)
    notices: Mapping[str, str] = field(default_factory=dict)
    date: datetime | None = None

    def mark(self, lang: str, text: Text) -> str:
        """The words that mark a text which nobody has reviewed; "" where it is not to be marked."""
        if lang not in self.notices or text.is_reviewed:
            return ""
        said = labels(lang)
        return said.mark if Origin.MT in text.origins else said.memory_mark


def write(
    file: BinaryIO,
    publication: Publication,
    format: Format,  # noqa: A002
    layout: Layout,
) -> tuple[str, ...]:
    """Write a publication.

    Args:
        file: takes the bytes.
        publication: what to write.
        format: one of `FORMATS`.
        layout: how its languages stand to one another; a single one stands as in TARGET.

    Returns:
        What the format could not show, one sentence a kind.

    Raises:
        UsageError: the format is not known.
        OutputError: a program that the format needs is not there (PDF).
    """
    if format not in FORMATS:
        raise UsageError(
            f'"{format}" is not a format of publications',
            hint=f"Give one of: {', '.join(FORMATS)}.",
        )
    if len(publication.langs) == 1:
        layout = Layout.TARGET
    lost: tuple[str, ...] = import_module(f"{__name__}.{format}").write(file, publication, layout)
    return lost
