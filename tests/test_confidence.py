"""How far a translation may be trusted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.quality import Severity, severity
from aligner.quality.confidence import TERM, WEIGHTS, Confidence, confidence, expected, features
from aligner.records import Origin, Outcome, Target, TermUse

SOURCE = "The president arrived in Bishkek on Tuesday and met the ministers of both countries."
TEXT = "Президент прибыл в Бишкек во вторник и встретился с министрами обеих стран."
MADE = Target(TEXT, Origin.MT, score=0.5)


def value(target: Target, source: str = SOURCE) -> float:
    found = confidence(source, target, "en", "ru")
    assert found is not None
    return found.value


@pytest.mark.parametrize("origin", [Origin.HUMAN, Origin.POST_EDITED])
def test_a_persons_text_has_none(origin: Origin) -> None:
    assert confidence(SOURCE, replace(MADE, origin=origin), "en", "ru") is None


def test_a_machines_text_without_a_score_has_none() -> None:
    assert confidence(SOURCE, replace(MADE, score=None), "en", "ru") is None


@pytest.mark.parametrize(
    ("match", "expected"),
    [(92, Confidence(0.92, "match 92 %")), (101, Confidence(1.0, "match 101 %")), (None, None)],
)
def test_a_memory_gives_the_rate_of_its_match(
    match: int | None, expected: Confidence | None
) -> None:
    target = Target(TEXT, Origin.TM, match=match)
    assert confidence(SOURCE, target, "en", "ru") == expected


@pytest.mark.parametrize(
    ("issues", "basis"),
    [
        ((), "decoder"),
        (("numbers: 3 is not in the translation",), "decoder, 1 issue"),
        (("numbers: 3 is not in the translation", "term: no form of «Ош»"), "decoder, 2 issues"),
    ],
)
def test_the_basis_says_what_it_was_told_from(issues: tuple[str, ...], basis: str) -> None:
    found = confidence(SOURCE, replace(MADE, issues=issues), "en", "ru")
    assert found is not None
    assert found.basis == basis


def test_what_has_nothing_to_translate_is_sure() -> None:
    copied = Target("https://cabar.asia", Origin.MT, score=1.0)
    assert confidence("https://cabar.asia", copied, "en", "ru") == Confidence(1.0, "copied")


def test_prose_that_was_copied_is_not() -> None:
    assert value(replace(MADE, text=SOURCE)) < 1.0


def test_an_empty_translation_is_worth_nothing() -> None:
    assert confidence(SOURCE, replace(MADE, text=" "), "en", "ru") == Confidence(0.0, "empty")


@pytest.mark.parametrize("check", ["untranslated", "wrong-script", "language"])
def test_what_is_no_translation_is_worth_nothing(check: str) -> None:
    target = replace(MADE, text=SOURCE, issues=(f"{check}: it is English",))
    assert confidence(SOURCE, target, "en", "ru") == Confidence(0.0, check)
    assert severity(check) is Severity.ERROR


@pytest.mark.parametrize(
    "worse",
    [
        replace(MADE, score=0.3),
        replace(MADE, text="Президент прибыл в Бишкек."),
        replace(MADE, text="Президент президент прибыл прибыл в в Бишкек, президент прибыл и и и."),
        replace(MADE, issues=("numbers: 3 is not in the translation",)),
        replace(MADE, issues=("negation-lost: a negation is lost",)),
    ],
    ids=["score", "short", "stutter", "error", "warning"],
)
def test_what_speaks_against_a_translation(worse: Target) -> None:
    assert value(worse) < value(MADE)


def test_a_term_that_was_put_in_speaks_for_it() -> None:
    use = TermUse("bishkek", "Bishkek", "Бишкек", Outcome.FORCED)
    assert value(replace(MADE, terms=(use,))) > value(MADE)
    missing = replace(use, outcome=Outcome.MISSING)
    assert value(replace(MADE, terms=(missing,))) == value(MADE)


def test_a_text_that_is_all_terms_goes_by_them() -> None:
    name = "Сейтек Качкынбай"
    use = TermUse("kachkynbai", "Seitek Kachkynbai", name, Outcome.FORCED)
    made = Target(f"{name}.", Origin.MT, score=0.01, terms=(use,))
    assert value(made, "Seitek Kachkynbai.") == pytest.approx(TERM, abs=0.1)
    assert value(replace(made, terms=()), "Seitek Kachkynbai.") < 0.1


@given(st.text(), st.text(), st.floats(0, 1), st.floats(0, 1))
def test_it_rises_with_the_score_whatever_the_text(
    source: str, text: str, one: float, other: float
) -> None:
    low, high = sorted((one, other))
    less, more = (
        confidence(source, Target(text, Origin.MT, score=score), "xx", "yy")
        for score in (low, high)
    )
    assert less is not None
    assert more is not None
    assert 0 <= less.value <= more.value <= 1


@given(st.text(min_size=1), st.floats(0, 1))
def test_there_is_a_weight_for_each_feature(text: str, score: float) -> None:
    found = features(text, Target(text, Origin.MT, score=score))
    assert len(found) == len(WEIGHTS)
    assert 0 < expected(found) < 1
