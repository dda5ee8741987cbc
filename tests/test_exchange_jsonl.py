"""Translation units as JSON Lines."""

from __future__ import annotations

import io
import json
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from exchanged import bundle, entries
from hypothesis import example, given
from hypothesis import strategies as st

from aligner.entries import Bundle, Entry, Header, Variant
from aligner.errors import InputError
from aligner.formats import jsonl, units
from aligner.formats.exchange import jsonl_entries
from aligner.records import Bitext, Document, Origin, Segment, Target, Unit


def read(data: str | bytes) -> Bundle:
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).write_bytes(data if isinstance(data, bytes) else data.encode())
        found = jsonl_entries.read(file.name)
        return Bundle(iter(list(found.entries)), found.header)


def write(given_: list[Entry], langs: tuple[str, ...] = ()) -> bytes:
    file = io.BytesIO()
    assert jsonl_entries.write(file, bundle(given_), langs=langs) == ()
    return file.getvalue()


@given(st.lists(entries, max_size=4))
@example([Entry("a", (Variant("en", "\ud83d alone"),))])
def test_all_comes_back(given_: list[Entry]) -> None:
    written = write(given_)
    assert written.count(b"\n") == len(given_)
    assert [replace(one, line=0) for one in read(written).entries] == given_


def test_the_form() -> None:
    entry = Entry("a1", (Variant("en", "Osh"), Variant("ru", "Ош", notes=("город",))), "en")
    assert json.loads(write([entry])) == {
        "id": "a1",
        "source_lang": "en",
        "variants": [
            {"lang": "en", "text": "Osh"},
            {"lang": "ru", "text": "Ош", "notes": ["город"]},
        ],
    }
    assert json.loads(write([entry], ("ru",)))["variants"] == [
        {"lang": "ru", "text": "Ош", "notes": ["город"]}
    ]


@pytest.mark.parametrize(
    "line",
    [
        '{"translation": {"en": "Osh", "ru": "Ош"}, "id": 7, "topic": "places"}',
        '{"id": "7", "en": "Osh", "ru": "Ош", "x-topic": "places", "embedding": [0.5]}',
    ],
)
def test_forms_of_data_sets(line: str) -> None:
    found = read(f"\n{line}\n")
    assert found.header.source_lang == "en"
    assert list(found.entries) == [
        Entry(
            "7",
            (Variant("en", "Osh"), Variant("ru", "Ош")),
            "en",
            props=(("x-topic", "places"),),
            line=2,
        )
    ]


def test_our_articles(tmp_path: Path) -> None:
    made = datetime(2026, 1, 31, tzinfo=UTC)
    found = []
    for name in ("lake", "road"):
        document = Document(name, "en", "", ())
        these = tuple(
            Unit(
                Segment(f"1.{number}", 0, 0, 3, text),
                {"ru": Target(text, Origin.MT, 0.5, "argos")} if number < 3 else {},
            )
            for number, text in enumerate(("One", "Two", "By"), 1)
        )
        bitext = Bitext(document, these, {"tool": "1"})
        jsonl.write(tmp_path / f"{name}.jsonl", bitext, made)
        found.append(units.bundle(bitext, created=made))
    both = b"".join((tmp_path / f"{name}.jsonl").read_bytes() for name in ("lake", "road"))
    again = read(both)
    assert again.header == found[0].header
    assert list(again.entries) == [entry for one in found for entry in one.entries]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "Expecting property name"),
        ("[]", "not a JSON object"),
        ("{}", "no text that is named by its language"),
        ('{"variants": 1}', '"variants" is no list'),
        ('{"variants": [1]}', "a variant is not an object"),
        ('{"variants": [{"lang": 1}]}', '"lang" is no str'),
        ('{"variants": [{"inline": [1]}]}', "neither a string nor an object"),
        ('{"variants": [], "props": [["a"]]}', '"props" is no list of pairs'),
        ('{"variants": [], "notes": [1]}', '"notes" is no list of strings'),
        ('{"document": "a", "targets": {}}', '"segment" is missing'),
        ('{"variants": ' + "[" * 100_000, "not a translation unit"),
    ],
)
def test_a_broken_line_does_not_cost_the_rest(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(f'{{"en": "a", "ru": "b"}}\n{line}\n{{"en": "c", "ru": "d"}}\n', "utf-8")
    found = []
    with pytest.raises(InputError, match="the line is not a translation unit") as caught:
        found.extend(jsonl_entries.read(path).entries)
    assert said in caught.value.message
    assert caught.value.where == f"{path}:2"
    assert [entry.variants[0].text for entry in found] == ["a", "c"]


def test_no_units() -> None:
    assert list(read("").entries) == []
    file = io.BytesIO()
    given_ = Bundle(iter([Entry("", (Variant("de", "x"),))]), Header(notes=("all",)))
    assert jsonl_entries.write(file, given_, langs=("en",)) == (
        "properties and notes of the header have no place in JSON Lines",
        "1 unit: units without a text have no place in JSON Lines",
    )
