"""What helps with a unit: fuzzy matches, and where else a word or phrase stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from aligner.languages.codes import language
from aligner.memory.rate import EXACT, normal, rate, tokens
from aligner.memory.search import Query, search
from aligner.memory.store import Store
from aligner.records import Target

_LEAST = 60  # percent
_MOST = 5  # matches of a memory, and of the document
_MOST_FOUND = 100  # places of a phrase


@dataclass(frozen=True, slots=True)
class Offer:
    """A translation of something like a unit.

    Attributes:
        rate: how far its source is the same, in percent; 101 in the same context.
        source: its source text.
        target: its translation.
        memory: the name of the memory; "" for this document.
        origin: where the translation comes from; "" where nobody says.
        editor: who changed it last.
        n: the index of its unit in this document, or None.
    """

    rate: int
    source: str
    target: str
    memory: str
    origin: str
    editor: str = ""
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A place where a phrase stands: in unit `n` of this document, or in a memory, `where`."""

    source: str
    target: str
    where: str
    n: int | None = None


class Memories:
    """Open translation memories. For the one thread that opened them."""

    def __init__(self, stores: Sequence[Path]) -> None:
        """Open stores.

        Raises:
            InputError: one of them is none.
        """
        with ExitStack() as stack:
            self._stores = [stack.enter_context(Store.open(path)) for path in stores]
            self._stack = stack.pop_all()

    def close(self) -> None:
        """Let them go."""
        self._stack.close()

    def matches(self, texts: Sequence[str], n: int, source: str, target: str) -> list[Offer]:
        """What is like one of a document's texts, best first.

        Raises:
            InputError: a memory is damaged.
        """
        before = texts[n - 1] if n else ""
        after = texts[n + 1] if n + 1 < len(texts) else ""
        query = Query(texts[n], language(source), language(target), before, after)
        return _best(
            Offer(one.rate, one.source, one.target, one.memory, one.origin, one.editor)
            for store in self._stores
            for one in search(store, query, _LEAST, _MOST)
        )

    def concordance(self, phrase: str, source: str, target: str) -> Iterator[Found]:
        """Units with a phrase in either language, whatever its capitals.

        Raises:
            InputError: a memory is damaged.
        """
        wanted = phrase.casefold()
        langs = {"source": language(source), "target": language(target), "limit": _MOST_FOUND}
        for store in self._stores:
            store.connection.create_function("has", 1, lambda text: wanted in text.casefold())
            with store.snapshot():
                for one, other, file in store.connection.execute(_CONCORDANCE, langs):
                    yield Found(one, other, Path(file).name)


_CONCORDANCE = """
SELECT DISTINCT source.text, target.text, file.name
FROM text AS found
JOIN variant ON variant.text = found.id
JOIN unit ON unit.id = variant.unit
JOIN file ON file.id = unit.file
JOIN variant AS one ON one.unit = unit.id
JOIN text AS source ON source.id = one.text AND source.lang = :source
JOIN variant AS other ON other.unit = unit.id
JOIN text AS target ON target.id = other.text AND target.lang = :target
WHERE found.lang IN (:source, :target) AND has(found.text)
LIMIT :limit
"""


def own_matches(texts: Sequence[str], n: int, done: Iterable[tuple[int, Target]]) -> list[Offer]:
    """What a person has done in this document for units like one, best first.

    Args:
        texts: the document's source texts.
        n: the index of the one.
        done: targets that a person has written or approved, with the indexes of their units.
    """
    same, words = normal(texts[n]), tokens(texts[n])
    offers = []
    for other, target in done:
        text = texts[other]
        found = EXACT if normal(text) == same else rate(words, tokens(text), _LEAST)
        if other != n and found >= _LEAST:
            offers.append(Offer(found, text, target.text, "", target.origin, target.editor, other))
    return _best(offers)


def own_concordance(
    phrase: str, texts: Sequence[str], targets: Iterable[tuple[int, str]]
) -> list[Found]:
    """The units of this document with a phrase in either language, whatever its capitals."""
    wanted = phrase.casefold()
    found = (
        Found(texts[n], target, "", n)
        for n, target in targets
        if wanted in texts[n].casefold() or wanted in target.casefold()
    )
    return list(islice(found, _MOST_FOUND))


def _best(offers: Iterable[Offer]) -> list[Offer]:
    """The best of some offers, each wording once."""
    best: dict[str, Offer] = {}
    for one in sorted(offers, key=lambda one: -one.rate):
        best.setdefault(one.target, one)
    return list(best.values())[:_MOST]
