"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from aligner.errors import UsageError

Encoding = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Encoding of the file; UTF-8 and UTF-16 show by themselves."),
]
Srx = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Segmentation rules of your own, SRX 2.0.")
]
Device = Annotated[Literal["cpu", "cuda"], typer.Option(help="Where models run.")]
Threads = Annotated[int, typer.Option(min=0, help="CPU threads; 0 takes every core.")]
Beam = Annotated[int, typer.Option(min=1, max=64, help="Hypotheses kept while decoding.")]
Boilerplate = Annotated[
    bool, typer.Option("--boilerplate", help="Translate copyright lines and the like too.")
]
Glossary = Annotated[
    list[Path] | None,
    typer.Option(
        "--glossary",
        metavar="FILE",
        help="CSV, TSV, TBX, OmegaT's .txt; of several the later wins. [glossaries/*.csv]",
    ),
]
NoGlossary = Annotated[bool, typer.Option("--no-glossary", help="Use no termbase.")]


def glossaries(given: list[Path] | None, none: bool) -> tuple[Path, ...]:
    """The termbases to use: those given, or else all of the folder glossaries/, by name.

    Raises:
        UsageError: both some and none are asked for.
    """
    if given and none:
        raise UsageError("--glossary and --no-glossary exclude each other", hint="Leave one out.")
    if none:
        return ()
    return tuple(given or sorted(Path("glossaries").glob("*.csv")))
