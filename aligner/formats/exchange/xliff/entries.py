"""From what an XLIFF file says of a segment to an entry, and back: what its versions share.

A state says who has had a hand in a text, and so may a tool that changed it and left what we wrote
beside it. So the text is compared with the candidate that it was filled with:

    x-origin in the file    text         state            x-origin                x-draft
    mt or tm                the same     not approved     as it was
    mt or tm                the same     approved         post-edited             the candidate
    mt or tm                another      any              post-edited             the candidate
    human, post-edited      any          any              as it was               as it was
    none                    any          approved         human, post-edited if it derives from MT
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from aligner.entries import Content, Entry, Inline, Variant, plain
from aligner.languages.codes import language

_MACHINES = {"mt", "tm"}
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|\+00:00)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A translation that was offered.

    Attributes:
        text: it.
        origin: mt, tm, or "" if that is not known.
        quality: how sure the machine was, or how alike the sources are, as the file says: 0–100.
        maker: the engine or memory.
        role: "used" if the target was filled with it, "draft" if it is kept as what a person
            changed, "alternative" for any other; all these are ours. "" for those of others.
    """

    text: str
    origin: str = ""
    quality: str = ""
    maker: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """What a tool says of a target.

    Attributes:
        approved: a person has confirmed it.
        origin: where it comes from: mt, tm, human, or "".
        match: how alike the source of a match is, in percent.
        editor: who changed it last.
        edited: when, as in TMX.
    """

    approved: bool = False
    origin: str = ""
    match: str = ""
    editor: str = ""
    edited: str = ""


@dataclass(slots=True)
class About:
    """Properties, attributes and notes of a unit, or of one of its texts."""

    props: list[tuple[str, str]] = field(default_factory=list)
    attributes: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def told(self, name: str) -> str:
        """The first property of a type."""
        return next((value for key, value in self.props if key == name), "")

    def put(self, name: str, value: str) -> None:
        """Give a property its only value, or none."""
        at = next((i for i, pair in enumerate(self.props) if pair[0] == name), len(self.props))
        self.props = [pair for pair in self.props if pair[0] != name]
        if value:
            self.props.insert(at, (name, value))


@dataclass(slots=True)
class Seen:
    """What a file says of a segment."""

    tuid: str
    source: Content | None
    target: Content | None
    langs: tuple[str, str]
    line: int = 0
    state: State = State()
    candidates: Sequence[Candidate] = ()
    unit: About = field(default_factory=About)
    of_source: About = field(default_factory=About)
    of_target: About = field(default_factory=About)


def entry(seen: Seen) -> Entry:
    """The entry of a segment."""
    variants = []
    if seen.source is not None:
        variants.append(_variant(seen.langs[0], seen.source, seen.of_source))
    if seen.target is not None:
        _tell_origin(seen, plain(seen.target))
        variants.append(_variant(seen.langs[1], seen.target, seen.of_target))
    else:
        offered = [("x-alternative", one.text) for one in seen.candidates if one.text]
        seen.unit.props += offered
    attributes = dict(seen.unit.attributes)
    return Entry(
        tuid=attributes.pop("tuid", seen.tuid),
        variants=tuple(variants),
        source_lang=lang(seen.langs[0]),
        props=tuple(seen.unit.props),
        notes=tuple(seen.unit.notes),
        attributes=tuple(attributes.items()),
        line=seen.line,
    )


def lang(code: str) -> str:
    """The language of a code; "" for "und", which says that it is not known."""
    return "" if code == "und" else language(code)


def moment(date: str) -> str:
    """A date of ISO 8601 as TMX has it; "" for any other."""
    found = _DATE.fullmatch(date)
    return "{}{}{}T{}{}{}Z".format(*found.groups()) if found else ""


def _variant(code: str, content: Content, about: About) -> Variant:
    given = () if code in {"", "und"} else (("xml:lang", code),)
    has_codes = any(isinstance(part, Inline) for part in content)
    return Variant(
        lang=lang(code),
        text=plain(content),
        inline=content if has_codes else (),
        props=tuple(about.props),
        notes=tuple(about.notes),
        attributes=(*given, *about.attributes),
    )


def _tell_origin(seen: Seen, text: str) -> None:
    """Say where a target comes from, and what it was made of."""
    about, state = seen.of_target, seen.state
    roles = {one.role: one for one in seen.candidates}
    used, kept = roles.get("used"), roles.get("draft")
    others = [one for one in seen.candidates if not one.role]
    if used is None and others and text:
        used = next((one for one in others if one.origin == "mt"), others[0])
        others.remove(used)
    origin, draft = _origin(about.told("x-origin"), state, used, text)
    about.put("x-origin", origin)
    about.put("x-draft", kept.text if kept else draft)
    others += [one for one in seen.candidates if one.role == "alternative"]
    about.props += [("x-alternative", one.text) for one in others if one.text]
    told = dict(about.attributes)
    for name, value in (("changeid", state.editor), ("changedate", state.edited)):
        if value and name not in told:
            about.attributes.append((name, value))
    if state.match and not about.told("x-match"):
        about.put("x-match", state.match)
    if used and used.text == text and not used.role:
        _tell_quality(about, used)


def _origin(stored: str, state: State, used: Candidate | None, text: str) -> tuple[str, str]:
    """Where a target comes from, and the draft that it was made of."""
    offered = used.text if used else ""
    changed = used is not None and offered != text
    if stored in _MACHINES:
        is_edited = changed or state.approved
        return ("post-edited", offered) if is_edited else (stored, "")
    if stored:
        return stored, ""
    machine = (used.origin if used else "") or state.origin
    if not text:
        return "", ""
    if state.approved:
        if machine == "mt":
            return "post-edited", offered
        return ("tm" if machine == "tm" and not changed else "human"), offered if changed else ""
    if changed:
        return ("post-edited" if machine == "mt" else state.origin), offered
    return machine, ""


def _tell_quality(about: About, used: Candidate) -> None:
    """What another tool says of the candidate that it filled a target with."""
    try:
        quality = min(max(float(used.quality.rstrip("% ")), 0.0), 100.0)
    except ValueError:
        return
    if used.origin == "mt":
        about.put("x-confidence", about.told("x-confidence") or f"{quality / 100:.4f}")
    elif used.origin == "tm":
        about.put("x-match", about.told("x-match") or f"{quality:.0f}")
