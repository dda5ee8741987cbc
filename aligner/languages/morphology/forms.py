"""The record of a term's forms, the same for every language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Forms:
    """All case forms of a term.

    Attributes:
        term: as it was given.
        sg: form by case in the singular: `{"nom": "Ош", "gen": "Оштун", …}`; empty where the term
            has no singular.
        pl: the same in the plural.
    """

    term: str
    sg: Mapping[str, str]
    pl: Mapping[str, str]
