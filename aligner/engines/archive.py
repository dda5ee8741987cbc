"""Unpacking of .argosmodel files: zip archives that may come from anywhere."""

from __future__ import annotations

import io
import os
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

from aligner.errors import PackageError

# The largest Argos packages are about 300 MB in some 30 files.
MAX_BYTES = 4 << 30
MAX_ENTRIES = 10_000
# Weights hardly shrink when packed, vocabularies to a quarter; a bomb of zeros to a thousandth.
MAX_RATIO = 100
# Up to this size anything may shrink as well as it can.
SMALL = 1 << 20

_MAX_DEPTH = 16
_MAX_DIRECTORY = 4 << 20  # bytes of the archive's table of contents
_CHUNK = 1 << 20
# Control characters; what parts folders or names a drive or stream on Windows.
_ODD = re.compile(r"[\x00-\x1f\x7f\\:]")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,  # in a torn extra field
    NotImplementedError,  # a compression or version that zipfile does not know
    OverflowError,
    RuntimeError,
    ValueError,
)


def unpack(path: Path, into: Path) -> Path:
    """Unpack an archive that holds one folder, and flush it to the disk.

    Nothing is believed: names, types and sizes are checked before anything is written, the bytes
    that come out are counted, and their checksums compared.

    Args:
        path: the archive.
        into: an existing empty folder. After an error it may hold part of the contents.

    Returns:
        The folder that was in the archive, in `into`.

    Raises:
        PackageError: the file is no zip archive, is broken or cut off, or holds what no package
            holds: paths out of its folder, links, encrypted or repeated entries, far more bytes
            than its size explains.
        OSError: it cannot be read, or the contents cannot be written.
    """
    try:
        with _Reader(io.FileIO(path)) as file, zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _check_entries(entries, path.stat().st_size)
            for entry in entries:
                place = into.joinpath(*_parts(entry))
                if entry.is_dir():
                    place.mkdir(parents=True, exist_ok=True)
                else:
                    place.parent.mkdir(parents=True, exist_ok=True)
                    _copy(archive, entry, place)
    except _BROKEN as error:
        raise PackageError(
            f"the archive is broken: {error}",
            where=str(path),
            hint="It may be cut off, or another kind of file: download it again.",
        ) from error
    except PackageError as error:
        raise PackageError(
            error.message,
            where=str(path),
            hint="Do not trust this file: get it from another place.",
        ) from error
    top = into / _parts(entries[0])[0]
    for folder in (top, *filter(Path.is_dir, top.rglob("*"))):
        sync(folder)
    return top


def sync(path: Path) -> None:
    """Flush a file or the list of a folder's files to the disk."""
    if os.name == "nt" and path.is_dir():
        return  # Windows opens no folders
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class _Reader(io.BufferedReader):
    """A file that refuses what a sound archive never makes zipfile ask for."""

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        if whence == io.SEEK_SET and offset < 0:
            raise zipfile.BadZipFile("an entry would lie before its beginning")
        return super().seek(offset, whence)

    def read(self, size: int | None = -1, /) -> bytes:
        # zipfile reads the table of contents in one go, whatever size the archive gives it.
        if size is not None and size > _MAX_DIRECTORY:
            raise PackageError(f"its table of contents has {size:,} bytes")
        return super().read(size)


def _check_entries(entries: list[zipfile.ZipInfo], packed: int) -> None:
    """Check what the archive says of itself."""
    if not 0 < len(entries) <= MAX_ENTRIES:
        raise PackageError(f"the archive holds {len(entries):,} entries")
    for entry in entries:
        _check_kind(entry)
        _check_size(entry.filename, entry.file_size, entry.compress_size)
    _check_size("the archive", sum(entry.file_size for entry in entries), packed)
    _check_tree(entries)


def _check_kind(entry: zipfile.ZipInfo) -> None:
    kind = stat.S_IFMT(entry.external_attr >> 16)  # Unix: type and permissions; elsewhere 0
    if kind not in (0, stat.S_IFDIR if entry.is_dir() else stat.S_IFREG):
        raise PackageError(f"{entry.filename!r} is a link or a device, not a file")
    if entry.flag_bits & 0x1:
        raise PackageError(f"{entry.filename!r} is encrypted")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise PackageError(f"{entry.filename!r} is packed in an unusual way")


def _check_size(name: str, size: int, packed: int) -> None:
    if size > MAX_BYTES or size > SMALL + MAX_RATIO * packed:
        raise PackageError(f"{name} unpacks from {packed:,} to {size:,} bytes, a zip bomb")


def _check_tree(entries: Iterable[zipfile.ZipInfo]) -> None:
    """Check that the paths form one folder, on any file system."""
    files: set[tuple[str, ...]] = set()
    folders: set[tuple[str, ...]] = set()
    for entry in entries:
        # README.md and readme.MD, й and и + breve: one file on a Mac, and on Windows the former.
        path = tuple(unicodedata.normalize("NFC", part).casefold() for part in _parts(entry))
        if not entry.is_dir():
            if path in files:
                raise PackageError(f"{entry.filename!r} is in the archive twice")
            files.add(path)
        above = len(path) if entry.is_dir() else len(path) - 1
        folders.update(path[:depth] for depth in range(above + 1))
    if files & folders:
        raise PackageError(f"{'/'.join(min(files & folders))!r} is both a file and a folder")
    if sum(len(path) == 1 for path in files | folders) != 1 or min(map(len, files), default=0) < 2:
        raise PackageError("the archive is not one folder with files in it")


def _parts(entry: zipfile.ZipInfo) -> list[str]:
    """Part an entry's path, which must stay inside the folder where it is unpacked."""
    name = entry.orig_filename  # before zipfile cuts it at a null or turns its slashes
    parts = name.removesuffix("/").split("/")
    if _ODD.search(name) or len(parts) > _MAX_DEPTH or {"", ".", ".."} & set(parts):
        raise PackageError(f"{name!r} is not a path inside of a package")
    return parts


def _copy(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, place: Path) -> None:
    """Unpack one file; zipfile compares the checksum as it comes to the end."""
    left = entry.file_size
    with archive.open(entry) as packed, place.open("xb") as file:
        while chunk := packed.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                break
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if left:
        raise zipfile.BadZipFile(f"{entry.filename!r} has not the size that it says")
