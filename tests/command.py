"""The command line as tests call it: within this process, or as one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path
from unittest.mock import patch

from aligner.cli import main

ARTICLE = Path(__file__).resolve().parents[1] / "seeds" / "putin-visit-kyrgyzstan.txt"
COMMAND = [sys.executable, "-W", "error", "-m", "aligner"]


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left: its exit status, and what it printed."""

    status: int
    out: str
    err: str


def aligner(*arguments: str | Path, stdin: bytes = b"") -> Done:
    """Run `aligner ARGUMENTS` in this process."""
    out, err, source = BytesIO(), BytesIO(), BytesIO(stdin)
    with (
        patch.object(sys, "argv", ["aligner", *map(str, arguments)]),
        patch.object(sys, "stdin", TextIOWrapper(source)),
        redirect_stdout(TextIOWrapper(out, write_through=True)),
        redirect_stderr(TextIOWrapper(err, write_through=True)),
    ):
        try:
            main()
            status = 0
        except SystemExit as end:
            status = int(end.code or 0)
        return Done(status, out.getvalue().decode(), err.getvalue().decode())


def process(*arguments: str | Path) -> subprocess.Popen[bytes]:
    """Start `aligner ARGUMENTS` as a process."""
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ)
    )


def contents(folder: Path) -> dict[str, bytes]:
    """All files below a folder, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
