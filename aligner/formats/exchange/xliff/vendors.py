"""What Trados Studio, memoQ and Phrase say of a segment in their own elements and attributes."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from aligner.formats.exchange.xliff.entries import State, moment
from aligner.formats.exchange.xliff.parsing import attribute, local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SDL, _MEMOQ = "http://sdl.com/FileTypes/SdlXliff/1.0", "MQXliff"
_PHRASE = "http://www.memsource.com/mxlf/2.0"
_SDL_DATE = re.compile(r"(\d\d)/(\d\d)/(\d{4}) (\d\d):(\d\d):(\d\d)")  # month first

# What Studio calls the origin → ours.
_SDL_ORIGINS = {
    "mt": "mt",
    "nmt": "mt",
    "amt": "mt",
    "tm": "tm",
    "document-match": "tm",
    "auto-propagated": "tm",
    "interactive": "human",
}
_SDL_APPROVED = {"Translated", "ApprovedTranslation", "ApprovedSignOff"}
_MEMOQ_ORIGINS = {"MachineTranslated": "mt", "Pretranslated": "tm", "PreTranslated": "tm"}
_MEMOQ_APPROVED = re.compile("Confirmed|Proofread")


def state(node: Element, mid: str) -> State | None:
    """What a tool says of the segment of a unit, if it says anything.

    Args:
        node: the unit.
        mid: the id of its segment, "" if it is not cut.
    """
    for one in node.iter(f"{{{_SDL}}}seg"):
        if not mid or one.get("id") == mid:
            return _studio(one)
    said = {_namespace(str(key)) for key in node.attrib}
    if _MEMOQ in said and attribute(node, "status"):
        return _memoq(node)
    return _phrase(node) if _PHRASE in said else None


def _namespace(name: str) -> str:
    return name[1:].partition("}")[0] if name.startswith("{") else ""


def _studio(node: Element) -> State:
    values = {one.get("key", ""): one.text or "" for one in node if local(one) == "value"}
    origin = _SDL_ORIGINS.get(node.get("origin", ""), "")
    before = next((one for one in node if local(one) == "prev-origin"), None)
    if origin == "human" and before is not None:
        origin = _SDL_ORIGINS.get(before.get("origin", ""), "") or origin
    date = _SDL_DATE.fullmatch(values.get("modified_on", ""))
    return State(
        approved=node.get("conf", "") in _SDL_APPROVED,
        origin="" if origin == "human" else origin,
        match=node.get("percent", "") if origin == "tm" else "",
        editor=values.get("last_modified_by", ""),
        edited="{2}{0}{1}T{3}{4}{5}Z".format(*date.groups()) if date else "",
    )


def _memoq(node: Element) -> State:
    status = attribute(node, "status")
    origin = _MEMOQ_ORIGINS.get(status, "")
    return State(
        approved=bool(_MEMOQ_APPROVED.search(status)),
        origin=origin,
        match=attribute(node, "percent") if origin == "tm" else "",
        editor=attribute(node, "translatorcommitusername") or attribute(node, "lastchanginguser"),
        edited=moment(attribute(node, "lastchangedtimestamp")),
    )


def _phrase(node: Element) -> State:
    origin = attribute(node, "trans-origin")
    try:
        match = f"{float(attribute(node, 'score')) * 100:.0f}" if origin == "tm" else ""
        edited = int(attribute(node, "modified-at")) / 1000  # since 1970
        date = datetime.fromtimestamp(edited, UTC).strftime("%Y%m%dT%H%M%SZ")
    except (ValueError, OverflowError):
        match = date = ""
    return State(
        approved=attribute(node, "confirmed") == "1",
        origin=origin if origin in {"mt", "tm"} else "",
        match=match,
        editor=attribute(node, "modified-by"),
        edited=date,
    )
