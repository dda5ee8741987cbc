"""JSON Lines (https://jsonlines.org): one translation unit a line, for programs and notebooks.

    {"id": "article:2.1", "document": "article", "segment": "2.1", "kind": "body", "block": 2,
     "start": 0, "stop": 12, "lang": "en", "source": "It cost $3m.", "targets": {"ru": {
     "text": "Это стоило 3 млн долл.", "origin": "mt", "score": 0.71, "engine": …, "model": …,
     "terms": [{"concept": "som", "source": "soms", "target": "сомов", "outcome": "forced",
     "case": "gen", "status": "proposed"}], "issues": []}}, "properties": {},
      "signature": "tool:0.1.0|beam:4", "created": "2026-01-31T12:00:00Z"}

A target from memory has "match" and "memory", one that a person changed "draft", "editor" and
"edited"; a text with inline tags has "codes", as [{"at": 4, "kind": "open", "id": "1", "type":
"bold", "data": "**"}]. Each stands only where it says something.

`id` is the unit's tuid in TMX; `block` counts paragraphs from 1; `start` and `stop` are offsets in
the block, in Unicode code points. Texts are exactly those of the document, line breaks included.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote

from aligner.errors import InputError
from aligner.formats import atomic
from aligner.formats.units import tuid
from aligner.records import (
    Bitext,
    Code,
    CodeKind,
    Document,
    Kind,
    Origin,
    Outcome,
    Segment,
    Status,
    Target,
    TermUse,
    Unit,
)

_LONGEST_LINE = 1 << 24  # bytes; more is no unit, and would have to be held in memory to be refused

# The fields of a line, of each of its targets, and the JSON types that they must have.
_UNIT = {
    "document": str,
    "segment": str,
    "kind": str,
    "block": int,
    "start": int,
    "stop": int,
    "lang": str,
    "source": str,
    "targets": dict,
    "properties": dict,
    "signature": str,
    "created": str,
}
_TARGET = {"text": str, "origin": str, "engine": str, "model": str, "terms": list, "issues": list}
# Those that came later: left out where they say nothing.
_MORE = {"memory": str, "draft": str, "editor": str, "edited": str}
_CODE = {"at": int, "kind": str, "id": str}
_TERM = dict.fromkeys(("concept", "source", "target", "outcome", "case", "status"), str)


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit as it stands alone on its line: with its document, and how and when it was made."""

    document: str
    lang: str
    unit: Unit
    signature: Mapping[str, str]
    created: datetime


def write(path: Path, bitext: Bitext, created: datetime | None = None) -> None:
    """Write all units of a bitext, those without a target too, one at a time.

    Args:
        path: the file, replaced only when all is written.
        bitext: its units may come from any iterable.
        created: the date of every unit, to the second; by default now.

    Raises:
        OutputError: the file cannot be written.
    """
    common = {
        "signature": _joined(bitext.signature),
        "created": f"{(created or datetime.now(UTC)).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    }
    with atomic.replace(path) as file:
        for unit in bitext.units:
            line = json.dumps(_fields(bitext.document, unit) | common, ensure_ascii=False)
            # A lone surrogate, which UTF-8 cannot hold, comes out as \udXXX: so JSON writes it too.
            file.write(line.encode("utf-8", "backslashreplace") + b"\n")


def read(path: Path, on_error: Callable[[InputError], None] | None = None) -> Iterator[Entry]:
    """Read the units that `write` wrote, or another program in the same form, one at a time.

    Args:
        path: the file; blank lines are skipped, fields that we do not know are ignored.
        on_error: is told of each line that is not a unit, and the next line is read; without it,
            the first such line ends the reading.

    Raises:
        InputError: the file cannot be opened, or a line is not a unit; it names the line.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise InputError(
            f"cannot open the file: {error.strerror}",
            where=str(path),
            hint="Give a .jsonl file that `aligner run` wrote.",
        ) from error
    with file:
        for number, line in enumerate(iter(lambda: file.readline(_LONGEST_LINE), b""), 1):
            where = f"{path}:{number}"
            if len(line) == _LONGEST_LINE:
                raise InputError(
                    f"the line is longer than {_LONGEST_LINE >> 20} MiB",
                    where=where,
                    hint="Check that the file is JSON Lines, one unit a line.",
                )
            if not line.strip():
                continue
            try:
                found = entry(json.loads(line))
            except (ValueError, RecursionError) as error:
                broken = InputError(
                    f"the line is not a translation unit: {error}",
                    where=where,
                    hint="Mend or delete the line, or run `aligner run` again.",
                )
                if on_error is None:
                    raise broken from error
                on_error(broken)
            else:
                yield found


def _fields(document: Document, unit: Unit) -> dict[str, Any]:
    source = unit.source
    return {
        "id": tuid(document, source),
        "document": document.id,
        "segment": source.id,
        "kind": unit.kind,
        "block": source.block + 1,
        "start": source.start,
        "stop": source.stop,
        "lang": document.lang,
        "source": source.text,
        **_codes_of(source.codes),
        "targets": {lang: _target_fields(target) for lang, target in unit.targets.items()},
        "properties": dict(unit.properties),
    }


def _target_fields(target: Target) -> dict[str, Any]:
    fields = asdict(target)
    later = {"match": None, **dict.fromkeys(_MORE, "")}
    del fields["codes"]
    said = {key: value for key, value in fields.items() if key not in later or value != later[key]}
    return said | _codes_of(target.codes)


def _codes_of(codes: Sequence[Code]) -> dict[str, Any]:
    """The field of a text's codes, if it has any."""
    found = [
        {key: value for key, value in asdict(code).items() if value != "" or key == "id"}
        for code in codes
    ]
    return {"codes": found} if found else {}


def entry(line: object) -> Entry:
    """The unit in a line.

    Args:
        line: what is in it, as `json.loads` gives it.

    Raises:
        ValueError: it is no unit.
    """
    fields = _checked(line, _UNIT)
    block, start, stop = fields["block"], fields["start"], fields["stop"]
    if block < 1 or not 0 <= start <= stop:
        raise ValueError(f"block {block}, {start} to {stop}, is no place in a document")
    return Entry(
        document=fields["document"],
        lang=fields["lang"],
        unit=Unit(
            source=Segment(
                fields["segment"], block - 1, start, stop, fields["source"], _codes(fields)
            ),
            targets={lang: _target(target) for lang, target in fields["targets"].items()},
            kind=Kind(fields["kind"]),
            properties=_checked(fields["properties"], dict.fromkeys(fields["properties"], str)),
        ),
        signature=_split(fields["signature"]),
        created=datetime.fromisoformat(fields["created"]),
    )


def _target(value: object) -> Target:
    fields = _checked(value, _TARGET)
    more = _checked(dict.fromkeys(_MORE, "") | fields, _MORE)
    score, match = fields.get("score"), fields.get("match")
    if score is not None and not (type(score) in (int, float) and 0 <= score <= 1):
        raise ValueError(f'"score" is not a number from 0 to 1: {score!r}')
    if match is not None and type(match) is not int:
        raise ValueError(f'"match" is not a whole number: {match!r}')
    return Target(
        text=fields["text"],
        origin=Origin(fields["origin"]),
        score=score,
        engine=fields["engine"],
        model=fields["model"],
        terms=tuple(map(_term, fields["terms"])),
        issues=_strings(fields["issues"]),
        match=match,
        codes=_codes(fields),
        **{name: more[name] for name in _MORE},
    )


def _codes(fields: Mapping[str, Any]) -> tuple[Code, ...]:
    """The codes beside a text, if there are any."""
    found = fields.get("codes", [])
    if type(found) is not list:
        raise ValueError('"codes" is not a list')
    return tuple(map(_code, found))


def _code(value: object) -> Code:
    fields = _checked(value, _CODE)
    more = _checked({"type": "", "data": ""} | fields, {"type": str, "data": str})
    return Code(fields["at"], CodeKind(fields["kind"]), fields["id"], more["type"], more["data"])


def _term(value: object) -> TermUse:
    fields = _checked(value, _TERM)
    known = {name: fields[name] for name in ("concept", "source", "target", "case")}
    return TermUse(outcome=Outcome(fields["outcome"]), status=Status(fields["status"]), **known)


def _checked(value: object, kinds: Mapping[str, type]) -> dict[str, Any]:
    """The JSON object, if each of its fields is there and of its kind."""
    if type(value) is not dict:
        raise ValueError("not a JSON object")
    for key, kind in kinds.items():
        if type(value.get(key)) is not kind:
            raise ValueError(f'"{key}" is missing, or is no {kind.__name__}')
    return value


def _strings(values: list[object]) -> tuple[str, ...]:
    strings = tuple(value for value in values if isinstance(value, str))
    if len(strings) < len(values):
        raise ValueError("not a list of strings")
    return strings


def _joined(signature: Mapping[str, str]) -> str:
    """One string, "key:value|key:value", as sacrebleu writes it; % escapes its two marks."""
    return "|".join(
        f"{_escaped(key).replace(':', '%3A')}:{_escaped(value)}" for key, value in signature.items()
    )


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("|", "%7C")


@lru_cache  # the same on every line of a file
def _split(signature: str) -> Mapping[str, str]:
    pairs = [pair.partition(":") for pair in signature.split("|")] if signature else []
    if not all(colon for _, colon, _ in pairs):
        raise ValueError('no "key:value" in the signature')
    return MappingProxyType({unquote(key): unquote(value) for key, _, value in pairs})
