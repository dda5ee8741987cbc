"""Properties, attributes and notes in XLIFF 2: its notes, and its Metadata and Glossary modules.

    <mda:metaGroup category="aligner:properties" appliesTo="target">
      <mda:meta type="x-model">translate-en_ru-0_1</mda:meta>

A glossary entry is an x-term, "Osh → Ошту (forced, acc; g237, approved)": what stands in brackets
is the `source` of the translation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from aligner.formats.exchange.xliff.entries import About
from aligner.formats.exchange.xliff.parsing import child, children, text

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

PROPERTIES, ATTRIBUTES = "aligner:properties", "aligner:attributes"
CHECK = "aligner:check"  # the category of a note that is an x-issue

_TERM = re.compile(r"(?P<source>.+?) → (?P<target>.+?)(?: \((?P<about>[^()]+)\))?")


def of_file(file: Element) -> About:
    """What a file says of itself."""
    about = About()
    tell(file, about, {})
    return about


def tell(node: Element, about: About, parts: Mapping[str, About]) -> None:
    """Put the notes and metadata of an element where they belong.

    Args:
        node: a unit or file.
        about: takes what is about all of it.
        parts: take what is about the "source" or the "target".
    """
    for notes in children(node, "notes"):
        for note in children(notes, "note"):
            mine = parts.get(note.get("appliesTo", ""), about)
            if note.get("category") == CHECK:
                mine.props.append(("x-issue", text(note)))
            else:
                mine.notes.append(text(note))
    for metadata in children(node, "metadata"):
        for group in children(metadata, "metaGroup"):
            _tell_group(group, about, parts)


def _tell_group(group: Element, about: About, parts: Mapping[str, About]) -> None:
    mine = parts.get(group.get("appliesTo", ""), about)
    category = group.get("category", "")
    for meta in children(group, "meta"):
        kind, value = meta.get("type", ""), text(meta)
        if category == ATTRIBUTES:
            mine.attributes.append((kind, value))
        elif category == PROPERTIES or kind.startswith("x-"):
            mine.props.append((kind, value))
        else:
            mine.props.append((f"x-{kind}", value))
    for inner in children(group, "metaGroup"):
        _tell_group(inner, mine, parts)


def terms(entry: Element) -> Iterator[str]:
    """The terms that a glossary entry holds."""
    source = text(child(entry, "term"))
    for one in children(entry, "translation"):
        about = one.get("source", "")
        yield f"{source} → {text(one)}" + (f" ({about})" if about else "")


def term_parts(term: str) -> tuple[str, str, str] | None:
    """Source, target and what is known of a term; none if a glossary would change it."""
    found = _TERM.fullmatch(term)
    return (found["source"], found["target"], found["about"] or "") if found else None
