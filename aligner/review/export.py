"""Downloads: what is reviewed, with all edits, as other programs and readers take it."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, cast

from aligner import languages, results
from aligner.errors import UsageError
from aligner.formats import exchange, jsonl, publications, units
from aligner.review.save import Snapshot

_EXCHANGE = {"tmx": "tmx", "xliff": "xliff-2.1"}
_TYPES = {
    "tmx": "application/x-tmx+xml",
    "xliff": "application/xliff+xml",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "epub": "application/epub+zip",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_EXTENSIONS: Mapping[str, str] = {
    "tmx": ".tmx",
    "xliff": ".xlf",
    **{str(name): extension for name, extension in publications.FORMATS.items()},
}
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Download:
    """What is asked for.

    Attributes:
        format: one of `formats`.
        langs: the target languages; of publications also the source's, where it is to be in them.
        document: which document of several, for publications.
    """

    format: str
    langs: tuple[str, ...]
    document: str = ""

    @property
    def media_type(self) -> str:
        """What the browser is to take it for."""
        return _TYPES[self.format]


def formats() -> list[str]:
    """The formats there are."""
    place = publications.__name__
    return [*_EXCHANGE, *(name for name in publications.FORMATS if find_spec(f"{place}.{name}"))]


def asked(shot: Snapshot, format: str, langs: str, document: str) -> Download:  # noqa: A002
    """What a request wants.

    Args:
        shot: the review.
        format: one of `formats`.
        langs: the languages, "ru,ky"; by default all.
        document: which document of several.

    Raises:
        UsageError: the format is not known or cannot hold the languages, or one is not there.
    """
    if format not in formats():
        raise UsageError(f'there is no format "{format}"', hint=f"One of: {', '.join(formats())}.")
    source, targets = shot.source.lang, shot.source.targets
    named = tuple(dict.fromkeys(map(languages.check, filter(None, langs.split(",")))))
    unknown = [lang for lang in named if lang not in (source, *targets)]
    if unknown:
        raise UsageError(f"there is no translation into {', '.join(unknown)}")
    if format not in _EXCHANGE:
        return Download(format, named or (source, *targets), document)
    chosen = tuple(lang for lang in named or targets if lang != source)
    if format == "xliff" and len(chosen) != 1:
        raise UsageError("XLIFF holds one translation", hint="Name its language.")
    return Download(format, chosen)


def file_name(shot: Snapshot, download: Download) -> str:
    """A name for a download: letters, digits, hyphens and dots, whatever the file is called."""
    name = unicodedata.normalize("NFC", shot.source.path.absolute().stem)
    kept = "".join(char if char.isalnum() else "-" for char in name).strip("-")[:_LONGEST_NAME]
    langs = dict.fromkeys((shot.source.lang, *download.langs))
    if download.format not in _EXCHANGE:
        langs = dict.fromkeys(download.langs)
    return f"{kept or 'review'}.{'-'.join(langs)}{_EXTENSIONS[download.format]}"


def write(file: BinaryIO, shot: Snapshot, download: Download) -> None:
    """Write a download.

    Raises:
        UsageError: the file has several documents, and a publication is of one.
        OutputError: a program that the format needs is not there.
    """
    if download.format in _EXCHANGE:
        bitext = shot.bitext()
        bundle = units.bundle(bitext, download.langs) if bitext else shot.bundle()
        langs = (shot.source.lang, *download.langs)
        exchange.write(file, bundle, _EXCHANGE[download.format], langs)
    else:
        _publish(file, shot, download)


def _publish(file: BinaryIO, shot: Snapshot, download: Download) -> None:
    from aligner.publish import Order, compose

    with TemporaryDirectory() as folder:
        place = _copied(shot, Path(folder))
        order = Order(
            str(place),
            shot.source.format or None,
            document=download.document,
            langs=download.langs,
            layout=publications.Layout.COLUMNS,
        )
        publications.write(
            file,
            compose(order).publication,
            cast(publications.Format, download.format),
            order.layout,
        )


def _copied(shot: Snapshot, folder: Path) -> Path:
    """A copy of what is reviewed, with the edits that are not saved yet."""
    source = shot.source.path
    bitext = shot.bitext()
    if bitext is None:
        place = folder / source.name
        with place.open("wb") as file:
            exchange.write(file, shot.bundle(), shot.source.format, shot.languages())
        return place
    created = next(jsonl.read(results.find(source))).created
    jsonl.write(folder / f"{bitext.document.id}.jsonl", bitext, created)
    whole = source / results.whole_name(bitext.document)
    if whole.exists():
        shutil.copyfile(whole, folder / whole.name)
    return folder
