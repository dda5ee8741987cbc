"""`aligner evaluate mt`: translations, or the models that make them, against references."""

# ruff: noqa: D301 - a lone \b in a docstring makes Typer keep the lines of the examples
from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal, TextIO

import typer

from aligner.cli import options
from aligner.cli.evaluate import given
from aligner.cli.tmx.streams import number
from aligner.errors import UsageError

if TYPE_CHECKING:
    from aligner.evaluate.mt import Measured
    from aligner.evaluate.systems import Gathered
    from aligner.evaluation import Score

_RESAMPLES = 1000  # where systems are compared; as sacrebleu has it
_FEW = 100  # segments, of which resamples are too much alike


def mt(
    systems: given.Systems,
    references: Annotated[
        list[str],
        typer.Option(
            "--ref", metavar="FILE|-", help="A translation by people; again for more of them."
        ),
    ],
    source: given.Source = "",
    lang: given.Lang = "",
    from_lang: given.From = "",
    bootstrap: Annotated[
        int | None,
        typer.Option(
            min=0,
            metavar="N",
            show_default=False,
            help=f"Resamples, for intervals and p. [0 for one system, else {_RESAMPLES}]",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the resamples.")] = 12345,
    tokenize: Annotated[
        Literal["13a", "intl", "char", "zh", "none"],
        typer.Option(help="How BLEU parts words; 13a is right for languages with spaces."),
    ] = "13a",
    skip_empty: Annotated[
        bool, typer.Option("--skip-empty", help="Leave out segments without a reference.")
    ] = False,
    segments: given.Segments = "",
    save: Annotated[
        str, typer.Option(metavar="FILE|-", help="Write what the model made, one segment a line.")
    ] = "",
    as_json: given.Json = False,
    device: options.Device = "cpu",
    threads: options.Threads = 0,
    beam: options.Beam = 4,
) -> None:
    """Score translations against those of people: BLEU, chrF2++ and TER, as sacrebleu does.

    A SYSTEM is plain text with one segment a line; TMX, XLIFF, TSV, JSONL …; a folder of
    `aligner run`; or a model: an .argosmodel file, the folder of one, the name of an installed or
    starter model, or a language pair. A model translates the source texts, without a glossary;
    they come from --source, or from a file of units. Segments belong together by their numbers.

    With two systems or more, the first is the baseline of the others: the segments are drawn anew,
    again and again (paired bootstrap resampling), and p is how probable so large a difference
    is by chance. The signatures say how the scores were made; give them where you publish figures.

    \b
    Examples:
      aligner evaluate mt hypotheses.txt --ref reference.txt
      aligner evaluate mt en-ru --source test.en --ref test.ru --save test.mt.ru
      aligner evaluate mt en-ky mine.argosmodel --source test.en --ref test.ky
      aligner evaluate mt mt.tmx --ref edited.tmx --lang ky --segments -  | jq 'select(.ter > 80)'
    """
    from aligner.engines import Settings
    from aligner.evaluate.mt import measure
    from aligner.evaluation import Settings as Scoring

    given.check_outputs(segments, save)
    if save:
        _refuse_save(systems)
    if bootstrap is None:
        bootstrap = _RESAMPLES if len(systems) > 1 else 0
    gathered = given.gather(
        given.job(systems, references, source, lang, from_lang, Settings(device, threads, beam))
    )
    if save:
        _save(save, gathered)
    scoring = Scoring(tokenize, bootstrap, seed)
    measured = measure(gathered, scoring, skip_empty=skip_empty)
    _tell_empty(measured)
    if bootstrap and len(measured.segments) < _FEW:
        said = number(len(measured.segments), "segment")
        print(f"of {said} only: intervals and p tell little", file=sys.stderr)
    if segments:
        given.write_rows(segments, _rows(measured))
    to = sys.stderr if "-" in (segments, save) else sys.stdout
    if as_json:
        print(json.dumps(_figures(measured, references), ensure_ascii=False, indent=2), file=to)
    else:
        _print(measured, len(references), to)


def _refuse_save(systems: list[str]) -> None:
    from aligner.evaluate.models import is_model

    if sum(map(is_model, systems)) != 1:
        raise UsageError(
            "--save is for the translations of one model", hint="Leave it out, or give one model."
        )


def _save(path: str, gathered: Gathered) -> None:
    """Write what the model has made."""
    from aligner.cli.sink import open_sink

    made = next(one for one in gathered.systems if one.name in gathered.models)
    with open_sink(path) as file:
        file.writelines(f"{text}\n".encode() for text in made.target())


def _tell_empty(measured: Measured) -> None:
    """Say on standard error what is not there, and counts as nothing or not at all."""
    if measured.left_out:
        print(f"left out, without a reference: {measured.left_out}", file=sys.stderr)
    for system in measured.systems:
        if empty := sum(not text.strip() for text in system.translations):
            said = number(empty, "translation")
            print(f"{system.name}: {said} empty, counted as wrong", file=sys.stderr)


def _rows(measured: Measured) -> Iterator[dict[str, Any]]:
    for n, segment in enumerate(measured.segments):
        for system in measured.systems:
            scores = system.judged.segments[n]
            yield {
                "segment": segment.number,
                "system": system.name,
                "source": segment.source,
                "hypothesis": system.translations[n],
                "references": [text for text in segment.references if text is not None],
                **{name.lower(): round(value, 2) for name, value in scores.items()},
            }


def _figures(measured: Measured, references: list[str]) -> dict[str, Any]:
    return {
        "segments": len(measured.segments),
        "left_out": measured.left_out,
        "references": references,
        "systems": [
            {
                "system": system.name,
                "signature": system.signature or None,
                "scores": {name: _figure(one) for name, one in system.judged.scores.items()},
            }
            for system in measured.systems
        ],
    }


def _figure(score: Score) -> dict[str, Any]:
    figure: dict[str, Any] = {"score": round(score.value, 4), "signature": score.signature}
    if score.interval:
        figure["interval"] = [round(end, 4) for end in score.interval]
    if score.change:
        figure |= {"change": round(score.change.by, 4), "p": round(score.change.p, 6)}
    return figure


def _print(measured: Measured, references: int, to: TextIO) -> None:
    """A line for each score, and below them how they were made."""
    from aligner.evaluation import CHRF, LOWER_IS_BETTER

    segments = number(len(measured.segments), "segment")
    print(f"{segments}, {number(references, 'reference')}", file=to)
    last = measured.systems[-1].judged.scores[CHRF]
    interval = f"{'95 % interval':>19}" if last.interval else ""
    change = f"{'change':>10}{'p':>8}" if last.change else ""
    print(f"{'':12}{'score':>7}{interval}{change}", file=to)
    for system in measured.systems:
        print(system.name, file=to)
        for name, score in system.judged.scores.items():
            mark = " ↓" if name in LOWER_IS_BETTER else ""
            print(f"  {name + mark:10}{_cells(score)}", file=to)
    print("↓ less is better\n", file=to)
    for name, score in measured.systems[0].judged.scores.items():
        print(f"{name}|{score.signature}", file=to)
    for system in measured.systems:
        if system.signature:
            print(f"{system.name}|{system.signature}", file=to)


def _cells(score: Score) -> str:
    cells = f"{score.value:>7.2f}"
    if score.interval:
        low, high = score.interval
        cells += f"{f'{low:.2f} – {high:.2f}':>19}"
    if score.change:
        cells += f"{score.change.by:>+10.2f}{score.change.p:>8.3f}"
    return cells
