"""`aligner check`: what a person should look at in translations."""

# ruff: noqa: D301 - a lone \b in a docstring makes Typer keep the lines of the examples
from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aligner.errors import AlignerError, MendedError, UsageError

if TYPE_CHECKING:
    from aligner.checking import Checked, Found, Wanted
    from aligner.entries import Entry
    from aligner.records import Concept

_EXCERPT = 70  # characters of a text
_MARKABLE = ("tmx",)  # formats that keep properties of a translation


def check(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE… | FOLDER… | -",
            show_default=False,
            help="TMX, XLIFF, TSV, PO, JSONL …, or folders of aligner run; - reads stdin.",
        ),
    ] = None,
    glossaries: Annotated[
        list[Path] | None,
        typer.Option("--glossary", metavar="FILE", help="Verify its terms; may be given again."),
    ] = None,
    langs: Annotated[
        list[str] | None,
        typer.Option("--lang", metavar="LANG", help="Check this language only; again for more."),
    ] = None,
    only: Annotated[
        str, typer.Option(metavar="IDS", help="These checks only, as numbers,months.")
    ] = "",
    skip: Annotated[str, typer.Option(metavar="IDS", help="All but these checks.")] = "",
    errors: Annotated[bool, typer.Option("--errors", help="Errors only.")] = False,
    write: Annotated[
        bool, typer.Option("--write", help="Note the findings in the file or folder, as x-issue.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print a JSON object a finding, one a line.")
    ] = False,
    listing: Annotated[bool, typer.Option("--list", help="List the checks there are.")] = False,
) -> None:
    """Say what a person should look at in translations: numbers, dates, tags, terms and more.

    \b
    error    something is wrong: a number, a month or a tag is lost or changed,
             half of the text is missing, a name of the glossary is not there
    warning  something may be wrong: a weekday is not there, an unusual length
    note     a matter of style

    Exits with 1 if there is an error. A file that cannot be read does not keep others from it.

    \b
    Examples:
      aligner check corpora/putin-visit-kyrgyzstan --glossary glossaries/central-asia.csv
      aligner check memory.tmx --lang ky --errors
      aligner check --only numbers,percent,months --json *.xlf > findings.jsonl
      aligner check memory.tmx --skip length-unusual --write
      zcat memory.tmx.gz | aligner check -
      aligner check --list
    """
    if listing:
        _print_list(as_json=as_json)
        return
    if not files:
        raise UsageError("there is nothing to check", hint="Give a file or a folder.")
    wanted = _wanted(langs or [], only, skip, errors=errors)
    if write:
        _refuse_write(files, wanted)
    concepts = _concepts(glossaries or [])
    told = _Told(as_json=as_json)
    for name in files:
        try:
            _check(name, concepts, wanted, told, write=write)
        except UsageError:
            raise
        except AlignerError as error:
            told.damaged |= not isinstance(error, MendedError)
            print(f"{'error' if told.damaged else 'warning'}: {error}", file=sys.stderr)
    if not as_json:
        told.print_summary()
    if told.damaged or told.severities["error"]:
        raise typer.Exit(1)


@dataclass(slots=True)
class _Told:
    """What was said, and how often.

    Attributes:
        as_json: say it as JSON lines.
        units: those looked at.
        found: those with findings.
        checks: the findings, by check.
        severities: likewise by severity.
        damaged: whether a file could not be read to its end.
    """

    as_json: bool
    units: int = 0
    found: int = 0
    checks: Counter[str] = field(default_factory=Counter)
    severities: Counter[str] = field(default_factory=Counter)
    damaged: bool = False

    def tell(self, name: str, checked: Checked) -> None:
        """Print what was found in a unit."""
        self.units += 1
        self.found += bool(checked.findings)
        if checked.findings and not self.as_json:
            print(_heading(name, checked.entry))
        for found in checked.findings:
            self.checks[found.finding.check] += 1
            self.severities[found.finding.severity] += 1
            if self.as_json:
                print(json.dumps(_row(name, checked.entry, found), ensure_ascii=False))
        if not self.as_json:
            _print_findings(checked.findings)

    def print_summary(self) -> None:
        """How many units have findings, and of which checks."""
        counts = ", ".join(
            f"{count} {_plural(one, count)}" for one, count in self.severities.items()
        )
        units = f"{self.units} {_plural('unit', self.units)}"
        print(f"{units}, {self.found} with findings{f': {counts}' if counts else ''}")
        for name, count in sorted(self.checks.items(), key=lambda one: (-one[1], one[0])):
            print(f"  {count:6}  {name}")


def _wanted(langs: list[str], only: str, skip: str, *, errors: bool) -> Wanted:
    from aligner import languages
    from aligner.checking import Wanted

    return Wanted(frozenset(map(languages.check, langs)), _ids(only), _ids(skip), errors=errors)


def _ids(given: str) -> frozenset[str]:
    """The ids of checks in an option, with commas between.

    Raises:
        UsageError: there is no such check.
    """
    from aligner.checking import ids

    named = frozenset(filter(None, map(str.strip, given.split(","))))
    if unknown := sorted(named - ids().keys()):
        raise UsageError(
            f'there is no check "{unknown[0]}"', hint="`aligner check --list` has them all."
        )
    return named


def _refuse_write(files: list[str], wanted: Wanted) -> None:
    """Make sure that what is written is all there is to say, and that there is a file for it."""
    if "-" in files:
        raise UsageError(
            "standard input cannot be written to", hint="Give a file, or leave out --write."
        )
    if wanted.only or wanted.langs or wanted.errors:
        raise UsageError(
            "--write notes all findings",
            hint="Leave out --only, --lang and --errors; --skip may stand.",
        )


def _concepts(glossaries: list[Path]) -> tuple[Concept, ...]:
    from aligner.formats import termbases
    from aligner.terminology.termbase import Termbase, merged

    return merged(Termbase(termbases.read(path)) for path in glossaries).termbase.concepts


def _check(
    name: str, concepts: tuple[Concept, ...], wanted: Wanted, told: _Told, *, write: bool
) -> None:
    """Check a file or folder, and say what is found in it."""
    if name != "-" and Path(name).is_dir():
        _check_folder(Path(name), concepts, wanted, told, write=write)
        return
    from aligner.checking import check, marked
    from aligner.cli.sink import open_sink
    from aligner.formats import exchange

    format_ = _format_to_write(name) if write else ""
    bundle = exchange.read(name)
    checked = _telling(name, check(bundle.entries, concepts, wanted), told)
    if not write:
        for _ in checked:
            pass
        return
    with open_sink(name) as file:
        exchange.write(file, replace(bundle, entries=map(marked, checked)), format_)


def _format_to_write(name: str) -> str:
    """The format of a file that can hold the findings.

    Raises:
        UsageError: it cannot, or it is one file of a folder whose files belong together.
    """
    from aligner.cli.sink import refuse_results
    from aligner.formats import exchange

    refuse_results(name)
    found = exchange.format_of(name)
    if found not in _MARKABLE:
        raise UsageError(
            f"a file in this format cannot hold the findings: {found}",
            where=name,
            hint="Leave out --write, or make TMX of it with `aligner tmx convert`.",
        )
    return found


def _check_folder(
    place: Path, concepts: tuple[Concept, ...], wanted: Wanted, told: _Told, *, write: bool
) -> None:
    from aligner import results
    from aligner.checking import check, entries, with_issues

    bitext = results.load(place)
    name = str(results.find(place))
    checked = list(_telling(name, check(entries(bitext), concepts, wanted), told))
    if write:
        results.change(place, lambda bitext: with_issues(bitext, checked))


def _telling(name: str, all_checked: Iterable[Checked], told: _Told) -> Iterator[Checked]:
    for checked in all_checked:
        told.tell(name, checked)
        yield checked


def _heading(name: str, entry: Entry) -> str:
    place = ":".join(filter(None, (name, str(entry.line or ""))))
    return f"{place}{f'  {entry.tuid}' if entry.tuid else ''}"


def _print_findings(findings: Iterable[Found]) -> None:
    """The findings of a unit, each with a piece of the text that it is about."""
    for found in findings:
        one = found.finding
        print(f"  {found.lang}  {one.severity}: {one.check}: {_plain(one.message)}")
        at = one.target if one.target else (0, 0)
        print(f"      {_excerpt(found.target, at)}")


def _row(name: str, entry: Entry, found: Found) -> dict[str, Any]:
    one = found.finding
    return {
        "file": name,
        "line": entry.line or None,
        "unit": entry.tuid or None,
        "lang": found.lang,
        "check": one.check,
        "severity": one.severity,
        "message": one.message,
        "source": found.source,
        "target": found.target,
        "source_span": one.source,
        "target_span": one.target,
    }


def _print_list(*, as_json: bool) -> None:
    from aligner.checking import ids

    for name, (severity, says) in sorted(ids().items()):
        if as_json:
            print(json.dumps({"check": name, "severity": severity, "finds": says}))
        else:
            print(f"{name:24}{severity:9}{says}")


def _excerpt(text: str, at: tuple[int, int]) -> str:
    """The piece of a text around a place, on one line."""
    start = max(0, min(at[0] - _EXCERPT // 3, len(text) - _EXCERPT))
    piece = _plain(text[start : start + _EXCERPT])
    return f"{'…' if start else ''}{piece}{'…' if start + _EXCERPT < len(text) else ''}"


def _plain(text: str) -> str:
    """A text as a terminal can show it: in one line, without codes that would steer it."""
    return "".join(one if one.isprintable() else " " for one in text)


def _plural(noun: str, count: int) -> str:
    return noun if count == 1 else f"{noun}s"
