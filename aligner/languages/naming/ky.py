"""Kyrgyz names; a word's stem is what is left without an ending of case that fits it."""

import re
from functools import lru_cache

from aligner import languages
from aligner.languages.morphology import ky as morphology
from aligner.languages.naming import Naming, words

_CASE = re.compile(r"(?:[нтд][ыиуү]н?|[кг][аеоө]|[тд][аеоө]н?)$")
_SURNAME = re.compile(r"..[ое]ва?$")
# «Канада» could be the locative of «Кана»: that ending is left where the stem is not seen.
_SAFE = re.compile(r"(?:[нтд][ыиуү]н?|[кг][аеоө]|[тд][аеоө]н)$")


@lru_cache(maxsize=20_000)
def _normal(word: str) -> str:
    """The stem, if it takes that ending: «Африка» is none, the dative of «Афри» is «Африге»."""
    low = word.lower()
    if low.endswith("стан"):
        return low
    stem = _CASE.sub("", word)
    fits = len(stem) > (1 if stem.isupper() else 2) and word in morphology.decline(stem).values()
    return stem.lower() if fits else low


def _ends(word: str) -> bool:
    """Whether it has an ending of case, or is a surname: «Садыр Жапаров Ош шаарында»."""
    return _normal(word) != word.lower() or _SURNAME.search(word) is not None


def _nominative(name: str) -> str:
    *before, last = name.split()
    safe = _SAFE.search(last) and _normal(last) != last.lower()
    return " ".join([*before, last[: len(_normal(last))] if safe else last])


NAMING = Naming(
    normal=_normal,
    nominative=_nominative,
    ends=_ends,
    is_common=lambda _: True,
    stops=languages.words(
        """
        ал бул ошол алар биз мен сиз силер анын алардын биздин менин жана же бирок эгер деп үчүн
        менен боюнча тууралуу жөнүндө азыр бүгүн кечээ эртең ошондой ошондуктан андан кийин буга
        бардык көп айрым бир эки үч дагы эмне ким кайда качан эмес жок бар сүрөт сүрөттө видео булак
        анда мында ошентип себеби айтымында маалымат
        """
    ),
    titles=words(
        """
        президент премьер-министр премьер министр вице-премьер катчы спикер депутат элчи төрага
        башчы лидер директор генерал полковник майор аким ханыша падыша эксперт саясатчы аналитик
        профессор мырза айым баш
        """,
        r"\w{0,7}",
    ),
    heads={
        "organisation": words(
            """
            министрли комитет комиссия кеңеш сот банк фонд университет институт академия агенттиг
            уюм ассоциация федерация союз биримдиг департамент кызмат парламент кабинет борбор
            партия
            """,
            r"\w{0,8}",
        ),
        "place": words("республика облус район айыл шаар көл дарыя тоо өрөөн", r"\w{0,8}"),
        "treaty": words("статут келишим конвенция протокол", r"\w{0,8}"),
    },
    kinship=frozenset(("уулу", "кызы")),
    speech=languages.words("деди айтты билдирди белгиледи кошумчалады дейт айтат айтымында"),
    locating=frozenset(),
)
