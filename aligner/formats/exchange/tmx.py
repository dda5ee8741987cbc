"""Read TMX, versions 1.1 to 1.4, whoever wrote it: one unit at a time.

    for entry in tmx.read("memory.tmx"):
        for variant in entry.variants:
            print(entry.line, variant.lang, variant.text)

Standard: TMX 1.4b (LISA OSCAR, 2005), https://www.gala-global.org/tmx-14b. Real files depart from
it, and what can be understood is: any DOCTYPE or none (it is never loaded), `lang` beside
`xml:lang`, three-letter codes, undeclared prefixes, missing header fields, gzip, UTF-16 without a
byte order mark. Entities that a file declares itself stand in the text as they are written
(`&name;`): expanding them is how a small file fills the memory, or reads another file.
"""

from __future__ import annotations

import gzip
import io
import re
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from aligner.entries import Entry, Variant
from aligner.errors import InputError
from aligner.languages.codes import language

if TYPE_CHECKING:
    from lxml.etree import XMLPullParser
    from lxml.etree import _Element as Element

_CHUNK = 1 << 16  # bytes
_LONGEST_UNIT = 1 << 26  # bytes; more is no unit, and would fill the memory before it ends
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# Elements inside a segment that hold the codes of its original format, not text.
_CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})

# The first bytes → the encoding, where a declaration may be missing or wrong. libxml2 alone takes a
# file that says UTF-16 and was saved again as UTF-8 for broken.
_ENCODINGS = (
    (re.compile(rb"\xef\xbb\xbf|<\?xml[^>]*encoding=[\"']utf-16", re.IGNORECASE), "UTF-8"),
    (re.compile(rb"\xff\xfe|<\0"), "UTF-16LE"),
    (re.compile(rb"\xfe\xff|\0<"), "UTF-16BE"),
)


def read(source: str | Path) -> Iterator[Entry]:
    """Read the units of a TMX file in order; memory does not grow with their number.

    Args:
        source: the file, gzip or not whatever its name; "-" for standard input.

    Raises:
        InputError: the file cannot be opened, is no TMX, or is damaged; the units before the
            damage are given first. It names the line and the reason.
    """
    where = "stdin" if str(source) == "-" else str(source)
    with _open(source, where) as file:
        default = ""
        for node in _nodes(file, where):
            if _name(node) == "header":
                default = node.get("srclang", "")
            else:
                yield _entry(node, default)


@contextmanager
def _open(source: str | Path, where: str) -> Iterator[BinaryIO]:
    """The bytes of a file, unpacked."""
    try:
        if str(source) == "-":
            buffered = io.BufferedReader(cast(io.RawIOBase, sys.stdin.buffer))
            yield _unpacked(buffered)
            buffered.detach()  # standard input stays open
        else:
            with Path(source).open("rb") as file:
                yield _unpacked(file)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InputError(
            f"the gzip file is damaged: {error}", where=where, hint="Fetch or export it again."
        ) from error
    except OSError as error:
        raise InputError(
            f"cannot read the file: {error.strerror or error}",
            where=where,
            hint="Give a TMX file, or - for standard input.",
        ) from error


def _unpacked(file: io.BufferedReader[Any]) -> BinaryIO:
    packed = file.peek(2).startswith(b"\x1f\x8b")
    return cast(BinaryIO, gzip.GzipFile(fileobj=file)) if packed else file


def _nodes(file: BinaryIO, where: str) -> Iterator[Element]:
    """The header and the units of a file; each is cleared when the next is asked for."""
    from lxml import etree

    data = file.read(_CHUNK)
    parser = etree.XMLPullParser(
        events=("start", "end"),
        tag=("{*}tmx", "{*}header", "{*}tu"),
        encoding=next((name for mark, name in _ENCODINGS if mark.match(data)), None),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    is_tmx, unused, ended = False, 0, False
    while not ended:
        ended = not data
        damage = _feed(parser, data, where)
        for event, element in parser.read_events():
            node = cast("Element", element)
            is_tmx = is_tmx or (_name(node) == "tmx" and node.getparent() is None)
            if event == "end" and is_tmx and _name(node) != "tmx":
                yield node
                _forget(node)
                unused = 0
        if damage:
            raise damage
        unused += len(data)
        if unused > _LONGEST_UNIT:
            raise _broken(f"{_LONGEST_UNIT >> 20} MiB of it hold no unit", where)
        data = file.read(_CHUNK)
    if not is_tmx:
        raise InputError(
            "the file is XML, but no TMX: its root element is not <tmx>",
            where=where,
            hint="Export the translation memory as TMX.",
        )


def _feed(parser: XMLPullParser, data: bytes, where: str) -> InputError | None:
    """Parse some more of a file, or its end (no data); what is wrong with it, if anything.

    The units before the damage are still to be had from the parser.
    """
    from lxml import etree

    try:
        parser.feed(data) if data else parser.close()
    except etree.XMLSyntaxError as error:
        log = list(parser.feed_error_log)
        for entry in log:
            if entry.level == etree.ErrorLevels.FATAL:
                return _broken(entry.message, f"{where}:{entry.line}")
        # A prefix that is not declared breaks the rules of namespaces, not those of XML.
        if etree.ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE not in {entry.type for entry in log}:
            return _broken(error.msg, f"{where}:{error.lineno or 1}")
    return None


def _broken(reason: str, where: str) -> InputError:
    return InputError(
        f"the XML is damaged: {reason}", where=where, hint="Mend the file, or export it again."
    )


def _forget(node: Element) -> None:
    """Free a node and all before it."""
    node.clear(keep_tail=True)  # type: ignore[call-arg]
    parent = node.getparent()
    while parent is not None and node.getprevious() is not None:
        del parent[0]


def _name(node: Element) -> str:
    """The name of an element, in any namespace or none."""
    return str(node.tag).rpartition("}")[2]


def _children(node: Element, name: str) -> list[Element]:
    return [child for child in node if _name(child) == name]


def _entry(node: Element, default: str) -> Entry:
    return Entry(
        tuid=node.get("tuid", ""),
        variants=tuple(_variant(child) for child in _children(node, "tuv")),
        source_lang=language(node.get("srclang", default)),
        props=_props(node),
        notes=_notes(node),
        attributes=_attributes(node),
        line=_line(node),
    )


def _variant(node: Element) -> Variant:
    return Variant(
        lang=language(node.get(_XML_LANG) or node.get("lang") or ""),
        text="".join(_text(segment) for segment in _children(node, "seg")[:1]),
        props=_props(node),
        notes=_notes(node),
        attributes=_attributes(node),
    )


def _text(node: Element, *, is_code: bool = False) -> str:
    """The text of a segment; what stands inside codes (`sub`: a footnote, an index entry) apart."""
    parts = ["" if is_code else node.text or ""]
    for child in node:
        if not isinstance(child.tag, str):
            parts.append(child.text or "")  # &name;
        elif is_code:
            parts.append(f" {_text(child)} ")
        else:
            parts.append(_text(child, is_code=_name(child) in _CODES))
        if not is_code:
            parts.append(child.tail or "")
    return "".join(parts)


def _props(node: Element) -> tuple[tuple[str, str], ...]:
    return tuple((prop.get("type", ""), _text(prop)) for prop in _children(node, "prop"))


def _notes(node: Element) -> tuple[str, ...]:
    return tuple(map(_text, _children(node, "note")))


def _attributes(node: Element) -> tuple[tuple[str, str], ...]:
    return tuple(
        ("xml:lang" if name == _XML_LANG else str(name), str(value))
        for name, value in node.attrib.items()
    )


def _line(node: Element) -> int:
    """The line of a node. Past 65,535 libxml2 gives that where the text inside it ends."""
    line = cast(int, node.sourceline)
    return line - (node.text or "").count("\n") if line > 65_535 else line
