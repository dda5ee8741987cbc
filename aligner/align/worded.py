"""Units with the alignment of their words, for each two of their languages.

x-words-en-ru    which word of the English is which of the Russian, in Pharaoh's format: "0-0 1-2";
                 words are counted from 0, as `aligner.align.words.tokens` parts them
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, islice

from aligner.align.words import Aligner
from aligner.engines import Settings
from aligner.entries import Entry

WORDS = "x-words"
_AT_ONCE = 2000  # units
_ENGLISH = "en"


def worded(entries: Iterable[Entry], langs: Sequence[str], settings: Settings) -> Iterator[Entry]:
    """Add to each unit which words of its texts belong together.

    Args:
        entries: the units.
        langs: the languages whose words are aligned, each with those behind it.
        settings: how models run.

    Raises:
        PackageError: a model is there but broken.
    """
    aligners = {pair: Aligner(*pair, settings) for pair in combinations(dict.fromkeys(langs), 2)}
    taken = iter(entries)
    while some := list(islice(taken, _AT_ONCE)):
        props = [list(entry.props) for entry in some]
        for pair, aligner in aligners.items():
            having = [place for place, entry in enumerate(some) if all(map(entry.variant, pair))]
            links = aligner.stream(
                [(_text(some[place], pair[0]), _text(some[place], pair[1])) for place in having],
                [_text(some[place], _ENGLISH) for place in having],
            )
            for place, found in zip(having, links, strict=True):
                props[place].append((f"{WORDS}-{'-'.join(pair)}", found.pharaoh()))
        for entry, own in zip(some, props, strict=True):
            yield replace(entry, props=tuple(own))


def _text(entry: Entry, lang: str) -> str:
    variant = entry.variant(lang)
    return variant.text if variant else ""
