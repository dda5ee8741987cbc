"""`aligner check`."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from command import Done, aligner, contents
from memories import HEADER, unit
from results_folder import paragraphs, write_results

from aligner import results
from aligner.entries import Bundle, Entry
from aligner.formats import exchange

WRONG = unit("a:1", en="It costs 5 dollars.", ru="Это стоит 6 долларов.", ky="Ал 5 доллар турат.")
UNSURE = unit("a:2", en="It rained on Monday.", ru="В понедельник шёл дождь.", ky="Жамгыр жаады.")
RIGHT = unit("a:3", en="It rained.", ru="Шёл дождь.", ky="Жамгыр жаады.")


def write(path: Path, *entries: Entry, format_: str = "tmx") -> Path:
    with path.open("wb") as file:
        exchange.write(file, Bundle(iter(entries), HEADER), format_)
    return path


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    return write(tmp_path / "a.tmx", WRONG, UNSURE, RIGHT)


def rows(done: Done) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.out.splitlines()]


def test_findings_by_unit(memory: Path) -> None:
    done = aligner("check", memory)
    assert done.status == 1
    lines = done.out.splitlines()
    assert lines[0].startswith(f"{memory}:")
    assert lines[0].endswith("  a:1")
    assert lines[1:3] == ["  ru  error: numbers: 5 has become 6", "      Это стоит 6 долларов."]
    assert "  ky  warning: weekday-lost: Monday is not in the translation" in lines
    assert lines[-3:] == [
        "3 units, 2 with findings: 1 error, 1 warning",
        "       1  numbers",
        "       1  weekday-lost",
    ]


def test_errors_decide(tmp_path: Path, memory: Path) -> None:
    assert aligner("check", write(tmp_path / "b.tmx", UNSURE, RIGHT)).status == 0
    assert aligner("check", memory, "--lang", "ky").status == 0
    assert aligner("check", memory, "--skip", "numbers").status == 0
    assert aligner("check", memory, "--only", "weekday-lost, numbers").status == 1
    done = aligner("check", memory, "--errors")
    assert (done.status, "weekday-lost" in done.out) == (1, False)


def test_json_lines(memory: Path) -> None:
    done = aligner("check", memory, "--json")
    first, second = rows(done)
    assert done.status == 1
    assert first | {"line": 0} == {
        "file": str(memory),
        "line": 0,
        "unit": "a:1",
        "lang": "ru",
        "check": "numbers",
        "severity": "error",
        "message": "5 has become 6",
        "source": "It costs 5 dollars.",
        "target": "Это стоит 6 долларов.",
        "source_span": [9, 10],
        "target_span": [10, 11],
    }
    assert (second["lang"], second["check"], second["target_span"]) == ("ky", "weekday-lost", None)


def test_stdin_and_other_formats(tmp_path: Path, memory: Path) -> None:
    done = aligner("check", "-", "--json", stdin=memory.read_bytes())
    assert [row["file"] for row in rows(done)] == ["-", "-"]
    table = tmp_path / "a.tsv"
    table.write_text("en\tru\nIt costs 5 soms.\tЭто стоит 6 сомов.\n", encoding="utf-8")
    done = aligner("check", table)
    assert (done.status, "5 has become 6" in done.out) == (1, True)


def test_a_damaged_file_does_not_keep_others_from_it(tmp_path: Path, memory: Path) -> None:
    broken = tmp_path / "broken.tmx"
    broken.write_bytes(memory.read_bytes()[:-200])
    done = aligner("check", broken, tmp_path / "none.tmx", memory)
    assert done.status == 1
    assert done.err.count("error: ") == 2
    assert f"{memory}:" in done.out
    assert "with findings" in done.out.splitlines()[-3]


def test_a_glossary(tmp_path: Path) -> None:
    glossary = tmp_path / "terms.csv"
    glossary.write_text("id,en,ru,ky\nosh,Osh,Ош,Ош\n", encoding="utf-8")
    file = write(tmp_path / "a.tmx", unit("1", en="He left for Osh.", ru="Он уехал в Талас."))
    assert aligner("check", file).status == 0
    done = aligner("check", file, "--glossary", glossary, "--json")
    assert "term" in [row["check"] for row in rows(done)]
    assert aligner("check", file, "--glossary", glossary, "--skip", "term").status == 0


def test_marks_in_a_file(memory: Path) -> None:
    assert aligner("check", memory, "--write").status == 1
    first, second, third = exchange.read(memory).entries
    assert ("x-issue", "numbers: 5 has become 6") in first.variants[1].props
    assert [name for name, _ in second.variants[2].props].count("x-issue") == 1
    assert [variant.text for variant in third.variants] == [
        variant.text for variant in RIGHT.variants
    ]
    before = memory.read_bytes()
    assert aligner("check", memory, "--write").status == 1
    assert memory.read_bytes() == before
    write(memory, WRONG)


def test_a_damaged_file_is_not_written(tmp_path: Path, memory: Path) -> None:
    broken = tmp_path / "broken.tmx"
    broken.write_bytes(memory.read_bytes()[:-200])
    before = broken.read_bytes()
    assert aligner("check", broken, "--write").status == 1
    assert broken.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"a.tmx", "broken.tmx"}


def test_calls_that_make_no_sense(tmp_path: Path, memory: Path) -> None:
    table = tmp_path / "a.tsv"
    table.write_text("en\tru\nOne.\tОдин.\n", encoding="utf-8")
    for arguments in (
        (),
        (memory, "--only", "number"),
        ("-", "--write"),
        (memory, "--write", "--only", "numbers"),
        (table, "--write"),
        (memory, "--lang", "x"),
    ):
        done = aligner("check", *arguments)
        assert (done.status, done.err.startswith("error: ")) == (2, True)
    assert table.read_text(encoding="utf-8").startswith("en\tru")


def test_the_list() -> None:
    done = aligner("check", "--list")
    names = [line.split()[0] for line in done.out.splitlines()]
    assert done.status == 0
    assert {"numbers", "months", "tags", "term", "inconsistent"} <= set(names)
    assert names == sorted(names)
    listed = rows(aligner("check", "--list", "--json"))
    assert [row["check"] for row in listed] == names


def test_codes_that_steer_a_terminal_are_not_printed(tmp_path: Path) -> None:
    file = tmp_path / "a.tsv"
    file.write_text("en\tru\nIt is 5.\tЭто \x1b[31m6.\n", encoding="utf-8")
    assert "\x1b" not in aligner("check", file).out


def ours(folder: Path) -> Path:
    """A folder whose files are just as we wrote them."""
    write_results(folder, paragraphs(["It costs 5 dollars.", "It rained."]))
    article = folder / "article.jsonl"
    digest = hashlib.sha256(article.read_bytes()).hexdigest()
    (folder / "SHA256SUMS").write_text(f"{digest}  {article.name}\n")
    return folder


def test_a_folder(tmp_path: Path) -> None:
    folder = ours(tmp_path / "out")
    before = contents(folder)
    done = aligner("check", folder, "--json")
    assert done.status == 1
    assert {row["file"] for row in rows(done)} == {str(folder / "article.jsonl")}
    assert {row["line"] for row in rows(done)} <= {1, 2}
    assert contents(folder) == before


def test_marks_in_a_folder(tmp_path: Path) -> None:
    folder = ours(tmp_path / "out")
    done = aligner("check", folder, "--write", "--json")
    found = [(row["lang"], f"{row['check']}: {row['message']}") for row in rows(done)]
    assert found
    units = results.load(folder).units
    for lang in ("ru", "ky"):
        issues = [issue for unit in units for issue in unit.targets[lang].issues]
        assert issues.count("number: 5 is missing") == 2  # the engine's stay
        assert [one for one in issues if not one.startswith("number: ")] == [
            issue for other, issue in found if other == lang
        ]
    assert {path.name for path in folder.iterdir()} >= {"article.en-ru-ky.tmx", "SHA256SUMS"}
    assert aligner("check", folder, "--write").status == 1
    [article] = folder.glob("*.jsonl")
    article.write_bytes(article.read_bytes() + b"\n")
    done = aligner("check", folder, "--write")
    assert "edited since aligner wrote it: article.jsonl" in done.err
