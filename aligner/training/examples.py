"""The examples of a run, packed in its folder: with them it can move to another computer."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from aligner.errors import InputError


@dataclass(frozen=True, slots=True)
class Example:
    """A pair to learn.

    Attributes:
        source: the sentence.
        target: its translation.
        langs: the codes of both languages.
        origin: where it comes from.
        weight: how often it is drawn in an epoch, on average.
        sampling: see `recipe.Data.subword_sampling`.
    """

    source: str
    target: str
    langs: tuple[str, str]
    origin: str
    weight: float
    sampling: float


def write(file: BinaryIO, examples: Iterable[Example]) -> None:
    """Write examples, gzipped tab-separated text; the same examples give the same bytes."""
    with gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=6, mtime=0) as packed:
        for one in examples:
            cells = (
                "-".join(one.langs), f"{one.weight:g}", f"{one.sampling:g}",
                one.origin.replace("\t", " "), one.source, one.target,
            )  # fmt: skip
            packed.write(("\t".join(cells) + "\n").encode())


def read(path: Path) -> Iterator[Example]:
    """Read what `write` wrote.

    Raises:
        InputError: the file is missing or damaged.
    """
    try:
        with gzip.open(path) as packed, io.TextIOWrapper(packed, "utf-8", newline="\n") as lines:
            for line in lines:
                langs, weight, sampling, origin, source, target = line.rstrip("\n").split("\t")
                first, second = langs.split("-")
                yield Example(
                    source, target, (first, second), origin, float(weight), float(sampling)
                )
    except (OSError, EOFError, ValueError) as error:
        raise InputError(
            f"the examples of the run cannot be read: {error}",
            where=str(path),
            hint="Remove the file: it is made anew from the recipe's data.",
        ) from error
