"""How long `aligner --help` takes beside `python -c "import typer"`.

Whole processes, run in turns, medians. The ratio must not exceed 2, and what only a translation
needs must not be imported: either fails the script.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

HELP = [str(Path(sys.executable).with_name("aligner")), "--help"]
TYPER = [sys.executable, "-c", "import typer"]
BAR = 2.0
HEAVY = {"argostranslate", "ctranslate2", "lxml", "numpy", "rich", "sentencepiece"}


def seconds(command: list[str]) -> float:
    """The wall time of one process."""
    start = perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - start


def imported(code: str) -> set[str]:
    """The top-level packages that a piece of Python imports, by the interpreter's own account."""
    # Lines as "import time:       183 |        183 |   typer.core", indented by depth.
    command = [sys.executable, "-X", "importtime", "-c", code]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return set(re.findall(r"^import time: [\d |]+\| +(\w+)", done.stderr, re.MULTILINE))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15, help="of each command (%(default)s)")
    runs = parser.parse_args().runs

    pairs = [(seconds(HELP), seconds(TYPER)) for _ in range(runs + 1)]
    ours, theirs = (median(column) for column in zip(*pairs[1:], strict=True))  # the first warms up
    code = "import sys; sys.argv = ['aligner', '--help']; from aligner.cli import main; main()"
    heavy = sorted(imported(code) & HEAVY)

    print(f"aligner --help            {ours * 1000:5.0f} ms")
    print(f'python -c "import typer"  {theirs * 1000:5.0f} ms')
    print(f"ratio                     {ours / theirs:5.2f}  (at most {BAR})")
    print(f"heavy imports             {', '.join(heavy) or 'none'}")
    return int(ours / theirs > BAR or bool(heavy))


if __name__ == "__main__":
    sys.exit(main())
