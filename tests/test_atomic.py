from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from aligner.errors import OutputError
from aligner.formats import atomic


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "статья.tmx"
    path.write_bytes(b"old")
    return path


def test_old_until_the_end_then_new(target: Path) -> None:
    with atomic.replace(target) as file:
        file.write(b"new")
        file.flush()
        assert target.read_bytes() == b"old"
        assert names(target.parent) == [".статья.tmx.part", "статья.tmx"]
    assert target.read_bytes() == b"new"
    assert names(target.parent) == ["статья.tmx"]


def test_first_file(tmp_path: Path) -> None:
    with atomic.replace(tmp_path / "a") as file:
        file.write(b"new")
    assert (tmp_path / "a").read_bytes() == b"new"


@pytest.mark.parametrize("kind", [ValueError, KeyboardInterrupt, SystemExit])
def test_old_stays_when_the_block_raises(target: Path, kind: type[BaseException]) -> None:
    def write() -> NoReturn:
        with atomic.replace(target) as file:
            file.write(b"half")
            raise kind

    with pytest.raises(kind):
        write()
    assert target.read_bytes() == b"old"
    assert names(target.parent) == ["статья.tmx"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_killed_process_leaves_one_part_that_the_next_run_overwrites(target: Path) -> None:
    script = """
import os, signal, sys
from pathlib import Path
from aligner.formats import atomic

with atomic.replace(Path(sys.argv[1])) as file:
    file.write(b"half" * 10_000)
    os.kill(os.getpid(), signal.SIGKILL)
"""
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", script, target], check=False)
        assert done.returncode == -signal.SIGKILL
        assert names(target.parent) == [".статья.tmx.part", "статья.tmx"]
    assert target.read_bytes() == b"old"
    test_old_until_the_end_then_new(target)


def test_a_planted_link_is_not_followed(target: Path) -> None:
    victim = target.with_name("victim")
    victim.write_bytes(b"precious")
    target.with_name(".статья.tmx.part").symlink_to(victim)
    with atomic.replace(target) as file:
        file.write(b"new")
    assert victim.read_bytes() == b"precious"
    assert target.read_bytes() == b"new"
    assert not target.is_symlink()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are Unix's")
def test_what_is_no_file_stays_what_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with atomic.replace(pipe) as file:
        file.write(b"new")
    assert os.read(reader, 9) == b"new"
    os.close(reader)
    assert pipe.is_fifo()
    assert names(tmp_path) == ["pipe"]


@pytest.mark.parametrize("name", ["a", ".", "/"])
def test_target_is_a_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "a").mkdir()
    path = tmp_path / name
    with pytest.raises(OutputError, match="it is a folder") as caught, atomic.replace(path):
        pytest.fail("the block must not run")
    assert caught.value.where == str(path)
    assert names(tmp_path) == ["a"]


def test_missing_folder(tmp_path: Path) -> None:
    with (
        pytest.raises(OutputError, match="the folder does not exist"),
        atomic.replace(tmp_path / "none" / "a"),
    ):
        pytest.fail("the block must not run")


def test_folder_is_a_file(target: Path) -> None:
    with pytest.raises(OutputError, match="its folder is a file"), atomic.replace(target / "a"):
        pytest.fail("the block must not run")


def test_name_is_too_long(tmp_path: Path) -> None:
    with (
        pytest.raises(OutputError, match="the name is too long"),
        atomic.replace(tmp_path / ("a" * 300)),
    ):
        pytest.fail("the block must not run")


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EACCES, "the folder cannot be written to"),
        (errno.EROFS, "the folder cannot be written to"),
        (errno.EIO, "Input/output error"),
    ],
)
def test_disk_problems(
    target: Path, monkeypatch: pytest.MonkeyPatch, code: int, problem: str
) -> None:
    def fail(_: int) -> NoReturn:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OutputError, match=problem) as caught, atomic.replace(target) as file:
        file.write(b"half")
    assert caught.value.hint
    assert target.read_bytes() == b"old"
    assert names(target.parent) == ["статья.tmx"]


def test_problems_of_other_files_are_not_ours(target: Path) -> None:
    with pytest.raises(FileNotFoundError), atomic.replace(target):
        (target.parent / "none").read_bytes()
    assert names(target.parent) == ["статья.tmx"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's /dev/full")
def test_full_disk_while_writing(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = Path("/dev/full").open
    monkeypatch.setattr(Path, "open", lambda *_: full("wb"))
    with pytest.raises(OutputError, match="the disk is full"), atomic.replace(target) as file:
        file.write(b"half" * 100_000)
    monkeypatch.undo()
    assert target.read_bytes() == b"old"
