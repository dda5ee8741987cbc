"""`aligner glossary verify`: are the terms of a translation right?"""

# ruff: noqa: D301 - a lone \b in a docstring makes Typer keep the lines of the examples
from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aligner import languages
from aligner.errors import AlignerError, InputError, UsageError

if TYPE_CHECKING:
    from aligner.records import Concept
    from aligner.terminology.check import Finding, Report, Translated


def verify(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE… | -",
            show_default=False,
            help="TMX, or JSONL of aligner run; - reads TMX.",
        ),
    ],
    glossaries: Annotated[
        list[str] | None,
        typer.Option("--glossary", metavar="FILE", help="Termbase; may be given again."),
    ] = None,
    from_lang: Annotated[
        str | None,
        typer.Option("--from", metavar="LANG", help="Source language. [what the file says]"),
    ] = None,
    langs: Annotated[
        str | None,
        typer.Option(metavar="LANG,LANG", help="Languages to verify. [all in the glossary]"),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 on warnings, too.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print a JSON object a file, one a line.")
    ] = False,
) -> None:
    """Verify the terms of translations, a person's or a machine's, against a glossary.

    \b
    Errors:
      missing           no form of the term is in the target
      forbidden         a wording is used that must not be
      do-not-translate  a name is not repeated letter for letter
      homoglyph         it has letters of another alphabet that look alike
    Warnings:
      case              the word beside the term asks for another case
      inconsistent      the same is called otherwise in other units
      any of them, where the glossary says that its own term needs a check

    Exits with 1 if there is an error. A file that cannot be read does not keep others from it.

    \b
    Examples:
      aligner glossary verify corpora/article/article.en-ru-ky.tmx --glossary central-asia.csv
      aligner glossary verify memory.tmx --glossary a.csv --glossary b.tbx --langs ky --json
      zcat memory.tmx.gz | aligner glossary verify - --glossary central-asia.csv --from en
    """
    concepts = _concepts(glossaries or [])
    source = languages.check(from_lang) if from_lang else ""
    targets = {languages.check(lang.strip()) for lang in langs.split(",")} if langs else set()
    sound = True
    for name in files:
        try:
            report = _verified(_File(name, source, targets), concepts)
        except UsageError:
            raise
        except AlignerError as error:
            print(f"error: {error}", file=sys.stderr)
            sound = False
            continue
        if as_json:
            print(json.dumps(_row(name, glossaries or [], report), ensure_ascii=False), flush=True)
        else:
            _print(name, report)
        counted = [one for one in report.findings if strict or one.severity == "error"]
        sound = sound and not counted
    if not sound:
        raise typer.Exit(1)


def _concepts(glossaries: list[str]) -> tuple[Concept, ...]:
    """The concepts of all glossaries."""
    from aligner.formats import termbases
    from aligner.terminology.termbase import Termbase, merged

    if not glossaries:
        raise UsageError(
            "there is no glossary to verify by",
            hint="Give one, for example: aligner glossary verify a.tmx --glossary terms.csv",
        )
    joined = merged(Termbase(termbases.read(path)) for path in glossaries)
    return joined.termbase.concepts


@dataclass(slots=True)
class _File:
    """A file of translations.

    Attributes:
        name: its path, "-" for standard input.
        source: the source language; "" for what the file says.
        targets: the target languages; empty for all.
        langs: those that were seen in it.
    """

    name: str
    source: str
    targets: set[str]
    langs: set[str] = field(default_factory=set)

    def units(self) -> Iterator[Translated]:
        """Its units, those without a source or a target left out."""
        from aligner.terminology.check import Translated

        for unit, line, source, texts in _jsonl(self.name) if self._is_jsonl() else _tmx(self.name):
            self.langs.update(lang for lang, _ in texts)
            lang = self.source or source or next((lang for lang, _ in texts), "")
            targets = tuple(
                (other, text)
                for other, text in texts
                if other != lang and (not self.targets or other in self.targets)
            )
            text = next((text for other, text in texts if other == lang), None)
            if text is not None and targets:
                yield Translated(unit, line, lang, text, targets)

    def _is_jsonl(self) -> bool:
        return Path(self.name).suffix.lower() == ".jsonl"


_Texts = list[tuple[str, str]]  # (language, text)


def _tmx(name: str) -> Iterator[tuple[str, int, str, _Texts]]:
    from aligner.formats.exchange import tmx

    for entry in tmx.read(name).entries:
        texts = [(variant.lang, variant.text) for variant in entry.variants]
        yield entry.tuid, entry.line, entry.source_lang, texts


def _jsonl(name: str) -> Iterator[tuple[str, int, str, _Texts]]:
    from aligner.formats import jsonl

    for number, entry in enumerate(jsonl.read(Path(name)), start=1):
        targets = [(lang, target.text) for lang, target in entry.unit.targets.items()]
        unit = f"{entry.document}:{entry.unit.source.id}"
        yield unit, number, entry.lang, [(entry.lang, entry.unit.source.text), *targets]


def _verified(file: _File, concepts: tuple[Concept, ...]) -> Report:
    """The report of a file; one of which nothing could be verified is an error."""
    from aligner.terminology.check import verify as verify_units

    report = verify_units(file.units(), concepts)
    if file.langs and not report.units:
        served = {lang for concept in concepts for lang in concept.terms}
        raise InputError(
            f"nothing could be verified: the file has {_listed(file.langs)}, "
            f"the glossary {_listed(served)}",
            where=file.name,
            hint="Two languages must be in both; say with --from which is the source.",
        )
    return report


def _listed(langs: Iterable[str]) -> str:
    return ", ".join(sorted(filter(None, langs))) or "no language"


def _row(name: str, glossaries: list[str], report: Report) -> dict[str, Any]:
    return {
        "file": name,
        "glossary": glossaries,
        "units": report.units,
        "terms": len(report.concepts),
        "langs": {lang: asdict(tally) for lang, tally in sorted(report.langs.items())},
        "findings": [asdict(finding) for finding in report.findings],
    }


def _print(name: str, report: Report) -> None:
    """Findings by unit, then what they come to."""
    for (unit, line), findings in groupby(report.findings, key=lambda one: (one.unit, one.line)):
        print(f"{name}:{line}{f'  {unit}' if unit else ''}")
        for finding in findings:
            print(_as_line(finding))
    occurrences = sum(tally.occurrences for tally in report.langs.values())
    satisfied = sum(tally.satisfied for tally in report.langs.values())
    print(
        f"{name}: {occurrences} occurrences of {len(report.concepts)} terms: {satisfied} right, "
        f"{len(report.findings)} findings"
    )


def _as_line(finding: Finding) -> str:
    kind = f"{finding.severity}: {finding.check}"
    return f"  {finding.lang}  {kind:23}  {finding.message}  [{finding.concept}]"
