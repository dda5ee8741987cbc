"""Files of translation units that tools exchange, one module or package a format.

    bundle = read("memory.tmx")               →  its header, and its entries one at a time
    write(file, bundle, "xliff-2.1")          →  what the format could not hold

A module has the formats that it knows by NAMES, each with its extension, and two functions; a third
tells its files by their content:

    NAMES = {"tmx": ".tmx"}
    def read(source: str | Path) -> Bundle: ...           "-" is standard input
    def write(
        file: BinaryIO, bundle: Bundle, name: str, langs: Sequence[str] = ()
    ) -> tuple[str, ...]: ...
    def is_mine(beginning: bytes) -> bool: ...            the first bytes of a file, unpacked

A new format is a new file here; the package is listed, there is no registry to edit. What formats
share: `opened` unpacks gzip and zip; `utf8` and `parsing` read XML, `lines` text; `headings` knows
languages by their names, `losses` counts what a format cannot hold.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import BinaryIO

from aligner.entries import Bundle
from aligner.errors import InputError, UsageError
from aligner.formats.exchange.opened import beginning

_PACKED = {".gz", ".zip"}


class _Formats(Mapping[str, str]):
    """Listed when first looked into, so that whoever needs one format does not load them all."""

    def __getitem__(self, name: str) -> str:
        return _extensions()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_extensions())

    def __len__(self) -> int:
        return len(_extensions())


FORMATS: Mapping[str, str] = _Formats()
"""The formats by name, each with its extension; where several share one, the first is meant."""


def read(source: str | Path, format: str | None = None) -> Bundle:  # noqa: A002
    """Read a file of translation units.

    The format goes by the file's extension, that of what is packed in it for `.gz` and `.zip`; that
    of standard input, and of a file whose extension says nothing, shows in its content.

    Args:
        source: the file, "-" for standard input.
        format: its format, one of `FORMATS`, if neither tells.

    Raises:
        InputError: the file cannot be read, or is not in the format; damage further on is raised
            while the entries are taken, after those before it.
        UsageError: the format is not known.
    """
    module = _module(format) if format else _by_extension(source) or _by_content(source)
    bundle: Bundle = module.read(source)
    return bundle


def write(
    file: BinaryIO,
    bundle: Bundle,
    format: str,  # noqa: A002
    langs: Sequence[str] = (),
) -> tuple[str, ...]:
    """Write translation units, one at a time.

    Args:
        file: takes the bytes.
        bundle: its entries are taken as they are written.
        format: one of `FORMATS`.
        langs: the languages to write, in their order; by default all.

    Returns:
        What the format could not hold, one sentence a kind.

    Raises:
        UsageError: the format is not known, or cannot hold these languages.
        InputError: the bundle's own file is damaged.
    """
    lost: tuple[str, ...] = _module(format).write(file, bundle, format, langs)
    return lost


def format_of(path: str | Path) -> str:
    """The format that a file's name stands for.

    Raises:
        UsageError: none is known by its extension.
    """
    name = Path(path).name.lower()
    if Path(name).suffix in _PACKED:
        raise UsageError(
            "packed files are read, but not written",
            where=str(path),
            hint="Write to standard output, and pack that: … - --to tmx | gzip > memory.tmx.gz",
        )
    found = next((one for one, extension in FORMATS.items() if name.endswith(extension)), None)
    if found is None:
        raise UsageError(
            f'"{path}" does not say in which format it is',
            hint=f"Name the format, one of: {', '.join(FORMATS)}.",
        )
    return found


@cache
def _extensions() -> Mapping[str, str]:
    return {name: extension for module in _modules() for name, extension in module.NAMES.items()}


@cache
def _modules() -> tuple[ModuleType, ...]:
    """The modules of this package that are formats."""
    found = pkgutil.walk_packages(__path__, f"{__name__}.")
    modules = (import_module(name) for name in sorted(module.name for module in found))
    return tuple(module for module in modules if hasattr(module, "NAMES"))


def _module(name: str) -> ModuleType:
    for module in _modules():
        if name in module.NAMES:
            return module
    raise UsageError(f'there is no format "{name}"', hint=f"Give one of: {', '.join(FORMATS)}.")


def _by_extension(source: str | Path) -> ModuleType | None:
    path = Path(source)
    name = path.stem if path.suffix.lower() in _PACKED else path.name
    extension = Path(name).suffix.lower()
    mine = [one for one in _modules() if extension in one.NAMES.values()]
    # Where several formats share an extension, as the versions of XLIFF do, the content decides.
    return mine[0] if len(mine) == 1 else None


def _by_content(source: str | Path) -> ModuleType:
    first = beginning(source, *FORMATS.values())
    for module in _modules():
        if hasattr(module, "is_mine") and module.is_mine(first):
            return module
    raise InputError(
        "its content does not say in which format it is",
        where="stdin" if str(source) == "-" else str(source),
        hint=f"Let its name end as its format asks: {', '.join(dict.fromkeys(FORMATS.values()))}.",
    )
