"""Kyrgyz: the words and names of our own corpus; corpora/vocabulary.py wrote them."""

from functools import cache, lru_cache
from importlib import resources

from aligner.languages import words
from aligner.languages.vocabulary import Vocabulary, is_russian

FUNCTION = words(
    "жана менен бул деп болгон анын эле эмес боюнча кийин деген үчүн ошондой дагы болуп керек жок"
    " алар ошол тууралуу өз эң турган жатат алган бирок эми каршы чейин учурда жылы катары гана"
    " биз көп мүмкүн аны аларды ага аркылуу бир эки үч жаңы экен экени жаткан келген кылган бери"
    " кандай эмне эмнеге качан кайда эгер анткени ошондуктан жөнүндө дейт деди айтты болот болду"
)
_LEAST_STEM = 4  # letters
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


def is_name(word: str) -> bool:
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
def is_common(word: str) -> bool:
    """Whether it is, or begins with, a word in small letters: «парктар», Russian «парк»."""
    from aligner.languages.vocabulary import ru  # which knows what is Kyrgyz from here

    return any(
        knows(word[:stop]) or (is_russian(word[:stop]) and not ru.is_name(word[:stop]))
        for stop in range(len(word), _LEAST_STEM - 1, -1)
    )


VOCABULARY = Vocabulary(tells, is_common, is_name)
