"""The models on this computer, and the choice of one for a language pair.

Packages stand in argostranslate's own folder, so that both tools see the same ones. Small starter
models come with aligner and serve a pair until a package for it is installed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from aligner.engines import argos
from aligner.errors import ModelError, ModelMissing, PackageError, UsageError
from aligner.languages import check

# Where no model serves a pair, two that meet in this language do.
PIVOT = "en"

_STARTERS = Path(__file__).with_name("starter")
_MAX_METADATA = 1 << 20
# Language codes as Argos has them: en, ky, zt, pt_BR.
_CODE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_VERSION = re.compile(r"[0-9][0-9A-Za-z.+-]{0,31}")
_TOKEN = re.compile(r"\S{0,64}")
_NAME = re.compile(rf"translate-({_CODE.pattern})_({_CODE.pattern})-[0-9]")


@dataclass(frozen=True, slots=True)
class Model:
    """A translation model on this computer.

    Attributes:
        source: code of the language it translates from.
        target: code of the language it translates into.
        name: name of its folder, `translate-en_ru-1_9`.
        version: version of the package, `1.9`.
        folder: where it is.
        starter: whether it came with aligner.
        target_prefix: token that each output begins with, or empty.
    """

    source: str
    target: str
    name: str
    version: str
    folder: Path
    starter: bool
    target_prefix: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """The languages, from and to."""
        return self.source, self.target

    def digest(self) -> str:
        """Hash all that bears on the translation: weights, vocabulary, tokeniser, metadata.

        Returns:
            The first 12 hexadecimal digits of a SHA-256. It is the same on every computer.
        """
        files = [self.folder / "metadata.json", _tokeniser(self.folder)]
        files += (file for file in (self.folder / "model").iterdir() if file.is_file())
        hashes = {file.relative_to(self.folder).as_posix(): sha256(file) for file in files}
        return hashlib.sha256(json.dumps(hashes, sort_keys=True).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a package says of itself; see `Model`."""

    source: str
    target: str
    version: str
    target_prefix: str


def installed() -> list[Model]:
    """List the models in argostranslate's package folder; see `broken` for the rest.

    Raises:
        ModelError: argostranslate cannot set up its folders.
    """
    return _scan()[0]


def broken() -> list[PackageError]:
    """List what stands in argostranslate's package folder and is no model that we can use.

    Raises:
        ModelError: argostranslate cannot set up its folders.
    """
    return _scan()[1]


def starters() -> list[Model]:
    """List the models that came with aligner."""
    return [read(folder, starter=True) for folder in sorted(_STARTERS.glob("*/"))]


def find(source: str, target: str) -> tuple[Model, ...]:
    """Choose the models that translate between two languages.

    An installed model goes before a starter model, a higher version before a lower; where no model
    serves the pair itself, two that meet in English do.

    Returns:
        One model, or two to be run one after the other.

    Raises:
        ModelMissing: no models lead from one language to the other.
        UsageError: both languages are the same, or one is no language code.
    """
    models = installed() + starters()
    # "ru-RU" is served by a model for "ru", unless there is one for just that.
    codes = {code for model in models for code in model.pair}
    source, target = (code if code in codes else check(code) for code in (source, target))
    if source == target:
        raise UsageError(
            f"source and target language are the same: {source}",
            hint="Say what the text is in, and what you want it in.",
        )
    steps = [(source, target)]
    if best(models, (source, target)) is None and PIVOT not in (source, target):
        steps = [(source, PIVOT), (PIVOT, target)]
    route = {step: best(models, step) for step in steps}
    if missing := [step for step, model in route.items() if model is None]:
        raise _missing((source, target), missing, models)
    return tuple(model for model in route.values() if model)


def best(models: Iterable[Model], pair: tuple[str, str]) -> Model | None:
    """Choose the model that serves a pair directly: installed before starter, then the newest."""
    return max(
        (model for model in models if model.pair == pair),
        key=lambda model: (not model.starter, order(model.version)),
        default=None,
    )


def read(folder: Path, *, starter: bool = False) -> Model:
    """Read an unpacked package without loading its model.

    Raises:
        PackageError: a part is missing, or the metadata are not those of a translation model.
    """
    metadata = _read_metadata(folder)
    if not (folder / "model" / "model.bin").is_file():
        raise PackageError("the package has no model/model.bin", where=str(folder))
    _tokeniser(folder)
    return Model(
        source=metadata.source,
        target=metadata.target,
        name=folder.name,
        version=metadata.version,
        folder=folder,
        starter=starter,
        target_prefix=metadata.target_prefix,
    )


def parse_metadata(metadata: object) -> Metadata:
    """Read the JSON object that describes a package, in itself or in the index.

    Raises:
        PackageError: it does not describe a translation model.
    """
    if not isinstance(metadata, dict):
        raise PackageError("the metadata are no JSON object")
    if metadata.get("type", "translate") != "translate":
        raise PackageError("the package is not a translation model")
    return Metadata(
        source=_field(metadata, "from_code", _CODE),
        target=_field(metadata, "to_code", _CODE),
        version=_field(metadata, "package_version", _VERSION),
        target_prefix=_field({"target_prefix": "", **metadata}, "target_prefix", _TOKEN),
    )


def order(version: str) -> tuple[int, ...]:
    """Make versions comparable: 1.9 < 1.9.6 < 1.10."""
    return tuple(map(int, re.findall(r"\d+", version)))


def folder_name(source: str, target: str, version: str) -> str:
    """Name a package as Argos does: translate-en_ru-1_9."""
    return f"translate-{source}_{target}-{version.replace('.', '_')}"


def named_pair(name: str) -> tuple[str, str] | None:
    """Read the languages from such a name; None if it is another kind of name."""
    match = _NAME.match(name)
    return (match[1], match[2]) if match else None


def sha256(path: Path) -> str:
    """Hash a file; the same file is read once only."""
    status = path.stat()
    return _hash(path, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=256)
def _hash(path: Path, _size: int, _modified: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _scan() -> tuple[list[Model], list[PackageError]]:
    packages = argos.packages_folder()
    models: list[Model] = []
    errors: list[PackageError] = []
    try:
        folders = sorted(folder for folder in packages.iterdir() if folder.is_dir())
    except OSError as error:
        raise ModelError(
            f"the package folder cannot be read: {error.strerror}", where=str(packages)
        ) from error
    for folder in folders:
        try:
            models.append(read(folder))
        except PackageError as error:
            errors.append(error)
    return sorted(models, key=lambda m: (m.source, m.target, order(m.version))), errors


def _read_metadata(folder: Path) -> Metadata:
    try:
        with (folder / "metadata.json").open("rb") as file:
            return parse_metadata(json.loads(file.read(_MAX_METADATA)))
    except (OSError, ValueError, RecursionError) as error:
        raise PackageError(f"metadata.json cannot be read: {error}", where=str(folder)) from error
    except PackageError as error:
        raise PackageError(error.message, where=str(folder)) from error


def _field(metadata: dict[str, object], name: str, pattern: re.Pattern[str]) -> str:
    value = metadata.get(name)
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise PackageError(f"the metadata have an impossible {name}: {value!r:.60}")
    return value


def _tokeniser(folder: Path) -> Path:
    for name in ("sentencepiece.model", "bpe.model"):
        if (folder / name).is_file():
            return folder / name
    raise PackageError("the package has no sentencepiece.model or bpe.model", where=str(folder))


def _missing(
    pair: tuple[str, str], steps: Iterable[tuple[str, str]], models: Iterable[Model]
) -> ModelMissing:
    here = ", ".join(
        f"{model.source} → {model.target}{' (starter)' if model.starter else ''}"
        for model in models
    )
    commands = " and ".join(f"aligner models install {step[0]} {step[1]}" for step in steps)
    return ModelMissing(
        f"no model for {pair[0]} → {pair[1]}; there are: {here}",
        hint=f"Install it: {commands} (or give an .argosmodel file)",
    )
