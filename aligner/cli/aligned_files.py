"""The files that `aligner align` writes: units or beads, and drawings."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from aligner.cli import aligned_report
from aligner.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aligner.align import Aligned
    from aligner.align.texts import Text
    from aligner.engines import Settings

Format = Literal["tmx", "tsv", "jsonl", "vecalign"]
_BY_EXTENSION: dict[str, Format] = {
    ".tmx": "tmx",
    ".tsv": "tsv",
    ".jsonl": "jsonl",
    **dict.fromkeys((".beads", ".vecalign", ".align"), "vecalign"),
}
_DRAWINGS = (".svg", ".png")


def format_of(out: str, to: Format | None, *, words: bool) -> Format:
    """The format to write.

    Raises:
        UsageError: the name of the file does not tell, or it cannot hold the words.
    """
    found = to or ("tmx" if out == "-" else _BY_EXTENSION.get(Path(out).suffix.lower()))
    if found is None:
        raise UsageError(
            f'"{out}" does not say in which format it is',
            hint="Name it .tmx, .tsv, .jsonl or .beads, or give --format.",
        )
    if words and found == "vecalign":
        raise UsageError("beads have no words", hint="Write --format tmx, tsv or jsonl.")
    return found


def check(wanted: Format, texts: Sequence[Text]) -> None:
    """Make sure that a format can hold these texts.

    Raises:
        UsageError: it cannot.
    """
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


def check_names(inputs: Sequence[str | Path], out: str, plot: Path | None) -> None:
    """Make sure that nothing that is read is written over, and that a drawing can be one.

    Raises:
        UsageError: it would be, or the drawing's name is that of no drawing.
    """
    if plot and plot.suffix.lower() not in _DRAWINGS:
        raise UsageError(
            "a drawing is SVG or PNG", where=str(plot), hint="Name it .svg, or .png, for --plot."
        )
    outputs = [Path(name) for name in (out, plot) if name and name != "-"]
    for output in outputs:
        if any(_is_same(Path(name), output) for name in inputs if str(name) != "-"):
            raise UsageError(
                "what is read would be overwritten",
                where=str(output),
                hint="Give another name for --out or --plot.",
            )


def _is_same(one: Path, other: Path) -> bool:
    """Whether two names are those of one file."""
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there
        return False


def write(
    file: BinaryIO, aligned: Aligned, to: Format, *, keep_unaligned: bool, words: Settings | None
) -> None:
    """Write the units, or the beads, and say what the format could not hold.

    Args:
        file: takes them.
        aligned: what is written.
        to: the format.
        keep_unaligned: write also what only one text has.
        words: how models run that align the words, if these are wanted.
    """
    from aligner.align.entries import beads, bundle
    from aligner.entries import Bundle
    from aligner.formats import exchange

    if to == "vecalign":
        file.write(beads(aligned).encode())
        return
    units = bundle(aligned, keep_unaligned=keep_unaligned)
    if words:
        from aligner.align.worded import worded

        langs = [text.lang for text in aligned.texts]
        units = Bundle(worded(units.entries, langs, words), units.header)
    if to != "tmx":  # the others have no header; the summary names the models, too
        units = Bundle(units.entries)
    for loss in exchange.write(file, units, to):
        print(loss, file=sys.stderr)


def draw(path: Path, aligned: Aligned) -> None:
    """Draw each pair of texts, into files of their own if there are several."""
    from aligner.alignment import plot
    from aligner.alignment.dots import dots
    from aligner.cli.sink import open_sink

    kind = path.suffix.lower()
    for pair, compared in zip(aligned.pairs, aligned.compared, strict=True):
        own = path
        if len(aligned.pairs) > 1:
            own = path.with_suffix(f".{aligned_report.name(aligned, pair)}{path.suffix}")
        names = aligned.texts[pair.first].name, aligned.texts[pair.second].name
        alike = dots(*compared)
        drawing = (
            plot.png(pair.beads, alike)
            if kind == ".png"
            else plot.svg(pair.beads, names, alike).encode()
        )
        with open_sink(own) as file:
            file.write(drawing)
