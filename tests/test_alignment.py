"""Aligning texts: what is asked of every alignment, what goes wrong, and the gold standard."""

from __future__ import annotations

import json
import random
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.alignment import Bead, align, relatedness
from aligner.alignment.evaluate import evaluate, read
from aligner.errors import UsageError

SENTENCES = st.lists(st.text("абв xyz12.", max_size=40), max_size=12)


def sentences(number: int, seed: int = 0) -> list[str]:
    """Sentences of made-up words, of which some are common."""
    rng = random.Random(seed)
    words = ["".join(rng.choices("aeioukrstmnlpd", k=rng.randint(2, 8))) for _ in range(3000)]
    return [
        " ".join(words[int(len(words) * rng.random() ** 2)] for _ in range(rng.randint(4, 20)))
        for _ in range(number)
    ]


def pairs(beads: list[Bead]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.source, bead.target) for bead in beads]


def assert_whole(beads: list[Bead], source: int, target: int) -> None:
    """Each sentence stands in one bead, in order; what is alone is a bead of its own."""
    assert list(chain.from_iterable(bead.source for bead in beads)) == list(range(source))
    assert list(chain.from_iterable(bead.target for bead in beads)) == list(range(target))
    for bead in beads:
        assert 0 <= bead.probability <= 1
        assert (bead.source and bead.target) or bead.type in {(1, 0), (0, 1)}


@given(SENTENCES, SENTENCES)
def test_each_sentence_stands_in_one_bead(source: list[str], target: list[str]) -> None:
    assert_whole(align(source, target), len(source), len(target))


def test_the_same_text_twice() -> None:
    text = sentences(40)
    beads = align(text, text)
    assert pairs(beads) == [((i,), (i,)) for i in range(40)]
    assert min(bead.probability for bead in beads) > 0.9


def test_an_empty_side() -> None:
    assert align([], []) == []
    assert pairs(align(["One.", "Two."], [])) == [((0,), ()), ((1,), ())]
    assert pairs(align([], ["One."])) == [((), (0,))]


def test_a_translation_of_another_length() -> None:
    with pytest.raises(UsageError, match="2 sentences, the source 1"):
        align(["One."], ["Один."], translated=["Один.", "Два."])


def test_merged_split_and_left_out() -> None:
    text = sentences(12)
    target = [text[0], f"{text[1]} {text[2]}", *text[3:6], *text[7:]]
    beads = pairs(align(text, target))
    assert ((1, 2), (1,)) in beads
    assert ((6,), ()) in beads
    assert len(beads) == 11


def test_the_translation_is_what_is_compared() -> None:
    target = sentences(20, seed=1)
    source = ["-"] * 20
    gold = [Bead((i,), (i - 1,)) for i in range(1, 20)]
    score = evaluate([(gold, align(source, target[1:], translated=target))])
    assert score.lax.recall > 0.9


def test_one_sentence_against_a_hundred() -> None:
    text = sentences(100)
    beads = align([text[70]], text)
    assert_whole(beads, 1, 100)
    assert ((0,), (70,)) in pairs(beads)


def test_a_sentence_of_fifty_thousand_characters() -> None:
    text = [*sentences(5), "word " * 10_000, "x" * 50_000, *sentences(5, seed=1)]
    assert pairs(align(text, text)) == [((i,), (i,)) for i in range(12)]


def test_longest_beads_and_the_cost_of_deletion_can_be_chosen() -> None:
    text = sentences(3)
    joined = [" ".join(text)]
    assert pairs(align(text, joined)) == [((0, 1, 2), (0,))]
    assert all(len(bead.source) < 2 for bead in align(text, joined, longest=1))
    assert not any(bead.source and bead.target for bead in align(text, joined, deletion=-5.0))


def test_a_long_text_with_a_section_missing() -> None:
    text = sentences(3000)
    target = text[:800] + text[1500:2900] + sentences(60, seed=9) + text[2900:]
    beads = align(text, target)
    assert_whole(beads, len(text), len(target))
    gold = {(i, i) for i in range(800)} | {(i, i - 700) for i in range(1500, 2900)}
    gold |= {(i, i - 640) for i in range(2900, 3000)}
    right = [bead for bead in beads if bead.type == (1, 1)]
    found = {(bead.source[0], bead.target[0]) for bead in right}
    assert len(gold & found) > 0.99 * len(gold)


def test_a_long_text_that_repeats_itself() -> None:
    text = sentences(300) * 6
    target = text[:750] + text[770:]
    beads = align(text, target)
    right = {(b.source[0], b.target[0]) for b in beads if b.type == (1, 1)}
    gold = {(i, i) for i in range(750)} | {(i, i - 20) for i in range(770, 1800)}
    assert len(gold & right) > 0.98 * len(gold)


def test_unrelated_texts_are_told_from_related_ones() -> None:
    text, other = sentences(50), sentences(50, seed=3)
    related = align(text, text[3:])
    unrelated = align(text, other)
    assert relatedness(text, text[3:], related) > 0.9
    assert relatedness(text, other, unrelated) < 0.5
    assert relatedness(text, [], align(text, [])) == 0


@pytest.mark.parametrize(
    ("name", "langs", "mt", "strict", "lax"),
    [
        ("en-ru.medium", "en ru", "mt_ru", 0.955, 0.993),
        ("en-ky.medium", "en ky", "mt_ru", 0.91, 0.955),
        ("ru-ky.medium", "ru ky", "", 0.90, 0.94),
        ("en-ru.medium", "en ru", "", 0.87, 0.93),
    ],
)
def test_the_gold_standard(
    shared: Path, name: str, langs: str, mt: str, strict: float, lax: float
) -> None:
    source, target = langs.split()
    documents = []
    with (shared / "data" / "alignment" / f"{name}.jsonl").open(encoding="utf-8") as file:
        for document in map(json.loads, file):
            beads = align(document[source], document[target], translated=document.get(mt))
            documents.append((list(read(document["gold"])), beads))
    score = evaluate(documents)
    assert score.strict.f1 >= strict
    assert score.lax.f1 >= lax


def test_views_are_compared_too() -> None:
    target = sentences(20, seed=1)
    source = ["-"] * 20
    gold = [Bead((i,), (i - 1,)) for i in range(1, 20)]
    score = evaluate([(gold, align(source, target[1:], views=[(target, target[1:])]))])
    assert score.lax.recall > 0.9


def test_a_view_of_another_length() -> None:
    with pytest.raises(UsageError, match="view 1 has 2 sentences, the target 1"):
        align(["One."], ["Один."], views=[(["Один."], ["Один.", "Два."])])


def test_words_are_learnt_from_the_texts() -> None:
    # Nothing in common but a name here and there; words of one text stand for those of the other.
    text = sentences(300)
    names = sentences(300, seed=5)
    other = {word: f"q{number}" for number, word in enumerate({w for t in text for w in t.split()})}
    source = [
        f"{line} {name}" if i % 2 else line
        for i, (line, name) in enumerate(zip(text, names, strict=True))
    ]
    coded = [" ".join(other[word] for word in line.split()) for line in text]
    target = [
        f"{line} {name}" if i % 2 else line
        for i, (line, name) in enumerate(zip(coded, names, strict=True))
    ]
    gold = [Bead((i,), (i - i // 7 - 1,)) for i in range(300) if i % 7]
    score = evaluate([(gold, align(source, [line for i, line in enumerate(target) if i % 7]))])
    assert score.strict.recall > 0.9
