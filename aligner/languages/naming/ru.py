"""Russian names; lemmas are OpenCorpora's, by way of pymorphy3."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aligner import languages
from aligner.languages.morphology import ru_words
from aligner.languages.naming import Naming, words

if TYPE_CHECKING:
    from pymorphy3.analyzer import Parse

_MEN = re.compile(r"(?:[оеё]в|[шк]ин|ский|бек|бай)$")
_NAMES = frozenset(("Name", "Surn", "Patr", "Geox", "Orgn", "Trad", "Abbr"))


def _normal(word: str) -> str:
    """The lemma; for a surname that of a man where the form can be either: «Жапарова»."""
    found = ru_words.readings(word)
    best = next(filter(_is_name, found), found[0])
    return str(best.normal_form)


def _kind(word: str) -> str:
    if ru_words.has(word, "Geox"):
        return "place"
    return "person" if ru_words.has(word, "Name") or ru_words.has(word, "Surn") else ""


def _leads(word: str) -> bool:
    """Whether it is an adjective, of the name of an institution or a place: «Верховный суд»."""
    return bool(ru_words.readings(word)[0].tag.POS == "ADJF")


def _nominative(name: str) -> str:
    """Adjectives and the noun behind them, or a person's names; the rest is in the genitive."""
    words = name.split()
    if _leads(words[0]) and len(words) > 1:
        return _agreeing(words)
    picked = [_named(word) for word in words]
    if all(any("nomn" in one.tag and _is_name(one) for one in readings) for readings in picked):
        return name
    persons = [one for readings in picked for one in readings[:1] if "Name" in one.tag]
    genders = {str(one.tag.gender) for one in persons[:1]} - {"None"}
    width = len(words) if persons else 1
    heads = [
        _in_nominative(word, readings, genders)
        for word, readings in zip(words[:width], picked, strict=False)
    ]
    return " ".join([*heads, *words[width:]])


def _named(word: str) -> list[Parse]:
    """The readings of a word as a name, or else all."""
    found = ru_words.readings(word)
    return [one for one in found if _is_name(one)] or list(found)


def _is_name(reading: Parse) -> bool:
    return bool(_NAMES & set(reading.tag.grammemes))


def _in_nominative(word: str, readings: list[Parse], genders: set[str]) -> str:
    """What the dictionary does not have stays as it is, but for surnames in an oblique case."""
    if _MEN.search(word):
        return word
    known = [one for one in readings if one.is_known or "Surn" in one.tag]
    agreeing = [one for one in known if genders <= set(one.tag.grammemes)]
    best = next(iter(agreeing or known), None)
    form = best.inflect({"nomn"}) if best else None
    return ru_words.recase(word, form.word) if form else word


def _agreeing(words: list[str]) -> str:
    """An adjective and its noun: «Верховного суда» → «Верховный суд»."""
    first, second, *rest = words
    for noun in ru_words.readings(second):
        if noun.tag.POS != "NOUN":
            continue
        agreement = {noun.tag.number} | ({noun.tag.gender} if noun.tag.number == "sing" else set())
        for adjective in ru_words.readings(first):
            if noun.tag.case != adjective.tag.case or noun.tag.number != adjective.tag.number:
                continue
            one = adjective.inflect({"nomn"} | agreement - {None})
            other = noun.inflect({"nomn", noun.tag.number})
            if one and other:
                head = (ru_words.recase(first, one.word), ru_words.recase(second, other.word))
                return " ".join((*head, *rest))
    return " ".join(words)


def _is_common(word: str) -> bool:
    """Whether the dictionary has it, and not as a name first."""
    best = ru_words.readings(word)[0]
    return bool(best.is_known) and not _is_name(best)


NAMING = Naming(
    normal=_normal,
    nominative=_nominative,
    kind=_kind,
    leads=_leads,
    is_common=_is_common,
    stops=languages.words(
        """
        и а но да или либо что чтобы если когда пока хотя как так это этот эта эти тот та те то
        в во на с со к ко у о об от до из за по под над при про для без между через после перед
        во-первых во-вторых он она оно они я мы вы его её их наш ваш мой свой кто где куда там тут
        здесь сейчас сегодня вчера завтра также тоже однако поэтому затем потом все всё весь вся
        каждый один два три многие некоторые другие другой согласно кроме среди около более не нет
        фото видео источник автор
        """
    ),
    titles=words(
        """
        президент премьер-министр премьер министр вице-премьер секретарь генсек спикер депутат посол
        председатель глава лидер директор генерал полковник майор аким хоким король королева принц
        эксперт политолог аналитик экономист профессор господин госпожа вице-президент представитель
        """,
        r"а|у|ом|е|ы|ов|ам|ами|ах|я|ю|ем|ём|и|ей|ь|ям|ями|ях|ой|",
    ),
    modifiers=frozenset(),
    heads={
        "organisation": words(
            """
            министерств комитет комисси совет суд банк фонд университет институт академи агентств
            организаци ассоциаци федераци союз департамент служб парламент кабинет центр парти дум
            """,
            r"\w{0,3}",
        ),
        "place": words("республик област район сел город озер рек хреб долин", r"\w{0,3}"),
        "treaty": words("статут договор соглашени конвенци протокол", r"\w{0,3}"),
    },
    particles=frozenset(("де", "фон", "ван", "дер", "аль")),
    kinship=frozenset(("уулу", "кызы", "оглы")),
    speech=languages.words(
        """
        сказал сказала говорит заявил заявила отметил отметила считает рассказал рассказала добавил
        добавила подчеркнул подчеркнула пояснил пояснила полагает
        """
    ),
    locating=frozenset(("в", "во", "из")),
)
