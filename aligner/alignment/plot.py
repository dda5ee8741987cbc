"""A dot plot of an alignment, as SVG 1.1: the source to the right, the target downwards.

Each bead is a box over its sentences, the darker the surer; the path leads through them. What only
one text has is a mark on its edge, what is rather wrong than right is red.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from aligner.alignment.bead import Bead

_SIDE = 800.0  # of the longer text, in pixels
_MARGIN = 60.0
_LARGEST = 12.0  # pixels a sentence
_LEAST = 1.5  # pixels, so that a bead of a long text can be seen
_UNSURE = 0.5
_TICKS = 8  # at most

_STYLE = (
    "text{font:11px sans-serif;fill:#444}.f{fill:#fff;stroke:#999}.p{fill:none;stroke:#1f77b4;"
    "stroke-opacity:.35}.s{fill:#1f3a5f}.u{fill:#c0392b}.d{fill:#e0a030}.g{stroke:#eee}"
)


def svg(beads: Sequence[Bead], names: tuple[str, str] = ("source", "target")) -> str:
    """Draw an alignment.

    Args:
        beads: in the order of the path.
        names: of the two texts, for the axes.
    """
    width = 1 + max((index for bead in beads for index in bead.source), default=0)
    height = 1 + max((index for bead in beads for index in bead.target), default=0)
    scale = min(_LARGEST, _SIDE / max(width, height))
    parts = [*_frame(width, height, scale, names), _path(beads, scale), *_boxes(beads, scale)]
    across, down = width * scale + 2 * _MARGIN, height * scale + 2 * _MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across:.0f} {down:.0f}"'
        f' width="{across:.0f}" height="{down:.0f}"><style>{_STYLE}</style>'
        f'<g transform="translate({_MARGIN:.0f} {_MARGIN:.0f})">\n'
        + "\n".join(part for part in parts if part)
        + "\n</g></svg>\n"
    )


def _frame(width: int, height: int, scale: float, names: tuple[str, str]) -> Iterator[str]:
    across, down = width * scale, height * scale
    yield f'<rect class="f" width="{across:.1f}" height="{down:.1f}"/>'
    for number in _ticks(width):
        x = number * scale
        yield f'<path class="g" d="M{x:.1f} 0V{down:.1f}"/><text x="{x:.1f}" y="-6">{number}</text>'
    for number in _ticks(height):
        y = number * scale
        yield f'<path class="g" d="M0 {y:.1f}H{across:.1f}"/>'
        yield f'<text x="-6" y="{y + 4:.1f}" text-anchor="end">{number}</text>'
    yield f'<text y="-28">{escape(names[0])} →</text>'
    yield f'<text transform="translate(-40 0) rotate(90)">{escape(names[1])} →</text>'


def _ticks(length: int) -> range:
    """Round numbers up to the length, a few of them."""
    step = next(
        digit * 10**power
        for power in range(12)
        for digit in (1, 2, 5)
        if length <= digit * 10**power * _TICKS
    )
    return range(0, length, step)


def _path(beads: Sequence[Bead], scale: float) -> str:
    """The line from each two-sided bead to the next."""
    points = [
        f"{_middle(bead.source) * scale:.1f} {_middle(bead.target) * scale:.1f}"
        for bead in beads
        if bead.source and bead.target
    ]
    return f'<path class="p" d="M{"L".join(points)}"/>' if points else ""


def _boxes(beads: Sequence[Bead], scale: float) -> Iterator[str]:
    edge = max(scale, _LEAST) / 2
    for bead in beads:
        x, y = (side[0] * scale if side else -edge for side in (bead.source, bead.target))
        width, height = (
            max(_length(side) * scale, _LEAST) if side else edge
            for side in (bead.source, bead.target)
        )
        shape = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
        yield f"<rect {_look(bead)} {shape}><title>{_title(bead)}</title></rect>"


def _look(bead: Bead) -> str:
    if not bead.source or not bead.target:
        return 'class="d"'
    if bead.probability < _UNSURE:
        return 'class="u"'
    return f'class="s" fill-opacity="{0.25 + 0.75 * bead.probability:.2f}"'


def _title(bead: Bead) -> str:
    return f"{[*bead.source]} : {[*bead.target]}, {bead.probability:.2f}"


def _middle(side: Sequence[int]) -> float:
    return (side[0] + side[-1] + 1) / 2


def _length(side: Sequence[int]) -> int:
    return side[-1] + 1 - side[0]
