"""Mend a match whose source differs in numbers and months alone.

    stored   On 27 November 2025 it fell by 3.5%.   27 ноября 2025 года он упал на 3,5%.
    now      On 3 December 2026 it fell by 4.2%.    3 декабря 2026 года он упал на 4,2%.

It is done where it is certain, and else not at all: each number that changed must stand in the
translation as often as in the source, in a spelling that can be kept; and what stands around it
must not depend on it, as «5 сомов» does, but not «2 сома».
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b

from aligner import languages
from aligner.languages import morphology
from aligner.memory.rate import normal
from aligner.text import numbers

_NUMBER = r"\d{1,3}(?:[ \u00a0\u2009\u202f’'.,]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*"
_TOKEN = re.compile(rf"(?P<number>{_NUMBER})|(?P<word>[^\W\d_]+)")
_HAS_DIGIT = re.compile(r"\d")
_GROUP = re.compile(r"[^\d](?=\d{3}(?!\d))")
_WORD_AFTER = re.compile(r"([-\s]?)\s*(%|‰|[^\W\d_]+)?")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\s*$")

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "ru": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "ky": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
}
# «27-ноябры»: the month of something, whose cases differ.
_OWNED = {
    "ky": "январы февралы марты апрели майы июну июлу августу сентябры октябры ноябры декабры"
}
_YEAR = {"ru": ("год", "г"), "ky": ("жыл", "ж")}
# Where nouns stay as they are after any number.
_UNCOUNTED = languages.words("az ba ja kk ko ky tk tr tt ug uz vi zh")
_SLAVIC = languages.words("be ru uk")
# «в 3 районах», but «во 2 районе»; «с 3 мая», but «со 2 мая», «со 100 сомами».
_VOWEL_BEFORE = languages.words("в во с со к ко")
_NEAR = 20  # letters
_CLUSTER = re.compile(r"2|1\d\d")


@dataclass(frozen=True, slots=True)
class _Value:
    """A number or a month in a text.

    Attributes:
        start: where it stands.
        stop: where it ends.
        text: as it stands there.
        value: the number, without the separators of its locale; of a month, its name in January
            to December, 0 to 11, behind an "m".
        form: of a month, the cases that it may be in.
    """

    start: int
    stop: int
    text: str
    value: str
    form: str = ""


def mask_key(lang: str, text: str) -> int | None:
    """What is the same for texts that differ in numbers and months alone; None without a number."""
    if not _HAS_DIGIT.search(text):
        return None
    masked = f"{lang}\0{_mask(normal(text), lang)}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(masked, digest_size=8).digest(), "little", signed=True)


def mended(
    query: str, source: str, target: str, source_lang: str, target_lang: str
) -> tuple[str, tuple[str, ...]] | None:
    """Put the numbers and months of a query into the translation of a text that is like it.

    Args:
        query: the text to translate.
        source: the text of the memory; it differs from the query in numbers and months alone.
        target: its translation.
        source_lang: the language of the two.
        target_lang: that of the translation.

    Returns:
        The translation, and what was put in, each as "27 → 3"; None where that is not certain, or
        something else differs.
    """
    query, source = normal(query), normal(source)
    if _mask(query, source_lang) != _mask(source, source_lang):
        return None
    before, after = list(_values(source, source_lang)), list(_values(query, source_lang))
    changes: dict[str, tuple[_Value, _Value]] = {}
    for old, new in zip(before, after, strict=True):
        known = changes.setdefault(old.value, (old, new))
        if known[1].value != new.value:
            return None  # the same number stands for two things
    there = list(_values(target, target_lang))
    changed = {value for value, (_, new) in changes.items() if value != new.value}
    if any(_count(there, value) != _count(before, value) for value in changed):
        return None
    pieces, end = [], 0
    for value in there:
        if value.value in changed:
            written = _written(*changes[value.value], value, target, target_lang)
            if written is None:
                return None
            pieces += [target[end : value.start], written]
            end = value.stop
    said = (f"{old.text} → {new.text}" for old, new in changes.values() if old.value in changed)
    return "".join([*pieces, target[end:]]), tuple(said)


def _mask(text: str, lang: str) -> str:
    pieces, end = [], 0
    for value in _values(text, lang):
        pieces += [text[end : value.start], f"\0{value.form}\0"]
        end = value.stop
    return "".join([*pieces, text[end:]])


def _values(text: str, lang: str) -> Iterator[_Value]:
    months = _months(lang)
    for found in _TOKEN.finditer(text):
        word = found[0]
        if found.lastgroup == "number":
            value = next(iter(numbers(word)), word)
            yield _Value(found.start(), found.end(), word, value)
        elif word in months:
            month, form = months[word]
            yield _Value(found.start(), found.end(), word, f"m{month}", form)


def _count(values: Iterable[_Value], value: str) -> int:
    return sum(one.value == value for one in values)


@cache
def _months(lang: str) -> Mapping[str, tuple[int, str]]:
    """The forms of a language's months: which it is, and the cases that look so."""
    cells: dict[str, tuple[int, list[str]]] = {}
    for prefix, names, features in (("", _MONTHS, ()), ("px3.", _OWNED, ("px3",))):
        for month, name in enumerate(names.get(lang, "").split()):
            forms = morphology.inflector(lang)(name, features).sg
            for case, form in forms.items():
                cells.setdefault(form, (month, []))[1].append(prefix + case)
    return {form: (month, " ".join(cases)) for form, (month, cases) in cells.items()}


@cache
def _month_forms(lang: str) -> Mapping[tuple[int, str], str]:
    forms: dict[tuple[int, str], str] = {}
    for form, (month, cases) in _months(lang).items():
        for case in cases.split():
            forms[month, case] = form
    return forms


def _written(old: _Value, new: _Value, place: _Value, target: str, lang: str) -> str | None:
    """What is to stand in a place of the translation, None where that is not certain."""
    if place.form:
        month = int(new.value[1:])
        forms = {_month_forms(lang).get((month, case)) for case in place.form.split()}
        return forms.pop() if len(forms) == 1 else None
    if not _fits(old.value, new.value, target[: place.start], target[place.stop :], lang):
        return None
    if place.text == old.text and not re.search(r"\D", old.text + new.text):
        return new.text
    return _spelt(new, old, place)


def _spelt(new: _Value, old: _Value, place: _Value) -> str | None:
    """A number in the spelling of the one in whose place it comes."""
    whole, point, fraction = new.value.partition(".")
    mark, comma = _separators(place.text)
    if "." in fraction or bool(point) > bool(comma):
        # 27.11.2025 is no number; and whether this language writes 3.5 or 3,5 does not show.
        return new.text if place.text == old.text and len(new.text) == len(old.text) else None
    if _GROUP.search(_integer(new)):
        if not mark:
            return None
        first = len(whole) % 3
        groups = (whole[start : start + 3] for start in range(first, len(whole), 3))
        whole = mark.join(filter(None, (whole[:first], *groups)))
    return whole + (comma + fraction if point else "")


def _integer(value: _Value) -> str:
    """The part of a number before its decimals, as it is written."""
    _, point, fraction = value.value.partition(".")
    return value.text[: len(value.text) - len(fraction) - 1] if point else value.text


def _separators(text: str) -> tuple[str, str]:
    """The marks of thousands and of decimals in a number, "" where it has none."""
    value = next(iter(numbers(text)), text)
    _, point, fraction = value.partition(".")
    comma = text[-len(fraction) - 1] if point else ""
    group = _GROUP.search(text[: len(text) - len(fraction) - 1] if point else text)
    return (group[0] if group else ""), comma


def _fits(old: str, new: str, before: str, after: str, lang: str) -> bool:
    """Whether the words around a number may stay when another one comes in its place."""
    if lang in _SLAVIC and (found := _WORD_BEFORE.search(before[-_NEAR:])):
        clusters = (bool(_CLUSTER.fullmatch(value)) for value in (old, new))
        if found[1].lower() in _VOWEL_BEFORE and any(clusters):
            return False
    [(joint, word)] = [_WORD_AFTER.match(after).groups()]  # type: ignore[union-attr]
    if not word or word in "%‰" or word in _months(lang):
        return True
    if _is_year(old) and _is_year(new) and word.lower().startswith(_YEAR.get(lang, ())):
        return True
    if joint != " " and not joint.isspace():  # «20га» but «15ке»: as the number is read
        return _last_spoken(old, lang) == _last_spoken(new, lang)
    return lang in _UNCOUNTED or _plural(old, lang) == _plural(new, lang) != ""


def _is_year(value: str) -> bool:
    return bool(re.fullmatch("[12][0-9]{3}", value))


def _last_spoken(value: str, lang: str) -> str:
    """The digits of a number that are said last: 5 of 25, 20 of 120; 15 often has its own name."""
    teens = "" if lang in _UNCOUNTED else r"1\d$|"
    found = re.search(rf"{teens}[1-9]0*$|0$", value)
    return found[0] if found else value


def _plural(value: str, lang: str) -> str:
    """The plural category of a number, as CLDR names it; "" where we do not know the language."""
    if not value.isascii() or not value.isdigit():
        return "other" if lang in _SLAVIC or lang == "en" else ""
    if lang == "en":
        return "one" if value == "1" else "other"
    if lang not in _SLAVIC:
        return ""
    tens, ones = value[-2:-1], value[-1]
    if tens == "1":
        return "many"
    return "one" if ones == "1" else "few" if ones in "234" else "many"
