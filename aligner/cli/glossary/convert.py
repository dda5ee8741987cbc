"""`aligner glossary convert`: a termbase in another format."""

# ruff: noqa: D301 - a lone \b in a docstring makes Typer keep the lines of the examples
from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from aligner.cli import options
from aligner.errors import UsageError

_Format = Literal["csv", "tsv", "tbx", "tbx-dca", "tbx-v2", "omegat"]


def convert(
    source: Annotated[
        str, typer.Argument(metavar="IN|-", help="A termbase: .csv, .tsv, .tbx, OmegaT's .txt.")
    ],
    target: Annotated[
        str, typer.Argument(metavar="OUT|-", help="The file to write; - writes to stdout.")
    ],
    to: Annotated[
        _Format | None,
        typer.Option(
            help="Format to write, if the name of OUT does not tell: .tbx is version 3, DCT style; "
            "tbx-v2 is what OmegaT and older tools read. To stdout: [csv]",
        ),
    ] = None,
    langs: Annotated[
        str, typer.Option(metavar="LANGS", help="Languages, in their order: en,ru. [all]")
    ] = "",
    encoding: options.Encoding = None,
) -> None:
    """Convert a termbase, and say what the new format cannot hold.

    A glossary of OmegaT (.txt) has two languages: give them with --langs, or in the name of the
    file, as in terms.en-ru.txt.

    \b
    Examples:
      aligner glossary convert central-asia.csv central-asia.tbx
      aligner glossary convert central-asia.csv project/glossary/terms.en-ky.txt
      aligner glossary convert --to tbx-v2 --langs en,ky central-asia.csv omegat.tbx
      aligner glossary convert client.tbx - | head
    """
    from aligner.formats import termbases

    given = languages_of(langs)
    if "-" not in (source, target) and _is_same(Path(source), Path(target)):
        raise UsageError(
            "the input would be overwritten", where=target, hint="Give another name for the output."
        )
    concepts = termbases.read(source, langs=given, encoding=encoding)
    if target == "-":
        losses = termbases.dump(sys.stdout.buffer, concepts, to=to or "csv", langs=given)
        sys.stdout.flush()
    else:
        losses = termbases.write(Path(target), concepts, to=to, langs=given)
    for loss in losses:
        print(loss, file=sys.stderr)


def languages_of(given: str) -> tuple[str, ...]:
    """The languages of an option: codes with commas between."""
    from aligner import languages

    codes = (code.strip() for code in given.split(","))
    return tuple(dict.fromkeys(languages.check(code) for code in codes if code))


def _is_same(one: Path, other: Path) -> bool:
    """Whether two names are those of one file."""
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there
        return False
