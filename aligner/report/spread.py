"""Values counted as they come, in a memory that does not grow."""

from __future__ import annotations

from aligner.formats.reports import Spread

_FINE = 1000  # bins that are counted, from which the median is told


class Counting:
    """Counts values of a known range.

    Args:
        low: the least value; lesser ones count as it.
        high: the greatest value; greater ones count as it.
    """

    def __init__(self, low: float = 0.0, high: float = 1.0) -> None:
        self._low, self._high = low, high
        self._bins = [0] * _FINE
        self._sum = 0.0
        self.count = 0

    def add(self, value: float) -> None:
        """Count a value."""
        place = (value - self._low) / (self._high - self._low)
        # The least excess of a bin's edge is an error of arithmetic: 0.57 is no 0.569999.
        self._bins[min(_FINE - 1, max(0, int(place * _FINE + 1e-9)))] += 1
        self._sum += value
        self.count += 1

    def quantile(self, share: float) -> float:
        """The value below which a share of all values is: the middle of its fine bin."""
        rest = share * self.count
        width = (self._high - self._low) / _FINE
        for place, count in enumerate(self._bins):
            rest -= count
            if rest <= 0 and count:
                return self._low + (place + 0.5) * width
        return self._high

    def outside(self, low: float, high: float) -> int:
        """How many values are not from `low` to `high`, to the width of a fine bin."""
        width = (self._high - self._low) / _FINE
        middles = (self._low + (place + 0.5) * width for place in range(_FINE))
        return sum(
            count
            for middle, count in zip(middles, self._bins, strict=True)
            if not low <= middle <= high
        )

    def spread(self, bins: int) -> Spread | None:
        """What was counted, in so many bins (a divisor of 1000); None if nothing was."""
        if not self.count:
            return None
        size = _FINE // bins
        return Spread(
            self._low,
            self._high,
            tuple(sum(self._bins[at : at + size]) for at in range(0, _FINE, size)),
            self._sum / self.count,
            self.quantile(0.5),
        )
