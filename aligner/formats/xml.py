"""What XML 1.0 asks of every format that is written in it."""

from __future__ import annotations

import re

# https://www.w3.org/TR/xml/#NT-Char: no control characters but tab and line ends, no lone
# surrogates, no U+FFFE and U+FFFF. Not even a character reference (&#7;) may stand for these.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    r"""Drop the characters that an XML document cannot hold.

    >>> legal("a bell\a rings")
    'a bell rings'
    """
    return _ILLEGAL.sub("", text)
