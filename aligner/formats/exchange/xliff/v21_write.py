"""Write XLIFF 2.1, valid by its schemas; see `aligner.formats.exchange.xliff.v21`.

A segment says by its state how far its target may be trusted:

    x-origin      state        subState
    mt, tm        initial      aligner:mt, aligner:tm
    post-edited   reviewed     aligner:post-edited
    human         final        aligner:human
    none          translated

So no tool takes a machine's text for a translator's: "translated" is what a tool makes of it when a
person has confirmed it. The machine's text is a translation candidate (`mtc:match`), too, so that
it is still there when a person has changed the target. Its `matchQuality` is the confidence in
percent, and the same as ITS has it is its `its:mtConfidence`: not on a `mrk` around the target,
which would be a tag for the translator to take care of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import quote

from aligner.entries import Bundle, Header
from aligner.formats.exchange.losses import UNENCODED, Losses
from aligner.formats.exchange.xliff import code_types
from aligner.formats.exchange.xliff.entries import Candidate
from aligner.formats.exchange.xliff.inlines_write import Piece, Pieces, Shape, flat, resolve
from aligner.formats.exchange.xliff.parsing import XML_SPACE
from aligner.formats.exchange.xliff.v21_modules import GLOSSARY, METADATA, module, of_file, of_unit
from aligner.formats.exchange.xliff.writing import (
    TOKEN,
    TOKEN_REST,
    Names,
    Pair,
    append_text,
    begun,
    candidates,
    content,
    documents,
    has_sub,
    indented,
    keeps_space,
    node,
    pair,
    set_all,
    split_props,
    told,
)
from aligner.formats.xml import legal

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
_MTC = "urn:oasis:names:tc:xliff:matches:2.0"
_ITS = "http://www.w3.org/2005/11/its"
_PROLOGUE = b'<?xml version="1.0" encoding="UTF-8"?>\n'
# White space in them is text.
_WHOLE = frozenset({"source", "target", "note", "data"}) | {
    f"{{{GLOSSARY}}}term",
    f"{{{GLOSSARY}}}translation",
    f"{{{METADATA}}}meta",
}
_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TYPE = re.compile(r"[^\s:]+")
_SEGMENT = "s1"  # the id of the only segment of a unit

_STATES = {
    "mt": ("initial", "aligner:mt"),
    "tm": ("initial", "aligner:tm"),
    "post-edited": ("reviewed", "aligner:post-edited"),
    "human": ("final", "aligner:human"),
}


def write(
    file: BinaryIO,
    bundle: Bundle,
    name: str = "xliff-2.1",  # noqa: ARG001 - what every format takes; there is but one here
    langs: Sequence[str] = (),
) -> tuple[str, ...]:
    """Write a bundle, one unit at a time.

    Args:
        file: takes the bytes.
        bundle: units without a text in the source language are left out.
        name: the format.
        langs: the source and the target language, or the target language alone; by default the
            first two that the units have.

    Returns:
        What XLIFF could not hold: a sentence a kind.

    Raises:
        InputError: the bundle's own file is damaged.
    """
    from lxml import etree

    losses = Losses("XLIFF")
    languages, entries = begun(bundle, langs)
    attributes = {"version": "2.1", "srcLang": languages.source_code, f"{{{_ITS}}}version": "2.0"}
    if languages.target_code:
        attributes["trgLang"] = languages.target_code
    file.write(_PROLOGUE)
    with (
        etree.xmlfile(file, encoding="UTF-8") as out,
        out.element("xliff", attributes, nsmap={None: NAMESPACE, "its": _ITS}),
    ):
        header, number = bundle.header, 0
        for document, group in documents(entries):
            number += 1
            held = (pair(entry, languages, losses) for entry in group)
            _file(out, f"f{number}", document, header, held, losses)
            header = Header()
        if not number:
            _file(out, "f1", "", header, (), losses)
        out.write("\n")
    file.write(b"\n")
    return losses.told()


def _file(
    out: Any,
    id_: str,
    document: str,
    header: Header,
    held: Iterable[Pair | None],
    losses: Losses,
) -> None:
    attributes = {"id": id_}
    if document:
        attributes["original"] = legal(document)
    names, is_empty = Names(), True
    out.write("\n  ")
    with out.element("file", attributes):
        for element in of_file(header):
            out.write("\n    ", indented(element, 2, _WHOLE))
        for one in held:
            if one is not None:
                out.write("\n    ", indented(_unit(one, document, names, losses), 2, _WHOLE))
                is_empty = False
        if is_empty:  # a file must have something in it
            out.write("\n    ", node("group", {"id": "g1"}))
        out.write("\n  ")


def _unit(held: Pair, document: str, names: Names, losses: Losses) -> Element:
    entry, target = held.entry, held.target
    id_ = names.of(TOKEN_REST.sub("_", entry.tuid))
    contents = (content(held.source), content(target) if target else ())
    pieces = resolve(contents, lambda name: name != _SEGMENT and bool(TOKEN.fullmatch(name)))
    placed, rest = split_props(entry.props, partial(_is_placed, document, entry.tuid))
    attributes = [one for one in entry.attributes if one[0] != "tuid"]
    attributes += [("tuid", entry.tuid)] if id_ != entry.tuid else []
    element = node("unit", {"id": id_})
    name = placed.get("x-resname") or (entry.tuid if id_ != entry.tuid else "")
    about = {"name": name, "translate": placed.get("x-translate", "")}
    about["type"] = f"aligner:{placed['x-kind']}" if "x-kind" in placed else ""
    set_all(element, about)
    if keeps_space(held):
        element.set(XML_SPACE, "preserve")
    element.extend(_matches(held, pieces))
    element.extend(of_unit(held, rest, attributes))
    data: dict[str, str] = {}
    segment = node("segment", {"id": _SEGMENT})
    segment.append(_text("source", pieces, 0, data))
    if target:
        state, sub = _STATES.get(told(target.props, "x-origin"), ("translated", ""))
        set_all(segment, {"state": state if target.text else "initial", "subState": sub})
        segment.append(_text("target", pieces, 1, data))
    element.extend(_original_data(data))
    element.append(segment)
    if any(has_sub(one) for one in contents):
        losses.add("texts within codes, as such,")
    if any("\ud800" <= c <= "\udfff" for one in contents for c in flat(one)):
        losses.add(UNENCODED)
    return element


def _is_placed(document: str, tuid: str, name: str, value: str) -> bool:
    """Whether an attribute holds the value of a property, so that it can be read again."""
    if name == "x-document":
        return bool(value) and value == document == legal(document)
    if name == "x-kind":
        return bool(_TYPE.fullmatch(value)) and legal(value) == value
    if name == "x-resname":
        return bool(value) and legal(value) == value != tuid
    return name == "x-translate" and value == "no"


def _matches(held: Pair, pieces: Pieces) -> Iterator[Element]:
    found = list(candidates(held))
    if not found:
        return
    matches = module("matches", _MTC, "mtc", its=_ITS)
    for number, one in enumerate(found, 1):
        matches.append(_match(one, f"m{number}", pieces))
    yield matches


def _match(one: Candidate, id_: str, pieces: Pieces) -> Element:
    match = node(f"{{{_MTC}}}match", {})
    about = {"id": id_, "ref": f"#{_SEGMENT}", "type": one.origin or "other"}
    about |= {"subType": f"aligner:{one.role}", "matchQuality": one.quality, "origin": one.maker}
    if one.origin == "tm":
        about["similarity"] = one.quality
    if one.origin == "mt" and one.quality:
        by = f"mt-confidence|aligner/{quote(legal(one.maker), safe='')}"
        about |= {f"{{{_ITS}}}annotatorsRef": by}
        about |= {f"{{{_ITS}}}mtConfidence": f"{float(one.quality) / 100:.4f}"}
    set_all(match, about)
    data: dict[str, str] = {}
    source = _text("source", pieces, 0, data)
    if one.role == "used":
        target = _text("target", pieces, 1, data)
    else:
        target = node("target", {})
        _append(target, one.text)
    match.extend([*_original_data(data), source, target])
    return match


def _original_data(data: dict[str, str]) -> Iterator[Element]:
    if not data:
        return
    element = node("originalData", {})
    for text, id_ in data.items():
        one = node("data", {"id": id_})
        _append(one, text)
        element.append(one)
    yield element


def _text(tag: str, pieces: Pieces, number: int, data: dict[str, str]) -> Element:
    """A source or target; the original data of its codes is added to that of its unit."""
    element = node(tag, {})
    _fill(element, pieces.segments[number], pieces, data)
    return element


def _append(parent: Element, text: str) -> None:
    """Put a text behind what an element holds, `cp` for the characters that XML does not have."""
    at = 0
    for found in _CONTROL.finditer(text):
        append_text(parent, legal(text[at : found.start()]))
        parent.append(node("cp", {"hex": f"{ord(found.group()):04X}"}))
        at = found.end()
    append_text(parent, legal(text[at:]))


def _fill(
    parent: Element, parts: Sequence[str | Piece], pieces: Pieces, data: dict[str, str]
) -> None:
    """Put text and codes into an element."""
    inside = [parent]
    for part in parts:
        if isinstance(part, str):
            _append(inside[-1], part)
        elif part.shape is Shape.CLOSE and part.id in pieces.spans:
            span = inside.pop()
            _refer(span, "dataRefEnd", part, pieces, data)
        else:
            element = _code(part, pieces, data)
            inside[-1].append(element)
            if part.shape is Shape.OPEN and part.id in pieces.spans:
                inside.append(element)


def _code(piece: Piece, pieces: Pieces, data: dict[str, str]) -> Element:
    if piece.shape is Shape.MARK:
        element = node("mrk", {"id": piece.id, "type": code_types.mark2(piece.type)})
        _fill(element, piece.pieces, pieces, data)
        return element
    kind, sub = code_types.write2(piece.type)
    about = {"type": kind, "subType": sub}
    ref = "dataRef"
    match piece.shape:
        case Shape.OPEN if piece.id in pieces.spans:
            name, ref, about = "pc", "dataRefStart", {"id": piece.id, **about}
        case Shape.OPEN:
            name, about = "sc", {"id": piece.id, **about}
        case Shape.CLOSE:
            name, about = "ec", {"startRef": piece.id, **about}
        case Shape.LONE_OPEN:
            name, about = "sc", {"id": piece.id, "isolated": "yes", **about}
        case Shape.LONE_CLOSE:
            name, about = "ec", {"id": piece.id, "isolated": "yes", **about}
        case _:
            name, about = "ph", {"id": piece.id, **about}
    element = node(name, about)
    _refer(element, ref, piece, pieces, data)
    return element


def _refer(element: Element, ref: str, piece: Piece, pieces: Pieces, data: dict[str, str]) -> None:
    """Let a code refer to what stands for it in the original format."""
    text = piece.data()
    # The two ends of an element refer to data both, or neither.
    if text or (ref != "dataRef" and piece.id not in pieces.has_empty):
        element.set(ref, data.setdefault(text, f"d{len(data) + 1}"))
