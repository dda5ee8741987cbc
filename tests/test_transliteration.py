"""Names in Latin script → Russian and Kyrgyz."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import UsageError
from aligner.languages import known, transliteration
from aligner.languages.transliteration import propose, transliterate

NAMES = Path(__file__).parent / "data" / "transliteration" / "names.tsv"


def rows(split: str) -> list[dict[str, str]]:
    lines = [line for line in NAMES.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [row for row in csv.DictReader(lines, delimiter="\t") if row["split"] == split]


def exact(split: str, lang: str) -> float:
    """The share of names that come out as they are written."""
    made = [(transliterate(row["en"], lang), row[lang]) for row in rows(split)]
    return sum(found is not None and found.text == gold for found, gold in made) / len(made)


@pytest.mark.parametrize(
    ("split", "lang", "least"),
    [
        ("tune", "ru", 0.98),
        ("tune", "ky", 0.94),
        ("held-out", "ru", 0.93),
        ("held-out", "ky", 0.87),
    ],
)
def test_names_of_the_region(split: str, lang: str, least: float) -> None:
    assert len(rows(split)) == 66
    assert exact(split, lang) >= least


def test_persons_of_the_seed_article(shared: Path) -> None:
    with (shared / "data/terminology/glossary.csv").open(encoding="utf-8") as file:
        persons = [row for row in csv.DictReader(file) if row["category"] == "person"]
    for row in persons:
        for lang in ("ru", "ky"):
            made = transliterate(row["en"], lang)
            assert made is None or made.text == row[lang]
    assert sum(transliterate(row["en"], "ru") is None for row in persons) == 1  # Kim Jong Un


@pytest.mark.parametrize(
    ("name", "ru", "ky"),
    [
        ("Seitek Kachkynbai", "Сейтек Качкынбай", "Сейтек Качкынбай"),
        ("Japarov", "Жапаров", "Жапаров"),
        ("Jafar Tojiboyev", "Джафар Тожибоев", "Жафар Тожибоев"),
        ("Nurbek Asan uulu", "Нурбек Асан уулу", "Нурбек Асан уулу"),
        ("Nurbek Asan ulu", "Нурбек Асан уулу", "Нурбек Асан уулу"),
        ("Fyodor Solovyov", "Фёдор Соловьёв", "Фёдор Соловьёв"),
        ("Sergei Vasilyev", "Сергей Васильев", "Сергей Васильев"),
        ("Yelena Shcherbakova", "Елена Щербакова", "Елена Щербакова"),
        ("Özgönbek", "Озгонбек", "Өзгөнбек"),
        ("Aytmatov", "Айтматов", "Айтматов"),
        ("Gulzat Mamytbekova", "Гульзат Мамытбекова", "Гүлзат Мамытбекова"),
        ("Toktogul", "Токтогул", "Токтогул"),
        ("Oʻktam Yoʻldoshev", "Уктам Юлдошев", "Уктам Юлдошев"),
        ("O'ktam Yo’ldoshev", "Уктам Юлдошев", "Уктам Юлдошев"),
        ("Viktor Pavlovskiy", "Виктор Павловский", "Виктор Павловский"),
        ("Irkutsk", "Иркутск", "Иркутск"),
        ("Kyzyl-Kiya", "Кызыл-Кия", "Кызыл-Кия"),
    ],
)
def test_rules(name: str, ru: str, ky: str) -> None:
    found = [transliterate(name, lang) for lang in ("ru", "ky")]
    assert [made.text for made in found if made] == [ru, ky]


def test_western_names_are_approximate() -> None:
    assert (made := transliterate("Michael Smith", "ru"))
    assert (made.text, made.approximate) == ("Майкл Смит", True)
    assert (made := transliterate("Bakyt Baketaev", "ru"))
    assert not made.approximate


@pytest.mark.parametrize(
    "name",
    [
        "OSCE",
        "Bank of Osh",
        "Xi Jinping",
        "Kim Jong Un",
        "Бишкек",
        "C5+1",
        "",
        "毛泽东",
        "DW Akademie",
    ],
)
def test_where_rules_say_nothing(name: str) -> None:
    assert transliterate(name, "ru") is None


def test_no_spelling_is_proposed_for_what_has_a_name_of_its_own() -> None:
    for name in ("Germany", "Paris", "Ukraine", "Central Asia", "Switzerland"):
        assert propose(name, "ru") is None
    assert propose("Olaf Hertz", "ru") is None
    assert propose("Olaf Hertz", "ru", person=True)
    assert propose("Merkel", "ru", person=True) is None


def test_languages() -> None:
    assert transliteration.served() == ("ky", "ru")
    assert "transliteration" not in known()
    assert transliterate("Osh", "kk") is None
    assert transliterate("Osh", "ru-RU")
    with pytest.raises(UsageError):
        transliterate("Osh", "Russian language")


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzABCJKSTZ' -.öüʻ’éçñ", max_size=40))
def test_nothing_latin_is_left(name: str) -> None:
    for lang in ("ru", "ky"):
        made = transliterate(name, lang)
        if made:
            assert not any("a" <= letter.lower() <= "z" for letter in made.text)
            assert len(made.text.split()) == len(name.split())
