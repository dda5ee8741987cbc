"""The socket and the process that the editor's page is served from: this computer, and no other."""

from __future__ import annotations

import errno
import hashlib
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import uvicorn

from aligner.errors import UsageError
from aligner.review.security import Guard, new_token
from aligner.review.server import application
from aligner.review.session import Session

HOST = "127.0.0.1"  # never another: what is reviewed may be confidential
_PRIVATE = 49_152, 65_536  # ports that nobody is given, RFC 6335
_GRACE = 3  # seconds for what is under way when it ends
# Seconds that a thread may compute while an answer is due: an answer takes a dozen turns.
_TURN = 0.0002


def usual_port(reviewed: Path) -> int:
    """The port that a folder or file is reviewed at, if it is free: each time the same.

    A browser keeps for each address and port what a page has stored: edits that could not be sent
    when the server was gone are found again by the page of the next one.
    """
    digest = hashlib.blake2b(str(reviewed.resolve()).encode("utf-8", "surrogateescape")).digest()
    first, stop = _PRIVATE
    return first + int.from_bytes(digest[:4], "big") % (stop - first)


def bound(port: int, usual: int = 0) -> socket.socket:
    """A socket on this computer's own address.

    Args:
        port: 0 for any that is free.
        usual: which of these, if it is.

    Raises:
        UsageError: the port is in use, or forbidden.
    """
    with suppress(UsageError):
        if usual and not port:
            return bound(usual)
    # Where the protocol is not named, asyncio leaves Nagle's algorithm on: 40 ms an answer.
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if sys.platform == "win32":
        made.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:  # a port that was in use a moment ago will do; one that is in use will not
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((HOST, port))
        made.listen(100)
    except (OSError, OverflowError) as error:
        made.close()
        number = error.errno if isinstance(error, OSError) else 0
        reason = (
            "in use"
            if number == errno.EADDRINUSE
            else "reserved for the system"
            if number == errno.EACCES
            else "not to be had"
        )
        raise UsageError(
            f"port {port} is {reason}",
            hint="Give another one, or leave --port out: any that is free will do.",
        ) from error
    return made


class Server:
    """Serves a review until it is told to stop.

    Attributes:
        url: where its page is.
    """

    def __init__(self, session: Session, listening: socket.socket) -> None:
        self._socket = listening
        port, token = listening.getsockname()[1], new_token()
        self.url = f"http://{HOST}:{port}/{token}/"
        config = uvicorn.Config(
            Guard(application(session), token, port),
            loop="asyncio",
            http="h11",
            ws="none",
            lifespan="on",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=_GRACE,
        )
        self._uvicorn = _Uvicorn(config, session.hub.close)

    def run(self) -> None:
        """Serve until Ctrl-C, SIGTERM or `stop`."""
        before = sys.getswitchinterval()
        sys.setswitchinterval(_TURN)
        try:
            self._uvicorn.run(sockets=[self._socket])
        finally:
            sys.setswitchinterval(before)

    def stop(self) -> None:
        """End `run` from another thread."""
        self._uvicorn.should_exit = True


class _Uvicorn(uvicorn.Server):
    """Ends by a signal as by a call, and lets go first who only listens."""

    def __init__(self, config: uvicorn.Config, let_go: Callable[[], None]) -> None:
        super().__init__(config)
        self._let_go = let_go

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """As uvicorn does, but a signal that was heeded is not raised again."""
        with super().capture_signals():
            yield
            self._captured_signals.clear()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams of events, which would never end by themselves; then all else."""
        self._let_go()
        await super().shutdown(sockets)
