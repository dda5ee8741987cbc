"""The nouns of the toolkit: frozen records that every stage takes and gives."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

_NOTHING: Mapping[str, str] = MappingProxyType({})


class Kind(StrEnum):
    """What a block is in its document."""

    HEADING = "heading"
    BODY = "body"
    CAPTION = "caption"
    BOILERPLATE = "boilerplate"


class Origin(StrEnum):
    """Where a target text comes from."""

    MT = "mt"
    TM = "tm"
    HUMAN = "human"
    POST_EDITED = "post-edited"


PERSONS = frozenset({Origin.HUMAN, Origin.POST_EDITED})
"""Origins of texts that a person wrote or approved."""


class CodeKind(StrEnum):
    """What an inline code does."""

    OPEN = "open"  # begins what a CLOSE with the same id ends
    CLOSE = "close"
    ALONE = "alone"  # an image, a line break


@dataclass(frozen=True, slots=True)
class Code:
    """An inline tag of the source's format, beside the text that it belongs to.

    Attributes:
        at: where it stands: before the character of the text at this offset.
        kind: what it does.
        id: pairs an OPEN with its CLOSE, and a code of a source with that of its targets.
        type: as TMX names it: "bold", "italic", "link", "code", "image", "lb" …; "" for others.
        data: as it stands in the file: `<a href="…">`, `**`.
    """

    at: int
    kind: CodeKind
    id: str
    type: str = ""
    data: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, caption or piece of boilerplate.

    `runs` maps the block's text onto the source file's text: pairs of (offset in `text`, offset in
    the source), ascending in both. From one pair to the next both offsets advance alike. Where the
    source jumps, over markup or within an entity, there are two pairs: where the source before the
    jump ends, and where that after it begins. Plain text has a single run.

    `role` is the block's element, as HTML names it, where the source's markup says one that tells
    more than the kind: "h2" to "h6", "li" of a list with bullets, "ol" for an item of one with
    numbers, "blockquote".
    """

    kind: Kind
    text: str
    runs: tuple[tuple[int, int], ...] = ((0, 0),)
    codes: tuple[Code, ...] = ()
    role: str = field(default="", compare=False)

    def source_offset(self, offset: int) -> int:
        """Map an offset in `text` (the first character of a span) to one in the source's text."""
        here, there = self.runs[bisect_right(self.runs, (offset, _FAR)) - 1]
        return there + offset - here

    def source_span(self, start: int, stop: int) -> tuple[int, int]:
        """Map a non-empty span of `text` to the span of the source that holds it."""
        end = bisect_left(self.runs, (stop, 0))
        if end == len(self.runs) or self.runs[end][0] > stop:
            end -= 1
        here, there = self.runs[end]
        return self.source_offset(start), there + stop - here


_FAR = 1 << 62


@dataclass(frozen=True, slots=True)
class Document:
    """A source text, cut into blocks."""

    id: str
    lang: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence, or what stands for one: `text` is `block.text[start:stop]`.

    `id` is "paragraph.sentence", both counted from 1; `block` is the index of the block, from 0.
    White space between segments belongs to none, so the offsets give back the block byte for byte.
    `codes` are the inline tags of the block that stand in or beside the segment; their offsets are
    those in `text`.
    """

    id: str
    block: int
    start: int
    stop: int
    text: str
    codes: tuple[Code, ...] = ()


class Status(StrEnum):
    """How far a term of a termbase may be trusted."""

    APPROVED = "approved"
    PROPOSED = "proposed"
    NEEDS_CHECK = "needs-check"


@dataclass(frozen=True, slots=True)
class Wording:
    """A name or term as it is written, in its dictionary form.

    Attributes:
        text: in the nominative; in the plural if that is what it means.
        features: what is known of it, as `aligner.languages.morphology` takes it: "m", "anim",
            "person", "px3", "frozen" …
        forms: forms that the rules get wrong: by "gen" (of the number that `text` is in), or by
            "sg.gen", "pl.gen".
    """

    text: str
    features: tuple[str, ...] = ()
    forms: Mapping[str, str] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class Term:
    """How one language names a concept.

    Attributes:
        preferred: what we write.
        variants: other wordings that are right, too: found in a source, accepted in a target.
        forbidden: wordings that must not be used.
        status: how far it may be trusted.
    """

    preferred: Wording
    variants: tuple[Wording, ...] = ()
    forbidden: tuple[Wording, ...] = ()
    status: Status = Status.PROPOSED


@dataclass(frozen=True, slots=True)
class Concept:
    """An entry of a termbase: one meaning and its terms by language (ISO 30042, ISO 704).

    Attributes:
        id: stable name, unique in its termbase.
        terms: by language code.
        category: person, place, organisation, treaty, media, title, term …
        pos: part of speech, as Universal Dependencies names it: NOUN, PROPN, VERB …
        case_sensitive: found only in the letter case given: "the West", "US".
        do_not_translate: written in every language as in the source.
        note: for the people who use it.
        source: where the wordings come from.
        extra: fields of its file that mean nothing to us, kept for the way back.
    """

    id: str
    terms: Mapping[str, Term]
    category: str = ""
    pos: str = ""
    case_sensitive: bool = False
    do_not_translate: bool = False
    note: str = ""
    source: str = ""
    extra: Mapping[str, str] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class Alignment:
    """How the tokens of a text and its translation belong together.

    Attributes:
        source: the tokens of the source as (start, stop) in its text.
        target: those of the target.
        weights: a row for each target token, and in it a weight for each source token: together
            at most 1.
    """

    source: tuple[tuple[int, int], ...]
    target: tuple[tuple[int, int], ...]
    weights: tuple[tuple[float, ...], ...]


class Outcome(StrEnum):
    """How a term of the source is rendered in a target."""

    ALREADY = "already"  # the engine wrote a right form by itself
    FORCED = "forced"  # a right form was put in
    OVERRIDDEN = "overridden"  # a wording that is forbidden gave way to a right form
    MISSING = "missing"  # no right form is there: a person must look


@dataclass(frozen=True, slots=True)
class TermUse:
    """What became of one term of a source segment in a target.

    Attributes:
        concept: the id of its concept.
        source: the term as it stands in the source.
        target: the form as it stands in the target; for a missing one, what should be there.
        outcome: how it came there.
        case: the form's case, where it is known.
        status: of the target's term in the termbase.
    """

    concept: str
    source: str
    target: str
    outcome: Outcome
    case: str = ""
    status: Status = Status.PROPOSED


@dataclass(frozen=True, slots=True)
class Target:
    """One translation of a segment.

    `score` is the engine's confidence, 0 to 1: the geometric mean of its token probabilities.
    `terms` says what became of each glossary term of the source, in the source's order.
    `issues` are findings a person should look at, each "check: what was found".
    `match` is how far the source of a translation from memory is the same, in percent: 100 for an
    exact match, 101 for one in the same context; `memory` says from which memory it is.
    `draft` is what a machine or a memory had offered before a person, `editor`, changed or approved
    it at `edited` (ISO 8601, UTC).
    `codes` are the inline tags of the source, at their places in this text.
    """

    text: str
    origin: Origin
    score: float | None = None
    engine: str = ""
    model: str = ""
    terms: tuple[TermUse, ...] = ()
    issues: tuple[str, ...] = ()
    match: int | None = None
    memory: str = ""
    draft: str = ""
    editor: str = ""
    edited: str = ""
    codes: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """A translation unit: a source segment and its targets by language."""

    source: Segment
    targets: Mapping[str, Target]
    kind: Kind = Kind.BODY
    properties: Mapping[str, str] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class Bitext:
    """A document with its units, and the signature of how they were made.

    The signature's keys are the things that must be the same for the result to be the same:
    tool version, models with their hashes, beam, SRX rules.
    """

    document: Document
    units: tuple[Unit, ...]
    signature: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
