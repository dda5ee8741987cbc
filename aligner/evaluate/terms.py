"""Count how the terms of a termbase stand in translations: how many in a form that is right."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from aligner.errors import InputError, UsageError
from aligner.evaluate.systems import Gathered
from aligner.evaluate.texts import Texts
from aligner.languages.codes import language
from aligner.records import Concept
from aligner.terminology.check import Check, Finding, Translated, Verifier
from aligner.terminology.forms import Standing, term_in
from aligner.terminology.match import Matcher, Renderings

# The translations of all segments; None where there is none.
_Column = tuple[str | None, ...]


class Outcome(StrEnum):
    """What became of a term."""

    RIGHT = "right"  # it is there, in one of its forms
    MISSING = "missing"  # it is not
    FORBIDDEN = "forbidden"  # a wording stands for it that must not be used
    ALTERED = "altered"  # its letters are changed: translated, or those of another alphabet


_OUTCOMES = {
    Check.MISSING: Outcome.MISSING,
    Check.FORBIDDEN: Outcome.FORBIDDEN,
    Check.DO_NOT_TRANSLATE: Outcome.ALTERED,
    Check.HOMOGLYPH: Outcome.ALTERED,
}


@dataclass(slots=True)
class Tally:
    """What became of terms, by how often they stand in the sources.

    Attributes:
        outcomes: how often each outcome came about.
        comparable: how often the references have a right form, too, as far as that many are asked.
        alike: how often the translation has the very forms of the references.
    """

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    comparable: int = 0
    alike: int = 0

    @property
    def occurrences(self) -> int:
        """How often terms stand in the sources."""
        return self.outcomes.total()

    @property
    def wrong(self) -> int:
        """How often they are not right in the translation."""
        return self.occurrences - self.outcomes[Outcome.RIGHT]

    @property
    def rate(self) -> float:
        """The share that is right, 0 to 1; 1 if there is no term."""
        return self.outcomes[Outcome.RIGHT] / self.occurrences if self.occurrences else 1.0

    def add(self, other: Tally) -> None:
        """Count what another has counted, too."""
        self.outcomes += other.outcomes
        self.comparable += other.comparable
        self.alike += other.alike


@dataclass(frozen=True, slots=True)
class Use:
    """A term in a segment.

    Attributes:
        concept: its concept.
        outcome: what became of it.
        times: how often it stands in the source.
        forms: the right forms of it in the translation, as they stand there.
    """

    concept: Concept
    outcome: Outcome
    times: int
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment that has terms, in one language.

    Attributes:
        number: which of its file it is, from 1.
        lang: the language of the translation.
        source: the source text.
        translation: what was made of it.
        uses: its terms.
    """

    number: int
    lang: str
    source: str
    translation: str
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """What became of the terms in the translations of a system.

    Attributes:
        name: the system's, or the reference's.
        source_lang: the language that the terms were found in.
        langs: by language of the translations.
        concepts: by that and the concept's id.
        segments: those that have terms.
    """

    name: str
    source_lang: str
    langs: Mapping[str, Tally]
    concepts: Mapping[tuple[str, str], Tally]
    segments: tuple[Segment, ...]

    @property
    def total(self) -> Tally:
        """What became of the terms in all languages."""
        total = Tally()
        for tally in self.langs.values():
            total.add(tally)
        return total


def count(gathered: Gathered, concepts: Sequence[Concept]) -> list[Counted]:
    """Count the terms in the translations of each system, then those in the references.

    Args:
        gathered: what is measured.
        concepts: those of the termbase.

    Raises:
        UsageError: a language is not known, or there are no sources.
        InputError: the termbase does not serve a pair of the languages.
    """
    references = _references(gathered)
    return [
        *(_counted(gathered, texts, concepts, references) for texts in gathered.systems),
        *(_counted(gathered, texts, concepts) for texts in gathered.references),
    ]


def ranked(all_counted: Sequence[Counted]) -> list[tuple[str, str]]:
    """The concepts that occur, each with a language before it: most often wrong in all first."""
    wrong: Counter[tuple[str, str]] = Counter()
    times: Counter[tuple[str, str]] = Counter()
    for counted in all_counted:
        for key, tally in counted.concepts.items():
            wrong[key] += tally.wrong
            times[key] += tally.occurrences
    return sorted(times, key=lambda key: (-wrong[key], times[key], key))


def _references(gathered: Gathered) -> dict[str, tuple[_Column, ...]]:
    """The references by language, all that there are of each segment."""
    by_lang: dict[str, list[_Column]] = defaultdict(list)
    for texts in gathered.references:
        for lang, translations in _translations(gathered, texts).items():
            by_lang[lang].append(translations)
    return {lang: tuple(zip(*columns, strict=True)) for lang, columns in by_lang.items()}


def _translations(gathered: Gathered, texts: Texts) -> dict[str, _Column]:
    """The translations that are asked for, by language; plain text is in that of all others.

    Raises:
        UsageError: it is not known which language they are in.
    """
    if lang := gathered.job.lang:
        return {lang: texts.target(lang)}
    if "" not in texts.targets:
        return dict(texts.targets)
    langs = tuple(gathered.languages())
    if len(langs) != 1:
        raise UsageError(
            "plain text does not say its language", where=texts.name, hint="Name it with --lang."
        )
    return {langs[0]: texts.target()}


def _counted(
    gathered: Gathered,
    texts: Texts,
    concepts: Sequence[Concept],
    references: Mapping[str, Sequence[_Column]] = MappingProxyType({}),
) -> Counted:
    own = texts if texts.sources else gathered.sources
    if own is None:
        raise UsageError(
            "there are no source texts to find terms in",
            where=texts.name,
            hint="Give them with --source, or a file of units such as TMX.",
        )
    source_lang = language(own.source_lang or gathered.source_lang())
    if not source_lang:
        raise UsageError(
            "plain text does not say its language", where=own.name, hint="Name it with --from."
        )
    translations = _translations(gathered, texts)
    _refuse_unserved(texts, concepts, source_lang, translations)
    counter = _Counter(concepts, source_lang)
    segments = tuple(counter.count(own.sources, translations, references))
    return Counted(texts.name, source_lang, counter.langs, dict(counter.concepts), segments)


def _refuse_unserved(
    texts: Texts, concepts: Sequence[Concept], source_lang: str, langs: Collection[str]
) -> None:
    """Make sure that the termbase has the source language and one of the others."""
    served = {lang for concept in concepts for lang in concept.terms}
    if source_lang not in served or not any(_served(concepts, lang) for lang in langs):
        raise InputError(
            f"no term can be looked for: the translation is from {source_lang} into "
            f"{', '.join(langs) or 'no language'}, the glossary has "
            f"{', '.join(sorted(served)) or 'no terms'}",
            where=texts.name,
            hint="Two languages must be in both; --from and --lang say which.",
        )


def _served(concepts: Iterable[Concept], lang: str) -> bool:
    return any(term_in(concept, lang) for concept in concepts)


class _Counter:
    """Counts terms, segment by segment."""

    def __init__(self, concepts: Sequence[Concept], source_lang: str) -> None:
        self._source_lang = source_lang
        self._concepts = tuple(concepts)
        self._verifier = Verifier(self._concepts)
        self._matcher = Matcher(self._concepts, source_lang)
        self._renderings: dict[str, Renderings] = {}
        self.langs: dict[str, Tally] = {}
        self.concepts: defaultdict[tuple[str, str], Tally] = defaultdict(Tally)

    def count(
        self,
        sources: Sequence[str],
        translations: Mapping[str, _Column],
        references: Mapping[str, Sequence[_Column]],
    ) -> Iterator[Segment]:
        """Count the terms of segments; give those that have some, in each language.

        The verifier says what is wrong with a term, but not how often it stands in the source.
        """
        served = [lang for lang in translations if _served(self._concepts, lang)]
        self.langs = {lang: Tally() for lang in served}
        for n, source in enumerate(sources):
            texts = {lang: text for lang in served if (text := translations[lang][n]) is not None}
            unit = Translated("", n, self._source_lang, source, tuple(texts.items()))
            wrong = _wrong(self._verifier.check(unit))
            found = self._matcher.find(source)
            times = Counter(one.concept.id for one in found)
            here = {one.concept.id: one.concept for one in found}
            for lang, text in texts.items():
                uses = tuple(
                    self._use(concept, lang, text, wrong.get((lang, name)), times[name])
                    for name, concept in here.items()
                    if term_in(concept, lang)
                )
                for use in uses:
                    right = references[lang][n] if lang in references else ()
                    self._add(use, lang, right)
                if uses:
                    yield Segment(n + 1, lang, source, text, uses)

    def _use(
        self, concept: Concept, lang: str, text: str, wrong: Outcome | None, times: int
    ) -> Use:
        forms = tuple(self._forms(concept, lang, text))
        return Use(concept, wrong or Outcome.RIGHT, times, forms)

    def _add(self, use: Use, lang: str, references: _Column) -> None:
        own = Counter(map(str.lower, use.forms))
        theirs: Counter[str] = Counter()
        for text in filter(None, references):
            theirs |= Counter(map(str.lower, self._forms(use.concept, lang, text)))
        tally = Tally(
            Counter({use.outcome: use.times}),
            min(use.times, theirs.total()),
            min(use.times, (own & theirs).total()),
        )
        self.langs[lang].add(tally)
        self.concepts[lang, use.concept.id].add(tally)

    def _forms(self, concept: Concept, lang: str, text: str) -> Iterator[str]:
        """The right forms of a concept in a text, as they stand there."""
        if lang not in self._renderings:
            self._renderings[lang] = Renderings(lang)
        for found in self._renderings[lang].find(concept, text):
            if any(form.standing is not Standing.FORBIDDEN for form in found.readings):
                yield text[found.start : found.stop]


def _wrong(findings: Iterator[Finding]) -> dict[tuple[str, str], Outcome]:
    """What is wrong with the terms of a segment, by language and concept: what is said first.

    A term in a case that may be wrong is there all the same.
    """
    wrong: dict[tuple[str, str], Outcome] = {}
    for one in findings:
        if outcome := _OUTCOMES.get(one.check):
            wrong.setdefault((one.lang, one.concept), outcome)
    return wrong
