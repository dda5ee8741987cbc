"""`aligner tmx dedupe`: a memory without the units that stand in it several times."""

# ruff: noqa: D301 - a lone \b in a docstring makes Typer keep the lines of the examples
from __future__ import annotations

from array import array
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from aligner.cli.tmx import streams
from aligner.cli.tmx.streams import number
from aligner.curation.preference import Prefer
from aligner.errors import UsageError

if TYPE_CHECKING:
    from aligner.curation.dedupe import Sameness
    from aligner.curation.preference import Rank

_MOST_RANKS = 10_000  # held in memory


def dedupe(
    files: streams.Files,
    out: streams.Out = "-",
    by: Annotated[
        Literal["all", "source", "pair"],
        typer.Option(
            help="What must be the same: all texts; the source text; or that and the text in the "
            "language of --lang."
        ),
    ] = "all",
    lang: Annotated[str, typer.Option(metavar="LANG", help="The language, for --by pair.")] = "",
    prefer: Annotated[
        Prefer,
        typer.Option(help="Which unit to keep: that of a person, the newest, or the first."),
    ] = Prefer.HUMAN,
    contexts: Annotated[
        bool,
        typer.Option("--contexts", help="Keep units that stand in different contexts."),
    ] = False,
    ignore_case: Annotated[
        bool, typer.Option("--ignore-case", help="Letters may be capital or small.")
    ] = False,
    ignore_space: Annotated[
        bool, typer.Option("--ignore-space", help="White space may differ.")
    ] = False,
    ignore_numbers: Annotated[
        bool, typer.Option("--ignore-numbers", help="Any number stands for any other.")
    ] = False,
    ignore_codes: Annotated[
        bool, typer.Option("--ignore-codes", help="Inline tags may differ.")
    ] = False,
    to: streams.To = None,
    as_json: streams.Json = False,
) -> None:
    """Keep of the units that are the same only one; the others stay in their order.

    A TMX file is copied as it is, byte for byte, but for the units left out, as long as the input
    is a single one and the output is TMX too.

    \b
    Examples:
      aligner tmx dedupe memory.tmx --out clean.tmx
      aligner tmx dedupe --by source --prefer newest memory.tmx -o one-a-source.tmx
      aligner tmx dedupe --by pair --lang ky --ignore-case --ignore-space a.tmx b.tmx -o ky.tmx
      zcat memory.tmx.gz | aligner tmx dedupe - | gzip > clean.tmx.gz
    """
    from aligner.curation.dedupe import By, Sameness, deduped
    from aligner.entries import Bundle

    if (by == "pair") != bool(lang):
        raise UsageError("--by pair and --lang belong together", hint="Say: --by pair --lang ky.")
    same = Sameness(
        By(by),
        streams.lang(lang) if lang else "",
        ignore_case=ignore_case,
        ignore_space=ignore_space,
        ignore_numbers=ignore_numbers,
        ignore_codes=ignore_codes,
        contexts=contexts,
    )
    wanted = streams.format_for(out, to, files)
    sources = streams.Sources(files)
    counts = _copied(files[0], out, same, prefer) if files[1:] == [] and wanted == "tmx" else None
    if counts is None:
        counts = {}
        entries = deduped(sources.all(), same, prefer, counts)
        streams.write(out, Bundle(entries, sources.header), wanted)
    kept = counts["read"] - counts["dropped"]
    line = f"{number(counts['read'], 'unit')}: {counts['dropped']} dropped, {kept} kept"
    streams.tell(line, {**counts, "kept": kept}, out, as_json=as_json)
    sources.finish()


def _copied(file: str, out: str, same: Sameness, prefer: Prefer) -> dict[str, int] | None:
    """Copy a file but for its duplicates; None, and nothing is written, if that cannot be done."""
    from aligner.cli.sink import open_sink
    from aligner.curation.dedupe import Duplicates
    from aligner.curation.preference import unit_rank
    from aligner.formats.exchange.tmx import verbatim

    if file == "-" or not same.is_of_all_texts:
        return None
    starts, stops, gaps = array("Q"), array("Q"), array("L")
    with Path(file).open("rb") as source, Path(file).open("rb") as again:
        ranks: dict[bytes, Rank] = {}  # most units say the same of themselves

        def rank(number: int) -> Rank:
            unit = verbatim.unit(again, starts[number], stops[number])
            about = unit.about()
            if about not in ranks:
                if len(ranks) >= _MOST_RANKS:
                    ranks.clear()
                ranks[about] = unit_rank(unit.entry(), prefer)
            return ranks[about]

        found = Duplicates(rank)
        try:
            for unit in verbatim.units(source):
                starts.append(unit.start)
                stops.append(unit.stop)
                gaps.append(unit.gap)
                texts = unit.texts()
                found.add(same.key(unit.entry()) if texts is None else same.key_of(texts))
        except verbatim.NotPlain:
            return None
        omitted = ((starts[one] - gaps[one], stops[one]) for one in sorted(found.dropped))
        with open_sink(out) as target:
            verbatim.copy(source, target, omitted)
    return {"read": found.seen, "dropped": len(found.dropped)}
