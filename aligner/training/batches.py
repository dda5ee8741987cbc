"""Examples as batches of token numbers, in an order that the seed alone decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from aligner.training.examples import Example
from aligner.training.vocabulary import BEGIN, END, PAD, Tokens

CHUNK = 20_000  # examples that are sorted by length together
# Lengths are padded to a multiple of this: for each new shape a CPU must make its kernels anew,
# which with all lengths took a third of the time.
STEP = 8
LONGEST = 150  # tokens; what is longer is left out
GIVEN = 2  # a target begins with <s> and the tag of its language, which are not learnt


@dataclass(frozen=True, slots=True)
class Position:
    """Where a run stands in its data.

    Attributes:
        epoch: from 0.
        chunk: of the epoch, from 0.
    """

    epoch: int = 0
    chunk: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """Sentences of like length.

    Attributes:
        source: token numbers [sentences, longest], padded.
        target: the same of their translations, beginning with <s> and the tag.
        position: of the chunk that it is from.
    """

    source: NDArray[np.int64]
    target: NDArray[np.int64]
    position: Position


def endless(
    examples: Sequence[Example], tokens: Tokens, size: int, seed: int, start: Position
) -> Iterator[Batch]:
    """Batch after batch, epoch after epoch.

    Args:
        examples: to draw from, each as often in an epoch as its weight says, on average.
        tokens: the vocabulary.
        size: tokens a batch at most on its longer side, padding counted.
        seed: decides the order, and how words are parted.
        start: the chunk to begin with.
    """
    position = start
    while True:
        random = np.random.default_rng((seed, position.epoch))
        order = _drawn([one.weight for one in examples], random)
        chunks = [order[at : at + CHUNK] for at in range(0, len(order), CHUNK)]
        for number in range(position.chunk, len(chunks)):
            here = Position(position.epoch, number)
            random = np.random.default_rng((seed, here.epoch, here.chunk))
            found = _coded([examples[i] for i in chunks[number]], tokens, random)
            batches = _batches(found, size)
            for at in random.permutation(len(batches)):
                source, target = zip(*batches[at], strict=True)
                yield Batch(_padded(source), _padded(target), here)
        position = Position(position.epoch + 1)


def _drawn(weights: Sequence[float], random: np.random.Generator) -> NDArray[np.int64]:
    """Numbers of examples in random order, each as often as its weight says."""
    wanted = np.asarray(weights)
    times = np.floor(wanted + random.random(len(wanted))).astype(np.int64)
    return random.permutation(np.repeat(np.arange(len(wanted)), times))


_Coded = tuple[list[int], list[int]]


def _batches(found: Iterable[_Coded], size: int) -> list[list[_Coded]]:
    """Cut a chunk into batches of like length."""
    ordered = sorted(found, key=lambda pair: (_longest(pair), len(pair[0])))
    return [
        alike[at : at + max(1, size // length)]
        for length, group in groupby(ordered, key=_longest)
        for alike in (list(group),)
        for at in range(0, len(alike), max(1, size // length))
    ]


def _longest(pair: _Coded) -> int:
    """The longer side, padded."""
    return _up(max(map(len, pair)))


def _up(length: int) -> int:
    return -(-length // STEP) * STEP


def _coded(
    examples: Sequence[Example], tokens: Tokens, random: np.random.Generator
) -> Iterator[_Coded]:
    """Source and target as token numbers."""
    for sampling in sorted({one.sampling for one in examples}):
        some = [one for one in examples if one.sampling == sampling]
        seeds = random.integers(1 << 31, size=2)
        sources = tokens.encode([one.source for one in some], sampling, int(seeds[0]))
        targets = tokens.encode([one.target for one in some], sampling, int(seeds[1]))
        for one, source, target in zip(some, sources, targets, strict=True):
            if 0 < len(source) <= LONGEST and 0 < len(target) <= LONGEST:
                yield [*source, END], [BEGIN, tokens.tag(one.langs[1]), *target, END]


def _padded(rows: Sequence[list[int]]) -> NDArray[np.int64]:
    table = np.full((len(rows), _up(max(map(len, rows)))), PAD, dtype=np.int64)
    for row, filled in zip(table, rows, strict=True):
        row[: len(filled)] = filled
    return table
