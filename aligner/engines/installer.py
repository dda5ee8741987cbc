"""Installing, removing and verifying model packages.

What comes from outside is unpacked, checked and tried beside argostranslate's package folder, and
only then moved in. argostranslate's own `install_from_path` unpacks unchecked, and imports stanza.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

from aligner.engines import archive, argos, download, index, sandbox
from aligner.engines.packages import (
    Model,
    best,
    broken,
    folder_name,
    installed,
    named_pair,
    order,
    read,
    sha256,
    starters,
)
from aligner.errors import ModelError, ModelMissing, PackageError

# Our note, in a package's folder, of what was installed; argostranslate does not look at it.
RECORD = "aligner.json"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify` found of a package: `problem` is empty if it is sound."""

    name: str
    folder: Path
    problem: str


def install_file(
    path: Path, pair: tuple[str, str] | None = None, *, force: bool = False, origin: str = ""
) -> Model:
    """Install a package from an .argosmodel file.

    The package is unpacked, checked and tried beside argostranslate's package folder, then moved
    in, then older packages of the same pair go. Whatever stops this, a whole package stays.

    Args:
        path: the file.
        pair: the languages that it has to be for, if they are known.
        force: replace a newer version as well.
        origin: where the file came from, for the record; by default its name.

    Raises:
        PackageError: the package is broken, hostile, for other languages, or too old.
        ModelError: the package folder cannot be written.
    """
    if not path.is_file():
        raise PackageError("there is no such file", where=str(path))
    with _staging() as staging:
        return _install(path, pair, staging, force=force, origin=origin or path.name)


def install(
    source: str, target: str, progress: download.Progress | None = None, *, force: bool = False
) -> Model:
    """Install the newest package for a pair from the Argos index, if it is not there already.

    Args:
        source: code of the language to translate from.
        target: code of the language to translate into.
        progress: called with the bytes that have come and the bytes in all, if known.
        force: install again what is there.

    Raises:
        ModelMissing: the index has no package for the pair.
        DownloadError: the index or the package cannot be fetched.
        PackageError: the package is broken, hostile, or for other languages.
        ModelError: the package folder cannot be written.
    """
    with _staging() as staging:
        offer = index.newest(argos.index_url(), source, target, staging)
        here = best(installed(), (source, target))
        if here and not force and order(here.version) >= order(offer.version):
            return here
        name = folder_name(source, target, offer.version)
        path = argos.downloads_folder() / f"{name}.argosmodel"
        url = index.fetch(offer, path, progress)
        try:
            return _install(path, (source, target), staging, force=force, origin=url)
        finally:
            path.unlink(missing_ok=True)


def remove(source: str, target: str) -> list[Model]:
    """Remove all installed packages of a pair; gives what is gone.

    Raises:
        ModelMissing: none is installed.
        ModelError: only a starter model serves the pair; or the folder cannot be written.
    """
    gone = [model for model in installed() if model.pair == (source, target)]
    if not gone and best(starters(), (source, target)):
        raise ModelError(
            f"the starter model {source} → {target} is part of aligner and cannot be removed",
            hint=f"A full model takes over from it: aligner models install {source} {target}",
        )
    if not gone:
        raise ModelMissing(
            f"no model {source} → {target} is installed", hint="See: aligner models list"
        )
    with _staging() as staging:
        for model in gone:
            _discard(model.folder, staging)
    return gone


def verify() -> Iterator[Verdict]:
    """Check every package, starter models too: files as installed, languages, a first translation.

    Raises:
        ModelError: argostranslate cannot set up its folders.
    """
    for error in broken():
        yield Verdict(Path(error.where).name, Path(error.where), error.message)
    for model in installed() + starters():
        yield Verdict(model.name, model.folder, _problem(model))


@contextmanager
def _staging() -> Iterator[Path]:
    """Give an empty folder beside the package folder, while no other aligner changes anything.

    Not inside: argostranslate takes every folder there for a package, and fails on one that is
    none. On the same disk: so that a rename moves a package in or out at once.
    """
    packages = argos.packages_folder().resolve()
    staging = packages.with_name(f".{packages.name}-aligner")
    if os.path.ismount(packages):
        raise ModelError(
            "the package folder is a disk of its own",
            where=str(packages),
            hint="Set ARGOS_PACKAGES_DIR to a folder inside it.",
        )
    try:
        with _lock(packages):
            shutil.rmtree(staging, ignore_errors=True)  # of one that was killed
            try:
                staging.mkdir()
                yield staging
            finally:
                shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise ModelError(
            f"the models cannot be changed: {error.strerror or error}",
            where=str(error.filename or packages),
            hint="Look at the free space and the permissions, or set ARGOS_PACKAGES_DIR.",
        ) from error


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """Lock a folder against other processes of ours, where the system can."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        raise ModelError(
            "another aligner is changing the models", hint="Try again when it is done."
        ) from error
    except OSError:  # some network drives know no locks
        pass
    try:
        yield
    finally:
        os.close(descriptor)


def _install(
    path: Path, pair: tuple[str, str] | None, staging: Path, *, force: bool, origin: str
) -> Model:
    folder = archive.unpack(path, Path(mkdtemp(dir=staging)))
    try:
        model = read(folder)
        argos.read_package(folder)  # argostranslate must be able to open it as well
        _check_languages(model, pair, path.stem)
        if not force:
            _check_version(model)
        sandbox.try_load(folder)
    except PackageError as error:
        raise PackageError(error.message, where=str(path), hint=error.hint) from error
    _write_record(model, origin)
    return _move_in(model, staging)


def _check_languages(model: Model, pair: tuple[str, str] | None, file_name: str) -> None:
    """Compare a package's languages with those asked for, and those in its names."""
    for claim in (pair, named_pair(file_name), named_pair(model.name)):
        if claim and claim != model.pair:
            raise PackageError(
                f"the package translates {model.source} → {model.target}, "
                f"not {claim[0]} → {claim[1]}"
            )


def _check_version(model: Model) -> None:
    here = best(installed(), model.pair)
    if here and order(here.version) > order(model.version):
        raise PackageError(
            f"the package has version {model.version}, and {here.version} is installed",
            hint="Add --force to go back to the older one.",
        )


def _move_in(model: Model, staging: Path) -> Model:
    """Put a checked package into place, and take away those that it replaces.

    At every moment a whole package for the pair stands in the folder, if one did before.
    """
    packages = argos.packages_folder()
    place = packages / folder_name(*model.pair, model.version)
    aside = place.with_name(f"{place.name}.old")
    older = [old.folder for old in installed() if old.pair == model.pair and old.folder != place]
    if place.exists():
        if aside.exists():  # of one that was killed
            _discard(aside, staging)
        place.rename(aside)
    model.folder.rename(place)
    archive.sync(packages)
    for folder in {*older, aside}:
        if folder.exists():
            _discard(folder, staging)
    return read(place)


def _discard(folder: Path, staging: Path) -> None:
    """Take a folder away at once; its files go with the staging folder."""
    folder.rename(Path(mkdtemp(dir=staging)) / folder.name)


def _write_record(model: Model, origin: str) -> None:
    record = {
        "name": model.name,
        "origin": origin,
        "installed": datetime.now(UTC).isoformat(timespec="seconds"),
        "sha256": _hashes(model.folder),
    }
    path = model.folder / RECORD
    path.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    archive.sync(path)


def _problem(model: Model) -> str:
    """Say what is wrong with an installed package, "" if nothing is."""
    try:
        if changed := _changed_files(model.folder):
            return f"not as it was installed: {', '.join(changed)}"
        _check_languages(model, None, "")
        sandbox.try_load(model.folder)
    except PackageError as error:
        return error.message
    except OSError as error:
        return f"{error.filename} cannot be read: {error.strerror}"
    return ""


def _changed_files(folder: Path) -> list[str]:
    """Compare files with the record; what argostranslate installed, or we ship, has none."""
    path = folder / RECORD
    if not path.exists():
        return []
    try:
        recorded = dict(json.loads(path.read_bytes())["sha256"])
    except (OSError, ValueError, TypeError, KeyError):
        return [RECORD]
    now = _hashes(folder)
    return sorted(name for name, value in recorded.items() if now.get(name) != value)


def _hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of all files in a package but our own record."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    hashes = {file.relative_to(folder).as_posix(): sha256(file) for file in files}
    hashes.pop(RECORD, None)
    return hashes
