"""What an inline code does: the names of TMX, of XLIFF 1.2 and of XLIFF 2 for it."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

_USERS = re.compile(r"[^\s:]+:[^\s:]+")  # a value of somebody's own, in XLIFF 2
_TOKEN = re.compile(r"[^\s]+")

_ULINED = {"underlined": "ulined"}  # XLIFF 1.2 → TMX
_ULINED_TO = {name: named for named, name in _ULINED.items()}
_OF_PAIRS = {"bold", "italic", "ulined", "link"}
_OF_HOLDERS = {"image", "pb", "lb"}
_OF_MARKS = {
    *("abbrev", "abbreviated-form", "abbreviation", "acronym", "appellation", "collocation"),
    *("common-name", "datetime", "equation", "expanded-form", "formula", "head-term"),
    *("initialism", "international-scientific-term", "internationalism", "logical-expression"),
    *("materials-management-unit", "name", "near-synonym", "part-number", "phrase"),
    *("phraseological-unit", "protected", "romanized-form", "set-phrase", "short-form", "sku"),
    *("standard-text", "symbol", "synonym", "synonymous-phrase", "term", "transcribed-form"),
    *("transliterated-form", "truncated-term", "variant"),
}

_OF_TWO = {"fmt", "ui", "quote", "link", "image", "other"}
_RESERVED = ("xlf:", "its:")  # prefixes of the standard's own values
_PLAIN_MARK = "hi"  # a mark must have a type, where TMX's `hi` need not
_SUBTYPES = {  # XLIFF 2 → TMX
    ("fmt", "xlf:b"): "bold",
    ("fmt", "xlf:i"): "italic",
    ("fmt", "xlf:u"): "ulined",
    ("fmt", "xlf:lb"): "lb",
    ("fmt", "xlf:pb"): "pb",
    ("ui", "xlf:var"): "var",
}
_SUBTYPED = {name: pair for pair, name in _SUBTYPES.items()}


def read12(name: str) -> str:
    """TMX's name for a `ctype` or `mtype`."""
    if name == f"x-{_PLAIN_MARK}":
        return ""
    return _ULINED.get(name) or unquote(name.removeprefix("x-"))


def write12(name: str, element: str) -> str:
    """The `ctype` or `mtype` for TMX's name, on an element; "" for none."""
    if element == "mrk" and not name:
        name = _PLAIN_MARK
    known = _OF_MARKS if element == "mrk" else _OF_HOLDERS if element in {"x", "ph"} else _OF_PAIRS
    if name in known:
        return _ULINED_TO.get(name, name)
    return f"x-{_quoted(name)}" if name else ""


def read2(kind: str, sub: str) -> str:
    """TMX's name for a `type` and `subType`."""
    if kind == f"aligner:{_PLAIN_MARK}":
        return ""
    if kind.startswith("aligner:"):
        return unquote(kind.removeprefix("aligner:"))
    if sub.startswith("aligner:"):
        return unquote(sub.removeprefix("aligner:"))
    return _SUBTYPES.get((kind, sub)) or (f"{kind}/{sub}" if sub else kind)


def write2(name: str) -> tuple[str, str]:
    """The `type` and `subType` of a code for TMX's name; "" for none."""
    kind, _, sub = name.partition("/")
    if name in _SUBTYPED:
        return _SUBTYPED[name]
    if kind in _OF_TWO and (name == kind or _is_of_users(sub)):
        return kind, sub
    return ("other", f"aligner:{_quoted(name)}") if name else ("", "")


def mark2(name: str) -> str:
    """The `type` of a mark for TMX's name."""
    if name == "term" or _is_of_users(name):
        return name
    return f"aligner:{_quoted(name or _PLAIN_MARK)}"


def _is_of_users(name: str) -> bool:
    return bool(_USERS.fullmatch(name)) and not name.startswith((*_RESERVED, "aligner:"))


def _quoted(name: str) -> str:
    """A name without white space, colons and percent signs, which `unquote` gives back."""
    return "".join(c if c not in "%:" and _TOKEN.fullmatch(c) else quote(c) for c in name)
