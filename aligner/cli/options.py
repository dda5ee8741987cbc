"""Options that several commands share."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aligner.engines.packages import Model

Encoding = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Encoding of the file; UTF-8 and UTF-16 show by themselves."),
]
Srx = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Segmentation rules of your own, SRX 2.0.")
]
Device = Annotated[Literal["cpu", "cuda", "auto"], typer.Option(help="Where models run.")]
Threads = Annotated[int, typer.Option(min=0, help="CPU threads; 0 takes every core.")]
Beam = Annotated[int, typer.Option(min=1, max=64, help="Hypotheses kept while decoding.")]
Boilerplate = Annotated[
    bool, typer.Option("--boilerplate", help="Translate copyright lines and the like too.")
]


def starter_note(models: Iterable[Model]) -> str:
    """Say plainly that a starter model is at work, and what to do about it; "" if none is."""
    starters = [model for model in models if model.starter]
    pairs = ", ".join(f"{model.source} → {model.target}" for model in starters)
    commands = "; ".join(f"aligner models install {m.source} {m.target}" for m in starters)
    return (
        f"{pairs}: small starter models, which make rough drafts. "
        f"The full Argos models take over once installed: {commands}"
        if starters
        else ""
    )


def warn_of_broken_models() -> None:
    """Say on standard error which installed models are left out, and may have others stand in."""
    from aligner.engines import packages

    for error in packages.broken():
        print(f"Broken, not used: {error}", file=sys.stderr)
