"""The measuring itself: errors are planted as it is said, and counted rightly."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from aligner import checking
from aligner.formats import termbases
from aligner.quality import Finding, Pair, Severity
from aligner.records import CodeKind
from aligner.route import Terms
from aligner.terminology.termbase import Termbase

ROOT = Path(__file__).parents[1]
PAIR = Pair(
    "The minister did not go to Bishkek on 12 May. He met the press here.",
    "Министр не поехал в Бишкек 12 мая. Он встретился с прессой здесь.",
    "en",
    "ru",
)
NEXT = Pair("Prices rose in March.", "Цены выросли в марте.", "en", "ru")
Load = Callable[[str], ModuleType]


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Load:
    """Import a benchmark by its name."""
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    return import_module


@pytest.fixture(scope="module")
def terms() -> Terms:
    return Terms(Termbase(termbases.read(ROOT / "glossaries" / "central-asia.csv")))


def case(load: Load, terms: Terms, pair: Pair = PAIR) -> Any:
    return load("planting").Case(pair, (NEXT,), (pair, NEXT), "Министр Бишкекке барган жок.", terms)


@pytest.mark.parametrize(
    ("harm", "lang", "text", "possible"),
    [
        ("number_lost", "ru", "Это 5 лет назад", {"Это лет назад"}),
        ("digit_lost", "ru", "в 25", {"в 2", "в 5", "в 225", "в 255"}),
        ("decimal_shifted", "ru", "рост 3,5", {"рост 35", "рост 0,35"}),
        ("thousandfold", "ru", "5 000 сомов", {"5 сомов", "5 000 000 сомов"}),
        ("thousandfold", "ru", "около 5 сомов", {"около 5 000 сомов"}),
        ("thousandfold", "ru", "в 2025 году, 3,5", {None}),
        ("percent_lost", "ky", "15 пайызга өстү", {"15 өстү"}),
        ("scale_changed", "ru", "5 млрд", {"5 млн"}),
        ("scale_changed", "ky", "беш миң", {"беш миллион"}),
        ("month_changed", "ru", "в марте", {"в августе"}),
        ("month_changed", "ru", "мартышка", {None}),
        ("year_changed", "ru", "в 2025", {f"в {n}" for n in (2015, 2023, 2024, 2026, 2027, 2035)}),
        ("weekday_changed", "ru", "в среду", {"в пятницу", "в субботу"}),
        ("weekday_changed", "ru", "посреди", {None}),
        ("number_word_changed", "ru", "две и три", {"две и два", "две и четыре"}),
        ("ordinal_changed", "ky", "5-орун", {"6-орун", "7-орун", "15-орун"}),
        ("negation_lost", "ru", "Не был", {"Был"}),
        ("negation_lost", "ru", "не только он", {None}),
        ("negation_lost", "ky", "ал келбеди", {"ал келди"}),
        ("negation_lost", "ky", "ал айтпаган", {"ал айткан"}),
        ("negation_lost", "ky", "ал барбайт", {"ал барат"}),
        ("negation_lost", "ky", "суу жок.", {"суу."}),
        ("negation_added", "ru", "он говорил", {"он не говорил"}),
        ("negation_added", "ru", "он не говорил", {None}),
        ("negation_added", "ky", "ал келди.", {"ал келбеди."}),
        ("negation_added", "ky", "ал барат.", {"ал барбайт."}),
        ("negation_added", "ky", "ал айткан.", {"ал айткан эмес.", "ал айткан жок."}),
        ("look_alike", "ru", "см", {"cм"}),
        ("transliterated", "ru", "щука", {"shchuka"}),
        ("russian_letters", "ky", "күн", {"кун"}),
        ("russian_letters", "ru", "кун", {None}),
        ("end_changed", "ru", "Да?", {"Да."}),
        ("end_lost", "ru", "Да.", {"Да"}),
        ("end_lost", "ru", "«Да».", {None}),
        ("double_space", "ru", "о нём", {"о  нём"}),
        ("capital_lost", "ru", "Он.", {"он."}),
        ("name_without_capital", "ru", "город Бишкек", {"город бишкек"}),
        ("word_doubled", "ru", "он в Оше", {"он в в Оше"}),
        ("half_lost", "ru", "а б в", {None}),
    ],
)
def test_a_text_is_harmed_as_said(
    load: Load, harm: str, lang: str, text: str, possible: set[str | None]
) -> None:
    function = getattr(load("planting_text"), harm, None) or getattr(load("planting_numbers"), harm)
    assert {function(text, lang, Random(seed)) for seed in range(60)} == possible


def test_a_sentence_is_lost_or_doubled_in_a_unit_of_two(load: Load, terms: Terms) -> None:
    planting = load("planting")
    one, two = PAIR.target, NEXT.target
    for name, possible in {
        "sentence_lost": {one, two},
        "sentence_doubled": {f"{one} {one} {two}", f"{one} {two} {two}"},
    }.items():
        plant = getattr(planting, name)
        made = [plant(case(load, terms), Random(seed)) for seed in range(20)]
        assert {each.clean[0].source for each in made} == {f"{PAIR.source} {NEXT.source}"}
        assert {each.harmed[0].target for each in made} == possible


def test_a_term_of_the_glossary_gives_way_to_another(load: Load, terms: Terms) -> None:
    planted = load("planting").term_replaced(case(load, terms), Random(1))
    [harmed] = planted.harmed
    assert planted.clean == (PAIR,)
    assert "Бишкек" not in harmed.target


def test_tags_are_right_before_and_wrong_after(load: Load, terms: Terms) -> None:
    planting = load("planting")
    for seed in range(10):
        planted = planting.tags_crossed(case(load, terms), Random(seed))
        kinds = [code.kind for code in planted.clean[0].target_codes]
        assert kinds == [
            CodeKind.OPEN,
            CodeKind.OPEN,
            CodeKind.CLOSE,
            CodeKind.CLOSE,
            CodeKind.ALONE,
        ]
        assert planted.harmed[0].target_codes != planted.clean[0].target_codes
        lost = planting.tag_lost(case(load, terms), Random(seed))
        assert len(lost.harmed[0].target_codes) == len(lost.clean[0].target_codes) - 1


def test_every_kind_can_be_planted_and_changes_only_the_translation(
    load: Load, terms: Terms
) -> None:
    checks = load("checks")
    sets = list(load("clean_pairs").corpus_sets())
    made = list(checks.plant(sets, terms, len(checks.KINDS), seed=3))
    assert {kind for kind, _, _ in made} >= checks.KINDS.keys() - {"misspelt"}  # wants hunspell
    for kind, _, planted in made:
        assert planted.clean != planted.harmed, kind
        assert [one.source for one in planted.clean] == [one.source for one in planted.harmed]
        assert all(one.target for one in planted.harmed), kind


def test_the_same_seed_plants_the_same(load: Load, terms: Terms) -> None:
    checks = load("checks")
    sets = list(load("clean_pairs").corpus_sets())
    one, other, third = (list(checks.plant(sets, terms, 20, seed)) for seed in (1, 1, 2))
    assert one == other != third


def test_a_check_that_means_a_kind_is_there(load: Load) -> None:
    known = checking.ids().keys()
    for name, kind in load("checks").KINDS.items():
        assert known & set(kind.checks), name


def finding(check: str, message: str = "") -> Finding:
    return Finding(check, Severity.ERROR, message)


def test_only_what_is_new_counts(load: Load) -> None:
    old, new, moved = finding("numbers", "3"), finding("numbers", "4"), finding("script")
    assert load("checks")._new([[old], [moved]], [[old, new, moved], [moved]]) == (new, moved)


def test_figures_by_kind(load: Load) -> None:
    checks, planting = load("checks"), load("planting")
    planted = planting.Planted((PAIR,), (NEXT,))
    judged = [
        checks.Judged("year", "dev", planted, found)
        for found in [(finding("numbers"),), (finding("script"),), ()]
    ]
    assert checks.figures(judged) == {"year": {"planted": 3, "meant": 1, "any": 2}}


def test_what_is_wrong_is_found_and_what_is_right_is_not(load: Load, terms: Terms) -> None:
    checks, planting = load("checks"), load("planting")
    wrong = Pair(PAIR.source, PAIR.target.replace("12", "13"), "en", "ru")
    planted = [("day", "dev", planting.Planted((PAIR,), (wrong,)))]
    [judged] = checks.judge(planted, terms.termbase.concepts)
    assert judged.meant
    clean = checks.clean_figures(
        load("clean_pairs").Set("dev en-ru", (PAIR, wrong), (None, None)), ()
    )
    assert (clean["units"], clean["severity"][Severity.ERROR]) == (2, 1)


def test_spearman_goes_by_ranks(load: Load) -> None:
    spearman = load("confidence").spearman
    values = np.array([1.0, 2.0, 3.0, 4.0])
    assert spearman(values, np.exp(values)) == pytest.approx(1)
    assert spearman(values, -(values**3)) == pytest.approx(-1)
    # Ties have the mean of their ranks, 1.5 and 3.5: the correlation is 2/√5.
    assert spearman(values, np.array([0, 0, 1, 1])) == pytest.approx(2 / 5**0.5)


def test_the_fit_finds_weights_again(load: Load) -> None:
    confidence = load("confidence")
    features = np.random.default_rng(1).normal(size=(500, 3))
    quality = 1 / (1 + np.exp(-(0.5 + features @ [1.0, -2.0, 0.25])))
    for terms in (np.zeros(500), np.linspace(0, 0.9, 500)):
        mixed = confidence.TERM * terms + (1 - terms) * quality
        measured = confidence.Measured("x", features, terms, mixed, mixed)
        assert confidence.fit([measured]) == pytest.approx([0.5, 1.0, -2.0, 0.25], abs=0.01)
    assert confidence.error(quality, quality) == pytest.approx(0)
    assert confidence.error(quality * 0, quality) == pytest.approx(quality.mean())
