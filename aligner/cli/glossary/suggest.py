"""`aligner glossary suggest`: what an article has and the glossary lacks."""

# ruff: noqa: D301 - a lone \b in a docstring makes Typer keep the lines of the examples
from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli import options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aligner.records import Concept, Document
    from aligner.terminology.suggest import Suggestion


def suggest(
    source: Annotated[str, typer.Argument(metavar="FILE|-", help="An article; - reads stdin.")],
    glossary: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="A termbase with what is known; may be given often."),
    ] = None,
    lang: Annotated[str, typer.Option(metavar="LANG", help="Its language: en, ru, ky.")] = "en",
    to: Annotated[
        str, typer.Option(metavar="LANGS", help="Languages to propose spellings in.")
    ] = "ru,ky",
    min_count: Annotated[
        int, typer.Option(min=1, help="Leave out what stands less often; terms stand twice.")
    ] = 1,
    top: Annotated[
        int | None, typer.Option(min=1, help="At most so many names, and so many terms.")
    ] = None,
    names_only: Annotated[
        bool, typer.Option("--names-only", "--no-terms", help="Names, and no terms.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print a JSON object a suggestion, one a line.")
    ] = False,
    srx: options.Srx = None,
    encoding: options.Encoding = None,
) -> None:
    """List names and terms of an article that the glossary lacks, as rows for a termbase.

    Each row has a new id, a guess at the category, the status "proposed", how often the name
    stands in the article, and a sentence with it. Names of Central Asia and Russia, and any
    person's, get Russian and Kyrgyz spellings by transliteration. They are proposals: o and n in
    Latin script may be ө and ң in Kyrgyz, and what is not from the region is only approximate.

    English is served best: names, and terms of two to four words by their C-value. In Russian and
    Kyrgyz there are names only, without spellings; Russian ones in the nominative where the
    dictionary knows how, Kyrgyz ones without an ending of case where the stem is beyond doubt.

    \b
    Examples:
      aligner glossary suggest article.txt > new.csv
      aligner glossary suggest article.txt --glossary central-asia.csv --names-only
      aligner glossary suggest article.html --glossary a.csv --glossary b.tbx --json --top 20
    """
    from aligner import languages
    from aligner.formats import read, termbases
    from aligner.segmentation import Rules, segment_document
    from aligner.terminology import suggest as stage

    targets = [languages.check(code.strip()) for code in to.split(",")]
    known = [concept for path in glossary or () for concept in termbases.read(path)]
    rules = Rules.load(srx) if srx else Rules.default()
    document = read(source, lang, encoding)
    found = stage.suggest(
        document,
        list(segment_document(document, rules)),
        known,
        targets=targets,
        min_count=min_count,
        top=top,
        names_only=names_only,
    )
    if as_json:
        for one in found:
            print(_as_json(one, document))
    else:
        rows = stage.concepts(found, document, (concept.id for concept in known))
        _print_table(rows, [document.lang, *targets])


def _print_table(rows: Sequence[Concept], langs: Sequence[str]) -> None:
    from aligner.formats import termbases

    sys.stdout.flush()
    termbases.dump(sys.stdout.buffer, rows, to="csv", langs=list(dict.fromkeys(langs)))


def _as_json(one: Suggestion, document: Document) -> str:
    return json.dumps(
        {
            "text": one.text,
            "kind": one.kind,
            "category": one.category,
            "count": one.count,
            "variants": one.variants,
            "proposals": {
                lang: {"text": made.text, "approximate": made.approximate}
                for lang, made in one.proposals.items()
            },
            "notes": one.notes,
            "document": document.id,
            "segment": one.segment,
            "example": one.example,
        },
        ensure_ascii=False,
    )
