"""A review while it goes on: who changes what, who is told, and what is done meanwhile.

All of the book is handled by the event loop, which no piece of work holds for more than some
milliseconds. What takes longer (files, memories, word alignment, long texts) runs in threads, on
what does not change.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryFile
from time import perf_counter
from typing import TYPE_CHECKING, BinaryIO, TypeVar, cast

from aligner.errors import UsageError
from aligner.records import PERSONS
from aligner.review import export, offers, view
from aligner.review.analysis import Analyst
from aligner.review.background import Background
from aligner.review.book import Book, Key, Taken
from aligner.review.changes import Change, text_of
from aligner.review.events import Hub
from aligner.review.export import Download
from aligner.review.offers import Found, Memories, Offer
from aligner.review.save import Saved, Snapshot, snapshot
from aligner.review.sources import Source, read
from aligner.terminology.termbase import Termbase

_PATIENCE = 0.3  # seconds that a page waits for the findings in what it asks for
_MOMENT = 0.005  # seconds between two looks whether they are there

if TYPE_CHECKING:
    from aligner.align.words import Links
    from aligner.review.words import Words

T = TypeVar("T")


class Session:
    """A review while it goes on.

    Attributes:
        book: the units and their edits.
        analyst: what is known of them.
        hub: tells the pages.
        editor: the name that edits go under.
    """

    def __init__(
        self,
        book: Book,
        termbase: Termbase,
        memories: Sequence[Path] = (),
        editor: str = "",
    ) -> None:
        self.book = book
        self.analyst = Analyst(book, termbase)
        self.hub = Hub(book.revision)
        self.editor = editor
        self._paths = memories
        self._memories: Memories | None = None
        self._thread = ThreadPoolExecutor(1)  # the one that the memories are opened in
        self._words: Words | None = None
        self._models = ThreadPoolExecutor(1)
        self._saving = asyncio.Lock()
        self._background = Background(book, self.analyst, self.hub, self._saving)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Do in the background what is to be done there."""
        try:
            async with self._background.running():
                yield
        finally:
            self.hub.close()
            await self._aside(self._close_memories)
            self._thread.shutdown()
            self._models.shutdown(wait=False, cancel_futures=True)

    # What a page asks for

    def document(self) -> view.Json:
        """What is reviewed."""
        source, lost = self.book.source, self.book.taken.lost
        return {
            "name": source.name,
            "title": source.title,
            "path": str(source.path.absolute()),
            "source": source.lang,
            "targets": source.targets,
            "count": len(source.items),
            "revision": self.book.revision,
            "editor": self.editor,
            "glossary": bool(self.analyst.concepts),
            "memory": bool(self._paths),
            "exports": export.formats(),
            "unsaved": self.book.unsaved,
            "documents": list(dict.fromkeys(item.document for item in source.items)),
            "lost": [
                {
                    "id": place.name,
                    "lang": place.lang,
                    "source": place.source,
                    "text": place.head.text if place.head else "",
                }
                for place in lost
            ],
        }

    async def units(self, start: int, stop: int) -> view.Json:
        """Some units, with what was found in them if that is soon known."""
        numbers = range(len(self.book.items))[max(start, 0) : max(stop, 0)]
        new = [n for n in numbers if not self.analyst.is_seen(n)]
        self._background.want(new)
        until = perf_counter() + _PATIENCE
        while perf_counter() < until and not all(map(self.analyst.is_seen, new)):
            await asyncio.sleep(_MOMENT)
        units = []
        for n in numbers:
            units.append(view.unit(self.book, self.analyst, n))
            if n % 50 == 49:
                await asyncio.sleep(0)
        return {"revision": self.book.revision, "units": units}

    def change(self, change: Change) -> view.Json:
        """Do what a person wants to a target, and tell the other pages."""
        self.book.change(change)
        self._took(change.n, change.lang, change.tab)
        return {
            "target": self.target(change.n, change.lang),
            "revision": self.book.revision,
            "repeats": self._repeats(change.n, change.lang),
        }

    def spread(self, n: int, lang: str, tab: str) -> view.Json:
        """Give a target to its unit's repeats."""
        done = self.book.spread(n, lang, tab, self.editor)
        for other in done:
            self._took(other, lang, "")
        return {"units": done, "revision": self.book.revision}

    def target(self, n: int, lang: str) -> view.Json:
        """A target as it is now."""
        return view.target(self.book, self.analyst, n, lang)

    async def save(self, *, force: bool = False) -> Saved:
        """Write all edits into the files; what `Snapshot.write` raises, it raises."""
        async with self._saving:
            if force and self.book.source.has_changed():
                await self._reload()
            await self._background.caught_up()
            shot = self._shot()
            saved = await asyncio.to_thread(shot.write, force=force)
            self.book.settle(shot.written, saved.source)
            self._background.saved()
            return saved

    def finish(self) -> Saved | None:
        """Write the edits that the files have not, when all is over; raises as `save`."""
        if not self.book.unsaved:
            return None
        shot = self._shot()
        saved = shot.write()
        self.book.settle(shot.written, saved.source)
        return saved

    async def reload(self) -> Taken:
        """Take up the files as they are now, with the edits on them."""
        async with self._saving:
            return await self._reload()

    async def export(
        self,
        format: str,  # noqa: A002
        langs: str,
        document: str,
    ) -> tuple[BinaryIO, str, str]:
        """A download, open at its beginning, with its name and media type."""
        await self._background.caught_up()
        shot = self._shot()
        download = export.asked(shot, format, langs, document)
        file = await asyncio.to_thread(_exported, shot, download)
        return file, export.file_name(shot, download), download.media_type

    async def matches(self, n: int, lang: str) -> list[Offer]:
        """What is like a unit, in the memories and in what a person has done here."""
        source, done = self.book.source, list(self.book.persons(lang))

        def find() -> list[Offer]:
            texts = _texts(source)
            own = offers.own_matches(texts, n, done)
            memories = self._opened()
            found = memories.matches(texts, n, source.lang, lang) if memories else []
            return sorted([*own, *found], key=lambda one: -one.rate)

        return await self._aside(find)

    async def concordance(self, phrase: str, lang: str) -> list[Found]:
        """Where a phrase stands, here and in the memories."""
        copy = self.book.copy()

        def find() -> list[Found]:
            texts = _texts(copy.source)
            targets = ((n, text_of(copy.target(n, lang))) for n in range(len(texts)))
            memories = self._opened()
            found = memories.concordance(phrase, copy.source.lang, lang) if memories else ()
            return [*offers.own_concordance(phrase, texts, targets), *found]

        return await self._aside(find)

    async def words(self, n: int, lang: str) -> view.Json:
        """Which words of a unit belong together."""
        source, target = self.book.items[n].unit.source.text, self.book.target(n, lang)
        english = self.book.target(n, "en")
        if target is None:
            return {"source": [], "target": [], "links": []}

        def find() -> Links:
            if self._words is None:
                from aligner.review.words import Words

                self._words = Words(self.book.source.lang)
            return self._words.links(source, target.text, lang, english.text if english else "")

        links = await asyncio.get_running_loop().run_in_executor(self._models, find)
        return {
            "source": view.spans(source, links.source),
            "target": view.spans(target.text, links.target),
            "links": links.pairs,
        }

    def check(self, n: int, lang: str) -> Key:
        """The place of a target.

        Raises:
            UsageError: there is none.
        """
        if not 0 <= n < len(self.book.items) or lang not in self.book.source.targets:
            raise UsageError(f"there is no unit {n} with a translation into {lang}")
        return n, lang

    def _took(self, n: int, lang: str, tab: str) -> None:
        """A target has been changed."""
        self._background.changed(n, lang)
        event = {
            "type": "edit",
            "n": n,
            "lang": lang,
            "target": self.target(n, lang),
            "tab": tab,
            "revision": self.book.revision,
            "unsaved": self.book.unsaved,
        }
        self.hub.publish(event, self.book.revision)

    def _repeats(self, n: int, lang: str) -> list[int]:
        target = self.book.target(n, lang)
        return self.book.repeats(n, lang) if target and target.origin in PERSONS else []

    async def _reload(self) -> Taken:
        source = self.book.source
        new = await asyncio.to_thread(read, source.path, source.targets)
        taken = self.book.load(new)
        self._background.reloaded()
        self.hub.forget(self.book.revision)
        self.hub.publish({"type": "reload"})
        return taken

    # Threads

    async def _aside(self, work: Callable[[], T]) -> T:
        """Do something in the thread of the memories."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _opened(self) -> Memories | None:
        if self._memories is None and self._paths:
            self._memories = Memories(self._paths)
        return self._memories

    def _close_memories(self) -> None:
        if self._memories:
            self._memories.close()

    def _shot(self) -> Snapshot:
        return snapshot(self.book, self.analyst)


def _texts(source: Source) -> list[str]:
    return [item.unit.source.text for item in source.items]


def _exported(shot: Snapshot, download: Download) -> BinaryIO:
    # Whoever sends it closes it.
    file = cast(BinaryIO, TemporaryFile())  # noqa: SIM115
    try:
        export.write(file, shot, download)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file
