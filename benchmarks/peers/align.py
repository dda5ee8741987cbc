"""A peer of the aligner that is a Python package, run by the Python it is installed in.

    python align.py PEER < documents.json > result.json

It imports nothing of ours. Documents are [source, target, source in the target's language or null];
the result has vecalign's beads of each, and what the alignment alone took.
"""

from __future__ import annotations

import json
import math
import resource
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from time import perf_counter, process_time
from typing import Any

Lines = list[str]
Beads = Iterator[tuple[list[int], list[int]]]

_GRAMS = (3, 4, 5)
_SIZE = 4096


def nltk(source: Lines, target: Lines, _: Lines | None) -> Beads:
    """Gale and Church's programme over lengths in characters."""
    from nltk.translate.gale_church import align_blocks

    sources: dict[int, list[int]] = {}
    for i, j in align_blocks([len(each) for each in source], [len(each) for each in target]):
        sources.setdefault(j, []).append(i)
    targets: dict[tuple[int, ...], list[int]] = {}
    for j, linked in sources.items():
        targets.setdefault(tuple(sorted(linked)), []).append(j)
    left, right = set(range(len(source))), set(range(len(target)))
    for linked, own in targets.items():
        yield list(linked), sorted(own)
        left.difference_update(linked)
        right.difference_update(own)
    yield from (([i], []) for i in left)
    yield from (([], [j]) for j in right)


def galechurch(source: Lines, target: Lines, _: Lines | None) -> Beads:
    """The same in Rust, with the costs of the authors' own program."""
    from galechurch import align

    for line in align(source, target).to_pharaoh_lines():
        left, _, right = line.partition(":")
        yield json.loads(left), json.loads(right)


def sentalign(source: Lines, target: Lines, translated: Lines | None) -> Beads:
    """Vecalign's dynamic programming; it comes without vectors, so we give it n-grams."""
    from sentalign import sentalign as align

    compared = translated or source
    for bead in align(compared, target, encoder=_encoder([*compared, *target])).alignments:
        yield bead.src_indices, bead.tgt_indices


def _encoder(sentences: Lines) -> Callable[[Lines], Any]:
    """Vectors of hashed character n-grams, weighted by how rare they are in these sentences."""
    import numpy as np

    found = Counter(key for sentence in sentences for key in set(_keys(sentence)))
    rarity = {key: math.log(1 + len(sentences) / count) for key, count in found.items()}

    def encode(lines: Lines) -> Any:
        vectors = np.full((len(lines), _SIZE), 1e-6, np.float32)
        for row, line in enumerate(lines):
            for key, count in Counter(_keys(line)).items():
                vectors[row, key] = (1 + math.log(count)) * rarity.get(key, 1.0)
        return vectors

    return encode


def _keys(sentence: str) -> Iterable[int]:
    for word in sentence.lower().split():
        padded = f" {word} ".encode("utf-32-le")
        for size in _GRAMS:
            for start in range(max(1, len(padded) // 4 - size + 1)):
                yield zlib.crc32(padded[4 * start : 4 * (start + size)]) % _SIZE


PEERS = {peer.__name__: peer for peer in (nltk, galechurch, sentalign)}


def main() -> None:
    """Read, align, write."""
    peer = PEERS[sys.argv[1]]
    documents = json.load(sys.stdin)
    start, used = perf_counter(), process_time()
    beads = [[f"{left}:{right}" for left, right in peer(*document)] for document in documents]
    figures = {
        "beads": beads,
        "seconds": perf_counter() - start,
        "cpu": process_time() - used,
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    json.dump(figures, sys.stdout)


if __name__ == "__main__":
    main()
