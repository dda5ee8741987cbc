"""How good a machine's translation may be expected to be: a person can begin with the worst.

    confidence(source, target, "en", "ru")  →  Confidence(0.43, "decoder, 2 issues")

The confidence of a machine's translation is its expected sentence chrF (Popović, 2015) over 100: of
translations with 43 %, the mean is 43 against a reference that a person wrote. That is no share of
right words: a good translation that says it otherwise than the reference has far from 100. It is a
fractional logit (Papke and Wooldridge, 1996) over what any engine tells and any text shows, of
whatever languages, so that it serves models that were not there when it was fitted; it rises with
the decoder's score. `benchmarks/confidence.py --fit` makes the weights and says how well they do.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from aligner.quality import Severity, severity
from aligner.records import Origin, Outcome, Target
from aligner.text import has_prose, words

# Fitted on translations by the starter models 0.1: the corpus' `dev` split, the 1-1 beads of NTREX.
# They rank FLORES by the models 0.2 better than weights fitted anew (Spearman .46 for Russian, .51
# for Kyrgyz; .37 and .50). They are 4 to 6 points out on news, up to 13 too low on the corpus.
INTERCEPT = -2.333
WEIGHTS = (1.365, 0.546, 0.852, 0.543, -0.047, -0.022, 0.172)
TERM = 0.8  # the quality of a term of the glossary: it is right, but maybe in another case

_LEAST_SCORE = 0.001
_LENGTHS = (15, 250)  # characters; beyond them it tells no more
_RATIOS = (0.5, 1.5)
_MOST = 3  # issues, and terms
_NO_TRANSLATION = ("empty", "untranslated", "wrong-script", "language")  # ids of checks
_PUT_IN = (Outcome.FORCED, Outcome.OVERRIDDEN)
_RIGHT = (*_PUT_IN, Outcome.ALREADY)


@dataclass(frozen=True, slots=True)
class Confidence:
    """How good a translation may be expected to be.

    Attributes:
        value: 0 to 1. What it means goes by the basis.
        basis: what it was told from: "decoder", "decoder, 3 issues"; "match 92 %"; "copied" where
            there is nothing to translate; "empty", "untranslated" … where that is no translation;
            "round trip" (`aligner.roundtrip`).
    """

    value: float
    basis: str


def confidence(
    source: str, target: Target, source_lang: str, target_lang: str
) -> Confidence | None:
    """How good a target may be expected to be; None where a person wrote it, or nothing is known.

    A memory's has the rate of its match. A machine's has the chrF, over 100, that its decoder's
    score, its length, its issues and its terms let expect; none at all if it is no translation.

    Args:
        source: the source's text.
        target: its translation, with the issues that were found in it.
        source_lang: the language of the source.
        target_lang: that of the target.
    """
    if target.match is not None and target.origin is Origin.TM:
        return Confidence(min(target.match, 100) / 100, f"match {target.match} %")
    if target.origin is not Origin.MT or target.score is None:
        return None
    if not target.text.strip():
        return Confidence(0.0, "empty")
    if target.text == source and (not has_prose(source) or source_lang == target_lang):
        return Confidence(1.0, "copied")
    found = {_check(issue) for issue in target.issues}
    if worst := next((name for name in _NO_TRANSLATION if name in found), ""):
        return Confidence(0.0, worst)
    right = terms(target)
    value = right * TERM + (1 - right) * expected(features(source, target))
    return Confidence(value, _basis(len(target.issues)))


def terms(target: Target) -> float:
    """The share of a text, 0 to 1, that is right terms of the glossary."""
    right = sum(len(use.target) for use in target.terms if use.outcome in _RIGHT)
    return min(right / max(len(target.text), 1), 1.0)


def features(source: str, target: Target) -> tuple[float, ...]:
    """What the confidence goes by, in the order of `WEIGHTS`.

    They are the logarithm of the decoder's score; that of the source's length, for short texts go
    wrong at one word; that of the ratio of both lengths, for what is short has left something out;
    the share of distinct words, for models stutter; the errors found, and the other issues; the
    terms that were put in, which the score is the lower for.
    """
    said = [word.lower() for word in words(target.text)]
    errors = sum(_is_error(issue) for issue in target.issues)
    others = len(target.issues) - errors
    length = max(len(source.strip()), 1)
    return (
        math.log(max(target.score or 0.0, _LEAST_SCORE)),
        math.log(_within(length, _LENGTHS)),
        math.log(_within(len(target.text.strip()) / length, _RATIOS)),
        len(set(said)) / max(len(said), 1),
        min(errors, _MOST),
        min(others, _MOST),
        min(sum(use.outcome in _PUT_IN for use in target.terms), _MOST),
    )


def expected(given: tuple[float, ...]) -> float:
    """The quality, 0 to 1, that features let expect of what is no term."""
    total = INTERCEPT + sum(map(float.__mul__, WEIGHTS, map(float, given)))
    return 1 / (1 + math.exp(-total))


def _within(value: float, bounds: tuple[float, float]) -> float:
    return min(max(value, bounds[0]), bounds[1])


def _is_error(issue: str) -> bool:
    return severity(_check(issue)) is Severity.ERROR


def _check(issue: str) -> str:
    return issue.partition(":")[0]


def _basis(issues: int) -> str:
    found = f", {issues} issue{'s' if issues > 1 else ''}" if issues else ""
    return f"decoder{found}"
