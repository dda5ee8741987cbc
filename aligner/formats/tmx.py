"""TMX 1.4, the exchange format of translation memories.

Standard: TMX 1.4b (LISA OSCAR, 2005), https://www.gala-global.org/tmx-14b; its DTD fixes `version`
at "1.4". White space inside `seg` is significant.

What TMX has no name for stands in properties (`prop`):

    header   x-KEY                     the signature: how the targets were made
    tu       x-document, x-kind        where the segment stands
             x-context-pre, -post      the source segments before and after it
             x-dropped-characters      how many were left out because XML cannot hold them
             x-KEY                     the unit's own properties
    tuv      x-origin                  mt, tm, human or post-edited
             x-engine, x-model         who made it, for mt
             x-confidence              0.0000 to 1.0000
             x-issue, x-term           one for each; a term as "Osh → Ошту (forced, acc; osh)"

None is ever called "file": OmegaT fills nothing from a memory with such a property.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from aligner import __version__
from aligner.formats import atomic
from aligner.formats.xml import legal
from aligner.records import Bitext, Document, Origin, Outcome, Segment, Target, TermUse, Unit
from aligner.text import fold

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# Written by hand: lxml puts apostrophes around the encoding, where simple readers (OmegaT's XML
# filters among them) do not look for it.
_PROLOGUE = b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'
_TOOL = {"creationtool": "aligner", "creationtoolversion": __version__}
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def write(
    path: Path,
    bitext: Bitext,
    langs: Sequence[str] | None = None,
    created: datetime | None = None,
    *,
    context: bool = True,
) -> int:
    """Write the units of a bitext that have a target, one at a time.

    Memory does not grow with the number of units, which may come from any iterable. The line breaks
    of hard-wrapped segments become spaces; everything else in a text is kept as it is.

    Args:
        path: the file, replaced only when all is written.
        bitext: units without a target in any of `langs` are left out.
        langs: the target languages, in the order of their variants; by default all that a unit has.
        created: the date of the file and its targets; by default now.
        context: state the neighbours of each segment; not for collections of unrelated sentences.

    Returns:
        How many characters of the segments were dropped because XML 1.0 cannot hold them.

    Raises:
        OutputError: the file cannot be written.
    """
    from lxml import etree

    document = bitext.document
    made = _TOOL | {"creationdate": _date(created or datetime.now(UTC))}
    dropped = 0
    with atomic.replace(path) as file:
        file.write(_PROLOGUE)
        with etree.xmlfile(file, encoding="UTF-8") as out, out.element("tmx", version="1.4"):
            out.write("\n  ", _indented(_header(document, bitext.signature, made), 1), "\n  ")
            with out.element("body"):
                for before, whole, after in _with_neighbours(bitext.units):
                    unit = whole if langs is None else _narrowed(whole, langs)
                    if unit.targets:
                        around = (before, after) if context else ("", "")
                        out.write("\n    ", _indented(_tu(document, unit, around, made), 2))
                        dropped += _dropped(unit)
                out.write("\n  ")
            out.write("\n")
        file.write(b"\n")
    return dropped


def tuid(document: Document, segment: Segment) -> str:
    """The stable name of a unit, "document:segment"; TMX allows no white space in it."""
    return re.sub(r"\s", "_", f"{document.id}:{segment.id}")


def _with_neighbours(units: Iterable[Unit]) -> Iterator[tuple[str, Unit, str]]:
    """Each unit between the source texts of the ones before and after it ("" at the ends)."""
    before: Unit | None = None
    rest = iter(units)
    unit = next(rest, None)
    while unit is not None:
        after = next(rest, None)
        yield before.source.text if before else "", unit, after.source.text if after else ""
        before, unit = unit, after


def _narrowed(unit: Unit, langs: Sequence[str]) -> Unit:
    """The unit with its targets in some languages only, in their order."""
    return replace(unit, targets={k: unit.targets[k] for k in langs if k in unit.targets})


def _dropped(unit: Unit) -> int:
    """How many characters of the unit's segments XML cannot hold."""
    texts = (unit.source.text, *(target.text for target in unit.targets.values()))
    return sum(len(text) - len(legal(text)) for text in map(fold, texts))


def _header(document: Document, signature: Mapping[str, str], made: Mapping[str, str]) -> Element:
    attributes = {
        **made,
        "segtype": "sentence",
        "o-tmf": "aligner",
        "adminlang": "en",
        "srclang": document.lang,
        "datatype": "plaintext",
    }
    return _node("header", attributes, _props(_extra(signature)))


def _tu(
    document: Document, unit: Unit, around: tuple[str, str], made: Mapping[str, str]
) -> Element:
    before, after = around
    properties = (
        ("x-document", document.id),
        ("x-kind", unit.kind),
        ("x-context-pre", fold(before)),
        ("x-context-post", fold(after)),
        ("x-dropped-characters", str(_dropped(unit) or "")),
        *_extra(unit.properties),
    )
    variants = (_target(lang, target, made) for lang, target in unit.targets.items())
    return _node(
        "tu",
        {"tuid": tuid(document, unit.source)},
        [*_props(properties), _tuv({_XML_LANG: document.lang}, unit.source.text), *variants],
    )


def _target(lang: str, target: Target, made: Mapping[str, str]) -> Element:
    attributes = {_XML_LANG: lang, **made}
    maker = target.model or target.engine
    if target.origin is Origin.MT and maker:
        attributes["creationid"] = maker  # CAT tools show it beside the match, as its author
    properties = (
        ("x-origin", target.origin),
        ("x-engine", target.engine),
        ("x-model", target.model),
        ("x-confidence", "" if target.score is None else f"{target.score:.4f}"),
        *(("x-issue", issue) for issue in target.issues),
        *(("x-term", _term(use)) for use in target.terms),
    )
    notes = [_node("note", {}, _note(target.terms))] if target.terms else []
    return _tuv(attributes, target.text, [*notes, *_props(properties)])


def _term(use: TermUse) -> str:
    """What became of a term, in one line."""
    known = ", ".join(filter(None, (use.outcome, use.case)))
    return f"{use.source} → {use.target} ({known}; {use.concept}, {use.status})"


def _note(uses: Sequence[TermUse]) -> str:
    """What became of the terms, for whoever edits the translation: the ones to look at in full."""
    by_outcome: dict[Outcome, list[TermUse]] = {outcome: [] for outcome in Outcome}
    for use in uses:
        by_outcome[use.outcome].append(use)
    right = by_outcome.pop(Outcome.ALREADY)
    parts = [f"{len(right)} already right"] if right else []
    for outcome, found in by_outcome.items():
        pairs = ", ".join(f"{use.source} → {use.target}" for use in found)
        parts += [f"{outcome}: {pairs}"] if found else []
    return "Terms: " + "; ".join(parts)


def _tuv(attributes: Mapping[str, str], text: str, about: Iterable[Element] = ()) -> Element:
    return _node("tuv", attributes, [*about, _node("seg", {}, fold(text))])


def _extra(properties: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Names of our own, which the standard wants to begin with "x-"."""
    return ((f"x-{key}", value) for key, value in properties.items())


def _props(properties: Iterable[tuple[str, str]]) -> list[Element]:
    """The properties that have a value."""
    return [_node("prop", {"type": name}, value) for name, value in properties if value]


def _node(tag: str, attributes: Mapping[str, str], content: str | list[Element]) -> Element:
    """An element with text or with children; the only way into the file, so all of it is legal."""
    from lxml import etree

    node = etree.Element(tag, {name: legal(value) for name, value in attributes.items()})
    if isinstance(content, str):
        node.text = legal(content)
    else:
        node.extend(content)
    return node


def _indented(node: Element, depth: int) -> Element:
    """Put each child on its own line, but nothing into `seg`, where white space is text."""
    if node.tag != "seg" and len(node):
        node.text = "\n" + "  " * (depth + 1)
        for child in node:
            child.tail = node.text
            _indented(child, depth + 1)
        node[-1].tail = "\n" + "  " * depth
    return node


def _date(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
