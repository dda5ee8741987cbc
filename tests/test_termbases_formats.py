"""Reading and writing termbases whatever the format."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from aligner.errors import InputError, OutputError, UsageError
from aligner.formats import termbases
from aligner.records import Concept, Term, Wording

CONCEPTS = (
    Concept("a", {"en": Term(Wording("Osh")), "ru": Term(Wording("Ош"))}),
    Concept("b", {"en": Term(Wording("Naryn")), "ru": Term(Wording("Нарын"))}),
)


@pytest.mark.parametrize("name", ["x.csv", "x.tsv", "x.tbx", "X.CSV"])
def test_by_extension(tmp_path: Path, name: str) -> None:
    assert termbases.write(tmp_path / name, CONCEPTS) == ()
    assert termbases.read(tmp_path / name) == CONCEPTS


@pytest.mark.parametrize("to", [name for name in termbases.FORMATS if name != "omegat"])
@pytest.mark.parametrize("name", ["-", "stdin"])
def test_by_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, to: str, name: str) -> None:
    termbases.write(tmp_path / "stdin", CONCEPTS, to=to)
    data = (tmp_path / "stdin").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert termbases.read(name if name == "-" else tmp_path / name) == CONCEPTS


def test_a_table_called_txt(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("id\ten\tru\na\tOsh\tОш\n", encoding="utf-8")
    assert termbases.read(tmp_path / "x.txt") == CONCEPTS[:1]


@pytest.mark.parametrize("to", termbases.FORMATS)
def test_some_languages(to: str) -> None:
    file = io.BytesIO()
    termbases.dump(file, CONCEPTS, to=to, langs=["ru", "en"])
    text = file.getvalue().decode()
    assert 0 <= text.find("Ош") < text.find("Osh")


def test_the_order_of_languages(tmp_path: Path) -> None:
    termbases.write(tmp_path / "x.csv", CONCEPTS, langs=["ru", "en-GB"])
    assert (tmp_path / "x.csv").read_text("utf-8").startswith("id,ru,en\n")


@pytest.mark.parametrize(
    ("name", "said"),
    [("missing.csv", "No such file"), ("x.xlsx", '".xlsx" is not'), ("a\0b.csv", "null")],
)
def test_files_that_cannot_be_read(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        termbases.read(str(tmp_path / name))
    assert said in caught.value.message
    assert caught.value.where.endswith(name)


def test_a_file_without_end(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(termbases, "_LARGEST", 10)
    (tmp_path / "x.csv").write_text("en,ru\n" * 9)
    with pytest.raises(InputError, match="larger than"):
        termbases.read(tmp_path / "x.csv")


def test_wrong_calls(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not say"):
        termbases.write(tmp_path / "x.xlsx", CONCEPTS)
    with pytest.raises(UsageError, match='no termbase format "xls"'):
        termbases.write(tmp_path / "x.csv", CONCEPTS, to="xls")
    with pytest.raises(UsageError, match="not a language code"):
        termbases.write(tmp_path / "x.csv", CONCEPTS, langs=["Russian"])
    assert list(tmp_path.iterdir()) == []


def test_what_was_there_stays_until_all_is_written(tmp_path: Path) -> None:
    path = tmp_path / "x.tbx"
    path.write_text("before")
    with pytest.raises(OutputError, match="no concept"):
        termbases.write(path, CONCEPTS, langs=["de"])
    assert path.read_text() == "before"
