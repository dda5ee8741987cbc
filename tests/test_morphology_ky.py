"""Kyrgyz forms: by rule, against a drafted list, and against the words of a treebank."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from aligner.errors import UsageError
from aligner.languages.morphology import ky

DRAFTED = Path(__file__).parent / "data" / "morphology" / "ky.tsv"


def drafted() -> Iterator[tuple[str, str, list[str]]]:
    for line in DRAFTED.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            term, features, forms = line.split("\t")
            yield term, features, forms.split("|")


def known(features: str) -> list[str]:
    return [feature for feature in features.split(",") if feature]


def singular(term: str, *features: str) -> str:
    """The cases after the nominative, with | between."""
    return "|".join(list(ky.inflect(term, features).sg.values())[1:])


@pytest.mark.parametrize(("term", "features", "forms"), list(drafted()))
def test_drafted_terms(term: str, features: str, forms: list[str]) -> None:
    assert list(ky.inflect(term, known(features)).sg.values()) == [term, *forms]


@pytest.mark.parametrize(
    ("word", "plural"),
    [
        ("кол", "колдор"),
        ("суу", "суулар"),
        ("үй", "үйлөр"),
        ("күн", "күндөр"),
        ("бут", "буттар"),
        ("көл", "көлдөр"),
        ("шаар", "шаарлар"),
        ("тоо", "тоолор"),
        ("бала", "балдар"),
        ("ГЭС", "ГЭСтер"),
        ("октябрь", "октябрлар"),
        ("Шанхай кызматташтык уюму", "Шанхай кызматташтык уюмдары"),
        ("тышкы иштер министрлиги", "тышкы иштер министрликтери"),
        ("Ысык-Көл облусу", "Ысык-Көл облустары"),
        ("маалымат бюросу", "маалымат бюролору"),
        ("футбол клубу", "футбол клубдары"),
        ("жумуш орду", "жумуш орундары"),
    ],
)
def test_plural(word: str, plural: str) -> None:
    assert ky.inflect(word).pl["nom"] == plural


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("китеп", "китебим китебиң китеби китебибиз китебиңер"),
        ("Биримдик", "Биримдигим Биримдигиң Биримдиги Биримдигибиз Биримдигиңер"),
        ("орун", "ордум ордуң орду ордубуз ордуңар"),
        ("эне", "энем энең энеси энебиз энеңер"),
        ("той", "тоюм тоюң тою тоюбуз тоюңар"),
        ("банк", "банкым банкың банкы банкыбыз банкыңар"),
    ],
)
def test_possessives(word: str, forms: str) -> None:
    assert [ky.possess(word, owner) for owner in ky.POSSESSIVES] == forms.split()


def test_cases_after_possessives() -> None:
    assert ky.decline("китебим", "px1sg")["dat"] == "китебиме"
    assert ky.decline("китеби", "px3")["dat"] == "китебине"
    assert ky.decline("китебибиз", "px1pl")["dat"] == "китебибизге"


@pytest.mark.parametrize(
    ("term", "dative"),
    [
        ("5", "5ке"),
        ("40", "40ка"),
        ("100", "100гө"),
        ("2000", "2000ге"),
        ("0", "0гө"),
        ("1000000", "1000000го"),
        ("50%", "50%га"),
        ("Ту-154", "Ту-154кө"),
        ("2025", "2025ке"),
        ("vb.kg", "vb.kgге"),
        ("YouTube", "YouTubeга"),
        ("CNN", "CNNге"),
        ("OSCE", "OSCEге"),
        ("ОшМУ", "ОшМУга"),
        ("ЕБ", "ЕБге"),
    ],
)
def test_read_aloud(term: str, dative: str) -> None:
    assert ky.inflect(term).sg["dat"] == dative


def test_never_three_alike() -> None:
    assert singular("киловатт") == "киловаттын|киловаттка|киловатты|киловатта|киловаттан"


def test_a_given_reading() -> None:
    assert ky.inflect("РФ").sg["gen"] == "РФнын"
    assert ky.inflect("РФ", ["read:Эр-Эф"]).sg["gen"] == "РФтин"


def test_frozen() -> None:
    found = ky.inflect("Deutsche Welle", ["frozen"])
    assert set(found.sg.values()) == {"Deutsche Welle"} == set(found.pl.values())


@pytest.mark.parametrize("term", ["санкциялар", "эмгек мигранттары", "Америка Кошмо Штаттары"])
def test_plural_terms_have_no_singular(term: str) -> None:
    assert ky.inflect(term).sg == {}
    assert ky.inflect(term).pl["nom"] == term


@pytest.mark.parametrize("term", ["доктор", "тендер", "доллар", "лидер", "Искендер"])
def test_what_looks_plural(term: str) -> None:
    assert ky.inflect(term).sg["nom"] == term


@pytest.mark.parametrize(
    ("term", "genitive"),
    [
        ("БУУнун өкүлү", "БУУнун өкүлүнүн"),
        ("Токтогул ГЭСи", "Токтогул ГЭСинин"),
        ("башкаруу баскычы", "башкаруу баскычынын"),
        ("эмгек акы", "эмгек акынын"),
        ("атайын элчи", "атайын элчинин"),
        ("экинчи дүйшөмбү", "экинчи дүйшөмбүнүн"),
        ("жеке киши", "жеке кишинин"),
        ("Индира Ганди", "Индира Гандинин"),
    ],
)
def test_izafet_without_a_feature(term: str, genitive: str) -> None:
    assert ky.inflect(term).sg["gen"] == genitive


def test_izafet_by_feature() -> None:
    assert singular("Биримдиги", "px3").split("|")[1] == "Биримдигине"
    assert singular("Биримдиги").split("|")[1] == "Биримдигиге"


def test_what_stays_behind() -> None:
    assert ky.inflect("Бириккен Улуттар Уюму (БУУ)").sg["dat"] == "Бириккен Улуттар Уюмуна (БУУ)"
    assert ky.inflect("“Азаттык”").sg["dat"] == "“Азаттыкка”"


def test_bad_calls() -> None:
    with pytest.raises(UsageError, match="px9"):
        ky.inflect("Ош", ["px9"])
    with pytest.raises(UsageError, match="empty"):
        ky.inflect(" ")
    assert ky.inflect("Ош", ["m", "inan"]) == ky.inflect("Ош")


@pytest.mark.parametrize("term", ["…", "-", "ь", "»", "%", "()", "’", "\u00ad", "7-", "A"])
def test_odd_terms_have_forms(term: str) -> None:
    assert len(ky.inflect(term).sg) == len(ky.CASES)


def test_the_glossary_of_the_seed_article(shared: Path) -> None:
    folder = shared / "data" / "terminology"
    with (folder / "glossary.csv").open(encoding="utf-8", newline="") as file:
        terms = {row["id"]: row for row in csv.DictReader(file)}
    with (folder / "seed-forms.csv").open(encoding="utf-8", newline="") as file:
        gold = [row for row in csv.reader(file) if row[1] == "ky"]
    for number, _, *cases in gold:
        found = ky.inflect(terms[number]["ky"], ["px3"] if "px3" in terms[number]["note"] else [])
        assert list((found.sg or found.pl).values()) == cases


# The treebank ------------------------------------------------------------------------------------

# Any allomorph of plural, possessive, case: whether it is the right one is what we test.
_V = "[аеоөыиуү]"
_INFLECTION = re.compile(
    rf"(?:[лдт][аеоө]р)?(?:{_V}?[мң]|с?[ыиуүю]|{_V}?б{_V}з|{_V}?ң{_V}р)?"
    rf"(?:[ндт]?{_V}н|[гкн]?[аеоө]|[ндт]{_V}|н|н?[дт][аеоө]н?)?"
)


def treebank_types(path: Path) -> set[tuple[str, str]]:
    """Lemma and form of nouns and proper nouns with case and number.

    Its morphology was made by a machine: derived words («райондук»: «район») and wrong lemmas
    («президен») stand beside right ones. A type counts if the form is the lemma, but for к, п or ь
    at its end, and an allomorph of plural, possessive and case suffixes after it.
    """
    types = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        columns = line.split("\t")
        if len(columns) != 10 or columns[3] not in {"NOUN", "PROPN"}:
            continue
        form, lemma, features = columns[1], columns[2], columns[5]
        stem = re.sub("[кпь]$", "", lemma, flags=re.IGNORECASE)
        rest = form[len(stem) :].lower()
        if stem.lower() != form[: len(stem)].lower() or not stem or "Case=" not in features:
            continue
        if stem != lemma:
            rest = re.sub("^[кгпб]", "", rest)
        if "Number=" in features and _INFLECTION.fullmatch(rest):
            ending = lemma[len(stem) :]
            same = form[len(stem) : len(lemma)].lower() == ending.lower()  # «Укмк», «УКМКнын»
            types.add((form[: len(lemma)] if same else form[: len(stem)] + ending, form))
    return types


def all_forms(lemma: str) -> Iterator[str]:
    for stem in (lemma, ky.pluralise(lemma)):
        yield from ky.decline(stem).values()
        for owner in ky.POSSESSIVES:
            yield from ky.decline(ky.possess(stem, owner), owner).values()


def test_types_of_the_treebank(shared: Path) -> None:
    types = treebank_types(shared / "data" / "terminology" / "ky-ktmu-train.conllu")
    inflected = {(lemma, form) for lemma, form in types if lemma != form}
    right = {(lemma, form) for lemma, form in inflected if form in set(all_forms(lemma))}
    assert len(inflected) > 1500
    assert len(right) / len(inflected) >= 0.984, sorted(inflected - right)


@pytest.mark.parametrize(
    ("term", "plural"),
    [
        ("мамлекет башчысы", "мамлекет башчылары"),
        ("жеке белгиси", "жеке белгилери"),
        ("эмгек рыногу", "эмгек рыноктору"),
        ("Ош облусу", "Ош облустары"),
        ("тил педагогу", "тил педагогдору"),
    ],
)
def test_the_plural_of_what_belongs_to_somebody(term: str, plural: str) -> None:
    assert ky.inflect(term, ["px3"]).pl["nom"] == plural
