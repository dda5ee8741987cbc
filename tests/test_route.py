"""Translation along routes, the terms put in after each leg; with the starter models."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aligner import engines, route
from aligner.engines import Engine
from aligner.records import Concept, Outcome, Term, Wording
from aligner.route import Line, Terms
from aligner.terminology.termbase import Termbase


def concept(en: str, ru: str, ky: str) -> Concept:
    terms = {"en": Term(Wording(en)), "ru": Term(Wording(ru)), "ky": Term(Wording(ky))}
    return Concept(en.lower(), terms)


TERMS = Terms(
    Termbase((concept("Rome Statute", "Римский статут", "Рим статуту"), concept("Osh", "Ош", "Ош")))
)
SENTENCE = "The Rome Statute was discussed in Osh."


@pytest.fixture(scope="module")
def starters() -> dict[str, Engine]:
    return {lang: engines.load("en", lang)[0] for lang in ("ru", "ky")}


def test_without_terms_it_is_the_engine(starters: dict[str, Engine]) -> None:
    [plain] = engines.translate([starters["ru"]], [SENTENCE])
    [made] = route.translate([starters["ru"]], [Line(SENTENCE)], Terms(Termbase()))
    assert (made.text, made.score, made.terms) == (plain.text, plain.score, ())


@pytest.mark.parametrize("lang", ["ru", "ky"])
def test_one_leg(lang: str, starters: dict[str, Engine]) -> None:
    [made] = route.translate([starters[lang]], [Line(SENTENCE, TERMS.find(SENTENCE, "en"))], TERMS)
    assert [use.source for use in made.terms] == ["Rome Statute", "Osh"]
    assert all(use.target in made.text for use in made.terms)
    assert all(use.outcome is not Outcome.MISSING for use in made.terms)
    assert 0 < made.score < 1


class Echo:
    """An engine into English that gives back what it gets, in capitals of a kind."""

    def __init__(self, engine: Engine, text: str) -> None:
        self.model = replace(engine.model, source="xx", target="en", name="translate-xx_en")
        self._text = text
        self.plan = lambda sentences: [[n] for n in range(len(sentences))]
        self.translate = lambda batches, careful=False: (
            [engines.Translation(text, 0.5) for _ in batch] for batch in batches if not careful
        )
        self.align = self.score = lambda sources, _: list(sources)  # of nothing


def test_two_legs_report_the_terms_of_the_source(starters: dict[str, Engine]) -> None:
    """Halfway, in English, one term is lost and another one appears."""
    ru = concept("Rome Statute", "Римский статут", "Рим статуту")
    both = Terms(
        Termbase(
            (
                replace(ru, terms=ru.terms | {"xx": Term(Wording("Romstatut"))}),
                Concept("xx", {"xx": Term(Wording("Verloren")), "ru": Term(Wording("Потеря"))}),
                Concept("osh", {"en": Term(Wording("Osh")), "ru": Term(Wording("Ош"))}),
            )
        )
    )
    text = "Verloren im Romstatut"
    legs = [Echo(starters["ru"], "The Rome Statute, Osh."), starters["ru"]]
    [made] = route.translate(legs, [Line(text, both.find(text, "xx"))], both)  # type: ignore[arg-type]
    assert [(use.source, use.concept) for use in made.terms] == [
        ("Verloren", "xx"),
        ("Romstatut", "rome statute"),
    ]
    assert made.terms[0].outcome is Outcome.MISSING
    assert made.terms[0].target == "Потеря"
    assert made.terms[1].target in made.text
    assert made.score < 0.5
