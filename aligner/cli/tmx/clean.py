"""`aligner tmx clean`: a memory without what makes it worse."""

# ruff: noqa: D301 - a lone \b in a docstring makes Typer keep the lines of the examples
from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.tmx import streams
from aligner.cli.tmx.streams import number
from aligner.errors import UsageError

if TYPE_CHECKING:
    from aligner.curation.clean import Cleaner, Finding, Rule
    from aligner.curation.spool import Spool
    from aligner.entries import Entry

_LONGEST_SHOWN = 60  # characters of a text


def clean(
    files: streams.Files,
    out: streams.Out = "-",
    only: Annotated[
        str, typer.Option(metavar="RULES", help="Apply these rules only, as empty,same.")
    ] = "",
    skip: Annotated[str, typer.Option(metavar="RULES", help="Apply all but these rules.")] = "",
    report: Annotated[
        bool,
        typer.Option(
            "--report", help="Write no memory, list what would be done; exit with 1 if anything."
        ),
    ] = False,
    rejected: Annotated[
        str, typer.Option(metavar="FILE", help="Where to write what is dropped, and why.")
    ] = "",
    to: streams.To = None,
    as_json: Annotated[
        bool,
        typer.Option("--json", help="Print a JSON object a finding; with --report or --out FILE."),
    ] = False,
) -> None:
    """Mend the texts of a memory, and drop those that are of no use.

    A translation is dropped alone, the others of its unit stay; a unit without any is dropped. The
    rules leave alone what may be right, such as names that stay the same in every language.

    \b
    Rules, in the order in which they are applied:
      control    control and invisible characters: mended
      encoding   text read in a wrong encoding (РџСЂРё, â€™): mended; lost letters: dropped
      markup     tags, entities and \\n that not all texts of a unit have: mended
      empty      no text, or no translation: dropped
      numbers    only numbers and signs: dropped
      same       a sentence that is the same as its source: dropped
      script     letters that the language is not written in: dropped
      length     much longer or shorter than its source: dropped
      duplicate  a unit that stands there already: dropped

    \b
    Examples:
      aligner tmx clean memory.tmx --out clean.tmx --rejected rejected.tmx
      aligner tmx clean --report memory.tmx
      aligner tmx clean --only same,script --report --json memory.tmx > findings.jsonl
      aligner tmx clean --skip duplicate,length a.tmx b.tmx | aligner tmx stats -
    """
    from aligner.curation.clean import Cleaner
    from aligner.curation.spool import Spool
    from aligner.entries import Bundle

    rules = _rules(only, skip)
    if as_json and out == "-" and not report:
        raise UsageError(
            "--json and the memory would both go to standard output", hint="Give --out FILE."
        )
    wanted = streams.format_for(out, to, files)
    thrown = streams.format_for(rejected, to, files) if rejected else ""
    if rejected and not report and Path(rejected).absolute() == Path(out).absolute():
        raise UsageError(
            "the memory and what is dropped would be written to one place",
            where=out,
            hint="Give another name for --rejected.",
        )
    tell = partial(_print, as_json=as_json) if report or as_json else None
    sources = streams.Sources(files)
    with Spool() as spool:
        run = _Run(Cleaner(rules), spool if rejected else None, tell)
        units = run.cleaned(zip(files, sources.each(), strict=True))
        if report:
            for _ in units:
                pass
        else:
            streams.write(out, Bundle(units, sources.header), wanted)
        if rejected:
            streams.write(rejected, Bundle(map(spool.get, run.rejected), sources.header), thrown)
    if not as_json:
        print(run.summary(), file=sys.stderr)
    sources.finish()
    if report and run.counts:
        raise typer.Exit(1)


def _rules(only: str, skip: str) -> frozenset[Rule]:
    """The rules to apply."""
    from aligner.curation.clean import Rule

    if only and skip:
        raise UsageError("--only and --skip exclude each other", hint="Leave one out.")
    names = {name.strip() for name in (only or skip).split(",")} - {""}
    if unknown := sorted(names - set(Rule)):
        raise UsageError(
            f"there is no rule {', '.join(unknown)}", hint=f"There are {', '.join(Rule)}."
        )
    return frozenset(rule for rule in Rule if (rule in names) == bool(only))


@dataclass(slots=True)
class _Run:
    """One pass over the files: what is told and thrown away, and what is counted.

    Attributes:
        cleaner: applies the rules.
        spool: takes what is thrown away, if anybody wants it.
        tell: takes the file of a finding, the unit, and the finding.
        rejected: the places in the spool of what was thrown away.
        read: the units read.
        kept: the units kept.
        counts: how often each rule found something, by its name and what it did.
    """

    cleaner: Cleaner
    spool: Spool | None
    tell: Callable[[str, Entry, Finding], None] | None
    rejected: list[int] = field(default_factory=list)
    read: int = 0
    kept: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    def cleaned(self, files: Iterable[tuple[str, Iterator[Entry]]]) -> Iterator[Entry]:
        """The units that are kept, as they are now."""
        for file, entries in files:
            for entry in entries:
                kept, found = self.cleaner.clean(entry)
                self.read += 1
                self._note(file, entry, kept, found)
                if kept:
                    self.kept += 1
                    yield kept

    def _note(self, file: str, entry: Entry, kept: Entry | None, found: list[Finding]) -> None:
        from aligner.curation.clean import rejected

        for finding in found:
            self.counts[f"{finding.rule} {finding.action}"] += 1
            if self.tell:
                self.tell(file, entry, finding)
        if self.spool and (thrown := rejected(entry, kept, found)):
            self.rejected.append(self.spool.add(thrown))

    def summary(self) -> str:
        """What was done, in a line."""
        done = ", ".join(f"{what} {count}" for what, count in self.counts.items())
        dropped = self.read - self.kept
        return (
            f"{number(self.read, 'unit')}: {dropped} dropped, {self.kept} kept; {done or 'clean'}"
        )


def _print(file: str, entry: Entry, finding: Finding, *, as_json: bool) -> None:
    """Print a finding as a line."""
    if as_json:
        row = {
            "file": file,
            "line": entry.line or None,
            "tuid": entry.tuid or None,
            "lang": finding.lang or None,
            "rule": finding.rule,
            "action": finding.action,
            "old": finding.old,
            "new": finding.new or None,
        }
        print(json.dumps(row, ensure_ascii=False))
        return
    place = ":".join(filter(None, (file, str(entry.line or ""))))
    texts = [_shown(finding.old), *([_shown(finding.new)] if finding.new else [])]
    what = " ".join(filter(None, (entry.tuid, finding.lang, finding.rule, finding.action)))
    print(f"{place}: {what}: {' → '.join(texts)}")


def _shown(text: str) -> str:
    """A text in a line: short, and what cannot be seen written out."""
    short = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
    return "".join(one if one.isprintable() else repr(one)[1:-1] for one in short)
