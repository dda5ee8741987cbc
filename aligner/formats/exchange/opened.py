"""The bytes of a file of translation units, unpacked where it is packed with gzip or zip.

Nothing is extracted to a place of the packed file's choice: it is unpacked as it is read, so that
names such as "../x" and files that swell (zip bombs) do no harm.
"""

from __future__ import annotations

import gzip
import io
import lzma
import shutil
import struct
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from aligner.errors import InputError
from aligner.formats.source import name

_BEGINNING = 1 << 12  # bytes
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_HELD = 1 << 24  # bytes of a zip file from a pipe that are held in memory; of more, all on the disk
_DAMAGES = (EOFError, gzip.BadGzipFile, zlib.error, lzma.LZMAError, zipfile.BadZipFile)


@contextmanager
def opened(source: str | Path, *extensions: str) -> Iterator[io.BufferedIOBase]:
    """The bytes of a file, unpacked.

    Take them by `read1`: where a packed file is damaged, `read` loses what it had before that.

    Args:
        source: the file, gzip or zip or neither whatever its name; "-" for standard input.
        extensions: which of several files in a zip file may be meant, such as ".tmx".

    Raises:
        InputError: it cannot be read, is damaged, or is a zip file that holds none or several.
    """
    where = name(source)
    with ExitStack() as stack:
        try:
            yield _unpacked(_opened(source, where, stack), where, extensions, stack)
        except _DAMAGES as error:
            raise InputError(
                f"the packed file is damaged: {error}",
                where=where,
                hint="Fetch or export it again.",
            ) from error
        except OSError as error:
            raise _unreadable(where, error.strerror or str(error)) from error


def beginning(source: str | Path, *extensions: str) -> bytes:
    """The first bytes of a file, unpacked; those of standard input are still there to be read.

    Raises:
        InputError: as `opened`.
    """
    if str(source) != "-":
        with opened(source, *extensions) as file:
            return file.read1(_BEGINNING)
    with ExitStack() as stack:
        return _start(_peek(_opened(source, "stdin", stack)))


def _opened(source: str | Path, where: str, stack: ExitStack) -> io.BufferedReader:
    if str(source) == "-":
        if sys.stdin is None:
            raise InputError("standard input is closed", where=where, hint="Give a file instead.")
        return cast(io.BufferedReader, sys.stdin.buffer)
    try:
        return stack.enter_context(Path(source).open("rb"))
    except ValueError as error:  # a NUL in the name
        raise _unreadable(where, str(error)) from error


def _unreadable(where: str, reason: str) -> InputError:
    return InputError(
        f"cannot read the file: {reason}",
        where=where,
        hint="Check the name, and that you may read the file.",
    )


def _peek(file: io.BufferedReader) -> bytes:
    """Some of the next bytes of a file, which stay there; at least one if there is one."""
    if hasattr(file, "peek"):
        return file.peek(_BEGINNING)
    at = file.tell()  # what stands for standard input in a program that calls us
    data = file.read(_BEGINNING)
    file.seek(at)
    return data


def _start(data: bytes) -> bytes:
    """The first bytes of a file, unpacked as far as they go."""
    try:
        if data.startswith(_GZIP):
            return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, _BEGINNING)
        if data.startswith(_ZIP) and len(data) > 30:
            method, names, extra = struct.unpack("<8xH16xHH", data[:30])
            data = data[30 + names + extra :]
            if method == zipfile.ZIP_DEFLATED:
                return zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, _BEGINNING)
    except zlib.error:
        return b""  # `opened` tells what is wrong
    return data


def _unpacked(
    file: io.BufferedReader, where: str, extensions: tuple[str, ...], stack: ExitStack
) -> io.BufferedIOBase:
    first = _peek(file)
    if first.startswith(_GZIP):
        return stack.enter_context(gzip.GzipFile(fileobj=file))
    if not first.startswith(_ZIP):
        return file
    whole: BinaryIO = file
    if not file.seekable():  # the list of what is in a zip file stands at its end
        spooled = stack.enter_context(tempfile.SpooledTemporaryFile(_HELD))  # noqa: SIM115
        shutil.copyfileobj(file, spooled)
        whole = cast(BinaryIO, spooled)
    archive = stack.enter_context(zipfile.ZipFile(whole))
    return _member(archive, where, extensions, stack)


def _member(
    archive: zipfile.ZipFile, where: str, extensions: tuple[str, ...], stack: ExitStack
) -> io.BufferedIOBase:
    """The only file of an archive, or the only one with such an extension."""
    files = [
        one
        for one in archive.infolist()
        if not one.is_dir() and not one.filename.startswith("__MACOSX/")
    ]
    wanted = [one for one in files if one.filename.lower().endswith(extensions)] or files
    if len(wanted) != 1:
        held = ", ".join(one.filename for one in wanted[:5]) + (" …" if len(wanted) > 5 else "")
        raise InputError(
            f"the zip file holds {len(wanted)} files{f': {held}' if wanted else ''}",
            where=where,
            hint="Unpack it, and give the one to read.",
        )
    try:
        return cast(io.BufferedIOBase, stack.enter_context(archive.open(wanted[0])))
    except (RuntimeError, NotImplementedError) as error:  # a password, an unknown compression
        raise InputError(
            f"the zip file cannot be unpacked: {error}", where=where, hint="Unpack it yourself."
        ) from error
