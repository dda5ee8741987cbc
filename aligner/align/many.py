"""The articles of a folder, each aligned in one of several processes.

    articles → those that are done stand in `parts`; the others → workers → `parts` → one corpus

A worker keeps its models from article to article. What fails in one article, or kills its worker,
is told in the row of that article, and the others go on.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from itertools import permutations
from pathlib import Path

from aligner import __version__
from aligner.align.articles import Article
from aligner.align.entries import PROBABILITY
from aligner.align.parts import Parts, Row
from aligner.align.workers import Plan, Task, Worker, wait
from aligner.engines import packages
from aligner.entries import Bundle, Entry, Header
from aligner.errors import ModelMissing

DOCUMENT = "x-document"  # the article that a unit is from

_TWICE = "its process was ended by {}, twice: perhaps there is not enough memory for it"

# Told how many articles are done, and the names of those under way.
Progress = Callable[[int, Sequence[str]], None]


@dataclass(frozen=True, slots=True)
class Job:
    """Articles to align, and what is done of them already.

    Attributes:
        plan: how.
        parts: where the results are kept.
        keys: that of each article which can be aligned, by name.
        rows: of the articles that need no work: they are done, alone, or have rivals.
        tasks: the work that is left.
    """

    plan: Plan
    parts: Parts
    keys: Mapping[str, str]
    rows: tuple[Row, ...]
    tasks: tuple[Task, ...]

    def run(self, processes: int, progress: Progress) -> Iterator[Row]:
        """Do what is left, in any order.

        An article whose process was killed is tried once more when there is but one: several at a
        time may need more memory than there is.

        Args:
            processes: how many there may be; they share the cores between them.
            progress: told whenever an article is begun.

        Yields:
            A row for each task; the units are in `parts`.
        """
        processes = max(1, min(processes, len(self.tasks)))
        again: list[Task] = []
        done = 0
        for task, row, _ in self._run(self.tasks, processes, progress):
            if row is None:
                again.append(task)
            else:
                done += 1
                yield row
        for task, row, end in self._run(again, 1, lambda more, names: progress(done + more, names)):
            yield row or failed(task.article, _TWICE.format(end))

    def _run(
        self, tasks: Sequence[Task], processes: int, progress: Progress
    ) -> Iterator[tuple[Task, Row | None, str]]:
        """Give each task to a worker that is free; one that is lost is replaced by another."""
        threads = max(1, cores() // processes)
        plan = replace(self.plan, settings=replace(self.plan.settings, threads=threads))
        waiting = list(reversed(tasks))
        busy: dict[Worker, Task] = {}
        free: list[Worker] = []
        done = 0
        try:
            while waiting or busy:
                while waiting and len(busy) < processes:
                    worker = free.pop() if free else Worker(plan, self.parts.folder)
                    busy[worker] = waiting.pop()
                    worker.give(busy[worker])
                progress(done, [task.article.name for task in busy.values()])
                for worker in wait(busy):
                    row = worker.take()
                    if row:
                        free.append(worker)
                    done += bool(row)
                    yield busy.pop(worker), row, "" if row else worker.end()
            progress(done, [])
        finally:
            for worker in (*busy, *free):
                worker.end()


def cores() -> int:
    """How many cores this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def prepare(articles: Iterable[Article], plan: Plan, parts: Parts) -> Job:
    """Find out what there is to do.

    Raises:
        PackageError: a model is broken.
    """
    rows: list[Row] = []
    tasks: list[Task] = []
    keys: dict[str, str] = {}
    basis = _basis(plan)
    for article in articles:
        if article.rivals:
            rows.append(failed(article, _rivalry(article)))
        elif article.is_alone:
            rows.append(Row(article.name, "alone", article.names()))
        else:
            key = keys[article.name] = _key(article, basis, plan)
            row = parts.row(key)
            if row:
                rows.append(replace(row, files=article.names()))  # the folder may have moved
            else:
                tasks.append(Task(article, key))
    return Job(plan, parts, keys, tuple(rows), tuple(tasks))


def failed(article: Article, reason: str) -> Row:
    """The row of an article that could not be aligned."""
    return Row(article.name, "failed", article.names(), reason)


def _rivalry(article: Article) -> str:
    both = "; ".join(
        f"{' and '.join(map(str, paths))} have the same name and language, {lang}"
        for lang, paths in article.rivals
    )
    return f"{both}. Take one away, or say by --pattern which are meant."


def _basis(plan: Plan) -> str:
    """What the units of every article depend on, but for how many threads make them."""
    settings = asdict(replace(plan, settings=replace(plan.settings, threads=0)))
    rules = _digest(plan.srx) if plan.srx else ""
    return json.dumps([__version__, settings, rules], default=str)


def _key(article: Article, basis: str, plan: Plan) -> str:
    """A hash of all that the units of an article depend on."""
    files = [(lang, path.suffix, _digest(path)) for lang, path in article.files]
    pairs = permutations(article.langs, 2) if plan.translate else ()
    models = [model for pair in pairs for model in _models(*pair)]
    whole = json.dumps([basis, article.name, files, models])
    return hashlib.sha256(whole.encode("utf-8", "surrogateescape")).hexdigest()[:40]


def _digest(path: Path) -> str:
    """The SHA-256 of a file; "" of one that cannot be read: whoever needs it will say so."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


@cache
def _models(source: str, target: str) -> tuple[str, ...]:
    """What the models are that translate from one language into another."""
    try:
        return tuple(f"{model.name} {model.digest()}" for model in packages.find(source, target))
    except ModelMissing:
        return ()


@dataclass(slots=True)
class Corpus:
    """The units of all articles that are done.

    Attributes:
        parts: where they are.
        keys: of the articles, by name.
        least: the least probability of a unit that is taken.
        keep_unaligned: take also the sentences that only one text has.
        written: how many units each article has given, once they have been taken.
    """

    parts: Parts
    keys: Mapping[str, str]
    least: float = 0.0
    keep_unaligned: bool = False
    written: dict[str, int] = field(default_factory=dict)

    def bundle(self, rows: Iterable[Row]) -> Bundle:
        """The units of the articles with these rows, by name; they are read as they are taken."""
        rows = [row for row in rows if row.status == "done"]
        firsts = {next(iter(row.files)) for row in rows}
        source = firsts.pop() if len(firsts) == 1 else ""
        models = {f"x-model-{pair}": name for row in rows for pair, name in row.models.items()}
        created = ("creationdate", f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
        attributes = (created, ("srclang", source or "*all*"))
        return Bundle(
            self._entries(rows), Header(source, tuple(sorted(models.items())), (), attributes)
        )

    def _entries(self, rows: Iterable[Row]) -> Iterator[Entry]:
        for name in sorted(row.name for row in rows):
            self.written[name] = 0
            for number, entry in enumerate(self.parts.entries(self.keys[name]), 1):
                if self._is_wanted(entry):
                    self.written[name] += len(entry.variants) > 1
                    yield replace(
                        entry, tuid=f"{name}:{number}", props=(*entry.props, (DOCUMENT, name))
                    )

    def _is_wanted(self, entry: Entry) -> bool:
        if len(entry.variants) < 2:
            return self.keep_unaligned
        return float(dict(entry.props).get(PROBABILITY, 1)) >= self.least
