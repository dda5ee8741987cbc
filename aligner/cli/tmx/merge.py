"""`aligner tmx merge`: several memories made one."""

# ruff: noqa: D301 - a lone \b in a docstring makes Typer keep the lines of the examples
from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.tmx import streams
from aligner.cli.tmx.streams import number
from aligner.curation.preference import Prefer

if TYPE_CHECKING:
    from aligner.curation.merge import Report


def merge(
    files: streams.Files,
    out: streams.Out = "-",
    prefer: Annotated[
        Prefer,
        typer.Option(
            help="Which of different texts to keep: a person's, the newest, or the first."
        ),
    ] = Prefer.HUMAN,
    by: Annotated[
        str,
        typer.Option(
            metavar="LANG", help="Join units by their text in this language. [the source language]"
        ),
    ] = "",
    alternatives: Annotated[
        bool,
        typer.Option(
            "--keep-alternatives", help="Keep the other texts, as properties x-alternative."
        ),
    ] = False,
    to: streams.To = None,
    as_json: streams.Json = False,
) -> None:
    """Make one memory of several; two-language ones become one of three languages.

    Units with the same source text are joined. Where the same text stands several times, tuid and
    context (x-context-pre, x-context-post) tell which is which; units whose contexts differ stay
    apart unless they share a tuid. Two units of one file are never joined: see `dedupe`.

    Where files have different texts in one language, --prefer decides. A text is a person's if its
    x-origin is human or post-edited, or nothing marks it as a machine's or a memory's; of equal
    ones the newest is kept (changedate, else creationdate), then that of the first file.

    \b
    Examples:
      aligner tmx merge en-ru.tmx en-ky.tmx --out en-ru-ky.tmx
      aligner tmx merge --prefer newest --keep-alternatives old.tmx edited.tmx -o all.tmx
      aligner tmx merge --by ru en-ru.tmx ru-ky.tmx -o en-ru-ky.tmx
      aligner tmx merge project_*/project_save.tmx | aligner tmx dedupe - -o all.tmx
    """
    from aligner.curation.merge import Merge, Report
    from aligner.entries import Bundle

    wanted = streams.format_for(out, to, files)
    rule = Merge(prefer, streams.lang(by) if by else "", keep_alternatives=alternatives)
    sources, report = streams.Sources(files), Report()
    entries = rule.merged(sources.each(), report)
    streams.write(out, Bundle(entries, sources.header), wanted)
    streams.tell(_line(report), _json(files, report), out, as_json=as_json)
    sources.finish()


def _line(report: Report) -> str:
    languages = ", ".join(f"{lang} {count}" for lang, count in report.languages.items())
    chosen = ", ".join(f"{lang} {count}" for lang, count in report.conflicts.items() if count)
    return (
        f"{number(sum(report.units), 'unit')} of {number(len(report.units), 'file')} merged into "
        f"{report.written} ({languages or 'none'})"
        + (f"; chosen between different texts: {chosen}" if chosen else "")
    )


def _json(files: list[str], report: Report) -> dict[str, object]:
    return {
        "files": dict(zip(files, report.units, strict=False)),
        "joined": report.joined,
        "units": report.written,
        "languages": report.languages,
        "conflicts": {lang: count for lang, count in report.conflicts.items() if count},
    }
