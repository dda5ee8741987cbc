"""Terms put into the drafts of the starter models, and of an engine that can be foreseen."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from aligner import engines
from aligner.engines import Engine
from aligner.records import Alignment, Concept, Outcome, Status, Term, Wording
from aligner.terminology.constrain import Constrained, Draft, constrain, curated, unrendered
from aligner.terminology.match import Matcher


def concept(en: str, ru: str, ky: str, features: str = "", **more: object) -> Concept:
    known = tuple(features.split())
    terms = {
        "en": Term(Wording(en)),
        "ru": Term(Wording(ru, known), status=Status.APPROVED),
        "ky": Term(Wording(ky, tuple({"person", "px3"} & set(known)))),
    }
    return Concept(en.lower(), terms, **more)  # type: ignore[arg-type]


KACHKYNBAI = concept(
    "Seitek Kachkynbai", "Сейтек Качкынбай", "Сейтек Качкынбай", "person m", category="person"
)
STATUTE = concept("Rome Statute", "Римский статут", "Рим статуту", "px3")
COURT = concept(
    "International Criminal Court", "Международный уголовный суд", "Эл аралык кылмыш соту"
)
KYRGYZSTAN = concept("Kyrgyzstan", "Кыргызстан", "Кыргызстан", "m inan")
PUTIN = concept("Putin", "Путин", "Путин", "person m", category="person")
VLADIMIR = concept(
    "Vladimir Putin", "Владимир Путин", "Владимир Путин", "person m", category="person"
)
ALL = (KACHKYNBAI, STATUTE, COURT, KYRGYZSTAN, PUTIN, VLADIMIR)


@pytest.fixture(scope="module", params=["ru", "ky"])
def starter(request: pytest.FixtureRequest) -> Engine:
    [engine] = engines.load("en", request.param)
    return engine


def put(
    engine: Engine, *pairs: tuple[str, str], concepts: Sequence[Concept] = ALL
) -> list[Constrained]:
    matcher = Matcher(concepts, "en")
    drafts = [Draft(source, text, tuple(matcher.find(source))) for source, text in pairs]
    return constrain(drafts, engine.model.target, engine)


def drafted(engine: Engine, *sources: str) -> list[Constrained]:
    drafts = engines.translate([engine], sources)
    return put(engine, *((a, b.text) for a, b in zip(sources, drafts, strict=True)))


SENTENCES = (
    "According to political expert Seitek Kachkynbai, the country has changed.",
    "The Rome Statute was signed in Kyrgyzstan.",
    "Vladimir Putin spoke about the International Criminal Court.",
    "The parliament of Kyrgyzstan did not ratify the Rome Statute, Seitek Kachkynbai said.",
)


def test_the_starter_models(starter: Engine) -> None:
    for source, made in zip(SENTENCES, drafted(starter, *SENTENCES), strict=True):
        found = Matcher(ALL, starter.model.target).find(made.text)
        assert len(made.uses) == len(Matcher(ALL, "en").find(source))
        for use in made.uses:
            assert use.outcome is not Outcome.MISSING
            assert use.target in made.text
            assert use.concept in {one.concept.id for one in found}


@pytest.mark.parametrize(
    ("source", "draft", "mended"),
    [
        (
            "The way from Kyrgyzstan is long.",
            "Путь из Кыргызстан долог.",
            "Путь из Кыргызстана долог.",
        ),
        ("The visit to Kyrgyzstan", "Визит в Кыргызстане", "Визит в Кыргызстан"),
        (
            "They welcomed Putin again.",
            "Они приветствовали Путин вновь.",
            "Они приветствовали Путина вновь.",
        ),
        ("It is in Kyrgyzstan.", "Это в Кыргызстане.", "Это в Кыргызстане."),
    ],
)
def test_a_case_that_cannot_be_is_mended(source: str, draft: str, mended: str) -> None:
    [engine] = engines.load("en", "ru")
    [made] = put(engine, (source, draft))
    assert made.text == mended
    expected = Outcome.ALREADY if draft == mended else Outcome.FORCED
    assert [use.outcome for use in made.uses] == [expected]


def test_what_is_right_stays() -> None:
    [engine] = engines.load("en", "ru")
    text = "Суд говорит о Римском статуте."
    [made] = put(engine, ("The court talks of the Rome Statute.", text))
    assert (made.text, made.score) == (text, None)
    [use] = made.uses
    assert (use.outcome, use.target, use.case) == (Outcome.ALREADY, "Римском статуте", "loc")
    assert (use.source, use.status) == ("Rome Statute", Status.APPROVED)


def test_capitals_and_yo_of_the_termbase() -> None:
    [engine] = engines.load("en", "ru")
    states = concept("United States", "Соединённые Штаты", "АКШ", "pl inan")
    source, text = "They are in the United States.", "Они в соединенных Штатах."
    [made] = put(engine, (source, text), concepts=[states])
    assert made.text == "Они в Соединённых Штатах."
    assert made.uses[0].target == "Соединённых Штатах"


@pytest.mark.parametrize(
    ("source", "text", "form"),
    [  # what governs the place, or stands before it, decides
        ("He talks of the Rome Statute.", "Он говорит о романском стате.", "Римском статуте"),
        ("He came to Seitek Kachkynbai.", "Он пришёл к Сеиту Качкину.", "Сейтеку Качкынбаю"),
        ("without Seitek Kachkynbai", "без Сеит Качкин", "Сейтека Качкынбая"),
        (
            "It was said by expert Seitek Kachkynbai.",
            "Это было сказано экспертом Сеит Качкин.",
            "Сейтеком Качкынбаем",
        ),
        ("Seitek Kachkynbai said so.", "Сеит Качкин так сказал.", "Сейтек Качкынбай"),
    ],
)
def test_the_case_of_the_place(source: str, text: str, form: str) -> None:
    [engine] = engines.load("en", "ru")
    [made] = put(engine, (source, text))
    assert [(use.target, use.outcome) for use in made.uses] == [(form, Outcome.FORCED)]
    assert form in made.text
    assert made.score is not None
    assert 0 < made.score < 1


def test_a_forbidden_wording_gives_way_in_its_case() -> None:
    [engine] = engines.load("en", "ru")
    russian = Term(Wording("Кыргызстан"), forbidden=(Wording("Киргизия"),))
    country = Concept("kg", {"en": Term(Wording("Kyrgyzstan")), "ru": russian})
    [made] = put(engine, ("He lives in Kyrgyzstan.", "Он живёт в Киргизии."), concepts=[country])
    assert made.text.startswith("Он живёт в Кыргызстане")
    assert [use.outcome for use in made.uses] == [Outcome.OVERRIDDEN]


def test_a_term_within_a_longer_one_is_no_rendering_of_its_own() -> None:
    [engine] = engines.load("en", "ru")
    source = "Vladimir Putin came, and Putin spoke."
    [made] = put(engine, (source, "Владимир Путин приехал и выступил."))
    assert [use.concept for use in made.uses] == ["vladimir putin", "putin"]
    assert len(re.findall("Путин", made.text)) == 2


def test_what_is_too_long_is_flagged() -> None:
    [engine] = engines.load("en", "ru")
    source = "Kyrgyzstan " + "and the old river " * 60
    [made] = put(engine, (source, "Страна " + "и старая река " * 60))
    assert [use.outcome for use in made.uses] == [Outcome.MISSING]
    assert made.uses[0].target == "Кыргызстан"


class Silent:
    """An engine that looks at nothing, finds all forms alike, and never goes on."""

    def cost(self, text: str) -> int:
        return len(text.split())

    def align(self, sources: Sequence[str], targets: Sequence[str]) -> list[Alignment]:
        return [Alignment((), (), ()) for _ in zip(sources, targets, strict=True)]

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[tuple[float, ...]]:
        return [(-1.0, -1.0) for _ in zip(sources, targets, strict=True)]

    def complete(
        self, sources: Sequence[str], beginnings: Sequence[str], best: int = 1
    ) -> list[list[str]]:
        assert best
        return [[] for _ in zip(sources, beginnings, strict=True)]


@pytest.mark.parametrize(
    ("text", "made"),
    [("", "Кыргызстан"), ("Да", "Да Кыргызстан"), ("Да.", "Да. Кыргызстан")],
)
def test_an_engine_that_does_not_help(text: str, made: str) -> None:
    source = "Kyrgyzstan"
    [done] = constrain(
        [Draft(source, text, tuple(Matcher(ALL, "en").find(source)))], "ru", Silent()
    )
    assert done.text == made


def test_no_term_no_work() -> None:
    assert constrain([], "ru", Silent()) == []
    [done] = constrain([Draft("Hi", "Привет", ())], "ru", Silent())
    assert done == Constrained("Привет", ())


def test_concepts_without_a_term_in_the_language_are_left_aside() -> None:
    source = "Kyrgyzstan"
    terms = tuple(Matcher(ALL, "en").find(source))
    assert constrain([Draft(source, "Kirgisistan", terms)], "de", Silent()) == [
        Constrained("Kirgisistan", ())
    ]


def test_curated() -> None:
    [found] = Matcher([STATUTE], "ru").find("о римском Статуте")
    assert curated("о римском Статуте", found) == "Римском Статуте"


def test_unrendered() -> None:
    [found] = Matcher([STATUTE], "en").find("the Rome Statute")
    use = unrendered(found, "the Rome Statute", "ru")
    assert (use.source, use.target, use.outcome) == (
        "Rome Statute",
        "Римский статут",
        Outcome.MISSING,
    )
