"""The data of a recipe, from their files to the examples of a run."""

from __future__ import annotations

import hashlib
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

from aligner.bitext import HeldOut, Pair, Tally, prepared
from aligner.engines import packages
from aligner.engines.packages import Model
from aligner.entries import Bundle
from aligner.errors import InputError
from aligner.formats import atomic
from aligner.formats.exchange import read as read_units
from aligner.formats.exchange.opened import opened
from aligner.formats.exchange.tables.reading import read as read_table
from aligner.seen import Seen
from aligner.train.synthetic import completed
from aligner.training import examples
from aligner.training.examples import Example
from aligner.training.recipe import Data, Dev, Recipe, Synthetic

_DEV_SHARE = 10  # of the data, at most one in so many goes to the dev set

EXAMPLES, TRIAL, TALLY = "examples.tsv.gz", "dev.tsv.gz", "data.json"


@dataclass(frozen=True, slots=True)
class Row:
    """What became of the pairs of one origin.

    Attributes:
        origin: where they come from.
        langs: the codes of both languages.
        kept: how many are learnt from.
        weight: how often each is drawn in an epoch, on average.
        dropped: how many were left out, by reason.
    """

    origin: str
    langs: tuple[str, str]
    kept: int
    weight: float
    dropped: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Prepared:
    """The data of a run.

    Attributes:
        learnt: the examples.
        trial: what progress is measured on.
        rows: what became of the data, by origin.
        digest: of all that went in, the first 12 digits of a SHA-256.
    """

    learnt: list[Example]
    trial: list[Example]
    rows: tuple[Row, ...]
    digest: str


def load(recipe: Recipe, folder: Path, roots: Sequence[Path]) -> Prepared:
    """The data of a run: made of the recipe's files, or as they stand in the run's folder.

    They are made anew when a file has changed. Where a file is gone that they were made of, as on
    another computer, those in the folder are taken.

    Args:
        recipe: says which.
        folder: of the run.
        roots: where the recipe's paths may begin, first its own folder.

    Raises:
        InputError: a file is missing or damaged, or nothing is left to learn from.
        OutputError: the folder cannot be written to.
    """
    told = folder / TALLY
    was = json.loads(told.read_text(encoding="utf-8")) if told.exists() else {}
    is_moved = was and not all(is_there(path, roots) for path in was["files"])
    digest = was["digest"] if is_moved else _digest(recipe, roots)
    if was.get("digest") != digest:
        _make(recipe, folder, roots, digest)
        was = json.loads(told.read_text(encoding="utf-8"))
    rows = tuple(Row(**{**row, "langs": tuple(row["langs"])}) for row in was["rows"])
    learnt = list(examples.read(folder / EXAMPLES))
    return Prepared(learnt, list(examples.read(folder / TRIAL)), rows, digest)


def _make(recipe: Recipe, folder: Path, roots: Sequence[Path], digest: str) -> None:
    """Read and clean all data, and write them to the folder of the run."""
    tally, seen, learnt = Tally(), Seen(), list[Example]()
    guard = _held_out(recipe, roots)
    for data in _there(recipe, roots):
        wanted = data.directions or recipe.directions
        given = (
            pair
            for pair in _pairs(recipe, data, roots)
            if data.weight_of(pair.origin) and "-".join(pair.langs) in wanted
        )
        learnt += (
            _example(pair, data.weight_of(pair.origin), data.subword_sampling)
            for pair in prepared(given, tally, guard, seen)
        )
    for synthetic in recipe.synthetic:
        lines = list(islice(sentences(resolve(synthetic.text, roots)), synthetic.limit or None))
        made = completed(synthetic, lines, _model(synthetic, roots), folder)
        learnt += (_example(pair, synthetic.weight) for pair in prepared(made, tally, guard, seen))
    learnt, trial = _parted(recipe, learnt, roots)
    if not learnt:
        raise InputError(
            "nothing is left to learn from",
            where="recipe: data",
            hint=_left_out(tally) or "Do the files hold the languages of the directions?",
        )
    for name, some in ((EXAMPLES, learnt), (TRIAL, trial)):
        with atomic.replace(folder / name) as file:
            examples.write(file, some)
    with atomic.replace(folder / TALLY) as file:
        rows = [asdict(row) for row in _rows(learnt, tally)]
        told = {"digest": digest, "files": _files(recipe, roots), "rows": rows}
        file.write(json.dumps(told, ensure_ascii=False).encode())


def _there(recipe: Recipe, roots: Sequence[Path]) -> Iterator[Data]:
    """The data without those files that may be missing, and are."""
    return (one for one in recipe.data if not one.optional or is_there(one.path, roots))


def missing(recipe: Recipe, roots: Sequence[Path]) -> list[str]:
    """The files that the recipe can do without, and has to."""
    optional = [one.path for one in recipe.data if one.optional]
    if recipe.held_out.optional:
        optional += recipe.held_out.files
    return [path for path in optional if not is_there(path, roots)]


def is_there(path: str, roots: Sequence[Path]) -> bool:
    """Whether a file of a recipe is below one of the roots."""
    return any((root / path).exists() for root in roots)


def _example(pair: Pair, weight: float, sampling: float = 0.0) -> Example:
    return Example(pair.source, pair.target, pair.langs, pair.origin, weight, sampling)


def _pairs(recipe: Recipe, data: Data | Dev, roots: Sequence[Path]) -> Iterator[Pair]:
    """The pairs of a file, in all directions that are wanted and that it has."""
    path = resolve(data.path, roots)
    wanted = tuple(data.where.items())
    plain = path.name.removesuffix(".gz").removesuffix(".tsv").removesuffix(".tmx")
    langs = {lang for pair in recipe.pairs() for lang in pair}
    found = False
    for entry in _bundle(path, data.columns).entries:
        props = dict(entry.props)
        if any(props.get(key) != value for key, value in wanted):
            continue
        origin = (props.get(data.origin_key) if isinstance(data, Data) else None) or plain
        texts = {one.lang: one.text for one in entry.variants if one.lang in langs}
        whole = [pair for pair in recipe.pairs() if texts.keys() >= set(pair)]
        found = found or bool(whole)
        # A unit that lacks a side is given, too: it is left out, and counted.
        half = [pair for pair in recipe.pairs() if not texts.keys().isdisjoint(pair)][:1]
        for pair in whole or half:
            yield Pair(texts.get(pair[0], ""), texts.get(pair[1], ""), pair, origin)
    if not found:
        raise InputError(
            "the file has no pair in any of the directions",
            where=str(path),
            hint=f"Wanted are {', '.join(recipe.directions)}"
            + (f", where {dict(wanted)}." if wanted else "."),
        )


def _bundle(path: Path, columns: Sequence[str]) -> Bundle:
    return read_table(path, headings=columns) if columns else read_units(path)


def resolve(path: str, roots: Sequence[Path]) -> Path:
    """Where a file of a recipe is: below the first root that has it.

    Raises:
        InputError: none has.
    """
    found = next((root / path for root in roots if (root / path).exists()), None)
    if found is None:
        raise InputError(
            "the recipe's file is not there",
            where=path,
            hint=f"Looked for in {', '.join(map(str, roots))}; say where it is by --data FOLDER.",
        )
    return found


def _held_out(recipe: Recipe, roots: Sequence[Path]) -> HeldOut:
    files = [resolve(path, roots) for path in _held_out_files(recipe, roots)]
    return HeldOut(
        (text for file in files for text in sentences(file)), recipe.held_out.shared_words
    )


def _held_out_files(recipe: Recipe, roots: Sequence[Path]) -> list[str]:
    sets = recipe.held_out
    return [path for path in sets.files if not sets.optional or is_there(path, roots)]


def sentences(path: Path) -> Iterator[str]:
    """The lines of a plain text, packed or not, without empty ones."""
    with opened(path) as file:
        for number, line in enumerate(file, 1):
            try:
                text = line.decode("utf-8-sig").strip()
            except UnicodeDecodeError as error:
                raise InputError("the text is not UTF-8", where=f"{path}:{number}") from error
            if text:
                yield text


def _parted(
    recipe: Recipe, learnt: list[Example], roots: Sequence[Path]
) -> tuple[list[Example], list[Example]]:
    """Set the dev sentences apart; no text of theirs is learnt, on either side."""
    if recipe.dev.path:
        given = prepared(_pairs(recipe, recipe.dev, roots), Tally())
        pool, most = [_example(pair, 0.0) for pair in given], recipe.dev.sentences
    else:
        pool, most = learnt, min(recipe.dev.sentences, len(learnt) // _DEV_SHARE)
    pool = random.Random(recipe.schedule.seed).sample(pool, len(pool))
    trial = [
        one
        for pair in recipe.pairs()
        for one in islice((one for one in pool if one.langs == pair), most)
    ]
    told = {text for one in trial for text in (one.source, one.target)}
    return [one for one in learnt if told.isdisjoint((one.source, one.target))], trial


def _rows(learnt: Iterable[Example], tally: Tally) -> list[Row]:
    """What became of the data, largest origins first."""
    kept = Counter((one.langs, one.origin) for one in learnt)
    weights: Counter[tuple[tuple[str, str], str]] = Counter()
    for one in learnt:
        weights[one.langs, one.origin] += one.weight  # type: ignore[assignment]
    dropped: dict[tuple[tuple[str, str], str], dict[str, int]] = {}
    for (langs, origin, reason), count in tally.dropped.items():
        dropped.setdefault((langs, origin), {})[reason] = count
    keys = sorted(kept.keys() | dropped.keys(), key=lambda key: (-kept[key], key))
    return [
        Row(
            origin,
            langs,
            kept[langs, origin],
            round(weights[langs, origin] / max(1, kept[langs, origin]), 3),
            dropped.get((langs, origin), {}),
        )
        for langs, origin in keys
    ]


def _model(synthetic: Synthetic, roots: Sequence[Path]) -> Model:
    """The model that completes a text: an unpacked package, or one of those on this computer."""
    here = {model.name: model for model in (*packages.starters(), *packages.installed())}
    if synthetic.model in here:
        return here[synthetic.model]
    return packages.read(resolve(synthetic.model, roots))


def _left_out(tally: Tally) -> str:
    reasons = ", ".join(f"{count} {reason}" for reason, count in tally.reasons().most_common())
    return f"Left out: {reasons}." if reasons else ""


def _files(recipe: Recipe, roots: Sequence[Path]) -> list[str]:
    """All files that the data are made of."""
    return [
        *(one.path for one in _there(recipe, roots)),
        *(one.text for one in recipe.synthetic),
        *_held_out_files(recipe, roots),
        *([recipe.dev.path] if recipe.dev.path else []),
    ]


def _digest(recipe: Recipe, roots: Sequence[Path]) -> str:
    """Hash the files that go in, and what is done with them."""
    wanted = (recipe.directions, recipe.data, recipe.synthetic, recipe.held_out, recipe.dev)
    digest = hashlib.sha256(repr(wanted).encode())
    for path in _files(recipe, roots):
        with resolve(path, roots).open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:12]
