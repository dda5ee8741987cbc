"""`aligner glossary check`: what is wrong with a termbase."""

# ruff: noqa: D301 - a lone \b in a docstring makes Typer keep the lines of the examples
from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli import options

if TYPE_CHECKING:
    from aligner.terminology.termbase import Finding


def check(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE… | -",
            show_default=False,
            help="Termbases: CSV, TSV, TBX, OmegaT's .txt; - reads stdin.",
        ),
    ],
    from_lang: Annotated[
        str, typer.Option("--from", metavar="LANG", help="The language translated from.")
    ] = "en",
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 on warnings, too.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print a JSON object a finding, one a line.")
    ] = False,
    langs: Annotated[
        str, typer.Option(metavar="LANGS", help="The two languages of an OmegaT glossary: en,ru.")
    ] = "",
    encoding: options.Encoding = None,
) -> None:
    """Check a termbase, or several as the one that they make together.

    Found are entries that stand twice or contradict one another, wordings that one entry forbids
    and another prefers, letters of another script («c» for «с»), odd white space and quotes,
    features and forms that the language does not have, and what nobody has approved yet.

    Exits with 1 if there is an error.

    \b
    Examples:
      aligner glossary check glossaries/central-asia.csv
      aligner glossary check --strict --json central-asia.csv client.tbx > findings.jsonl
      aligner glossary check terms.en-ky.txt
    """
    from aligner import languages
    from aligner.cli.glossary.convert import languages_of
    from aligner.formats import termbases
    from aligner.terminology.termbase import Severity, Termbase, findings, merged

    source, pair = languages.check(from_lang), languages_of(langs)
    whole = merged(Termbase(termbases.read(file, langs=pair, encoding=encoding)) for file in files)
    found = [*whole.findings, *findings(whole.termbase.concepts, source)]
    homes = {concept: files[number] for concept, number in whole.origins.items()}
    for finding in found:
        print(_as_json(finding, homes) if as_json else _as_line(finding, homes))
    counts = Counter[str](finding.severity for finding in found)
    if not as_json:
        print(_summary(len(whole.termbase.concepts), counts))
    if counts[Severity.ERROR] or (strict and counts[Severity.WARNING]):
        raise typer.Exit(1)


def _as_line(finding: Finding, homes: dict[str, str]) -> str:
    place = " ".join(filter(None, (homes.get(finding.concept), finding.concept, finding.lang)))
    return f"{place}: {finding.severity}: {finding.message}"


def _as_json(finding: Finding, homes: dict[str, str]) -> str:
    row = {
        "severity": finding.severity,
        "check": finding.check,
        "file": homes.get(finding.concept),
        "id": finding.concept or None,
        "lang": finding.lang or None,
        "message": finding.message,
    }
    return json.dumps(row, ensure_ascii=False)


def _summary(concepts: int, counts: Counter[str]) -> str:
    found = (_number(counts[name], name) for name in ("error", "warning", "note"))
    return f"{_number(concepts, 'concept')}: {', '.join(found)}"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
