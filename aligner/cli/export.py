"""`aligner export`: results in the form of other tools."""

# ruff: noqa: D301 - a lone \b in a docstring makes Typer keep the lines of the examples
from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from aligner.cli import options

if TYPE_CHECKING:
    from aligner.export import Exported

app = typer.Typer(
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Give results to other tools.",
)

_Folder = Annotated[
    Path, typer.Argument(metavar="FOLDER", help="A folder that aligner run has written.")
]


@app.callback()
def _group() -> None:
    """Keep a command of its own what would else, as the only one, be the whole group."""


@app.command("omegat")
def omegat(
    folder: _Folder,
    langs: Annotated[
        list[str],
        typer.Option(
            "--lang", metavar="LANG", help="Target language; may be given again: a project each."
        ),
    ],
    out: Annotated[
        Path,
        typer.Option(
            metavar="DIR", help="Folder of the project; of several, DIR/en-ru, DIR/en-ky …"
        ),
    ],
    memory: Annotated[
        str,
        typer.Option(
            "--tm",
            metavar="FOLDER",
            help="Where the draft goes: auto fills every segment, mt offers it as machine "
            "translation, penalty-NNN offers it NNN percent lower; mt/penalty-NNN does both.",
        ),
    ] = "auto",
    srx: options.Srx = None,
    glossary: options.Glossary = None,
    no_glossary: options.NoGlossary = False,
    force: Annotated[
        bool,
        typer.Option(
            "--force",
            help="Renew a project that a translator has worked in; their translations stay.",
        ),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print what was written as JSON.")
    ] = False,
) -> None:
    """Write a project of OmegaT (3.6 and newer) to work on: text, draft, glossary, rules.

    OmegaT cuts the text into just the segments of our results. READ-ME.txt in the project says
    how to see where a translation comes from, and how to bring the finished work back.

    \b
    Examples:
      aligner export omegat corpora/article --lang ru --out article-ru
      aligner export omegat corpora/article --lang ru --lang ky --out omegat
      aligner export omegat corpora/article --lang ky --out article-ky --tm mt
      aligner export omegat corpora/article --lang ru --out article-ru --glossary our-names.csv
    """
    from aligner.export import to_omegat

    glossaries = options.glossaries(glossary, no_glossary)
    made = to_omegat(folder, langs, out, memory=memory, srx=srx, glossaries=glossaries, force=force)
    if as_json:
        print(json.dumps([asdict(one) for one in made], ensure_ascii=False, indent=2, default=str))
        return
    for one in made:
        print(_told(one))


@app.command("xliff")
def xliff(
    folder: _Folder,
    lang: Annotated[str, typer.Option(metavar="LANG", help="Target language.")],
    out: Annotated[str, typer.Option(metavar="FILE|-", help="The file to write; - is stdout.")],
    version: Annotated[Literal["1.2", "2.1"], typer.Option(help="Of XLIFF.")] = "2.1",
) -> None:
    """Write XLIFF, for tools that work on files of two languages.

    Machine translations stand in it as drafts to review, with their confidence.

    \b
    Examples:
      aligner export xliff corpora/article --lang ru --out article.en-ru.xlf
      aligner export xliff corpora/article --lang ky --version 1.2 --out article.en-ky.xlf
    """
    from aligner.cli.sink import open_sink, refuse_results
    from aligner.export import to_xliff

    refuse_results(out)
    with open_sink(out) as file:
        losses = to_xliff(file, folder, lang, version)
    for loss in losses:
        print(loss, file=sys.stderr)


def _told(made: Exported) -> str:
    left = f", {made.untranslated} of them not translated" if made.untranslated else ""
    return f"{made.folder}: {made.units} segments{left}; the draft is in {made.memory}"
