"""Which case a Kyrgyz noun likely stands in, by the words that it takes the place of.

The verb that asks for a case stands at the end of the sentence, too far away to tell.
"""

from __future__ import annotations

import re
from collections import Counter

_WORD = re.compile(r"[\w-]+")
# Endings, also after the possessive: «Бишкекте», «борборунда».
_ENDINGS = {
    "gen": re.compile(r"[ндт][ыиуү]н$"),
    "dat": re.compile(r"(?:[гк]|(?<=[ыиуү])н)[аеоө]$"),
    "acc": re.compile(r"[ндт][ыиуү]$|[ыиуү]н$"),
    "loc": re.compile(r"[дт][аеоө]$"),
    "abl": re.compile(r"(?:[дт]|(?<=[ыиуү])н)[аеоө]н$"),
}
_SHORTEST = 5  # letters: in shorter words an ending may be part of the stem
_AS_REPLACED = 4


def expected(before: str, replaced: str, name: bool, person: bool) -> Counter[str]:  # noqa: ARG001
    """Weigh the cases of a noun that goes into a text; see `ru_contexts.expected`."""
    said = _WORD.findall(replaced)
    if not said or len(said[-1]) < _SHORTEST:
        return Counter()
    cases = [case for case, ending in _ENDINGS.items() if ending.search(said[-1])]
    return Counter(dict.fromkeys(cases[:1], _AS_REPLACED))
