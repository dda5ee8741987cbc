"""`aligner glossary`: work with curated names and terms; one module a command."""

from __future__ import annotations

import typer

from aligner.cli.glossary.check import check
from aligner.cli.glossary.convert import convert
from aligner.cli.glossary.forms import forms
from aligner.cli.glossary.suggest import suggest
from aligner.cli.glossary.verify import verify

app = typer.Typer(
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Work with curated names and terms.",
)
app.command("check")(check)
app.command("convert")(convert)
app.command("forms")(forms)
app.command("suggest")(suggest)
app.command("verify")(verify)


@app.callback()
def _group() -> None:
    """Keep a command of its own what would else, as the only one, be the whole group."""
