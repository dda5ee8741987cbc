"""What is reviewed, as the page takes it: JSON.

Offsets count UTF-16 code units, as JavaScript does: of an emoji there are two.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aligner.quality import Finding, Span
from aligner.records import PERSONS, Concept, Term, TermUse
from aligner.review.analysis import Analyst
from aligner.review.book import Book
from aligner.review.changes import drafted

Json = dict[str, Any]


def unit(book: Book, analyst: Analyst, n: int) -> Json:
    """A unit with all its targets."""
    item = book.items[n]
    source = item.unit.source.text
    return {
        "n": n,
        "id": item.unit.source.id,
        "kind": item.unit.kind,
        "document": item.document,
        "source": source,
        "terms": [
            {
                "concept": found.concept.id,
                **_at(source, (found.start, found.stop)),
            }
            for found in analyst.mentions(n)
        ]
        if analyst.is_seen(n)
        else [],
        "targets": {lang: target(book, analyst, n, lang) for lang in book.source.targets},
        "checked": analyst.is_seen(n),
    }


def target(book: Book, analyst: Analyst, n: int, lang: str) -> Json:
    """A target as it is now; one that is missing has no origin."""
    now, base = book.target(n, lang), drafted(book.base(n, lang))
    source, text = book.items[n].unit.source.text, now.text if now else ""
    is_persons = now is not None and (now.origin in PERSONS or book.is_edited(n, lang))
    seen = analyst.known(n, lang)
    return {
        "text": text,
        "origin": now.origin if now else "",
        "accepted": book.is_accepted(n, lang),
        "draft": base.text if base and is_persons else "",
        "confidence": round(seen.confidence.value, 4) if seen.confidence else None,
        "basis": seen.confidence.basis if seen.confidence else "",
        "match": now.match if now else None,
        "memory": now.memory if now else "",
        "editor": now.editor if now else "",
        "edited": now.edited if now else "",
        "rev": book.rev(n, lang),
        "issues": [_issue(found, source, text) for found in seen.findings],
        "terms": _uses(seen.terms, text),
    }


def concept(found: Concept) -> Json:
    """An entry of the termbase."""
    return {
        "id": found.id,
        "terms": {lang: _term(term) for lang, term in found.terms.items()},
        "note": found.note,
        "category": found.category,
        "source": found.source,
    }


def spans(text: str, found: Sequence[Span]) -> list[list[int]]:
    """Spans of a text, as JavaScript counts."""
    return [[utf16(text, start), utf16(text, stop)] for start, stop in found]


def utf16(text: str, offset: int) -> int:
    """An offset in a text, as JavaScript counts."""
    return (
        offset if text.isascii() else len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2
    )


def _at(text: str, span: Span | None) -> Json:
    if span is None:
        return {"start": None, "stop": None}
    return {"start": utf16(text, span[0]), "stop": utf16(text, span[1])}


def _issue(found: Finding, source: str, text: str) -> Json:
    there = _at(source, found.source)
    return {
        "check": found.check,
        "severity": found.severity,
        "message": found.message,
        **_at(text, found.target),
        "source_start": there["start"],
        "source_stop": there["stop"],
    }


def _uses(uses: Sequence[TermUse], text: str) -> list[Json]:
    """What became of terms, each at a place of its own where its form stands so often."""
    made, free = [], dict[str, int]()
    for use in uses:
        at = text.find(use.target, free.get(use.target, 0)) if use.target else -1
        span = (at, at + len(use.target)) if at >= 0 else None
        if span:
            free[use.target] = span[1]
        made.append(
            {
                "concept": use.concept,
                "source": use.source,
                "target": use.target,
                "outcome": use.outcome,
                **_at(text, span),
            }
        )
    return made


def _term(term: Term) -> Json:
    return {
        "preferred": term.preferred.text,
        "variants": [one.text for one in term.variants],
        "forbidden": [one.text for one in term.forbidden],
        "status": term.status,
    }
