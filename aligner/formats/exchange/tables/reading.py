"""Read tables of translation units; see `aligner.formats.exchange.tables`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from aligner.entries import Bundle, Entry, Header, Pairs, Variant
from aligner.errors import InputError
from aligner.formats.exchange.lines import Broken, encoding_of, lines
from aligner.formats.exchange.tables import rows
from aligner.formats.exchange.tables.columns import Column, column, header
from aligner.formats.formulas import restored
from aligner.formats.source import name as name_of

_DELIMITERS = ",;\t"
_EXCEL_MARK = re.compile(r"sep=([,;\t])\s*", re.IGNORECASE)


def read(source: str | Path, langs: Sequence[str] = (), headings: Sequence[str] = ()) -> Bundle:
    """Read a table of translation units, one at a time.

    Args:
        source: the file; "-" for standard input.
        langs: the languages of its columns `source` and `target`, or, in their order, of the
            columns of a table that has no header.
        headings: the header, where the table has none: `["en", "ky", "x-origin"]`.

    Raises:
        InputError: the file cannot be read, or its first row does not name languages. A row that
            is broken is left out, and told of after the last one.
    """
    where = name_of(source)
    text = lines(source)
    number, line = _first(text, where)
    mark = _EXCEL_MARK.fullmatch(line)
    if mark:
        number, line = _first(text, where)
    usual = "\t" if ".tsv" in where.lower() else ","
    delimiter = mark[1] if mark else _delimiter(line, langs or headings, usual)

    def is_header(cells: Sequence[str]) -> bool:
        return header(cells, langs) is not None

    table = rows.read(chain([(number, line)], text), delimiter, where, is_header)
    number, cells = next(table)
    columns = header(cells, langs)
    if headings and columns is None:
        columns = [column(heading) for heading in headings]
        table = chain([(number, cells)], table)
    elif columns is None:
        columns = _without_header(cells, langs, f"{where}:{number}")
        table = chain([(number, cells)], table)
    source_lang = next((one.lang or "" for one in columns if one.kind == "text"), "")
    return Bundle(_entries(table, columns, source_lang, where), Header(source_lang))


def is_mine(beginning: bytes) -> bool:
    """Whether a file begins with a header that names two languages."""
    text = beginning.decode(encoding_of(beginning), "replace").lstrip("\r\n")
    line = re.split(r"[\r\n]", text, maxsplit=1)[0]
    columns = header(_cells(line, _delimiter(line)), ()) or ()
    return sum(one.kind == "text" for one in columns) >= 2


def _first(text: Iterator[tuple[int, str]], where: str) -> tuple[int, str]:
    """The first line that is not blank."""
    for number, line in text:
        if line.strip():
            return number, line
    raise InputError(
        "the table is empty", where=where, hint="Its first row names the columns: id,en,ru,ky."
    )


def _delimiter(line: str, langs: Sequence[str] = (), usual: str = ",") -> str:
    """The delimiter that makes a header of a line, or as many cells as there are languages.

    Where several do as well, as for a single column, it is the usual one.
    """

    def promise(mark: str) -> tuple[bool, bool, int]:
        cells = _cells(line, mark)
        return header(cells, langs) is not None, len(cells) == len(langs), len(cells)

    return max(usual + _DELIMITERS, key=promise)


def _cells(line: str, delimiter: str) -> list[str]:
    return [cell.strip(' "') for cell in line.rstrip("\r\n").split(delimiter)]


def _without_header(cells: Sequence[str], langs: Sequence[str], where: str) -> list[Column]:
    if len(cells) != len(langs):
        told = f"; it has {len(cells)} cells, for {len(langs)} languages given" if langs else ""
        raise InputError(
            f"the first row does not name languages{told}",
            where=where,
            hint="Name the columns, as in id,en,ru, or give the languages of all of them: "
            "--langs en,ru.",
        )
    return [Column("text", lang) for lang in langs]


def _entries(
    table: Iterable[tuple[int, list[str]]], columns: Sequence[Column], source_lang: str, where: str
) -> Iterator[Entry]:
    broken = Broken()
    layout = _Layout(columns)
    for number, cells in table:
        if any(cells[len(columns) :]):
            broken.add(
                InputError(
                    f"the row has {len(cells)} cells, the header {len(columns)}",
                    where=f"{where}:{number}",
                    hint="Put quotes around a cell in which the delimiter stands.",
                )
            )
            continue
        entry = layout.entry([*map(restored, cells)], source_lang, number)
        if entry.variants:
            yield entry
    broken.tell()


class _Layout:
    """Where in a row things stand."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._width = len(columns)
        self._ids: list[int] = []
        self._texts: list[tuple[int, str]] = []
        # By the language of the text that has them; None is the unit.
        self._notes: dict[str | None, list[int]] = {}
        self._props: dict[str | None, list[tuple[int, str]]] = {}
        for at, one in enumerate(columns):
            if one.kind == "id":
                self._ids.append(at)
            elif one.kind == "text":
                self._texts.append((at, one.lang or ""))
            elif one.kind == "note":
                self._notes.setdefault(one.lang, []).append(at)
            else:
                self._props.setdefault(one.lang, []).append((at, one.type))

    def entry(self, cells: list[str], source_lang: str, number: int) -> Entry:
        """The unit in a row; without a text if that is blank."""
        cells += [""] * (self._width - len(cells))
        return Entry(
            tuid="".join(cells[at] for at in self._ids),
            variants=tuple(
                Variant(
                    lang, cells[at], (), self._props_of(lang, cells), self._notes_of(lang, cells)
                )
                for at, lang in self._texts
                if cells[at]
            ),
            source_lang=source_lang,
            props=self._props_of(None, cells),
            notes=self._notes_of(None, cells),
            line=number,
        )

    def _props_of(self, owner: str | None, cells: Sequence[str]) -> Pairs:
        found = self._props.get(owner)
        return tuple((type_, cells[at]) for at, type_ in found if cells[at]) if found else ()

    def _notes_of(self, owner: str | None, cells: Sequence[str]) -> tuple[str, ...]:
        found = self._notes.get(owner)
        return tuple(cells[at] for at in found if cells[at]) if found else ()
