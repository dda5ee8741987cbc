"""Verify the terms of any translation, a person's or a machine's: which are wrong, and how.

    report = verify(units, concepts)
    for finding in report.findings:
        print(finding.unit, finding.lang, finding.message)

A term is right if one of its forms is in the target, once at least: where the source says it twice
people put a pronoun. So is a word made from it, which stands where English has only the noun
(Russia's president: «российский президент», «россиялык»).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from aligner.records import Concept, Status, Term
from aligner.terminology.derived import is_implied
from aligner.terminology.forms import Standing, term_in, written
from aligner.terminology.government import contradiction
from aligner.terminology.match import Matcher, Occurrence, Renderings
from aligner.text import words


class Check(StrEnum):
    """What may be wrong with a term."""

    MISSING = "missing"  # no right form of it is there
    FORBIDDEN = "forbidden"  # a wording is used that must not be
    CASE = "case"  # the word beside it asks for another case
    INCONSISTENT = "inconsistent"  # elsewhere the same is called otherwise
    DO_NOT_TRANSLATE = "do-not-translate"  # it is not repeated letter for letter
    HOMOGLYPH = "homoglyph"  # letters of another alphabet stand in it that look alike


class Severity(StrEnum):
    """How sure and how bad a finding is."""

    ERROR = "error"
    WARNING = "warning"  # only suspected, or the termbase itself needs a check there


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a term in a translation.

    Attributes:
        check: what is wrong.
        severity: how sure and how bad that is.
        unit: the name of the unit in its file, "" if it has none.
        lang: the language of the translation.
        concept: the id of the term's concept.
        source: the term as it stands in the source; "" for a forbidden wording without one.
        expected: what should be there; forms that would do, with commas.
        found: what is there instead, "" if that is not known.
        message: all this as a sentence.
        line: where the unit begins in its file, 0 if that is not known.
    """

    check: Check
    severity: Severity
    unit: str
    lang: str
    concept: str
    source: str
    expected: str
    found: str
    message: str
    line: int


@dataclass(frozen=True, slots=True)
class Translated:
    """A unit to verify: a source text and its translations, each (language, text)."""

    unit: str
    line: int
    lang: str
    source: str
    targets: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Tally:
    """How often sources have a term, and how often the translations have it right."""

    occurrences: int = 0
    satisfied: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """What a verification found.

    Attributes:
        units: how many could be verified, as the termbase serves their languages.
        concepts: the ids of the concepts that occurred in them.
        langs: the tally of each target language.
        findings: by line.
    """

    units: int
    concepts: frozenset[str]
    langs: Mapping[str, Tally]
    findings: tuple[Finding, ...]


def verify(units: Iterable[Translated], concepts: Iterable[Concept]) -> Report:
    """Verify the terms of a file's units, one unit at a time.

    Memory grows with the findings and with the terms that occur, not with the units.
    """
    verifier = Verifier(tuple(concepts))
    findings = [finding for unit in units for finding in verifier.check(unit)]
    findings += verifier.inconsistencies()
    return Report(
        units=verifier.units,
        concepts=frozenset(verifier.concepts),
        langs=verifier.tallies,
        findings=tuple(sorted(findings, key=lambda finding: finding.line)),
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where findings are made: a unit in one of its target languages."""

    unit: str
    line: int
    lang: str

    def finding(
        self,
        check: Check,
        concept: Concept,
        message: str,
        *,
        source: str = "",
        expected: str = "",
        found: str = "",
    ) -> Finding:
        """A finding about a concept here."""
        unsure = check in (Check.CASE, Check.INCONSISTENT)
        doubtful = _term(concept, self.lang).status is Status.NEEDS_CHECK
        return Finding(
            check=check,
            severity=Severity.WARNING if unsure or doubtful else Severity.ERROR,
            unit=self.unit,
            lang=self.lang,
            concept=concept.id,
            source=source,
            expected=expected,
            found=found,
            message=message,
            line=self.line,
        )


@dataclass(slots=True)
class _Uses:
    """How one source wording of a concept is rendered in a language, over all units.

    Attributes:
        concept: the concept.
        source: the wording.
        preferred: what the termbase prefers.
        times: how many units have that.
        variants: the other wordings in use, with the places and the forms found there.
    """

    concept: Concept
    source: str
    preferred: str
    times: int = 0
    variants: dict[str, list[tuple[_Place, str]]] = field(default_factory=lambda: defaultdict(list))

    def usual(self) -> tuple[str, int]:
        """The wording that sets the standard, and how many units have it.

        It is the preferred one if that is used at all, else the variant that is used most.
        """
        if self.times or not self.variants:
            return self.preferred, self.times
        wording = max(self.variants, key=lambda one: len(self.variants[one]))
        return wording, len(self.variants[wording])


class _Terms:
    """The terms of a target language, with matchers that are built when they are needed."""

    def __init__(self, concepts: Iterable[Concept], lang: str) -> None:
        self._lang = lang
        self._concepts = {one.id: one for one in concepts if term_in(one, lang)}
        self._renderings = Renderings(lang)
        self._alike: dict[str, Matcher] = {}
        banned = [one for one in self._concepts.values() if _term(one, lang).forbidden]
        self._banned = Matcher(banned, lang) if banned else None

    def __contains__(self, concept: object) -> bool:
        return concept in self._concepts

    def __len__(self) -> int:
        return len(self._concepts)

    def right(self, concept: Concept, text: str) -> list[Occurrence]:
        """The forms of one concept in a text, but for the forbidden ones.

        Other concepts must not claim them: «Путин» is there in «Владимир Путин», too.
        """
        found = self._renderings.find(concept, text)
        return [one for one in found if not _is_banned(one)]

    def banned(self, text: str) -> list[Occurrence]:
        """The forbidden wordings in a text, unless they are parts of what is allowed."""
        found = filter(_is_banned, self._banned.find(text)) if self._banned else ()
        return [one for one in found if not self._is_covered(one, text)]

    def _is_covered(self, banned: Occurrence, text: str) -> bool:
        """Whether a forbidden wording stands within an allowed one of some other concept."""
        beginning = text[banned.start : banned.stop].casefold()[:3]
        if beginning not in self._alike:
            others = (one for one in self._concepts.values() if self._mentions(one, beginning))
            self._alike[beginning] = Matcher(others, self._lang)
        return any(
            found.start <= banned.start and banned.stop <= found.stop and not _is_banned(found)
            for found in self._alike[beginning].find(text)
        )

    def _mentions(self, concept: Concept, beginning: str) -> bool:
        term = _term(concept, self._lang)
        return any(beginning in one.text.casefold() for one in (term.preferred, *term.variants))


@dataclass(frozen=True, slots=True)
class _Mention:
    """A concept in a source text.

    Attributes:
        concept: the concept.
        wording: by which of its wordings it is called first.
        texts: how it stands there, each time.
        alike: concepts that may stand for it in a target: of the same name, its abbreviation.
    """

    concept: Concept
    wording: str
    texts: tuple[str, ...]
    alike: tuple[Concept, ...]


class _Sources:
    """The terms of a source language."""

    def __init__(self, concepts: tuple[Concept, ...], lang: str) -> None:
        self._matcher = Matcher(concepts, lang)
        self._names: dict[str, list[Concept]] = defaultdict(list)
        self._lang = lang
        for concept in concepts:
            for name in _names(concept, lang):
                self._names[name].append(concept)

    def find(self, text: str) -> list[_Mention]:
        """The concepts of a text, each once."""
        found: dict[str, list[Occurrence]] = defaultdict(list)
        for one in self._matcher.find(text):
            found[one.concept.id].append(one)
        return [self._mention(occurrences, text) for occurrences in found.values()]

    def _mention(self, occurrences: list[Occurrence], text: str) -> _Mention:
        first = occurrences[0]
        return _Mention(
            concept=first.concept,
            wording=first.readings[0].wording.text,
            texts=tuple(text[one.start : one.stop] for one in occurrences),
            alike=(*first.others, *self._alike(first.concept)),
        )

    def _alike(self, concept: Concept) -> Iterator[Concept]:
        for name in _names(concept, self._lang):
            yield from (other for other in self._names[name] if other is not concept)


def _names(concept: Concept, lang: str) -> Iterator[str]:
    """The abbreviations among the wordings of a concept, and what the others would be as one."""
    term = term_in(concept, lang)
    for wording in (term.preferred, *term.variants) if term else ():
        parts = words(wording.text)
        if len(parts) == 1 and wording.text.isupper():
            yield wording.text
        elif len(parts) > 1:  # without "of", «и»
            yield "".join(part[0] for part in parts if len(part) > 3 or part[0].isupper()).upper()


class Verifier:
    """The state of a verification: terms by language, tallies, wordings in use."""

    def __init__(self, concepts: tuple[Concept, ...]) -> None:
        self._all = concepts
        self._sources: dict[str, _Sources] = {}
        self._targets: dict[str, _Terms] = {}
        self._uses: dict[tuple[str, str, str], _Uses] = {}
        self.units = 0
        self.concepts: set[str] = set()
        self.tallies: dict[str, Tally] = {}

    def check(self, unit: Translated) -> Iterator[Finding]:
        """Verify a unit in each target language that the termbase serves."""
        targets = [(lang, text) for lang, text in unit.targets if self._terms(lang)]
        if not targets or not self._terms(unit.lang):
            return
        self.units += 1
        if unit.lang not in self._sources:
            self._sources[unit.lang] = _Sources(self._all, unit.lang)
        mentions = self._sources[unit.lang].find(unit.source)
        for lang, text in targets:
            yield from self._check(_Place(unit.unit, unit.line, lang), mentions, text)

    def inconsistencies(self) -> Iterator[Finding]:
        """Where a source wording is rendered by another wording than in most other units."""
        for uses in self._uses.values():
            usual, times = uses.usual()
            for wording, places in uses.variants.items():
                for place, found in places if wording != usual else ():
                    yield place.finding(
                        Check.INCONSISTENT,
                        uses.concept,
                        f'"{uses.source}" is «{found}» here, «{usual}» elsewhere ({times}×)',
                        source=uses.source,
                        expected=usual,
                        found=found,
                    )

    def _terms(self, lang: str) -> _Terms:
        if lang not in self._targets:
            self._targets[lang] = _Terms(self._all, lang)
        return self._targets[lang]

    def _check(self, place: _Place, mentions: list[_Mention], text: str) -> Iterator[Finding]:
        """Verify a translation."""
        terms = self._terms(place.lang)
        tally = self.tallies.setdefault(place.lang, Tally())
        banned = {found.concept.id: found for found in terms.banned(text)}
        sources = {mention.concept.id: mention.texts[0] for mention in mentions}
        for found in banned.values():
            yield _forbidden(place, found, sources.get(found.concept.id, ""), text)
        for mention in mentions:
            if mention.concept.id not in terms:
                continue
            problems = list(self._problems(place, mention, text))
            if mention.concept.id in banned:  # which says already why it is missing
                problems = [one for one in problems if one.check is not Check.MISSING]
            yield from problems
            wrong = mention.concept.id in banned or any(map(_is_wrong, problems))
            self.concepts.add(mention.concept.id)
            tally.occurrences += len(mention.texts)
            tally.satisfied += 0 if wrong else len(mention.texts)

    def _problems(self, place: _Place, mention: _Mention, text: str) -> Iterator[Finding]:
        """What is wrong with one concept in one translation."""
        concept, terms, source = mention.concept, self._terms(place.lang), mention.texts[0]
        if concept.do_not_translate:
            if _is_repeated(mention, text):
                return
            if place.lang not in concept.terms:
                yield _changed(place, mention, text)
                return
        right = terms.right(concept, text)
        fakes = list(_fakes(terms, concept, text)) if not right or _MIXED.search(text) else []
        for fake in fakes:
            yield _homoglyph(place, concept, source, fake)
        for found in right:
            yield from _wrong_case(place, found, source, text)
        if right:
            self._note(place, mention, right, text)
        elif not fakes and not (
            is_implied(_term(concept, place.lang), place.lang, text, concept.pos)
            or any(terms.right(other, text) for other in mention.alike)
        ):
            yield _missing(place, concept, source)

    def _note(self, place: _Place, mention: _Mention, right: list[Occurrence], text: str) -> None:
        """Remember by which wording a name is rendered; terms and short forms may vary."""
        if not any(part[0].isupper() for part in words(mention.wording)):
            return
        key = (place.lang, mention.concept.id, mention.wording)
        if key not in self._uses:
            preferred = _term(mention.concept, place.lang).preferred.text
            self._uses[key] = _Uses(mention.concept, mention.wording, preferred)
        uses = self._uses[key]
        if any(form.standing is Standing.PREFERRED for one in right for form in one.readings):
            uses.times += 1
            return
        wording = right[0].readings[0].wording.text
        if not _is_short(wording, uses.preferred) and not _is_short(uses.preferred, wording):
            uses.variants[wording].append((place, text[right[0].start : right[0].stop]))


def _is_short(name: str, other: str) -> bool:
    """Whether a name is short for another: an initialism, or a part; quotation marks aside."""
    return name.isupper() or name.strip('«»“”„"') in other


def _is_wrong(finding: Finding) -> bool:
    """Whether a finding says that the term is not there as it should."""
    return finding.check is not Check.CASE


def _term(concept: Concept, lang: str) -> Term:
    term = term_in(concept, lang)
    if term is None:
        raise LookupError(f"{concept.id} has no term in {lang}")
    return term


def _is_banned(found: Occurrence) -> bool:
    return all(form.standing is Standing.FORBIDDEN for form in found.readings)


def _missing(place: _Place, concept: Concept, source: str) -> Finding:
    preferred = _term(concept, place.lang).preferred.text
    return place.finding(
        Check.MISSING,
        concept,
        f'no form of «{preferred}» for "{source}"',
        source=source,
        expected=preferred,
    )


def _forbidden(place: _Place, banned: Occurrence, source: str, text: str) -> Finding:
    found = text[banned.start : banned.stop]
    preferred = _term(banned.concept, place.lang).preferred.text
    return place.finding(
        Check.FORBIDDEN,
        banned.concept,
        f"«{found}» must not be used: it is «{preferred}»",
        source=source,
        expected=preferred,
        found=found,
    )


# Letters ---------------------------------------------------------------------------------------

# They look alike, one for one; all that Cyrillic texts of the region mix up.
_LATIN, _CYRILLIC = "aceopxyABCEHKMOPTXYɵ", "асеорхуАВСЕНКМОРТХУө"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC) | str.maketrans("ѳҥ", "өң")
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_MIXED = re.compile(r"[a-zɵѳҥ](?=[а-яёөүңА-ЯЁӨҮҢ])|(?<=[а-яёөүңА-ЯЁӨҮҢ])[a-zɵѳҥ]", re.IGNORECASE)


def _fakes(terms: _Terms, concept: Concept, text: str) -> Iterator[tuple[str, str]]:
    """Forms of a concept that are there only to the eye: as they stand, and as they should."""
    for table in (_TO_CYRILLIC, _TO_LATIN):
        likeness = text.translate(table)
        for found in terms.right(concept, likeness) if likeness != text else ():
            here, should = text[found.start : found.stop], likeness[found.start : found.stop]
            if here != should:
                yield here, should


def _homoglyph(place: _Place, concept: Concept, source: str, fake: tuple[str, str]) -> Finding:
    here, should = fake
    foreign = ", ".join(
        f"{char} ({unicodedata.name(char, '?')})"
        for char, other in dict.fromkeys(zip(here, should, strict=True))
        if char != other
    )
    return place.finding(
        Check.HOMOGLYPH,
        concept,
        f"«{here}» has letters of another alphabet: {foreign}",
        source=source,
        expected=should,
        found=here,
    )


# What is not translated ------------------------------------------------------------------------


def _is_repeated(mention: _Mention, text: str) -> bool:
    """Whether a target repeats a term of the source letter for letter, before any suffix.

    «DWнин» has it, "DWX" has not: after a Latin letter no other may follow.
    """
    spellings = {mention.wording, *mention.texts}
    return any(re.search(rf"(?<!\w){re.escape(one)}(?![A-Za-z\d])", text) for one in spellings)


def _changed(place: _Place, mention: _Mention, text: str) -> Finding:
    """A term that ought to be repeated and is not, or not in its own letters."""
    source = mention.texts[0]
    at = text.translate(_TO_CYRILLIC).find(source.translate(_TO_CYRILLIC))
    if at >= 0 and (found := text[at : at + len(source)]) != source:
        return _homoglyph(place, mention.concept, source, (found, source))
    return place.finding(
        Check.DO_NOT_TRANSLATE,
        mention.concept,
        f'"{source}" must stay as it is',
        source=source,
        expected=source,
    )


# Forms -----------------------------------------------------------------------------------------


def _wrong_case(place: _Place, found: Occurrence, source: str, text: str) -> Iterator[Finding]:
    """Suspect a form that has none of the cases which the word beside it asks for."""
    beside = contradiction(found, text, place.lang)
    if beside is None:
        return
    here = text[found.start : found.stop]
    reading = found.readings[0]
    fitting = dict.fromkeys(
        form.text
        for form in written(reading.wording, place.lang)
        if form.number == reading.number and form.case in beside.cases
    )
    wanted = " or ".join(sorted(beside.cases))
    yield place.finding(
        Check.CASE,
        found.concept,
        f"«{here}» beside «{beside.word}»: the case ought to be {wanted}",
        source=source,
        expected=", ".join(fitting),
        found=here,
    )
