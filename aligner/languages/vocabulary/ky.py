"""Kyrgyz: the words and names of our own corpus; corpora/vocabulary.py wrote them."""

from functools import cache, lru_cache
from importlib import resources
from types import ModuleType

from aligner.languages import sounds, words
from aligner.languages.vocabulary import Vocabulary, is_russian

FUNCTION = words(
    "жана менен бул деп болгон анын эле эмес боюнча кийин деген үчүн ошондой дагы болуп керек жок"
    " алар ошол тууралуу өз эң турган жатат алган бирок эми каршы чейин учурда жылы катары гана"
    " биз көп мүмкүн аны аларды ага аркылуу бир эки үч жаңы экен экени жаткан келген кылган бери"
    " кандай эмне эмнеге качан кайда эгер анткени ошондуктан жөнүндө дейт деди айтты болот болду"
)
_LEAST_NAME = 5  # letters before endings: «Ганга» is no «-ганга»
_ENDINGS = tuple(
    words(
        "лар лер лор дар дер дор тар тер тор ларды лерди дарды дерди тарды терди нын нин нун"
        " дын дин дун тын тин тун ган ген гон кан кен кон дагы деги догу тагы теги тогу ып ип уп"
        " йт байт бейт пайт пейт ында инде унда ынан инен унан лык лик лук дык дик дук тык тик тук"
        " луу дуу туу аары ээри ышы иши уш ча че сы си су сыз сиз суз гы ги ды ди ты ти бы би"
    )
)


def knows(word: str) -> bool:
    """Whether the corpus has a word in small letters."""
    return word in _listed("ky.txt")


def is_listed_name(word: str) -> bool:
    """Whether the corpus has a word, here in small letters, with a capital only."""
    return word in _listed("ky_names.txt")


@cache
def _listed(file: str) -> frozenset[str]:
    return frozenset(resources.files(__package__).joinpath(file).read_text("utf-8").split())


@lru_cache(maxsize=50_000)
def tells(word: str) -> bool:
    """Whether it is a Kyrgyz word, and none of Russian."""
    if word in FUNCTION or not {"ң", "ө", "ү"}.isdisjoint(word):
        return True
    looks_so = len(word) > 2 and (knows(word) or word.endswith(_ENDINGS))
    return looks_so and not word.isascii() and not is_russian(word)


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    """The longest part of a word before endings that is known: «парк» of «парктар»; or ""."""
    return next(
        (
            stem
            for stem in sounds.stems(word, "ky")
            if knows(stem) or is_listed_name(stem) or is_russian(stem)
        ),
        "",
    )


@lru_cache(maxsize=50_000)
def is_common(word: str) -> bool:
    """Whether it is known, with any ending, and not as a name."""
    stem = _stem(word)
    return knows(stem) or (not is_listed_name(stem) and bool(_russian().is_common(stem)))


@lru_cache(maxsize=50_000)
def is_place(word: str) -> bool:
    """Whether it is known as a place; short ones may be other words with an ending."""
    stem = _stem(word)
    if len(stem) < _LEAST_NAME or knows(stem):
        return False
    is_abroad = is_listed_name(stem) and bool(sounds.exonyms_of(stem, "ky"))
    return is_abroad or bool(_russian().is_place(stem))


def may_be_name(word: str) -> bool:
    """Whether it is unknown, or known as a name: those of people are words, too («Сезим»)."""
    return not is_common(word)


def _russian() -> ModuleType:
    from aligner.languages.vocabulary import ru  # which knows what is Kyrgyz from here

    return ru


VOCABULARY = Vocabulary(tells, is_common, is_place, may_be_name)
