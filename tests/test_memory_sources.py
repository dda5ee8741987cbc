"""Where memories come from, and what is kept of them between runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from aligner.entries import Entry, Variant
from aligner.errors import InputError
from aligner.memory.search import Query, search
from aligner.memory.sources import cache, files, in_folder, prepared
from aligner.memory.store import Store

READ: list[str] = []


def read(path: Path) -> Iterator[Entry]:
    READ.append(path.name)
    for line in path.read_text("utf-8").splitlines():
        yield Entry("", (Variant("en", line), Variant("ru", f"«{line}»")), "en")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    READ.clear()
    folder = tmp_path / "project"
    for name in ("b.tmx", "a.XLF", "deep/c.jsonl", ".run/d.tmx", "e.csv", "SHA256SUMS"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Text of {name}.\n", "utf-8")
    return folder


def test_the_files_of_a_folder(project: Path) -> None:
    assert [file.name for file in files(project)] == ["a.XLF", "b.tmx", "c.jsonl"]
    assert files(project / "e.csv") == [project / "e.csv"]
    (project / "empty").mkdir()
    with pytest.raises(InputError, match="no memory"):
        files(project / "empty")
    assert in_folder(project / "deep") == [project / "deep" / "c.jsonl"]


def test_only_what_changed_is_read_again(project: Path) -> None:
    [(name, store)] = prepared([project], read)
    assert name == "project"
    assert store.parent == cache()
    assert sorted(READ) == ["a.XLF", "b.tmx", "c.jsonl"]
    (project / "b.tmx").write_text("Another text.\n", "utf-8")
    (project / "a.XLF").unlink()
    READ.clear()
    assert prepared([project], read) == [("project", store)]
    assert READ == ["b.tmx"]
    with Store.open(store) as opened:
        assert sorted(Path(file).name for file in opened.names()) == ["b.tmx", "c.jsonl"]
        assert search(opened, Query("Another text.", "en", "ru"))[0].memory == "b.tmx"
        assert search(opened, Query("Text of b.tmx.", "en", "ru"), 100) == []


def test_a_store_is_taken_as_it_is(project: Path, tmp_path: Path) -> None:
    ready = project / "ready.db"
    with Store.open(ready, create=True):
        pass
    assert prepared([ready], read) == [("ready.db", ready)]
    assert prepared([project], read)[0] == ("project", ready)
    assert len(prepared([project, tmp_path / "project" / "b.tmx"], read)) == 3


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file") as raised:
        prepared([tmp_path / "none.tmx"], read)
    assert raised.value.where.endswith("none.tmx")
    assert not cache().exists()
