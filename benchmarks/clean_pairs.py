"""Right translations: reference pairs of the corpus, of FLORES-200 and of NTREX-128."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from aligner.alignment.evaluate import read
from aligner.formats import exchange
from aligner.quality import Pair

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpora" / "central-asia-news.tmx"
GLOSSARY = ROOT / "glossaries" / "central-asia.csv"
DIRECTIONS = (("en", "ru"), ("en", "ky"), ("ru", "ky"))
FLORES = {"en": "eng_Latn", "ru": "rus_Cyrl", "ky": "kir_Cyrl"}


@dataclass(frozen=True, slots=True)
class Set:
    """Clean pairs of one direction, in the order of their document.

    Attributes:
        name: "dev en-ru".
        pairs: source and reference.
        thirds: of each source its translation into the other of Russian and Kyrgyz, if known.
    """

    name: str
    pairs: tuple[Pair, ...]
    thirds: tuple[str | None, ...]


def corpus_sets(split: str = "dev") -> Iterator[Set]:
    """The corpus' split in three directions."""
    rows = [
        {variant.lang: variant.text for variant in entry.variants}
        for entry in exchange.read(CORPUS).entries
        if ("x-split", split) in entry.props
    ]
    return _directions("dev", rows)


def _directions(name: str, rows: Sequence[Mapping[str, str]]) -> Iterator[Set]:
    for source, target in DIRECTIONS:
        third = "ky" if target == "ru" else "ru"
        yield Set(
            f"{name} {source}-{target}",
            tuple(Pair(row[source], row[target], source, target) for row in rows),
            tuple(row[third] for row in rows),
        )


def data_sets(folder: Path) -> Iterator[Set]:
    """FLORES devtest, and the 1-1 beads of NTREX."""
    columns = {
        lang: (folder / "mt" / f"{code}.devtest").read_text(encoding="utf-8").splitlines()
        for lang, code in FLORES.items()
    }
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    yield from _directions("flores", rows)
    for source, target in DIRECTIONS:
        pairs = []
        path = folder / "alignment" / f"{source}-{target}.easy.jsonl"
        for document in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            pairs += [
                Pair(document[source][a[0]], document[target][b[0]], source, target)
                for a, b in ((bead.source, bead.target) for bead in read(document["gold"]))
                if len(a) == len(b) == 1
            ]
        yield Set(f"ntrex {source}-{target}", tuple(pairs), (None,) * len(pairs))
