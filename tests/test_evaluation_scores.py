"""BLEU, chrF2++, TER and what is owed to chance, against what sacrebleu's own interface gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER
from sacrebleu.significance import PairedTest

from aligner import evaluation
from aligner.evaluation import METRICS, Settings, bootstrap, evaluate, metrics

REFERENCE = [
    "Президент прибыл в Бишкек с официальным визитом.",
    "Он встретился с премьер-министром и главой парламента.",
    "Стороны подписали семь соглашений.",
    "Товарооборот вырос на 15,5 процента.",
    "Ош шаарында жаңы мектеп ачылды.",
]
OTHER = [
    "В Бишкек с официальным визитом приехал президент.",
    "Состоялась его встреча с премьер-министром и спикером.",
    "Подписано семь соглашений.",
    "Торговля выросла на 15,5 %.",
    "Ошто жаңы мектеп ачылды.",
]
SYSTEM = [
    "Президент приехал в Бишкек с визитом.",
    "Он встретился с премьер-министром, главой парламента.",
    "Подписали стороны семь соглашения.",
    "",
    "Ош шаарында мектеп ачылды.",
]
BETTER = [*REFERENCE[:2], *SYSTEM[2:]]
TEXTS = st.lists(st.sampled_from(["ав", "аб", "ба", ".", "-", "?", "дом", "Дом"]), max_size=8).map(
    " ".join
)


def peers(sentence: bool = False) -> dict[str, BLEU | CHRF | TER]:
    return {
        "BLEU": BLEU(effective_order=sentence),
        "chrF2++": CHRF(word_order=2),
        "TER": TER(),
    }


def scores(*references: list[str] | list[str | None]) -> dict[str, tuple[float, str]]:
    [judged] = evaluate([SYSTEM], references)
    return {name: (one.value, one.signature) for name, one in judged.scores.items()}


@pytest.mark.parametrize("references", [[REFERENCE], [REFERENCE, OTHER]])
def test_scores_and_signatures_are_those_of_sacrebleu(references: list[list[str]]) -> None:
    wanted = {}
    for name, peer in peers().items():
        score = peer.corpus_score(SYSTEM, references)
        assert score.name == name
        wanted[name] = (pytest.approx(score.score), str(peer.get_signature()))
    assert scores(*references) == wanted


def test_chrf_alone() -> None:
    [judged] = evaluate([SYSTEM], [REFERENCE])
    assert evaluation.chrf(SYSTEM, REFERENCE) == judged.scores[evaluation.CHRF].value


def test_a_reference_may_lack_segments() -> None:
    some = [None if n == 1 else text for n, text in enumerate(OTHER)]
    wanted = {
        name: pytest.approx(peer.corpus_score(SYSTEM, [REFERENCE, some]).score)  # type: ignore[list-item]
        for name, peer in peers().items()
    }
    found = scores(REFERENCE, some)
    assert {name: value for name, (value, _) in found.items()} == wanted
    assert all("nrefs:var" in signature for _, signature in found.values())


def test_many_segments_are_counted_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = scores(REFERENCE, OTHER)
    varied = scores(REFERENCE, [None, *OTHER[1:]])
    monkeypatch.setattr(metrics, "_TOGETHER", 2)
    assert scores(REFERENCE, OTHER) == whole
    # In each piece but the first the number of references is the same.
    assert scores(REFERENCE, [None, *OTHER[1:]]) == varied


@given(st.lists(st.tuples(TEXTS, TEXTS.filter(bool)), min_size=1, max_size=4))
def test_segments_are_scored_as_sacrebleu_does(pairs: list[tuple[str, str]]) -> None:
    system, reference = [one for one, _ in pairs], [other for _, other in pairs]
    [judged] = evaluate([system], [reference])
    assert [dict(one) for one in judged.segments] == [
        {
            name: pytest.approx(peer.sentence_score(one, [other]).score)
            for name, peer in peers(sentence=True).items()
        }
        for one, other in pairs
    ]


@pytest.mark.parametrize("tokenize", evaluation.TOKENIZERS)
def test_ways_to_part_words_need_nothing_else(tokenize: str) -> None:
    [judged] = evaluate([SYSTEM], [REFERENCE], Settings(tokenize))
    wanted = BLEU(tokenize=tokenize).corpus_score(SYSTEM, [REFERENCE]).score
    assert judged.scores["BLEU"].value == pytest.approx(wanted)


def test_intervals_and_probabilities_are_those_of_sacrebleu(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Thirty segments, so that all resamples of one system differ.
    chance = np.random.default_rng(5)
    reference = REFERENCE * 6
    noisy = [" ".join(chance.permutation(text.split())) for text in reference]
    slightly = [text if n % 7 else noisy[n] for n, text in enumerate(SYSTEM * 6)]
    named = [("a", SYSTEM * 6), ("b", noisy), ("c", slightly)]
    monkeypatch.setenv("SACREBLEU_SEED", "7")
    _, wanted = PairedTest(named, peers(), [reference], test_type="bs", n_samples=200)()
    settings = Settings(resamples=200, seed=7)
    judged = evaluate([texts for _, texts in named], [reference], settings)
    for name in METRICS:
        for one, peer in zip(judged, wanted[name], strict=True):
            score = one.scores[name]
            assert score.value == pytest.approx(peer.score)
            assert score.interval
            low, high = score.interval
            assert (high - low) / 2 == pytest.approx(peer.ci, rel=1e-4)
            assert (score.change and score.change.p) == peer.p_value
            assert "|bs:200|seed:7|" in score.signature
    changes = [one.scores["chrF2++"].change for one in judged]
    assert changes[0] is None
    assert changes[1]
    assert changes[1].by == pytest.approx(wanted["chrF2++"][1].score - wanted["chrF2++"][0].score)


def test_what_does_not_differ_does_so_by_chance() -> None:
    _, same, better = evaluate([SYSTEM, SYSTEM, BETTER], [REFERENCE], Settings(resamples=100))
    assert {one.change for one in same.scores.values()} == {evaluation.Change(0.0, 1.0)}
    change = better.scores["TER"].change
    assert change
    assert change.by < 0
    assert change.p < 1


def test_one_segment_is_not_drawn_anew() -> None:
    _, judged = evaluate([["а б"], ["а в"]], [["а в"]], Settings(resamples=100))
    assert judged.scores["BLEU"].interval is None
    assert "bs:" not in judged.scores["BLEU"].signature


def test_the_seed_decides() -> None:
    def intervals(seed: int) -> list[object]:
        [judged] = evaluate([SYSTEM * 8], [REFERENCE * 8], Settings(resamples=50, seed=seed))
        return [one.interval for one in judged.scores.values()]

    assert intervals(1) == intervals(1) != intervals(2)


def test_interval_leaves_out_a_fortieth_on_either_side() -> None:
    assert bootstrap.interval(np.arange(1000.0)[::-1]) == (25.0, 974.0)
    assert bootstrap.interval(np.array([3.0])) == (3.0, 3.0)
