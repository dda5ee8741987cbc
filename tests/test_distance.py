"""How far two texts are from each other."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sacrebleu.metrics.lib_ter import translation_edit_rate

from aligner.curation import distance
from aligner.curation.distance import Distance, Kind, Rate

ALPHABET = "ab ой\u0306.,-\n\t’"
TEXTS = st.text(ALPHABET, max_size=24) | st.text(max_size=12)
SENTENCES = st.lists(st.sampled_from("abcdefg"), max_size=12).map(" ".join)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("It's 3.5 m, half-done.", ["It's", "3.5", "m", ",", "half-done", "."]),
        ("1 000 000", ["1", "000", "000"]),
        ("«Ош» — 27-ноябрда!", ["«", "Ош", "»", "—", "27-ноябрда", "!"]),
        ("и\u0306огурт …", ["и\u0306огурт", "…"]),
        ("end. Next", ["end", ".", "Next"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert distance.words(text) == words


def test_edit_distance_is_in_words_and_characters() -> None:
    assert distance.edit_distance("Бишкек шаары", "Ош шаары") == Distance(words=1, characters=5)
    assert distance.edit_distance("", "a b.") == Distance(words=3, characters=4)


@given(TEXTS, TEXTS)
def test_distance_is_a_metric(one: str, other: str) -> None:
    there, back = distance.edit_distance(one, other), distance.edit_distance(other, one)
    assert there == back
    assert (there.characters == 0) == (one == other)
    assert there.words <= max(len(distance.words(one)), len(distance.words(other)))
    assert distance.edit_distance(one, one) == Distance(0, 0)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ("a b", "a b", ["=a b"]),
        ("a red car", "a blue car", ["=a ", "red>blue", "= car"]),
        ("a b c", "a c", ["=a ", "b >", "=c"]),
        ("a c", "a b c", ["=a ", ">b ", "=c"]),
        ("a b", "a  b", ["=a ", "> ", "=b"]),
        ("Да, да.", "Да - да!", ["=Да", ",> -", "= да", ".>!"]),
        ("a", "", ["a>"]),
        ("", "a", [">a"]),
    ],
)
def test_changes(old: str, new: str, expected: list[str]) -> None:
    found = [
        f"={one.old}" if one.kind is Kind.EQUAL else f"{one.old}>{one.new}"
        for one in distance.changes(old, new)
    ]
    assert found == expected


@given(TEXTS, TEXTS)
def test_changes_join_back_to_both_texts(old: str, new: str) -> None:
    found = distance.changes(old, new)
    assert "".join(one.old for one in found) == old
    assert "".join(one.new for one in found) == new
    for one in found:
        assert one.old or one.new
        assert (one.kind is Kind.EQUAL) == (one.old == one.new)
        assert (one.kind is Kind.INSERT) == (not one.old)
        assert (one.kind is Kind.DELETE) == (not one.new)
    kinds = [one.kind for one in found]
    assert (Kind.EQUAL, Kind.EQUAL) not in pairwise(kinds)


def test_changes_name_the_words_of_a_post_edit() -> None:
    found = distance.changes(
        "Президент прибыл в Бишкек с визитом.", "Президент прибыл в Ош с рабочим визитом."
    )
    assert [(one.old, one.new) for one in found if one.kind is not Kind.EQUAL] == [
        ("Бишкек", "Ош"),
        ("", "рабочим "),
    ]


@pytest.mark.parametrize(
    ("hypothesis", "reference", "edits", "length"),
    [
        ("", "", 0, 0),
        ("", "a b", 2, 2),
        ("a b", "", 2, 0),
        ("a b c", "a b c", 0, 3),
        ("a b c d e f", "d e f a b c", 1, 6),  # one phrase moved
        # The example of Snover et al. (2006), section 3.
        (
            "THIS WEEK THE SAUDIS denied information published in the new york times",
            "SAUDI ARABIA denied THIS WEEK information published in the AMERICAN new york times",
            4,
            13,
        ),
        ("A b", "a b", 1, 2),  # letter case counts
    ],
)
def test_rate(hypothesis: str, reference: str, edits: int, length: int) -> None:
    assert distance.rate(hypothesis, reference) == Rate(edits, length)


def test_ter_is_edits_a_word_of_the_reference() -> None:
    assert distance.ter("a b x d", "a b c d") == 0.25
    assert distance.ter("a", "") == 1.0
    assert distance.ter("", "") == 0.0
    assert (Rate(1, 4) + Rate(0, 6)).value == 0.1


def test_rate_agrees_with_sacrebleu() -> None:
    chance = random.Random(7)
    for _ in range(300):
        size = chance.choice([3, 6, 12, 40])
        given = [f"w{chance.randrange(size)}" for _ in range(chance.randint(0, 30))]
        wanted = list(given)
        for _ in range(chance.randint(0, 6)):
            place = chance.randint(0, len(wanted))
            phrase = wanted[place : place + chance.randint(1, 4)]
            del wanted[place : place + len(phrase)]
            at = chance.randint(0, len(wanted))
            wanted[at:at] = chance.choice([phrase, ["w0"]])
        ours = distance.rate(" ".join(given), " ".join(wanted))
        assert (ours.edits, ours.length) == translation_edit_rate(given, wanted), (given, wanted)


# TER of sacrebleu 2.6, case-sensitive, no normalisation; punctuation apart by spaces.
SACREBLEU = [
    ("Путин прибыл в Бишкек .", "В Бишкек прибыл Путин .", 60.0),
    ("эки өлкөнүн соодасы өскөн", "соодасы эки өлкөнүн өскөн", 25.0),
    ("the cat sat on the mat", "on the mat sat the cat", 33.33333333333333),
]


@pytest.mark.parametrize(("hypothesis", "reference", "score"), SACREBLEU)
def test_ter_of_sacrebleu(hypothesis: str, reference: str, score: float) -> None:
    assert 100 * distance.ter(hypothesis, reference) == pytest.approx(score)


@given(SENTENCES, SENTENCES)
def test_moves_never_cost_more_than_they_save(one: str, other: str) -> None:
    found = distance.rate(one, other)
    assert found.edits <= distance.edit_distance(one, other).words
    assert (found.edits == 0) == (one == other)


def test_a_text_of_many_words_takes_no_time() -> None:
    text = " ".join(f"w{number}" for number in range(5_000))
    assert distance.rate(text + " x", text).edits == 1


@given(TEXTS, TEXTS)
def test_similarity(one: str, other: str) -> None:
    found = distance.similarity(one, other)
    assert 0 <= found <= 1
    assert found == distance.similarity(other, one)
    assert distance.similarity(one, one) == 1


def test_similarity_is_that_of_words() -> None:
    assert distance.similarity("a b c d", "a b c x") == 0.75
