"""`aligner tmx convert`: a file of translation units in another format."""

# ruff: noqa: D301 - a lone \b in a docstring makes Typer keep the lines of the examples
from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.tmx import streams
from aligner.errors import InputError, MendedError, UsageError

if TYPE_CHECKING:
    from aligner.entries import Bundle, Entry

_FORMATS = "tmx, xliff-1.2, xliff-2.1, csv, tsv, jsonl, po, moses"


def convert(
    source: Annotated[
        str,
        typer.Argument(
            metavar="IN|-",
            show_default=False,
            help="A file of translation units; .gz and .zip are unpacked. For Moses, one of the "
            "files, or what their names begin with.",
        ),
    ],
    target: Annotated[
        str,
        typer.Argument(
            metavar="OUT|-",
            show_default=False,
            help="The file to write; for Moses, what the names of the files begin with.",
        ),
    ],
    origin: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FORMAT",
            help=f"The format of IN, if neither its name nor its content tells: {_FORMATS}.",
        ),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(
            metavar="FORMAT",
            help="The format of OUT, if its name does not tell; .xlf is XLIFF 1.2. "
            "To stdout: [that of IN]",
        ),
    ] = None,
    langs: Annotated[
        str,
        typer.Option(
            metavar="LANGS",
            help="Languages to write, in their order, and what the texts are in where IN does not "
            "say: en,ru. [all]",
        ),
    ] = "",
) -> None:
    """Convert between TMX, XLIFF, tables, JSON Lines, PO and Moses.

    What the new format cannot hold is said on standard error. Where IN is damaged, the units
    before that are written, the damage is named, and the command ends with 1.

    CSV and TSV have one unit a row, and name their columns in the first: id, languages (en, ru,
    ky), note, x-topic for a property, ru_x-origin for one of a text. A table that has no such row,
    or calls its columns source and target, needs --langs. So does PO that is written from more
    than two languages.

    \b
    Examples:
      aligner tmx convert memory.tmx memory.csv
      aligner tmx convert memory.tmx article.xlf --to xliff-2.1 --langs en,ky
      aligner tmx convert --langs en,ru OPUS.en-ru.tsv memory.tmx
      aligner tmx convert memory.tmx corpus --to moses       # corpus.en, corpus.ru, corpus.ky
      aligner tmx convert corpus.en memory.tmx               # with corpus.ru, corpus.ky beside it
      aligner tmx convert --langs en,ru memory.tmx ru.po
      zcat memory.tmx.gz | aligner tmx convert - - --to jsonl | head
    """
    from aligner.entries import Bundle
    from aligner.formats.exchange import moses

    wanted = streams.langs_of(langs)
    parallel = _parallel(source, origin)
    to = _format(target, to, [str(path) for path in parallel] or [source])
    is_moses = parallel or origin == moses.NAME
    bundle = moses.read(source, wanted) if is_moses else _read(source, origin, wanted)
    units = _Units(bundle)
    sound = Bundle(iter(units), bundle.header)
    if to == moses.NAME:
        for loss in moses.write(moses.prefix(target), sound, wanted):
            print(loss, file=sys.stderr)
    else:
        streams.write(target, sound, to, wanted)
    for lang in wanted:
        if lang not in units.langs and not units.damage:
            print(f'no unit has a text in "{lang}"', file=sys.stderr)
    if isinstance(units.damage, MendedError):
        print(f"warning: {units.damage}", file=sys.stderr)
    elif units.damage:
        taken = streams.number(units.taken, "unit")
        print(f"{taken} written; the input is damaged.", file=sys.stderr)
        raise units.damage


class _Units:
    """The units of a file up to its damage.

    Args:
        bundle: the file; if it has no sound unit, its damage is raised at once.
    """

    def __init__(self, bundle: Bundle) -> None:
        first = next(bundle.entries, None)
        self._entries = chain([first] if first else [], bundle.entries)
        self.taken = 0
        self.langs: set[str] = set()
        self.damage: InputError | None = None

    def __iter__(self) -> Iterator[Entry]:
        while True:
            # Around the one call: what whoever takes the units raises is not for us.
            try:
                entry = next(self._entries, None)
            except InputError as error:
                self.damage = error
                return
            if entry is None:
                return
            self.taken += 1
            self.langs.update(variant.lang for variant in entry.variants)
            yield entry


def _parallel(source: str, origin: str | None) -> tuple[Path, ...]:
    """The parallel files that are meant, if any."""
    from aligner.formats.exchange import moses

    if source == "-" and origin == moses.NAME:
        raise UsageError(
            "parallel files are several, and cannot be read from standard input",
            hint="Give one of the files, or what their names begin with.",
        )
    if source == "-" or origin not in (None, moses.NAME):
        return ()
    found = tuple(moses.files(source).values())
    return found if origin or len(found) > 1 else ()


def _format(target: str, to: str | None, sources: Sequence[str]) -> str:
    """The format to write."""
    from aligner.formats.exchange import moses

    is_moses = to == moses.NAME if to else target != "-" and moses.is_name(target)
    if not is_moses:
        return streams.format_for(target, to, sources)
    if target == "-":
        raise UsageError(
            "parallel files are several, and cannot be written to standard output",
            hint="Give what their names shall begin with.",
        )
    there = {path.resolve() for path in moses.files(moses.prefix(target)).values()}
    if not there.isdisjoint(Path(source).resolve() for source in sources):
        raise UsageError(
            "the input would be overwritten", where=target, hint="Give another name for the output."
        )
    return moses.NAME


def _read(source: str, origin: str | None, langs: Sequence[str]) -> Bundle:
    """Read a format that is one file; some do not say by themselves in which languages they are."""
    from aligner.formats import exchange
    from aligner.formats.exchange import po, tables

    try:
        named = origin or exchange.format_of(source.removesuffix(".gz").removesuffix(".zip"))
    except UsageError:
        named = None
    for module in (tables, po):
        if named in module.NAMES:
            return module.read(source, langs)  # type: ignore[no-any-return]
    return exchange.read(source, origin)
