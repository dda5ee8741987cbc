"""Translate along a route of models; after each leg the terms of a termbase are put in.

A route has one leg, or two that meet in English (`aligner.engines.load`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from aligner import engines
from aligner.engines import Engine, Progress, Store
from aligner.records import Outcome, TermUse
from aligner.terminology.constrain import Draft, constrain, unrendered
from aligner.terminology.forms import Standing, term_in
from aligner.terminology.match import Matcher, Occurrence, Renderings
from aligner.terminology.termbase import Termbase


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as a model should see it, and the terms in it."""

    text: str
    terms: tuple[Occurrence, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """The translation of a line.

    Attributes:
        text: the translation.
        score: geometric mean of its token probabilities, 0 to 1; those of the legs multiply.
        issues: what went wrong, as `Target.issues`.
        terms: what became of the terms of the line, in its order.
        halfway: the text that the last model was given, where there are two; else "".
    """

    text: str
    score: float = 1.0
    issues: tuple[str, ...] = ()
    terms: tuple[TermUse, ...] = ()
    halfway: str = ""


class Terms:
    """Finds the terms of a termbase in texts of any language."""

    def __init__(self, termbase: Termbase) -> None:
        self.termbase = termbase
        self._matchers: dict[str, Matcher] = {}
        self._renderings: dict[str, Renderings] = {}

    def find(self, text: str, lang: str) -> tuple[Occurrence, ...]:
        """The terms of a text, from left to right."""
        if not self.termbase.concepts:
            return ()
        if lang not in self._matchers:
            self._matchers[lang] = Matcher(self.termbase.concepts, lang)
        return tuple(self._matchers[lang].find(text))

    def verify(self, line: Line, translation: str, lang: str) -> tuple[TermUse, ...]:
        """What became of a line's terms in a translation that is to stay as it is.

        A term is there if one of its right forms is, once at least: people put a pronoun next.
        """
        if lang not in self._renderings:
            self._renderings[lang] = Renderings(lang)
        own = (term for term in line.terms if term_in(term.concept, lang))
        return tuple(self._use(term, line.text, translation, lang) for term in own)

    def _use(self, term: Occurrence, source: str, translation: str, lang: str) -> TermUse:
        lost = unrendered(term, source, lang)
        for found in self._renderings[lang].find(term.concept, translation):
            reading = found.readings[0]
            if reading.standing is not Standing.FORBIDDEN:
                form = translation[found.start : found.stop]
                return replace(lost, target=form, outcome=Outcome.ALREADY, case=reading.case)
        return lost


def translate(
    route: Sequence[Engine],
    lines: Sequence[Line],
    terms: Terms,
    store: Store | None = None,
    progress: Progress = engines.silent,
) -> list[Made]:
    """Translate lines along a route; the results stand in their order."""
    made = [Made(line.text) for line in lines]
    here = lines
    for number, engine in enumerate(route):
        if number:
            here = [Line(one.text, terms.find(one.text, engine.model.source)) for one in made]
        leg = _one_leg(engine, here, terms, store, progress)
        made = [
            replace(
                new,
                score=old.score * new.score,
                issues=(*old.issues, *new.issues),
                halfway=old.text if number else "",
            )
            for old, new in zip(made, leg, strict=True)
        ]
    if len(route) == 1:
        return made
    lang = route[-1].model.target
    return [
        replace(one, terms=_of_source(line, one.terms, lang))
        for line, one in zip(lines, made, strict=True)
    ]


def _one_leg(
    engine: Engine,
    lines: Sequence[Line],
    terms: Terms,
    store: Store | None,
    progress: Progress,
) -> list[Made]:
    drafts = engines.translate([engine], [line.text for line in lines], store, progress)
    made = [Made(draft.text, draft.score, draft.issues) for draft in drafts]
    if not terms.termbase.concepts:
        return made
    done = constrain(
        [Draft(line.text, one.text, line.terms) for line, one in zip(lines, made, strict=True)],
        engine.model.target,
        engine,
    )
    return [
        replace(one, text=new.text, score=new.score or one.score, terms=new.uses)
        for one, new in zip(made, done, strict=True)
    ]


def _of_source(line: Line, uses: Sequence[TermUse], lang: str) -> tuple[TermUse, ...]:
    """What became of a line's own terms, by what became of those of the text halfway."""
    halfway: dict[str, list[TermUse]] = defaultdict(list)
    for use in uses:
        halfway[use.concept].append(use)

    def own(term: Occurrence) -> TermUse:
        found = halfway[term.concept.id]
        lost = unrendered(term, line.text, lang)
        return replace(found.pop(0), source=lost.source) if found else lost

    return tuple(own(term) for term in line.terms if term_in(term.concept, lang))
