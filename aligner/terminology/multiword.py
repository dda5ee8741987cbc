"""Frequent terms of several words, ranked by C-value.

K. Frantzi, S. Ananiadou and H. Mima 2000, Automatic Recognition of Multi-Word Terms: the
C-value/NC-value Method (International Journal on Digital Libraries 3): a phrase counts less where
it stands only inside a longer one. Phrases come by stop words, not by a tagger.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from math import log2

from aligner import languages
from aligner.languages.naming import Naming
from aligner.terminology.tokens import Sentence, Token

_WORDS = range(2, 5)
_INSIDE = frozenset(("of", "for"))
_BEFORE_VERB = languages.words(
    """
    can cannot could will would may might must should shall not we they i you he she who let's
    don't doesn't didn't can't won't don’t doesn’t didn’t can’t won’t
    """
)
_BEFORE_NOUN = languages.words("a an the this that these those his her its our their my your any")
_PLURALS = ((r"ies$", "y"), (r"(s|x|ch|sh)es$", r"\1"), (r"([^siu])s$", r"\1"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase where it stands."""

    text: str
    sentence: Sentence
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Multiword:
    """A term: its commonest form, other forms, where it stands, and its C-value."""

    text: str
    variants: tuple[str, ...]
    mentions: tuple[Phrase, ...]
    score: float


def key(text: str) -> str:
    """A phrase in small letters, its last word in the singular: "foreign visits" and "visit"."""
    low = " ".join(text.lower().split())
    for pattern, singular in _PLURALS:
        if re.search(pattern, low):
            return re.sub(pattern, singular, low)
    return low


def terms(
    sentences: Sequence[Sentence], naming: Naming, dates: frozenset[str], min_count: int
) -> list[Multiword]:
    """The terms of a text, best first: those that stand `min_count` times on their own."""
    if naming.verbs is None:
        return []
    found: dict[str, list[Phrase]] = defaultdict(list)
    closed = set()
    chunker = _Chunker(sentences, naming, dates)
    for sentence in sentences:
        for chunk in chunker.chunks(sentence):
            for run in _ngrams(chunk):
                if naming.peoples.fullmatch(run[-1].text):
                    continue
                phrase = _phrase(sentence, run)
                found[key(phrase.text)].append(phrase)
                if run[-1] is chunk[-1]:
                    closed.add(key(phrase.text))
    frequent = {
        one: phrases
        for one, phrases in found.items()
        if len(phrases) >= min_count and one in closed
    }
    ranked = [
        _multiword(phrases, log2(len(one.split())) * own)
        for one, phrases in frequent.items()
        if (own := _own(one, frequent)) >= min_count
    ]
    return sorted(ranked, key=lambda term: (-term.score, term.text))


def _own(one: str, frequent: dict[str, list[Phrase]]) -> float:
    """How often a phrase stands, less the mean of the longer ones that hold it."""
    longer = [
        len(found) for other, found in frequent.items() if other != one and _holds(other, one)
    ]
    return len(frequent[one]) - (sum(longer) / len(longer) if longer else 0)


def _holds(longer: str, phrase: str) -> bool:
    return f" {phrase} " in f" {longer} "


def _multiword(phrases: list[Phrase], score: float) -> Multiword:
    texts = Counter(phrase.text for phrase in phrases)
    best = max(texts, key=lambda text: (texts[text], -len(text)))
    variants = tuple(text for text in texts if text != best)
    return Multiword(best, variants, tuple(phrases), score)


def _phrase(sentence: Sentence, run: Sequence[Token]) -> Phrase:
    start, stop = run[0].start, run[-1].stop
    text = " ".join(
        token.text if token.text.isupper() or not token.opens else token.text.lower()
        for token in run
    )
    return Phrase(text, sentence, start, stop)


def _ngrams(chunk: Sequence[Token]) -> Iterator[Sequence[Token]]:
    for start, first in enumerate(chunk):
        if first.text in _INSIDE:
            continue
        for stop in range(start + 2, min(start + 2 * _WORDS.stop, len(chunk) + 1)):
            run = chunk[start:stop]
            width = sum(token.text not in _INSIDE for token in run)
            if width in _WORDS and run[-1].text not in _INSIDE:
                yield run


class _Chunker:
    """Cuts sentences into runs of content words, by stop words and what the text shows of verbs."""

    def __init__(
        self, sentences: Sequence[Sentence], naming: Naming, dates: frozenset[str]
    ) -> None:
        self._naming, self._dates = naming, dates
        self._verbs = _verbs(sentences)
        self._small = {
            token.text for one in sentences for token in one.tokens if token.text.islower()
        }

    def chunks(self, sentence: Sentence) -> Iterator[list[Token]]:
        """Runs of content words, "of" and "for" between them; vague edges are cut."""
        if sentence.shouts:
            return
        run: list[Token] = []
        for token, after in zip_longest(sentence.tokens, sentence.tokens[1:]):
            links = token.text in _INSIDE and run and after and self._is_content(after)
            content = self._is_content(token) or self._is_compass(token, after)
            breaks = not token.joined or (token.text.endswith("ed") and not links)
            if breaks and run:
                yield from self._cut(run)
                run = []
            if content or (links and token.joined):
                run.append(token)
            elif run:
                yield from self._cut(run)
                run = []
            if token.possessive and run:
                yield from self._cut(run)
                run = []
        yield from self._cut(run)

    def _is_compass(self, token: Token, after: Token | None) -> bool:
        """Whether it belongs to an adjective of a country: "Central" in "Central Asian"."""
        naming = self._naming
        return (
            token.text.lower() in naming.compass
            and after is not None
            and after.joined
            and naming.peoples.fullmatch(after.text) is not None
        )

    def _is_content(self, token: Token) -> bool:
        low = token.text.lower()
        naming = self._naming
        assert naming.verbs
        return (
            len(low) > 2
            and not re.search(r"\d", low)
            and low not in naming.stops | naming.particles
            and low not in self._dates
            and low not in self._verbs
            and not low.endswith("ly")
            and not naming.verbs.fullmatch(low)
            and not low.startswith(("don’t", "can’t"))
            and (
                token.text.islower()
                or naming.peoples.fullmatch(token.text) is not None
                or (token.opens and low in self._small)
            )
        )

    def _cut(self, run: list[Token]) -> Iterator[list[Token]]:
        while run and self._is_vague(run[0]):
            run = run[1:]
        while run and (self._is_vague(run[-1]) or run[-1].text in _INSIDE):
            run = run[:-1]
        if len(run) > 1 and not any(self._is_vague(token) for token in run):
            yield run

    def _is_vague(self, token: Token) -> bool:
        return token.text.lower() in self._naming.vague


def _verbs(sentences: Sequence[Sentence]) -> set[str]:
    """Words that the text uses as verbs and not as nouns, in all their forms."""
    verbs, nouns = set(), set()
    for one in sentences:
        for before, token in zip(one.tokens, one.tokens[1:], strict=False):
            low = before.text.lower()
            if low in _BEFORE_NOUN:
                nouns.add(token.text)
            elif low in _BEFORE_VERB and token.joined and token.text.islower():
                verbs.add(token.text)
    bare = verbs - nouns
    stems = {re.sub(r"e$", "", verb) for verb in bare}
    return bare | {stem + end for stem in stems for end in ("s", "es", "ed", "ing")}
