"""`aligner tmx`: work with translation memories; one module a command."""

from __future__ import annotations

import typer

from aligner.cli.tmx.clean import clean
from aligner.cli.tmx.convert import convert
from aligner.cli.tmx.dedupe import dedupe
from aligner.cli.tmx.diff import diff
from aligner.cli.tmx.grep import grep
from aligner.cli.tmx.merge import merge
from aligner.cli.tmx.split import split
from aligner.cli.tmx.stats import stats
from aligner.cli.tmx.validate import validate

app = typer.Typer(
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Work with translation memories.",
)
app.command("validate")(validate)
app.command("stats")(stats)
app.command("convert")(convert)
app.command("split")(split)
app.command("merge")(merge)
app.command("grep")(grep)
app.command("diff")(diff)
app.command("dedupe")(dedupe)
app.command("clean")(clean)


@app.callback()
def _group() -> None:
    """Keep a command of its own what would else, as the only one, be the whole group."""
