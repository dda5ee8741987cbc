"""What XLIFF 2.1 says of a unit and a file beside their text, as it is written.

That is notes, the Metadata and the Glossary module; `aligner.formats.exchange.metadata` reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aligner.entries import Header, Pairs
from aligner.formats.exchange.xliff import noted
from aligner.formats.exchange.xliff.writing import Pair, node, set_all, without_lang
from aligner.formats.xml import legal

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

GLOSSARY = "urn:oasis:names:tc:xliff:glossary:2.0"
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"

# What has a place of its own, of the properties of a target.
_PLACED = {"x-issue", "x-draft", "x-alternative"}


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said of a unit, or of its "source" or "target"."""

    applies: str
    props: Sequence[tuple[str, str]] = ()
    attributes: Sequence[tuple[str, str]] = ()
    notes: Sequence[str] = ()
    issues: Sequence[str] = ()


def of_file(header: Header) -> Iterator[Element]:
    """The properties and notes of a file."""
    said = [_Said("", header.props, notes=header.notes)]
    yield from _metadata(said)
    yield from _notes(said)


def of_unit(
    held: Pair, props: Sequence[tuple[str, str]], attributes: Sequence[tuple[str, str]]
) -> Iterator[Element]:
    """What is said of a unit and its texts.

    Args:
        held: the unit.
        props: those of its properties that have no other place.
        attributes: those of its attributes that have none.
    """
    source, target = held.source, held.target
    said = [
        _Said("", props, attributes, held.entry.notes),
        _Said("source", source.props, without_lang(source.attributes), source.notes),
    ]
    if target:
        terms, rest = _terms(target.props)
        issues = [value for name, value in target.props if name == "x-issue"]
        mine = without_lang(target.attributes)
        said.append(_Said("target", rest, mine, target.notes, issues))
        yield from _glossary(terms)
    yield from _metadata(said)
    yield from _notes(said)


def module(name: str, namespace: str, prefix: str, **others: str) -> Element:
    """The outermost element of a module, which declares its prefix."""
    from lxml import etree

    return etree.Element(f"{{{namespace}}}{name}", nsmap={prefix: namespace, **others})


def _terms(props: Pairs) -> tuple[list[tuple[str, str, str]], list[tuple[str, str]]]:
    """The terms that a glossary can hold, and the other properties."""
    terms, rest = [], []
    for name, value in props:
        parts = noted.term_parts(value) if name == "x-term" else None
        if parts and legal(value) == value:
            terms.append(parts)
        elif name not in _PLACED:
            rest.append((name, value))
    return terms, rest


def _glossary(terms: Sequence[tuple[str, str, str]]) -> Iterator[Element]:
    glossary = module("glossary", GLOSSARY, "gls")
    for source, target, about in terms:
        entry = node(f"{{{GLOSSARY}}}glossEntry", {})
        entry.append(node(f"{{{GLOSSARY}}}term", {}, source))
        entry.append(node(f"{{{GLOSSARY}}}translation", {"source": about}, target))
        glossary.append(entry)
    if len(glossary):
        yield glossary


def _metadata(about: Iterable[_Said]) -> Iterator[Element]:
    metadata = module("metadata", METADATA, "mda")
    for said in about:
        for category, pairs in (
            (noted.PROPERTIES, said.props),
            (noted.ATTRIBUTES, said.attributes),
        ):
            group = node(f"{{{METADATA}}}metaGroup", {"category": category})
            set_all(group, {"appliesTo": said.applies})
            for name, value in pairs:
                meta = node(f"{{{METADATA}}}meta", {}, value)
                meta.set("type", legal(name))  # even an empty one: it must have a type
                group.append(meta)
            if len(group):
                metadata.append(group)
    if len(metadata):
        yield metadata


def _notes(about: Iterable[_Said]) -> Iterator[Element]:
    notes = node("notes", {})
    for said in about:
        to = {"appliesTo": said.applies}
        notes.extend(node("note", to, note) for note in said.notes)
        check = {**to, "category": noted.CHECK, "priority": "2"}
        notes.extend(node("note", check, issue) for issue in said.issues)
    if len(notes):
        yield notes
