"""`aligner glossary forms`: how a term inflects."""

# ruff: noqa: D301 - a lone \b in a docstring makes Typer keep the lines of the examples
from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from aligner.languages.morphology.forms import Forms


def forms(
    terms: Annotated[
        list[str],
        typer.Argument(metavar="TERM… | -", show_default=False, help="Terms; - reads them."),
    ],
    lang: Annotated[str, typer.Option("--lang", help="Their language: en, ky, ru.")],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print a JSON object a term, one a line.")
    ] = False,
) -> None:
    """Print all forms of a term: its cases in the singular and the plural.

    With - the terms come from standard input, one a line. After a term may stand a tab and what is
    known of it, with commas: "m,anim" or "person,f" in Russian; in Kyrgyz "px3" (it ends in the
    possessive), "plural", "person", "read:эл" (how it is read aloud); in all, "frozen" (it never
    changes) and "frozen:WORD" (that word of it does not).

    \b
    Examples:
      aligner glossary forms --lang ky Бишкек "Шанхай кызматташтык уюму"
      aligner glossary forms --lang ru --json "Римский статут"
      aligner glossary forms --lang ky --json - < terms.txt
    """
    from aligner.languages.morphology import inflector

    inflect = inflector(lang)
    for term, features in _lines(terms):
        found = inflect(term, features)
        print(_as_json(found) if as_json else _as_table(found), flush=True)


def _lines(terms: list[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Terms and their features; `-` stands for the lines of standard input."""
    for given in terms:
        for line in _stdin() if given == "-" else (given,):
            term, _, features = line.partition("\t")
            if term.strip():
                known = (one.strip() for one in features.split(","))
                yield term.strip(), tuple(one for one in known if one)


def _stdin() -> Iterator[str]:
    """Lines as they come, UTF-8 whatever the locale says."""
    from aligner.errors import EncodingError

    try:
        for number, line in enumerate(sys.stdin.buffer, start=1):
            yield line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise EncodingError(
            "this is not UTF-8 text", where=f"-:{number}", hint="Save it as UTF-8."
        ) from error


def _as_json(found: Forms) -> str:
    # So that a script finds the genitive of any term under "sg".
    row = {"term": found.term, "sg": dict(found.sg or found.pl), "pl": dict(found.pl)}
    return json.dumps(row, ensure_ascii=False)


def _as_table(found: Forms) -> str:
    """Cases as rows, the numbers that the term has as columns."""
    numbers = {"sg": found.sg, "pl": found.pl}
    columns = {number: forms for number, forms in numbers.items() if forms}
    width = max((len(form) for form in found.sg.values()), default=0)
    cases = dict.fromkeys(case for forms in columns.values() for case in forms)
    lines = [found.term, "     " + "  ".join(number.ljust(width) for number in columns)]
    for case in cases:
        row = "  ".join(forms.get(case, "–").ljust(width) for forms in columns.values())
        lines.append(f"{case}  {row}")
    return "\n".join(line.rstrip() for line in lines) + "\n"
