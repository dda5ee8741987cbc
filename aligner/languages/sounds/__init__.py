"""How names sound, roughly, so that those of two scripts can be compared: "Zhaparov", «Жапаров».

A key is the consonants of a word by their classes, as in Soundex (Russell, 1918): what voice,
place and spelling change on the way from one language to another is one class. Letters that are
read in several ways give several keys.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product

from rapidfuzz.distance import Levenshtein

# Letters → their readings, the longest first; "" for what is silent, or a vowel.
_LATIN = {
    "tsch": "S", "sch": "S", "dzh": "S", "ngh": "NK", "sh": "S", "zh": "S", "kh": "K", "ph": "P",
    "th": "T", "ch": "SK", "ck": "K", "ts": "S", "tz": "S", "dg": "S", "dj": "S", "qu": "K",
    "ce": "SK", "ci": "SK", "cy": "SK", "ge": "KS", "gi": "KS", "gy": "KS", "gh": "K-",
    "x": "XS", "c": "KS", "j": "S-K", "h": "K-", "w": "P-", "z": "S", "s": "S", "q": "K", "k": "K",
    "g": "K", "b": "P", "p": "P", "f": "P", "v": "P", "d": "T", "t": "T", "l": "L", "m": "M",
    "n": "N", "r": "R",
}  # fmt: skip
_CYRILLIC = {
    "тч": "S", "дж": "S", "дз": "S", "тс": "S", "нг": "N", "б": "P", "п": "P", "ф": "P", "в": "P",
    "г": "K", "к": "K", "х": "K", "д": "T", "т": "T", "ж": "S", "ш": "S", "щ": "S", "ч": "S",
    "ц": "S", "з": "S", "с": "S", "л": "L", "м": "M", "н": "N", "ң": "N", "р": "R",
}  # fmt: skip
_READINGS = _LATIN | _CYRILLIC
_LETTERS = re.compile("|".join(sorted(_READINGS, key=len, reverse=True)))
_MOST_KEYS = 8
_LEAST_STEM = 3  # letters
# What a word of each language may have behind a name, its adjectives among them.
_ENDINGS = {
    "en": re.compile(r"s?|e?s|(?:i?an|ese|ish|ic|i)s?"),
    "ru": re.compile(
        r"[аеиоуыьюяёй]{0,2}|[аеоыия]?[мвх]|[ая]?ми|[оеы]го|[оеы]му|[аеиоуыюя]{0,2}й"
        r"|(?:ан|ян|ов|ев|ин|ий)?с?к(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их|ими)"
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
    ours, theirs = keys(one, lang), keys(other, other_lang)
    if not ours.isdisjoint(theirs):
        return True
    return any(_is_near(left, right) for left in ours for right in theirs)


@lru_cache(maxsize=20_000)
def keys(word: str, lang: str) -> frozenset[str]:
    """How a word sounds, without its endings and with them."""
    plain = _plain(word.lower())
    return frozenset(key for stem in stems(plain, lang) for key in _read(stem))


def stems(word: str, lang: str) -> Iterator[str]:
    """A word in small letters, and what it is without what may be endings."""
    yield word
    endings = _ENDINGS.get(lang)
    for stop in range(len(word) - 1, _LEAST_STEM - 1, -1) if endings else ():
        if endings and endings.fullmatch(word, stop):
            yield word[:stop]


def _is_near(one: str, other: str) -> bool:
    """Whether keys differ by no more than a letter in four."""
    longer = max(len(one), len(other))
    return longer > 3 and Levenshtein.distance(one, other, score_cutoff=longer // 4) <= longer // 4


def _plain(word: str) -> str:
    """Without accents; Cyrillic letters stay whole."""
    if word.isascii() or "\u0400" <= word[0] <= "\u052f":
        return word
    parts = unicodedata.normalize("NFD", word)
    return "".join(part for part in parts if not unicodedata.combining(part))


def _read(word: str) -> Iterator[str]:
    choices = [_READINGS[found[0]] for found in _LETTERS.finditer(word)]
    for made in islice(product(*choices), _MOST_KEYS):
        key = "".join(made).replace("-", "").replace("X", "KS")
        yield re.sub(r"(.)\1+", r"\1", key)
