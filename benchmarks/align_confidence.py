"""What the probability of a bead is worth: does it say how often the bead is exactly right?

    uv run --frozen python benchmarks/align_confidence.py --data ../shared/data/alignment

For each set: the beads with two sides; the share of them that is in the gold; the AUC, how often of
a right and a wrong bead the right one has the higher probability (a half if both are the same); the
expected calibration error, the mean distance between probability and share right over ten equal
bins of probability, each counted by its beads (Guo et al., 2017); how many beads have a probability
of 0.9 or more, and how many of these are right; and the ten bins. With `--all` the beads with one
side count, too. `align_data.py` says what is in a set.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from align_data import Text, texts

from aligner.alignment import align

SETS = (
    "en-ru.medium mt_ru",
    "en-ru.medium",
    "en-ru.hard mt_ru",
    "en-ru.hard",
    "en-ky.medium mt_ru",
    "en-ky.medium starter",
    "en-ky.medium",
    "en-ky.hard mt_ru",
    "en-ky.hard",
    "ru-ky.medium",
    "ru-ky.hard",
    "textberg-dev mt_fr",
    "textberg-dev",
)
BINS = 10
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Judged:
    """Beads: the probability of each, and whether it is exactly right."""

    probability: np.ndarray
    right: np.ndarray

    @property
    def auc(self) -> float:
        """How often a right bead has a higher probability than a wrong one (Mann and Whitney)."""
        right, wrong = self.probability[self.right], np.sort(self.probability[~self.right])
        if not len(right) or not len(wrong):
            return float("nan")
        below = np.searchsorted(wrong, right, "left") + np.searchsorted(wrong, right, "right")
        return float(below.mean() / 2 / len(wrong))

    def bins(self) -> Iterator[tuple[int, float, float]]:
        """Of each bin the beads, their mean probability, and the share that is right."""
        which = np.minimum((self.probability * BINS).astype(int), BINS - 1)
        for number in range(BINS):
            own = which == number
            yield (
                int(own.sum()),
                float(self.probability[own].mean()) if own.any() else 0.0,
                float(self.right[own].mean()) if own.any() else 0.0,
            )

    @property
    def sure(self) -> tuple[float, float]:
        """The share of the beads that are sure, and the share of these that is right."""
        own = self.probability >= SURE
        return float(own.mean()), float(self.right[own].mean()) if own.any() else 0.0

    @property
    def error(self) -> float:
        """The expected calibration error."""
        return sum(n * abs(said - right) for n, said, right in self.bins()) / len(self.right)


def judged(documents: list[Text], *, every: bool) -> Judged:
    """Align documents, and look up the beads in the gold."""
    probability: list[float] = []
    right: list[bool] = []
    for document in documents:
        gold = {(bead.source, bead.target) for bead in document.gold}
        for bead in align(
            document.source,
            document.target,
            translated=document.translated,
            views=document.views,
        ):
            if every or (bead.source and bead.target):
                probability.append(bead.probability)
                right.append((bead.source, bead.target) in gold)
    return Judged(np.array(probability), np.array(right))


def main() -> None:
    """Print a line and the bins of each set."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data/alignment"))
    parser.add_argument("--all", action="store_true", help="beads with one side, too")
    parser.add_argument("--sets", nargs="*", default=SETS, help="for example 'en-ru.medium mt_ru'")
    given = parser.parse_args()
    bins = "".join(f"{f'{number / BINS:.1f}–':>12}" for number in range(BINS))
    print(f"{'':<43}at {SURE} or more   share right, and beads, by probability")
    print(f"{'set':<22}beads  right   AUC    ECE   share  right {bins}")
    for name in given.sets:
        found = judged(texts(given.data, name), every=given.all)
        share, right = found.sure
        cells = (f"{own:.2f} ({n})" if n else "–" for n, _, own in found.bins())
        print(
            f"{name:<22}{len(found.right):>5}  {found.right.mean():.3f}  {found.auc:.3f}  "
            f"{found.error:.3f}  {share:.3f}  {right:.3f} {''.join(f'{one:>12}' for one in cells)}",
            flush=True,
        )


if __name__ == "__main__":
    main()
