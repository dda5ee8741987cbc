"""`aligner align`: existing translations, two texts or more, aligned sentence by sentence."""

# ruff: noqa: D301 - a lone \b in a docstring makes Typer keep the lines of the examples
from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli import aligned_files, aligned_report, notes, options
from aligner.cli.aligned_files import Format
from aligner.cli.tmx.streams import number
from aligner.errors import InputError, UsageError

if TYPE_CHECKING:
    from aligner.align import Aligned, Method
    from aligner.align.texts import Text
    from aligner.segmentation import Rules


def align(
    texts: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TEXT TEXT…",
            show_default=False,
            help="The same text in two languages or more: .txt, .md, .html …; - reads stdin.",
        ),
    ] = None,
    out: Annotated[
        str, typer.Option("--out", "-o", metavar="FILE|-", help="The file to write; - is stdout.")
    ] = "-",
    to: Annotated[
        Format | None,
        typer.Option(
            "--format",
            help="The format, if the name of FILE does not tell; vecalign: beads of two texts, "
            "as [0]:[0, 1]:0.98, by sentence, or by line if --presegmented. [tmx]",
        ),
    ] = None,
    langs: Annotated[
        str,
        typer.Option(metavar="LANGS", help="Languages of the texts, in their order: en,ru,ky."),
    ] = "",
    presegmented: Annotated[
        bool,
        typer.Option("--presegmented", help="Each line is a sentence; blank lines end paragraphs."),
    ] = False,
    mt: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE",
            help="Machine translation of the first text into the language of the second, a line "
            "for each sentence; given again: of the third.",
        ),
    ] = None,
    no_mt: Annotated[
        bool, typer.Option("--no-mt", help="Align the texts as they are, without models.")
    ] = False,
    tmx: Annotated[
        list[str] | None,
        typer.Option(
            "--tmx",
            metavar="FILE",
            help="Instead of texts: split the units of this file that hold several sentences; "
            "may be given again.",
        ),
    ] = None,
    keep_unaligned: Annotated[
        bool,
        typer.Option("--keep-unaligned", help="Write also the sentences that only one text has."),
    ] = False,
    words: Annotated[
        bool,
        typer.Option(
            "--words", help="Say in each unit which words belong together: x-words-en-ru."
        ),
    ] = False,
    report: Annotated[
        bool, typer.Option("--report", help="List the stretches that a person should look at.")
    ] = False,
    plot: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.svg|.png",
            help="Draw the alignment; of three texts, NAME.en-ru.svg and so on.",
        ),
    ] = None,
    deletion: Annotated[
        float | None,
        typer.Option(
            metavar="COST",
            help="What leaving a sentence out costs, where two that are the same gain 1; more "
            "aligns more, rightly or wrongly. [0.13]",
        ),
    ] = None,
    allow_moves: Annotated[
        bool,
        typer.Option(
            "--allow-moves", help="Align also passages that stand elsewhere in the other text."
        ),
    ] = False,
    force: Annotated[
        bool,
        typer.Option("--force", help="Write though the texts seem unrelated, swapped or the same."),
    ] = False,
    encoding: options.Encoding = None,
    srx: options.Srx = None,
    device: options.Device = "cpu",
    threads: options.Threads = 0,
    beam: options.Beam = 1,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the summary as a JSON object.")
    ] = False,
) -> None:
    """Align the same text in two languages or more, sentence by sentence.

    Languages are taken from the names (ARTICLE.en.txt, ARTICLE_ky.html, corpus.ru), or told from
    the text if it is English, Russian or Kyrgyz. What one text says in one sentence and another in
    two or three is one unit; every unit says how likely it is exactly right
    (x-alignment-probability). Each two texts are aligned, over machine translation where a model
    serves them, and the pairs joined to units of all texts.

    Sentences that only one text has are left out, and counted; so are passages that stand elsewhere
    in the other text, without --allow-moves. Texts that do not seem to be translations of one
    another, or not in their languages, or that are the same, are refused: nothing is written, and
    the command ends with 1.

    OmegaT takes a unit that lacks its language for one translated into another: from a TMX of three
    languages, make it memories of two (aligner tmx split --langs en,ru --langs en,ky).

    \b
    Examples:
      aligner align ARTICLE.en.txt ARTICLE.ru.txt ARTICLE.ky.txt -o article.tmx
      aligner align one.html two.html --langs en,ky -o article.tsv --report --plot article.svg
      aligner align corpus.en corpus.ru --presegmented --mt corpus.en.mt-ru --format vecalign
      aligner align a.de.txt a.fr.txt --no-mt --format jsonl --keep-unaligned > a.jsonl
      aligner align --tmx paragraphs.tmx -o sentences.tmx
    """
    from aligner.align import Method
    from aligner.cli.sink import open_sink
    from aligner.engines import Settings
    from aligner.segmentation import Rules

    rules = Rules.load(srx) if srx else None
    method = Method(
        translate=not no_mt,
        allow_moves=allow_moves,
        settings=Settings(device, threads, beam),
        options={} if deletion is None else {"deletion": deletion},
    )
    if tmx:
        _refuse_texts(texts, mt, plot, report=report, allow_moves=allow_moves)
        _realign(tmx, out, to, method, rules, as_json=as_json)
        return
    settings = method.settings if words else None
    aligned_files.check_names([*(texts or []), *(mt or []), *([srx] if srx else [])], out, plot)
    wanted = aligned_files.format_of(out, to, words=words)
    found = _read(
        texts or [],
        langs,
        encoding,
        rules,
        presegmented=presegmented,
        force=force,
        unknown=wanted == "vecalign",
    )
    aligned_files.check(wanted, found)
    with open_sink(out) as file:  # before the work, which would be lost if it could not be opened
        aligned = _align(found, method, mt or [], encoding)
        if report:
            aligned_report.stretches(aligned, to_stderr=out == "-")
        if not force:
            _refuse_unrelated(aligned)
        aligned_files.write(file, aligned, wanted, keep_unaligned=keep_unaligned, words=settings)
        if plot:
            aligned_files.draw(plot, aligned)
    summary = aligned_report.summary(aligned, out)
    if as_json:
        text = json.dumps(summary, ensure_ascii=False, indent=2)
        print(text, file=sys.stderr if out == "-" else sys.stdout)
    else:
        aligned_report.tell(aligned, summary, allow_moves=allow_moves)


def _read(
    paths: list[str],
    langs: str,
    encoding: str | None,
    rules: Rules | None,
    *,
    presegmented: bool,
    force: bool,
    unknown: bool,
) -> list[Text]:
    """Read the texts.

    Raises:
        InputError: they cannot be, or are not what they are said to be.
    """
    from aligner.align import texts

    given = langs.split(",") if langs else []
    found = texts.read(
        paths, given, presegmented=presegmented, encoding=encoding, rules=rules, unknown=unknown
    )
    if not force:
        _refuse_repeated(texts.repeated(found))
        _refuse_mistaken(found, dict(texts.mistaken(found)))
    return found


def _refuse_repeated(repeated: list[tuple[Text, Text]]) -> None:
    for text, other in repeated:
        raise InputError(
            f"it is the same text as {'before' if text.name == other.name else other.name}",
            where=text.name,
            hint="Give its translation, or --force to align it all the same.",
        )


def _refuse_mistaken(texts: list[Text], mistaken: dict[Text, str]) -> None:
    if not mistaken:
        return
    seen = [
        f"{text.name} seems to be in {lang}, not {text.lang}" for text, lang in mistaken.items()
    ]
    is_swap = sorted(text.lang for text in mistaken) == sorted(mistaken.values())
    langs = ",".join(mistaken.get(text, text.lang) for text in texts)
    raise InputError(
        f"{'the texts are swapped: ' if is_swap else ''}{'; '.join(seen)}",
        hint=f"Give --langs {langs}, or --force if the languages are right.",
    )


def _align(texts: list[Text], method: Method, mt: list[str], encoding: str | None) -> Aligned:
    from dataclasses import replace

    from aligner.align import align
    from aligner.align.texts import read_translation
    from aligner.cli.progress import bars

    if len(mt) >= len(texts):
        raise UsageError(
            f"there are {number(len(mt), 'translation')} for {number(len(texts), 'text')}",
            hint="Give --mt once for the second text, and once more for the third.",
        )
    ready = {
        (0, place): read_translation(path, texts[0], encoding) for place, path in enumerate(mt, 1)
    }
    if method.translate:
        notes.warn_of_broken_models()
    with bars("sentences") as progress:
        return align(texts, replace(method, ready=ready), progress)


def _refuse_unrelated(aligned: Aligned) -> None:
    unrelated = aligned.unrelated()
    if unrelated:
        raise InputError(
            f"it does not seem to be a translation of {aligned.texts[0].name}",
            where=", ".join(text.name for text in unrelated),
            hint="Check the files; --report says how they differ, --force aligns nevertheless.",
        )


def _refuse_texts(
    texts: list[str] | None,
    mt: list[str] | None,
    plot: Path | None,
    *,
    report: bool,
    allow_moves: bool,
) -> None:
    if texts or mt or plot or report or allow_moves:
        raise UsageError(
            "--tmx takes no texts, --mt, --plot, --report or --allow-moves",
            hint="Give only -o, and what says how to align.",
        )


def _realign(
    files: list[str],
    out: str,
    to: Format | None,
    method: Method,
    rules: Rules | None,
    *,
    as_json: bool,
) -> None:
    """Split the units of files that hold several sentences."""
    from dataclasses import asdict

    from aligner.align import inside
    from aligner.cli.progress import bars
    from aligner.cli.tmx import streams
    from aligner.entries import Bundle

    if to == "vecalign":
        raise UsageError("units are no beads", hint="Write --format tmx, tsv or jsonl.")
    wanted = streams.format_for(out, to, files)
    # Read twice for the bar, which takes little time next to all else; standard input cannot be.
    is_drawn = sys.stderr.isatty() and "-" not in files
    total = sum(1 for _ in streams.Sources(files).all()) if is_drawn else 0
    sources = streams.Sources(files)
    count = inside.Count()
    if method.translate:
        notes.warn_of_broken_models()
    with bars("units") as progress:
        entries = inside.split(
            sources.all(),
            method,
            count,
            rules,
            lambda done: progress("aligned", done, total) if is_drawn else None,
        )
        streams.write(out, Bundle(entries, inside.header(sources.header)), wanted)
    line = (
        f"{number(count.units, 'unit')}, {count.several} of several sentences: "
        f"{count.split} split into {count.parts}"
    )
    streams.tell(line, asdict(count), out, as_json=as_json)
    sources.finish()
