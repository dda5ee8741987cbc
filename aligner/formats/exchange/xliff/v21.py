"""XLIFF 2.1, and 2.0 and the core of 2.2 where they are read, whoever wrote it.

    for entry in v21.read("article.xlf").entries:
        print(entry.tuid, [variant.text for variant in entry.variants])

Standard: XLIFF 2.1 (OASIS, 2018), https://docs.oasis-open.org/xliff/xliff-core/v2.1/ with its
modules Translation Candidates (`mtc`), Glossary (`gls`), Metadata (`mda`) and ITS. A unit of
several segments gives an entry for each, with the tuid "unit:segment". White space between the
segments (`ignorable`), editing hints of codes, and what stands in a group beside its units are left
out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from aligner.entries import Bundle, Entry, Header, plain
from aligner.formats.exchange.parsing import line_of
from aligner.formats.exchange.xliff import inlines, noted
from aligner.formats.exchange.xliff.entries import About, Candidate, Seen, State, entry, lang
from aligner.formats.exchange.xliff.parsing import (
    attribute,
    child,
    children,
    local,
    units,
    version,
)

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAMES = {"xliff-2.1": ".xlf"}

_APPROVED = {"reviewed", "final"}
_APPROVED_OF_OURS = {"translated", *_APPROVED}  # we leave the machine's texts "initial"
_OURS = "aligner:"
_ORIGINS = {"mt": "mt", "am": "mt", "tm": "tm", "icm": "tm", "idm": "tm"}  # by mtc:match/@type


def is_mine(beginning: bytes) -> bool:
    """Whether a file begins as XLIFF 2 does."""
    return version(beginning) == 2


def write(file: BinaryIO, bundle: Bundle, name: str, langs: Sequence[str] = ()) -> tuple[str, ...]:
    """Write a bundle as XLIFF 2.1; see `aligner.formats.exchange.xliff.v21_write`."""
    from aligner.formats.exchange.xliff import v21_write

    return v21_write.write(file, bundle, name, langs)


def read(source: str | Path) -> Bundle:
    """Read the units of an XLIFF 2 file in order; memory does not grow with their number.

    Args:
        source: the file, packed with gzip or zip or not; "-" for standard input.

    Raises:
        InputError: the file cannot be opened, is no XLIFF 2, or is damaged; the units before the
            damage are given first. It names the line and the reason.
    """
    items = _items(source)
    header = cast(Header, next(items))
    return Bundle(cast("Iterator[Entry]", items), header)


def _items(source: str | Path) -> Iterator[Header | Entry]:
    is_first = True
    for node in units(source, 2):
        if is_first:
            yield _header(node)
            is_first = False
        if local(node) != "xliff":
            yield from map(entry, _segments(node))


def _around(node: Element, name: str) -> Element:
    """The element with a name that a unit stands in; the unit itself if it stands in none."""
    return next(node.iterancestors(f"{{*}}{name}"), node)


def _header(node: Element) -> Header:
    """What the first file says of itself."""
    root = node.getroottree().getroot()
    file = child(root, "file")
    meta = About() if file is None else noted.of_file(file)
    source = root.get("srcLang", "")
    told = dict(meta.attributes) | {"o-tmf": "XLIFF", "srclang": source}
    return Header(
        source_lang=lang(source),
        props=tuple(meta.props),
        notes=tuple(meta.notes),
        attributes=tuple((name, value) for name, value in told.items() if value),
    )


def _segments(node: Element) -> Iterator[Seen]:
    data = _data(child(node, "originalData"))
    segments = list(children(node, "segment"))
    for number, segment in enumerate(segments, 1):
        yield _seen(node, segment, number if len(segments) > 1 else 0, data)


def _data(node: Element | None) -> dict[str, str]:
    """The original data of a unit, by id."""
    if node is None:
        return {}
    return {one.get("id", ""): plain(inlines.read2(one, {})) for one in children(node, "data")}


def _seen(node: Element, segment: Element, number: int, data: Mapping[str, str]) -> Seen:
    """A segment of a unit.

    Args:
        node: the unit.
        segment: the segment.
        number: its place among the segments, from 1; 0 if it is the only one.
        data: the original data of the unit.
    """
    source, target = child(segment, "source"), child(segment, "target")
    root, id_ = _around(node, "xliff"), node.get("id", "")
    seen = Seen(
        tuid=f"{id_}:{segment.get('id') or number}" if number else id_,
        source=None if source is None else inlines.read2(source, data),
        target=None if target is None else inlines.read2(target, data),
        langs=(root.get("srcLang", ""), root.get("trgLang", "")),
        line=line_of(segment) if number else line_of(node),
    )
    seen.candidates = tuple(_candidates(node, segment, is_only=not number))
    is_filled = any(one.role == "used" for one in seen.candidates)
    seen.state = State(
        approved=segment.get("state") in (_APPROVED_OF_OURS if is_filled else _APPROVED),
        origin=_origin(segment.get("subState", "")),
    )
    _tell_of(node, seen)
    for about, marked in ((seen.of_source, source), (seen.of_target, target)):
        about.notes += () if marked is None else _comments(marked)
    confidence = "" if target is None else _confidence(target)
    if confidence and not seen.of_target.told("x-confidence"):
        seen.of_target.props.append(("x-confidence", confidence))
    return seen


def _origin(sub_state: str) -> str:
    told = sub_state.removeprefix(_OURS)
    return told if told in {"mt", "tm"} else ""


def _comments(node: Element) -> Iterator[str]:
    """What is said of parts of a text; comments that refer to a note are notes of the unit."""
    marks = (one for one in node.iter("{*}mrk", "{*}sm") if one.get("type") == "comment")
    return filter(None, (one.get("value", "") for one in marks))


def _confidence(target: Element) -> str:
    """What ITS says of the confidence of the machine."""
    told = (attribute(one, "mtConfidence") for one in target.iter("{*}mrk", "{*}sm"))
    return next(filter(None, told), "")


def _candidates(node: Element, segment: Element, *, is_only: bool) -> Iterator[Candidate]:
    ids = {one.get("id") for one in segment.iter() if one.get("id")}
    for matches in children(node, "matches"):
        for one in children(matches, "match"):
            target = child(one, "target")
            is_here = is_only or one.get("ref", "").rpartition("#")[2].rpartition("=")[2] in ids
            if target is None or not is_here or one.get("reference") == "yes":
                continue
            data = _data(child(one, "originalData"))
            sub = one.get("subType", "")
            yield Candidate(
                text=plain(inlines.read2(target, data)),
                origin=_ORIGINS.get(one.get("type", ""), ""),
                quality=one.get("matchQuality", "") or one.get("similarity", ""),
                maker=one.get("origin", ""),
                role=sub.removeprefix(_OURS) if sub.startswith(_OURS) else "",
            )


def _tell_of(node: Element, seen: Seen) -> None:
    """Properties, attributes and notes of a segment."""
    abouts = {"source": seen.of_source, "target": seen.of_target}
    noted.tell(node, seen.unit, abouts)
    name, kind = node.get("name", ""), node.get("type", "")
    is_tuid = ("tuid", name) in seen.unit.attributes  # there for people
    given = {
        "x-document": _around(node, "file").get("original", ""),
        "x-kind": kind.removeprefix(_OURS),
        "x-resname": "" if is_tuid else name,
        "x-translate": node.get("translate", "").removeprefix("yes"),
    }
    seen.unit.props[:0] = [(name, value) for name, value in given.items() if value]
    for glossary in children(node, "glossary"):
        for one in children(glossary, "glossEntry"):
            seen.of_target.props += [("x-term", term) for term in noted.terms(one)]
