"""What an article has that a glossary lacks: names and frequent terms, with spellings proposed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from aligner import languages
from aligner.languages import transliteration
from aligner.languages.naming import naming
from aligner.languages.transliteration import Proposal
from aligner.records import Concept, Document, Segment, Status, Term, Wording
from aligner.terminology import multiword, names
from aligner.terminology.forms import term_in
from aligner.terminology.match import Matcher
from aligner.terminology.tokens import Sentence, sentences

_MIN_TERM = 2  # a phrase that stands once is no term
_ID = re.compile(r"(.*?)(\d{1,18})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name or term that the glossary lacks.

    Attributes:
        text: as most often written.
        kind: "name" or "term".
        count: how often it stands in the document.
        segment: the id of a segment where it stands.
        example: the text of that segment.
        category: person, place, organisation, treaty, name or term; a guess.
        variants: other forms in which it stands, and a person's surname.
        proposals: spellings by language.
        notes: what a person should know.
    """

    text: str
    kind: str
    count: int
    segment: str
    example: str
    category: str
    variants: tuple[str, ...] = ()
    proposals: Mapping[str, Proposal] = field(default_factory=lambda: MappingProxyType({}))
    notes: tuple[str, ...] = ()


def suggest(
    document: Document,
    segments: Sequence[Segment],
    glossary: Iterable[Concept] = (),
    *,
    targets: Sequence[str] = ("ru", "ky"),
    min_count: int = 1,
    top: int | None = None,
    names_only: bool = False,
) -> list[Suggestion]:
    """Find the names and terms of a document that a glossary lacks: names first, by count.

    Args:
        document: the document.
        segments: its segments.
        glossary: what is known already.
        targets: the languages to propose spellings in.
        min_count: leave out what stands less often; terms of several words must stand twice.
        top: give at most so many names, and so many terms.
        names_only: no terms.

    Raises:
        UsageError: we cannot find names in its language.
    """
    concepts = tuple(glossary)
    record = naming(document.lang)
    dates = languages.get(document.lang).date_words - record.stops
    texts = sentences(document, segments)
    known = _Known(concepts, document.lang)
    mentions = [
        mention
        for mention in names.Finder(texts, record, dates).mentions()
        if not known.covers(mention.sentence, mention.start, mention.stop)
        and not known.has(" ".join(mention.words))
    ]
    expansions = names.expansions(texts)
    found = [
        _of_name(name, document.lang, targets, expansions)
        for name in names.group(mentions, record)
        if len(name.mentions) >= min_count
    ]
    found.sort(key=lambda one: (-one.count, one.text))
    return found[:top] + ([] if names_only else _terms(texts, document, known, min_count)[:top])


def _terms(
    texts: Sequence[Sentence], document: Document, known: _Known, min_count: int
) -> list[Suggestion]:
    record = naming(document.lang)
    dates = languages.get(document.lang).date_words - record.stops
    least = max(min_count, _MIN_TERM)
    suggestions = []
    for term in multiword.terms(texts, record, dates, least):
        free = [one for one in term.mentions if not known.covers(one.sentence, one.start, one.stop)]
        if len(free) >= least and not known.has(term.text):
            suggestions.append(
                Suggestion(
                    text=term.text,
                    kind="term",
                    count=len(free),
                    segment=free[0].sentence.id,
                    example=free[0].sentence.text,
                    category="term",
                    variants=term.variants,
                )
            )
    return suggestions


def _of_name(
    name: names.Name, lang: str, targets: Sequence[str], expansions: Mapping[str, str]
) -> Suggestion:
    first = next((one for one in name.mentions if _is_telling(one, name)), name.mentions[0])
    proposals = {}
    if lang == "en" and not name.official:
        person = name.category == "person"
        made = {to: transliteration.propose(name.text, to, person=person) for to in targets}
        proposals = {to: proposal for to, proposal in made.items() if proposal}
    notes = list(name.notes)
    if name.text in expansions:
        notes.append(f"short for {expansions[name.text]}")
    bare = name.text.removeprefix("The ")
    notes += [f"abbreviated {short}" for short, long in expansions.items() if long.endswith(bare)]
    return Suggestion(
        text=name.text,
        kind="name",
        count=len(name.mentions),
        segment=first.sentence.id,
        example=first.sentence.text,
        category=name.category,
        variants=tuple(dict.fromkeys(name.variants)),
        proposals=proposals,
        notes=tuple(notes),
    )


def _is_telling(mention: names.Mention, name: names.Name) -> bool:
    """Whether it stands in full in a sentence, not in a caption."""
    return mention.text == name.text and len(mention.sentence.tokens) > len(name.words) + 2


class _Known:
    """What a glossary has of a language."""

    def __init__(self, concepts: Sequence[Concept], lang: str) -> None:
        self._matcher = Matcher(concepts, lang)
        self._spans: dict[str, list[tuple[int, int]]] = {}
        self._keys = {
            multiword.key(wording.text)
            for concept in concepts
            if (term := term_in(concept, lang))
            for wording in (term.preferred, *term.variants, *term.forbidden)
        }

    def has(self, text: str) -> bool:
        """Whether it is a term, or the plural of one."""
        return multiword.key(text) in self._keys

    def covers(self, sentence: Sentence, start: int, stop: int) -> bool:
        """Whether a term stands there, or around it."""
        if sentence.id not in self._spans:
            found = self._matcher.find(sentence.text)
            self._spans[sentence.id] = [(one.start, one.stop) for one in found]
        return any(left <= start and stop <= right for left, right in self._spans[sentence.id])


def concepts(
    suggestions: Iterable[Suggestion], document: Document, ids: Iterable[str] = ()
) -> list[Concept]:
    """Rows for a termbase, marked as proposed.

    Args:
        suggestions: what to make rows of.
        document: where they come from; it is named as their source.
        ids: those that the glossary has; new ones go on counting.
    """
    prefix, number, width = _last(ids)
    return [
        _concept(f"{prefix}{number + i:0{width}}", one, document)
        for i, one in enumerate(suggestions, start=1)
    ]


def _last(ids: Iterable[str]) -> tuple[str, int, int]:
    """The id with the highest number, in parts: "g119" → ("g", 119, 3)."""
    parts = [match for one in ids if (match := _ID.fullmatch(one))]
    best = max(parts, key=lambda match: int(match[2]), default=None)
    return (best[1], int(best[2]), len(best[2])) if best else ("n", 0, 3)


def _concept(identifier: str, one: Suggestion, document: Document) -> Concept:
    features = ("person",) if one.category == "person" else ()
    variants = tuple(Wording(text) for text in one.variants)
    terms = {document.lang: Term(Wording(one.text), variants)}
    for lang, proposal in one.proposals.items():
        terms[lang] = Term(Wording(proposal.text, features), status=Status.PROPOSED)
    return Concept(
        id=identifier,
        terms=terms,
        category=one.category,
        pos="PROPN" if one.kind == "name" else "NOUN",
        note=_note(one),
        source=f"{document.id} {one.segment}",
        extra={"count": str(one.count), "example": one.example},
    )


def _note(one: Suggestion) -> str:
    parts = [f"{one.count}×", *one.notes]
    if one.kind == "name":
        parts.append("category guessed")
    if one.proposals:
        rough = any(proposal.approximate for proposal in one.proposals.values())
        named = ", ".join(one.proposals)
        parts.append(f"{named}: {'rough ' if rough else ''}proposal by transliteration")
    return "; ".join(parts)
