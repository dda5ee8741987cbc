"""The loop: batches in, better weights out."""

from __future__ import annotations

import ctypes
import io
import math
import os
import platform
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import torch

from aligner.errors import InputError, UsageError
from aligner.training.batches import GIVEN, Batch, Position
from aligner.training.network import Transformer
from aligner.training.precision import Weights
from aligner.training.recipe import Network, Schedule

_REFILL = 500  # steps between new dropout masks
_TOLD = 20  # steps between two words of progress
_FORGOTTEN = 0.98  # share of the running loss that a step leaves
_FINAL_RATE = 0.01  # of the highest, at the end


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is, all sittings together.

    Attributes:
        steps: batches learnt from.
        tokens: target tokens learnt from.
        seconds: time spent learning.
        loss: of late, with smoothed labels, in nats a token.
        rate: the learning rate.
        position: in the data.
    """

    steps: int = 0
    tokens: int = 0
    seconds: float = 0.0
    loss: float = math.nan
    rate: float = 0.0
    position: Position = field(default_factory=Position)

    def done(self, schedule: Schedule) -> float:
        """The share of the run that is over, 0 to 1 and beyond."""
        by_tokens = self.tokens / schedule.tokens if schedule.tokens else 0.0
        by_time = self.seconds / 60 / schedule.minutes if schedule.minutes else 0.0
        return max(by_tokens, by_time)


class Run:
    """A network that learns.

    Args:
        vocabulary: how many tokens there are.
        shape: of the network.
        schedule: how it learns.
        device: "cpu", "cuda", or "auto" for the better of those that are there.
        threads: of the CPU; 0 for all.
    """

    def __init__(
        self, vocabulary: int, shape: Network, schedule: Schedule, device: str, threads: int
    ) -> None:
        _keep_memory()
        self._threads = threads or os.cpu_count() or 1
        torch.manual_seed(schedule.seed)
        self.device = _device(device)
        self._schedule = schedule
        network = Transformer(vocabulary, shape, _faster_type(self.device, shape.width))
        self._network = network.to(self.device)
        self._network.train()
        self._weights = Weights(self._network, schedule.averaging)
        self.progress = Progress()

    def learn(self, batches: Iterator[Batch]) -> Iterator[Progress]:
        """Learn until the schedule is over; tells how far it is every few steps.

        Between two words of progress the run may be left, saved, or gone on with.
        """
        while self.progress.done(self._schedule) < 1:
            # CTranslate2, which measures the progress, sets the threads of the process to one.
            torch.set_num_threads(self._threads)
            began = time.perf_counter()
            for batch in (next(batches) for _ in range(_TOLD)):
                self._step(batch)
            spent = time.perf_counter() - began
            self.progress = replace(self.progress, seconds=self.progress.seconds + spent)
            yield self.progress

    def _step(self, batch: Batch) -> None:
        before = self.progress
        rate = _rate(self._schedule, before)
        source = torch.from_numpy(batch.source).to(self.device, non_blocking=True)
        target = torch.from_numpy(batch.target).to(self.device, non_blocking=True)
        total, count = self._network.loss(source, target, GIVEN, self._schedule.label_smoothing)
        (total / count).backward()
        self._weights.step(rate)
        if before.steps % _REFILL == _REFILL - 1:
            self._network.refresh()
        loss = total.item() / count
        if not math.isfinite(loss):
            raise InputError(
                "the loss is no longer a number",
                where=f"step {before.steps}",
                hint="Lower schedule.learning_rate, and go on from the last checkpoint.",
            )
        if not math.isnan(before.loss):
            loss = _FORGOTTEN * before.loss + (1 - _FORGOTTEN) * loss
        self.progress = replace(
            before,
            steps=before.steps + 1,
            tokens=before.tokens + count,
            loss=loss,
            rate=rate,
            position=batch.position,
        )

    def weights(self) -> dict[str, Any]:
        """The averaged weights as arrays of float32, by name."""
        return {name: weights.cpu().numpy() for name, weights in self._weights.averaged().items()}

    @property
    def computer(self) -> dict[str, Any]:
        """What it runs on."""
        if self.device.type == "cuda":
            return {"device": torch.cuda.get_device_name(self.device)}
        return {"device": _processor(), "threads": self._threads}

    def saved(self) -> bytes:
        """All that the run must know to go on, on any device."""
        progress = self.progress
        file = io.BytesIO()
        torch.save(
            {
                "weights": self._weights.state(),
                "steps": progress.steps,
                "tokens": progress.tokens,
                "seconds": progress.seconds,
                "loss": progress.loss,
                "position": (progress.position.epoch, progress.position.chunk),
            },
            file,
        )
        return file.getvalue()

    def load(self, path: Path) -> None:
        """Go on from what was saved.

        Raises:
            InputError: the file is damaged, or is of another network.
        """
        state, self.progress = _read(path)
        try:
            self._weights.load(state["weights"])
        except (KeyError, RuntimeError, ValueError) as error:
            raise InputError(
                "the checkpoint is of a network of other measures",
                where=str(path),
                hint="Give the recipe it was begun with, or another folder to begin anew.",
            ) from error


def averaged(path: Path) -> tuple[dict[str, Any], Progress]:
    """The averaged weights of a checkpoint, arrays of float32 by name, and how far it is.

    Raises:
        InputError: the file is damaged.
    """
    state, progress = _read(path)
    arrays = (weights.numpy() for weights in state["weights"]["average"])
    return dict(zip(state["weights"]["names"], arrays, strict=True)), progress


def _read(path: Path) -> tuple[Mapping[str, Any], Progress]:
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
        return state, Progress(
            steps=int(state["steps"]),
            tokens=int(state["tokens"]),
            seconds=float(state["seconds"]),
            loss=float(state["loss"]),
            position=Position(*state["position"]),
        )
    except Exception as error:  # torch raises whatever a broken file leads to
        raise InputError(
            "the checkpoint cannot be read",
            where=str(path),
            hint="It is damaged, or no checkpoint: remove it to begin anew.",
        ) from error


def _rate(schedule: Schedule, progress: Progress) -> float:
    """The learning rate: a rise, a plateau, and a fall with 1 - √x (Hägele et al. 2024)."""
    rise = min(1.0, (progress.steps + 1) / max(1, schedule.warmup))
    fallen = (progress.done(schedule) - (1 - schedule.cooldown)) / max(1e-9, schedule.cooldown)
    fall = max(_FINAL_RATE, 1 - math.sqrt(min(1.0, max(0.0, fallen))))
    return schedule.learning_rate * rise * fall


def _keep_memory() -> None:
    """Have the C library keep what is freed: every step asks for the same megabytes again.

    To return them and get them back, page by page, took a third of the time. Only glibc can be
    told, and only it needs to be.
    """
    if platform.libc_ver()[0] == "glibc":
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_MMAP_THRESHOLD, 1 << 25)  # bytes; the highest that it takes
        mallopt(_TRIM_THRESHOLD, 1 << 30)


_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # as malloc.h has them


def _device(name: str) -> torch.device:
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "cpu"
    if name == "cuda" and not torch.cuda.is_available():
        raise UsageError(
            "PyTorch finds no CUDA device here", hint="Leave --device out, or give cpu."
        )
    return torch.device(name)


def _processor() -> str:
    """The name of the CPU."""
    with suppress(OSError):  # Linux has it there, others in what Python asks
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        for line in lines:
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _faster_type(device: torch.device, width: int) -> torch.dtype:
    """The type that products of matrices are faster in: not every processor has bfloat16."""
    if device.type == "cuda":
        return torch.bfloat16
    times = {dtype: _product_time(dtype, width) for dtype in (torch.float32, torch.bfloat16)}
    return min(times, key=times.__getitem__)


def _product_time(dtype: torch.dtype, width: int) -> float:
    """Seconds that a product of two matrices takes, at best."""
    x, y = torch.ones(4_096, width, dtype=dtype), torch.ones(width, 4 * width, dtype=dtype)
    times = []
    for _ in range(4):
        began = time.perf_counter()
        x @ y
        times.append(time.perf_counter() - began)
    return min(times)
