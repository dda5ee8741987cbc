"""How fast the pipeline translates, beside two peers on the same model, beam and threads.

(a) raw CTranslate2: one `translate_batch` call on the same sentences, tokenised beforehand, in the
    better of two layouts: one worker with all threads, or a worker a thread;
(b) argostranslate 1.11: paragraph by paragraph, in batches of 32 tokens, one worker with all
    threads; its sentence splitter is spared the work.

Ours splits, re-cases headings, tokenises, plans batches, retries what loops, and checks the result.
Runs are taken in turns, medians given. Figures are sentences a second; what is copied without
translation counts for all.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from typing import Any

import ctranslate2
from lxml import etree

from aligner import pipeline
from aligner.engines import Settings, packages
from aligner.engines.argos import BATCH_TOKENS, LENGTH_PENALTY, ArgosEngine, load_tokenizer
from aligner.records import Block, Document, Kind
from aligner.segmentation import segment_document

ROOT = Path(__file__).parents[1]
ARTICLE = ROOT / "seeds" / "putin-visit-kyrgyzstan.txt"
CORPUS = ROOT / "corpora" / "central-asia-news.tmx"


def corpus_sentences(count: int) -> Iterator[str]:
    """English sentences of the corpus, spread over its topics."""
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    segments = [
        tuv.findtext("seg")
        for _, tuv in etree.iterparse(CORPUS, tag="tuv")
        if tuv.get(lang) == "en"
    ]
    yield from segments[:: len(segments) // count][:count]


def documents() -> Iterator[tuple[str, Document]]:
    yield "article", pipeline.prepare(pipeline.Job(str(ARTICLE)))[0]
    blocks = tuple(Block(Kind.BODY, sentence) for sentence in corpus_sentences(1000))
    yield "1,000 sentences", Document("sentences", "en", "", blocks)


class Peers:
    """CTranslate2 as its users and argostranslate call it, on one model."""

    def __init__(self, model: packages.Model, threads: int, beam: int) -> None:
        self.tokenizer = load_tokenizer(model.folder)
        self.prefix = [model.target_prefix] if model.target_prefix else []
        self.beam = beam
        folder = str(model.folder / "model")
        self.workers = ctranslate2.Translator(folder, inter_threads=threads, intra_threads=1)
        self.whole = ctranslate2.Translator(folder, inter_threads=1, intra_threads=threads)

    def call(self, translator: Any, tokens: list[list[str]], batch_tokens: int) -> list[Any]:
        """One call for all sentences, which CTranslate2 sorts and batches itself."""
        return translator.translate_batch(
            tokens,
            target_prefix=[self.prefix] * len(tokens) if self.prefix else None,
            replace_unknowns=True,
            max_batch_size=batch_tokens,
            batch_type="tokens",
            beam_size=self.beam,
            length_penalty=LENGTH_PENALTY,
            return_scores=True,
        )

    def argos(self, paragraphs: list[list[str]]) -> None:
        """What `argostranslate.translate` does with the sentences of each paragraph."""
        for sentences in paragraphs:
            tokens = [self.tokenizer.encode(sentence) for sentence in sentences]
            for result in self.call(self.whole, tokens, 32):
                self.tokenizer.decode(result.hypotheses[0][len(self.prefix) :])


def in_turns(tasks: dict[str, Callable[[], object]], runs: int) -> dict[str, float]:
    """Median seconds by task; the first round warms up."""
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(runs + 1):
        for name, task in tasks.items():
            sleep(0.3)  # idle OpenMP threads of the task before go on spinning for 0.2 s
            start = perf_counter()
            task()
            times[name].append(perf_counter() - start)
    return {name: median(seconds[1:]) for name, seconds in times.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--to", default="ru", help="target language (%(default)s)")
    parser.add_argument("--threads", type=int, default=2, help="(%(default)s)")
    parser.add_argument("--beam", type=int, default=4, help="(%(default)s)")
    parser.add_argument("--runs", type=int, default=5, help="(%(default)s)")
    args = parser.parse_args()

    (model,) = packages.find("en", args.to)
    engine = ArgosEngine(model, Settings(threads=args.threads, beam=args.beam))
    peers = Peers(model, args.threads, args.beam)
    print(f"{model.name}, {args.threads} threads, beam {args.beam}, median of {args.runs} runs\n")
    print(f"{'':16} {'ours':>7} {'raw (a)':>8} {'argos (b)':>10} {'ours/(a)':>9} {'ours/(b)':>9}")
    for name, document in documents():
        segments = list(segment_document(document))
        paragraphs: dict[int, list[str]] = {}
        for segment in segments:
            paragraphs.setdefault(segment.block, []).append(segment.text)
        tokens = [peers.tokenizer.encode(segment.text) for segment in segments]

        def ours(document: Document = document) -> None:
            engine._pieces.cache_clear()  # tokenise anew each time
            pipeline.translate(document, list(segment_document(document)), {args.to: [engine]})

        texts = list(paragraphs.values())
        seconds = in_turns(
            {
                "ours": ours,
                "workers": lambda tokens=tokens: peers.call(peers.workers, tokens, BATCH_TOKENS),
                "whole": lambda tokens=tokens: peers.call(peers.whole, tokens, 2 * BATCH_TOKENS),
                "argos": lambda texts=texts: peers.argos(texts),
            },
            args.runs,
        )
        raw = min(seconds["workers"], seconds["whole"])
        speed = [len(segments) / s for s in (seconds["ours"], raw, seconds["argos"])]
        ratios = (raw / seconds["ours"], seconds["argos"] / seconds["ours"])
        print(
            f"{name:16} {speed[0]:7.1f} {speed[1]:8.1f} {speed[2]:10.1f} "
            f"{ratios[0]:9.2f} {ratios[1]:9.2f}"
        )


if __name__ == "__main__":
    main()
