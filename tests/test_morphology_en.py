"""English forms: nouns by number and possessive, verbs."""

from __future__ import annotations

import pytest

from aligner.errors import UsageError
from aligner.languages.morphology import en
from aligner.languages.morphology.en_surfaces import conjugate, surfaces


@pytest.mark.parametrize(
    ("singular", "plural"),
    [
        ("head of state", "heads of state"),
        ("minister of foreign affairs", "ministers of foreign affairs"),
        ("party to the conflict", "parties to the conflict"),
        ("member state", "member states"),
        ("mother-in-law", "mothers-in-law"),
        ("country", "countries"),
        ("day", "days"),
        ("crisis", "crises"),
        ("basis for talks", "bases for talks"),
        ("church", "churches"),
        ("monarch", "monarchs"),
        ("tax", "taxes"),
        ("visa", "visas"),
        ("wife", "wives"),
        ("belief", "beliefs"),
        ("veto", "vetoes"),
        ("spokeswoman", "spokeswomen"),
        ("German", ""),
        ("human", "humans"),
        ("person", "people"),
        ("child", "children"),
        ("criterion", "criteria"),
        ("aircraft", "aircraft"),
        ("NGO", "NGOs"),
        ("GDP", "GDPs"),
        ("Prime Minister", "Prime Ministers"),
        ("President of Russia", "Presidents of Russia"),
        ("investor (foreign)", "investors (foreign)"),
        ("news", ""),
        ("politics", ""),
        ("Russia", ""),
        ("CIS", ""),
        ("Central Asia", ""),
        ("Order of Honour", ""),
    ],
)
def test_plural(singular: str, plural: str) -> None:
    found = en.inflect(singular)
    assert found.sg["nom"] == singular
    assert found.pl.get("nom", "") == plural


@pytest.mark.parametrize(
    "term",
    [
        "sanctions",
        "heads of states",
        "negotiations",
        "people",
        "United States",
        "United Nations",
        "money transfers",
        "Kyrgyzstanis",
        "media",
        "women",
    ],
)
def test_plural_terms_have_no_singular(term: str) -> None:
    assert en.inflect(term).sg == {}
    assert en.inflect(term).pl["nom"] == term


@pytest.mark.parametrize(
    "term",
    [
        "news",
        "crisis",
        "status",
        "Paris",
        "Texas",
        "Laos",
        "Yemen",
        "business",
        "gas",
        "CIS",
        "bus",
    ],
)
def test_what_only_looks_plural(term: str) -> None:
    assert en.inflect(term).sg["nom"] == term


@pytest.mark.parametrize(
    ("term", "sg", "pl"),
    [
        ("president", "president's", "presidents'"),
        ("head of state", "head of state's", "heads of state's"),
        ("woman", "woman's", "women's"),
        ("minister of foreign affairs", "minister of foreign affairs'", None),
        ("CIS", "CIS's", None),
        ("United States", None, "United States'"),
        ("sanctions", None, "sanctions'"),
    ],
)
def test_possessive(term: str, sg: str | None, pl: str | None) -> None:
    found = en.inflect(term)
    assert found.sg.get("gen") == sg
    assert pl is None or found.pl["gen"] == pl


def test_features() -> None:
    assert en.inflect("Kyrgyzstani", ["anim"]).pl["nom"] == "Kyrgyzstanis"
    assert en.inflect("Kyrgyzstani", ["anim", "person"]).pl == {}
    assert en.inflect("headquarters", ["pl"]).sg == {}
    assert en.inflect("works", ["sg"]).sg["nom"] == "works"
    assert set(en.inflect("Deutsche Welle", ["frozen"]).sg.values()) == {"Deutsche Welle"}
    assert en.inflect("head of state", ["m", "px3", "inan"]) == en.inflect("head of state")
    with pytest.raises(UsageError, match="masc"):
        en.inflect("president", ["masc"])
    with pytest.raises(UsageError, match="empty"):
        en.inflect(" ")


@pytest.mark.parametrize("term", ["…", "-", "'", "()", "50%", "C5+1", "vb.kg", "of", "the"])
def test_odd_terms_have_forms(term: str) -> None:
    assert set(en.inflect(term).sg) == set(en.CASES)


@pytest.mark.parametrize(
    ("given", "forms"),
    [
        ("ratified", "ratify ratifies ratified ratifying"),
        ("sign", "sign signs signed signing"),
        ("imposed", "impose imposes imposed imposing"),
        ("banning", "ban bans banned banning"),
        ("agreed", "agree agrees agreed agreeing"),
        ("dying", "die dies died dying"),
        ("went", "go goes went gone going"),
        ("withdraw", "withdraw withdraws withdrew withdrawn withdrawing"),
        ("paid", "pay pays paid paying"),
        ("focus", "focus focuses focused focusing"),
        ("passes", "pass passes passed passing"),
        ("is", "be am is are was were been being"),
        ("having", "have has had having"),
        ("need", "need needs"),
    ],
)
def test_verbs(given: str, forms: str) -> None:
    found = set(conjugate(given))
    assert set(forms.split()) <= found
    assert given in found


def test_a_phrasal_verb() -> None:
    assert {"takes part in", "taking part in"} <= set(conjugate("to take part in"))


def test_surfaces() -> None:
    assert list(surfaces("CIS")) == [("CIS'", "gen", "sg")]
    assert ("Supreme Courts", "nom", "pl") in surfaces("Supreme Court", (), "NOUN")
    assert list(surfaces("Supreme Court", (), "PROPN")) == []
    assert list(surfaces("Reuters", ["frozen"], "NOUN")) == []
