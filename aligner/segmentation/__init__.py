"""Cutting text into sentences, by SRX rules."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from aligner.records import Document, Segment
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
    return list(_segments(0, text, lang, rules or Rules.default()))


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
        yield from _segments(index, block.text, document.lang, rules)


def explain(text: str, lang: str, rules: Rules | None = None) -> list[Decision]:
    """Tell for every position where a rule asks for a break which rule made or refused it.

    Raises:
        UsageError: the rules have none for the language.
        RuleError: a rule is broken, or takes for ever on this text.
    """
    return (rules or Rules.default()).decisions(text, lang)


def _segments(index: int, text: str, lang: str, rules: Rules) -> Iterator[Segment]:
    sentence = 0
    for start, stop in pairwise([0, *rules.breaks(text, lang), len(text)]):
        piece = text[start:stop].strip()
        if piece:
            sentence += 1
            start = text.index(piece, start)
            yield Segment(f"{index + 1}.{sentence}", index, start, start + len(piece), piece)
