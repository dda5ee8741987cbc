from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Server

from aligner.engines import download, index
from aligner.engines.index import Offer
from aligner.errors import DownloadError, ModelMissing

LINKS = ["http://127.0.0.1/p.argosmodel"]


def entry(what: str, **more: object) -> dict[str, object]:
    """An entry for "en-ru 1.9"."""
    pair, version = what.split()
    source, target = pair.split("-")
    return {
        "from_code": source,
        "to_code": target,
        "package_version": version,
        "links": LINKS,
        **more,
    }


def newest(server: Server, folder: Path, *entries: object, pair: str = "en-ru") -> Offer:
    server.files["index.json"] = json.dumps(entries).encode()
    return index.newest(server.url("index.json"), *pair.split("-"), folder)


def test_highest_version(server: Server, tmp_path: Path) -> None:
    entries = map(entry, ["en-ru 1.9", "en-ru 1.10", "ru-en 2.0", "en-ru 1.0", "en-ky 3.0"])
    assert newest(server, tmp_path, *entries) == Offer("en", "ru", "1.10", tuple(LINKS))


def test_what_is_no_translation_package_is_passed_over(server: Server, tmp_path: Path) -> None:
    odd = [
        entry("en-ru 9.1", type="sbd"),
        entry("en-ru 9.2", links=["ipfs://QmV5bmf8", "file:///etc/passwd", 5]),
        entry("en-ru 9.3", links=None),
        entry("en-ru 9.4", package_version="../../9"),
        {},
        "en-ru",
        None,
    ]
    assert newest(server, tmp_path, *odd, entry("en-ru 1.9")).version == "1.9"


def test_no_such_pair(server: Server, tmp_path: Path) -> None:
    entries = map(entry, ["en-ky 1.4", "en-ru 1.9", "ru-en 1.9"])
    with pytest.raises(ModelMissing, match="no package for en → xx") as caught:
        newest(server, tmp_path, *entries, pair="en-xx")
    assert caught.value.hint == "From en it has: ky, ru."


@pytest.mark.parametrize("garbage", [b"", b"<html>", b"5", b"null", b"[" * 100_000, b"\xff"])
def test_garbage(garbage: bytes, server: Server, tmp_path: Path) -> None:
    server.files["index.json"] = garbage
    with pytest.raises(DownloadError, match="no index of Argos packages"):
        index.newest(server.url("index.json"), "en", "ru", tmp_path)


def test_index_of_today(shared: Path, server: Server, tmp_path: Path) -> None:
    text = (shared / "data" / "argos-packages" / "index.json").read_text(encoding="utf-8")
    server.files["index.json"] = text.encode()
    offer = index.newest(server.url("index.json"), "en", "ky", tmp_path)
    assert offer.version == "1.4"
    assert offer.links[0].startswith("https://")


def test_https_index_gives_https_links_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fetch(_url: str, path: Path, **_: object) -> None:
        both = [*LINKS, "https://models.example/p"]
        path.write_text(json.dumps([entry("en-ru 1.9", links=both)]))

    monkeypatch.setattr(download, "fetch", fetch)
    offer = index.newest("https://models.example/index.json", "en", "ru", tmp_path)
    assert offer.links == ("https://models.example/p",)


def test_second_link_where_the_first_fails(server: Server, tmp_path: Path) -> None:
    server.files["good"] = b"package"
    offer = Offer("en", "ru", "1.9", (server.url("gone"), server.url("good")))
    assert index.fetch(offer, tmp_path / "p") == server.url("good")
    assert (tmp_path / "p").read_bytes() == b"package"
    with pytest.raises(DownloadError, match="answers 404"):
        index.fetch(Offer("en", "ru", "1.9", (server.url("gone"),)), tmp_path / "p")
