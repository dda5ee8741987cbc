"""Tables of translation units: CSV and TSV."""

from __future__ import annotations

import csv
import gzip
import io
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from exchanged import bare, bundle, entries, plain_entries
from hypothesis import example, given
from hypothesis import strategies as st

from aligner.entries import Bundle, Entry, Header, Inline, Variant
from aligner.errors import EncodingError, InputError
from aligner.formats.exchange import tables

FORMATS = st.sampled_from(["csv", "tsv"])


def read(data: str | bytes, langs: tuple[str, ...] = ()) -> list[Entry]:
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).write_bytes(data if isinstance(data, bytes) else data.encode())
        return list(tables.read(file.name, langs).entries)


def write(given_: list[Entry], name: str = "csv", langs: tuple[str, ...] = ()) -> str:
    file = io.BytesIO()
    tables.write(file, bundle(given_), name, langs)
    return file.getvalue().decode()


def texts(data: str | bytes, langs: tuple[str, ...] = ()) -> list[list[str]]:
    return [[one.text for one in entry.variants] for entry in read(data, langs)]


def unit(*texts_: str, **more: object) -> Entry:
    variants = tuple(
        Variant(lang, text) for lang, text in zip(("en", "ru", "ky"), texts_, strict=False)
    )
    return replace(Entry("", variants, "en"), **more)


@given(st.lists(plain_entries()), FORMATS)
@example([unit("a\tb\nc", "x")], "tsv")  # each of its lines looks like a row
@example([unit("a\tb\nc\t", "x"), unit("\n", "\t")], "tsv")
@example([unit('"', '"'), unit('"a', 'b"')], "tsv")
@example([unit("'=1"), unit("=1"), unit("''-")], "csv")
@example([unit("\n")], "tsv")
def test_texts_come_back(given_: list[Entry], name: str) -> None:
    assert bare(read(write(given_, name, ("en", "ru", "ky")))) == bare(given_)


@given(st.lists(entries, max_size=3), FORMATS)
def test_nothing_makes_it_fail(given_: list[Entry], name: str) -> None:
    firsts = [
        {
            lang: found.text
            for lang in {one.lang for one in entry.variants}
            if (found := entry.variant(lang)) and found.text
        }
        for entry in given_
    ]
    again = [{one.lang: one.text for one in entry.variants} for entry in read(write(given_, name))]
    assert again == list(filter(None, firsts))


@given(st.lists(plain_entries()), st.sampled_from([("csv", ","), ("tsv", "\t")]))
def test_other_programs_read_the_same(given_: list[Entry], form: tuple[str, str]) -> None:
    name, delimiter = form
    table = io.StringIO(write(given_, name, ("en", "ru", "ky")), newline="")
    rows = [row[:3] for row in csv.reader(table, delimiter=delimiter)][1:]
    ours = [[one.text for one in entry.variants if one.text] for entry in bare(given_)]
    plain = [[cell[1:] if cell[:1] == "'" else cell for cell in row if cell] for row in rows]
    assert [[cell.lstrip("'") for cell in row] for row in plain] == [
        [cell.lstrip("'") for cell in row] for row in ours
    ]


def test_all_that_a_row_holds() -> None:
    entry = Entry(
        "a1",
        (
            Variant("en", "It rained."),
            Variant("ru", "Шёл дождь.", props=(("x-origin", "mt"),), notes=("wet",)),
        ),
        "en",
        props=(("x-topic", "weather"),),
        notes=("check",),
    )
    table = write([entry])
    assert table == (
        "id,en,ru,note,x-topic,ru_note,ru_x-origin\na1,It rained.,Шёл дождь.,check,weather,wet,mt\n"
    )
    assert read(table) == [replace(entry, line=2)]


@pytest.mark.parametrize(
    "table",
    [
        "en,ru\nOsh,Ош\n",
        "\ufeffen;ru\nOsh;Ош\n",
        "sep=;\nen;ru\nOsh;Ош\n",
        "EN\tru-RU\r\nOsh\tОш\r\n",
        "English,Russian\nOsh,Ош",
        '"eng","rus"\n"Osh","Ош"\n',
        '"eng"\t"rus"\n"Osh"\t"Ош"\n',
        "\n\nen,ru\n\nOsh,Ош\n,\n",
    ],
)
def test_dialects(table: str) -> None:
    assert texts(table) == [["Osh", "Ош"]]
    assert [one.lang for one in read(table)[0].variants] == ["en", "ru"]
    assert tables.is_mine(table.removeprefix("sep=;\n").encode())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(encoding: str) -> None:
    assert texts("en\tru\nOsh\tОш\n".encode(encoding)) == [["Osh", "Ош"]]


def test_packed() -> None:
    assert texts(gzip.compress("en,ru\nOsh,Ош\n".encode())) == [["Osh", "Ош"]]


def test_quotes_that_are_text(shared: Path) -> None:
    path = shared / "data" / "corpora" / "central-asia-news.tsv"
    found = list(tables.read(path).entries)
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()[1:]]
    assert [[one.text for one in entry.variants] for entry in found] == [row[1:4] for row in rows]
    assert found[0].props == (("x-topic", "politics"), ("x-split", "train"))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ('"Hello."\t"Привет."', [['"Hello."', '"Привет."']]),
        ('"Hello," he said\tОн', [['"Hello," he said', "Он"]]),
        (
            '"Hello, he said\tПривет\nand left."\tУшёл',
            [['"Hello, he said', "Привет"], ['and left."', "Ушёл"]],
        ),
        ('"Hello\tПривет"', [['"Hello', 'Привет"']]),
        ('"a ""b"" c"\tx', [['a "b" c', "x"]]),
        ('"a\tb"\tx', [["a\tb", "x"]]),
        ('"a\nb"\tx\nc\td', [["a\nb", "x"], ["c", "d"]]),
        ('x\t"a\nb"\nc\td', [["x", "a\nb"], ["c", "d"]]),
        ('x\t"a\nc\td', [["x", '"a'], ["c", "d"]]),
        ('"a', [['"a']]),
    ],
)
def test_quotes_of_tsv(rows: str, expected: list[list[str]]) -> None:
    assert texts(f"en\tru\n{rows}\n") == expected


def test_without_a_header() -> None:
    assert texts("Osh\tОш\nNaryn\tНарын\n", ("en", "ru")) == [["Osh", "Ош"], ["Naryn", "Нарын"]]
    assert texts("source,target\nOsh,Ош\n", ("en", "ky")) == [["Osh", "Ош"]]
    assert read("source,target\nOsh,Ош\n", ("en", "ky"))[0].variants[1].lang == "ky"


@pytest.mark.parametrize(
    ("table", "langs", "said", "where"),
    [
        ("", (), "the table is empty", ""),
        ("Osh\tОш\n", (), "does not name languages", ":1"),
        ("Osh\tОш\n", ("en", "ru", "ky"), "2 cells, for 3 languages", ":1"),
        ("en,ru\na,b\nOsh,Ош,Ош\nc,d\n", (), "the row has 3 cells, the header 2", ":3"),
        ('en,ru\na,b\n"Osh",Ош\n"Osh" city,Ош\n', (), "something follows the quote", ":4"),
        ('en,ru\na,b\n"Osh,Ош\nc,d\n', (), "never ends", ":3"),
    ],
)
def test_errors(tmp_path: Path, table: str, langs: tuple[str, ...], said: str, where: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(table, encoding="utf-8")
    with pytest.raises(InputError, match=said) as caught:
        list(tables.read(path, langs).entries)
    assert caught.value.where == f"{path}{where}"


def test_a_broken_row_does_not_cost_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_text("en\tru\na\tb\nOsh\tОш\t!\nc\td\ne\tf\tg\n", encoding="utf-8")
    found = []
    with pytest.raises(InputError, match="3 cells, the header 2; 1 more like it") as caught:
        found.extend(tables.read(path).entries)
    assert caught.value.where.endswith(":3")
    assert [entry.variants[0].text for entry in found] == ["a", "c"]


def test_not_unicode(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes("en,ru\na,b\nOsh,Ош\n".encode("cp1251"))
    found = []
    with pytest.raises(EncodingError, match="not utf-8") as caught:
        found.extend(tables.read(path).entries)
    assert (caught.value.where, len(found)) == (f"{path}:3", 1)


def test_losses() -> None:
    coded = Variant("en", "a", inline=("a", Inline("ph")), attributes=(("changeid", "Aida"),))
    entry = Entry("", (coded, Variant("en", "b")), props=(("x-term", "1"), ("x-term", "2")))
    file = io.BytesIO()
    given_ = Bundle(iter([entry, Entry("", ())]), Header(notes=("all",)))
    assert set(tables.write(file, given_, "csv")) == {
        "properties and notes of the header have no place in a table",
        "1 unit: inline codes have no place in a table",
        "1 unit: further texts in the same language have no place in a table",
        "1 unit: dates, authors and other attributes have no place in a table",
        "1 unit: several notes, or properties of one type, which are joined now, have no place in "
        "a table",
        "1 unit: units without a text have no place in a table",
    }
    assert file.getvalue() == b"en,x-term\na,1 | 2\n"


def test_languages_that_do_not_look_like_it() -> None:
    entry = Entry("", (Variant("id", "a"), Variant("", "b"), Variant("kaa", "c")), "id")
    table = write([entry])
    assert table.startswith("lang:id,lang:,lang:kaa\n")
    assert read(table) == [replace(entry, line=2)]


def test_no_units() -> None:
    assert write([], langs=("en", "ru")) == "en,ru\n"
    assert read("en,ru\n") == []
