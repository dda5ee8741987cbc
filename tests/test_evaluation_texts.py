"""Segments from files of all kinds."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from results_folder import paragraphs, write_results

from aligner.errors import EncodingError, InputError, UsageError
from aligner.evaluate.texts import Texts, read

LINES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=20)


@given(st.lists(LINES, min_size=1, max_size=5), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_plain_text_is_read_line_by_line(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], end: str, last: bool
) -> None:
    texts[0] = "a" + texts[0]  # neither a mark of an encoding nor UTF-16
    texts[-1] += "z"
    path = tmp_path_factory.mktemp("texts") / "x.ru"
    path.write_bytes((end.join(texts) + end * last).encode())
    found = read(str(path), "ru")
    assert found.target("ru") == tuple(texts)
    assert found.sources == ()
    assert found.where(len(texts) - 1) == f"{path}:{len(texts)}"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_marks_and_packing(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress("Ош\r\n\r\nТалас".encode(encoding)))
    assert read(str(path)).target() == ("Ош", "", "Талас")


def test_a_table(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("en\tru\tky\nRain\tДождь\tЖаан\nSnow\t\tКар\n", encoding="utf-8")
    found = read(str(path))
    assert found.sources == ("Rain", "Snow")
    assert (found.source_lang, list(found.targets)) == ("en", ["ru", "ky"])
    assert found.target("ru") == ("Дождь", None)
    assert found.where(1) == f"{path}:3"
    other = read(str(path), source_lang="ky")
    assert other.sources == ("Жаан", "Кар")
    assert other.target("en") == ("Rain", "Snow")
    with pytest.raises(UsageError, match=r"several languages: ru, ky"):
        found.target()
    with pytest.raises(InputError, match="no translations into de; it has ru, ky"):
        found.target("de")


def test_units_without_a_named_source(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    units = [
        "".join(f'<tuv xml:lang="{lang}"><seg>{lang}{n}</seg></tuv>' for lang in langs.split())
        for n, langs in enumerate(("ru en", "en ru-RU", "en ru ru"))
    ]
    body = "".join(f"<tu>{unit}</tu>" for unit in units)
    header = (
        'creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" '
        'srclang="*all*" datatype="plaintext"'
    )
    path.write_text(
        f'<tmx version="1.4"><header {header}/><body>{body}</body></tmx>', encoding="utf-8"
    )
    found = read(str(path))
    assert found.source_lang == "en", "most begin with it"
    assert found.sources == ("en0", "en1", "en2")
    assert found.target() == ("ru0", "ru-RU1", "ru2")


def test_a_folder_of_results(tmp_path: Path) -> None:
    folder = write_results(tmp_path / "article", paragraphs(["It rained.", "It stopped."]))
    found = read(str(folder))
    assert found.name == str(folder)
    assert found.sources == ("It rained.", "It stopped.")
    assert found.target("ky") == ("ky 1.1", "ky 1.2")


def test_damage_that_was_mended_is_noted(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    path.write_text(
        '<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>a\x01</seg>'
        '</tuv><tuv xml:lang="ru"><seg>а</seg></tuv></tu></body></tmx>',
        encoding="utf-8",
    )
    found = read(str(path))
    assert found.target() == ("а",)
    [note] = found.notes
    assert "U+0001" in note


def test_bad_files(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("один\nдва\n".encode() + "три\n".encode("cp1251"))
    with pytest.raises(EncodingError) as error:
        read(str(path))
    assert error.value.where == f"{path}:3"
    for data in (b"", b"\xef\xbb\xbf"):
        path.write_bytes(data)
        with pytest.raises(InputError, match="no segment"):
            read(str(path))
    with pytest.raises(InputError, match="cannot read"):
        read(str(tmp_path / "none.txt"))
    with pytest.raises(InputError):
        read(str(tmp_path))  # a folder, but no results
    alone = Texts("a", "en", ("Rain",), {}, (1,))
    with pytest.raises(InputError, match=r"no translations\n"):
        alone.target()
