"""`aligner run`: the main job, from an article to TMX."""

# ruff: noqa: D301 - a lone \b in a docstring makes Typer keep the lines of the examples
from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aligner.cli import notes, options
from aligner.records import Origin, Outcome

if TYPE_CHECKING:
    from aligner.pipeline import Job, Report
    from aligner.records import Target, Unit

_LEAST_CERTAIN = 5
_OUTCOMES = {
    Outcome.ALREADY: "already right",
    Outcome.FORCED: "forced",
    Outcome.OVERRIDDEN: "overridden",
    Outcome.MISSING: "to check",
}


def run(
    source: Annotated[
        str, typer.Argument(metavar="FILE|-", help="A .txt, .md or .html file; - reads stdin.")
    ],
    from_lang: Annotated[str, typer.Option("--from", metavar="LANG", help="Its language.")] = "en",
    to_langs: Annotated[
        list[str] | None,
        typer.Option(
            "--to", metavar="LANG", help="Language to translate into; may be given again. [ru, ky]"
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder for the results. [corpora/NAME]"),
    ] = None,
    encoding: options.Encoding = None,
    srx: options.Srx = None,
    glossary: options.Glossary = None,
    no_glossary: options.NoGlossary = False,
    memory: options.Memory = None,
    no_memory: options.NoMemory = False,
    memory_min: options.MemoryMin = 75,
    memory_mt: options.MemoryMt = False,
    boilerplate: options.Boilerplate = False,
    device: options.Device = "cpu",
    threads: options.Threads = 0,
    beam: options.Beam = 4,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite results that a person has edited.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the summary as a JSON object.")
    ] = False,
) -> None:
    """Translate an article and write sentence-aligned TMX and JSONL.

    Results: NAME.en-ru.tmx, NAME.en-ky.tmx, NAME.en-ru-ky.tmx, NAME.jsonl, SHA256SUMS.
    An interrupted run goes on where it stopped when you give the same command again.

    The names and terms of a glossary come out in their curated form, inflected as their place seems
    to ask; which were found, and what became of them, stands in the TMX: x-term, note.

    What a translation memory has is not translated again: the same text (x-match 100; 101 in the
    same context), and what differs in numbers and months alone, if they can be mended for certain
    (99). What is nearly the same is offered beside the translation: x-offer-ru, x-offer-ru-match.

    \b
    Examples:
      aligner run seeds/putin-visit-kyrgyzstan.txt
      aligner run article.html --to ky --out work/article
      aligner run article.md --glossary glossaries/central-asia.csv --glossary our-names.csv
      aligner run article.md --memory client.tmx --memory corpora/
      curl -s https://example.org/a.html | aligner run - --out work/a
    """
    from aligner.cli.progress import bars
    from aligner.engines import Settings
    from aligner.pipeline import Job, run

    job = Job(
        source=source,
        lang=from_lang,
        targets=tuple(dict.fromkeys(to_langs or ("ru", "ky"))),
        out=out,
        encoding=encoding,
        srx=srx,
        glossaries=options.glossaries(glossary, no_glossary),
        memories=options.memories(memory, no_memory),
        least_match=memory_min,
        machine_memory=memory_mt,
        boilerplate=boilerplate,
        force=force,
        settings=Settings(device, threads, beam),
    )
    notes.warn_of_broken_models()
    try:
        with bars("sentences") as progress:
            report = run(job, progress)
    except KeyboardInterrupt:
        print("\nStopped. The same command goes on from here.", file=sys.stderr)
        raise typer.Exit(130) from None
    if as_json:
        print(json.dumps(_summary(report, job), ensure_ascii=False, indent=2))
    else:
        _print(report, job)


def _summary(report: Report, job: Job) -> dict[str, Any]:
    """The figures of a run, as a script would want them."""
    units = report.bitext.units
    made = sum(target.origin is Origin.MT for unit in units for target in unit.targets.values())
    return {
        "files": [str(path) for path in report.files],
        "segments": len(units),
        "words": report.words,
        "seconds": round(report.seconds, 2),
        # After a resume the time is that of the rest only; memories may leave nothing to translate.
        "sentences_per_second": round(made / report.seconds, 1)
        if made and not report.resumed
        else None,
        "resumed": report.resumed,
        "models": {
            lang: [
                {
                    "name": m.name,
                    "origin": "starter" if m.starter else "installed",
                    "path": str(m.folder),
                }
                for m in models
            ]
            for lang, models in report.models.items()
        },
        "glossaries": [str(path) for path in job.glossaries],
        "concepts": report.concepts,
        "terms": {lang: _terms(units, lang) for lang in report.models},
        "memories": [str(path) for path in job.memories],
        "matches": {lang: _matches(units, lang) for lang in report.models},
        "issues": sum(bool(target.issues) for unit in units for target in unit.targets.values()),
        "checks": {lang: _checks(units, lang) for lang in report.models},
        "dropped_characters": report.dropped,
        "least_certain": [
            {
                "id": unit.source.id,
                "lang": lang,
                "score": target.score,
                "source": unit.source.text,
                "target": target.text,
            }
            for unit, lang, target in _least_certain(units)
        ],
        "signature": dict(report.bitext.signature),
    }


def _terms(units: tuple[Unit, ...], lang: str) -> dict[str, int]:
    """How many terms of the source had which outcome in a language."""
    uses = Counter(use.outcome for unit in units for use in unit.targets[lang].terms)
    return {outcome: uses[outcome] for outcome in Outcome}


def _matches(units: tuple[Unit, ...], lang: str) -> dict[str, int]:
    """How many units a memory had in a language: used as they are, mended, or only offered."""
    rates = [unit.targets[lang].match or 0 for unit in units]
    return {
        "context": rates.count(101),
        "exact": rates.count(100),
        "mended": rates.count(99),
        "offered": sum(f"offer-{lang}" in unit.properties for unit in units),
    }


def _checks(units: tuple[Unit, ...], lang: str) -> dict[str, int]:
    """How many translations into a language each check has found fault with, the most first."""
    found = Counter(
        name
        for unit in units
        for name in {issue.partition(":")[0] for issue in unit.targets[lang].issues}
    )
    return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))


def _print(report: Report, job: Job) -> None:
    figures = _summary(report, job)
    speed = f"{figures['sentences_per_second'] or 0} sentences/s"
    print(f"{figures['segments']} segments, {figures['words']} words, ", end="")
    print(f"{figures['seconds']} s, {'resumed' if report.resumed else speed}")
    for lang, models in report.models.items():
        names = " + ".join(
            f"{model.name} ({'starter model, part of aligner' if model.starter else model.folder})"
            for model in models
        )
        print(f"  {lang}: {names}")
    if note := notes.starter_note(m for models in report.models.values() for m in models):
        print(note)
    _print_terms(figures, job)
    _print_matches(figures)
    if figures["issues"]:
        print(f"{figures['issues']} translations have issues: see x-issue in the TMX.")
    for lang, checks in figures["checks"].items():
        if checks:
            print(f"  {lang}: {', '.join(f'{name} {count}' for name, count in checks.items())}")
    if report.dropped:
        print(f"{report.dropped} characters that XML cannot hold were dropped.")
    least_certain = _least_certain(report.bitext.units)
    if least_certain:
        print("Least certain:")
    for unit, lang, target in least_certain:
        print(f"  {unit.source.id} {lang} {target.score:.2f}  {_short(unit.source.text)}")
        print(f"  {'':{len(unit.source.id)}} {'':{len(lang)}}       {_short(target.text)}")
    print("Written:")
    for path in report.files:
        print(f"  {path}")


def _print_terms(figures: dict[str, Any], job: Job) -> None:
    if not job.glossaries:
        return
    print(f"Glossary: {', '.join(figures['glossaries'])}, {figures['concepts']} concepts")
    for lang, uses in figures["terms"].items():
        found = ", ".join(f"{uses[one]} {said}" for one, said in _OUTCOMES.items() if uses[one])
        print(f"  {lang}: {sum(uses.values())} term occurrences{': ' if found else ''}{found}")


def _print_matches(figures: dict[str, Any]) -> None:
    if not figures["memories"]:
        return
    print(f"Memory: {', '.join(figures['memories'])}")
    for lang, matches in figures["matches"].items():
        found = ", ".join(f"{number} {kind}" for kind, number in matches.items() if number)
        print(f"  {lang}: {found or 'no match'}")


def _least_certain(units: tuple[Unit, ...]) -> list[tuple[Unit, str, Target]]:
    made = [
        (unit, lang, target)
        for unit in units
        for lang, target in unit.targets.items()
        if target.score is not None
    ]
    return sorted(made, key=lambda one: one[2].score or 0)[:_LEAST_CERTAIN]


def _short(text: str, width: int = 90) -> str:
    """A text on one line, without the control characters that steer a terminal."""
    line = "".join(char for char in " ".join(text.split()) if char.isprintable())
    return line if len(line) <= width else line[: width - 1] + "…"
