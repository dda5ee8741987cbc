"""Check a TMX file: why it is invalid, what tools will trip over, and how to mend both.

    report = check("memory.tmx")
    report.is_valid, report.problems[0].message, report.problems[0].hint

Errors are what makes a file invalid: damaged XML, and all that the schemas of its version refuse
(`rules`). One pass, a unit at a time; memory grows by some 20 bytes a unit, for its tuid.

Standard: TMX 1.1 to 1.4b (LISA OSCAR, 1998–2005), https://www.gala-global.org/tmx-14b.
"""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from aligner.errors import InputError
from aligner.formats.exchange.opened import beginning, opened
from aligner.formats.exchange.parsing import Parser, excess, innermost, name_of
from aligner.formats.exchange.tmx.checker import Checker
from aligner.formats.exchange.tmx.problems import Report
from aligner.formats.exchange.tmx.rules import VERSIONS
from aligner.formats.exchange.tmx.values import Fault, may_have_debris
from aligner.formats.exchange.utf8 import Utf8
from aligner.formats.source import name as source_name

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_TAGS = ("{*}tmx", "{*}header", "{*}body", "{*}tu")
_MOST_ELEMENTS = 100_000  # of a unit

_DECLARED = re.compile(r"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"'>]+)", re.IGNORECASE)
_MARKS = ((b"\xef\xbb\xbf", "UTF-8"), (b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))

# What libxml2 says of damage → what to do about it.
_MENDING = (
    (
        "not proper UTF-8|encoding|invalid byte|conversion",
        "Save it as UTF-8, or name its real encoding in the first line: "
        '<?xml version="1.0" encoding="…"?>.',
    ),
    ("EntityRef|Entity '", "Write &amp; for &; only &lt; &gt; &amp; &quot; &apos; need no DTD."),
    ("Char value|xmlChar|invalid char", "Take the character out: XML allows none such."),
    (
        "tag mismatch",
        "One of the two tags is wrong, or an end tag is missing; write &lt; for a < of the text.",
    ),
    (
        "Premature end|EndTag|Extra content|Document is empty|Start tag expected|Couldn't find",
        "It is cut off, or more follows after its end: export or fetch it again.",
    ),
    ("'<' not allowed|StartTag|invalid element name", "Write &lt; for a < of the text."),
    (
        "Resource limit|huge|xcessive|too large|loop|amplification",
        "No memory needs that: export it again.",
    ),
)
_DECLARE = "Declare the prefix, or take out what has it: TMX has no other elements."
_MEND = "Mend that place, or export the file again."


def check(source: str | Path, limit: int = 1000) -> Report:
    """Check a TMX file, packed or not; whatever is wrong with it stands in the report.

    Args:
        source: the file, "-" for standard input.
        limit: how many problems to keep.
    """
    report = Report(limit)
    try:
        _encoding(beginning(source), report)
        with opened(source, ".tmx") as file:
            data = Utf8(file, source_name(source))
            if _is_read(data, report):
                _whole(data, report)
    except InputError as error:  # it cannot be opened, unpacked or decoded
        line = error.where.rpartition(":")[2]
        fault = Fault("damage", error.message, error.hint)
        report.tell(fault, line=int(line) if line.isdecimal() else 0)
    return report


def _is_read(data: Utf8, report: Report) -> bool:
    """Check all elements; whether the file could be read to its end."""
    parser: Parser | None = None
    prefixes: set[str] = set()  # what has been told of those that are not declared
    checker: Checker | None = None
    root: Element | None = None
    unused, suspect = 0, False
    for piece in chain(data, [b""]):
        parser = parser or Parser(piece, _TAGS, ("end",))
        damage, remarks = parser.feed(piece)
        for remark, line in remarks:
            if remark not in prefixes:
                prefixes.add(remark)
                report.tell(Fault("namespace", remark, _DECLARE), line=line)
        suspect = suspect or may_have_debris(piece)
        for _, node in parser.events():
            if checker is None:
                root = node.getroottree().getroot()
                checker = _begun(root, report)
            checker.may_have_debris = suspect
            _check(node, checker)
            unused = 0
        if not unused:
            suspect = may_have_debris(piece)  # the unit that it ends in goes on
        unused += len(piece)
        reason, line = damage or (excess(unused, root, _MOST_ELEMENTS), 0)
        if reason:
            element = "" if root is None else name_of(innermost(root).tag)
            report.tell(_damage(reason), line=line, element=element)
            return False
    if checker is None:
        report.tell(_not_tmx(""))
    return True


def _whole(data: Utf8, report: Report) -> None:
    """What is to be said when the whole file has been seen."""
    if fault := data.fault:
        hint = "Take it out: `aligner tmx convert IN OUT` does."
        damage = Fault("damage", f"the XML is damaged: {fault.reason}", hint)
        report.tell(damage, line=fault.line)
    if not (report.units or report.counts["not TMX"]):
        report.tell(Fault("no units", "there is no unit in it", "Nothing can be filled from it."))


def _damage(reason: str) -> Fault:
    hint = next((hint for found, hint in _MENDING if re.search(found, reason)), _MEND)
    return Fault("damage", f"the XML is damaged: {reason}", hint)


def _check(node: Element, checker: Checker) -> None:
    """Check what has just ended."""
    if node.tag == "tu":
        checker.unit(node)
        _forget(node, checker)
    elif node.tag == "header":
        checker.header(node)
    else:
        checker.structure(node)


def _forget(unit: Element, checker: Checker) -> None:
    """Free the unit before one: all that stands after it is known by now."""
    before = unit.getprevious()
    if before is not None and before.tag == "tu":
        parent = cast("Element", unit.getparent())
        checker.between(parent, before.tail)
        parent.remove(before)


def _begun(root: Element, report: Report) -> Checker:
    """Check what comes before all else: the root element, its version, the DOCTYPE."""
    version = root.get("version")
    report.version = version or ""
    known = version if version in VERSIONS else "1.4"
    if name_of(root.tag) != "tmx":
        report.tell(_not_tmx(f" but <{name_of(root.tag)}>"), root)
        return Checker(report, known)
    if root.tag != "tmx":
        message = f'<tmx> is in the namespace "{str(root.tag)[1:-4]}"'
        report.tell(Fault("namespace", message, "Take xmlns out: TMX has no namespace."), root)
    if version is None:
        report.tell(Fault("version missing", "<tmx> has no version", 'Add version="1.4".'), root)
    elif version not in VERSIONS:
        hint = 'Write version="1.4", for 1.4b too; here it is checked as that.'
        report.tell(Fault("version", f'there is no version "{version}"', hint), root)
    _doctype(root, known, report)
    return Checker(report, known)


def _not_tmx(instead: str) -> Fault:
    message = f"it is XML, but no TMX: its root element is not <tmx>{instead}"
    return Fault("not TMX", message, "Export the translation memory as TMX.")


def _doctype(root: Element, version: str, report: Report) -> None:
    document: Any = root.getroottree().docinfo
    number = version.replace(".", "")
    hint = f'Tools that ask for one expect <!DOCTYPE tmx SYSTEM "tmx{number}.dtd">.'
    named = re.search(r"tmx(\d\d)", document.system_url or "")
    if not document.doctype:
        report.tell(Fault("doctype", "there is no DOCTYPE, which is allowed", hint), line=1)
    elif document.root_name != "tmx":
        message = f"the DOCTYPE is that of <{document.root_name}>"
        report.tell(Fault("doctype", message, hint), line=1)
    elif named and named[1] != number:
        message = f"the DOCTYPE names {document.system_url}, the version is {version}"
        report.tell(Fault("doctype", message, hint), line=1)


def _encoding(first: bytes, report: Report) -> None:
    """Compare the encoding that a file names with that which its first bytes show."""
    match = _DECLARED.search(first[:200].replace(b"\0", b"").decode("latin-1"))
    if match is None:
        return
    declared = match[1]
    wide = declared.upper().startswith(("UTF-16", "UCS-2", "UTF-32", "UCS-4"))
    real = next((name for mark, name in _MARKS if first.startswith(mark)), "")
    if not real and first[:2] in {b"<\0", b"\0<"}:
        real = "UTF-16"
    if not real and wide:
        message = f"it says that it is in {declared}, but is not"
        fault = Fault("encoding", message, 'Write encoding="UTF-8" in its first line.')
        report.tell(fault, line=1)
    elif not real and not declared.upper().startswith("UTF") and _looks_like_utf8(first):
        message = f"it says that it is in {declared}, but looks like UTF-8"
        hint = 'If so, its letters come out wrong: write encoding="UTF-8" in its first line.'
        report.tell(Fault("encoding declared", message, hint), line=1)
    elif real and not declared.upper().replace("UTF8", "UTF-8").startswith(real):
        message = f"it says that it is in {declared}, but is in {real}"
        hint = f'Write encoding="{real}" in its first line.'
        report.tell(Fault("encoding declared", message, hint), line=1)


def _looks_like_utf8(data: bytes) -> bool:
    """Whether bytes beyond ASCII make up characters of UTF-8, the last one cut off or not."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        if error.start < len(data) - 3:
            return False
        text = data[: error.start].decode()
    return not text.isascii()
