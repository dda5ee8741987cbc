"""Pairs that a model completes: text in one language, its translation by machine."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from aligner import engines
from aligner.bitext import Pair
from aligner.engines.argos import ArgosEngine
from aligner.engines.packages import Model
from aligner.errors import InputError
from aligner.formats import atomic
from aligner.training.recipe import Synthetic, direction

_LINES = 10_000  # translated at a time


def completed(synthetic: Synthetic, lines: list[str], model: Model, folder: Path) -> Iterator[Pair]:
    """Give text with its translation, the text on the side that it is in.

    What has been translated is kept in the folder of the run.

    Args:
        synthetic: says how.
        lines: the text, a sentence each.
        model: translates them: from the target language into the source language, or from the
            source language into the target language.
        folder: of the run.

    Raises:
        InputError: the model is for other languages.
    """
    pair = direction(synthetic.direction)
    is_back = model.pair == pair[::-1]
    if not is_back and model.pair != pair:
        raise InputError(
            f"the model translates {'-'.join(model.pair)}: of no use for {synthetic.direction}",
            where=f"recipe: synthetic: {synthetic.text}",
        )
    origin = f"{'back-translation' if is_back else 'distillation'} by {model.name}"
    route = [ArgosEngine(model, engines.Settings())]
    for start in range(0, len(lines), _LINES):
        some = lines[start : start + _LINES]
        for line, made in zip(some, _translated(route, model, some, folder), strict=True):
            if made:
                yield Pair(made, line, pair, origin) if is_back else Pair(line, made, pair, origin)


def _translated(
    route: list[ArgosEngine], model: Model, lines: list[str], folder: Path
) -> list[str]:
    """Translate lines, or take what was translated before; what went wrong is empty."""
    key = hashlib.sha256("\n".join((model.digest(), *lines)).encode()).hexdigest()[:16]
    kept = folder / f"synthetic-{key}.json.gz"
    if kept.exists():
        made: list[str] = json.loads(gzip.decompress(kept.read_bytes()))
        return made
    found = engines.translate(route, lines)
    made = ["" if one.issues else one.text for one in found]
    with atomic.replace(kept) as file:
        file.write(gzip.compress(json.dumps(made, ensure_ascii=False).encode()))
    return made
