"""The command line: the only place that prints, exits or catches AlignerError.

One module a command or group of commands; they import what they need when they are called, so that
`aligner --help` comes at once.
"""

from __future__ import annotations

import errno
import os
import sys
from io import TextIOWrapper
from typing import Annotated, TextIO

import typer

from aligner import __version__
from aligner.cli import (
    align,
    align_dir,
    check,
    evaluate,
    export,
    glossary,
    import_,
    memory,
    models,
    publish,
    report,
    review,
    run,
    segment,
    srx,
    tmx,
    train,
    translate,
)
from aligner.errors import AlignerError, UsageError

app = typer.Typer(
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Offline parallel text: English → Russian → Kyrgyz, and any pair with an Argos model.",
)
app.command("run")(run.run)
app.command("translate")(translate.translate)
app.command("align")(align.align)
app.command("align-dir")(align_dir.align_dir)
app.command("check")(check.check)
app.command("segment")(segment.segment)
app.command("import")(import_.import_)
app.command("publish")(publish.publish)
app.command("train")(train.train)
app.command("report")(report.report)
app.command("review")(review.review)
app.add_typer(models.app, name="models")
app.add_typer(glossary.app, name="glossary")
app.add_typer(memory.app, name="memory")
app.add_typer(export.app, name="export")
app.add_typer(srx.app, name="srx")
app.add_typer(tmx.app, name="tmx")
app.add_typer(evaluate.app, name="evaluate")


def _version(wanted: bool) -> None:
    if wanted:
        print(f"aligner {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line: exit with 1 on an error, 2 on a wrong call, 130 on Ctrl-C."""
    if sys.stdout is None:  # the caller has closed it
        sys.stdout = os.fdopen(_nowhere(), "w", encoding="utf-8", closefd=False)
    for stream in (sys.stdout, sys.stderr):
        _set_encoding(stream)
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except AlignerError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2 if isinstance(error, UsageError) else 1)
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:  # what was asked for, before any file was opened
            print(f"error: {error.filename}: {error.strerror}", file=sys.stderr)
            sys.exit(1)
        if error.errno not in (errno.ENOSPC, errno.EPIPE):
            raise
        if error.errno == errno.ENOSPC:
            print(f"error: cannot write: {error.strerror}", file=sys.stderr)
        os.dup2(_nowhere(), sys.stdout.fileno())  # the rest would only fail again
        sys.exit(1)


def _nowhere() -> int:
    return os.open(os.devnull, os.O_WRONLY)


def _set_encoding(stream: TextIO) -> None:
    """Files and pipes get UTF-8 whatever the locale says; a terminal what it can show."""
    if isinstance(stream, TextIOWrapper):
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8")
