"""The packages of a run, and their card."""

from __future__ import annotations

import csv
import hashlib
import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aligner
from aligner import languages
from aligner.engines import argos, packages
from aligner.errors import InputError
from aligner.evaluation import Score
from aligner.formats import atomic
from aligner.train import CHECKPOINT, LOG, VOCABULARY, data, made_folder, scores
from aligner.train.data import Row
from aligner.training import package
from aligner.training.convert import Weights
from aligner.training.recipe import Direction, Recipe

if TYPE_CHECKING:
    from aligner.training.loop import Progress

CARD = "MODEL_CARD.md"


@dataclass(frozen=True, slots=True)
class Packed:
    """A package that was written.

    Attributes:
        path: the `.argosmodel`.
        size: bytes.
        scores: by the name of the test set; those that were not there are missing.
    """

    path: Path
    size: int
    scores: Mapping[str, Mapping[str, Score]]


def pack(
    recipe: Recipe, folder: Path, out: Path, roots: Sequence[Path] = (), threads: int = 0
) -> list[Packed]:
    """Write a package for each direction that is wanted, and the card of the model.

    Each package is loaded, translates a word, and is measured on the recipe's test sets.

    Args:
        recipe: of the run.
        folder: of the run; its checkpoint need not be the last.
        out: the folder for the packages and `MODEL_CARD.md`.
        roots: where the recipe's paths may begin, beside its own folder.
        threads: of the CPU; 0 for all.

    Raises:
        InputError: there is no checkpoint yet, or it is damaged.
        OutputError: the packages cannot be written.
    """
    from aligner.training.loop import averaged

    if not (folder / CHECKPOINT).exists():
        raise InputError(
            "nothing has been learnt here yet",
            where=str(folder),
            hint="Train first: aligner train RECIPE --folder FOLDER",
        )
    weights, progress = averaged(folder / CHECKPOINT)
    signature = _signature(recipe, folder, progress)
    vocabulary = (folder / VOCABULARY).read_bytes()
    roots = (recipe.folder, *roots)
    made_folder(out)
    made: list[Packed] = []
    with tempfile.TemporaryDirectory(prefix="aligner-") as place:
        unpacked: dict[Direction, Path] = {}
        for pair in recipe.packed():
            name = packages.folder_name(*pair, recipe.version)
            unpacked[pair] = Path(place) / name
            package.write(
                unpacked[pair], weights, recipe.network, vocabulary, pair, recipe.version,
                signature, "",
            )  # fmt: skip
            argos.load_check(unpacked[pair])
        found = {
            pair: dict(_tested(recipe, pair, path, roots, threads))
            for pair, path in unpacked.items()
        }
        text = _card(recipe, folder, signature, weights, found, roots)
        for pair, path in unpacked.items():
            (path / "README.md").write_text(text, encoding="utf-8")
            target = out / f"{path.name}.argosmodel"
            with atomic.replace(target) as file:
                package.pack(path, file)
            made.append(Packed(target, target.stat().st_size, found[pair]))
    with atomic.replace(out / CARD) as file:
        file.write(text.encode())
    return made


def _signature(recipe: Recipe, folder: Path, progress: Progress) -> dict[str, Any]:
    """How the model was made."""
    told = json.loads((folder / data.TALLY).read_text(encoding="utf-8"))
    return {
        "aligner": aligner.__version__,
        "recipe": hashlib.sha256(repr(replace(recipe, folder=Path())).encode()).hexdigest()[:12],
        "data": told["digest"],
        "steps": progress.steps,
        "target_tokens": progress.tokens,
        "minutes": round(progress.seconds / 60),
    }


def _tested(
    recipe: Recipe, pair: Direction, package_folder: Path, roots: Sequence[Path], threads: int
) -> Iterator[tuple[str, Mapping[str, Score]]]:
    """The scores of a package, on the test sets that are here."""
    for test in recipe.test:
        here = all(data.is_there(path, roots) for path in (test.source, test.reference))
        if test.direction == "-".join(pair) and here:
            yield test.name, scores.tested(package_folder, test, roots, threads)


def _card(
    recipe: Recipe,
    folder: Path,
    signature: Mapping[str, Any],
    weights: Weights,
    found: Mapping[Direction, Mapping[str, Mapping[str, Score]]],
    roots: Sequence[Path],
) -> str:
    """The model card (Mitchell et al. 2019): what the model is, of what, and how good."""
    net, million = recipe.network, sum(one.size for one in weights.values()) / 1e6
    told = json.loads((folder / data.TALLY).read_text(encoding="utf-8"))
    directions = ", ".join(
        f"{languages.get(source).name} → {languages.get(target).name}"
        for source, target in recipe.packed()
    )
    lines = [
        f"# {recipe.name}: {directions}",
        "",
        *([recipe.notes.strip(), ""] if recipe.notes else []),
        "| | |",
        "|---|---|",
        f"| version | {recipe.version} |",
        f"| network | Transformer, {net.encoder_layers} encoder and {net.decoder_layers} decoder "
        f"layers, width {net.width}, feed-forward {net.feed_forward}, {net.heads} heads; "
        f"{recipe.vocabulary:,} SentencePiece units; {million:.1f} M parameters, 8 bits |",
        f"| directions learnt | {', '.join(recipe.directions)} |",
        f"| training | {signature['target_tokens']:,} target tokens in {signature['steps']:,} "
        f"steps, {signature['minutes']} minutes; {_hardware(folder)} |",
        f"| made by | aligner {signature['aligner']}, recipe {signature['recipe']}, "
        f"data {signature['data']} |",
        *([f"| licence of the weights | {recipe.licence} |"] if recipe.licence else []),
        "",
        "## Scores",
        "",
        *_score_lines(found),
        "",
        "## Data",
        "",
        "Pairs that were learnt from, and how often each was drawn in an epoch, on average.",
        "",
        "| origin | direction | pairs | weight | licence | from |",
        "|---|---|---:|---:|---|---|",
        *_data_lines(recipe, [Row(**row) for row in told["rows"]], roots),
        "",
        *_held_out_lines(recipe, told["files"]),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _score_lines(
    found: Mapping[Direction, Mapping[str, Mapping[str, Score]]],
) -> Iterator[str]:
    rows = [(pair, name, one) for pair, sets in found.items() for name, one in sets.items()]
    if not rows:
        yield "Not measured: the recipe's test sets were not there."
        return
    names = list(rows[0][2])
    yield f"| test set | direction | {' | '.join(names)} |"
    yield f"|---|---|{'---:|' * len(names)}"
    for pair, test, one in rows:
        yield f"| {test} | {'-'.join(pair)} | {' | '.join(f'{one[n].value:.1f}' for n in names)} |"
    yield ""
    yield f"Beam 4, no glossary. Signatures: {'; '.join(f'`{s}`' for s in _signatures(rows))}."


def _signatures(
    rows: Iterable[tuple[Direction, str, Mapping[str, Score]]],
) -> Iterable[str]:
    return dict.fromkeys(
        f"{name} {score.signature}" for _, _, one in rows for name, score in one.items()
    )


def _data_lines(recipe: Recipe, rows: Iterable[Row], roots: Sequence[Path]) -> Iterator[str]:
    known = _sources(recipe, roots)
    for row in rows:
        if row.kept:
            found = next((one for one in known if fnmatch(row.origin, one["origin"])), {})
            cells = (
                row.origin, "-".join(row.langs), f"{row.kept:,}", f"{row.weight:g}",
                found.get("licence", ""), found.get("where", ""),
            )  # fmt: skip
            yield f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _sources(recipe: Recipe, roots: Sequence[Path]) -> list[dict[str, str]]:
    """Licence and place of each origin, by the recipe's table."""
    if not recipe.sources:
        return []
    path = data.resolve(recipe.sources, roots)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    if rows and not {"origin", "licence", "where"} <= rows[0].keys():
        raise InputError(
            "the table of sources needs the columns origin, licence, where", where=str(path)
        )
    return rows


def _held_out_lines(recipe: Recipe, used: Sequence[str]) -> Iterator[str]:
    sets = recipe.held_out
    if names := ", ".join(Path(path).name for path in sets.files if path in used):
        yield (
            f"Left out was every pair that shares {sets.shared_words} words in a row with one of "
            f"these sets: {names}."
        )


def _hardware(folder: Path) -> str:
    """The computers of all sittings."""
    with (folder / LOG).open(encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    seen = Counter(
        one["device"] + (f", {one['threads']} threads" if "threads" in one else "")
        for one in lines
        if "device" in one
    )
    return "; ".join(f"{name} (sittings: {count})" for name, count in seen.items())
