"""What `aligner align-dir` says of a corpus: its figures, and what could not be aligned."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from aligner.cli import notes
from aligner.cli.tmx.streams import number, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aligner.align.articles import Found
    from aligner.align.many import Corpus
    from aligner.align.parts import Row
    from aligner.engines.packages import Model

_SHOWN = 20  # articles that failed; the summary has them all


def as_json(value: object) -> str:
    """Something as JSON, in which names of files that are no Unicode stand escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return text.encode("utf-8", "backslashreplace").decode()


def tell(found: Found, corpus: Corpus, rows: Sequence[Row], out: str, *, json_wanted: bool) -> None:
    """Say what was done: in lines on standard error, or as JSON."""
    from aligner.align.summary import totals

    figures = totals(rows, found.langs, corpus.written)
    if json_wanted:
        print(as_json({"file": out, **figures}), file=sys.stderr if out == "-" else sys.stdout)
        return
    lines = [*_figures(figures), *_findings(figures)]
    if note := notes.starter_note(_models(rows)):
        lines.append(note)
    if not figures["articles"]["done"]:
        lines.append("nothing could be aligned: no corpus is written")
    elif out != "-":
        lines.append(f"written: {out}, {out}.summary.tsv")
    if corpus.parts.folder.exists() and out != "-":
        lines.append(f"{corpus.parts.folder} has what is done: the next run does the rest")
    print("\n".join(lines), file=sys.stderr)
    tell_of_others(found)


def _models(rows: Sequence[Row]) -> list[Model]:
    """The models that translated."""
    from aligner.engines import packages

    used = {name for row in rows for names in row.models.values() for name in names.split("+")}
    return [model for model in packages.starters() if model.name in used]


def _figures(figures: Mapping[str, Any]) -> Iterator[str]:
    articles = figures["articles"]
    yield (
        f"{number(sum(articles.values()), 'article')}: {articles['done']} aligned, "
        f"{articles['failed']} failed, {articles['alone']} in one language only"
    )
    if not figures["units"]:
        return
    kinds = ", ".join(f"{count} {langs}" for langs, count in figures["units_by_languages"].items())
    yield (
        f"{number(figures['units'], 'unit')} ({kinds}), "
        f"mean probability {figures['mean_probability']:.2f}"
    )
    if figures["written"] < figures["units"]:
        yield f"{figures['units'] - figures['written']} less likely ones left out"
    width = max(len(str(count)) for count in figures["sentences"].values())
    for lang, count in figures["sentences"].items():
        if not count:
            continue
        alone = figures["unaligned"][lang]
        share = alone / count
        yield f"  {lang} {count:{width}} sentences, {alone} in no unit ({share:.1%})"


def _findings(figures: Mapping[str, Any]) -> Iterator[str]:
    for found, say in (("failed", "failed: {}: {}"), ("alone", "only one language: {}: {}")):
        for name, what in list(figures[found].items())[:_SHOWN]:
            yield plain(say.format(name, what))
        if len(figures[found]) > _SHOWN:
            yield f"… and {len(figures[found]) - _SHOWN} more, see the summary"


def tell_of_others(found: Found) -> None:
    """Say which files are no part of any article."""
    if found.unnamed:
        shown = ", ".join(plain(str(path)) for path in found.unnamed[:3])
        more = " …" if len(found.unnamed) > 3 else ""
        print(
            f"{number(len(found.unnamed), 'file')} without a language in the name: {shown}{more}",
            file=sys.stderr,
        )
    if found.unread:
        kinds = ", ".join(f"{count} {extension}" for extension, count in found.unread.most_common())
        print(f"not read: {kinds}", file=sys.stderr)
