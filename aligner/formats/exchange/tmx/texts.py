"""The texts of a TMX file, and some of what is said of them: half the work of reading its units."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from aligner.entries import Header, Pairs
from aligner.formats.exchange.parsing import name_of
from aligner.formats.exchange.tmx.elements import named, variant
from aligner.formats.exchange.tmx.inline import text as text_of
from aligner.formats.exchange.tmx.reading import items
from aligner.languages.codes import language

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


class Texts(NamedTuple):
    """The texts of a unit.

    Attributes:
        source_lang: as `Entry.source_lang`.
        texts: language and text of each variant.
        has_inline: whether a text has inline codes.
        attributes: the values of the attributes asked for, in the unit and in its variants.
        props: the values of the property asked for, likewise.
    """

    source_lang: str
    texts: list[tuple[str, str]]
    has_inline: bool
    attributes: list[str]
    props: list[str]


def read(
    source: str | Path, attributes: frozenset[str] = frozenset(), prop: str = ""
) -> tuple[Header, Iterator[Texts]]:
    """Read the header, and the texts of a TMX file unit by unit; else as `tmx.read`.

    Args:
        source: the file; "-" for standard input.
        attributes: the names of those whose values are wanted.
        prop: the type of the properties whose values are wanted.
    """
    return items(source, partial(_texts, attributes, prop))


def _texts(wanted: frozenset[str], type_: str, unit: Element, default: str) -> Texts:
    texts: list[tuple[str, str]] = []
    values = [str(value) for name, value in unit.items() if name in wanted]
    props: list[str] = []
    has_inline = False
    # A list of its children is made faster than an iterator.
    for child in unit[:]:  # type: ignore[index]
        name = name_of(child.tag)
        if name == "tuv":
            lang, found = _about(tuple(child.items()), wanted)
            if found:
                values += found
            seg = None
            for inner in child[:]:  # type: ignore[index]
                name = name_of(inner.tag)
                if name == "seg":
                    seg = inner if seg is None else seg
                elif name == "prop" and inner.get("type") == type_:
                    props.append(text_of(inner))
            if seg is None or not len(seg):  # nearly all
                texts.append((lang, "" if seg is None else seg.text or ""))
            else:
                whole = variant(child)
                texts.append((lang, whole.text))
                has_inline = has_inline or bool(whole.inline)
        elif name == "prop" and child.get("type") == type_:
            props.append(text_of(child))
    said = unit.get("srclang")
    return Texts(default if said is None else language(said), texts, has_inline, values, props)


@lru_cache(1 << 12)
def _about(attributes: Pairs, wanted: frozenset[str]) -> tuple[str, tuple[str, ...]]:
    """The language of a variant, and the values of the attributes wanted: most come again."""
    said, lang = named(attributes)
    return lang, tuple(value for name, value in said if name in wanted)
