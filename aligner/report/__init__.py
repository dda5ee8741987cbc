"""A report on translations: coverage and quality at a glance.

    found = report(material("corpora/article"))
    found.figures.languages[0].reviewed          what a person has seen, in units and words
    html.write(file, found.figures, found.plots)  the page: `aligner.formats.reports.html`

Units are counted one after the other, and of each only what the figures hold is kept; what shows
only in several units is looked for document by document (`aligner.checking`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from aligner import checking, quality
from aligner.entries import Entry, Variant
from aligner.errors import InputError, UsageError
from aligner.formats import units
from aligner.formats.reports import Figures, Issue, Part, Plot, Shown, State, Stretch
from aligner.quality.checks.length import deviation
from aligner.quality.confidence import Confidence, confidence
from aligner.records import PERSONS, Kind, Target, TermUse, Unit
from aligner.report.alignment import Alignments
from aligner.report.reading import Material
from aligner.report.stretches import Counted, Look, Strip
from aligner.report.tally import Seen, Tally, clipped
from aligner.route import Line, Terms
from aligner.terminology.termbase import Termbase

_NO_TERMS = Termbase(())
_MOST_DOCUMENTS = 1000
_SEVEREST = {severity.value: place for place, severity in enumerate(quality.Severity)}
_LONGEST_NAME = 60  # characters


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a report, and its pictures."""

    figures: Figures
    plots: tuple[Plot, ...]


def report(
    material: Material,
    langs: Sequence[str] = (),
    termbase: Termbase = _NO_TERMS,
    progress: Callable[[int], None] = lambda _: None,
) -> Report:
    """Count the units of a folder or file.

    Args:
        material: what to report on; its units are taken.
        langs: the target languages to report on; by default all.
        termbase: what to verify terms by, where the file does not say what became of them.
        progress: is told how many units have been counted.

    Raises:
        InputError: no unit has a text in the source language.
        UsageError: there is nothing in a language that is asked for.
    """
    counts = _Counts(material, langs, Terms(termbase))
    wanted = checking.Wanted(langs=langs)
    for checked in checking.check(material.entries, termbase.concepts, wanted):
        counts.add(checked)
        progress(counts.units)
    return Report(counts.figures(), counts.alignments.plots())


class _Counts:
    """Counts units as they come."""

    def __init__(self, material: Material, langs: Sequence[str], terms: Terms) -> None:
        self.alignments = Alignments(material.lang)
        self._material = material
        self._langs = tuple(langs)
        self._terms = terms
        self._checks = {name: says for name, (_, says) in checking.ids().items()}
        self._all = Part()
        self._without_source = 0
        self._seen_langs: dict[str, None] = {}  # all that are there, wanted or not
        self._sources: dict[str, int] = {}
        self._title = ""
        self._tallies: dict[str, Tally] = {}
        self._strip = Strip()
        self._documents: dict[str, Counted] = {}
        self._more_documents: set[int] = set()

    @property
    def units(self) -> int:
        """How many units have been counted."""
        return self._all.units

    def add(self, checked: checking.Checked) -> None:
        """Count a unit."""
        entry = checked.entry
        self.alignments.add(entry)
        source = entry.variant(self._material.lang) if self._material.lang else entry.source()
        if source is None or not source.text.strip():
            self._without_source += 1
            return
        unit = units.unit(entry)
        self._sources[source.lang] = self._sources.get(source.lang, 0) + 1
        if unit.kind is Kind.HEADING and not self._title:
            self._title = clipped(source.text)
        words = len(source.text.split())
        self._all += Part(1, words)
        shown = self._shown(entry, source)
        looks = {
            variant.lang: self._tally(variant.lang).add(
                self._seen(shown, words, unit, variant, checked)
            )
            for variant in self._targets(entry, source)
        }
        self._strip.add(shown.id, words, looks)
        self._add_document(shown, words, looks)

    def _shown(self, entry: Entry, source: Variant) -> Shown:
        document = dict(entry.props).get("x-document", "")
        name = entry.tuid.removeprefix(f"{document}:") or f"#{self._all.units}"
        return Shown(
            name[:_LONGEST_NAME],
            document[:_LONGEST_NAME],
            source.text,
            "",
            source.lang,
            State.MISSING,
        )

    def _targets(self, entry: Entry, source: Variant) -> Iterator[Variant]:
        """The first text in each target language that is wanted."""
        seen = {source.lang}
        for variant in entry.variants:
            self._seen_langs.setdefault(variant.lang)
            is_wanted = not self._langs or variant.lang in self._langs
            if is_wanted and variant.lang and variant.lang not in seen:
                seen.add(variant.lang)
                yield variant

    def _tally(self, lang: str) -> Tally:
        return self._tallies.get(lang) or self._tallies.setdefault(lang, Tally(lang, self._checks))

    def _seen(
        self, shown: Shown, words: int, unit: Unit, variant: Variant, checked: checking.Checked
    ) -> Seen:
        target = units.target(variant)
        lang = variant.lang
        is_stated = any(name == "x-origin" for name, _ in variant.props)
        issues = tuple(self._issues(target, lang, checked))
        sure = _confidence(shown, target, lang, issues, is_stated=is_stated)
        return Seen(
            unit=shown,
            words=words,
            target=target,
            is_stated=is_stated,
            confidence=sure.value if sure else None,
            basis=sure.basis if sure else "",
            issues=tuple(sorted(issues, key=lambda one: _SEVEREST[one.severity])),
            terms=self._uses(shown, target, lang),
            deviation=deviation(checking.pair(unit, target, shown.source_lang, lang)),
        )

    def _issues(self, target: Target, lang: str, checked: checking.Checked) -> Iterator[Issue]:
        """What the checks find now, and what the file says that none of them would find again."""
        for found in checked.findings:
            if found.lang == lang:
                one = found.finding
                yield Issue(one.check, one.severity.value, clipped(one.message))
        for said in target.issues:
            check, colon, message = said.partition(": ")
            if not colon:
                check, message = "note", said
            is_term = check.startswith(checking.TERM) and not self._terms.termbase.concepts
            if is_term or check not in self._checks:
                yield Issue(check[:_LONGEST_NAME], quality.severity(check).value, clipped(message))

    def _uses(self, shown: Shown, target: Target, lang: str) -> tuple[TermUse, ...]:
        """What became of the terms: as the file says it, but of what a person has changed."""
        is_changed = target.origin in PERSONS and target.text != target.draft
        if (target.terms and not is_changed) or not self._terms.termbase.concepts:
            return target.terms
        text = shown.source
        line = Line(text, self._terms.find(text, shown.source_lang))
        return self._terms.verify(line, target.text, lang)

    def _add_document(self, shown: Shown, words: int, looks: dict[str, Look]) -> None:
        name = shown.document
        if name not in self._documents and len(self._documents) == _MOST_DOCUMENTS:
            self._more_documents.add(hash(name))
            return
        self._documents.setdefault(name, Counted()).add(shown.id, words, looks)

    def figures(self) -> Figures:
        """What was counted."""
        self._demand_something()
        material = self._material
        langs = self._langs or tuple(self._tallies)
        return Figures(
            name=material.name,
            title=self._title,
            source=max(self._sources, key=lambda lang: self._sources[lang]),
            units=self._all.units,
            words=self._all.words,
            languages=tuple(self._tally(lang).language(self._all) for lang in langs),
            stretches=self._strip.stretches(langs),
            documents=self._stretches(langs) if len(self._documents) > 1 else (),
            more_documents=len(self._more_documents),
            alignment=self.alignments.figures(),
            made=dict(material.made),
            glossary=len(self._terms.termbase.concepts),
            damage=material.damage,
            notes=(*material.notes, *self._notes()),
        )

    def _stretches(self, langs: tuple[str, ...]) -> tuple[Stretch, ...]:
        return tuple(
            one.stretch(langs, name or "(no name)") for name, one in self._documents.items()
        )

    def _notes(self) -> Iterator[str]:
        if n := self._without_source:
            lang = self._material.lang or "the source language"
            yield f"{n} unit{'s have' if n > 1 else ' has'} no text in {lang}: left out"
        if len(self._sources) > 1:
            yield f"The units are translated from several languages: {_listed(self._sources)}"

    def _demand_something(self) -> None:
        """Raises an error where there is nothing to report on."""
        if not self._all.units:
            raise InputError(
                f"no unit has a text in {self._material.lang or 'its source language'}",
                where=self._material.name,
                hint="Give a bitext whose source language is what its header says.",
            )
        for lang in self._langs:
            if lang not in self._seen_langs:
                raise UsageError(
                    f"there is nothing in {lang} in it",
                    where=self._material.name,
                    hint=f"It has {_listed(self._seen_langs)}.",
                )


def _confidence(
    shown: Shown, target: Target, lang: str, issues: Sequence[Issue], *, is_stated: bool
) -> Confidence | None:
    """How far a translation may be trusted; of unknown origin, only what its file says of it."""
    if not is_stated:
        return None if target.score is None else Confidence(target.score, "file")
    said = tuple(f"{issue.check}: {issue.message}" for issue in issues)
    return confidence(shown.source, replace(target, issues=said), shown.source_lang, lang)


def _listed(langs: Collection[str]) -> str:
    return ", ".join(lang or "?" for lang in langs)
