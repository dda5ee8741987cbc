"""Downloads that go on where they stopped.

HTTP range requests as in RFC 9110, section 14: a partial file is continued only if the server
still has the same file, told by its entity tag, its date, or at least its length.
"""

from __future__ import annotations

import http.client
import json
import re
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import asdict, dataclass
from http import HTTPStatus
from http.client import HTTPMessage
from pathlib import Path
from typing import IO

from aligner.errors import DownloadError

# Called with the bytes so far and the bytes in all, None if the server does not tell.
Progress = Callable[[int, int | None], None]

TRIES = 4  # in a row without a byte gained
PAUSE = 1.0  # seconds before the second try; doubled before each further one
_TIMEOUT = 30.0  # seconds without a byte
_CHUNK = 1 << 18
_PASSING = (
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,  # to what we have; then we begin again
    HTTPStatus.TOO_MANY_REQUESTS,
)
_BY_HAND = (
    "Check the connection, or fetch the package on another computer and give the file: "
    "aligner models install FILE.argosmodel"
)


def fetch(url: str, path: Path, *, limit: int, progress: Progress | None = None) -> None:
    """Download a file, or the rest of it.

    What has come is kept in `path`.part (with a note of what it is part of in `path`.part.json)
    when the connection breaks or the user stops it, and the next call goes on from there.

    Args:
        url: http or https; a redirection never leads from https to http.
        path: where the whole file goes.
        limit: the most bytes to take.
        progress: called as bytes come in.

    Raises:
        DownloadError: the server cannot be reached, has no such file, sends too much, or breaks
            off time and again.
        OSError: the file cannot be written.
    """
    part = _Part(path)
    tries = 0
    while tries < TRIES:
        before = part.size()
        try:
            _fetch_rest(url, part, limit, progress)
        except _FAILURES as error:
            if isinstance(error, urllib.error.HTTPError):
                error.close()
                if error.code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                    part.drop()
            tries = 1 if part.size() > before else tries + 1
            if tries == TRIES or _is_final(error):
                raise DownloadError(_reason(error), where=url, hint=_BY_HAND) from error
            time.sleep(PAUSE * 2 ** (tries - 1))
        except (DownloadError, OSError):  # not what we asked for, or the disk is full
            part.drop()
            raise
        else:
            part.finish(path)
            return


class _BrokenOffError(Exception):
    """The connection broke before the end, or the server no longer has what it began to send."""


# The last is for addresses with letters that no address may have.
_FAILURES = (_BrokenOffError, http.client.HTTPException, urllib.error.URLError, UnicodeError)


@dataclass(frozen=True, slots=True)
class _Version:
    """What a partial file is part of; `validator` is an entity tag, a date or empty."""

    url: str
    validator: str
    total: int | None


class _Part:
    """A partial file, and the note beside it that tells what it is part of."""

    def __init__(self, path: Path) -> None:
        self.file = path.with_name(path.name + ".part")
        self._note = path.with_name(path.name + ".part.json")

    def size(self) -> int:
        """Count the bytes that are there."""
        return self.file.stat().st_size if self.file.exists() else 0

    def version(self) -> _Version | None:
        """Read the note; None if there is none to rely on."""
        try:
            return _Version(**json.loads(self._note.read_bytes()))
        except (OSError, ValueError, TypeError):
            return None

    def start(self, version: _Version) -> None:
        """Begin again, with this version of the file."""
        self.drop()
        self._note.write_text(json.dumps(asdict(version)), encoding="utf-8")

    def drop(self) -> None:
        """Remove what is there."""
        self.file.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)

    def finish(self, path: Path) -> None:
        """Make it the whole file."""
        self.file.replace(path)
        self._note.unlink(missing_ok=True)


def _fetch_rest(url: str, part: _Part, limit: int, progress: Progress | None) -> None:
    version = part.version()
    if version is None or version.url != url:
        part.drop()
    elif part.size() == version.total:
        return
    headers = {"User-Agent": "aligner", "Accept-Encoding": "identity"}
    if version and part.size():
        headers["Range"] = f"bytes={part.size()}-"
        if version.validator:
            headers["If-Range"] = version.validator
    request = urllib.request.Request(url, headers=headers)
    with _opener().open(request, timeout=_TIMEOUT) as response:
        if response.status != HTTPStatus.PARTIAL_CONTENT:
            version = _Version(url, _validator(response.headers), response.length)
            part.start(version)
        elif version is None or _range(response.headers) != (part.size(), version.total):
            part.drop()
            raise _BrokenOffError("the file on the server has changed")
        _receive(response, part, version.total, limit, progress)
    if version.total not in (None, part.size()):
        raise _BrokenOffError(f"only {part.size():,} of {version.total:,} bytes came")


def _receive(
    response: http.client.HTTPResponse,
    part: _Part,
    total: int | None,
    limit: int,
    progress: Progress | None,
) -> None:
    """Append what the server sends to the partial file."""
    done = part.size()
    with part.file.open("ab") as file:
        while chunk := _read(response):
            done += len(chunk)
            if max(done, total or 0) > limit:
                raise DownloadError(f"the file has more than {limit:,} bytes", where=response.url)
            file.write(chunk)
            if progress:
                progress(done, total)


def _read(response: http.client.HTTPResponse) -> bytes:
    try:
        return response.read1(_CHUNK)
    except OSError as error:  # told apart from those of our disk
        raise _BrokenOffError(str(error)) from error


def _opener() -> urllib.request.OpenerDirector:
    """An opener for http and https alone: no local files, no ftp, no data URLs."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.UnknownHandler(),
        _Redirections(),
    ):
        opener.add_handler(handler)
    return opener


class _Redirections(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        if req.type == "https" and not newurl.startswith("https:"):
            raise DownloadError("the server leads from https to an open connection", where=newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _validator(headers: HTTPMessage) -> str:
    """What a later request can name the version by: weak entity tags (`W/"…"`) will not do."""
    tag = headers.get("ETag", "")
    return tag if tag.startswith('"') else headers.get("Last-Modified", "")


def _range(headers: HTTPMessage) -> tuple[int, int | None] | None:
    """Read `Content-Range: bytes 500-999/1000` as (500, 1000)."""
    match = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", headers.get("Content-Range", ""))
    if match is None:
        return None
    start, total = match.groups()
    return int(start), None if total == "*" else int(total)


def _is_final(error: Exception) -> bool:
    """Tell whether trying again is pointless."""
    if isinstance(error, urllib.error.HTTPError):
        return error.code < 500 and error.code not in _PASSING
    if isinstance(error, urllib.error.URLError):  # no host, most often for want of a network
        return isinstance(error.reason, socket.gaierror)
    return isinstance(error, (http.client.InvalidURL, UnicodeError))


def _reason(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        return f"the server answers {error.code} {error.reason}"
    if isinstance(error, urllib.error.URLError):
        return f"the server cannot be reached: {error.reason}"
    return f"the download broke off: {error}"
