"""The bytes of an XML file as UTF-8, without the characters that XML does not have."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator

from aligner.errors import EncodingError, InputError
from aligner.formats.exchange.parsing import Fault
from aligner.formats.xml import CONTROLS, legal

_CHUNK = 1 << 16  # bytes

# The first bytes → the encoding; the longer mark first. Without a mark, the first character shows
# it. A file that says UTF-16 in single bytes was saved again as UTF-8.
_ENCODINGS = (
    (re.compile(rb"\xff\xfe\0\0|<\0\0\0"), "utf-32-le"),
    (re.compile(rb"\0\0\xfe\xff|\0\0\0<"), "utf-32-be"),
    (re.compile(rb"\xff\xfe|<\0"), "utf-16-le"),
    (re.compile(rb"\xfe\xff|\0<"), "utf-16-be"),
    (re.compile(rb"\xef\xbb\xbf|<\?xml[^>]*encoding=[\"'](?:utf-(?:8|16|32)|ucs-)", re.I), "utf-8"),
)
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)

# A character that XML may not have: in UTF-8, or by its number.
_ILLEGAL = rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xed[\xa0-\xbf][\x80-\xbf]|\xef\xbf[\xbe\xbf]"
_WRITTEN = re.compile(_ILLEGAL)
_WRITTEN_OR_NAMED = re.compile(_ILLEGAL + rb"|&#(?:x([0-9a-fA-F]+)|([0-9]+));")
# What may be the beginning of one.
_CUT = re.compile(rb"(?:&[#\w]{0,15}|[\xed\xef][\x80-\xbf]?)\Z")


class Utf8:
    """Gives the bytes of a file in pieces."""

    def __init__(self, file: io.BufferedIOBase, where: str) -> None:
        self._file = file
        self._where = where
        self._line = 1
        self._dropped = 0
        self._first = ("", 0)

    @property
    def fault(self) -> Fault | None:
        """What is wrong with the file if characters were left out, as far as it has been read."""
        if not self._dropped:
            return None
        char, line = self._first
        more = f", and {self._dropped - 1} more" if self._dropped > 1 else ""
        return Fault(f"XML does not have the character {char}{more}", line)

    def __iter__(self) -> Iterator[bytes]:
        """The pieces, none of them empty.

        Raises:
            EncodingError: bytes are not text in the file's encoding; what comes before was given.
            InputError: the file's encoding is not known.
        """
        held = b""
        for piece in self._pieces():
            data = held + piece
            cut = _CUT.search(data, max(len(data) - 16, 0))
            held = cut[0] if cut else b""
            if clean := self._clean(data[: len(data) - len(held)]):
                yield clean
        if held:
            yield held

    def _pieces(self) -> Iterator[bytes]:
        first = self._file.read1(_CHUNK)
        encoding = _encoding(first, self._where)
        if encoding == "utf-8":
            yield first
            while data := self._file.read1(_CHUNK):
                yield data
            return
        # Half characters are told from broken bytes, and left out later.
        errors = "surrogatepass" if encoding.startswith(("utf-16", "utf-32")) else "strict"
        decoder = codecs.getincrementaldecoder(encoding)(errors)
        data = first
        while True:
            try:
                text = decoder.decode(data, final=not data)
            except UnicodeDecodeError as error:
                yield error.object[: error.start].decode(encoding, "ignore").encode()
                raise EncodingError(
                    f"the text is not {encoding}: {error.reason}",
                    where=f"{self._where}:{self._line}",
                    hint="Save the file as UTF-8.",
                ) from error
            yield text.encode("utf-8", "surrogatepass")
            if not data:
                return
            data = self._file.read1(_CHUNK)

    def _clean(self, data: bytes) -> bytes:
        suspect = (b"&" in data and b"&#" in data) or b"\xef\xbf" in data or b"\xed" in data
        if suspect or len(data.translate(None, CONTROLS)) < len(data):
            # In a CDATA section "&#0;" is text; where there is one, the parser must decide.
            pattern = _WRITTEN if b"<![CDATA[" in data else _WRITTEN_OR_NAMED
            data = pattern.sub(self._legal, data)
        self._line += data.count(b"\n")
        return data

    def _legal(self, match: re.Match[bytes]) -> bytes:
        """A character if XML has it; else nothing."""
        number = _number(match)
        if number < 0x110000 and legal(chr(number)):
            return match[0]
        if not self._dropped:
            line = self._line + match.string.count(b"\n", 0, match.start())
            self._first = (f"U+{number:04X}", line)
        self._dropped += 1
        return b""


def _number(match: re.Match[bytes]) -> int:
    if match.lastindex is None:
        return ord(match[0].decode("utf-8", "surrogatepass"))
    return int(match[match.lastindex][:12], 16 if match.lastindex == 1 else 10)


def _encoding(first: bytes, where: str) -> str:
    """The encoding of a file, as Python names it."""
    for mark, name in _ENCODINGS:
        if mark.match(first):
            return name
    declared = _DECLARED.match(first)
    if declared is None:
        return "utf-8"
    name = declared[1].decode("ascii")
    try:
        b"".decode(name)  # also refuses what is no encoding of text, such as zlib
        return codecs.lookup(name).name
    except (LookupError, ValueError) as error:
        raise InputError(
            f"the encoding that it says it is in, {name}, is not known",
            where=f"{where}:1",
            hint="Save the file as UTF-8.",
        ) from error
