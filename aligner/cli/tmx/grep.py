"""`aligner tmx grep`: concordance."""

# ruff: noqa: D301 - a lone \b in a docstring makes Typer keep the lines of the examples
from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.tmx import streams

if TYPE_CHECKING:
    from aligner.curation.grep import Hit, Span


def grep(
    pattern: Annotated[
        str,
        typer.Argument(
            metavar="PATTERN", help="A regular expression, such as '(?i)президент\\w*'."
        ),
    ],
    files: streams.Files,
    lang: Annotated[
        str, typer.Option("--lang", "-l", metavar="LANG", help="Search in this language only.")
    ] = "",
    ignore_case: Annotated[
        bool, typer.Option("--ignore-case", "-i", help="Letters may be capital or small.")
    ] = False,
    fixed: Annotated[
        bool, typer.Option("--fixed", "-F", help="The pattern stands for itself.")
    ] = False,
    word: Annotated[bool, typer.Option("--word", "-w", help="Find whole words only.")] = False,
    invert: Annotated[
        bool, typer.Option("--invert", "-v", help="Show the units in which it is not found.")
    ] = False,
    context: Annotated[
        int,
        typer.Option("--context", "-C", min=0, metavar="N", help="So many units around each."),
    ] = 0,
    most: Annotated[
        int | None, typer.Option("--max", "-m", min=1, metavar="N", help="Stop after N units.")
    ] = None,
    count: Annotated[
        bool, typer.Option("--count", "-c", help="Print only how many units a file has.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print a JSON object a unit, one a line.")
    ] = False,
) -> None:
    """Show the units in which a pattern is found, in all their languages.

    Exits with 1 if there is none.

    \b
    Examples:
      aligner tmx grep Жапаров memory.tmx
      aligner tmx grep --lang ky -i "өкмөт\\w*" --context 1 memory.tmx
      aligner tmx grep -F "(EAEU)" --count *.tmx
      aligner tmx grep --lang en "\\bpresident\\b" --json memory.tmx | jq -r .texts.ky
    """
    from aligner.curation.grep import Search, compiled

    search = Search(
        compiled(pattern, fixed=fixed, word=word, ignore_case=ignore_case),
        streams.lang(lang) if lang else "",
        invert=invert,
    )
    sources = streams.Sources(files)
    found = 0
    for file, entries in zip(files, sources.each(), strict=True):
        hits = _first(search.hits(entries, 0 if count else context), most)
        here = sum(1 for _ in hits) if count else _show(file, hits, context, as_json=as_json)
        found += here
        if count:
            print(json.dumps({"file": file, "units": here}) if as_json else f"{file}: {here}")
    sources.finish()
    if not found:
        raise typer.Exit(1)


def _first(hits: Iterator[Hit], most: int | None) -> Iterator[Hit]:
    """Hits up to the last one wanted, and the neighbours before it."""
    left = most
    for hit in hits:
        yield hit
        if left is not None and not hit.neighbour:
            left -= 1
            if not left:
                return


def _show(file: str, hits: Iterator[Hit], context: int, *, as_json: bool) -> int:
    """Print the units of a file; how many were found, neighbours apart."""
    mark = _marker()
    last = found = 0
    for hit in hits:
        found += not hit.neighbour
        if as_json:
            print(_json(file, hit))
            continue
        if context and last and hit.number > last + 1:
            print("--")
        last = hit.number
        print(_lines(file, hit, mark))
    return found


def _json(file: str, hit: Hit) -> str:
    pairs = list(zip(hit.entry.variants, hit.spans, strict=True))
    texts: dict[str, list[str]] = {}
    for one, _ in pairs:
        texts.setdefault(one.lang, []).append(one.text)
    row = {
        "file": file,
        "unit": hit.number,
        "line": hit.entry.line or None,
        "tuid": hit.entry.tuid or None,
        "neighbour": hit.neighbour,
        "texts": {lang: "\n".join(found) for lang, found in texts.items()},
        "hits": [
            {"lang": one.lang, "start": start, "stop": stop, "text": one.text[start:stop]}
            for one, spans in pairs
            for start, stop in spans
        ],
    }
    return json.dumps(row, ensure_ascii=False)


def _lines(file: str, hit: Hit, mark: Callable[[str], str]) -> str:
    """A unit for people: where it stands, and a line for each of its texts."""
    place = ":".join(filter(None, (file, str(hit.entry.line or hit.number))))
    head = " ".join(filter(None, (place, hit.entry.tuid)))
    texts = (
        f"  {one.lang or '?':<3} {_marked(one.text, spans, mark)}"
        for one, spans in zip(hit.entry.variants, hit.spans, strict=True)
    )
    return "\n".join((head, *texts))


def _marked(text: str, spans: Sequence[Span], mark: Callable[[str], str]) -> str:
    """A text in one line, what was found in it highlighted."""
    parts: list[str] = []
    end = 0
    for start, stop in spans:
        parts += [
            streams.plain(text[end:start]),
            mark(streams.plain(text[start:stop])) if stop > start else "",
        ]
        end = stop
    return "".join((*parts, streams.plain(text[end:])))


def _marker() -> Callable[[str], str]:
    """What highlights a text: colour on a terminal that wants it, nothing elsewhere."""
    if not streams.is_coloured():
        return str
    return lambda text: f"\x1b[1;31m{text}\x1b[0m"
