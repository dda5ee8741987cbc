"""What sentences are compared by, against the same in plain Python."""

from __future__ import annotations

from collections import Counter
from math import log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.alignment import features
from aligner.alignment.features import GRAMS, count
from aligner.alignment.keys import fold
from aligner.alignment.similarity import Rarity, cosines

TEXTS = st.lists(st.text("aбВө é1.—\n\U0001f600", max_size=30), max_size=6)


def grams(text: str) -> Counter[str]:
    """Character n-grams within words, spaces around them."""
    padded = [f" {word} " for word in fold(text).split()]
    return Counter(
        word[i : i + size] for size in GRAMS for word in padded for i in range(len(word) - size + 1)
    )


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Президент Жапаров", "prezident zhaparov"),
        ("Көл, Ош — 2025-ж.", "kol , osh - 2025 - zh ."),
        ("Élysée", "elysee"),
        ("Съезд", "sezd"),
        (" \n", ""),
    ],
)
def test_words_are_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(TEXTS)
def test_features_are_words_and_ngrams(texts: list[str]) -> None:
    words, counted = count(texts)
    assert len(words) == len(counted) == len(texts)
    for row, text in enumerate(texts):
        here = slice(row, row + 1)
        assert sorted(words.rows(here).counts) == sorted(Counter(fold(text).split()).values())
        assert sorted(counted.rows(here).counts) == sorted(grams(text).values())
    assert np.array_equal(features.grams(texts).features, counted.features)


@given(TEXTS)
def test_batches_make_no_difference(texts: list[str]) -> None:
    whole = count(texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(features, "_BATCH", 10)
        parts = count(texts)
    for one, other in zip(whole, parts, strict=True):
        assert np.array_equal(one.starts, other.starts)
        assert np.array_equal(one.features, other.features)


def test_runs_are_compared_as_one_sentence() -> None:
    source, target = ["red fox", "a red dog"], ["dog red fox red", "a cat"]
    (left, _), (right, _) = count(source), count(target)
    found = cosines(left, right, Rarity.of(left, right), [(1, 1), (2, 1)])

    spread = Counter(word for text in (*source, *target) for word in set(text.split()))

    def vector(text: str) -> dict[str, float]:
        counts = Counter(text.split())
        return {w: (1 + log(n)) * log(5 / (spread[w] + 0.5)) for w, n in counts.items()}

    def cosine(one: str, other: str) -> float:
        first, second = vector(one), vector(other)
        product = sum(first[word] * second.get(word, 0.0) for word in first)
        return product / sqrt(
            sum(x * x for x in first.values()) * sum(x * x for x in second.values())
        )

    for i, j in np.ndindex(2, 2):
        assert found[1, 1][i, j] == pytest.approx(cosine(source[i], target[j]), abs=1e-5)
    for j in range(2):
        assert found[2, 1][0, j] == pytest.approx(cosine(" ".join(source), target[j]), abs=1e-5)


def test_stems_are_the_first_letters_of_words() -> None:
    longer, shorter = (features.stems([text]) for text in ("Президенттер а", "prezidio a"))
    assert longer.features.tolist() == shorter.features.tolist()
    assert count(["a bc"])[0].features.tolist() == features.stems(["a bc"]).features.tolist()


def test_joined_rows_have_what_their_members_have() -> None:
    words = count(["a b", "b c", "d", "a"])[0]
    joined = words.joined([[0, 1], [3]])
    assert len(joined) == 2
    assert joined.rows(slice(0, 1)).features.tolist() == count(["a b c"])[0].features.tolist()
    assert joined.rows(slice(1, 2)).features.tolist() == count(["a"])[0].features.tolist()
