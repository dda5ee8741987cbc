"""Texts that some program has damaged, as they were before; others stay as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html.entities import html5

# Control characters but tab and line ends, halves of characters, and what only steers display.
# Joiners (U+200C, U+200D) and marks of direction belong to the spelling of some scripts.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u2060\ufeff\ufffe\uffff\ud800-\udfff]"
)
_ZERO_WIDTH_SPACE = "\u200b"
_WITHOUT_SPACES = frozenset(
    {"bo", "dz", "ja", "km", "lo", "my", "th", "zh"}
)  # it parts words there

_ENTITY = re.compile(r"&(?:([A-Za-z][A-Za-z0-9]{1,30});|#(\d{1,7});|#[xX]([0-9A-Fa-f]{1,6});)")
_NAMES = (
    "a|abbr|b|big|blockquote|br|center|cite|code|dd|div|dl|dt|em|font|h[1-6]|hr|i|img|input|li|ol"
    "|p|pre|q|s|script|small|span|strike|strong|style|sub|sup|table|tbody|td|th|thead|tr|tt|u|ul"
)
_TAG = re.compile(rf"</?({_NAMES})(?:\s[^<>]*)?/?>", re.IGNORECASE)
# Tags that words stay joined around: half<i>way</i>.
_WITHIN_WORDS = re.compile(
    "a|abbr|b|big|cite|code|em|font|i|q|s|small|span|strike|strong|sub|sup|tt|u", re.IGNORECASE
)
# A line end as programs write it; not what begins a command (\newline) or stands in a path.
_ESCAPE = re.compile(r"(?<!\\)(?:\\r)?\\[nrt](?![a-z\\])")
_PATH = re.compile(r"\b[A-Za-z]:\\|\\\\\w")
_SPACES = re.compile(r" {2,}")

_DEPTH = 3  # times that a text may have been escaped, or read in a wrong encoding


def control(text: str, lang: str) -> str:
    r"""Drop characters that nobody sees.

    >>> control("co\u00adop\u0007eration", "en")
    'cooperation'
    """
    if lang not in _WITHOUT_SPACES:
        text = text.replace(_ZERO_WIDTH_SPACE, "")
    return _CONTROL.sub("", text)


def markup(text: str) -> str:
    """Drop tags of HTML and resolve its entities; a tag that ends a line becomes a space.

    >>> markup("<b>Тил</b> &amp;amp; адабият")
    'Тил & адабият'
    """
    for _ in range(_DEPTH):
        text = _ENTITY.sub(_resolved, text)
        if has_tags(text):
            text = _SPACES.sub(" ", _TAG.sub(_untagged, text))
    return text


def _untagged(match: re.Match[str]) -> str:
    return "" if _WITHIN_WORDS.fullmatch(match[1]) else " "


def _resolved(match: re.Match[str]) -> str:
    name, decimal, hexadecimal = match.groups()
    if name:
        return html5.get(f"{name};", match.group())
    number = int(decimal) if decimal else int(hexadecimal, 16)
    legal = 0x20 <= number < 0x110000 and not 0xD800 <= number < 0xE000
    return chr(number) if legal else match.group()


def escapes(text: str) -> str:
    r"""Make line ends and tabs that are written out (\n) spaces.

    >>> escapes("Ош\\nБишкек")
    'Ош Бишкек'
    """
    if not has_escapes(text):
        return text
    return _SPACES.sub(" ", _ESCAPE.sub(" ", text))


def has_tags(text: str) -> bool:
    """Whether tags of HTML stand in a text as if they were words."""
    return bool(_TAG.search(text))


def has_escapes(text: str) -> bool:
    r"""Whether line ends are written out in a text (\n), which is no path."""
    return bool(_ESCAPE.search(text)) and not _PATH.search(text)


@dataclass(frozen=True, slots=True)
class _Misreading:
    """What UTF-8 looks like when it is read in another encoding.

    Attributes:
        bytes: the byte that each character was read from.
        sure: what no text has that was read as it should be.
    """

    bytes: Mapping[str, int]
    sure: re.Pattern[str]

    def mended(self, text: str) -> str:
        """The text as it should have been read: all of it, else the parts that are sure."""
        whole = self._decoded(text)
        return self.sure.sub(self._part, text) if whole is None else whole

    def _part(self, match: re.Match[str]) -> str:
        decoded = self._decoded(match.group())
        return match.group() if decoded is None else decoded

    def _decoded(self, text: str) -> str | None:
        try:
            return bytes(ord(char) if char < "\x80" else self.bytes[char] for char in text).decode()
        except (KeyError, UnicodeDecodeError):
            return None


@cache
def _misreadings() -> tuple[_Misreading, ...]:
    """Windows' encodings of Cyrillic and of Western Europe, the latter with ISO 8859-1."""
    cyrillic, western = _table("cp1251"), _table("cp1252")
    # A letter is a lead byte and one that goes on; three in a row of «РџСЂРё» are in no language.
    # Of two, «Ð¿Ñ€», and of punctuation, «вЂ™» and «â€™», one will do; of single letters of Western
    # languages those that cannot be "Ã" before a quotation mark.
    more, western_more = _class(cyrillic), _class(western)
    return (
        _Misreading(cyrillic, re.compile(f"(?:[РСТУ]{more} ?){{2,}}[РСТУ]{more}|вЂ{more}")),
        _Misreading(
            western,
            re.compile(
                f"(?:[ÐÑÒÓ]{western_more} ?)+[ÐÑÒÓ]{western_more}|â€{western_more}"
                f"|(?:Ã{western_more}){{2,}}|Ã[¡-ª¬-º¼-¿]|Â[°©®§±]"
            ),
        ),
    )


def _table(encoding: str) -> dict[str, int]:
    """The byte that a character was read from; bytes that mean nothing pass as control codes."""
    table = {chr(byte): byte for byte in range(0x80, 0xA0)}
    for byte in range(0x80, 0x100):
        char = bytes([byte]).decode(encoding, "replace")
        if char != "\ufffd":
            table[char] = byte
    return table


def _class(table: Mapping[str, int]) -> str:
    """A character class of all that may go on after a lead byte."""
    return f"[{''.join(re.escape(char) for char, byte in table.items() if byte < 0xC0)}]"


def encoding(text: str) -> str:
    """Mend a text that was UTF-8 and read in another encoding, where that is certain.

    >>> encoding("РџСЂРёРІРµС‚, it doesnâ€™t")
    'Привет, it doesn’t'
    """
    if text.isascii():
        return text
    for _ in range(_DEPTH):
        before = text
        for misread in _misreadings():
            if misread.sure.search(text):
                text = misread.mended(text)
        if text == before:
            break
    return text


def is_lost(text: str) -> bool:
    """Whether letters of a text are gone: in their place stand U+FFFD, or only question marks."""
    questions = text.count("?") >= 5 and not any(map(str.isalnum, text))
    return "\ufffd" in text or (questions and len(text.split()) > 1)
