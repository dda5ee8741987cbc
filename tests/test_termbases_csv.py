"""Termbases as CSV and TSV."""

from __future__ import annotations

import csv as spreadsheet
import io
from pathlib import Path

import pytest
from concepts import TRAPS, concepts
from hypothesis import example, given
from hypothesis import strategies as st

from aligner.errors import EncodingError, InputError
from aligner.formats import termbases
from aligner.formats.termbases import csv
from aligner.records import Concept, Status, Term, Wording

FULL = Path(__file__).parent / "data" / "termbases" / "full.csv"


def read(text: str) -> tuple[Concept, ...]:
    return tuple(csv.read(text, "terms.csv"))


def write(*given: Concept, langs: tuple[str, ...] = ("en", "ru", "ky"), to: str = "csv") -> str:
    file = io.BytesIO()
    assert csv.write(file, given, langs, to) == ()
    return file.getvalue().decode()


def plain(id: str = "r2", **terms: str) -> Concept:  # noqa: A002
    return Concept(id, {lang: Term(Wording(text)) for lang, text in terms.items()})


def test_every_column() -> None:
    sco, usa, youtube = termbases.read(FULL)
    assert sco == Concept(
        "sco",
        {
            "en": Term(
                Wording("Shanghai Cooperation Organisation"),
                (Wording("SCO"), Wording("Shanghai Cooperation Organization")),
                status=Status.APPROVED,
            ),
            "ru": Term(
                Wording("Шанхайская организация сотрудничества", ("f", "inan")),
                (Wording("ШОС", ("f", "frozen")),),
                (Wording("Шанхайский союз"),),
                Status.APPROVED,
            ),
            "ky": Term(
                Wording(
                    "Шанхай кызматташтык уюму", ("px3",), {"gen": "уюмунун", "pl.gen": "уюмдардын"}
                ),
                status=Status.NEEDS_CHECK,
            ),
        },
        category="organisation",
        pos="PROPN",
        note="Two spellings\nin English",
        source="sectsco.org",
        extra={"reviewer": "A. B."},
    )
    assert usa.case_sensitive
    assert usa.terms["ky"].variants == (
        Wording("США", ("frozen",)),
        Wording("Америка Кошмо Штаттары", ("px3",), {"gen": "Штаттарынын, АКШнын"}),
        Wording("a|b [c] \\"),
    )
    assert usa.terms["ky"].status is Status.PROPOSED
    assert youtube.do_not_translate
    assert youtube.terms.keys() == {"en"}


@given(concepts(), st.sampled_from(["csv", "tsv"]))
@example([plain("a", en="=1+1", ru="'=1+1", ky="''@x")], "csv")
@example([plain("a", en="\tx", ru="x\ry", ky="'\n")], "tsv")
def test_round_trip(given_: list[Concept], to: str) -> None:
    langs = tuple(dict.fromkeys(lang for concept in given_ for lang in concept.terms))
    text = write(*given_, langs=langs, to=to)
    assert list(read(text)) == given_


@given(concepts())
def test_no_cell_is_a_formula(given_: list[Concept]) -> None:
    langs = tuple(dict.fromkeys(lang for concept in given_ for lang in concept.terms))
    for row in spreadsheet.reader(io.StringIO(write(*given_, langs=langs), newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


@given(
    st.sampled_from(["", "id,en,ru\n", "id;en;ru;en_variants\n", "en\tky_forms\tky\n"]),
    st.lists(st.sampled_from([*TRAPS, "a", "\n", '"', ";", "\t", "gen=", "[m]"])).map("".join),
)
def test_any_text_is_read_or_refused(header: str, text: str) -> None:
    problem = None
    try:
        read(header + text)
    except InputError as error:
        problem = error
    assert problem is None or (problem.where.startswith("terms.csv") and problem.hint)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_delimiters_line_ends_and_encodings(
    tmp_path: Path, delimiter: str, end: str, encoding: str
) -> None:
    rows = ['id,en,ru,"a,b;c"', "x,Osh,Ош,", ',"Bishkek, city",Бишкек,']
    text = end.join(row.replace(",", delimiter) for row in rows)
    path = tmp_path / "terms.csv"
    path.write_bytes(text.encode(encoding))
    assert termbases.read(path) == (
        plain("x", en="Osh", ru="Ош"),
        plain("r3", en=f"Bishkek{delimiter} city", ru="Бишкек"),
    )


def test_the_delimiter_that_excel_names() -> None:
    assert read("sep=;\r\nen;ru\r\nOsh;Ош\r\n") == (plain(en="Osh", ru="Ош"),)


@pytest.mark.parametrize(
    "header",
    ["en,ru", "EN,RU", "en-US,ru_RU", "English,Russian", " en , ru", "\ufeffen,ru", "eng-GB,ru"],
)
def test_names_of_languages(header: str) -> None:
    (found,) = read(f"{header.removeprefix(chr(0xFEFF))}\nOsh,Ош\n")
    assert [term.preferred.text for term in found.terms.values()] == ["Osh", "Ош"]
    assert list(found.terms) == [("eng" if "eng-" in header else "en"), "ru"]


def test_columns_that_are_no_languages_are_kept() -> None:
    (found,) = read("en,url,ru,No,evidence,tag\nOsh,x,Ош,7,,y\n")
    assert found.terms.keys() == {"en", "ru"}
    assert found.extra == {"url": "x", "No": "7", "tag": "y"}


def test_rows_that_name_their_languages() -> None:
    header = "stringID,sourceLang,targetLang,pos,sourceString,targetString,x"
    (found,) = read(f"{header}\n7,en,ru_RU,noun,flu,грипп,\n")
    assert (found.id, found.pos) == ("7", "NOUN")
    assert found.terms == plain(en="flu", ru="грипп").terms


def test_short_rows_blank_rows_and_spare_delimiters() -> None:
    text = "id,en,ru,note\na,Osh,Ош\n\n,,,\nb,Naryn,Нарын,,,\nc,Talas\n"
    assert read(text) == (
        plain("a", en="Osh", ru="Ош"),
        plain("b", en="Naryn", ru="Нарын"),
        plain("c", en="Talas"),
    )


def test_what_is_not_needed_is_not_written() -> None:
    given_ = Concept("a", plain(en="Osh", ru="Ош").terms, note="x")
    assert write(given_) == "id,en,ru,ky,note\na,Osh,Ош,,x\n"


def test_one_language_is_told_from_a_mistyped_header() -> None:
    text = write(plain("a", en="Osh"), langs=("en",))
    assert text == "id,en,do_not_translate\na,Osh,\n"
    assert read(text) == (plain("a", en="Osh"),)


def test_what_a_table_cannot_hold() -> None:
    file = io.BytesIO()
    given_ = [
        Concept("a", plain(en="Osh").terms, extra={"ru": "x", "ky_forms": "y"}),
        plain("b", de="Osch"),
    ]
    assert csv.write(file, given_, ["en", "ru"]) == (
        '1 concept: the further field "ru" has the name of a column',
        '1 concept: the further field "ky_forms" has the name of a column',
        "1 concept: left out, for want of a term in the languages of the table",
    )
    assert file.getvalue() == b"id,en,ru\na,Osh,\n"


QUOTED = 'id,en,ru,note\na,Osh,Ош,"one\ntwo\nthree"\n'


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        ("", "", "empty"),
        ("\n\n", "", "empty"),
        ("foo,bar\nx,y\n", ":1", '"foo", "bar"'),
        ("id,en,rus\n1,Osh,Ош\n", ":1", 'one language only, "en"; it does not know "rus"'),
        ("id,en,ru,en\n", ":1:4", 'column "en": the same as column 2'),
        ("en-US,en-GB,ru\n", ":1:2", 'the same as column 1, "en-US"'),
        ("id,en,ru,note,note\n", ":1:5", "the same as column 4"),
        ("id,en,ru,x,x\n", ":1:5", "the same as column 4"),
        ("en,ru,ky_forms\n", ":1:3", 'no column "ky"'),
        (QUOTED + "b,Talas,Талас,,x\n", ":5:5", "more cells than the header, which has 4"),
        ("en,ru,status\nOsh,Ош,aproved\n", ":2:3", 'column "status": "aproved" is not a status'),
        ("en,ru,ru_status\nOsh,Ош,x\n", ":2:3", "there are approved, proposed, needs-check"),
        ("en,ru,case_sensitive\nOsh,Ош,maybe\n", ":2:3", '"maybe" is neither yes nor no'),
        (QUOTED.replace("note", "do_not_translate"), ":2:4", "neither yes nor no"),
        (QUOTED + "\nb,,,no term\n", ":6:2", "no term in any language"),
        ("en,ru,ru_variants\nOsh,,Ош\n", ":2:3", 'no wording in column "ru"'),
        ("en,ru,ru_forms\nOsh,Ош,Оша\n", ":2:3", '"Оша" is no form'),
        ("en,ru,ru_forms\nOsh,Ош,gen=\n", ":2:3", '"gen=" is no form'),
        ("en,ru,ru_variants\nOsh,Ош,Ош [m\n", ":2:3", 'brackets in "Ош [m"'),
        ("en,ru,ru_variants\nOsh,Ош,[m]\n", ":2:3", 'brackets in "[m]"'),
        ('en,ru\nOsh,"Ош\nTalas,Талас\n', ":2", "never ends"),
        ('en,ru\nOsh,"Ош" шаары\n', ":2", "follows the quote"),
        ("sep=;\nen;ru\nOsh;Ош;x\n", ":3:3", "more cells"),
        ("sourceLang,targetLang,sourceString,targetString\nen,?,a,b\n", ":2:2", '"?" is not'),
        ("sourceLang,targetLang,sourceString,targetString\nen,ru,a,\n", ":2:4", "empty"),
    ],
)
def test_errors_say_where(text: str, where: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text)
    assert caught.value.where == f"terms.csv{where}"
    assert said in caught.value.message
    assert caught.value.hint


def test_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "terms.csv"
    path.write_bytes("en,ru\nOsh,Город Ош в Киргизии\n".encode("cp1251"))
    with pytest.raises(EncodingError) as caught:
        termbases.read(path)
    assert caught.value.where == f"{path}:2"
    assert "cp1251" in caught.value.hint
    assert len(termbases.read(path, encoding="cp1251")) == 1


def test_a_table_of_a_hundred_thousand_rows() -> None:
    rows = "".join(f"g{i},term {i},термин {i}\n" for i in range(100_000))
    found = csv.read(f"id,en,ru\n{rows}", "big.csv")
    assert (
        sum(concept.terms["ru"].preferred.text.startswith("термин") for concept in found) == 100_000
    )


@pytest.mark.parametrize(
    ("name", "count", "langs"),
    [
        ("glossary.csv", 119, {"en", "ru", "ky"}),
        ("tico19_f_en-ru_RU.csv", 306, {"en", "ru"}),
        ("tico19_g_en_ky.csv", 327, {"en", "ky"}),
    ],
)
def test_real_files(shared: Path, name: str, count: int, langs: set[str]) -> None:
    found = termbases.read(shared / "data" / "terminology" / name)
    assert len(found) >= count
    assert {lang for concept in found for lang in concept.terms} == langs
