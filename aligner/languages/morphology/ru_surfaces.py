"""Russian words in a text: forms beside those of `ru.inflect` that are right there.

Second cases (в Крыму, чашку чаю) and endings that fewer write (страною); all forms of an adjective
or verb, participles too. After the dictionary of OpenCorpora, as `ru_words` is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from aligner.languages import words
from aligner.languages.morphology import ru
from aligner.languages.morphology.kept import kept
from aligner.languages.morphology.ru_words import CASES, readings, recase

if TYPE_CHECKING:
    from pymorphy3.analyzer import Parse

# Forms of nouns that in texts are nearly always another word: «после» is no ambassador. They are
# those of the dictionary that are a noun once in twenty times at most, else a preposition or so.
ECLIPSED = words("из кому короче мол нею перед под после посредством при про тем")

_WORD = re.compile(r"\w+(?:[-’']\w+)*")
_CASE_OF = {tag: case for case, tag in CASES.items()}
_SECOND = {"gen2": "gen", "loc2": "loc", "ablt": "ins"}
_NUMBERS = {"sing": "sg", "plur": "pl"}
_CLASSES = {"VERB": {"INFN"}, "ADJ": {"ADJF", "PRTF"}}
_ADJECTIVES = {"ADJF", "ADJS", "COMP", "PRTF", "PRTS"}


def surfaces(
    term: str, features: Collection[str] = (), pos: str = ""
) -> Iterator[tuple[str, str, str]]:
    """Give what else a term can look like in a text, each with its case and number.

    Args:
        term: in the nominative; a verb in the infinitive.
        features: as `ru.inflect` takes them.
        pos: its part of speech, as Universal Dependencies names it.
    """
    if "frozen" in features:
        return
    if pos in _CLASSES:
        yield from _lexeme(term, pos, kept(term, features))
    elif "person" not in features:
        yield from _second_cases(term, features)


def _lexeme(term: str, pos: str, frozen: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """All forms of the first verb or adjective of a term; its other words stay."""
    for found in _WORD.finditer(term):
        word = found[0]
        whole = _reading(word, pos)
        if whole and word not in frozen:
            for one in _conjugated(word, whole) if pos == "VERB" else _of_adjective(whole):
                case, number = _CASE_OF.get(str(one.tag.case)), _NUMBERS.get(str(one.tag.number))
                form = term[: found.start()] + recase(word, one.word) + term[found.end() :]
                yield form, case or "", (number or "") if case else ""
            return


def _reading(word: str, pos: str) -> Parse | None:
    """What a word is as a verb or adjective; a guess where the dictionary lacks it."""
    found = [one for one in readings(word) if str(one.tag.POS) in _CLASSES[pos]]
    return next((one for one in found if one.is_known), None) or next(iter(found), None)


def _conjugated(word: str, whole: Parse) -> Iterator[Parse]:
    """All forms of a verb, the passive in -ся too: договор ратифицируется."""
    yield from whole.lexeme
    if not word.endswith(("ся", "сь")) and (passive := _reading(word + "ся", "VERB")):
        yield from passive.lexeme


def _of_adjective(whole: Parse) -> Iterator[Parse]:
    """All forms of an adjective, and of a participle those of the same voice and tense."""
    tag = whole.tag
    for one in whole.lexeme:
        like = (one.tag.voice, one.tag.tense) == (tag.voice, tag.tense)
        if like and str(one.tag.POS) in _ADJECTIVES:
            yield one


def _second_cases(term: str, features: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """The other forms that a noun of a term has for a case, the rest of the term in that case."""
    found = ru.inflect(term, features)
    for tag, rows in (("sing", found.sg), ("plur", found.pl)):
        spans = {case: [one.span() for one in _WORD.finditer(text)] for case, text in rows.items()}
        for place, word in enumerate(_WORD.findall(rows.get("nom", ""))):
            for other in _others(word, tag):
                case = _SECOND[str(other.tag.case)]
                start, stop = spans[case][place]
                if rows[case][start:stop] not in (word, recase(word, other.word)):
                    form = rows[case][:start] + recase(word, other.word) + rows[case][stop:]
                    yield form, case, _NUMBERS[tag]


@lru_cache(maxsize=20_000)
def _others(word: str, number: str) -> tuple[Parse, ...]:
    """The second cases of a noun in the nominative, and its instrumentals."""
    for one in readings(word):
        if one.is_known and {"NOUN", "nomn", number} <= one.tag.grammemes:
            forms = (form for form in one.lexeme if number in form.tag)
            return tuple(form for form in forms if str(form.tag.case) in _SECOND)
    return ()
