"""A review as tests need it: a folder of results, and a server on a real socket."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aligner import folder, results
from aligner.journal import Journal
from aligner.records import (
    Bitext,
    Block,
    Document,
    Kind,
    Origin,
    Outcome,
    Segment,
    Target,
    TermUse,
    Unit,
)
from aligner.review.book import Book
from aligner.review.serving import Server, bound
from aligner.review.session import Session
from aligner.review.sources import read
from aligner.review.store import Store
from aligner.terminology.termbase import Termbase

NO_TERMS = Termbase()
CREATED = datetime(2026, 11, 23, tzinfo=UTC)
SOURCES = (
    "Putin in Bishkek",
    "He arrived in Osh.",
    "It cost 3 dollars.",
    "He arrived in Osh.",
    "The end.",
)
RUSSIAN = ("Путин в Бишкеке", "Он приехал в Ош.", "Это стоило 3 доллара.", "Прибыл в Ош.", "Конец.")
KYRGYZ = ("Путин Бишкекте", "Ал Ошко келди.", "Ал 3 доллар турду.", "Ошко келди.", "Аягы.")
USE = TermUse("osh", "Osh", "Ош", Outcome.FORCED)


def article(
    sources: Sequence[str] = SOURCES,
    russian: Sequence[str] = RUSSIAN,
    kyrgyz: Sequence[str] = KYRGYZ,
) -> Bitext:
    """A bitext of three languages, each unit a paragraph; the first is the heading."""
    kinds = [Kind.HEADING, *[Kind.BODY] * (len(sources) - 1)]
    units = [
        Unit(
            Segment(f"{n + 1}.1", n, 0, len(source), source),
            {
                "ru": Target(ru, Origin.MT, 0.7, "argos", "translate-en_ru-1_9", (USE,)),
                "ky": Target(ky, Origin.MT, 0.4, "argos", "translate-en_ky-1_0"),
            },
            kind,
        )
        for n, (source, ru, ky, kind) in enumerate(
            zip(sources, russian, kyrgyz, kinds, strict=True)
        )
    ]
    blocks = tuple(Block(kind, source) for kind, source in zip(kinds, sources, strict=True))
    return Bitext(Document("article", "en", sources[0], blocks), tuple(units), {"beam": "4"})


def written(place: Path, bitext: Bitext | None = None) -> Path:
    """A folder of results, as `aligner run` writes it."""
    bitext = bitext or article()
    writers = {
        name: partial(results.write, bitext=bitext, langs=langs, created=CREATED)
        for name, langs in results.names(bitext.document, ("ru", "ky")).items()
    }
    with folder.workplace(place) as work, Journal(work / "journal.jsonl", {}) as journal:
        folder.replace_all(work, writers, journal, force=True)
    return place


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Client:
    """Asks a server, as a page would or as an attacker might."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.host, self.port, self.path = parts.hostname or "", parts.port or 0, parts.path

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> Answer:
        """Any request; the path is taken as it is."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=20)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            known = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, known, answer.read())
        finally:
            connection.close()

    def get(self, path: str = "", **headers: str) -> Answer:
        return self.ask("GET", self.path + path, headers=headers)

    def post(self, path: str, value: object) -> Answer:
        kind = {"Content-Type": "application/json"}
        return self.ask("POST", self.path + path, json.dumps(value).encode(), kind)

    def units(self) -> list[Any]:
        units: list[Any] = self.get("api/units?start=0&stop=1000").json["units"]
        return units

    def edit(self, n: int, lang: str, text: str, rev: int, **more: Any) -> Answer:
        change = {"n": n, "lang": lang, "action": "edit", "text": text, "rev": rev}
        return self.post("api/edit", change | more)

    def act(self, action: str, n: int, lang: str, rev: int) -> Answer:
        return self.post("api/edit", {"n": n, "lang": lang, "action": action, "rev": rev})

    @contextmanager
    def events(self, since: int | None = None) -> Iterator[Iterator[Any]]:
        """The events that come, one at a time."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=20)
        query = "" if since is None else f"?since={since}"
        connection.request("GET", f"{self.path}api/events{query}")
        answer = connection.getresponse()
        assert answer.getheader("content-type", "").startswith("text/event-stream")
        try:
            yield (
                json.loads(line.removeprefix(b"data: "))
                for line in iter(answer.readline, b"")
                if line.startswith(b"data: ")
            )
        finally:
            answer.close()
            connection.close()


@contextmanager
def reviewed(
    path: Path,
    *langs: str,
    termbase: Termbase = NO_TERMS,
    memories: Sequence[Path] = (),
    editor: str = "",
) -> Iterator[Client]:
    """A review that goes on, on a socket."""
    source = read(path, langs)
    with Store.open(source.path) as store, bound(0) as listening:
        session = Session(Book(source, store), termbase, memories, editor)
        server = Server(session, listening)
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            client = Client(server.url)
            while not client.get("api/units?stop=1").json["units"][0]["checked"]:
                pass  # until the checks are loaded, nobody is kept waiting for them
            yield client
        finally:
            server.stop()
            thread.join(20)
            assert not thread.is_alive()
