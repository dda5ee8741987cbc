"""File formats, one module each.

A module that reads documents has `EXTENSIONS` and `read`:

    EXTENSIONS = (".txt",)
    def read(text: str, lang: str) -> Iterator[Block]: ...

A new format is a new file here; the package is listed, there is no registry to edit.
"""

from __future__ import annotations

import pkgutil
import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from pathlib import Path

from aligner import languages
from aligner.errors import InputError
from aligner.formats.decode import declared, decode
from aligner.formats.source import name
from aligner.formats.source import read as read_bytes
from aligner.languages import Language
from aligner.records import Block, Document, Kind

_Reader = Callable[[str, str], Iterable[Block]]

_TITLE_WORDS = 12  # of the first paragraph, where there is no heading
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*"
    r"<(?:!doctype\s+html|(?:html|head|body|article|main|section|div|h[1-6]|p)[\s>])",
    re.IGNORECASE | re.DOTALL,
)


def read(source: str, lang: str, encoding: str | None = None, id: str | None = None) -> Document:  # noqa: A002
    """Read a document.

    The format goes by the file's extension; a file without one is plain text, and so is standard
    input unless it begins as HTML does.

    Args:
        source: path of the file, "-" for standard input.
        lang: its language, as an ISO 639 code.
        encoding: its encoding, if neither UTF-8 nor UTF-16.
        id: name of the document; by default the file's stem, fit for names and identifiers.

    Returns:
        The document. Its title is the first heading, else the beginning of the first body text.
        Offsets of its blocks point into the decoded text, of which a byte order mark is no part.

    Raises:
        InputError: the file is missing, unreadable, binary, blank, or of an unknown format.
        EncodingError: it is not in UTF-8, UTF-16 or the encoding given.
        UsageError: the language code or the encoding's name is not one.
    """
    language = languages.get(lang)
    where = name(source)
    text, reader = _open(source, where, language, encoding)
    blocks = tuple(reader(text, language.code))
    if not blocks:
        raise InputError(
            "there is nothing to read in it", where=where, hint="Give a file that has some text."
        )
    return Document(id or slug(Path(where).stem), language.code, _title(blocks), blocks)


def read_plain(source: str, lang: str, encoding: str | None = None) -> tuple[str, Document]:
    """Read plain text, for a translation that keeps its layout; see `read`.

    Returns:
        The text and its document, which has no blocks if the text is blank.

    Raises:
        InputError: as `read`, and for formats with markup.
    """
    language = languages.get(lang)
    where = name(source)
    text, reader = _open(source, where, language, encoding)
    if reader is not _readers()[".txt"]:
        raise InputError(
            "it has markup, and plain text is asked for",
            where=where,
            hint="Use aligner run, which reads it and writes TMX.",
        )
    blocks = tuple(reader(text, language.code))
    return text, Document(slug(Path(where).stem), language.code, "", blocks)


def _open(source: str, where: str, language: Language, encoding: str | None) -> tuple[str, _Reader]:
    """The decoded text of a source, and the reader for its format."""
    is_piped = source == "-"
    reader = None if is_piped else _reader(source)
    data = read_bytes(source)
    if encoding is None and reader in (None, _readers()[".html"]):
        encoding = declared(data)
    text = decode(data, where, encoding, language.encodings)
    return text, reader or _readers()[".html" if _HTML.match(text) else ".txt"]


def slug(name: str) -> str:
    """Make an identifier of a name: "Путин в Бишкеке (2)" becomes "путин-в-бишкеке-2"."""
    words = re.findall(r"\w+", unicodedata.normalize("NFC", name).lower())
    return "-".join(words) or "document"


@cache
def _readers() -> dict[str, _Reader]:
    """The readers by extension."""
    modules = (
        import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)
    )
    return {
        extension: module.read
        for module in modules
        for extension in getattr(module, "EXTENSIONS", ())
    }


def _reader(path: str) -> _Reader:
    extension = Path(path).suffix.lower() or ".txt"
    try:
        return _readers()[extension]
    except KeyError:
        known = ", ".join(sorted(_readers()))
        raise InputError(
            f'"{extension}" is not a format that can be read',
            where=path,
            hint=f"Export the document as one of these: {known}.",
        ) from None


def _title(blocks: Iterable[Block]) -> str:
    by_kind: dict[Kind, str] = {}
    for block in blocks:
        by_kind.setdefault(block.kind, block.text)
    if Kind.HEADING in by_kind:
        return " ".join(by_kind[Kind.HEADING].split())
    words = next((by_kind[kind] for kind in Kind if kind in by_kind), "").split()
    return " ".join(words[:_TITLE_WORDS]) + (" …" if len(words) > _TITLE_WORDS else "")
