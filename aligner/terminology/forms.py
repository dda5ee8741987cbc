"""All forms of a term, those of its variants and forbidden wordings too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from aligner.languages import morphology
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


def written(wording: Wording, lang: str) -> Iterator[Form]:
    """The case forms of a wording, singular first; forms that look alike all appear.

    In a language that we cannot inflect it is the wording as it stands.
    """
    if lang not in morphology.served():
        yield Form(wording.text, "", "", wording)
        return
    found = morphology.inflector(lang)(wording.text, wording.features)
    own = "sg" if found.sg else "pl"
    for number, rows in (("sg", found.sg), ("pl", found.pl)):
        for case, text in rows.items():
            override = wording.forms.get(f"{number}.{case}")
            if override is None and number == own:
                override = wording.forms.get(case)
            yield Form(override or text, case, number, wording)


def all_forms(term: Term, lang: str) -> Iterator[Form]:
    """The forms of all wordings of a term: preferred first, then variants, then forbidden ones."""
    wordings = (
        (Standing.PREFERRED, (term.preferred,)),
        (Standing.VARIANT, term.variants),
        (Standing.FORBIDDEN, term.forbidden),
    )
    for standing, group in wordings:
        for wording in group:
            for form in written(wording, lang):
                yield Form(form.text, form.case, form.number, wording, standing)
