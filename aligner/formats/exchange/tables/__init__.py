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

from aligner.formats.exchange.tables.reading import is_mine, read
from aligner.formats.exchange.tables.writing import write

__all__ = ["NAMES", "is_mine", "read", "write"]

NAMES = {"csv": ".csv", "tsv": ".tsv"}
