"""Texts aligned and made into units; with the starter models, and without."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from aligner.align import Aligned, Method, align
from aligner.align.entries import KIND, PROBABILITY, SEGMENTS, beads, bundle
from aligner.align.texts import Text, read
from aligner.alignment.bead import Bead
from aligner.alignment.join import Pair, join
from aligner.records import Kind

DATA = Path(__file__).parent / "data" / "alignment"
PATHS = [str(DATA / f"lake.{lang}.txt") for lang in ("en", "ru", "ky")]
AS_IT_IS = Method(translate=False)
_NAMES = [
    f"{one}{other}"
    for one in ("apple", "bridge", "candle", "dragon")
    for other in ("forest", "hammer", "island", "kettle", "mirror", "orange", "ribbon", "zebra")
]


def text(lang: str, *sentences: str) -> Text:
    ids = tuple(f"{number}.1" for number in range(1, len(sentences) + 1))
    places = tuple(range(len(sentences)))
    return Text(f"a.{lang}", lang, sentences, ids, places, len(sentences))


def joined(texts: list[Text], *pairs: Pair) -> Aligned:
    groups = join([len(one.sentences) for one in texts], pairs)
    each = len(pairs)
    return Aligned(
        tuple(texts),
        pairs,
        tuple(groups),
        related=(1.0,) * each,
        models=((),) * each,
        compared=(((), ()),) * each,
        moved=((),) * each,
    )


@pytest.mark.parametrize("translate", [True, False])
def test_three_texts(translate: bool) -> None:
    aligned = align(read(PATHS), Method(translate=translate))
    assert [(pair.first, pair.second) for pair in aligned.pairs] == [(0, 1), (0, 2), (1, 2)]
    units = {group.sides for group in aligned.groups}
    assert {
        ((1, 2), (1,), (1, 2)),  # the Russian text says it in one sentence
        ((4,), (3,), (4,)),
        ((6,), (5,), (6,)),
        ((7,), (6, 7), (7,)),  # and this in two
    } <= units
    assert aligned.unrelated() == []


def test_the_models_that_translated_are_told() -> None:
    told: list[tuple[str, int, int]] = []
    aligned = align(read(PATHS), progress=lambda *one: told.append(one))
    names = [[model.name for model in models] for models in aligned.models]
    ru, ky = "translate-en_ru-0_2", "translate-en_ky-0_2"
    assert names == [[ru], [ky], []]
    assert [one for one in told if one[1] == one[2]] == [("en → ru", 8, 8), ("en → ky", 8, 8)]
    assert dict(bundle(aligned).header.props) == {
        "x-model-en-ru": ru,
        "x-model-en-ky": ky,
    }


def test_a_model_for_the_other_direction_serves() -> None:
    ru, en = read([PATHS[1], PATHS[0]])
    aligned = align([ru, en])
    assert [model.name for model in aligned.models[0]] == ["translate-en_ru-0_2"]
    assert Bead((6, 7), (7,)) in [replace(bead, probability=1.0) for bead in aligned.pairs[0].beads]


def test_ready_translation_is_taken() -> None:
    en, ru = text("en", "One.", "Two.", "Three."), text("ru", "Пятница.", "Вторник.")
    mt = ("Суббота.", "Пятница.", "Вторник.")
    aligned = align([en, ru], Method(ready={(0, 1): mt}))
    assert {((1,), (0,)), ((2,), (1,))} <= {group.sides for group in aligned.groups}
    assert aligned.models == ((),)


def test_texts_that_have_nothing_to_do_with_each_other() -> None:
    putin = str(Path(__file__).parents[1] / "seeds" / "putin-visit-kyrgyzstan.txt")
    en, ru, other = read([PATHS[0], PATHS[1], putin], ["en", "ru", "en"])
    aligned = align([en, ru, other], AS_IT_IS)
    assert aligned.unrelated() == [other]


def test_of_a_few_sentences_nothing_can_be_told() -> None:
    en, ru = text("en", "The president came."), text("ru", "Президент приехал.")
    assert align([en, ru], AS_IT_IS).unrelated() == []
    assert align([en, ru], Method(ready={(0, 1): ["Президент прибыл."]})).unrelated() == []
    assert align([en, ru], Method(ready={(0, 1): ["Спасибо, хорошо."]})).unrelated() == []
    assert align([en, text("ru", *"АБВГДЕЖЗ")], AS_IT_IS).unrelated() != []


def test_the_same_text_twice() -> None:
    [one] = read(PATHS[:1] * 2)[:1]
    aligned = align([one, one])
    assert [group.sides for group in aligned.groups] == [((i,), (i,)) for i in range(8)]


def test_one_sentence_against_a_hundred_and_a_very_long_one() -> None:
    one = text("en", "The water level of Lake Issyk-Kul has fallen by 3 metres since 1927.")
    many = text(
        "ru", *(f"В {year} году озеро Иссык-Куль было глубже." for year in range(1900, 2000))
    )
    aligned = align([one, many], AS_IT_IS)
    assert sorted(i for group in aligned.groups for i in group.sides[1]) == [*range(100)]
    long = text("ky", "Ысык-Көл 1927 " * 3600)
    assert len(long.sentences[0]) > 50_000
    assert align([one, long, many], AS_IT_IS).groups


def test_entries() -> None:
    texts = [text("en", "A.", "B.", "C."), text("ru", "А.", "Б."), text("ky", "БК.", "Х.")]
    aligned = joined(
        texts,
        Pair(0, 1, [Bead((0, 1), (0,), 0.9), Bead((2,), (), 0.6), Bead((), (1,), 0.6)]),
        Pair(0, 2, [Bead((0, 1), (0,), 0.7), Bead((2,), (), 0.6), Bead((), (1,), 0.6)]),
        Pair(1, 2, [Bead((0,), (0,), 0.8), Bead((1,), (1,), 0.5)]),
    )
    whole, pair = bundle(aligned).entries
    assert [(one.lang, one.text) for one in whole.variants] == [
        ("en", "A. B."),
        ("ru", "А."),
        ("ky", "БК."),
    ]
    assert (whole.tuid, whole.source_lang) == ("a:1", "en")
    assert whole.props == ((PROBABILITY, "0.8000"), (SEGMENTS, "en 1.1 2.1; ru 1.1; ky 1.1"))
    assert ([one.lang for one in pair.variants], pair.source_lang) == (["ru", "ky"], "")
    kept = [*bundle(aligned, keep_unaligned=True).entries]
    assert [len(entry.variants) for entry in kept] == [3, 2, 1]
    assert kept[-1].props == ((SEGMENTS, "en 3.1"),)


def test_kinds_in_which_the_texts_agree() -> None:
    one, other = (
        replace(text(lang, "A.", "B.", "C."), kinds=(Kind.HEADING, *kinds))
        for lang, kinds in (("en", [Kind.BODY, Kind.BODY]), ("ru", [Kind.BODY, Kind.CAPTION]))
    )
    beads = [Bead((i,), (i,)) for i in range(3)]
    kinds = [
        [dict(entry.props).get(KIND) for entry in bundle(joined(both, Pair(0, 1, beads))).entries]
        for both in ([one, other], [one, text("ru", "A.", "B.", "C.")])
    ]
    assert kinds == [["heading", "body", None], [None, None, None]]


def test_a_text_is_translated_once_for_all_in_one_language() -> None:
    en, ru, _ = read(PATHS)
    told: list[tuple[str, int, int]] = []
    align([en, ru, replace(ru, name="b.ru")], progress=lambda *one: told.append(one))
    assert [one for one in told if one[1] == one[2]] == [("en → ru", 8, 8)]


def test_a_moved_passage() -> None:
    source = [f"The {name} of the village number {i}." for i, name in enumerate(_NAMES)]
    target = [f"{name} айыл {i}." for i, name in enumerate(_NAMES)]
    texts = [text("en", *source), text("ky", *target[20:], *target[:20])]
    mt = {(0, 1): target}
    left = align(texts, Method(ready=mt))
    [passage] = left.moved[0]
    assert (passage.source, passage.target) == (tuple(range(20, 32)), tuple(range(12)))
    assert not any(bead.source >= (20,) and bead.target for bead in left.pairs[0].beads)
    whole = align(texts, Method(ready=mt, allow_moves=True))
    order = [group.sides for group in whole.groups]
    assert order == [((i,), ((i + 12) % 32,)) for i in range(32)]
    turned = align(texts[::-1], Method(ready={(1, 0): mt[0, 1]}, allow_moves=True))
    assert {group.sides[::-1] for group in turned.groups} == set(order)


def test_beads_count_the_lines_of_the_file() -> None:
    one = Text("a.en", "en", ("A.", "B."), ("1.1", "2.1"), (0, 2), 3)
    aligned = joined([one, text("ru", "А.")], Pair(0, 1, [Bead((0,), (), 0.25), Bead((1,), (0,))]))
    assert beads(aligned) == "[0]:[]:0.2500\n[2]:[0]:1.0000\n"
