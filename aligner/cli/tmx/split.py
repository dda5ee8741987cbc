"""`aligner tmx split`: a memory divided into several."""

# ruff: noqa: D301 - a lone \b in a docstring makes Typer keep the lines of the examples
from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.tmx import streams
from aligner.cli.tmx.streams import number
from aligner.errors import OutputError, UsageError

if TYPE_CHECKING:
    from aligner.curation.split import Rule


def split(
    files: streams.Files,
    out: Annotated[
        Path,
        typer.Option("--out", "-o", metavar="DIR", help="The folder; made if it is not there."),
    ],
    units: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="So many units a file.")
    ] = None,
    langs: Annotated[
        list[str] | None,
        typer.Option(metavar="LANGS", help="A file with these languages, as en,ky; once for each."),
    ] = None,
    by: Annotated[
        str, typer.Option(metavar="PROPERTY", help="A file for each value of it: x-document.")
    ] = "",
    name: Annotated[
        str,
        typer.Option(
            metavar="PATTERN",
            help="Names of the files, without extension: {file} is the name of the first input, "
            "{part} that of the part.",
        ),
    ] = "{file}.{part}",
    force: Annotated[bool, typer.Option("--force", help="Overwrite files that exist.")] = False,
    to: streams.To = None,
    as_json: streams.Json = False,
) -> None:
    """Divide a memory by number of units, by languages, or by a property.

    With --langs a unit goes into each file whose languages it all has a text in, with only these;
    the others into none. Nothing is written if a file would be overwritten. Parts that hold all
    languages are joined again by `aligner tmx merge`.

    \b
    Examples:
      aligner tmx split memory.tmx --units 10000 --out parts
      aligner tmx split memory.tmx --langs en,ru --langs en,ky --out pairs
      aligner tmx split memory.tmx --by x-document --name "{part}" --out articles
    """
    from aligner.curation.split import split as divided
    from aligner.curation.spool import Spool
    from aligner.entries import Bundle

    rule = _rule(units, [streams.langs_of(group) for group in langs or ()], by)
    wanted = streams.format_for("-", to, files)
    sources = streams.Sources(files)
    with Spool() as spool:
        parts = divided(sources.all(), rule, spool)
        paths = _paths(out, name, files[0], [part.name for part in parts], wanted)
        if not force:
            _check_free(paths)
        out.mkdir(parents=True, exist_ok=True)
        for path, part in zip(paths, parts, strict=True):
            streams.write(str(path), Bundle(part.entries, sources.header), wanted)
    report = {str(path): part.units for path, part in zip(paths, parts, strict=True)}
    for file, count in report.items() if not as_json else ():
        print(f"{file}: {number(count, 'unit')}", file=sys.stderr)
    line = f"{number(sum(report.values()), 'unit')} in {number(len(report), 'file')}"
    streams.tell(line, report, str(out), as_json=as_json)
    sources.finish()


def _rule(units: int | None, groups: list[tuple[str, ...]], by: str) -> Rule:
    """The one rule that is asked for."""
    from aligner.curation.split import by_langs, by_property, by_units

    if (units is not None) + bool(groups) + bool(by) != 1:
        raise UsageError(
            "say how to divide", hint="Give one of --units N, --langs en,ky, --by x-document."
        )
    if any(len(group) < 2 for group in groups):
        raise UsageError("--langs wants two languages or more", hint="Say: --langs en,ky.")
    return by_units(units) if units else by_langs(groups) if groups else by_property(by)


def _paths(out: Path, pattern: str, first: str, parts: list[str], to: str) -> list[Path]:
    """The files to write."""
    from aligner.formats import exchange

    if "{part}" not in pattern or Path(pattern).name != pattern:
        raise UsageError(
            f'--name "{pattern}" does not do', hint='It must have {part}, and no folder: "{part}".'
        )
    stem = "memory" if first == "-" else Path(first).name.partition(".")[0] or "memory"
    extension = exchange.FORMATS[to]
    return [
        out / f"{pattern.replace('{file}', stem).replace('{part}', part)}{extension}"
        for part in parts
    ]


def _check_free(paths: list[Path]) -> None:
    for path in paths:
        if path.exists():
            raise OutputError(
                "the file exists",
                where=str(path),
                hint="Choose another --out or --name, or --force.",
            )
