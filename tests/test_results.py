"""The results of a run, taken up again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aligner import results
from aligner.engines import Settings
from aligner.errors import InputError
from aligner.pipeline import Job, Report, run

TEXT = "© Acme 2024\n\nA Long Way\n\nIt rained in Bishkek.  The president left.\n\nPhoto: kg.kg\n"
NAME = "article.jsonl"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """What a run made of a small text."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "article.txt").write_text(TEXT, encoding="utf-8")
    out = folder / "out"
    return run(Job(str(folder / "article.txt"), out=out, settings=Settings(threads=2)))


@pytest.fixture
def place(report: Report, tmp_path: Path) -> Path:
    """A folder with its JSONL only."""
    tmp_path.joinpath(NAME).write_bytes(report.files[-1].read_bytes())
    return tmp_path


def test_it_reads_what_a_run_wrote(report: Report) -> None:
    bitext = results.load(report.files[0].parent)
    assert bitext.units == report.bitext.units
    assert bitext.signature == report.bitext.signature
    assert (bitext.document.id, bitext.document.lang) == ("article", "en")
    assert bitext.document.title == "A Long Way"


def test_its_document_holds_the_segments(report: Report) -> None:
    bitext = results.load(report.files[0].parent)
    blocks = bitext.document.blocks
    for unit in bitext.units:
        here = unit.source
        assert blocks[here.block].text[here.start : here.stop] == here.text
    assert [block.text for block in blocks] == [
        "",
        "A Long Way",
        "It rained in Bishkek.  The president left.",
        "Photo: kg.kg",
    ]
    assert [block.kind for block in blocks] == [
        block.kind for block in report.bitext.document.blocks
    ]


def test_the_files_of_a_run(report: Report) -> None:
    expected = list(results.names(report.bitext.document, ["ru", "ky"]))
    assert expected == [path.name for path in report.files]
    assert list(results.names(report.bitext.document, ["ru"])) == ["article.en-ru.tmx", NAME]


def change(**fields: Any) -> Callable[[list[dict[str, Any]]], None]:
    """Change fields of the second unit."""
    return lambda lines: lines[1].update(fields)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (list.clear, "no units"),
        (change(document="other"), "units of 2 documents: article, other"),
        (change(source="It"), "unit 3.1 stands at no place"),
        (change(start=10**15, stop=10**15 + 20), "unit 3.1 stands at no place"),
        (change(block=10**15), "unit 3.1 stands at no place"),
        (change(block=1), "unit 3.1 stands at no place"),
        (change(targets=None), "not a translation unit"),
    ],
)
def test_damaged_results(
    place: Path, spoil: Callable[[list[dict[str, Any]]], None], reason: str
) -> None:
    path = place / NAME
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    spoil(lines)
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    with pytest.raises(InputError, match=reason) as raised:
        results.load(place)
    assert raised.value.where.startswith(str(path))
    assert raised.value.hint


def test_what_is_no_folder_of_results(place: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        results.load(place / "elsewhere")
    with pytest.raises(InputError, match="a file, not a folder"):
        results.load(place / NAME)
    (place / "b.jsonl").write_bytes(b"")
    with pytest.raises(InputError, match=r"2 \.jsonl files: article\.jsonl, b\.jsonl"):
        results.load(place)
    (place / "empty").mkdir()
    with pytest.raises(InputError, match=r"no \.jsonl") as raised:
        results.load(place / "empty")
    assert "aligner run" in raised.value.hint
