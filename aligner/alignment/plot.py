"""A dot plot of an alignment: the source to the right, the target downwards.

Each bead is a box over its sentences, the darker the surer; the path leads through them. What only
one text has is a mark on its edge, what is rather wrong than right is red, what stands elsewhere in
the other text green. Behind them are the similarities, grey where sentences are alike.

In long texts beads that would be drawn upon each other are one box.
"""

from __future__ import annotations

import struct
import zlib
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import fmean
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.bead import Bead
from aligner.alignment.similarity import Floats
from aligner.alignment.stretches import moved

_SIDE = 800.0  # of the longer text, in pixels
_MARGIN = 60.0
_LARGEST = 12.0  # pixels a sentence
_LEAST = 2.0  # pixels, so that a bead of a long text can be seen
_UNSURE = 0.5
_TICKS = 8  # at most
_GREYS = 16  # as many as the eye tells apart; few make a small file
_FAINT = 0.45  # how dark the background gets
_COLOURS = {"s": 0x1F3A5F, "u": 0xC0392B, "d": 0xE0A030, "m": 0x2A9D57}
_MEANINGS = {"s": "aligned", "u": "rather wrong", "d": "only in one", "m": "moved"}
_FRAME = 0x99

_STYLE = (
    "text{font:11px sans-serif;fill:#444}.x{text-anchor:middle}"
    ".f{fill:none;stroke:#999}.g{stroke:#e8e8e8}.p{fill:none;stroke:#1f77b4;stroke-opacity:.5}"
    + "".join(f".{look}{{fill:#{colour:06x}}}" for look, colour in _COLOURS.items())
)


@dataclass(frozen=True, slots=True)
class _Box:
    """Beads that are drawn as one.

    Attributes:
        look: of `_COLOURS`.
        source: the first of its source sentences and the one behind the last; the same number
            twice if there are none.
        target: the same of the other side.
        probability: the mean of its beads.
    """

    look: str
    source: tuple[int, int]
    target: tuple[int, int]
    probability: float

    @property
    def opacity(self) -> float:
        return 0.25 + 0.75 * self.probability if self.look == "s" else 1.0


def svg(
    beads: Sequence[Bead],
    names: tuple[str, str] = ("source", "target"),
    dots: Floats | None = None,
) -> str:
    """Draw an alignment as SVG 1.1.

    Args:
        beads: of all sentences.
        names: of the two texts, for the axes.
        dots: the background, from `aligner.alignment.dots.dots`.
    """
    width, height, scale = _size(beads)
    boxes = list(_boxes(beads, scale))
    parts = [
        "" if dots is None else _background(dots, width * scale, height * scale),
        *_frame(width, height, scale, names),
        _path(boxes, scale),
        *(_rectangle(box, scale) for box in boxes),
        *_legend({box.look for box in boxes}, height * scale),
    ]
    across, down = width * scale + 2 * _MARGIN, height * scale + 2 * _MARGIN
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        f' viewBox="0 0 {across:.0f} {down:.0f}" width="{across:.0f}" height="{down:.0f}">'
        f'<style>{_STYLE}</style><rect width="100%" height="100%" fill="#fff"/>'
        f'<g transform="translate({_MARGIN:.0f} {_MARGIN:.0f})">\n'
        + "\n".join(part for part in parts if part)
        + "\n</g></svg>\n"
    )


def png(beads: Sequence[Bead], dots: Floats | None = None) -> bytes:
    """Draw an alignment as PNG: the same picture, without its words and numbers.

    Args:
        beads: of all sentences.
        dots: the background, from `aligner.alignment.dots.dots`.
    """
    width, height, scale = _size(beads)
    edge = round(_MARGIN / 4)
    shape = round(height * scale), round(width * scale)
    image = np.full((shape[0] + 2 * edge, shape[1] + 2 * edge, 3), 255, np.uint8)
    image[edge - 1 : 1 - edge, edge - 1 : 1 - edge] = _FRAME
    image[edge:-edge, edge:-edge] = 255
    if dots is not None:
        image[edge:-edge, edge:-edge] = _greys(dots, shape)[..., None]
    for box in _boxes(beads, scale):
        x, y, across, down = (max(0, round(one)) for one in _place(box, scale, edge))
        colour = np.array([*_COLOURS[box.look].to_bytes(3, "big")])
        area = image[y : y + max(1, down), x : x + max(1, across)]
        area[:] = area + box.opacity * (colour - area)
    return _encoded(image)


def _size(beads: Sequence[Bead]) -> tuple[int, int, float]:
    """How many sentences there are on either side, and how many pixels one takes."""
    width = 1 + max((index for bead in beads for index in bead.source), default=0)
    height = 1 + max((index for bead in beads for index in bead.target), default=0)
    return width, height, min(_LARGEST, _SIDE / max(width, height))


def _boxes(beads: Sequence[Bead], scale: float) -> Iterator[_Box]:
    """The beads, those in a row together that look the same and fall into one dot."""
    elsewhere = moved(beads)
    dot = max(1.0, _LEAST / scale)  # sentences
    passed = 0, 0
    single = []
    for number, bead in enumerate(beads):
        if bead.source and bead.target and number not in elsewhere:
            passed = bead.source[-1] + 1, bead.target[-1] + 1
        look = _look(bead, is_moved=number in elsewhere)
        source, target = (
            (side[0], side[-1] + 1) if side else (here, here)
            for side, here in zip((bead.source, bead.target), passed, strict=True)
        )
        single.append(_Box(look, source, target, bead.probability))

    def cell(box: _Box) -> tuple[str, int, int]:
        return box.look, int(box.source[0] / dot), int(box.target[0] / dot)

    for _, run in groupby(single, cell):
        ours = list(run)
        yield _Box(
            ours[0].look,
            (min(box.source[0] for box in ours), max(box.source[1] for box in ours)),
            (min(box.target[0] for box in ours), max(box.target[1] for box in ours)),
            fmean(box.probability for box in ours),
        )


def _look(bead: Bead, *, is_moved: bool) -> str:
    if not bead.source or not bead.target:
        return "d"
    if is_moved:
        return "m"
    return "u" if bead.probability < _UNSURE else "s"


def _place(box: _Box, scale: float, start: float = 0.0) -> tuple[float, float, float, float]:
    """Left, top, width and height in pixels; what only one text has is at the edge."""
    edge = max(scale, _LEAST) / 2
    found = []
    for first, last in (box.source, box.target):
        alone = box.look == "d" and first == last
        found.append(
            (-edge, edge) if alone else (first * scale, max((last - first) * scale, _LEAST))
        )
    (x, width), (y, height) = found
    return start + x, start + y, width, height


def _rectangle(box: _Box, scale: float) -> str:
    x, y, width, height = _place(box, scale)
    shape = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    faint = f' fill-opacity="{box.opacity:.2f}"' if box.opacity < 1 else ""
    title = f"{_span(*box.source)} : {_span(*box.target)}, {box.probability:.2f}"
    return f'<rect class="{box.look}"{faint} {shape}><title>{title}</title></rect>'


def _span(first: int, stop: int) -> str:
    """Numbers of sentences: "[]", "[3]", "[3–7]"."""
    return f"[{first}–{stop - 1}]" if stop - first > 1 else f"[{first}]" if stop > first else "[]"


def _path(boxes: Sequence[_Box], scale: float) -> str:
    """The line from each box to the next, moved ones left out."""
    points = [
        f"{sum(box.source) / 2 * scale:.1f} {sum(box.target) / 2 * scale:.1f}"
        for box in boxes
        if box.look in "su"
    ]
    return f'<path class="p" d="M{"L".join(points)}"/>' if points else ""


def _frame(width: int, height: int, scale: float, names: tuple[str, str]) -> Iterator[str]:
    across, down = width * scale, height * scale
    for number in _ticks(width):
        x = number * scale
        yield f'<path class="g" d="M{x:.1f} 0V{down:.1f}"/>'
        yield f'<text class="x" x="{x:.1f}" y="-8">{number}</text>'
    for number in _ticks(height):
        y = number * scale
        yield f'<path class="g" d="M0 {y:.1f}H{across:.1f}"/>'
        yield f'<text x="-10" y="{y + 4:.1f}" text-anchor="end">{number}</text>'
    yield f'<rect class="f" width="{across:.1f}" height="{down:.1f}"/>'
    yield f'<text y="-28">{escape(names[0])} →</text>'
    yield f'<text transform="translate(-48 0) rotate(90)">{escape(names[1])} →</text>'


def _ticks(length: int) -> range:
    """Round numbers up to the length, a few of them."""
    step = next(
        digit * 10**power
        for power in range(12)
        for digit in (1, 2, 5)
        if length <= digit * 10**power * _TICKS
    )
    return range(0, length, step)


def _background(dots: Floats, across: float, down: float) -> str:
    shape = round(down), round(across)
    data = b64encode(_encoded(_greys(dots, shape)[..., None])).decode()
    return (
        f'<image width="{across:.1f}" height="{down:.1f}" preserveAspectRatio="none"'
        f' xlink:href="data:image/png;base64,{data}"/>'
    )


def _greys(dots: Floats, shape: tuple[int, int]) -> NDArray[np.uint8]:
    """A shade for each pixel; low similarities, which are found anywhere, hardly show."""
    dark = np.round(np.square(dots) * (_GREYS - 1)) / (_GREYS - 1)
    rows, columns = (
        np.arange(size) * cells // size for size, cells in zip(shape, dots.shape, strict=True)
    )
    shades: NDArray[np.uint8] = (255 * (1 - _FAINT * dark)).astype(np.uint8)[rows[:, None], columns]
    return shades


def _legend(looks: set[str], down: float) -> Iterator[str]:
    across = 0
    for look in (one for one in _COLOURS if one in looks):
        yield f'<rect class="{look}" x="{across}" y="{down + 26:.1f}" width="9" height="9"/>'
        yield f'<text x="{across + 14}" y="{down + 35:.1f}">{_MEANINGS[look]}</text>'
        across += 30 + 6 * len(_MEANINGS[look])


def _encoded(image: NDArray[np.uint8]) -> bytes:
    """A picture as PNG (ISO/IEC 15948): rows, columns, and one channel or three."""
    height, width, channels = image.shape
    colours = {1: 0, 3: 2}[channels]
    lines = np.zeros((height, 1 + width * channels), np.uint8)  # each begins with its filter: none
    lines[:, 1:] = image.reshape(height, -1)
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, colours, 0, 0, 0)),
        (b"IDAT", zlib.compress(lines.tobytes(), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
