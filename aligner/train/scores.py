"""How well a run translates by now, measured as users will have it: an Argos package, 8 bits."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from aligner import engines
from aligner.engines import packages
from aligner.engines.argos import ArgosEngine
from aligner.errors import InputError
from aligner.evaluation import Score, chrf, evaluate
from aligner.train import data
from aligner.training import convert, package
from aligner.training.examples import Example
from aligner.training.recipe import Direction, Network, Test

_BEAM = 1  # quick; what counts here is the change


def trial(
    weights: convert.Weights,
    shape: Network,
    vocabulary: bytes,
    sentences: Iterable[Example],
    threads: int,
) -> dict[str, float]:
    """chrF2++ of some sentences in each direction, 0 to 100, decoded without a beam."""
    by_direction: dict[Direction, list[Example]] = {}
    for one in sentences:
        by_direction.setdefault(one.langs, []).append(one)
    with tempfile.TemporaryDirectory(prefix="aligner-") as place:
        return {
            "-".join(pair): _score(pair, some, Path(place), weights, shape, vocabulary, threads)
            for pair, some in by_direction.items()
        }


def _score(
    pair: Direction,
    sentences: list[Example],
    place: Path,
    weights: convert.Weights,
    shape: Network,
    vocabulary: bytes,
    threads: int,
) -> float:
    folder = place / "-".join(pair)
    package.write(folder, weights, shape, vocabulary, pair, "0", {}, "")
    made = translated(folder, [one.source for one in sentences], threads, _BEAM)
    return round(chrf(made, [one.target for one in sentences]), 2)


def tested(folder: Path, test: Test, roots: Sequence[Path], threads: int) -> dict[str, Score]:
    """BLEU, chrF2++ and TER of a package on a test set, decoded with a beam of 4.

    Raises:
        InputError: the sides of the set have different numbers of lines.
    """
    sources, references = (
        data.resolve(path, roots).read_text(encoding="utf-8").splitlines()
        for path in (test.source, test.reference)
    )
    if len(sources) != len(references) or not sources:
        raise InputError(
            f"{len(sources)} lines of source, {len(references)} of reference",
            where=f"recipe: test: {test.name}",
        )
    [judged] = evaluate([translated(folder, sources, threads)], [references])
    return dict(judged.scores)


def translated(folder: Path, sentences: Sequence[str], threads: int, beam: int = 4) -> list[str]:
    """Translate by an unpacked package."""
    engine = ArgosEngine(packages.read(folder), engines.Settings(threads=threads, beam=beam))
    return [one.text for one in engines.translate([engine], sentences)]
