"""The feature `frozen:WORD`: a word of a term that keeps the form it has."""

from __future__ import annotations

import re
from collections.abc import Collection

from aligner.errors import UsageError
from aligner.languages.morphology.forms import Forms

PREFIX = "frozen:"
_WORD = re.compile(r"\w+(?:[-’']\w+)*")


def kept(term: str, features: Collection[str]) -> frozenset[str]:
    """The words of a term that its features say never change.

    Raises:
        UsageError: the term has no such word.
    """
    named = [one.removeprefix(PREFIX).strip() for one in features if one.startswith(PREFIX)]
    words = _WORD.findall(term) if named else []
    for word in named:
        if word not in words:
            raise UsageError(
                f'"{term}" has no word "{word}" that could be frozen',
                hint="Write the word as the term has it, a compound with its hyphens.",
            )
    return frozenset(named)


def keep(forms: Forms, words: Collection[str]) -> Forms:
    """The forms with these words of the term as the term has them.

    Words are told by their place, so a form with more or fewer words than the term stays as it is.
    """
    if not words:
        return forms
    given = _WORD.findall(forms.term)

    def restored(form: str) -> str:
        if len(_WORD.findall(form)) != len(given):
            return form
        ours = iter(given)
        return _WORD.sub(lambda m: own if (own := next(ours)) in words else m.group(), form)

    sg, pl = ({case: restored(form) for case, form in row.items()} for row in (forms.sg, forms.pl))
    return Forms(forms.term, sg, pl)
