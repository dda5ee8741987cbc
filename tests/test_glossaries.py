"""glossaries/: the termbase that comes with the project, and the script that drafts its rows."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel import Locale
from command import ARTICLE, aligner

from aligner.formats import termbases
from aligner.records import Concept, Status, Wording
from aligner.terminology.forms import wordings, written
from aligner.terminology.match import Matcher

FOLDER = Path(__file__).resolve().parents[1] / "glossaries"
FILE = FOLDER / "central-asia.csv"
CONCEPTS = termbases.read(FILE)
LANGS = ("en", "ru", "ky")
CYRILLIC = re.compile("[А-яЁёҢңӨөҮүІі]")

# Of the first 119 entries those that the article has only within a longer term, or not at all.
WITHIN = {
    "g010": "Seitek Kachkynbai",
    "g012": "Bakyt Baketaev",
    "g033": "the United States",
    "g038": "Carnegie Russia Eurasia Centre in Berlin",
    "g044": "CIS",
    "g049": "Carnegie Russia Eurasia Centre in Berlin",
    "g067": "summit of heads of states of the CIS",
    "g075": "migrant workers",
    "g090": "multi-vector foreign policy",
    "g112": "energy",  # too general to be found
}


def each(lang: str) -> Iterator[tuple[Concept, Wording]]:
    for concept in CONCEPTS:
        for wording, _ in wordings(concept.terms[lang]):
            yield concept, wording


def test_size() -> None:
    assert len(CONCEPTS) >= 400
    assert len({concept.id for concept in CONCEPTS}) == len(CONCEPTS)
    assert {tuple(concept.terms) for concept in CONCEPTS} == {LANGS}
    assert all(concept.category and concept.pos and concept.source for concept in CONCEPTS)


def test_it_is_written_as_we_write_it(tmp_path: Path) -> None:
    copy = tmp_path / FILE.name
    assert termbases.write(copy, CONCEPTS, langs=LANGS) == ()
    assert copy.read_bytes() == FILE.read_bytes()


def test_the_checker_finds_nothing() -> None:
    done = aligner("glossary", "check", "--strict", FILE)
    assert done.status == 0, done.out


def test_no_two_concepts_share_an_english_wording() -> None:
    owners = defaultdict(set)
    for concept, wording in each("en"):
        owners[wording.text.casefold()].add(concept.id)
    assert {text: ids for text, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("lang", LANGS)
def test_no_wording_stands_twice_in_a_term(lang: str) -> None:
    for concept in CONCEPTS:
        texts = [wording.text for wording, _ in wordings(concept.terms[lang])]
        assert len(texts) == len(set(texts)), concept.id


def test_no_word_mixes_scripts() -> None:
    mixed = re.compile(rf"[A-Za-z]{CYRILLIC.pattern}|{CYRILLIC.pattern}[A-Za-z]")
    found = [w.text for lang in LANGS for _, w in each(lang) if mixed.search(w.text)]
    assert found == []
    assert [w.text for _, w in each("en") if CYRILLIC.search(w.text)] == []
    assert [w.text for _, w in each("ru") if re.search("[ңөүҢӨҮ]", w.text)] == []


@pytest.mark.parametrize(
    ("lang", "cases"), [("ru", "gen dat acc ins loc"), ("ky", "gen dat acc loc abl")]
)
def test_every_wording_inflects_or_says_that_it_stays(lang: str, cases: str) -> None:
    stays = []
    for concept, wording in each(lang):
        forms = [form for form in written(wording, lang) if form.number in ("sg", "pl")]
        assert {form.case for form in forms} == {"nom", *cases.split()}, concept.id
        if {form.text for form in forms} == {wording.text}:
            stays.append((wording.text, "frozen" in wording.features))
    silent = [text for text, frozen in stays if CYRILLIC.search(text) and not frozen]
    assert silent == []


@pytest.mark.parametrize("lang", ["ru", "ky"])
def test_forms_that_the_rules_get_wrong_have_a_case_they_know(lang: str) -> None:
    for concept, wording in each(lang):
        known = {form.case for form in written(wording, lang)}
        keys = {key.removeprefix("sg.").removeprefix("pl.") for key in wording.forms}
        assert keys <= known, concept.id
        assert set(wording.forms.values()) <= {form.text for form in written(wording, lang)}


def test_approved_has_evidence() -> None:
    for concept in CONCEPTS:
        for lang in ("ru", "ky"):
            if concept.terms[lang].status is Status.APPROVED:
                assert f"machine draft ({lang})" not in concept.source, concept.id
                assert concept.source not in {"machine draft", "transliteration"}, concept.id
                assert not concept.source.startswith("CLDR"), concept.id


def test_policy_is_told() -> None:
    for concept in CONCEPTS:
        if any(term.forbidden for term in concept.terms.values()):
            assert re.search("forbidden|house style", concept.note), concept.id


def test_names_agree_with_cldr() -> None:
    checked = 0
    for concept in CONCEPTS:
        found = re.search(r"CLDR \d+ (territories|languages|currencies)/(\w+)", concept.source)
        if found is None:
            continue
        checked += 1
        for lang in LANGS:
            name = getattr(Locale(lang), found[1])[found[2]]
            own = concept.terms[lang].preferred.text
            assert own == name or f"{lang}: {name}" in concept.note, (concept.id, own, name)
    assert checked >= 90


@pytest.mark.parametrize(
    ("lang", "text", "form"),
    [
        ("ru", "Ош", "Оша"),
        ("ru", "Жогорку Кенеш", "Жогорку Кенеша"),
        ("ru", "Касым-Жомарт Токаев", "Касым-Жомарта Токаева"),
        ("ru", "Александр Лукашенко", "Александра Лукашенко"),
        ("ru", "Чолпон-Ата", "Чолпон-Аты"),
        ("ru", "Олий Мажлис", "Олий Мажлиса"),
        ("ru", "сомы", "сомов"),
        ("ru", "уголовное дело", "уголовных дел"),
        ("ru", "глава государства", "глав государств"),
        ("ky", "Шанхай кызматташтык уюму", "Шанхай кызматташтык уюмунун"),
        ("ky", "мамлекет башчысы", "мамлекет башчыларынын"),
        ("ky", "Жогорку Кеңеш", "Жогорку Кеңештин"),
        ("ky", "УКМК", "УКМКнын"),
        ("ky", "«Сибирь күчү»", "«Сибирь күчүнүн»"),
        ("ky", "климаттын өзгөрүшү", "климаттын өзгөрүшүнүн"),
    ],
)
def test_genitives(lang: str, text: str, form: str) -> None:
    wording = next(wording for _, wording in each(lang) if wording.text == text)
    assert form in {found.text for found in written(wording, lang) if found.case == "gen"}


def test_the_article() -> None:
    text = ARTICLE.read_text(encoding="utf-8")
    found = {
        one.concept.id: text[one.start : one.stop] for one in Matcher(CONCEPTS, "en").find(text)
    }
    first = {f"g{number:03}" for number in range(1, 120)}
    assert first - found.keys() == WITHIN.keys()
    assert all(wording in text for wording in WITHIN.values())
    # What was not meant for this article must be as general as these, no more.
    assert {found[one].lower() for one in found.keys() - first} <= {"presidents", "cooperation"}


def test_the_first_entries_are_kept(shared: Path) -> None:
    with (shared / "data/terminology/glossary.csv").open(encoding="utf-8", newline="") as file:
        given = list(csv.DictReader(file))
    own = {concept.id: concept for concept in CONCEPTS}
    assert len(given) == 119
    for row in given:
        for lang in ("ru", "ky"):
            texts = {wording.text for wording, _ in wordings(own[row["id"]].terms[lang])}
            assert row[lang] in texts, row["id"]
        if re.search(r"check_(ky|both|spelling)", row["note"]):
            assert own[row["id"]].terms["ky"].status is Status.NEEDS_CHECK, row["id"]


def draft(*names: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(FOLDER / "cldr.py"), *names]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_rows_from_cldr(tmp_path: Path) -> None:
    done = draft("territories/KG", "currencies/KZT", "--first", "1200")
    assert (done.returncode, done.stderr) == (0, "")
    rows = tmp_path / "rows.csv"
    rows.write_text(done.stdout, encoding="utf-8")
    som, tenge = termbases.read(rows)
    assert (som.id, tenge.id) == ("g1200", "g1201")
    assert som.terms["ru"].preferred.text == "Киргизия"
    assert tenge.terms["ky"].preferred.text == "Казакстан теңгеси"
    assert som.terms["ky"].status is Status.PROPOSED
    assert re.fullmatch(r"CLDR \d+ territories/KG", som.source)


@pytest.mark.parametrize(
    ("name", "said"), [("KG", "KIND/CODE"), ("territories/QQ", "does not name territories/QQ")]
)
def test_names_that_cldr_does_not_have(name: str, said: str) -> None:
    done = draft(name)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
