"""The sections of a report that go through the units, and through the documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from aligner.formats.reports import (
    Figures,
    Language,
    Mark,
    State,
    Stretch,
)
from aligner.formats.reports import charts as c
from aligner.formats.reports import parts as p
from aligner.formats.reports.charts import Slice
from aligner.formats.reports.words import (
    STATES,
    counted,
    language,
)

_MOST_DOCUMENTS = 60


def course(figures: Figures) -> Iterator[str]:
    """All units in their order: where the work is, and where the trouble."""
    size = max((one.units for one in figures.stretches), default=1)
    each = "a unit" if size == 1 else f"{c.number(size)} units in a row"
    yield f'<p class="about">Each column is {each}; the first stands on the left.</p>'
    for one in figures.languages:
        if not any(_lanes(figures.stretches, one)):
            continue
        head = f"{language(one.lang)}: the units in their order"
        yield from p.panel(head)
        for name, said, lane in _lanes(figures.stretches, one):
            title = f"{language(one.lang)}, {said}"
            cells = [(cell.name, lane(cell.marks[one.lang], cell)) for cell in figures.stretches]
            yield f'<p class="lane">{said}</p>'
            yield c.columns(
                f"course-{c.anchor(one.lang)}-{name}", title, _course_said(cells, said), cells
            )
        yield f'<p class="ends"><span>{c.safe(figures.stretches[0].name.split(" – ")[0])}</span>'
        yield f"<span>{c.safe(figures.stretches[-1].name.split(' – ')[-1])}</span></p>"
        if len(one.states) > 1:
            yield from p.legend(one.states)
        yield from p.more("Figures of the columns", _course_table(figures.stretches, one))
        yield "</figure>"


_Lane = Callable[[Mark, Stretch], list[Slice]]


def _lanes(stretches: Sequence[Stretch], lang: Language) -> Iterator[tuple[str, str, _Lane]]:
    """What is known in some stretch at least, and not the same in all."""
    marks = [one.marks[lang.lang] for one in stretches]
    if len(lang.states) > 1:
        yield "state", "State", _state_lane
    if any(mark.confidence is not None for mark in marks):
        yield "confidence", "Confidence: the higher, the surer", _confidence_lane
    most = max(
        (mark.errors + mark.warnings) / one.units
        for one, mark in zip(stretches, marks, strict=True)
    )
    if most:
        said = "With an error (solid) or a warning (striped)"
        said += f"; full height is {c.percent(most)} of the units" if most < 1 else ""
        yield "issues", said, partial(_issue_lane, most)
    if any(mark.edit_rate is not None for mark in marks):
        most = min(1.0, max(mark.edit_rate or 0.0 for mark in marks)) or 1.0
        said = "Words that a person changed (HTER)"
        said += f"; full height is {c.percent(most)}" if most < 1 else ""
        yield "editing", said, partial(_edit_lane, most)


def _state_lane(mark: Mark, cell: Stretch) -> list[Slice]:
    return [
        Slice(STATES[state], state.value, count / cell.units)
        for state, count in mark.states.items()
    ]


def _confidence_lane(mark: Mark, _: Stretch) -> list[Slice]:
    return [] if mark.confidence is None else [Slice("", "plain", mark.confidence)]


def _issue_lane(most: float, mark: Mark, cell: Stretch) -> list[Slice]:
    return [
        Slice("", "error", mark.errors / cell.units / most),
        Slice("", "warning", mark.warnings / cell.units / most),
    ]


def _edit_lane(most: float, mark: Mark, _: Stretch) -> list[Slice]:
    rate = mark.edit_rate
    return [] if rate is None else [Slice("", "edited", min(1.0, rate / most))]


def _course_said(cells: Sequence[tuple[str, Sequence[Slice]]], said: str) -> str:
    shown = sum(any(one.value for one in slices) for _, slices in cells)
    return f"{said}. {counted(len(cells), 'column')}, {c.number(shown)} with something to show."


def _course_table(stretches: Sequence[Stretch], one: Language) -> Iterator[str]:
    rows = (
        (
            f"<bdi>{c.safe(cell.name)}</bdi>",
            ", ".join(f"{STATES[state]} {count}" for state, count in mark.states.items()),
            p.or_dash(mark.confidence),
            c.number(mark.errors),
            c.number(mark.warnings),
            p.or_dash(mark.edit_rate),
        )
        for cell in stretches
        for mark in [cell.marks[one.lang]]
    )
    head = ("Units", "State", "#Confidence", "#Errors", "#Warnings", "#HTER")
    yield from c.table(head, rows)


def documents(figures: Figures) -> Iterator[str]:
    """A row for each document, those first that most of the units have an error in."""
    yield '<p class="about">Those with the largest share of errors come first.</p>'
    head = ["Document", "#Units", "#Words"]
    for one in figures.languages:
        head += [f"#{one.lang} reviewed", f"#{one.lang} errors", f"#{one.lang} confidence"]
    rows = (
        (
            f"<bdi>{c.safe(each.name)}</bdi>",
            c.number(each.units),
            c.number(each.words),
            *(cell for one in figures.languages for cell in _of_document(each, one.lang)),
        )
        for each in sorted(figures.documents, key=_errors, reverse=True)[:_MOST_DOCUMENTS]
    )
    yield from p.scrolled("Documents", c.table(head, rows))
    more = figures.more_documents + max(0, len(figures.documents) - _MOST_DOCUMENTS)
    if more:
        said = f"{counted(more, 'more document')}, which the figures above have, too."
        yield f'<p class="about">{said}</p>'


def _errors(one: Stretch) -> float:
    """How many errors there are for each unit."""
    return sum(mark.errors for mark in one.marks.values()) / one.units


def _of_document(one: Stretch, target: str) -> Iterator[str]:
    mark = one.marks[target]
    is_stated = set(mark.states) - {State.UNSTATED, State.MISSING}
    yield c.percent(mark.reviewed / one.units) if is_stated else "–"
    yield c.number(mark.errors)
    yield p.or_dash(mark.confidence)
