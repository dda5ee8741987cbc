"""Termbases: curated names and terms, one module a format.

read("central-asia.csv")               →  its concepts
write(Path("central-asia.tbx"), those)  →  what the format could not hold
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from aligner import languages
from aligner.errors import InputError, UsageError
from aligner.formats import atomic, source
from aligner.formats.decode import decode
from aligner.records import Concept

# What can be written, and the extension by which it is chosen, the first of those that share it.
FORMATS = {
    "csv": ".csv",
    "tsv": ".tsv",
    "tbx": ".tbx",  # version 3, DCT
    "tbx-dca": ".tbx",  # version 3
    "tbx-v2": ".tbx",  # what OmegaT and older tools read
    "omegat": ".txt",
}

_TABLES = {".csv", ".tsv"}
_XML = {".tbx", ".xml"}
_OMEGAT = {".txt", ".utf8", ".tab"}
_LARGEST = 1 << 28  # bytes; the largest public termbases (IATE in two languages) have half of that


def read(
    path: str | Path, *, langs: Sequence[str] = (), encoding: str | None = None
) -> tuple[Concept, ...]:
    """Read a termbase: CSV, TSV, TBX of any version, or a glossary of OmegaT.

    The format goes by the extension; that of standard input, and of a file without one, shows in
    its content.

    Args:
        path: the file, "-" for standard input.
        langs: the two languages of a glossary of OmegaT, if its name does not tell.
        encoding: that of a text file, if neither UTF-8 nor UTF-16.

    Raises:
        InputError: the file is missing, too large, or broken; it names the line, and the column.
        EncodingError: it is not in UTF-8, UTF-16 or the encoding given.
        UsageError: the languages of a glossary of OmegaT are not known.
    """
    from aligner.formats.termbases import csv, omegat, tbx

    where = source.name(path)
    extension = "" if str(path) == "-" else Path(path).suffix.lower()
    if extension not in {"", *_TABLES, *_XML, *_OMEGAT}:
        raise InputError(
            f'"{extension}" is not a termbase format that can be read',
            where=where,
            hint="Export it as CSV or TBX.",
        )
    data = source.read(path, _LARGEST)
    if extension in _XML or (not extension and _is_xml(data)):
        return tuple(tbx.read(data, where))
    text = decode(data, where, encoding, _likely())
    if extension in _OMEGAT and not csv.is_table(text):
        return tuple(omegat.read(text, where, omegat.pair(langs, path)))
    return tuple(csv.read(text, where))


def write(
    path: Path, concepts: Sequence[Concept], *, to: str | None = None, langs: Sequence[str] = ()
) -> tuple[str, ...]:
    """Write a termbase; the file is replaced only when all is written.

    Args:
        path: the file.
        concepts: its entries.
        to: one of `FORMATS`, by default as the extension says.
        langs: the languages to write, in their order; by default all.

    Returns:
        What the format could not hold, one sentence a kind.

    Raises:
        UsageError: there is no such format, or OmegaT's two languages are not known.
        OutputError: the file cannot be written.
    """
    to = to or _format(path)
    if to == "omegat":
        from aligner.formats.termbases import omegat

        langs = omegat.pair(langs, path)
    with atomic.replace(path) as file:
        return dump(file, concepts, to=to, langs=langs)


def dump(
    file: BinaryIO, concepts: Sequence[Concept], *, to: str, langs: Sequence[str] = ()
) -> tuple[str, ...]:
    """Write a termbase to an open file; see `write`."""
    codes = [languages.check(lang) for lang in langs]
    codes = codes or list(dict.fromkeys(lang for one in concepts for lang in one.terms))
    if to in {"csv", "tsv"}:
        from aligner.formats.termbases import csv

        return csv.write(file, concepts, codes, to)
    if to == "omegat":
        from aligner.formats.termbases import omegat

        return omegat.write(file, concepts, omegat.pair(langs, "stdout"))
    if to in FORMATS:
        from aligner.formats.termbases import tbx_write

        return tbx_write.write(file, concepts, codes, to)
    raise UsageError(
        f'there is no termbase format "{to}"', hint=f"Give one of: {', '.join(FORMATS)}."
    )


def _format(path: Path) -> str:
    """The format that an extension stands for."""
    extension = path.suffix.lower()
    extension = ".txt" if extension in _OMEGAT else extension
    found = next((name for name, own in FORMATS.items() if own == extension), None)
    if found is None:
        raise UsageError(
            f'"{extension}" does not say in which format to write',
            where=str(path),
            hint=f"Say it with --to: {', '.join(FORMATS)}.",
        )
    return found


def _is_xml(data: bytes) -> bool:
    """Whether a file begins as XML does, in UTF-8 or UTF-16."""
    return data[:64].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")


def _likely() -> tuple[str, ...]:
    """The legacy encodings of the languages that we have data on."""
    found = (name for code in languages.known() for name in languages.get(code).encodings)
    return tuple(dict.fromkeys(found))
