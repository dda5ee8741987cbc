"""`aligner report`: coverage and quality of translations at a glance, on one page."""

# ruff: noqa: D301 - a lone \b in a docstring makes Typer keep the lines of the examples
from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli import options
from aligner.cli.tmx.streams import number
from aligner.errors import OutputError, UsageError

if TYPE_CHECKING:
    from aligner.formats.reports import Figures

_TOLD = 500  # units
_FIRST = 4096  # bytes, in which a page of ours names its maker


def report(
    place: Annotated[
        str,
        typer.Argument(
            metavar="FOLDER|FILE|-",
            help="What `aligner run` wrote, or any TMX, XLIFF, TSV, JSONL, PO …; - reads stdin.",
        ),
    ],
    out: Annotated[
        str,
        typer.Option(
            "--out", "-o", metavar="FILE|-", help="The page to write. [NAME.report.html, here]"
        ),
    ] = "",
    lang: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LANG", help="Report on this language only; may be given again. [all]"
        ),
    ] = None,
    glossary: options.Glossary = None,
    no_glossary: options.NoGlossary = False,
    as_json: Annotated[
        bool,
        typer.Option("--json", help="Print all figures as JSON; a page only if --out names one."),
    ] = False,
) -> None:
    """Report on translations: one web page of figures, for whoever decides what to review first.

    How much is translated, by whom, and reviewed; how far it may be trusted; what the checks find,
    and in which units; the terms of the glossary; how much was edited (HTER), matches of the
    translation memory, alignment. What a file does not say is named as not known.

    The page needs nothing else, and no scripts: send it, print it, keep it. The editor's changes
    and all texts stay as they are.

    \b
    Examples:
      aligner report corpora/article
      aligner report corpora/article --lang ky --glossary our-names.csv -o ky.html
      aligner report memory.tmx --json | jq '.languages[] | {lang, states}'
      aligner align a.en.txt a.ru.txt a.ky.txt | aligner report - -o alignment.html
    """
    from dataclasses import asdict
    from datetime import UTC, datetime

    from aligner import languages
    from aligner.cli.sink import open_sink, refuse_results
    from aligner.formats import termbases
    from aligner.formats.reports import html
    from aligner.report import report as count
    from aligner.report.reading import material
    from aligner.terminology.termbase import Termbase, merged

    langs = tuple(dict.fromkeys(map(languages.check, lang or ())))
    glossaries = options.glossaries(glossary, no_glossary)
    terms = merged(Termbase(termbases.read(one)) for one in glossaries).termbase
    if as_json and out == "-":
        raise UsageError(
            "the page and its figures would both go to standard output",
            hint="Give --out a file, or leave out --json.",
        )
    found = material(place)
    path = out or ("" if as_json else f"{_stem(found.name)}.report.html")
    if path:
        refuse_results(path)
        if not out:
            _refuse_strange(Path(path))
    made = count(found, langs, terms, _tell)
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)
    if path:
        with open_sink(path) as file:
            html.write(file, made.figures, made.plots, datetime.now(UTC))
    if as_json:
        print(json.dumps(asdict(made.figures), ensure_ascii=False, indent=2))
    elif path != "-":
        _print(made.figures)
        print(f"Written: {path}")
    for note in made.figures.notes:
        print(f"warning: {note}", file=sys.stderr)
    if made.figures.damage:
        print(f"error: {made.figures.damage}", file=sys.stderr)
        print("The units that could be read were counted.", file=sys.stderr)
        raise typer.Exit(1)


def _tell(units: int) -> None:
    """Say on a terminal how far it is; nobody knows how many units a stream has."""
    if units % _TOLD == 0 and sys.stderr.isatty():
        print(f"\r{units:,} units", end="", file=sys.stderr, flush=True)


def _stem(name: str) -> str:
    """What a file is called, without what tells its format."""
    return name.removesuffix(".gz").rpartition(".")[0] or name


def _refuse_strange(path: Path) -> None:
    """Make sure that a page which nobody named takes the place of an older one only.

    Raises:
        OutputError: something else is there.
    """
    if not path.exists():
        return
    from aligner.formats.reports.html import is_mine

    if not path.is_file() or not is_mine(_beginning(path)):
        raise OutputError(
            "there is something that is no report",
            where=str(path),
            hint="Name the page to write with --out.",
        )


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_FIRST)


def _print(figures: Figures) -> None:
    """A line for each language."""
    units, words = number(figures.units, "unit"), number(figures.words, "word")
    print(f"{figures.name}: {units}, {words} in {figures.source}")
    for one in figures.languages:
        states = ", ".join(f"{state} {part.units}" for state, part in one.states.items())
        line = f"  {one.lang}  {states}; {one.whole.errors} with errors"
        if one.confidence:
            line += f"; median confidence {one.confidence.median:.0%}"
        if one.editing:
            line += f"; HTER {one.editing.rate:.0%}"
        print(line)
