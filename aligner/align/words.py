"""Words of a sentence and its translation that belong together.

    [links] = words.align([("The president came.", "Президент приехал.")], "en", "ru")
    links.pharaoh()  # "0-0 1-0 2-1 3-2": word 1 of the source with word 0 of the target, and so on

What speaks for a link: the attention of the model as it is made to write the target (Garg et al.
2019), how it translates each word by itself, letters that names, numbers and loanwords share, where
the words stand, and which words come together in other pairs. `aligner.alignment.wordlinks` weighs
it all, `aligner.alignment.symmetrise` makes links of it. Which models there are decides:

- one for a direction: it alone, its matrix read both ways;
- one for each direction: the mean of their attention, and what either translates a word by;
- none, but models from English to both, and the English beside the pair: through its words;
- none, but a route through English: the same, with the source translated into English;
- none at all: letters and places; little but names, numbers, loanwords and marks is found.

No model knows sentences of hundreds of words: longer ones are cut, at like places on both sides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np

from aligner import engines
from aligner.align.wordmodels import Models, Side, Span, tokens
from aligner.alignment import symmetrise
from aligner.alignment.symmetrise import Link
from aligner.alignment.wordlinks import Evidence, Matrix, probabilities
from aligner.engines import Settings

__all__ = ["Aligner", "Links", "align", "tokens"]

# Possible links looked at together: those of some eight thousand pairs of news.
_BATCH = 2_000_000
_LONGEST = 150  # words of a sentence
_LEAST = 0.1  # the probability of a link
_PIVOT = "en"
_USUAL = Settings()


@dataclass(frozen=True, slots=True)
class Links:
    """Which words of two texts belong together.

    Attributes:
        source: the words and marks of the source as (start, stop) in its text; see `tokens`.
        target: those of the target.
        pairs: the links, each an index of `source` and one of `target`, in order.
    """

    source: tuple[Span, ...]
    target: tuple[Span, ...]
    pairs: tuple[Link, ...]

    def pharaoh(self) -> str:
        """The links in Pharaoh's format: "0-0 1-2 2-1"."""
        return symmetrise.pharaoh(self.pairs)


def align(
    pairs: Iterable[tuple[str, str]],
    source_lang: str,
    target_lang: str,
    settings: Settings = _USUAL,
    english: Iterable[str] | None = None,
) -> list[Links]:
    """Align the words of texts with those of their translations.

    Args:
        pairs: source and target; the more at once, the better.
        source_lang: the language of the sources.
        target_lang: that of the targets.
        settings: how models run.
        english: the same in English, for each pair; used where no model serves the pair itself.

    Raises:
        PackageError: a model is there but broken.
        UsageError: something is no language code.
    """
    return list(Aligner(source_lang, target_lang, settings).stream(pairs, english))


class Aligner:
    """Aligns words; keeps its models loaded.

    Raises:
        PackageError: a model is there but broken.
        UsageError: something is no language code.
    """

    def __init__(self, source_lang: str, target_lang: str, settings: Settings = _USUAL) -> None:
        self._direct = Models(source_lang, target_lang, settings)
        self._legs: tuple[Models, Models] | None = None
        if not self._direct and _PIVOT not in (source_lang, target_lang):
            legs = Models(_PIVOT, source_lang, settings), Models(_PIVOT, target_lang, settings)
            self._legs = legs if all(legs) else None

    def stream(
        self, pairs: Iterable[tuple[str, str]], english: Iterable[str] | None = None
    ) -> Iterator[Links]:
        """Align pair after pair, as `align` does; memory does not grow with their number."""
        through = repeat("") if english is None else english
        texts = (
            _Unit(Side.of(source), Side.of(target), Side.of(middle))
            for (source, target), middle in zip(pairs, through, strict=False)
        )
        for batch in _batches(texts):
            yield from self._batch(batch)

    def _batch(self, batch: Sequence[_Unit]) -> Iterator[Links]:
        pieces = [unit.pieces() for unit in batch]
        found = iter(probabilities(self._evidence([piece for some in pieces for piece in some])))
        for unit, parts in zip(batch, pieces, strict=True):
            links: list[Link] = []
            first = (0, 0)
            for part in parts:
                both = symmetrise.directions(next(found), _LEAST)
                links += ((first[0] + i, first[1] + j) for i, j in symmetrise.symmetrise(*both))
                first = first[0] + len(part.source.words), first[1] + len(part.target.words)
            yield Links(unit.source.words, unit.target.words, tuple(sorted(links)))

    def _evidence(self, units: Sequence[_Unit]) -> list[Evidence]:
        sources, targets = [unit.source for unit in units], [unit.target for unit in units]
        if not self._legs:
            return self._direct.evidence(sources, targets)
        english = self._english(units)
        halves = [
            probabilities(leg.evidence(english, side))
            for leg, side in zip(self._legs, (sources, targets), strict=True)
        ]
        return [
            _through(unit, first, second)
            for unit, first, second in zip(units, *halves, strict=True)
        ]

    def _english(self, units: Sequence[_Unit]) -> list[Side]:
        """The English of each unit: what is there, else translated by a model for the source."""
        assert self._legs
        into = self._legs[0].backward
        missing = [unit.source.text for unit in units if not unit.english.words]
        made = iter(engines.translate([into], missing) if into else [])
        return [
            unit.english if unit.english.words or not into else Side.of(next(made).text)
            for unit in units
        ]


@dataclass(frozen=True, slots=True)
class _Unit:
    source: Side
    target: Side
    english: Side

    @property
    def cells(self) -> int:
        """How many links are possible, within its pieces."""
        return sum(len(part.source.words) * len(part.target.words) for part in self.pieces())

    def pieces(self) -> list[_Unit]:
        """The unit, or parts of it that a model can take."""
        longest = max(len(self.source.words), len(self.target.words))
        parts = max(1, -(-longest // _LONGEST))
        if parts == 1:
            return [self]
        sides = self.source, self.target, self.english
        return [_Unit(*(side.part(n, parts) for side in sides)) for n in range(parts)]


def _batches(units: Iterable[_Unit]) -> Iterator[list[_Unit]]:
    batch: list[_Unit] = []
    cells = 0
    for unit in units:
        batch.append(unit)
        cells += unit.cells + 1
        if cells >= _BATCH:
            yield batch
            batch, cells = [], 0
    if batch:
        yield batch


def _through(unit: _Unit, first: Matrix, second: Matrix) -> Evidence:
    """The evidence of two texts by the links of English with either; rows are English words."""
    shared = second / np.maximum(1, second.sum(axis=0))
    attention = (first / np.maximum(1, first.sum(axis=1, keepdims=True))).T @ shared
    return Evidence(
        unit.source.keys, unit.target.keys, attention if len(first) else None, attention
    )
