"""`aligner tmx convert`."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from command import aligner, contents

from aligner.formats import exchange


def texts(path: Path) -> list[list[tuple[str, str]]]:
    return [[(one.lang, one.text) for one in unit.variants] for unit in exchange.read(path).entries]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "in.csv"
    path.write_text(
        "id,en,ru,ky,x-topic\n"
        "a1,It rained.,Шёл дождь.,Жамгыр жаады.,weather\n"
        'a2,"""Go,"" he said",«Идите»,«Баргыла»,talk\n'
        "a3,Osh,Ош,Ош,places\n",
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize("name", ["x.tmx", "x.csv", "x.tsv", "x.jsonl"])
def test_all_comes_back(table: Path, tmp_path: Path, name: str) -> None:
    there, back = tmp_path / name, tmp_path / "back.csv"
    done = aligner("tmx", "convert", table, there)
    assert (done.status, done.out, done.err) == (0, "", "")
    assert aligner("tmx", "convert", there, back).status == 0
    assert back.read_bytes() == table.read_bytes()


@pytest.mark.parametrize(
    ("name", "to"), [("x.po", "po"), ("x.xlf", "xliff-1.2"), ("x.xlf", "xliff-2.1")]
)
def test_two_languages(table: Path, tmp_path: Path, name: str, to: str) -> None:
    there, back = tmp_path / name, tmp_path / "back.tsv"
    assert aligner("tmx", "convert", table, there, "--to", to, "--langs", "en,ky").status == 0
    assert aligner("tmx", "convert", there, back).status == 0
    wanted = [[pair for pair in unit if pair[0] != "ru"] for unit in texts(table)]
    assert texts(back) == wanted


def test_a_language_that_is_not_there_is_told(table: Path, tmp_path: Path) -> None:
    done = aligner("tmx", "convert", table, tmp_path / "x.tmx", "--langs", "en,de")
    assert (done.status, done.err) == (0, 'no unit has a text in "de"\n')


def test_parallel_files(table: Path, tmp_path: Path) -> None:
    done = aligner("tmx", "convert", table, tmp_path / "c", "--to", "moses")
    assert done.err == "3 units: properties have no place in parallel files\n"
    assert sorted(contents(tmp_path)) == ["c.en", "c.ky", "c.ru", "in.csv"]
    for source in ("c", "c.en", "c.ky"):
        back = tmp_path / f"{source}.tmx"
        assert aligner("tmx", "convert", tmp_path / source, back, "--langs", "en,ru,ky").status == 0
        assert texts(back) == texts(table)
    again = aligner("tmx", "convert", tmp_path / "c.en", tmp_path / "c.ru")
    assert (again.status, "overwritten" in again.err) == (2, True)
    named = aligner("tmx", "convert", table, tmp_path / "d.moses", "--langs", "ru,ky")
    assert named.status == 0
    assert {"d.ru", "d.ky"} <= contents(tmp_path).keys()
    assert "d.en" not in contents(tmp_path)


def test_pipes(table: Path) -> None:
    data = table.read_bytes()
    done = aligner("tmx", "convert", "-", "-", "--to", "tsv", "--langs", "ky,en", stdin=data)
    assert done.out.startswith("id\tky\ten\tx-topic\na1\tЖамгыр жаады.\tIt rained.\tweather\n")
    packed = aligner("tmx", "convert", "-", "-", "--to", "jsonl", stdin=gzip.compress(data))
    assert packed.out.count("\n") == 3
    again = aligner("tmx", "convert", "-", "-", "--to", "csv", stdin=packed.out.encode())
    assert again.out.encode() == data


def test_tables_without_languages(tmp_path: Path) -> None:
    path = tmp_path / "OPUS.tsv"
    path.write_text('"Go."\tИдите.\nOsh\tОш\n', encoding="utf-8")
    failed = aligner("tmx", "convert", path, tmp_path / "x.tmx")
    assert failed.status == 1
    assert "OPUS.tsv:1: the first row does not name languages\n" in failed.err
    assert "--langs en,ru" in failed.err
    assert not (tmp_path / "x.tmx").exists()
    assert aligner("tmx", "convert", path, tmp_path / "x.tmx", "--langs", "en,ru").status == 0
    assert texts(tmp_path / "x.tmx") == [
        [("en", '"Go."'), ("ru", "Идите.")],
        [("en", "Osh"), ("ru", "Ош")],
    ]


def test_what_comes_before_damage_is_written(table: Path, tmp_path: Path) -> None:
    path, out = tmp_path / "cut.tmx", tmp_path / "out.csv"
    aligner("tmx", "convert", table, path)
    whole = path.read_text("utf-8")
    path.write_text(whole[: whole.index("Ош<")], encoding="utf-8")
    done = aligner("tmx", "convert", path, out)
    assert done.status == 1
    assert done.err.startswith("2 units written; the input is damaged.\nerror: ")
    assert "cut.tmx:" in done.err
    assert texts(out) == texts(table)[:2]


def test_damage_from_the_start(tmp_path: Path) -> None:
    path = tmp_path / "in.tmx"
    path.write_text("<tmx version='1.4'><header/><body><tu", encoding="utf-8")
    done = aligner("tmx", "convert", path, tmp_path / "out.csv")
    assert done.status == 1
    assert "in.tmx:1" in done.err
    assert not (tmp_path / "out.csv").exists()


def test_rows_that_are_broken(tmp_path: Path) -> None:
    path = tmp_path / "in.tsv"
    path.write_text("en\tru\na\tb\nc\td\te\nf\tg\n", encoding="utf-8")
    done = aligner("tmx", "convert", path, tmp_path / "out.jsonl")
    assert (done.status, "in.tsv:3: the row has 3 cells" in done.err) == (1, True)
    assert [unit[0][1] for unit in texts(tmp_path / "out.jsonl")] == ["a", "f"]


def test_parallel_files_of_different_length(tmp_path: Path) -> None:
    (tmp_path / "c.en").write_text("a\nb\n")
    (tmp_path / "c.ru").write_text("a\n")
    done = aligner("tmx", "convert", tmp_path / "c", tmp_path / "out.tmx")
    assert done.status == 1
    assert "c.en:2: the files have not the same number of lines: c.en 2, c.ru 1" in done.err
    assert not (tmp_path / "out.tmx").exists()


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("in.csv", "in.csv"), 2, "overwritten"),
        (("in.csv", "x.odt"), 2, "does not say in which format"),
        (("in.csv", "x.tmx", "--to", "xls"), 2, 'no format "xls"'),
        (("in.csv", "x.tmx", "--from", "xls"), 2, 'no format "xls"'),
        (("in.csv", "x.po"), 2, "--langs en,ru"),
        (("in.csv", "x.tmx", "--langs", "1"), 2, "language code"),
        (("in.csv", "-", "--to", "moses"), 2, "standard output"),
        (("-", "x.tmx", "--from", "moses"), 2, "standard input"),
        (("in.csv", "x.tmx", "--from", "moses"), 1, "parallel files"),
        (("missing.csv", "x.tmx"), 1, "missing.csv: cannot read"),
    ],
)
def test_calls_that_fail_leave_nothing_behind(
    table: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], status: int, said: str
) -> None:
    monkeypatch.chdir(table.parent)
    before = contents(table.parent)
    done = aligner("tmx", "convert", *arguments)
    assert (done.status, done.out) == (status, "")
    assert said in done.err
    assert contents(table.parent) == before


def test_a_corpus_of_three_languages(shared: Path, tmp_path: Path) -> None:
    corpus = shared / "data" / "corpora" / "central-asia-news.tsv"
    wanted = [
        [*zip(("en", "ru", "ky"), line.split("\t")[1:4], strict=True)]
        for line in corpus.read_text("utf-8").splitlines()[1:]
    ]
    for name in ("c.tmx", "c.jsonl", "c.csv", "c.tsv"):
        assert aligner("tmx", "convert", corpus, tmp_path / name).status == 0
        assert texts(tmp_path / name) == wanted
