"""Many articles, aligned in several processes."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from aligner.align.articles import find
from aligner.align.many import Corpus, Job, cores, prepare
from aligner.align.parts import Parts, Row
from aligner.align.summary import table, totals
from aligner.align.workers import Plan
from aligner.engines import Settings, silent
from aligner.entries import Entry
from aligner.errors import OutputError

DATA = Path(__file__).parent / "data" / "alignment"
LANGS = ("en", "ru", "ky")
PLAN = Plan(translate=False)


def texts(folder: Path, *names: str, langs: Sequence[str] = LANGS) -> Path:
    """A folder with the same text, in three languages, under several names."""
    folder.mkdir(exist_ok=True)
    for name in names:
        for lang in langs:
            text = (DATA / f"lake.{lang}.txt").read_text(encoding="utf-8")
            path = folder / f"{name}.{lang}.txt"
            path.write_text(text.replace("1927", f"1927 {name}"), encoding="utf-8")
    return folder


def ready(folder: Path, parts: Parts, plan: Plan = PLAN) -> Job:
    return prepare(find(folder).articles, plan, parts)


def done(job: Job, processes: int = 1) -> list[Row]:
    return sorted([*job.rows, *job.run(processes, silent)], key=lambda row: row.name)


def units(job: Job, rows: Sequence[Row], **options: float) -> list[Entry]:
    corpus = Corpus(job.parts, job.keys, **options)  # type: ignore[arg-type]
    return list(corpus.bundle(rows).entries)


def test_rows_and_units(tmp_path: Path) -> None:
    folder = texts(tmp_path / "in", "b", "a")
    with Parts(tmp_path / "parts") as parts:
        job = ready(folder, parts)
        rows = done(job)
        found = units(job, rows)
    assert [row.name for row in rows] == ["a", "b"]
    assert {row.status for row in rows} == {"done"}
    assert rows[0].sentences == {"en": 8, "ru": 8, "ky": 8}
    assert rows[0].files["ky"] == str(folder / "a.ky.txt")
    assert sum(rows[0].units.values()) * 2 == len(found)
    assert found[0].tuid == "a:1"
    assert dict(found[0].props)["x-document"] == "a"
    assert [one.tuid.partition(":")[0] for one in found] == sorted(
        one.tuid.partition(":")[0] for one in found
    )


def test_what_is_done_is_not_done_again(tmp_path: Path) -> None:
    folder = texts(tmp_path / "in", "a", "b")
    with Parts(tmp_path / "parts") as parts:
        first = done(ready(folder, parts))
        again = ready(folder, parts)
        assert again.tasks == ()
        assert done(again) == first
        (folder / "b.ru.txt").write_text("Совсем другое.\n", encoding="utf-8")
        assert [task.article.name for task in ready(folder, parts).tasks] == ["b"]
        for plan in (
            replace(PLAN, force=True),
            replace(PLAN, options={"deletion": 0.2}),
            replace(PLAN, presegmented=True),
            replace(PLAN, translate=True),
            replace(PLAN, allow_moves=True),
        ):
            assert len(ready(folder, parts, plan).tasks) == 2
        assert len(ready(folder, parts, replace(PLAN, settings=Settings(threads=3))).tasks) == 1


def test_results_that_are_cut_off_are_made_again(tmp_path: Path) -> None:
    folder = texts(tmp_path / "in", "a")
    with Parts(tmp_path / "parts") as parts:
        done(ready(folder, parts))
        [row] = parts.folder.glob("*.json")
        row.write_bytes(row.read_bytes()[:20])
        assert len(ready(folder, parts).tasks) == 1
        parts.keep(())
    assert not (tmp_path / "parts").exists()


def test_parts_leave_what_is_not_theirs(tmp_path: Path) -> None:
    with Parts(tmp_path / "parts") as parts:
        (parts.folder / "mine.json").write_text("{}")
        parts.keep(())
    assert (tmp_path / "parts" / "mine.json").exists()


def test_one_run_at_a_time(tmp_path: Path) -> None:
    with Parts(tmp_path / "parts"), pytest.raises(OutputError, match="another run"):
        Parts(tmp_path / "parts")
    with Parts(tmp_path / "parts"):
        pass
    with pytest.raises(OutputError, match="cannot be made"):
        Parts(tmp_path / "none" / "parts")


def test_as_many_processes_as_you_like(tmp_path: Path) -> None:
    folder = texts(tmp_path / "in", *"abcde", langs=("en", "ru"))
    found = []
    for processes in (1, 3):
        with Parts(tmp_path / "parts") as parts:
            job = ready(folder, parts, Plan())
            rows = done(job, processes)
            found.append((rows, units(job, rows)))
            parts.keep(())
    assert found[0] == found[1]
    assert found[0][0][0].models == {"en-ru": "translate-en_ru-0_2"}
    assert cores() >= 1


def kill(names: Sequence[str], name: str) -> None:
    """Kill whoever is at work, if an article is under way."""
    if name in names:
        for child in multiprocessing.active_children():
            assert child.pid
            os.kill(child.pid, signal.SIGKILL)


def test_a_process_that_is_killed_once(tmp_path: Path) -> None:
    killed: list[str] = []

    def once(_: int, names: Sequence[str]) -> None:
        if not killed:
            killed.extend(names)
            kill(names, "a")

    with Parts(tmp_path / "parts") as parts:
        job = ready(texts(tmp_path / "in", "a", "b", "c"), parts)
        rows = list(job.run(2, once))
    assert killed == ["a", "b"]
    assert sorted(row.name for row in rows if row.status == "done") == ["a", "b", "c"]


def test_a_process_that_is_killed_twice(tmp_path: Path) -> None:
    with Parts(tmp_path / "parts") as parts:
        job = ready(texts(tmp_path / "in", "a", "b"), parts)
        rows = {row.name: row for row in job.run(1, lambda _, names: kill(names, "a"))}
    assert rows["b"].status == "done"
    assert rows["a"].status == "failed"
    assert "ended by SIGKILL, twice" in rows["a"].reason


def probability(unit: Entry) -> float:
    return float(dict(unit.props)["x-alignment-probability"])


def test_units_that_are_left_out(tmp_path: Path) -> None:
    folder = texts(tmp_path / "in", "a", langs=("en", "ru"))
    with (folder / "a.en.txt").open("a", encoding="utf-8") as file:
        file.write("\n\nSubscribe to our newsletter and follow us on Facebook!\n")
    with Parts(tmp_path / "parts") as parts:
        job = ready(folder, parts)
        rows = done(job)
        whole = units(job, rows)
        least = sorted(map(probability, whole))[3]
        sure = units(job, rows, least=least)
        all_of_them = units(job, rows, keep_unaligned=True)
        assert units(job, rows, least=1.1) == []
    # Those that stay have the same ids, too.
    assert sure == [one for one in whole if probability(one) >= least]
    assert 0 < len(sure) < len(whole)
    assert len(all_of_them) == len(whole) + 1
    assert rows[0].unaligned == {"en": 1, "ru": 0}


def test_summary(tmp_path: Path) -> None:
    folder = texts(tmp_path / "in", "a", "b", langs=("en", "ru"))
    texts(folder, "c", langs=("ky",))
    (folder / "b.ru.txt").write_bytes(b"")
    with Parts(tmp_path / "parts") as parts:
        job = ready(folder, parts)
        rows = done(job)
    head, *cells = table(rows, LANGS, {"a": 5})
    found = [dict(zip(head, row, strict=True)) for row in cells]
    assert [row["status"] for row in found] == ["done", "failed", "alone"]
    assert found[0]["written"] == "5"
    assert found[0]["en-sentences"] == "8"
    assert found[0]["ky-sentences"] == ""
    assert found[1]["ru-file"] == str(folder / "b.ru.txt")
    assert "nothing to read" in found[1]["reason"]
    figures = totals(rows, LANGS, {"a": 5})
    assert figures["articles"] == {"done": 1, "failed": 1, "alone": 1}
    assert figures["sentences"] == {"en": 8, "ru": 8, "ky": 0}
    assert figures["mean_probability"] == rows[0].probability
    assert figures["written"] == 5
    assert list(figures["failed"]) == ["b"]
    assert figures["alone"] == {"c": "ky"}
