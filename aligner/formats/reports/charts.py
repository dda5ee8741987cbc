"""The charts of a report: elements of SVG 1.1 that take the width there is.

Places are in percent, heights in pixels, so that nothing is stretched and no letter shrinks on a
narrow page. What colours say, a pattern, a place or a word says, too; the style sheet has both.
Each chart has a title and a description, for screen readers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from aligner.formats.reports import Spread
from aligner.formats.xml import attribute, escaped, legal

_LEAST_LABELLED = 0.09  # of the width, so that "9 %" fits
_BESIDE = 0.3  # of the width, which the word over the highest column takes at most
_PLOT = 132  # pixels: the height of a histogram's columns
_LOOKS = {"#": ' class="n"', "|": ' class="b"'}  # of columns
_LEAST = 0.012  # of the height, so that one unit of many is seen

# Patterns by the classes of what they fill: (width, height, lines as a path, or dots).
_HATCHED = (
    ("memory", 7, "M-1 1L1 -1M0 7L7 0M6 8L8 6"),
    ("accepted", 5, "M0 2.5H5"),
    ("machine", 6, ""),
    ("unstated", 8, "M0 0L8 8M8 0L0 8"),
    ("missing", 9, "M-1 8L1 10M0 0L9 9M8 -1L10 1"),
)


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a whole.

    Attributes:
        name: what it is.
        look: the class that it is filled by.
        value: how much.
    """

    name: str
    look: str
    value: float


def patterns() -> str:
    """What the style sheet fills areas with: an element that shows nothing by itself."""
    found = []
    for name, size, path in _HATCHED:
        mark = f'<path d="{path}"/>' if path else '<circle cx="2" cy="2" r="1.1"/>'
        found.append(
            f'<pattern id="fill-{name}" class="fill {name}" width="{size}" height="{size}"'
            f' patternUnits="userSpaceOnUse"><rect width="{size}" height="{size}"/>{mark}</pattern>'
        )
    return (
        '<svg class="patterns" width="0" height="0" aria-hidden="true"><defs>'
        + "".join(found)
        + "</defs></svg>"
    )


def key(look: str) -> str:
    """A small box in a look, for a legend."""
    return (
        f'<svg class="key" width="15" height="15" aria-hidden="true"><rect class="{look}"'
        ' x="0.5" y="0.5" width="14" height="14" rx="2"/></svg>'
    )


def stacked(name: str, title: str, slices: Sequence[Slice], height: int = 34) -> str:
    """A bar of all slices, one beside the other, with the share of each where there is room."""
    total = sum(one.value for one in slices) or 1
    parts, at = [], 0.0
    for one in slices:
        share = one.value / total
        if share:
            label = f"{one.name}: {percent(share)}"
            parts.append(_rect(one.look, (at, 0.0, share, 1.0), label))
            if share >= _LEAST_LABELLED:
                parts.append(_label(one.look, at + share / 2, height / 2 + 4.5, percent(share)))
        at += share
    said = ", ".join(f"{one.name} {percent(one.value / total)}" for one in slices if one.value)
    return _svg(name, height, title, f"{said}.", parts, "stacked")


def bar(share: float, slices: Sequence[Slice], height: int = 14) -> str:
    """A bar beside its figure: `share` of the width, cut into slices. The figure says it all."""
    total = sum(one.value for one in slices) or 1
    parts, at = [], 0.0
    for one in slices:
        width = share * one.value / total
        parts.append(_rect(one.look, (at, 0.0, max(width, 0.004), 1.0), one.name))
        at += width
    return (
        f'<svg class="bar" width="100%" height="{height}" aria-hidden="true">{"".join(parts)}</svg>'
    )


def histogram(
    name: str,
    title: str,
    spread: Spread,
    ticks: Sequence[tuple[float, str]],
    look: str,
    told: Callable[[int], str],
) -> str:
    """Columns of how many values are where, with a line at the median.

    Args:
        name: of the chart, unique in its page.
        title: what it shows.
        spread: the values.
        ticks: places of the scale, 0 to 1, and what is written there.
        look: the class of the columns.
        told: says what a column is, by its place.
    """
    most = max(spread.bins) or 1
    width = 1 / len(spread.bins)
    parts = [_line("grid", y=height) for height in (0.0, 0.5)]
    for place, count in enumerate(spread.bins):
        if count:
            height = max(_LEAST, count / most)
            label = f"{told(place)}: {number(count)}"
            parts.append(_rect(look, (place * width, 1 - height, width, height), label))
    middle = (spread.median - spread.low) / (spread.high - spread.low)
    parts.append(_line("median", x=middle))
    plot = f'<svg y="18" width="100%" height="{_PLOT}">{"".join(parts)}</svg>'
    words = [
        _anchored("most", 0.0 if middle > _BESIDE else 1.0, 12, f"{number(most)} units"),
        _anchored("middle-value", middle, 12, "median"),
        *(_anchored("tick", at, _PLOT + 35, text) for at, text in ticks),
    ]
    full = max(range(len(spread.bins)), key=lambda place: spread.bins[place])
    said = f"{number(spread.count)} units; most, {number(most)}, are at {told(full)}."
    return _svg(name, _PLOT + 42, title, said, [plot, *words], "histogram")


def columns(
    name: str,
    title: str,
    said: str,
    cells: Sequence[tuple[str, Sequence[Slice]]],
    height: int = 40,
) -> str:
    """Narrow columns from left to right, each of slices that stand upon one another.

    Args:
        name: of the chart, unique in its page.
        title: what it shows.
        said: what is to be seen.
        cells: what each column is, and its slices, whose values are shares of the height.
        height: in pixels.
    """
    width = 1 / max(1, len(cells))
    parts = []
    for place, (told, slices) in enumerate(cells):
        top, drawn = 1.0, []
        for one in slices:
            if one.value:
                share = min(top, max(one.value, 0.03))
                top -= share
                drawn.append(_rect(one.look, (place * width, top, width, share)))
        if drawn:
            parts.append(f"<g><title>{safe(told)}</title>{''.join(drawn)}</g>")
    few = "columns few" if len(cells) <= 100 else "columns"
    return _svg(name, height, title, said, [*parts, _line("base", y=1.0)], few)


def picture(svg: str, alt: str) -> str:
    """A drawing of its own, such as that of an alignment: an image, which cannot touch the page."""
    from base64 import b64encode

    data = b64encode(svg.encode()).decode()
    return f'<img src="data:image/svg+xml;base64,{data}" alt={attribute(alt)}>'


def anchor(text: str) -> str:
    """A text as part of an identifier."""
    return re.sub(r"\W", "-", text)


def number(value: int) -> str:
    """A number as it is read: 12,345."""
    return f"{value:,}"


def percent(share: float) -> str:
    """A share as it is read; nothing is rounded to none or all."""
    rounded = round(100 * share)
    if rounded == 0 and share > 0:
        return "<1\u00a0%"
    if rounded == 100 and share < 1:
        return ">99\u00a0%"
    return f"{rounded}\u00a0%"


def _svg(
    name: str, height: int, title: str, said: str, parts: Iterable[str], look: str = ""
) -> str:
    return (
        f'<svg class="chart {look}" role="img" aria-labelledby="{name}-t {name}-d" width="100%"'
        f' height="{height}"><title id="{name}-t">{safe(title)}</title>'
        f'<desc id="{name}-d">{safe(said)}</desc>{"".join(parts)}</svg>'
    )


def _rect(look: str, place: tuple[float, float, float, float], title: str = "") -> str:
    x, y, width, height = (_share(one) for one in place)
    shape = f'<rect class="{look}" x="{x}" y="{y}" width="{width}" height="{height}"'
    return f"{shape}><title>{safe(title)}</title></rect>" if title else f"{shape}/>"


def _line(look: str, x: float | None = None, y: float | None = None) -> str:
    if x is not None:
        return f'<line class="{look}" x1="{_share(x)}" x2="{_share(x)}" y1="0" y2="100%"/>'
    height = _share(y or 0.0)
    return f'<line class="{look}" x1="0" x2="100%" y1="{height}" y2="{height}"/>'


def _label(look: str, x: float, y: float, text: str) -> str:
    """A word upon a slice, on a ground of its own, since the slice may be hatched."""
    return (
        f'<text class="on-{look}" x="{_share(x)}" y="{y}" text-anchor="middle">{safe(text)}</text>'
    )


def _anchored(look: str, x: float, y: float, text: str) -> str:
    """A word at a place of the scale, that does not stand out of it."""
    anchor = "start" if x < 0.04 else "end" if x > 0.96 else "middle"
    shape = f'class="{look}" x="{_share(x)}" y="{y}" text-anchor="{anchor}"'
    return f"<text {shape}>{safe(text)}</text>"


def _share(value: float) -> str:
    return f"{100 * value:.2f}".rstrip("0").rstrip(".") + "%"


def safe(text: str) -> str:
    """A text as it may stand in an element: nothing in it is taken for markup."""
    return escaped(legal(text))


def table(
    head: Sequence[str], rows: Iterable[Sequence[str]], caption: str = "", look: str = "figures"
) -> Iterator[str]:
    """A table of figures; the first cell of a row names it. Cells are HTML.

    Args:
        head: the names of the columns; those that begin with "#" are of numbers, with "|" of bars.
        rows: the cells.
        caption: what the table shows.
        look: its class.
    """
    looks = [_LOOKS.get(one[:1], "") for one in head]
    yield f'<table class="{look}">'
    if caption:
        yield f"<caption>{safe(caption)}</caption>"
    names = zip(head, looks, strict=True)
    cells = "".join(f'<th scope="col"{kind}>{safe(name.lstrip("#|"))}</th>' for name, kind in names)
    yield f"<thead><tr>{cells}</tr></thead><tbody>"
    for first, *others in rows:
        rest = (f"<td{kind}>{one}</td>" for one, kind in zip(others, looks[1:], strict=True))
        yield f'<tr><th scope="row"{looks[0]}>{first}</th>{"".join(rest)}</tr>'
    yield "</tbody></table>"
