"""Tables, one translation unit a row: CSV for spreadsheets, TSV for corpora.

    id,en,ru,ky,note,x-topic,ru_x-origin
    a1,It rained.,Шёл дождь.,Жамгыр жаады.,,weather,mt

The header names languages, by their codes or in English, `lang:kaa` where a code would not be
taken for one; `id`; `note`; and as `LANG_note` that of one text. Any other column is a property, of
the unit or, as `LANG_x-…`, of a text. `source` and `target` are columns of the languages that the
caller gives, and a table without a header has exactly those.

Comma, semicolon and tab are told apart by the first row. What quotes mean in TSV is said in `rows`.
A cell that a spreadsheet would run as a formula has an apostrophe in front, as in termbases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from aligner import languages
from aligner.entries import Bundle, Entry, Header, Pairs, Variant
from aligner.errors import InputError
from aligner.formats.exchange import rows
from aligner.formats.exchange.lines import Broken, encoding_of, lines
from aligner.formats.formulas import restored
from aligner.formats.source import name as name_of
from aligner.languages.codes import _SHORT, language

NAMES = {"csv": ".csv", "tsv": ".tsv"}

_DELIMITERS = ",;\t"
_EXCEL_MARK = re.compile(r"sep=([,;\t])\s*", re.IGNORECASE)
_CODE = re.compile(r"[a-z]{2,3}|[A-Z]{2,3}")
_CODES = frozenset(_SHORT.values())  # of ISO 639-1
_TAG = re.compile(r"[A-Za-z]{2,3}[-_](?:[A-Za-z]{4}|[A-Za-z]{2}|\d{3})(?:[-_][A-Za-z0-9]{1,8})*")
_DETAIL = re.compile(r"(.+?)_(note|x-.*)", re.DOTALL)
_FIXED = {"id": "id", "tuid": "id", "note": "note", "notes": "note", "comment": "note"}
_SIDES = ("source", "target")


def read(source: str | Path, langs: Sequence[str] = ()) -> Bundle:
    """Read a table of translation units, one at a time.

    Args:
        source: the file; "-" for standard input.
        langs: the languages of its columns `source` and `target`, or, in their order, of the
            columns of a table that has no header.

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
    delimiter = mark[1] if mark else _delimiter(line, langs, usual)

    def is_header(cells: Sequence[str]) -> bool:
        return _header(cells, langs) is not None

    table = rows.read(chain([(number, line)], text), delimiter, where, is_header)
    number, cells = next(table)
    columns = _header(cells, langs)
    if columns is None:
        columns = _without_header(cells, langs, f"{where}:{number}")
        table = chain([(number, cells)], table)
    source_lang = next((one.lang or "" for one in columns if one.kind == "text"), "")
    return Bundle(_entries(table, columns, source_lang, where), Header(source_lang))


def write(file: BinaryIO, bundle: Bundle, name: str, langs: Sequence[str] = ()) -> tuple[str, ...]:
    """Write a bundle as a table; see `aligner.formats.exchange.tables_write`."""
    from aligner.formats.exchange import tables_write

    return tables_write.write(file, bundle, name, langs)


def is_mine(beginning: bytes) -> bool:
    """Whether a file begins with a header that names two languages."""
    text = beginning.decode(encoding_of(beginning), "replace").lstrip("\r\n")
    line = re.split(r"[\r\n]", text, maxsplit=1)[0]
    columns = _header(_cells(line, _delimiter(line)), ()) or ()
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
        return _header(cells, langs) is not None, len(cells) == len(langs), len(cells)

    return max(usual + _DELIMITERS, key=promise)


def _cells(line: str, delimiter: str) -> list[str]:
    return [cell.strip(' "') for cell in line.rstrip("\r\n").split(delimiter)]


@dataclass(frozen=True, slots=True)
class Column:
    """What stands in a column.

    Attributes:
        kind: id, text, note or prop.
        lang: of the text, or of that which has the note or property; None where the unit has it.
        type: of a property.
    """

    kind: str
    lang: str | None = None
    type: str = ""


def _header(cells: Sequence[str], langs: Sequence[str]) -> list[Column] | None:
    """The columns that a first row names; None if it is no header.

    A header names two languages, or has no column that is not ours.
    """
    columns = [column(cell.strip(), langs) for cell in cells]
    foreign = (one.type not in cell for one, cell in zip(columns, cells, strict=True))
    is_header = sum(one.kind == "text" for one in columns) >= 2 or not any(foreign)
    return columns if is_header else None


def column(heading: str, langs: Sequence[str] = ()) -> Column:
    """What a heading names; `langs` are those of columns called source and target."""
    low = heading.lower()
    if low in _FIXED:
        return Column(_FIXED[low])
    if low in _SIDES[: len(langs)]:
        return Column("text", langs[_SIDES.index(low)])
    detail = _DETAIL.fullmatch(heading)
    lang = language_of(detail[1] if detail else heading)
    if lang is None:
        return Column("prop", None, heading if heading.startswith("x-") else f"x-{heading}")
    if detail is None:
        return Column("text", lang)
    return Column("note", lang) if detail[2] == "note" else Column("prop", lang, detail[2])


def language_of(heading: str) -> str | None:
    """The language that a column or field is named by; None if it is not the name of one."""
    if heading.startswith("lang:"):
        return heading.removeprefix("lang:")
    code = language(heading)
    if _TAG.fullmatch(heading) or (_CODE.fullmatch(heading) and code in _CODES):
        return code
    return _names().get(heading.casefold())


@cache
def _names() -> dict[str, str]:
    """The languages that we have data on, by their English names."""
    return {languages.get(code).name.casefold(): code for code in languages.known()}


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
