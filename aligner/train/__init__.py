"""Train a model by a recipe: from files of translations to Argos packages.

All that a run needs stands in its folder, so that it can go on after a kill, or on another
computer:

    examples.tsv.gz     the data, cleaned and weighted; dev.tsv.gz: what progress is measured on
    data.json           what was kept and left out, by origin
    vocabulary.model    SentencePiece
    checkpoint.pt       weights, their average, how far it is
    log.jsonl           what was measured on the way, sitting by sitting
"""

from __future__ import annotations

import errno
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aligner.errors import OutputError, UsageError
from aligner.formats import atomic, locks
from aligner.train import data, scores
from aligner.training import batches, vocabulary
from aligner.training.examples import Example
from aligner.training.recipe import Recipe

if TYPE_CHECKING:
    from aligner.training.loop import Progress, Run

VOCABULARY, CHECKPOINT, LOG = "vocabulary.model", "checkpoint.pt", "log.jsonl"

_LETTERS = 8_000_000  # of each language, that the vocabulary is learnt from


@dataclass(frozen=True, slots=True)
class Options:
    """What is no part of the recipe: how it is run here.

    Attributes:
        roots: folders that the recipe's paths may begin at, beside its own.
        device: "auto", "cpu" or "cuda".
        threads: of the CPU; 0 for all.
        minutes: end this sitting after so long; 0 for no such limit. The run goes on next time.
    """

    roots: tuple[Path, ...] = ()
    device: str = "auto"
    threads: int = 0
    minutes: float = 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """A word of progress.

    Attributes:
        progress: how far the run is.
        done: the share of it that is over.
        speed: target tokens a second, in this sitting.
        chrf: of dev sentences by direction, when it was just measured.
    """

    progress: Progress
    done: float
    speed: float
    chrf: Mapping[str, float]


def train(
    recipe: Recipe,
    folder: Path,
    options: Options = Options(),
    tell: Callable[[Report], None] = lambda _: None,
    show: Callable[[data.Prepared], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> bool:
    """Train, or go on training.

    Args:
        recipe: what is wanted.
        folder: of the run; begun anew, or gone on with if it has a checkpoint.
        options: how it is run here.
        tell: is told of the progress every few seconds.
        show: is shown the data before it begins.
        stop: is asked as often whether to end this sitting.

    Returns:
        Whether the schedule is over; if not, the next call goes on.

    Raises:
        UsageError: PyTorch is missing, or another process trains in the folder.
        InputError: a file of the recipe or of the run is missing or damaged.
        OutputError: the folder cannot be written to; the last checkpoint is still there.
    """
    need_torch()
    with _locked(folder):
        found = data.load(recipe, folder, (recipe.folder, *options.roots))
        show(found)
        tokens = vocabulary.Tokens(_vocabulary(recipe, folder, found.learnt))
        sitting = _Sitting(recipe, folder, options, tokens, found)
        return sitting.train(tell, stop)


def need_torch() -> None:
    """Make sure that PyTorch is here.

    Raises:
        UsageError: it is not.
    """
    if find_spec("torch") is None:
        raise UsageError(
            "training needs PyTorch, which is not installed",
            hint='Install it by: pip install "aligner[train]"',
        )


class _Sitting:
    """A run, from its last checkpoint on."""

    def __init__(
        self,
        recipe: Recipe,
        folder: Path,
        options: Options,
        tokens: vocabulary.Tokens,
        found: data.Prepared,
    ) -> None:
        from aligner.training.loop import Run

        self._recipe, self._folder, self._options = recipe, folder, options
        self._tokens, self._data = tokens, found
        plan = recipe.schedule
        self._run: Run = Run(len(tokens), recipe.network, plan, options.device, options.threads)
        if (folder / CHECKPOINT).exists():
            self._run.load(folder / CHECKPOINT)

    def train(self, tell: Callable[[Report], None], stop: Callable[[], bool]) -> bool:
        """Learn until the schedule, or this sitting, is over."""
        plan, run = self._recipe.schedule, self._run
        began, before = time.monotonic(), run.progress.tokens
        saved = measured = began
        self._log({"began": _now(), "data": self._data.digest, **run.computer})
        stream = batches.endless(
            self._data.learnt, self._tokens, plan.batch_tokens, plan.seed, run.progress.position
        )
        for progress in run.learn(stream):
            now = time.monotonic()
            chrf: Mapping[str, float] = {}
            if now - saved > 60 * plan.checkpoint:
                saved = now
                self._save()
            if now - measured > 60 * self._recipe.dev.every:
                measured = now
                chrf = self._measure()
            speed = (progress.tokens - before) / (now - began)
            tell(Report(progress, progress.done(plan), speed, chrf))
            if stop() or (self._options.minutes and now - began > 60 * self._options.minutes):
                break
        self._save()
        is_over = run.progress.done(plan) >= 1
        if is_over:
            tell(Report(run.progress, run.progress.done(plan), 0.0, self._measure()))
        return is_over

    def _save(self) -> None:
        try:
            with atomic.replace(self._folder / CHECKPOINT) as file:
                file.write(self._run.saved())
        except OutputError as error:
            was = (self._folder / CHECKPOINT).exists()
            raise OutputError(
                error.message,
                where=error.where,
                hint=f"{error.hint} "
                + ("The checkpoint before is whole: the next call goes on from it." * was),
            ) from error

    def _measure(self) -> Mapping[str, float]:
        chrf = scores.trial(
            self._run.weights(),
            self._recipe.network,
            (self._folder / VOCABULARY).read_bytes(),
            self._data.trial,
            self._options.threads,
        )
        one = self._run.progress
        self._log(
            {
                "steps": one.steps,
                "tokens": one.tokens,
                "minutes": round(one.seconds / 60, 1),
                "epoch": one.position.epoch,
                "loss": round(one.loss, 4),
                "rate": float(f"{one.rate:.3g}"),
                "chrf": chrf,
            }
        )
        return chrf

    def _log(self, line: Mapping[str, Any]) -> None:
        with (self._folder / LOG).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _vocabulary(recipe: Recipe, folder: Path, learnt: Iterable[Example]) -> bytes:
    """The vocabulary of a run, learnt when it begins; later data do not change it."""
    path = folder / VOCABULARY
    if not path.exists():
        langs = tuple(dict.fromkeys(lang for pair in recipe.pairs() for lang in pair))
        texts = chain.from_iterable(_of_language(learnt, lang) for lang in langs)
        seed = recipe.schedule.seed
        with atomic.replace(path) as file:
            file.write(vocabulary.learn(texts, recipe.vocabulary, recipe.targets(), langs, seed))
    return path.read_bytes()


def _of_language(learnt: Iterable[Example], lang: str) -> Iterator[str]:
    """Texts of a language, repeated until they are as much as those of another."""
    texts = [
        text
        for one in learnt
        for text, code in zip((one.source, one.target), one.langs, strict=True)
        for _ in range(round(one.weight) or 1)
        if code == lang
    ]
    return _up_to(texts, _LETTERS)


def _up_to(texts: list[str], letters: int) -> Iterator[str]:
    """Texts, evenly from all of them, up to so many letters."""
    have = max(1, sum(map(len, texts)))
    step, times = max(1, have // letters), max(1, letters // have)
    return chain.from_iterable(texts[::step] for _ in range(times))


def made_folder(folder: Path) -> Path:
    """The folder, made if need be.

    Raises:
        OutputError: it cannot be made or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            return folder
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise OutputError(
            f"the folder cannot be made or written to: {error.strerror}", where=str(folder)
        ) from error


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with (made_folder(folder) / ".lock").open("a") as lock:
        if not locks.hold(lock, folder / ".lock"):
            raise UsageError(
                "another process is training in this folder",
                where=str(folder),
                hint="Wait for it, or choose another folder.",
            )
        yield


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
