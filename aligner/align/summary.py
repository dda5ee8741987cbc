"""The figures of a corpus: a table with a row for each article, and the totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from aligner.align.parts import Row

_SURE = 4  # decimals of a probability


def table(
    rows: Sequence[Row], langs: Sequence[str], written: Mapping[str, int]
) -> Iterator[list[str]]:
    """The cells of a table, its header first.

    Args:
        rows: what became of each article.
        langs: the languages, in the order of their columns.
        written: how many units of each article are in the corpus, by name.
    """
    yield [
        "article",
        "status",
        "languages",
        "units",
        "written",
        "probability",
        "related",
        "moved",
        *(f"{lang}-{what}" for lang in langs for what in ("sentences", "unaligned", "file")),
        "reason",
    ]
    for row in rows:
        figures: list[object] = [None] * 5
        if row.status == "done":
            units = sum(row.units.values())
            figures = [units, written.get(row.name, 0), row.probability, row.related, row.moved]
        by_lang = [
            of.get(lang) for lang in langs for of in (row.sentences, row.unaligned, row.files)
        ]
        cells = [row.name, row.status, "-".join(row.files), *figures, *by_lang, row.reason]
        yield ["" if cell is None else str(cell) for cell in cells]


def totals(rows: Sequence[Row], langs: Sequence[str], written: Mapping[str, int]) -> dict[str, Any]:
    """What there is to say of a corpus, as a script would want it; see `table`."""
    done = [row for row in rows if row.status == "done"]
    statuses = Counter(row.status for row in rows)
    units = sum((Counter(row.units) for row in done), Counter[str]())
    sure = sum((row.probability or 0) * sum(row.units.values()) for row in done)
    return {
        "articles": {status: statuses[status] for status in ("done", "failed", "alone")},
        "units": units.total(),
        "units_by_languages": dict(units.most_common()),
        "written": sum(written.values()),
        "mean_probability": round(sure / units.total(), _SURE) if units else None,
        "sentences": {lang: sum(row.sentences.get(lang, 0) for row in done) for lang in langs},
        "unaligned": {lang: sum(row.unaligned.get(lang, 0) for row in done) for lang in langs},
        "moved": sum(row.moved for row in done),
        "failed": {row.name: row.reason for row in rows if row.status == "failed"},
        "alone": {row.name: "-".join(row.files) for row in rows if row.status == "alone"},
    }
