from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import InputError, OutputError
from aligner.formats import jsonl
from aligner.records import (
    Bitext,
    Code,
    CodeKind,
    Document,
    Kind,
    Origin,
    Outcome,
    Segment,
    Status,
    Target,
    TermUse,
    Unit,
)

NEW_YEAR = datetime(2026, 1, 1, 12, 30, 5, tzinfo=UTC)

# Any text, lone surrogates too; but two that make a pair come back as one, in all JSON.
PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
texts = st.text(st.characters()).filter(lambda text: not PAIR.search(text))
codes = st.lists(
    st.builds(
        Code,
        at=st.integers(0, 99),
        kind=st.sampled_from(CodeKind),
        id=texts,
        type=st.sampled_from(["", "bold"]),
        data=texts,
    ),
    max_size=2,
).map(tuple)
mappings = st.dictionaries(texts, texts, max_size=3)
numbers = st.integers(0, 10**9)
targets = st.builds(
    Target,
    text=texts,
    origin=st.sampled_from(Origin),
    score=st.none() | st.floats(0, 1),
    engine=texts,
    model=texts,
    terms=st.lists(
        st.builds(
            TermUse,
            concept=texts,
            source=texts,
            target=texts,
            outcome=st.sampled_from(Outcome),
            case=texts,
            status=st.sampled_from(Status),
        )
    ).map(tuple),
    issues=st.lists(texts).map(tuple),
    match=st.none() | st.integers(0, 101),
    memory=texts,
    draft=texts,
    editor=texts,
    edited=texts,
    codes=codes,
)
units = st.builds(
    Unit,
    source=st.builds(
        lambda name, block, start, text, codes: Segment(
            name, block, start, start + len(text), text, codes
        ),
        texts,
        numbers,
        numbers,
        texts,
        codes,
    ),
    targets=st.dictionaries(texts, targets, max_size=2),
    kind=st.sampled_from(Kind),
    properties=mappings,
)
bitexts = st.builds(
    Bitext,
    document=st.builds(Document, id=texts, lang=texts, title=texts, blocks=st.just(())),
    units=st.lists(units, max_size=3).map(tuple),
    signature=mappings,
)

LINE: dict[str, object] = {
    "id": "my_article:2.1",
    "document": "my article",
    "segment": "2.1",
    "kind": "body",
    "block": 2,
    "start": 0,
    "stop": 12,
    "lang": "en",
    "source": "It cost\n$3m.",
    "targets": {
        "ru": {
            "text": "Цена — 3 млн.",
            "origin": "mt",
            "score": 0.5,
            "engine": "argos",
            "model": "en_ru-1.9",
            "terms": [
                {
                    "concept": "price",
                    "source": "cost",
                    "target": "Цена",
                    "outcome": "already",
                    "case": "nom",
                    "status": "proposed",
                }
            ],
            "issues": ["length: 4"],
        }
    },
    "properties": {"topic": "economy"},
    "signature": "tool:0.1.0|beam:4",
    "created": "2026-01-01T12:30:05Z",
}
UNIT = Unit(
    Segment("2.1", 1, 0, 12, "It cost\n$3m."),
    {
        "ru": Target(
            "Цена — 3 млн.",
            Origin.MT,
            0.5,
            "argos",
            "en_ru-1.9",
            (TermUse("price", "cost", "Цена", Outcome.ALREADY, "nom"),),
            ("length: 4",),
        )
    },
    Kind.BODY,
    {"topic": "economy"},
)
ARTICLE = Document("my article", "en", "", ())
SIGNATURE = {"tool": "0.1.0", "beam": "4"}


def lines(path: Path, *lines: object) -> Path:
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return path


def test_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    jsonl.write(path, Bitext(ARTICLE, (UNIT,), SIGNATURE), NEW_YEAR)
    assert path.read_text("utf-8") == json.dumps(LINE, ensure_ascii=False) + "\n"
    assert list(jsonl.read(path)) == [jsonl.Entry("my article", "en", UNIT, SIGNATURE, NEW_YEAR)]


def test_line_of_an_edited_target(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    codes = (Code(0, CodeKind.OPEN, "1", "bold", "**"), Code(2, CodeKind.CLOSE, "1", "", "**"))
    target = Target("Ош", Origin.POST_EDITED, draft="Уш", editor="anna", match=85, codes=codes)
    unit = Unit(Segment("1.1", 0, 0, 3, "Osh", codes[:1]), {"ky": target})
    jsonl.write(path, Bitext(ARTICLE, (unit,)))
    line = json.loads(path.read_text("utf-8"))
    assert line["codes"] == [{"at": 0, "kind": "open", "id": "1", "type": "bold", "data": "**"}]
    assert {key: line["targets"]["ky"].get(key) for key in ("draft", "memory", "match")} == {
        "draft": "Уш",
        "memory": None,
        "match": 85,
    }
    assert line["targets"]["ky"]["codes"][1] == {"at": 2, "kind": "close", "id": "1", "data": "**"}


@given(bitexts)
def test_units_come_back(tmp_path_factory: pytest.TempPathFactory, bitext: Bitext) -> None:
    path = tmp_path_factory.mktemp("jsonl") / "any.jsonl"
    jsonl.write(path, bitext, NEW_YEAR)
    assert path.read_bytes().count(b"\n") == len(bitext.units)
    document, signature = bitext.document, dict(bitext.signature)
    assert list(jsonl.read(path)) == [
        jsonl.Entry(document.id, document.lang, unit, signature, NEW_YEAR) for unit in bitext.units
    ]


def test_units_without_a_target_are_kept(tmp_path: Path) -> None:
    unit = Unit(Segment("1.1", 0, 0, 7, "© CABAR"), {}, Kind.BOILERPLATE)
    jsonl.write(tmp_path / "a.jsonl", Bitext(ARTICLE, (unit,)))
    assert [entry.unit for entry in jsonl.read(tmp_path / "a.jsonl")] == [unit]


@pytest.mark.parametrize(
    ("signature", "written"),
    [
        ({}, ""),
        ({"tool": "0.1.0", "beam": "4"}, "tool:0.1.0|beam:4"),
        ({"en|ru": "a:b", "k:y": "100%"}, "en%7Cru:a:b|k%3Ay:100%25"),
    ],
)
def test_signature(tmp_path: Path, signature: dict[str, str], written: str) -> None:
    path = tmp_path / "a.jsonl"
    jsonl.write(path, Bitext(ARTICLE, (UNIT,), signature))
    assert json.loads(path.read_text("utf-8"))["signature"] == written
    assert [entry.signature for entry in jsonl.read(path)] == [signature]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"source": None}, '"source" is missing'),
        ({"block": "2"}, '"block" is missing, or is no int'),
        ({"block": True}, '"block" is missing, or is no int'),
        ({"block": 0}, "block 0, 0 to 12, is no place"),
        ({"start": 13}, "13 to 12, is no place"),
        ({"kind": "poem"}, "'poem' is not a valid Kind"),
        ({"targets": {"ru": "Цена"}}, "not a JSON object"),
        ({"targets": {"ru": {}}}, '"text" is missing'),
        ({"properties": {"topic": 1}}, '"topic" is missing, or is no str'),
        ({"created": "yesterday"}, "Invalid isoformat string"),
        ({"signature": "beam"}, 'no "key:value" in the signature'),
    ],
)
def test_broken_field(tmp_path: Path, change: dict[str, object], complaint: str) -> None:
    path = lines(tmp_path / "a.jsonl", LINE, LINE | change)
    with pytest.raises(InputError, match=re.escape(complaint)) as caught:
        list(jsonl.read(path))
    assert caught.value.where == f"{path}:2"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"score": 1.5}, '"score" is not a number from 0 to 1'),
        ({"score": float("nan")}, '"score" is not a number from 0 to 1'),
        ({"score": "high"}, '"score" is not a number from 0 to 1'),
        ({"origin": "oracle"}, "'oracle' is not a valid Origin"),
        ({"terms": [1]}, "not a JSON object"),
        ({"terms": [{"concept": "osh"}]}, '"source" is missing'),
        ({"match": "100"}, '"match" is not a whole number'),
        ({"editor": None}, '"editor" is missing, or is no str'),
        ({"codes": {}}, '"codes" is not a list'),
        ({"codes": [{"at": 0, "kind": "shut", "id": ""}]}, "'shut' is not a valid CodeKind"),
    ],
)
def test_broken_target(tmp_path: Path, change: dict[str, object], complaint: str) -> None:
    target = {"text": "", "origin": "mt", "engine": "", "model": "", "terms": [], "issues": []}
    path = lines(tmp_path / "a.jsonl", LINE | {"targets": {"ru": target | change}})
    with pytest.raises(InputError, match=re.escape(complaint)):
        list(jsonl.read(path))


@pytest.mark.parametrize(
    "broken", [b"{", b'"text"', b"null", b"\xff\xfe", b"[" * 100_000, b"9" * 10_000, b"\x00"]
)
def test_other_lines_are_read(tmp_path: Path, broken: bytes) -> None:
    path = lines(tmp_path / "a.jsonl", LINE)
    good = path.read_bytes()
    path.write_bytes(b"\xef\xbb\xbf" + good + broken + b"\r\n\n" + good.removesuffix(b"\n"))
    errors: list[InputError] = []
    assert [entry.unit for entry in jsonl.read(path, errors.append)] == [UNIT, UNIT]
    assert [error.where for error in errors] == [f"{path}:2"]
    with pytest.raises(InputError, match="not a translation unit"):
        list(jsonl.read(path))


def test_overlong_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b" " * (17 << 20))
    with pytest.raises(InputError, match="longer than 16 MiB"):
        list(jsonl.read(path))


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot open the file: No such file"):
        list(jsonl.read(tmp_path / "none.jsonl"))


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="does not exist"):
        jsonl.write(tmp_path / "none" / "a.jsonl", Bitext(ARTICLE, ()))
