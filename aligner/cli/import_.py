"""`aligner import`: what a translator edited comes back into the article's results."""

# ruff: noqa: D301 - a lone \b in a docstring makes Typer keep the lines of the examples
from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aligner.cli.tmx.streams import number
from aligner.errors import EditedError, InputError, MendedError, UsageError

if TYPE_CHECKING:
    from aligner.curation.returns import Edit, File, Unmatched
    from aligner.curation.revision import Change
    from aligner.entries import Entry
    from aligner.results import Import, Imported

_SHOWN = 10  # changes, and entries without a unit; --json lists all
_WIDTH = 90  # characters of a text that are shown
_BEFORE = 20  # characters before the first that was changed


def import_(
    place: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="What `aligner run` wrote its results to.")
    ],
    edited: Annotated[
        list[str],
        typer.Argument(
            metavar="EDITED… | -",
            show_default=False,
            help="TMX or XLIFF that was edited; - reads stdin.",
        ),
    ],
    editor: Annotated[
        str, typer.Option(metavar="NAME", help="Who edited them, whatever the files say.")
    ] = "",
    unmatched: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the units that belong nowhere to this TMX."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Report only; nothing is written.")
    ] = False,
    force: Annotated[
        bool,
        typer.Option(
            "--force",
            help="Take damaged files as far as they go, files of other articles, and edits "
            "older than those taken before; write over files of FOLDER that were edited.",
        ),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the report as a JSON object.")
    ] = False,
) -> None:
    """Take edited translations back into the results that they were exported from.

    EDITED is what a translator's tool saved: our TMX or XLIFF, or OmegaT's project_save.tmx.
    Its units are recognised by their names, else by their source text in its context. Those that a
    person changed or approved go to all files of FOLDER, with the person's name and the date; the
    machine's text stays beside them as the draft. What did not come back stays as it was.

    The report says for each language how many units were kept, edited lightly (fewer than three
    words in ten) or rewritten, and how far the drafts are from what became of them (HTER).

    `aligner run` does not write over a folder with edits, unless it is told to.

    \b
    Examples:
      aligner import corpora/article ~/omegat/article-ky/omegat/project_save.tmx
      aligner import corpora/article article.en-ru.tmx article.en-ky.xlf --editor "Aida"
      aligner import corpora/article edited.tmx --dry-run --json
    """
    from aligner import results
    from aligner.cli.sink import refuse_results

    if unmatched:
        refuse_results(unmatched)
        _refuse_edited(unmatched, edited)
    job = results.Import(
        place,
        files=lambda: (_file(name, force=force) for name in edited),
        paths=tuple(Path(name) for name in edited if name != "-"),
        editor=editor,
        force=force,
    )

    def keep_the_rest(imported: Imported) -> None:
        if unmatched:
            _save(unmatched, imported)
        elif not force:
            _guard(job, imported)

    imported = results.preview(job) if dry_run else results.take(job, keep_the_rest)
    if as_json:
        print(json.dumps(_report(imported, job), ensure_ascii=False, indent=2))
    else:
        _print(imported, dry_run=dry_run)


def _refuse_edited(unmatched: Path, edited: list[str]) -> None:
    """Raises UsageError if what belongs nowhere would be written over what was edited."""
    if unmatched.resolve() in {Path(name).resolve() for name in edited if name != "-"}:
        raise UsageError(
            "the edited file would be overwritten",
            where=str(unmatched),
            hint="Give another name for --unmatched.",
        )


def _file(name: str, *, force: bool) -> File:
    from aligner.curation.returns import File

    saved = datetime.now(UTC)
    if name != "-" and Path(name).exists():
        saved = datetime.fromtimestamp(Path(name).stat().st_mtime, UTC)
    return File(name, _entries(name, force=force), f"{saved:%Y-%m-%dT%H:%M:%SZ}")


def _entries(name: str, *, force: bool) -> Iterator[Entry]:
    """The entries of a file; half a file is none, unless it is wanted."""
    from aligner.formats import exchange

    taken = 0
    try:
        for entry in exchange.read(name).entries:
            taken += 1
            yield entry
    except MendedError as error:
        print(f"warning: {error}", file=sys.stderr)
    except InputError as error:
        if not taken:
            raise
        if not force:
            raise InputError(
                f"{error.message}; {taken} units could be read",
                where=error.where,
                hint="Save the file again, or give --force to take those.",
            ) from error
        print(f"warning: {error}", file=sys.stderr)
        print(f"Only the {taken} units that could be read are taken.", file=sys.stderr)


def _save(path: Path, imported: Imported) -> None:
    """Write the entries that belong to no unit as TMX."""
    from aligner.cli.sink import open_sink
    from aligner.entries import Bundle, Header
    from aligner.formats import exchange

    lang = imported.revision.bitext.document.lang
    with open_sink(path) as file:
        exchange.write(
            file, Bundle(iter([one.entry for one in _unmatched(imported)]), Header(lang)), "tmx"
        )


def _guard(job: Import, imported: Imported) -> None:
    """Lose no entry that stands only in a file which is about to be replaced."""
    for one in imported.returned:
        if one.unmatched and Path(one.file).resolve().parent == job.place.resolve():
            raise EditedError(
                f"{len(one.unmatched)} of its units belong nowhere, and would be lost",
                where=one.file,
                hint="Give --unmatched FILE to keep them, or --force.",
            )


def _unmatched(imported: Imported) -> list[Unmatched]:
    return [one for file in imported.returned for one in file.unmatched]


def _report(imported: Imported, job: Import) -> dict[str, Any]:
    """The report as a script would want it."""
    revision = imported.revision
    return {
        "folder": str(job.place),
        "written": [str(path) for path in imported.files],
        "files": [
            {"file": one.file, "units": one.total, "matched": one.matched}
            for one in imported.returned
        ],
        "languages": {
            lang: {
                **{verdict.name.lower(): count for verdict, count in verdicts.items()},
                "edits": revision.rates[lang].edits,
                "words": revision.rates[lang].length,
                "hter": round(revision.rates[lang].value, 4),
            }
            for lang, verdicts in revision.verdicts.items()
        },
        "changes": [
            {
                "unit": one.unit,
                "lang": one.lang,
                "verdict": one.verdict.name.lower(),
                "draft": one.draft,
                "distance": one.distance,
                "ter": round(one.rate.value, 4),
                **_edit(one.edit),
            }
            for one in revision.changes
        ],
        "conflicts": [
            {
                "unit": one.unit,
                "lang": one.lang,
                "taken": _edit(one.taken),
                "other": _edit(one.other),
            }
            for one in revision.conflicts
        ],
        "unmatched": [
            {
                "file": one.file,
                "line": one.entry.line,
                "tuid": one.entry.tuid,
                "reason": one.reason,
                "texts": {variant.lang: variant.text for variant in one.entry.variants},
            }
            for one in _unmatched(imported)
        ],
    }


def _edit(edit: Edit) -> dict[str, Any]:
    return {
        "text": edit.target.text,
        "editor": edit.target.editor,
        "edited": edit.target.edited,
        "matched_by": edit.how.name.lower(),
        "note": edit.note,
        "file": edit.file,
        "line": edit.line,
    }


def _print(imported: Imported, *, dry_run: bool) -> None:
    from aligner.curation.revision import Verdict

    revision = imported.revision
    for one in imported.returned:
        print(f"{one.file}: {one.total} units, {one.matched} of this article")
    print(f"   {''.join(f'{one.name.lower():>10}' for one in Verdict)}      HTER")
    for lang, verdicts in revision.verdicts.items():
        if verdicts[Verdict.MISSING] == sum(verdicts.values()):
            print(f"{lang:3} is in none of the files")
            continue
        counts = "".join(f"{verdicts[one]:>10}" for one in Verdict)
        print(f"{lang:3}{counts}{revision.rates[lang].value:>10.2f}")
    _print_some("Changed:", [_change(one) for one in revision.changes if one.is_taken])
    _print_some(
        "The bitext has a later edit; --force takes these:",
        [_change(one) for one in revision.changes if one.verdict is Verdict.OLDER],
    )
    _print_some(
        "Edited in two ways, the later one holds:",
        [
            f"{one.unit} {one.lang}\n    {_said(one.other)}\n    {_said(one.taken)}"
            for one in revision.conflicts
        ],
    )
    _print_some(
        "Of no unit of this article:",
        [
            f"{one.file}:{one.entry.line}: {one.reason}\n    {_short(_text(one))}"
            for one in _unmatched(imported)
        ],
    )
    print("Nothing was written." if dry_run else "Written:")
    for path in imported.files:
        print(f"  {path}")


def _print_some(title: str, lines: list[str]) -> None:
    """The first of some findings, and how many there are."""
    if not lines:
        return
    print(f"{title} {len(lines)}")
    for line in lines[:_SHOWN]:
        print(f"  {line}")
    if len(lines) > _SHOWN:
        print("  … --json lists all")


def _change(change: Change) -> str:
    """What became of a unit, over the draft and the final text; one of them, if they are equal."""
    edit = change.edit.target
    by = "".join((f", {edit.editor}" if edit.editor else "", f", {edit.edited}"))
    measured = f"{number(change.distance, 'word')}, TER {change.rate.value:.2f}"
    draft, text = _around_the_change(_line(change.draft), _line(edit.text))
    texts = [f"= {_short(text)}"] if draft == text else [f"- {_short(draft)}", f"+ {_short(text)}"]
    shown = "".join(f"\n    {line}" for line in texts if line != "- ")
    return f"{change.unit} {change.lang} {change.verdict}: {measured}{by}{shown}"


def _around_the_change(old: str, new: str) -> tuple[str, str]:
    """Two texts without most of what they begin with alike, where the change is far in them."""
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    if max(len(old), len(new)) <= _WIDTH or alike < _WIDTH // 2:
        return old, new
    start = new.rfind(" ", 0, alike - _BEFORE) + 1
    return (f"…{old[start:]}", f"…{new[start:]}") if start else (old, new)


def _said(edit: Edit) -> str:
    target = edit.target
    return f"{edit.file}:{edit.line} {target.editor} {target.edited}: {_short(target.text)}"


def _text(unmatched: Unmatched) -> str:
    return " | ".join(variant.text for variant in unmatched.entry.variants)


def _line(text: str) -> str:
    """A text on one line, without the control characters that steer a terminal."""
    return "".join(char for char in " ".join(text.split()) if char.isprintable())


def _short(text: str) -> str:
    """The first of a text, on one line."""
    line = _line(text)
    return line if len(line) <= _WIDTH else f"{line[: _WIDTH - 1]}…"
