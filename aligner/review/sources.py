"""What is reviewed, as it stands on disk: a folder that `aligner run` wrote, or anyone's file."""

from __future__ import annotations

import gc
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from aligner import folder, languages, results
from aligner.entries import Bundle, Entry, Variant
from aligner.errors import InputError, MendedError, UsageError
from aligner.formats import exchange, units
from aligner.formats.exchange.opened import beginning
from aligner.records import Bitext, Kind, Target, Unit

OF_TWO = ("xliff", "po")  # formats that hold one source and one target language
_FIRST = 1 << 12  # bytes, enough to tell by what a file is


@dataclass(frozen=True, slots=True)
class Item:
    """A unit that is reviewed.

    Attributes:
        key: what it is known by, whatever else changes in the file: its document, name and source
            text, and the number among those that have all these alike.
        document: the id of its document, "" where the file names none.
        unit: it, with its targets as they stand on disk.
    """

    key: str
    document: str
    unit: Unit


@dataclass(frozen=True, slots=True)
class Stamp:
    """How a file was when it was read."""

    changed: int  # nanoseconds
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Source:
    """What is reviewed.

    Attributes:
        path: the folder or file.
        title: the document's.
        lang: the source language.
        targets: the target languages, in the order of their columns.
        items: the units.
        stamps: by path, the files that were read.
        bitext: what a folder holds; None of a file.
        format: the format of a file; "" of a folder.
        notes: what is to be said about the reading.
    """

    path: Path
    title: str
    lang: str
    targets: tuple[str, ...]
    items: tuple[Item, ...]
    stamps: Mapping[Path, Stamp]
    bitext: Bitext | None = None
    format: str = ""
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What it is called, without the folder it is in."""
        return self.path.absolute().name

    def has_changed(self) -> bool:
        """Whether a file is no longer what was read; looks into it only if its date says so."""
        return any(_differs(path, stamp) for path, stamp in self.stamps.items())


def read(path: Path, langs: Sequence[str] = ()) -> Source:
    """Read what is to be reviewed.

    Args:
        path: a folder that `aligner run` wrote, or a file in any exchange format.
        langs: the target languages to show, also ones that it has not; by default all it has.

    Raises:
        InputError: it is missing, damaged, or has nothing to review.
        UsageError: it cannot be written back in its format, or belongs to a folder of results.
    """
    wanted = tuple(dict.fromkeys(map(languages.check, langs)))
    with _lasting():
        source = _of_folder(path) if path.is_dir() else _of_file(path)
    if not source.items:
        raise InputError(
            "there is nothing to review in it",
            where=str(path),
            hint="Give a folder that `aligner run` wrote, or a bitext such as TMX.",
        )
    targets = wanted or source.targets
    if not targets or source.lang in targets:
        raise UsageError(
            f"there is no translation of its {source.lang or 'texts'} in it"
            if not targets
            else f"{source.lang} is the source language",
            where=str(path),
            hint="Name the language that you want to write with --lang.",
        )
    if len(held := {*source.targets, *targets}) > 1 and source.format.startswith(OF_TWO):
        raise UsageError(
            f"a file of this format is of two languages, not of {source.lang} and "
            f"{', '.join(sorted(held))}",
            where=str(path),
            hint="`aligner tmx convert` makes TMX of it, which holds any number.",
        )
    return replace(source, targets=targets)


@contextmanager
def _lasting() -> Iterator[None]:
    """Spare what is made here the garbage collector: it takes as long again to look through it.

    And later it would hold up a request now and then, for most of a second with 100,000 units.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _of_folder(path: Path) -> Source:
    article = results.find(path)
    stamps = {article: _stamp(article)}  # before reading: what comes later is a change
    bitext = results.load(path)
    document = bitext.document
    return Source(
        path,
        document.title or document.id,
        document.lang,
        tuple(dict.fromkeys(lang for unit in bitext.units for lang in unit.targets)),
        tuple(_items((document.id, unit.source.id, unit) for unit in bitext.units)),
        stamps,
        bitext,
    )


def renewed(source: Source, bitext: Bitext) -> Source:
    """What is reviewed, after a folder's own bitext was written with other targets."""
    items = (
        replace(item, unit=unit) for item, unit in zip(source.items, bitext.units, strict=True)
    )
    stamps = {path: _stamp(path) for path in source.stamps}
    return replace(source, bitext=bitext, items=tuple(items), stamps=stamps)


def _of_file(path: Path) -> Source:
    path = path.resolve() if path.is_symlink() else path  # the link is not to be written over
    name = _format(path)
    stamps = {path: _stamp(path)}
    notes: list[str] = []
    bundle = exchange.read(path)
    lang = bundle.header.source_lang
    entries: Iterable[Entry] = whole(bundle, notes)
    if not lang:  # of each unit, or any: the one that most begin with
        entries = list(entries)
        first = Counter(one.lang for entry in entries if (one := entry.source()))
        lang = max(first, key=lambda code: first[code], default="")
    items = tuple(_items(_named(entry, lang) for entry in entries))
    targets = dict.fromkeys(code for item in items for code in item.unit.targets if code)
    title = next((item.unit.source.text for item in items if item.unit.kind is Kind.HEADING), "")
    return Source(
        path,
        title or path.name,
        lang,
        tuple(targets),
        items,
        stamps,
        format=name,
        notes=tuple(notes),
    )


def whole(bundle: Bundle, notes: list[str] | None = None) -> Iterator[Entry]:
    """The units of a file; that it had to be mended is noted, and keeps nobody from a review."""
    try:
        yield from bundle.entries
    except MendedError as error:
        if notes is not None:
            notes.append(str(error))


def _named(entry: Entry, lang: str) -> tuple[str, str, Unit]:
    """A unit of a file, with its document's id and its own name."""
    if entry.variant(lang) is None:
        entry = replace(entry, variants=(Variant(lang, ""), *entry.variants))
    unit = units.unit(replace(entry, source_lang=lang))
    document = dict(entry.props).get("x-document", "")
    name = entry.tuid.removeprefix(f"{document}:")
    targets = {code: one for code, one in unit.targets.items() if one.text}  # else it is missing
    return document, name, replace(unit, source=replace(unit.source, id=name), targets=targets)


def variant_at(entry: Entry, source: str, lang: str) -> int | None:
    """The place of the text in a language that is reviewed: the last one that is not the source."""
    own = entry.variant(source)
    found = (n for n, one in enumerate(entry.variants) if one.lang == lang and one is not own)
    return max(found, default=None)


def _items(found: Iterable[tuple[str, str, Unit]]) -> Iterator[Item]:
    seen: Counter[str] = Counter()
    for document, name, unit in found:
        key = json.dumps([document, name, unit.source.text])
        seen[key] += 1
        key = hashlib.blake2b(f"{key}{seen[key]}".encode(), digest_size=16).hexdigest()
        yield Item(key, document, unit)


def _format(path: Path) -> str:
    """The format that a file is in, and can be written back in."""
    if not path.exists():
        raise InputError(
            "there is no such file or folder",
            where=str(path),
            hint="Give a folder that `aligner run` wrote, or a bitext such as TMX.",
        )
    extension = path.suffix.lower()
    if extension in (".xlf", ".xliff"):  # its versions share these
        from aligner.formats.exchange.xliff import v21

        name = "xliff-2.1" if v21.is_mine(beginning(path)) else "xliff-1.2"
    else:
        name = exchange.format_of(path)
    if folder.is_result(path) or (name == "jsonl" and _is_article(path)):
        raise UsageError(
            "this is one of the files of an article",
            where=str(path),
            hint=f"Give the folder that all of them are in: {path.parent}",
        )
    return name


def _is_article(path: Path) -> bool:
    """Whether a JSONL file is what `aligner run` writes."""
    with path.open("rb") as file:
        first = file.read(_FIRST)
    return b'"segment":' in first and b'"block":' in first and b'"start":' in first


def _stamp(path: Path) -> Stamp:
    try:
        now = path.stat()
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(
            f"cannot read the file: {error.strerror}",
            where=str(path),
            hint="Give a folder that `aligner run` wrote, or a bitext such as TMX.",
        ) from error
    return Stamp(now.st_mtime_ns, now.st_size, digest)


def _differs(path: Path, stamp: Stamp) -> bool:
    try:
        now = path.stat()
        if (now.st_mtime_ns, now.st_size) == (stamp.changed, stamp.size):
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() != stamp.digest
    except OSError:  # it is gone
        return True


def fingerprint(target: Target | None) -> str:
    """What tells a target from one that somebody changed."""
    if target is None:
        return ""
    said = (target.text, target.origin, target.draft, target.editor, target.edited)
    return hashlib.blake2b(json.dumps(said).encode(), digest_size=16).hexdigest()
