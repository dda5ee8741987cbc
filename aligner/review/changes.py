"""What a person may do to a target, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from aligner.errors import UsageError
from aligner.formats.xml import legal
from aligner.records import PERSONS, Origin, Target, Unit
from aligner.review.store import Edit, Place

Action = Literal["edit", "accept", "revert", "undo"]

# Keystrokes that come as fast are one step to undo, up to a length.
_PAUSE = 3.0  # seconds
_STEP = 15.0


class Stale(UsageError):  # noqa: N818 - reads as what it is
    """A target has been changed since the person saw it."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a person wants to be done to a target.

    Attributes:
        n: the index of its unit.
        lang: its language.
        action: what to do.
        text: the new text, of an edit; of what is accepted, None for the text as it is.
        rev: the revision that the person saw.
        tab: the window that it comes from.
        editor: the person's name.
    """

    n: int
    lang: str
    action: Action
    text: str | None
    rev: int
    tab: str = ""
    editor: str = ""


def edit(change: Change, place: Place, now: datetime) -> Edit | None:
    """What a change does to a target; None if it makes no other of it.

    Raises:
        UsageError: there is no text to accept, or none to edit.
    """
    before = text_of(current(place.base, place.head))
    text = before if change.action == "accept" and change.text is None else change.text
    is_draft = change.action == "revert"
    if change.action == "accept":
        if not text or not text.strip():
            raise UsageError("there is no text to accept")
        if place.head and place.head.action == "accept" and text == before:
            return None
    elif change.action == "edit":
        if text is None:
            raise UsageError("there is no text")
        if text == before:
            return None
        is_draft = text == text_of(drafted(place.base))
    at = f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
    return Edit(
        action=change.action,
        text="" if is_draft else legal(text or ""),
        drafted=is_draft,
        began=at,
        at=at,
        editor=legal(change.editor),
        tab=legal(change.tab),
        rev=change.rev,
    )


def goes_on(head: Edit | None, made: Edit) -> bool:
    """Whether an edit is the next keystroke of the one before."""
    return (
        head is not None
        and head.action == made.action == "edit"
        and head.tab == made.tab != ""
        and head.editor == made.editor
        and _seconds(head.at, made.at) < _PAUSE
        and _seconds(head.began, made.at) < _STEP
    )


def drafted(base: Target | None) -> Target | None:
    """A target as a machine or a memory offered it; as it came, where that is not known."""
    if base is None or not base.draft or base.origin not in PERSONS:
        return base
    return replace(
        base,
        text=base.draft,
        origin=Origin.MT if base.match is None else Origin.TM,
        terms=(),
        issues=(),
        draft="",
        editor="",
        edited="",
    )


def current(base: Target | None, head: Edit | None) -> Target | None:
    """What an edit makes of a target.

    As when an edited file is imported: the machine's text stays as the draft, and what had none is
    a person's own.
    """
    if head is None:
        return base
    if head.drafted:
        return drafted(base)
    old = base or Target("", Origin.HUMAN)
    draft = old.draft or ("" if old.origin in PERSONS else old.text)
    return replace(
        old,
        text=head.text,
        origin=Origin.POST_EDITED if draft else Origin.HUMAN,
        score=old.score if head.text == old.text else None,
        draft=draft,
        editor=head.editor,
        edited=f"{head.at[:19]}Z",
    )


def text_of(target: Target | None) -> str:
    """The text of a target; "" where there is none."""
    return target.text if target else ""


def is_accepted(unit: Unit, lang: str, base: Target | None, head: Edit | None) -> bool:
    """Whether a person is done with a target as it is now; an edit alone may be half of one."""
    if head:
        return head.action == "accept"
    if base is None or base.origin not in PERSONS:
        return False
    if base.text == base.draft:  # as it was offered: approved in another program
        return True
    return base.edited != "" and unit.properties.get(accepted_property(lang)) == base.edited


def accepted_property(lang: str) -> str:
    """The property of a unit by which files say that a target was accepted.

    Its value is the target's `edited`, so that it does not hold for what is edited later, whoever
    does that with whatever program.
    """
    return f"accepted-{lang}"


def _seconds(start: str, stop: str) -> float:
    return (datetime.fromisoformat(stop) - datetime.fromisoformat(start)).total_seconds()
