"""The command line as a whole."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from command import COMMAND, aligner

import aligner as package
from aligner.errors import AlignerError, InputError, UsageError


def test_version() -> None:
    done = aligner("--version")
    assert (done.status, done.out) == (0, f"aligner {package.__version__}\n")


@pytest.mark.parametrize("arguments", [["--help"], ["-h"]])
def test_help_names_all_commands(arguments: list[str]) -> None:
    done = aligner(*arguments)
    assert done.status == 0
    assert all(f"\n  {name} " in done.out for name in ("run", "translate", "segment", "models"))


def test_no_arguments_give_help() -> None:
    done = aligner()
    assert done.status == 2
    assert "Usage: aligner" in done.out + done.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("arguments", [["models", "list"], ["--version"], ["tmx", "clean", "-"]])
def test_a_full_disk(arguments: list[str]) -> None:
    memory = b'<tmx version="1.4"><header srclang="en"/><body/></tmx>'
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, *arguments], input=memory, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 1
    assert done.stderr.decode().splitlines()[-1] == "error: cannot write: No space left on device"
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of Unix")
def test_no_standard_output() -> None:
    command = f'"{sys.executable}" -m aligner tmx clean - >&-'
    memory = b'<tmx version="1.4"><header srclang="en"/><body/></tmx>'
    done = subprocess.run(command, shell=True, input=memory, capture_output=True, check=False)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


def test_an_unknown_command() -> None:
    done = aligner("fly")
    assert (done.status, done.out) == (2, "")
    assert "fly" in done.err


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (InputError("it is torn", where="a.txt:3", hint="Mend it."), 1),
        (AlignerError("it is torn", where="a.txt:3", hint="Mend it."), 1),
        (UsageError("it is torn", where="a.txt:3", hint="Mend it."), 2),
    ],
)
def test_errors_are_told_in_two_lines(
    monkeypatch: pytest.MonkeyPatch, error: AlignerError, status: int
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("aligner.pipeline.run", fail)
    done = aligner("run", "a.txt")
    assert (done.status, done.out) == (status, "")
    assert done.err == "error: a.txt:3: it is torn\nMend it.\n"


@pytest.mark.parametrize(
    "arguments", [["run"], ["models", "install"], ["evaluate", "mt", "--ref", "a.txt"]]
)
def test_a_name_longer_than_the_system_allows(arguments: list[str]) -> None:
    done = aligner(*arguments, "a" * 300)
    assert done.status == 1
    assert done.err.startswith(f"error: {'a' * 300}: ")
    assert "File name too long" in done.err


def test_the_start_imports_nothing_heavy() -> None:
    heavy = {"argostranslate", "ctranslate2", "sentencepiece", "lxml", "regex", "rich", "numpy"}
    code = f"import aligner.cli, sys; print(sorted({heavy} & set(sys.modules)))"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert printed.stdout == b"[]\n"


def test_one_line_of_a_megabyte(tmp_path: Path) -> None:
    """A paragraph of prose, and one without a space."""
    prose = "".join(f"It rained on day {n}, as Dr. Fox had said. " for n in range(25_000))
    (tmp_path / "a.txt").write_text(f"{prose}\n{'x' * 1_000_000}\n", encoding="utf-8")
    done = aligner("segment", tmp_path / "a.txt")
    assert (done.status, done.out.count("\n")) == (0, 25_001)


def test_a_reader_that_has_enough(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It rained.\n\n" * 100_000, encoding="utf-8")
    command = [*COMMAND, "segment", tmp_path / "a.txt"]
    pipe = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, env=dict(os.environ), **pipe) as running:  # type: ignore[call-overload]
        assert running.stdout.readline() == b"It rained.\n"
        running.stdout.close()
        assert running.stderr.read() == b""
