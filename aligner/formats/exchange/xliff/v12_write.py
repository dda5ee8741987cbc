"""Write XLIFF 1.2, valid by its strict schema; see `aligner.formats.exchange.xliff.v12`.

A target says by its state how far it may be trusted:

    x-origin      state                      state-qualifier             approved
    mt            needs-review-translation   mt-suggestion
    tm            needs-review-translation   exact-match, fuzzy-match
    post-edited   signed-off                 leveraged-mt                yes
    human         final                                                  yes

The text of a machine or memory stands in an `alt-trans`, too, so that it is still there when a
person has changed the target; its `alttranstype` tells whether it was used as it is ("accepted") or
is the draft of what a person wrote ("proposal").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO

from aligner import __version__
from aligner.entries import Bundle, Content, Entry, Header, Inline
from aligner.formats.exchange.losses import Losses
from aligner.formats.exchange.xliff import code_types, contexts
from aligner.formats.exchange.xliff.inlines_write import Piece, Pieces, Shape, flat, resolve
from aligner.formats.exchange.xliff.parsing import XML_SPACE
from aligner.formats.exchange.xliff.writing import (
    Languages,
    Names,
    Pair,
    append_text,
    begun,
    content,
    documents,
    indented,
    keeps_space,
    node,
    pair,
    split_props,
    told,
    without_lang,
)
from aligner.formats.exchange.xliff.writing import candidates as candidates_of
from aligner.formats.xml import legal

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_PROLOGUE = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_WHOLE = frozenset({"source", "target", "note", "context"})  # white space in them is text
_NO_DOCUMENT = "unknown"
_TOOL = "aligner"
_KINDS = {"heading", "caption"}  # what a unit may be, and XLIFF has the same name for

_STATES = {  # x-origin → state, state-qualifier, approved
    "mt": ("needs-review-translation", "mt-suggestion", ""),
    "tm": ("needs-review-translation", "leveraged-tm", ""),
    "post-edited": ("signed-off", "leveraged-mt", "yes"),
    "human": ("final", "", "yes"),
}
_ROLES = {"used": "accepted", "draft": "proposal", "alternative": "reference"}

# What has a place of its own, of the properties of a target.
_PLACED_TARGET = {"x-issue", "x-draft", "x-alternative"}
_CONTEXT = {"x-context-pre", "x-context-post"}


def write(
    file: BinaryIO,
    bundle: Bundle,
    name: str = "xliff-1.2",  # noqa: ARG001 - what every format takes; there is but one here
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
    file.write(_PROLOGUE)
    with (
        etree.xmlfile(file, encoding="UTF-8") as out,
        out.element("xliff", nsmap={None: NAMESPACE}, version="1.2"),
    ):
        is_first = True
        for document, group in documents(entries):
            header = bundle.header if is_first else Header()
            _file(out, document, group, languages, header, losses)
            is_first = False
        if is_first:
            _file(out, "", iter(()), languages, bundle.header, losses)
        out.write("\n")
    file.write(b"\n")
    return losses.told()


def _file(
    out: Any,
    document: str,
    entries: Iterator[Entry],
    languages: Languages,
    header: Header,
    losses: Losses,
) -> None:
    attributes = {
        "original": legal(document) or _NO_DOCUMENT,
        "source-language": languages.source_code,
        "datatype": "plaintext",
    }
    if languages.target_code:
        attributes["target-language"] = languages.target_code
    names = Names()
    out.write("\n  ")
    with out.element("file", attributes):
        out.write("\n    ", indented(_header(header), 2, _WHOLE), "\n    ")
        with out.element("body"):
            for entry in entries:
                held = pair(entry, languages, losses)
                if held is not None:
                    unit = _unit(held, document, names, losses)
                    out.write("\n      ", indented(unit, 3, _WHOLE))
            out.write("\n    ")
        out.write("\n  ")


def _header(header: Header) -> Element:
    """Who made the file: us, and the models that its header names."""
    element = node("header", {})
    phases = node("phase-group", {})
    made = {"phase-name": "mt", "process-name": "machine translation", "tool-id": _TOOL}
    phases.append(node("phase", made))
    element.append(phases)
    for note in header.notes:
        element.append(node("note", {}, note))
    for name, value in header.props:
        element.append(node("note", {"from": contexts.property_type(name)}, value))
    tool = {"tool-id": _TOOL, "tool-name": _TOOL, "tool-version": __version__}
    element.append(node("tool", tool))
    models = dict(pair for pair in header.props if pair[0].startswith("x-model"))
    for name, value in models.items():
        element.append(node("tool", {"tool-id": name, "tool-name": value or name}))
    return element


def _unit(held: Pair, document: str, names: Names, losses: Losses) -> Element:
    entry, target = held.entry, held.target
    id_ = names.of(legal(entry.tuid))
    contents = (content(held.source), content(target) if target else ())
    pieces = resolve(contents, _is_legal)
    origin = told(target.props, "x-origin") if target else ""
    state, qualifier, approved = _STATES.get(origin, ("", "", ""))
    placed, rest = split_props(entry.props, partial(_is_placed, document))
    attributes = {
        "id": id_,
        "approved": approved,
        "resname": placed.get("x-resname", ""),
        "translate": placed.get("x-translate", ""),
        "restype": _restype(placed.get("x-kind", "")),
    }
    element = node("trans-unit", attributes)
    if keeps_space(held):
        element.set(XML_SPACE, "preserve")
    element.append(_text("source", {}, pieces, 0))
    if target:
        about = {"state": state, "state-qualifier": _qualifier(qualifier, held)}
        about["phase-name"] = "mt" if origin == "mt" else ""
        element.append(_text("target", about, pieces, 1))
    element.extend(_contexts(held, id_, rest))
    element.extend(_notes(held))
    element.extend(_candidates(held, pieces))
    if not all(map(_is_legal, map(flat, contents))):
        losses.add("characters unknown to XML")
    return element


def _is_legal(text: str) -> bool:
    return legal(text) == text


def _restype(kind: str) -> str:
    """What a unit is, as XLIFF names it; "" for what it cannot name."""
    if kind in _KINDS:
        return kind
    return f"x-{kind}" if kind and not any(map(str.isspace, kind)) else ""


def _qualifier(qualifier: str, held: Pair) -> str:
    match = told(held.target.props, "x-match") if held.target else ""
    if qualifier != "leveraged-tm" or not match.isdecimal():
        return qualifier
    return "exact-match" if int(match) >= 100 else "fuzzy-match"


def _contexts(held: Pair, id_: str, props: Sequence[tuple[str, str]]) -> Iterator[Element]:
    """What XLIFF has no name for, as contexts."""
    entry, source, target = held.entry, held.source, held.target
    around = [pair for pair in props if pair[0] in _CONTEXT]
    rest = [pair for pair in props if pair[0] not in _CONTEXT]
    attributes = [pair for pair in entry.attributes if pair[0] != "tuid"]
    attributes += [("tuid", entry.tuid)] if id_ != entry.tuid else []
    yield from _context_group("match x-unit", around, ())
    yield from _context_group("information x-unit", rest, attributes)
    yield from _context_group("information x-source", source.props, without_lang(source.attributes))
    if target:
        rest = [pair for pair in target.props if pair[0] not in _PLACED_TARGET]
        yield from _context_group("information x-target", rest, without_lang(target.attributes))


def _is_placed(document: str, name: str, value: str) -> bool:
    """Whether an attribute holds the value of a property, so that it can be read again."""
    if name == "x-document":
        return value == document and _is_legal(value) and value not in {"", _NO_DOCUMENT}
    if name == "x-kind":
        return bool(_restype(value)) and _is_legal(value)
    if name == "x-resname":
        return bool(value) and _is_legal(value)
    return name == "x-translate" and value == "no"


def _context_group(
    purpose: str, props: Sequence[tuple[str, str]], attributes: Sequence[tuple[str, str]]
) -> Iterator[Element]:
    pairs = [(contexts.property_type(name), value) for name, value in props]
    pairs += [(contexts.attribute_type(name), value) for name, value in attributes]
    if pairs:
        group = node("context-group", {"purpose": purpose})
        group.extend(node("context", {"context-type": kind}, value) for kind, value in pairs)
        yield group


def _notes(held: Pair) -> Iterator[Element]:
    yield from (node("note", {"annotates": "general"}, note) for note in held.entry.notes)
    yield from (node("note", {"annotates": "source"}, note) for note in held.source.notes)
    if held.target:
        yield from (node("note", {"annotates": "target"}, note) for note in held.target.notes)
        for name, value in held.target.props:
            if name == "x-issue":
                about = {"annotates": "target", "from": contexts.CHECK, "priority": "2"}
                yield node("note", about, value)


def _candidates(held: Pair, pieces: Pieces) -> Iterator[Element]:
    for one in candidates_of(held):
        about = {
            "match-quality": one.quality,
            "tool-id": _TOOL,
            "origin": one.maker,
            "alttranstype": _ROLES[one.role],
        }
        element = node("alt-trans", about)
        element.append(_text("source", {}, pieces, 0))
        qualifier = {"mt": "mt-suggestion", "tm": "tm-suggestion"}.get(one.origin, "")
        if one.role == "used":
            element.append(_text("target", {"state-qualifier": qualifier}, pieces, 1))
        else:
            element.append(node("target", {"state-qualifier": qualifier}, one.text))
        yield element


def _text(tag: str, attributes: dict[str, str], pieces: Pieces, number: int) -> Element:
    """A source or target."""
    element = node(tag, attributes)
    _fill(element, pieces.segments[number], pieces)
    return element


def _fill(parent: Element, parts: Sequence[str | Piece], pieces: Pieces) -> None:
    """Put text and codes into an element; where a pair is one element, what follows goes into it.

    The pairs of the segments that nest have been found before, so that each ends where it began.
    """
    inside = [parent]
    for part in parts:
        if isinstance(part, str):
            append_text(inside[-1], legal(part))
            continue
        is_span = part.id in pieces.spans and part.id in pieces.has_empty
        if part.shape is Shape.CLOSE and is_span:
            inside.pop()
            continue
        element = _code(part, pieces, is_span=is_span)
        inside[-1].append(element)
        if part.shape is Shape.OPEN and is_span:
            inside.append(element)


def _code(piece: Piece, pieces: Pieces, *, is_span: bool) -> Element:
    about = {"id": piece.id}
    is_bare = piece.id in pieces.has_empty
    match piece.shape:
        case Shape.MARK:
            kind = code_types.write12(piece.type, "mrk")
            # No `mid`: the schema takes every mark of a target that has one for a segment.
            element = node("mrk", {"mtype": kind})
            _fill(element, piece.pieces, pieces)
            return element
        case Shape.OPEN:
            name = "g" if is_span else "bx" if is_bare else "bpt"
        case Shape.CLOSE:
            name = "ex" if is_bare else "ept"
        case Shape.ALONE:
            name = "ph" if piece.code else "x"
            assoc = {"p": "preceding", "f": "following", "b": "both"}.get(piece.assoc, "")
            about |= {"assoc": assoc} if name == "ph" else {}
        case _:
            name = "it"
            about["pos"] = "open" if piece.shape is Shape.LONE_OPEN else "close"
    if piece.shape is not Shape.CLOSE:
        about["ctype"] = code_types.write12(piece.type, name)
    element = node(name, about)
    for part in piece.code:
        _fill_code(element, part)
    return element


def _fill_code(element: Element, part: str | Inline) -> None:
    """Put what the original format has for a code into it, texts within it as `sub`."""
    if isinstance(part, str):
        append_text(element, legal(part))
    elif part.name == "sub":
        about = dict(part.attributes)
        kind = code_types.write12(about.get("type", ""), "sub")
        sub = node("sub", {"ctype": kind})
        inner: Content = part.content
        pieces = resolve((inner,), _is_legal)
        _fill(sub, pieces.segments[0], pieces)
        element.append(sub)
    else:
        append_text(element, legal(flat((part,))))
