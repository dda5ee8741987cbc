"""A recipe: which data, which network, how long. TOML (https://toml.io/en/v1.0.0).

    name = "news"
    directions = ["en-ru", "en-ky"]

    [[data]]
    path = "news.tmx"

Every table of the file is a record here, every key a field; what has no default must be given.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from difflib import get_close_matches
from fnmatch import fnmatch
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from aligner.errors import InputError

Direction = tuple[str, str]

_DIRECTION = re.compile(r"([a-z]{2,3})-([a-z]{2,3})")


@dataclass(frozen=True, slots=True)
class Network:
    """The measures of the network.

    Attributes:
        width: of the vectors; a multiple of twice `heads`.
        feed_forward: width inside the feed-forward parts.
        heads: of attention.
        encoder_layers: how many.
        decoder_layers: how many; each costs time with every word.
        dropout: share of values that are zeroed while it learns.
    """

    width: int = 256
    feed_forward: int = 1024
    heads: int = 4
    encoder_layers: int = 6
    decoder_layers: int = 2
    dropout: float = 0.1


@dataclass(frozen=True, slots=True)
class Data:
    """A file of translations.

    Attributes:
        path: TMX, TSV, CSV, JSON Lines, XLIFF or PO, packed with gzip or not; relative to the
            recipe.
        columns: the headings of a table that has none: ["en", "ky", "x-origin"].
        weight: how often a pair is drawn in an epoch, on average.
        origins: the same for single origins, by patterns such as "wmt*"; the first that fits
            counts. 0 leaves them out.
        origin_key: the property that names the origin of a unit; without it, the file does.
        where: only units with these properties.
        directions: only these of the recipe's; another table of the same file may give the others.
        subword_sampling: how evenly a word's partings into tokens are drawn (Kudo 2018), about
            0.1 to 0.5, where a text is read many times; 0 for the likeliest alone.
        optional: whether to do without it where it is not there.
    """

    path: str
    columns: tuple[str, ...] = ()
    weight: float = 1.0
    origins: Mapping[str, float] = field(default_factory=dict)
    origin_key: str = "x-origin"
    where: Mapping[str, str] = field(default_factory=dict)
    directions: tuple[str, ...] = ()
    subword_sampling: float = 0.0
    optional: bool = False

    def weight_of(self, origin: str) -> float:
        """How often a pair of an origin is drawn."""
        found = (weight for pattern, weight in self.origins.items() if fnmatch(origin, pattern))
        return next(found, self.weight)


@dataclass(frozen=True, slots=True)
class Synthetic:
    """Text in one language that a model completes to pairs.

    Attributes:
        text: plain text, a sentence a line, packed or not; relative to the recipe.
        model: an unpacked Argos package or its name among the installed ones.
        direction: in which the pairs are learnt, such as "en-ky". Text in the target language is
            translated back (Sennrich et al. 2016), text in the source language is distilled from
            the model (Kim and Rush 2016).
        weight: as for `Data`.
        limit: at most so many lines; 0 for all.
    """

    text: str
    model: str
    direction: str
    weight: float = 1.0
    limit: int = 0


@dataclass(frozen=True, slots=True)
class HeldOutSets:
    """Texts that nothing may be learnt from.

    Attributes:
        files: plain text, a sentence a line; relative to the recipe.
        shared_words: so many words in a row give a text away.
        optional: whether to do without those that are not there.
    """

    files: tuple[str, ...] = ()
    shared_words: int = 8
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Dev:
    """What progress is measured on; nothing is learnt from it.

    Attributes:
        path: as for `Data`; "" takes some of the data.
        columns: as for `Data`.
        where: as for `Data`.
        sentences: at most so many a direction.
        every: minutes between two measurements.
    """

    path: str = ""
    columns: tuple[str, ...] = ()
    where: Mapping[str, str] = field(default_factory=dict)
    sentences: int = 200
    every: float = 15.0


@dataclass(frozen=True, slots=True)
class Test:
    """A test set, for the card: plain text, a sentence a line, and its translation.

    Attributes:
        name: of the set.
        direction: such as "en-ky".
        source: relative to the recipe; a set that is not there is left out.
        reference: the same lines, translated.
    """

    name: str
    direction: str
    source: str
    reference: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """How the network learns, and how long.

    Attributes:
        tokens: stop after so many target tokens; 0 for no such limit.
        minutes: stop after so long, in all sittings together; 0 for no such limit.
        batch_tokens: a batch has at most so many tokens on the longer side, padding counted.
        learning_rate: the highest.
        warmup: steps in which the rate rises.
        cooldown: the last share of the run, in which the rate falls; it is constant before, so
            that a run can be made longer (Hägele et al. 2024).
        label_smoothing: share of the probability that goes to all tokens alike.
        averaging: share of the average of weights that a step leaves as it was.
        checkpoint: minutes between two.
        seed: of everything drawn at random.
    """

    tokens: int = 0
    minutes: float = 0.0
    batch_tokens: int = 4096
    learning_rate: float = 1.2e-3
    warmup: int = 800
    cooldown: float = 0.2
    label_smoothing: float = 0.1
    averaging: float = 0.999
    checkpoint: float = 10.0
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Recipe:
    """What makes a model.

    Attributes:
        name: of the model, for its card.
        directions: what it learns to translate, such as "en-ru". Several share the network.
        data: what it learns from.
        version: of the packages.
        packages: the directions to make packages for; by default all.
        licence: of the weights, for the card.
        notes: a paragraph for the card.
        vocabulary: how many SentencePiece units.
        sources: a table (TSV) of origin, licence and where it is from, for the card; its origins
            may be patterns.
        network: its measures.
        synthetic: text in one language, completed by models.
        held_out: what nothing is learnt from.
        dev: what progress is measured on.
        test: what the model is measured on in the end.
        schedule: how long.
        folder: where the recipe stands; its paths are relative to that.
    """

    name: str
    directions: tuple[str, ...]
    data: tuple[Data, ...]
    version: str = "1.0"
    packages: tuple[str, ...] = ()
    licence: str = ""
    notes: str = ""
    vocabulary: int = 12_000
    sources: str = ""
    network: Network = Network()
    synthetic: tuple[Synthetic, ...] = ()
    held_out: HeldOutSets = HeldOutSets()
    dev: Dev = Dev()
    test: tuple[Test, ...] = ()
    schedule: Schedule = Schedule()
    folder: Path = field(default=Path(), metadata={"given": False})

    def pairs(self) -> tuple[Direction, ...]:
        """The directions as pairs of codes."""
        return tuple(direction(text) for text in self.directions)

    def packed(self) -> tuple[Direction, ...]:
        """The directions that packages are made for."""
        return tuple(direction(text) for text in self.packages or self.directions)

    def targets(self) -> tuple[str, ...]:
        """The languages that it translates into, in order."""
        return tuple(dict.fromkeys(target for _, target in self.pairs()))


def direction(text: str) -> Direction:
    """Read a direction, "en-ky".

    Raises:
        ValueError: it is none.
    """
    found = _DIRECTION.fullmatch(text)
    if found is None or found[1] == found[2]:
        raise ValueError(f'"{text}" is not a direction of translation, such as "en-ky"')
    return found[1], found[2]


def read(path: Path) -> Recipe:
    """Read a recipe.

    Raises:
        InputError: it cannot be read, is no TOML, has a key that we do not know, lacks one, or a
            value makes no sense.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise InputError(f"cannot read the recipe: {reason}", where=str(path)) from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            f"the recipe is no TOML: {error}", where=str(path), hint="See https://toml.io"
        ) from error
    return _checked(_record(Recipe, raw, str(path), {"folder": path.absolute().parent}), str(path))


def _record(kind: type[Any], raw: Any, where: str, more: Mapping[str, Any] | None = None) -> Any:
    """Make a record of a table."""
    if not isinstance(raw, dict):
        raise InputError("a table is wanted here", where=where)
    known = {one.name: one for one in fields(kind) if one.metadata.get("given", True)}
    for key in raw.keys() - known.keys():
        like = get_close_matches(key, known, 1)
        raise InputError(
            f'there is no key "{key}"',
            where=where,
            hint=f'Is "{like[0]}" meant?' if like else f"Known are: {', '.join(known)}.",
        )
    for one in known.values():
        if one.default is MISSING and one.default_factory is MISSING and one.name not in raw:
            raise InputError(f'the key "{one.name}" is missing', where=where)
    hints = get_type_hints(kind)
    values = {key: _value(hints[key], value, f"{where}: {key}") for key, value in raw.items()}
    return kind(**values, **(more or {}))


def _value(kind: Any, raw: Any, where: str) -> Any:
    """Make a value of the type that a field has."""
    if hasattr(kind, "__dataclass_fields__"):
        return _record(kind, raw, where)
    origin, inner = get_origin(kind), get_args(kind)
    if origin is tuple:
        if not isinstance(raw, list):
            raise InputError("a list is wanted here", where=where)
        return tuple(_value(inner[0], one, f"{where}[{n}]") for n, one in enumerate(raw, 1))
    if origin is not None and origin is not UnionType:
        if not isinstance(raw, dict):
            raise InputError("a table is wanted here", where=where)
        return {key: _value(inner[1], one, f"{where}.{key}") for key, one in raw.items()}
    accepted = (int, float) if kind is float else (kind,)
    if not isinstance(raw, accepted) or (isinstance(raw, bool) and kind is not bool):
        raise InputError(f"{_NAMES[kind]} is wanted here, not {raw!r}", where=where)
    return kind(raw)


_NAMES = {int: "a whole number", float: "a number", str: "a text", bool: "true or false"}


def _checked(recipe: Recipe, where: str) -> Recipe:
    """Refuse what types do not tell."""

    def refuse(message: str) -> None:
        raise InputError(message, where=where)

    try:
        directions = set(recipe.pairs())
        asked = [one.direction for one in recipe.synthetic]
        asked += [one.direction for one in recipe.test]
        asked += [text for one in recipe.data for text in one.directions]
        for text in (*recipe.packages, *asked):
            if direction(text) not in directions:
                refuse(f'"{text}" is not among the directions')
    except ValueError as error:
        refuse(str(error))
    if not recipe.directions or not recipe.data:
        refuse("directions and data are needed, one at least")
    net, plan = recipe.network, recipe.schedule
    if min(net.width, net.heads, net.feed_forward, net.encoder_layers, net.decoder_layers) < 1:
        refuse("network: every measure is 1 at least")
    if net.width % net.heads or net.width < 4 or net.width % 2:
        refuse("network: width must be even, and a multiple of heads")
    if not plan.tokens and not plan.minutes:
        refuse("schedule: give tokens or minutes, or it would never end")
    if min(plan.tokens, plan.minutes) < 0 or plan.batch_tokens < 64 or plan.learning_rate <= 0:
        refuse("schedule: tokens, minutes and learning_rate are positive, batch_tokens is 64 up")
    shares = (net.dropout, plan.label_smoothing, plan.averaging)
    if not all(0 <= share < 1 for share in shares) or not 0 <= plan.cooldown <= 1:
        refuse("dropout, label_smoothing, averaging and cooldown are shares, from 0 to below 1")
    if recipe.vocabulary < 100 or recipe.vocabulary > 65_000:
        refuse("vocabulary: from 100 to 65000")
    weights = [one.weight for one in recipe.data]
    weights += [one.weight for one in recipe.synthetic]
    weights += [weight for one in recipe.data for weight in one.origins.values()]
    if min(weights) < 0:
        refuse("a weight is 0 or more")
    return recipe
