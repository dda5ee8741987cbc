"""A translation memory of a million units: building it, its size, and searching it.

    uv run --frozen python benchmarks/memory.py [--units 1000000] [--fts]

The memory is generated, seeded, from the news corpus: a unit is a sentence of parts of its
sentences, in all three languages alike, with names and numbers of its own; every fifth is an
edited copy of one before, as in real memories. So lengths, and how often words come, are as there.

Queries are edits of stored sentences, as a new version of a text brings them (words substituted,
left out, put in, swapped; numbers changed; cut short), and sentences from elsewhere, which have no
match. The truth is brute force: rapidfuzz over the words of all the stored sentences. A query has
its best match found if the rate of what is found is that of brute force.

Peers: brute force; with --fts also SQLite's own full-text index of character trigrams (FTS5), which
is asked for texts with any of the query's trigrams, the 200 best by BM25 then compared by words.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sqlite3
import statistics
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from xml.sax.saxutils import escape

from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import extractOne

from aligner.formats.exchange import tmx
from aligner.memory.rate import rate, tokens
from aligner.memory.search import Query, search
from aligner.memory.store import Store

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpora" / "central-asia-news.tmx"
LANGS = ("en", "ru", "ky")
MINIMUM = 70
PARTS = (1, 4)  # halves of sentences in one
SYLLABLES = {
    "en": re.findall(r"\w+", "ba ke to shi mar len dor vin sa ray pol gan tes wick ham"),
    "ru": re.findall(r"\w+", "ба ке то ши мар лен дор вин са рай пол ган тес вик хам"),
    "ky": re.findall(r"\w+", "ба ке то ши мар лен дөр вин са рай пол ган тес бек жан"),
}

Units = tuple[str, ...]


def parts(corpus: Path) -> list[list[str]]:
    """For each language the halves of the corpus's sentences."""
    found: list[list[str]] = [[] for _ in LANGS]
    for entry in tmx.read(corpus).entries:
        for clauses, lang in zip(found, LANGS, strict=True):
            variant = entry.variant(lang)
            words = variant.text.rstrip(".").split() if variant else []
            size = max(3, len(words) // 2)
            clauses += [" ".join(words[i : i + size]) for i in range(0, len(words), size)]
    return found


def sentences(rng: random.Random, clauses: Sequence[Sequence[str]]) -> Iterator[Units]:
    """Units without end: a text in each language."""
    recent: list[Units] = []
    while True:
        if recent and rng.random() < 0.2:
            before = zip(rng.choice(recent), LANGS, strict=True)
            unit = tuple(_edited(rng, text, lang) for text, lang in before)
        else:
            places = [rng.random() for _ in range(rng.randint(*PARTS))]
            unit = tuple(
                _dressed(rng, lang, [own[int(place * len(own))] for place in places])
                for lang, own in zip(LANGS, clauses, strict=True)
            )
        recent.append(unit)
        if len(recent) > 5000:
            recent[rng.randrange(5000)] = recent.pop()
        yield unit


def _name(rng: random.Random, lang: str) -> str:
    return "".join(rng.choices(SYLLABLES[lang], k=rng.randint(2, 4))).capitalize()


def _dressed(rng: random.Random, lang: str, clauses: list[str]) -> str:
    words = " ".join(clauses).split()
    words = [str(rng.randint(2, 2030)) if word.isdigit() else word for word in words]
    for place in range(len(words)):
        if rng.random() < 0.04:
            words[place] = _name(rng, lang)
    text = " ".join(words)
    return text[:1].upper() + text[1:] + "."


def _edited(rng: random.Random, text: str, lang: str) -> str:
    """A text as its next version has it: one to three changes."""
    words = text.rstrip(".").split()
    for _ in range(rng.randint(1, 3)):
        place = rng.randrange(len(words))
        match rng.choice(("substitute", "insert", "delete", "swap", "number", "cut")):
            case "substitute":
                words[place] = _name(rng, lang).lower()
            case "insert":
                words.insert(place, rng.choice(words))
            case "delete" if len(words) > 3:
                del words[place]
            case "swap" if place:
                words[place - 1], words[place] = words[place], words[place - 1]
            case "number":
                words = [re.sub(r"\d+", lambda _: str(rng.randint(2, 2030)), w) for w in words]
            case "cut" if len(words) > 8:
                words = words[: -rng.randint(1, 3)]
            case _:
                pass
    return " ".join(words) + "."


def write_tmx(path: Path, units: Iterator[Units]) -> None:
    """A plain TMX, as fast as can be: what is measured is its reading."""
    with path.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n')
        file.write(
            '<header creationtool="benchmark" creationtoolversion="1" segtype="sentence"'
            ' o-tmf="none" adminlang="en" srclang="en" datatype="plaintext"/>\n<body>\n'
        )
        for unit in units:
            tuvs = "".join(
                f'<tuv xml:lang="{lang}"><seg>{escape(text)}</seg></tuv>'
                for lang, text in zip(LANGS, unit, strict=True)
            )
            file.write(f"<tu>{tuvs}</tu>\n")
        file.write("</body>\n</tmx>\n")


def queries(rng: random.Random, stored: Sequence[str], number: int) -> list[str]:
    """Edits of stored sentences, and a tenth that are none."""
    made = [_edited(rng, rng.choice(stored), "en") for _ in range(number * 9 // 10)]
    words = [word for text in rng.sample(stored, 1000) for word in text.rstrip(".").split()]
    return made + [" ".join(rng.choices(words, k=12)) + "." for _ in range(number - len(made))]


def spent(*arguments: str | Path) -> str:
    """Run `aligner memory …`, and say how long it took and how much memory."""
    start = perf_counter()
    command = [sys.executable, "-m", "aligner", "memory", *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"failed: {' '.join(command)}")
    return f"{perf_counter() - start:.1f} s, peak {usage.ru_maxrss / 1e3:.0f} MB"


class BruteForce:
    """All stored sentences, compared one by one: each word is a character, so that it is fast."""

    def __init__(self, texts: Iterable[str]) -> None:
        new = count(1).__next__
        self._words: dict[str, int] = defaultdict(new)
        self._texts = [self._coded(text) for text in texts]

    def _coded(self, text: str) -> str:
        numbers = (self._words[word] for word in tokens(text))
        return "".join(chr(n if n < 0xD800 else n + 0x800) for n in numbers)  # no surrogates

    def best(self, query: str) -> int:
        """The rate of the best match; 0 below the minimum."""
        found = extractOne(
            self._coded(query),
            self._texts,
            scorer=Levenshtein.normalized_similarity,
            score_cutoff=MINIMUM / 100,
        )
        return min(99, int(100 * found[1] + 1e-9)) if found else 0


class FullText:
    """SQLite's full-text index of character trigrams."""

    def __init__(self, path: Path, texts: Iterable[str]) -> None:
        self._connection = sqlite3.connect(path)
        self._connection.execute(
            "CREATE VIRTUAL TABLE sentence USING fts5 (text, tokenize='trigram')"
        )
        with self._connection:
            self._connection.executemany(
                "INSERT INTO sentence VALUES (?)", ((text,) for text in texts)
            )

    def best(self, query: str) -> int:
        """The rate of the best match of the 200 that BM25 finds best; 0 below the minimum."""
        trigrams = {query[i : i + 3].replace('"', '""') for i in range(len(query) - 2)}
        rows = self._connection.execute(
            "SELECT text FROM sentence WHERE text MATCH ? ORDER BY rank LIMIT 200",
            (" OR ".join(f'"{trigram}"' for trigram in trigrams),),
        )
        words = tokens(query)
        return max((rate(words, tokens(text), MINIMUM) for (text,) in rows), default=0)


def timed(ask: Callable[[str], int], texts: Sequence[str]) -> tuple[list[int], list[float]]:
    """What is found for each text, and the milliseconds that it takes."""
    found, times = [], []
    for text in texts:
        start = perf_counter()
        found.append(ask(text))
        times.append((perf_counter() - start) * 1e3)
    return found, times


def fill(memory: Path, rng: random.Random, units: int) -> None:
    """Build the memory, and add to it, as the command line does."""
    made = sentences(rng, parts(CORPUS))
    for number in (units, 1000):
        source = memory.with_name(f"{number}.tmx")
        write_tmx(source, islice(made, number))
        print(f"{number} units more, {source.stat().st_size / 1e6:.0f} MB of TMX:", end=" ")
        print(spent("build", memory, source), end=", ", flush=True)
        size = sum(file.stat().st_size for file in memory.parent.glob(f"{memory.name}*"))
        print(f"{size / 1e6:.0f} MB on disk")
    # Now, while this process is small: a child's peak begins with that of its parent.
    with Store.open(memory) as store:
        [known] = store.connection.execute("SELECT text FROM text WHERE lang = 'en'").fetchone()
    print(f"a search by the command line: {spent('search', memory, known)}")


def measure(memory: Path, rng: random.Random, number: int, *, full_text: bool) -> None:
    """Search the memory, and its English sentences by brute force; print a table."""
    with Store.open(memory) as store:
        rows = store.connection.execute("SELECT text FROM text WHERE lang = 'en'")
        texts = [text for (text,) in rows]
        asked, known = queries(rng, texts, number), rng.sample(texts, number)

        def best(text: str, minimum: int = MINIMUM) -> int:
            found = search(store, Query(text, "en", "ru"), minimum, 1)
            return min(99, found[0].rate) if found else 0

        best("The first time it loads what it needs.")
        exact, exact_times = timed(partial(best, minimum=100), known)
        fuzzy, times = timed(best, asked)
    truth, brute_times = timed(BruteForce(texts).best, asked)
    places = [place for place, percent in enumerate(truth) if percent]
    print(f"| {len(texts)} English sentences, ms | median | 95 % | most | best found |")
    print("|---|---|---|---|---|")
    row("exact", exact_times, f"{sum(map(bool, exact))} of {len(known)}")
    row(f"fuzzy, {MINIMUM} %", times, recall(fuzzy, truth, places))
    row("brute force", brute_times, "the truth")
    if full_text:
        some = places[:: max(1, len(places) // 30)]
        peer = FullText(memory.with_suffix(".fts"), texts)
        found, fts_times = timed(peer.best, [asked[place] for place in some])
        row("FTS5", fts_times, recall(dict(zip(some, found, strict=True)), truth, some))
        print(f"FTS5 takes {statistics.median(fts_times) / statistics.median(times):.0f} × as long")
    print(f"brute force takes {statistics.median(brute_times) / statistics.median(times):.0f} ×")


def recall(
    found: Sequence[int] | Mapping[int, int], truth: Sequence[int], places: Sequence[int]
) -> str:
    right = sum(found[place] == truth[place] for place in places)
    return f"{right} of {len(places)}: {right / max(1, len(places)):.1%}"


def row(name: str, times: Sequence[float], recall: str) -> None:
    median, high = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    print(f"| {name} | {median:.2f} | {high:.2f} | {max(times):.2f} | {recall} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="A translation memory of a million units.")
    parser.add_argument("--units", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--fts", action="store_true", help="SQLite FTS5, too; takes minutes")
    options = parser.parse_args()
    rng = random.Random(4)
    with TemporaryDirectory() as folder:
        memory = Path(folder) / "memory.db"
        fill(memory, rng, options.units)
        measure(memory, rng, options.queries, full_text=options.fts)


if __name__ == "__main__":
    main()
