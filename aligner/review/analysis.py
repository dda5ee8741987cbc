"""What the checks, the termbase and the decoder's scores say of each target.

A target is looked at when it is changed, and all others one after the other while nobody waits.
Most take a millisecond or two; one of twenty thousand letters may take seconds, and is looked at in
a thread. So is what needs all units at once: `across`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from aligner import checking, quality
from aligner.quality import Across, Finding, Severity
from aligner.quality.confidence import Confidence, confidence
from aligner.records import Concept, Origin, Outcome, Target, TermUse, Unit
from aligner.review.book import Book, Copy, Key
from aligner.route import Line, Terms
from aligner.terminology import check as terminology
from aligner.terminology.match import Occurrence
from aligner.terminology.termbase import Termbase

_LONG = 1_500  # letters of a source and its target, of which a look takes some milliseconds
# Letters without a space. Patterns that look for words may take the square of the time that they
# are long, in which no other thread runs.
_LONGEST_WORD = 2_000
_TYPICAL = 20  # units, after which little is met for the first time
_MISSING = Target("", Origin.HUMAN)
_SEVEREST = {severity: place for place, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of a target.

    Attributes:
        findings: of the checks.
        terms: what became of the terms of its source.
        confidence: None of a person's text.
    """

    findings: tuple[Finding, ...] = ()
    terms: tuple[TermUse, ...] = ()
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A target to be looked at, as it is at a moment: it may be handed to another thread.

    Attributes:
        n: the index of its unit.
        lang: its language.
        unit: its unit.
        target: it; None where there is none.
        is_own: whether its text is of this review: what its file said of another is over.
    """

    n: int
    lang: str
    unit: Unit
    target: Target | None
    is_own: bool

    @property
    def text(self) -> str:
        """The target's text."""
        return self.target.text if self.target else ""

    @property
    def is_long(self) -> bool:
        """Whether a look at it would keep a page waiting."""
        return len(self.unit.source.text) + len(self.text) > _LONG


class Analyst:
    """Looks at the targets of a book, and remembers what it has seen.

    For one thread; only `examine` may run in another one.

    Attributes:
        concepts: those of the termbase, by id.
    """

    def __init__(self, book: Book, termbase: Termbase) -> None:
        self._book = book
        self._terms = Terms(termbase)
        self._verifier = terminology.Verifier(termbase.concepts)
        self.concepts: Mapping[str, Concept] = {one.id: one for one in termbase.concepts}
        self.forget()

    def forget(self) -> None:
        """Forget all: the book has been loaded anew."""
        self._mentions: dict[str, tuple[Occurrence, ...]] = {}
        self._seen: dict[Key, Seen] = {}
        self._across: dict[Key, tuple[Finding, ...]] = {}

    def warm(self) -> None:
        """Load what takes time: the checks, the index of the terms. May run in a thread."""
        for n, item in enumerate(self._book.items[:_TYPICAL]):
            for lang in self._book.source.targets:
                self.examine(Case(n, lang, item.unit, item.unit.targets.get(lang), is_own=True))

    def is_seen(self, n: int) -> bool:
        """Whether all targets of a unit have been looked at."""
        return all(self.has_seen(n, lang) for lang in self._book.source.targets)

    def has_seen(self, n: int, lang: str) -> bool:
        """Whether a target has been looked at as it is now."""
        return (n, lang) in self._seen

    def mentions(self, n: int) -> tuple[Occurrence, ...]:
        """The terms of a unit's source text, from left to right."""
        return self._mentioned(self._book.items[n].unit.source.text)

    def known(self, n: int, lang: str) -> Seen:
        """What is known of a target without looking at it: what its file says, if need be."""
        if seen := self._seen.get((n, lang)):
            found = dict.fromkeys((*seen.findings, *self._across.get((n, lang), ())))
            ordered = sorted(found, key=lambda one: _SEVEREST[one.severity])
            return replace(seen, findings=tuple(ordered))
        case = self.case(n, lang)
        if case.target is None or case.is_own:
            return Seen()
        issues = tuple(map(_said, case.target.issues))
        return Seen(issues, case.target.terms, self._confidence(case, issues, case.target.terms))

    def case(self, n: int, lang: str) -> Case:
        """A target as it is now."""
        target, base = self._book.target(n, lang), self._book.base(n, lang)
        is_own = target is not None and (base is None or base.text != target.text)
        return Case(n, lang, self._book.items[n].unit, target, is_own)

    def look(self, n: int, lang: str) -> None:
        """Look at a target as it is now."""
        case = self.case(n, lang)
        self.take(case, self.examine(case))

    def lose(self, n: int, lang: str) -> None:
        """Forget what was seen of a target: it has been changed, and is to be looked at again."""
        self._seen.pop((n, lang), None)
        self._across.pop((n, lang), None)

    def seen(self, n: int, lang: str) -> Seen:
        """What is found in a target by itself; it is looked at if it has not been."""
        if (n, lang) not in self._seen:
            self.look(n, lang)
        return self._seen[n, lang]

    def take(self, case: Case, seen: Seen) -> bool:
        """Remember what was seen, unless the target has been changed since."""
        if case.n >= len(self._book.items) or self.case(case.n, case.lang) != case:
            return False
        self._seen[case.n, case.lang] = seen
        return True

    def examine(self, case: Case) -> Seen:
        """What is to be said of a target. May run in a thread: it changes nothing but caches.

        Whatever goes wrong in a check is said, and keeps nobody from editing.
        """
        if any(
            len(word) > _LONGEST_WORD for word in (case.unit.source.text + " " + case.text).split()
        ):
            return _unchecked("it has a word that no person would write")
        try:
            return self._examine(case)
        except Exception as error:
            return _unchecked(f"for a mistake of aligner itself, {error!r}")

    def _examine(self, case: Case) -> Seen:
        pair = checking.pair(case.unit, case.target or _MISSING, self._book.source.lang, case.lang)
        found = quality.check(pair)
        if case.target is None or not case.text.strip():
            return Seen(tuple(found))
        wrong = self._wrong_terms(case)
        terms = self._uses(case, wrong)
        findings = (
            *self._others(case),
            *found,
            *(self._of_term(one, case) for one in wrong),
        )
        return Seen(findings, terms, self._confidence(case, findings, terms))

    def take_across(self, found: Mapping[Key, tuple[Finding, ...]], copy: Copy) -> set[Key]:
        """Remember what `across` found in a copy, but of what has been changed since.

        Gives the targets of which there is something new.
        """
        now = self._book.copy().places
        new = {key: one for key, one in found.items() if now.get(key) is copy.places.get(key)}
        changed = {key for key in {*new, *self._across} if new.get(key) != self._across.get(key)}
        self._across = new
        return changed

    def _of_term(self, found: terminology.Finding, case: Case) -> Finding:
        return checking.of_term(
            found,
            case.unit.source.text,
            case.text,
            is_name=checking.is_name(self.concepts[found.concept]),
        )

    def _mentioned(self, text: str) -> tuple[Occurrence, ...]:
        if text not in self._mentions:
            self._mentions[text] = self._terms.find(text, self._book.source.lang)
        return self._mentions[text]

    def _others(self, case: Case) -> Iterator[Finding]:
        """What the file says that we would not find again: of the engine, of a memory."""
        for issue in case.target.issues if case.target and not case.is_own else ():
            found = _said(issue)
            is_term = found.check.startswith(checking.TERM) and not self.concepts
            if is_term or found.check not in _ours():
                yield found

    def _wrong_terms(self, case: Case) -> list[terminology.Finding]:
        """What is wrong with the terms of a target."""
        if not self.concepts:
            return []
        source, text = case.unit.source.text, case.text
        target = terminology.Translated(
            "", case.n, self._book.source.lang, source, ((case.lang, text),)
        )
        return list(self._verifier.check(target))

    def _uses(self, case: Case, wrong: Iterable[terminology.Finding]) -> tuple[TermUse, ...]:
        """What became of the terms of a unit in a target."""
        known = case.target.terms if case.target else ()
        if known and not case.is_own:
            return known
        if not self.concepts:
            text = case.text.casefold()
            there = (use for use in known if use.target.casefold() in text)
            return tuple(replace(use, outcome=Outcome.ALREADY) for use in there)
        source = case.unit.source.text
        uses = self._terms.verify(Line(source, self._mentioned(source)), case.text, case.lang)
        # A word made from a term, and its abbreviation, will do.
        lost = {one.concept for one in wrong if one.check is not terminology.Check.CASE}
        return tuple(
            replace(use, outcome=Outcome.ALREADY)
            if use.outcome is Outcome.MISSING and use.concept not in lost
            else use
            for use in uses
        )

    def _confidence(
        self, case: Case, findings: Iterable[Finding], terms: tuple[TermUse, ...]
    ) -> Confidence | None:
        if case.target is None:
            return None
        target = replace(case.target, issues=tuple(map(str, findings)), terms=terms)
        return confidence(case.unit.source.text, target, self._book.source.lang, case.lang)


def across(
    copy: Copy, concepts: Sequence[Concept], give_way: Callable[[], None] = lambda: None
) -> dict[Key, tuple[Finding, ...]]:
    """What shows only in several units of a book together. For a thread: it takes its time.

    Args:
        copy: the book.
        concepts: those of the termbase.
        give_way: called now and then, it may let others go first.
    """
    found: dict[Key, dict[Finding, None]] = {}
    for lang in copy.source.targets:
        every = [
            (n, item.unit, target)
            for n, item in enumerate(copy.source.items)
            if (target := copy.target(n, lang)) and target.text
        ]
        pairs = [checking.pair(unit, one, copy.source.lang, lang) for _, unit, one in every]
        for one in quality.catalogue():
            give_way()
            for index, hit in one.find(pairs) if isinstance(one, Across) else ():
                finding = Finding(one.id, one.severity, hit.message, hit.target, hit.source)
                found.setdefault((every[index][0], lang), {})[finding] = None
        for n, finding in _inconsistent(copy.source.lang, lang, every, concepts, give_way):
            found.setdefault((n, lang), {})[finding] = None
    return {key: tuple(findings) for key, findings in found.items()}


def _inconsistent(
    source_lang: str,
    lang: str,
    every: Sequence[tuple[int, Unit, Target]],
    concepts: Sequence[Concept],
    give_way: Callable[[], None],
) -> Iterator[tuple[int, Finding]]:
    """Terms that are called otherwise in most other units."""
    if not concepts:
        return
    texts = {n: (unit.source.text, target.text) for n, unit, target in every}

    def units() -> Iterator[terminology.Translated]:
        for n, (source, text) in texts.items():
            give_way()
            yield terminology.Translated("", n, source_lang, source, ((lang, text),))

    for one in terminology.verify(units(), concepts).findings:
        if one.check is terminology.Check.INCONSISTENT:
            # Only what is missing depends on whether it is a name.
            yield one.line, checking.of_term(one, *texts[one.line], is_name=True)


def _unchecked(reason: str) -> Seen:
    return Seen((Finding("unchecked", Severity.NOTE, f"not checked: {reason}"),))


def _said(issue: str) -> Finding:
    """What an issue in a file says."""
    check, colon, message = issue.partition(": ")
    if not colon:
        check, message = "", issue
    return Finding(check, quality.severity(check), message)


@cache
def _ours() -> frozenset[str]:
    # What it was called in files of earlier versions is ours, too.
    return frozenset({"lost", "numbers", *checking.ids()})
