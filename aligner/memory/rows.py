"""What a memory keeps of the units of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b

from aligner.entries import Entry, Variant
from aligner.memory.rate import ALMOST, normal
from aligner.memory.repair import mask_key
from aligner.records import Origin
from aligner.text import fold


def text_key(lang: str, text: str) -> int:
    """What is the same for texts that match exactly: 64 bits of a hash."""
    key = f"{lang}\0{normal(text)}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(key, digest_size=8).digest(), "little", signed=True)


# unit; key, mask, lang, text, origin, editor, date
Row = tuple[object, ...]


def row(variant: Variant) -> Row:
    """A text of a unit, as the database has it."""
    attributes = dict(variant.attributes)
    text = _encodable(fold(variant.text).strip())
    return (
        text_key(variant.lang, text),
        mask_key(variant.lang, text),
        variant.lang,
        text,
        _origin(dict(variant.props)),
        attributes.get("changeid") or attributes.get("creationid"),
        attributes.get("changedate") or attributes.get("creationdate"),
    )


def _origin(props: Mapping[str, str]) -> str | None:
    """Where a text comes from; a mended match is a machine's, until a person has seen it."""
    origin = props.get("x-origin")
    mended = origin == Origin.TM and props.get("x-match") == str(ALMOST)
    return Origin.MT if mended else origin


def _encodable(text: str) -> str:
    """The text without halves of characters, which a database in UTF-8 cannot hold."""
    return text.encode("utf-8", "ignore").decode()


def useful(entry: Entry) -> list[Variant]:
    """The texts of a unit, if there are any in two languages; blank ones are none."""
    variants = [one for one in entry.variants if one.lang and one.text.strip()]
    return variants if len({one.lang for one in variants}) > 1 else []


def with_context(entries: Iterable[Entry]) -> Iterator[tuple[Entry, int | None, int | None]]:
    """The units that are of use, each with the keys of the source texts before and after it."""
    before: Entry | None = None
    rest = iter(entries)
    entry = next(rest, None)
    while entry is not None:
        after = next(rest, None)
        if useful(entry):
            yield (
                entry,
                _neighbour(entry, before, "x-context-pre", "prev"),
                _neighbour(entry, after, "x-context-post", "next"),
            )
        before, entry = entry, after


def _neighbour(entry: Entry, other: Entry | None, *names: str) -> int | None:
    """The key of the source text beside a unit, as its properties state it (ours, OmegaT's).

    Where they do not, it is that of the unit beside it in the file, if both are of one document.
    """
    source, props = entry.source(), dict(entry.props)
    text = next((props[name] for name in names if name in props), "")
    if not text and other and "x-document" in props:
        there = other.variant(source.lang) if source else None
        same = dict(other.props).get("x-document") == props["x-document"]
        text = there.text if there and same else ""
    return text_key(source.lang, text) if source and text.strip() else None
