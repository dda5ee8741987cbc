"""`aligner align-dir`: the texts of a folder in two languages or more, aligned into one corpus."""

# ruff: noqa: D301 - a lone \b in a docstring makes Typer keep the lines of the examples
from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from aligner.cli import align_dir_report, notes, options
from aligner.cli.aligned_files import check_names
from aligner.cli.sink import open_sink, refuse_results
from aligner.cli.tmx.streams import langs_of, number, plain
from aligner.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aligner.align.articles import Found
    from aligner.align.many import Corpus, Job
    from aligner.align.parts import Parts, Row

_Format = Literal["tmx", "tsv", "jsonl"]
_FORMATS: tuple[_Format, ...] = ("tmx", "tsv", "jsonl")


def align_dir(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", show_default=False, help="The folder of the texts.")
    ],
    out: Annotated[
        str,
        typer.Option(
            "--out", "-o", metavar="FILE|-", help="The corpus to write; - is stdout. [DIR.tmx]"
        ),
    ] = "",
    to: Annotated[
        _Format | None,
        typer.Option("--format", help="The format, if the name of FILE does not tell. [tmx]"),
    ] = None,
    langs: Annotated[
        str,
        typer.Option(
            metavar="LANGS",
            help="Languages to take, in this order: en,ru,ky. [all; en, ru, ky before others]",
        ),
    ] = "",
    pattern: Annotated[
        str,
        typer.Option(
            metavar="PATTERN",
            help='What names look like if they are unusual, as "{lang}/{name}.txt"; * stands for '
            "anything but /.",
        ),
    ] = "",
    only_list: Annotated[
        bool, typer.Option("--list", help="Print which files belong together, and stop.")
    ] = False,
    jobs: Annotated[
        int,
        typer.Option(
            "--jobs",
            "-j",
            min=0,
            help="Processes; they share the cores, and each loads the models. [as many as cores]",
        ),
    ] = 0,
    presegmented: Annotated[
        bool,
        typer.Option("--presegmented", help="Each line is a sentence; blank lines end paragraphs."),
    ] = False,
    no_mt: Annotated[
        bool, typer.Option("--no-mt", help="Align the texts as they are, without models.")
    ] = False,
    min_probability: Annotated[
        float,
        typer.Option(
            min=0, max=1, metavar="P", help="Leave out units that are less likely exactly right."
        ),
    ] = 0.0,
    keep_unaligned: Annotated[
        bool,
        typer.Option("--keep-unaligned", help="Write also the sentences that only one text has."),
    ] = False,
    allow_moves: Annotated[
        bool,
        typer.Option("--allow-moves", help="Align passages that stand elsewhere in another text."),
    ] = False,
    deletion: Annotated[
        float | None,
        typer.Option(
            metavar="COST",
            help="What leaving a sentence out costs, as in aligner align. [0.13]",
        ),
    ] = None,
    force: Annotated[
        bool,
        typer.Option("--force", help="Align also what seems unrelated, or in another language."),
    ] = False,
    keep_parts: Annotated[
        bool,
        typer.Option(
            "--keep-parts", help="Leave FILE.parts there, for a folder that is still growing."
        ),
    ] = False,
    encoding: options.Encoding = None,
    srx: options.Srx = None,
    device: options.Device = "cpu",
    beam: options.Beam = 1,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the summary, or the list, as JSON.")
    ] = False,
) -> None:
    """Align all texts of a folder tree, in parallel, and write them as one corpus.

    Files belong together that are the same but for the language, in the name or in any folder:
    a.en.txt and a.ru.html, corpus.en and corpus.ru, en/news/a.txt and ru/news/a.txt. --list shows
    what is found. Hidden files and formats that are no text are left out, and links to folders are
    not followed.

    Units stand by the names of the articles, and say which one they are from (x-document, and
    ARTICLE:NUMBER as their id). FILE.summary.tsv has a row for each article.

    Articles that cannot be aligned are told with the reason and left out: a text that cannot be
    read, is unrelated to the first, or in another language than its name says, or two files for
    one. The corpus of the others is written all the same, and the command ends with 1. Articles in
    one language only are told, too.

    What is done stands in FILE.parts. A run that was cut off goes on from there when the same
    command is given again; what has changed is made anew: texts, models, settings that bear on
    the alignment. FILE.parts goes when the corpus is written and nothing failed; otherwise it
    stays, so that the next run does no more than what failed. Standard output has no such folder.

    \b
    Examples:
      aligner align-dir articles
      aligner align-dir articles -o corpus.tmx --langs en,ru,ky --jobs 4
      aligner align-dir news --pattern "{lang}/*/{name}.html" --list
      aligner align-dir subtitles -o corpus.tsv --presegmented --min-probability 0.8
    """
    from aligner.align.articles import find
    from aligner.align.many import Corpus, cores, prepare
    from aligner.align.workers import Plan
    from aligner.engines import Settings
    from aligner.segmentation import Rules

    order = langs_of(langs)
    if len(order) == 1:
        raise UsageError("there is one language", hint="Give --langs two or more, as en,ru.")
    out, to = _target(folder, out, to)
    found = find(folder, order, pattern, [] if out == "-" else _files(out)[1:])
    if only_list:
        _list(found, as_json=as_json)
        return
    _check(folder, found)
    check_names([path for article in found.articles for path in article.paths()], out, None)
    if srx:
        Rules.load(srx)  # a broken one would fail each article
    if not no_mt:
        notes.warn_of_broken_models()
    plan = Plan(
        translate=not no_mt,
        allow_moves=allow_moves,
        settings=Settings(device, beam=beam),
        options={} if deletion is None else {"deletion": deletion},
        presegmented=presegmented,
        encoding=encoding,
        srx=srx,
        force=force,
    )
    with _parts(out) as parts:
        job = prepare(found.articles, plan, parts)
        processes = jobs or (1 if device == "cuda" else cores())
        rows = sorted([*job.rows, *_run(job, processes)], key=lambda row: row.name)
        corpus = Corpus(parts, job.keys, min_probability, keep_unaligned)
        is_done = _write(corpus, rows, found.langs, out, to)
        is_whole = all(row.status != "failed" for row in rows)
        parts.keep(() if is_done and is_whole and not keep_parts else job.keys.values())
    align_dir_report.tell(found, corpus, rows, out, json_wanted=as_json)
    if not is_whole:
        raise typer.Exit(1)


def _files(out: str) -> tuple[Path, Path, Path]:
    """The corpus, and what stands beside it: the summary, and the folder of what is done."""
    return Path(out), Path(f"{out}.summary.tsv"), Path(f"{out}.parts")


def _target(folder: Path, out: str, to: _Format | None) -> tuple[str, _Format]:
    """The file to write, and its format.

    Raises:
        UsageError: the name of the file does not tell, or is that of a result, or of a folder.
    """
    name = out or f"{folder.resolve().name or 'corpus'}.{to or 'tmx'}"
    refuse_results(name)
    if Path(name).is_dir():
        raise UsageError("it is a folder", where=name, hint="Give the name of a file as --out.")
    found = to or next((one for one in _FORMATS if name.lower().endswith(f".{one}")), None)
    if found is None and name != "-":
        raise UsageError(
            f'"{name}" does not say in which format it is',
            hint="Name it .tmx, .tsv or .jsonl, or give --format.",
        )
    return name, found or "tmx"


@contextmanager
def _parts(out: str) -> Iterator[Parts]:
    """Where the finished articles are; those for standard output do not outlive the command."""
    from aligner.align.parts import Parts

    if out != "-":
        with Parts(_files(out)[2]) as parts:
            yield parts
        return
    with TemporaryDirectory() as folder, Parts(Path(folder) / "parts") as parts:
        yield parts


def _list(found: Found, *, as_json: bool) -> None:
    """Print which files belong together."""
    if as_json:
        articles = [
            {
                "article": article.name,
                "files": article.names(),
                "rivals": {lang: [*map(str, paths)] for lang, paths in article.rivals},
            }
            for article in found.articles
        ]
        print(align_dir_report.as_json(articles))
        return
    for article in found.articles:
        files = [f"{lang}:{path}" for lang, path in article.names().items()]
        rivals = [f"{lang}:{path}?" for lang, paths in article.rivals for path in paths]
        print("\t".join(plain(cell) for cell in (article.name, *files, *rivals)))
    align_dir_report.tell_of_others(found)


def _check(folder: Path, found: Found) -> None:
    """Make sure that there is something to align.

    Raises:
        InputError: there is nothing.
    """
    if all(article.is_alone for article in found.articles):
        raise InputError(
            f"{number(len(found.articles), 'article')}, none in two languages",
            where=str(folder),
            hint="Name the files as a.en.txt, a.ru.txt or en/a.txt, ru/a.txt, or give --pattern "
            'as "{name}-{lang}.txt"; --list shows what is found.',
        )


def _run(job: Job, processes: int) -> list[Row]:
    """Align what is not done yet."""
    taken_up = sum(row.status == "done" for row in job.rows)
    if taken_up:
        left = number(len(job.tasks), "article")
        print(
            f"{taken_up} done already, taken from {job.parts.folder}; {left} to go", file=sys.stderr
        )
    with _progress(len(job.tasks)) as progress:
        return list(job.run(processes, progress))


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int, Sequence[str]], None]]:
    """One bar for all articles, with the names of those under way; else a line every tenth."""
    if not sys.stderr.isatty():
        told = 0

        def tell_tenths(done: int, names: Sequence[str]) -> None:  # noqa: ARG001
            nonlocal told
            if total and done * 10 // total > told:
                told = done * 10 // total
                print(f"{done} of {total} articles", file=sys.stderr)

        yield tell_tenths
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as Remaining

    columns = (BarColumn(), MofNCompleteColumn(), Remaining(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("", total=total)
        yield lambda done, names: progress.update(
            task, completed=done, description=escape(plain(", ".join(names)))
        )


def _write(
    corpus: Corpus, rows: Sequence[Row], langs: Sequence[str], out: str, to: _Format
) -> bool:
    """Write the corpus and its summary; says whether there was anything to write."""
    from aligner.align.summary import table
    from aligner.entries import Bundle
    from aligner.formats import exchange
    from aligner.formats.exchange.tables import rows as lines
    from aligner.formats.formulas import defused

    if is_done := any(row.status == "done" for row in rows):
        units = corpus.bundle(rows)
        if to != "tmx":  # the others have no header; the summary names the models, too
            units = Bundle(units.entries)
        with open_sink(out) as file:
            lost = exchange.write(file, units, to, langs if to == "tsv" else ())
        for loss in lost:
            print(loss, file=sys.stderr)
    if out != "-":
        with open_sink(_files(out)[1]) as file:
            for cells in table(rows, langs, corpus.written):
                file.write(lines.write(map(defused, cells), "\t").encode("utf-8", "replace"))
    return is_done
