"""Which language a text is in, of those that we have data on: English, Russian, Kyrgyz.

It goes by script, letters and frequent words, and gives no answer where these do not tell: for a
few words, for lists of names, for other languages in the same script.
"""

from __future__ import annotations

import re

from aligner import languages
from aligner.languages import words

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 1 << 16  # characters that show what a text is in

# The most frequent words of news text, but for those that a neighbour spells alike: "was", "of".
_FREQUENT = {
    "en": words(
        "the and to a that for it as by at be from his are this have not has they but or which"
        " their were its been who with would more said about than these there while after when"
    ),
    "ru": words(
        "и в на не что с по как это из у к для о за от до при но его он она они мы все так же был"
        " была было были быть или также который которые которая после только если когда том этом"
    ),
    "ky": words(
        "жана менен бул деп болгон анын эле ал эмес боюнча кийин деген үчүн ошондой дагы да болуп"
        " керек бар жок алар ошол тууралуу өз эң ар турган жатат берүү алган бирок же эми каршы"
        " анда чейин учурда жылы катары гана мен биз көп болот мүмкүн"
    ),
}
_LEAST_WORDS = 3  # frequent words that must be there
# The share of these words among all, at the least; Kyrgyz says by endings what others say by words.
_LEAST_SHARE = {"en": 0.12, "ru": 0.08, "ky": 0.03}
_MOST_FOREIGN = 0.01  # of the letters: Kazakh, Tatar, Ukrainian, Serbian have some in every line
_MOST_OTHER_SCRIPT = 0.25  # of the letters: names, and quotations
# Letters that must be there: Bulgarian has no ы, which is 2 % of Russian; ңөү are 6 % of Kyrgyz.
_TELLING = {"ru": frozenset("ы"), "ky": frozenset("ңөү")}
_LEAST_TELLING = {"ru": 0.004, "ky": 0.01}


def detect(text: str) -> str:
    """The language of a text, "en", "ru" or "ky"; "" where it cannot be told.

    >>> detect("Бул маселе боюнча кийин сүйлөшөбүз, деп белгиледи жана чакан жыйын өткөрүүнү айтты")
    'ky'
    """
    found = [word.lower() for word in _WORD.findall(text[:_SAMPLE])]
    counts = {code: sum(map(known.__contains__, found)) for code, known in _FREQUENT.items()}
    kyrgyz = sum(not _TELLING["ky"].isdisjoint(word) for word in found)
    signs = {**counts, "ky": counts["ky"] + kyrgyz}
    best = max(signs, key=signs.__getitem__)
    rest = sum(signs.values()) - signs[best]
    is_clear = (
        counts[best] >= max(_LEAST_WORDS, _LEAST_SHARE[best] * len(found))
        and signs[best] >= 2 * rest
    )
    return best if is_clear and _has_its_letters(best, "".join(found)) else ""


def _has_its_letters(code: str, letters: str) -> bool:
    alphabet = languages.get(code).letters
    is_latin = "a" in alphabet
    other_script = sum(letter.isascii() != is_latin for letter in letters)
    foreign = sum(letter not in alphabet and letter.isascii() == is_latin for letter in letters)
    telling = sum(map(letters.count, _TELLING.get(code, ())))
    return (
        other_script <= _MOST_OTHER_SCRIPT * len(letters)
        and foreign <= _MOST_FOREIGN * len(letters)
        and telling >= _LEAST_TELLING.get(code, 0) * len(letters)
    )
