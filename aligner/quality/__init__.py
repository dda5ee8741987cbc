"""Checks of translations, and how far a translation may be trusted.

    for finding in check(Pair("It costs 3.5 dollars.", "Это стоит 35 долларов.", "en", "ru")):
        print(finding.severity, finding)

A check is a small function over one unit, or over all units of a document; it gives hits, each with
a message and, where that can be said, the place in the text. Families of checks stand in modules of
`aligner.quality.checks`, which are listed; there is no registry to edit.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import import_module
from typing import Any

from aligner.records import Code, Kind

Span = tuple[int, int]  # (start, stop)


class Severity(StrEnum):
    """How sure and how bad a finding is."""

    ERROR = "error"  # something is wrong
    WARNING = "warning"  # something may be wrong
    NOTE = "note"  # a matter of style


@dataclass(frozen=True, slots=True)
class Pair:
    """A source text and its translation.

    Attributes:
        source: the source's text.
        target: the translation.
        source_lang: the language of the source.
        target_lang: that of the translation.
        kind: what it is in its document.
        source_codes: the inline tags of the source.
        target_codes: those of the translation.
        id: what the unit is called in its document, for messages of other units.
    """

    source: str
    target: str
    source_lang: str
    target_lang: str
    kind: Kind = Kind.BODY
    source_codes: tuple[Code, ...] = ()
    target_codes: tuple[Code, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """What a check has found.

    Attributes:
        message: what is wrong, as part of a sentence: "3.5 is not in the translation".
        target: where in the translation, if it can be said.
        source: where in the source.
    """

    message: str
    target: Span | None = None
    source: Span | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A check of one unit.

    Attributes:
        id: its name in files and options: "numbers".
        severity: of what it finds.
        find: gives the hits.
        says: what it looks for, a line for people.
    """

    id: str
    severity: Severity
    find: Callable[[Pair], Iterable[Hit]]
    says: str = ""


@dataclass(frozen=True, slots=True)
class Across:
    """A check of all units of a document: `find` gives hits with the indexes of their pairs."""

    id: str
    severity: Severity
    find: Callable[[Sequence[Pair]], Iterable[tuple[int, Hit]]]
    says: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A hit of a check: what `Target.issues` says as "numbers: 3.5 is not in the translation"."""

    check: str
    severity: Severity
    message: str
    target: Span | None = None
    source: Span | None = None

    def __str__(self) -> str:
        return f"{self.check}: {self.message}"


def check(pair: Pair, skip: Collection[str] = ()) -> list[Finding]:
    """All that a person should look at in one unit, errors first.

    Args:
        pair: the unit.
        skip: the ids of checks that are not to be run.
    """
    checks = tuple(one for one in _listed("CHECKS") if one.id not in skip)
    if not pair.target.strip():  # of which all else would be said, too
        checks = tuple(one for one in checks if one.id == EMPTY)
    found = (_finding(one, hit) for one in checks for hit in one.find(pair))
    return _in_order(found)


def check_all(pairs: Sequence[Pair], skip: Collection[str] = ()) -> list[list[Finding]]:
    """The findings of each unit of a document, those that take all its units among them."""
    found = [check(pair, skip) for pair in pairs]
    for one in (each for each in _listed("ACROSS") if each.id not in skip):
        for index, hit in one.find(pairs):
            found[index].append(_finding(one, hit))
    return [_in_order(some) for some in found]


def severity(name: str) -> Severity:
    """The severity of a check by its id; of one that we do not know, a warning."""
    return _severities().get(name, Severity.WARNING)


def catalogue() -> list[Check | Across]:
    """All checks there are."""
    return [*_listed("CHECKS"), *_listed("ACROSS")]


EMPTY = "empty"
"""The id of the check that finds missing translations."""

_SEVEREST = {severity: place for place, severity in enumerate(Severity)}


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(dict.fromkeys(findings), key=lambda one: _SEVEREST[one.severity])


def _finding(one: Check | Across, hit: Hit) -> Finding:
    return Finding(one.id, one.severity, hit.message, hit.target, hit.source)


@cache
def _severities() -> dict[str, Severity]:
    return {one.id: one.severity for one in catalogue()}


@cache
def _listed(name: str) -> tuple[Any, ...]:
    package = import_module(f"{__name__}.checks")
    modules = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    found = (import_module(f"{package.__name__}.{module}") for module in modules)
    return tuple(one for module in found for one in getattr(module, name, ()))
