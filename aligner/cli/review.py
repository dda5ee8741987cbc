"""`aligner review`: the editor's page, on this computer."""

# ruff: noqa: D301 - a lone \b in a docstring makes Typer keep the lines of the examples
from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli import options
from aligner.cli.tmx.streams import number
from aligner.errors import AlignerError

if TYPE_CHECKING:
    from aligner.review.book import Book
    from aligner.review.session import Session


def review(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER|FILE",
            help="What `aligner run` wrote, or any TMX, XLIFF, TSV, JSONL, PO …",
        ),
    ],
    lang: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LANG",
            help="Show this target language only, even if there is nothing in it yet; "
            "may be given again. [all there are]",
        ),
    ] = None,
    glossary: options.Glossary = None,
    no_glossary: options.NoGlossary = False,
    memory: options.Memory = None,
    no_memory: options.NoMemory = False,
    editor: Annotated[
        str, typer.Option(metavar="NAME", help="The name that your edits go under.")
    ] = "",
    port: Annotated[
        int,
        typer.Option(
            min=0,
            max=65535,
            help="Where to listen; 0 takes the same as last time, or any that is free.",
        ),
    ] = 0,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Print the address only.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the address and what is reviewed as JSON.")
    ] = False,
) -> None:
    """Review and edit translations in the browser, side by side in two languages or more.

    The page is served to this computer alone, under an address with a secret in it, and loads
    nothing from outside. Every edit is on the disk at once, in .review.db beside what is reviewed;
    Save on the page, and ending this command with Ctrl-C, write the edits into the files.

    \b
    Examples:
      aligner review corpora/article
      aligner review corpora/article --lang ky --editor "Aida" --memory client.db
      aligner review translated.xlf --glossary our-names.csv
      aligner review memory.tmx --no-browser --port 8765
    """
    from aligner.formats import termbases
    from aligner.review import sources
    from aligner.review.book import Book
    from aligner.review.serving import Server, bound, usual_port
    from aligner.review.session import Session
    from aligner.review.store import Store
    from aligner.terminology.termbase import Termbase, merged

    glossaries = options.glossaries(glossary, no_glossary)
    terms = merged(Termbase(termbases.read(one)) for one in glossaries).termbase
    memories = _prepared(options.memories(memory, no_memory))
    source = sources.read(path, lang or ())
    for note in source.notes:
        print(f"warning: {note}", file=sys.stderr)
    usual = usual_port(source.path)
    with Store.open(source.path) as store, bound(port, usual) as listening:
        book = Book(source, store)
        session = Session(book, terms, memories, editor)
        server = Server(session, listening)
        store.announce(server.url)
        _begin(book, server.url, as_json=as_json)
        if not no_browser:
            _open(server.url)
        server.run()
        _end(book, session)


def _prepared(paths: tuple[Path, ...]) -> list[Path]:
    """Translation memories, ready to be searched."""
    if not paths:
        return []
    from aligner.cli.progress import bars
    from aligner.formats import exchange
    from aligner.memory.sources import prepared

    with bars("units") as progress:
        stores = prepared(paths, lambda path: exchange.read(path).entries, progress)
    return [store for _, store in stores]


def _begin(book: Book, url: str, *, as_json: bool) -> None:
    source, taken = book.source, book.taken
    if as_json:
        about = {
            "url": url,
            "name": source.name,
            "source": source.lang,
            "targets": source.targets,
            "units": len(source.items),
            "unsaved": book.unsaved,
            "kept": taken.kept,
            "overtaken": taken.overtaken,
            "lost": [{"id": one.name, "lang": one.lang} for one in taken.lost],
        }
        print(json.dumps(about, ensure_ascii=False), flush=True)
    else:
        units = number(len(source.items), "unit")
        print(f"{source.name}: {units}, {source.lang} → {', '.join(source.targets)}")
        print(f"  {url}")
        print("Every edit is kept at once; Save on the page, or Ctrl-C here, writes the files.")
        sys.stdout.flush()
    for line in _told(book):
        print(line, file=sys.stderr)


def _told(book: Book) -> list[str]:
    """What is to be said of the edits of an earlier review."""
    taken = book.taken
    lines = {
        f"Edits that are not in the files yet: {book.unsaved}": book.unsaved,
        f"Changed on disk since, your edits are on top: {taken.kept}": taken.kept,
        f"Changed on disk since they were saved, as they are there now: {taken.overtaken}": (
            taken.overtaken
        ),
        f"Edits of units that are no longer there, kept for when they are: {len(taken.lost)}": len(
            taken.lost
        ),
    }
    return [line for line, count in lines.items() if count]


def _open(url: str) -> None:
    """Show a page in the user's browser, which may take its time to start."""
    import webbrowser
    from threading import Thread

    Thread(target=webbrowser.open, args=(url,), daemon=True).start()


def _end(book: Book, session: Session) -> None:
    """Write what is not in the files yet; what cannot be written stays where it is safe."""
    try:
        saved = session.finish()
    except AlignerError as error:
        print(f"Not saved: {error}", file=sys.stderr)
        print(
            f"{number(book.unsaved, 'edit')} kept; the same command goes on from here.",
            file=sys.stderr,
        )
        raise typer.Exit(1) from None
    for loss in saved.lost if saved else ():
        print(loss, file=sys.stderr)
    for path in saved.files if saved else ():
        print(f"Saved: {path}", file=sys.stderr)
