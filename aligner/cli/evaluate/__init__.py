"""`aligner evaluate`: how good results are; one module a command."""

from __future__ import annotations

import typer

from aligner.cli.evaluate.alignment import alignment
from aligner.cli.evaluate.mt import mt
from aligner.cli.evaluate.terms import terms

app = typer.Typer(
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Measure translations, terms and alignments.",
)
app.command("alignment")(alignment)
app.command("mt")(mt)
app.command("terms")(terms)
