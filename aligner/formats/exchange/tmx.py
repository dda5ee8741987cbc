"""TMX, versions 1.1 to 1.4, whoever wrote it: one unit at a time.

    bundle = tmx.read("memory.tmx")
    for entry in bundle.entries:
        for variant in entry.variants:
            print(entry.line, variant.lang, variant.text)

Standard: TMX 1.4b (LISA OSCAR, 2005), https://www.gala-global.org/tmx-14b. Real files depart from
it, and what can be understood is:

- any DOCTYPE or none (it is never loaded), `lang` beside `xml:lang`, three-letter codes,
  missing header fields; gzip and zip; UTF-16 without a byte order mark.
- Entities that a file declares itself stand in the text as they are written (`&name;`): expanding
  them is how a small file fills the memory, or reads another file.
- Elements in a segment that TMX does not have (`<b>`) are codes of its original format that were
  not escaped: they become what they should have been, `bpt` and `ept`, or `ph`.

Damage that can be mended is named by an error when all units have been taken: prefixes that are not
declared, and characters that XML does not have, written as such or by number (`&#0;`), which are
left out. Any other damage ends the reading, by an error after the units before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from aligner.entries import Bundle, Entry, Header, Pairs, Variant, plain
from aligner.errors import InputError
from aligner.formats.exchange.opened import opened
from aligner.formats.exchange.tmx_inline import TooDeep, content, name_of, renamed
from aligner.formats.exchange.tmx_inline import attributes as attributes_of
from aligner.formats.exchange.tmx_inline import text as text_of
from aligner.formats.exchange.utf8 import Utf8
from aligner.formats.source import name as source_name
from aligner.languages.codes import language

if TYPE_CHECKING:
    from lxml.etree import XMLPullParser
    from lxml.etree import _Element as Element

NAMES = {"tmx": ".tmx"}

# More is no unit, and would fill the memory before it ends.
_LONGEST_UNIT = 1 << 26  # bytes
_USUAL_UNIT = 1 << 20  # bytes; in longer ones the elements are counted
_MOST_ELEMENTS = 100_000

# What may come before the root element of a file that declares no entities.
_NO_ENTITIES = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE[^<>\[]*>\s*)?<tmx\b", re.IGNORECASE
)

_ADVICE = re.compile(
    ", (?:try|use) XML_PARSE_HUGE.*"
)  # to programmers, on limits that they may lift

_language = lru_cache(1 << 10)(language)


def read(source: str | Path) -> Bundle:
    """Read a TMX file; memory does not grow with the number of its units.

    Args:
        source: the file, packed with gzip or zip or not, whatever its name; "-" for standard input.

    Raises:
        InputError: the file cannot be opened, is no TMX, or is damaged; the units before the
            damage are given first. It names the line, the element and the reason.
    """
    items = _items(source)
    header = next(items)
    return Bundle(cast("Iterator[Entry]", items), cast(Header, header))


def write(file: BinaryIO, bundle: Bundle, name: str, langs: Sequence[str] = ()) -> tuple[str, ...]:
    """Write TMX 1.4; see `aligner.formats.exchange.tmx_write`."""
    from aligner.formats.exchange import tmx_write

    return tmx_write.write(file, bundle, name, langs)


def is_mine(beginning: bytes) -> bool:
    """Whether a file that begins so is TMX."""
    return re.search(rb"<(?:\w+:)?tmx\b", beginning.replace(b"\0", b"")) is not None


def _items(source: str | Path) -> Iterator[Header | Entry]:
    """The header, an empty one if there is none, and the units."""
    where = source_name(source)
    default: str | None = None
    with opened(source, ".tmx") as file:
        for node in _nodes(Utf8(file, where), where):
            if name_of(node.tag) == "tu":
                if default is None:
                    default = ""
                    yield Header()
                yield _entry(node, default, where)
            elif default is None:
                header = _header(node)
                default = header.source_lang
                yield header
    if default is None:
        yield Header()


def _nodes(data: Utf8, where: str) -> Iterator[Element]:
    """The header and the units of a file; each is cleared when the next is asked for."""
    parser: XMLPullParser | None = None
    inside: Element | None = None  # the innermost of those that we follow
    mended: InputError | None = None
    is_tmx, unused = False, 0
    for piece in chain(data, [b""]):
        parser = parser or _parser(piece)
        fault, remark = _fed(parser, piece)
        mended = mended or (_mended(*remark, where) if remark else None)
        node: Element
        for event, node in parser.read_events():  # type: ignore[assignment]
            if event == "start":
                is_tmx = is_tmx or (name_of(node.tag) == "tmx" and node.getparent() is None)
                inside = node
            else:
                inside = node.getparent()
                if is_tmx and inside is not None:
                    yield node
                    _forget(node)
                    unused = 0
        if fault:
            raise _broken(*fault, inside, where)
        unused += len(piece)
        if unused > _USUAL_UNIT and not is_tmx:
            break
        if unused > _LONGEST_UNIT:
            raise _broken(f"{_LONGEST_UNIT >> 20} MiB of it hold no unit", 0, inside, where)
        if unused > _USUAL_UNIT and _is_swollen(inside):
            raise _broken(f"it holds more than {_MOST_ELEMENTS} elements", 0, inside, where)
    if not is_tmx:
        raise InputError(
            "the file is XML, but no TMX: its root element is not <tmx>",
            where=where,
            hint="Export the translation memory as TMX.",
        )
    if data.dropped:
        char, line = data.first
        more = f", and {data.dropped - 1} more" if data.dropped > 1 else ""
        mended = _mended(f"XML does not have the character {char}{more}", line, where)
    if mended:
        raise mended


def _parser(beginning: bytes) -> XMLPullParser:
    """A parser that loads nothing, and expands nothing."""
    from lxml import etree

    return etree.XMLPullParser(
        events=("start", "end"),
        tag=("{*}tmx", "{*}header", "{*}tu"),
        encoding="UTF-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        # The parser's own limits (10 MB a text) are there for entities, which swell in attributes.
        huge_tree=_NO_ENTITIES.match(beginning) is not None,
        remove_comments=True,
        remove_pis=True,
    )


_Fault = tuple[str, int]  # what it is, and the line


def _fed(parser: XMLPullParser, data: bytes) -> tuple[_Fault | None, _Fault | None]:
    """Parse some more of a file, or its end (no data).

    Returns:
        The damage that ends the reading, and what is wrong but does no harm. The units before the
        damage are still to be had from the parser.
    """
    from lxml import etree

    try:
        parser.feed(data) if data else parser.close()
    except etree.XMLSyntaxError as error:
        log = list(parser.feed_error_log)
        for entry in log:
            if entry.level == etree.ErrorLevels.FATAL:
                return (_ADVICE.sub("", entry.message), entry.line), None
        for entry in log:
            # It breaks the rules of namespaces, not those of XML.
            if entry.type == etree.ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE:
                return None, (entry.message, entry.line)
        return (error.msg or "it is empty", error.lineno or 1), None
    return None, None


def _mended(reason: str, line: int, where: str) -> InputError:
    return InputError(
        f"all units were read, but the XML is damaged: {reason}",
        where=f"{where}:{line}",
        hint="Write the file anew with `aligner tmx convert` to mend it.",
    )


def _broken(reason: str, line: int, inside: Element | None, where: str) -> InputError:
    """The error for a damage at a line (0: where the element begins) in an element."""
    place = ""
    if inside is not None:
        line = line or _line(inside)
        innermost = inside
        while len(innermost) and innermost[-1].tail is None:
            innermost = innermost[-1]
        place = f" in <{name_of(innermost.tag)}>"
        if name := inside.get("tuid"):
            place += f' of the unit "{name}"'
    return InputError(
        f"the XML is damaged{place}: {reason}",
        where=f"{where}:{line or 1}",
        hint="Mend the file, or export it again.",
    )


def _is_swollen(inside: Element | None) -> bool:
    """Whether what is being read has more elements than any unit has."""
    return (
        inside is not None and next(islice(inside.iter(), _MOST_ELEMENTS, None), None) is not None
    )


def _forget(node: Element) -> None:
    """Free a node and all before it."""
    node.clear(keep_tail=True)  # type: ignore[call-arg]
    parent = node.getparent()
    while parent is not None and node.getprevious() is not None:
        del parent[0]


def _header(node: Element) -> Header:
    props, notes, _ = _about(node)
    return Header(_language(node.get("srclang", "")), props, notes, attributes_of(node))


def _entry(node: Element, default: str, where: str) -> Entry:
    attributes = attributes_of(node)
    said = dict(attributes)
    try:
        props, notes, others = _about(node)
        variants = [_variant(child) for child in others if name_of(child.tag) == "tuv"]
    except TooDeep as error:
        raise _broken(str(error), 0, node, where) from error
    return Entry(
        said.get("tuid", ""),
        tuple(variants),
        _language(said["srclang"]) if "srclang" in said else default,
        props,
        notes,
        attributes,
        _line(node),
    )


def _variant(node: Element) -> Variant:
    attributes, lang = _named(tuple(node.items()))
    props: Pairs = ()
    notes: tuple[str, ...] = ()
    seg = None
    # A list of its children is made faster than an iterator.
    for child in node[:]:  # type: ignore[index]
        name = name_of(child.tag)
        if name == "seg":
            seg = child if seg is None else seg
        elif name == "prop":
            props += (_prop(child),)
        elif name == "note":
            notes += (text_of(child),)
    if seg is None or not len(seg):
        return Variant(lang, "" if seg is None else seg.text or "", (), props, notes, attributes)
    inside = content(seg)
    if all(isinstance(part, str) for part in inside):  # entities; all is text
        return Variant(lang, plain(inside), (), props, notes, attributes)
    return Variant(lang, plain(inside), inside, props, notes, attributes)


@lru_cache(1 << 12)
def _named(items: Pairs) -> tuple[Pairs, str]:
    """The attributes of a variant, and its language: most units have the same as others."""
    attributes = renamed(items)
    said = dict(attributes)
    return attributes, language(said.get("xml:lang") or said.get("lang", ""))


def _about(node: Element) -> tuple[Pairs, tuple[str, ...], list[Element]]:
    """The properties and notes of an element, and its other children."""
    props: Pairs = ()
    notes: tuple[str, ...] = ()
    others = []
    for child in node[:]:  # type: ignore[index]
        name = name_of(child.tag)
        if name == "prop":
            props += (_prop(child),)
        elif name == "note":
            notes += (text_of(child),)
        else:
            others.append(child)
    return props, notes, others


def _prop(node: Element) -> tuple[str, str]:
    return node.get("type", ""), text_of(node)


def _line(node: Element) -> int:
    """The line of a node. Past 65,535 libxml2 gives that where the text inside it ends."""
    line: int = node.sourceline  # type: ignore[assignment]
    return line - (node.text or "").count("\n") if line > 65_535 else line
