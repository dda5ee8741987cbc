"""Moses: plain parallel files, one for each language, whose lines with one number belong together.

    corpus.en    It rained.
    corpus.ru    Шёл дождь.

The one format of several files; `PREFIX.LANG` is what OPUS, Moses and most training tools take. It
holds texts and nothing else: a line break in a text becomes a space, and where a unit has no text
in a language, its line is empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import BinaryIO

from aligner.entries import Bundle, Entry, Header, Variant
from aligner.errors import InputError, UsageError
from aligner.formats import atomic
from aligner.formats.exchange.headings import language_of
from aligner.formats.exchange.lines import lines
from aligner.formats.exchange.losses import NO_TEXT, OTHERS, UNENCODED, Losses, of_details, of_text

NAME = "moses"

_PACKED = ".gz"
_BREAKS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")  # what str.splitlines() splits at
_BROKEN_LINES = "line breaks, which are spaces now,"


def files(source: str | Path, langs: Sequence[str] = ()) -> dict[str, Path]:
    """The files of a corpus by language, given any one of them or what their names begin with.

    Args:
        source: `corpus`, `corpus.en`, `corpus.en.gz`.
        langs: its languages, in their order; by default all that have a file.

    Returns:
        The files there are; none if the name is not that of a corpus.
    """
    path = Path(source)
    found = {} if path.is_file() else dict(_files(path))
    if len(found) < 2 and _lang_of(path):
        found = dict(_files(prefix(path)))
    return {lang: found[lang] for lang in langs if lang in found} if langs else found


def _files(stem: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(stem.parent.glob(f"{_literally(stem.name)}.*")):
        lang = _lang_of(path)
        if lang and _stem(path) == stem:
            yield lang, path


def _literally(name: str) -> str:
    return re.sub(r"([*?[])", r"[\1]", name)


def _bare(path: Path) -> Path:
    return path.with_suffix("") if path.suffix == _PACKED else path


def _lang_of(path: Path) -> str:
    """The language that a file's name ends with; "" if it ends with none."""
    return language_of(_bare(path).suffix.removeprefix(".")) or ""


def _stem(path: Path) -> Path:
    return _bare(path).with_suffix("")


def prefix(target: str | Path) -> Path:
    """What the names of parallel files begin with, given that, one of them, or PREFIX.moses."""
    path = Path(target)
    return _stem(path) if is_name(path) else path


def is_name(target: str | Path) -> bool:
    """Whether a name is that of parallel files: it ends with a language, or with .moses."""
    path = Path(target)
    return bool(_lang_of(path)) or path.suffix == ".moses"


def read(source: str | Path, langs: Sequence[str] = ()) -> Bundle:
    """Read parallel files, one unit a line.

    Args:
        source: any one of the files, or what their names begin with.
        langs: as for `files`; the first is the source language.

    Raises:
        InputError: there are no such files, or they do not have the same number of lines.
    """
    found = files(source, langs)
    lacking = [lang for lang in langs if lang not in found]
    if len(found) < 2 or lacking:
        told = ", ".join(path.name for path in found.values()) or "none"
        raise InputError(
            f"parallel files have a language each, as corpus.en and corpus.ru; found here: {told}",
            where=str(source),
            hint="Give one of the files, or what their names begin with"
            + (f"; there is none for {', '.join(lacking)}." if lacking else "."),
        )
    _check_lengths(found)
    first = next(iter(found))
    return Bundle(_entries(found, first), Header(first))


def _check_lengths(found: Mapping[str, Path]) -> None:
    """Refuse files that have not the same number of lines: nobody knows where they part."""
    lengths = {path: sum(1 for _ in lines(path, newline="\n")) for path in found.values()}
    if len(set(lengths.values())) > 1:
        shortest = min(lengths.values())
        told = ", ".join(f"{path.name} {length:,}" for path, length in lengths.items())
        raise InputError(
            f"the files have not the same number of lines: {told}",
            where=f"{max(lengths, key=lambda path: lengths[path])}:{shortest + 1}",
            hint="A line is lacking, or was broken in two: find the place before you go on, "
            "for behind it texts stand beside translations of others.",
        )


def _entries(found: Mapping[str, Path], source_lang: str) -> Iterator[Entry]:
    texts = [lines(path, newline="\n") for path in found.values()]
    for number, together in zip(count(1), zip(*texts, strict=True), strict=False):
        variants = tuple(
            Variant(lang, text)
            for lang, (_, line) in zip(found, together, strict=True)
            if (text := line.removesuffix("\n").removesuffix("\r"))
        )
        if variants:
            yield Entry("", variants, source_lang, line=number)


def write(stem: Path, bundle: Bundle, langs: Sequence[str] = ()) -> tuple[str, ...]:
    """Write parallel files; they are replaced only when all are written.

    Args:
        stem: what their names begin with.
        bundle: its entries are taken as they are written.
        langs: the languages; by default all.

    Returns:
        What they cannot hold, a sentence each.

    Raises:
        UsageError: there are no languages to name the files by.
        OutputError: a file cannot be written.
        InputError: the bundle's own file is damaged.
    """
    losses = Losses("parallel files")
    losses.header(bundle)
    with ExitStack() as stack:
        out = _Files(stem, stack, losses)
        for lang in langs:
            out.open(lang)
        for entry in bundle.entries:
            chosen = langs or tuple(dict.fromkeys(one.lang for one in entry.variants if one.lang))
            texts = {lang: one.text for lang in chosen if (one := entry.variant(lang))}
            if any(map(str.strip, texts.values())):
                out.put(texts)
                losses.add(*of_text(entry, chosen), *of_details(entry, *entry.variants))
                if not langs and not all(one.lang for one in entry.variants):
                    losses.add(OTHERS)  # there is nothing to name their file by
            else:
                losses.add(NO_TEXT)
        out.check()
    return losses.told()


class _Files:
    """The files that are written, with the same number of lines at any time."""

    def __init__(self, stem: Path, stack: ExitStack, losses: Losses) -> None:
        self._stem = stem
        self._stack = stack
        self._losses = losses
        self._files: dict[str, BinaryIO] = {}
        self._lines = 0

    def open(self, lang: str) -> None:
        """Begin the file of a language; units before its first have no text in it."""
        path = self._stem.with_name(f"{self._stem.name}.{lang}")
        self._files[lang] = self._stack.enter_context(atomic.replace(path))
        for _ in range(self._lines):
            self._files[lang].write(b"\n")

    def put(self, texts: Mapping[str, str]) -> None:
        """Write a line to each file."""
        for lang in texts.keys() - self._files.keys():
            self.open(lang)
        lost = set()
        for lang, file in self._files.items():
            text = texts.get(lang, "")
            line = _BREAKS.sub(" ", text)
            if line != text:
                lost.add(_BROKEN_LINES)
            try:
                file.write(line.encode() + b"\n")
            except UnicodeEncodeError:
                lost.add(UNENCODED)
                file.write(line.encode(errors="replace") + b"\n")
        self._lines += 1
        self._losses.add(*lost)

    def check(self) -> None:
        """Refuse to end without a file.

        Raises:
            UsageError: there is none.
        """
        if not self._files:
            raise UsageError(
                "there is no unit, and so no language to name a file by",
                where=str(self._stem),
                hint="Name the languages: --langs en,ru.",
            )
