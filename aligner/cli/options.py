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


Memory = Annotated[
    list[Path] | None,
    typer.Option(
        "--memory",
        metavar="PATH",
        help="Translation memory: a TMX, XLIFF or JSONL file, a folder of them, a store; "
        "may be given again. [memory/]",
    ),
]
NoMemory = Annotated[bool, typer.Option("--no-memory", help="Use no translation memory.")]
MemoryMin = Annotated[
    int,
    typer.Option(min=1, max=101, metavar="PERCENT", help="Least match that is offered."),
]
MemoryMt = Annotated[
    bool, typer.Option("--memory-mt", help="Take machine translation in a memory, too.")
]


def memories(given: list[Path] | None, none: bool) -> tuple[Path, ...]:
    """The translation memories to use: those given, or else the folder memory/, if it has any.

    Raises:
        UsageError: both some and none are asked for.
    """
    if given and none:
        raise UsageError("--memory and --no-memory exclude each other", hint="Leave one out.")
    default = Path("memory")
    if given or none or not default.is_dir():
        return tuple(given or ())
    from aligner.memory.sources import in_folder

    return (default,) if in_folder(default) else ()
