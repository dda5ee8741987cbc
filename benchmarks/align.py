"""Sentence alignment: how good, how fast, how large, next to others.

    uv run --frozen python benchmarks/align.py --data ../shared/data/alignment
        [--install-peers] [--starter] [--long] [--sets SET ...] [--programs NAME ...]

Each program runs in a process of its own on one thread. F1 is strict and lax as vecalign's scorer
has it, over all documents of a set, every sentence that is not aligned a bead of its own; seconds,
CPU seconds and megabytes are for a whole set, the start of the program, the reading of files and
the machine translation left out. `align_data.py` says what is in a set.

`--starter` adds English and Kyrgyz over the translation of the model at hand, beside that through
Russian ("mt_ru"), both, and none. `--long` adds the text of 2,000 sentences repeated to 20,000 and
100,000, with some sentences left out and some words changed at each turn.

The peers are in `align_peers.py`, with those that are not, and why. Gale and Church's programme is
always there, the others where they are installed: `--install-peers` puts them into build/peers. A
text too long for a peer is left out.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
from collections.abc import Iterator
from pathlib import Path

import align_peers
from align_data import Text, texts

from aligner.alignment import Bead, align
from aligner.alignment.evaluate import evaluate

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
STARTER = (
    "en-ky.medium starter",
    "en-ky.medium starter mt_ru",
    "en-ky.hard starter",
    "en-ky.hard starter mt_ru",
    "en-ky.hard",
)
LONG = ("en-ru.long2k mt_ru 20000", "en-ru.long2k mt_ru 100000")


def ours(text: Text) -> list[Bead]:
    """This package."""
    return align(text.source, text.target, translated=text.translated, views=text.views)


OWN = {"aligner": ours, "Gale-Church": align_peers.gale_church}


def row(name: str, folder: Path, data: str) -> str:
    """A row of the table: F1, seconds and megabytes of a program on a set."""
    documents = texts(folder, data)
    if max(len(document.source) for document in documents) > align_peers.MOST.get(name, 10**9):
        return "too long for it"
    if name in align_peers.OVER_MT and not documents[0].translated:
        return "needs a translation"
    try:
        if name in OWN:
            run = align_peers.timed(OWN[name], documents)
        else:
            run = align_peers.outside(align_peers.installed()[name], documents)
    except RuntimeError as error:
        return f"failed: {error}"
    score = evaluate((text.gold, beads) for text, beads in zip(documents, run.beads, strict=True))
    return (
        f"{score.strict.f1:.4f}  {score.lax.f1:.4f}"
        f"  {run.seconds:8.1f} s {run.cpu:8.1f} s {run.megabytes:6.0f} MB"
    )


def rows(names: list[str], folder: Path, sets: list[str]) -> Iterator[str]:
    """The table, each row measured in a process of its own."""
    yield f"{'set':<28}{'program':<13}strict  lax           time        CPU    memory"
    for data in sets:
        for name in names:
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                yield f"{data:<28}{name:<13}{pool.apply(row, (name, folder, data))}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data/alignment"))
    parser.add_argument("--install-peers", action="store_true", help="into build/peers, first")
    parser.add_argument("--starter", action="store_true", help="Kyrgyz by the model at hand, too")
    parser.add_argument("--long", action="store_true", help="20,000 and 100,000 sentences, too")
    parser.add_argument("--sets", nargs="*", help="for example 'en-ru.medium mt_ru'")
    parser.add_argument("--programs", nargs="*", help="for example aligner hunalign")
    given = parser.parse_args()
    if given.install_peers:
        align_peers.install()
    sets = [*SETS, *(STARTER if given.starter else ()), *(LONG if given.long else ())]
    there = [*OWN, *align_peers.installed()]
    names = given.programs or there
    if missing := set(names) - set(there):
        parser.error(f"not installed: {', '.join(sorted(missing))}; there are {', '.join(there)}")
    for line in rows(names, given.data, given.sets or sets):
        print(line, flush=True)


if __name__ == "__main__":
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[variable] = "1"  # for the processes that are to be started
    main()
