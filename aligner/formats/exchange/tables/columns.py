"""What the columns of a table hold, by their headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from aligner.formats.exchange.headings import language_of

_DETAIL = re.compile(r"(.+?)_(note|x-.*)", re.DOTALL)
_FIXED = {"id": "id", "tuid": "id", "note": "note", "notes": "note", "comment": "note"}
_SIDES = ("source", "target")


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


def header(cells: Sequence[str], langs: Sequence[str]) -> list[Column] | None:
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
