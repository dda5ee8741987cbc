"""Write the Kyrgyz words of central-asia-news.tmx: `python corpora/vocabulary.py`.

aligner/languages/vocabulary/ky.txt has the words that stand in small letters, one a line,
ky_names.txt those that never do, and
aligner/languages/letters/ky.tsv the weights by which ң, ө and ү are told from н, о and у: a context
and hundredths of its weight a line. Only the sentences of the `train` split are used, so that the
others stay good to measure with. The same corpus gives the same bytes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aligner.formats import exchange
from aligner.languages.letters.ky import PLAIN, contexts

CORPUS = Path(__file__).parent / "central-asia-news.tmx"
LANGUAGES = Path(__file__).parents[1] / "aligner" / "languages"
WORDS = LANGUAGES / "vocabulary" / "ky.txt"
NAMES = LANGUAGES / "vocabulary" / "ky_names.txt"
WEIGHTS = LANGUAGES / "letters" / "ky.tsv"

WORD = re.compile(r"(?<![\w’'-])[а-яёңөү]+(?![\w’'])")
NAME = re.compile(r"(?<=[^\W.!?»] )[А-ЯЁҢӨҮ][а-яёңөү]{2,}")
RARE = 20  # a word that is so much rarer than one with other letters is a mistake
CLOSE = dict(zip("аыуоеиэөү", "ыыууиииүү", strict=True))
ROUNDS, PARTS = 15, 60
RATE = 0.5
SPARSE = 0.025  # what each step takes from each weight (L1): most contexts end up without any
OWN = {"ң": 3.0, "ө": 1.0, "ү": 1.0}  # ң is rare, and would be lost among the н
# What news do not say: "you", and words of every day.
MORE = """
жалаң шылдың шылдыңдап шылдыңдаган чөгүп чөгөт чөл чөлдө көгүчкөн көк көз көзгө көзү көргөзүп
көргөзгөн көргөн көрөт көрөм көрүнөт көрүндү сүрүп бөлө бөлөк үгүт үгүтү күмүш көмөк көмөктөш жүн
чөп түпнуска түр түрү түрүн үтүк заң таң таңда чаң чаңдатты кең кеңдик терең тереңдик тереңдетип
эмдөө өрүк үкү өпкө өрдөк үндүк көлөкө өтүк дүрбү нөл түз туз түздүк күтүү жөө жөөт көө чөйчөк
активдүү эффективдүү позитивдүү негативдүү массивдүү оперативдүү объективдүү агрессивдүү
прогрессивдүү интенсивдүү анонимдүү реалдуу адилеттүү чиркөө чиркөөгө чиркөөлөр ортоңку алдыңкы
арткы соңку соң соңунда булуң бурч дөң төң таңкы кечкүрүн күндүз түндүн жеңил жең жеңиш теңиз деңиз
кеңсе кеңири маңыз маңдай тыңчы оңой оң оңдоо оңолду сиңди сиңип сиңдирүү үңкүр эңкейиш
көңүл көңүлдүү күңүрт күчүк мүйүз мүшкүл өңдүү өң өңү өзөн өкүнүч өкүнүп өлүм өмүр өнүм өрт өсүмдүк
өтүнүч төшөк төө төбө төлөм төрт төр төмөн түндүк түлкү түтүн түшүм түшүнүк сүлгү сүрөт сүт сүйүү
сөөк сөз сөйлөм күзгү күз күйүк күч күрөң күтөт жүгүрүү жүрөк жүз жүзүм жүк жөнөкөй гүл дүкөн дөбө
бөбөк бөйрөк бөлмө бөрү бүркүт бүчүр бүтүн керең шаң жаңгак жаңылык жаңырык каңтар каңкор саңоо
ыңгай ыңгайлуу ыңгайсыз доңуз коңшу коңур коңгуроо тоң тоңду соңку чоң чоңураак
"""


def addressed(word: str) -> Iterator[str]:
    """What one says to somebody, made of what is said of others: «барасыңар» of «барат».

    Only what cannot be another word with н: «барганың» is «барганын», too.
    """
    vowel = next((letter for letter in reversed(word[:-1]) if letter in CLOSE), "а")
    close, wide = CLOSE[vowel], "е" if vowel in "еиэөү" else "а"
    if re.fullmatch(r"\w{2,}(?:[аеоө]|й)т", word):
        yield f"{word[:-1]}с{close}ң{wide}р"
    elif re.fullmatch(r"\w{3,}[гк][аеоө]н", word):
        yield f"{word}{close}ң{close}з"
    elif re.fullmatch(r"\w{2,}[дт][ыиуү]", word):
        yield f"{word}ң{word[-1]}з"
    elif re.fullmatch(r"\w{3,}с[аеоө]", word):
        yield f"{word}ң{close}з"


def count(pattern: re.Pattern[str]) -> Counter[str]:
    """How often each word that a pattern finds stands in the corpus, in small letters."""
    return Counter(
        word.lower()
        for entry in exchange.read(CORPUS).entries
        if ("x-split", "train") in entry.props
        for variant in entry.variants
        if variant.lang == "ky"
        for word in pattern.findall(variant.text)
    )


def right(counts: Mapping[str, int]) -> list[str]:
    """The words, but for those that are another one with letters lost."""
    most: Counter[str] = Counter()
    for word, count in counts.items():
        plain = word.translate(PLAIN)
        most[plain] = max(most[plain], count)
    return sorted(word for word in counts if counts[word] * RARE > most[word.translate(PLAIN)])


def learn(counts: Mapping[str, int]) -> dict[str, float]:
    """Contexts and their weights, by logistic regression with AdaGrad and L1."""
    examples, answers, importance = [], [], []
    for word, count in sorted(counts.items()):
        plain = word.translate(PLAIN)
        for at, letter in enumerate(plain):
            if letter in "ноу":
                examples.append(list(contexts(plain, at)))
                answers.append(word[at] != letter)
                importance.append((1 + np.log(count)) * OWN.get(word[at], 1.0))
    seen = Counter(context for example in examples for context in example)
    numbers = {context: n for n, context in enumerate(sorted(c for c in seen if seen[c] > 1))}
    rows = [
        np.array([numbers[context] for context in example if context in numbers])
        for example in examples
    ]
    weights = descend(rows, np.array(answers, float), np.array(importance), len(numbers))
    return {context: float(weights[n]) for context, n in numbers.items()}


def descend(
    rows: Sequence[NDArray[np.int_]],
    answers: NDArray[np.float64],
    importance: NDArray[np.float64],
    size: int,
) -> NDArray[np.float64]:
    """The weights that tell the answers best."""
    weights, squares = np.zeros(size), np.full(size, 1e-8)
    order = np.arange(len(rows))
    random = np.random.default_rng(0)
    for _ in range(ROUNDS):
        random.shuffle(order)
        for part in np.array_split(order, PARTS):
            features = np.concatenate([rows[n] for n in part])
            lines = np.repeat(np.arange(len(part)), [len(rows[n]) for n in part])
            odds = np.bincount(lines, weights[features], len(part))
            wrong = (1 / (1 + np.exp(-odds)) - answers[part]) * importance[part]
            slope = np.bincount(features, wrong[lines], size)
            squares += slope * slope
            step = RATE / np.sqrt(squares)
            weights -= step * slope
            weights = np.sign(weights) * np.maximum(np.abs(weights) - step * SPARSE, 0)
    return weights


def main() -> None:
    """Write them."""
    counts = count(WORD)
    known = right(counts)
    WORDS.write_text("".join(f"{word}\n" for word in known), "utf-8", newline="\n")
    more = [*MORE.split(), *(made for word in known for made in addressed(word))]
    names = sorted(count(NAME).keys() - counts.keys())
    NAMES.write_text("".join(f"{name}\n" for name in names), "utf-8", newline="\n")
    learnt = learn({**dict.fromkeys(more, 1), **{word: counts[word] for word in known}})
    lines = (f"{context}\t{round(100 * weight)}\n" for context, weight in sorted(learnt.items()))
    WEIGHTS.write_text(
        "".join(line for line in lines if not line.endswith("\t0\n")), "utf-8", newline="\n"
    )


if __name__ == "__main__":
    main()
