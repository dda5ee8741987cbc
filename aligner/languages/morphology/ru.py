"""Russian forms of a term: its head declines, what agrees with the head too, the rest stays.

    inflect("Шанхайская организация сотрудничества").sg["dat"]
    →  "Шанхайской организации сотрудничества"

Before the head stand adjectives, participles and pronouns, which agree; after it complements, which
stay (Совет Безопасности ООН, война в Украине). Coordinated heads decline each (мир и безопасность),
and so does a person named after a title (президент Садыр Жапаров). Rules of agreement after
Русская грамматика (1980), §§ 2174-2243, and Rosenthal, Справочник по правописанию, § 197.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from aligner.languages.morphology import ru_persons
from aligner.languages.morphology.forms import Forms
from aligner.languages.morphology.kept import keep, kept
from aligner.languages.morphology.ru_words import (
    CASES,
    GENDERS,
    Noun,
    Row,
    agreeing,
    agrees,
    form,
    frozen,
    has,
    known,
    modifiers,
    nouns,
    readings,
    substantive,
    with_animacy,
)

if TYPE_CHECKING:
    from pymorphy3.analyzer import Parse

_QUOTED = r"«[^»]*»|“[^”]*”|„[^“]*“|\"[^\"]*\"|\([^)]*\)"
_WORD = r"[А-ЯЁа-яёӨҮҢөүң]+(?:['’-][А-ЯЁа-яёӨҮҢөүң\d]+)*"
_TOKEN = re.compile(rf"{_QUOTED}|{_WORD}|\d+|\s+|.", re.DOTALL)
_IN_QUOTES = re.compile(r"([«“„\"])([^«»“”„\"]+)([»”“\"])")
_DASHES = frozenset("—–")
_AND = _DASHES | {"и", "или", ","}


@dataclass(frozen=True, slots=True)
class _Group:
    """A noun and the modifiers before it, by their place in the term."""

    head: int
    noun: Noun
    modifiers: Mapping[int, Parse] = field(default_factory=dict)

    def rows(self, words: list[str], number: str) -> dict[int, Row]:
        """The forms of the words that decline, in one number."""
        rows = {
            index: agreeing(words[index], reading, self.noun, number)
            for index, reading in self.modifiers.items()
        }
        return rows | {self.head: self.noun.rows[number]}


def inflect(term: str, features: Collection[str] = ()) -> Forms:
    """Give all case forms of a term.

    Args:
        term: in the nominative, as a dictionary has it; in the plural if that is what it means.
        features: what is known of it: m f n (gender of the head), anim inan, sg pl (number of the
            term as given), person, frozen (it never changes), frozen:WORD (that word never does).

    Returns:
        Its forms by nom gen dat acc ins loc. A term given in the plural has no singular (денежные
        переводы, выборы); a name has no plural.
    """
    return keep(_inflect(term, frozenset(features)), kept(term, features))


@lru_cache(maxsize=1 << 14)
def _inflect(term: str, known_of: frozenset[str]) -> Forms:
    gender = next((tag for feature, tag in GENDERS.items() if feature in known_of), "")
    if "frozen" in known_of:
        return _forms(term, {"plur" if "pl" in known_of else "sing": frozen(term)})
    if "person" in known_of or _is_person(term.split(" "), known_of):
        return _forms(term, {"sing": ru_persons.inflect(term, gender)})
    if quoted := _IN_QUOTES.fullmatch(term):
        inside = _inflect(quoted[2], known_of)
        rows = {"sing": inside.sg, "plur": inside.pl}
        return _forms(term, {key: _around(quoted[1], row, quoted[3]) for key, row in rows.items()})
    return _forms(term, _phrase(term, gender, known_of))


def _is_person(words: list[str], features: frozenset[str]) -> bool:
    """Whether a term is a person's name though nobody said so: Садыр Жапаров."""
    if not all(re.fullmatch(_WORD, word) and word[0].isupper() for word in words):
        return False
    first, last = words[0], words[-1]
    if len(words) == 1:
        return "anim" in features and (ru_persons.is_surname(first) or has(first, "Surn"))
    named = has(first, "Name", "nomn") or (not known(first) and not modifiers(first))
    return named and ru_persons.is_surname(last) and not has(last, "Geox")


def _forms(term: str, rows: Mapping[str, Row]) -> Forms:
    return Forms(term, rows.get("sing", {}), rows.get("plur", {}))


def _around(before: str, row: Row, after: str) -> Row:
    return {case: before + form + after for case, form in row.items()}


def _phrase(term: str, gender: str, features: frozenset[str]) -> dict[str, Row]:
    """The forms of a term by number; those of an unknown structure stay as they are."""
    tokens = _TOKEN.findall(term)
    places = [place for place, token in enumerate(tokens) if not token.isspace()]
    words = [tokens[place] for place in places]
    rows = _quantified(words)
    if not rows:
        group = _head(words, gender, features)
        rows = _group_rows(words, group) if group else {"sing": {}}

    def joined(row_of: Mapping[int, Row]) -> Row:
        by_place = {places[index]: row for index, row in row_of.items()}
        parts = [by_place.get(place, frozen(token)) for place, token in enumerate(tokens)]
        return {case: "".join(part[case] for part in parts) for case in CASES}

    return {number: joined(row_of) for number, row_of in rows.items()}


def _group_rows(words: list[str], group: _Group) -> dict[str, dict[int, Row]]:
    """The words that decline, by number of the term; only a lone common noun has both."""
    number = group.noun.number or _number_of_modifiers(group)
    others = _beside(words, group)
    noun = group.noun
    if number not in noun.rows:
        noun = replace(noun, number=number, rows={number: frozen(words[group.head])})
    group = replace(group, noun=noun)
    rows = {number: group.rows(words, number) | others}
    proper = any(words[index][0].isupper() for index in (group.head, *group.modifiers))
    if number == "sing" and "plur" in noun.rows and not others and not proper:
        rows["plur"] = group.rows(words, "plur")
    return rows


def _number_of_modifiers(group: _Group) -> str:
    return next((str(reading.tag.number) for reading in group.modifiers.values()), "sing")


def _head(words: list[str], gender: str, features: frozenset[str]) -> _Group | None:
    """The first reading of the term that has the features given, or else the first."""
    found = list(_groups(words, 0, gender))
    fitting = (group for group in found if _fits(group.noun, gender, features))
    group = next(fitting, None) or next(iter(found), None)
    if group is None or not features & {"anim", "inan"}:
        return group
    return replace(group, noun=with_animacy(group.noun, "anim" in features))


def _fits(noun: Noun, gender: str, features: frozenset[str]) -> bool:
    """Whether a reading of the head has the features given."""
    if ("inan" if noun.animate else "anim") in features:
        return False
    number = "plur" if "pl" in features else "sing" if "sg" in features else ""
    return gender in ("", noun.gender) and number in ("", noun.number)


def _groups(
    words: list[str], start: int, gender: str = "", *, first: bool = True
) -> Iterator[_Group]:
    """Read a modifier or noun at `start`; a word that agrees with a later noun is a modifier.

    учёный совет is a council, учёный an adjective; in учёный секретариата it is the head.
    """
    if start >= len(words):
        return
    word = words[start]
    adjectives = modifiers(word)
    if adjectives:
        for group in _groups(words, start + 1, gender, first=False):
            for reading in adjectives:
                if agrees(reading, group.noun):
                    yield _Group(group.head, group.noun, {start: reading, **group.modifiers})
                    break
    unknown_name = first and word[0].isupper() and not known(word) and start + 1 < len(words)
    if unknown_name and not adjectives and words[start + 1][:1].isupper():  # Жогорку Кенеш
        yield from _groups(words, start + 1, gender, first=True)
    found = nouns(word, gender) if re.match(_WORD, word) else []
    yield from (_Group(start, noun) for noun in found)
    if adjectives and not found:
        yield from (_Group(start, substantive(word, reading)) for reading in adjectives)
    if not adjectives and not found and _skipped(word):
        yield from _groups(words, start + 1, gender, first=first)


def _skipped(word: str) -> bool:
    """What may stand before the head and stay: водные и земельные ресурсы, XXI век, IT-компания."""
    foreign = not re.match(_WORD, word)
    return foreign or word.lower() in _AND or has(word, "ADVB") or has(word, "PRCL")


def _beside(words: list[str], group: _Group) -> dict[int, Row]:
    """What declines after the head: a coordinated head, a person, a city."""
    return (
        _coordinated(words, group) or _person_after(words, group) or _city_after(words, group) or {}
    )


def _coordinated(words: list[str], group: _Group) -> dict[int, Row]:
    """мир и безопасность, изменение климата и миграция; министр иностранных дел и торговли.

    What follows a complement belongs to it (торговли) unless it can only be a nominative; after a
    preposition it can be its accusative (война за мир и безопасность).
    """
    rows: dict[int, Row] = {}
    head, at = group.head, group.head + 1
    while at < len(words) and not has(words[at], "PREP"):
        other = None
        if words[at] in _AND:
            other = next((one for one in _groups(words, at + 1) if one.noun.number), None)
        if other and (at == head + 1 or (words[at] == "и" and not _oblique(words[at + 1]))):
            if words[at] in _DASHES and not group.noun.animate:  # государства — члены ШОС
                other = replace(other, noun=with_animacy(other.noun, False))
            rows |= other.rows(words, other.noun.number)
            head = at = other.head
        at += 1
    return rows


def _oblique(word: str) -> bool:
    """Whether a word can be the genitive, dative, instrumental or prepositional of something."""
    cases = {str(one.tag.case) for one in readings(word) if one.is_known}
    return not known(word) or bool(cases - {"nomn", "accs", "voct", "None"})


def _person_after(words: list[str], group: _Group) -> dict[int, Row]:
    """президент России Владимир Путин: the name after a title declines, the complement stays."""
    if not group.noun.animate:
        return {}
    for start in range(group.head + 1, len(words)):
        name = words[start:]
        if all(word[0].isupper() for word in name) and _is_name(name):
            gender = ru_persons.guess_gender(name)
            rows = ru_persons.inflect(" ".join(name), gender)
            split = {case: row.split(" ") for case, row in rows.items()}
            return {
                start + index: {case: parts[index] for case, parts in split.items()}
                for index in range(len(name))
            }
    return {}


def _is_name(words: list[str]) -> bool:
    """Whether words are a person's name: a surname after a given name that is in the nominative."""
    if len(words) == 1:
        return ru_persons.is_surname(words[0]) and not has(words[0], "Geox")
    oblique = known(words[0]) and not any(
        "nomn" in one.tag for one in readings(words[0]) if one.is_known
    )
    return not oblique and (ru_persons.is_surname(words[-1]) or has(words[0], "Name", "nomn"))


def _city_after(words: list[str], group: _Group) -> dict[int, Row]:
    """город Ош: города Оша; names of several parts and of another gender or number stay."""
    name = words[group.head + 1 :]
    if words[group.head].lower() != "город" or len(name) != 1 or "-" in name[0]:
        return {}
    noun = next((one for one in nouns(name[0]) if one.number == "sing"), None)
    if noun is None or noun.gender == "neut":
        return {}
    return {group.head + 1: noun.rows["sing"]}


def _quantified(words: list[str]) -> dict[str, dict[int, Row]]:
    """пять стран: the numeral rules in the nominative and accusative, agrees in the other cases."""
    if len(words) < 2:
        return {}
    numerals = (one for one in readings(words[0]) if one.tag.POS == "NUMR" and one.is_known)
    numeral = next(numerals, None)
    if not (numeral or words[0].isdigit()):
        return {}
    rows = {0: frozen(words[0])}
    if numeral:
        rows[0] = {
            case: form(words[0], numeral, {tag}) or words[0] for case, tag in CASES.items()
        } | {"nom": words[0], "acc": words[0]}
    for index, word in enumerate(words[1:], 1):
        reading = next((one for one in readings(word) if one.is_known and "gent" in one.tag), None)
        if reading is None or reading.tag.POS not in ("NOUN", "ADJF", "PRTF"):
            break
        row = {case: form(word, reading, {tag, "plur"}) or word for case, tag in CASES.items()}
        rows[index] = row | {"nom": word, "acc": word}
        if reading.tag.POS == "NOUN":
            return {"plur": rows}
    return {}
