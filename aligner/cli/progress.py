"""Progress of long work, on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def bars(unit: str) -> Iterator[Callable[[str, int, int], None]]:
    """Give a function (task, done, total) that draws one bar a task.

    Where standard error is no terminal, every task is told in one line when it is done.
    """
    if not sys.stderr.isatty():
        yield (
            lambda task, done, total: (
                print(
                    f"{task}: {total} {unit if total != 1 else unit.removesuffix('s')}",
                    file=sys.stderr,
                )
                if done == total
                else None
            )
        )
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as Remaining

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(unit),
        Remaining(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        tasks: dict[str, int] = {}

        def tell(task: str, done: int, total: int) -> None:
            if task not in tasks:
                tasks[task] = progress.add_task(task, total=total)
            progress.update(tasks[task], completed=done)  # type: ignore[arg-type]

        yield tell
