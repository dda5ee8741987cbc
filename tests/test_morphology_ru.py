"""Russian inflection, measured in cells: one form of one term.

tests/data/morphology/ru.tsv is machine-drafted; the terms in ../shared are the project's gold.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner import languages
from aligner.languages.morphology.ru import inflect
from aligner.languages.morphology.ru_words import CASES

DATA = Path(__file__).parent / "data" / "morphology"
# Kinds of the data files: term, animate term, man, woman, Korean or Chinese name.
KINDS = {"T": (), "A": ("anim",), "M": ("person", "m"), "F": ("person", "f"), "K": ("person", "m")}


def lines(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def forms(term: str, *features: str) -> list[str]:
    """The six forms of a term in the number that it is given in."""
    both = inflect(term, features)
    return list((both.sg or both.pl).values())


def wrong_cells(path: Path) -> tuple[list[str], int]:
    """What we say and what is right, cell by cell; and how many cells there are."""
    wrong, cells = [], 0
    for line in lines(path):
        kind, *right = line.split("|")
        cells += len(right)
        ours = forms(right[0], *KINDS[kind])
        wrong += [f"{one} ≠ {two}" for one, two in zip(ours, right, strict=True) if one != two]
    return wrong, cells


def test_own_terms() -> None:
    wrong, cells = wrong_cells(DATA / "ru.tsv")
    assert len(wrong) <= 0.005 * cells, wrong


@pytest.mark.parametrize("name", ["ru-phrases-1.tsv", "ru-phrases-2.tsv"])
def test_gold_terms(shared: Path, name: str) -> None:
    wrong, cells = wrong_cells(shared / "data" / "terminology" / name)
    assert len(wrong) <= 0.01 * cells, wrong


@pytest.mark.parametrize("line", lines(DATA / "ru-failures.txt"))
def test_known_failures(line: str) -> None:
    term, right = line.split(" → ")
    case, form = right.split(": ")
    if inflect(term).sg.get(case) == form:
        pytest.fail(f"mended: take it out of ru-failures.txt: {line}")


@pytest.mark.parametrize(
    ("term", "features", "genitive"),
    [
        # A plural is as good a term as a singular.
        ("денежные переводы", "", "денежных переводов"),
        ("Нидерланды", "", "Нидерландов"),
        # What stands in quotes stays, unless it is all there is.
        ("агентство «Кабар»", "", "агентства «Кабар»"),
        ("«Голос Америки»", "", "«Голоса Америки»"),
        # The letter ё follows the term.
        ("Соединённые Штаты", "", "Соединённых Штатов"),
        ("Соединенные Штаты", "", "Соединенных Штатов"),
        # Complements and appositions stay, coordinated heads and persons decline.
        ("война за мир и безопасность", "", "войны за мир и безопасность"),
        ("министр иностранных дел и торговли", "", "министра иностранных дел и торговли"),
        ("Россия, Китай и Иран", "", "России, Китая и Ирана"),
        ("изменение климата и миграция", "", "изменения климата и миграции"),
        ("газопровод Туркменистан — Китай", "", "газопровода Туркменистан — Китай"),
        ("президент России Владимир Путин", "", "президента России Владимира Путина"),
        ("Республика Узбекистан", "", "Республики Узбекистан"),
        # Scripts and figures.
        ("YouTube-канал", "", "YouTube-канала"),
        ("XXI век", "", "XXI века"),
        ("Human Rights Watch", "", "Human Rights Watch"),
        # Names.
        ("Жапаров Садыр Нургожоевич", "person", "Жапарова Садыра Нургожоевича"),
        ("Салтыков-Щедрин", "person", "Салтыкова-Щедрина"),
        ("Башар аль-Асад", "person", "Башара аль-Асада"),
        ("Роза Отунбаева", "", "Розы Отунбаевой"),
        ("Меркель", "person,f", "Меркель"),
        ("Жогорку Кенеш", "frozen", "Жогорку Кенеш"),
    ],
)
def test_genitive(term: str, features: str, genitive: str) -> None:
    assert forms(term, *features.split(","))[1] == genitive


@pytest.mark.parametrize(
    ("name", "genitive"),
    [
        ("Айсулуу Мамашева", "Айсулуу Мамашевой"),
        ("Наталья Поклонская", "Натальи Поклонской"),
        ("Асан кызы Айнура", "Асан кызы Айнуры"),
        ("Нурлан уулу Бакыт", "Нурлан уулу Бакыта"),
        ("Игорь Шестаков", "Игоря Шестакова"),
        ("Иван Иванович Черных", "Ивана Ивановича Черных"),
    ],
)
def test_gender_is_guessed(name: str, genitive: str) -> None:
    assert forms(name, "person")[1] == genitive


def test_a_common_noun_has_both_numbers() -> None:
    term = inflect("трудовой мигрант")
    assert term.sg["acc"] == "трудового мигранта"
    assert term.pl["acc"] == "трудовых мигрантов"


@pytest.mark.parametrize(
    ("term", "features"),
    [("Садыр Жапаров", "person"), ("Бишкек", ""), ("ЕАЭС", ""), ("Всемирный банк", "")],
)
def test_a_name_has_no_plural(term: str, features: str) -> None:
    assert not inflect(term, features.split(",")).pl


@pytest.mark.parametrize("term", ["выборы", "страны Центральной Азии", "Нидерланды"])
def test_a_plural_has_no_singular(term: str) -> None:
    assert not inflect(term).sg


def test_features_tell_readings_apart() -> None:
    assert inflect("сом", {"inan"}).sg["acc"] == "сом"
    assert inflect("манап", {"anim"}).sg["acc"] == "манапа"


@pytest.mark.parametrize("term", ["", " ", "—", "«»", "(", "и", "2025", "а" * 500, "Ы-", "-", "\n"])
@pytest.mark.parametrize("features", [(), ("person",), ("anim", "pl")])
def test_odd_terms_come_back(term: str, features: tuple[str, ...]) -> None:
    both = inflect(term, features)
    row = both.sg or both.pl
    assert list(row) == list(CASES)
    assert row["nom"] == term


def test_morphology_is_no_language() -> None:
    assert "morphology" not in languages.known()


def test_letters_without_a_name() -> None:
    assert inflect("\U00017000", ()).sg["gen"] == "\U00017000"
