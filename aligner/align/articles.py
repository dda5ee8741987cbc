"""The articles of a folder: which files are the same text in several languages.

    ARTICLE.en.txt  ARTICLE_ru.html        a name may end with the language, or be it: a/en.txt
    corpus.en  corpus.ru                   it may be the extension
    en/news/a.txt  ru/news/a.txt           or any folder, news-en/a.txt too
    english/a.en.txt  russian/a.ru.txt     or several of these

Short words are codes of languages, too: `how-to.txt` may be in Tongan. So a name is read in all
ways that there are, and that one counts by which it has most languages beside it; those asked for
count first, or else those that we have data on.
"""

from __future__ import annotations

import os
import pkgutil
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from aligner import formats, languages
from aligner.align.texts import language_in_name, name_without_language
from aligner.errors import InputError, UsageError
from aligner.formats.exchange.headings import language_of
from aligner.languages.codes import is_known, language

# The direction of the toolkit: earlier ones are the source of later ones. All others follow.
_ORDER = ("en", "ru", "ky")
_CODE = r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?"

# A language, and what a name is without it.
_Reading = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Article:
    """A text in several languages.

    Attributes:
        name: what the names of its files have in common, with "/" between folders.
        files: by language, in the order in which they are to be aligned.
        rivals: files by language of which only one can be right; they are not in `files`.
    """

    name: str
    files: tuple[tuple[str, Path], ...]
    rivals: tuple[tuple[str, tuple[Path, ...]], ...] = ()

    @property
    def langs(self) -> tuple[str, ...]:
        """Its languages, in their order."""
        return tuple(lang for lang, _ in self.files)

    def names(self) -> dict[str, str]:
        """Its files by language, as they are called."""
        return {lang: str(path) for lang, path in self.files}

    def paths(self) -> Iterator[Path]:
        """All its files, rivals too."""
        yield from (path for _, path in self.files)
        yield from (path for _, paths in self.rivals for path in paths)

    @property
    def is_alone(self) -> bool:
        """Whether there is nothing to align: one language, and no rivals for another."""
        return len(self.files) < 2 and not self.rivals


@dataclass(frozen=True, slots=True)
class Found:
    """What is in a folder.

    Attributes:
        articles: by name.
        langs: all their languages, in the order in which they are to be aligned.
        unnamed: the files whose names say no language, or do not fit the pattern.
        unread: how many files there are of formats that are no text, by extension.
    """

    articles: tuple[Article, ...]
    langs: tuple[str, ...]
    unnamed: tuple[Path, ...]
    unread: Counter[str]


def find(
    folder: Path,
    langs: Sequence[str] = (),
    pattern: str = "",
    ours: Collection[Path] = (),
) -> Found:
    """Find the articles below a folder.

    Hidden files and folders are left out, and links to folders are not followed.

    Args:
        folder: where to look.
        langs: the languages to take, in their order; by default all, English, Russian and Kyrgyz
            first.
        pattern: what the names of files look like, as "{lang}/{name}.txt"; * stands for anything
            but "/". By default the usual ones are known.
        ours: files to leave out.

    Raises:
        InputError: a folder cannot be read.
        UsageError: the pattern lacks {lang} or {name}.
    """
    read = _by_pattern(pattern) if pattern else _readings
    known: list[tuple[Path, list[_Reading]]] = []
    unnamed: list[Path] = []
    unread: Counter[str] = Counter()
    for path in _walk(folder, {one.name: one.resolve() for one in ours}):
        if not pattern and not _is_text(path):
            unread[path.suffix.lower()] += 1
            continue
        name = PurePosixPath(path.relative_to(folder).as_posix())
        readings = [(lang, _name(rest) or folder.resolve().name) for lang, rest in read(name)]
        wanted = [one for one in readings if not langs or one[0] in langs]
        if wanted:
            known.append((path, wanted))
        elif not readings:
            unnamed.append(path)
    order = langs or _ORDER
    articles = tuple(_articles(known, order, frozenset(langs or languages.known())))
    spoken = {lang for article in articles for lang in article.langs}
    return Found(articles, _in_order(spoken, order), tuple(unnamed), unread)


def _articles(
    known: Sequence[tuple[Path, Sequence[_Reading]]],
    order: Sequence[str],
    likely: frozenset[str],
) -> Iterator[Article]:
    spoken: defaultdict[str, set[str]] = defaultdict(set)
    for _, readings in known:
        for lang, name in readings:
            spoken[name].add(lang)
    files: defaultdict[str, defaultdict[str, list[Path]]] = defaultdict(lambda: defaultdict(list))
    for path, readings in known:
        # Of equals, max takes the first.
        lang, name = max(
            readings, key=lambda one: (len(spoken[one[1]] & likely), len(spoken[one[1]]))
        )
        files[name][lang].append(path)
    for name in sorted(files):
        paths = files[name]
        langs = _in_order(paths, order)
        yield Article(
            name,
            tuple((lang, paths[lang][0]) for lang in langs if len(paths[lang]) == 1),
            tuple((lang, tuple(paths[lang])) for lang in langs if len(paths[lang]) > 1),
        )


def _in_order(langs: Iterable[str], order: Sequence[str]) -> tuple[str, ...]:
    """Languages in a given order, all others behind."""
    first = {lang: place for place, lang in enumerate(order)}
    return tuple(sorted(langs, key=lambda lang: (first.get(lang, len(first)), lang)))


def _name(name: str) -> str:
    """A name as all file systems may have it: a Mac has й in two parts, Linux has any bytes."""
    return normalize("NFC", name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


def _walk(folder: Path, ours: Mapping[str, Path]) -> Iterator[Path]:
    """The files below a folder, by name, but for hidden ones and ours."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        raise InputError(
            f"the folder cannot be read: {error.strerror}",
            where=str(folder),
            hint="Check the name, and that you may read it.",
        ) from error
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith(".") or (
            entry.name in ours and ours[entry.name] == path.resolve()
        ):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(path, ours)
        elif entry.is_file():
            yield path


def _is_text(path: Path) -> bool:
    extension = path.suffix.lower()
    return extension in _extensions() or is_known(extension.removeprefix("."))


@cache
def _extensions() -> frozenset[str]:
    """The extensions of the formats that can be read; none is plain text."""
    modules = (
        import_module(f"{formats.__name__}.{found.name}")
        for found in pkgutil.iter_modules(formats.__path__)
    )
    return frozenset({""}.union(*(getattr(module, "EXTENSIONS", ()) for module in modules)))


def _readings(path: PurePosixPath) -> list[_Reading]:
    """All that a file's name may mean, the likeliest first."""
    stem = path.stem if path.suffix.lower() in _extensions() else path.name
    parts = [*path.parts[:-1], stem]
    places = {
        place: found
        for place in reversed(range(len(parts)))
        if (found := _in_part(path.name if place == len(parts) - 1 else parts[place]))
    }
    readings: dict[_Reading, None] = {}
    for lang in dict.fromkeys(lang for lang, _ in places.values()):
        own = [place for place, found in places.items() if found[0] == lang]
        for stripped in (own, *([place] for place in own)):
            rest = (
                places[place][1] if place in stripped else part for place, part in enumerate(parts)
            )
            readings[lang, "/".join(filter(None, rest))] = None
    return list(readings)


def _in_part(part: str) -> _Reading | None:
    """The language of a folder or file by its name, and the rest of that name."""
    whole = part
    if Path(part).suffix.lower() in _extensions():
        whole = Path(part).stem
    if (named := language_of(whole)) and is_known(named):
        return named, ""
    lang = language_in_name(part)
    return (lang, name_without_language(part)) if lang else None


def _by_pattern(pattern: str) -> Callable[[PurePosixPath], list[_Reading]]:
    """What reads names as a pattern says.

    Raises:
        UsageError: it lacks {lang} or {name}.
    """
    groups = {"{lang}": f"(?P<lang>{_CODE})", "{name}": "(?P<name>.+)", "*": "[^/]*"}
    expression = ""
    for part in re.split(r"(\{lang\}|\{name\}|\*)", pattern):
        group = groups.get(part, re.escape(part))
        expression += f"(?P={part[1:-1]})" if "?P<" in group and group in expression else group
    if "(?P<lang>" not in expression or "(?P<name>" not in expression:
        raise UsageError(
            f'the pattern "{pattern}" does not say where language and name stand',
            hint='Give one such as "{lang}/{name}.txt" or "{name}-{lang}.html".',
        )
    matches = re.compile(expression).fullmatch

    def read(path: PurePosixPath) -> list[_Reading]:
        found = matches(str(path))
        return [(language(found["lang"]), found["name"])] if found else []

    return read
