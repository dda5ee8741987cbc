"""`aligner tmx diff`: what differs between two states of a memory."""

# ruff: noqa: D301 - a lone \b in a docstring makes Typer keep the lines of the examples
from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.tmx import streams
from aligner.cli.tmx.streams import number

if TYPE_CHECKING:
    from aligner.curation.diff import Difference, Edit, Summary, Tally
    from aligner.curation.distance import Change

_RED, _GREEN, _BOLD, _END = "\x1b[31m", "\x1b[32m", "\x1b[1m", "\x1b[0m"


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD|-", help="The memory before.")],
    new: Annotated[str, typer.Argument(metavar="NEW|-", help="The memory after.")],
    langs: Annotated[
        str, typer.Option(metavar="LANGS", help="Compare these languages only: ru,ky.")
    ] = "",
    summary: Annotated[
        bool, typer.Option("--summary", help="Print only what became of all units together.")
    ] = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 if the memories differ.")
    ] = False,
    as_json: Annotated[
        bool,
        typer.Option("--json", help="Print a JSON object a unit that differs, the summary last."),
    ] = False,
) -> None:
    """Compare two states of a memory, such as before and after post-editing.

    Units are matched by tuid, then by source text and context, then by source text. Of each text
    that differs you see the words taken out [-so-] and put in {+so+}; the edit distance in words
    and in characters; and its Translation Edit Rate (TER): edits a word of the new text, a moved
    phrase being one edit, which of a machine's text against the post-edited one is HTER. Less than
    0.3 counts as edited lightly, more as rewritten. The rates of the summary are those of all texts
    that both memories have.

    \b
    Examples:
      aligner tmx diff draft.tmx edited.tmx
      aligner tmx diff --langs ky --summary draft.tmx project_save.tmx
      aligner tmx diff --json old.tmx new.tmx | jq 'select(.state == "missing") | .tuid'
      aligner tmx diff --exit-code --summary a.tmx b.tmx && echo same
    """
    from aligner.curation.diff import State, Summary
    from aligner.curation.diff import diff as compared

    wanted = streams.langs_of(langs)
    sources = streams.Sources([old, new])
    before, after = sources.each()
    found = Summary()
    for difference in compared(before, after, wanted):
        found.add(difference)
        differs = difference.state is not State.SAME or difference.moved
        if differs and not summary:
            print(_json(difference) if as_json else _text(difference))
    print(json.dumps({"summary": _summary(found)}) if as_json else _table(found))
    sources.finish()
    if exit_code and found.differs:
        raise typer.Exit(1)


def _json(difference: Difference) -> str:
    row = {
        "state": difference.state,
        "moved": difference.moved,
        "tuid": difference.unit.tuid or None,
        "old_line": (difference.old and difference.old.line) or None,
        "new_line": (difference.new and difference.new.line) or None,
        "texts": {edit.lang: _edit(edit) for edit in difference.edits},
    }
    return json.dumps(row, ensure_ascii=False)


def _edit(edit: Edit) -> dict[str, object]:
    return {
        "verdict": edit.verdict,
        "old": edit.old,
        "new": edit.new,
        "words": edit.distance.words,
        "characters": edit.distance.characters,
        "ter": round(edit.rate.value, 4),
        "codes": edit.codes,
        "old_date": _date(edit.before),
        "new_date": _date(edit.after),
        "seconds": edit.seconds,
        "changes": [[one.kind, one.old, one.new] for one in edit.changes],
    }


def _summary(found: Summary) -> dict[str, object]:
    from aligner.curation.diff import State

    return {
        "units": {state: found.states[state] for state in State} | {"moved": found.moved},
        "languages": {lang: _tally(tally) for lang, tally in found.langs.items()},
    }


def _tally(tally: Tally) -> dict[str, object]:
    from aligner.curation.diff import Verdict

    return {
        **{verdict: tally.verdicts[verdict] for verdict in Verdict},
        "words": tally.words,
        "characters": tally.characters,
        "ter": round(tally.rate.value, 4),
        "first_edit": _date(tally.first),
        "last_edit": _date(tally.last),
        "seconds": int((tally.last - tally.first).total_seconds())
        if tally.first and tally.last
        else None,
    }


def _date(date: datetime | None) -> str | None:
    return f"{date:%Y-%m-%dT%H:%M:%SZ}" if date else None


def _text(difference: Difference) -> str:
    """A unit that differs, for people."""
    from aligner.curation.diff import Verdict

    unit = difference.unit
    coloured = streams.is_coloured()
    name = unit.tuid or f"line {unit.line}"
    state = f"{difference.state}{', moved' if difference.moved else ''}"
    head = f"{name}: {state}"
    lines = [f"{_BOLD}{head}{_END}" if coloured else head]
    source = unit.source()
    for edit in difference.edits:
        shown = "".join(_changes(edit.changes, coloured=coloured))
        if edit.verdict is not Verdict.KEPT:
            lines.append(f"  {edit.lang:<3} {shown}{_measures(edit)}")
        elif edit.codes or (source and edit.lang == source.lang):
            lines.append(f"  {edit.lang:<3} {shown}{' (inline tags differ)' if edit.codes else ''}")
    return "\n".join(lines)


def _changes(changes: list[Change], *, coloured: bool) -> Iterator[str]:
    """A text with what was taken out and put in."""
    minus, plus = ((_RED, _END), (_GREEN, _END)) if coloured else (("[-", "-]"), ("{+", "+}"))
    for one in changes:
        old, new = streams.plain(one.old), streams.plain(one.new)
        if one.old == one.new:
            yield new
            continue
        yield f"{minus[0]}{old}{minus[1]}" if old else ""
        yield f"{plus[0]}{new}{plus[1]}" if new else ""


def _measures(edit: Edit) -> str:
    from aligner.curation.diff import Verdict

    if edit.verdict in (Verdict.NEW, Verdict.MISSING):
        return ""
    time = f", after {_duration(edit.seconds)}" if edit.seconds is not None else ""
    return (
        f" ({edit.verdict}: {number(edit.distance.words, 'word')}, "
        f"{number(edit.distance.characters, 'character')}, TER {edit.rate.value:.2f}{time})"
    )


def _table(found: Summary) -> str:
    """What became of all units and texts, for people."""
    from aligner.curation.diff import State, Verdict

    units = ", ".join(f"{found.states[state]} {state}" for state in State)
    lines = [f"{units}; {found.moved} moved"]
    for lang, tally in found.langs.items():
        counts = ", ".join(f"{tally.verdicts[one]} {one}" for one in Verdict if tally.verdicts[one])
        edited = (
            f"; {number(tally.words, 'word')}, {number(tally.characters, 'character')}, "
            f"TER {tally.rate.value:.3f}"
        )
        time = (
            f"; edited {_date(tally.first)} to {_date(tally.last)}"
            if tally.first and tally.last
            else ""
        )
        lines.append(f"{lang or '?'}: {counts}{edited if tally.words else ''}{time}")
    return "\n".join(lines)


def _duration(seconds: int) -> str:
    """A time in its two largest parts.

    >>> _duration(90061)
    '1 d 1 h'
    """
    parts = [(seconds // 86400, "d"), (seconds // 3600 % 24, "h"), (seconds // 60 % 60, "min")]
    parts.append((seconds % 60, "s"))
    shown = [f"{count} {name}" for count, name in parts if count][:2]
    return " ".join(shown) or "0 s"
