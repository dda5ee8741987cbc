"""Write tables of translation units; see `aligner.formats.exchange.tables`."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import BinaryIO

from aligner.entries import Bundle, Entry, Variant
from aligner.formats.exchange.losses import (
    ATTRIBUTES,
    NO_TEXT,
    UNENCODED,
    Losses,
    has_attributes,
    of_text,
)
from aligner.formats.exchange.tables import rows
from aligner.formats.exchange.tables.columns import Column, column
from aligner.formats.formulas import defused

_JOINT = " | "  # between several notes, and several properties of one type
_JOINED = "several notes, or properties of one type, which are joined now,"


def write(file: BinaryIO, bundle: Bundle, name: str, langs: Sequence[str] = ()) -> tuple[str, ...]:
    """Write a table in UTF-8: as CSV with commas, or as TSV with tabs.

    The columns are known when all units have been seen: till then these wait in a temporary file.

    Args:
        file: takes the bytes.
        bundle: its entries are taken as they are written.
        name: "csv" or "tsv".
        langs: the languages of the columns, in their order; by default all.

    Returns:
        What it cannot hold, a sentence each.

    Raises:
        InputError: the bundle's own file is damaged.
    """
    losses = Losses("a table")
    losses.header(bundle)
    columns = dict.fromkeys(_heading(Column("text", lang)) for lang in langs)
    order = dict.fromkeys(langs or [bundle.header.source_lang])
    delimiter = "\t" if name == "tsv" else ","
    with tempfile.TemporaryFile("w+", encoding="ascii") as waiting:
        for entry in bundle.entries:
            row = _row(entry, langs or tuple(one.lang for one in entry.variants), losses)
            if row:
                columns.update(dict.fromkeys(row))
                order.update(dict.fromkeys(one.lang for one in entry.variants if not langs))
                waiting.write(json.dumps(row) + "\n")
        headings = _ordered(columns, list(order)) or ["id"]  # no unit, but a header nevertheless
        _put(file, headings, delimiter, losses)
        waiting.seek(0)
        for line in waiting:
            cells = json.loads(line)
            row_cells = (defused(cells.get(heading, "")) for heading in headings)
            _put(file, row_cells, delimiter, losses)
    return losses.told()


def _row(entry: Entry, langs: Sequence[str], losses: Losses) -> dict[str, str]:
    """The cells that are not empty, by heading; none for a unit without a text to write."""
    texts = {lang: found for lang in langs if (found := entry.variant(lang)) and found.text}
    if not texts:
        losses.add(NO_TEXT)
        return {}
    cells = {"id": [entry.tuid]}
    things: list[tuple[str | None, Entry | Variant]] = [(None, entry), *texts.items()]
    for lang, variant in texts.items():
        cells[_heading(Column("text", lang))] = [variant.text]
    for owner, thing in things:
        cells[_heading(Column("note", owner))] = [*thing.notes]
        for kind, value in thing.props:
            type_ = kind if kind.startswith("x-") else f"x-{kind}"
            cells.setdefault(_heading(Column("prop", owner, type_)), []).append(value)
    lost = {*of_text(entry, langs)}
    if any(has_attributes(thing) for _, thing in things):
        lost.add(ATTRIBUTES)
    if any(len(values) > 1 for values in cells.values()):
        lost.add(_JOINED)
    losses.add(*lost)
    return {heading: cell for heading, values in cells.items() if (cell := _JOINT.join(values))}


@lru_cache(1 << 12)  # of the few that a table has
def _heading(one: Column) -> str:
    """What a column is called, so that `column` gives it back."""
    lang = one.lang
    owner = "" if lang is None else lang if column(lang).lang == lang else f"lang:{lang}"
    if one.kind == "text":
        return owner
    own = one.type or one.kind
    return own if lang is None else f"{owner}_{own}"


def _ordered(headings: Iterable[str], langs: Sequence[str]) -> list[str]:
    """The headings: id, the languages, what belongs to the unit, what belongs to a text."""
    places = {lang: place for place, lang in enumerate(langs)}

    def place(heading: str) -> tuple[int, int, int]:
        one = column(heading)
        rank = {"id": 0, "text": 1, "note": 2, "prop": 3}[one.kind]
        if one.lang is None:
            return rank, 0, 0
        at = places.get(one.lang, len(places))
        return (rank, at, 0) if one.kind == "text" else (4, at, rank)

    return sorted(headings, key=place)


def _put(file: BinaryIO, cells: Iterable[str], delimiter: str, losses: Losses) -> None:
    row = rows.write(cells, delimiter)
    try:
        file.write(row.encode())
    except UnicodeEncodeError:
        losses.add(UNENCODED)
        file.write(row.encode(errors="replace"))
