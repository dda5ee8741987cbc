"""What `evaluate mt` and `evaluate terms` are given: systems, references, sources."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aligner.errors import UsageError

if TYPE_CHECKING:
    from aligner.engines import Settings
    from aligner.evaluate.systems import Gathered, Job

Systems = Annotated[
    list[str],
    typer.Argument(
        metavar="SYSTEM… | -",
        show_default=False,
        help="Translations, or a model that makes them: see above.",
    ),
]
Source = Annotated[
    str, typer.Option("--source", metavar="FILE|-", help="The source texts, one segment a line.")
]
Lang = Annotated[
    str,
    typer.Option("--lang", metavar="LANG", help="Language of the translations. [what is there]"),
]
From = Annotated[
    str, typer.Option("--from", metavar="LANG", help="Language of the sources. [what files say]")
]
Segments = Annotated[
    str,
    typer.Option(
        "--segments",
        metavar="FILE|-",
        help="Write a JSON object a segment and system; on -, the figures go to standard error.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print the figures as a JSON object.")]


def job(
    systems: Iterable[str],
    references: Iterable[str],
    source: str,
    lang: str,
    from_lang: str,
    settings: Settings,
) -> Job:
    """What is measured, as it was given.

    Raises:
        UsageError: a code is no language's.
    """
    from aligner import languages
    from aligner.evaluate.systems import Job
    from aligner.languages.codes import language

    lang, from_lang = (language(languages.check(one)) if one else "" for one in (lang, from_lang))
    return Job(tuple(systems), tuple(references), source, lang, from_lang, settings)


def gather(job: Job) -> Gathered:
    """Read and translate what is measured; what is to be said of it goes to standard error."""
    from aligner.cli import notes
    from aligner.cli.progress import bars
    from aligner.evaluate import models, systems

    if any(map(models.is_model, job.systems)):
        notes.warn_of_broken_models()
    with bars("sentences") as progress:
        gathered = systems.gather(job, progress)
    for one in (*gathered.systems, *gathered.references):
        for said in one.notes:
            print(f"warning: {said}", file=sys.stderr)
    return gathered


def write_rows(path: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write objects as JSON Lines.

    Raises:
        OutputError: the file cannot be written.
    """
    from aligner.cli.sink import open_sink

    with open_sink(path) as file:
        for row in rows:
            file.write(f"{json.dumps(row, ensure_ascii=False)}\n".encode())


def check_outputs(*paths: str) -> None:
    """Make sure, before any work, that what will be written has a place; "" is for nothing.

    Raises:
        UsageError: standard output is to take two things, or a result of `aligner run` would be
            overwritten.
    """
    from aligner.cli.sink import refuse_results

    if paths.count("-") > 1:
        raise UsageError("standard output can take only one thing", hint="Give - once.")
    for path in filter(None, paths):
        refuse_results(path)
