"""Which cases the words beside a term ask for.

    governor("прибыл в Ташкент", 10, 17, "ru")  →  Governor("в", {"acc"})

Russian prepositions, Kyrgyz postpositions, and the Russian nouns and verbs of `ru_valency`. Only
words that ask for the same whatever the sentence are here: «башка» after a noun may be a
postposition (Оштон башка), an adjective (Ошто башка шаарлар) or a head, so it tells nothing.
After Русская грамматика (1980), §§ 1660-1698, and R. J. Hebert and N. Poppe, Kirghiz Manual (1963).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from aligner.languages import words
from aligner.languages.morphology import ru_valency, ru_words
from aligner.terminology.forms import Standing
from aligner.terminology.match import Occurrence

# Cases: their words. Rare uses (удариться о стену, с версту) are left out: none before a term.
_BEFORE = {
    "ru": {
        "acc loc": "в во на",
        "gen": "из изо от ото для без безо до у около после вокруг против среди кроме вместо возле"
        " ради внутри вне из-за из-под насчёт напротив вдоль посреди накануне ввиду вследствие",
        "gen ins": "с со",
        "dat": "к ко благодаря вопреки",
        "dat loc acc": "по",
        "loc": "о об обо при",
        "ins": "над надо перед передо между",
        "ins acc": "за под",
        "acc": "через про сквозь",
    }
}
_AFTER = {
    "ky": {
        "nom": "менен үчүн жөнүндө тууралуу боюнча аркылуу",
        "dat": "чейин карата ылайык",
        "dat acc": "карай караганда",
        "abl": "бери",
    }
}


def _by_word(groups: dict[str, str]) -> dict[str, frozenset[str]]:
    return {
        word: frozenset(cases.split())
        for cases, words in groups.items()
        for word in words.replace("ё", "е").split()
    }


_PREPOSITIONS = {lang: _by_word(groups) for lang, groups in _BEFORE.items()}
_POSTPOSITIONS = {lang: _by_word(groups) for lang, groups in _AFTER.items()}

_WORD_BEFORE = re.compile(r"(?<![\w-])([\w-]+)\s+$")
_WORD_BEHIND = re.compile(r"\s+([\w-]+)(?![\w-])")
_NAME_GOES_ON = re.compile(r"[-–—/]|\s+(?:[-–—/]\s+)?[^\W\d_a-zа-яёөүң]")
# A noun that a conjunction or a comma joins to what follows.
_LISTED = re.compile(r"(?<![\w-])([\w-]+)(,|\s+(?:и|или|либо))\s+$")
_NEGATED = re.compile(r"\bне\s+$", re.IGNORECASE)
_LONGEST_LIST = 8

_LONGEST_WORD, _MOST_ADJECTIVES = 30, 2
# Adjectives that make an adverb with a preposition: в целом, в основном, во-первых.
_ALONE = words("целом общем основном частном последнем первую последнюю")


@dataclass(frozen=True, slots=True)
class Governor:
    """A word, and the cases that a noun beside it may stand in."""

    word: str
    cases: frozenset[str]


def governs(word: str, lang: str) -> bool:
    """Whether a word governs the noun beside it whatever the sentence: «в», «менен»."""
    tables = (_PREPOSITIONS.get(lang, {}), _POSTPOSITIONS.get(lang, {}))
    return any(word.lower().replace("ё", "е") in table for table in tables)


def governor(text: str, start: int, stop: int, lang: str) -> Governor | None:
    """What governs `text[start:stop]`, if it is a word that we can be sure of.

    None where a name goes on with a hyphen or a capital: it is a part of some longer one, which may
    well have a case of its own (в Ташкент Сити).
    """
    goes_on = _NAME_GOES_ON.match(text, stop) and text[start:stop].rpartition(" ")[2][:1].isupper()
    if goes_on or text[start - 1 : start] == "-":
        return None
    if lang in _PREPOSITIONS:
        table = _PREPOSITIONS[lang]
        return (
            _preposition(text, start, table)
            or _shared(text, start, stop, table)
            or _head(text, start, stop)
        )
    found = _WORD_BEHIND.match(text, stop)
    return _as_governor(found, _POSTPOSITIONS.get(lang, {}))


def contradiction(found: Occurrence, text: str, lang: str) -> Governor | None:
    """What governs a term that stands in none of the cases which that asks for, if anything does.

    Args:
        found: the term in `text`.
        text: a text.
        lang: its language.
    """
    beside = governor(text, found.start, found.stop, lang)
    cases = {form.case for form in found.readings if form.standing is not Standing.FORBIDDEN}
    if beside is None or "" in cases or cases & beside.cases:
        return None
    if lang == "ru" and _is_idiom(found, text, beside):
        return None
    return beside


def _is_idiom(found: Occurrence, text: str, beside: Governor) -> bool:
    """Russian that only looks wrong: в Крыму, в президенты, в Красноярском (крае)."""
    last = text[found.start : found.stop].split()[-1]
    if "loc" in beside.cases and last.endswith(("ском", "цком")):
        return True  # an adjective, not «Красноярск»
    if beside.cases.isdisjoint({"acc", "loc"}):
        return False
    to_become = any((form.case, form.number) == ("nom", "pl") for form in found.readings)
    return to_become or ru_words.has(last, "loc2")


def _preposition(
    text: str, stop: int, table: Mapping[str, frozenset[str]], *, named: bool = False
) -> Governor | None:
    """The preposition before a place, adjectives between them or none: в соседней (России).

    Args:
        text: a text.
        stop: where the place begins.
        table: prepositions, and the cases that they take.
        named: adjectives may have a capital, as parts of a name.
    """
    for at in _before_adjectives(text, stop, named=named):
        found = _word_before(text, at)
        if found and (governor := _as_governor(found, table)):
            case = ru_valency.after_preposition(governor.word, text[: found.start()])
            return Governor(governor.word, frozenset([case])) if case else governor
    return None


def _shared(
    text: str, start: int, stop: int, table: Mapping[str, frozenset[str]]
) -> Governor | None:
    """The preposition that a place shares with nouns before it: в России и (Германии).

    After «между», two at least must follow. Otherwise what stands behind a comma may be another
    clause, and so may what has a verb behind it: «Врачи без границ и ВОЗ заявили».
    """
    verb_follows, with_commas = _verb_follows(text, stop), False
    ends = [start]
    for _ in range(_LONGEST_LIST):
        tries = (_LISTED.search(text, max(0, end - _LONGEST_WORD), end) for end in ends)
        found = next(filter(None, tries), None)
        if not found:
            return None
        with_commas |= found[2] == ","
        if shared := _preposition(text, found.start(), table, named=True):
            cases = shared.cases & ru_words.cases_of(found[1], "NOUN")
            sure = shared.word.lower() == "между" or not (with_commas or verb_follows)
            return Governor(shared.word, frozenset(cases)) if cases and sure else None
        ends = [*_before_adjectives(text, found.start(), named=True)]
    return None


def _head(text: str, start: int, stop: int) -> Governor | None:
    """The noun or verb that a place depends on without a preposition: визит (Путина)."""
    found = _word_before(text, start)
    if not found:
        return None
    name = text[start:stop]
    if ru_valency.takes_object(text[:start]):
        objects = {"acc", "dat", "ins"}
        may_be_gen = not name[0].isupper() or _NEGATED.search(text, 0, found.start())
        return Governor(found[1], frozenset(objects | {"gen"} if may_be_gen else objects))
    is_subject = _preposition(text, found.start(), _PREPOSITIONS["ru"]) or _verb_follows(text, stop)
    person = ru_words.has(name.split()[-1], "NOUN", "anim")
    if name[0].isupper() and not is_subject and ru_valency.is_head_of(found[1], person=person):
        return Governor(found[1], frozenset({"gen"}))
    return None


def _word_before(text: str, stop: int) -> re.Match[str] | None:
    return _WORD_BEFORE.search(text, max(0, stop - _LONGEST_WORD), stop)


def _verb_follows(text: str, stop: int) -> bool:
    found = _WORD_BEHIND.match(text, stop)
    return found is not None and (found[1] == "не" or ru_words.has(found[1], "VERB"))


def _before_adjectives(text: str, stop: int, *, named: bool = False) -> Iterator[int]:
    """Where a place begins if some adjectives before it belong to it: none first."""
    yield stop
    for _ in range(_MOST_ADJECTIVES):
        found = _word_before(text, stop)
        if not found or not _is_adjective(found[1].lower() if named else found[1]):
            return
        stop = found.start()
        yield stop


def _as_governor(
    found: re.Match[str] | None, table: Mapping[str, frozenset[str]]
) -> Governor | None:
    cases = table.get(found[1].lower().replace("ё", "е")) if found else None
    return Governor(found[1], cases) if found and cases else None


def _is_adjective(word: str) -> bool:
    """Whether a Russian word is an adjective first of all, and no pronoun: свою, другой."""
    if not word.islower() or word in _ALONE:
        return False
    likeliest = ru_words.readings(word)[0]
    return likeliest.is_known and likeliest.tag.POS == "ADJF" and "Apro" not in likeliest.tag
