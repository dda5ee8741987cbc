"""What is wrong with a sentence pair as an example of translation.

The rules are those of the usual cleaners (OpusFilter, Aulamo et al. 2020; Bifixer and Bicleaner,
Ramírez-Sánchez et al. 2020), set mildly: of clean test sets they leave out less than one in a
hundred.
"""

from __future__ import annotations

import re
import unicodedata

from aligner import languages
from aligner.languages.detection import detect
from aligner.text import for_translation, has_prose

LONGEST = 1_000  # characters
# One side may have so many times the letters of the other. Short ones may differ more: so many
# letters are added to both.
_MOST_RATIO = 2.2
_SLACK = 15
_LEAST_OF_SCRIPT = 0.5  # of the letters; the rest are names in their own spelling
_SHORT = 3  # words: names and terms may be the same in both languages

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e]")
# Text cut into tokens, as some test sets are given: " , " and a full stop that stands alone.
_IS_CUT = re.compile(r"\w [,;] \w|\w [.!?]$")
_BEFORE = re.compile(r" (?=[,.;:!?%)\]»”](?:\s|$))")
_AFTER = re.compile(r"(?<=[(\[«“]) ")


def normalised(text: str) -> str:
    """A text in Unicode's composed form, on one line, with single spaces.

    Of text that was cut into tokens, punctuation goes back to its word.
    """
    text = for_translation(_CONTROL.sub(" ", unicodedata.normalize("NFC", text)))
    if _IS_CUT.search(text):
        text = _AFTER.sub("", _BEFORE.sub("", text))
    return text


def fault(source: str, target: str, langs: tuple[str, str]) -> str:
    """Why a pair is no example of translation between two languages, "" if it may be one.

    Returns:
        One of: empty, no words, too long, untranslated, length, script, language.
    """
    if not source or not target:
        return "empty"
    if not has_prose(source) or not has_prose(target):
        return "no words"
    if max(len(source), len(target)) > LONGEST:
        return "too long"
    is_short = len(source.split()) <= _SHORT
    if source == target and not is_short:
        return "untranslated"
    shorter, longer = sorted((len(source), len(target)))
    if longer + _SLACK > _MOST_RATIO * (shorter + _SLACK):
        return "length"
    sides = tuple(zip((source, target), langs, strict=True))
    if not all(_in_script(text, lang) for text, lang in sides):
        return "" if source == target else "script"
    if any(detect(text) not in ("", lang) for text, lang in sides if lang in languages.known()):
        return "language"
    return ""


def _in_script(text: str, lang: str) -> bool:
    """Whether enough letters of a text are of its language's alphabet, where that is known."""
    alphabet = languages.get(lang).letters
    letters = [letter for letter in text.lower() if letter.isalpha()]
    known = sum(letter in alphabet for letter in letters)
    return not alphabet or known >= _LEAST_OF_SCRIPT * len(letters)
