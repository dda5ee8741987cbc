"""`aligner review` as a process: what it prints, how it ends, and what a kill leaves."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from command import aligner, process
from reviewing import RUSSIAN, Client, written

from aligner import results
from aligner.review.serving import bound, usual_port

QUIET = ("--no-browser", "--json", "--no-glossary", "--no-memory")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return written(tmp_path / "article")


@contextmanager
def running(path: Path, *options: str) -> Iterator[tuple[subprocess.Popen[bytes], Any, Client]]:
    """The command, when it is ready, with what it printed."""
    with process("review", path, *QUIET, *options) as review:
        try:
            assert review.stdout
            line = review.stdout.readline()
            assert line, review.stderr and review.stderr.read().decode()
            said = json.loads(line)
            yield review, said, Client(said["url"])
        finally:
            with suppress(ProcessLookupError):
                review.kill()


def ended(review: subprocess.Popen[bytes], by: signal.Signals) -> tuple[int, str]:
    """The exit status after a signal, and what was said in the end."""
    review.send_signal(by)
    _, err = review.communicate(timeout=30)
    return review.returncode, err.decode()


def test_it_says_where_it_is(place: Path) -> None:
    with running(place) as (review, said, client):
        assert said["url"].startswith("http://127.0.0.1:")
        assert (said["name"], said["units"], said["targets"]) == ("article", 5, ["ru", "ky"])
        assert client.get("api/document").json["count"] == 5
        assert ended(review, signal.SIGINT) == (0, "")


def test_it_is_where_it_was_if_that_is_free(place: Path) -> None:
    ports = []
    for _ in range(2):
        with running(place) as (review, _, client):
            ports.append(client.port)
            ended(review, signal.SIGINT)
    with bound(ports[0]), running(place) as (review, _, client):
        ports.append(client.port)
        ended(review, signal.SIGINT)
    assert ports[0] == ports[1] == usual_port(place) != ports[2]


def test_the_end_writes_the_files(place: Path) -> None:
    for by, text in ((signal.SIGINT, "Раз."), (signal.SIGTERM, "Два.")):
        with running(place, "--editor", "Aida") as (review, _, client):
            rev = client.units()[1]["targets"]["ru"]["rev"]
            assert client.edit(1, "ru", text, rev).status == 200
            with client.events():  # a page that is open does not keep it
                status, err = ended(review, by)
        assert status == 0
        assert f"Saved: {place / 'article.jsonl'}" in err
        target = results.load(place).units[1].targets["ru"]
        assert (target.text, target.editor) == (text, "Aida")


def test_a_kill_loses_nothing_and_doubles_nothing(place: Path) -> None:
    kept: dict[tuple[int, str], str] = {}
    revs: dict[tuple[int, str], int] = {}
    for turn in range(3):
        with running(place) as (review, said, client):
            assert said["unsaved"] == len(kept)
            for unit in client.units():
                for lang, target in unit["targets"].items():
                    if (key := (unit["n"], lang)) in kept:
                        assert target["text"] == kept[key]
                        assert target["rev"] == revs[key]
            for step in range(20):
                key = step % 5, "ru" if step % 2 else "ky"
                text = f"{turn} {step} Ё 👍"
                answer = client.edit(*key, text, revs.get(key, 0), tab=str(turn))
                assert answer.status == 200
                kept[key], revs[key] = text, answer.json["target"]["rev"]
            review.kill()
            review.wait(10)
    assert results.load(place).units[1].targets["ru"].text == RUSSIAN[1]  # nobody saved
    with running(place) as (review, said, client):
        assert client.get("api/document").json["revision"] == sum(revs.values()) == 60
        assert client.act("undo", 1, "ru", revs[1, "ru"]).json["target"]["text"].startswith("1 ")
        ended(review, signal.SIGINT)
    assert results.load(place).units[0].targets["ky"].text == kept[0, "ky"]


def test_the_second_is_told_of_the_first(place: Path) -> None:
    with running(place) as (_, said, _):
        done = aligner("review", place, *QUIET)
        assert done.status == 1
        assert "being reviewed already" in done.err
        assert said["url"] in done.err


def test_a_port_of_one_s_own(place: Path) -> None:
    with bound(0) as listening:
        port = listening.getsockname()[1]
        done = aligner("review", place, *QUIET, "--port", str(port))
        assert done.status == 2
        assert f"port {port} is in use" in done.err
    with running(place, "--port", str(port)) as (_, said, _):
        assert f":{port}/" in said["url"]


def test_it_speaks_to_people(place: Path) -> None:
    with process("review", place, "--no-browser", "--no-glossary", "--no-memory") as review:
        assert review.stdout
        lines = [review.stdout.readline().decode() for _ in range(3)]
        review.send_signal(signal.SIGINT)
        review.communicate(timeout=30)
    assert lines[0] == "article: 5 units, en → ru, ky\n"
    assert lines[1].startswith("  http://127.0.0.1:")
    assert "Ctrl-C" in lines[2]


def test_what_changed_meanwhile_is_not_written_over(place: Path) -> None:
    with running(place) as (review, _, client):
        client.edit(1, "ru", "Моё.", 0)
        (place / "article.en-ru.tmx").write_text("x", encoding="utf-8")
        status, err = ended(review, signal.SIGINT)
    assert status == 1
    assert "Not saved" in err
    assert "article.en-ru.tmx" in err
    assert "1 edit kept" in err
    with running(place) as (review, said, _):
        assert said["unsaved"] == 1


def test_edits_without_a_unit_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("en\tru\nOne.\tРаз.\nTwo.\tДва.\n", encoding="utf-8")
    with running(path) as (review, _, client):
        client.edit(1, "ru", "Двое.", 0)
        review.kill()
    path.write_text("en\tru\nOne.\tРаз.\n", encoding="utf-8")
    with running(path) as (review, said, client):
        assert said["lost"] == [{"id": "", "lang": "ru"}]
        [lost] = client.get("api/document").json["lost"]
        assert (lost["source"], lost["text"]) == ("Two.", "Двое.")
        _, err = ended(review, signal.SIGINT)
    assert "no longer there" in err
    assert path.read_text(encoding="utf-8") == "en\tru\nOne.\tРаз.\n"


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["nothing.tmx"], 1, "no such file or folder"),
        (["."], 1, "no .jsonl"),
        ([], 2, "Missing argument"),
        (["x.tmx", "--port", "70000"], 2, "port"),
        (["article", "--lang", "!"], 2, "not a language code"),
        (["article", "--lang", "en"], 2, "source language"),
        (["article", "--glossary", "none.csv"], 1, "none.csv"),
        (["article", "--memory", "none.tmx", "--no-memory"], 2, "exclude"),
    ],
)
def test_a_wrong_call(
    place: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], status: int, said: str
) -> None:
    monkeypatch.chdir(place.parent)
    done = aligner("review", "--no-browser", *arguments)
    assert done.status == status
    assert said in done.err
    assert not (place / ".review.db-wal").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="users and modes of POSIX")
def test_a_folder_that_only_can_be_read(place: Path) -> None:
    place.chmod(0o555)
    try:
        if os.access(place, os.W_OK):
            pytest.skip("root may write everywhere")
        done = aligner("review", place, *QUIET)
    finally:
        place.chmod(0o755)
    assert done.status == 1
    assert "copy" in done.err


def test_the_help_says_what_it_is() -> None:
    done = aligner("review", "--help")
    assert done.status == 0
    assert "127.0.0.1" not in done.err
    assert "aligner review corpora/article" in done.out
