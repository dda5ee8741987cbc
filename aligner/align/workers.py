"""A process that aligns one article at a time, and keeps its models between them.

Processes are spawned, for engines have threads and do not survive a fork.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from multiprocessing import connection
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import fmean
from typing import Any

from aligner import engines
from aligner.align import Aligned, Method, align, texts
from aligner.align.articles import Article
from aligner.align.entries import bundle
from aligner.align.parts import Row, put
from aligner.align.texts import Text
from aligner.engines import Settings
from aligner.errors import AlignerError, InputError
from aligner.segmentation import Rules


@dataclass(frozen=True, slots=True)
class Plan:
    """How to align each article.

    Attributes:
        translate: translate by the models that are there.
        allow_moves: align passages that stand elsewhere in another text.
        settings: how the models run in each process.
        options: of `aligner.alignment.align`, such as `deletion`.
        presegmented: each line is a sentence, and blank lines end paragraphs.
        encoding: that of the files, if neither UTF-8 nor UTF-16.
        srx: segmentation rules other than our own.
        force: take also texts that seem unrelated, or in another language.
    """

    translate: bool = True
    allow_moves: bool = False
    settings: Settings = field(default_factory=Settings)
    options: Mapping[str, Any] = field(default_factory=dict)
    presegmented: bool = False
    encoding: str | None = None
    srx: Path | None = None
    force: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """An article to align, and the key under which the result is kept."""

    article: Article
    key: str


class Worker:
    """A process at work, as the one that started it sees it."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        """Start it; what it makes goes to `folder`."""
        context = multiprocessing.get_context("spawn")
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, plan, folder), daemon=True)
        self._process.start()
        theirs.close()  # else its end would not show here

    def give(self, task: Task) -> None:
        """Have it align an article."""
        with suppress(OSError):  # it is gone already, and `take` will tell
            self._line.send(task)

    def take(self) -> Row | None:
        """The row of the article that it was given; None if it was killed at it."""
        try:
            row: Row = self._line.recv()
        except (EOFError, OSError):
            return None
        return row

    def end(self) -> str:
        """End it; says what ended it, if it was not we."""
        self._line.close()
        self._process.terminate()
        self._process.join()
        code = self._process.exitcode or 0
        return signal.Signals(-code).name if code < 0 else f"exit status {code}"

    @property
    def line(self) -> Connection:
        """Is ready when a row is there, or the process is gone."""
        return self._line


def wait(workers: Iterable[Worker]) -> list[Worker]:
    """Wait until one of several workers or more can be asked for a row, and give these."""
    by_line = {worker.line: worker for worker in workers}
    return [by_line[line] for line in connection.wait(list(by_line))]  # type: ignore[index]


def _serve(line: Connection, plan: Plan, folder: Path) -> None:
    """Align what comes in, until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one that started us
    threading.Thread(target=_die_with_parent, daemon=True).start()
    # Articles ask for the same routes again and again: here models stay loaded till the end.
    engines.load = cache(engines.load)
    with suppress(EOFError, OSError):
        while True:
            task: Task = line.recv()
            line.send(_row(task, plan, folder))


def _die_with_parent() -> None:
    """Whoever is orphaned by a kill must not go on writing beside the next run."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        signal.raise_signal(signal.SIGTERM)


def _row(task: Task, plan: Plan, folder: Path) -> Row:
    try:
        return _aligned(task, plan, folder)
    except Exception as error:
        # Whatever it is, of one article in thousands: its row says so, and the others go on.
        reason = str(error) if isinstance(error, AlignerError) else repr(error)
        line = ". ".join(filter(None, reason.splitlines()))
        return Row(task.article.name, "failed", task.article.names(), line)


def _aligned(task: Task, plan: Plan, folder: Path) -> Row:
    """Align an article, and keep its units.

    Raises:
        InputError: a text cannot be read, or is not what it is said to be.
        OutputError: the units cannot be kept.
    """
    found = _read(task.article, plan)
    method = Method(
        plan.translate,
        allow_moves=plan.allow_moves,
        settings=plan.settings,
        options=plan.options,
    )
    aligned = align(found, method)
    unrelated = [] if plan.force else aligned.unrelated()
    if unrelated:
        raise InputError(
            f"it does not seem to be a translation of {found[0].name}",
            where=", ".join(text.name for text in unrelated),
        )
    row = _told(task.article, aligned)
    put(folder, task.key, bundle(aligned, keep_unaligned=True), row)
    return row


def _read(article: Article, plan: Plan) -> list[Text]:
    """Read the texts of an article.

    Raises:
        InputError: one cannot be read, or is not what it is said to be.
    """
    found = texts.read(
        list(article.names().values()),
        article.langs,
        presegmented=plan.presegmented,
        encoding=plan.encoding,
        rules=_rules(plan.srx),
    )
    if plan.force:
        return found
    for text, other in texts.repeated(found):
        raise InputError(f"it is the same text as {other.name}", where=text.name)
    mistaken = texts.mistaken(found)
    if mistaken:
        seen = [f"{text.name} seems to be in {lang}, not {text.lang}" for text, lang in mistaken]
        raise InputError("; ".join(seen))
    return found


@cache
def _rules(path: Path | None) -> Rules | None:
    return Rules.load(path) if path else None


def _told(article: Article, aligned: Aligned) -> Row:
    """What there is to say of an article that is aligned."""
    langs = article.langs
    units = [group for group in aligned.groups if group.is_aligned]
    alone = Counter(
        lang
        for group in aligned.groups
        if not group.is_aligned
        for lang, side in zip(langs, group.sides, strict=True)
        for _ in side
    )
    return Row(
        article.name,
        "done",
        article.names(),
        sentences={text.lang: len(text.sentences) for text in aligned.texts},
        unaligned={lang: alone[lang] for lang in langs},
        units=dict(
            Counter(
                "-".join(lang for lang, side in zip(langs, unit.sides, strict=True) if side)
                for unit in units
            )
        ),
        probability=round(fmean(unit.probability for unit in units), 4) if units else None,
        related=round(min(aligned.related), 4),
        moved=max(map(len, aligned.moved)),
        models={
            f"{langs[pair.first]}-{langs[pair.second]}": "+".join(model.name for model in models)
            for pair, models in zip(aligned.pairs, aligned.models, strict=True)
            if models
        },
    )
