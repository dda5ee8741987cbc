"""Names and terms that a glossary lacks."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import pytest
from command import ARTICLE
from hypothesis import given
from hypothesis import strategies as st

from aligner import formats, segmentation
from aligner.errors import UsageError
from aligner.records import Block, Concept, Document, Kind, Term, Wording
from aligner.terminology.suggest import Suggestion, concepts, suggest


def found_in(
    *blocks: str | Block,
    lang: str = "en",
    glossary: Iterable[Concept] = (),
    names_only: bool = False,
    min_count: int = 1,
    top: int | None = None,
) -> dict[str, Suggestion]:
    """The suggestions for a document of these paragraphs, by text."""
    made = tuple(one if isinstance(one, Block) else Block(Kind.BODY, one) for one in blocks)
    document = Document("doc", lang, "", made)
    segments = list(segmentation.segment_document(document))
    found = suggest(
        document, segments, glossary, names_only=names_only, min_count=min_count, top=top
    )
    return {one.text: one for one in found}


def names_in(*blocks: str | Block, lang: str = "en") -> list[str]:
    return sorted(found_in(*blocks, lang=lang, names_only=True))


def entry(text: str, lang: str = "en", variants: tuple[str, ...] = ()) -> Concept:
    return Concept("g009", {lang: Term(Wording(text), tuple(map(Wording, variants)))})


# Names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Inflation rose, but Bishkek did not act.", ["Bishkek"]),
        ("He met President Sadyr Japarov.", ["Sadyr Japarov"]),
        ("He met Russian President Vladimir Putin.", ["Vladimir Putin"]),
        ("He met Deputy Prime Minister Bakyt Torobaev.", ["Bakyt Torobaev"]),
        ("It was Mr. Japarov’s idea.", ["Japarov"]),
        ("They asked the leader of Kyrgyzstan Sadyr Japarov.", ["Kyrgyzstan", "Sadyr Japarov"]),
        ("The president of Russia saw the presidents of China.", ["China", "Russia"]),
        ("It is the Ministry of Foreign Affairs.", ["Ministry of Foreign Affairs"]),
        ("The Minister of Foreign Affairs of Nepal spoke.", ["Nepal"]),
        (
            "It is the Ministry of Labour, Social Security and Migration.",
            ["Ministry of Labour, Social Security and Migration"],
        ),
        (
            "It asked the Organization for Security and Cooperation in Europe.",
            ["Organization for Security and Cooperation in Europe"],
        ),
        (
            "He saw the Ministry of Finance and the National Bank.",
            ["Ministry of Finance", "National Bank"],
        ),
        ("It is the Cabinet of Ministers of Nepal.", ["Cabinet of Ministers of Nepal"]),
        ("It is the International Court of Justice.", ["International Court of Justice"]),
        ("It is the Office of President Sadyr Japarov.", ["Sadyr Japarov"]),
        ("He saw the Ministry of Finance in Bishkek.", ["Bishkek", "Ministry of Finance"]),
        ("He rang Kim Jong Un and Ursula von der Leyen.", ["Kim Jong Un", "Ursula von der Leyen"]),
        ("He rang Khalid al-Faisal.", ["Khalid al-Faisal"]),
        ("He rang Nurlanbek Turgunbek uulu again.", ["Nurlanbek Turgunbek uulu"]),
        ("He rang John F. Kennedy in St. Petersburg.", ["John F. Kennedy", "St. Petersburg"]),
        ("On Monday, 12 May, the OSCE met in Vienna.", ["OSCE", "Vienna"]),
        ("The Russian president and Kyrgyz farmers spoke of Central Asian trade.", []),
        ("The talks of Russia-backed and Kazakh-Kyrgyz groups failed.", []),
        ("I think that I know. He said so on Thursdays.", []),
        ("It stood in the People's Republic of China.", ["People's Republic of China"]),
        ("We met in The Hague and New York.", ["New York", "The Hague"]),
        ("Write to Info@Example.org or see https://Example.org/Osh.", []),
        ("Photos: a map and a table. Type 1 is rare, and so is Article 5.", []),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert names_in(text) == names


def test_the_first_word_of_a_sentence_needs_evidence() -> None:
    assert names_in("Talks failed. Sanctions hurt. Theoretically, he can.") == []
    assert names_in("Umarov agreed.") == []
    assert names_in("Umarov agreed.", "Nobody asked Umarov.") == ["Umarov"]
    assert names_in("Temur Umarov agreed.") == ["Temur Umarov"]
    assert names_in("Leaders of Central Asia met.", "The leaders of Central Asia met.") == [
        "Central Asia"
    ]
    assert names_in("“Poor Japarov,” they said of Japarov.") == ["Japarov"]


def test_headings_prove_nothing_but_count() -> None:
    shouting = Block(Kind.HEADING, "FOREIGN MINISTERS MEET IN BISHKEK")
    title = Block(Kind.HEADING, "Leaders Agree On New Rules For Bishkek And Osh")
    assert names_in(shouting, title) == []
    found = found_in(title, "They met in Bishkek.")
    assert list(found) == ["Bishkek"]
    assert found["Bishkek"].count == 2
    assert names_in("Leaders Agree On New Rules For Travel Between Countries") == []


def test_boilerplate_is_left_out() -> None:
    assert names_in(Block(Kind.BOILERPLATE, "He works for CABAR in Osh.")) == []


def test_a_surname_goes_to_its_owner() -> None:
    found = found_in("They asked Temur Umarov. He said that Umarov’s view is Umarov’s.")
    assert list(found) == ["Temur Umarov"]
    assert (found["Temur Umarov"].count, found["Temur Umarov"].variants) == (3, ("Umarov",))
    several = found_in("They asked Sadyr Japarov and Akylbek Japarov. Did Japarov say so?")
    assert "surname of Sadyr Japarov, Akylbek Japarov" in several["Japarov"].notes
    assert several["Sadyr Japarov"].variants == ()


def test_initialisms_are_linked() -> None:
    found = found_in(
        "It is the International Criminal Court (ICC). The ICC spoke of gross domestic product "
        "(GDP), and GDP grew."
    )
    assert found["ICC"].notes == ("short for International Criminal Court",)
    assert found["International Criminal Court"].notes == ("abbreviated ICC",)
    assert found["GDP"].notes == ("short for gross domestic product",)


def test_names_joined_by_a_hyphen() -> None:
    text = "China and we met in Central Asia and in China. The China-Central Asia summit began."
    assert names_in(text) == ["Central Asia", "China"]
    assert names_in("He lives in Jalal-Abad.") == ["Jalal-Abad"]


@pytest.mark.parametrize(
    ("text", "name", "category"),
    [
        ("Nobody asked Umarov. Umarov said so.", "Umarov", "person"),
        ("She lives in Osh.", "Osh", "place"),
        ("She reads the Rome Statute.", "Rome Statute", "treaty"),
        ("She left the Supreme Court of Nepal.", "Supreme Court of Nepal", "organisation"),
        ("She crossed the Black Sea.", "Black Sea", "place"),
        ("She drove a Lexus.", "Lexus", "name"),
        ("This was, according to DW, wrong.", "DW", "organisation"),
    ],
)
def test_categories(text: str, name: str, category: str) -> None:
    assert found_in(text)[name].category == category


def test_proposals() -> None:
    found = found_in("She asked Seitek Kachkynbai in Paris about the Fergana Valley and the OSCE.")
    proposals = found["Seitek Kachkynbai"].proposals
    assert {lang: made.text for lang, made in proposals.items()} == {
        "ru": "Сейтек Качкынбай",
        "ky": "Сейтек Качкынбай",
    }
    assert not found["Paris"].proposals
    assert not found["Fergana Valley"].proposals


# Terms ---------------------------------------------------------------------------------------


def terms_in(*blocks: str) -> list[str]:
    return [one.text for one in found_in(*blocks).values() if one.kind == "term"]


def test_terms_stand_twice() -> None:
    text = "Labour migrants sign labour contracts. The labour contracts need a stamp."
    found = found_in(text, "Every labour migrant knows the labour contract.")
    assert list(found) == ["labour contracts", "labour migrant"]
    assert found["labour contracts"].count == 3
    assert found["labour contracts"].variants == ("labour contract",)
    assert terms_in("It is a labour contract.") == []


def test_nested_terms_count_where_they_stand_alone() -> None:
    nested = "They build a nuclear power plant. The nuclear power plant is old."
    assert terms_in(nested) == ["nuclear power plant"]
    alone = "The power plant burns coal. Every power plant does."
    assert terms_in(nested, alone) == ["nuclear power plant", "power plant"]


@pytest.mark.parametrize(
    "text",
    [
        "The expert said so. The expert said more.",
        "They can flexibly respond and they can flexibly respond.",
        "It rose last year. It fell last year.",
        "The other countries left. The other countries came.",
        "We must pursue peace. They pursue peace.",
        "He came to Central Asian lands. He saw the Central Asian.",
        "It is on the one hand new, on the one hand old.",
        "There are 20 million dollars. There are 20 million dollars.",
        "The talks, progress and talks, progress ended.",
    ],
)
def test_no_silly_phrases(text: str) -> None:
    assert terms_in(text) == []


def test_modifiers_from_countries_belong_to_terms() -> None:
    text = "The Russian president met the Central Asian countries. "
    assert sorted(terms_in(text * 2)) == ["Central Asian countries", "Russian president"]


# The glossary --------------------------------------------------------------------------------


def test_what_the_glossary_has_is_left_out() -> None:
    text = "He met Sadyr Japarov in Osh City. The foreign visit and the foreign visits went well."
    assert {"Sadyr Japarov", "Osh City", "foreign visit"} <= set(found_in(text))
    known = [
        Concept("g1", {"en": Term(Wording("Sadyr Japarov"))}),
        Concept("g2", {"en": Term(Wording("Osh"), (Wording("Osh City"),))}),
        Concept("g3", {"en": Term(Wording("foreign visit"))}),
    ]
    assert not found_in(text, glossary=known)


def test_a_longer_name_than_the_glossary_s_is_new() -> None:
    found = found_in("He likes the Central Asia Fund.", glossary=[entry("Central Asia")])
    assert list(found) == ["Central Asia Fund"]


def test_limits() -> None:
    text = "He saw Osh, Osh and Naryn. The polling station is a polling station."
    assert list(found_in(text, min_count=2)) == ["Osh", "polling station"]
    assert list(found_in(text, top=1)) == ["Osh", "polling station"]
    assert list(found_in(text, names_only=True)) == ["Osh", "Naryn"]


# Other languages -----------------------------------------------------------------------------


def test_russian() -> None:
    found = found_in(
        "В Бишкеке прошла встреча. Президент Садыр Жапаров прибыл из Бишкека.",
        "Решение Верховного суда огласили в среду. Об этом заявил Игорь Ветров, а Ветрова ждут.",
        lang="ru",
    )
    assert set(found) == {"Бишкек", "Садыр Жапаров", "Верховный суд", "Игорь Ветров"}
    assert found["Бишкек"].variants == ("Бишкеке", "Бишкека")
    assert found["Игорь Ветров"].count == 2


def test_kyrgyz() -> None:
    found = found_in(
        "Ал Бишкекке барды. Биз Бишкектен келдик, бирок Канадага барган жокпуз.",
        "Бүгүн Президент Садыр Жапаров Ош шаарында болду. Кечээ Жапаровдун сөзү угулду.",
        lang="ky",
    )
    assert {"Бишкек", "Канада", "Садыр Жапаров"} <= set(found)
    assert "Бүгүн" not in found
    assert found["Бишкек"].count == 2


def test_other_languages_are_refused() -> None:
    with pytest.raises(UsageError, match="names can be found in"):
        found_in("Der Hund schläft.", lang="de")


# The article ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def article() -> Document:
    return formats.read(str(ARTICLE), "en")


# What a terminologist would not call a name or a term worth an entry: nothing may appear here.
EXPECTED = frozenset(
    """
    Russia|Kyrgyzstan|Central Asia|Vladimir Putin|Seitek Kachkynbai|China|Ukraine|United States
    Germany|Musurkul Kabylbekov|Bishkek|International Criminal Court|Sadyr Japarov|The Hague
    Armenia|Bakyt Baketaev|C5+1|CIS|European Union|Facebook|Kremlin|Rome Statute|Temur Umarov|West
    Azerbaijan|Belarus|Berlin|Carnegie Russia Eurasia Centre|Cuba|DW|East|GDP|Iran|Japan|Kazakhstan
    Kim Jong Un|Moscow|Order of Honour|Supreme Eurasian Economic Council|Tajikistan|Turkmenistan
    Uzbekistan|Venezuela
    """.strip()
    .replace("\n", "|")
    .replace("    ", "")
    .split("|")
)


def test_the_names_of_the_article(article: Document) -> None:
    segments = list(segmentation.segment_document(article))
    assert {one.text for one in suggest(article, segments, names_only=True)} == EXPECTED


def test_the_article_with_its_glossary(article: Document, shared: Path) -> None:
    with (shared / "data/terminology/glossary.csv").open(encoding="utf-8") as file:
        known = [entry(row["en"]) for row in csv.DictReader(file)]
    segments = list(segmentation.segment_document(article))
    found = suggest(article, segments, known)
    assert not [one for one in found if one.kind == "name"]
    assert len(found) <= 2


def test_rows_for_a_termbase(article: Document) -> None:
    segments = list(segmentation.segment_document(article))
    found = suggest(article, segments)
    rows = concepts(found, article, ["g7", "g119", "note"])
    assert [row.id for row in rows[:2]] == ["g120", "g121"]
    assert len({row.id for row in rows}) == len(rows)
    person = next(row for row in rows if row.terms["en"].preferred.text == "Temur Umarov")
    assert person.terms["ru"].preferred == Wording("Темур Умаров", ("person",))
    assert person.terms["en"].variants == (Wording("Umarov"),)
    assert person.note == "2×; category guessed; ru, ky: proposal by transliteration"
    assert person.source.startswith(f"{article.id} ")
    assert person.extra["count"] == "2"
    assert "Temur Umarov" in person.extra["example"]
    assert concepts(found, article)[0].id == "n001"


@given(
    st.lists(st.text(alphabet="aA bOsh.,-–’'“(\n\tЖжый1И", max_size=60), min_size=1, max_size=5),
    st.sampled_from(["en", "ru", "ky"]),
)
def test_any_text(paragraphs: list[str], lang: str) -> None:
    blocks = tuple(Block(Kind.BODY, text) for text in paragraphs if text.strip())
    document = Document("doc", lang, "", blocks)
    segments = list(segmentation.segment_document(document))
    ids = {segment.id for segment in segments}
    for one in suggest(document, segments):
        assert one.segment in ids
        assert one.count > 0
        assert one.text == " ".join(one.text.split()) != ""
