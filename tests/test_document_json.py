"""A whole document as JSON: what is written is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.errors import InputError
from aligner.formats import document_json, read
from aligner.records import Block, Document, Kind

DATA = Path(__file__).parent / "data" / "omegat"


@pytest.mark.parametrize("name", ["page.html", "news.md", "report.txt"])
def test_what_is_written_is_read(name: str, tmp_path: Path) -> None:
    document = read(str(DATA / name), "en")
    path = tmp_path / "a.json"
    document_json.write(path, document)
    found = document_json.read(path)
    assert (found.id, found.lang, found.title) == (document.id, document.lang, document.title)
    assert [(b.kind, b.text, b.codes) for b in found.blocks] == [
        (b.kind, b.text, b.codes) for b in document.blocks
    ]


def test_a_lone_surrogate_is_kept(tmp_path: Path) -> None:
    document = Document("a", "en", "", (Block(Kind.BODY, "a\ud800\u2028b\0"),))
    document_json.write(tmp_path / "a.json", document)
    assert document_json.read(tmp_path / "a.json") == document


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"id": 1, "lang": "en", "title": "", "blocks": []}',
        '{"id": "a", "lang": "en", "title": "", "blocks": [{"kind": "poem", "text": ""}]}',
        '{"id": "a", "lang": "en", "title": "",'
        ' "blocks": [{"kind": "body", "text": "", "codes": [{}]}]}',
        '{"id": "a", "lang": "en", "title": "", "blocks": 3}',
        "[" * 100_000,
    ],
)
def test_what_is_no_document(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    with pytest.raises(InputError, match="not a document"):
        document_json.read(path)
