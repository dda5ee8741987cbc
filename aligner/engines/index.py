"""The Argos index: a JSON list of the packages that can be downloaded."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from aligner.engines import archive, download
from aligner.engines.packages import order, parse_metadata
from aligner.errors import DownloadError, ModelMissing, PackageError

_MAX_BYTES = 16 << 20


@dataclass(frozen=True, slots=True)
class Offer:
    """A package in the index, and where to get it; the links are alternatives."""

    source: str
    target: str
    version: str
    links: tuple[str, ...]


def newest(url: str, source: str, target: str, scratch: Path) -> Offer:
    """Download the index and choose the newest package for a pair.

    Args:
        url: address of the index.
        source: code of the language to translate from.
        target: code of the language to translate into.
        scratch: a folder for the download.

    Raises:
        DownloadError: the index cannot be fetched, or is something else.
        ModelMissing: it has no package for the pair.
    """
    path = scratch / "index.json"
    download.fetch(url, path, limit=_MAX_BYTES)
    try:
        entries = list(json.loads(path.read_bytes()))
    except (ValueError, TypeError, RecursionError) as error:
        raise DownloadError("this is no index of Argos packages", where=url) from error
    # Open connections only where the index has one: that is a user's own mirror.
    schemes = ("https:", "http:") if url.startswith("http:") else ("https:",)
    offers = [offer for entry in entries if (offer := _read(entry, schemes))]
    found = [offer for offer in offers if (offer.source, offer.target) == (source, target)]
    if not found:
        targets = sorted({offer.target for offer in offers if offer.source == source})
        raise ModelMissing(
            f"the index has no package for {source} → {target}",
            where=url,
            hint=f"From {source} it has: {', '.join(targets) or 'none'}.",
        )
    return max(found, key=lambda offer: order(offer.version))


def fetch(offer: Offer, path: Path, progress: download.Progress | None = None) -> str:
    """Download a package from the first of its links that works; gives that link.

    Raises:
        DownloadError: none works.
        OSError: the file cannot be written.
    """
    *others, last = offer.links
    for url in others:
        try:
            download.fetch(url, path, limit=archive.MAX_BYTES, progress=progress)
        except DownloadError:
            continue
        return url
    download.fetch(last, path, limit=archive.MAX_BYTES, progress=progress)
    return last


def _read(entry: dict[str, object], schemes: tuple[str, ...]) -> Offer | None:
    """Read an entry; None if it is no translation package, or one that we cannot get."""
    try:
        metadata = parse_metadata(entry)
    except PackageError:
        return None
    links = entry.get("links")
    usable = tuple(
        link
        for link in (links if isinstance(links, list) else ())
        if isinstance(link, str) and link.startswith(schemes)
    )
    if not usable:
        return None
    return Offer(metadata.source, metadata.target, metadata.version, usable)
