"""What words are compared by: small letters, one script, no accents.

Cyrillic is written in Latin, roughly as English, Russian and Kyrgyz borrow from one another, so
that names and international words share letters across scripts: «Президент» becomes "prezident".
Letters that only Kyrgyz has fall together with what Russian has for them.
"""

from __future__ import annotations

import re
import unicodedata

_TOKEN = re.compile(r"\w+|[^\w\s]")
_MARK = re.compile(r"[\u0300-\u036f]")
_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяңөү",
        "a b v g d e e zh z i i k l m n o p r s t u f h c ch sh sh - y - e iu ia n o u".replace(
            "-", ""
        ).split(" "),
        strict=True,
    )
)
_LETTERS = str.maketrans(_CYRILLIC | dict(zip("’‘“”„«»–—", '\'\'"""""--', strict=True)))


def fold(text: str) -> str:
    """The words and marks of a text in small Latin letters, a space between them."""
    small = text.lower().translate(_LETTERS)
    if not small.isascii():
        small = _MARK.sub("", unicodedata.normalize("NFKD", small))
    return " ".join(_TOKEN.findall(small))
