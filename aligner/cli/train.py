"""`aligner train`: a translation model from a corpus."""

# ruff: noqa: D301 - a lone \b in a docstring makes Typer keep the lines of the examples
from __future__ import annotations

import json
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from aligner.cli import options

if TYPE_CHECKING:
    from aligner.train import Report
    from aligner.train.data import Prepared
    from aligner.train.packing import Packed

_EVERY = 60.0  # seconds between two lines of progress where there is no terminal


def train(
    recipe: Annotated[Path, typer.Argument(metavar="RECIPE", help="What is wanted, in TOML.")],
    folder: Annotated[
        Path | None,
        typer.Option(help="Folder of the run. [default: the recipe's name, .run]", metavar="RUN"),
    ] = None,
    data: Annotated[
        list[Path] | None,
        typer.Option(help="Where the recipe's files are, if not beside it; may come again."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for the packages. [default: that of the run]")
    ] = None,
    minutes: Annotated[
        float, typer.Option(min=0, help="End this sitting after so long; 0: at the recipe's end.")
    ] = 0,
    device: Annotated[
        Literal["auto", "cpu", "cuda"], typer.Option(help="auto: a GPU, if there is one.")
    ] = "auto",
    threads: options.Threads = 0,
    package: Annotated[
        bool, typer.Option("--package", help="Learn nothing more, only write the packages.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print what was made as a JSON object.")
    ] = False,
) -> None:
    """Train a translation model, and write it as Argos packages.

    The recipe names files of translations (TMX, TSV, JSON Lines …), how often each is drawn, the
    measures of the network, and how long to train; docs/researcher.md has one with every key. The
    data are cleaned first: normalised, each pair once, in the right languages, nothing of the test
    sets that the recipe holds out.

    All that the run needs stands in its folder. Ctrl-C, a kill or --minutes interrupt it; the same
    command goes on from the last checkpoint. Copy the folder to another computer, and it goes on
    there. The packages are installed by "aligner models install FILE", or by Argos Translate.

    Training needs PyTorch: pip install "aligner[train]"

    \b
    Examples:
      aligner train news.toml
      aligner train news.toml --data ~/corpora --minutes 120
      aligner train news.toml --package --out models/     (as good as it is by now)
      aligner train news.toml --json | jq -r .packages[].path
    """
    from aligner.train import Options, need_torch
    from aligner.train import train as run
    from aligner.train.data import missing
    from aligner.train.packing import pack
    from aligner.training import recipe as recipes

    need_torch()
    wanted = recipes.read(recipe)
    folder = folder or recipe.with_suffix(".run")
    roots = tuple(data or ())
    for path in missing(wanted, (wanted.folder, *roots)):
        print(f"{path}: not there, and left out, as the recipe allows", file=sys.stderr)
    is_over = True
    if not package:
        here = Options(roots, device, threads, minutes)
        with _asked_to_stop() as stop, _progress() as tell:
            is_over = run(wanted, folder, here, tell, _show, stop)
    packed: list[Packed] = []
    if is_over or package:
        print("writing the packages", file=sys.stderr)
        packed = pack(wanted, folder, out or folder, roots, threads)
    if as_json:
        print(json.dumps(_as_json(packed, is_over), ensure_ascii=False, indent=2))
        return
    for one in packed:
        print(f"{one.path}  {one.size / 1e6:.1f} MB")
        for name, scores in one.scores.items():
            told = "  ".join(f"{metric} {score.value:.1f}" for metric, score in scores.items())
            print(f"  {name}: {told}")
    if not is_over:
        print(f"Not at the recipe's end yet: the same command goes on. Kept in {folder}")


def _show(found: Prepared) -> None:
    """Say how much there is to learn from, and what was left out."""
    reasons: Counter[str] = Counter()
    for row in found.rows:
        reasons.update(row.dropped)
    left_out = ", ".join(f"{count:,} {reason}" for reason, count in reasons.most_common())
    print(
        f"{len(found.learnt):,} pairs to learn from"
        + (f"; left out: {left_out}" if left_out else ""),
        file=sys.stderr,
    )


@contextmanager
def _asked_to_stop() -> Iterator[Callable[[], bool]]:
    """Tell whether Ctrl-C or `kill` came: the run ends after its step, with a checkpoint.

    Another one ends it at once.
    """
    before = {sign: signal.getsignal(sign) for sign in (signal.SIGINT, signal.SIGTERM)}
    asked: list[int] = []

    def ask(sign: int, _: object) -> None:
        asked.append(sign)
        for one, handler in before.items():
            signal.signal(one, handler)
        print("ending this sitting; once more to end it at once", file=sys.stderr)

    for sign in before:
        signal.signal(sign, ask)
    try:
        yield lambda: bool(asked)
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)


@contextmanager
def _progress() -> Iterator[Callable[[Report], None]]:
    """Draw a bar on a terminal; elsewhere a line a minute, and one for each measurement."""
    if not sys.stderr.isatty():
        told = [-_EVERY]

        def line(report: Report) -> None:
            if report.progress.seconds - told[0] >= _EVERY or report.chrf:
                told[0] = report.progress.seconds
                print(f"{100 * report.done:.1f} %  {_figures(report)}", file=sys.stderr, flush=True)

        yield line
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, TextColumn("{task.description}"), console=Console(stderr=True)) as bar:
        task = bar.add_task("preparing the data", total=1.0)

        def draw(report: Report) -> None:
            bar.update(task, completed=report.done, description=_figures(report))
            if report.chrf:
                bar.console.print(_figures(report))

        yield draw


def _figures(report: Report) -> str:
    one = report.progress
    chrf = "".join(f"  chrF2++ {pair} {value:.1f}" for pair, value in report.chrf.items())
    return (
        f"{one.tokens / 1e6:.2f} M tokens  {report.speed:,.0f}/s  loss {one.loss:.3f}  "
        f"epoch {one.position.epoch + 1}{chrf}"
    )


def _as_json(packed: list[Packed], is_over: bool) -> dict[str, Any]:
    return {
        "done": is_over,
        "packages": [
            {
                "path": str(one.path),
                "bytes": one.size,
                "scores": {
                    name: {
                        metric: {"value": score.value, "signature": score.signature}
                        for metric, score in scores.items()
                    }
                    for name, scores in one.scores.items()
                },
            }
            for one in packed
        ],
    }
