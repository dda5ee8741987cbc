"""`aligner publish`: an article in one or more languages, as readers get it."""

# ruff: noqa: D301 - a lone \b in a docstring makes Typer keep the lines of the examples
from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from aligner.errors import OutputError, UsageError

if TYPE_CHECKING:
    from aligner.formats.publications import Format
    from aligner.publish import Composed

_Format = Literal["html", "docx", "epub", "pdf", "md"]
_IN_LANGUAGE = re.compile(r"([a-z]{2,3})=(.*)", re.DOTALL)


def publish(
    place: Annotated[
        str,
        typer.Argument(
            metavar="FOLDER|FILE|-",
            help="A folder that aligner run has written, or a file of units: TMX, XLIFF …",
        ),
    ],
    to: Annotated[
        _Format | None,
        typer.Option("--format", help="Format, if the name of the output does not tell. [html]"),
    ] = None,
    layout: Annotated[
        Literal["columns", "interleaved", "target"] | None,
        typer.Option(
            help="columns: side by side; interleaved: paragraph by paragraph; target: one "
            "language after the other, without the source. [columns; interleaved in EPUB]"
        ),
    ] = None,
    langs: Annotated[
        str, typer.Option(metavar="LANGS", help="Languages, in their order: en,ru,ky. [all]")
    ] = "",
    out: Annotated[
        str, typer.Option(metavar="FILE|-", help="The file to write. [NAME.LANGS.FORMAT, here]")
    ] = "",
    final: Annotated[
        bool, typer.Option("--final", help="Do not mark what no person has reviewed.")
    ] = False,
    title: Annotated[
        list[str] | None,
        typer.Option(
            metavar="[LANG=]TEXT", help="Title, instead of the first heading; one a language."
        ),
    ] = None,
    source_url: Annotated[
        str, typer.Option(metavar="URL", help="Where the article was first published.")
    ] = "",
    credit: Annotated[
        list[str] | None,
        typer.Option(
            metavar="[LANG=]TEXT", help="Line on the rights, instead of the source's own."
        ),
    ] = None,
    source: Annotated[
        str,
        typer.Option(
            metavar="ARTICLE",
            help="The original file, for its lines on rights; folders have them already.",
        ),
    ] = "",
    document: Annotated[
        str, typer.Option(metavar="NAME", help="Which document of a file that has several.")
    ] = "",
    rows: Annotated[
        Literal["paragraphs", "sentences"], typer.Option(help="What stands side by side.")
    ] = "paragraphs",
    typography: Annotated[
        bool,
        typer.Option(
            "--typography/--no-typography",
            help="Set quotes, dashes and spaces as each language does in print.",
        ),
    ] = True,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite the output, where --out does not name it.")
    ] = False,
) -> None:
    """Publish an article in one or more languages: a page, a document, an e-book.

    Paragraphs are put together again, and each language is set as in print. What no person has
    reviewed is marked as machine translation, unless you give --final. Where the source asks for
    an active link, there is one: give the article's address with --source-url.

    \b
    Examples:
      aligner publish corpora/article --source-url https://cabar.asia/en/article
      aligner publish corpora/article --format docx --langs en,ru
      aligner publish corpora/article --layout target --langs ky --out article.ky.epub
      aligner publish edited.tmx --final --title "ru=Визит в Бишкек" --out - > article.html
    """
    from aligner.cli.glossary.convert import languages_of
    from aligner.cli.sink import open_sink, refuse_results
    from aligner.formats import publications
    from aligner.publish import Order, compose

    wanted = _format(to, out)
    arranged = publications.Layout(layout or ("interleaved" if wanted == "epub" else "columns"))
    composed = compose(
        Order(
            place,
            document=document,
            langs=languages_of(langs),
            layout=arranged,
            rows=rows,
            titles=dict(_by_language(title or ())),
            credits=_credits(credit or ()),
            link=source_url,
            article=source,
            is_final=final,
            is_printed=typography,
        )
    )
    publication = composed.publication
    named = f"{publication.id}.{'-'.join(publication.langs)}{publications.FORMATS[wanted]}"
    path = out or named
    refuse_results(path)
    if not out and not force and Path(path).exists():
        raise OutputError(
            "the file is there already",
            where=path,
            hint="Give --force to overwrite it, or another name with --out.",
        )
    with open_sink(path) as file:
        lost = publications.write(file, publication, wanted, arranged)
    for line in (*(f"warning: {one}" for one in lost), *_remarks(composed, final=final)):
        print(line, file=sys.stderr)
    if path != "-":
        print(f"Written: {path}")


def _format(given: Format | None, out: str) -> Format:
    """The format that is asked for, or that the output's name stands for."""
    from aligner.formats.publications import FORMATS

    if given or out in ("", "-"):
        return given or "html"
    by_extension: dict[str, Format] = {extension: name for name, extension in FORMATS.items()}
    extension = Path(out).suffix.lower()
    if found := by_extension.get({".htm": ".html", ".markdown": ".md"}.get(extension, extension)):
        return found
    raise UsageError(
        "its name does not tell the format", where=out, hint="Say which with --format."
    )


def _by_language(given: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The language, "" for the source's, and the text of options such as "ru=Визит"."""
    for one in given:
        match = _IN_LANGUAGE.fullmatch(one)
        yield (match[1], match[2]) if match else ("", one)


def _credits(given: Iterable[str]) -> dict[str, tuple[str, ...]]:
    lines: dict[str, tuple[str, ...]] = {}
    for lang, line in _by_language(given):
        lines[lang] = (*lines.get(lang, ()), line)
    return lines


def _remarks(composed: Composed, *, final: bool) -> Iterator[str]:
    """What whoever publishes should know."""
    for warning in composed.warnings:
        yield f"warning: {warning}"
    for lang, n in composed.missing.items():
        yield f"warning: {n} of {composed.count} sentences are not translated into {lang}"
    fate = "nothing in it says so" if final else "they are marked"
    for lang, n in composed.unreviewed.items():
        yield f"{n} of {composed.count} sentences in {lang} are not reviewed by a person: {fate}"
