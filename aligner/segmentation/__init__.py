"""Cutting text into sentences, by SRX rules."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from aligner.records import Block, Code, CodeKind, Document, Kind, Segment
from aligner.segmentation.srx import Decision, Rule, Rules

__all__ = ["Decision", "Rule", "Rules", "explain", "segment", "segment_document"]


def segment(text: str, lang: str, rules: Rules | None = None) -> list[Segment]:
    """Cut a paragraph into sentences.

    Args:
        text: one paragraph; a blank line in it ends a sentence all the same.
        lang: its language, as `ky` or `ky-KG`.
        rules: other rules than those that come with the package.

    Returns:
        The segments in order, with ids "1.1", "1.2" …; white space between them belongs to none.

    Raises:
        UsageError: the rules have none for the language.
        RuleError: a rule is broken, or takes for ever on this text.
    """
    return list(_segments(0, Block(Kind.BODY, text), lang, rules or Rules.default()))


def segment_document(document: Document, rules: Rules | None = None) -> Iterator[Segment]:
    """Cut all blocks of a document into sentences, boilerplate included.

    Yields:
        The segments in order, with ids "paragraph.sentence" and offsets into their block.

    Raises:
        UsageError: the rules have none for the language.
        RuleError: a rule is broken, or takes for ever on a block.
    """
    rules = rules or Rules.default()
    for index, block in enumerate(document.blocks):
        yield from _segments(index, block, document.lang, rules)


def explain(text: str, lang: str, rules: Rules | None = None) -> list[Decision]:
    """Tell for every position where a rule asks for a break which rule made or refused it.

    Raises:
        UsageError: the rules have none for the language.
        RuleError: a rule is broken, or takes for ever on this text.
    """
    return (rules or Rules.default()).decisions(text, lang)


def _segments(index: int, block: Block, lang: str, rules: Rules) -> Iterator[Segment]:
    spans = list(_spans(block.text, rules.breaks(block.text, lang)))
    codes = _codes(block.codes, spans)
    for sentence, (start, stop) in enumerate(spans):
        text = block.text[start:stop]
        yield Segment(f"{index + 1}.{sentence + 1}", index, start, stop, text, codes[sentence])


def _spans(text: str, breaks: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The spans between breaks, without the white space at their ends; none that is blank."""
    for start, stop in pairwise([0, *breaks, len(text)]):
        piece = text[start:stop]
        if bare := piece.strip():
            start += piece.index(bare)
            yield start, start + len(bare)


def _codes(codes: Iterable[Code], spans: Sequence[tuple[int, int]]) -> list[tuple[Code, ...]]:
    """The codes of each span, with offsets in it.

    A tag goes with what it encloses: what closes belongs to the text before it, what opens or
    stands alone to the text behind it, in white space between spans too.
    """
    starts, stops = [start for start, _ in spans], [stop for _, stop in spans]
    found: list[list[Code]] = [[] for _ in spans]
    last = 0  # no code comes before one that it follows
    for code in codes if spans else ():
        if code.kind is CodeKind.CLOSE:
            home = bisect_left(starts, code.at) - 1
        else:
            home = bisect_right(stops, code.at)
        last = max(last, min(home, len(spans) - 1))
        start, stop = spans[last]
        found[last].append(replace(code, at=min(max(code.at, start), stop) - start))
    return [tuple(one) for one in found]
