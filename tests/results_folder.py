"""Folders of results as `aligner run` leaves them, made without a model."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from aligner.formats import jsonl
from aligner.pipeline import Job, prepare
from aligner.records import Bitext, Document, Kind, Origin, Segment, Target, Unit

MADE_AT = datetime(2026, 1, 31, 12, tzinfo=UTC)


def target(text: str) -> Target:
    return Target(text, Origin.MT, 0.625, "argos", "a-model", issues=("number: 5 is missing",))


def units_of(sources: Iterable[Path]) -> tuple[Unit, ...]:
    """The segments of files, one file after the other; each has targets of its own."""
    units: list[Unit] = []
    for source in sources:
        document, segments = prepare(Job(str(source), boilerplate=True))
        first = units[-1].source.block + 1 if units else 0
        for segment in segments:
            block = first + segment.block
            name = f"{block + 1}.{segment.id.partition('.')[2]}"
            kind = document.blocks[segment.block].kind
            units.append(unit(replace(segment, id=name, block=block), kind))
    return tuple(units)


def unit(segment: Segment, kind: Kind = Kind.BODY) -> Unit:
    made = {lang: target(f"{lang} {segment.id}") for lang in ("ru", "ky")}
    return Unit(segment, made, kind)


def paragraphs(*texts: Iterable[str]) -> tuple[Unit, ...]:
    """Units of the segments given, paragraph by paragraph."""
    return tuple(
        unit(Segment(f"{block + 1}.{number}", block, 0, len(text), text))
        for block, segments in enumerate(texts)
        for number, text in enumerate(segments, 1)
    )


def write_results(folder: Path, units: Iterable[Unit], name: str = "article") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    bitext = Bitext(Document(name, "en", "", ()), placed(units), {"aligner": "0"})
    jsonl.write(folder / f"{name}.jsonl", bitext, MADE_AT)
    return folder


def placed(units: Iterable[Unit]) -> tuple[Unit, ...]:
    """The units, each behind the one before it in its block."""
    found: list[Unit] = []
    for one in units:
        source, before = one.source, found[-1].source if found else None
        start = before.stop + 1 if before and before.block == source.block else 0
        source = replace(source, start=start, stop=start + len(source.text))
        found.append(replace(one, source=source))
    return tuple(found)
