"""Put the curated terms into a draft, each in the form that its place in the sentence asks for.

For each term of the source that a draft does not render, or in a case that the words beside it
rule out,

1. find its place: where it stands in a wrong case or a forbidden wording; or else the words that
   the model wrote while it looked at the term (cross-attention); or else, where it left the term
   out, the gap that crosses the fewest alignments;
2. choose its form: of those in the number of the source and in a case that the place allows (after
   a preposition, before a postposition, as the words that stood there), the one that is likeliest
   to the model between what stands before and behind;
3. let the model write the rest of the sentence anew from there, so that it agrees with the term; or
   put the form in place and leave the rest, where the model's rest loses something, or where the
   term was there in a wrong case.

Terms are taken from left to right, one a sentence in each round; a round is done for all sentences
of a document together. The model stays as it is, and the source has no placeholders. To force what
must be in a translation while it is decoded: Hokamp and Liu 2017, "Lexically Constrained Decoding
for Sequence Generation Using Grid Beam Search"; there the form is given, here it is found.

Tried, and no better on references: a form scored by what a well-known name would be in its stead;
its score less that of the form alone; the form left to the model, after the stem.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from aligner.records import Alignment, Outcome, Term, TermUse, Wording
from aligner.terminology.forms import Form, Standing, expected, term_in, written
from aligner.terminology.government import contradiction, governor, governs
from aligner.terminology.match import Occurrence, Renderings
from aligner.terminology.place import Span, gap, rendering, without_edges
from aligner.text import is_looping, lost, numbers

# Tokens of a source, and of its draft.
_LONGEST = 150
# What behind a form helps the model to choose it; more did no better.
_NEXT_WORD = re.compile(r"\W*\w*")
# How much shorter than the draft with the term in place a rest that is written anew may make it.
_SHORTEST = 0.9
# Difference of log probabilities that the model hardly makes up for.
_UNLIKELY = 3
# Another term may take the place of one put in before. The second time nothing is rewritten.
_TRIES = 2
# How many rests the model offers.
_OFFERS = 2
_WORD = re.compile(r"[\w-]+")
# An end of a text that wants a space before the next word.
_CLOSED = re.compile(r"[\w.,;:!?…%)\]»”]$")


class Decoder(Protocol):
    """What is asked of an engine; see `aligner.engines.Engine`."""

    def cost(self, text: str) -> int:
        """Count the tokens of a text."""

    def align(self, sources: Sequence[str], targets: Sequence[str]) -> list[Alignment]:
        """Align each target with its source."""

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[tuple[float, ...]]:
        """Log probability of each token of the targets, and of their end."""

    def complete(
        self, sources: Sequence[str], beginnings: Sequence[str], best: int = 1
    ) -> list[list[str]]:
        """Translate each source by a text that begins as given; best first."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence, its translation, and the terms of the sentence: `Matcher.find(source)`."""

    source: str
    text: str
    terms: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class Constrained:
    """A translation with its terms, and what became of each, in the order of the source.

    `score` is the geometric mean of its token probabilities, None where nothing was put in.
    """

    text: str
    uses: tuple[TermUse, ...]
    score: float | None = None


@dataclass(slots=True)
class _Sentence:
    """A draft under way: its text as it is now, and what was done for its terms, by their place."""

    draft: Draft
    text: str
    tried: dict[int, list[Outcome]] = field(default_factory=lambda: defaultdict(list))


@dataclass(slots=True)
class _Job:
    """A term that goes into a sentence, and the forms that it may take there."""

    sentence: _Sentence
    term: int
    place: Span
    forms: list[Form]
    outcome: Outcome = Outcome.FORCED
    mends: bool = False  # only the case

    def beginning(self, text: str) -> str:
        """The sentence as far as the term, in the form `text`."""
        before = self.sentence.text[: self.place[0]]
        if not any(map(str.isalnum, before)) and self.sentence.draft.source[:1].isupper():
            text = text[:1].upper() + text[1:]
        return before + (" " if _CLOSED.search(before) else "") + text

    def behind(self) -> str:
        """What stands behind the term as long as nothing is written anew."""
        after = self.sentence.text[self.place[1] :]
        return (" " if after[:1].isalnum() else "") + after


def constrain(drafts: Sequence[Draft], lang: str, decoder: Decoder) -> list[Constrained]:
    """Put the curated terms into drafts.

    Args:
        drafts: the sentences of a document. Where nothing is missing, nothing is changed but the
            capitals of a term.
        lang: the language of the drafts; concepts that have no term in it are left aside.
        decoder: the engine that wrote them.

    Returns:
        A translation for each draft, in their order.
    """
    return _Work(lang, decoder).done(drafts)


class _Work:
    """The terms of a document in one language, and the engine."""

    def __init__(self, lang: str, decoder: Decoder) -> None:
        self._lang = lang
        self._decoder = decoder
        self._renderings = Renderings(lang)
        self._forms: dict[str, list[Form]] = {}

    def done(self, drafts: Sequence[Draft]) -> list[Constrained]:
        sentences = [_Sentence(self._in_language(draft), draft.text) for draft in drafts]
        under_way = [sentence for sentence in sentences if sentence.draft.terms]
        while jobs := self._jobs(under_way):
            self._choose_forms(jobs)
            self._write(jobs)
            under_way = [job.sentence for job in jobs]
        return self._results(sentences)

    def _in_language(self, draft: Draft) -> Draft:
        terms = tuple(one for one in draft.terms if term_in(one.concept, self._lang))
        return Draft(draft.source, draft.text, terms)

    def _fits(self, draft: Draft, text: str) -> bool:
        """Whether the model can write a text anew: it knows no positions beyond some hundreds."""
        return max(self._decoder.cost(draft.source), self._decoder.cost(text)) <= _LONGEST

    # What a text has of its terms

    def _found(self, draft: Draft, text: str) -> dict[int, Occurrence]:
        """The right rendering of each term that has one, by the term's place.

        What lies within another term is none: «Владимир Путин» does not say «Путин» as well.
        """
        terms: dict[str, list[int]] = defaultdict(list)
        for place, term in enumerate(draft.terms):
            terms[term.concept.id].append(place)
        all_found = {
            concept: self._renderings.find(draft.terms[places[0]].concept, text)
            for concept, places in terms.items()
        }
        spans = [(one.start, one.stop) for found in all_found.values() for one in found]
        result: dict[int, Occurrence] = {}
        for concept, found in all_found.items():
            whole = [one for one in found if _is_right(one) and not _is_within(one, spans)]
            result |= zip(terms[concept], whole, strict=False)
        return result

    def _jobs(self, sentences: Sequence[_Sentence]) -> list[_Job]:
        """The leftmost term of each sentence that is missing or mistaken and may be tried again."""
        jobs: list[list[_Job]] = [[] for _ in sentences]
        missing: list[tuple[list[_Job], _Sentence, list[int], list[Span]]] = []
        for sentence, own in zip(sentences, jobs, strict=True):
            found = self._found(sentence.draft, sentence.text)
            own += filter(None, (self._mend(sentence, term, one) for term, one in found.items()))
            terms = range(len(sentence.draft.terms))
            left = [
                term for term in terms if term not in found and len(sentence.tried[term]) < _TRIES
            ]
            if left and self._fits(sentence.draft, sentence.text):
                taken = [(one.start, one.stop) for one in found.values()]
                missing.append((own, sentence, left, taken))
        alignments = self._decoder.align(
            [sentence.draft.source for _, sentence, _, _ in missing],
            [sentence.text for _, sentence, _, _ in missing],
        )
        for (own, sentence, left, taken), alignment in zip(missing, alignments, strict=True):
            own += (self._job(sentence, term, alignment, taken) for term in left)
        return [min(own, key=lambda job: job.place) for own in jobs if own]

    def _mend(self, sentence: _Sentence, term: int, found: Occurrence) -> _Job | None:
        """What to do for a term that is there, in a case that cannot be: once, and in place."""
        ruled = contradiction(found, sentence.text, self._lang)
        if ruled is None or sentence.tried[term]:
            return None
        there = {form.number for form in found.readings}
        forms = [
            form
            for form in written(found.readings[0].wording, self._lang)
            if form.case in ruled.cases and form.number in there
        ]
        place = (found.start, found.stop)
        return _Job(sentence, term, place, forms, mends=True) if forms else None

    def _job(
        self, sentence: _Sentence, term: int, alignment: Alignment, taken: Sequence[Span]
    ) -> _Job:
        occurrence, text = sentence.draft.terms[term], sentence.text
        forms = self._forms_of(occurrence)
        found = self._renderings.find(occurrence.concept, text)
        if banned := next((one for one in found if not _is_right(one)), None):
            place, outcome = (banned.start, banned.stop), Outcome.OVERRIDDEN
            cases = {form.case for form in banned.readings}
        else:
            span, outcome = (occurrence.start, occurrence.stop), Outcome.FORCED
            place = self._place(text, span, alignment, taken, forms)
            ruled = governor(text, *place, self._lang)
            cases = set(ruled.cases) if ruled else set()
        allowed = [form for form in forms if form.case in cases]
        return _Job(sentence, term, place, allowed or forms, outcome)

    def _place(
        self,
        text: str,
        term: Span,
        alignment: Alignment,
        taken: Sequence[Span],
        forms: Sequence[Form],
    ) -> Span:
        """Where a term goes: what governs it stays, and so do the small letters beside a name."""
        found = rendering(text, term, alignment, taken)
        words = _WORD.findall(forms[0].text)
        if found and not governs(words[0], self._lang):
            is_name = not any(map(str.islower, (*words, text[slice(*found)])))
            found = without_edges(
                text,
                found,
                lambda word: (is_name and word.islower()) or governs(word, self._lang),
            )
        return found or gap(text, term, alignment, taken)

    # Which form

    def _forms_of(self, occurrence: Occurrence) -> list[Form]:
        """The forms of a term in the number of the source, or all if it has none in that."""
        concept = occurrence.concept
        term = term_in(concept, self._lang)
        if term and concept.id not in self._forms:
            self._forms[concept.id] = list(written(term.preferred, self._lang))
        forms = self._forms[concept.id]
        numbers_there = {form.number for form in occurrence.readings}
        return [form for form in forms if form.number in numbers_there] or forms

    def _choose_forms(self, jobs: Sequence[_Job]) -> None:
        """Leave each job the likeliest of its forms, by the words around and by the model."""
        weights = {id(job): self._expected(job) for job in jobs}
        for job in jobs:
            best = max(weights[id(job)][form.case] for form in job.forms)
            job.forms = [
                form for form in job.forms if weights[id(job)][form.case] > best - _UNLIKELY
            ]
        candidates = [
            (job, text)
            for job in jobs
            for text in dict.fromkeys(form.text for form in job.forms)
            if any(form.text != text for form in job.forms)
        ]
        scores = self._decoder.score(
            [job.sentence.draft.source for job, _ in candidates],
            [job.beginning(text) + _next_word(job.behind()) for job, text in candidates],
        )
        likelihood = {
            (id(job), text): sum(score[:-1])  # without </s>: the sentence goes on
            for (job, text), score in zip(candidates, scores, strict=True)
        }
        for job in jobs:
            totals = [
                likelihood.get((id(job), form.text), 0) + weights[id(job)][form.case]
                for form in job.forms
            ]
            job.forms = [job.forms[totals.index(max(totals))]]

    def _expected(self, job: _Job) -> Counter[str]:
        """The weight of each case at the place of a job."""
        start, stop = job.place
        text, concept = job.sentence.text, job.sentence.draft.terms[job.term].concept
        return Counter(
            expected(
                self._lang,
                text[:start],
                text[start:stop],
                name=concept.pos == "PROPN" or job.forms[0].text[0].isupper(),
                person=concept.category == "person",
            )
        )

    # How the sentence goes on

    def _write(self, jobs: Sequence[_Job]) -> None:
        """Put the chosen forms in; what is behind is written anew if nothing is lost by that."""
        fresh = [job for job in jobs if not (job.mends or job.sentence.tried[job.term])]
        offers = self._decoder.complete(
            [job.sentence.draft.source for job in fresh],
            [job.beginning(job.forms[0].text) for job in fresh],
            _OFFERS,
        )
        offered = {id(job): texts for job, texts in zip(fresh, offers, strict=True)}
        for job in jobs:
            sentence = job.sentence
            spliced = job.beginning(job.forms[0].text) + job.behind()
            texts = offered.get(id(job), [])
            good = (text for text in texts if self._keeps_all(sentence.draft, text, spliced))
            text = next(good, spliced)
            there, now = (len(self._found(sentence.draft, one)) for one in (sentence.text, text))
            if now > there or (job.mends and now == there):
                sentence.text = text
            sentence.tried[job.term].append(job.outcome)

    def _keeps_all(self, draft: Draft, text: str, spliced: str) -> bool:
        """Whether a text has all that another one has: terms, numbers, length."""
        return (
            len(text) >= _SHORTEST * len(spliced)
            and len(self._found(draft, text)) >= len(self._found(draft, spliced))
            and not numbers(spliced) - numbers(text)
            and not set(lost(draft.source, text)) - set(lost(draft.source, spliced))
            and (is_looping(spliced) or not is_looping(text))
        )

    # What became of the terms

    def _results(self, sentences: Sequence[_Sentence]) -> list[Constrained]:
        changed = [sentence for sentence in sentences if sentence.text != sentence.draft.text]
        scores = self._decoder.score(
            [sentence.draft.source for sentence in changed],
            [sentence.text for sentence in changed],
        )
        means = {
            id(sentence): math.exp(sum(score) / len(score))
            for sentence, score in zip(changed, scores, strict=True)
        }
        return [self._result(sentence, means.get(id(sentence))) for sentence in sentences]

    def _result(self, sentence: _Sentence, score: float | None) -> Constrained:
        draft, text = sentence.draft, sentence.text
        found = self._found(draft, text)
        for one in found.values():
            text = text[: one.start] + curated(text, one) + text[one.stop :]
        uses = [unrendered(term, draft.source, self._lang) for term in draft.terms]
        for place, one in found.items():
            uses[place] = replace(
                uses[place],
                target=text[one.start : one.stop],
                outcome=(sentence.tried[place] or [Outcome.ALREADY])[-1],
                case=one.readings[0].case,
            )
        return Constrained(text, tuple(uses), score)


def unrendered(term: Occurrence, source: str, lang: str) -> TermUse:
    """The record of a term of which a translation has no right form.

    Args:
        term: the term in its source.
        source: the text of the source.
        lang: the language of the translation; the concept has a term in it.
    """
    target = term_in(term.concept, lang) or Term(Wording(""))
    return TermUse(
        concept=term.concept.id,
        source=source[term.start : term.stop],
        target=target.preferred.text,
        outcome=Outcome.MISSING,
        status=target.status,
    )


def _is_right(found: Occurrence) -> bool:
    return found.readings[0].standing is not Standing.FORBIDDEN


def _is_within(found: Occurrence, spans: Sequence[Span]) -> bool:
    """Whether a term is only a part of a longer one."""
    own = found.stop - found.start
    return any(a <= found.start and found.stop <= b and own < b - a for a, b in spans)


def _next_word(text: str) -> str:
    found = _NEXT_WORD.match(text)
    return found[0] if found else ""


def curated(text: str, found: Occurrence) -> str:
    """The term at the place of an occurrence, with the capitals and the ё of its curated form."""
    there, form = text[found.start : found.stop], found.readings[0].text
    if _plain(there) != _plain(form):
        return there  # with other marks, or none
    letters = zip(there, form, strict=True)
    return "".join(
        own if own.isupper() or (one, own) == ("е", "ё") else one for one, own in letters
    )


def _plain(text: str) -> str:
    return text.lower().replace("ё", "е")
