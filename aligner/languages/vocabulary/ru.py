"""Russian: what OpenCorpora's dictionary knows (by way of pymorphy3) and Kyrgyz does not."""

import re
from functools import lru_cache

from aligner.languages import words
from aligner.languages.morphology import ru_words
from aligner.languages.vocabulary import Vocabulary, is_russian, ky

FUNCTION = words(
    "и в не на что с по как это из к для о за от до при но его он она они мы все был была было были"
    " быть или также который которая которое которые которых после только если когда том этом"
    " этого из-за бы же ли ещё еще уже их её ее ему им нас вас вам нам мне меня тебя чтобы под над"
    " без через между перед об со во ко так такой такие там здесь где теперь потому поэтому можно"
    " нужно нет есть будет будут может могут свой своих своей своего этих эти эта тот та те того"
    " тем чем хотя лишь более менее очень даже себя себе один одна две два кто никто ничего"
)
_CLOSED = frozenset({"PREP", "CONJ", "PRCL", "NPRO", "PRED"})
_INFLECTED = frozenset({"VERB", "INFN", "GRND", "PRTF", "PRTS", "ADJS", "ADJF", "COMP", "ADVB"})
_ADJECTIVE = re.compile(r"[сц]к(?:и|о|[аяиуюйоые][яйехмюу]|ого|ому|ими)$|(?:ец|цы|цев|цам)$")
_NAMES = ("Geox", "Name", "Surn", "Patr", "Orgn", "Trad")


@lru_cache(maxsize=50_000)
def tells(word: str) -> bool:
    """Whether it is a Russian word, and none that Kyrgyz has taken over."""
    if word in FUNCTION:
        return not ky.knows(word)  # «же», «да»
    if len(word) < 3 or word.isascii() or ky.knows(word) or not is_russian(word):
        return False
    return all(_is_russian(reading.tag) for reading in ru_words.readings(word))


def _is_russian(tag: object) -> bool:
    """Whether a reading is more than a noun as dictionaries have it: a loan comes as that."""
    pos = getattr(tag, "POS", None)
    return pos in _INFLECTED or pos in _CLOSED or (pos == "NOUN" and "nomn" not in tag)  # type: ignore[operator]


@lru_cache(maxsize=50_000)
def is_common(word: str) -> bool:
    """Whether no reading of it is a name, or it looks like an adjective: «бишкекских»."""
    if not is_russian(word):
        return _ADJECTIVE.search(word) is not None
    return not any(name in reading.tag for reading in ru_words.readings(word) for name in _NAMES)


@lru_cache(maxsize=50_000)
def is_place(word: str) -> bool:
    """Whether all readings of it are places."""
    return is_russian(word) and all("Geox" in reading.tag for reading in ru_words.readings(word))


@lru_cache(maxsize=50_000)
def may_be_name(word: str) -> bool:
    """Whether its likeliest reading is a name, or the dictionary lacks it."""
    if not is_russian(word):
        return _ADJECTIVE.search(word) is None
    likeliest = ru_words.readings(word)[0].tag
    return any(name in likeliest for name in _NAMES)


# Places are told by how the source calls them: to read each word of a text takes too long.
VOCABULARY = Vocabulary(tells, is_common, lambda _: False, may_be_name)
