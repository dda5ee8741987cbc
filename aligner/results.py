"""The results of `aligner run`, taken up again: a folder's bitext, read, and written as it was.

A folder holds one article: NAME.jsonl, from which all else can be made again, a TMX for each pair
of languages and for all of them, and NAME.document.json, the document as it was read, which does
not change afterwards. `load` reads a document back with the text that its units cover: each block
that has units is whole, those without any (boilerplate) are empty.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from aligner import checking, folder
from aligner.curation.returns import File, Matcher, Returned
from aligner.curation.revision import Revision, revise
from aligner.errors import EditedError, InputError
from aligner.formats import document_json, jsonl, tmx, units
from aligner.formats.xml import legal
from aligner.journal import Journal
from aligner.markup.carry import carry
from aligner.records import Bitext, Block, Document, Kind, Target, Unit

# What no file of ours goes beyond; a garbled offset must not fill the memory.
_WIDEST_GAP = 1 << 16  # characters of white space between segments
_MOST_EMPTY = 1 << 16  # blocks without a unit, one after the other

_EMPTY = Block(Kind.BOILERPLATE, "")


def load(place: Path) -> Bitext:
    """Read the bitext of a folder that `aligner run` wrote.

    Raises:
        InputError: it is no such folder, holds the results of several runs, or they are damaged.
    """
    return _read(find(place)).bitext


@dataclass(frozen=True, slots=True)
class _Stored:
    """A bitext as a folder has it, and when it was made."""

    bitext: Bitext
    created: datetime


@dataclass(frozen=True, slots=True)
class Import:
    """Edited files that are to be taken back.

    Attributes:
        place: the folder of results.
        files: the edited files; read when they are asked for.
        paths: where they are, as far as they are files: one of the folder's own may be among them.
        editor: the person's name, whatever the files say.
        force: take files that belong to other articles, edits that are older than ours, and write
            over what else was edited in the folder.
    """

    place: Path
    files: Callable[[], Iterable[File]]
    paths: tuple[Path, ...] = ()
    editor: str = ""
    force: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import has done.

    Attributes:
        revision: the bitext with the edits in it, and how it came about.
        returned: what each file brought.
        files: those written.
    """

    revision: Revision
    returned: tuple[Returned, ...]
    files: tuple[Path, ...] = ()


def preview(job: Import) -> Imported:
    """What an import would do.

    Raises:
        InputError: the folder or a file cannot be read, or a file is of another article.
    """
    return _revised(job, _read(find(job.place)))


def take(job: Import, allow: Callable[[Imported], None] = lambda _: None) -> Imported:
    """Take edited files back: the bitext of a folder, with their edits, goes to all its files.

    Args:
        job: what to take back, and where.
        allow: may raise to prevent it, once it is known what will be written.

    Raises:
        InputError: as `preview`.
        EditedError: a file of the folder has been edited, and is not among those taken back.
        OutputError: another process is writing to the folder, or it cannot be written to.
    """
    path = find(job.place)
    with (
        folder.workplace(job.place) as work,
        Journal(work / "journal.jsonl", signature=None) as journal,
    ):
        stored = _read(path)
        imported = _revised(job, stored)
        allow(imported)
        bitext = imported.revision.bitext
        files = all_names(job.place, bitext)
        if not job.force:
            _guard(job, files, journal)
        _write_all(work, replace(stored, bitext=bitext), files, journal)
    return replace(imported, files=tuple(job.place / name for name in files))


def change(place: Path, make: Callable[[Bitext], Bitext]) -> tuple[Path, ...]:
    """Make something else of the bitext of a folder: it goes to all its files, which are given.

    Raises:
        InputError: the folder cannot be read.
        EditedError: a file of the folder has been edited, and not been taken back.
        OutputError: another process is writing to the folder, or it cannot be written to.
    """
    path = find(place)
    with (
        folder.workplace(place) as work,
        Journal(work / "journal.jsonl", signature=None) as journal,
    ):
        stored = _read(path)
        stored = replace(stored, bitext=make(stored.bitext))
        files = all_names(place, stored.bitext)
        edited = folder.strangers(place, files, journal.announced)
        if edited:
            raise EditedError(
                f"edited since aligner wrote it: {', '.join(edited)}",
                where=str(place),
                hint="Take it back first, with `aligner import`.",
            )
        _write_all(work, stored, files, journal)
    return tuple(place / name for name in files)


def _write_all(
    work: Path, stored: _Stored, files: Mapping[str, Sequence[str]], journal: Journal
) -> None:
    writers = {
        name: partial(write, bitext=stored.bitext, langs=langs, created=stored.created)
        for name, langs in files.items()
    }
    folder.replace_all(work, writers, journal, force=True)


def write(path: Path, bitext: Bitext, langs: Sequence[str], created: datetime) -> int:
    """Write a file of results, TMX or JSONL by its name; gives the characters XML cannot hold."""
    if path.suffix == ".tmx":
        return tmx.write(path, bitext, langs, created)
    jsonl.write(path, bitext, created)
    return 0


def names(document: Document, targets: Sequence[str]) -> dict[str, Sequence[str]]:
    """The files of a run, with the target languages in each: one a pair, one of all, JSONL."""
    sets: list[tuple[str, ...]] = [(lang,) for lang in targets]
    if len(targets) > 1:
        sets.append(tuple(targets))
    pairs = {f"{document.id}.{'-'.join((document.lang, *langs))}.tmx": langs for langs in sets}
    return {**pairs, f"{document.id}.jsonl": targets}


def whole_name(document: Document) -> str:
    """The file of a folder that has the whole document, its boilerplate too, as it was read."""
    return f"{document.id}.document.json"


def write_whole(path: Path, document: Document) -> int:
    """Write a whole document; gives the characters that were dropped: none."""
    document_json.write(path, document)
    return 0


def find(place: Path) -> Path:
    """The one .jsonl file of a folder of results.

    Raises:
        InputError: it is no folder, or has none or several.
    """
    if not place.is_dir():
        raise InputError(
            "this is a file, not a folder" if place.exists() else "there is no such folder",
            where=str(place),
            hint="Give the folder that `aligner run` wrote its results to.",
        )
    found = sorted(path for path in place.glob("*.jsonl") if not path.name.startswith("."))
    if len(found) != 1:
        names = ", ".join(path.name for path in found)
        raise InputError(
            f"the folder has {len(found)} .jsonl files: {names}" if found else "there is no .jsonl",
            where=str(place),
            hint="Keep the results of one article in a folder of their own."
            if found
            else "Give the folder that `aligner run` wrote its results to.",
        )
    return found[0]


def _read(path: Path) -> _Stored:
    entries = list(jsonl.read(path))
    if not entries:
        raise InputError(
            "the file has no units", where=str(path), hint="Run `aligner run` on the article again."
        )
    first = entries[0]
    documents = {entry.document for entry in entries}
    if len(documents) > 1:
        raise InputError(
            f"the file has units of {len(documents)} documents: "
            f"{', '.join(sorted(documents)[:3])} …",
            where=str(path),
            hint="Give the results of one article.",
        )
    found = tuple(entry.unit for entry in entries)
    title = next((unit.source.text for unit in found if unit.kind is Kind.HEADING), "")
    document = Document(first.document, first.lang, title, tuple(_blocks(found, path)))
    return _Stored(Bitext(document, found, first.signature), first.created)


def _revised(job: Import, stored: _Stored) -> Imported:
    bitext = stored.bitext
    matcher = Matcher(
        bitext,
        [units.entry(bitext.document, _legal(unit)) for unit in bitext.units],
        units.target,
        f"{stored.created.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        force=job.force,
    )
    returned = tuple(map(matcher.match, job.files()))
    revision = revise(bitext, returned, issues, carry, editor=job.editor, force=job.force)
    return Imported(revision, returned)


def issues(unit: Unit, target: Target, source_lang: str, lang: str) -> tuple[str, ...]:
    """What the checks find in a target."""
    return checking.issues(checking.pair(unit, target, source_lang, lang))


def _legal(unit: Unit) -> Unit:
    """The unit as XML can hold it."""
    targets = {
        lang: replace(target, text=legal(target.text)) for lang, target in unit.targets.items()
    }
    return replace(unit, source=replace(unit.source, text=legal(unit.source.text)), targets=targets)


def all_names(place: Path, bitext: Bitext) -> dict[str, Sequence[str]]:
    """The files that are to hold a bitext, by name, those too that a run into fewer languages left.

    The JSONL comes first: it says whose work is in the folder, should the rest not be written.
    """
    document = bitext.document
    langs = tuple(dict.fromkeys(lang for unit in bitext.units for lang in unit.targets))
    every = names(document, langs)
    for path in place.glob("*.tmx"):
        name = path.name.removeprefix(f"{document.id}.{document.lang}-").removesuffix(".tmx")
        some = tuple(name.split("-"))
        if set(some) <= set(langs) and path.name not in every:
            every[path.name] = some
    return dict(sorted(every.items(), key=lambda one: not one[0].endswith(".jsonl")))


def _guard(job: Import, files: Collection[str], journal: Journal) -> None:
    """Refuse to write over what somebody edited, unless it is what is taken back."""
    taken = {path.resolve() for path in job.paths}
    edited = [
        name
        for name in folder.strangers(job.place, files, journal.announced)
        if (job.place / name).resolve() not in taken
    ]
    if edited:
        raise EditedError(
            f"edited since aligner wrote it: {', '.join(edited)}",
            where=str(job.place),
            hint="Give it as an edited file too; --force overwrites it.",
        )


def _blocks(units: Iterable[Unit], path: Path) -> list[Block]:
    """The blocks that the units stand in; white space between them as ordinary spaces."""
    blocks: list[Block] = []
    for unit in units:
        here = unit.source
        empty = here.block - len(blocks)
        if not -1 <= empty <= _MOST_EMPTY:
            raise _misplaced(unit, path)
        if empty >= 0:
            blocks += [*[_EMPTY] * empty, Block(unit.kind, "")]
        text = blocks[-1].text
        gap = here.start - len(text)
        if not 0 <= gap <= _WIDEST_GAP or here.stop - here.start != len(here.text):
            raise _misplaced(unit, path)
        blocks[-1] = Block(unit.kind, text + " " * gap + here.text)
    return blocks


def _misplaced(unit: Unit, path: Path) -> InputError:
    return InputError(
        f"unit {unit.source.id} stands at no place where one could: block {unit.source.block + 1}, "
        f"{unit.source.start} to {unit.source.stop}",
        where=str(path),
        hint="Mend the line, or run `aligner run` again.",
    )
