"""How much alike two texts are: the match rate of translation memories.

The rate is what CAT tools show: of the words of the longer text, the share that need not be
changed, in whole percent, rounded down:

    rate = 100 · (1 - d / max(n, m))

with d the word-level edit distance (Levenshtein 1966: insert, delete or substitute a word) and n, m
the words of either text. Letter case, punctuation and white space do not count as words, yet two
texts that differ in them are at most 99 % alike. 100 % is the same text (spaces aside), 101 % the
same text between the same neighbours ("context match", as memoQ and Trados name it).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from aligner.text import for_translation

EXACT = 100
CONTEXT = 101
ALMOST = 99

# Scripts without spaces between words, each letter is one: Thai, Lao, Burmese, Khmer, kana, han.
_NO_SPACES = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_TOKEN = re.compile(rf"[{_NO_SPACES}]|[^\W{_NO_SPACES}]+")


def normal(text: str) -> str:
    """The text as it is compared for exact matches: composed letters (NFC), single spaces."""
    return for_translation(unicodedata.normalize("NFC", text))


def tokens(text: str) -> list[str]:
    """The words of a text as the rate counts them, in small letters.

    >>> tokens("On 5 May — «Osh»!")
    ['on', '5', 'may', 'osh']
    """
    return _TOKEN.findall(unicodedata.normalize("NFC", text).casefold())


def rate(left: Sequence[str], right: Sequence[str], minimum: int = 0) -> int:
    """The match rate of two texts, given their tokens, in percent; 0 where it is below `minimum`.

    It is 99 at the most: only their letters can tell whether two texts are the same.
    """
    from rapidfuzz.distance import Levenshtein

    longest = max(len(left), len(right))
    if not longest:
        return 0
    most = longest - needed(minimum, longest)  # words that may be changed
    distance = Levenshtein.distance(left, right, score_cutoff=most)
    return min(ALMOST, 100 * (longest - distance) // longest) if distance <= most else 0


def needed(minimum: int, longest: int) -> int:
    """How many words two texts must share at least, the longer of which has `longest`."""
    return -(-minimum * longest // 100)
