from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import ctranslate2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aligner import languages
from aligner.engines import Settings, Translation, argos
from aligner.engines.argos import ArgosEngine, load_tokenizer, load_translator
from aligner.engines.packages import find, read, starters
from aligner.errors import ModelError, PackageError

Make = Callable[..., Path]

OWN = ["text", "sentencepiece", "bpe"]  # three generations of packages
REAL = [
    "translate-en_az-1_5",
    "translate-en_ru-1_9",
    "translate-ru_en-1_9",
    "translate-en_cs-1_9_6",
]
SENTENCES = [
    "The presidents met in Bishkek on Thursday.",
    "Trade grew.",
    "Officials said that they signed seven documents; nobody said which.",
    "Yes",
    "Write news, and more news!",
]


def engine(folder: Path, **options: Any) -> ArgosEngine:
    return ArgosEngine(read(folder), Settings(**{"threads": 1, **options}))


def starter(target: str, **options: Any) -> ArgosEngine:
    return ArgosEngine(find("en", target)[0], Settings(**{"threads": 1, **options}))


def one_by_one(engine: ArgosEngine, sentences: Iterable[str], **how: Any) -> list[Translation]:
    return [made for [made] in engine.translate([[sentence] for sentence in sentences], **how)]


class Spy:
    """A CTranslate2 translator that keeps what it is asked."""

    def __init__(self, translator: Any) -> None:
        self.translator = translator
        self.tokens: list[list[str]] = []

    def translate_batch(self, tokens: list[list[str]], **options: Any) -> Any:
        self.tokens += tokens
        return self.translator.translate_batch(tokens, **options)


@pytest.fixture
def spies(monkeypatch: pytest.MonkeyPatch) -> list[Spy]:
    """All translators that are loaded from now on."""
    spies: list[Spy] = []

    def load(*args: Any) -> Spy:
        spies.append(Spy(load_translator(*args)))
        return spies[-1]

    monkeypatch.setattr(argos, "load_translator", load)
    return spies


def raw(folder: Path, sentences: Sequence[str], **options: Any) -> list[list[str]]:
    """The tokens that CTranslate2 itself makes of each sentence."""
    model, tokenizer = read(folder), load_tokenizer(folder)
    prefix = [model.target_prefix] if model.target_prefix else []
    letters = languages.get(model.target).letters
    translator = load_translator(folder, letters=letters, prefix=model.target_prefix)
    return [
        translator.translate_batch(
            [tokens],
            target_prefix=[prefix] if prefix else None,
            beam_size=4,
            length_penalty=argos.LENGTH_PENALTY,
            max_decoding_length=3 * len(tokens) + 24,
            replace_unknowns=True,
            use_vmap=bool(letters),
            **options,
        )[0].hypotheses[0][len(prefix) :]
        for tokens in map(tokenizer.encode, sentences)
    ]


# Tokenisers


@pytest.mark.parametrize(
    "text",
    [
        "The presidents met in Bishkek.",
        "some_snake_case and __init__",
        "{name} {{ x }} %s, ${user_name}?",
        "Writes: a.b_c@example.org",
        "1,000.5",
    ],
)
@pytest.mark.parametrize("package", ["translate-en_az-1_5", "translate-en_ru-1_9", "starter"])
def test_sentencepiece_keeps_all(package: str, text: str, request: pytest.FixtureRequest) -> None:
    if package == "starter":
        folder = starters()[0].folder
    else:
        folder = request.getfixturevalue("shared") / "data" / "argos-packages" / package
    tokenizer = load_tokenizer(folder)
    assert tokenizer.decode(tokenizer.encode(text)) == text


@pytest.fixture
def bpe(shared: Path) -> argos.Tokenizer:
    return load_tokenizer(shared / "data" / "argos-packages" / "translate-en_cs-1_9_6")


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Don't!", "Don &apos;t !"),
        ("“A & B”", "&quot; A &amp; B &quot;"),
        ("the president said so.", "the president said so ."),
    ],
)
def test_bpe_encodes(text: str, tokens: str, bpe: argos.Tokenizer) -> None:
    assert " ".join(bpe.encode(text)).replace("@@ ", "") == tokens


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ("Ř@@ ekl : &quot; A &amp; B &quot; .", 'Řekl: "A & B".'),
        ("Marx &apos; s", "Marx 's"),
        ("some@@ _@@ name", "some_name"),
    ],
)
def test_bpe_decodes(tokens: str, text: str, bpe: argos.Tokenizer) -> None:
    assert bpe.decode(tokens.split()) == text


@pytest.mark.parametrize("package", REAL)
def test_tokens_are_in_the_vocabulary(package: str, shared: Path) -> None:
    folder = shared / "data" / "argos-packages" / package
    [file] = (folder / "model").glob("shared_vocabulary.*")
    text = file.read_text(encoding="utf-8")
    known = json.loads(text) if file.suffix == ".json" else text.split("\n")
    sentence = "Don't: the president (of Kyrgyzstan) said that trade grew by 15.5%."
    if package.startswith("translate-ru"):
        sentence = "Президент (Кыргызстана) сказал, что торговля выросла на 15,5 %."
    assert set(load_tokenizer(folder).encode(sentence)) <= set(known)


@pytest.mark.parametrize("name", ["sentencepiece.model", "bpe.model"])
def test_broken_tokeniser(name: str, random_package: Make) -> None:
    folder = random_package("bpe" if name == "bpe.model" else "sentencepiece")
    (folder / name).write_bytes(b"\xff\x00 nonsense")
    with pytest.raises(PackageError, match="no tokeniser that works"):
        load_tokenizer(folder)


# Translation


@pytest.mark.parametrize("kind", [*OWN, *REAL])
def test_equals_raw_ctranslate2(kind: str, random_package: Make, spies: list[Spy]) -> None:
    folder = random_package(kind)
    made = one_by_one(engine(folder), SENTENCES)
    assert [list(translation.tokens) for translation in made] == raw(folder, SENTENCES)
    # Whether </s> ends a source is for the model's config.json to say.
    assert spies[0].tokens == [load_tokenizer(folder).encode(sentence) for sentence in SENTENCES]


@pytest.mark.parametrize("target", ["ru", "ky"])
def test_starter_equals_raw_ctranslate2(target: str) -> None:
    ours = starter(target)
    tokens = raw(ours.model.folder, SENTENCES)
    made = one_by_one(ours, SENTENCES)
    assert [list(translation.tokens) for translation in made] == tokens
    decode = load_tokenizer(ours.model.folder).decode
    assert [translation.text for translation in made] == [
        decode(one).rstrip("" if sentence.endswith((".", "!")) else ".")
        for sentence, one in zip(SENTENCES, tokens, strict=True)
    ]


@pytest.mark.parametrize("kind", OWN)
def test_prefix_is_not_in_the_output(kind: str, random_package: Make) -> None:
    folder = random_package(kind, pair=("en", "az"), target_prefix="<2az>")
    made = one_by_one(engine(folder), SENTENCES)
    assert [list(translation.tokens) for translation in made] == raw(folder, SENTENCES)
    assert not any("2az" in translation.text for translation in made)


@pytest.mark.parametrize("kind", ["text", "sentencepiece"])
def test_prefix_and_shortlist(kind: str, random_package: Make) -> None:
    """Where the prefix is the last of the vocabulary, and the target's alphabet is known."""
    folder = random_package(kind, target_prefix="<2ru>")
    assert all(made.tokens for made in one_by_one(engine(folder), SENTENCES))


@pytest.mark.parametrize("target", ["ru", "ky"])
def test_whole_documents(target: str) -> None:
    """In batches, whatever their order, as one by one."""
    sentences = [
        f"The {what} met in {place}."
        for what in ("presidents", "delegations of both")
        for place in ("Bishkek", "May", "the old capital of the country", "2025")
    ]
    ours = starter(target, threads=2)
    plan = ours.plan(sentences)
    assert sorted(index for batch in plan for index in batch) == list(range(len(sentences)))
    alone = one_by_one(ours, sentences)
    for order in (plan, plan[::-1]):
        for batch, made in zip(
            order, ours.translate([[sentences[i] for i in batch] for batch in order]), strict=True
        ):
            assert [one.text for one in made] == [alone[i].text for i in batch]


@given(lengths=st.lists(st.integers(0, argos.LONGEST_PIECE), max_size=60))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_plan(lengths: list[int], ru: ArgosEngine) -> None:
    sentences = ["no " * length for length in lengths]
    plan = ru.plan(sentences)
    assert sorted(index for batch in plan for index in batch) == list(range(len(sentences)))
    costs = [ru.cost(sentence) for sentence in sentences]
    assert [costs[batch[0]] for batch in plan] == sorted(
        (max(costs[i] for i in b) for b in plan), reverse=True
    )
    for batch in plan:
        longest = max(costs[i] for i in batch)
        assert len(batch) == 1 or len(batch) * longest <= argos.BATCH_TOKENS


@pytest.fixture(scope="module")
def ru() -> ArgosEngine:
    return ArgosEngine(next(m for m in starters() if m.target == "ru"), Settings(threads=1))


# Scores


@pytest.mark.parametrize("beam", [1, 4])
@pytest.mark.parametrize("prefix", ["", "<2az>"])
def test_scores_are_those_of_ctranslate2(beam: int, prefix: str, random_package: Make) -> None:
    """A mean over the tokens and </s>, the prefix left out."""
    folder = random_package("bpe", pair=("en", "az"), target_prefix=prefix, width=32, seed=2)
    translator = ctranslate2.Translator(str(folder / "model"))
    made = one_by_one(engine(folder, beam=beam), SENTENCES)
    for sentence, translation in zip(SENTENCES, made, strict=True):
        source = load_tokenizer(folder).encode(sentence)
        target = [prefix, *translation.tokens] if prefix else list(translation.tokens)
        [scored] = translator.score_batch([source], [target])
        steps = scored.log_probs[1:] if prefix else scored.log_probs
        stopped = "repetition: the model did not come to an end" in translation.issues
        if stopped:  # without </s>, which we count all the same
            steps = steps[:-1]
        assert 0 < translation.score <= 1
        mean = sum(steps) / len(steps)
        assert math.log(translation.score) == pytest.approx(mean, rel=0.05 if stopped else 1e-3)


# What is asked of a model that has written already


@pytest.fixture(params=[*OWN, "starter"])
def any_engine(
    request: pytest.FixtureRequest, random_package: Make, ru: ArgosEngine
) -> ArgosEngine:
    if request.param == "starter":
        return ru
    return engine(random_package(request.param, pair=("en", "az"), target_prefix="<2az>"))


def test_alignment(any_engine: ArgosEngine) -> None:
    targets = [made.text for made in one_by_one(any_engine, SENTENCES)]
    for source, target, found in zip(
        SENTENCES, targets, any_engine.align(SENTENCES, targets), strict=True
    ):
        assert len(found.weights) == len(found.target)
        assert {len(row) for row in found.weights} <= {len(found.source)}
        assert all(min(row) >= 0 and sum(row) <= 1.001 for row in found.weights)
        for text, spans in ((source, found.source), (target, found.target)):
            assert list(spans) == sorted(spans)
            assert all(0 <= start <= stop <= len(text) for start, stop in spans)


def test_alignment_of_the_starter(ru: ArgosEngine) -> None:
    source = "Vladimir Putin has arrived in Kyrgyzstan on an official visit."
    target = "Владимир Путин прибыл в Кыргызстан с официальным визитом."
    [found] = ru.align([source], [target])
    word = target.index("Кыргызстан")
    row = found.weights[[start for start, _ in found.target].index(word)]
    start, stop = found.source[row.index(max(row))]
    assert source[start:stop] in "Kyrgyzstan"


def test_scores_of_texts_given(ru: ArgosEngine) -> None:
    source = "The president arrived in Bishkek."
    right, wrong = "Президент прибыл в Бишкек.", "Президента прибыл в Бишкеком."
    good, bad = ru.score([source] * 2, [right, wrong])
    assert sum(good) > sum(bad)
    assert all(one <= 0 for one in good)
    assert len(good) == ru.cost(right) + 1  # </s>


def test_completion(any_engine: ArgosEngine) -> None:
    beginnings = [made.text[: len(made.text) // 2] for made in one_by_one(any_engine, SENTENCES)]
    for beginning, found in zip(
        beginnings, any_engine.complete(SENTENCES, beginnings, 2), strict=True
    ):
        assert len(found) == 2
        for text in found:
            assert text.replace(" ", "").startswith(beginning.replace(" ", ""))


def test_completion_goes_on_from_the_beginning(ru: ArgosEngine) -> None:
    source = "Sadyr Japarov arrived in Bishkek."
    [[text]] = ru.complete([source], ["Садыр Жапаров"])
    assert text.startswith("Садыр Жапаров ")
    assert "Бишкек" in text


def test_nothing_to_align_score_or_complete(ru: ArgosEngine) -> None:
    assert ru.align([], []) == ru.score([], []) == ru.complete([], []) == []


# What a model cannot take as it stands


@pytest.mark.parametrize("text", ["", " ", "\t\n\u00a0", "\u200b", "\ud800"])
def test_nothing(text: str, ru: ArgosEngine) -> None:
    assert one_by_one(ru, [text]) == [Translation("", 1.0)]


@pytest.mark.parametrize(
    "text", ["2025", "12 345,6 %", "—", "😀 👨‍👩‍👧", "https://a.kg", "{x}", "a@b.kg, %s"]
)
def test_no_prose_is_copied(text: str, ru: ArgosEngine) -> None:
    assert one_by_one(ru, [text]) == [Translation(text, 1.0)]


@given(text=st.text(st.characters() | st.sampled_from("ab {}%.,\0\x1b\ud800▁"), max_size=20))
@settings(
    deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text(text: str, ru: ArgosEngine) -> None:
    [made] = one_by_one(ru, [text])
    assert 0 < made.score <= 1
    made.text.encode()  # no half of a character is left


@pytest.mark.parametrize(
    "text",
    [
        "market " * 3000,
        "the market grew, and the road closed; " * 400,
        "The market (as they said) grew " * 600,
        "abc" * 1000,
    ],
)
def test_over_long(text: str, random_package: Make, spies: list[Spy]) -> None:
    """Every piece fits the model, and all of the text reaches it."""
    folder = random_package("sentencepiece")
    one_by_one(engine(folder, beam=1), [text])
    spy = spies[0]
    assert max(map(len, spy.tokens)) <= argos.LONGEST_PIECE
    decode = load_tokenizer(folder).decode
    assert "".join(map(decode, spy.tokens)).replace(" ", "") == text.replace(" ", "")


def test_over_long_translates_every_part(ru: ArgosEngine) -> None:
    """From beginning to end, but for the words that a small model leaves out."""
    text = "; ".join(
        f"in {year} the president of the country arrived" for year in range(1900, 2000)
    )
    [made] = one_by_one(ru, [text])
    decades = Counter(year[:3] for year in re.findall(r"19\d\d", made.text))
    assert min(decades[f"19{digit}"] for digit in range(10)) >= 5
    assert made.text.count("президент") >= 50


def test_careful_keeps_what_is_protected(ru: ArgosEngine) -> None:
    text = "Write to a.b@c.kg, {user_name} or %s: {{ x }}, https://a.kg/1?b=2."
    [made] = one_by_one(ru, [text], careful=True)
    assert made.issues == ()
    assert "a.b@c.kg," in made.text
    assert made.text.endswith("https://a.kg/1?b=2.")


# Devices and broken packages


@pytest.mark.skipif(ctranslate2.get_cuda_device_count() > 0, reason="needs a machine without CUDA")
def test_no_cuda() -> None:
    with pytest.raises(ModelError, match="no CUDA device") as caught:
        starter("ru", device="cuda")
    assert not isinstance(caught.value, PackageError)
    assert "--device" in caught.value.hint


def test_any_device() -> None:
    assert one_by_one(starter("ru", device="auto"), SENTENCES[:1])[0].text


@pytest.mark.parametrize("kind", OWN)
def test_broken_model(kind: str, random_package: Make) -> None:
    folder = random_package(kind)
    (folder / "model" / "model.bin").write_bytes(b"")
    with pytest.raises(PackageError, match="cannot be loaded") as caught:
        engine(folder)
    assert str(folder) in str(caught.value)


def test_no_vocabulary(random_package: Make) -> None:
    folder = random_package()
    (folder / "model" / "shared_vocabulary.json").unlink()
    with pytest.raises(PackageError, match="vocabulary"):
        engine(folder)
