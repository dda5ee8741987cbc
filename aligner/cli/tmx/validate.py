"""`aligner tmx validate`: why a file is invalid, and how to mend it."""

# ruff: noqa: D301 - a lone \b in a docstring makes Typer keep the lines of the examples
from __future__ import annotations

import json
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aligner.cli.tmx.streams import number

if TYPE_CHECKING:
    from aligner.formats.exchange.tmx.problems import Problem, Report, Severity

_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
_SHOWN = 5  # problems of a kind


def validate(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE… | -", show_default=False, help="TMX, packed or not; - reads stdin."
        ),
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print a JSON object a file, one a line.")
    ] = False,
    limit: Annotated[
        int, typer.Option(min=1, help="How many problems to list a file, with --json.")
    ] = 1000,
) -> None:
    """Say why TMX files are invalid, what tools will trip over, and how to mend it.

    \b
    error    the file is invalid: damaged, or not what the DTD and the XML schema
             of its version ask for; OmegaT 6.1 refuses to load such files
    warning  valid, but a tool will lose something: no source text, a language
             twice, codes without their other half, <prop type="file"> …
    note     good to know: white space at the ends, no DOCTYPE …

    Exits with 1 if a file is invalid; warnings alone are no reason.

    \b
    Examples:
      aligner tmx validate memory.tmx
      zcat memory.tmx.gz | aligner tmx validate -
      aligner tmx validate --json *.tmx | jq 'select(.valid | not) | .file'
    """
    from aligner.formats.exchange.tmx.check import check

    sound = True
    for name in files:
        report = check(name, limit)
        if as_json:
            print(json.dumps(_row(name, report), ensure_ascii=False), flush=True)
        else:
            _print(name, report)
        sound = sound and report.is_valid
    if not sound:
        raise typer.Exit(1)


def _row(name: str, report: Report) -> dict[str, Any]:
    return {
        "file": name,
        "valid": report.is_valid,
        "problems": [asdict(problem) for problem in report.problems],
        "version": report.version,
        "units": report.units,
        "errors": report.count("error"),
        "warnings": report.count("warning"),
        "notes": report.count("note"),
        "counts": dict(report.counts),
    }


def _print(name: str, report: Report) -> None:
    """The verdict, then the problems by kind, the worst first."""
    verdict = "valid" if report.is_valid else "INVALID"
    told = [number(report.count(one), one) for one in _SEVERITIES if report.count(one)]
    version = f"TMX {report.version}, " if report.version else ""
    print(f"{name}: {verdict}; {version}{', '.join([number(report.units, 'unit'), *told])}")
    ranked = sorted(
        report.problems, key=lambda one: (_SEVERITIES.index(one.severity), one.kind, one.hint)
    )
    for kind, problems in groupby(ranked, key=lambda one: one.kind):
        _print_kind(list(problems), report.counts[kind])


def _print_kind(problems: list[Problem], count: int) -> None:
    first = problems[0]
    print(f"  {first.severity}: {first.kind}{f' ({count} times)' if count > 1 else ''}")
    shown = problems[:_SHOWN]
    for hint, alike in groupby(shown, key=lambda one: one.hint):
        for problem in alike:
            place = f"line {problem.line}: " if problem.line else ""
            print(f"    {place}{problem.message}")
        print(f"      → {hint}")
    if count > len(shown):
        print(f"    … and {count - len(shown)} more")
