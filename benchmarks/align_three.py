"""Three texts joined: how many three-way units come out exactly as in the gold.

    uv run --frozen python benchmarks/align_three.py --data ../shared/data/alignment
        [--level medium] [--gold]

The measure: of the gold three-way units, the share that comes out exactly, where a gold unit is one
on which the golds of all three pairs agree. The data have en-ru, en-ky and ru-ky gold of the same
documents, made messy each in its own way (`en-ru.medium.jsonl` …). English and Russian are taken
from the one, Kyrgyz from one of the others; a unit counts if all three golds have it, word for
word, and its sentences are in the texts taken.

English is compared over "mt_ru" and the Kyrgyz of the model at hand, which is kept in build;
Russian and Kyrgyz as they stand. The figures without any translation come after.

With `--gold` the pairs are not aligned but made from a known partition of the texts: the join of
these must be that partition.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from align_data import starter

from aligner.alignment import Bead, align
from aligner.alignment.evaluate import read
from aligner.alignment.join import Group, Pair, join

PAIRS = (("en", "ru"), ("en", "ky"), ("ru", "ky"))
Texts = tuple[tuple[str, ...], ...]  # of a unit, by language


@dataclass(frozen=True, slots=True)
class Trio:
    """A document in three languages, the MT of its English text, and its gold units."""

    texts: Mapping[str, Sequence[str]]
    mt: Mapping[str, Sequence[str]]
    gold: frozenset[Texts]


def golds(folder: Path, level: str) -> dict[tuple[str, str], list[dict]]:
    """The documents of each pair."""
    return {
        pair: [
            json.loads(line)
            for line in (folder / f"{'-'.join(pair)}.{level}.jsonl").open(encoding="utf-8")
        ]
        for pair in PAIRS
    }


def units(document: Mapping, pair: tuple[str, str]) -> set[Texts]:
    """The two-sided gold units of a document, as texts."""
    one, other = (document[lang] for lang in pair)
    return {
        (tuple(one[i] for i in bead.source), tuple(other[i] for i in bead.target))
        for bead in read(document["gold"])
        if bead.source and bead.target
    }


def trios(folder: Path, level: str, kyrgyz: tuple[str, str]) -> Iterator[Trio]:
    """The documents; `kyrgyz` is the pair whose Kyrgyz text is taken."""
    found = golds(folder, level)
    for number, first in enumerate(found["en", "ru"]):
        en_ru = units(first, ("en", "ru"))
        en_ky = units(found["en", "ky"][number], ("en", "ky"))
        ru_ky = units(found["ru", "ky"][number], ("ru", "ky"))
        texts = {
            "en": first["en"],
            "ru": first["ru"],
            "ky": found[kyrgyz][number]["ky"],
        }
        gold = {
            (en, ru, ky)
            for en, ru in en_ru
            for english, ky in en_ky
            if en == english and (ru, ky) in ru_ky and {*ky} <= {*texts["ky"]}
        }
        yield Trio(texts, {"ru": first["mt_ru"]}, frozenset(gold))


def as_texts(trio: Trio, group: Group) -> Texts:
    """What a unit says."""
    return tuple(
        tuple(text[i] for i in side)
        for text, side in zip(trio.texts.values(), group.sides, strict=True)
    )


def joined(trio: Trio) -> list[Group]:
    """The units that we make."""
    langs = list(trio.texts)
    pairs = [
        Pair(
            langs.index(one),
            langs.index(other),
            align(
                trio.texts[one],
                trio.texts[other],
                translated=trio.mt.get(other) if one == "en" else None,
            ),
        )
        for one, other in PAIRS
    ]
    return join([len(text) for text in trio.texts.values()], pairs)


def over_mt(found: Sequence[Trio]) -> list[Trio]:
    """The documents with the Kyrgyz MT of their English sentences, too."""
    known = starter("en", "ky", (text for trio in found for text in trio.texts["en"]))
    return [
        Trio(trio.texts, {**trio.mt, "ky": [known[text] for text in trio.texts["en"]]}, trio.gold)
        for trio in found
    ]


def without_mt(found: Sequence[Trio]) -> list[Trio]:
    """The documents without any."""
    return [Trio(trio.texts, {}, trio.gold) for trio in found]


def aligned(found: Sequence[Trio]) -> tuple[int, int]:
    """How many gold units come out exactly, of how many, if the texts are aligned."""
    made = ({as_texts(trio, group) for group in joined(trio)} for trio in found)
    right = sum(len(trio.gold & units) for trio, units in zip(found, made, strict=True))
    return right, sum(len(trio.gold) for trio in found)


def of_partition(found: Sequence[Trio]) -> tuple[int, int]:
    """How many units come back, of how many, if the pairs are those of a known partition.

    The units are the gold's, in their order; sentences that are in none stand alone.
    """
    right = total = 0
    for trio in found:
        gold = set(partition(trio))
        lengths = [len(text) for text in trio.texts.values()]
        pairs = [Pair(a, b, _beads(gold, a, b)) for a, b in ((0, 1), (0, 2), (1, 2))]
        made = {group.sides for group in join(lengths, pairs)}
        right += len(gold & made)
        total += len(gold)
    return right, total


def partition(trio: Trio) -> Iterator[tuple[tuple[int, ...], ...]]:
    """The gold units as indexes, and each of the other sentences."""
    seen: set[tuple[int, int]] = set()
    texts = list(trio.texts.values())
    for unit in sorted(trio.gold):
        sides = tuple(
            tuple(text.index(one) for one in side) for text, side in zip(texts, unit, strict=True)
        )
        nodes = {(text, i) for text, side in enumerate(sides) for i in side}
        if not nodes & seen:  # a sentence may stand in a document twice
            seen |= nodes
            yield sides
    for text, sentences in enumerate(texts):
        for i in range(len(sentences)):
            if (text, i) not in seen:
                yield tuple((i,) if other == text else () for other in range(len(texts)))


def _beads(gold: set[tuple[tuple[int, ...], ...]], one: int, other: int) -> list[Bead]:
    return [Bead(unit[one], unit[other]) for unit in gold if unit[one] or unit[other]]


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data/alignment"))
    parser.add_argument("--level", default="medium")
    parser.add_argument("--gold", action="store_true", help="join the gold, not our alignment")
    given = parser.parse_args()
    print("gold three-way units exact, where all three pairs agree in the gold")
    for kyrgyz in PAIRS[1:]:
        found = list(trios(given.data, given.level, kyrgyz))
        if given.gold:
            ways = {"gold": of_partition(found)}
        else:
            ways = {"MT": aligned(over_mt(found)), "no MT": aligned(without_mt(found))}
        for way, (right, total) in ways.items():
            print(
                f"{given.level}, ky of {'-'.join(kyrgyz)}, {way:<6} "
                f"{right} of {total}  {right / total:.1%}",
                flush=True,
            )


if __name__ == "__main__":
    main()
