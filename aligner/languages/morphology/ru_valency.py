"""What a Russian noun or verb asks of the nouns that depend on it.

    after_preposition("в", "Это второй визит")  →  "acc"    (в Бишкек, not в Бишкеке)

Only what holds whatever the sentence is here: «экспорт в» may tell where to, and where. After
Русская грамматика (1980), §§ 1720-1840, and the government of the words in the common dictionaries.
"""

from __future__ import annotations

import re

from aligner.languages import words
from aligner.languages.morphology.ru_words import has, is_always, readings

_WHERE_TO = words(
    "визит поездка приезд прибытие вторжение въезд возвращение вступление приглашение отправка"
    " прибыть прибывать приехать приезжать прийти приходить прилететь прилетать поехать ехать"
    " ездить отправиться отправляться отправить отправлять направиться направляться направить"
    " направлять вернуться возвращаться вернуть въехать въезжать войти входить вступить вступать"
    " попасть попадать переехать уехать уезжать улететь пригласить приглашать вторгнуться"
    " вторгаться поступить съездить слетать"
)
_WHERE = words(
    "участие участвовать находиться состояться проживать пребывать пребывание остаться оставаться"
    " родиться произойти происходить сомневаться нуждаться обвинить обвинять признаться убедиться"
    " заключаться"
)
_UPON = words(
    "давление влияние воздействие надежда нападение атака удар ордер право реакция ссылка взгляд"
    " влиять повлиять воздействовать давить надавить надеяться рассчитывать опираться опереться"
    " напасть нападать реагировать отреагировать ссылаться сослаться полагаться положиться"
    " претендовать"
)
_BASED = words(
    "основываться базироваться настаивать настоять состояться сосредоточиться сосредоточить"
    " находиться сказаться сказываться отразиться отражаться жениться"
)
_AFTER_PREPOSITION = {
    "в": {"acc": _WHERE_TO, "loc": _WHERE},
    "на": {"acc": _UPON | (_WHERE_TO - {"поступить"}), "loc": _BASED},
}
# Nouns before the name of a state or an organisation; none that may stand beside one as its equal:
# «сосед Казахстан», «столица Бишкек».
_OF_A_STATE = words(
    "президент лидер глава посол министр премьер премьер-министр король депутат гражданин гражданка"
    " житель представитель руководитель председатель правительство парламент власть народ население"
    " экономика территория граница посольство поддержка нейтралитет независимость суверенитет"
    " интерес вторжение безопасность"
)
_OF_A_PERSON = words(
    "визит речь приезд поездка арест выступление заявление предложение указ имидж аккаунт правление"
    " политика администрация команда кабинет"
)
# Who does what a verb says, whatever follows.
_SUBJECTS = words("я ты он она мы вы они")
# After these the one who speaks may follow: «Ситуацию он комментировал», «сообщил Путин».
_REACH = 3
_WORD = re.compile(r"[\w-]+")
_CLAUSE = re.compile(r"[^,;:.!?()«»\"“”—–]*$")


def after_preposition(preposition: str, before: str) -> str:
    """The case that a preposition takes there: "acc" or "loc"; empty if it may be either.

    Args:
        preposition: the word.
        before: the text before it.
    """
    groups = _AFTER_PREPOSITION.get(preposition.lower(), {})
    said = _last_words(before) if groups else []
    for word in reversed(said):
        likeliest = readings(word)[0].tag
        for case, heads in groups.items():
            # A participle belongs to the noun behind it: «оставшихся взносов в (сомы)».
            if not _lemmas(word).isdisjoint(heads) and (
                "PRTF" not in likeliest or word is said[-1]
            ):
                return case
        if "PREP" in likeliest or not (word[0].isupper() or {"NOUN", "gent"} in likeliest):
            break  # «визит России в», «визит Владимира Путина в»
    return ""


def is_head_of(noun: str, *, person: bool) -> bool:
    """Whether a name beside a noun must be its genitive: «президент Беларуси», «визит Путина»."""
    return bool(_lemmas(noun) & (_OF_A_PERSON if person else _OF_A_STATE))


def takes_object(before: str) -> bool:
    """Whether a text ends in a verb that has its subject, and wants an object.

    «мы поддерживаем», «недавно он приветствовал»; but not «на встречу прислал» (Путин).
    """
    said = _last_words(before)
    if not said or not is_always(said[-1], "VERB", "tran"):
        return False
    return (
        has(said[-1], "1per")
        or has(said[-1], "2per")
        or not _SUBJECTS.isdisjoint(map(str.lower, said[:-1]))
    )


def _last_words(text: str) -> list[str]:
    """The last words of a text, of the same clause."""
    clause = _CLAUSE.search(text)
    return _WORD.findall(clause[0])[-_REACH:] if clause else []


def _lemmas(word: str) -> set[str]:
    return {one.normal_form.replace("ё", "е") for one in readings(word) if one.is_known}
