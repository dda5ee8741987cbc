"""What a review does while nobody waits for it: look at all units, and after the files.

Units are looked at in the event loop, some milliseconds at a time, so that what a person asks for
comes first. What takes longer runs in threads, on copies.
"""

from __future__ import annotations

import asyncio
import gc
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from threading import Thread
from time import perf_counter, sleep
from typing import TypeVar, cast

from aligner.review.analysis import Analyst, across
from aligner.review.book import Book, Key
from aligner.review.events import Hub

_SLICE = 0.003  # seconds that looking at units may hold the loop
_PAUSE = 0.001  # seconds in which an answer can be finished
_PATIENCE = 1.0  # seconds that a file waits for the findings that are to be in it
_REST = 0.03  # seconds after an edit in which the next one may come
_TOLD = 0.25  # seconds between two messages of what was looked at
_POLL = 1.5  # seconds between two looks at the files
_QUIET = 2.0  # seconds without an edit, before all units are checked together

T = TypeVar("T")


class Background:
    """The work that goes on meanwhile; for one event loop.

    Args:
        book: the units and their edits.
        analyst: looks at them.
        hub: tells the pages.
        saving: locked while the files are written or read.
    """

    def __init__(self, book: Book, analyst: Analyst, hub: Hub, saving: asyncio.Lock) -> None:
        self._book = book
        self._analyst = analyst
        self._hub = hub
        self._saving = saving
        self._wanted: deque[int] = deque()  # units to be looked at first
        self._long: dict[Key, None] = {}  # targets to be looked at in a thread, in order
        self._news = asyncio.Event()  # something is to be looked at
        self._long_news = asyncio.Event()
        self._edited_at = 0.0
        self._is_warm = self._is_over = False
        self._is_stale = True  # what `across` has found
        self._is_told = False  # that the files have changed

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Do it."""
        works = (self._look_on, self._look_long, self._check_on, self._watch)
        tasks = [asyncio.create_task(work()) for work in works]
        try:
            yield
        finally:
            self._is_over = True
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def want(self, numbers: Iterable[int]) -> None:
        """Look at some units next: a page shows them."""
        self._wanted.extendleft(reversed(list(numbers)))
        self._news.set()

    def changed(self, n: int, lang: str) -> None:
        """A target has been changed: look at it at once, or in a while if that takes long."""
        self._edited_at, self._is_stale = perf_counter(), True
        self._analyst.lose(n, lang)
        self._look(n, lang)

    def reloaded(self) -> None:
        """The book has been loaded anew."""
        self._analyst.forget()
        self._wanted.clear()
        self._long.clear()
        self._news.set()
        self._is_stale, self._is_told = True, False

    def saved(self) -> None:
        """The files are as we know them."""
        self._is_told = False

    async def caught_up(self) -> None:
        """Wait until all has been looked at that takes long, but not for ever."""
        until = perf_counter() + _PATIENCE
        while self._long and perf_counter() < until:
            await asyncio.sleep(_PAUSE)

    async def _look_on(self) -> None:
        """Look at all units, those first that a page shows."""
        await _apart(self._analyst.warm)
        self._is_warm = True
        self._long_news.set()
        while True:
            self._news.clear()
            looked: list[int] = []
            began = told = perf_counter()
            for n in self._order():
                for lang in self._book.source.targets:
                    self._look(n, lang)
                looked.append(n)
                now = perf_counter()
                if now - told > _TOLD:
                    looked, told = self._tell(looked), now
                if now - began > _SLICE:
                    await asyncio.sleep(_PAUSE)
                    while self._is_busy():
                        await asyncio.sleep(_PAUSE)
                    began = perf_counter()
            self._tell(looked)
            await self._news.wait()

    def _order(self) -> Iterator[int]:
        """The units that have not been looked at, as they are wanted."""
        for n in range(len(self._book.items)):
            while self._wanted:
                wanted = self._wanted.popleft()
                if self._is_open(wanted):
                    yield wanted
            if self._is_open(n):
                yield n

    def _is_open(self, n: int) -> bool:
        return n < len(self._book.items) and not self._analyst.is_seen(n)

    def _look(self, n: int, lang: str) -> None:
        """Look at a target that has not been looked at, if not at once, in a while."""
        if self._analyst.has_seen(n, lang):
            return
        if self._is_warm and not self._analyst.case(n, lang).is_long:
            self._analyst.look(n, lang)
        else:
            self._long.setdefault((n, lang))
            self._long_news.set()

    def _is_busy(self) -> bool:
        """Whether a person waits, or is likely to do so at once."""
        return self._saving.locked() or perf_counter() - self._edited_at < _REST

    def _give_way(self) -> None:
        """Let a thread wait for people."""
        while self._is_busy() and not self._is_over:
            sleep(_REST)
        if self._is_over:
            raise InterruptedError("the review is over")

    async def _look_long(self) -> None:
        """Look at the targets that take their time."""
        while True:
            await self._long_news.wait()
            self._long_news.clear()
            while self._long and self._is_warm:
                n, lang = key = next(iter(self._long))
                case = self._analyst.case(n, lang)
                seen = await _apart(partial(self._analyst.examine, case))
                if self._analyst.take(case, seen):
                    self._long.pop(key, None)
                    self._tell([n])

    def _tell(self, looked: list[int]) -> list[int]:
        if looked:
            self._hub.publish({"type": "checked", "units": looked})
            # What was found stays: to look through all of it for garbage would take a moment.
            gc.freeze()
        return []

    async def _check_on(self) -> None:
        """Check all units together, whenever nobody has edited for a while."""
        concepts = tuple(self._analyst.concepts.values())
        pause = _QUIET
        while True:
            await asyncio.sleep(pause)
            if not self._is_stale or perf_counter() - self._edited_at < pause:
                continue
            self._is_stale = False
            began = perf_counter()
            copy = self._book.copy()
            found = await _apart(partial(across, copy, concepts, self._give_way))
            # A long document takes its time, and the thread takes some from the page.
            pause = max(_QUIET, 10 * (perf_counter() - began))
            if copy.source is self._book.source:
                self._tell(sorted({n for n, _ in self._analyst.take_across(found, copy)}))

    async def _watch(self) -> None:
        """Tell the pages when the files are changed by somebody else."""
        while True:
            await asyncio.sleep(_POLL)
            if not self._hub.listeners or self._saving.locked():
                continue
            source = self._book.source
            has_changed = await asyncio.to_thread(source.has_changed)
            if has_changed and not self._is_told and source is self._book.source:
                self._hub.publish(
                    {"type": "disk", "message": f"{source.name} has changed on disk."}
                )
            self._is_told = has_changed and source is self._book.source


async def _apart(work: Callable[[], T]) -> T:
    """Do something in a thread that is left to itself when all ends: it may take for ever."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def settle(made: T | None, error: BaseException | None) -> None:
        if done.cancelled():
            return
        if error:
            done.set_exception(error)
        else:
            done.set_result(cast(T, made))

    def run() -> None:
        made, error = None, None
        try:
            made = work()
        except Exception as raised:
            error = raised
        with suppress(RuntimeError):  # all has ended
            loop.call_soon_threadsafe(settle, made, error)

    Thread(target=run, daemon=True).start()
    return await done
