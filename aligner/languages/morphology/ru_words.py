"""Russian words: a paradigm from the dictionary, or by the ending for words that it lacks.

The dictionary is OpenCorpora's, by way of pymorphy3 (Korobov 2015, Morphological Analyzer and
Generator for Russian and Ukrainian Languages, doi:10.1007/978-3-319-26123-2_31).
Declension by ending follows Zaliznyak, Грамматический словарь русского языка (1977).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

from aligner.languages import words

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer
    from pymorphy3.analyzer import Parse

# Our case names, and OpenCorpora's.
CASES = {
    "nom": "nomn",
    "gen": "gent",
    "dat": "datv",
    "acc": "accs",
    "ins": "ablt",
    "loc": "loct",
}
GENDERS = {"m": "masc", "f": "femn", "n": "neut"}
NUMBERS = ("sing", "plur")
VOWELS = "аеёиоуыэюя"
HUSHING = "жчшщ"
VELAR = "гкх"

Row = Mapping[str, str]  # case → form

# Endings in the order of CASES, after the stem. The accusative is that of an inanimate noun.
FIRST_HARD = ("а", "ы", "е", "у", "ой", "е")
FIRST_SOFT = ("я", "и", "е", "ю", "ей", "е")
FIRST_IYA = ("я", "и", "и", "ю", "ей", "и")
SECOND_HARD = ("", "а", "у", "", "ом", "е")
SECOND_HUSHING = ("", "а", "у", "", "ем", "е")
SECOND_SOFT = ("ь", "я", "ю", "ь", "ем", "е")
SECOND_Y = ("й", "я", "ю", "й", "ем", "е")
SECOND_IY = ("й", "я", "ю", "й", "ем", "и")
SECOND_NEUTER = ("о", "а", "у", "о", "ом", "е")
THIRD = ("ь", "и", "и", "ь", "ью", "и")
SURNAME = ("", "а", "у", "", "ым", "е")
SURNAME_FEMININE = ("а", "ой", "ой", "у", "ой", "ой")

# Words of the region that the dictionary lacks, or knows as something else (сом is also a fish).
INANIMATE = words("сом сум манат")
# Words whose likelier meaning in the dictionary is a thing, and in the news a person.
ANIMATE = words("агент боевик мигрант релокант")
# The first part of a compound declines if it is a person or ends in a vowel (страны-участницы);
# else it stays (бизнес-центра), but for these (города-спутника). Ranks stay (генерал-майора).
DECLINING = words("город завод музей вагон банк институт орган проект остров порт")
RANKS = words("генерал премьер капитан контр вице экс обер унтер статс")


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun in the nominative, and its forms.

    Attributes:
        gender: masc, femn or neut; empty where any modifier agrees, as with an initialism.
        number: of the word as it is given: sing, plur, or empty for any.
        animate: whether its accusative is its genitive (masculine and plural).
        rows: number → case → form.
    """

    gender: str
    number: str
    animate: bool
    rows: Mapping[str, Row]


def frozen(word: str) -> Row:
    """A word that does not inflect."""
    return dict.fromkeys(CASES, word)


def declined(stem: str, endings: tuple[str, ...], *, animate: bool = False) -> Row:
    """Put endings to a stem; a man's name takes the genitive as accusative."""
    row = {case: stem + ending for case, ending in zip(CASES, endings, strict=True)}
    if animate:
        row["acc"] = row["gen"]
    return row


@cache
def _analyzer() -> MorphAnalyzer:
    from pymorphy3 import MorphAnalyzer  # takes a tenth of a second

    return MorphAnalyzer()


@lru_cache(maxsize=20_000)
def readings(word: str) -> tuple[Parse, ...]:
    """What a word can be, likeliest first; guesses too where the dictionary lacks it."""
    # pymorphy3 fails on a letter without a name, as those are that came late into Unicode.
    named = "".join(char if unicodedata.name(char, "") else "?" for char in word.lower())
    return tuple(_analyzer().parse(named))


def known(word: str) -> bool:
    """Whether the dictionary has the word."""
    return any(reading.is_known for reading in readings(word))


@lru_cache(maxsize=100_000)
def in_dictionary(word: str) -> bool:
    """Whether the dictionary has a word, in small letters; faster by far than its readings."""
    return bool(_analyzer().word_is_known(word))


def has(word: str, *grammemes: str) -> bool:
    """Whether the dictionary has a reading of the word with all these grammemes."""
    wanted = set(grammemes)
    return any(one.is_known and wanted <= one.tag.grammemes for one in readings(word))


def is_always(word: str, *grammemes: str) -> bool:
    """Whether a word that the dictionary has has these grammemes in each of its readings."""
    wanted = set(grammemes)
    return all(one.is_known and wanted <= one.tag.grammemes for one in readings(word))


def cases_of(word: str, *parts: str, animate: bool = False) -> set[str]:
    """The cases of a word of the dictionary, as far as it is one of some parts of speech."""
    tags = [one.tag for one in readings(word) if one.is_known and one.tag.POS in parts]
    return {
        case
        for case, grammeme in CASES.items()
        if any(grammeme in tag and (not animate or "anim" in tag) for tag in tags)
    }


def recase(pattern: str, form: str) -> str:
    """Write a form with the capitals of the word that it comes from, part by part."""
    if "-" in pattern and pattern.count("-") == form.count("-"):
        parts = zip(pattern.split("-"), form.split("-"), strict=True)
        return "-".join(recase(part, of) for part, of in parts)
    if pattern.isupper() and len(pattern) > 1:
        return form.upper()
    return form[:1].upper() + form[1:] if pattern[:1].isupper() else form


def _in_common(one: str, other: str) -> int:
    """With how many equal letters two words begin."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _rare(form: Parse) -> bool:
    """Forms that the dictionary marks as colloquial, archaic or faulty come last."""
    return not form.tag.grammemes.isdisjoint({"Infr", "Slng", "Arch", "Erro", "Dist"})


@lru_cache(maxsize=20_000)
def _lexeme(reading: Parse) -> tuple[Parse, ...]:
    """All forms of a word, the rare ones last."""
    return tuple(sorted(reading.lexeme, key=_rare))


def form(word: str, reading: Parse, wanted: set[str]) -> str | None:
    """The form of a word with these grammemes, in the spelling of the word given.

    Of several forms the one that shares most with the word: высшего rather than высочайшего,
    and the participle of the same voice and tense.
    """
    tag = reading.tag
    forms = [
        other.word
        for other in _lexeme(reading)
        if wanted <= other.tag.grammemes
        and (other.tag.POS, other.tag.tense, other.tag.voice) == (tag.POS, tag.tense, tag.voice)
    ]
    if not forms:
        return None
    best = max(forms, key=lambda one: _in_common(one, reading.word))
    if "ё" in reading.word and "ё" not in word.lower():  # "Соединенные" → "Соединенных"
        best = best.replace("ё", "е")
    return recase(word, best)


def _from_dictionary(word: str, reading: Parse) -> Noun:
    rows = {}
    for number in NUMBERS:
        if number not in reading.tag and "Sgtm" in reading.tag:
            continue
        row = {case: form(word, reading, {tag, number}) for case, tag in CASES.items()}
        if all(row.values()):
            rows[number] = {case: found or "" for case, found in row.items()}
    animate = reading.tag.animacy == "anim"
    number = str(reading.tag.number or "sing")
    rows[number] = {**rows.get(number, frozen(word)), "nom": word}
    return Noun(str(reading.tag.gender or ""), number, animate, rows)


def substantive(word: str, reading: Parse) -> Noun:
    """An adjective or participle that stands for a person: исполняющий (обязанности)."""
    number = str(reading.tag.number or "sing")
    person = Noun(str(reading.tag.gender or ""), number, animate=True, rows={})
    return replace(person, rows={number: agreeing(word, reading, person, number)})


def agreeing(word: str, reading: Parse, noun: Noun, number: str) -> Row:
    """A modifier beside its noun, in each case."""
    row = {}
    gender = noun.gender or str(reading.tag.gender or "")
    for case, tag in CASES.items():
        wanted = {tag, number} | ({gender} if number == "sing" and gender else set())
        if case == "acc" and (number == "plur" or gender == "masc"):
            wanted.add("anim" if noun.animate else "inan")
        row[case] = form(word, reading, wanted) or word
    return row


def agrees(reading: Parse, noun: Noun) -> bool:
    """Whether a modifier in the nominative agrees with a noun."""
    number, gender = str(reading.tag.number or ""), str(reading.tag.gender or "")
    return noun.number in ("", number) and (number == "plur" or noun.gender in ("", gender))


_FULL = re.compile(r"(?:[ыио]й|[ая]я|[ое]е|[ыи]е)$")


def modifiers(word: str) -> list[Parse]:
    """Readings as an adjective, participle, pronoun or ordinal in the nominative."""
    if word.isupper() and len(word) > 1:
        return []
    found = [
        one
        for one in readings(word)
        if one.tag.POS in ("ADJF", "PRTF")
        and "nomn" in one.tag
        and "Fixd" not in one.tag  # час пик
        and (one.is_known or _FULL.search(word))
    ]
    return sorted(found, key=lambda one: one.normal_form == "больший")  # «Большая семёрка»


_PERSONAL = {"Name", "Surn", "Patr"}


def nouns(word: str, gender: str = "") -> list[Noun]:
    """Readings as a noun in the nominative, likeliest first.

    Args:
        word: a word as the term has it.
        gender: masc, femn or neut, if it is known from elsewhere.
    """
    if re.fullmatch(r"[А-ЯЁ]{2,}(?:-[А-ЯЁ\d]+)?", word):  # ЕАЭС, ГЭС-1
        return [_initialism(word)]
    if len(word) == 1:  # и
        return []
    if word.lower() in INANIMATE:
        return [by_ending(word)]
    found = [one for one in readings(word) if one.tag.POS == "NOUN" and "nomn" in one.tag]
    listed = [one for one in found if one.is_known]
    if listed:
        common = [one for one in listed if not _PERSONAL & one.tag.grammemes] or listed
        if listed[0].normal_form in ANIMATE:
            common.sort(key=lambda one: one.tag.animacy != "anim")
        if word[0].isupper():  # Мали is a country before it is a form of something else
            common.sort(key=lambda one: "Geox" not in one.tag)
        return [_from_dictionary(word, one) for one in common]
    if "-" in word:
        return _compound(word, gender)
    if word[0].isupper() and not _other(word):  # Семей is no plural of a family
        return [by_ending(word, gender)]
    if rest := _known_end(word):
        size = len(word) - len(rest)
        return [_prefixed(word[:size], noun) for noun in nouns(rest)]
    if known(word):
        return []
    common = [one for one in found if not _PERSONAL & one.tag.grammemes]
    return [_from_dictionary(word, one) for one in common] or [by_ending(word, gender)]


def _other(word: str) -> bool:
    """Whether the dictionary has the word as what cannot be a name: По, Ошская, Об."""
    classes = {str(one.tag.POS) for one in readings(word) if one.is_known}
    adjective = not known(word) and _FULL.search(word) and modifiers(word)
    return bool(adjective or classes & {"PREP", "CONJ", "ADVB", "PRCL", "ADJF", "PRTF", "NPRO"})


def _initialism(word: str) -> Noun:
    gender = next((str(one.tag.gender or "") for one in readings(word) if one.is_known), "")
    return Noun(gender, "", False, {"sing": frozen(word)})


def _known_end(word: str) -> str:
    """The longest known noun that a word ends in which has no nominative itself: авто|запчасти."""
    ends = (word[start:] for start in range(2, len(word) - 4))
    return next((end for end in ends if word.islower() and has(end, "NOUN", "nomn")), "")


def _prefixed(prefix: str, noun: Noun) -> Noun:
    rows = {
        number: {case: prefix + form for case, form in row.items()}
        for number, row in noun.rows.items()
    }
    return replace(noun, rows=rows)


def _compound(word: str, gender: str) -> list[Noun]:
    """A noun with hyphens: бизнес-центр, страна-участница, Чолпон-Ата."""
    first, _, last = word.rpartition("-")
    if last[0].isupper():  # a name, whatever else its last part can mean: Сон-Куль, Джалал-Абад
        places = [one for one in nouns(last) if one.gender] if has(last, "Geox", "nomn") else []
        return [_after(first, noun) for noun in places[:1] or [by_ending(last, gender)]]
    found = []
    for noun in nouns(last, gender):
        start = _first_part(first, noun)
        found.append(_both(start, noun) if start else _after(first, noun))
    return found


def _after(first: str, noun: Noun) -> Noun:
    return _prefixed(f"{first}-", noun)


def _both(start: Noun, end: Noun) -> Noun:
    """Both parts decline, and the first rules: государство-член, государства-члены."""
    rows = {}
    end = with_animacy(end, start.animate)
    for number in start.rows.keys() & end.rows.keys():
        first, last = start.rows[number], end.rows[number]
        rows[number] = {case: f"{first[case]}-{last[case]}" for case in CASES}
    return replace(start, rows=rows)


def with_animacy(noun: Noun, animate: bool) -> Noun:
    """A noun as a living being or as a thing: only the accusative of masculine and plural tells."""
    like = "gen" if animate else "nom"
    rows = {
        number: {**row, "acc": row[like]} if row["acc"] in (row["nom"], row["gen"]) else row
        for number, row in noun.rows.items()
        if number == "plur" or noun.gender == "masc"
    }
    return replace(noun, animate=animate, rows={**noun.rows, **rows})


def _first_part(word: str, last: Noun) -> Noun | None:
    """The first part of a compound, if it declines beside the last."""
    if "-" in word or not known(word) or word.lower() in RANKS:
        return None
    for noun in nouns(word):
        declines = noun.animate or word[-1] in VOWELS or word.lower() in DECLINING
        if declines and noun.number == last.number:
            return noun
    return None


# Places by their ending: gender, and the endings of the cases. The first that fits decides; what
# none fits stays as it is: Балыкчи, Душанбе, Кара-Суу, Алматы.
PLACES = (
    (r"[^аоеиуы][ое]во$|[иы]но$", "neut", SECOND_NEUTER),  # Ананьево, Марьино
    (rf"(?i:[{VOWELS}]).*ия$", "femn", FIRST_IYA),  # Евразия: Евразии; but Кия: Кие
    (r"я$", "femn", FIRST_SOFT),
    (rf"[^{VOWELS}]а$", "femn", FIRST_HARD),  # Кара-Балта; but Никарагуа stays
    (r"ь$", "masc", SECOND_SOFT),  # Сон-Куль
    (r"ий$", "masc", SECOND_IY),
    (r"й$", "masc", SECOND_Y),  # Кадамжай
    (r"[бвгджзклмнпрстфхцчшщ]$", "masc", SECOND_HARD),  # Баткен
)


def by_ending(word: str, gender: str = "") -> Noun:
    """A noun that the dictionary lacks, such as most places of Central Asia."""
    for ending, usual, endings in PLACES:
        if re.search(ending, word):
            if word[-1] == "ь" and gender == "femn":
                usual, endings = gender, THIRD
            stem = word[: len(word) - len(endings[0])]
            return Noun(usual, "sing", False, {"sing": spelled(stem, endings)})
    return Noun(gender, "sing", False, {"sing": frozen(word)})


def spelled(stem: str, endings: tuple[str, ...], *, animate: bool = False) -> Row:
    """Decline by the spelling rules: Ошем, not Ошом; Волги, not Волгы; Муромца, not Муромеца."""
    last = stem[-1:].lower()
    if endings is FIRST_HARD:
        genitive = "и" if last in VELAR + HUSHING else "ы"
        instrumental = "ей" if last in HUSHING + "ц" else "ой"
        endings = ("а", genitive, "е", "у", instrumental, "е")
    if endings is SECOND_HARD and last in HUSHING + "ц":
        endings = SECOND_HUSHING
    if endings is SECOND_HUSHING and re.search(f"[{VOWELS}][^{VOWELS}]ец$", stem):
        row = declined(f"{stem[:-2]}ц", endings, animate=animate)
        return {**row, "nom": stem, "acc": row["gen"] if animate else stem}
    return declined(stem, endings, animate=animate)
