"""`aligner evaluate terms`: how many terms of a glossary are right in translations."""

# ruff: noqa: D301 - a lone \b in a docstring makes Typer keep the lines of the examples
from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from aligner.cli import options
from aligner.cli.evaluate import given

if TYPE_CHECKING:
    from aligner.evaluate.terms import Counted, Tally
    from aligner.records import Concept

_WIDEST = 32  # characters of a system's name


def terms(
    systems: given.Systems,
    glossaries: Annotated[
        list[Path],
        typer.Option("--glossary", metavar="FILE", help="Termbase; of several the later wins."),
    ],
    references: Annotated[
        list[str] | None,
        typer.Option("--ref", metavar="FILE", help="A translation by people; again for more."),
    ] = None,
    source: given.Source = "",
    lang: given.Lang = "",
    from_lang: given.From = "",
    top: Annotated[
        int, typer.Option(min=0, metavar="N", help="How many of the worst terms to list.")
    ] = 10,
    segments: given.Segments = "",
    as_json: given.Json = False,
    device: options.Device = "cpu",
    threads: options.Threads = 0,
    beam: options.Beam = 4,
) -> None:
    """Count the terms of a glossary in source texts, and how many are right in the translations.

    A SYSTEM is what `aligner evaluate mt` takes: a file of units, as TMX, a folder of
    `aligner run`, plain text (with --source, --from and --lang), or a model (with --source).

    \b
    right      one of the term's forms, or a word made from it, is there, once at least
    missing    it is not
    forbidden  a wording that must not be used is there
    altered    a name is not repeated letter for letter, or has letters of another alphabet

    Where people translated the same (--ref), their terms are counted, too, and how often the
    form is the very one that they chose. `aligner glossary verify` says what is wrong where.

    \b
    Examples:
      aligner evaluate terms corpora/article --glossary glossaries/central-asia.csv
      aligner evaluate terms before.tmx after.tmx --glossary terms.csv --lang ky --top 30
      aligner evaluate terms en-ru --source test.en --ref test.ru --glossary terms.csv --json
    """
    from aligner.engines import Settings
    from aligner.evaluate.terms import count

    given.check_outputs(segments)
    concepts = _concepts(glossaries)
    gathered = given.gather(
        given.job(
            systems, references or (), source, lang, from_lang, Settings(device, threads, beam)
        )
    )
    counted = count(gathered, concepts)
    if segments:
        given.write_rows(segments, _rows(counted))
    to = sys.stderr if segments == "-" else sys.stdout
    by_id = {concept.id: concept for concept in concepts}
    if as_json:
        print(json.dumps(_figures(counted, by_id), ensure_ascii=False, indent=2), file=to)
    else:
        _print(counted, to)
        _print_worst(counted, len(systems), by_id, top, to)


def _concepts(glossaries: Sequence[Path]) -> tuple[Concept, ...]:
    from aligner.formats import termbases
    from aligner.terminology.termbase import Termbase, merged

    return merged(Termbase(termbases.read(path)) for path in glossaries).termbase.concepts


def _rows(all_counted: Sequence[Counted]) -> Iterator[dict[str, Any]]:
    for counted in all_counted:
        for segment in counted.segments:
            yield {
                "segment": segment.number,
                "system": counted.name,
                "lang": segment.lang,
                "source": segment.source,
                "target": segment.translation,
                "terms": [
                    {
                        "concept": use.concept.id,
                        "term": _names(use.concept, counted.source_lang, segment.lang)[0],
                        "outcome": use.outcome,
                        "times": use.times,
                        "forms": use.forms,
                    }
                    for use in segment.uses
                ],
            }


def _figures(all_counted: Sequence[Counted], concepts: Mapping[str, Concept]) -> dict[str, Any]:
    from aligner.evaluate.terms import ranked

    return {
        "systems": [
            {
                "system": counted.name,
                "total": _figure(counted.total),
                "langs": {lang: _figure(tally) for lang, tally in counted.langs.items()},
                "concepts": [
                    {"lang": lang, "concept": name, "source": source, "target": target}
                    | _figure(counted.concepts[lang, name])
                    for lang, name in ranked([counted])
                    for source, target in [_names(concepts[name], counted.source_lang, lang)]
                ],
            }
            for counted in all_counted
        ]
    }


def _figure(tally: Tally) -> dict[str, Any]:
    from aligner.evaluate.terms import Outcome

    return {
        "occurrences": tally.occurrences,
        **{str(outcome): tally.outcomes[outcome] for outcome in Outcome},
        "comparable": tally.comparable,
        "alike": tally.alike,
    }


def _names(concept: Concept, *langs: str) -> list[str]:
    """What a concept is called in languages."""
    from aligner.terminology.forms import term_in

    return [term.preferred.text if (term := term_in(concept, lang)) else "" for lang in langs]


def _print(all_counted: Sequence[Counted], to: TextIO) -> None:
    """The figures of each language, those of all systems and references below one another."""
    from aligner.evaluate.terms import Outcome

    names = _numbered([counted.name for counted in all_counted])
    width = max(map(len, names))
    wrong = (Outcome.MISSING, Outcome.FORBIDDEN, Outcome.ALTERED)
    heading = "".join(f"{name:>11}" for name in wrong)
    with_forms = any(counted.total.comparable for counted in all_counted)
    forms = f"{'same form as reference':>28}" if with_forms else ""
    print(f"{'':{width + 2}}{'terms':>8}{'right':>18}{heading}{forms}", file=to)
    langs = dict.fromkeys(lang for counted in all_counted for lang in counted.langs)
    for lang in langs:
        print(lang, file=to)
        for name, counted in zip(names, all_counted, strict=True):
            if tally := counted.langs.get(lang):
                right = _share(tally.outcomes[Outcome.RIGHT], tally.occurrences)
                cells = "".join(f"{tally.outcomes[one]:>11}" for one in wrong)
                alike = f"{tally.alike} of {tally.comparable}" if tally.comparable else ""
                line = f"  {name:{width}}{tally.occurrences:>8}{right:>18}{cells}{alike:>28}"
                print(line.rstrip(), file=to)


def _numbered(names: Sequence[str]) -> list[str]:
    """Names that fit a table, with numbers to be told by; their ends say more."""
    short = (name if len(name) <= _WIDEST else f"…{name[1 - _WIDEST :]}" for name in names)
    return [f"{number} {name}" for number, name in enumerate(short, 1)]


def _share(part: int, whole: int) -> str:
    return f"{part:>7} {100 * part / whole:6.1f} %" if whole else "-"


def _print_worst(
    all_counted: Sequence[Counted],
    systems: int,
    concepts: Mapping[str, Concept],
    top: int,
    to: TextIO,
) -> None:
    """The terms that the systems have wrong most often, with how many are right of how many."""
    from aligner.evaluate.terms import Outcome, ranked

    judged = all_counted[:systems]
    wrong = [key for key in ranked(judged) if any(_tally(one, key).wrong for one in judged)]
    if not wrong or not top:
        return
    numbers = "".join(f"{number:>9}" for number in range(1, len(all_counted) + 1))
    print(f"\nworst, right of all\n{numbers}", file=to)
    for lang, name in wrong[:top]:
        tallies = [_tally(one, (lang, name)) for one in all_counted]
        cells = "".join(
            f"{f'{one.outcomes[Outcome.RIGHT]}/{one.occurrences}':>9}" for one in tallies
        )
        source, target = _names(concepts[name], all_counted[0].source_lang, lang)
        print(f"{cells}  {lang}  {source} → {target}  [{name}]", file=to)
    if len(wrong) > top:
        print(f"{'':9}  … {len(wrong) - top} more; --top lists them", file=to)


def _tally(counted: Counted, key: tuple[str, str]) -> Tally:
    from aligner.evaluate.terms import Tally

    return counted.concepts.get(key) or Tally()
