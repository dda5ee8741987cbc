"""`aligner evaluate alignment`: beads against those of a gold standard."""

# ruff: noqa: D301 - a lone \b in a docstring makes Typer keep the lines of the examples
from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aligner.errors import InputError, UsageError

if TYPE_CHECKING:
    from aligner.alignment import Bead
    from aligner.alignment.evaluate import Measure, Score

_BEADS = ("gold", "beads")  # what a line of JSON Lines may call them


def alignment(
    gold: Annotated[
        str, typer.Argument(metavar="GOLD|-", help="The right beads, a file or a folder of files.")
    ],
    test: Annotated[str, typer.Argument(metavar="TEST|-", help="The beads to be judged.")],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the figures as a JSON object.")
    ] = False,
) -> None:
    """Score an alignment: precision, recall and F1, strict and lax, in all and by type of bead.

    Beads are written as vecalign does, one a line: [0]:[0, 1], with an empty side for a sentence
    that nothing corresponds to; the sentences are numbered from 0. What a third field says is left
    out. Of two folders, files of the same name belong together. In JSON Lines, an object has an id,
    and the beads of a document as "gold" or "beads".

    As in vecalign's scorer, strict precision counts all beads of TEST, deletions too, and strict
    recall the beads of GOLD that have two sides; lax, a bead is right if it shares a source and a
    target sentence with one of the other. All documents are counted together.

    \b
    Examples:
      aligner align a.en a.ru --presegmented -o a.beads && aligner evaluate alignment gold a.beads
      aligner evaluate alignment gold/ beads/
      aligner evaluate alignment gold.jsonl test.jsonl --json | jq .strict.f1
    """
    from aligner.alignment.evaluate import evaluate_by_type

    if gold == test == "-":
        raise UsageError("standard input can be read only once", hint="Give - once.")
    whole, types = evaluate_by_type(list(_both(gold, test)))
    if as_json:
        named = {f"{a}-{b}": _figures(score) for (a, b), score in types.items()}
        print(json.dumps({**_figures(whole), "types": named}, indent=2))
        return
    print("           strict                   lax                      beads")
    print("type       P      R      F1         P      R      F1         test   gold")
    for (a, b), score in types.items():
        print(_row(f"{a}-{b}", score))
    print(_row("all", whole))


def _both(gold: str, test: str) -> Iterator[tuple[list[Bead], list[Bead]]]:
    """The beads of each document, in the gold and in what is judged."""
    right, judged = _documents(gold), _documents(test)
    if len(right) == len(judged) == 1:
        yield next(iter(right.values())), next(iter(judged.values()))
        return
    if right.keys() != judged.keys():
        missing = sorted(right.keys() ^ judged.keys())
        raise InputError(
            f"it has {len(judged)} documents, the gold {len(right)}; "
            f"only one has {', '.join(missing[:3])}{' …' if len(missing) > 3 else ''}",
            where=test,
            hint="Give both the same documents; an empty file is one without beads.",
        )
    for name, beads in right.items():
        yield beads, judged[name]


def _documents(path: str) -> Mapping[str, list[Bead]]:
    """The beads of each document in a file or folder, by its name."""
    folder = Path(path)
    if path != "-" and folder.is_dir():
        files = sorted(one for one in folder.rglob("*") if one.is_file())
        if not files:
            raise InputError("there is no file in it", where=path, hint="Give a folder of beads.")
        return {one.relative_to(folder).with_suffix("").as_posix(): _beads(one) for one in files}
    return _of_lines(path) if folder.suffix.lower() == ".jsonl" else {path: _beads(path)}


def _beads(path: str | Path) -> list[Bead]:
    from aligner.alignment.evaluate import read

    return list(read(_text(path).splitlines(), _name(path)))


def _of_lines(path: str) -> dict[str, list[Bead]]:
    from aligner.alignment.evaluate import read

    found = {}
    for number, line in enumerate(_text(path).splitlines(), 1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        try:
            document = json.loads(line)
            beads = next(document[key] for key in _BEADS if key in document)
            lines = [str(bead) for bead in beads]
        except (ValueError, TypeError, StopIteration) as error:
            raise InputError(
                "the line is no document with beads",
                where=where,
                hint='Write {"id": "a1", "beads": ["[0]:[0, 1]", …]}.',
            ) from error
        found[str(document.get("id", number))] = list(read(lines, where))
    return found


def _text(path: str | Path) -> str:
    from aligner.formats.decode import decode
    from aligner.formats.source import read

    return decode(read(path), _name(path))


def _name(path: str | Path) -> str:
    from aligner.formats.source import name

    return name(path)


def _figures(score: Score) -> dict[str, Any]:
    def figures(measure: Measure) -> dict[str, float]:
        return {
            "precision": round(measure.precision, 4),
            "recall": round(measure.recall, 4),
            "f1": round(measure.f1, 4),
        }

    return {
        "strict": figures(score.strict),
        "lax": figures(score.lax),
        "test": score.test.beads,
        "gold": score.gold.beads,
    }


def _row(name: str, score: Score) -> str:
    cells = "     ".join(
        f"{one.precision:.3f}  {one.recall:.3f}  {one.f1:.3f}" for one in (score.strict, score.lax)
    )
    return f"{name:<8}   {cells}     {score.test.beads:>6} {score.gold.beads:>6}"
