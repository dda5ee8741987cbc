"""How names sound, roughly, so that those of two scripts can be compared: "Zhaparov", «Жапаров».

A key is the consonants of a word by their classes, as in Soundex (Russell, 1918): what voice,
place and spelling change on the way from one language to another is one class. Letters that are
read in several ways give several keys.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice, product

# Letters → their readings, a letter a class; A is a vowel or what is silent.
_LATIN = {
    "eu": "AP", "tsch": "S", "sch": "S", "dzh": "S", "sh": "S", "zh": "S", "kh": "K", "ph": "P",
    "th": "T", "ch": "S K", "ck": "K", "ts": "S TS", "tz": "S", "dg": "S TK", "dj": "S", "qu": "K",
    "ng": "N NK", "ce": "SA KA", "ci": "SA KA", "cy": "SA KA", "ge": "KA SA", "gi": "KA SA",
    "gy": "KA SA", "gh": "K A", "tu": "TA SA", "x": "KS S", "c": "K S", "j": "S A K", "h": "K A",
    "w": "P A", "z": "S TS", "s": "S", "q": "K", "k": "K", "g": "K", "b": "P", "p": "P", "f": "P",
    "v": "P", "d": "T", "t": "T", "l": "L", "m": "M", "n": "N", "r": "R",
}  # fmt: skip
_CYRILLIC = {
    "тч": "S", "дж": "S", "дз": "S", "тс": "S TS", "нг": "N NK", "б": "P", "п": "P", "ф": "P",
    "в": "P", "г": "K", "к": "K", "х": "K A", "д": "T", "т": "T", "ж": "S", "ш": "S", "щ": "S",
    "ч": "S", "ц": "S", "з": "S", "с": "S", "л": "L", "м": "M", "н": "N", "ң": "N", "р": "R",
    "ъ": "", "ь": "",
}  # fmt: skip
_READINGS = {letters: made.split() or [""] for letters, made in (_LATIN | _CYRILLIC).items()}
_LETTERS = re.compile("|".join((*sorted(_READINGS, key=len, reverse=True), ".")))
_MOST_KEYS = 8
_LEAST_STEM = 2  # letters
_LONGEST_ENDING = 12  # letters
# What a word of each language may have behind a name, its adjectives among them.
_ENDINGS = {
    "en": re.compile(r"s?|e?s|(?:i?an|ese|ish|ic|i)s?"),
    "ru": re.compile(
        r"[аеиоуыьюяёй]{0,2}|[аеоыия]?[мвх]|[ая]?ми|[оеы]го|[оеы]му|[аеиоуыюя]{0,2}й"
        r"|(?:ан|ян|ов|ев|ин|ий|й)?с?к(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их|ими)"
        r"|(?:ан|ян|ин)?(?:ец|ц\w{1,3}|к[аиуой]{1,2}|ок|ка\w{1,2}|ин|ы|ами?|ов)"
    ),
    "ky": re.compile(
        r"(?:[лдт][аеоө]р|[нлдт][ыиуү][нкмгр]?|[гкдтнч][аеоө]н?|с[ыиуү]н?|[ыиуү](?:н|м|ң|б[ыиуү]з)?"
        r"|[дт][аеоө][гк][ыиуү]|[нлдт](?:уу|үү)|ч[аеоө]|й|я|ия|а|ь)*(?:л[ыиу]к)?(?:т[аеоө]р|\w?ын)?"
    ),
}


def sounds_alike(one: str, other: str, lang: str, other_lang: str) -> bool:
    """Whether two words may be one name in two languages, with any endings.

    >>> sounds_alike("Zhaparov", "Жапаровго", "en", "ky")
    True
    """
    if not exonyms_of(one, lang).isdisjoint(exonyms_of(other, other_lang)):
        return True
    if _first(one[:4]).isdisjoint(_first(other[:4])):  # which is quick to see
        return False
    ours, theirs = keys(one, lang), keys(other, other_lang)
    if not ours.isdisjoint(theirs):
        return True
    return any(_is_near(left, right) for left in ours for right in theirs)


@lru_cache(maxsize=20_000)
def exonyms_of(word: str, lang: str) -> frozenset[int]:
    """The numbers of the names that a word may be, without its endings."""
    word = word.lower()
    if word[:2] not in _beginnings():
        return frozenset()
    found = (_exonyms().get(stem, frozenset()) for stem in stems(word, lang))
    return frozenset().union(*found)


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(beginning[:2] for beginning in _exonyms())


@cache
def _exonyms() -> dict[str, frozenset[int]]:
    """How names begin → their numbers."""
    from aligner.languages.sounds.exonyms import GROUPS

    numbers: dict[str, set[int]] = {}
    for number, group in enumerate(GROUPS):
        for beginning in group:
            numbers.setdefault(beginning, set()).add(number)
    return {beginning: frozenset(own) for beginning, own in numbers.items()}


@lru_cache(maxsize=20_000)
def keys(word: str, lang: str) -> frozenset[str]:
    """How a word sounds, without its endings and with them."""
    plain = _plain(word.lower())
    return frozenset(key for stem in stems(plain, lang) for key in _read(stem))


def stems(word: str, lang: str) -> Iterator[str]:
    """A word in small letters, and what it is without what may be endings."""
    yield word
    endings = _ENDINGS.get(lang)
    # Endings can be read in many ways, whose number grows fast with their length.
    least = max(_LEAST_STEM, len(word) - _LONGEST_ENDING)
    for stop in range(len(word) - 1, least - 1, -1) if endings else ():
        if endings and endings.fullmatch(word, stop):
            yield word[:stop]


def _is_near(one: str, other: str) -> bool:
    """Whether keys differ by no more than a letter in five, or one of four."""
    from rapidfuzz.distance import Levenshtein  # takes a twentieth of a second

    longer = max(len(one), len(other))
    most = max(1, longer // 5)
    return longer > 3 and Levenshtein.distance(one, other, score_cutoff=most) <= most


def _plain(word: str) -> str:
    """Without accents; Cyrillic letters stay whole."""
    if word.isascii() or "\u0400" <= word[0] <= "\u052f":
        return word
    parts = unicodedata.normalize("NFD", word)
    return "".join(part for part in parts if not unicodedata.combining(part))


@lru_cache(maxsize=20_000)
def _first(beginning: str) -> frozenset[str]:
    """The classes that a word may begin with, by its first letters."""
    return frozenset(key[:1] for key in _read(_plain(beginning.lower())))


def _read(word: str) -> Iterator[str]:
    """The keys of a word: its classes, and A where it begins with a vowel."""
    choices = [_READINGS.get(found[0], ["A"]) for found in _LETTERS.finditer(word)]
    for made in islice(product(*choices), _MOST_KEYS):
        key = re.sub(r"(.)\1+", r"\1", "".join(made))
        yield key[:1] + key[1:].replace("A", "")
