"""The page of a report: one file that asks for nothing else, on the screen and on paper."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from importlib.resources import files
from typing import BinaryIO

from aligner import __version__
from aligner.formats.reports import Figures, Language, Plot, State, course, quality, sections
from aligner.formats.reports import charts as c
from aligner.formats.reports import parts as p
from aligner.formats.reports.words import NAMES, counted, language


def is_mine(beginning: bytes) -> bool:
    """Whether a file that begins so is the page of a report."""
    return (
        b'<meta name="generator" content="aligner ' in beginning
        and b": report</title>" in beginning
    )


def write(file: BinaryIO, figures: Figures, plots: Sequence[Plot], made: datetime) -> None:
    """Write a report as HTML.

    The page works without scripts, and its content security policy allows none: its own style
    sheet and the pictures in it, nothing else. Whatever a text may hold is shown as text.

    Args:
        file: takes the bytes.
        figures: what to show.
        plots: pictures of the alignment.
        made: when the figures were made.
    """
    for line in _lines(figures, plots, made):
        file.write(line.encode("utf-8") + b"\n")


def _lines(figures: Figures, plots: Sequence[Plot], made: datetime) -> Iterator[str]:
    style = files(__package__).joinpath("page.css").read_text("utf-8")
    own = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{own}'; img-src data:;"
        " base-uri 'none'; form-action 'none'"
    )
    yield "<!doctype html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f'<meta name="generator" content="aligner {__version__}">'
    yield f"<title>{c.safe(figures.title or figures.name)}: report</title>"
    yield f"<style>{style}</style>"
    yield "</head>"
    yield "<body>"
    yield '<a class="skip" href="#report">To the figures</a>'
    yield c.patterns()
    yield from _header(figures, made)
    sections = list(_sections(figures, plots))
    yield '<nav aria-label="Sections"><ul>'
    yield from (f'<li><a href="#{name}">{title}</a></li>' for name, title, _ in sections)
    yield "</ul></nav>"
    yield '<main id="report">'
    yield from _glance(figures)
    for name, title, lines in sections:
        yield f'<section id="{name}" aria-labelledby="{name}-h"><h2 id="{name}-h">{title}</h2>'
        yield from lines
        yield "</section>"
    yield "</main>"
    yield "</body>"
    yield "</html>"


def _header(figures: Figures, made: datetime) -> Iterator[str]:
    targets = ", ".join(language(one.lang) for one in figures.languages) or "no translations"
    facts = (
        f"{language(figures.source)} → {targets}",
        counted(figures.units, "unit"),
        counted(figures.words, "word"),
    )
    yield "<header>"
    yield f'<p class="kicker">Translation report · <bdi>{c.safe(figures.name)}</bdi></p>'
    title = figures.title or figures.name
    yield f"<h1{p.lang(figures.source)}>{c.safe(title)}</h1>"
    yield f'<p class="facts">{" · ".join(map(c.safe, facts))}</p>'
    yield f'<p class="made">Counted on {made:%d %B %Y, %H:%M} UTC by aligner {__version__}</p>'
    for note in filter(None, (figures.damage, *figures.notes)):
        kind = "damage" if note == figures.damage else "note"
        lead = "The rest of the file could not be read. " if kind == "damage" else ""
        yield f'<p class="remark {kind}" role="note"><strong>{lead}</strong>{c.safe(note)}</p>'
    yield "</header>"


def _glance(figures: Figures) -> Iterator[str]:
    """The figures that decide what to do: a card for each language."""
    yield '<div class="cards">'
    for one in figures.languages:
        yield f'<article class="card" aria-labelledby="glance-{c.anchor(one.lang)}">'
        yield f'<h2 id="glance-{c.anchor(one.lang)}">{c.safe(language(one.lang))}</h2>'
        share = one.reviewed.units / figures.units
        of_words = one.reviewed.words / max(1, figures.words)
        yield (
            f'<p class="big"><strong>{c.percent(share)}</strong> reviewed by a person'
            f"{f', {c.percent(of_words)} of the words' if share else ''}</p>"
            if one.is_stated
            else '<p class="big"><strong>?</strong> reviewed: the file does not say</p>'
        )
        if p.tells(one):
            yield c.stacked(
                f"glance-{c.anchor(one.lang)}-bar",
                f"{language(one.lang)}: how far the units have come",
                p.states(one.states, "units"),
                height=22,
            )
        yield f'<ul class="points">{"".join(_points(one))}</ul>'
        yield "</article>"
    yield "</div>"


def _points(one: Language) -> Iterator[str]:
    """What is to be said of a language in a line each, what needs work first."""
    missing = one.states.get(State.MISSING)
    if missing:
        yield _point("missing", counted(missing.units, "unit"), "without a translation")
    whole = one.whole
    if whole.errors:
        yield _point("error", counted(whole.errors, "unit"), "with an error", "#look-first")
    if whole.warnings:
        units = counted(whole.warnings, "more unit" if whole.errors else "unit")
        yield _point("warning", units, "with a warning", "#issues")
    if not whole.errors and not whole.warnings:
        yield _point("fine", "No errors", "or warnings found")
    if one.confidence:
        yield _point("machine", c.percent(one.confidence.median), "median confidence")
    if one.terms:
        missed = one.terms.outcomes["missing"]
        uses = sum(one.terms.outcomes.values())
        said = f"of {c.number(uses)} terms not in the translation"
        yield _point("term", c.number(missed), said, "#terms")
    if one.editing:
        units = counted(one.editing.compared, "unit")
        said = f"of the words changed in what was reviewed (HTER of {units})"
        yield _point("edited", c.percent(one.editing.rate), said, "#editing")


def _point(look: str, figure: str, said: str, link: str = "") -> str:
    told = f"<strong>{figure}</strong> {said}"
    return f'<li class="{look}">' + (f'<a href="{link}">{told}</a>' if link else told) + "</li>"


def _sections(figures: Figures, plots: Sequence[Plot]) -> Iterator[tuple[str, str, Iterator[str]]]:
    """The sections that have something to show: name, title and lines."""
    langs = figures.languages
    found = {
        "progress": any(map(p.tells, langs)) and sections.progress(figures),
        "course": figures.units > 1 and langs and course.course(figures),
        "look-first": any(one.worst for one in langs) and quality.worst(figures),
        "confidence": any(one.confidence for one in langs) and quality.confidence(figures),
        "issues": langs and quality.issues(figures),
        "terms": any(one.terms for one in langs) and quality.terms(figures),
        "editing": any(one.editing or one.editors for one in langs) and quality.editing(figures),
        "memory": any(one.matches for one in langs) and sections.memory(figures),
        "lengths": any(one.lengths for one in langs) and sections.lengths(figures),
        "alignment": figures.alignment and sections.alignment(figures.alignment, plots),
        "documents": figures.documents and course.documents(figures),
        "making": figures.made and sections.making(figures),
        "unknown": sections.unknown(figures),
    }
    for name, lines in found.items():
        if lines:
            yield name, NAMES[name], iter(lines)
