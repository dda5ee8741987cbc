"""Models by what a user calls them: a file, a folder, the name of a package, or a language pair."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from aligner import engines
from aligner.engines import Progress, Settings, archive, packages, sandbox
from aligner.engines.packages import Model
from aligner.errors import InputError, ModelError, PackageError

_PACKAGE = ".argosmodel"
_PAIR = re.compile(r"([a-z]{2,3}(?:_[A-Za-z0-9]+)?)-([a-z]{2,3}(?:_[A-Za-z0-9]+)?)")


def is_model(name: str) -> bool:
    """Whether a name is that of a model, not of a file or folder of translations."""
    path = Path(name)
    return name != "-" and (not path.exists() or _is_package(path))


@contextmanager
def opened(name: str) -> Iterator[tuple[Model, ...]]:
    """The model of a name, or two that meet in English, for as long as the block lasts.

    What comes from a file or folder is not trusted: it is unpacked to a folder of its own that goes
    away again, and first loaded in a process of its own.

    Raises:
        InputError: there is nothing of this name.
        ModelMissing: no model serves the language pair.
        PackageError: the package is broken or hostile.
        ModelError: it cannot be unpacked.
    """
    path = Path(name)
    if path.is_dir():
        yield (_tried(path, name),)
    elif path.suffix == _PACKAGE:
        with TemporaryDirectory(prefix="aligner-") as place:
            yield (_tried(_unpacked(path, Path(place)), name),)
    else:
        yield _by_name(name)


def translate(
    models: Sequence[Model], sentences: Sequence[str], settings: Settings, progress: Progress
) -> tuple[str, ...]:
    """Translate sentences by models, one after the other: what they make of it, and no more."""
    from aligner.engines.argos import ArgosEngine

    route = [ArgosEngine(model, settings) for model in models]
    made = engines.translate(route, sentences, progress=progress)
    return tuple(" ".join(one.text.splitlines()) for one in made)


def _is_package(path: Path) -> bool:
    return path.suffix == _PACKAGE or (path / "metadata.json").is_file()


def _unpacked(path: Path, place: Path) -> Path:
    if not path.exists():
        raise InputError("there is no such file", where=str(path), hint="Check its name.")
    try:
        return archive.unpack(path, place)
    except OSError as error:
        raise ModelError(
            f"the package cannot be unpacked: {error.strerror or error}",
            where=str(path),
            hint="Check that you may read it, and the free space for temporary files.",
        ) from error


def _tried(folder: Path, name: str) -> Model:
    """A package that has shown that it works."""
    try:
        model = packages.read(folder)
        sandbox.try_load(folder)
    except PackageError as error:
        raise PackageError(error.message, where=name, hint=error.hint) from error
    return model


def _by_name(name: str) -> tuple[Model, ...]:
    here = packages.installed() + packages.starters()
    if named := [model for model in here if model.name == name]:
        return (named[0],)
    if pair := _PAIR.fullmatch(name):
        return packages.find(pair[1], pair[2])
    raise InputError(
        "there is no such file or folder, and no model of this name",
        where=name,
        hint=f"Models here: {', '.join(model.name for model in here)}; en-ru will do, too.",
    )
