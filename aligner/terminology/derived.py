"""Words made from a term, which say it as well: «московский» says Москва, «россиялык» Россия."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.languages import morphology
from aligner.languages.morphology import ru_words
from aligner.records import Term
from aligner.text import words

# Adjectives: московский, кубинский, санкционный; россиялык, Бишкектеги, Ошчо; экспортто(йт).
_RU_ENDING = r"(?:ий|ый|ого|ому|[иы]м|ом|ая|ой|ую|ое|[иы]е|[иы]х|[иы]ми|о)\b"
_OF_A_NAME, _OF_A_THING = rf"\w{{0,4}}[сц]к{_RU_ENDING}", rf"\w{{0,4}}н{_RU_ENDING}"
_KY_DERIVED = r"(?:[лдт](?:[ыиуү]к|уу|үү|[аеоө][йпшгб])|с[ыиуү]з|ч[аеоө])"
_KY_PLURAL = re.compile(r"(.{3,})[лдт][аеоө]р")
_KY_ENDING = r"(?:[гкндтс]\w{0,5})?\b"
_COUNTRY = re.compile(r"(.{3,}?)[иы]?стан")  # of the таджик, өзбек


def is_implied(term: Term, lang: str, text: str, pos: str) -> bool:
    """Whether a term stands in a text in its other number, or a word that is made from it.

    Args:
        term: the term.
        lang: its language.
        text: the text.
        pos: the part of speech of its concept.
    """
    for wording in (term.preferred, *term.variants):
        if lang == "ru" and _has_lemmas(wording.text, text):
            return True
        for pattern in _derived(wording.text, lang, pos):
            if re.search(rf"(?<![^\W_]){pattern}", text, re.IGNORECASE):
                return True
    return False


def _has_lemmas(wording: str, text: str) -> bool:
    """Whether words of the same dictionary forms stand in a Russian text in this order."""
    wanted, given = ([_lemmas(word) for word in words(one)] for one in (wording, text))
    starts = range(len(given) - len(wanted) + 1) if wanted else ()
    return any(
        all(want & have for want, have in zip(wanted, given[start:], strict=False))
        for start in starts
    )


def _lemmas(word: str) -> set[str]:
    known = (one for one in ru_words.readings(word) if one.is_known)
    return {one.normal_form for one in known} or {word.lower()}


def _derived(wording: str, lang: str, pos: str) -> Iterator[str]:
    """Regular expressions of words that are made from a wording."""
    parts = words(wording)
    if parts and pos in ("VERB", "AUX"):
        stems = (re.escape(part[: max(4, len(part) - 4)]) for part in parts)
        yield r"\w*\W+(?:\w+\W+){0,2}".join(stems)
    if lang == "ky" and (plural := _KY_PLURAL.fullmatch(wording)) and _is_plural(wording):
        yield re.escape(plural[1]) + f"(?:{_KY_DERIVED}|{_KY_ENDING})"
    if lang == "ky":
        yield re.escape(wording) + _KY_DERIVED
    if len(parts) != 1 or wording.isupper():
        return
    country = _COUNTRY.fullmatch(wording)
    if lang == "ru" and (stem := wording.rstrip("аеёиоуыэюяйь")):
        yield re.escape(stem if len(stem) < 5 else stem[:-1]) + _OF_A_NAME
        if country:
            yield re.escape(country[1]) + _OF_A_NAME
        if len(stem) > 4 and stem.islower():
            yield re.escape(stem[:-1]) + _OF_A_THING
    elif lang == "ky" and country:
        yield re.escape(country[1]) + r"\b"


def _is_plural(wording: str) -> bool:
    """Whether a Kyrgyz wording is a plural, unlike «доллар»."""
    return not morphology.inflector("ky")(wording, ()).sg
