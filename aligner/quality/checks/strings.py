"""Strings that a translation must repeat letter for letter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from aligner.quality import Check, Hit, Pair, Severity
from aligner.text import lost as lost_in

_HANDLE = re.compile(r"(?<![\w@./])@[A-Za-z0-9_]{2,}(?![\w@])")
_HASHTAG = re.compile(r"(?<![\w&#/])#[^\W\d]\w*")


def lost(pair: Pair) -> Iterator[Hit]:
    """URLs, e-mails, placeholders and names of accounts that are not in the translation."""
    for string in lost_in(pair.source, pair.target):
        at = pair.source.find(string)
        yield Hit(f"{string} is not in the translation", source=(at, at + len(string)))
    if "@" in pair.source:
        yield from _missing(_HANDLE, pair)


def made_up(pair: Pair) -> Iterator[Hit]:
    """URLs, e-mails and placeholders that stand in the translation only."""
    for string in lost_in(pair.target, pair.source):
        at = pair.target.find(string)
        yield Hit(f"{string} is not in the source", (at, at + len(string)))


def hashtags(pair: Pair) -> Iterator[Hit]:
    """Hashtags that are not in the translation; some are translated on purpose."""
    if "#" in pair.source:
        yield from _missing(_HASHTAG, pair)


def _missing(pattern: re.Pattern[str], pair: Pair) -> Iterator[Hit]:
    there = Counter(pattern.findall(pair.target))
    for match in pattern.finditer(pair.source):
        there[match.group()] -= 1
        if there[match.group()] < 0:
            yield Hit(f"{match.group()} is not in the translation", source=match.span())


CHECKS = (
    Check("lost", Severity.ERROR, lost, "URLs, e-mails, placeholders and accounts that are lost"),
    Check("made-up", Severity.WARNING, made_up, "URLs, e-mails and placeholders of its own"),
    Check("hashtags", Severity.WARNING, hashtags, "hashtags that are lost"),
)
