"""What other tabs are told: server-sent events (https://html.spec.whatwg.org/#server-sent-events)."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Mapping
from typing import Any

_REMEMBERED = 2_000  # events, for a tab that comes back
_WAITING = 5_000  # events that a tab may be behind
_HEARTBEAT = 15.0  # seconds: by it a tab that is gone is found out

Event = Mapping[str, Any]


class Hub:
    """Passes events on to all that listen. For one event loop.

    Args:
        revision: that of the book.
    """

    def __init__(self, revision: int) -> None:
        self._since = self._now = revision  # what came between them is remembered
        self._recent: deque[tuple[int, bytes]] = deque()
        self._listeners: set[asyncio.Queue[bytes | None]] = set()
        self._is_closed = False

    @property
    def listeners(self) -> int:
        """How many listen."""
        return len(self._listeners)

    def publish(self, event: Event, revision: int | None = None) -> None:
        """Tell all.

        Args:
            event: what has happened.
            revision: that of the book since, if the event is to be told again to who missed it.
        """
        message = framed(event, revision)
        if revision is not None:
            self._now = revision
            self._recent.append((revision, message))
            if len(self._recent) > _REMEMBERED:
                self._since, _ = self._recent.popleft()
        for queue in list(self._listeners):
            if queue.qsize() > _WAITING:
                self._listeners.discard(queue)
                queue.put_nowait(None)  # it comes back, and is told to load all
            else:
                queue.put_nowait(message)

    async def listen(self, since: int | None) -> AsyncIterator[bytes]:
        """The events after a revision, as they come; one that says "reload" if some are forgotten.

        Ends when the hub is closed.
        """
        queue: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield b"retry: 1000\n\n"
            if since is not None and not self._since <= since <= self._now:
                yield framed({"type": "reload"}, None)
            elif since is not None:
                for revision, missed in list(self._recent):
                    if revision > since:
                        yield missed
            while not self._is_closed:
                try:
                    async with asyncio.timeout(_HEARTBEAT):
                        message = await queue.get()
                except TimeoutError:
                    yield b":\n\n"
                    continue
                if message is None:
                    return
                yield message
        finally:
            self._listeners.discard(queue)

    def forget(self, revision: int) -> None:
        """Tell those that come back from before a revision to load all."""
        self._recent.clear()
        self._since = self._now = revision

    def close(self) -> None:
        """Let all go."""
        self._is_closed = True
        for queue in self._listeners:
            queue.put_nowait(None)


def framed(event: Event, revision: int | None) -> bytes:
    """An event as it is sent; the revision is its id, by which a tab that comes back asks on."""
    name = "" if revision is None else f"id: {revision}\n"
    return name.encode() + b"data: " + encoded(event) + b"\n\n"


def encoded(value: object) -> bytes:
    """JSON. Half a character, which UTF-8 cannot hold, is escaped as JSON has it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace")
