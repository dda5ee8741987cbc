"""The folder of results: replaced all together, and a person's edits never."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from command import contents

from aligner import folder
from aligner.errors import EditedError, OutputError
from aligner.formats import jsonl
from aligner.journal import Journal
from aligner.records import Bitext, Block, Document, Kind, Origin, Segment, Target, Unit

FILES = {"a.en-ru.tmx": b"<ru/>\n", "a.en-ky.tmx": b"<ky/>\n", "a.jsonl": b"{}\n"}


def write(path: Path, content: bytes) -> int:
    path.write_bytes(content)
    return len(content)


def writers(files: Mapping[str, bytes]) -> dict[str, Callable[[Path], int]]:
    return {name: partial(write, content=content) for name, content in files.items()}


def put(out: Path, files: Mapping[str, bytes], *, force: bool = False) -> int:
    """What the pipeline does with a folder."""
    with (
        folder.workplace(out) as work,
        Journal(work / "journal.jsonl", {"files": str(sorted(files.items()))}) as journal,
    ):
        if not force:
            folder.guard(out, files, journal.announced)
        return folder.replace_all(work, writers(files), journal, force=force)


def test_the_files_and_their_sums(tmp_path: Path) -> None:
    assert put(tmp_path / "out", FILES) == 6  # the most that a writer gave
    found = contents(tmp_path / "out")
    sums = found.pop("SHA256SUMS")
    assert found == FILES
    assert not (tmp_path / "out" / ".run").exists()
    assert [line.split()[1].decode() for line in sums.splitlines()] == sorted(FILES)


def test_what_we_wrote_is_replaced(tmp_path: Path) -> None:
    put(tmp_path, FILES)
    new = dict.fromkeys(FILES, b"new\n")
    put(tmp_path, new)
    assert contents(tmp_path).items() >= new.items()


def test_a_run_of_fewer_files_disowns_none(tmp_path: Path) -> None:
    put(tmp_path, FILES)
    put(tmp_path, {"a.en-ky.tmx": b"other\n"})
    subprocess.run(["sha256sum", "--check", "--strict", folder.SUMS], cwd=tmp_path, check=True)
    put(tmp_path, FILES)
    (tmp_path / "a.jsonl").unlink()
    put(tmp_path, {"a.en-ky.tmx": b"other\n"})
    subprocess.run(["sha256sum", "--check", "--strict", folder.SUMS], cwd=tmp_path, check=True)


def _edit(out: Path) -> None:
    (out / "a.en-ky.tmx").write_bytes(b"a person's work")


def _forget(out: Path) -> None:
    (out / folder.SUMS).unlink()


def _garble(out: Path) -> None:
    (out / folder.SUMS).write_bytes(b"\xff\0 nonsense\n\n")


def _block(out: Path) -> None:
    (out / "a.en-ky.tmx").unlink()
    (out / "a.en-ky.tmx").mkdir()


@pytest.mark.parametrize("change", [_edit, _forget, _garble, _block])
def test_what_is_not_as_we_wrote_it_stays(tmp_path: Path, change: Callable[[Path], None]) -> None:
    put(tmp_path, FILES)
    change(tmp_path)
    before = contents(tmp_path)
    with pytest.raises(EditedError, match=r"a\.en-ky\.tmx") as raised:
        put(tmp_path, FILES)
    assert raised.value.where == str(tmp_path)
    assert "--force" in raised.value.hint
    assert contents(tmp_path) == before
    assert not (tmp_path / ".run").exists()


def imported(origin: Origin) -> bytes:
    """A JSONL with a translation of that origin, after one of a machine's."""
    document = Document("a", "en", "", (Block(Kind.BODY, "Yes."),))
    segment = Segment("1.1", 0, 0, 4, "Yes.")
    targets = (Target("Да.", Origin.MT), Target("Так.", origin))
    bitext = Bitext(document, tuple(Unit(segment, {"ru": one}) for one in targets))
    with TemporaryDirectory() as folder:
        jsonl.write(Path(folder) / "a.jsonl", bitext)
        return (Path(folder) / "a.jsonl").read_bytes()


@pytest.mark.parametrize("origin", [Origin.HUMAN, Origin.POST_EDITED])
def test_edits_that_were_imported_stay(tmp_path: Path, origin: Origin) -> None:
    put(tmp_path, FILES | {"a.jsonl": imported(origin)}, force=True)
    before = contents(tmp_path)
    for files in (FILES, {"a.jsonl": b"{}\n"}):
        with pytest.raises(EditedError, match="edits of 1 translation are") as raised:
            put(tmp_path, files)
        assert "--force" in raised.value.hint
        assert contents(tmp_path) == before
    assert folder.strangers(tmp_path, FILES, ()) == []
    put(tmp_path, FILES, force=True)
    assert contents(tmp_path).items() >= FILES.items()


@pytest.mark.parametrize("origin", [Origin.MT, Origin.TM])
def test_what_no_person_wrote_is_replaced(tmp_path: Path, origin: Origin) -> None:
    put(tmp_path, FILES | {"a.jsonl": imported(origin)})
    put(tmp_path, FILES)


@pytest.mark.parametrize("change", [_edit, _forget, _garble])
def test_force(tmp_path: Path, change: Callable[[Path], None]) -> None:
    put(tmp_path, FILES)
    change(tmp_path)
    put(tmp_path, FILES, force=True)
    subprocess.run(["sha256sum", "--check", "--strict", folder.SUMS], cwd=tmp_path, check=True)
    put(tmp_path, FILES)
    assert contents(tmp_path).items() >= FILES.items()


def test_what_cannot_be_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.en-ky.tmx").mkdir()
    with pytest.raises(OutputError, match="cannot be put in its place") as raised:
        put(tmp_path, FILES, force=True)
    assert raised.value.where == str(tmp_path / "a.en-ky.tmx")


@pytest.mark.parametrize("out", ["file", "file/below"])
def test_no_folder_can_be_made(tmp_path: Path, out: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="cannot be made"):
        put(tmp_path / out, FILES)
    assert contents(tmp_path) == {"file": b""}


def test_a_run_that_fails_at_once_leaves_no_trace(tmp_path: Path) -> None:
    def fail(path: Path) -> int:
        raise OutputError("no room", where=str(path))

    with (
        pytest.raises(OutputError),
        folder.workplace(tmp_path / "new") as work,
        Journal(work / "journal.jsonl", {}) as journal,
    ):
        folder.replace_all(work, {"a.tmx": fail}, journal, force=False)
    assert not (tmp_path / "new").exists()


# The child dies as by SIGKILL at the nth operation on a file below its folder.
CHILD = """
import os, signal, sys
from pathlib import Path
from aligner import folder
from aligner.journal import Journal

out, left = sys.argv[1], int(sys.argv[2])
new = eval(sys.argv[3])

def hook(event, arguments):
    global left
    if event.split(".")[0] in ("os", "open") and str(arguments[0]).startswith(out):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

def writer(content):
    return lambda path: path.write_bytes(content)

sys.addaudithook(hook)
with folder.workplace(Path(out)) as work, Journal(work / "journal.jsonl", {}) as journal:
    folder.guard(Path(out), new, journal.announced)
    folder.replace_all(work, {name: writer(new[name]) for name in new}, journal, force=False)
"""


def test_killed_at_every_step(tmp_path: Path) -> None:
    """Never is a file of ours taken for an edited one, or half written, or left lying about."""
    new = {name: b"new " + content for name, content in FILES.items()}
    for step in range(1, 100):
        killed = tmp_path / f"{step} killed"
        put(killed, FILES)
        child = [sys.executable, "-c", CHILD, str(killed), str(step), repr(new)]
        done = subprocess.run(child, capture_output=True, text=True, check=False)
        found = contents(killed)
        assert all(found[name] in (FILES[name], new[name]) for name in FILES)
        for again in (new, {"a.en-ky.tmx": b"other\n"}):
            out = tmp_path / f"{step} again {len(again)}"
            shutil.copytree(killed, out)
            put(out, again)
            assert contents(out).items() >= again.items()
            assert {path.name for path in out.iterdir()} == {*FILES, folder.SUMS}
            put(out, FILES)
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
    assert 15 < step < 99
