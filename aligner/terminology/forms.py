"""The forms of a term: those that we write, and all that are right in a text.

`written` gives the plain case forms. A text has more: «Бишкектеги», «президентибиз», "ratifying".
`recognised` lists them where they are few; where they are not, as in Kyrgyz, `stems` gives what
they begin with and a test of what follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from aligner.languages import morphology
from aligner.languages.morphology.stems import Stem
from aligner.records import Concept, Term, Wording


class Standing(StrEnum):
    """What a wording is to its term."""

    PREFERRED = "preferred"
    VARIANT = "variant"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class Form:
    """A wording in one of its forms.

    Attributes:
        text: the form.
        case: "nom", "gen" …; "" where the language has none, or we do not know it.
        number: "sg" or "pl", likewise.
        wording: what it is a form of.
        standing: what that is to its term.
    """

    text: str
    case: str
    number: str
    wording: Wording
    standing: Standing = Standing.PREFERRED


def term_in(concept: Concept, lang: str) -> Term | None:
    """The term of a concept in a language; what is not translated has the same in each."""
    if lang in concept.terms or not concept.do_not_translate:
        return concept.terms.get(lang)
    return next(iter(concept.terms.values()), None)


def wordings(term: Term) -> Iterator[tuple[Wording, Standing]]:
    """The wordings of a term: the preferred one, then variants, then forbidden ones."""
    yield term.preferred, Standing.PREFERRED
    yield from ((wording, Standing.VARIANT) for wording in term.variants)
    yield from ((wording, Standing.FORBIDDEN) for wording in term.forbidden)


def written(wording: Wording, lang: str, standing: Standing = Standing.PREFERRED) -> Iterator[Form]:
    """The case forms of a wording, singular first; forms that look alike all appear.

    In a language that we cannot inflect it is the wording as it stands.
    """
    if lang not in morphology.served():
        yield Form(wording.text, "", "", wording, standing)
        return
    found = morphology.inflector(lang)(wording.text, wording.features)
    own = "sg" if found.sg else "pl"
    for number, rows in (("sg", found.sg), ("pl", found.pl)):
        for case, text in rows.items():
            override = wording.forms.get(f"{number}.{case}")
            if override is None and number == own:
                override = wording.forms.get(case)
            yield Form(override or text, case, number, wording, standing)


def all_forms(term: Term, lang: str) -> Iterator[Form]:
    """What `written` gives for all wordings of a term: preferred, variants, forbidden ones."""
    for wording, standing in wordings(term):
        yield from written(wording, lang, standing)


def recognised(
    wording: Wording, lang: str, pos: str = "", standing: Standing = Standing.PREFERRED
) -> Iterator[Form]:
    """The forms of a wording that are right in a text, those that we write first.

    Args:
        wording: what they are forms of.
        lang: its language.
        pos: the part of speech of its concept: of a VERB, conjugated forms are right, too.
        standing: what the wording is to its term.
    """
    if not _part(lang, "stems"):
        eclipsed = _part(lang, "surfaces", "ECLIPSED") or ()
        yield from (one for one in written(wording, lang, standing) if one.text not in eclipsed)
    elif wording.forms:  # what the rules get wrong
        given = set(wording.forms.values())
        yield from (one for one in written(wording, lang, standing) if one.text in given)
    if surfaces := _part(lang, "surfaces"):
        for text, case, number in surfaces(wording.text, wording.features, pos):
            yield Form(text, case, number, wording, standing)


def stems(wording: Wording, lang: str, pos: str = "") -> Iterator[Stem]:
    """What a wording begins with in forms that are too many for `recognised`.

    Args:
        wording: the wording.
        lang: its language.
        pos: the part of speech of its concept.
    """
    if give := _part(lang, "stems"):
        yield from give(wording.text, wording.features, pos)


def expected(
    lang: str, before: str, replaced: str, *, name: bool, person: bool
) -> Mapping[str, float]:
    """Weigh the cases that a term may stand in at a place of a text, in log probability.

    Args:
        lang: the language of the text.
        before: the text as far as the place.
        replaced: what the term takes the place of.
        name: whether it is a proper name.
        person: whether it is a person's.
    """
    weigh = _part(lang, "contexts", "expected")
    return weigh(before, replaced, name, person) if weigh else {}


@cache
def _part(lang: str, name: str, function: str = "") -> Any:
    """What a language's morphology knows of its words in texts: `ky_stems.stems`."""
    module = f"{morphology.__name__}.{lang}_{name}"
    return getattr(import_module(module), function or name, None) if find_spec(module) else None
