"""Termbases as tables (RFC 4180), one concept a row: what spreadsheets edit.

Columns: `id`, `category`, `pos`, `status`; for each language `L` its wording `L`, and of that
`L_features`, `L_variants`, `L_forbidden`, `L_forms`, `L_status`; then `case_sensitive`,
`do_not_translate`, `note`, `source`, and any others, which are kept. All are optional but those of
two languages, or of one and `do_not_translate`. Lists are written as `notation` says.

A language is named by its ISO 639-1 code, with or without a region ("ky", "EN", "ru_RU"), or in
English ("Russian"); by any code of two or three letters if a region follows ("kaa-UZ").

A cell that a spreadsheet would run as a formula gets an apostrophe in front, and one that already
begins like that gets one more; `read` takes one away. See
https://owasp.org/www-community/attacks/CSV_Injection.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, BinaryIO, TypeVar

from aligner import languages
from aligner.errors import InputError
from aligner.formats.formulas import defused
from aligner.formats.quotes import broken
from aligner.formats.termbases import notation
from aligner.formats.termbases.losses import Losses
from aligner.formats.termbases.pos import to_ud
from aligner.records import Concept, Status, Term, Wording

_T = TypeVar("_T")

_BEFORE = ("id", "category", "pos", "status")
_BEHIND = ("case_sensitive", "do_not_translate", "note", "source")
_FIXED = frozenset((*_BEFORE, *_BEHIND))
_PARTS = ("features", "variants", "forbidden", "forms", "status")
_PAIR = ("sourcelang", "targetlang", "sourcestring", "targetstring")

_CODES = languages.words(
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da "
    "de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy "
    "hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg "
    "li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or "
    "os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw "
    "ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
_CODE = re.compile(r"[a-z]{2}|[A-Z]{2}")
_TAG = re.compile(r"([A-Za-z]{2,3})[-_](?:[A-Za-z]{4}|[A-Za-z]{2}|\d{3})(?:[-_][A-Za-z0-9]{1,8})*")
_COMPANION = re.compile(rf"(.+)_({'|'.join(_PARTS)})", re.IGNORECASE)

_DEFUSED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
_EXCEL_MARK = re.compile(r"sep=([,;\t])\r?\n?", re.IGNORECASE)
_BOOLEANS = {
    "": False,
    **dict.fromkeys(("yes", "true", "1"), True),
    **dict.fromkeys(("no", "false", "0"), False),
}
_LONGEST_CELL = 1 << 17  # what the csv module grants


def read(text: str, where: str) -> Iterator[Concept]:
    """Read a table of concepts; its delimiter (comma, semicolon, tab) shows in the header.

    It may also have a pair of languages in each row, as in the columns `sourceLang`, `targetLang`,
    `sourceString` and `targetString`.

    Args:
        text: the whole file, line ends as they are.
        where: its name, for errors.

    Raises:
        InputError: the header or a cell is not what it should be; it names line and column.
    """
    rows = _rows(text, where)
    header = next(rows, None)
    if header is None:
        raise InputError(
            "the table is empty", where=where, hint="Its first row names the columns: id,en,ru,ky."
        )
    columns = _Columns.of(header)
    make = _from_pair if columns.pair else _from_row
    for row in rows:
        if any(cell.strip() for cell in row.cells):
            row.check_width(len(columns.names))
            yield make(row, columns)


def is_table(text: str) -> bool:
    """Whether a text begins with a header that names two languages."""
    return _promise(_header(text, _delimiter(text))) >= 2


def _delimiter(text: str) -> str:
    """The delimiter that makes the most languages, or at least the most columns, of the header."""
    headers = {mark: _header(text, mark) for mark in ",;\t"}
    return max(headers, key=lambda mark: (_promise(headers[mark]), len(headers[mark])))


def _header(text: str, delimiter: str) -> list[str]:
    head = text[:_LONGEST_CELL].lstrip("\r\n")
    return next(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter), [])


def _promise(cells: Sequence[str]) -> int:
    names = {cell.strip().casefold() for cell in cells}
    return len({*filter(None, map(_language, cells))}) or 2 * names.issuperset(_PAIR)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table, and where it begins."""

    cells: Sequence[str]
    number: int
    line: int
    where: str
    names: Sequence[str] = ()

    def __getitem__(self, column: int | None) -> str:
        """The cell of a column; "" where the row is too short, or there is no such column."""
        if column is None or column >= len(self.cells):
            return ""
        cell = self.cells[column]
        return cell[1:] if cell[:1] == "'" and _DEFUSED.match(cell) else cell

    def parse(self, column: int | None, parse: Callable[[str], _T]) -> _T:
        """Parse a cell; what is wrong with it is said with its place."""
        try:
            return parse(self[column])
        except ValueError as error:
            raise self.error(column or 0, str(error), "Correct the cell.") from error

    def error(self, column: int, message: str, hint: str) -> InputError:
        name = f'column "{self.names[column]}": ' if column < len(self.names) else ""
        return InputError(
            f"{name}{message}", where=f"{self.where}:{self.line}:{column + 1}", hint=hint
        )

    def check_width(self, width: int) -> None:
        for column in range(width, len(self.cells)):
            if self.cells[column].strip():
                raise self.error(
                    column,
                    f"the row has more cells than the header, which has {width}",
                    "Put quotes around a cell in which the delimiter stands.",
                )


def _rows(text: str, where: str) -> Iterator[_Row]:
    """The rows of a table, each with the line on which it begins."""
    mark = _EXCEL_MARK.match(text)
    skipped = mark.end() if mark else 0
    source = io.StringIO(text, newline="")
    source.seek(skipped)
    delimiter = mark[1] if mark else _delimiter(text)
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    line = 1 + bool(mark)
    number = 0
    names: Sequence[str] = ()
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise broken(f"{where}:{line}", str(error)) from error
        if cells is None:
            return
        number += 1
        if not names and any(cells):
            names = tuple(cells)
        if names:
            yield _Row(cells, number, line, where, names)
        line = 1 + bool(mark) + reader.line_num


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where in a row things stand: indices of columns.

    Attributes:
        names: as in the header.
        fixed: by name.
        langs: by language, then by part; "" is the wording.
        pair: by name, where each row names its pair of languages.
        extra: by name, what is not ours.
    """

    names: Sequence[str]
    fixed: dict[str, int]
    langs: dict[str, dict[str, int]]
    pair: dict[str, int]
    extra: dict[str, int]

    @classmethod
    def of(cls, header: _Row) -> _Columns:
        names = tuple(header[i].strip() for i in range(len(header.cells)))
        low = [name.casefold() for name in names]
        pair = {name: low.index(name) for name in _PAIR} if {*_PAIR} <= {*low} else {}
        columns = cls(names, {}, {}, pair, {})
        for i, name in enumerate(names):
            where, key = columns._place(name)
            if name and key in where:
                raise header.error(
                    i,
                    f'the same as column {where[key] + 1}, "{names[where[key]]}"',
                    "Keep one of them; further wordings go into …_variants, as in en_variants.",
                )
            if name:
                where[key] = i
        columns._check(header)
        return columns

    def _place(self, name: str) -> tuple[dict[str, int], str]:
        """The mapping that a column belongs to, and its key there."""
        low = name.casefold()
        if self.pair:
            renamed = {"stringid": "id", "description": "note"}.get(low, low)
            if low in _PAIR:
                return {}, low
            return (self.fixed, renamed) if renamed in _FIXED else (self.extra, name)
        if low in _FIXED:
            return self.fixed, low
        companion = _COMPANION.fullmatch(name)
        lang = _language(companion[1] if companion else name)
        if lang is None:
            return self.extra, name
        return self.langs.setdefault(lang, {}), companion[2].casefold() if companion else ""

    def _check(self, header: _Row) -> None:
        for lang, parts in self.langs.items():
            if "" not in parts:
                part, column = next(iter(parts.items()))
                raise header.error(
                    column,
                    f'there is no column "{lang}" that it could belong to',
                    f'Add a column "{lang}" with the wordings; {part} are theirs.',
                )
        if not self.pair and len(self.langs) < 2 - ("do_not_translate" in self.fixed):
            found = ", ".join(f'"{lang}"' for lang in self.langs)
            others = ", ".join(f'"{name}"' for name in self.extra)
            raise InputError(
                f"the header names {f'one language only, {found}' if found else 'no language'}"
                + (f"; it does not know {others}" if others else ""),
                where=f"{header.where}:{header.line}",
                hint="Name two columns by their languages, as in id,en,ru.",
            )


@lru_cache(1 << 10)  # of names that a file may have, too
def _language(name: str) -> str | None:
    """The language that a column is named by."""
    name = name.strip()
    if _CODE.fullmatch(name) and name.lower() in _CODES and name.lower() not in _FIXED:
        return name.lower()
    tag = _TAG.fullmatch(name)
    return tag[1].lower() if tag else _names().get(name.casefold())


@cache
def _names() -> dict[str, str]:
    """The languages that we have data on, by their English names."""
    return {languages.get(code).name.casefold(): code for code in languages.known()}


def _from_row(row: _Row, columns: _Columns) -> Concept:
    fixed = columns.fixed
    status = row.parse(fixed.get("status"), _status) or Status.PROPOSED
    terms = {}
    for lang, parts in columns.langs.items():
        term = _term(row, lang, parts, status)
        if term is not None:
            terms[lang] = term
    if not terms:
        first = next(iter(columns.langs.values()))[""]
        raise row.error(
            first, "the row has no term in any language", "Fill it in, or delete the row."
        )
    return Concept(
        terms=terms,
        case_sensitive=row.parse(fixed.get("case_sensitive"), _boolean),
        do_not_translate=row.parse(fixed.get("do_not_translate"), _boolean),
        **_common(row, columns),
    )


def _from_pair(row: _Row, columns: _Columns) -> Concept:
    terms = {}
    for side in ("source", "target"):
        lang, string = (columns.pair[f"{side}{what}"] for what in ("lang", "string"))
        if not row[string].strip():
            raise row.error(string, "it is empty", "Fill it in, or delete the row.")
        terms[_checked(row, lang)] = Term(Wording(row[string]))
    return Concept(terms=terms, **_common(row, columns))


def _checked(row: _Row, column: int) -> str:
    """The language code in a cell."""
    lang = _language(row[column])
    if lang is None:
        raise row.error(
            column, f'"{row[column]}" is not a language code', "Give an ISO 639 code, such as ru."
        )
    return lang


def _common(row: _Row, columns: _Columns) -> dict[str, Any]:
    """What rows of either shape have."""
    fixed = columns.fixed
    return {
        "id": row[fixed.get("id")].strip() or f"r{row.number}",
        "category": row[fixed.get("category")].strip(),
        "pos": to_ud(row[fixed.get("pos")].strip()),
        "note": row[fixed.get("note")],
        "source": row[fixed.get("source")],
        "extra": {name: row[column] for name, column in columns.extra.items() if row[column]},
    }


def _term(row: _Row, lang: str, parts: Mapping[str, int], status: Status) -> Term | None:
    text = row[parts[""]]
    if not text.strip():
        for part in ("variants", "forbidden", "forms"):
            if row[parts.get(part)].strip():
                raise row.error(
                    parts[part],
                    f'there is no wording in column "{lang}" that it could belong to',
                    f'Fill in "{lang}": what shall be written.',
                )
        return None
    if len(parts) == 1:
        return Term(Wording(text), status=status)
    wording = Wording(
        text,
        row.parse(parts.get("features"), notation.parse_features),
        row.parse(parts.get("forms"), notation.parse_forms),
    )
    return Term(
        wording,
        row.parse(parts.get("variants"), notation.parse_wordings),
        row.parse(parts.get("forbidden"), notation.parse_wordings),
        row.parse(parts.get("status"), _status) or status,
    )


def _status(cell: str) -> Status | None:
    if not cell.strip():
        return None
    try:
        return Status(cell.strip().lower())
    except ValueError:
        known = ", ".join(Status)
        raise ValueError(f'"{cell.strip()}" is not a status; there are {known}') from None


def _boolean(cell: str) -> bool:
    try:
        return _BOOLEANS[cell.strip().lower()]
    except KeyError:
        raise ValueError(f'"{cell.strip()}" is neither yes nor no') from None


def write(
    file: BinaryIO, concepts: Sequence[Concept], langs: Sequence[str], to: str = "csv"
) -> tuple[str, ...]:
    """Write a table in UTF-8: as CSV with commas, or as TSV with tabs.

    Columns that no row needs are left out.

    Args:
        file: written to its end.
        concepts: the rows.
        langs: the languages of the columns, in their order.
        to: "csv" or "tsv".

    Returns:
        What it cannot hold, a sentence each.
    """
    losses = Losses()
    rows = [
        row for number, one in enumerate(concepts) if (row := _cells(one, langs, number, losses))
    ]
    needed = set().union(*rows)
    names = [
        *(name for name in _BEFORE if name in {"id", *needed}),
        *(
            column
            for lang in langs
            for column in _lang_columns(lang)
            if column == _lang_column(lang) or column in needed
        ),
        *(name for name in _BEHIND if name in needed or (name == _ALONE and len(langs) == 1)),
    ]
    names += dict.fromkeys(name for row in rows for name in row if name not in {*names})
    text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="")
    out = csv.writer(_Lines(text), delimiter="\t" if to == "tsv" else ",")
    out.writerow(map(defused, names))
    out.writerows([defused(row.get(name, "")) for name in names] for row in rows)
    text.detach()
    return losses.told()


class _Lines:
    """Ends lines with LF. The csv module, told to do that, would not quote cells that have a CR."""

    def __init__(self, file: io.TextIOWrapper) -> None:
        self._file = file

    def write(self, row: str) -> int:
        return self._file.write(row.removesuffix("\r\n") + "\n")


_ALONE = "do_not_translate"  # the column that tells a table of one language from a mistyped header


def _lang_column(lang: str) -> str:
    """The name of a language's column; "-001" (the World) makes any code one that `read` knows."""
    return lang if _language(lang) == lang else f"{lang}-001"


def _lang_columns(lang: str) -> Iterator[str]:
    name = _lang_column(lang)
    yield name
    yield from (f"{name}_{part}" for part in _PARTS)


def _cells(
    concept: Concept, langs: Sequence[str], number: int, losses: Losses
) -> dict[str, str] | None:
    """The cells that are not empty, by column; None for a concept without a term to write."""
    terms = {lang: concept.terms[lang] for lang in langs if lang in concept.terms}
    if not any(term.preferred.text.strip() for term in terms.values()):
        losses.add("left out, for want of a term in the languages of the table", number)
        return None
    usual = Counter(term.status for term in terms.values()).most_common(1)[0][0]
    cells = {
        "id": concept.id,
        "category": concept.category,
        "pos": concept.pos,
        "status": "" if usual is Status.PROPOSED else usual,
        "case_sensitive": "yes" if concept.case_sensitive else "",
        "do_not_translate": "yes" if concept.do_not_translate else "",
        "note": concept.note,
        "source": concept.source,
    }
    for lang, term in terms.items():
        values = (
            term.preferred.text,
            notation.write_features(term.preferred.features),
            notation.write_wordings(term.variants),
            notation.write_wordings(term.forbidden),
            notation.write_forms(term.preferred.forms),
            "" if term.status is usual else term.status,
        )
        cells |= zip(_lang_columns(lang), values, strict=True)
    for name, value in concept.extra.items():
        if _is_ours(name):
            losses.add(f'the further field "{name}" has the name of a column', number)
        else:
            cells[name] = value
    return {name: value for name, value in cells.items() if value}


@cache
def _is_ours(name: str) -> bool:
    """Whether a column of that name would not come back as a further field."""
    plain = name.strip()
    companion = _COMPANION.fullmatch(plain)
    return (
        plain != name
        or not plain
        or plain.casefold() in {*_FIXED, *_PAIR}
        or _language(companion[1] if companion else plain) is not None
    )
