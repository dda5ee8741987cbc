"""A document as it was read, all its blocks, boilerplate too: what a bitext's units leave out.

    {"id": "article", "lang": "en", "title": "…", "blocks": [{"kind": "boilerplate", "text": "© …"},
     {"kind": "body", "role": "li", "text": "See Osh", "codes": [{"at": 4, "kind": "open", …}]}]}

`role` and `codes` stand only where there are some.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from aligner.errors import InputError
from aligner.formats import atomic, source
from aligner.records import Block, Code, CodeKind, Document, Kind

_LARGEST = 1 << 28  # bytes; more is no article


def write(path: Path, document: Document) -> None:
    """Write a document.

    Raises:
        OutputError: the file cannot be written.
    """
    fields = {
        "id": document.id,
        "lang": document.lang,
        "title": document.title,
        "blocks": [_fields(block) for block in document.blocks],
    }
    text = json.dumps(fields, ensure_ascii=False, indent=1)
    with atomic.replace(path) as file:
        # A lone surrogate, which UTF-8 cannot hold, comes out as \udXXX: so JSON writes it too.
        file.write(text.encode("utf-8", "backslashreplace") + b"\n")


def read(path: Path) -> Document:
    """Read what `write` wrote. Where a block stood in the source file is not in it.

    Raises:
        InputError: the file cannot be read, or is no such document.
    """
    try:
        fields = json.loads(source.read(path, _LARGEST))
        return Document(
            _text(fields, "id"),
            _text(fields, "lang"),
            _text(fields, "title"),
            tuple(map(_block, fields["blocks"])),
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(
            f"the file is not a document: {error}",
            where=str(path),
            hint="Delete it, or run `aligner run` again.",
        ) from error


def _fields(block: Block) -> dict[str, Any]:
    more = {"role": block.role, "codes": [asdict(code) for code in block.codes]}
    said = {key: value for key, value in more.items() if value}
    return {"kind": block.kind, "text": block.text, **said}


def _block(fields: Mapping[str, Any]) -> Block:
    return Block(
        Kind(fields["kind"]),
        _text(fields, "text"),
        codes=tuple(map(_code, fields.get("codes", ()))),
        role=_text({"role": "", **fields}, "role"),
    )


def _code(fields: Mapping[str, Any]) -> Code:
    if type(fields["at"]) is not int:
        raise ValueError('"at" is no whole number')
    id, type_, data = (_text(fields, key) for key in ("id", "type", "data"))  # noqa: A001
    return Code(fields["at"], CodeKind(fields["kind"]), id, type_, data)


def _text(fields: Mapping[str, Any], key: str) -> str:
    value = fields[key]
    if not isinstance(value, str):
        raise TypeError(f'"{key}" is no text')
    return value
