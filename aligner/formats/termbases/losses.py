"""What a format cannot hold of a termbase, counted as it is left out."""

from __future__ import annotations


class Losses:
    """Counts concepts by what is lost of them."""

    def __init__(self) -> None:
        self._concepts: dict[str, set[int]] = {}

    def add(self, what: str, number: int) -> None:
        """Note that something of the concept with a number is lost."""
        self._concepts.setdefault(what, set()).add(number)

    def told(self) -> tuple[str, ...]:
        """One sentence for each kind: "3 concepts: forbidden wordings have no place in …"."""
        return tuple(
            f"{len(numbers)} concept{'s' if len(numbers) > 1 else ''}: {what}"
            for what, numbers in self._concepts.items()
        )
