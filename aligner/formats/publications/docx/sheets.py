"""The page and its type, for each layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aligner.formats.publications import Layout

_A4 = 11906, 16838  # twentieths of a point


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page; lengths in twentieths of a point.

    Attributes:
        width: of the paper.
        height: of the paper.
        side: the margins left and right.
        sizes: what the style sheet asks for: letters in half points, spaces in twentieths.
    """

    width: int
    height: int
    side: int
    sizes: Mapping[str, str]

    @property
    def measure(self) -> int:
        """The width of what is printed."""
        return self.width - 2 * self.side


def sheet(layout: Layout, count: int) -> Sheet:
    """The page on which a number of languages stand: lines of 45 to 75 letters where it can be."""
    short, long = _A4
    if layout is not Layout.COLUMNS:
        return Sheet(short, long, 1758, _sizes(23, 46, 34, 30, 18, above=320, after=140, about=240))
    if count == 2:
        return Sheet(short, long, 964, _sizes(20, 32, 26, 23, 16, above=200, after=80, about=120))
    return Sheet(long, short, 850, _sizes(19, 30, 24, 22, 16, above=200, after=80, about=120))


def _sizes(
    body: int, title: int, subtitle: int, heading: int, small: int, **spaces: int
) -> dict[str, str]:
    letters = {"body": body, "title": title, "subtitle": subtitle, "heading": heading}
    return {name: str(size) for name, size in {**letters, "small": small, **spaces}.items()}
