"""Translations that are missing, break off, lack a sentence or have one more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from aligner.quality import Check, Hit, Pair, Severity
from aligner.quality.checks.length import deviation
from aligner.text import ends_sentence

# Marks after which a sentence may begin, with a capital letter.
_BREAK = re.compile(
    r"(?<![.!?…])(?P<marks>[.!?…]++)[\"'”’»)\]]*\s+[\"'“‘«(\[]?(?P<first>[^\W\d_a-zа-яёңөү])"
)
# What is abbreviated before a capital letter, initials aside: «им. Токтогула».
_ABBREVIATIONS = re.compile("Mr|Mrs|Ms|Dr|St|Jr|Sr|vs|No|Lt|Gen|col|гг|ст|им|ул|кв|тов")
_LAST_WORD = re.compile(r"(\w+)\W*$")
_LONGEST_END = 20  # characters in which the last word is looked for
_CLOSING = re.compile(r"[\w,;–—-][\"'”’»)\]]*$")
# Standard deviations, where another sign says that something is lost, or was put in.
_CUT, _SHORTER, _LONGER = -1.3, -1.6, 2.3
_RATHER_SHORT, _RATHER_LONG = -0.7, 1.6
# Words after which a sentence goes on.
_NEVER_LAST = {
    "en": re.compile("an?|the|and|or|of|because|although"),
    "ru": re.compile("и|но|или|либо|на|со|ко|об|от|из|по|для|при|что|чтобы"),
    "ky": re.compile("жана|же|бирок|анткени|эгер|ошондуктан"),
}


def empty(pair: Pair) -> Iterator[Hit]:
    """No translation."""
    if pair.source.strip() and not pair.target.strip():
        yield Hit("there is no translation")


def cut(pair: Pair) -> Iterator[Hit]:
    """A translation that is short, or stops at a conjunction, and ends as no sentence does."""
    target = pair.target.rstrip()
    if not ends_sentence(pair.source):
        return
    goes_on = _NEVER_LAST.get(pair.target_lang)
    last = _LAST_WORD.search(target[-_LONGEST_END:])
    is_amid = goes_on is not None and last is not None and goes_on.fullmatch(last[1].lower())
    is_open = not ends_sentence(target) and _CLOSING.search(target)
    if (is_open and deviation(pair) < _CUT) or (is_amid and deviation(pair) < 0):
        at = len(target)
        yield Hit("the translation breaks off", (max(0, at - 1), at))


def sentences(pair: Pair) -> Iterator[Hit]:
    """A sentence that the translation lacks, or has for itself; length and count agree on it."""
    return _sentences_beyond(pair, _SHORTER, _LONGER)


def sentences_perhaps(pair: Pair) -> Iterator[Hit]:
    """Likewise, where the length is not as far off."""
    if not any(_sentences_beyond(pair, _SHORTER, _LONGER)):
        yield from _sentences_beyond(pair, _RATHER_SHORT, _RATHER_LONG)


def _sentences_beyond(pair: Pair, shortest: float, longest: float) -> Iterator[Hit]:
    here, there = _sentences(pair.source), _sentences(pair.target)
    if here > there and deviation(pair) < shortest:
        yield Hit(f"{here} sentences have become {there}, and little text")
    if here < there and deviation(pair) > longest:
        yield Hit(f"{here} {'sentence has' if here == 1 else 'sentences have'} become {there}")


@lru_cache(maxsize=64)
def _sentences(text: str) -> int:
    """How many sentences a text has, roughly."""
    return 1 + sum(1 for match in _BREAK.finditer(text.strip()) if _is_break(match))


def _is_break(match: re.Match[str]) -> bool:
    """Whether a mark ends a sentence: not that of an initial, or of what is abbreviated."""
    if match["marks"] != ".":
        return True
    before = match.string[max(0, match.start() - _LONGEST_END) : match.start()]
    last = _LAST_WORD.search(before)
    return last is not None and len(last[1]) > 1 and not _ABBREVIATIONS.fullmatch(last[1])


CHECKS = (
    Check("empty", Severity.ERROR, empty, "missing translations"),
    Check("cut", Severity.ERROR, cut, "translations that break off"),
    Check("sentences", Severity.ERROR, sentences, "sentences that are lost or put in"),
    Check(
        "sentences-unusual", Severity.WARNING, sentences_perhaps, "sentences perhaps lost or put in"
    ),
)
