"""A negation that was lost on the way, or came from nowhere.

More negators than the other text has are a loss, unless it has more of the words that may stand for
them: so "unlawful" may be «не по закону».
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aligner.languages.negation import Negation, of
from aligner.quality import Check, Hit, Pair, Severity


def find_lost(pair: Pair) -> Iterator[Hit]:
    """Negators of the source that nothing in the translation stands for."""
    ours, theirs = of(pair.source_lang), of(pair.target_lang)
    if ours and theirs and (found := _surplus(ours, pair.source, theirs, pair.target)):
        yield Hit(f"the source says {_quoted(found)}, the translation has less negation")


def find_lone(pair: Pair) -> Iterator[Hit]:
    """Words such as «никогда» without the negation that they need."""
    ours = of(pair.target_lang)
    if ours and (lone := ours.concord.search(pair.target)) and not ours.negates(pair.target):
        yield Hit(f"{lone[0]} has no negation beside it", lone.span())


def find_below(pair: Pair) -> Iterator[Hit]:
    """What was "at least", and has become "less than"."""
    ours, theirs = of(pair.source_lang), of(pair.target_lang)
    if ours and theirs and ours.bounds.search(pair.source):
        below = theirs.below.search(pair.target)
        if below and not ours.below.search(pair.source) and not theirs.bounds.search(pair.target):
            yield Hit(f'the source says "at least", the translation "{below[0]}"', below.span())


def find_added(pair: Pair) -> Iterator[Hit]:
    """Negators of the translation that stand for nothing in the source."""
    ours, theirs = of(pair.source_lang), of(pair.target_lang)
    if ours and theirs and (found := _surplus(theirs, pair.target, ours, pair.source)):
        yield Hit(f"the translation says {_quoted(found)}, the source has less negation")


def _surplus(one: Negation, text: str, other: Negation, translation: str) -> Sequence[str]:
    """The negators of a text, if its translation has fewer and nothing makes up for them."""
    found = one.sure(text)
    if not found:
        return found
    there = len(other.all(translation))
    if len(found) <= there:
        return ()
    excused = other.hinted(translation) - one.hinted(text)
    return found if len(found) > there + excused else ()


def _quoted(found: Sequence[str]) -> str:
    return ", ".join(f'"{word}"' for word in dict.fromkeys(found))


CHECKS = (
    Check("negation-lost", Severity.WARNING, find_lost, "a negation that is not translated"),
    Check("negation-lone", Severity.WARNING, find_lone, "a negation that is not complete"),
    Check("at-least", Severity.WARNING, find_below, "at least that has become less than"),
    Check("negation-added", Severity.WARNING, find_added, "a negation that the source has not"),
)
