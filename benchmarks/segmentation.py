"""Sentence segmentation beside its peers: break F1, hard cases, golden rules, speed.

    python benchmarks/segmentation.py DATA_DIR
    uv run --with razdel --with pysbd --with sentencex python benchmarks/segmentation.py DATA_DIR

DATA_DIR holds LANGUAGE_NAME.jsonl, gold breaks with a paragraph a line (`{"text": …, "ends":
[offsets], "ignore": [offsets]}`); hard_LANGUAGE.txt, with `¦` at the breaks; and
rules_en_golden48.json, pairs of a text and its sentences.

A break is right when it stands at the same place counted in characters that are no white space; the
end of a paragraph does not count. Peers that are not installed are left out.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module
from itertools import accumulate
from pathlib import Path
from time import perf_counter
from typing import Any

from aligner.segmentation import Rules, segment

# text → the offsets where its sentences end; and the same for any language, `lang`
Ends = Callable[[str], Iterable[int]]
Segmenter = Callable[..., Iterable[int]]


def aligner(text: str, lang: str) -> Iterator[int]:
    return (found.stop for found in segment(text, lang))


def razdel() -> tuple[set[str], Segmenter]:
    module: Any = import_module("razdel")
    return {"ru"}, lambda text, lang: [found.stop for found in module.sentenize(text)]  # noqa: ARG005


def pysbd() -> tuple[set[str], Segmenter]:
    module: Any = import_module("pysbd")
    segmenters = {lang: module.Segmenter(lang, clean=False) for lang in ("en", "ru")}
    return set(segmenters), lambda text, lang: _ends(text, segmenters[lang].segment(text))


def sentencex() -> tuple[set[str], Segmenter]:
    module: Any = import_module("sentencex")
    return {"en", "ru", "ky"}, lambda text, lang: _ends(text, module.segment(lang, text))


def _ends(text: str, sentences: Iterable[str]) -> Iterator[int]:
    stop = 0
    for sentence in sentences:
        stop = text.index(sentence.strip(), stop) + len(sentence.strip())
        yield stop


def break_f1(records: list[dict[str, Any]], ends: Ends) -> float:
    """F1, in per cent, of the breaks over all paragraphs."""
    hits = guesses = golds = 0
    for record in records:
        text = record["text"]
        place = list(accumulate((not char.isspace() for char in text), initial=0))
        skip = {0, place[-1], *(place[offset] for offset in record["ignore"])}
        gold = {place[offset] for offset in record["ends"]} - skip
        guess = {place[offset] for offset in ends(text)} - skip
        hits, guesses, golds = hits + len(gold & guess), guesses + len(guess), golds + len(gold)
    return 200 * hits / (guesses + golds)


def right(cases: list[tuple[str, list[str]]], ends: Ends) -> int:
    """The number of texts that are cut into exactly their sentences."""
    return sum(_pieces(text, ends(text)) == sentences for text, sentences in cases)


def _pieces(text: str, ends: Iterable[int]) -> list[str]:
    stops = sorted({*ends, len(text)})
    pieces = (text[i:j].strip() for i, j in zip([0, *stops], stops, strict=False))
    return [piece for piece in pieces if piece]


def _records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _hard(path: Path) -> list[tuple[str, list[str]]]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    return [
        (line.replace("¦", ""), [piece.strip() for piece in line.split("¦")])
        for line in lines
        if line
    ]


def speed(records: list[dict[str, Any]], ends: Ends) -> float:
    """Millions of characters a second, the best of three runs over all paragraphs."""

    def seconds() -> float:
        start = perf_counter()
        for record in records:
            for _ in ends(record["text"]):
                pass
        return perf_counter() - start

    return sum(len(record["text"]) for record in records) / min(seconds() for _ in range(3)) / 1e6


def _peers() -> Iterator[tuple[str, set[str], Segmenter]]:
    yield "aligner", {"en", "ru", "ky"}, aligner
    for load in (razdel, pysbd, sentencex):
        try:
            yield load.__name__, *load()
        except ImportError:
            print(f"{load.__name__} is not installed: left out", file=sys.stderr)


def _rows(folder: Path) -> Iterator[tuple[str, str, Callable[[Ends], str]]]:
    """The name of each measure, its language, and how to take it."""
    for path in sorted(folder.glob("*.jsonl")):
        records = _records(path)
        yield f"F1 {path.stem}", path.stem[:2], lambda ends, r=records: f"{break_f1(r, ends):.2f}"
    for path in sorted(folder.glob("hard_*.txt")):
        cases = _hard(path)
        name, lang = f"right {path.stem}", path.stem[-2:]
        yield name, lang, lambda ends, c=cases: f"{right(c, ends)}/{len(c)}"
    golden = folder / "rules_en_golden48.json"
    if golden.exists():
        pairs = [(text, sentences) for text, sentences in json.loads(golden.read_text("utf-8"))]
        yield "right golden", "en", lambda ends: f"{right(pairs, ends)}/{len(pairs)}"
    for path in sorted(folder.glob("*_ntrex*.jsonl")):
        records = _records(path)
        name, lang = f"M chars/s {path.stem}", path.stem[:2]
        yield name, lang, lambda ends, r=records: f"{speed(r, ends):.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, metavar="DATA_DIR")
    parser.add_argument("--only-ours", action="store_true", help="leave the peers out")
    options = parser.parse_args()
    peers = list(_peers())[: 1 if options.only_ours else None]
    print(f"rules {Rules.default().digest}")
    print(f"{'':24}" + "".join(f"{name:>11}" for name, *_ in peers))
    for name, lang, measure in _rows(options.folder):
        row = [
            measure(partial(segmenter, lang=lang)) if lang in languages else "-"
            for _, languages, segmenter in peers
        ]
        print(f"{name:24}" + "".join(f"{cell:>11}" for cell in row))


if __name__ == "__main__":
    main()
