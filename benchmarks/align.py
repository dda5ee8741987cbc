"""Sentence alignment: how good, how fast, how large, next to others.

    uv run --frozen python benchmarks/align.py --data ../shared/data/alignment [--long]

Each program runs in a process of its own on one thread. F1 is strict and lax as vecalign's scorer
has it, over all documents of a set, every sentence that is not aligned a bead of its own; seconds
and megabytes are for a whole set, the start of Python and the reading of files left out. The sets
are read from JSON Lines, a document a line: sentences under each language, beads under "gold",
machine translation of the source under "mt_LANG".

`--long` adds the text of 2,000 sentences repeated to 20,000 and 100,000, with some sentences left
out and some words changed at each turn.

Peers: Gale and Church's (1993) programme over the lengths of sentences, our own implementation; and
NLTK's of the same where it is installed. A text too long for a peer is left out.
"""

from __future__ import annotations

import argparse
import json
import math
import multiprocessing
import os
import random
import resource
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter

import numpy as np

from aligner.alignment import Bead, align
from aligner.alignment.evaluate import evaluate, read

SETS = (
    "en-ru.easy mt_ru",
    "en-ru.medium mt_ru",
    "en-ru.hard mt_ru",
    "en-ky.medium mt_ru",
    "en-ky.hard mt_ru",
    "ru-ky.medium",
    "en-ru.medium",
    "en-ky.medium",
    "textberg-dev mt_fr",
    "en-ru.long2k mt_ru",
    "en-ru.long2k",
)
LONG = ("en-ru.long2k mt_ru 20000", "en-ru.long2k mt_ru 100000")
TEXTBERG = "de-fr"


@dataclass(frozen=True)
class Text:
    """A document: two sides, the source in the target's language if known, and the gold."""

    source: list[str]
    target: list[str]
    translated: list[str] | None
    gold: list[Bead]


Aligner = Callable[[Text], list[Bead]]


def texts(folder: Path, name: str) -> list[Text]:
    """The documents of a set, as "en-ru.long2k mt_ru 20000" names them."""
    stem, *options = name.split()
    langs = (TEXTBERG if stem.startswith("textberg") else stem.partition(".")[0]).split("-")
    mt = next((option for option in options if option.startswith("mt_")), None)
    with (folder / f"{stem}.jsonl").open(encoding="utf-8") as file:
        documents = [
            Text(
                document[langs[0]],
                document[langs[1]],
                document[mt] if mt else None,
                list(read(document["gold"])),
            )
            for document in map(json.loads, file)
        ]
    sizes = [int(option) for option in options if option.isdigit()]
    return [repeated(document, sizes[0]) for document in documents] if sizes else documents


def repeated(text: Text, size: int) -> Text:
    """A text again and again, each time a little different, until it has so many sentences."""
    rng = random.Random(size)
    source: list[str] = []
    target: list[str] = []
    translated: list[str] = []
    gold: list[Bead] = []
    while len(source) < size:
        for bead in text.gold:
            if rng.random() < 0.02:
                continue
            name = f"{rng.randrange(10**4)}"
            marked = rng.random() < 0.1
            first, second = len(source), len(target)
            source += [_changed(text.source[i], name, marked) for i in bead.source]
            target += [_changed(text.target[j], name, marked) for j in bead.target]
            if text.translated:
                translated += [_changed(text.translated[i], name, marked) for i in bead.source]
            gold.append(Bead(tuple(range(first, len(source))), tuple(range(second, len(target)))))
    return Text(source, target, translated if text.translated else None, gold)


def _changed(sentence: str, word: str, marked: bool) -> str:
    return f"{sentence} {word}" if marked else sentence


def ours(text: Text) -> list[Bead]:
    """This package."""
    return align(text.source, text.target, translated=text.translated)


def gale_church(text: Text) -> list[Bead]:
    """Lengths in characters only, with the priors of the paper."""
    priors = {
        (1, 1): 0.89,
        (1, 0): 0.0099,
        (0, 1): 0.0099,
        (2, 1): 0.089,
        (1, 2): 0.089,
        (2, 2): 0.011,
    }
    lengths = [np.array([len(each) for each in side]) for side in (text.source, text.target)]
    ratio = lengths[1].sum() / max(1, lengths[0].sum())
    ends = [
        np.concatenate([[0], np.cumsum(lengths[0] * ratio)]),
        np.concatenate([[0], np.cumsum(lengths[1])]),
    ]
    rows, columns = len(lengths[0]), len(lengths[1])
    cost = np.full((rows + 1, columns + 1), np.inf)
    cost[0, 0] = 0
    step = np.zeros((rows + 1, columns + 1), np.int8)
    types = list(priors)
    for i in range(rows + 1):
        for kind, (a, b) in enumerate(types):
            if not b or a > i or b > columns:
                continue
            left = ends[0][i] - ends[0][i - a]
            right = ends[1][b:] - ends[1][: columns + 1 - b]
            new = cost[i - a, : columns + 1 - b] + _penalty(left, right) - math.log(priors[a, b])
            if a:
                better = new < cost[i, b:]
                cost[i, b:][better], step[i, b:][better] = new[better], kind
        if i:
            new = cost[i - 1] + _penalty(ends[0][i] - ends[0][i - 1], 0.0) - math.log(priors[1, 0])
            better = new < cost[i]
            cost[i][better], step[i][better] = new[better], types.index((1, 0))
        added = _penalty(0.0, np.diff(ends[1])) - math.log(priors[0, 1])
        total = np.concatenate([[0], np.cumsum(added)])
        new = np.minimum.accumulate(cost[i] - total) + total
        step[i][new < cost[i] - 1e-9] = types.index((0, 1))
        cost[i] = new
    return list(_back(step, types))[::-1]


def _penalty(left: np.ndarray | float, right: np.ndarray | float) -> np.ndarray:
    """-log of how likely lengths are to differ so much, both tails."""
    mean = np.maximum(1.0, (np.asarray(left) + np.asarray(right)) / 2)
    delta = np.abs(np.asarray(left) - np.asarray(right)) / np.sqrt(6.8 * mean)
    tails = np.vectorize(math.erfc, otypes=[float])(np.minimum(delta, 12) / math.sqrt(2))
    return -np.log(np.maximum(tails, 1e-30))


def _back(step: np.ndarray, types: Sequence[tuple[int, int]]) -> Iterator[Bead]:
    i, j = (size - 1 for size in step.shape)
    while i or j:
        a, b = types[step[i, j]]
        yield Bead(tuple(range(i - a, i)), tuple(range(j - b, j)))
        i, j = i - a, j - b


def nltk(text: Text) -> list[Bead]:
    """NLTK's implementation of the same."""
    from nltk.translate.gale_church import align_blocks

    links = align_blocks([len(each) for each in text.source], [len(each) for each in text.target])
    sources: dict[int, list[int]] = {}
    for i, j in links:
        sources.setdefault(j, []).append(i)
    groups: dict[tuple[int, ...], list[int]] = {}
    for j, linked in sources.items():
        groups.setdefault(tuple(sorted(linked)), []).append(j)
    beads = [Bead(linked, tuple(sorted(targets))) for linked, targets in groups.items()]
    left = set(range(len(text.source))) - {i for bead in beads for i in bead.source}
    right = set(range(len(text.target))) - sources.keys()
    return [*beads, *(Bead((i,), ()) for i in left), *(Bead((), (j,)) for j in right)]


ALIGNERS: dict[str, Aligner] = {"aligner": ours, "Gale-Church": gale_church, "nltk": nltk}
MOST = {"Gale-Church": 3000, "nltk": 1000}  # sentences: their time grows with the square


def measured(name: str, folder: Path, data: str) -> str:
    """A row of the table: F1, seconds and megabytes of a program on a set."""
    documents = texts(folder, data)
    if max(len(document.source) for document in documents) > MOST.get(name, 10**9):
        return "too long for it"
    start = perf_counter()
    found = [ALIGNERS[name](document) for document in documents]
    seconds = perf_counter() - start
    score = evaluate((text.gold, beads) for text, beads in zip(documents, found, strict=True))
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"{score.strict.f1:.4f}  {score.lax.f1:.4f}  {seconds:8.1f} s  {size:6.0f} MB"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data/alignment"))
    parser.add_argument("--long", action="store_true", help="20,000 and 100,000 sentences, too")
    parser.add_argument("--sets", nargs="*", help="for example 'en-ru.medium mt_ru'")
    given = parser.parse_args()
    names = [name for name in ALIGNERS if name != "nltk" or find_spec("nltk")]
    print(f"{'set':<28}{'program':<14}strict  lax        seconds   memory")
    for data in given.sets or [*SETS, *(LONG if given.long else ())]:
        for name in names:
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                row = pool.apply(measured, (name, given.data, data))
            print(f"{data:<28}{name:<14}{row}", flush=True)


if __name__ == "__main__":
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[variable] = "1"  # for the processes that are to be started
    main()
