"""What the tests of the checks share: tables of right and wrong translations, clean references."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import permutations
from pathlib import Path

import pytest

from aligner.formats import exchange
from aligner.quality import Check, Pair, Severity

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpora" / "central-asia-news.tmx"
MOST_ERRORS, MOST_WARNINGS = 0.005, 0.06  # of the clean units


def table(family: str) -> list[object]:
    """The rows of a family's table, as parameters: check, pair."""
    lines = (ROOT / "tests/data/checks" / f"{family}.tsv").read_text("utf-8").splitlines()
    return [pytest.param(*_row(line), id=line.replace("\t", " | ")) for line in lines[1:]]


def found(checks: tuple[Check, ...], pair: Pair) -> set[str]:
    """The ids of the checks that find something; each place is in its text."""
    ids = set()
    for one in checks:
        for hit in one.find(pair):
            ids.add(one.id)
            for span, text in ((hit.target, pair.target), (hit.source, pair.source)):
                assert span is None or 0 <= span[0] <= span[1] <= len(text)
    return ids


def false_alarms(checks: tuple[Check, ...]) -> Iterator[str]:
    """What is said too often of right translations."""
    counts: Counter[str] = Counter()
    pairs = clean()
    for pair in pairs:
        counts.update(found(checks, pair))
    for one in checks:
        most = MOST_ERRORS if one.severity is Severity.ERROR else MOST_WARNINGS
        if counts[one.id] > most * len(pairs):
            yield f"{one.id}: {counts[one.id]} of {len(pairs)}"


@cache
def clean() -> list[Pair]:
    """The sentences of our corpus that nothing was learnt from, in all directions."""
    return [
        Pair(before.text, after.text, before.lang, after.lang)
        for entry in exchange.read(CORPUS).entries
        if ("x-split", "dev") in entry.props
        for before, after in permutations(entry.variants, 2)
    ]


def _row(line: str) -> tuple[str, Pair]:
    name, source_lang, target_lang, source, target = line.split("\t")
    return name, Pair(source, _written(target), source_lang, target_lang)


def _written(text: str) -> str:
    return re.sub(r"\\x([0-9a-f]+)", lambda match: chr(int(match[1], 16)), text)
