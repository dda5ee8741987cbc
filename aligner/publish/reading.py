"""What there is to publish: the bitext of a folder of results, or that of a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from aligner import formats, results
from aligner.entries import Entry
from aligner.errors import InputError, UsageError
from aligner.formats import document_json, jsonl, source, units
from aligner.records import Block, Document, Kind, Unit

_PLACE = re.compile(r"\d+\.\d+")  # "paragraph.sentence", as our segments are named
_MOST_NAMED = 5  # documents in an error message


@dataclass(frozen=True, slots=True)
class Material:
    """A document with its units.

    Attributes:
        id: its name.
        lang: the language it was written in.
        paragraphs: its units, those of a paragraph together; in order.
        roles: by the index of a block, its role in the markup of the source.
        small_print: blocks that are no article, as they stand in the source.
        tool: what made it: "aligner 0.1.0"; "" if that is not known.
        date: of the last change; None if that is not known.
    """

    id: str
    lang: str
    paragraphs: tuple[tuple[Unit, ...], ...]
    roles: Mapping[int, str] = field(default_factory=dict)
    small_print: tuple[Block, ...] = ()
    tool: str = ""
    date: datetime | None = None

    @property
    def units(self) -> list[Unit]:
        """All units."""
        return [unit for paragraph in self.paragraphs for unit in paragraph]


def material(
    place: str,
    document: str = "",
    format: str | None = None,  # noqa: A002
    article: str = "",
) -> Material:
    """Read what is to be published.

    Args:
        place: a folder that `aligner run` has written, a file of units, "-" for standard input.
        document: which of the documents in a file.
        format: of a file, if its name does not tell.
        article: the original file, for its small print.

    Raises:
        InputError: it cannot be read, or has nothing in it.
        UsageError: a file has several documents, and none or another one is asked for.
    """
    is_folder = place != "-" and Path(place).is_dir()
    found = _of_folder(Path(place)) if is_folder else _of_file(place, document, format)
    if not article:
        return found
    return replace(found, small_print=_small_print(formats.read(article, found.lang)))


def _of_folder(place: Path) -> Material:
    bitext = results.load(place)
    whole = _document(place, bitext.document)
    first = next(jsonl.read(results.find(place)))
    signature = bitext.signature
    return Material(
        id=bitext.document.id,
        lang=bitext.document.lang,
        paragraphs=_paragraphs([(str(unit.source.block), unit) for unit in bitext.units]),
        roles={n: block.role for n, block in enumerate(whole.blocks) if block.role},
        small_print=_small_print(whole),
        tool=f"aligner {signature['aligner']}" if "aligner" in signature else "",
        date=_latest(bitext.units, first.created),
    )


def _document(place: Path, known: Document) -> Document:
    """The document as it was read, where the folder has it; else as far as its units show it."""
    path = place / results.whole_name(known)
    return document_json.read(path) if path.exists() else known


def _small_print(document: Document) -> tuple[Block, ...]:
    return tuple(
        block for block in document.blocks if block.kind is Kind.BOILERPLATE and block.text
    )


def _of_file(place: str, document: str, format: str | None) -> Material:  # noqa: A002
    from aligner.formats import exchange

    bundle = exchange.read(place, format)
    entries = list(bundle.entries)
    chosen = _chosen(entries, document, source.name(place))
    found = [(_paragraph(entry, n), units.unit(entry)) for n, entry in enumerate(chosen)]
    first = next((one for entry in chosen if (one := entry.source())), None)
    header = dict(bundle.header.attributes)
    tool = f"{header.get('creationtool', '')} {header.get('creationtoolversion', '')}"
    date = _moment(header.get("creationdate", ""))
    return Material(
        id=_name(chosen) or document or Path(source.name(place)).name.partition(".")[0],
        lang=first.lang if first else bundle.header.source_lang,
        paragraphs=_paragraphs(found),
        tool=tool.strip(),
        date=_latest([unit for _, unit in found], date),
    )


def _chosen(entries: list[Entry], document: str, where: str) -> list[Entry]:
    """The entries of the one document that is meant."""
    if not entries:
        raise InputError("the file has no units", where=where, hint="Give one that has some.")
    named = dict.fromkeys(map(_document_of, entries))
    if document and document not in named:
        raise UsageError(
            f'there is no document "{document}" in the file',
            where=where,
            hint=f"There are: {_listed(named)}." if any(named) else "It names none.",
        )
    if not document and len(named) > 1:
        raise UsageError(
            f"the file has units of {len(named)} documents: {_listed(named)}",
            where=where,
            hint="Say which to publish with --document.",
        )
    return [entry for entry in entries if not document or _document_of(entry) == document]


def _listed(names: Iterable[str]) -> str:
    said = [name or "(no name)" for name in names]
    return ", ".join(said[:_MOST_NAMED]) + (" …" if len(said) > _MOST_NAMED else "")


def _document_of(entry: Entry) -> str:
    return dict(entry.props).get("x-document", "")


def _name(entries: list[Entry]) -> str:
    return next(filter(None, map(_document_of, entries)), "")


def _paragraph(entry: Entry, n: int) -> str:
    """What the units of a paragraph have in common; those of other tools are one each."""
    name = entry.tuid.rpartition(":")[2]
    return name.partition(".")[0] if _PLACE.fullmatch(name) and ":" in entry.tuid else f"#{n}"


def _paragraphs(found: Iterable[tuple[str, Unit]]) -> tuple[tuple[Unit, ...], ...]:
    return tuple(
        tuple(unit for _, unit in group) for _, group in groupby(found, key=lambda one: one[0])
    )


def _latest(found: Iterable[Unit], made: datetime | None) -> datetime | None:
    """When the last of the units was made or edited."""
    edits = (_moment(t.edited) for unit in found for t in unit.targets.values())
    return max(filter(None, (made, *edits)), default=None)


def _moment(date: str) -> datetime | None:
    """A date in ISO 8601, as TMX writes it too; None for what is no date."""
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
