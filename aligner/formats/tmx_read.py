"""Read TMX, versions 1.1 to 1.4, whoever wrote it: one unit at a time.

    for entry in tmx_read.read("memory.tmx"):
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
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from aligner.errors import InputError

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

# ISO 639-1: ISO 639-2, the bibliographic codes too.
_ISO_639 = (
    "aa:aar ab:abk ae:ave af:afr ak:aka am:amh an:arg ar:ara as:asm av:ava ay:aym az:aze ba:bak "
    "be:bel bg:bul bi:bis bm:bam bn:ben bo:bod,tib br:bre bs:bos ca:cat ce:che ch:cha co:cos "
    "cr:cre cs:ces,cze cu:chu cv:chv cy:cym,wel da:dan de:deu,ger dv:div dz:dzo ee:ewe el:ell,gre "
    "en:eng eo:epo es:spa et:est eu:baq,eus fa:fas,per ff:ful fi:fin fj:fij fo:fao fr:fra,fre "
    "fy:fry ga:gle gd:gla gl:glg gn:grn gu:guj gv:glv ha:hau he:heb hi:hin ho:hmo hr:hrv ht:hat "
    "hu:hun hy:arm,hye hz:her ia:ina id:ind ie:ile ig:ibo ii:iii ik:ipk io:ido is:ice,isl it:ita "
    "iu:ike,iku ja:jpn jv:jav ka:geo,kat kg:kon ki:kik kj:kua kk:kaz kl:kal km:khm kn:kan ko:kor "
    "kr:kau ks:kas ku:kur kv:kom kw:cor ky:kir la:lat lb:ltz lg:lug li:lim ln:lin lo:lao lt:lit "
    "lu:lub lv:lav mg:mlg mh:mah mi:mao,mri mk:mac,mkd ml:mal mn:mon mr:mar ms:may,msa mt:mlt "
    "my:bur,mya na:nau nb:nob nd:nde ne:nep ng:ndo nl:dut,nld nn:nno no:nor nr:nbl nv:nav ny:nya "
    "oc:oci oj:oji om:orm or:ori os:oss pa:pan pi:pli pl:pol ps:pus pt:por qu:que rm:roh rn:run "
    "ro:mol,ron,rum ru:rus rw:kin sa:san sc:srd sd:snd se:sme sg:sag si:sin sk:slk,slo sl:slv "
    "sm:smo sn:sna so:som sq:alb,sqi sr:srp ss:ssw st:sot su:sun sv:swe sw:swa ta:tam te:tel "
    "tg:tgk th:tha ti:tir tk:tuk tl:tgl tn:tsn to:ton tr:tur ts:tso tt:tat tw:twi ty:tah ug:uig "
    "uk:ukr ur:urd uz:uzb ve:ven vi:vie vo:vol wa:wln wo:wol xh:xho yi:yid yo:yor za:zha "
    "zh:chi,zho zu:zul "
)
_SHORT = {
    long: short
    for short, _, longs in (pair.partition(":") for pair in _ISO_639.split())
    for long in longs.split(",")
}


@dataclass(frozen=True, slots=True)
class Variant:
    """A unit's text in one language.

    Attributes:
        lang: the primary subtag of its language, ISO 639-1 where there is one: "ky" for "KIR",
            "ky-KG", "ky_KG"; "" where the file names none.
        text: the segment without the codes of its original format.
        props: type and text of each property, in order.
        notes: the notes.
        attributes: as they stand in the file, such as `creationdate`; the language is in
            "xml:lang" or "lang".
    """

    lang: str
    text: str
    props: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A translation unit as it stands in the file.

    Attributes:
        tuid: its name in the file, often "".
        variants: its texts, in the file's order; a language may have several.
        source_lang: the language it was translated from, as `Variant.lang`; "" where any may be
            the source (`srclang="*all*"`), or none is named.
        props: as for a variant.
        notes: as for a variant.
        attributes: as for a variant.
        line: where it begins in the file, from 1.
    """

    tuid: str
    variants: tuple[Variant, ...]
    source_lang: str = ""
    props: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    line: int = 0


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


def language(code: str) -> str:
    """The primary subtag of a language code in any spelling, in two letters where they exist.

    >>> language("KIR"), language("ru_RU"), language("*all*")
    ('ky', 'ru', '')
    """
    primary = re.split("[-_]", code.strip().lower(), maxsplit=1)[0]
    return _SHORT.get(primary, primary) if primary.isalpha() else ""


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
