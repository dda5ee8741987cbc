"""What the models between two languages know of words that belong together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from aligner import engines
from aligner.alignment.keys import fold
from aligner.alignment.wordlinks import Evidence, Matrix, matches
from aligner.engines import Engine, Settings
from aligner.errors import ModelMissing
from aligner.text import protected

if TYPE_CHECKING:
    from aligner.records import Alignment

Span = tuple[int, int]

_AT_ONCE = 256  # pairs, or words, that a model is given
_MEANINGS = 4  # translations of a word

_TOKEN = re.compile(
    r"""
      (?: [^\W\d_] \. ){2,}                                         # p.m., т.е.
    | \d+ (?: [.,:] \d+ )* [^\W_]* (?: [-‐‑] [^\W\d_]{1,3} (?!\w) )?  # 1,000.5, 22:00, 5-го, 10дон
    | \w [\w\u0300-\u036f]* (?: [-‐‑'’ʼ&] \w [\w\u0300-\u036f]* )*   # кое-что, o'clock, R&D
    | ([^\w\s]) \1*                                                 # one mark, or "..."
    """,
    re.VERBOSE,
)


def tokens(text: str) -> list[Span]:
    """Where the words and marks of a text stand; none holds white space.

    A word is a run of letters and digits with the hyphens and apostrophes in it («премьер-министр»,
    «кое-что», "o'clock"); a number keeps its separators and what is an ending («1 000,5» is two:
    "1" and "000,5"; «5-го», «10дон»), but not a word behind a hyphen («2021-жылы» is three). An
    e-mail, URL or placeholder is one word. Each other mark is a token, as is a run of the same one.
    """
    found: list[Span] = []
    end = 0
    for whole in protected(text):
        found += (match.span() for match in _TOKEN.finditer(text, end, whole.start()))
        found += (
            (match.start() + whole.start(), match.end() + whole.start())
            for match in re.finditer(r"\S+", whole.group())
        )
        end = whole.end()
    found += (match.span() for match in _TOKEN.finditer(text, end))
    return found


@dataclass(frozen=True, slots=True)
class Side:
    """A text and its words.

    Attributes:
        text: the text.
        words: where its words and marks stand.
        keys: what they are compared by; see `aligner.alignment.keys`.
    """

    text: str
    words: tuple[Span, ...]
    keys: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Side:
        """The words of a text."""
        words = tuple(tokens(text))
        return cls(text, words, tuple(fold(text[slice(*word)]).replace(" ", "") for word in words))

    def part(self, number: int, parts: int) -> Side:
        """One of some parts that have about as many words."""
        some = slice(*(len(self.words) * n // parts for n in (number, number + 1)))
        words = self.words[some]
        start, stop = (words[0][0], words[-1][1]) if words else (0, 0)
        shifted = tuple((a - start, b - start) for a, b in words)
        return Side(self.text[start:stop], shifted, self.keys[some])

    def spellings(self) -> Iterator[tuple[str, ...]]:
        """How a dictionary may know each word: as it is and in small letters."""
        for start, stop in self.words:
            word = self.text[start:stop]
            yield tuple({word, word.lower()}) if word.isalpha() else ()


@dataclass
class Models:
    """The models between two languages, each way."""

    source_lang: str
    target_lang: str
    settings: Settings
    forward: Engine | None = field(init=False)
    backward: Engine | None = field(init=False)

    def __post_init__(self) -> None:
        self.forward = _load(self.source_lang, self.target_lang, self.settings)
        self.backward = _load(self.target_lang, self.source_lang, self.settings)
        self._dictionaries = [_Dictionary(self.forward), _Dictionary(self.backward)]

    def __bool__(self) -> bool:
        return bool(self.forward or self.backward)

    def evidence(self, sources: Sequence[Side], targets: Sequence[Side]) -> list[Evidence]:
        """What these models know of pairs."""
        there, back = (
            known.meanings(side)
            for known, side in zip(self._dictionaries, (sources, targets), strict=True)
        )
        return [
            Evidence(
                source.keys,
                target.keys,
                attention,
                np.maximum(matches(into, target.keys), matches(outof, source.keys).T),
            )
            for source, target, attention, into, outof in zip(
                sources, targets, self._attention(sources, targets), there, back, strict=True
            )
        ]

    def _attention(
        self, sources: Sequence[Side], targets: Sequence[Side]
    ) -> Iterator[Matrix | None]:
        """The attention to each source word of each target word, the mean of both models."""
        for n in range(0, len(sources), _AT_ONCE):
            some = sources[n : n + _AT_ONCE], targets[n : n + _AT_ONCE]
            there = list(_attention(self.forward, *some))
            back = list(_attention(self.backward, *reversed(some)))
            for one, other in zip(there, back, strict=True):
                ways = [way for way in (one, None if other is None else other.T) if way is not None]
                yield np.asarray(sum(ways) / len(ways), np.float32) if ways else None


class _Dictionary:
    """What a model translates single words by."""

    def __init__(self, engine: Engine | None) -> None:
        self._engine = engine
        self._known: dict[str, dict[str, float]] = {}

    def meanings(self, sides: Sequence[Side]) -> list[list[dict[str, float]]]:
        """For each word of each side its meanings, folded, and how sure they are."""
        spellings = [list(side.spellings()) for side in sides]
        if self._engine:
            self._learn({word for side in spellings for some in side for word in some})
        return [[self._joined(some) for some in side] for side in spellings]

    def _learn(self, words: set[str]) -> None:
        assert self._engine
        new = sorted(words - self._known.keys())
        for some in (new[n : n + _AT_ONCE] for n in range(0, len(new), _AT_ONCE)):
            found = self._engine.complete(some, [""] * len(some), _MEANINGS)
            self._known |= zip(some, map(_meanings, found), strict=True)

    def _joined(self, spellings: Iterable[str]) -> dict[str, float]:
        joined: dict[str, float] = {}
        for spelling in spellings:
            for word, sure in self._known.get(spelling, {}).items():
                joined[word] = max(sure, joined.get(word, 0.0))
        return joined


def _meanings(texts: Sequence[str]) -> dict[str, float]:
    """The words of translations, best first, each half as sure as the last."""
    found: dict[str, float] = {}
    for rank, text in enumerate(texts):
        for key in filter(str.isalnum, Side.of(text).keys):
            found.setdefault(key, 0.5**rank)
    return found


def _load(source: str, target: str, settings: Settings) -> Engine | None:
    """The model that translates directly, if there is one."""
    try:
        route = engines.load(source, target, settings)
    except ModelMissing:
        return None
    return route[0] if len(route) == 1 else None


def _attention(
    engine: Engine | None, sources: Sequence[Side], targets: Sequence[Side]
) -> Iterator[Matrix | None]:
    """The attention of a model to each source word, for each target word; a row a source word."""
    both = [
        n
        for n, sides in enumerate(zip(sources, targets, strict=True))
        if engine and all(side.words for side in sides)
    ]
    found = dict.fromkeys(range(len(sources)))
    if engine and both:
        alignments = engine.align([sources[n].text for n in both], [targets[n].text for n in both])
        found |= zip(both, alignments, strict=True)
    for alignment, source, target in zip(found.values(), sources, targets, strict=True):
        yield alignment and _of_words(alignment, source, target)


def _of_words(alignment: Alignment, source: Side, target: Side) -> Matrix:
    """The weights of words: sums over the tokens of a source word, means over a target word's."""
    weights = np.array(alignment.weights, np.float32).reshape(
        len(alignment.target), len(alignment.source)
    )
    rows = _overlaps(target.words, alignment.target)
    rows /= np.maximum(1, rows.sum(axis=1, keepdims=True))
    return np.asarray((rows @ weights @ _overlaps(source.words, alignment.source).T).T)


def _overlaps(words: Sequence[Span], pieces: Sequence[Span]) -> Matrix:
    """1 where a word and a token share letters, else 0."""
    a, b = (np.array(spans, np.int64).reshape(-1, 2) for spans in (words, pieces))
    over = np.minimum(a[:, 1, None], b[:, 1]) > np.maximum(a[:, 0, None], b[:, 0])
    return np.asarray(over, np.float32)
