"""The records that the elements of a TMX file hold."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from aligner.entries import Entry, Header, Pairs, Variant, plain
from aligner.formats.exchange.parsing import line_of, name_of
from aligner.formats.exchange.tmx.inline import attributes as attributes_of
from aligner.formats.exchange.tmx.inline import content, renamed
from aligner.formats.exchange.tmx.inline import text as text_of
from aligner.languages.codes import language

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_language = lru_cache(1 << 10)(language)


def header(node: Element) -> Header:
    """What the `header` says."""
    props, notes, _ = _about(node)
    return Header(_language(node.get("srclang", "")), props, notes, attributes_of(node))


def entry(node: Element, default: str) -> Entry:
    """The unit in a `tu`.

    Args:
        node: the element.
        default: the source language, if it does not name its own.

    Raises:
        TooDeep: as `content`.
    """
    attributes = attributes_of(node)
    said = dict(attributes)
    props, notes, others = _about(node)
    variants = [variant(child) for child in others if name_of(child.tag) == "tuv"]
    return Entry(
        said.get("tuid", ""),
        tuple(variants),
        _language(said["srclang"]) if "srclang" in said else default,
        props,
        notes,
        attributes,
        line_of(node),
    )


def variant(node: Element) -> Variant:
    """The text in a `tuv`, with all that is said of it.

    Raises:
        TooDeep: as `content`.
    """
    attributes, lang = named(tuple(node.items()))
    props: Pairs = ()
    notes: tuple[str, ...] = ()
    seg = None
    # A list of its children is made faster than an iterator.
    for child in node[:]:  # type: ignore[index]
        name = name_of(child.tag)
        if name == "seg":
            seg = child if seg is None else seg
        elif name == "prop":
            props += (prop(child),)
        elif name == "note":
            notes += (text_of(child),)
    if seg is None or not len(seg):
        return Variant(lang, "" if seg is None else seg.text or "", (), props, notes, attributes)
    inside = content(seg)
    if all(isinstance(part, str) for part in inside):  # entities; all is text
        return Variant(lang, plain(inside), (), props, notes, attributes)
    return Variant(lang, plain(inside), inside, props, notes, attributes)


@lru_cache(1 << 12)
def named(items: Pairs) -> tuple[Pairs, str]:
    """The attributes of a variant, and its language: most units have the same as others."""
    attributes = renamed(items)
    said = dict(attributes)
    return attributes, language(said.get("xml:lang") or said.get("lang", ""))


def _about(node: Element) -> tuple[Pairs, tuple[str, ...], list[Element]]:
    """The properties and notes of an element, and its other children."""
    props: Pairs = ()
    notes: tuple[str, ...] = ()
    others = []
    for child in node[:]:  # type: ignore[index]
        name = name_of(child.tag)
        if name == "prop":
            props += (prop(child),)
        elif name == "note":
            notes += (text_of(child),)
        else:
            others.append(child)
    return props, notes, others


def prop(node: Element) -> tuple[str, str]:
    """The type and the value of a `prop`."""
    return node.get("type", ""), text_of(node)
