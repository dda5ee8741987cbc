"""Which words translate which: learnt from sentences that say the same.

Words are stems here (`features.stems`). Each has the one that it goes together with most often, by
Dice's coefficient of the sentences that have them (Melamed, "Models of translational equivalence
among words", 2000, compares such measures). Moore ("Fast and accurate sentence alignment of
bilingual corpora", 2002) learns words from a first alignment to align again with them. What is
known beforehand of Russian and Kyrgyz, in English, was learnt from corpora/central-asia-news.tmx by
corpora/lexicon.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.features import BITS, BUCKETS, Counts, Ints, stems, tally
from aligner.languages.detection import detect

KNOWN = (("ru", "en"), ("ky", "en"), ("ky", "ru"))  # what there are lexicons for
_TELLING = 1000  # sentences that show what language a text is in


class Lexicon:
    """For each stem the one that translates it; itself, if none is known.

    Args:
        stems: the numbers of stems.
        translations: the number of each one's translation.
    """

    def __init__(self, stems: Ints, translations: Ints) -> None:
        self._table = np.arange(BUCKETS, dtype=np.uint32)
        self._table[stems] = translations

    def gloss(self, counts: Counts) -> Counts:
        """Sentences of stems, translated stem by stem."""
        rows = np.repeat(counts.row_numbers(), counts.counts)
        translated = self._table[np.repeat(counts.features, counts.counts)].astype(np.int64)
        return tally(rows, translated, len(counts))


def learn(source: Counts, target: Counts, *, least: float, fewest: int) -> Lexicon:
    """Learn a lexicon from sentences, or runs of them, that say the same.

    Args:
        source: the stems of each.
        target: the same of what it corresponds to, row by row.
        least: the lowest coefficient of a translation, from 0 to 1.
        fewest: in how many rows both must be.
    """
    return Lexicon(*associations(source, target, least=least, fewest=fewest))


def associations(source: Counts, target: Counts, *, least: float, fewest: int) -> tuple[Ints, Ints]:
    """The stems of the source that have a translation, and their translations."""
    keys, together = np.unique(_pairs(source, target), return_counts=True)
    often = together >= fewest
    keys, together = keys[often], together[often]
    left, right = keys >> BITS, keys & (BUCKETS - 1)
    dice = 2 * together / (source.spread()[left] + target.spread()[right])
    # The best of each stem: the last of its own, when sorted.
    order = np.lexsort((dice, left))[dice[np.lexsort((dice, left))] >= least]
    left, right = left[order], right[order]
    last = np.flatnonzero(np.diff(left, append=-1))
    return left[last], right[last]


def _pairs(source: Counts, target: Counts) -> Ints:
    """Each stem of a row with each of the same row of the other side, as one number."""
    rows = source.row_numbers()
    times = np.diff(target.starts)[rows]
    first = np.cumsum(times) - times
    places = np.arange(times.sum()) + np.repeat(target.starts[rows] - first, times)
    left = np.repeat(source.features.astype(np.int64), times)
    pairs: NDArray[np.int64] = left << BITS | target.features[places]
    return pairs


@lru_cache
def known(source: str, target: str) -> Lexicon | None:
    """What is known beforehand of two languages, if anything.

    Args:
        source: the code of a language, as "ky".
        target: the one to translate into.
    """
    if (source, target) not in KNOWN:
        return None
    table = resources.files(__package__) / "stems" / f"{source}-{target}.tsv"
    lines = [line.split("\t") for line in table.read_text("utf-8").splitlines()]
    return Lexicon(*(stems(side).features.astype(np.int64) for side in zip(*lines, strict=True)))


def glossed(source: Sequence[str], target: Sequence[str]) -> tuple[Counts, Counts]:
    """The stems of both texts, those of one translated as far as they are known."""
    first, second = (detect("\n".join(texts[:_TELLING])) for texts in (source, target))
    left, right = stems(source), stems(target)
    if lexicon := known(first, second):
        return lexicon.gloss(left), right
    if lexicon := known(second, first):
        return left, lexicon.gloss(right)
    return left, right
