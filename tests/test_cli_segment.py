"""`aligner segment`, as a user runs it."""

import json
from pathlib import Path

import pytest

from aligner.cli import main

TEXT = "The visit\n\nDr. Fox left. He ran & hid! Then “no one” came.\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    monkeypatch.setattr("sys.argv", ["aligner", "segment", *arguments])
    with pytest.raises(SystemExit) as done:
        main()
    assert done.value.code in (0, None), done.value.code


def test_one_segment_a_line(
    article: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, str(article))
    lines = capsys.readouterr().out.splitlines()
    assert lines == ["The visit", "Dr. Fox left.", "He ran & hid!", "Then “no one” came."]


def test_json_points_into_the_file(
    article: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, "--json", "--lang", "en", str(article))
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [list(record) for record in records] == [["block", "kind", "start", "stop", "text"]] * 4
    assert [record["text"] for record in records] == [
        TEXT[record["start"] : record["stop"]] for record in records
    ]
    assert (records[0]["block"], records[0]["kind"]) == (1, "heading")
    assert records[1]["block"] == 2


def test_explain_names_the_rule(
    article: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, "--explain", str(article))
    out = capsys.readouterr().out
    assert "no break: Dr.¦ Fox left." in out
    assert "break: Dr. Fox left.¦ He ran" in out
    assert "Common" in out
    assert "before: " in out


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["--json", "--explain"], 2, "exclude each other"),
        (["--srx", "none.srx"], 1, "none.srx: the segmentation rules cannot be read"),
        (["--lang", "klingon"], 2, "klingon"),
    ],
)
def test_mistakes(
    article: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    status: int,
    message: str,
) -> None:
    monkeypatch.setattr("sys.argv", ["aligner", "segment", *arguments, str(article)])
    with pytest.raises(SystemExit) as done:
        main()
    assert done.value.code == status
    assert message in capsys.readouterr().err
