"""Whether the confidence in a machine's translation says how good it is.

    uv run --frozen python benchmarks/confidence.py --data ../shared/data [--fit]

The models at hand (the starter models, where no others are installed) translate from English into
Russian and Kyrgyz: the corpus' `dev` split, which the starter models have not seen; with `--data`
FLORES-200 devtest and the 1-1 beads of NTREX-128. Each is translated without a glossary, and with
ours ("+terms"). Sentence chrF against the references is sacrebleu's (Popović, 2015). Translations
are kept in build/.

For each set: Spearman's rank correlation of chrF with the decoder's score alone, and with the
confidence, as it is and with weights fitted without this set; the means of confidence and chrF;
the expected calibration error, in points. Then the bins: of translations with a confidence from 0.2
to 0.3 the mean chrF. FLORES is in no fit; `--fit` prints weights fitted on all other sets, which
count alike.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from align_data import build
from clean_pairs import GLOSSARY, Set, corpus_sets, data_sets
from sacrebleu.metrics import CHRF

from aligner import engines, quality, route
from aligner.formats import termbases
from aligner.quality import Pair
from aligner.quality.confidence import INTERCEPT, TERM, WEIGHTS, confidence, features
from aligner.quality.confidence import terms as terms_of
from aligner.records import Origin, Outcome, Target, TermUse
from aligner.route import Line, Made, Terms
from aligner.terminology.termbase import Termbase

NEVER_FITTED = "flores"
BINS = 10
MOST_TERMS = 0.95  # of a text; of one that is all terms there is nothing to learn
RIDGE = 1e-3  # keeps the fit from running away where features hang together


@dataclass(frozen=True, slots=True)
class Measured:
    """A set translated, a row each sentence.

    Attributes:
        name: that of the set.
        features: what the confidence goes by.
        terms: the share of the text that is right terms.
        quality: sentence chrF, 0 to 1.
        confidence: as it is.
    """

    name: str
    features: np.ndarray
    terms: np.ndarray
    quality: np.ndarray
    confidence: np.ndarray


def translations(pairs: Sequence[Pair], terms: Terms) -> list[Target]:
    """What the models at hand make of the sources of one direction; it is kept."""
    source, target = pairs[0].source_lang, pairs[0].target_lang
    legs = engines.load(source, target)
    names = "+".join(f"{engine.model.name}@{engine.model.digest()}" for engine in legs)
    kept = build() / f"confidence-{source}-{target}.json"
    every = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    done = every.setdefault(f"{names} {terms.termbase.digest}", {})
    if missing := sorted({pair.source for pair in pairs} - done.keys()):
        lines = [Line(text, terms.find(text, source)) for text in missing]
        made = route.translate(legs, lines, terms)
        done |= {text: _kept(one) for text, one in zip(missing, made, strict=True)}
        kept.write_text(json.dumps(every, ensure_ascii=False), encoding="utf-8")
    return [_target(pair, *done[pair.source]) for pair in pairs]


def _kept(made: Made) -> tuple[str, float, Sequence[str], Sequence[tuple[str, str]]]:
    return made.text, made.score, made.issues, [(use.target, use.outcome) for use in made.terms]


def _target(
    pair: Pair, text: str, score: float, issues: Sequence[str], uses: Sequence[tuple[str, str]]
) -> Target:
    made = Pair(pair.source, text, pair.source_lang, pair.target_lang)
    return Target(
        text,
        Origin.MT,
        score=score,
        issues=tuple(dict.fromkeys((*issues, *map(str, quality.check(made))))),
        terms=tuple(TermUse("", "", form, Outcome(outcome)) for form, outcome in uses),
    )


def measure(one: Set, terms: Terms) -> Measured:
    """Translate a set with the terms of a glossary, and compare with its references."""
    chrf = CHRF()
    targets = translations(one.pairs, terms)
    both = list(zip(one.pairs, targets, strict=True))
    rows = [features(pair.source, target) for pair, target in both]
    said = [confidence(one.source, made, one.source_lang, one.target_lang) for one, made in both]
    scores = [chrf.sentence_score(made.text, [pair.target]).score / 100 for pair, made in both]
    name = f"{one.name}{' +terms' if terms.termbase.concepts else ''}"
    return Measured(
        name,
        np.array(rows),
        np.array([terms_of(made) for made in targets]),
        np.array(scores),
        np.array([one.value if one else 0.0 for one in said]),
    )


def spearman(one: np.ndarray, other: np.ndarray) -> float:
    """The correlation of ranks; what is equal has the mean of its ranks."""
    return float(np.corrcoef(_ranks(one), _ranks(other))[0, 1])


def _ranks(values: np.ndarray) -> np.ndarray:
    _, which, times = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(times) - (times - 1) / 2)[which]


def fit(sets: Sequence[Measured]) -> np.ndarray:
    """The weights of a fractional logit, the intercept first, by Newton's method.

    It is fitted to the quality of what is no term of the glossary.
    """
    rows = np.vstack([one.features for one in sets])
    rows = np.hstack([np.ones((len(rows), 1)), rows])
    free = 1 - np.minimum(np.concatenate([one.terms for one in sets]), MOST_TERMS)
    wanted = np.concatenate([one.quality for one in sets])
    wanted = np.clip((wanted - TERM * (1 - free)) / free, 0, 1)
    counts = np.concatenate([np.full(len(one.quality), 1 / len(one.quality)) for one in sets])
    counts *= free**2
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        said = _logistic(rows @ weights)
        slope = rows.T @ (counts * (wanted - said)) - RIDGE / len(rows) * weights
        bend = (rows.T * (counts * said * (1 - said))) @ rows + RIDGE / len(rows) * np.eye(
            len(weights)
        )
        weights = weights + np.linalg.solve(bend, slope)
    return weights


def _logistic(values: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-values))


def without(one: Measured, sets: Sequence[Measured]) -> np.ndarray | None:
    """The confidence in a set by weights that were fitted on the other sets, in both languages."""
    name = one.name.split()[0]
    others = [each for each in sets if each.name.split()[0] not in (name, NEVER_FITTED)]
    if not others:
        return None
    weights = fit(others)
    return TERM * one.terms + (1 - one.terms) * _logistic(weights[0] + one.features @ weights[1:])


def bins(said: np.ndarray, true: np.ndarray) -> Iterator[tuple[int, float, float]]:
    """Of each bin of confidence the sentences, their mean confidence and their mean quality."""
    which = np.minimum((said * BINS).astype(int), BINS - 1)
    for number in range(BINS):
        own = which == number
        some = own.any()
        yield (
            int(own.sum()),
            float(said[own].mean()) if some else 0.0,
            float(true[own].mean()) if some else 0.0,
        )


def error(said: np.ndarray, true: np.ndarray) -> float:
    """The expected calibration error (Guo et al., 2017)."""
    return sum(n * abs(mean - right) for n, mean, right in bins(said, true)) / len(said)


def main() -> None:
    """Print a line and the bins of each set, or the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="a folder with mt/ and alignment/")
    parser.add_argument("--fit", action="store_true", help="print weights fitted on these sets")
    given = parser.parse_args()

    found = [*corpus_sets(), *(data_sets(given.data) if given.data else ())]
    sets = [
        measure(one, terms)
        for one in found
        if one.pairs[0].source_lang == "en"
        for terms in (Terms(Termbase()), Terms(Termbase(termbases.read(GLOSSARY))))
    ]
    if given.fit:
        weights = fit([one for one in sets if not one.name.startswith(NEVER_FITTED)])
        print(f"INTERCEPT = {weights[0]:.3f}")
        print(f"WEIGHTS = ({', '.join(f'{weight:.3f}' for weight in weights[1:])})")
        print(f"now: {INTERCEPT}, {WEIGHTS}\n")
    print(f"{'':<26}  Spearman with chrF        mean")
    head = f"{'set':<20}{'units':>6}  score   conf  fitted out  conf  chrF   ECE"
    print(f"{head}  chrF, and units, by confidence")
    for one in sets:
        out = without(one, sets)
        apart = f"{spearman(out, one.quality):.3f}" if out is not None else "–"
        cells = (
            f"{number / BINS:.1f}–: {100 * true:.0f} ({units})"
            for number, (units, _, true) in enumerate(bins(one.confidence, one.quality))
            if units
        )
        print(
            f"{one.name:<20}{len(one.quality):>6}  {spearman(one.features[:, 0], one.quality):.3f}"
            f"  {spearman(one.confidence, one.quality):.3f}  {apart:>10}"
            f"{100 * one.confidence.mean():>6.1f}{100 * one.quality.mean():>6.1f}"
            f"{100 * error(one.confidence, one.quality):>6.1f}  {', '.join(cells)}"
        )


if __name__ == "__main__":
    main()
