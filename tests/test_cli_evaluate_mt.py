"""`aligner evaluate mt`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from command import Done, aligner
from results_folder import paragraphs, write_results
from sacrebleu.metrics.chrf import CHRF

ENGLISH = ["It rained.", "The president arrived in Bishkek.", "Prices rose."]
REFERENCE = ["Шёл дождь.", "Президент прибыл в Бишкек.", "Цены выросли."]
FIRST = ["Был дождь.", "Президент приехал в Бишкеке.", ""]
SECOND = ["Шёл дождь.", "Президент приехал в Бишкек.", "Цены растут."]


def save(path: Path, texts: list[str]) -> Path:
    path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    return path


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    texts = {"source": ENGLISH, "reference": REFERENCE, "first": FIRST, "second": SECOND}
    return {name: save(tmp_path / f"{name}.txt", some) for name, some in texts.items()}


def evaluate(*arguments: str | Path, stdin: bytes = b"") -> Done:
    return aligner("evaluate", "mt", *arguments, stdin=stdin)


def test_table(files: dict[str, Path]) -> None:
    done = evaluate(files["second"], "--ref", files["reference"])
    assert done.status == 0
    lines = done.out.splitlines()
    assert lines[0] == "3 segments, 1 reference"
    assert lines[1].split() == ["score"]
    assert lines[2] == str(files["second"])
    chrf = CHRF(word_order=2).corpus_score(SECOND, [REFERENCE]).score
    assert lines[4].split() == ["chrF2++", f"{chrf:.2f}"]
    assert lines[5].split()[:2] == ["TER", "↓"]
    assert lines[-2].startswith("chrF2++|nrefs:1|case:mixed|eff:yes|nc:6|nw:2|space:no|version:")


def test_the_same_text_is_right(files: dict[str, Path], tmp_path: Path) -> None:
    marked = tmp_path / "windows.txt"
    marked.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(REFERENCE).encode())
    one = save(tmp_path / "one.txt", REFERENCE[:1])
    for system, reference in ((marked, files["reference"]), (one, one)):
        figures = json.loads(evaluate(system, "--ref", reference, "--json").out)
        scores = figures["systems"][0]["scores"]
        assert [scores[name]["score"] for name in ("chrF2++", "TER")] == [100, 0]
    done = evaluate("-", "--ref", files["reference"], stdin="\n".join(REFERENCE).encode())
    assert done.out.splitlines()[2] == "stdin"
    assert "100.00" in done.out


def test_two_systems(files: dict[str, Path]) -> None:
    call = (files["first"], files["second"], "--ref", files["reference"])
    done = evaluate(*call, "--bootstrap", "200")
    assert done.out.splitlines()[1].split() == ["score", "95", "%", "interval", "change", "p"]
    assert f"{files['first']}: 1 translation empty, counted as wrong" in done.err
    assert "of 3 segments only" in done.err
    figures = json.loads(evaluate(*call, "--json").out)
    baseline, other = (one["scores"]["TER"] for one in figures["systems"])
    assert "change" not in baseline
    assert other["change"] == pytest.approx(other["score"] - baseline["score"], abs=1e-3)
    assert 0 < other["p"] <= 1
    assert "|bs:1000|seed:12345|" in other["signature"]
    assert evaluate(*call, "--json", "--seed", "3").out != evaluate(*call, "--json").out
    none = json.loads(evaluate(*call, "--json", "--bootstrap", "0").out)
    assert "interval" not in none["systems"][1]["scores"]["TER"]


def test_segments(files: dict[str, Path], tmp_path: Path) -> None:
    path = tmp_path / "segments.jsonl"
    call = (files["first"], files["second"], "--ref", files["reference"])
    done = evaluate(*call, "--source", files["source"], "--segments", path)
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [(row["segment"], Path(row["system"]).stem) for row in rows] == [
        (n, name) for n in (1, 2, 3) for name in ("first", "second")
    ]
    assert rows[1] == {
        "segment": 1,
        "system": str(files["second"]),
        "source": "It rained.",
        "hypothesis": "Шёл дождь.",
        "references": ["Шёл дождь."],
        "bleu": 100.0,
        "chrf2++": 100.0,
        "ter": 0.0,
    }
    assert "3 segments" in done.out
    piped = evaluate(*call, "--source", files["source"], "--segments", "-", "--json")
    assert piped.out == path.read_text("utf-8")
    assert '"segments": 3' in piped.err


def test_several_references_and_empty_ones(files: dict[str, Path], tmp_path: Path) -> None:
    gap = save(tmp_path / "gap.txt", ["Шёл дождь.", " ", "Цены выросли."])
    both = ("--ref", files["reference"], "--ref", gap)
    done = evaluate(files["second"], *both)
    assert done.status == 1
    assert "gap.txt:2: the reference is empty" in done.err
    done = evaluate(files["second"], *both, "--skip-empty")
    assert done.out.startswith("3 segments, 2 references\n")
    assert "nrefs:var" in done.out
    done = evaluate(files["second"], "--ref", gap, "--skip-empty", "--segments", "-")
    assert [json.loads(line)["segment"] for line in done.out.splitlines()] == [1, 3]
    assert "left out, without a reference: 1" in done.err
    blank = save(tmp_path / "blank.txt", ["", "", ""])
    assert "all segments are empty" in evaluate(gap, "--ref", blank, "--skip-empty").err


def test_a_model_and_the_same_figures_from_sacrebleu(
    files: dict[str, Path], tmp_path: Path
) -> None:
    saved = tmp_path / "made.txt"
    call = ("en-ru", "--source", files["source"], "--ref", files["reference"], "--beam", "2")
    done = evaluate(*call, "--save", saved, "--threads", "1")
    assert done.status == 0
    assert "en-ru: 3 sentences" in done.err
    assert len(saved.read_text("utf-8").splitlines()) == 3
    assert "|beam:2|" in done.out
    command = [sys.executable, "-m", "sacrebleu", str(files["reference"]), "-i", str(saved)]
    command += ["-m", "bleu", "chrf", "ter", "--chrf-word-order", "2", "-w", "2", "-f", "text"]
    theirs = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    wanted = [line.split() for line in theirs.splitlines()]
    found = {line.split("|")[0]: line for line in done.out.splitlines() if "|nrefs" in line}
    scores = {line.split()[0]: line.split()[-1] for line in done.out.splitlines()[3:6]}
    for signature, _, score, *_ in wanted:
        name = signature.split("|")[0]
        assert found[name] == signature
        assert scores[name] == score


def test_units(tmp_path: Path) -> None:
    folder = write_results(tmp_path / "article", paragraphs(["It rained.", "It stopped."]))
    table = tmp_path / "reference.tsv"
    table.write_text("en\tky\nIt rained.\tky 1.1\nIt stopped.\tky 1.3\n", encoding="utf-8")
    done = evaluate(folder, "--ref", table, "--lang", "kir", "--json")
    assert json.loads(done.out)["systems"][0]["scores"]["TER"]["score"] == 25
    assert json.loads(done.out)["systems"][0]["signature"] is None
    assert "several languages: ru, ky" in evaluate(folder, "--ref", folder).err
    assert "no translations into de" in evaluate(folder, "--ref", table, "--lang", "de").err
    other = tmp_path / "other.tsv"
    other.write_text("en\tru\nIt rained.\tа\nIt stopped.\tб\n", encoding="utf-8")
    done = evaluate(other, "--ref", table)
    assert (done.status, "the languages differ" in done.err) == (2, True)


def test_bad_calls(files: dict[str, Path], tmp_path: Path) -> None:
    reference = files["reference"]
    assert evaluate(files["first"]).status == 2
    assert "only once" in evaluate("-", "--ref", "-").err
    short = save(tmp_path / "short.txt", REFERENCE[:2])
    done = evaluate(short, "--ref", reference)
    assert (done.status, done.err.splitlines()[0]) == (
        1,
        f"error: {short}: it has 2 segments, and {reference} has 3",
    )
    old = tmp_path / "old.txt"
    old.write_bytes("\n".join(REFERENCE).encode("cp1251"))
    assert "old.txt:1: the line is not utf-8" in evaluate(old, "--ref", reference).err
    assert "no segment" in evaluate(save(old, []), "--ref", reference).err
    assert '"russian" is not a language' in evaluate(short, "--ref", short, "--lang", "russian").err
    assert "no such file" in evaluate("nothing.txt", "--ref", reference).err
    assert evaluate(short, "--ref", short, "--tokenize", "flores200").status == 2
    for done in (
        evaluate(short, "--ref", short, "--save", tmp_path / "x"),
        evaluate("en-ru", "--source", short, "--ref", short, "--save", "-", "--segments", "-"),
    ):
        assert done.status == 2
    assert not (tmp_path / "x").exists()


def test_results_of_a_run_are_not_written_over(files: dict[str, Path], tmp_path: Path) -> None:
    folder = tmp_path / "article"
    write_results(folder, paragraphs(["It rained."]))
    (folder / "SHA256SUMS").write_text(f"{'0' * 64}  article.jsonl\n", encoding="utf-8")
    before = (folder / "article.jsonl").read_bytes()
    call = ("--ref", files["reference"], "--segments", folder / "article.jsonl")
    done = evaluate(files["first"], *call)
    assert (done.status, "would be overwritten" in done.err) == (2, True)
    assert (folder / "article.jsonl").read_bytes() == before
