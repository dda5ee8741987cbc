"""The forms of a term: what we write, and what we recognise."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_morphology_ky import treebank_types

from aligner.errors import UsageError
from aligner.languages.morphology import inflector
from aligner.languages.morphology.ky_stems import stems as ky_stems
from aligner.records import Concept, Term, Wording
from aligner.terminology.forms import (
    Standing,
    all_forms,
    recognised,
    stems,
    term_in,
    wordings,
    written,
)

TERM = Term(Wording("Кыргызстан"), (Wording("Кыргыз Республикасы"),), (Wording("Киргизия"),))


def test_term_in() -> None:
    concept = Concept("a", {"en": Term(Wording("DW"))})
    kept = Concept("a", {"en": Term(Wording("DW"))}, do_not_translate=True)
    assert term_in(concept, "ky") is None
    assert term_in(kept, "ky") == kept.terms["en"]
    assert term_in(Concept("a", {}, do_not_translate=True), "ky") is None


def test_wordings() -> None:
    assert [(one.text, standing) for one, standing in wordings(TERM)] == [
        ("Кыргызстан", Standing.PREFERRED),
        ("Кыргыз Республикасы", Standing.VARIANT),
        ("Киргизия", Standing.FORBIDDEN),
    ]
    assert [form.standing for form in all_forms(TERM, "ky")] == [
        standing for standing in Standing for _ in range(12)
    ]


def test_written() -> None:
    found = {(one.number, one.case): one.text for one in written(Wording("Ош"), "ky")}
    assert found["sg", "dat"] == "Ошко"
    assert [one.text for one in written(Wording("Osch"), "de")] == ["Osch"]


def test_what_a_person_gave() -> None:
    wording = Wording("РФ", (), {"gen": "РФдын", "pl.nom": "РФлер"})
    found = {(one.number, one.case): one.text for one in written(wording, "ky")}
    assert (found["sg", "gen"], found["pl", "nom"]) == ("РФдын", "РФлер")
    assert [one.text for one in recognised(wording, "ky")] == ["РФдын", "РФлер"]


@pytest.mark.parametrize(
    ("lang", "term", "features", "number", "case", "form"),
    [
        ("ru", "агентство Кабар", "frozen:Кабар", "sg", "dat", "агентству Кабар"),
        ("ru", "мир и безопасность", "frozen:мир", "sg", "gen", "мир и безопасности"),
        ("ru", "мир и безопасность", "frozen:мир, frozen:безопасность", "sg", "gen", None),
        ("ky", "Рим статуту", "frozen:Рим", "sg", "gen", "Рим статутунун"),
        ("ky", "«Дойче велле»", "frozen:велле", "sg", "gen", None),
        ("en", "head of state", "frozen:head", "pl", "nom", None),
    ],
)
def test_a_frozen_word(
    lang: str, term: str, features: str, number: str, case: str, form: str | None
) -> None:
    wording = Wording(term, tuple(features.split(", ")))
    found = {(one.number, one.case): one.text for one in written(wording, lang)}
    assert found[number, case] == (form or term)


def test_a_frozen_word_that_is_not_there() -> None:
    for lang in ("en", "ru", "ky"):
        with pytest.raises(UsageError, match="has no word"):
            inflector(lang)("Рим статуту", ["frozen:Гаага"])


# Russian -----------------------------------------------------------------------------------------


def texts(wording: str, lang: str, pos: str = "", *features: str) -> list[str]:
    return [form.text for form in recognised(Wording(wording, features), lang, pos)]


def test_second_cases() -> None:
    found = [(one.text, one.case) for one in recognised(Wording("Приморский край"), "ru")]
    assert ("Приморском краю", "loc") in found
    assert ("Приморском крае", "loc") in found
    assert "страною" in texts("страна", "ru")
    assert "чаю" in texts("чай", "ru")
    assert set(texts("США", "ru")) == {"США"}


def test_verbs_and_adjectives() -> None:
    verb = texts("ратифицировать", "ru", "VERB")
    assert {"ратифицировала", "ратифицированному", "ратифицируются"} <= set(verb)
    assert "ратификация" not in verb
    assert "приняла участие" in texts("принять участие", "ru", "VERB")
    assert {"внешнего", "внешней", "внешнее", "внешними"} <= set(texts("внешний", "ru", "ADJ"))
    assert set(texts("внешний", "ru", "ADJ", "frozen")) == {"внешний"}
    assert "ратифицировал" not in texts("ратифицировать", "ru")


# Kyrgyz ------------------------------------------------------------------------------------------


def readings(term: str, form: str, pos: str = "", *features: str) -> set[tuple[str, str]]:
    """Number and case of a form, if it is one."""
    return {
        (stem.number, case)
        for stem in stems(Wording(term, features), "ky", pos)
        if form.startswith(stem.text) and form.endswith(stem.after)
        for case in stem.cases(form[len(stem.text) : len(form) - len(stem.after)])
    }


@pytest.mark.parametrize(
    ("term", "form", "number", "case"),
    [
        ("китеп", "китептер", "pl", "nom"),
        ("китеп", "китебимден", "sg", "abl"),
        ("китеп", "китептеринде", "pl", "loc"),
        ("китеп", "китебиңиздин", "sg", "gen"),
        ("китеп", "китептеги", "sg", "loc"),
        ("китеп", "китептегилерге", "sg", "loc"),
        ("китеп", "китептики", "sg", "gen"),
        ("китеп", "китептей", "sg", ""),
        ("бала", "балдарыбызды", "pl", "acc"),
        ("орун", "ордунан", "sg", "abl"),
        ("той", "тоюбуз", "sg", "nom"),
        ("Кремль", "Кремлдеги", "sg", "loc"),
        ("киловатт", "киловаттын", "sg", "gen"),
        ("мигрант", "мигрантпыз", "sg", "nom"),
        ("пикир", "пикиримче", "sg", ""),
        ("тышкы иштер министрлиги", "тышкы иштер министрлигинен", "sg", "abl"),
        ("тышкы иштер министрлиги", "тышкы иштер министрлигибизден", "sg", "abl"),
        ("тышкы иштер министрлиги", "тышкы иштер министрликтеринин", "pl", "gen"),
        ("эмгек мигранттары", "эмгек мигранттарыма", "pl", "dat"),
        ("ИИМ", "ИИМдеги", "sg", "loc"),
        ("АКШ", "АКШтын", "sg", "gen"),
        ("5", "5тен", "sg", "abl"),
        ("50%", "50%га", "sg", "dat"),
        ("Бириккен Улуттар Уюму (БУУ)", "Бириккен Улуттар Уюмуна (БУУ)", "sg", "dat"),
    ],
)
def test_kyrgyz_forms(term: str, form: str, number: str, case: str) -> None:
    assert (number, case) in readings(term, form)


@pytest.mark.parametrize(
    ("term", "form"),
    [
        ("китеп", "китепка"),
        ("китеп", "китептик"),
        ("китеп", "китепкана"),
        ("Ош", "Оштан"),
        ("кыргыз", "кыргызча"),
        ("мүчө", "мүчөлүк"),
        ("мыйзам", "мыйзамдуу"),
        ("Рим статуту", "Рим статуттун"),
        ("Бишкек", "Бишкегтин"),
    ],
)
def test_no_kyrgyz_forms(term: str, form: str) -> None:
    assert not readings(term, form)


def test_kyrgyz_verbs() -> None:
    for form in ("ратификациялады", "ратификацияланган", "ратификациялоосу", "ратификациялабайт"):
        assert readings("ратификациялоо", form, "VERB")
    for form in ("бердик", "берилген", "берүүгө", "бербей", "берсе"):
        assert readings("берүү", form, "VERB"), form
    assert readings("кол коюу", "кол койгон", "VERB")
    assert not readings("ратификациялоо", "ратификация", "VERB")
    assert not readings("ратификациялоо", "ратификациялады")


def test_frozen_kyrgyz_terms() -> None:
    assert readings("Дойче велле", "Дойче велле", "", "frozen")
    assert not readings("Дойче велле", "Дойче велленин", "", "frozen")
    assert not readings("Дойче велле", "Дойче велленин", "", "frozen:велле")


def test_all_that_we_write_is_recognised(shared: Path) -> None:
    lines = (shared / "data" / "corpora" / "lexicon.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines[1::7]:
        term = line.split("\t")[2]
        for form in written(Wording(term), "ky"):
            assert (form.number, form.case) in readings(term, form.text), form


LETTERS = "абвгдежзийклмнопрстуфхцчшщыьэюяңөүАБКМПШЬ5%«»() -"


@given(st.text(LETTERS, min_size=1).filter(str.strip), st.sampled_from(["", "VERB"]))
def test_any_kyrgyz_term_has_stems(term: str, pos: str) -> None:
    found = list(ky_stems(term, (), pos))
    assert any(stem.text + stem.after == term and stem.cases("") for stem in found)


# The treebank ------------------------------------------------------------------------------------


def test_types_of_the_treebank(shared: Path) -> None:
    types = treebank_types(shared / "data" / "terminology" / "ky-ktmu-train.conllu")
    inflected = {(lemma, form) for lemma, form in types if lemma != form}
    right = {(lemma, form) for lemma, form in inflected if readings(lemma, form)}
    assert len(right) / len(inflected) >= 0.984, sorted(inflected - right)
