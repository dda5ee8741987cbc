"""Russian forms of personal names.

After Rosenthal, Справочник по правописанию, §§ 149-150, and Kalakutskaya, Склонение фамилий и
личных имён в русском литературном языке (1984): men's names decline, women's decline when they end
in a vowel, and women's given names in -ь too (Айгуль, Айгули).
"""

from __future__ import annotations

import re

from aligner.languages import words
from aligner.languages.morphology.ru_words import (
    CASES,
    FIRST_HARD,
    FIRST_IYA,
    FIRST_SOFT,
    SECOND_HARD,
    SECOND_IY,
    SECOND_SOFT,
    SECOND_Y,
    SURNAME,
    SURNAME_FEMININE,
    THIRD,
    VOWELS,
    Noun,
    Row,
    agreeing,
    agrees,
    declined,
    form,
    frozen,
    has,
    modifiers,
    readings,
    spelled,
)

# "Нурлан уулу Бакыт" is Bakyt, son of Nurlan: the father's name stays, and so does the word.
KINSHIP = {"уулу": "masc", "кызы": "femn", "оглы": "masc", "улы": "masc", "гызы": "femn"}
PARTICLES = words(
    "фон цу дер ден ван де да ди дю ду дос ла ле ло лос тер бен бин ибн бинт аль эль ас ад"
)
# Western women's names that stay; the Turkic and Slavic ones in -ь decline.
WESTERN_WOMEN = words(
    "мишель николь рашель габриэль изабель аннабель этель ракель жизель даниэль мануэль"
)
# French surnames with the stress on the last vowel stay as they are.
STRESSED_END = words("дюма тома люка петипа золя труайя деррида бурба моруа дега")

# Chinese and Korean family names, which come first and do not decline: Мао Цзэдуна, Ким Чен Ына.
FAMILY_FIRST = words(
    "ван ли чжан лю чэнь ян хуан чжао у чжоу сюй сунь ма чжу ху го хэ гао линь ло чжэн лян се тан"
    " хань фэн дэн цао пэн цзэн сяо тянь дун юань пань цзян цай юй ду е чэн су вэй люй дин жэнь"
    " шэнь яо лу цуй чжун тань цинь мао си вэнь цзэн лэй инь гун ким пак чхве чон чо юн чан лим хан"
    " о со син квон хван ан сон хон мун но пэ рю нам пэк пан нгуен фам чыонг во"
)
_SYLLABLES = re.compile(
    r"(?:(?:чж|цз|[бвпмфдтнлгкхчшжсцр])?[аоуэыеиюяё]{1,2}(?:нь|ль|[нйкмпр])?){1,2}"
)

# Путин: Путиным; but Насреддин, Баласагын are no Russian surnames: Насреддином.
_SURNAME_END = re.compile(r"(?:[оеё]в|(?<!дд)ин|цын)(а?)$")
_ADJECTIVE_END = re.compile(r"(?:ый|ая|[сц]кий|[жчшщнхг]ий|..ой)$")


def inflect(name: str, gender: str = "") -> Row:
    """Decline a person's name in each case.

    Args:
        name: the name in the nominative: given name, patronymic and surname, or some of them.
        gender: masc or femn; guessed from the name if empty.
    """
    parts = name.split(" ")
    gender = gender or guess_gender(parts)
    rows = [_part(parts, index, gender) for index in range(len(parts))]
    return {case: " ".join(row[case] for row in rows) for case in CASES}


def guess_gender(parts: list[str]) -> str:
    """Whether a name is a man's or a woman's: by kinship word, patronymic, surname, given name."""
    for word in parts:
        if gender := KINSHIP.get(word.lower()):
            return gender
    for word in reversed(parts):
        if re.search(r"(?:вна|чна|ова|ева|ёва|[сц]кая)$", word):
            return "femn"
        if re.search(r"(?:вич|[^в]ов|ев|ёв|[сц]кий)$", word):
            return "masc"
    listed = {one.tag.gender for one in readings(parts[0]) if "Name" in one.tag and one.is_known}
    if len(listed) == 1 and (gender := listed.pop()):
        return str(gender)
    return "femn" if re.search(r"(?:[ая]|гуль|гул|нур|бүбү|бубу|сель)$", parts[0]) else "masc"


def is_surname(word: str) -> bool:
    """Whether a word looks like a surname of the region: Жапаров, Отунбаева, Вишневский."""
    return bool(_SURNAME_END.search(word) or re.search(r"ск(?:ий|ая)$", word))


def _part(parts: list[str], index: int, gender: str) -> Row:
    """Decline one word of a name by its place there."""
    word, lower = parts[index], parts[index].lower()
    kinship = {lower, *(following.lower() for following in parts[index + 1 : index + 2])}
    initial = not word[-1:].isalpha()  # "С."
    if initial or kinship & KINSHIP.keys() or lower in PARTICLES:
        return frozen(word)
    if _east_asian(parts):
        return _by_ending(word, "masc") if index == len(parts) - 1 else frozen(word)
    decline = surname if _has_surname_at(parts, index) else given_name
    if "-" not in word:
        return decline(word, gender)
    # Касым-Жомарт: Касым-Жомарта; аль-Асад: аль-Асада; but Салтыков-Щедрин: Салтыкова-Щедрина.
    first, _, last = word.rpartition("-")
    start = decline(first, gender) if is_surname(first) else frozen(first)
    end = decline(last, gender)
    return {case: f"{start[case]}-{end[case]}" for case in CASES}


def _has_surname_at(parts: list[str], index: int) -> bool:
    """The surname comes last, or first in official lists: Жапаров С. Н., Жапаров Садыр Нургожоевич.

    A word alone is a surname if it looks like one, or the dictionary has it as no given name.
    """
    word, last = parts[index], parts[-1]
    official = last.endswith(".") or re.search(r"(?:вич|вна|чна)$", last)
    if len(parts) > 1:
        return index == 0 if official and is_surname(parts[0]) else index == len(parts) - 1
    return is_surname(word) or (has(word, "Surn") and not has(word, "Name"))


def _east_asian(parts: list[str]) -> bool:
    """Ким Чен Ын, Си Цзиньпин; but Ян Непомнящий, Ким Кардашьян are European."""
    rest = parts[1:]
    return (
        bool(rest)
        and parts[0].lower() in FAMILY_FIRST
        and all(_SYLLABLES.fullmatch(word.lower().replace("-", "")) for word in rest)
    )


def given_name(word: str, gender: str) -> Row:
    """Decline a given name or patronymic."""
    if row := _listed(word, gender, {"Name", "Patr"}):
        return row
    if word[-1] == "ь" and gender == "femn" and word.lower() not in WESTERN_WOMEN:
        return declined(word[:-1], THIRD)
    return _by_ending(word, gender)


def surname(word: str, gender: str) -> Row:
    """Decline a surname."""
    lower = word.lower()
    if lower in STRESSED_END or re.search(r"ых$|[гкхжчшщ]их$", lower):  # Черных, Долгих
        return frozen(word)
    if row := _listed(word, gender, {"Surn"}):
        return row
    if _ADJECTIVE_END.search(lower) and (row := _adjectival(word, gender)):
        return row
    if found := _SURNAME_END.search(lower):
        if gender == "femn":
            return declined(word[:-1], SURNAME_FEMININE) if found[1] else frozen(word)
        if not found[1]:
            return declined(word, SURNAME, animate=True)
    return _by_ending(word, gender)


def _listed(word: str, gender: str, kinds: set[str]) -> Row | None:
    """The forms that the dictionary gives: Лев, Льва; Любовь, Любови."""
    for one in readings(word):
        tag = one.tag
        if not (
            one.is_known and kinds & tag.grammemes and {gender, "nomn", "sing"} <= tag.grammemes
        ):
            continue
        if "Fixd" in tag:
            continue
        row = {
            case: form(word, one, {grammeme, gender, "sing"}) for case, grammeme in CASES.items()
        }
        if all(row.values()):
            return {case: found or "" for case, found in row.items()} | {"nom": word}
    return None


def _adjectival(word: str, gender: str) -> Row | None:
    """Вишневская: Вишневской; Толстой: Толстого; Непомнящий: Непомнящего."""
    person = Noun(gender, "sing", animate=True, rows={})
    reading = next((one for one in modifiers(word) if agrees(one, person)), None)
    return agreeing(word, reading, person, "sing") if reading else None


def _by_ending(word: str, gender: str) -> Row:
    """Decline as a noun; women's names in a consonant or ь stay, as do those in other vowels."""
    lower = word.lower()
    if lower.endswith("ия"):
        return declined(word[:-1], FIRST_IYA)
    if lower.endswith("я"):
        return declined(word[:-1], FIRST_SOFT)
    if re.search(rf"[^{VOWELS}]а$", lower):
        return spelled(word[:-1], FIRST_HARD)
    if gender == "femn" or lower[-1] in VOWELS or not re.search(r"[а-яё]$", lower):
        return frozen(word)
    if lower.endswith("ий"):
        return declined(word[:-1], SECOND_IY, animate=True)
    if lower.endswith("й"):
        return declined(word[:-1], SECOND_Y, animate=True)
    if lower.endswith("ь"):
        return declined(word[:-1], SECOND_SOFT, animate=True)
    return spelled(word, SECOND_HARD, animate=True)
