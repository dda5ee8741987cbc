"""Write TMX 1.4; see `aligner.formats.exchange.tmx`.

Only what the standard has is written, so that the file is valid by its DTD: other attributes are
left out, and an inline element that stands where none of its kind may is put into one that may.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import BinaryIO

from aligner import __version__
from aligner.entries import Bundle, Content, Entry, Header, Inline, Pairs, Variant
from aligner.formats.xml import attribute, encoded, escaped
from aligner.languages.codes import language

PROLOGUE = b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'

_MADE = ("creationtool", "creationtoolversion", "creationdate", "creationid", "changedate")
_COMMON = frozenset(
    {*_MADE, "changeid", "o-encoding", "o-tmf", "datatype", "usagecount", "lastusagedate"}
)
# The attributes of each element.
_KNOWN = {
    "header": frozenset(
        {*_MADE, "changeid", "o-encoding", "o-tmf", "datatype", "segtype", "adminlang", "srclang"}
    ),
    "tu": _COMMON | {"tuid", "segtype", "srclang"},
    "tuv": _COMMON | {"xml:lang"},
    "bpt": frozenset({"i", "x", "type"}),
    "ept": frozenset({"i"}),
    "it": frozenset({"pos", "x", "type"}),
    "ph": frozenset({"x", "assoc", "type"}),
    "hi": frozenset({"x", "type"}),
    "ut": frozenset({"x"}),
    "sub": frozenset({"datatype", "type"}),
}
# What the header must say.
_HEADER = (
    ("creationtool", "aligner"),
    ("creationtoolversion", __version__),
    ("segtype", "sentence"),
    ("o-tmf", "aligner"),
    ("adminlang", "en"),
    ("srclang", "*all*"),
    ("datatype", "plaintext"),
)
_VALUES = {
    "segtype": frozenset({"block", "paragraph", "sentence", "phrase"}),
    "pos": frozenset({"begin", "end"}),
}
_CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})
_OUTER = frozenset({"header", "tu", "tuv"})
_REQUIRED = {"bpt": (("i", "0"),), "ept": (("i", "0"),), "it": (("pos", "begin"),)}
_LANG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")  # as XML Schema wants it


def write(
    file: BinaryIO,
    bundle: Bundle,
    name: str = "tmx",  # noqa: ARG001 - what every format takes; there is but one here
    langs: Sequence[str] = (),
) -> tuple[str, ...]:
    """Write a bundle, one unit at a time.

    Where the bundle's own file is damaged, what is written ends with the last unit before that.

    Args:
        file: takes the bytes.
        bundle: units without a text in any of `langs` are left out.
        name: the format.
        langs: the languages to write, in their order; by default all, as they come.

    Returns:
        What TMX could not hold: a sentence a kind.

    Raises:
        InputError: the bundle's own file is damaged.
    """
    lost: Counter[str] = Counter()
    file.write(PROLOGUE)
    file.write(_bytes(f'<tmx version="1.4">\n  {_header(bundle.header, lost)}\n  <body>', lost))
    try:
        for entry in bundle.entries:
            variants = _chosen(entry.variants, langs)
            if variants:
                xml = _tu(entry, variants, bundle.header.source_lang, lost)
                file.write(_bytes(xml, lost))
            else:
                lost["units without a text"] += 1
    finally:
        file.write(b"\n  </body>\n</tmx>\n")
    return tuple(f"{what} cannot be written: {times}" for what, times in lost.items())


def _bytes(xml: str, lost: Counter[str]) -> bytes:
    data, dropped = encoded(xml)
    if dropped:
        lost["characters that XML does not have"] += dropped
    return data


def _chosen(variants: tuple[Variant, ...], langs: Sequence[str]) -> Sequence[Variant]:
    if not langs:
        return variants
    return [one for lang in langs for one in variants if one.lang == lang]


def _header(header: Header, lost: Counter[str]) -> str:
    said = dict(header.attributes)
    if language(said.get("srclang", "")) != header.source_lang:
        said["srclang"] = header.source_lang
    usable = {key: value for key, value in said.items() if value and _fits(key, value)}
    given = said | {key: value for key, value in _HEADER if key not in usable}
    start = f"<header{_attributes('header', tuple(given.items()), lost)}"
    about = _about(header.notes, header.props, "\n    ")
    return f"{start}>{about}\n  </header>" if about else f"{start}/>"


def _tu(entry: Entry, variants: Sequence[Variant], default: str, lost: Counter[str]) -> str:
    given = entry.attributes
    said = dict(given)
    if said.get("tuid", "") != entry.tuid:
        given = _with(given, "tuid", entry.tuid)
    if (language(said["srclang"]) if "srclang" in said else default) != entry.source_lang:
        given = _with(given, "srclang", entry.source_lang or "*all*")
    texts = "".join([_tuv(variant, lost) for variant in variants])
    about = _about(entry.notes, entry.props, "\n      ")
    return f"\n    <tu{_attributes('tu', given, lost)}>{about}{texts}\n    </tu>"


def _with(pairs: Pairs, name: str, value: str) -> Pairs:
    """The attributes with another value for one; without it if that is empty."""
    others = tuple(pair for pair in pairs if pair[0] != name)
    return ((name, value), *others) if value else others


def _tuv(variant: Variant, lost: Counter[str]) -> str:
    start, unknown = _start_of_tuv(variant.lang, variant.attributes)
    if unknown:
        lost.update(unknown)
    about = _about(variant.notes, variant.props, "\n        ")
    seg = _inline(variant.inline, "seg", lost) if variant.inline else escaped(variant.text)
    return f"\n      <tuv{start}>{about}\n        <seg>{seg}</seg>\n      </tuv>"


@lru_cache(1 << 12)
def _start_of_tuv(lang: str, pairs: Pairs) -> tuple[str, tuple[str, ...]]:
    """The attributes of a tuv, its language as it was spelt if that can stand in `xml:lang`."""
    said = dict(pairs)
    spelt = (said.get("xml:lang") or said.get("lang", "")).strip().replace("_", "-")
    if language(spelt) != lang or not _LANG.fullmatch(spelt):
        spelt = lang if _LANG.fullmatch(lang) else ""
    others = tuple(pair for pair in pairs if pair[0] not in {"xml:lang", "lang"})
    start, unknown = _checked("tuv", (("xml:lang", spelt), *others))
    return start, unknown if spelt or not lang else (f'the language "{lang}"', *unknown)


def _about(notes: tuple[str, ...], props: Pairs, line: str) -> str:
    if not notes and not props:
        return ""
    found = [f"{line}<note>{escaped(note)}</note>" for note in notes]
    found += [f"{line}<prop type={_quoted(name)}>{escaped(value)}</prop>" for name, value in props]
    return "".join(found)


def _attributes(element: str, pairs: Pairs, lost: Counter[str]) -> str:
    """Those attributes of an element that TMX has."""
    written, unknown = _checked(element, pairs)
    if unknown:
        lost.update(unknown)
    return written


def _checked(element: str, pairs: Pairs) -> tuple[str, tuple[str, ...]]:
    """What can be written of the attributes of an element, and what cannot be."""
    known = _KNOWN[element]
    good = {name: value for name, value in pairs if name in known and _fits(name, value)}
    lacking = {name: value for name, value in _REQUIRED.get(element, ()) if name not in good}
    written = "".join([f" {name}={_quoted(value)}" for name, value in (lacking | good).items()])
    if len(good) == len(pairs):
        return written, ()
    return written, tuple(
        f"the attribute {name} of <{element}>" for name, _ in pairs if name not in good
    )


_quoted = lru_cache(1 << 12)(attribute)


def _fits(name: str, value: str) -> bool:
    return name not in _VALUES or value in _VALUES[name]


def _inline(content: Content, parent: str, lost: Counter[str]) -> str:
    """The content of a segment, or of an element in it."""
    return "".join(
        escaped(part) if isinstance(part, str) else _element(part, parent, lost) for part in content
    )


def _element(element: Inline, parent: str, lost: Counter[str]) -> str:
    name = element.name
    if name not in _KNOWN or name in _OUTER:
        lost[f"the element <{name}>"] += 1
        return _inline(element.content, parent, lost)
    # Codes hold but texts and `sub`, and `sub` stands nowhere else.
    if (name == "sub") != (parent in _CODES):
        wrapper = "sub" if parent in _CODES else "ph"
        return f"<{wrapper}>{_element(element, wrapper, lost)}</{wrapper}>"
    start = f"<{name}{_attributes(name, element.attributes, lost)}"
    inner = _inline(element.content, name, lost)
    return f"{start}>{inner}</{name}>" if inner else f"{start}/>"
