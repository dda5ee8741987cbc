"""Which of two translations to keep."""

from __future__ import annotations

import re
from enum import IntEnum, StrEnum

from aligner.entries import Entry, Pairs, Variant


class Prefer(StrEnum):
    """What decides first between translations; the other of the two, then their order, follow."""

    HUMAN = "human"
    NEWEST = "newest"
    FIRST = "first"


class Trust(IntEnum):
    """Who made a translation."""

    MACHINE = 0
    MEMORY = 1
    HUMAN = 2


Rank = tuple[str | int, ...]  # greater is better

# Our x-origin, and Trados's x-Origin with the type that it puts behind.
_ORIGIN = re.compile(r"x-origin(?::\w+)?", re.IGNORECASE)
_ORIGINS = {
    "mt": Trust.MACHINE,
    "amt": Trust.MACHINE,
    "nmt": Trust.MACHINE,
    "machine": Trust.MACHINE,
    "machine translation": Trust.MACHINE,
    "machinetranslation": Trust.MACHINE,
    "tm": Trust.MEMORY,
}
# As tools sign what a machine made, in creationid or changeid: "MT!", "DeepL", "Google Translate".
_MACHINES = re.compile(
    r"(?i)\bn?mt\b|machine translat|microsoft translator|\b(?:deepl|google|systran|modernmt)\b"
    r"|\bargos"
)


def rank(variant: Variant, entry: Entry, prefer: Prefer) -> Rank:
    """How much one would rather keep a translation: the greater the better."""
    if prefer is Prefer.FIRST:
        return ()
    made, date = trust(variant, entry), changed(variant) or changed(entry)
    return (date, made) if prefer is Prefer.NEWEST else (made, date)


def unit_rank(entry: Entry, prefer: Prefer) -> Rank:
    """How much one would rather keep a unit: as its worst translation, or its newest one."""
    ranks = [rank(one, entry, prefer) for one in entry.targets()]
    if not ranks:
        return ()
    return max(ranks) if prefer is Prefer.NEWEST else min(ranks)


def trust(variant: Variant, entry: Entry) -> Trust:
    """Who made a translation, as it says or its unit; without a mark of a machine, a person."""
    for name, value in (*variant.props, *entry.props):
        if _ORIGIN.fullmatch(name):
            return _ORIGINS.get(value.strip().lower(), Trust.HUMAN)
    author = _author(variant) or _author(entry)
    return Trust.MACHINE if _MACHINES.search(author) else Trust.HUMAN


def _author(one: Variant | Entry) -> str:
    """Who changed a text or unit last, else who made it."""
    signed = dict(one.attributes)
    return signed.get("changeid") or signed.get("creationid") or ""


def changed(one: Variant | Entry) -> str:
    """When a text or unit was last changed, else made, as YYYYMMDDhhmmss; "" if that is unknown."""
    return moment(one.attributes, "changedate") or moment(one.attributes, "creationdate")


def moment(attributes: Pairs, name: str) -> str:
    """The digits of a date, in TMX's notation (20261123T101500Z) or with hyphens and colons."""
    return re.sub(r"\D", "", dict(attributes).get(name, ""))[:14]
