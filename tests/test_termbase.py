"""Termbases as a whole: their digest, joining them, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from concepts import concepts
from hypothesis import given, settings

from aligner.formats import termbases
from aligner.records import Concept, Status, Term, Wording
from aligner.terminology.termbase import Severity, Termbase, findings, merged

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE


def term(text: str, *variants: str, forbidden: Iterable[str] = ()) -> Term:
    return Term(
        Wording(text),
        tuple(map(Wording, variants)),
        tuple(map(Wording, forbidden)),
        Status.APPROVED,
    )


def concept(id: str, **terms: str | Term) -> Concept:  # noqa: A002
    return Concept(
        id, {lang: one if isinstance(one, Term) else term(one) for lang, one in terms.items()}
    )


OSH = concept("osh", en="Osh", ru="Ош", ky="Ош")


def found(*given_: Concept) -> list[tuple[Severity, str, str, str]]:
    return [(one.severity, one.check, one.concept, one.lang) for one in findings(given_)]


def messages(*given_: Concept) -> str:
    return "\n".join(one.message for one in findings(given_))


def wording(text: str, lang: str = "ru", *features: str, **forms: str) -> Concept:
    """A concept with nothing to find but in one wording."""
    one = Term(Wording(text, features, forms), status=Status.APPROVED)
    return Concept("a", {lang: one})


def test_digest() -> None:
    base = Termbase((OSH, concept("b", en="b")))
    assert base.digest == Termbase((OSH, concept("b", en="b"))).digest
    assert base.digest == Termbase(tuple(replace(one, note="x") for one in base.concepts)).digest
    swapped = replace(OSH, terms=dict(reversed(OSH.terms.items())))
    assert base.digest == Termbase((swapped, *base.concepts[1:])).digest
    others = [
        Termbase(()),
        Termbase((OSH,)),
        Termbase(base.concepts[::-1]),
        Termbase((replace(OSH, case_sensitive=True), *base.concepts[1:])),
        Termbase((OSH, concept("b", en=term("b", "c")))),
        Termbase((OSH, concept("b", en=term("b", forbidden=["c"])))),
        Termbase((OSH, wording("b", "en"))),
        Termbase((OSH, wording("b", "en", "m"))),
        Termbase((OSH, wording("b", "en", gen="m"))),
    ]
    assert len({base.digest, *(other.digest for other in others)}) == len(others) + 1


def test_the_later_termbase_wins() -> None:
    first = Termbase((OSH, concept("b", en="b")))
    better = concept("osh", en="Osh", ru="Ош", ky="Ош шаары")
    joined = merged([first, Termbase((concept("c", en="c"), better))])
    assert [one.id for one in joined.termbase.concepts] == ["osh", "b", "c"]
    assert joined.termbase.concepts[0] == better
    assert joined.origins == {"osh": 1, "b": 0, "c": 1}
    assert [(one.check, one.concept) for one in joined.findings] == [("replaced", "osh")]


def test_numbered_rows_are_not_taken_for_one_another() -> None:
    first = Termbase((concept("r2", en="Osh"), concept("r2.2", en="x")))
    joined = merged([first, Termbase((concept("r2", en="Rome"), concept("r2.3", en="y")))])
    assert [one.id for one in joined.termbase.concepts] == ["r2", "r2.2", "r2.4", "r2.3"]
    assert joined.origins["r2.4"] == 1
    assert [one.check for one in joined.findings] == ["renamed"]


def test_nothing_to_find() -> None:
    assert found(OSH, concept("b", en="Bishkek", ru="Бишкек", ky="Бишкек")) == []
    assert found() == []


def test_ids() -> None:
    assert found(OSH, concept("osh", en="Rome", ru="Рим", ky="Рим")) == [(E, "same-id", "osh", "")]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (concept("b", en="osh", ru="Ош", ky="Ош"), (W, "duplicate")),
        (concept("b", en="Osh", ru="Ош", ky="Ош шаары"), (E, "conflict")),
        (replace(concept("b", en="Osh", ru="Оша", ky="Ош"), category="x"), (W, "conflict")),
        (concept("b", en=term("Osh city", "Osh"), ru="Ош", ky="Ош шаары"), (W, "conflict")),
    ],
)
def test_a_source_wording_of_two_concepts(second: Concept, expected: tuple[Severity, str]) -> None:
    assert found(OSH, second) == [(*expected, "b", "en")]


def test_letter_case_tells_some_apart() -> None:
    us = replace(concept("us", en="US", ru="США", ky="АКШ"), case_sensitive=True)
    assert found(us, concept("we", en="us", ru="нас", ky="биз")) == []
    assert found(us, replace(us, id="b", terms=us.terms | {"ru": term("ЮС")})) == [
        (E, "conflict", "b", "en")
    ]


def test_one_target_of_two_concepts_is_no_conflict() -> None:
    assert found(OSH, concept("b", en="Osh city", ru="Ош", ky="Ош")) == []


@pytest.mark.parametrize(
    ("ru", "expected"),
    [
        (term("Ош", forbidden=["Ош"]), [(E, "clash", "osh", "ru")]),
        (term("Ош", "Ош"), [(W, "clash", "osh", "ru")]),
        (term("Ош", "Оша", forbidden=["Оша"]), [(W, "clash", "osh", "ru")]),
        (term("Ош", forbidden=["Рим"]), [(W, "clash", "osh", "ru")]),
        (term("Ош", "Рим"), []),
        (term("Ош", forbidden=["ОШ"]), []),
    ],
)
def test_forbidden_and_preferred(ru: Term, expected: list[tuple[Severity, str, str, str]]) -> None:
    rome = concept("rome", en="Rome", ru="Рим", ky="Рим")
    assert found(replace(OSH, terms=OSH.terms | {"ru": ru}), rome) == expected


def test_gaps() -> None:
    full = [replace(OSH, id=f"{i}", terms={"en": term(f"w{i}"), "ru": term("х")}) for i in range(3)]
    assert found(*full, concept("x", en="Rome")) == [(W, "no-term", "x", "ru")]
    assert found(*full, replace(concept("x", en="Rome"), do_not_translate=True)) == []
    assert found(*full, concept("x", de="Rom")) == [
        (W, "no-term", "x", "en"),
        (W, "no-term", "x", "ru"),
        (N, "no-term", "", "de"),
    ]
    assert found(*full, Concept("x", {})) == [(E, "no-term", "x", "")]


def test_status() -> None:
    one = Concept(
        "a", {"en": Term(Wording("a")), "ru": Term(Wording("а"), status=Status.NEEDS_CHECK)}
    )
    assert found(one) == [(N, "status", "", "en"), (N, "status", "", "ru")]
    assert "1 term is to be checked" in messages(one)


@pytest.mark.parametrize(
    ("lang", "text", "expected", "said"),
    [
        ("ru", "", (E, "empty"), ""),
        ("ru", " Ош", (E, "white-space"), "at an end"),
        ("ru", "Ош\u00a0", (E, "white-space"), "at an end"),
        ("ru", "город  Ош", (W, "white-space"), "two spaces"),
        ("ru", "город\u00a0Ош", (W, "white-space"), "no-break space (U+00A0)"),
        ("ru", "город\tОш", (W, "white-space"), "U+0009"),
        ("ru", "ООО «Газпром", (W, "quotes"), "« and »"),
        ("ru", 'ООО "Газпром', (W, "quotes"), "quotes"),
        ("en", "the “West", (W, "quotes"), "quotes"),
        ("en", "SCO (Shanghai", (W, "quotes"), "( and )"),
        ("ru", "Рoссия", (E, "mixed-script"), "o is latin small letter o (U+006F)"),
        ("ru", "мир c нами", (E, "mixed-script"), "«c»"),
        ("ky", "cактык чаралары", (E, "mixed-script"), "c is latin"),
        ("en", "Сhina", (E, "mixed-script"), "cyrillic capital letter es"),
        ("en", "С5+1", (E, "mixed-script"), "«С5»"),
        ("en", "Ош", (W, "mixed-script"), "cyrillic"),
        ("ru", "PRщик", (W, "mixed-script"), "P is latin"),
        ("de", "Кyiv", (E, "mixed-script"), "К is cyrillic"),
        ("ky", "ұлут", (W, "alphabet"), "is not in Kyrgyz"),
        ("ru", "Київ", (W, "alphabet"), "ї"),
        ("ru", "көл", (W, "alphabet"), "ө"),
    ],
)
def test_wordings(lang: str, text: str, expected: tuple[Severity, str], said: str) -> None:
    given_ = wording(text, lang)
    assert found(given_) == [(*expected, "a", lang)]
    assert said in messages(given_)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "N95"),
        ("ru", "C5+1"),
        ("ru", "IT-компания Facebook"),
        ("ky", "YouTube каналы"),
        ("ky", "Ысык-Көл"),
        ("en", "Médecins Sans Frontières"),
        ("de", "„Osten“ und “West”"),
        ("ru", "«Газпром» (Россия)"),
        ("ka", "თბილისი"),
    ],
)
def test_right_wordings(lang: str, text: str) -> None:
    assert found(wording(text, lang)) == []


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        (wording("Ош", "ru", "px9"), "px9"),
        (wording("Ош", "ky", "px9"), "px9"),
        (wording("Ош", "ky", gen="Оштун", genitive="Оштун"), '"genitive" is not a case'),
        (wording("Ош", "ky", ins="Ош менен"), "it has nom, gen, dat, acc, loc, abl"),
        (wording("Ош", "ru", **{"sg.gen": " "}), 'the form for "sg.gen" is empty'),
        (Concept("a", {"ru": Term(Wording("Ош"), (Wording("Оша", ("x",)),))}), '"Оша"'),
    ],
)
def test_features_and_forms(given_: Concept, said: str) -> None:
    assert (E, "inflection") in [one[:2] for one in found(given_)]
    assert said in messages(given_)


def test_right_features_and_forms() -> None:
    assert found(wording("Ош", "ru", "m", "inan", **{"gen": "Оша", "sg.dat": "Ошу"})) == []
    assert found(wording("Ош", "ky", "read:ош", **{"pl.gen": "Оштордун"})) == []
    assert found(wording("Osch", "de", gen="Oschs")) == [(W, "inflection", "a", "de")]


@settings(max_examples=50)
@given(concepts())
def test_any_termbase_can_be_checked(given_: list[Concept]) -> None:
    assert all(one.message and one.check for one in findings(given_))
    assert len(Termbase(tuple(given_)).digest) == 64


def test_a_real_list(shared: Path) -> None:
    """Its Kyrgyz has a Latin c in six terms; no other letters are found fault with."""
    path = shared / "data" / "terminology" / "tico19_g_en_ky.csv"
    checked = findings(termbases.read(path))
    assert sum(one.check == "mixed-script" for one in checked) == 6
    assert {one.check for one in checked} == {"mixed-script", "duplicate", "conflict", "status"}
