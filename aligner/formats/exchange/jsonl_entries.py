"""Translation units as JSON Lines (https://jsonlines.org), all that an entry has, one a line.

    {"id": "a1", "source_lang": "en", "variants": [{"lang": "en", "text": "It rained."},
     {"lang": "ru", "text": "Шёл дождь.", "props": [["x-origin", "mt"]], "notes": ["wet"],
     "attributes": [["changeid", "Aida"]]}], "props": [["x-topic", "weather"]]}

What is empty is left out. A text with inline codes has `inline` too: its strings and elements in
order, as in {"inline": ["See ", {"name": "ph", "attributes": [["x", "1"]], "content": ["<br>"]}]}.

Read are also the units that `aligner run` writes (`aligner.formats.jsonl`), and two forms common in
data sets: {"id": …, "translation": {"en": …, "ru": …}}, and {"en": …, "ru": …} with other fields,
which become properties.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from pathlib import Path
from typing import Any, BinaryIO

from aligner.entries import Bundle, Content, Entry, Header, Inline, Pairs, Variant
from aligner.errors import InputError
from aligner.formats import jsonl, units
from aligner.formats.exchange.headings import language_of
from aligner.formats.exchange.lines import Broken, lines
from aligner.formats.exchange.losses import NO_TEXT, Losses
from aligner.formats.source import name as name_of
from aligner.records import Bitext, Document

NAMES = {"jsonl": ".jsonl"}

_NAMING = frozenset({"tuid", "xml:lang", "lang"})


def read(source: str | Path) -> Bundle:
    """Read translation units from JSON Lines, one at a time.

    Those of an article that have no target are left out, as in its TMX.

    Args:
        source: the file; "-" for standard input.

    Raises:
        InputError: the file cannot be read. A line that is no unit is left out, and told of after
            the last one.
    """
    found = _units(source)
    first = next(found, None)
    if first is None:
        return Bundle(iter(()))
    rest = chain([first], found)
    if isinstance(first, Entry):
        return Bundle(_entries(rest), Header(first.source_lang))
    article = Bitext(Document(first.document, first.lang, "", ()), (), first.signature)
    return Bundle(_entries(rest), units.bundle(article, created=first.created).header)


def is_mine(beginning: bytes) -> bool:
    """Whether a file begins with a JSON object."""
    return re.match(rb'(?:\xef\xbb\xbf)?\s*\{\s*"', beginning) is not None


def _units(source: str | Path) -> Iterator[Entry | jsonl.Entry]:
    where = name_of(source)
    broken = Broken()
    for number, line in lines(source, newline="\n"):
        if not line.strip():
            continue
        try:
            unit = _unit(json.loads(line), number)
        except (ValueError, RecursionError) as error:
            broken.add(
                InputError(
                    f"the line is not a translation unit: {error}",
                    where=f"{where}:{number}",
                    hint='Mend or delete it; it may be as short as {"en": "…", "ru": "…"}.',
                )
            )
        else:
            yield unit
    broken.tell()


def _entries(found: Iterable[Entry | jsonl.Entry]) -> Iterator[Entry]:
    """Units of articles with their neighbours in them; all others as they are."""
    for document, group in groupby(found, lambda one: getattr(one, "document", None)):
        if document is None:
            yield from (one for one in group if isinstance(one, Entry))
        else:
            yield from _article(one for one in group if isinstance(one, jsonl.Entry))


def _article(found: Iterator[jsonl.Entry]) -> Iterator[Entry]:
    first = next(found)
    of_article = (one.unit for one in chain([first], found))
    bitext = Bitext(
        Document(first.document, first.lang, "", ()),
        of_article,  # type: ignore[arg-type]  # any iterable will do
    )
    return units.bundle(bitext, created=first.created).entries


def _unit(line: object, number: int) -> Entry | jsonl.Entry:
    if not isinstance(line, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004 - the caller tells what is wrong
    if "targets" in line and "document" in line:
        return jsonl.entry(line)
    if "variants" in line:
        return _entry(line, number)
    return _short(line, number)


def _entry(line: Mapping[str, Any], number: int) -> Entry:
    fields = _typed(line, {"id": str, "source_lang": str, "variants": list})
    return Entry(
        tuid=fields["id"],
        variants=tuple(map(_variant, fields["variants"])),
        source_lang=fields["source_lang"],
        props=_pairs(line, "props"),
        notes=_strings(line, "notes"),
        attributes=_pairs(line, "attributes"),
        line=number,
    )


def _variant(value: object) -> Variant:
    if not isinstance(value, dict):
        raise ValueError("a variant is not an object")  # noqa: TRY004
    fields = _typed(value, {"lang": str, "text": str, "inline": list})
    return Variant(
        lang=fields["lang"],
        text=fields["text"],
        inline=_content(fields["inline"]),
        props=_pairs(value, "props"),
        notes=_strings(value, "notes"),
        attributes=_pairs(value, "attributes"),
    )


def _content(parts: Sequence[object]) -> Content:
    return tuple(part if isinstance(part, str) else _inline(part) for part in parts)


def _inline(value: object) -> Inline:
    if not isinstance(value, dict):
        raise ValueError("an inline element is neither a string nor an object")  # noqa: TRY004
    fields = _typed(value, {"name": str, "content": list})
    return Inline(fields["name"], _pairs(value, "attributes"), _content(fields["content"]))


def _typed(value: Mapping[str, Any], kinds: Mapping[str, type]) -> dict[str, Any]:
    """Some fields of an object, each of its kind; empty where it is not there."""
    found = {key: value.get(key, kind()) for key, kind in kinds.items()}
    for key, kind in kinds.items():
        if type(found[key]) is not kind:
            raise ValueError(f'"{key}" is no {kind.__name__}')
    return found


def _strings(value: Mapping[str, Any], key: str) -> tuple[str, ...]:
    found = _typed(value, {key: list})[key]
    if not all(isinstance(one, str) for one in found):
        raise ValueError(f'"{key}" is no list of strings')
    return tuple(found)


def _pairs(value: Mapping[str, Any], key: str) -> Pairs:
    found = _typed(value, {key: list})[key]
    if not all(isinstance(one, list) and [*map(type, one)] == [str, str] for one in found):
        raise ValueError(f'"{key}" is no list of pairs of strings')
    return tuple((name, text) for name, text in found)


def _short(line: Mapping[str, Any], number: int) -> Entry:
    """A unit as data sets have it: texts by language, beside what is known of them."""
    known = {key: value for key, value in line.items() if key != "translation"}
    texts = _typed(line, {"translation": dict})["translation"] or {
        key: value for key, value in line.items() if key != "id" and language_of(key) is not None
    }
    variants = tuple(
        Variant(language_of(key) or "", text)
        for key, text in texts.items()
        if isinstance(text, str)
    )
    if not variants:
        raise ValueError("it has no text that is named by its language")
    return Entry(
        tuid=str(known.get("id", "")),
        variants=variants,
        source_lang=variants[0].lang,
        props=tuple(
            (key if key.startswith("x-") else f"x-{key}", str(value))
            for key, value in known.items()
            if key != "id" and key not in texts and isinstance(value, str | int | float)
        ),
        line=number,
    )


def write(
    file: BinaryIO,
    bundle: Bundle,
    name: str = "jsonl",  # noqa: ARG001 - what every format takes; there is but one here
    langs: Sequence[str] = (),
) -> tuple[str, ...]:
    """Write one unit a line; only what the header says of all of them has no place there.

    Args:
        file: takes the bytes.
        bundle: units without a text in any of `langs` are left out.
        name: the format.
        langs: the languages to write, in their order; by default all, as they come.

    Raises:
        InputError: the bundle's own file is damaged.
    """
    losses = Losses("JSON Lines")
    losses.header(bundle)
    for entry in bundle.entries:
        variants = entry.variants
        if langs:
            variants = tuple(one for lang in langs for one in variants if one.lang == lang)
        if not variants:
            losses.add(NO_TEXT)
            continue
        fields = _filled(
            id=entry.tuid,
            source_lang=entry.source_lang,
            variants=[_fields(one) for one in variants],
            props=entry.props,
            notes=entry.notes,
            attributes=_telling(entry.attributes, entry.tuid),
        )
        # A lone surrogate, which UTF-8 cannot hold, comes out as \udXXX: so JSON writes it too.
        line = json.dumps(fields, ensure_ascii=False).encode("utf-8", "backslashreplace")
        file.write(line + b"\n")
    return losses.told()


def _fields(variant: Variant) -> dict[str, Any]:
    return {"lang": variant.lang, "text": variant.text} | _filled(
        inline=[*map(_part, variant.inline)],
        props=variant.props,
        notes=variant.notes,
        attributes=_telling(variant.attributes, variant.lang),
    )


def _telling(attributes: Pairs, name: str) -> Pairs:
    """The attributes but those that only say again what it is called."""
    return tuple(pair for pair in attributes if pair[0] not in _NAMING or pair[1] != name)


def _part(part: str | Inline) -> str | dict[str, Any]:
    if isinstance(part, str):
        return part
    content = [*map(_part, part.content)]
    return _filled(name=part.name, attributes=part.attributes, content=content)


def _filled(**fields: Any) -> dict[str, Any]:
    """The fields that have a value."""
    return {name: value for name, value in fields.items() if value}
