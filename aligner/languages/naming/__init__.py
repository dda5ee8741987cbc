"""How a language's newspapers write names and terms: one module a language, with `NAMING`."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module

from aligner import languages
from aligner.errors import UsageError

NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Naming:
    """What tells the names and terms of a language. Patterns are for whole words, in any case.

    Attributes:
        normal: a word without its inflection, small letters.
        nominative: a name in its dictionary form, for those that stand only in others.
        kind: what a word alone says its name is: "person", "place", or "".
        ends: whether a name ends with a word, for its ending of case.
        leads: whether a noun in small letters belongs to the word before: «Верховный суд».
        is_common: whether a word that opens a sentence is likely no name.
        stops: function words; no name begins with them.
        openers: words so common at the beginning of a sentence that a capital says nothing there.
        titles: words before a person's name; what stands before a title is another name.
        modifiers: words that belong to the title behind them: "Foreign Minister".
        heads: category → what its names have as a head: "Ministry", "River".
        links: words inside the names of institutions: "of", "for", "and".
        particles: small words inside a person's name: "de", "von der".
        kinship: small words at the end of a person's name: "uulu".
        portfolios: titles with a subject: "Minister of Health".
        given: given names; what begins with them is a person.
        peoples: peoples and adjectives of countries, which are no names alone.
        adjectives: how adjectives of names end, before a word in small letters: "Tasmanian".
        compass: words that go before those: "Central Asian".
        speech: words next to somebody who speaks.
        locating: words before a place.
        vague: heads of no term: "year", "time".
        verbs: words that stand in no term.
    """

    normal: Callable[[str], str] = str.lower
    nominative: Callable[[str], str] = str
    kind: Callable[[str], str] = lambda _: ""
    ends: Callable[[str], bool] = lambda _: False
    leads: Callable[[str], bool] = lambda _: False
    is_common: Callable[[str], bool] = lambda _: False
    stops: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    titles: re.Pattern[str] = NEVER
    modifiers: frozenset[str] = frozenset()
    heads: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    links: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    kinship: frozenset[str] = frozenset()
    portfolios: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    peoples: re.Pattern[str] = NEVER
    adjectives: re.Pattern[str] = NEVER
    compass: frozenset[str] = frozenset()
    speech: frozenset[str] = frozenset()
    locating: frozenset[str] = frozenset()
    vague: frozenset[str] = frozenset()
    verbs: re.Pattern[str] | None = None


def words(text: str, inflection: str = "") -> re.Pattern[str]:
    """A pattern for any of the words of a list, with an ending."""
    return re.compile(f"(?:{'|'.join(text.split())})(?:{inflection})", re.IGNORECASE)


def naming(lang: str) -> Naming:
    """The record of a language.

    Raises:
        UsageError: there is none.
    """
    code = languages.check(lang)
    if code not in served():
        raise UsageError(
            f"no names can be found in {languages.get(code).name}",
            hint=f"They are found in {', '.join(served())}.",
        )
    record: Naming = import_module(f"{__name__}.{code}").NAMING
    return record


@cache
def served() -> tuple[str, ...]:
    """The languages whose names and terms we can find."""
    return tuple(sorted(found.name for found in pkgutil.iter_modules(__path__)))
