"""From the bytes of a file to its text: no character is changed, only a byte order mark goes.

decode("Ысык-Көл".encode("utf-16"), "lake.txt")  →  "Ысык-Көл"
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence

from aligner.errors import EncodingError, InputError, UsageError

_SAMPLE = 1 << 13  # bytes that show what a file is; git looks at as many for NUL

# The longer mark first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Control characters that no text has; escape sequences (ESC) and DOS's end of file (SUB) do occur.
_CONTROLS = bytes({*range(0x20)} - {*b"\t\n\v\f\r\x1a\x1b"})
# HTML asks that the declaration stand in the first 1,024 bytes.
_DECLARED = re.compile(rb"<meta[^>]*?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)


def decode(data: bytes, where: str, encoding: str | None = None, likely: Sequence[str] = ()) -> str:
    """Decode the text of a file.

    A byte order mark decides first, then what the caller says, else the text is UTF-8, or UTF-16
    where that is plain to see.

    Args:
        data: the whole file.
        where: its name, for errors.
        encoding: the name of its encoding, as Python knows it.
        likely: encodings to try first when guessing what a file that is not UTF-8 is in.

    Raises:
        UsageError: there is no encoding of that name.
        EncodingError: some bytes are not text in the encoding; it names the first of them.
        InputError: the file is not text at all.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], where, name, likely)
    if encoding is not None:
        return _strict(data, where, _known(encoding), likely)
    sample = data[:_SAMPLE]
    if wide := _unmarked_utf16(sample):
        return _strict(data, where, wide, likely)
    if b"\0" in sample or len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) / 50:
        raise InputError(
            "the file is binary, not text",
            where=where,
            hint="Give a text file, or export this one as .txt, .md or .html.",
        )
    return _strict(data, where, "utf-8", likely)


def declared(data: bytes) -> str | None:
    """The encoding that an HTML file names in itself, for files that are not UTF-8.

    Bytes that are valid UTF-8 and not all ASCII are UTF-8 whatever they say: a page that was saved
    again often keeps the `<meta>` of its former encoding; the reverse does not happen by chance.
    """
    try:
        data.decode()
    except UnicodeDecodeError:
        head = data[:1024]
        found = _DECLARED.search(head) or _XML_DECLARED.match(head)
        if found is None:
            return None
        name = found[1].decode("ascii").lower()
        # The Encoding Standard: what calls itself Latin-1 is Windows-1252.
        name = "cp1252" if name in {"iso-8859-1", "latin1", "ascii", "us-ascii"} else name
        return name if _exists(name) else None
    return None


def _strict(data: bytes, where: str, encoding: str, likely: Sequence[str]) -> str:
    try:
        return data.decode(encoding)
    except UnicodeError as error:
        at = error.start if isinstance(error, UnicodeDecodeError) else 0
        guess = _guess(data, encoding, likely)
        again = f"pass --encoding {guess}" if guess else "pass its encoding with --encoding"
        line = data.count(b"\n", 0, at) + 1
        raise EncodingError(
            f"the text is not {encoding}: byte {at} is 0x{data[at]:02x}",
            where=f"{where}:{line}",
            hint=f"Save the file as UTF-8, or {again}.",
        ) from error


def _known(encoding: str) -> str:
    if not _exists(encoding):
        raise UsageError(
            f'there is no encoding named "{encoding}"',
            hint="Common ones are utf-8, utf-16, cp1251, koi8-r, cp866 and cp1252.",
        )
    # Python's own "utf-8" would leave a mark in the text; there is none here.
    return codecs.lookup(encoding).name


def _exists(encoding: str) -> bool:
    try:
        b" ".decode(encoding)
    except UnicodeError:  # one byte is too few for UTF-16
        return True
    except (LookupError, ValueError):  # also for what turns bytes into bytes, such as base64
        return False
    return True


def _unmarked_utf16(sample: bytes) -> str | None:
    """Recognise UTF-16 without a mark: in one byte order nearly all is Latin, Greek or Cyrillic."""
    if not sample.translate(None, delete=bytes(range(6, 256))):
        return None  # no byte of 0 to 5: none of these letters in UTF-16
    for name in ("utf-16-le", "utf-16-be"):
        text = sample[: len(sample) & ~1].decode(name, errors="replace")
        usual = sum(
            "\t" <= char <= "\r" or " " <= char < "\u0530" or "\u2000" <= char < "\u2070"
            for char in text
        )
        if text and usual >= 0.95 * len(text):
            return name
    return None


def _guess(data: bytes, tried: str, likely: Sequence[str]) -> str | None:
    """The encoding that the bytes are probably in."""
    from charset_normalizer import from_bytes

    sample = data[: 1 << 16]
    for candidates in (list(likely), None):
        best = from_bytes(sample, cp_isolation=candidates).best() if candidates != [] else None
        if best is not None and best.encoding.replace("_", "-") != tried:
            return best.encoding
    return None
