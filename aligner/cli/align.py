"""`aligner align`: existing translations, two texts or more, aligned sentence by sentence."""

# ruff: noqa: D301 - a lone \b in a docstring makes Typer keep the lines of the examples
from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from aligner.cli import aligned_report, notes, options
from aligner.cli.tmx.streams import number
from aligner.errors import InputError, UsageError

if TYPE_CHECKING:
    from aligner.align import Aligned, Method
    from aligner.align.texts import Text
    from aligner.segmentation import Rules

_Format = Literal["tmx", "tsv", "jsonl", "vecalign"]
_BY_EXTENSION: dict[str, _Format] = {".tmx": "tmx", ".tsv": "tsv", ".jsonl": "jsonl"}
_BEADS = (".beads", ".vecalign", ".align")


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
        _Format | None,
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
        str,
        typer.Option(
            "--tmx",
            metavar="FILE",
            help="Instead of texts: split the units of this file that hold several sentences.",
        ),
    ] = "",
    keep_unaligned: Annotated[
        bool,
        typer.Option("--keep-unaligned", help="Write also the sentences that only one text has."),
    ] = False,
    report: Annotated[
        bool, typer.Option("--report", help="List the stretches that a person should look at.")
    ] = False,
    plot: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.svg", help="Draw the alignment; of three texts, NAME.en-ru.svg and so on."
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
    force: Annotated[
        bool,
        typer.Option("--force", help="Write though the texts seem unrelated, or swapped."),
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

    Sentences that only one text has are left out, and counted. Texts that do not seem to be
    translations of one another, or not in their languages, are refused: nothing is written, and
    the command ends with 1.

    \b
    Examples:
      aligner align ARTICLE.en.txt ARTICLE.ru.txt ARTICLE.ky.txt -o article.tmx
      aligner align one.html two.html --langs en,ky -o article.tsv --report --plot article.svg
      aligner align corpus.en corpus.ru --presegmented --mt corpus.en.mt-ru --format vecalign
      aligner align a.de.txt a.fr.txt --no-mt --format jsonl --keep-unaligned > a.jsonl
      aligner align --tmx paragraphs.tmx -o sentences.tmx
    """
    from aligner.align import Method
    from aligner.engines import Settings
    from aligner.segmentation import Rules

    rules = Rules.load(srx) if srx else None
    method = Method(
        translate=not no_mt,
        settings=Settings(device, threads, beam),
        options={} if deletion is None else {"deletion": deletion},
    )
    if tmx:
        _refuse_texts(texts, mt, plot, report=report)
        _realign(tmx, out, to, method, rules, as_json=as_json)
        return
    wanted = _format(out, to, texts or [])
    found = _read(texts or [], langs, encoding, rules, presegmented=presegmented, force=force)
    _check_format(wanted, found)
    aligned = _align(found, method, mt or [], encoding)
    if report:
        aligned_report.stretches(aligned, to_stderr=out == "-")
    if not force:
        _refuse_unrelated(aligned)
    if plot:
        _plot(plot, aligned)
    _write(aligned, out, wanted, keep_unaligned=keep_unaligned)
    summary = aligned_report.summary(aligned, out)
    if as_json:
        text = json.dumps(summary, ensure_ascii=False, indent=2)
        print(text, file=sys.stderr if out == "-" else sys.stdout)
    else:
        aligned_report.tell(aligned, summary)


def _read(
    paths: list[str],
    langs: str,
    encoding: str | None,
    rules: Rules | None,
    *,
    presegmented: bool,
    force: bool,
) -> list[Text]:
    from aligner.align import texts

    given = [code for code in langs.split(",") if code.strip()]
    found = texts.read(paths, given, presegmented=presegmented, encoding=encoding, rules=rules)
    mistaken = texts.mistaken(found)
    if mistaken and not force:
        seen = [f"{text.name} seems to be in {lang}, not {text.lang}" for text, lang in mistaken]
        is_swap = sorted(text.lang for text, _ in mistaken) == sorted(lang for _, lang in mistaken)
        raise InputError(
            f"{'the texts are swapped: ' if is_swap else ''}{'; '.join(seen)}",
            hint="Give --langs the languages in the order of the texts, or --force.",
        )
    return found


def _format(out: str, to: _Format | None, paths: list[str]) -> _Format:
    """The format to write.

    Raises:
        UsageError: the name of the file does not tell, or is that of a text.
    """
    for path in paths:
        if "-" not in (path, out) and _is_same(Path(path), Path(out)):
            raise UsageError(
                "the text would be overwritten", where=out, hint="Give another name for --out."
            )
    if to or out == "-":
        return to or "tmx"
    extension = Path(out).suffix.lower()
    if extension in _BEADS:
        return "vecalign"
    if extension not in _BY_EXTENSION:
        raise UsageError(
            f'"{out}" does not say in which format it is',
            hint="Name it .tmx, .tsv, .jsonl or .beads, or give --format.",
        )
    return _BY_EXTENSION[extension]


def _is_same(one: Path, other: Path) -> bool:
    """Whether two names are those of one file."""
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there
        return False


def _check_format(wanted: _Format, texts: list[Text]) -> None:
    if wanted == "vecalign" and len(texts) > 2:
        raise UsageError(
            "beads are of two texts",
            hint="Give two, or write three as --format tmx, tsv or jsonl.",
        )
    if wanted == "tsv" and len({text.lang for text in texts}) < len(texts):
        raise UsageError(
            "two texts are in one language, and a table has a column for each",
            hint="Say by --langs which languages they are in, or write --format jsonl.",
        )


def _align(texts: list[Text], method: Method, mt: list[str], encoding: str | None) -> Aligned:
    from dataclasses import replace

    from aligner.align import align
    from aligner.align.texts import read_translation
    from aligner.cli.progress import bars

    if len(mt) >= len(texts):
        raise UsageError(
            f"there are {len(mt)} translations for {len(texts) - 1} texts",
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


def _write(aligned: Aligned, out: str, to: _Format, *, keep_unaligned: bool) -> None:
    from aligner.align.entries import beads, bundle
    from aligner.cli.sink import open_sink
    from aligner.entries import Bundle
    from aligner.formats import exchange

    with open_sink(out) as file:
        if to == "vecalign":
            file.write(beads(aligned).encode())
            return
        units = bundle(aligned, keep_unaligned=keep_unaligned)
        if to != "tmx":  # the others have no header; the summary names the models, too
            units = Bundle(units.entries)
        lost = exchange.write(file, units, to)
    for loss in lost:
        print(loss, file=sys.stderr)


def _plot(path: Path, aligned: Aligned) -> None:
    from aligner.alignment.plot import svg
    from aligner.cli.sink import open_sink

    for pair in aligned.pairs:
        only = len(aligned.pairs) == 1
        own = (
            path
            if only
            else path.with_suffix(f".{aligned_report.name(aligned, pair)}{path.suffix}")
        )
        names = aligned.texts[pair.first].name, aligned.texts[pair.second].name
        with open_sink(own) as file:
            file.write(svg(pair.beads, names).encode())


def _refuse_texts(
    texts: list[str] | None, mt: list[str] | None, plot: Path | None, *, report: bool
) -> None:
    if texts or mt or plot or report:
        raise UsageError(
            "--tmx takes no texts, --mt, --plot or --report",
            hint="Give only -o, and what says how to align.",
        )


def _realign(
    path: str, out: str, to: _Format | None, method: Method, rules: Rules | None, *, as_json: bool
) -> None:
    """Split the units of a file that hold several sentences."""
    from dataclasses import asdict

    from aligner.align import inside
    from aligner.cli.tmx import streams
    from aligner.entries import Bundle

    if to == "vecalign":
        raise UsageError("units are no beads", hint="Write --format tmx, tsv or jsonl.")
    wanted = streams.format_for(out, to, [path])
    sources = streams.Sources([path])
    count = inside.Count()
    if method.translate:
        notes.warn_of_broken_models()
    entries = inside.split(sources.all(), method, count, rules)
    streams.write(out, Bundle(entries, sources.header), wanted)
    line = (
        f"{number(count.units, 'unit')}, {count.several} of several sentences: "
        f"{count.split} split into {count.parts}"
    )
    streams.tell(line, asdict(count), out, as_json=as_json)
    sources.finish()
