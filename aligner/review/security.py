"""What a request must be like to be answered: from a page of ours, on this computer.

Any web page that a browser shows may send requests to 127.0.0.1. So

- the address has a secret in it, new at each start, compared in constant time;
- `Host` must be ours: else a foreign name could be made to point here (DNS rebinding);
- `Origin` and `Sec-Fetch-Site`, where they are sent, must say that our own page asks;
- what is posted must be JSON, which no form of another page can send unasked, and not too long;
- nothing from outside is loaded or run, whatever a text says (Content Security Policy), no other
  page may show ours, and what we send is kept by no cache.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_TOO_LONG = "the request is too long"
LONGEST_BODY = 1 << 22  # bytes; a unit of a million letters passes

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self';"
    " img-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none';"
    " frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def new_token() -> str:
    """A secret for an address."""
    return secrets.token_urlsafe(32)


class Guard:
    """Lets only such requests through to an application, and puts our headers on every answer.

    Args:
        app: the application; it sees paths without the secret.
        token: the secret.
        port: where we listen.
    """

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        self._app = app
        self._token = token.encode()
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or let the application do so."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # the server refuses what we do not accept
        send = _with_headers(send)
        if refusal := self._refusal(scope):
            await refusal(scope, receive, send)
            return
        token = scope["path"].split("/")[1]
        await self._app({**scope, "root_path": f"/{token}"}, _bounded(receive), send)

    def _refusal(self, scope: Scope) -> JSONResponse | None:
        """The answer to a request that must not get through."""
        headers = Headers(scope=scope)
        if len(headers.getlist("host")) != 1 or headers["host"].lower() not in self._hosts:
            return _no(403, "the request is for another host")
        segments = scope["path"].split("/")
        mine = len(segments) > 2 and not segments[0]
        given = segments[1].encode("utf-8", "replace") if mine else b""
        if not secrets.compare_digest(given, self._token):
            return _no(404, "there is nothing here")
        origins = {f"http://{host}" for host in self._hosts}
        if any(origin.lower() not in origins for origin in headers.getlist("origin")):
            return _no(403, "the request comes from another page")
        is_post = scope["method"] == "POST"
        if is_post or segments[2] == "api":
            site = headers.get("sec-fetch-site", "none")
            if site not in ("same-origin", "none"):
                return _no(403, "the request comes from another page")
        return _unfit(headers) if is_post else None


def _unfit(headers: Headers) -> JSONResponse | None:
    """The answer to a POST that we cannot take."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        return _no(415, "only JSON can be posted")
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > LONGEST_BODY:
        return _no(413, _TOO_LONG)
    return None


def _no(status: int, reason: str) -> JSONResponse:
    return JSONResponse({"error": reason}, status)


def _bounded(receive: Receive) -> Receive:
    """Takes no more of a request than is right, whatever length it says it has."""
    taken = 0

    async def bounded() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > LONGEST_BODY:
            raise HTTPException(413, _TOO_LONG)
        return message

    return bounded


def _with_headers(send: Send) -> Send:
    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(HEADERS)
        await send(message)

    return with_headers
