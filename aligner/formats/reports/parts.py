"""What the sections of a report's page have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from aligner.formats.reports import (
    Language,
    Part,
    Spread,
    State,
)
from aligner.formats.reports import charts as c
from aligner.formats.reports.charts import Slice
from aligner.formats.reports.words import (
    STATES,
)
from aligner.formats.xml import attribute, legal


def lang(code: str) -> str:
    """The attributes of a text in a language; the direction goes by the text itself."""
    return f' lang={attribute(legal(code))} dir="auto"'


def states(counts: Mapping[State, Part], what: Literal["units", "words"]) -> list[Slice]:
    """The states as slices."""
    return [
        Slice(STATES[state], state.value, getattr(part, what)) for state, part in counts.items()
    ]


def tells(one: Language) -> bool:
    """Whether the states of a language tell anything."""
    return set(one.states) != {State.UNSTATED}


def histogram(name: str, head: str, spread: Spread, look: str) -> Iterator[str]:
    """A histogram of shares."""
    is_open = spread.bins[-1] and look == "edited"

    def told(place: int) -> str:
        low, high = spread.edges(place)
        if is_open and place == len(spread.bins) - 1:
            return f"{c.percent(low)} and more"
        return f"{100 * low:.0f}–{100 * high:.0f}\u00a0%"

    ticks = [(at / 4, f"{25 * at}\u00a0%") for at in range(5)]
    yield from panel(head)
    yield c.histogram(name, head, spread, ticks, look, told)
    mean = f"Mean {c.percent(spread.mean)}, median {c.percent(spread.median)}."
    yield f'<p class="about">{mean}</p>'
    rows = (
        (told(place), c.number(count), c.percent(count / spread.count))
        for place, count in enumerate(spread.bins)
    )
    yield from more("Figures", c.table(("From – to", "#Units", "#Share"), rows))
    yield "</figure>"


def panel(title: str) -> Iterator[str]:
    """The beginning of a figure: whoever draws in it ends it."""
    yield f'<figure class="panel"><figcaption>{c.safe(title)}</figcaption>'


def legend(counts: Mapping[State, Part]) -> Iterator[str]:
    """What the looks of states mean."""
    items = "".join(f"<li>{c.key(state)}{STATES[state]}</li>" for state in counts)
    yield f'<ul class="legend">{items}</ul>'


def more(title: str, lines: Iterable[str]) -> Iterator[str]:
    """What is shown only to who asks for it."""
    yield f"<details><summary>{c.safe(title)}</summary>"
    yield from scrolled(title, lines)
    yield "</details>"


def scrolled(title: str, lines: Iterable[str]) -> Iterator[str]:
    """What may be wider than a narrow page, and can be moved by keyboard then."""
    yield f'<div class="scroll" role="region" tabindex="0" aria-label={attribute(legal(title))}>'
    yield from lines
    yield "</div>"


def or_dash(share: float | None) -> str:
    """A share, where it is known."""
    return "–" if share is None else c.percent(share)
