"""Vocabularies, examples and batches."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from io import BytesIO
from itertools import islice, takewhile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.entries import Entry
from aligner.errors import InputError
from aligner.formats.exchange import read as read_units
from aligner.training import batches, examples, vocabulary
from aligner.training.batches import Batch, Position
from aligner.training.examples import Example
from aligner.training.vocabulary import BEGIN, END, PAD, Tokens

CORPUS = Path(__file__).resolve().parents[1] / "corpora" / "central-asia-news.tmx"


def some(count: int) -> list[Entry]:
    return list(islice(read_units(CORPUS).entries, count))


def text(entry: Entry, lang: str) -> str:
    found = entry.variant(lang)
    assert found
    return found.text


@pytest.fixture(scope="module")
def learnt() -> list[Example]:
    return [
        Example(text(entry, "en"), text(entry, lang), ("en", lang), "news", 1.0, 0.0)
        for entry in some(300)
        for lang in ("ru", "ky")
    ]


@pytest.fixture(scope="module")
def model(learnt: list[Example]) -> bytes:
    texts = [side for one in learnt for side in (one.source, one.target)]
    return vocabulary.learn(texts, 1_000, ("ru", "ky"), ("en", "ru", "ky"), 1)


@pytest.fixture(scope="module")
def tokens(model: bytes) -> Tokens:
    return Tokens(model)


def test_the_same_texts_give_the_same_vocabulary(learnt: list[Example], model: bytes) -> None:
    texts = [side for one in learnt for side in (one.source, one.target)]
    assert vocabulary.learn(texts, 1_000, ("ru", "ky"), ("en", "ru", "ky"), 1) == model


def test_special_tokens(tokens: Tokens) -> None:
    assert len(tokens) == 1_000
    pieces = tokens.pieces()
    assert pieces[:6] == ["<pad>", "<unk>", "<s>", "</s>", "<2ru>", "<2ky>"]
    assert (tokens.tag("ru"), tokens.tag("ky")) == (4, 5)


@pytest.mark.parametrize("sentence", ["№ 12 қ", "Өкмөт — 1 235 сом", "ъёщ ЪЁЩ ҢӨҮ 45%"])
def test_every_letter_of_the_languages_is_known(tokens: Tokens, sentence: str) -> None:
    [numbers] = tokens.encode([sentence])
    assert numbers.count(vocabulary.UNKNOWN) == sentence.count("қ")  # which is Kazakh
    assert [tokens.pieces()[n] for n in numbers if tokens.pieces()[n].strip("▁").isdigit()] == [
        letter for letter in sentence if letter.isdigit()
    ]


def test_too_little_text_for_a_vocabulary() -> None:
    with pytest.raises(InputError, match="no vocabulary of 9000 units") as error:
        vocabulary.learn(["A cat.", "Кошка."], 9_000, ("ru",), ("en", "ru"), 1)
    assert "smaller vocabulary" in error.value.hint


def test_words_can_be_parted_in_many_ways(tokens: Tokens) -> None:
    sentence = ["The president of Kyrgyzstan met the minister."]
    ways = {tuple(tokens.encode(sentence, 0.2, seed)[0]) for seed in range(20)}
    assert len(ways) > 1
    assert len({tuple(tokens.encode(sentence, 0.2, 7)[0]) for _ in range(20)}) == 1


texts = st.text(st.characters(blacklist_characters="\t\n\r", blacklist_categories=["Cs"]))


one_example = st.builds(
    Example,
    texts,
    texts,
    st.sampled_from([("en", "ru"), ("ru", "ky")]),
    texts,
    st.sampled_from([0.25, 1.0, 6.0]),
    st.sampled_from([0.0, 0.3]),
)


@given(st.lists(one_example))
def test_examples_come_back_as_written(
    tmp_path_factory: pytest.TempPathFactory, found: list[Example]
) -> None:
    file = BytesIO()
    examples.write(file, found)
    path = tmp_path_factory.mktemp("examples") / "examples.tsv.gz"
    path.write_bytes(file.getvalue())
    assert list(examples.read(path)) == found


def test_damaged_examples(tmp_path: Path, learnt: list[Example]) -> None:
    file = BytesIO()
    examples.write(file, learnt)
    path = tmp_path / "examples.tsv.gz"
    path.write_bytes(file.getvalue()[:-20])
    with pytest.raises(InputError, match="cannot be read"):
        list(examples.read(path))


def epoch(found: list[Example], tokens: Tokens, size: int = 1_024, number: int = 0) -> list[Batch]:
    stream = batches.endless(found, tokens, size, 1, Position(number))
    return list(takewhile(lambda batch: batch.position.epoch == number, stream))


def sentences(found: list[Batch]) -> Counter[tuple[int, ...]]:
    return Counter(tuple(row[row != PAD].tolist()) for batch in found for row in batch.target)


def test_an_epoch_has_every_example_once(learnt: list[Example], tokens: Tokens) -> None:
    wanted = Counter(
        (BEGIN, tokens.tag(one.langs[1]), *numbers, END)
        for one, numbers in zip(learnt, tokens.encode([one.target for one in learnt]), strict=True)
    )
    assert sentences(epoch(learnt, tokens)) == wanted


def test_batches_keep_to_their_size(learnt: list[Example], tokens: Tokens) -> None:
    for batch in epoch(learnt, tokens):
        rows, longest = len(batch.source), max(batch.source.shape[1], batch.target.shape[1])
        assert rows == len(batch.target)
        assert rows * longest <= 1_024
        assert batch.source.shape[1] % batches.STEP == batch.target.shape[1] % batches.STEP == 0


def test_the_order_is_the_seeds(learnt: list[Example], tokens: Tokens) -> None:
    first, again = epoch(learnt, tokens), epoch(learnt, tokens)
    assert all(np.array_equal(a.target, b.target) for a, b in zip(first, again, strict=True))
    second = epoch(learnt, tokens, number=1)
    assert not all(np.array_equal(a.target, b.target) for a, b in zip(first, second, strict=False))
    assert sentences(first) == sentences(second)


def test_weights_say_how_often(learnt: list[Example], tokens: Tokens) -> None:
    often = [
        Example(one.source, one.target, one.langs, "", 2.5 if one.langs[1] == "ky" else 0.5, 0)
        for one in learnt
    ]
    tags = Counter(row[1] for batch in epoch(often, tokens) for row in batch.target.tolist())
    assert 2 * 300 <= tags[tokens.tag("ky")] <= 3 * 300
    assert 100 <= tags[tokens.tag("ru")] <= 200


def test_a_run_goes_on_where_it_was(
    learnt: list[Example], tokens: Tokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "CHUNK", 100)
    learnt = [replace(one, sampling=0.3) for one in learnt]
    whole = epoch(learnt, tokens)
    assert {batch.position.chunk for batch in whole} == set(range(6))
    rest = batches.endless(learnt, tokens, 1_024, 1, Position(0, 4))
    for wanted in (batch for batch in whole if batch.position.chunk >= 4):
        assert np.array_equal(next(rest).target, wanted.target)


def test_what_is_too_long_or_empty_is_left_out(tokens: Tokens) -> None:
    found = [
        Example("A cat.", "Кошка. " * 200, ("en", "ru"), "", 1, 0),
        Example("A cat.", " ", ("en", "ru"), "", 1, 0),
        Example("A cat.", "Кошка.", ("en", "ru"), "", 1, 0),
    ]
    assert sum(len(batch.source) for batch in epoch(found, tokens)) == 1
