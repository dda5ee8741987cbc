"""Spelling, by the program hunspell and its dictionaries where they are installed.

All words of a document go through one process a language. Names, initialisms, words with figures
or of another script are no concern of a dictionary. https://hunspell.github.io
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from aligner.languages import vocabulary
from aligner.quality import Across, Hit, Pair, Severity
from aligner.quality.reading import alphabet, free, is_cyrillic, span, words

# The dictionaries of a language, the likeliest first.
_DICTIONARIES = {
    "en": ("en_US", "en_GB"),
    "ru": ("ru_RU", "ru"),
    "ky": ("ky_KG", "ky"),
}
_FOLDERS = ("/usr/share/hunspell", "/usr/share/myspell/dicts", "/usr/share/myspell")
_LEAST = 3  # letters
_OWN = 4  # times
_AMERICAN = tuple(
    (re.compile(british), american)
    for british, american in (
        (r"our(?=s?$|ed$|ing$|er|ite|able|al|ful|less|hood|ly|y|ably)", "or"),
        (r"is(?=e[sdr]?$|ing$|ation|er|able)", "iz"),
        (r"ys(?=e[sdr]?$|ing$)", "yz"),
        (r"(?<=[tbc])re(?=s?$|d$)", "er"),
        (r"ll(?=ed|ing|er|or)", "l"),
        (r"ence$", "ense"),
        (r"mme(?=s?$)", "m"),
        (r"ogue(?=s?$)", "og"),
        (r"ae|oe", "e"),
    )
)
_SECONDS = 60  # for all words of a document
_seen: dict[tuple[str, str], bool] = {}


def available(lang: str) -> bool:
    """Whether the program and a dictionary of a language are installed."""
    return shutil.which("hunspell") is not None and _dictionary(lang) is not None


def find_misspelt(pairs: Sequence[Pair]) -> Iterator[tuple[int, Hit]]:
    """Words that the dictionary lacks."""
    for lang in dict.fromkeys(pair.target_lang for pair in pairs):
        if not available(lang):
            continue
        found = [
            (index, start, word)
            for index, pair in enumerate(pairs)
            if pair.target_lang == lang
            for start, word in _checkable(pair)
        ]
        # What a text says again and again is its own word: "somoni".
        times = Counter(word for _, _, word in found)
        wrong = _misspelt([word for word in times if times[word] < _OWN], lang)
        for index, start, word in found:
            if word in wrong:
                yield index, Hit(f"{word} is not in the dictionary", span(start, word))


def _checkable(pair: Pair) -> Iterator[tuple[int, str]]:
    """The words in small letters of the language's own script, whole and without figures."""
    text = free(pair.target)
    is_own = str.isascii if alphabet(pair.target_lang) == "Latin" else is_cyrillic
    there = {word for _, word in words(pair.source)}
    for start, word in words(pair.target):
        stop = start + len(word)
        around = text[max(start - 1, 0) : start] + text[stop : stop + 1]
        is_part = any(one.isalnum() or one in "-’'_\u2011" for one in around)
        is_plain = len(word) >= _LEAST and word.islower() and is_own(word)
        if is_plain and not is_part and word not in there:
            yield start, word


def _misspelt(found: Iterable[str], lang: str) -> set[str]:
    """Those of some words that the dictionary lacks; nothing if the program fails."""
    found = set(found)
    fresh = sorted(word for word in found if (lang, word) not in _seen)
    if fresh:
        wrong = _ask([other for word in fresh for other in _spellings(word, lang)], lang)
        if wrong is None:
            return set()
        _seen.update({(lang, word): wrong.issuperset(_spellings(word, lang)) for word in fresh})
    return {word for word in found if _seen[lang, word] and not _is_known(word, lang)}


def _spellings(word: str, lang: str) -> set[str]:
    """A word as both sides of the Atlantic spell it, by the rules that most words follow."""
    found = {word}
    for british, american in _AMERICAN if lang == "en" else ():
        found |= {british.sub(american, one) for one in found}
    return found


def _is_known(word: str, lang: str) -> bool:
    """Whether another dictionary of ours has a word."""
    return lang == "ru" and vocabulary.is_russian(word)


def _ask(found: Sequence[str], lang: str) -> set[str] | None:
    """Those that the program lists; None if it fails."""
    command = ["hunspell", "-i", "UTF-8", "-d", _dictionary(lang) or "", "-l"]
    try:
        done = subprocess.run(
            command,
            input="\n".join(found) + "\n",
            capture_output=True,
            encoding="utf-8",
            timeout=_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError, UnicodeError):
        return None
    return set(done.stdout.split())


@cache
def _dictionary(lang: str) -> str | None:
    """The name of an installed dictionary of a language."""
    folders = [*filter(None, os.environ.get("DICPATH", "").split(os.pathsep)), *_FOLDERS]
    for name in _DICTIONARIES.get(lang, ()):
        for folder in folders:
            if Path(folder, f"{name}.dic").is_file() and Path(folder, f"{name}.aff").is_file():
                return name
    return None


ACROSS = (
    Across("spelling", Severity.WARNING, find_misspelt, "words that hunspell's dictionary lacks"),
)
