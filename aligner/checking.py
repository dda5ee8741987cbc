"""Check translations of any kind: the checks of quality, and the terms of a termbase, together.

    for checked in check(exchange.read("memory.tmx").entries, concepts):
        for finding in checked.findings:
            print(checked.entry.line, finding.lang, finding)

Units are taken document by document, so that what shows only in several of them is found, and no
more of a file is in memory at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from aligner import quality
from aligner.entries import Entry, Variant
from aligner.formats import units
from aligner.formats.codes import parts
from aligner.quality import Finding, Pair, Severity
from aligner.records import Bitext, Concept, Kind, Target, Unit
from aligner.terminology import check as terminology

_LARGEST = 10_000  # units looked at together; a larger document is looked at in pieces
_UNKNOWN = "und"  # ISO 639-2: the language is not named
_FEWEST = 500  # small documents are looked at together, for their terms

TERM = "term"
"""The id of the check for terms that are missing; the others begin with it: "term-case" …"""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding about a unit in one of its target languages.

    Attributes:
        lang: the language.
        finding: what was found.
        source: the source text.
        target: the translation.
    """

    lang: str
    finding: Finding
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A unit, and all that a person should look at in it."""

    entry: Entry
    findings: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings are wanted.

    Attributes:
        langs: only those in these languages; all, if there are none.
        only: only those of these checks; likewise.
        skip: none of these checks.
        errors: errors only.
    """

    langs: Collection[str] = ()
    only: Collection[str] = ()
    skip: Collection[str] = ()
    errors: bool = False

    def __contains__(self, found: object) -> bool:
        return isinstance(found, Found) and self._takes(found.finding)

    def _takes(self, finding: Finding) -> bool:
        return (
            (not self.only or finding.check in self.only)
            and finding.check not in self.skip
            and (not self.errors or finding.severity is Severity.ERROR)
        )


def ids() -> dict[str, tuple[Severity, str]]:
    """All checks by id: how severe their findings are, and what they look for."""
    found = {one.id: (one.severity, one.says) for one in quality.catalogue()}
    for kind, says in _TERMS.items():
        unsure = kind in (terminology.Check.CASE, terminology.Check.INCONSISTENT)
        found[_term_id(kind)] = (Severity.WARNING if unsure else Severity.ERROR, says)
    return found


_TERMS = {
    terminology.Check.MISSING: "terms of which no right form is there; only names are errors",
    terminology.Check.FORBIDDEN: "wordings that must not be used",
    terminology.Check.CASE: "terms in a case that the word beside them does not take",
    terminology.Check.INCONSISTENT: "terms that are called otherwise elsewhere",
    terminology.Check.DO_NOT_TRANSLATE: "names that are not repeated letter for letter",
    terminology.Check.HOMOGLYPH: "terms with letters of another alphabet",
}


def pair(unit: Unit, target: Target, source_lang: str, lang: str) -> Pair:
    """A unit and one of its targets, as the checks take them."""
    source = unit.source
    return Pair(
        source.text,
        target.text,
        source_lang,
        lang,
        unit.kind,
        source.codes,
        target.codes,
        source.id,
    )


def issues(pair: Pair) -> tuple[str, ...]:
    """What the checks find in one translation, as `Target.issues`."""
    return tuple(map(str, quality.check(pair)))


def entries(bitext: Bitext) -> Iterator[Entry]:
    """The units of a bitext, each with its number among them as its line."""
    made = {unit.source.id: n for n, unit in enumerate(bitext.units, start=1)}
    for entry in units.bundle(bitext).entries:
        yield replace(entry, line=made[entry.tuid.rpartition(":")[2]])


def check(
    entries: Iterable[Entry], concepts: Sequence[Concept] = (), wanted: Wanted = Wanted()
) -> Iterator[Checked]:
    """Check the units of a file, one after the other.

    Args:
        entries: what a file has; taken as they are needed.
        concepts: the termbase to verify terms by.
        wanted: which findings to give.
    """
    for batch in _batches(entries):
        yield from _checked(batch, concepts, wanted)


def marked(checked: Checked) -> Entry:
    """The unit with its findings in it, as `x-issue`; those that earlier checks left are gone."""
    entry = checked.entry
    source = entry.source()
    said: dict[str, list[str]] = {}
    for found in checked.findings:
        said.setdefault(found.lang, []).append(str(found.finding))
    variants = (
        one if one is source else _marked(one, said.get(one.lang, ())) for one in entry.variants
    )
    return replace(entry, variants=tuple(variants))


def with_issues(bitext: Bitext, all_checked: Iterable[Checked]) -> Bitext:
    """A bitext whose targets say what was found in them, and no more what earlier checks found."""
    said: dict[tuple[int, str], list[str]] = {}
    for checked in all_checked:
        for found in checked.findings:
            said.setdefault((checked.entry.line - 1, found.lang), []).append(str(found.finding))

    def target(n: int, lang: str, old: Target) -> Target:
        kept = [issue for issue in old.issues if not _is_ours(issue)]
        return replace(old, issues=tuple(dict.fromkeys((*kept, *said.get((n, lang), ())))))

    return replace(
        bitext,
        units=tuple(
            replace(
                unit,
                targets={lang: target(n, lang, old) for lang, old in unit.targets.items()},
            )
            for n, unit in enumerate(bitext.units)
        ),
    )


def _marked(variant: Variant, issues: Sequence[str]) -> Variant:
    kept = (
        (name, value) for name, value in variant.props if name != "x-issue" or not _is_ours(value)
    )
    return replace(variant, props=(*kept, *(("x-issue", issue) for issue in dict.fromkeys(issues))))


def _is_ours(issue: str) -> bool:
    """Whether a check of ours has left an issue: it will say so again, if it still holds."""
    return issue.partition(": ")[0] in ids()


def _batches(entries: Iterable[Entry]) -> Iterator[list[list[Entry]]]:
    """Documents that are looked at together, each as its units."""
    batch: list[list[Entry]] = []
    count, name = 0, ""
    for entry in entries:
        document = _document(entry)
        if batch and (document != name or len(batch[-1]) >= _LARGEST):
            if count >= _FEWEST:
                yield batch
                batch, count = [], 0
            batch.append([])
        elif not batch:
            batch.append([])
        batch[-1].append(entry)
        count, name = count + 1, document
    if batch:
        yield batch


def _document(entry: Entry) -> str:
    return next((value for name, value in entry.props if name == "x-document"), "")


@dataclass(frozen=True, slots=True)
class _Place:
    """A translation: the number of its unit in the batch, and its variant."""

    n: int
    variant: Variant
    pair: Pair


def _checked(
    batch: Sequence[Sequence[Entry]], concepts: Sequence[Concept], wanted: Wanted
) -> Iterator[Checked]:
    every = [entry for document in batch for entry in document]
    found: list[list[Found]] = [[] for _ in every]
    first = 0
    for document in batch:
        for places in _by_languages(document, first, wanted.langs):
            results = quality.check_all([place.pair for place in places])
            for place, findings in zip(places, results, strict=True):
                found[place.n] += [_found(place, finding) for finding in findings]
        first += len(document)
    if concepts:
        _add_terms(every, concepts, wanted.langs, found)
    for entry, some in zip(every, found, strict=True):
        yield Checked(entry, tuple(one for one in some if one in wanted))


def _by_languages(
    document: Sequence[Entry], first: int, langs: Collection[str]
) -> Iterator[list[_Place]]:
    """The translations of a document, those of one pair of languages together."""
    by_langs: dict[tuple[str, str], list[_Place]] = {}
    for n, entry in enumerate(document, first):
        source = entry.source()
        if source is None:
            continue
        text, codes = parts(source)
        kind = dict(entry.props).get("x-kind", "")
        for variant in entry.targets():
            if langs and variant.lang not in langs:
                continue
            target, target_codes = parts(variant)
            pair = Pair(
                text,
                target,
                source.lang or _UNKNOWN,
                variant.lang or _UNKNOWN,
                Kind(kind) if kind in set(Kind) else Kind.BODY,
                codes,
                target_codes,
                entry.tuid,
            )
            by_langs.setdefault((source.lang, variant.lang), []).append(_Place(n, variant, pair))
    yield from by_langs.values()


def _found(place: _Place, finding: Finding) -> Found:
    return Found(place.variant.lang, finding, place.pair.source, place.pair.target)


def _add_terms(
    every: Sequence[Entry],
    concepts: Sequence[Concept],
    langs: Collection[str],
    found: list[list[Found]],
) -> None:
    """Add what is wrong with the terms of units to what was found in them."""
    report = terminology.verify(_translated(every, langs), concepts)
    names = {concept.id for concept in concepts if is_name(concept)}
    for one in report.findings:
        entry = every[one.line]
        source, variant = entry.source(), entry.variant(one.lang)
        if source is None or variant is None:
            continue
        finding = of_term(one, source.text, variant.text, is_name=one.concept in names)
        found[one.line].append(Found(one.lang, finding, source.text, variant.text))


def of_term(found: terminology.Finding, source: str, target: str, *, is_name: bool) -> Finding:
    """A finding about a term as one of all the checks.

    That a name is missing is an error; another term may rightly be said otherwise, so that is a
    warning.

    Args:
        found: what is wrong with the term.
        source: the source text of its unit.
        target: the translation.
        is_name: whether it is a name, as `is_name` tells.
    """
    severity = Severity(found.severity)
    if found.check is terminology.Check.MISSING and not is_name:
        severity = Severity.WARNING
    return Finding(
        _term_id(found.check),
        severity,
        found.message,
        _span(found.found, target),
        _span(found.source, source),
    )


def is_name(concept: Concept) -> bool:
    """Whether a concept is a name: no language writes it small."""
    return all(term.preferred.text[:1].isupper() for term in concept.terms.values())


def _span(phrase: str, text: str) -> tuple[int, int] | None:
    at = text.find(phrase) if phrase else -1
    return (at, at + len(phrase)) if at >= 0 else None


def _translated(every: Iterable[Entry], langs: Collection[str]) -> Iterator[terminology.Translated]:
    """The units with their numbers as their lines, for the findings to come home."""
    for n, entry in enumerate(every):
        source = entry.source()
        targets = tuple(
            (one.lang, one.text)
            for one in entry.targets()
            if one.text.strip() and (not langs or one.lang in langs)
        )
        if source and targets:
            yield terminology.Translated(entry.tuid, n, source.lang, source.text, targets)


def _term_id(kind: terminology.Check) -> str:
    return TERM if kind is terminology.Check.MISSING else f"{TERM}-{kind}"
