"""`aligner glossary verify`."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from command import aligner

from aligner.formats import jsonl
from aligner.records import Bitext, Document, Origin, Segment, Target, Unit

GLOSSARY = """\
id,category,pos,en,ru,ru_forbidden,ky,ky_variants,do_not_translate
kg,place,PROPN,Kyrgyzstan,Кыргызстан,Киргизия,Кыргызстан,,
russia,place,PROPN,Russia,Россия,,Россия,Орусия,
dw,media,PROPN,DW,,,,,yes
"""
GOOD = ("Kyrgyzstan and Russia, DW reports", "Кыргызстан и Россия, DW", "Кыргызстан, Россия; DWнин")
WARNED = ("in Russia", "в Россией", "Россияда")
WRONG = ("Kyrgyzstan", "Киргизия", "республика")


@pytest.fixture
def glossary(tmp_path: Path) -> Path:
    path = tmp_path / "terms.csv"
    path.write_text(GLOSSARY, encoding="utf-8")
    return path


def tmx(*rows: tuple[str, str, str], srclang: str = "en") -> str:
    def unit(number: int, row: tuple[str, str, str]) -> str:
        variants = "".join(
            f'<tuv xml:lang="{lang}"><seg>{text}</seg></tuv>'
            for lang, text in zip(("EN-US", "rus", "ky_KG"), row, strict=True)
        )
        return f'<tu tuid="a:{number}">{variants}</tu>\n'

    body = "".join(unit(number, row) for number, row in enumerate(rows, 1))
    return f'<tmx version="1.4"><header srclang="{srclang}"/><body>\n{body}</body></tmx>'


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    path = tmp_path / "memory.tmx"
    path.write_text(tmx(GOOD, WRONG, WARNED), encoding="utf-8")
    return path


def verify(*arguments: str | Path, stdin: str = "") -> tuple[int, str, str]:
    done = aligner("glossary", "verify", *arguments, stdin=stdin.encode())
    return done.status, done.out, done.err


def as_json(*arguments: str | Path, stdin: str = "") -> dict[str, Any]:
    _, out, err = verify(*arguments, "--json", stdin=stdin)
    assert err == ""
    found: dict[str, Any] = json.loads(out)
    return found


def test_for_people(memory: Path, glossary: Path) -> None:
    status, out, err = verify(memory, "--glossary", glossary)
    assert (status, err) == (1, "")
    assert out == (
        f"{memory}:3  a:2\n"
        "  ru  error: forbidden         «Киргизия» must not be used: it is «Кыргызстан»  [kg]\n"
        '  ky  error: missing           no form of «Кыргызстан» for "Kyrgyzstan"  [kg]\n'
        f"{memory}:4  a:3\n"
        "  ru  warning: case            "
        "«Россией» beside «в»: the case ought to be acc or loc  [russia]\n"
        f"{memory}: 10 occurrences of 3 terms: 8 right, 3 findings\n"
    )


def test_for_scripts(memory: Path, glossary: Path) -> None:
    found = as_json(memory, "--glossary", glossary)
    assert {key: found[key] for key in found if key != "findings"} == {
        "file": str(memory),
        "glossary": [str(glossary)],
        "units": 3,
        "terms": 3,
        "langs": {
            "ky": {"occurrences": 5, "satisfied": 4},
            "ru": {"occurrences": 5, "satisfied": 4},
        },
    }
    assert found["findings"][0] == {
        "check": "forbidden",
        "severity": "error",
        "unit": "a:2",
        "lang": "ru",
        "concept": "kg",
        "source": "Kyrgyzstan",
        "expected": "Кыргызстан",
        "found": "Киргизия",
        "message": "«Киргизия» must not be used: it is «Кыргызстан»",
        "line": 3,
    }


@pytest.mark.parametrize(
    ("rows", "options", "status"),
    [
        ((GOOD,), (), 0),
        ((GOOD,), ("--strict",), 0),
        ((WARNED,), (), 0),
        ((WARNED,), ("--strict",), 1),
        ((WARNED,), ("--strict", "--langs", "ky"), 0),
        ((WRONG,), (), 1),
        ((), (), 0),
    ],
)
def test_exit_status(
    glossary: Path, rows: tuple[tuple[str, str, str], ...], options: tuple[str, ...], status: int
) -> None:
    assert verify("-", "--glossary", glossary, *options, stdin=tmx(*rows))[0] == status


def test_languages(memory: Path, glossary: Path) -> None:
    assert as_json(memory, "--glossary", glossary, "--langs", "ky-KG")["langs"].keys() == {"ky"}
    both = as_json(memory, "--glossary", glossary, "--langs", "ru, ky")
    assert both["langs"].keys() == {"ru", "ky"}


def test_source_language(glossary: Path) -> None:
    russian = as_json("-", "--glossary", glossary, "--from", "RU", stdin=tmx(GOOD))
    assert russian["langs"].keys() == {"en", "ky"}
    anything = as_json("-", "--glossary", glossary, stdin=tmx(GOOD, srclang="*all*"))
    assert anything["langs"].keys() == {"ru", "ky"}


def test_glossaries_are_joined(memory: Path, glossary: Path, tmp_path: Path) -> None:
    other = tmp_path / "more.csv"
    other.write_text("id,en,ky\nkg,reports,кабарлайт\n", encoding="utf-8")
    found = as_json(memory, "--glossary", glossary, "--glossary", other)
    assert found["terms"] == 4
    assert "reports" in {one["source"] for one in found["findings"]}


def test_jsonl(tmp_path: Path, glossary: Path) -> None:
    path = tmp_path / "article.jsonl"
    units = tuple(
        Unit(
            Segment(f"1.{n}", 0, 0, len(en), en),
            {"ru": Target(ru, Origin.MT), "ky": Target(ky, Origin.MT)},
        )
        for n, (en, ru, ky) in enumerate((GOOD, WRONG), 1)
    )
    jsonl.write(path, Bitext(Document("article", "en", "", ()), units))
    found = as_json(path, "--glossary", glossary)
    assert found["units"] == 2
    assert {(one["unit"], one["line"]) for one in found["findings"]} == {("article:1.2", 2)}


def test_several_files(memory: Path, glossary: Path, tmp_path: Path) -> None:
    packed = tmp_path / "good.tmx.gz"
    packed.write_bytes(gzip.compress(tmx(GOOD).encode()))
    status, out, err = verify(
        packed, tmp_path / "none.tmx", memory, "--glossary", glossary, "--json"
    )
    assert [len(json.loads(line)["findings"]) for line in out.splitlines()] == [0, 3]
    assert (status, "none.tmx: cannot read the file" in err) == (1, True)


def test_file_that_is_damaged(glossary: Path) -> None:
    status, out, err = verify("-", "--glossary", glossary, stdin=tmx(GOOD)[:-20])
    assert (status, out) == (1, "")
    assert "stdin:2: the XML is damaged" in err


def test_nothing_to_verify(memory: Path, tmp_path: Path) -> None:
    german = tmp_path / "german.csv"
    german.write_text("id,de,en\n1,Russland,Russia\n", encoding="utf-8")
    status, out, err = verify(memory, "--glossary", german)
    assert (status, out) == (1, "")
    assert "the file has en, ky, ru, the glossary de, en" in err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "--glossary"),
        (("--glossary", "{}", "--from", "Russian language"), "not a language code"),
        (("--glossary", "{}", "--langs", "ru,,ky"), "not a language code"),
    ],
)
def test_wrong_calls(memory: Path, glossary: Path, options: tuple[str, ...], said: str) -> None:
    status, out, err = verify(memory, *(option.format(glossary) for option in options))
    assert (status, out) == (2, "")
    assert said in err


def test_glossary_that_cannot_be_read(memory: Path, tmp_path: Path) -> None:
    status, out, err = verify(memory, "--glossary", tmp_path / "none.csv")
    assert (status, out) == (1, "")
    assert "none.csv" in err
