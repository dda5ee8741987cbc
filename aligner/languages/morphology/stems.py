"""The record of a stem, for languages whose words have too many forms to list them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stem:
    """What a term begins with in some of its forms, and what each ending makes of it.

    Attributes:
        text: the term as far as it does not change: "Шанхай кызматташтык уюм".
        cases: gives the cases that an ending (small letters, perhaps none) can mark, likeliest
            first; nothing if it is no ending of this stem. "" is a form that is no case.
        number: "sg" or "pl", "" where that makes no sense.
        after: what stands behind the ending: ")" or " (ШКУ)".
        apart: whether the ending may follow a hyphen: «КМШ-нын».
    """

    text: str
    cases: Callable[[str], tuple[str, ...]]
    number: str = ""
    after: str = ""
    apart: bool = False
