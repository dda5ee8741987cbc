"""What the commands that take and give memories share: several files in, one out, damage told."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.errors import InputError, MendedError, UsageError

if TYPE_CHECKING:
    from aligner.entries import Bundle, Entry, Header

Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE… | -",
        show_default=False,
        help="Translation memories: TMX, XLIFF, TSV, CSV, JSONL, PO …; - reads stdin.",
    ),
]
Out = Annotated[
    str, typer.Option("--out", "-o", metavar="FILE|-", help="The file to write; - is stdout.")
]
To = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="NAME",
        help="The format to write, if the name of FILE does not tell. [that of the input]",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print the summary as a JSON object.")]


class Sources:
    """Memories to read; damage ends only the one that has it, and is told by `finish`.

    Raises:
        InputError: a file cannot be read at all.
        UsageError: standard input is asked for twice.
    """

    def __init__(self, files: Sequence[str]) -> None:
        from aligner.formats import exchange

        if files.count("-") > 1:
            raise UsageError("standard input can be read only once", hint="Give - once.")
        self._bundles: list[Bundle] = [exchange.read(file) for file in files]
        self._damages: list[InputError] = []

    @property
    def header(self) -> Header:
        """What the memories say of all their units, together."""
        from aligner.curation import merge

        return merge.header([bundle.header for bundle in self._bundles])

    def each(self) -> list[Iterator[Entry]]:
        """The units of each memory."""
        return [self._until_damage(bundle) for bundle in self._bundles]

    def all(self) -> Iterator[Entry]:
        """The units of all memories, one after the other."""
        for units in self.each():
            yield from units

    def _until_damage(self, bundle: Bundle) -> Iterator[Entry]:
        entries = bundle.entries
        while True:
            # Around the one call: what whoever takes the units raises is not for us.
            try:
                entry = next(entries, None)
            except InputError as error:
                self._damages.append(error)
                return
            if entry is None:
                return
            yield entry

    def finish(self) -> None:
        """Name what is damaged, and exit with 1 if units may be lost by it."""
        lost = [one for one in self._damages if not isinstance(one, MendedError)]
        for damage in self._damages:
            print(f"{'error' if damage in lost else 'warning'}: {damage}", file=sys.stderr)
            if damage in lost:
                print("The units that could be read were taken.", file=sys.stderr)
        if lost:
            raise typer.Exit(1)


def format_for(out: str, wanted: str | None, files: Sequence[str]) -> str:
    """The format to write: the one asked for, else as the output's name says, or the input's.

    Raises:
        UsageError: the input would be overwritten, or no such format is known.
    """
    from aligner.formats import exchange

    for file in files:
        if "-" not in (file, out) and _is_same(Path(file), Path(out)):
            raise UsageError(
                "the input would be overwritten", where=out, hint="Give another name for --out."
            )
    if wanted:
        if wanted not in exchange.FORMATS:
            known = ", ".join(exchange.FORMATS)
            raise UsageError(f'there is no format "{wanted}"', hint=f"Give one of: {known}.")
        return wanted
    if out != "-":
        return exchange.format_of(out)
    named = next((_unpacked(file) for file in files if file != "-"), "")
    extensions = tuple(exchange.FORMATS.values())
    return exchange.format_of(named) if named.lower().endswith(extensions) else "tmx"


def _unpacked(name: str) -> str:
    return name.removesuffix(".gz").removesuffix(".zip")


def _is_same(one: Path, other: Path) -> bool:
    """Whether two names are those of one file."""
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there
        return False


def write(out: str, bundle: Bundle, to: str, langs: Sequence[str] = ()) -> None:
    """Write a memory, and say what its format could not hold."""
    from aligner.cli.sink import open_sink
    from aligner.formats import exchange

    with open_sink(out) as file:
        losses = exchange.write(file, bundle, to, langs)
    for loss in losses:
        print(loss, file=sys.stderr)


def tell(line: str, report: Mapping[str, object], out: str, *, as_json: bool) -> None:
    """Say what was done: in a line on standard error, or as JSON on standard output if it is free.

    Args:
        line: the summary for people.
        report: the same for programs.
        out: where the memory went.
        as_json: print the report.
    """
    if as_json:
        text = json.dumps(report, ensure_ascii=False)
        print(text, file=sys.stderr if out == "-" else sys.stdout)
    else:
        print(line, file=sys.stderr)


def number(count: int, noun: str) -> str:
    """A number and what it counts.

    >>> number(1, "unit"), number(2, "unit")
    ('1 unit', '2 units')
    """
    return f"{count} {noun}{'' if count == 1 else 's'}"


def lang(code: str) -> str:
    """A language code of the command line, in any spelling.

    Raises:
        UsageError: it is none.
    """
    from aligner.languages.codes import language

    found = language(code)
    if not found:
        raise UsageError(f'"{code}" is no language code', hint="Give a code such as ky.")
    return found


def langs_of(given: str) -> tuple[str, ...]:
    """The languages of an option: codes with commas between."""
    return tuple(dict.fromkeys(lang(code) for code in given.split(",") if code.strip()))


def is_coloured() -> bool:
    """Whether standard output shows colours, and the user wants them (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def plain(text: str) -> str:
    """A text as a terminal can show it: in one line, without codes that would steer it."""
    return "".join(one if one.isprintable() else " " for one in text)
