r"""How lists, features and forms of wordings are written where a format has one text for all.

    США [frozen] | Америка Кошмо Штаттары [px3, gen=Америка Кошмо Штаттарынын]
    gen=Ош шаарынын | pl.gen=…

A backslash takes the meaning of the character behind it, also of white space at an end: "\|", "\[".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from aligner.records import Wording

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_NAME = re.compile(r"((?:\\.|[^\\=])*+)=", re.DOTALL)
# White space belongs to a wording only if more of it follows. Possessive throughout: linear time.
_WORDING = re.compile(
    r"((?:\\.|[^\\\[\]\s]++|\s++(?=[^\s\[]))*+)\s*+(?:\[((?:\\.|[^\\\[\]])*+)\])?", re.DOTALL
)


def escape(text: str, marks: str) -> str:
    """Write a text so that neither the marks in it nor white space at its ends mean anything."""
    return _special(marks).sub(r"\\\g<0>", text)


@cache
def _special(marks: str) -> re.Pattern[str]:
    return re.compile(rf"[\\{re.escape(marks)}]|\A\s|\s\Z")


def unescape(raw: str) -> str:
    """The text that `escape` was given."""
    return _ESCAPED.sub(r"\1", raw) if "\\" in raw else raw


def split(raw: str, mark: str) -> list[str]:
    """The parts between unescaped marks, still escaped, without white space around; no empty ones.

    >>> split("США | Штаты |", "|")
    ['США', 'Штаты']
    """
    parts = _between(mark).findall(raw) if "\\" in raw else raw.split(mark)
    return [part for part in map(_strip, parts) if part]


@cache
def _between(mark: str) -> re.Pattern[str]:
    mark = re.escape(mark)
    return re.compile(rf"(?:\\.|[^\\{mark}]|\\\Z)++", re.DOTALL)


def partition(raw: str) -> tuple[str, str | None]:
    """A name, and the value (still escaped) behind the first unescaped "="; None without one."""
    found = _NAME.match(raw)
    if found is None:
        return unescape(raw), None
    return unescape(_strip(found[1])), _strip(raw[found.end() :])


def _strip(raw: str) -> str:
    """Strip white space, but not what a backslash keeps."""
    inner = raw.strip()
    backslashes = len(inner) - len(inner.rstrip("\\"))
    start = len(raw) - len(raw.lstrip())
    return raw[start : start + len(inner) + 1] if backslashes % 2 else inner


def parse_wordings(raw: str) -> tuple[Wording, ...]:
    """The wordings of a list.

    Raises:
        ValueError: brackets do not pair, or stand before a wording; or a form is missing.
    """
    return tuple(map(_parse_wording, split(raw, "|")))


def _parse_wording(raw: str) -> Wording:
    found = _WORDING.fullmatch(raw)
    if found is None or not found[1]:
        raise ValueError(f'the brackets in "{raw}" are not those of features behind a wording')
    items = [(item, *partition(item)) for item in split(found[2] or "", ",")]
    return Wording(
        unescape(found[1]),
        tuple(unescape(item) for item, _, form in items if form is None),
        dict(_parse_form(item) for item, _, form in items if form is not None),
    )


def write_wordings(wordings: Iterable[Wording]) -> str:
    """The list that `parse_wordings` reads."""
    return " | ".join(map(_write_wording, wordings))


def _write_wording(wording: Wording) -> str:
    items = (
        *(escape(feature, ",=[]|") for feature in wording.features),
        *(f"{key}={escape(form, ',[]|')}" for key, form in wording.forms.items()),
    )
    text = escape(wording.text, "|[]")
    return f"{text} [{', '.join(items)}]" if items else text


def parse_features(raw: str) -> tuple[str, ...]:
    """The features of a list with commas."""
    return tuple(map(unescape, split(raw, ",")))


def write_features(features: Iterable[str]) -> str:
    """The list that `parse_features` reads."""
    return ",".join(escape(feature, ",") for feature in features)


def parse_forms(raw: str) -> dict[str, str]:
    """Forms by case, or by number and case.

    Raises:
        ValueError: one is not written as "gen=…".
    """
    return dict(map(_parse_form, split(raw, "|")))


def _parse_form(raw: str) -> tuple[str, str]:
    key, form = partition(raw)
    if not key or not form:
        raise ValueError(f'"{raw}" is no form: write it as "gen=…" or "pl.gen=…"')
    return key, unescape(form)


def write_forms(forms: Mapping[str, str]) -> str:
    """The list that `parse_forms` reads."""
    return " | ".join(f"{key}={escape(form, '|')}" for key, form in forms.items())
