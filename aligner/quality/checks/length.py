"""Translations that are much longer or shorter than such translations are.

The logarithm of the ratio of two lengths is taken for normal (Gale and Church, 1993); its mean goes
by the languages, and its deviation falls with the length. Fitted on the clean pairs of news and of
encyclopaedias in English, Russian and Kyrgyz, of which 1 of 500 lies beyond the limits.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from aligner.quality import Check, Hit, Pair, Severity

_LOG_LENGTH = {"en": 0.0, "ru": 0.03, "ky": 0.0}  # of the same text, against English
_VARIANCE, _VARIANCE_SHORT = 0.0064, 2.3
_VARIANCE_UNKNOWN = 0.03  # of a pair of languages that we have not measured
_THIRD = 1.4  # of such texts
# Standard deviations. People explain more often than they leave out, machines the reverse.
_TOO_SHORT, _TOO_LONG = -3.1, 4.2
_SHORT, _LONG = -2.4, 2.8
_FARTHER = 1.25  # as to errors, of texts that were both translated from a third, mostly English

# Scripts that write a word where others write its letters.
_DENSE = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def deviation(pair: Pair) -> float:
    """By how many standard deviations a translation is longer than expected; below 0: shorter."""
    here, there = _length(pair.source), _length(pair.target)
    if not here or not there:
        return 0.0
    langs = (pair.source_lang, pair.target_lang)
    known = all(lang in _LOG_LENGTH for lang in langs)
    expected = _LOG_LENGTH[langs[1]] - _LOG_LENGTH[langs[0]] if known else 0.0
    variance = _VARIANCE_SHORT / max(here, there)
    variance += _VARIANCE if known else _VARIANCE_UNKNOWN
    if "en" not in langs:
        variance *= _THIRD
    return (math.log(there / here) - expected) / math.sqrt(variance)


def far(pair: Pair) -> Iterator[Hit]:
    """Lengths of which one is wrong: half of the text is lost, or something was put in."""
    far_by = deviation(pair)
    if _is_far(pair, far_by):
        yield Hit(_said(pair, far_by))


def unusual(pair: Pair) -> Iterator[Hit]:
    """Lengths that are seldom right."""
    far_by = deviation(pair)
    if not (_SHORT < far_by < _LONG or _is_far(pair, far_by)):
        yield Hit(_said(pair, far_by))


def _is_far(pair: Pair, far_by: float) -> bool:
    far_by /= 1 if "en" in (pair.source_lang, pair.target_lang) else _FARTHER
    return not _TOO_SHORT < far_by < _TOO_LONG


def _length(text: str) -> int:
    text = text.strip()
    return len(text) + 2 * len(_DENSE.findall(text))


def _said(pair: Pair, far_by: float) -> str:
    percent = round(100 * _length(pair.target) / _length(pair.source))
    return f"{percent} % of the source's length: too {'long' if far_by > 0 else 'short'}"


CHECKS = (
    Check("length", Severity.ERROR, far, "translations far too long or too short"),
    Check("length-unusual", Severity.WARNING, unusual, "translations rather long or short"),
)
