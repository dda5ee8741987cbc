"""How likely two words of a pair of sentences belong together, by all that speaks for it.

The attention of a model, what a dictionary says, shared letters, places, and which words come
together in other pairs are weighed in a log-linear model (Liu et al. 2005, "Log-linear Models for
Word Alignment"). The last is learnt from the pairs at hand in a few rounds, as IBM's models do
(Brown et al. 1993), by the beginnings of words: Russian and Kyrgyz have many forms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

# A row for each source word, a column for each target word.
Matrix = npt.NDArray[np.float32]
_Numbers = npt.NDArray[np.int64]

# Log odds of what `_pair_features` and `_Lexicon.features` give, in their order. Fitted by logistic
# regression, English with Russian and with Kyrgyz together, on 354 sentences that neither the
# models nor tests/data/words have; links were what eflomal gave both ways over our whole corpus.
_PAIR_WEIGHTS = np.array([0.6, 0.8, -2.65, -1.45, 3.15, 4.1, 1.9, 3.4], np.float32)
_LEXICON_WEIGHTS = np.array([0.1, 0.06, 1.45], np.float32)

_FLAT = 1e-4  # attention below is noise
_LEAST = 3  # letters that two forms of a word share
_STEM = 5  # letters
_ROUNDS = 2
# Before a word is seen, it counts as seen a fifth of a time, and a tenth of that linked.
_SEEN, _LINKED = 0.2, 0.02


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the links of one pair of sentences.

    Attributes:
        source: the words and marks of the source, as `aligner.alignment.keys.fold` writes them.
        target: those of the target.
        attention: how much of each target word comes from each source word; None if no model says.
        dictionary: how far each target word is a translation of each source word, 0 to 1.
    """

    source: tuple[str, ...]
    target: tuple[str, ...]
    attention: Matrix | None
    dictionary: Matrix


def matches(meanings: Sequence[Mapping[str, float]], words: Sequence[str]) -> Matrix:
    """How far each word is a form of one of the meanings, 0 to 1.

    Args:
        meanings: for each row, words and how sure they are.
        words: folded as the meanings are; the columns.
    """
    found = np.zeros((len(meanings), len(words)), np.float32)
    columns: dict[str, list[int]] = {}
    for j, word in enumerate(words):
        columns.setdefault(word[:_LEAST], []).append(j)
    for i, row in enumerate(meanings):
        for meaning, sure in row.items():
            for j in columns.get(meaning[:_LEAST], ()):
                found[i, j] = max(found[i, j], sure * _likeness(meaning, words[j]))
    return found


def probabilities(batch: Sequence[Evidence]) -> list[Matrix]:
    """How likely each link of each pair is.

    The pairs teach one another: the more of them, the better.
    """
    odds = [_pair_features(one) @ _PAIR_WEIGHTS for one in batch]
    found = [_sigmoid(one) for one in odds]
    lexicon = _Lexicon(batch)
    for _ in range(_ROUNDS):
        lexicon.learn(found)
        found = [
            _sigmoid(own + lexicon.features(number, found[number]) @ _LEXICON_WEIGHTS)
            for number, own in enumerate(odds)
        ]
    return found


def _likeness(one: str, other: str) -> float:
    """How far two words of one language look like forms of the same, 0 to 1: they begin alike."""
    if one == other:
        return 1.0
    short, long = sorted((len(one), len(other)))
    same = next((n for n in range(short) if one[n] != other[n]), short)
    share = same / (short + 0.3 * (long - short)) if same >= _LEAST else 0.0
    return share if share >= 0.5 else 0.0


def _pair_features(one: Evidence) -> Matrix:
    """What is known of each link of a pair by itself, along a third axis."""
    size = len(one.source), len(one.target)
    attention = np.ones(size, np.float32) if one.attention is None else one.attention + _FLAT
    mark = np.array([not _is_word(word) for word in one.source], bool)[:, None]
    other_mark = np.array([not _is_word(word) for word in one.target], bool)
    place, other_place = ((np.arange(n) + 0.5) / max(1, n) for n in size)
    alike = matches([{word: 1.0} for word in one.source], one.target)
    return _stacked(
        np.log(attention / attention.sum(axis=0)),
        np.log(attention / attention.sum(axis=1, keepdims=True)),
        np.abs(place[:, None] - other_place),
        mark != other_mark,
        alike * ~(mark | other_mark),
        alike * (mark & other_mark),
        one.dictionary,
        _relative(one.dictionary, 1e-6),
    )


class _Lexicon:
    """How often words are linked in a batch."""

    def __init__(self, batch: Sequence[Evidence]) -> None:
        self._sources, self._source_seen = _numbered([one.source for one in batch])
        self._targets, self._target_seen = _numbered([one.target for one in batch])
        cells = [
            (source[:, None] * len(self._target_seen) + target).ravel()
            for source, target in zip(self._sources, self._targets, strict=True)
        ]
        self._kinds, places = np.unique(_joined(cells), return_inverse=True)
        self._places = np.split(places, np.cumsum([len(cell) for cell in cells])[:-1])
        self._linked = np.zeros(len(self._kinds), float)

    def learn(self, found: Sequence[Matrix]) -> None:
        """Count the links found."""
        weights = np.concatenate([one.ravel() for one in found])
        self._linked = np.bincount(_joined(self._places), weights, len(self._kinds)).astype(float)

    def features(self, number: int, found: Matrix) -> Matrix:
        """What the other pairs say of each link of a pair, along a third axis.

        Args:
            number: of the pair.
            found: its own links, which do not count.
        """
        linked = self._linked[self._places[number]].reshape(found.shape) - found
        linked = np.maximum(linked, 0.0)
        source = self._source_seen[self._sources[number]][:, None] - 1
        target = self._target_seen[self._targets[number]] - 1
        return _stacked(
            np.log1p(linked / _LINKED) - np.log1p(source / _SEEN),
            np.log1p(linked / _LINKED) - np.log1p(target / _SEEN),
            _relative(linked / np.sqrt((source + 1) * (target + 1)), 0.05),
        )


def _numbered(sentences: Sequence[Sequence[str]]) -> tuple[list[_Numbers], _Numbers]:
    """The words of sentences as numbers, forms of one word alike; and how often each is there."""
    known: dict[str, int] = {}
    numbers = [
        np.array([known.setdefault(word[:_STEM], len(known)) for word in words], np.int64)
        for words in sentences
    ]
    return numbers, np.bincount(_joined(numbers), minlength=len(known))


def _joined(arrays: Sequence[_Numbers]) -> _Numbers:
    return np.concatenate([np.empty(0, np.int64), *arrays])


def _stacked(*features: npt.NDArray[np.generic]) -> Matrix:
    return np.stack([feature.astype(np.float32) for feature in features], axis=-1)


def _relative(values: npt.NDArray[np.floating], least: float) -> npt.NDArray[np.floating]:
    """Values as shares of the best in their row and column."""
    if not values.size:
        return values
    best = np.maximum(values.max(axis=0), values.max(axis=1, keepdims=True))
    return np.asarray(values / np.maximum(best, least))


def _sigmoid(odds: Matrix) -> Matrix:
    return np.asarray(1 / (1 + np.exp(-odds)), np.float32)


def _is_word(folded: str) -> bool:
    return any(map(str.isalnum, folded))
