"""Names in Latin script → a language's own: one module a language, with `SCHEME`.

A proposal for a person to check, never more: Latin spellings lose what they do not write. Whether
o is о or ө and whether n is н or ң («Төрөбаев», spelt Torobaev) cannot be known, nor where a soft
sign belongs.
"""

from __future__ import annotations

import pkgutil
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from aligner import languages

Rules = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    """How a language writes foreign names.

    Rules are pairs of a regular expression and what it becomes, tried in order at each place of a
    word in small letters; they may look around.

    Attributes:
        respell: done to words of the region first, over the whole word.
        region: rules for names of Central Asia and Russia.
        west: rules for other names in Latin script: a practical transcription, which approximates.
        words: words with a spelling of their own, of the region and of particles between names.
        given: given names of the West, which no rule gets right.
    """

    respell: Rules
    region: Rules
    west: Rules
    words: Mapping[str, str]
    given: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A spelling to be checked; an approximate one follows rules that often fail."""

    text: str
    approximate: bool


def table(text: str) -> dict[str, str]:
    """A mapping written as lines of `key value, key value`."""
    pairs = (entry.split() for entry in re.split(r"[,\n]", text) if entry.strip())
    return {key: value for key, value in pairs}  # noqa: C416 - says that there are two


_HINT = r"""
    (?: [a-z]{2}[oe]v(?:a|na)? | s[kc](?:y|iy|ii|aya) | enko | (?:sh|k|kh)ina? | zoda | yan | uulu
      | kyzy | uly | ogly | bek | ba[iy] | kul | gul | jan | zhan | khan | stan | abad | grad
      | (?<![aeo])gorsk | [aeiou][nlbrtv]sk ) $
  | kh | zh | [kqtdrjz]y[rtlzknmsgb]
"""
# What only names of the region have: endings, digraphs, ы between consonants.
_REGION = re.compile(_HINT, re.VERBOSE)
# What else the region's names never have.
_WEST = re.compile(
    r"ph|th(?!s)|ck|^wh|ee[dlmnp]|ough|sch|tz|tion|ssen$|[bdst]son$|mann?$|ll[aeiy]s?$"
)
# Given by Palladius's and Kontsevich's tables, which we have not: Xi Jinping, Kim Jong Un.
_EAST_ASIAN = languages.words(
    """
    xi li wang zhang liu chen yang zhao huang zhou wu xu hu zhu gao lin guo deng jiang qin han
    kim lee park moon yoon choi jung jeong
    """
)
_LONG_SYLLABLES = 9  # letters that two syllables of theirs do not fill
_MARKS = str.maketrans(dict.fromkeys("ʻʼ’‘`´ʹ′", "'"))
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_OWN_LETTERS = frozenset("öüçşğıñäəŋ")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024fʻʼ’‘`´ʹ′'.\s-]+")
_NO_NAME = languages.words("of and the for in on to at")


def transliterate(name: str, lang: str) -> Proposal | None:
    """Write a name that is given in Latin script in a language's own.

    >>> transliterate("Seitek Kachkynbai", "ky")
    Proposal(text='Сейтек Качкынбай', approximate=False)

    Args:
        name: as it is written in English.
        lang: the language to write it in.

    Returns:
        The spelling; approximate unless the name looks as those of Central Asia and Russia do. None
        where rules would only mislead: for initialisms, names with English words, Chinese and
        Korean names, and languages without a scheme.
    """
    code = languages.check(lang)
    if code not in served() or not _is_writable(name):
        return None
    scheme = _scheme(code)
    spelt = [_plain(word) for word in _WORD.findall(name.translate(_MARKS))]
    regional = any(_is_regional(word, scheme) for word in spelt)
    western = not regional and any(_is_western(word, scheme) for word in spelt)
    tables = (scheme.given, scheme.words) if western else (scheme.words, scheme.given)

    def spell(match: re.Match[str]) -> str:
        word = _plain(match.group())
        known = tables[0].get(word) or tables[1].get(word)
        text = known or (
            _apply(scheme.west, word) if western else _apply(scheme.region, _respell(word, scheme))
        )
        return text[:1].upper() + text[1:] if match.group()[0].isupper() else text

    return Proposal(_WORD.sub(spell, name.translate(_MARKS)), approximate=not regional)


def propose(name: str, lang: str, *, person: bool = False) -> Proposal | None:
    """Propose a spelling where one by rule makes sense; see `transliterate`.

    Of names that do not look like the region's only full names of persons get one: "Germany" and
    "Paris" have names of their own elsewhere.
    """
    made = transliterate(name, lang)
    if made and made.approximate and not (person and len(name.split()) > 1):
        return None
    return made


@cache
def served() -> tuple[str, ...]:
    """The languages that we can propose spellings for."""
    return tuple(sorted(found.name for found in pkgutil.iter_modules(__path__)))


def _scheme(code: str) -> Scheme:
    scheme: Scheme = import_module(f"{__name__}.{code}").SCHEME
    return scheme


def _is_writable(name: str) -> bool:
    """Whether rules say anything of a name."""
    parts = [part.lower() for part in re.split(r"[\s-]+", name)]
    initialism = any(len(word) > 1 and word.isupper() and word[1] != "." for word in name.split())
    east_asian = (
        len(parts) in (2, 3) and parts[0] in _EAST_ASIAN and max(map(len, parts)) < _LONG_SYLLABLES
    )
    return (
        _LATIN.fullmatch(name) is not None
        and not _NO_NAME.intersection(parts)
        and not initialism
        and not east_asian
    )


def _is_western(word: str, scheme: Scheme) -> bool:
    return word in scheme.given or _WEST.search(word) is not None


def _is_regional(word: str, scheme: Scheme) -> bool:
    if word in scheme.given:
        return False
    return (len(word) > 3 and word in scheme.words) or _REGION.search(word) is not None


def _plain(word: str) -> str:
    """In small letters, without accents but for those that rules know."""
    return "".join(
        letter if letter in _OWN_LETTERS else _without_accent(letter)
        for letter in unicodedata.normalize("NFC", word).lower()
    )


def _without_accent(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    return "".join(part for part in parts if not unicodedata.combining(part))


def _respell(word: str, scheme: Scheme) -> str:
    for pattern, text in scheme.respell:
        word = re.sub(pattern, text, word)
    return word


@cache
def _compiled(rules: Rules) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), text) for pattern, text in rules)


def _apply(rules: Rules, word: str) -> str:
    """Write a word anew: at each place the first rule that fits; what none knows is kept."""
    written, place = "", 0
    while place < len(word):
        hits = ((rule.match(word, place), text) for rule, text in _compiled(rules))
        found = next(((hit, text) for hit, text in hits if hit and hit.end() > place), None)
        written += found[1] if found else word[place]
        place = found[0].end() if found else place + 1
    return written
