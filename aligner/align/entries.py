"""Aligned texts as units for exchange.

What is particular to them stands in properties of a unit:

x-alignment-probability    how likely the unit is exactly right, 0.0000 to 1.0000
x-segments                 which sentences are in it: "en 2.1 2.2; ru 2.1"
x-kind                     heading, body, caption or boilerplate, where all its sentences are that
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from aligner.align import Aligned
from aligner.align.texts import Text, name_without_language
from aligner.alignment.join import Group
from aligner.entries import Bundle, Entry, Header, Variant
from aligner.formats import slug

PROBABILITY = "x-alignment-probability"
SEGMENTS = "x-segments"
KIND = "x-kind"


def bundle(aligned: Aligned, *, keep_unaligned: bool = False) -> Bundle:
    """The units of aligned texts, in the order of the first text.

    Sentences of a text that are one unit are joined by spaces.

    Args:
        aligned: what `aligner.align.align` gives.
        keep_unaligned: give also what nothing is aligned with, as units of one text.
    """
    source = aligned.texts[0].lang
    created = (("creationdate", f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"),)
    groups = (group for group in aligned.groups if group.is_aligned or keep_unaligned)
    props = tuple(
        (f"x-model-{'-'.join(aligned.texts[i].lang for i in (pair.first, pair.second))}", names)
        for pair, models in zip(aligned.pairs, aligned.models, strict=True)
        if (names := "+".join(model.name for model in models))
    )
    header = Header(source, props, attributes=(*created, ("srclang", source)))
    return Bundle(_entries(aligned, groups), header)


def _entries(aligned: Aligned, groups: Iterator[Group]) -> Iterator[Entry]:
    name = slug(name_without_language(aligned.texts[0].name))
    for number, group in enumerate(groups, 1):
        there = [
            (text, side) for text, side in zip(aligned.texts, group.sides, strict=True) if side
        ]
        segments = "; ".join(
            f"{text.lang} {' '.join(text.ids[i] for i in side)}" for text, side in there
        )
        probability = ((PROBABILITY, f"{group.probability:.4f}"),) if group.is_aligned else ()
        yield Entry(
            tuid=f"{name}:{number}",
            variants=tuple(
                Variant(text.lang, " ".join(text.sentences[i] for i in side))
                for text, side in there
            ),
            source_lang=aligned.texts[0].lang if group.sides[0] else "",
            props=(*probability, (SEGMENTS, segments), *_kind(there)),
        )


def _kind(there: Iterable[tuple[Text, Sequence[int]]]) -> tuple[tuple[str, str], ...]:
    """What all sentences of a unit stand in, if they agree; nothing where nothing is known."""
    kinds = {text.kinds[i] if text.kinds else None for text, side in there for i in side}
    kind = kinds.pop() if len(kinds) == 1 else None
    return ((KIND, kind),) if kind else ()


def beads(aligned: Aligned) -> str:
    """The beads of two texts as vecalign writes them, with probabilities: "[0]:[0, 1]:0.9812".

    The indexes, from 0, are those of `Text.places`.
    """
    [pair] = aligned.pairs
    one, other = (aligned.texts[text].places for text in (pair.first, pair.second))
    return "".join(
        f"{[one[i] for i in bead.source]}:{[other[j] for j in bead.target]}"
        f":{bead.probability:.4f}\n"
        for bead in pair.beads
    )
