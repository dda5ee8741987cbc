"""XLIFF 1.2, and 1.0 and 1.1 where they are read, whoever wrote it.

    for entry in v12.read("article.xlf").entries:
        print(entry.tuid, [variant.text for variant in entry.variants])

Standard: XLIFF 1.2 (OASIS, 2008), http://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html. What
Trados Studio (SDLXLIFF) and memoQ (MQXLIFF) say in elements of their own of who translated a
segment is understood, too. A unit that is cut into segments gives an entry for each, with the tuid
"unit:segment". What stands in a group beside its units, and binary units, are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from aligner.entries import Bundle, Entry, Header, plain
from aligner.formats.exchange.parsing import line_of
from aligner.formats.exchange.xliff import contexts, inlines, vendors
from aligner.formats.exchange.xliff.entries import Candidate, Seen, State, entry, lang, moment
from aligner.formats.exchange.xliff.parsing import (
    XML_LANG,
    child,
    children,
    local,
    text,
    units,
    version,
)

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAMES = {"xliff-1.2": ".xlf"}

_APPROVED = {"translated", "final", "signed-off"}
_ORIGINS = {  # by state-qualifier
    "mt-suggestion": "mt",
    "leveraged-mt": "mt",
    "tm-suggestion": "tm",
    "leveraged-tm": "tm",
    "leveraged-inherited": "tm",
    "leveraged-repository": "tm",
    "exact-match": "tm",
    "fuzzy-match": "tm",
    "id-match": "tm",
}
_ROLES = {  # of our own candidates, by alttranstype
    "accepted": "used",
    "proposal": "draft",
    "reference": "alternative",
}
_NO_DOCUMENT = "unknown"  # what stands where `original` must, and there is none


def is_mine(beginning: bytes) -> bool:
    """Whether a file begins as XLIFF 1 does."""
    return version(beginning) == 1


def write(file: BinaryIO, bundle: Bundle, name: str, langs: Sequence[str] = ()) -> tuple[str, ...]:
    """Write a bundle as XLIFF 1.2; see `aligner.formats.exchange.xliff.v12_write`."""
    from aligner.formats.exchange.xliff import v12_write

    return v12_write.write(file, bundle, name, langs)


def read(source: str | Path) -> Bundle:
    """Read the units of an XLIFF 1 file in order; memory does not grow with their number.

    Args:
        source: the file, packed with gzip or zip or not; "-" for standard input.

    Raises:
        InputError: the file cannot be opened, is no XLIFF 1, or is damaged; the units before the
            damage are given first. It names the line and the reason.
    """
    items = _items(source)
    header = cast(Header, next(items))
    return Bundle(cast("Iterator[Entry]", items), header)


def _items(source: str | Path) -> Iterator[Header | Entry]:
    is_first = True
    for node in units(source, 1):
        if is_first:
            yield _header(node)
            is_first = False
        if local(node) != "xliff":
            yield from map(entry, _segments(node))


def _around(node: Element, name: str) -> Element | None:
    return next(node.iterancestors(f"{{*}}{name}"), None)


def _header(node: Element) -> Header:
    """What the first file says of itself."""
    file = child(node, "file") if local(node) == "xliff" else _around(node, "file")
    if file is None:
        return Header()
    header = child(file, "header")
    tool = None if header is None else child(header, "tool")
    notes = [] if header is None else list(children(header, "note"))
    attributes = {
        "creationtool": "" if tool is None else tool.get("tool-name", ""),
        "creationtoolversion": "" if tool is None else tool.get("tool-version", ""),
        "creationdate": moment(file.get("date", "")),
        "o-tmf": "XLIFF",
        "srclang": file.get("source-language", ""),
        "datatype": file.get("datatype", ""),
    }
    return Header(
        source_lang=lang(file.get("source-language", "")),
        props=tuple((_kind(note), text(note)) for note in notes if _kind(note)),
        notes=tuple(text(note) for note in notes if not _kind(note)),
        attributes=tuple((name, value) for name, value in attributes.items() if value),
    )


def _kind(note: Element) -> str:
    """The type of the property that a note of the header is, "" if it is none."""
    return contexts.property_of(note.get("from", ""))


def _segments(node: Element) -> Iterator[Seen]:
    """The segments of a unit: one, if it is not cut."""
    source, target = child(node, "source"), child(node, "target")
    cut = _marks(child(node, "seg-source"))
    cut_target = _marks(target)
    is_cut = bool(cut) and (target is None or bool(cut_target) or not text(target).strip())
    if not is_cut:
        yield _seen(node, "", source, target, ())
        return
    mids = list(dict.fromkeys((*cut, *cut_target)))
    for mid in mids:
        yield _seen(node, mid, cut.get(mid), cut_target.get(mid), mids)


def _marks(node: Element | None) -> dict[str, Element]:
    """The segments in an element, by mid."""
    if node is None:
        return {}
    marks = (one for one in node.iter("{*}mrk") if one.get("mtype") == "seg")
    return {one.get("mid", ""): one for one in marks}


def _seen(
    node: Element, mid: str, source: Element | None, target: Element | None, mids: Sequence[str]
) -> Seen:
    id_ = node.get("id", "")
    seen = Seen(
        tuid=f"{id_}:{mid}" if len(mids) > 1 else id_,
        source=None if source is None else inlines.read12(source),
        target=None if target is None else inlines.read12(target),
        langs=_langs(node),
        line=line_of(node),
    )
    seen.state = _state(node, mid)
    seen.candidates = tuple(_candidates(node, mid, mids))
    _tell_of(node, seen)
    for about, marked in ((seen.of_source, source), (seen.of_target, target)):
        about.notes += () if marked is None else _comments(marked)
    return seen


def _comments(node: Element) -> Iterator[str]:
    """What is said of parts of a text."""
    return filter(None, (mark.get("comment", "") for mark in node.iter("{*}mrk")))


def _langs(node: Element) -> tuple[str, str]:
    file = _around(node, "file")
    codes = []
    for name in ("source", "target"):
        text_ = child(node, name)
        code = "" if file is None else file.get(f"{name}-language", "")
        codes.append(code or ("" if text_ is None else text_.get(XML_LANG, "")))
    return codes[0], codes[1]


def _state(node: Element, mid: str) -> State:
    target = child(node, "target")
    state = "" if target is None else target.get("state", "")
    told = "" if target is None else target.get("state-qualifier", "")
    editor, edited = _phase(node, target)
    mine = State(
        approved=node.get("approved") == "yes" or state in _APPROVED,
        origin=_ORIGINS.get(told, ""),
        editor=editor,
        edited=edited,
    )
    return vendors.state(node, mid) or mine


def _phase(node: Element, target: Element | None) -> tuple[str, str]:
    """Who worked on a target, and when, as the header tells."""
    name = "" if target is None else target.get("phase-name", "")
    file = _around(node, "file") if name else None
    header = None if file is None else child(file, "header")
    group = None if header is None else child(header, "phase-group")
    for phase in () if group is None else children(group, "phase"):
        if phase.get("phase-name") == name:
            return phase.get("contact-name", ""), moment(phase.get("date", ""))
    return "", ""


def _candidates(node: Element, mid: str, mids: Sequence[str]) -> Iterator[Candidate]:
    for one in children(node, "alt-trans"):
        target = child(one, "target")
        of = one.get("mid", mid if len(mids) < 2 else None)
        if target is None or of != mid:
            continue
        told = _ORIGINS.get(target.get("state-qualifier", ""), "")
        is_ours = one.get("tool-id") == "aligner"
        maker = one.get("origin", "")
        yield Candidate(
            text=plain(inlines.read12(target)),
            origin=told or ("mt" if maker.lower() in {"mt", "machine translation"} else ""),
            quality=one.get("match-quality", ""),
            maker=maker,
            role=_ROLES.get(one.get("alttranstype", "proposal"), "") if is_ours else "",
        )


def _tell_of(node: Element, seen: Seen) -> None:
    """Properties, attributes and notes of a segment."""
    file = _around(node, "file")
    document = "" if file is None else file.get("original", "")
    kind = node.get("restype", "")
    given = {
        "x-document": "" if document == _NO_DOCUMENT else document,
        "x-kind": kind.removeprefix("x-"),
        "x-resname": node.get("resname", ""),
        "x-translate": node.get("translate", "").removeprefix("yes"),
    }
    seen.unit.props += [(name, value) for name, value in given.items() if value]
    for note in children(node, "note"):
        about = {"source": seen.of_source, "target": seen.of_target}.get(
            note.get("annotates", ""), seen.unit
        )
        if note.get("from") == contexts.CHECK:
            seen.of_target.props.append(("x-issue", text(note)))
        else:
            about.notes.append(text(note))
    for group in children(node, "context-group"):
        contexts.tell(group, seen)
    for group in children(node, "prop-group"):  # of versions before 1.2
        seen.unit.props += [
            (f"x-{one.get('prop-type', '')}", text(one)) for one in children(group, "prop")
        ]
