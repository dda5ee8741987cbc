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


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, caption or piece of boilerplate.

    `runs` maps the block's text onto the source file's text: pairs of (offset in `text`, offset in
    the source), ascending in both. From one pair to the next both offsets advance alike. Where the
    source jumps, over markup or within an entity, there are two pairs: where the source before the
    jump ends, and where that after it begins. Plain text has a single run.
    """

    kind: Kind
    text: str
    runs: tuple[tuple[int, int], ...] = ((0, 0),)

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
    """

    id: str
    block: int
    start: int
    stop: int
    text: str


@dataclass(frozen=True, slots=True)
class Target:
    """One translation of a segment.

    `score` is the engine's confidence, 0 to 1: the geometric mean of its token probabilities.
    `issues` are findings a person should look at, each "check: what was found".
    """

    text: str
    origin: Origin
    score: float | None = None
    engine: str = ""
    model: str = ""
    terms: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()


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
