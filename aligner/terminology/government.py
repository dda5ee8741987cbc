"""Which cases the word beside a term asks for: Russian prepositions, Kyrgyz postpositions.

    governor("прибыл в Ташкент", 10, 17, "ru")  →  Governor("в", {"acc", "loc"})

Only words that ask for the same whatever the sentence are here: «башка» after a noun may be a
postposition (Оштон башка), an adjective (Ошто башка шаарлар) or a head, so it tells nothing.
After Русская грамматика (1980), §§ 1660-1698, and R. J. Hebert and N. Poppe, Kirghiz Manual (1963).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from aligner.languages import words
from aligner.languages.morphology import ru_words

# Cases: their words. Rare uses (удариться о стену, с версту) are left out: none before a term.
_BEFORE = {
    "ru": {
        "acc loc": "в во на",
        "gen": "из изо от ото для без безо до у около после вокруг против среди кроме вместо возле"
        " ради внутри вне из-за из-под насчёт напротив вдоль посреди накануне ввиду вследствие",
        "gen ins": "с со между",
        "dat": "к ко благодаря вопреки",
        "dat loc acc": "по",
        "loc": "о об обо при",
        "ins": "над надо перед передо",
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

    None where the term goes on with a hyphen or a capital: it is a part of some longer name, which
    may well have a case of its own (в Ташкент Сити).
    """
    if _NAME_GOES_ON.match(text, stop) or text[start - 1 : start] == "-":
        return None
    if lang in _PREPOSITIONS:
        return _preposition(text, start, _PREPOSITIONS[lang])
    found = _WORD_BEHIND.match(text, stop)
    return _as_governor(found, _POSTPOSITIONS.get(lang, {}))


def _preposition(text: str, stop: int, table: Mapping[str, frozenset[str]]) -> Governor | None:
    """The preposition before a place, adjectives between them or none: в соседней (России)."""
    for _ in range(_MOST_ADJECTIVES + 1):
        found = _WORD_BEFORE.search(text, max(0, stop - _LONGEST_WORD), stop)
        if found is None or (governor := _as_governor(found, table)):
            return governor if found else None
        if not _is_adjective(found[1]):
            return None
        stop = found.start()
    return None


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
