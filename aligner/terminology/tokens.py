"""The words of an article with what stands between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from aligner.records import Document, Kind, Segment
from aligner.text import ends_sentence, fold, protected, words

# Initials and abbreviations keep their full stop: "S. Japarov", "U.S.", "St. Petersburg".
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|(?<!\w)[A-ZА-ЯЁӨҮҢ]\.(?=\s?[A-ZА-ЯЁӨҮҢ])|\b(?:St|Mt|Dr|Mr|Mrs|Ms)\."
    r"|\w+(?:[-‑–'’&+]\w+)*"
)
_ARTICLE = re.compile(r"^(?:al|el|an|ar|as|at|ash)-(?=\w)")  # "Khalid al-Faisal"
_POSSESSIVE = re.compile(r"['’]s$")
# What a sentence, a quotation or a list item may begin after.
_OPENING = re.compile(r"[“«„\"‘:;•!?…]|\.\s")
_LONG = 3  # letters, above which headings in Title Case write a capital


@dataclass(frozen=True, slots=True)
class Token:
    """A word: `text` without a possessive 's.

    Attributes:
        start, stop: where `text` stands in its sentence.
        gap: what stands between it and the word before.
        possessive: whether 's follows.
        opens: whether a capital says nothing of it.
    """

    text: str
    start: int
    stop: int
    gap: str
    possessive: bool
    opens: bool

    @property
    def capital(self) -> bool:
        """Whether it is written as names are: "Osh", "iPhone", "OSCE"; but "Russia-backed" not."""
        first, *rest = re.split(r"[-–]", _ARTICLE.sub("", self.text))
        return any(map(str.isupper, first)) and not any(part[:1].islower() for part in rest)

    @property
    def acronym(self) -> bool:
        """Whether it is an initialism: "OSCE", "U.S.", "C5+1"."""
        letters = [letter for letter in self.text if letter.isalpha()]
        return len(self.text) > 1 and all(map(str.isupper, letters)) and self.capital

    @property
    def joined(self) -> bool:
        """Whether only white space stands before it."""
        return bool(self.gap) and self.gap.isspace()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A segment as text without line breaks, and its words.

    `shouts` says that capitals mean nothing in it: a heading, or written like one.
    """

    id: str
    text: str
    tokens: tuple[Token, ...]
    shouts: bool


def sentences(document: Document, segments: Sequence[Segment]) -> list[Sentence]:
    """The sentences of a document, small print left out."""
    kinds = [(segment, document.blocks[segment.block].kind) for segment in segments]
    return [_sentence(segment, kind) for segment, kind in kinds if kind is not Kind.BOILERPLATE]


def _sentence(segment: Segment, kind: Kind) -> Sentence:
    text = fold(segment.text)
    tokens = tuple(_tokens(text))
    return Sentence(segment.id, text, tokens, kind is Kind.HEADING or _is_title(text))


def _tokens(text: str) -> list[Token]:
    masked = list(text)
    for match in protected(text):
        masked[slice(*match.span())] = "\0" * len(match.group())
    found: list[Token] = []
    end = 0
    for match in _TOKEN.finditer("".join(masked)):
        gap = text[end : match.start()]
        word = _POSSESSIVE.sub("", match.group())
        opens = not found or _OPENING.search(gap) is not None
        possessive = word != match.group()
        stop = match.start() + len(word)
        found.append(Token(word, match.start(), stop, gap, possessive, opens))
        end = match.end()
    return found


def _is_title(text: str) -> bool:
    """Whether capitals or Title Case are used throughout, and not just in a list of names."""
    long = [word for word in words(text) if len(word) > _LONG and word[0].isalpha()]
    if len(long) < 4 or "," in text or ends_sentence(text):
        return text.isupper() and len(long) > 1
    return sum(word[0].isupper() for word in long) >= 0.8 * len(long)
