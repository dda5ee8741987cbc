"""What the writers of XLIFF share: its two languages, its files, what is lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, islice
from typing import TYPE_CHECKING

from aligner.entries import Bundle, Content, Entry, Inline, Pairs, Variant
from aligner.formats.exchange.losses import OTHERS, REPEATED, Losses
from aligner.formats.exchange.xliff.entries import Candidate
from aligner.formats.xml import legal

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_AHEAD = 1000  # units in which the target language must show
_CODE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
TOKEN = re.compile(r"[A-Za-z0-9._:-]+")  # of NMTOKEN what every validator takes for one
TOKEN_REST = re.compile(r"[^A-Za-z0-9._:-]")
_SPACE = re.compile(r"^\s|\s$|\s\s|[^\S ]")


@dataclass(frozen=True, slots=True)
class Languages:
    """The two languages of a file: as entries name them, and as BCP 47 codes."""

    source: str
    target: str
    source_code: str
    target_code: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A unit as XLIFF has it: a source, and a target if there is one."""

    entry: Entry
    source: Variant
    target: Variant | None


def begun(bundle: Bundle, langs: Sequence[str]) -> tuple[Languages, Iterator[Entry]]:
    """The languages of a file, and its entries.

    Args:
        bundle: its first entries show the languages that are not given.
        langs: source and target, or the target alone.
    """
    first = list(islice(bundle.entries, 1))
    while len(first) < _AHEAD and (not first or not first[-1].targets()):
        more = list(islice(bundle.entries, 1))
        if not more:
            break
        first += more
    sources = [one for one in (entry.source() for entry in first) if one]
    source = sources[0].lang if sources else bundle.header.source_lang
    if len(langs) > 1 and source not in langs:
        source = langs[0]
    others = [one for entry in first for one in entry.variants if one is not entry.source()]
    # A file may be from one kind of a language into another: en-US, en-GB.
    wanted = next((lang for lang in langs if lang != source), None)
    target = wanted if wanted is not None else others[0].lang if others else ""
    variants = [one for entry in first for one in entry.variants if one not in others]
    source_code = _code(source, variants) or "und"
    target_code = _code(target, others) or ("und" if others else "")
    return Languages(source, target, source_code, target_code), chain(first, bundle.entries)


def _code(lang: str, variants: Iterable[Variant]) -> str:
    """The code of a language as its texts give it, in the spelling of BCP 47."""
    for one in variants:
        told = dict(one.attributes)
        code = (told.get("xml:lang") or told.get("lang") or "").strip().replace("_", "-")
        if one.lang == lang and _CODE.fullmatch(code):
            return code
    return lang if _CODE.fullmatch(lang) else ""


def documents(entries: Iterable[Entry]) -> Iterator[tuple[str, Iterator[Entry]]]:
    """The entries that follow one another in a document, with its name."""
    yield from groupby(entries, lambda entry: told(entry.props, "x-document"))


def told(props: Iterable[tuple[str, str]], name: str) -> str:
    """The first property of a type, "" if there is none."""
    return next((value for key, value in props if key == name), "")


def pair(entry: Entry, languages: Languages, losses: Losses) -> Pair | None:
    """What XLIFF can hold of a unit; none if it has no text in the source language."""
    source = entry.variant(languages.source)
    if source is None:
        losses.add("texts without a source")
        return None
    rest = (one for one in entry.variants if one is not source)
    target = next((one for one in rest if one.lang == languages.target), None)
    left = {one.lang for one in entry.variants if one is not source and one is not target}
    mine = {languages.source, languages.target}
    losses.add(*([OTHERS] if left - mine else []), *([REPEATED] if left & mine else []))
    return Pair(entry, source, target)


def split_props(
    props: Pairs, is_placed: Callable[[str, str], bool]
) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The properties for which there is a place, the first of each type, and the others."""
    placed: dict[str, str] = {}
    rest: list[tuple[str, str]] = []
    for name, value in props:
        if name not in placed and is_placed(name, value):
            placed[name] = value
        else:
            rest.append((name, value))
    return placed, rest


def without_lang(attributes: Pairs) -> list[tuple[str, str]]:
    """The attributes but the language."""
    return [pair for pair in attributes if pair[0] not in {"xml:lang", "lang"}]


def set_all(element: Element, attributes: Mapping[str, str]) -> None:
    """Set the attributes that have a value."""
    for name, value in attributes.items():
        if value:
            element.set(name, legal(value))


def content(variant: Variant) -> Content:
    """The text of a variant with its codes."""
    return variant.inline or ((variant.text,) if variant.text else ())


def keeps_space(pair: Pair) -> bool:
    """Whether white space counts in a unit, and must be kept as it is."""
    texts = (pair.source.text, pair.target.text if pair.target else "")
    return any(map(_SPACE.search, texts))


def has_sub(inline: Content) -> bool:
    """Whether a text stands within a code."""
    return any(
        isinstance(part, Inline) and (part.name == "sub" or has_sub(part.content))
        for part in inline
    )


class Names:
    """Gives the units of a file ids that differ.

    It holds what it has given: of a file with millions of units, some 100 bytes for each.
    """

    def __init__(self) -> None:
        self._given: set[str] = set()
        self._number = 0

    def of(self, wish: str) -> str:
        """The id that is wished for, or the next like it that is free."""
        self._number += 1
        name = wish or str(self._number)
        while name in self._given:
            self._number += 1
            name = f"{wish}-{self._number}" if wish else str(self._number)
        self._given.add(name)
        return name


def node(tag: str, attributes: dict[str, str], text: str = "") -> Element:
    """An element with text; attributes without a value are left out."""
    from lxml import etree

    element = etree.Element(tag, {k: legal(v) for k, v in attributes.items() if v})
    if text:
        element.text = legal(text)
    return element


def append_text(parent: Element, text: str) -> None:
    """Put a text behind what an element holds."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def indented(element: Element, depth: int, whole: frozenset[str]) -> Element:
    """Put each child on its own line, but nothing into elements in which white space is text."""
    if element.tag not in whole and len(element):
        element.text = "\n" + "  " * (depth + 1)
        for one in element:
            one.tail = element.text
            indented(one, depth + 1, whole)
        element[-1].tail = "\n" + "  " * depth
    return element


def candidates(held: Pair) -> Iterator[Candidate]:
    """What a target was filled with, the draft of what a person wrote, and alternatives."""
    if held.target is None:
        return
    props = held.target.props
    origin, draft = told(props, "x-origin"), told(props, "x-draft")
    match = told(props, "x-match")
    kind = origin if origin in {"mt", "tm"} else "tm" if match else "mt"
    quality = _percent(match, 1) if kind == "tm" else _percent(told(props, "x-confidence"), 100)
    maker = (
        told(props, "x-memory")
        if kind == "tm"
        else told(props, "x-model") or told(props, "x-engine")
    )
    if origin in {"mt", "tm"}:
        yield Candidate(held.target.text, kind, quality, maker, "used")
    if draft:
        yield Candidate(draft, kind, quality, maker, "draft")
    for name, value in props:
        if name == "x-alternative":
            yield Candidate(value, role="alternative")


def _percent(number: str, times: int) -> str:
    """A number in percent, 100 at most; "" for what is none."""
    try:
        value = float(number) * times
    except ValueError:
        return ""
    return f"{min(value, 100.0):.2f}" if value >= 0 else ""
