"""What there is to say of the values of TMX attributes, and of the text of its segments."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import NamedTuple

from aligner.languages.codes import is_known

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_SEGTYPES = ("block", "paragraph", "sentence", "phrase")
_POSITIONS = ("begin", "end")

# What the XML schema of 1.4 takes for a language: RFC 3066, or nothing.
_LANGUAGE = re.compile(r"\s*(?:[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*)?\s*")
# A code that tools will know: ISO 639, or what stands apart by "i-" or "x-".
_CODE = re.compile(r"(?:[a-z]{2,3}|[ix](?=[-_]))(?:[-_][a-z0-9]{1,8})*", re.IGNORECASE)
# Codes of countries that are written for their languages, and are those of none, or of another.
_COUNTRIES = {
    "br": "pt", "by": "be", "cn": "zh", "cz": "cs", "dk": "da", "gb": "en", "gr": "el", "jp": "ja",
    "kg": "ky", "kz": "kk", "tj": "tg", "ua": "uk", "us": "en",
}  # fmt: skip
_REAL_LANGUAGES = {"br": "Breton", "kg": "Kongo"}
_WITHDRAWN = frozenset({"bh", "in", "iw", "ji", "jw", "mo", "sh"})  # tools write them still
_WRITE_CODE = 'Write one of ISO 639, as "ky", with the country if need be, as "ky-KG".'

_DATE = re.compile(
    r"\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"  # 20251127T101500Z
    r"(?:T(?:[01]\d|2[0-3])(?:[0-5]\d){2}Z)?"
)
# Control characters that XML allows, half a byte order mark, what stands for broken bytes.
_DEBRIS = re.compile("[\x7f-\x84\x86-\x9f\ufeff\ufffd]")
_CONTROLS = re.compile(rb"\xc2[\x80-\x9f]")


class Fault(NamedTuple):
    """Something that an element breaks a rule with.

    Attributes:
        kind: what sort of fault it is, one of `problems.SEVERITIES`.
        message: what is wrong, without a full stop.
        hint: how to mend it, a sentence.
    """

    kind: str
    message: str
    hint: str


Check = Callable[[str], Fault | None]


def checks(version: str, name: str) -> Mapping[str, Check]:
    """The checks of an element's attributes, by their names."""
    languages: dict[str, Check] = {"lang": _language, XML_LANG: partial(_xml_lang, version)}
    dates: dict[str, Check] = dict.fromkeys(("creationdate", "changedate", "lastusagedate"), _date)
    of_elements: dict[str, dict[str, Check]] = {
        "header": {
            "segtype": partial(_one_of, version, "segtype", _SEGTYPES),
            "srclang": _source_language,
            "adminlang": _language,
            **dates,
        },
        "tu": {
            "segtype": partial(_one_of, version, "segtype", _SEGTYPES),
            "srclang": _source_language,
            "tuid": of_tuid,
            "usagecount": _count,
            **dates,
        },
        "tuv": {"usagecount": _count, **dates, **languages},
        "note": languages,
        "prop": {"type": _property, **languages},
        "it": {"pos": partial(_one_of, version, "pos", _POSITIONS)},
        "ph": {"assoc": _association},
    }
    return of_elements.get(name, {})


def _one_of(version: str, attribute: str, values: tuple[str, ...], value: str) -> Fault | None:
    # The schema of 1.4 takes off white space before it compares, the DTDs before do not.
    if (value.strip(" \t\r\n") if version == "1.4" else value) in values:
        return None
    listed = ", ".join(f'"{one}"' for one in values)
    return Fault("value", f'{attribute} is "{_short(value)}"', f"Write one of {listed}.")


@lru_cache(maxsize=1 << 10)
def _xml_lang(version: str, value: str) -> Fault | None:
    if version == "1.4" and not _LANGUAGE.fullmatch(value):
        right = value.strip().replace("_", "-")
        hint = f'Write "{right}".' if _CODE.fullmatch(right) else 'Write a code such as "ky".'
        return Fault("value", f'xml:lang is "{_short(value)}", which is no language code', hint)
    return _language(value)


@lru_cache(maxsize=1 << 10)
def _language(value: str) -> Fault | None:
    code = value.strip().lower()
    if not code:
        return Fault("language code", "the language is empty", 'Write a code such as "ky".')
    if not _CODE.fullmatch(code):
        return Fault(
            "language code",
            f'"{_short(value)}" is no language code',
            _WRITE_CODE,
        )
    primary = re.split("[-_]", code, maxsplit=1)[0]
    if meant := _COUNTRIES.get(primary):
        other = _REAL_LANGUAGES.get(primary)
        if other and "-" in code:
            return None  # br-FR is Breton
        what = f"{other}, and a country" if other else "a country, not a language"
        return Fault("language code", f'"{value}" is {what}', f'Is "{meant}" meant?')
    if len(primary) == 2 and not is_known(primary) and primary not in _WITHDRAWN:
        return Fault(
            "language code",
            f'"{_short(value)}" is of no language: ISO 639 does not have "{primary}"',
            _WRITE_CODE,
        )
    return None


def _source_language(value: str) -> Fault | None:
    return None if value.strip().lower() == "*all*" else _language(value)


def of_tuid(value: str) -> Fault | None:
    """What there is to say of the name of a unit."""
    if value.isprintable() and " " not in value and value:
        return None
    return Fault(
        "tuid",
        f'tuid is "{_short(value)}"' if value else "tuid is empty",
        "Write one without white space, or leave it out.",
    )


def _date(value: str) -> Fault | None:
    if _DATE.fullmatch(value):
        return None
    return Fault(
        "date",
        f'"{_short(value)}" is no date as TMX writes them',
        'Write YYYYMMDDThhmmssZ, in UTC, as "20251127T101500Z".',
    )


def _count(value: str) -> Fault | None:
    if value.isdecimal():
        return None
    return Fault("value odd", f'usagecount is "{_short(value)}"', "Write a number.")


def _association(value: str) -> Fault | None:
    if value in {"p", "f", "b"}:
        return None
    return Fault(
        "value odd",
        f'assoc is "{_short(value)}"',
        'Write "p", "f" or "b": it belongs to the text before, after, or both.',
    )


def _property(value: str) -> Fault | None:
    if value == "file":
        return Fault(
            "property file",
            'a <prop type="file"> ties the unit to one file',
            "OmegaT fills nothing from such a memory: take the <prop> out, or name it otherwise.",
        )
    return None


def may_have_debris(data: bytes) -> bool:
    """Whether a part of a file, in UTF-8, may hold such characters; looking for them takes time."""
    if b"\xef" in data or b"\x7f" in data or (b"&" in data and b"&#" in data):
        return True
    return b"\xc2" in data and _CONTROLS.search(data) is not None


def of_text(text: str) -> Fault | None:
    """What there is to say of the text of a segment, one that has some."""
    if found := _DEBRIS.search(text):
        return Fault(
            "control character",
            f"the text has the character U+{ord(found.group()):04X}",
            "Take it out; many of them mean that the text was read in a wrong encoding.",
        )
    if text[0].isspace() or text[-1].isspace():
        return Fault(
            "white space",
            "the text begins or ends with white space",
            "Exact matches ask for the same: take it off on both sides, if it is no part of it.",
        )
    return None


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
