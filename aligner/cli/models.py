"""`aligner models`: list, install, remove and verify translation models."""

# ruff: noqa: D301 - a lone \b in a docstring makes Typer keep the lines of the examples
from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aligner.cli import notes
from aligner.errors import UsageError

if TYPE_CHECKING:
    from aligner.engines.download import Progress
    from aligner.engines.packages import Model

app = typer.Typer(
    rich_markup_mode=None,
    no_args_is_help=True,
    help="List, install, remove and verify translation models.",
)

_FULL_MODELS = (
    "Starter models are small and come with aligner: good for a first draft, no more. "
    "A full Argos model takes over from them: aligner models install en ru"
)


@app.command("list")
def list_models(
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON array.")] = False,
) -> None:
    """List the models that are here, and which of them serves each language pair.

    \b
    Examples:
      aligner models list
      aligner models list --json
    """
    from aligner.engines import packages

    models = packages.installed() + packages.starters()
    used = {model.pair: packages.best(models, model.pair) for model in models}
    models.sort(key=lambda model: (model.pair, used[model.pair] is not model))
    if as_json:
        rows = [_describe(model, used[model.pair] is model) for model in models]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for model in models:
            use = "used" if used[model.pair] is model else "not used"
            pair = f"{model.source} → {model.target}"
            print(f"{pair:9}  {model.version:7}  {_origin(model):9}  {use:8}  {model.name}")
        if any(model and model.starter for model in used.values()):
            print(f"\n{_FULL_MODELS}")
    notes.warn_of_broken_models()


@app.command()
def install(
    what: Annotated[list[str], typer.Argument(metavar="FROM TO | FILE", show_default=False)],
    force: Annotated[
        bool, typer.Option("--force", help="Replace what is there, even by an older version.")
    ] = False,
) -> None:
    """Install a model from the Argos index, or from an .argosmodel file without a network.

    A download that breaks off goes on where it stopped when you give the same command again.
    The package is checked before it replaces anything.

    \b
    Examples:
      aligner models install en ru
      aligner models install translate-en_ru-1_9.argosmodel
      aligner models install en ru some-file.argosmodel   (refuses any other pair)
    """
    from aligner.engines import installer

    match what:
        case [source, target]:
            with _progress(f"{source} → {target}") as progress:
                model = installer.install(source, target, progress, force=force)
        case [file]:
            model = installer.install_file(Path(file), force=force)
        case [source, target, file]:
            model = installer.install_file(Path(file), (source, target), force=force)
        case _:
            raise UsageError(
                "give two languages or a file", hint="For example: aligner models install en ru"
            )
    print(f"{_title(model)} is installed in {model.folder}")


@app.command()
def remove(
    source: Annotated[str, typer.Argument(metavar="FROM")],
    target: Annotated[str, typer.Argument(metavar="TO")],
) -> None:
    """Remove the installed models of a language pair; starter models stay.

    \b
    Example:
      aligner models remove en ru
    """
    from aligner.engines import installer

    for model in installer.remove(source, target):
        print(f"{_title(model)} is removed")


@app.command()
def verify() -> None:
    """Check that every model is whole and works; exit with 1 if one does not.

    Compares all files with those that were installed, loads each model and translates a word.

    \b
    Example:
      aligner models verify
    """
    from aligner.engines import installer

    sound = True
    for verdict in installer.verify():
        print(f"{verdict.name}: {verdict.problem or 'good'}", flush=True)
        sound = sound and not verdict.problem
    if not sound:
        print(
            "Install a broken model again: aligner models install --force FROM TO. "
            "A folder that is no model has to be removed by hand: see aligner models list.",
            file=sys.stderr,
        )
        raise typer.Exit(1)


def _describe(model: Model, active: bool) -> dict[str, Any]:
    return {
        "from": model.source,
        "to": model.target,
        "version": model.version,
        "name": model.name,
        "origin": _origin(model),
        "active": active,
        "digest": model.digest(),
        "path": str(model.folder),
    }


def _origin(model: Model) -> str:
    return "starter" if model.starter else "installed"


def _title(model: Model) -> str:
    return f"{model.source} → {model.target} {model.version}"


@contextmanager
def _progress(title: str) -> Iterator[Progress | None]:
    """Draw a progress bar on a terminal; elsewhere there is none."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
