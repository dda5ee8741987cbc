"""The units of a plain TMX file as the bytes that they are: to copy some, and leave others out.

    with path.open("rb") as file:
        for unit in verbatim.units(file):
            unit.start, unit.stop, unit.texts()

A file is plain where its bytes are what they seem: UTF-8, no CDATA sections or entities of its own,
no damage, as nearly all are. The others have `aligner.formats.exchange.read`. What is copied stays
as it was, with comments, indentation, and what no record has a place for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, NoReturn

from aligner.languages.codes import language

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

    from aligner.entries import Entry

_CHUNK = 1 << 20  # bytes
_LONGEST_UNIT = 1 << 26  # bytes

_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml\s+version=[\"']1\.0[\"']"
    rb"(?:\s+encoding=[\"'](?:utf-8|us-ascii)[\"'])?(?:\s+standalone=[\"']\w+[\"'])?\s*\?>)?"
    rb"\s*(?:<!DOCTYPE[^<>\[]*>)?(?:\s|<!--.*?-->)*<tmx\s",
    re.IGNORECASE | re.DOTALL,
)
_END = len(b"</tu>")
_TU = re.compile(rb"""<tu(?=[\s/>])(?:[^<>"']|"[^"]*"|'[^']*')*>""")
# A text with nothing in it but text, as most are.
_TUV = re.compile(
    r'<tuv(?:\s[^<>]*?)??\sxml:lang="([^"<>]+)"[^<>]*>'
    r"(?:\s*<(?:prop|note)[^<>]*>[^<]*</(?:prop|note)>)*"
    r"\s*<seg>([^<\r]*)</seg>"
)
_ENTITY = re.compile("&(amp|lt|gt|quot|apos);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_TEXT = re.compile(rb"<seg>[^<]*</seg>|\stuid=\"[^\"]*\"")

_language = lru_cache(1 << 10)(language)


class NotPlain(Exception):  # noqa: N818 - it is no error: the file is to be read in another way
    """The file cannot be taken apart by its bytes."""


class Unit(NamedTuple):
    """A unit.

    Attributes:
        start: where in the file its first byte is.
        data: its bytes, without the tag that ends it.
        gap: how many bytes of white space are before it.
    """

    start: int
    data: bytes
    gap: int = 0

    @property
    def stop(self) -> int:
        """Where in the file it ends."""
        return self.start + len(self.data) + _END

    def texts(self) -> list[tuple[str, str]] | None:
        """Its languages and texts in their order; None if it takes `entry` to tell them."""
        data = self.data.decode()
        found = _TUV.findall(data)
        if len(found) != data.count("<tuv"):
            return None
        if "&" in data:
            found = [(lang, _resolved(text) if "&" in text else text) for lang, text in found]
            if any(text is None for _, text in found):
                return None
        return [(_language(lang), text) for lang, text in found]

    def about(self) -> bytes:
        """What it says beside its texts and its name."""
        return _TEXT.sub(b"", self.data)

    def entry(self) -> Entry:
        """The unit as a record, all but what the file's header says.

        Raises:
            NotPlain: it cannot be understood by itself.
        """
        from lxml import etree

        from aligner.formats.exchange.tmx.elements import entry
        from aligner.formats.exchange.tmx.inline import TooDeep

        parser = etree.XMLParser(
            resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True
        )
        try:
            return entry(etree.fromstring(self.data + b"</tu>", parser), "")
        except (etree.XMLSyntaxError, TooDeep) as error:
            raise NotPlain from error


def _resolved(text: str) -> str | None:
    """A text with its entities resolved; None if it has others than those of XML."""
    plain, known = _ENTITY.subn(lambda match: _ENTITIES[match[1]], text)
    return plain if known == text.count("&") else None


def units(file: BinaryIO) -> Iterator[Unit]:
    """The units of a file, which is read from its beginning; those without texts are left out.

    Raises:
        NotPlain: it has to be read in another way, for whatever reason; what came before is void.
    """
    file.seek(0)
    parser, rest, at = _parser(), b"", 0
    for number, chunk in enumerate(chain(iter(lambda: file.read(_CHUNK), b""), [b""])):
        _check(parser, chunk)
        if not number and not _START.match(chunk):
            raise NotPlain
        *pieces, rest = (rest + chunk).split(b"</tu>")
        for piece in pieces:
            start = _start(piece)
            yield Unit(at + start, piece[start:], start - len(piece[:start].rstrip()))
            at += len(piece) + _END
        if len(rest) > _LONGEST_UNIT or b"</tu " in rest:
            raise NotPlain


def _start(piece: bytes) -> int:
    """Where the one unit begins that a piece ends within."""
    at = piece.find(b"<tu ")
    if at >= 0 and piece.count(b"<tu") - piece.count(b"<tuv") == 1:
        return at  # as nearly all are
    found = [match.start() for match in _TU.finditer(piece) if not match.group().endswith(b"/>")]
    if len(found) != 1:
        raise NotPlain
    return found[0]


def _check(parser: XMLParserType, data: bytes) -> None:
    """Parse some more of the file, or its end (no data)."""
    from xml.parsers.expat import ExpatError

    try:
        parser.Parse(data, not data)
    except ExpatError as error:
        raise NotPlain from error


def _parser() -> XMLParserType:
    """A parser that only says whether a file is well-formed, and stops at what is not plain."""
    from xml.parsers.expat import ParserCreate

    def stop(*_: object) -> NoReturn:
        raise NotPlain

    def comment(text: str) -> None:
        if "<" in text:  # perhaps a unit that is no more
            raise NotPlain

    parser = ParserCreate(namespace_separator=" ")  # prefixes must be declared
    parser.CommentHandler = comment
    parser.EntityDeclHandler = parser.StartCdataSectionHandler = stop
    parser.ProcessingInstructionHandler = stop
    return parser


def unit(file: BinaryIO, start: int, stop: int) -> Unit:
    """The unit that stands there in a file."""
    file.seek(start)
    return Unit(start, file.read(stop - start - _END))


def copy(file: BinaryIO, target: BinaryIO, omitted: Iterable[tuple[int, int]]) -> None:
    """Copy a file without some spans of it.

    Args:
        file: what to copy.
        target: takes the bytes.
        omitted: where each span starts and stops, in their order.
    """
    at = 0
    for start, stop in omitted:
        _copy(file, target, at, start)
        at = stop
    _copy(file, target, at, file.seek(0, 2))


def _copy(file: BinaryIO, target: BinaryIO, start: int, stop: int) -> None:
    file.seek(start)
    while start < stop and (data := file.read(min(_CHUNK, stop - start))):
        target.write(data)
        start += len(data)
