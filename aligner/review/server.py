"""The application that the editor's page talks to.

All is below a secret, http://127.0.0.1:PORT/TOKEN/, and the page's own addresses are relative to
it. What is sent is JSON, what is posted too (`Content-Type: application/json`). Offsets count
UTF-16 code units: `text.slice(start, stop)` in JavaScript. Errors are {"error": what, "hint": what
to do}: 400 for a wrong request, 404, 409 where something would be lost, 413, 415, 500.

    GET  .                  the page; main.js, review.css and so on beside it

    GET  api/document       {"name", "title", "path", "source": "en", "targets": ["ru", "ky"],
                             "count", "revision", "editor", "glossary": bool, "memory": bool,
                             "exports": ["tmx", …], "unsaved": targets that the files have not,
                             "documents": [their ids, in order; "" where none is named],
                             "lost": [{"id", "lang", "source", "text"}: edits of units that are no
                             longer there]}
    GET  api/units?start=0&stop=200
                            {"revision", "units": [UNIT]}
    POST api/edit           {"n", "lang", "action", "rev", "text"?, "tab"?, "editor"?} gives
                            {"target": TARGET, "revision", "repeats": [n: other units with the same
                            source, which nobody has edited]}; 409 {"target": TARGET, "error"}: it
                            has been changed since `rev`, or removed.
                            action "edit": the text; that of the draft gives the draft back.
                            "accept": the text as it is, or `text`. "revert": the draft.
                            "undo": the last action; keystrokes of one tab that come fast are one.
    POST api/spread         {"n", "lang", "tab"?} gives {"units": [n], "revision"}: the text of an
                            edited target goes to its `repeats`; each comes as an event, too
    GET  api/events?since=R server-sent events, those after revision R first (`Last-Event-ID` does
                            as well). {"type": "edit", "n", "lang", "target", "tab", "revision",
                            "unsaved"}: also one's own, by `tab`
                            {"type": "checked", "units": [n]}: findings, terms, confidence are new:
                            ask for these units again
                            {"type": "saved", "unsaved", "files"}
                            {"type": "disk", "message"}: files changed on disk; ask whether to load
                            {"type": "reload"}: load all again, `count` too
    GET  api/matches?n=&lang=
                            [{"rate", "source", "target", "memory", "origin", "editor", "n"}]: best
                            first; `n` is the unit of this document, null for a memory's
    GET  api/concordance?q=&lang=
                            [{"source", "target", "where", "n"}], the document's first
    GET  api/concept?id=    {"id", "terms": {"en": {"preferred", "variants", "forbidden",
                            "status"}}, "note", "category", "source"}
    GET  api/words?n=&lang= {"source": [[start, stop]], "target": [[start, stop]],
                            "links": [[i, j]]}; all empty where words cannot be aligned
    POST api/save           {"force"?: true} gives {"files": [names], "lost": [what the format
                            cannot hold], "unsaved"}; 409 {"error", "hint", "reason"}: "changed":
                            the files were changed on disk; "edited": another file of the folder
                            was. With force, the first is loaded before, the second written over.
    POST api/reload         {} gives {"kept": unsaved edits of units that changed, "overtaken":
                            edited targets that the files have newer, "lost": edits of units that
                            are gone, "count", "revision"}; all pages get "reload"
    GET  api/export?format=tmx&langs=ru,ky&document=
                            a download; `langs` may be left out, but for xliff, which holds one;
                            `document` says which of several a publication is of

    UNIT    {"n", "id", "kind", "document", "source", "terms": [{"concept", "start", "stop"}],
             "targets": {"ru": TARGET}, "checked": whether the findings are those of now}
    TARGET  {"text", "origin": "mt|tm|human|post-edited", or "" of one that is missing, "accepted":
             whether a person is done with it, "draft": the text that "revert" gives back, "" where
             it is this one, "confidence": 0.71 or null, "basis", "match": 92 or null, "memory",
             "editor", "edited", "rev",
             "issues": [{"check", "severity": "error|warning|note", "message", "start", "stop",
             "source_start", "source_stop": its place in the source}],
             "terms": [{"concept", "source", "target", "outcome", "start", "stop"}]};
             start and stop are null where there is no place.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, get_args
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Route

from aligner.errors import AlignerError, EditedError, UsageError
from aligner.review import view
from aligner.review.changes import Action, Change, Stale
from aligner.review.events import encoded
from aligner.review.save import ChangedError
from aligner.review.session import Session

STATIC = Path(__file__).with_name("static")
_TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
}
# What the page consists of, listed once: no path is ever made of what is asked for.
PAGE = {
    "" if path.name == "index.html" else path.name: path
    for path in sorted(STATIC.iterdir())
    if path.suffix in _TYPES
}

_MOST_UNITS = 2_000
_LONGEST_PHRASE = 1_000
_CHUNK = 1 << 16


class Json(Response):
    """An answer in JSON, half characters and all."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """The bytes of a value."""
        return encoded(content)


def application(session: Session) -> Starlette:
    """The application for a review; without what keeps others out: `aligner.review.security`."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with session.running():
            yield

    answers = _Answers(session)
    gets = {
        "document": answers.document,
        "units": answers.units,
        "events": answers.events,
        "matches": answers.matches,
        "concordance": answers.concordance,
        "concept": answers.concept,
        "words": answers.words,
        "export": answers.export,
    }
    posts = {
        "edit": answers.edit,
        "spread": answers.spread,
        "save": answers.save,
        "reload": answers.reload,
    }
    return Starlette(
        routes=[
            *(Route(f"/{name}", partial(_static, name=name)) for name in PAGE),
            *(Route(f"/api/{name}", answer) for name, answer in gets.items()),
            *(Route(f"/api/{name}", answer, methods=["POST"]) for name, answer in posts.items()),
        ],
        exception_handlers={
            Stale: answers.stale,
            AlignerError: _wrong,
            HTTPException: _refused,
            Exception: _failed,
        },
        lifespan=lifespan,
    )


async def _static(request: Request, name: str) -> Response:  # noqa: ARG001
    path = PAGE[name]
    return FileResponse(path, media_type=_TYPES[path.suffix])


class _Answers:
    """Takes requests apart, and makes answers of what the session gives."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def document(self, request: Request) -> Response:  # noqa: ARG002
        return Json(self._session.document())

    async def units(self, request: Request) -> Response:
        start = _number(request, "start", 0)
        stop = min(_number(request, "stop", start + 200), start + _MOST_UNITS)
        return Json(await self._session.units(start, stop))

    async def events(self, request: Request) -> Response:
        named = request.query_params.get("since") or request.headers.get("last-event-id", "")
        since = int(named) if named.isascii() and named.isdecimal() else None
        # The revision of the last event is newer than that which the page began with.
        last = request.headers.get("last-event-id", "")
        if since is not None and last.isascii() and last.isdecimal():
            since = max(since, int(last))
        return StreamingResponse(self._session.hub.listen(since), media_type="text/event-stream")

    async def matches(self, request: Request) -> Response:
        found = await self._session.matches(*self._place(request))
        return Json([asdict(one) for one in found])

    async def concordance(self, request: Request) -> Response:
        phrase = request.query_params.get("q", "").strip()[:_LONGEST_PHRASE]
        _, lang = self._session.check(0, request.query_params.get("lang", ""))
        found = await self._session.concordance(phrase, lang) if phrase else []
        return Json([asdict(one) for one in found])

    async def concept(self, request: Request) -> Response:
        found = self._session.analyst.concepts.get(request.query_params.get("id", ""))
        if found is None:
            raise HTTPException(404, "there is no such concept")
        return Json(view.concept(found))

    async def words(self, request: Request) -> Response:
        return Json(await self._session.words(*self._place(request)))

    async def export(self, request: Request) -> Response:
        wanted = (request.query_params.get(key, "") for key in ("format", "langs", "document"))
        file, name, kind = await self._session.export(*wanted)
        # RFC 6266; the name has letters, digits, hyphens and dots only.
        plain = name.encode("ascii", "replace").decode().replace("?", "_")
        named = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
        return StreamingResponse(
            _chunks(file),
            media_type=kind,
            headers={"Content-Disposition": named},
        )

    async def edit(self, request: Request) -> Response:
        fields = await _fields(request, n=int, lang=str, action=str, rev=int)
        action = fields["action"]
        if action not in get_args(Action):
            raise HTTPException(400, f'there is no action "{action}"')
        text = fields.get("text")
        if text is not None and not isinstance(text, str):
            raise HTTPException(400, '"text" is not a string')
        change = Change(
            fields["n"],
            fields["lang"],
            action,
            text,
            fields["rev"],
            _name(fields, "tab"),
            _name(fields, "editor") or self._session.editor,
        )
        request.state.place = change.n, change.lang
        return Json(self._session.change(change))

    async def spread(self, request: Request) -> Response:
        fields = await _fields(request, n=int, lang=str)
        return Json(self._session.spread(fields["n"], fields["lang"], _name(fields, "tab")))

    async def save(self, request: Request) -> Response:
        fields = await _fields(request)
        saved = await self._session.save(force=fields.get("force") is True)
        files = [path.name for path in saved.files]
        unsaved = self._session.book.unsaved
        self._session.hub.publish({"type": "saved", "files": files, "unsaved": unsaved})
        return Json({"files": files, "lost": saved.lost, "unsaved": unsaved})

    async def reload(self, request: Request) -> Response:
        await _fields(request)
        taken = await self._session.reload()
        book = self._session.book
        return Json(
            {
                "kept": taken.kept,
                "overtaken": taken.overtaken,
                "lost": len(taken.lost),
                "count": len(book.items),
                "revision": book.revision,
            }
        )

    async def stale(self, request: Request, error: Exception) -> Response:
        target = self._session.target(*request.state.place)
        return Json({"error": str(error), "target": target}, 409)

    def _place(self, request: Request) -> tuple[int, str]:
        lang = request.query_params.get("lang", "")
        return self._session.check(_number(request, "n"), lang)


def _number(request: Request, name: str, default: int | None = None) -> int:
    value = request.query_params.get(name)
    if value is None and default is not None:
        return default
    if value is None or not (value.isascii() and value.isdecimal()) or len(value) > 9:
        raise HTTPException(400, f'"{name}" is not a number')
    return int(value)


async def _fields(request: Request, **kinds: type) -> dict[str, Any]:
    """The JSON object that was posted, if each of the named fields is there and of its kind."""
    try:
        fields = json.loads(await request.body() or b"{}")
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, "that is no JSON") from error
    if type(fields) is not dict:
        raise HTTPException(400, "that is no JSON object")
    for name, kind in kinds.items():
        if type(fields.get(name)) is not kind:
            raise HTTPException(400, f'"{name}" is missing, or is no {kind.__name__}')
    return fields


def _name(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name, "")
    if not isinstance(value, str) or len(value) > 200:
        raise HTTPException(400, f'"{name}" is not a short string')
    return value.strip()


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while chunk := file.read(_CHUNK):
            yield chunk


async def _wrong(request: Request, error: Exception) -> Response:  # noqa: ARG001
    if not isinstance(error, AlignerError):
        raise error
    status = (
        400 if isinstance(error, UsageError) else 409 if isinstance(error, EditedError) else 500
    )
    said = {"error": error.message, "hint": error.hint, "where": error.where}
    if status == 409:
        said["reason"] = "changed" if isinstance(error, ChangedError) else "edited"
    return Json(said, status)


async def _refused(request: Request, error: Exception) -> Response:  # noqa: ARG001
    if not isinstance(error, HTTPException):
        raise error
    return Json({"error": error.detail}, error.status_code, headers=error.headers)


async def _failed(request: Request, error: Exception) -> Response:  # noqa: ARG001
    return Json({"error": f"something went wrong in aligner itself: {error!r}"}, 500)
