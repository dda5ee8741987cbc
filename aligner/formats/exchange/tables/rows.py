r"""The rows of a table: CSV as RFC 4180 has it, and TSV in both of its dialects.

Spreadsheets put quotes around a cell that holds a tab, a line break or a quote, and double the
quotes in it; corpora have one unit a line, and a quote is a character like any other. The two are
told apart row by row, by the number of columns, and where that leaves both open by need: no
spreadsheet would quote `Hello.`, so `"Hello."` is a sentence in quotes.

What we write reads alike in both, as far as can be: a cell has quotes around it only if it begins
with one, or holds a tab or a line break.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence

from aligner.formats.quotes import broken

_LONGEST_CELL = 1 << 17  # characters: what the csv module grants

# A cell in quotes, what may follow a quote that a line leaves open, and the end of such a cell.
_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=[\t\r\n]|\Z)')
_INSIDE = re.compile(r'(?:[^"]|"")*')
_CLOSING = re.compile(r'(?:[^"]|"")*"(?=[\t\r\n]|\Z)')
_LINE_END = re.compile(r"\r\n?|\n")

_Lines = Iterator[tuple[int, str]]


def read(
    lines: _Lines, delimiter: str, where: str, is_header: Callable[[Sequence[str]], bool]
) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table, each with the line on which it begins.

    Args:
        lines: with their ends, numbered.
        delimiter: what stands between two cells; a tab means TSV.
        where: the name of the file.
        is_header: whether the cells of a first row name columns; where quotes stand around them,
            they stand around all cells.

    Raises:
        InputError: a quote in CSV is not closed, or more text follows it.
    """
    if delimiter == "\t":
        return _Tsv(lines).rows(is_header)
    return _csv(lines, delimiter, where)


def write(cells: Iterable[str], delimiter: str) -> str:
    """A row as it stands in a file."""
    if delimiter == "\t":
        return _tsv_row([*cells])
    return delimiter.join(_quoted(cell, f'{delimiter}"\r\n') for cell in cells) + "\n"


def _tsv_row(cells: Sequence[str]) -> str:
    row = "\t".join(
        _quoted(cell, '"\t\r\n' if cell.startswith('"') else "\t\r\n") for cell in cells
    )
    lines = _LINE_END.split(row)
    # An empty cell at the end keeps apart what would read as several rows.
    looks_like_rows = len(lines) > 1 and all(len(_split(line)) == len(cells) for line in lines)
    return row + ("\t\n" if looks_like_rows else "\n")


def _quoted(cell: str, marks: str) -> str:
    """The cell, in quotes if one of the marks is in it."""
    if not any(mark in cell for mark in marks):
        return cell
    return '"' + cell.replace('"', '""') + '"'


def _csv(lines: _Lines, delimiter: str, where: str) -> Iterator[tuple[int, list[str]]]:
    number = 0

    def texts() -> Iterator[str]:
        nonlocal number
        for at, line in lines:
            number = at
            yield line

    reader = csv.reader(texts(), delimiter=delimiter, strict=True)
    while True:
        first = number + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise broken(f"{where}:{first}", str(error)) from error
        if cells is None:
            return
        yield first, cells


class _Tsv:
    """The lines of a TSV file, some of them looked at before their turn."""

    def __init__(self, lines: _Lines) -> None:
        self._lines = lines
        self._ahead: deque[tuple[int, str]] = deque()

    def rows(self, is_header: Callable[[Sequence[str]], bool]) -> Iterator[tuple[int, list[str]]]:
        width, all_quoted = 0, False
        while (found := self._line(0)) is not None:
            number, line = found
            self._ahead.popleft()
            cells = _split(line)
            if line.startswith('"') or '\t"' in line:
                record = [line, *self._rest(line)]
                inner = _unquoted("".join(record))
                if not width:
                    all_quoted = inner is not None and is_header([text for text, _ in inner])
                if inner and _is_quoted(record, inner, width, all_quoted=all_quoted):
                    cells = [text for text, _ in inner]
                    for _ in record[1:]:
                        self._ahead.popleft()
            width = width or len(cells)
            yield number, cells

    def _line(self, at: int) -> tuple[int, str] | None:
        """One of the lines that are still to come; it stays to come."""
        while len(self._ahead) <= at:
            found = next(self._lines, None)
            if found is None:
                return None
            self._ahead.append(found)
        return self._ahead[at]

    def _rest(self, line: str) -> Iterator[str]:
        """The lines that belong to the row too if its quotes are to be read as such."""
        is_open, length, at = _leaves_open(line), len(line), 0
        while is_open and length < _LONGEST_CELL and (found := self._line(at)):
            _, more = found
            yield more
            is_open = _leaves_open(more, is_open=True)
            length, at = length + len(more), at + 1


def _split(line: str) -> list[str]:
    return line.rstrip("\r\n").split("\t")


def _cell_end(line: str, at: int) -> int:
    end = line.find("\t", at)
    return len(line) if end < 0 else end


def _leaves_open(line: str, *, is_open: bool = False) -> bool:
    """Whether a quote is open at the end of a line, if one was at its beginning."""
    at = 0
    while is_open or at < len(line):
        if is_open or line[at] == '"':
            start = at + (not is_open)
            closing = _CLOSING.match(line, start)
            if closing is None:
                return _INSIDE.fullmatch(line, start) is not None
            at, is_open = closing.end() + 1, False
        else:
            at = _cell_end(line, at) + 1
    return False


def _unquoted(record: str) -> list[tuple[str, bool]] | None:
    """The cells of a row in which quotes stand around cells; of each, whether it needs none.

    None if a quote does not close, or more text follows it.
    """
    text = record.rstrip("\r\n")
    cells, at = [], 0
    while at <= len(text):
        if text.startswith('"', at):
            match = _QUOTED.match(text, at)
            if match is None:
                return None
            inside = match[1]
            needless = bool(inside) and not any(mark in inside for mark in '"\t\r\n')
            cells.append((inside.replace('""', '"'), needless))
            at = match.end() + 1
        else:
            end = _cell_end(text, at)
            cells.append((text[at:end], False))
            at = end + 1
    return cells


def _is_quoted(
    record: Sequence[str], cells: Sequence[tuple[str, bool]], width: int, *, all_quoted: bool
) -> bool:
    """Whether the quotes in the lines of a row stand around cells, and are not in their text."""
    fits = len(cells) >= width and not any(text for text, _ in cells[width or None :])
    fits_as_text = all(len(_split(line)) == width for line in record)
    if len(record) > 1:
        return fits and not fits_as_text
    if width and fits != fits_as_text:
        return fits
    return all_quoted or not any(needless for _, needless in cells)
