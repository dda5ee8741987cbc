"""`aligner srx`: segmentation rules for other tools, and those of other tools for us."""

# ruff: noqa: D301 - a lone \b in a docstring makes Typer keep the lines of the examples
from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Work with segmentation rules (SRX).",
)


@app.command("export")
def export(
    out: Annotated[
        str, typer.Option("--out", "-o", metavar="FILE|-", help="The file to write; - is stdout.")
    ] = "-",
) -> None:
    """Write our segmentation rules as SRX 2.0, for tools that cut texts by such rules.

    With them a tool cuts English, Russian and Kyrgyz where aligner does, so that its sentences
    match the units of our memories: Okapi, memoQ, Trados, OmegaT from 6.1 on. For an OmegaT
    project, `aligner export omegat` writes rules that OmegaT of any version cuts by.

    \b
    Examples:
      aligner srx export --out aligner.srx
      aligner srx export | xmllint --noout -
    """
    from aligner.cli.sink import open_sink
    from aligner.segmentation.srx import DEFAULT_RULES

    with open_sink(out) as file:
        file.write(DEFAULT_RULES.read_bytes())


@app.command("check")
def check(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", show_default=False, help="SRX files, 1.0 or 2.0."),
    ],
    as_json: Annotated[
        bool,
        typer.Option("--json", help="Print a JSON object a file: file, valid, rules, problems."),
    ] = False,
) -> None:
    """Say what is wrong with segmentation rules: each broken pattern, and rules without effect.

    Ends with 1 if anything is.

    \b
    Examples:
      aligner srx check my-rules.srx
      aligner srx check --json *.srx
    """
    from aligner.errors import RuleError
    from aligner.segmentation.lint import problems
    from aligner.segmentation.srx import Rules

    is_fine = True
    for file in files:
        try:
            rules = Rules.load(file)
            count, found = sum(map(len, rules.languages.values())), [*problems(rules)]
        except RuleError as error:
            count, found = 0, [error]
        is_fine = is_fine and not found
        if as_json:
            told = [str(problem) for problem in found]
            report = {"file": str(file), "valid": not found, "rules": count, "problems": told}
            print(json.dumps(report, ensure_ascii=False))
        else:
            print(*found, sep="\n") if found else print(f"{file}: {count} rules, all right")
    if not is_fine:
        raise typer.Exit(1)
