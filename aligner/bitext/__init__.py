"""Parallel text as data to learn from: sentence pairs, cleaned, each once, none of the test sets.

    pairs → clean → without those of the test sets → each once

Every step is a generator of pairs and tells a `Tally` what it left out and why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from aligner.bitext.cleaning import fault, normalised
from aligner.bitext.held_out import HeldOut
from aligner.seen import Seen

__all__ = ["HeldOut", "Pair", "Tally", "prepared"]


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and its translation.

    Attributes:
        source: the sentence.
        target: its translation.
        langs: the codes of both languages.
        origin: where it comes from, such as "tatoeba".
    """

    source: str
    target: str
    langs: tuple[str, str]
    origin: str = ""


@dataclass(slots=True)
class Tally:
    """How many pairs of each origin came, were kept, and were left out for which reason.

    Attributes:
        kept: pairs by languages and origin.
        dropped: pairs by languages, origin and reason.
    """

    kept: Counter[tuple[tuple[str, str], str]] = field(default_factory=Counter)
    dropped: Counter[tuple[tuple[str, str], str, str]] = field(default_factory=Counter)

    def drop(self, pair: Pair, reason: str) -> None:
        """Count a pair that is left out."""
        self.dropped[pair.langs, pair.origin, reason] += 1

    def reasons(self) -> Counter[str]:
        """How many pairs were left out for each reason."""
        total: Counter[str] = Counter()
        for (_, _, reason), count in self.dropped.items():
            total[reason] += count
        return total


def prepared(
    pairs: Iterable[Pair],
    tally: Tally,
    held_out: HeldOut | None = None,
    seen: Seen | None = None,
) -> Iterator[Pair]:
    """Make pairs fit to learn from; a pair that comes again is left out.

    Args:
        pairs: as they stand in their files.
        tally: is told of every pair.
        held_out: what nothing may be learnt from.
        seen: remembers the pairs; give one to several calls that share it.

    Returns:
        The pairs that are kept, their white space and spelling normalised.
    """
    seen = Seen() if seen is None else seen
    for raw in pairs:
        pair = Pair(normalised(raw.source), normalised(raw.target), raw.langs, raw.origin)
        reason = fault(pair.source, pair.target, pair.langs)
        if not reason and held_out and (pair.source in held_out or pair.target in held_out):
            reason = "held out"
        if not reason and not seen.add("\t".join((*pair.langs, pair.source, pair.target))):
            reason = "duplicate"
        if reason:
            tally.drop(pair, reason)
        else:
            tally.kept[pair.langs, pair.origin] += 1
            yield pair
