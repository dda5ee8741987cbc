"""The journal of a run: what is in it is taken up, what a kill spoilt is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.engines import Translation
from aligner.errors import OutputError
from aligner.journal import Journal

SIGNATURE = {"beam": "4", "model-ru": "translate-en_ru-0_1@48e22ceedcc5"}
FIRST = [Translation("Да.", 0.1 + 0.2), Translation("Нет\n\ud800", 1.0, issues=("lost: {x}",))]
SECOND = [Translation("Ооба.", 5e-324)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A journal of two batches, cut off."""
    path = tmp_path / "journal.jsonl"
    with Journal(path, SIGNATURE) as journal:
        assert not journal.resumed
        journal["ru 0"] = FIRST
        journal["ky 0"] = SECOND
    return path


def test_it_gives_back_what_it_was_given(path: Path) -> None:
    with Journal(path, SIGNATURE) as journal:
        assert journal.resumed
        assert journal["ru 0"] == FIRST
        assert journal["ky 0"] == SECOND
        assert "ru 1" not in journal


def test_it_keeps_the_start_of_the_first_run(path: Path) -> None:
    lines = path.read_text().splitlines(keepends=True)
    head = json.loads(lines[0]) | {"started": "2020-02-29T23:59:59+00:00"}
    path.write_text("".join([json.dumps(head) + "\n", *lines[1:]]))
    with Journal(path, SIGNATURE) as journal:
        assert journal.started.isoformat() == "2020-02-29T23:59:59+00:00"


@given(st.data())
def test_cut_anywhere_it_keeps_the_whole_lines(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("cut") / "journal.jsonl"
    with Journal(path, SIGNATURE) as journal:
        journal["ru 0"] = FIRST
        journal["ky 0"] = SECOND
    whole = path.read_bytes()
    cut = data.draw(st.integers(0, len(whole)))
    path.write_bytes(whole[:cut] + data.draw(st.sampled_from([b"", b"\0" * 9, b"\xff\n", b"5\n"])))
    lines = whole[:cut].count(b"\n")
    with Journal(path, SIGNATURE) as journal:
        assert journal.resumed == (lines > 0)
        assert ("ru 0" in journal, "ky 0" in journal) == (lines > 1, lines > 2)
        journal["ru 0"] = FIRST
        journal["ky 0"] = SECOND
    with Journal(path, SIGNATURE) as journal:
        assert journal.resumed
        assert (journal["ru 0"], journal["ky 0"]) == (FIRST, SECOND)


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"\n",
        b"\xff\xfe\0",
        b"[]\n",
        b"null\n",
        b'"signature"\n',
        b"{}\n",
        b'{"signature": {"beam": "4", "model-ru": "translate-en_ru-0_1@48e22ceedcc5"}}\n',
        b'{"files": 5}\n',
        b"[" * 100_000 + b"\n",
    ],
)
def test_garbage_is_begun_anew(tmp_path: Path, garbage: bytes) -> None:
    path = tmp_path / "journal.jsonl"
    path.write_bytes(garbage)
    with Journal(path, SIGNATURE) as journal:
        assert not journal.resumed
        journal["ru 0"] = FIRST
    with Journal(path, SIGNATURE) as journal:
        assert journal.resumed
        assert journal["ru 0"] == FIRST


def test_with_other_settings_it_is_begun_anew(path: Path) -> None:
    with Journal(path, SIGNATURE | {"beam": "5"}) as journal:
        assert not journal.resumed
        assert "ru 0" not in journal
        journal["ru 0"] = SECOND
    with Journal(path, SIGNATURE) as journal:
        assert "ru 0" not in journal


def test_announced_files_outlast_other_settings(path: Path) -> None:
    """They may have been put in place before the kill, and are nobody's edits."""
    for beam, sha256 in (("4", "aa"), ("5", "bb"), ("6", "cc")):
        with Journal(path, SIGNATURE | {"beam": beam}) as journal:
            journal.announce({"a.tmx": sha256})
    with Journal(path, SIGNATURE) as journal:
        assert journal.announced == {("a.tmx", "aa"), ("a.tmx", "bb"), ("a.tmx", "cc")}
    with Journal(path, SIGNATURE) as journal:
        assert len(journal.announced) == 3


def test_without_anything_to_go_on_from_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    with Journal(path, SIGNATURE):
        assert path.exists()
    assert not path.exists()


def test_two_at_once_are_refused(path: Path) -> None:
    before = path.read_bytes()
    with Journal(path, SIGNATURE):
        with pytest.raises(OutputError, match="another run is writing") as raised:
            Journal(path, SIGNATURE)
        assert raised.value.where == str(path.parent)
        assert "--out" in raised.value.hint
    assert path.read_bytes() == before
    with Journal(path, SIGNATURE) as journal:
        assert journal.resumed


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written to"):
        Journal(tmp_path / "none" / "journal.jsonl", SIGNATURE)
