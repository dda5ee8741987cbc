"""The texts of a TMX file, and what counting needs beside: half the work of reading its units."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from aligner.entries import Header, Pairs
from aligner.formats.exchange import tmx
from aligner.formats.exchange.opened import opened
from aligner.formats.exchange.tmx_inline import name_of
from aligner.formats.exchange.utf8 import Utf8
from aligner.formats.source import name as source_name
from aligner.languages.codes import language

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


class Texts(NamedTuple):
    """The texts of a unit.

    Attributes:
        source_lang: as `Entry.source_lang`.
        texts: language and text of each variant.
        details: attributes and properties of the unit and of its variants, those that have some.
        has_inline: whether a text has inline codes.
    """

    source_lang: str
    texts: list[tuple[str, str]]
    details: list[tuple[Pairs, Pairs]]
    has_inline: bool


def read(source: str | Path) -> tuple[Header, Iterator[Texts]]:
    """Read the header, and the texts of a TMX file unit by unit; else as `tmx.read`."""
    items = _items(source)
    return cast(Header, next(items)), cast("Iterator[Texts]", items)


def _items(source: str | Path) -> Iterator[Header | Texts]:
    where = source_name(source)
    header: Header | None = None
    with opened(source, ".tmx") as file:
        for node in tmx._nodes(Utf8(file, where), where):
            is_unit = name_of(node.tag) == "tu"
            if header is None:
                header = Header() if is_unit else tmx._header(node)
                yield header
            if is_unit:
                yield _texts(node, header.source_lang)
    if header is None:
        yield Header()


def _texts(unit: Element, default: str) -> Texts:
    texts: list[tuple[str, str]] = []
    attributes = cast(Pairs, unit.items())
    details: list[tuple[Pairs, Pairs]] = [(attributes, ())] if attributes else []
    has_inline = False
    for child in unit[:]:  # a list of its children is made faster than an iterator
        name = name_of(child.tag)
        if name == "tuv":
            inner = child[:]
            if len(inner) == 1 and inner[0].tag == "seg" and not len(inner[0]):  # nearly all
                attributes, lang = tmx._named(tuple(child.items()))  # type: ignore[arg-type]
                texts.append((lang, inner[0].text or ""))
                if len(attributes) > 1:
                    details.append((attributes, ()))
            else:
                variant = tmx._variant(child)
                texts.append((variant.lang, variant.text))
                details.append((variant.attributes, variant.props))
                has_inline = has_inline or bool(variant.inline)
        elif name == "prop":
            details.append(((), (tmx._prop(child),)))
    said = unit.get("srclang")
    return Texts(default if said is None else language(said), texts, details, has_inline)
