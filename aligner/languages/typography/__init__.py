r"""How a language is set in print: quotes, dashes, spaces at which no line may end.

    typeset(["Он сказал: \"Да\" - и ушел в 5 км отсюда..."], "ru")
    →  ["Он сказал: «Да»\u00a0— и\u00a0ушел в\u00a05\u00a0км отсюда…"]

For people to read, never for memories or corpora. No word, number, URL or placeholder changes, and
what is set already stays. A language is a data module: `ru.py` holds `TYPOGRAPHY`; a language
without one is left as it is.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import accumulate, pairwise

import regex

from aligner.languages.typography.quotes import Mark, paired, set_quotes
from aligner.text import protected

NBSP = "\u00a0"

_DOTS = regex.compile(r"(?<![.?!…])\.\.\.(?![.…])")
_TWO_HYPHENS = regex.compile(r"(?<=\s)--(?=\s)")
_APOSTROPHE = regex.compile(r"(?<=\p{L})'(?=\p{L})|(?<!\w)'(?=\d\ds?\b)")  # don't, '90s
_LAST_APOSTROPHE = regex.compile(r"(?<=\p{L})'")  # workers' rights: what was no quote
# Spaced as dashes are; not the minus of "5 - 3", nor a row of hyphens.
_DASH = regex.compile(r"(?<=(\S)[ \u00a0])[-–—](?=[ \u00a0](\S))")
_SPACE_BEFORE_DASH = regex.compile(r"(?<=\S) (?=[–—]\s)")
_FIRST_DASH = regex.compile(r"^[-–—][ \u00a0](?=\S)")
# 2-3, 2020-2023: where the numbers ascend it is a range, no score or telephone number.
_RANGE = regex.compile(r"(?<![\w\-–+№./:,])(\d{1,4})-(\d{1,4})(?![\w\-–/:]|[.,]\d)")
_THOUSANDS = (
    r"(?<=(?<![\d.,+])\d{1,3}(?:[ \u00a0\u202f]\d{3}){0,4})"
    r" (?=\d{3}(?:[ \u00a0\u202f]\d{3}){0,4}(?![\d\-]))"
)


@dataclass(frozen=True, slots=True)
class Typography:
    """The conventions of a language.

    Attributes:
        outer: the quotes of a quotation, opening and closing.
        inner: those of one within it.
        own: quotes that are right wherever they stand, and are left alone.
        dash: between words, with a space on both sides.
        other_dashes: dashes that are as good, and are left alone.
        begins_speech: whether a dash at the beginning of a paragraph opens direct speech.
        binds: finds single spaces at which no line may end.
    """

    outer: str
    inner: str
    own: str
    dash: str
    other_dashes: str
    begins_speech: bool
    binds: regex.Pattern[str]


def binding(*alternatives: str) -> regex.Pattern[str]:
    """Join patterns for spaces at which no line may end, with those that hold in every language."""
    common = (
        _THOUSANDS,
        r"(?<=[№§]) (?=\d)",
        r"(?<=\d) (?=[%‰°€$£])",
        # A. S. Pushkin: initials with one another, and with the name behind them.
        r"(?<=(?<![\w.])\p{Lu}\p{Ll}?\.) (?=\p{Lu}\p{Ll}?\.|\p{Lu}\p{Ll}{2})",
    )
    return regex.compile("|".join(f"(?:{one})" for one in (*common, *alternatives)))


def after(words: str) -> str:
    """A pattern for the space behind any of some words, in any case, before a word or number."""
    return rf"(?<=(?<![\w\-’.])(?i:{_any_of(words)})) (?=[\w«„“№§])"


def before(words: str) -> str:
    """A pattern for the space before any of some words, which belong to the word they follow."""
    return rf"(?<=\w) (?=(?:{_any_of(words)})(?![\w\-]))"


def units(words: str) -> str:
    """A pattern for the space between a number and any of some words, whatever their endings."""
    return rf"(?<=\d) (?=(?:{_any_of(words)}))"


def _any_of(words: str) -> str:
    return "|".join(words.split())


def typeset(
    parts: Sequence[str], lang: str, is_kept: Callable[[int], bool] = lambda _: False
) -> list[str]:
    """Set a paragraph in print.

    Args:
        parts: its text in pieces: what stands across two of them is seen as it reads.
        lang: its language, an ISO 639 code.
        is_kept: whether the part at an index is to stay as it is, such as a piece of code.

    Returns:
        The parts, each with its own text.
    """
    if lang not in served():
        return list(parts)
    own: Typography = import_module(f"{__name__}.{lang}").TYPOGRAPHY
    kept = [is_kept(n) for n in range(len(parts))]
    parts = [part if keep else _shortened(part) for part, keep in zip(parts, kept, strict=True)]
    ends = list(accumulate(map(len, parts), initial=0))
    text = "".join(parts)
    fixed = [span for span, keep in zip(pairwise(ends), kept, strict=True) if keep]
    fixed += [match.span() for match in protected(text)]
    done = _set(text, own, fixed)
    return [done[start:stop] for start, stop in pairwise(ends)]


@cache
def served() -> tuple[str, ...]:
    """The languages whose typography we know."""
    names = (found.name for found in pkgutil.iter_modules(__path__))
    return tuple(sorted(name for name in names if name != "quotes"))


def _shortened(text: str) -> str:
    """With one character for what is typed as several; all that follows keeps the length."""
    pieces = []
    end = 0
    for start, stop in (*(match.span() for match in protected(text)), (len(text), len(text))):
        free = _DOTS.sub("…", text[end:start])
        pieces += [_TWO_HYPHENS.sub("–", free), text[start:stop]]
        end = stop
    return "".join(pieces)


def _set(text: str, own: Typography, fixed: Sequence[tuple[int, int]]) -> str:
    """Exchange characters one for one; those in the fixed spans stay."""
    stays = bytearray(len(text))
    for start, stop in fixed:
        stays[start:stop] = b"\1" * (stop - start)

    def exchange(text: str, found: Iterator[tuple[int, str]]) -> str:
        letters = list(text)
        for at, letter in found:
            if not stays[at]:
                letters[at] = letter
        return "".join(letters)

    text = exchange(text, ((match.start(), "’") for match in _APOSTROPHE.finditer(text)))
    marks = paired(text, stays)
    quoted = exchange(text, set_quotes(marks, own.outer, own.inner, own.own))
    # Where they would be read otherwise once they are set, as in «„“», nobody knows what is meant.
    if list(map(_reading, paired(quoted, stays))) == list(map(_reading, marks)):
        text = quoted
    text = exchange(text, ((match.start(), "’") for match in _LAST_APOSTROPHE.finditer(text)))
    text = exchange(text, _dashes(text, own))
    return exchange(text, ((match.start(), NBSP) for match in own.binds.finditer(text)))


def _reading(mark: Mark) -> tuple[int, bool, int | None]:
    return mark.at, mark.is_open, mark.depth


def _dashes(text: str, own: Typography) -> Iterator[tuple[int, str]]:
    for match in _DASH.finditer(text):
        if not (match[1].isdigit() and match[2].isdigit()) and match[0] not in own.other_dashes:
            yield match.start(), own.dash
            if text[match.start() - 1] == " ":
                yield match.start() - 1, NBSP
    for match in _SPACE_BEFORE_DASH.finditer(text):
        yield match.start(), NBSP
    if own.begins_speech and (first := _FIRST_DASH.match(text)):
        yield from ((0, own.dash), (first.end() - 1, NBSP))
    for match in _RANGE.finditer(text):
        if int(match[1]) < int(match[2]):
            yield match.end(1), "–"
