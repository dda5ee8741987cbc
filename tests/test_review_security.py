"""aligner.review.security and .serving: who is answered at all. On a real socket."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from reviewing import Client, reviewed, written

from aligner.errors import UsageError
from aligner.review.security import HEADERS, LONGEST_BODY, new_token
from aligner.review.serving import HOST, bound

JSON = {"Content-Type": "application/json"}
EDIT = json.dumps({"n": 0, "lang": "ru", "action": "edit", "text": "x", "rev": 0}).encode()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with reviewed(written(tmp_path_factory.mktemp("review") / "article")) as client:
        yield client


def test_it_listens_on_this_computer_alone() -> None:
    with bound(0) as listening:
        assert listening.getsockname()[0] == HOST == "127.0.0.1"


def test_the_secret_is_new_and_long() -> None:
    assert new_token() != new_token()
    assert len(new_token()) >= 43  # 256 bits


def test_the_page_is_there(client: Client) -> None:
    answer = client.get()
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "//",
        "/api/document",
        "/wrong/",
        "/wrong/api/document",
        "/favicon.ico",
        "/%00/api/document",
        "/../",
        "*",
    ],
)
def test_without_the_secret_there_is_nothing(client: Client, path: str) -> None:
    answer = client.ask("GET", path)
    assert answer.status in (400, 404)
    assert b"article" not in answer.body


def test_a_part_of_the_secret_is_not_enough(client: Client) -> None:
    token = client.path.strip("/")
    for near in (token[:-1], token + "x", token.swapcase(), f"{token}%00", f"x/{token}"):
        assert client.ask("GET", f"/{near}/api/document").status == 404
    assert client.ask("GET", f"/{token}").status == 404  # its relative addresses would be wrong


@pytest.mark.parametrize(
    "path", ["../pyproject.toml", "..%2fserver.py", "static/review.js", "server.py", "%2e%2e/", "x"]
)
def test_nothing_but_the_page_is_served(client: Client, path: str) -> None:
    assert client.get(path).status == 404


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost:1", "evil.example:{port}", ""]
)
def test_another_host_is_refused(client: Client, host: str) -> None:
    named = host.format(port=client.port)
    assert client.get("api/document", Host=named).status in (400, 403)


def test_localhost_is_us(client: Client) -> None:
    assert client.get("api/document", Host=f"localhost:{client.port}").status == 200


def test_two_hosts_are_none(client: Client) -> None:
    with socket.create_connection((client.host, client.port), 10) as raw:
        host = f"Host: 127.0.0.1:{client.port}\r\n"
        raw.sendall(f"GET {client.path} HTTP/1.1\r\n{host}{host}Connection: close\r\n\r\n".encode())
        assert raw.recv(100).split()[1] in (b"400", b"403")


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1", "https://127.0.0.1:{port}", "x"]
)
def test_another_origin_is_refused(client: Client, origin: str) -> None:
    headers = {**JSON, "Origin": origin.format(port=client.port)}
    assert client.ask("POST", client.path + "api/edit", EDIT, headers).status == 403
    assert client.get("api/document", Origin=headers["Origin"]).status == 403


def test_our_own_origin_is_heard(client: Client) -> None:
    headers = {**JSON, "Origin": f"http://127.0.0.1:{client.port}", "Sec-Fetch-Site": "same-origin"}
    assert client.ask("POST", client.path + "api/save", b"{}", headers).status == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_browser_says_that_another_page_asks(client: Client, site: str) -> None:
    headers = {**JSON, "Sec-Fetch-Site": site}
    assert client.ask("POST", client.path + "api/edit", EDIT, headers).status == 403
    assert client.ask("GET", client.path + "api/document", headers=headers).status == 403


@pytest.mark.parametrize(
    "kind",
    ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/json"],
)
def test_only_json_is_taken(client: Client, kind: str) -> None:
    headers = {"Content-Type": kind} if kind else {}
    assert client.ask("POST", client.path + "api/edit", EDIT, headers).status == 415


def test_a_long_body_is_refused_unread(client: Client) -> None:
    headers = {**JSON, "Content-Length": str(LONGEST_BODY + 1)}
    assert client.ask("POST", client.path + "api/edit", b"", headers).status == 413


def test_a_body_that_does_not_end_is_refused(client: Client) -> None:
    with socket.create_connection((client.host, client.port), 10) as raw:
        raw.sendall(
            f"POST {client.path}api/edit HTTP/1.1\r\nHost: 127.0.0.1:{client.port}\r\n"
            "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
        )
        chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
        try:
            for _ in range(2 * LONGEST_BODY // 0x10000):
                raw.sendall(chunk)
        except OSError:
            pass  # it has hung up
        else:
            assert raw.recv(100).split()[1] == b"413"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "POST"])
def test_other_methods_do_nothing(client: Client, method: str) -> None:
    answer = client.ask(method, client.path + "api/document", b"{}", JSON)
    assert answer.status == 405
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("path", ["", "api/document", "nothing", "api/units?start=x"])
def test_every_answer_is_fenced_in(client: Client, path: str) -> None:
    headers = client.get(path).headers
    for name, value in HEADERS.items():
        assert headers[name.lower()] == value
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "server" not in headers
    assert not any(name.startswith("access-control") for name in headers)


def test_refusals_are_fenced_in_too(client: Client) -> None:
    assert client.ask("GET", "/wrong/").headers["x-content-type-options"] == "nosniff"


def test_a_port_in_use_is_named() -> None:
    with bound(0) as listening:
        port = listening.getsockname()[1]
        with pytest.raises(UsageError, match=f"port {port} is in use"):
            bound(port)


def test_the_address_is_for_its_owner_alone(tmp_path: Path) -> None:
    place = written(tmp_path / "article")
    from aligner.review.store import Store

    with Store.open(place) as store:
        store.announce("http://127.0.0.1:1/secret/")
        said = place / ".review.url"
        assert said.stat().st_mode & 0o077 == 0
    assert not said.exists()
