"""Word alignment: how good, how fast, next to others.

    uv run --frozen python benchmarks/words.py [--all]

Sentences and their links by hand (60 of English with Russian and with Kyrgyz, 32 of Russian with
Kyrgyz; machine-drafted) stand in tests/data/words; the corpus that they are from, in corpora/. The
starter models have not seen them. Alignment error rate, precision and recall are as Och and Ney
2003 ("A Systematic Comparison of Various Statistical Alignment Models") have them, marks counted as
words. Each programme sees the sentences one at a time, or among the corpus's `dev` part, or, with
`--all`, among the whole corpus.

Peers: the diagonal; eflomal (Östling and Tiedemann 2016), its two directions joined by our
grow-diag-final-and, where `eflomal-align` is on the path.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path
from time import perf_counter

from lxml import etree

from aligner.align import words
from aligner.alignment.symmetrise import Link, parse, symmetrise

ROOT = Path(__file__).parents[1]
LANGS = "{http://www.w3.org/XML/1998/namespace}lang"

Row = dict[str, str]
Programme = Callable[[Sequence[Row], str, str], list[set[Link]]]


def corpus() -> dict[str, Row]:
    """Each unit by its number: its texts by language, and its `split`."""
    units = {}
    for unit in etree.parse(ROOT / "corpora" / "central-asia-news.tmx").iter("tu"):
        texts = {text.get(LANGS)[:2]: text.findtext("seg") for text in unit.iter("tuv")}
        number = unit.get("tuid").partition(":")[2]
        split = unit.findtext("prop[@type='x-split']")
        units[number] = texts | {"id": number, "split": split}
    return units


def gold(name: str) -> list[tuple[Row, str]]:
    """Sentences by language, and their links."""
    source, target = name.split("-")
    text = (ROOT / "tests" / "data" / "words" / f"{name}.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")][1:]
    return [({"id": n, "en": en, source: a, target: b}, links) for n, a, b, en, links in rows]


def score(found: Sequence[set[Link]], marked: Sequence[str]) -> str:
    said = right = sure_right = sure = 0
    for links, marks in zip(found, marked, strict=True):
        sures = parse(" ".join(re.findall(r"\d+-\d+", marks)))
        possibles = sures | parse(marks.replace("p", "-"))
        said, sure = said + len(links), sure + len(sures)
        right, sure_right = right + len(links & possibles), sure_right + len(links & sures)
    error = 1 - (right + sure_right) / (said + sure)
    return f"{error:8.3f} {right / said:9.2f} {sure_right / sure:7.2f}"


def ours(rows: Sequence[Row], source: str, target: str) -> list[set[Link]]:
    found = words.align([(row[source], row[target]) for row in rows], source, target)
    return [set(links.pairs) for links in found]


def ours_with_english(rows: Sequence[Row], source: str, target: str) -> list[set[Link]]:
    pairs = [(row[source], row[target]) for row in rows]
    found = words.align(pairs, source, target, english=[row["en"] for row in rows])
    return [set(links.pairs) for links in found]


def one_at_a_time(rows: Sequence[Row], source: str, target: str) -> list[set[Link]]:
    aligner = words.Aligner(source, target)
    return [
        set(next(aligner.stream([(row[source], row[target])], [row["en"]])).pairs) for row in rows
    ]


def diagonal(rows: Sequence[Row], source: str, target: str) -> list[set[Link]]:
    sizes = [(len(words.tokens(row[source])), len(words.tokens(row[target]))) for row in rows]
    return [{(i, int((i + 0.5) * there / here)) for i in range(here)} for here, there in sizes]


def eflomal(rows: Sequence[Row], source: str, target: str) -> list[set[Link]]:
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / name for name in ("source", "target", "forward", "reverse")]
        for lang, file in zip((source, target), files[:2], strict=True):
            lines = (
                " ".join(row[lang][slice(*span)] for span in words.tokens(row[lang]))
                for row in rows
            )
            file.write_text("".join(f"{line.lower()}\n" for line in lines), encoding="utf-8")
        options = chain(*zip(("-s", "-t", "-f", "-r"), files, strict=True))
        subprocess.run(["eflomal-align", *options], check=True, capture_output=True)
        ways = [map(parse, file.read_text(encoding="utf-8").splitlines()) for file in files[2:]]
        return [symmetrise(*both) for both in zip(*ways, strict=True)]


def main() -> None:
    parser = argparse.ArgumentParser(description="Word alignment, measured.")
    parser.add_argument("--all", action="store_true", help="among the whole corpus, too")
    whole = parser.parse_args().all
    units = corpus()
    dev = [row for row in units.values() if row["split"] == "dev"]
    print("pair   programme           among      AER precision  recall  pairs/s")
    for name in ("en-ru", "en-ky", "ru-ky"):
        source, target = name.split("-")
        tests = gold(name)
        alone = [row for row, _ in tests]
        runs: list[tuple[Programme, Sequence[Row]]] = [(diagonal, alone), (one_at_a_time, alone)]
        for rows in (dev, *([list(units.values())] if whole else [])):
            runs.append((ours, rows))
            if "en" not in (source, target):
                runs.append((ours_with_english, rows))
            if shutil.which("eflomal-align"):
                runs.append((eflomal, rows))
        for programme, rows in runs:
            start = perf_counter()
            found = programme(rows, source, target)
            speed = len(rows) / (perf_counter() - start)
            by_number = {row["id"]: links for row, links in zip(rows, found, strict=True)}
            figures = score([by_number[row["id"]] for row in alone], [marks for _, marks in tests])
            among = 1 if rows is alone else len(rows)
            print(f"{name:6} {programme.__name__:18} {among:6} {figures} {speed:8.0f}")


if __name__ == "__main__":
    main()
