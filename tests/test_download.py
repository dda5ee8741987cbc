from __future__ import annotations

import socket
import urllib.request
from pathlib import Path

import pytest
from conftest import Server

from aligner.engines import download
from aligner.errors import DownloadError

BODY = bytes(range(256)) * 4096  # 1 MiB


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "PAUSE", 0.0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "file"


def fetch(server: Server, path: Path, limit: int = 1 << 30) -> bytes:
    """Fetch the server's only file; what is left must be that file alone."""
    server.files.setdefault("file", BODY)
    download.fetch(server.url("file"), path, limit=limit)
    assert list(path.parent.iterdir()) == [path]
    return path.read_bytes()


def ranges(server: Server) -> list[str]:
    return [wanted for _, wanted in server.requests]


def test_whole_file(server: Server, path: Path) -> None:
    assert fetch(server, path) == BODY


def test_progress_ends_at_the_total(server: Server, path: Path) -> None:
    server.files["file"] = BODY
    calls: list[tuple[int, int | None]] = []
    download.fetch(
        server.url("file"), path, limit=1 << 30, progress=lambda *call: calls.append(call)
    )
    assert calls == sorted(calls)
    assert calls[-1] == (len(BODY), len(BODY))


def test_goes_on_where_the_connection_broke(server: Server, path: Path) -> None:
    server.cuts = [1000, 500]
    assert fetch(server, path) == BODY
    assert ranges(server) == ["", "bytes=1000-", "bytes=1500-"]


def test_goes_on_in_a_later_run(
    server: Server, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.cuts = [1000]
    with monkeypatch.context() as impatience:
        impatience.setattr(download, "TRIES", 1)
        with pytest.raises(DownloadError, match=r"only 1,000 of 1,048,576 bytes"):
            fetch(server, path)
    assert fetch(server, path) == BODY
    assert ranges(server) == ["", "bytes=1000-"]


def test_a_line_that_breaks_often_but_gets_on(server: Server, path: Path) -> None:
    server.cuts = [100_000] * 9
    assert fetch(server, path) == BODY


def test_begins_again_when_the_file_has_changed(server: Server, path: Path) -> None:
    server.files["file"] = b"old" * 1000
    server.cuts = [1000, 0, 0, 0]
    with pytest.raises(DownloadError):
        fetch(server, path)
    server.files["file"], server.etag = BODY, '"2"'
    assert fetch(server, path) == BODY


def test_without_entity_tag_the_length_tells_of_a_change(server: Server, path: Path) -> None:
    server.etag = ""
    server.files["file"] = b"old" * 1000
    server.cuts = [1000, 0, 0, 0]
    with pytest.raises(DownloadError):
        fetch(server, path)
    server.files["file"] = BODY
    assert fetch(server, path) == BODY


def test_begins_again_where_the_server_has_no_ranges(server: Server, path: Path) -> None:
    server.ranges = False
    server.cuts = [1000]
    assert fetch(server, path) == BODY


@pytest.mark.parametrize("note", ["", "{", "[]", '{"url": 1}'])
def test_begins_again_when_its_note_is_broken(server: Server, path: Path, note: str) -> None:
    path.with_name("file.part").write_bytes(b"?" * 1000)
    path.with_name("file.part.json").write_text(note)
    assert fetch(server, path) == BODY


def test_other_link_begins_again(server: Server, path: Path) -> None:
    server.files |= {"file": BODY, "other": b"other" * 1000}
    server.cuts = [1000, 0, 0, 0]
    with pytest.raises(DownloadError):
        download.fetch(server.url("other"), path, limit=1 << 30)
    assert fetch(server, path) == BODY


def test_server_that_is_busy_at_first(server: Server, path: Path) -> None:
    server.statuses["file"] = [503, 429, 416]
    assert fetch(server, path) == BODY


@pytest.mark.parametrize("status", [403, 404, 410])
def test_refusal_is_final(server: Server, path: Path, status: int) -> None:
    server.statuses["file"] = [status]
    with pytest.raises(DownloadError, match=f"answers {status}") as caught:
        fetch(server, path)
    assert caught.value.where == server.url("file")
    assert "aligner models install FILE" in caught.value.hint
    assert len(server.requests) == 1


def test_gives_up_on_a_server_that_stays_broken(server: Server, path: Path) -> None:
    server.statuses["file"] = [500] * 99
    with pytest.raises(DownloadError, match="answers 500"):
        fetch(server, path)
    assert len(server.requests) == download.TRIES


def test_too_large_a_file_leaves_nothing(server: Server, path: Path) -> None:
    with pytest.raises(DownloadError, match="more than 1,000 bytes"):
        fetch(server, path, limit=1000)
    assert list(path.parent.iterdir()) == []


def test_full_disk_leaves_nothing(server: Server, path: Path) -> None:
    def full(_done: int, _total: int | None) -> None:
        raise OSError(28, "No space left on device")

    server.files["file"] = BODY
    with pytest.raises(OSError, match="No space left"):
        download.fetch(server.url("file"), path, limit=1 << 30, progress=full)
    assert list(path.parent.iterdir()) == []


def test_nobody_there(path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(DownloadError, match="cannot be reached"):
        download.fetch(f"http://127.0.0.1:{port}/file", path, limit=1000)


def test_no_network_is_told_at_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def unknown(*args: object, **_: object) -> None:
        calls.append(args)
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(DownloadError, match="name resolution"):
        download.fetch("http://models.example/file", path, limit=1000)
    assert len(calls) == 1


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1/file",
        "data:,x",
        "http:",
        "http://127.0.0.1:x/file",
        "http://127.0.0.1:9/файл",
        "http://127.0.0.1:9/a b",
    ],
)
def test_only_http(path: Path, url: str) -> None:
    with pytest.raises(DownloadError):
        download.fetch(url, path, limit=1000)
    assert not path.exists()


def test_never_from_https_to_http() -> None:
    request = urllib.request.Request("https://models.example/file")
    follow = download._Redirections().redirect_request
    with pytest.raises(DownloadError, match="from https"):
        follow(request, None, 302, "Found", {}, "http://models.example/file")
    assert follow(request, None, 302, "Found", {}, "https://elsewhere.example/file")
