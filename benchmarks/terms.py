"""Finding the terms of a termbase in a text, beside other ways to look for many strings at once.

    python benchmarks/terms.py
    uv run --with flashtext --with ahocorasick-rs --with pyahocorasick python benchmarks/terms.py

The text is the English, Russian or Kyrgyz side of corpora/central-asia-news.tmx, repeated to a
million characters; the terms are sequences of one to three words of it, drawn with a fixed seed.
So both are the same in every run. Peers look for the same forms that we find, in small letters;
they know nothing of word boundaries (but flashtext), of initialisms, hyphens, URLs, or what form
they found. For Kyrgyz, whose forms we do not list, they look for the bare terms only.

The bar: the text in one second, and the English termbase built in 1.5; else the script fails.
Peers that are not installed are left out.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any
from xml.etree.ElementTree import iterparse

from aligner.records import Concept, Term, Wording
from aligner.terminology.forms import recognised
from aligner.terminology.match import Matcher

CORPUS = Path(__file__).parent.parent / "corpora" / "central-asia-news.tmx"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SIZES = (1, 2, 2, 2, 3)  # words a term, as often as they stand here
BUILD, FIND = 1.5, 1.0  # seconds

Find = Callable[[str], int]  # text → number of terms found


def sentences(lang: str) -> Iterator[str]:
    for _, element in iterparse(CORPUS):
        if element.tag == "tuv" and element.get(LANG, "").startswith(lang):
            yield element.findtext("seg") or ""
        elif element.tag == "tu":
            element.clear()


def draw(pool: list[str], count: int) -> list[str]:
    """Distinct sequences of words, without marks at their ends."""
    rng = random.Random(0)
    found: dict[str, None] = {}
    while len(found) < count:
        words = rng.choice(pool).split()
        size = rng.choice(SIZES)
        start = rng.randrange(max(1, len(words) - size + 1))
        term = re.sub(r"^\W+|\W+$", "", " ".join(words[start : start + size]))
        if len(term) > 3:
            found[term] = None
    return list(found)


def aligner(concepts: list[Concept], lang: str, forms: list[str]) -> Find:  # noqa: ARG001
    matcher = Matcher(concepts, lang)
    return lambda text: len(matcher.find(text))


def flashtext(concepts: list[Concept], lang: str, forms: list[str]) -> Find:  # noqa: ARG001
    processor = import_module("flashtext").KeywordProcessor()
    processor.add_keywords_from_list(forms)
    return lambda text: len(processor.extract_keywords(text, span_info=True))


def ahocorasick_rs(concepts: list[Concept], lang: str, forms: list[str]) -> Find:  # noqa: ARG001
    module: Any = import_module("ahocorasick_rs")
    automaton = module.AhoCorasick(forms, matchkind=module.MatchKind.LeftmostLongest)
    return lambda text: len(automaton.find_matches_as_indexes(text.lower()))


def pyahocorasick(concepts: list[Concept], lang: str, forms: list[str]) -> Find:  # noqa: ARG001
    automaton = import_module("ahocorasick").Automaton()
    for form in forms:
        automaton.add_word(form, form)
    automaton.make_automaton()
    return lambda text: sum(1 for _ in automaton.iter_long(text.lower()))


def best_of(runs: int, work: Callable[[], Any]) -> tuple[float, Any]:
    times = []
    for _ in range(runs):
        start = perf_counter()
        result = work()
        times.append(perf_counter() - start)
    return min(times), result


def measure(lang: str, count: int, size: int, peers: Iterable[Any]) -> bool:
    """Print a row a peer; whether we are within the bar."""
    pool = list(sentences(lang))
    text = "\n".join(pool)
    text = (text * (size // len(text) + 1))[:size]
    concepts = [
        Concept(str(number), {lang: Term(Wording(term))})
        for number, term in enumerate(draw(pool, count))
    ]
    forms = {one.terms[lang].preferred.text.lower() for one in concepts}
    if lang != "ky":
        listed = (form for one in concepts for form in recognised(one.terms[lang].preferred, lang))
        forms |= {form.text.lower() for form in listed}
    print(f"\n{lang}: {count} terms, {len(forms)} forms, {len(text)} characters")
    print(f"{'':16}{'build s':>9}{'find s':>9}{'found':>9}{'find, ratio to ours':>22}")
    ours, within = 0.0, True
    for peer in peers:
        try:
            build, find = best_of(1, lambda: peer(concepts, lang, sorted(forms)))  # noqa: B023
        except ImportError:
            print(f"{peer.__name__:16} is not installed: left out")
            continue
        seconds, found = best_of(3, lambda: find(text))  # noqa: B023
        ours = ours or seconds
        print(f"{peer.__name__:16}{build:9.2f}{seconds:9.2f}{found:9}{seconds / ours:22.2f}")
        if peer is aligner and lang == "en":
            within = build <= BUILD and seconds <= FIND
    return within


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--terms", type=int, default=10_000, help="how many (%(default)s)")
    parser.add_argument("--chars", type=int, default=1_000_000, help="of text (%(default)s)")
    parser.add_argument("--langs", nargs="+", default=["en", "ky"], help="en, ru, ky (en ky)")
    parser.add_argument("--alone", action="store_true", help="without peers")
    given = parser.parse_args()
    peers = [aligner, flashtext, ahocorasick_rs, pyahocorasick]
    used = peers[:1] if given.alone else peers
    within = [measure(lang, given.terms, given.chars, used) for lang in given.langs]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\npeak memory of this process: {peak:.0f} MiB")
    return int(not all(within))


if __name__ == "__main__":
    sys.exit(main())
