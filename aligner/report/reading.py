"""What there is to report on: a folder that `aligner run` wrote, or anyone's file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from aligner import results
from aligner.entries import Bundle, Entry
from aligner.errors import InputError, MendedError
from aligner.formats import exchange, jsonl, source, units
from aligner.records import Document


@dataclass(slots=True)
class Material:
    """Units, one at a time, and what is said of all of them.

    Attributes:
        name: of the file or folder, without the folder it is in.
        entries: the units; taken once.
        lang: the source language; "" for that of each unit.
        made: how they were made: a folder's signature, what a file says of itself.
        damage: why the rest could not be read, once the units have been taken; "" if it could.
        notes: what else there is to say of the reading, likewise.
    """

    name: str
    entries: Iterator[Entry]
    lang: str = ""
    made: Mapping[str, str] = field(default_factory=dict)
    damage: str = ""
    notes: tuple[str, ...] = ()


def material(place: str) -> Material:
    """Open what is to be reported on.

    Args:
        place: a folder of results, a file in any exchange format, "-" for standard input.

    Raises:
        InputError: it cannot be read, or has no units.
    """
    is_folder = place != "-" and Path(place).is_dir()
    found = _of_folder(Path(place)) if is_folder else _of_file(place)
    entries = _until_damage(found)
    first = next(entries, None)
    if first is None:
        raise InputError(
            found.damage or "there are no units in it",
            where="" if found.damage else source.name(place),
            hint="" if found.damage else "Give a folder that `aligner run` wrote, or a bitext.",
        )
    found.entries = chain([first], entries)
    return found


def _of_folder(place: Path) -> Material:
    rows = jsonl.read(results.find(place))
    first = next(rows, None)
    if first is None:
        return Material(place.absolute().name, iter(()))
    made = {**first.signature, "created": _told(first.created)}
    entries = (
        units.entry(Document(row.document, row.lang, "", ()), row.unit)
        for row in chain([first], rows)
    )
    return Material(place.absolute().name, entries, first.lang, made)


def _of_file(place: str) -> Material:
    bundle = exchange.read(place)
    name = Path(source.name(place)).name
    return Material(name, bundle.entries, bundle.header.source_lang, _made(bundle))


def _made(bundle: Bundle) -> dict[str, str]:
    """What a file says of how it was made."""
    attributes = dict(bundle.header.attributes)
    tool = f"{attributes.get('creationtool', '')} {attributes.get('creationtoolversion', '')}"
    said = {"tool": tool.strip(), "created": _moment(attributes.get("creationdate", ""))}
    own = {name.removeprefix("x-"): value for name, value in bundle.header.props}
    return {name: value for name, value in (said | own).items() if value}


def _moment(date: str) -> str:
    """A date as people read it, from how TMX writes it; what is none, as it stands."""
    try:
        return _told(datetime.fromisoformat(date))
    except (ValueError, OverflowError):  # the latter: year 1, east of Greenwich
        return date


def _told(moment: datetime) -> str:
    if moment.tzinfo is None:
        return f"{moment:%Y-%m-%d %H:%M}"
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _until_damage(found: Material) -> Iterator[Entry]:
    """The units of a file as far as they can be read."""
    try:
        yield from found.entries
    except MendedError as error:
        found.notes = (*found.notes, str(error))
    except InputError as error:
        found.damage = str(error)
