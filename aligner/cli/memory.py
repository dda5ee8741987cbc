"""`aligner memory`: translation memories in a store that is searched at once, however large."""

# ruff: noqa: D301 - a lone \b in a docstring makes Typer keep the lines of the examples
from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.tmx.streams import number
from aligner.errors import InputError

if TYPE_CHECKING:
    from aligner.memory.search import Match

app = typer.Typer(
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Build and search translation memories.",
)

_Store = Annotated[Path, typer.Argument(metavar="STORE", help="The store, such as client.db.")]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def build(
    store: _Store,
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help="TMX, XLIFF or JSONL files, or folders of them."),
    ],
) -> None:
    """Take files up in a store, which is made if it is not there.

    Only files that are new or have changed are read. A damaged file is named, and nothing of it
    taken up; the others are, and the command ends with 1. Other processes may search the store
    meanwhile.

    \b
    Examples:
      aligner memory build client.db client.tmx agency.xliff
      aligner memory build ours.db corpora/
      aligner run article.txt --memory ours.db
    """
    from aligner.cli.progress import bars
    from aligner.formats import exchange
    from aligner.memory.sources import files, is_store
    from aligner.memory.store import Source, Store

    sources = [
        Source.of(file)
        for path in paths
        for file in files(path)
        if file == path or not is_store(file)  # of a folder, the files only
    ]
    with bars("units") as progress, Store.open(store, create=True) as opened:
        taken: list[Source] = []
        damages: list[InputError] = []
        for source in sources:
            try:
                taken += opened.add([source], lambda path: exchange.read(path).entries, progress)
            except InputError as error:
                damages.append(error)
        stats = opened.stats()
    for mended in opened.mended:
        print(f"warning: {mended}", file=sys.stderr)
    for damage in damages:
        print(f"error: {damage}", file=sys.stderr)
    unchanged = len(sources) - len(taken) - len(damages)
    files_taken, units = number(len(taken), "file"), number(stats.units, "unit")
    print(f"{files_taken} taken up, {unchanged} unchanged: {units}")
    if damages:
        raise typer.Exit(1)


@app.command()
def search(
    store: _Store,
    text: Annotated[str, typer.Argument(metavar="TEXT|-", help="A sentence; - reads stdin.")],
    from_lang: Annotated[str, typer.Option("--from", metavar="LANG", help="Its language.")] = "en",
    to_lang: Annotated[str, typer.Option("--to", metavar="LANG", help="Language wanted.")] = "ru",
    minimum: Annotated[
        int, typer.Option("--min", min=1, max=100, metavar="PERCENT", help="Least match.")
    ] = 70,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Matches at most.")] = 5,
    as_json: _Json = False,
) -> None:
    """Find the units that are like a sentence, best first; exit with 1 if there is none.

    The rate is the share of the longer sentence's words that need not be changed.

    \b
    Examples:
      aligner memory search client.db "The president arrived in Osh."
      aligner memory search client.db --from ru --to ky --min 50 --json "Он прибыл в Ош."
    """
    from aligner import languages
    from aligner.formats.decode import decode
    from aligner.formats.source import read
    from aligner.languages.codes import language
    from aligner.memory.search import Query
    from aligner.memory.search import search as find
    from aligner.memory.store import Store

    sentence = decode(read("-"), "stdin").strip() if text == "-" else text
    source, target = (language(languages.check(code)) for code in (from_lang, to_lang))
    query = Query(sentence, source, target)
    with Store.open(store) as opened:
        matches = find(opened, query, minimum, limit)
    if as_json:
        print(json.dumps([asdict(match) for match in matches], ensure_ascii=False, indent=2))
    else:
        for match in matches:
            _print(match)
    if not matches:
        print("no match", file=sys.stderr)
        raise typer.Exit(1)


@app.command()
def stats(store: _Store, as_json: _Json = False) -> None:
    """Say what is in a store: units, texts by language, files.

    \b
    Examples:
      aligner memory stats client.db
      aligner memory stats --json client.db | jq .units
    """
    from aligner.memory.store import Store

    with Store.open(store) as opened:
        found = opened.stats()
    if as_json:
        print(json.dumps(asdict(found), ensure_ascii=False, indent=2))
        return
    langs = ", ".join(f"{number} {lang}" for lang, number in found.texts.items())
    print(f"{found.units} units, texts: {langs or 'none'}, {found.bytes / 1e6:.1f} MB")
    for file, units in found.files.items():
        print(f"  {units:>9} {file}")


@app.command()
def remove(
    store: _Store,
    paths: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Files that were taken up.")],
) -> None:
    """Forget what came from some files.

    \b
    Example:
      aligner memory remove client.db old-client.tmx
    """
    from aligner.errors import UsageError
    from aligner.memory.store import Store

    names = {str(path.resolve()): path for path in paths}
    with Store.open(store) as reading:
        unknown = [str(path) for name, path in names.items() if name not in reading.names()]
    if unknown:
        raise UsageError(
            f"not in the memory: {', '.join(unknown)}",
            where=str(store),
            hint="`aligner memory stats STORE` lists its files.",
        )
    with Store.open(store, create=True) as opened:
        opened.remove(names)
        left = number(opened.stats().units, "unit")
        print(f"{number(len(names), 'file')} forgotten; left: {left}")


def _print(match: Match) -> None:
    about = ", ".join(filter(None, (match.origin, match.editor, match.date, match.memory)))
    print(f"{match.rate:>3} % {match.source}\n      {match.target}\n      ({about})")
