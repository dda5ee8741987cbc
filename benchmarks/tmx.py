"""Reading a large TMX file, beside Translate Toolkit and lxml alone.

    uv run python benchmarks/tmx.py

The file is made up: 200,000 units in English, Russian and Kyrgyz with properties, about 100 MB, and
one of twice that; words are drawn with a fixed seed, so every run has the same ones. They are kept
in the system's folder for temporary files. Each row is a process of its own, from its start to its
end: the processor time that it took, so that what else runs matters less, and its most memory.

- "aligner, records": all units as records, by `aligner.formats.exchange.read`.
- "Translate Toolkit": `tmxfile.parsefile`, then source and target of each unit.
- "lxml iterparse": every element, cleared; nothing is made of it. "Of tu only" is its fastest form.
- `aligner tmx validate`, `stats`, `dedupe`: the whole commands; "-" for one that is not there.

The bars, or the script fails: records at 1.5 times the rate of Translate Toolkit, in less than
60 MB, no more of it for the file of twice the size; each command in 2.5 times the time of lxml.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

UNITS = 200_000
RATE, MEMORY, GROWTH, TIME = 1.5, 60e6, 1.1, 2.5  # the bars

WORDS = {
    "en": "the of and president government region water border country trade agreement visit market"
    " million people school energy project road meeting official said new year percent city",
    "ru": "и в на президент правительство область вода граница страна торговля соглашение визит"
    " миллион люди школа энергия проект дорога встреча чиновник сказал новый год процент город",
    "ky": "жана үчүн президент өкмөт облус суу чек ара өлкө соода келишим сапар базар миллион эл"
    " мектеп энергия долбоор жол жолугушуу кызматкер айтты жаңы жыл пайыз шаар",
}
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
  <header creationtool="benchmark" creationtoolversion="1" segtype="sentence" o-tmf="none"
   adminlang="en" srclang="en" datatype="plaintext"/>
  <body>
"""

RECORDS = """
from aligner.formats import exchange
print(sum(len(entry.variants) > 0 for entry in exchange.read(path).entries))
"""
TOOLKIT = """
from translate.storage.tmx import tmxfile
print(sum(bool(unit.source and unit.target) for unit in tmxfile.parsefile(path).units))
"""
LXML = """
from lxml import etree
units = 0
for _, node in etree.iterparse(path):
    units += node.tag == "tu"
    node.clear()
    while node.getprevious() is not None:
        del node.getparent()[0]
print(units)
"""
LXML_UNITS = LXML.replace("(path)", '(path, tag="tu")')
COMMANDS = {"validate": ["--json"], "stats": ["--json"], "dedupe": ["--out", "-"]}


@dataclass(frozen=True)
class Run:
    """What a process took: seconds, and bytes at most."""

    seconds: float
    memory: float


def unit(number: int, rng: random.Random) -> str:
    length = rng.randint(3, 9)
    texts = {
        lang: f"{' '.join(rng.choices(words.split(), k=length)).capitalize()}."
        for lang, words in WORDS.items()
    }
    made = 'creationdate="20260101T120000Z" creationid="model"'
    return f"""    <tu tuid="article{number // 100}:{number % 100}.1">
      <prop type="x-kind">body</prop>
      <tuv xml:lang="en"><seg>{texts["en"]}</seg></tuv>
      <tuv xml:lang="ru" {made}><prop type="x-origin">mt</prop><seg>{texts["ru"]}</seg></tuv>
      <tuv xml:lang="ky" {made}><prop type="x-origin">mt</prop><seg>{texts["ky"]}</seg></tuv>
    </tu>
"""


def generated(units: int) -> Path:
    """The file of so many units, made when it is not there."""
    path = Path(tempfile.gettempdir()) / f"aligner-benchmark-{units}.tmx"
    if not path.exists():
        part = path.with_suffix(".part")
        rng = random.Random(0)
        with part.open("w", encoding="utf-8") as file:
            file.write(HEAD)
            file.writelines(unit(number, rng) for number in range(units))
            file.write("  </body>\n</tmx>\n")
        part.replace(path)
    return path


def measured(command: list[str], units: int | None = None) -> Run | None:
    """Run a process; None if it fails. If it prints a number of units, it must be `units`."""
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            return None
        output.seek(0)
        if units is not None and int(output.read(20)) != units:
            raise SystemExit(f"not all units were read: {command}")
    memory = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Run(usage.ru_utime + usage.ru_stime, memory)


def script(code: str, path: Path) -> list[str]:
    return [sys.executable, "-c", f"path = {str(path)!r}\n{code}"]


def best(command: list[str], runs: int, units: int | None = None) -> Run | None:
    found = [measured(command, units) for _ in range(runs)]
    return min(filter(None, found), key=lambda run: run.seconds, default=None)


def show(name: str, run: Run | None, size: int, lxml: Run) -> None:
    if run is None:
        print(f"{name:26}{'-':>8}")
        return
    print(
        f"{name:26}{run.seconds:6.2f} s{size / run.seconds / 1e6:7.1f} MB/s"
        f"{run.memory / 1e6:8.0f} MB{run.seconds / lxml.seconds:8.2f} x lxml"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=UNITS, help="of the file (%(default)s)")
    parser.add_argument("--runs", type=int, default=3, help="of which the best counts")
    args = parser.parse_args()
    path, double = generated(args.units), generated(2 * args.units)
    size = path.stat().st_size

    lxml = best(script(LXML, path), args.runs, args.units)
    units_only = best(script(LXML_UNITS, path), args.runs, args.units)
    ours = best(script(RECORDS, path), args.runs, args.units)
    theirs = best(script(TOOLKIT, path), 1, args.units)
    twice = best(script(RECORDS, double), 1, 2 * args.units)
    assert lxml is not None
    assert ours is not None
    assert twice is not None
    print(f"{args.units:,} units, {size / 1e6:.0f} MB")
    show("lxml iterparse", lxml, size, lxml)
    show("of tu only", units_only, size, lxml)
    show("aligner, records", ours, size, lxml)
    show("Translate Toolkit", theirs, size, lxml)
    show("aligner, twice the units", twice, double.stat().st_size, lxml)
    commands = {}
    for name, words in COMMANDS.items():
        command = [sys.executable, "-m", "aligner", "tmx", name, *words, str(path)]
        commands[name] = best(command, args.runs)
        show(f"aligner tmx {name}", commands[name], size, lxml)

    missed = []
    if theirs is not None:
        ratio = theirs.seconds / ours.seconds
        print(f"rate beside Translate Toolkit: {ratio:.2f} (at least {RATE})")
        missed += ["rate"] * (ratio < RATE)
    missed += ["memory"] * (max(ours.memory, twice.memory) > MEMORY)
    missed += ["growth"] * (twice.memory > GROWTH * ours.memory)
    slow = (name for name, run in commands.items() if run and run.seconds > TIME * lxml.seconds)
    missed += slow
    print(f"bars missed: {', '.join(missed) or 'none'}")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
