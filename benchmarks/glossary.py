"""What a glossary does to translations, and what it costs.

    uv run --frozen python benchmarks/glossary.py

Quality: sentences of the corpus's `dev` split, which the starter models have not seen, that have a
term of the glossary, translated with and without it. A term of the source counts as right if the
translation has one of its wordings in any form, but no forbidden one, and as often as the source
has it. chrF++ (Popović 2017) is measured against the reference. "Form as in reference": of the
terms that the translation without glossary has nowhere and the reference has, the share that
stands in the same form in the translation with glossary and in the reference. References are
drafts by machine, and free to use a pronoun or another case: 100 % is not to be had.

Cost: wall time of `aligner run`, with and without the glossary in turns, the best of each; and of
that the translation alone, without start, models and termbase being read.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from sacrebleu.metrics import CHRF

from aligner import engines, route
from aligner.formats import termbases
from aligner.records import Concept
from aligner.route import Line, Terms
from aligner.terminology.forms import Standing, term_in
from aligner.terminology.match import Renderings
from aligner.terminology.termbase import Termbase
from aligner.text import for_translation

ROOT = Path(__file__).parents[1]
ARTICLE = ROOT / "seeds" / "putin-visit-kyrgyzstan.txt"
GLOSSARY = ROOT / "glossaries" / "central-asia.csv"
DATA = ROOT.parent / "shared" / "data"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with terms, and its reference translations, by language."""

    line: Line
    references: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Terminology:
    """How often terms are right in translations of sentences.

    `lacked` counts those that the reference has and the plain translation has not; `alike`, of
    these, those in the form of the reference.
    """

    terms: int
    plain: int
    constrained: int
    lacked: int
    alike: int


# Quality


def sentences(corpus: Path, terms: Terms, langs: Sequence[str]) -> Iterator[Sentence]:
    """The sentences of the `dev` split that have a term, in the order of the file."""
    with corpus.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            text = for_translation(row["en"])
            if row["split"] == "dev" and (found := terms.find(text, "en")):
                yield Sentence(Line(text, found), {lang: row[lang] for lang in langs})


def surfaces(renderings: Renderings, concept: Concept, text: str) -> Counter[str]:
    """The right renderings of a concept in a text, as they stand there but for capitals."""
    return Counter(
        text[one.start : one.stop].lower()
        for one in renderings.find(concept, text)
        if one.readings[0].standing is not Standing.FORBIDDEN
    )


def terminology(
    sample: Sequence[Sentence], lang: str, plain: Sequence[str], constrained: Sequence[str]
) -> Terminology:
    """Count the terms of sentences in their two translations."""
    renderings = Renderings(lang)
    sums: Counter[str] = Counter()
    for sentence, *texts in zip(sample, plain, constrained, strict=True):
        concepts = {one.concept.id: one.concept for one in sentence.line.terms}
        times = Counter(one.concept.id for one in sentence.line.terms)
        for concept in concepts.values():
            if not term_in(concept, lang):
                continue
            needed = times[concept.id]
            without, there, reference = (
                surfaces(renderings, concept, text) for text in (*texts, sentence.references[lang])
            )
            sums["terms"] += needed
            sums["plain"] += min(needed, without.total())
            sums["constrained"] += min(needed, there.total())
            if not without:
                sums["lacked"] += min(needed, reference.total())
                sums["alike"] += min(needed, (there & reference).total())
    return Terminology(
        sums["terms"], sums["plain"], sums["constrained"], sums["lacked"], sums["alike"]
    )


def print_quality(corpus: Path, concepts: Sequence[Concept], langs: list[str], limit: int) -> None:
    terms, none = Terms(Termbase(tuple(concepts))), Terms(Termbase())
    sample = list(islice(sentences(corpus, terms, langs), limit))
    metric = CHRF(word_order=2)
    print(f"Quality: {len(sample)} sentences of {corpus.name}, split dev\n")
    print(f"{'':4}{'terms':>6} {'right, without':>15} {'with':>7} ", end="")
    print(f"{'chrF++, without':>16} {'with':>6} {'form as in reference':>21}  model")
    for lang in langs:
        legs = engines.load("en", lang)
        lines = [sentence.line for sentence in sample]
        plain, constrained = (
            [made.text for made in route.translate(legs, lines, used)] for used in (none, terms)
        )
        found = terminology(sample, lang, plain, constrained)
        references = [[sentence.references[lang] for sentence in sample]]
        scores = [
            f"{metric.corpus_score(texts, references).score:.2f}" if texts else "-"
            for texts in (plain, constrained)
        ]
        print(
            f"{lang:4}{found.terms:6} {share(found.plain, found.terms):>15} "
            f"{share(found.constrained, found.terms):>7} {scores[0]:>16} {scores[1]:>6} "
            f"{share(found.alike, found.lacked):>12} of {found.lacked:5}  "
            f"{'+'.join(engine.model.name for engine in legs)}"
        )


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


# Cost


@dataclass(frozen=True, slots=True)
class Run:
    """An `aligner run`: its wall time in seconds, and the summary that it printed."""

    wall: float
    summary: dict[str, Any]


def run(options: Sequence[str]) -> Run:
    """Run the main job on the article, from the start."""
    with TemporaryDirectory() as out:
        command = [sys.executable, "-m", "aligner", "run", str(ARTICLE), "--out", out, "--json"]
        start = perf_counter()
        done = subprocess.run([*command, *options], cwd=ROOT, capture_output=True, encoding="utf-8")
        if done.returncode:
            sys.exit(done.stderr)
        return Run(perf_counter() - start, json.loads(done.stdout))


def print_cost(glossary: Path, langs: Sequence[str], runs: int) -> None:
    to = [part for lang in langs for part in ("--to", lang)]
    ways = {"without": [*to, "--no-glossary"], "with": [*to, "--glossary", str(glossary)]}
    done: dict[str, list[Run]] = {way: [] for way in ways}
    for _ in range(runs):
        for way, options in ways.items():
            done[way].append(run(options))
    wall = [min(one.wall for one in done[way]) for way in ways]
    inside = [min(one.summary["seconds"] for one in done[way]) for way in ways]
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(f"\nCost: {ARTICLE.name} to {', '.join(langs)}, {cores} cores, best of {runs} runs\n")
    print(f"{'seconds':16} {'without':>8} {'with':>8} {'ratio':>6}")
    for name, (without, there) in {"wall": wall, "translation": inside}.items():
        print(f"{name:16} {without:8.2f} {there:8.2f} {there / without:6.2f}")
    print(f"\n{'':4}{'terms':>6} {'satisfied':>10} {'already':>8} {'forced':>7} ", end="")
    print(f"{'overridden':>11} {'missing':>8}")
    for lang, uses in done["with"][-1].summary["terms"].items():
        total = sum(uses.values())
        print(
            f"{lang:4}{total:6} {share(total - uses['missing'], total):>10} {uses['already']:8} "
            f"{uses['forced']:7} {uses['overridden']:11} {uses['missing']:8}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA, help="the data folder (%(default)s)")
    parser.add_argument("--to", choices=["ru", "ky"], help="one language only (both)")
    parser.add_argument("--glossary", type=Path, default=GLOSSARY, help="(%(default)s)")
    parser.add_argument("--limit", type=int, default=200, help="sentences (%(default)s)")
    parser.add_argument("--runs", type=int, default=5, help="of the main job (%(default)s)")
    args = parser.parse_args()

    langs = [args.to] if args.to else ["ru", "ky"]
    corpus = args.data / "corpora" / "central-asia-news.tsv"
    if corpus.is_file():
        print_quality(corpus, termbases.read(args.glossary), langs, args.limit)
    else:
        print(f"Quality: left out, there is no {corpus}")
    print_cost(args.glossary.resolve(), langs, args.runs)


if __name__ == "__main__":
    main()
