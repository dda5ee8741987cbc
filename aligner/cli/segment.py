"""`aligner segment`: the sentences of a text, and the rules that make them."""

# ruff: noqa: D301 - a lone \b in a docstring makes Typer keep the lines of the examples
from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli import options
from aligner.errors import UsageError

if TYPE_CHECKING:
    from aligner.records import Block, Segment
    from aligner.segmentation import Decision

_CONTEXT = 30  # characters shown on either side of a break


def segment(
    source: Annotated[str, typer.Argument(metavar="FILE|-", help="A text file; - reads stdin.")],
    lang: Annotated[str, typer.Option(metavar="LANG", help="Its language.")] = "en",
    as_json: Annotated[
        bool,
        typer.Option(
            "--json",
            help="One JSON object a line: paragraph (block), its kind, offsets into the file's "
            "text (start, stop), and the text.",
        ),
    ] = False,
    why: Annotated[
        bool,
        typer.Option("--explain", help="Show instead which rule made or refused each break."),
    ] = False,
    srx: options.Srx = None,
    encoding: options.Encoding = None,
) -> None:
    """Cut a text into sentences, one a line.

    \b
    Examples:
      aligner segment --lang ky article.txt
      aligner segment --lang ru --json article.md > segments.jsonl
      echo "He works for Acme Inc. in D.C." | aligner segment --explain -
      aligner segment --srx my-rules.srx article.txt
    """
    from aligner.formats import read
    from aligner.segmentation import Rules, explain, segment_document

    if as_json and why:
        raise UsageError("--json and --explain exclude each other", hint="Give one of them.")
    rules = Rules.load(srx) if srx else Rules.default()
    document = read(source, lang, encoding)
    if why:
        for block in document.blocks:
            for decision in explain(block.text, document.lang, rules):
                print(_explanation(decision, block.text))
        return
    line = _json if as_json else _plain
    for found in segment_document(document, rules):
        print(line(found, document.blocks[found.block]))


def _plain(found: Segment, _: Block) -> str:
    return " ".join(found.text.splitlines())


def _json(found: Segment, block: Block) -> str:
    start, stop = block.source_span(found.start, found.stop)
    return json.dumps(
        {
            "block": found.block + 1,
            "kind": block.kind,
            "start": start,
            "stop": stop,
            "text": found.text,
        },
        ensure_ascii=False,
    )


def _explanation(decision: Decision, text: str) -> str:
    """`no break: … for Acme Inc.¦ in D.C.`, then the rule with its line and patterns."""
    rule, place = decision.rule, decision.position
    context = f"{text[max(place - _CONTEXT, 0) : place]}¦{text[place : place + _CONTEXT]}"
    return "\n".join(
        (
            f"{'break' if decision.breaks else 'no break'}: {' '.join(context.splitlines())}",
            f"    {rule.language} {rule.number}, line {rule.line}",
            f"    before: {rule.before}",
            f"    after:  {rule.after}",
        )
    )
