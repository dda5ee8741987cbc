"""What a document's memories know of its segments, before anything is translated.

    same text, same neighbours   101 %       used
    same text                    100 %       used
    numbers and months differ     99 %       mended and used, where that is certain
    nearly the same               75–99 %    offered beside the machine's translation

Used means that nothing else is made. What a machine has translated is no memory, unless asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from aligner.memory.rate import ALMOST, EXACT
from aligner.memory.repair import mended
from aligner.memory.search import Match, Query, mendable, search
from aligner.memory.store import Store
from aligner.records import Origin, Target

# Told how many segments of how many are looked up.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """What counts as a memory's answer.

    Attributes:
        minimum: the least rate of what is offered, in percent.
        machine: whether machine translation in a memory will do.
    """

    minimum: int = 75
    machine: bool = False


@dataclass(frozen=True, slots=True)
class Recalled:
    """What a memory has for a segment.

    Attributes:
        match: the unit.
        target: the translation to use; None where the match is only offered.
    """

    match: Match
    target: Target | None = None

    def offer(self, lang: str) -> dict[str, str]:
        """What is offered for a language, as properties of the unit; empty if the match is used."""
        if self.target:
            return {}
        return {
            f"offer-{lang}": self.match.target,
            f"offer-{lang}-source": self.match.source,
            f"offer-{lang}-match": str(self.match.rate),
            f"offer-{lang}-memory": self.match.memory,
        }


class Memories:
    """Some open memories, asked as one; a context manager.

    Attributes:
        digests: the names of the memories, with digests of what is in them.
        settings: what counts.
    """

    def __init__(self, stores: Sequence[tuple[str, Path]], settings: Settings = Settings()) -> None:
        """Open stores, each given with the name that it goes by.

        Raises:
            InputError: one of them is none.
        """
        self.settings = settings
        with ExitStack() as stack:
            self._stores = [stack.enter_context(Store.open(path)) for _, path in stores]
            named = zip(stores, self._stores, strict=True)
            self.digests = "+".join(f"{name}@{store.digest()}" for (name, _), store in named)
            self._stack = stack.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stack.close()

    def recall(
        self,
        texts: Sequence[str],
        source: str,
        target: str,
        progress: Progress = lambda *_: None,
    ) -> list[Recalled | None]:
        """Look up the segments of a document, which stand in its order.

        Raises:
            InputError: a memory is damaged.
        """
        around = ["", *texts, ""]
        machine = self.settings.machine
        found = []
        for place, text in enumerate(texts):
            query = Query(text, source, target, around[place], around[place + 2], machine)
            found.append(self._one(query))
            progress(place + 1, len(texts))
        return found

    def _one(self, query: Query) -> Recalled | None:
        best = self._search(query, EXACT)
        if best is None:
            if mended := self._mended(query):
                return mended
            best = self._search(query, self.settings.minimum)
        return Recalled(best, _target(best) if best.rate >= EXACT else None) if best else None

    def _search(self, query: Query, minimum: int) -> Match | None:
        found = (match for store in self._stores for match in search(store, query, minimum, 1))
        return min(found, key=lambda match: match.order, default=None)

    def _mended(self, query: Query) -> Recalled | None:
        for store in self._stores:
            for match in mendable(store, query):
                found = mended(query.text, match.source, match.target, query.source, query.target)
                if found:
                    text, changes = found
                    match = replace(match, rate=ALMOST)
                    issue = f"memory: {', '.join(changes)} was put in"
                    return Recalled(match, replace(_target(match), text=text, issues=(issue,)))
        return None


def _target(match: Match) -> Target:
    return Target(
        match.target,
        Origin.TM,
        match=match.rate,
        memory=match.memory,
        editor=match.editor,
    )
