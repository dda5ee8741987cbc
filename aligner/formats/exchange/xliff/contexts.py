"""Properties and attributes of TMX as `context` elements of XLIFF 1.2.

The strict schema allows no attributes and elements of others, so that these are what is left for
what XLIFF has no name for:

    <context-group purpose="information x-target">
      <context context-type="x-model">translate-en_ru-0_1</context>

The purpose says what they are about, x-unit, x-source or x-target. A name that is no legal type, or
that of an attribute, is given as "x-tmx-prop-" or "x-tmx-attr-" and the name, percent-encoded.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from aligner.formats.exchange.xliff.entries import About, Seen
from aligner.formats.exchange.xliff.parsing import children, text

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

CHECK = "aligner: check"  # who says a note that is an x-issue

_LEGAL = re.compile(r"x-(?!tmx-)\S+")
_PROPERTY, _ATTRIBUTE = "x-tmx-prop-", "x-tmx-attr-"


def tell(group: Element, seen: Seen) -> None:
    """Put the contexts of a group where they belong."""
    purpose = group.get("purpose", "").split()
    abouts = {"x-source": seen.of_source, "x-target": seen.of_target, "x-unit": seen.unit}
    about = next((abouts[word] for word in purpose if word in abouts), None)
    for context in children(group, "context"):
        kind = context.get("context-type", "")
        _put(about or seen.unit, kind if about else _ours(kind), text(context))


def property_type(name: str) -> str:
    """A legal type for a property."""
    return name if _LEGAL.fullmatch(name) else f"{_PROPERTY}{_quoted(name)}"


def property_of(kind: str) -> str:
    """The property that a type stands for, "" if it is none."""
    if kind.startswith(_PROPERTY):
        return unquote(kind.removeprefix(_PROPERTY))
    return kind if _LEGAL.fullmatch(kind) else ""


def attribute_type(name: str) -> str:
    """A legal type for an attribute."""
    return f"{_ATTRIBUTE}{_quoted(name)}"


def _ours(kind: str) -> str:
    """A name as properties have it, for a context that another tool wrote."""
    return kind if kind.startswith("x-") else f"x-{kind}"


def _put(about: About, kind: str, value: str) -> None:
    if kind.startswith(_ATTRIBUTE):
        about.attributes.append((unquote(kind.removeprefix(_ATTRIBUTE)), value))
    else:
        about.props.append((property_of(kind) or kind, value))


def _quoted(name: str) -> str:
    return quote(name, safe="", errors="replace")
