"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

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
