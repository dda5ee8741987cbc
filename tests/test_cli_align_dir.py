"""`aligner align-dir`."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
from command import Done, aligner, contents, process

from aligner.formats import exchange

DATA = Path(__file__).parent / "data" / "alignment"
SEED = Path(__file__).parents[1] / "seeds" / "putin-visit-kyrgyzstan.txt"
LANGS = ("en", "ru", "ky")


def align_dir(*arguments: str | Path) -> Done:
    return aligner("align-dir", *arguments)


def put(folder: Path, *names: str) -> Path:
    """Copy the text about the lake: each name says in which language."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        lang = next(lang for lang in LANGS if lang in name.split("/")[-1].split("."))
        shutil.copy(DATA / f"lake.{lang}.txt", path)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two articles in three languages and one in two."""
    names = [f"{name}.{lang}.txt" for name in ("news/a", "news/b") for lang in LANGS]
    return put(tmp_path / "texts", *names, "c.en.txt", "c.ru.txt")


def test_a_corpus(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "corpus.tmx"
    done = align_dir(folder, "-o", out, "--jobs", "2")
    assert done.status == 0
    assert done.out == ""
    assert "3 articles: 3 aligned, 0 failed, 0 in one language only" in done.err
    assert "en 24 sentences" in done.err
    assert "small starter models" in done.err
    bundle = exchange.read(out)
    assert dict(bundle.header.props)["x-model-en-ky"] == "translate-en_ky-0_2"
    assert bundle.header.source_lang == "en"
    units = list(bundle.entries)
    assert [one.tuid for one in units[:2]] == ["c:1", "c:2"]
    assert units[-1].tuid.startswith("news/b:")
    assert dict(units[-1].props)["x-document"] == "news/b"
    assert aligner("tmx", "validate", out).status == 0
    rows = (tmp_path / "corpus.tmx.summary.tsv").read_text(encoding="utf-8").splitlines()
    assert [row.split("\t")[:3] for row in rows[1:]] == [
        ["c", "done", "en-ru"],
        ["news/a", "done", "en-ru-ky"],
        ["news/b", "done", "en-ru-ky"],
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "corpus.tmx",
        "corpus.tmx.summary.tsv",
        "texts",
    ]


def test_standard_output(folder: Path, tmp_path: Path) -> None:
    done = align_dir(
        folder, "-o", "-", "--no-mt", "--format", "jsonl", "--json", "--langs", "ky,ru"
    )
    units = [json.loads(line) for line in done.out.splitlines()]
    assert {tuple(one["lang"] for one in unit["variants"]) for unit in units} == {("ky", "ru")}
    figures = json.loads(done.err[done.err.index("{") :])
    assert figures["written"] == len(units) == figures["units_by_languages"]["ky-ru"]
    assert figures["alone"] == {"c": "ru"}
    assert [path.name for path in tmp_path.iterdir()] == ["texts"]


def test_columns_of_all_articles(folder: Path, tmp_path: Path) -> None:
    put(folder, "a0.ru.txt", "a0.ky.txt")  # comes first, and has no English
    out = tmp_path / "corpus.tsv"
    assert align_dir(folder, "-o", out, "--no-mt", "--keep-unaligned").status == 0
    head = out.read_text(encoding="utf-8-sig").splitlines()[0].split("\t")
    assert head[:4] == ["id", *LANGS]
    assert "x-document" in head


def test_the_default_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    assert align_dir("texts", "--no-mt", "--langs", "en,ru").status == 0
    assert (folder.parent / "texts.tmx").exists()


def test_list(folder: Path) -> None:
    put(folder, "d.ky.txt", "c.en.md")
    (folder / "notes.txt").write_text("Notes.\n")
    done = align_dir(folder, "--list")
    assert done.status == 0
    assert done.out.splitlines()[0].split("\t") == [
        "c",
        f"ru:{folder / 'c.ru.txt'}",
        f"en:{folder / 'c.en.md'}?",
        f"en:{folder / 'c.en.txt'}?",
    ]
    assert f"1 file without a language in the name: {folder / 'notes.txt'}" in done.err
    listed = json.loads(align_dir(folder, "--list", "--json").out)
    assert [one["article"] for one in listed] == ["c", "d", "news/a", "news/b"]
    assert listed[1]["files"] == {"ky": str(folder / "d.ky.txt")}
    assert not (folder.parent / "texts.tmx").exists()


def test_what_fails_does_not_stop_the_rest(folder: Path, tmp_path: Path) -> None:
    put(folder, "wrong.en.txt", "same.en.txt", "rival.en.txt", "rival.en.md", "rival.ru.txt")
    put(folder, "other.ru.txt", "broken.en.txt")
    shutil.copy(DATA / "lake.ru.txt", folder / "wrong.ky.txt")
    shutil.copy(DATA / "lake.en.txt", folder / "same.ru.txt")
    shutil.copy(SEED, folder / "other.en.txt")
    (folder / "broken.ru.txt").write_bytes(bytes(range(256)))
    out = tmp_path / "corpus.jsonl"
    done = align_dir(folder, "-o", out, "--no-mt", "--json")
    assert done.status == 1
    figures = json.loads(done.out)
    assert figures["articles"] == {"done": 3, "failed": 5, "alone": 0}
    reasons = figures["failed"]
    assert f"{folder / 'broken.ru.txt'}" in reasons["broken"]
    assert "does not seem to be a translation" in reasons["other"]
    assert "rival.en.md" in reasons["rival"]
    assert "rival.en.txt" in reasons["rival"]
    assert "the same text" in reasons["same"]
    assert "seems to be in ru, not ky" in reasons["wrong"]
    names = {unit.tuid.partition(":")[0] for unit in exchange.read(out).entries}
    assert names == {"c", "news/a", "news/b"}

    # Mended, what failed is done and all the rest taken from before.
    for name in ("wrong", "same", "rival", "other", "broken"):
        for path in folder.glob(f"{name}.*"):
            path.unlink()
    put(folder, "broken.en.txt", "broken.ru.txt")
    done = align_dir(folder, "-o", out, "--no-mt")
    assert done.status == 0
    assert "3 done already" in done.err
    assert "1 article to go" in done.err
    assert not (tmp_path / "corpus.jsonl.parts").exists()
    assert "broken" in {unit.tuid.partition(":")[0] for unit in exchange.read(out).entries}


def test_force(tmp_path: Path) -> None:
    folder = put(tmp_path / "texts", "other.ru.txt")
    shutil.copy(SEED, folder / "other.en.txt")
    out = tmp_path / "corpus.tmx"
    done = align_dir(folder, "-o", out, "--no-mt")
    assert done.status == 1
    assert "no corpus is written" in done.err
    assert not out.exists()
    assert align_dir(folder, "-o", out, "--no-mt", "--force").status == 0
    assert out.exists()


def test_nothing_to_align(tmp_path: Path) -> None:
    done = align_dir(put(tmp_path / "texts", "a.en.txt", "b.ru.txt"), "-o", tmp_path / "c.tmx")
    assert done.status == 1
    assert "2 articles, none in two languages" in done.err
    assert "--pattern" in done.err
    assert align_dir(tmp_path / "none").status == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["-o", "corpus.doc"],
        ["--langs", "en"],
        ["--langs", "en,?"],
        ["--pattern", "{name}.txt"],
        ["--min-probability", "2"],
    ],
    ids=" ".join,
)
def test_wrong_calls(folder: Path, arguments: list[str]) -> None:
    assert align_dir(folder, *arguments).status == 2


def test_broken_rules_are_told_once(folder: Path, tmp_path: Path) -> None:
    srx = tmp_path / "my.srx"
    srx.write_text("<srx", encoding="utf-8")
    done = align_dir(folder, "-o", tmp_path / "corpus.tmx", "--srx", srx)
    assert done.status == 1
    assert done.err.startswith(f"error: {srx}")


def many(folder: Path) -> Path:
    for number in range(30):
        put(folder, *(f"{number:02}.{lang}.txt" for lang in ("en", "ru")))
    return folder


def wait_for_parts(parts: Path, run: subprocess.Popen[bytes]) -> None:
    while len(list(parts.glob("*.json"))) < 3:
        assert run.poll() is None
        time.sleep(0.005)


def test_a_run_that_is_killed_is_taken_up(tmp_path: Path) -> None:
    folder, out, whole = many(tmp_path / "texts"), tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    run = process("align-dir", folder, "-o", out, "--no-mt", "--jobs", "2")
    wait_for_parts(tmp_path / "a.jsonl.parts", run)
    run.kill()
    run.communicate()
    assert not out.exists()
    done = align_dir(folder, "-o", out, "--no-mt", "--jobs", "1")
    assert done.status == 0
    assert "done already, taken from" in done.err
    assert "30 articles: 30 aligned" in done.err
    assert align_dir(folder, "-o", whole, "--no-mt", "--jobs", "3").status == 0
    assert out.read_bytes() == whole.read_bytes()
    summaries = [path.read_bytes() for path in sorted(tmp_path.glob("*.summary.tsv"))]
    assert summaries[0] == summaries[1]
    assert not list(tmp_path.glob("*.parts"))


def test_control_c(tmp_path: Path) -> None:
    folder, out = many(tmp_path / "texts"), tmp_path / "a.jsonl"
    run = process("align-dir", folder, "-o", out, "--no-mt", "--jobs", "2")
    wait_for_parts(tmp_path / "a.jsonl.parts", run)
    run.send_signal(signal.SIGINT)
    _, err = run.communicate(timeout=30)
    assert run.returncode == 130
    assert b"Traceback" not in err
    assert not out.exists()
    assert list((tmp_path / "a.jsonl.parts").glob("*.json"))


def test_parts_that_are_kept(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "corpus.jsonl"
    arguments = (folder, "-o", out, "--no-mt", "--keep-parts")
    assert align_dir(*arguments).status == 0
    before = contents(tmp_path / "corpus.jsonl.parts")
    assert len(before) == 6
    put(folder, "d.en.txt", "d.ru.txt")
    done = align_dir(*arguments)
    assert "3 done already" in done.err
    after = contents(tmp_path / "corpus.jsonl.parts")
    assert len(after) == 8
    assert before.items() <= after.items()


def test_results_within_the_folder(folder: Path) -> None:
    out = folder / "corpus.tsv"
    arguments = (folder, "-o", out, "--no-mt", "--keep-parts", "--pattern", "{name}.{lang}.*")
    for _ in range(2):
        done = align_dir(*arguments)
        assert done.status == 0
        assert "3 articles: 3 aligned" in done.err
        assert "summary.tsv" not in done.err.replace(f"{out}.summary.tsv", "")


def test_texts_are_never_overwritten(folder: Path) -> None:
    done = align_dir(folder, "-o", folder / "c.en.txt", "--format", "tmx", "--no-mt")
    assert done.status == 2
    assert "would be overwritten" in done.err
    assert align_dir(folder, "-o", folder / "news", "--format", "tmx", "--no-mt").status == 2
