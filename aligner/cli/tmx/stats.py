"""`aligner tmx stats`: what memories hold."""

# ruff: noqa: D301 - a lone \b in a docstring makes Typer keep the lines of the examples
from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aligner.cli.tmx import streams
from aligner.errors import AlignerError

if TYPE_CHECKING:
    from aligner.curation.stats import Stats


def stats(
    files: streams.Files,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print a JSON object a file, one a line.")
    ] = False,
) -> None:
    """Count what memories hold: units, languages, words, duplicates, origins.

    Words are what white space parts. A unit is complete if it has a text in each language of the
    file, and a duplicate if its source text stands in a unit before it.

    Exits with 1 if a file could not be read to its end; what could is counted all the same.

    \b
    Examples:
      aligner tmx stats memory.tmx
      aligner tmx stats --json *.tmx.gz | jq .units
    """
    from aligner.curation.stats import Stats

    whole = True
    for name in files:
        counted = Stats()
        about: dict[str, str] = {}
        error = None
        try:
            _count(name, counted, about)
        except AlignerError as found:
            error, whole = str(found), False
        row = _row(name, counted, about, error)
        if as_json:
            print(json.dumps(row, ensure_ascii=False), flush=True)
        else:
            _print(row)
    if not whole:
        raise typer.Exit(1)


def _count(name: str, counted: Stats, about: dict[str, str]) -> None:
    """Count the units of a file, up to any damage, and note what its header says."""
    from aligner.curation.stats import DATES, ORIGIN
    from aligner.formats import exchange
    from aligner.formats.exchange import tmx
    from aligner.formats.exchange.opened import beginning
    from aligner.formats.exchange.tmx import texts

    if tmx.is_mine(beginning(name)):
        header, units = texts.read(name, DATES, ORIGIN)
        about.update(header.attributes)
        for unit in units:
            counted.add_texts(*unit)
    else:
        bundle = exchange.read(name)
        about.update(bundle.header.attributes)
        counted.add_all(bundle.entries)


def _row(name: str, counted: Stats, about: Mapping[str, str], error: str | None) -> dict[str, Any]:
    tool = f"{about.get('creationtool', '')} {about.get('creationtoolversion', '')}".strip()
    languages = sorted(counted.languages.items())
    return {
        "file": name,
        "units": counted.units,
        "languages": {lang: tally.texts for lang, tally in languages},
        "error": error,
        "words": {lang: tally.words for lang, tally in languages},
        "characters": {lang: tally.characters for lang, tally in languages},
        "complete": counted.complete,
        "pairs": counted.pairs,
        "empty": counted.empty,
        "duplicates": counted.duplicates,
        "inline": counted.inline,
        "origins": dict(counted.origins.most_common()),
        "creationtool": tool,
        "first": counted.first,
        "last": counted.last,
    }


def _print(row: Mapping[str, Any]) -> None:
    """A line for each thing there is to say."""
    print(
        f"{row['file']}: {streams.number(row['units'], 'unit')}, {row['complete']} complete, "
        f"{streams.number(row['duplicates'], 'duplicate')}, "
        f"{row['empty']} empty, {row['inline']} with inline codes"
    )
    for lang, variants in row["languages"].items():
        words, characters = row["words"][lang], row["characters"][lang]
        print(
            f"  {lang or '?':4} {variants:>9} texts {words:>11} words {characters:>12} characters"
        )
    if len(row["pairs"]) > 1:
        print("  " + ", ".join(f"{pair} {number}" for pair, number in row["pairs"].items()))
    if row["origins"]:
        origins = ", ".join(f"{origin} {number}" for origin, number in row["origins"].items())
        print(f"  from: {origins}")
    if row["creationtool"]:
        print(f"  written by {row['creationtool']}")
    if row["first"]:
        print(f"  dated {row['first']} to {row['last']}")
    if row["error"]:
        print(f"  error: {row['error']}".replace("\n", "\n  "))
