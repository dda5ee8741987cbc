"""What is counted of the translations into one language, unit by unit."""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import count

from aligner.curation.distance import Rate, rate
from aligner.formats.reports import (
    REVIEWED,
    ConceptCount,
    Editing,
    Editor,
    Issue,
    IssueCount,
    Language,
    Lengths,
    Part,
    Shown,
    State,
    Terms,
)
from aligner.quality import Severity
from aligner.records import Origin, Outcome, Status, Target, TermUse
from aligner.report.spread import Counting
from aligner.report.stretches import Look, Marking

_WORST = 20  # units that are listed
_EXTREMES = 5
_MOST_USED = 15  # concepts that are listed
_PLACES = 8  # units that are named for an issue or a term
_LONGEST = 280  # characters of a text that are shown
_BINS = 20
_RATE_BINS = 10
_OCTAVES = 2.0  # a translation of four times the length, or a quarter, is the end of the scale
_LENGTH = "length"  # what the ids of the checks of lengths begin with
_BANDS = ((101, "101"), (100, "100"), (95, "95–99"), (85, "85–94"), (75, "75–84"), (0, "< 75"))
_DETAIL = re.compile(r"[,\d].*|\s+\d.*", re.DOTALL)  # in "match 92 %", "decoder, 3 issues"
_SEVEREST = {severity.value: place for place, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Seen:
    """A translation, with all that is to be counted of it.

    Attributes:
        unit: as it is shown, but for what this language has of its own.
        words: of the source.
        target: the translation.
        is_stated: whether the file says where it is from.
        confidence: the quality to be expected, 0 to 1, None if that is not known.
        basis: what the confidence goes by.
        issues: what was found in it.
        terms: what became of the terms of the source.
        deviation: by how many standard deviations its length is other than expected.
    """

    unit: Shown
    words: int
    target: Target
    is_stated: bool
    confidence: float | None
    basis: str
    issues: tuple[Issue, ...]
    terms: tuple[TermUse, ...]
    deviation: float

    @property
    def state(self) -> State:
        """How far it has come."""
        target = self.target
        if not target.text.strip():
            return State.MISSING
        if not self.is_stated:
            return State.UNSTATED
        if target.origin in (Origin.MT, Origin.TM):
            return State.MACHINE if target.origin is Origin.MT else State.MEMORY
        if not target.draft:
            return State.HUMAN if target.origin is Origin.HUMAN else State.EDITED
        return State.ACCEPTED if target.draft == target.text else State.EDITED

    @property
    def rate(self) -> Rate | None:
        """Of its draft against it, if a person has seen it and it has one."""
        draft, text = self.target.draft, self.target.text
        if not draft or self.state not in REVIEWED:
            return None
        return rate(draft, text)

    def shown(self) -> Shown:
        """As it is shown in the report."""
        source, target = self.unit.source, self.target.text
        return replace(
            self.unit,
            source=clipped(source),
            target=clipped(target),
            state=self.state,
            confidence=self.confidence,
            basis=self.basis,
            issues=self.issues,
            ratio=round(len(target) / len(source), 3) if source else None,
        )


def clipped(text: str) -> str:
    """A text, its beginning if it is long."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


@dataclass(slots=True)
class _Issues:
    severity: str
    count: int = 0
    units: int = 0
    places: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Concept:
    source: str
    target: str
    uses: int = 0
    missing: int = 0
    places: list[str] = field(default_factory=list)


class _Most:
    """Keeps the few units that are most of something."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._heap: list[tuple[tuple[float, ...], int, Shown]] = []
        self._order = count(0, -1)  # of equals the first are kept

    def add(self, key: tuple[float, ...], seen: Seen) -> None:
        if len(self._heap) < self._number:
            heapq.heappush(self._heap, (key, next(self._order), seen.shown()))
        elif key > self._heap[0][0]:
            heapq.heapreplace(self._heap, (key, next(self._order), seen.shown()))

    def units(self) -> tuple[Shown, ...]:
        return tuple(one for _, _, one in sorted(self._heap, key=lambda one: one[:2], reverse=True))


class Tally:
    """Counts the translations into a language.

    Args:
        lang: the language.
        checks: what each check looks for, by its id.
    """

    def __init__(self, lang: str, checks: Mapping[str, str]) -> None:
        self.lang = lang
        self._checks = checks
        self._words = 0
        self._states: dict[State, Part] = {}
        self._marking = Marking()
        self._confidence = Counting()
        self._bases: Counter[str] = Counter()
        self._issues: dict[str, _Issues] = {}
        self._worst = _Most(_WORST)
        self._outcomes: Counter[str] = Counter()
        self._statuses: Counter[str] = Counter()
        self._concepts: dict[str, _Concept] = {}
        self._rates = Counting()
        self._editors: dict[str, tuple[Counter[State], int, Marking]] = {}
        self._matches: dict[str, Part] = {}
        self._has_match = False
        self._ratios = Counting(-_OCTAVES, _OCTAVES)
        self._unusual = 0
        self._extremes = _Most(_EXTREMES)

    def add(self, seen: Seen) -> Look:
        """Count a translation; gives how it looks from afar."""
        state = seen.state
        if state is State.MISSING:
            return self._add_state(Look(state), seen)
        severities = {issue.severity for issue in seen.issues}
        has_error = Severity.ERROR in severities
        look = Look(
            state,
            seen.confidence,
            has_error,
            Severity.WARNING in severities and not has_error,
            seen.rate,
        )
        self._add_state(look, seen)
        self._words += len(seen.target.text.split())
        self._add_quality(seen, look)
        self._add_terms(seen)
        self._add_match(seen)
        self._add_length(seen)
        if state in REVIEWED:
            self._add_editing(seen, look)
        return look

    def _add_state(self, look: Look, seen: Seen) -> Look:
        known = self._states.get(look.state, Part())
        self._states[look.state] = known + Part(1, seen.words)
        self._marking.add(look)
        return look

    def _add_quality(self, seen: Seen, look: Look) -> None:
        if seen.confidence is not None:
            self._confidence.add(seen.confidence)
            self._bases[_DETAIL.sub("", seen.basis)] += 1
        for issue in seen.issues:
            found = self._issues.setdefault(issue.check, _Issues(issue.severity))
            found.count += 1
            found.severity = min(found.severity, issue.severity, key=_severity)
        for check in dict.fromkeys(issue.check for issue in seen.issues):
            self._issues[check].units += 1
            _note(self._issues[check].places, seen.unit.id)
        if seen.issues or (seen.confidence is not None and look.state not in REVIEWED):
            doubt = 1.0 - (1.0 if seen.confidence is None else seen.confidence)
            warnings = sum(issue.severity == Severity.WARNING for issue in seen.issues)
            self._worst.add((float(look.has_error), doubt, warnings), seen)

    def _add_terms(self, seen: Seen) -> None:
        for use in seen.terms:
            self._outcomes[use.outcome] += 1
            self._statuses[use.status] += 1
            known = self._concepts.setdefault(use.concept, _Concept(use.source, use.target))
            known.uses += 1
            if use.outcome is Outcome.MISSING:
                known.missing += 1
                _note(known.places, seen.unit.id)

    def _add_match(self, seen: Seen) -> None:
        match = seen.target.match
        self._has_match = self._has_match or match is not None
        band = "" if match is None else next(name for least, name in _BANDS if match >= least)
        self._matches[band] = self._matches.get(band, Part()) + Part(1, seen.words)

    def _add_length(self, seen: Seen) -> None:
        source, target = len(seen.unit.source), len(seen.target.text)
        if not source:
            return
        self._ratios.add(math.log2(target / source))
        if any(issue.check.startswith(_LENGTH) for issue in seen.issues):
            self._unusual += 1
            self._extremes.add((abs(seen.deviation),), seen)

    def _add_editing(self, seen: Seen, look: Look) -> None:
        if look.rate is not None:
            self._rates.add(look.rate.value)
        name = seen.target.editor
        states, words, marking = self._editors.get(name) or (Counter(), 0, Marking())
        states[look.state] += 1
        marking.add(look)
        self._editors[name] = (states, words + seen.words, marking)

    def language(self, units: Part) -> Language:
        """What was counted, of so many units in all: the others have no translation."""
        missing = Part(
            units.units - sum(part.units for part in self._states.values()),
            units.words - sum(part.words for part in self._states.values()),
        )
        states = dict(self._states)
        if missing.units:
            states[State.MISSING] = states.get(State.MISSING, Part()) + missing
        return Language(
            lang=self.lang,
            words=self._words,
            states={state: states[state] for state in State if state in states},
            confidence=self._confidence.spread(_BINS),
            bases=dict(self._bases.most_common()),
            whole=self._marking.mark(units.units),
            issues=tuple(self._issue_counts()),
            worst=self._worst.units(),
            terms=self._terms(),
            editing=self._editing(),
            editors=tuple(self._editor_counts()),
            matches=self._bands() if self._has_match else {},
            lengths=self._lengths(),
        )

    def _issue_counts(self) -> Iterable[IssueCount]:
        def order(one: tuple[str, _Issues]) -> tuple[int, int]:
            return _severity(one[1].severity), -one[1].units

        for check, found in sorted(self._issues.items(), key=order):
            says = self._checks.get(check, "")
            yield IssueCount(
                check, found.severity, says, found.count, found.units, tuple(found.places)
            )

    def _terms(self) -> Terms | None:
        if not self._concepts:
            return None
        concepts = [
            ConceptCount(name, one.source, one.target, one.uses, one.missing, tuple(one.places))
            for name, one in self._concepts.items()
        ]
        used = heapq.nlargest(_MOST_USED, concepts, key=lambda one: one.uses)
        missing = heapq.nlargest(_MOST_USED, concepts, key=lambda one: one.missing)
        return Terms(
            {outcome.value: self._outcomes[outcome] for outcome in Outcome},
            {status.value: self._statuses[status] for status in Status},
            tuple(used),
            tuple(one for one in missing if one.missing),
        )

    def _editing(self) -> Editing | None:
        spread = self._rates.spread(_RATE_BINS)
        if spread is None:
            return None
        total = self._marking.rate
        return Editing(self._marking.rated, total.edits, total.length, spread)

    def _editor_counts(self) -> Iterable[Editor]:
        for name, (states, words, marking) in sorted(
            self._editors.items(), key=lambda one: -one[1][1]
        ):
            rate = marking.rate.value if marking.rated else None
            yield Editor(name, {one: states[one] for one in State if states[one]}, words, rate)

    def _bands(self) -> dict[str, Part]:
        names = [*(name for _, name in _BANDS), ""]
        return {name: self._matches.get(name, Part()) for name in names}

    def _lengths(self) -> Lengths | None:
        spread = self._ratios.spread(_BINS)
        return Lengths(spread, self._unusual, self._extremes.units()) if spread else None


def _severity(name: str) -> int:
    return _SEVEREST.get(name, len(_SEVEREST))


def _note(places: list[str], name: str) -> None:
    if len(places) < _PLACES:
        places.append(name)
