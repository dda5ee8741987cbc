"""The texts that are aligned: their sentences, and the language they are in.

ARTICLE.en.txt  ARTICLE_ky.html  ARTICLE-ru.md  corpus.ru     the name says it
ARTICLE.txt                                                   else the text itself may
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from aligner import formats, languages, segmentation
from aligner.errors import InputError, UsageError
from aligner.formats import txt
from aligner.formats.decode import decode
from aligner.formats.source import name as name_of
from aligner.formats.source import read as read_bytes
from aligner.languages.codes import is_known, language
from aligner.languages.detection import detect
from aligner.records import Document, Kind
from aligner.segmentation import Rules
from aligner.text import for_translation

_UNKNOWN = "und"  # as ISO 639-2 has it
_NAMED = re.compile(r"(?:^|[._-])([A-Za-z]{2,3})(?:[-_][A-Z]{2})?$")
_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Text:
    """A text, cut into sentences.

    Attributes:
        name: the file, "stdin" for standard input.
        lang: its language.
        sentences: in order, each on one line.
        ids: "paragraph.sentence" of each.
        places: the index of each in files of beads: of sentences, or of lines where the text came
            with one sentence a line.
        lines: how many of these there are in all.
        kinds: what each stands in: a heading, body text …; empty where nothing is known of it.
    """

    name: str
    lang: str
    sentences: tuple[str, ...]
    ids: tuple[str, ...]
    places: tuple[int, ...]
    lines: int
    kinds: tuple[Kind, ...] = ()

    @property
    def paragraphs(self) -> tuple[int, ...]:
        """The number of each sentence's paragraph, rising."""
        return tuple(int(one.partition(".")[0]) for one in self.ids)


def read(
    paths: Sequence[str],
    langs: Sequence[str] = (),
    *,
    presegmented: bool = False,
    encoding: str | None = None,
    rules: Rules | None = None,
    unknown: bool = False,
) -> list[Text]:
    """Read texts and find out their languages.

    Args:
        paths: the files; one of them may be "-" for standard input.
        langs: their languages, "" for one that is to be found out; by default what the names
            say, else what the texts seem to be in.
        presegmented: each line is a sentence, and blank lines end paragraphs.
        encoding: that of the files, if neither UTF-8 nor UTF-16.
        rules: segmentation rules other than our own.
        unknown: take also presegmented texts whose language cannot be told, as "und".

    Raises:
        UsageError: there are fewer than two files, or a language cannot be told.
        InputError: a file cannot be read, or has no text.
    """
    if len(paths) < 2:
        raise UsageError(
            "there is nothing to align it with", hint="Give two texts or more, a language each."
        )
    if langs and len(langs) != len(paths):
        raise UsageError(
            f"there are {len(paths)} texts and {len(langs)} languages",
            hint="Give --langs a language for each text, in their order.",
        )
    if paths.count("-") > 1:
        raise UsageError("standard input can be read only once", hint="Give - once.")
    given = [_checked(lang) for lang in langs] or [""] * len(paths)
    for path in paths:
        if Path(path).is_dir():
            raise InputError(
                "it is a folder, not a text",
                where=path,
                hint="Give the texts in it, or the folder to `aligner align-dir`.",
            )
    if presegmented:
        return [
            _lines_of(path, lang, encoding, unknown=unknown)
            for path, lang in zip(paths, given, strict=True)
        ]
    return [
        _segmented(path, lang, encoding, rules) for path, lang in zip(paths, given, strict=True)
    ]


def mistaken(texts: Iterable[Text]) -> list[tuple[Text, str]]:
    """The texts that seem to be in another language than they are said to be, and in which.

    What is said to be in a language without a code of two letters is believed: only the larger
    ones can be told from ours (`aligner.languages.detection`).
    """
    found = [(text, detect("\n".join(text.sentences))) for text in texts]
    return [
        (text, lang) for text, lang in found if lang not in ("", text.lang) and is_known(text.lang)
    ]


def repeated(texts: Sequence[Text]) -> list[tuple[Text, Text]]:
    """The texts that are the same as another, letter for letter, with the first of that kind."""
    first: dict[tuple[str, ...], Text] = {}
    found = [(text, first.setdefault(text.sentences, text)) for text in texts]
    return [(text, other) for text, other in found if other is not text]


def read_translation(path: str, of: Text, encoding: str | None = None) -> tuple[str, ...]:
    """Read ready MT of a text: a line for each sentence, or for each line of its file.

    Raises:
        InputError: it cannot be read, has no text, or another number of lines.
    """
    lines = _lines(path, encoding)
    if not any(lines):
        raise InputError(
            "there is no translation in it",
            where=name_of(path),
            hint="Give a line for each sentence, or leave --mt out.",
        )
    if len(lines) == len(of.sentences):
        return tuple(lines)
    if len(lines) == of.lines:
        return tuple(lines[place] for place in of.places)
    expected = _number(len(of.sentences), "sentence")
    if of.lines != len(of.sentences):
        expected += f" in {of.lines} lines"
    raise InputError(
        f"it has {_number(len(lines), 'line')}, and {of.name} has {expected}",
        where=name_of(path),
        hint="It must be the translation of that text, a line for each of its sentences.",
    )


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def language_in_name(path: str) -> str:
    """The language that the name of a file ends with; "" if it does not.

    >>> language_in_name("news/ARTICLE_ky.html"), language_in_name("corpus.ru")
    ('ky', 'ru')
    """
    return _parts(path)[1]


def name_without_language(path: str) -> str:
    """What the files of a text and its translations have in common.

    >>> name_without_language("news/ARTICLE_ky.html"), name_without_language("corpus.ru")
    ('ARTICLE', 'corpus')
    """
    return _parts(path)[0]


def _parts(path: str) -> tuple[str, str]:
    suffix, stem = Path(path).suffix, Path(path).stem
    for name, rest in ((suffix, stem), (stem, "")):
        found = _NAMED.search(name)
        if found and is_known(found[1]):
            return rest or stem[: found.start()] or stem, language(found[1])
    return stem, ""


def _checked(lang: str) -> str:
    """A language code as we write it, "" for none.

    Raises:
        UsageError: it is no code.
    """
    if not lang.strip():
        return ""
    code = language(languages.check(lang.strip()))
    if len(code) == 2 and not is_known(code):
        raise UsageError(
            f'there is no language "{lang.strip()}"',
            hint="Give its ISO 639 code, such as ky for Kyrgyz.",
        )
    return code


def _document(path: str, lang: str, encoding: str | None) -> Document:
    """A document of any format; one with a language for its extension is plain text."""
    if not is_known(Path(path).suffix[1:]):
        return formats.read(path, lang, encoding)
    text = decode(read_bytes(path), name_of(path), encoding, languages.get(lang).encodings)
    blocks = tuple(txt.read(text, lang))
    if not blocks:
        raise _nothing_in(path)
    return Document(formats.slug(Path(path).name), lang, "", blocks)


def _nothing_in(path: str) -> InputError:
    return InputError(
        "there is nothing to read in it",
        where=name_of(path),
        hint="Give a file that has some text.",
    )


def _segmented(path: str, lang: str, encoding: str | None, rules: Rules | None) -> Text:
    """A text of any format, cut into sentences by rules."""
    document = _document(path, lang or language_in_name(path) or _UNKNOWN, encoding)
    lang = lang or _language(path, (block.text for block in document.blocks))
    segments = list(segmentation.segment_document(replace(document, lang=lang), rules))
    return Text(
        name=name_of(path),
        lang=lang,
        sentences=tuple(for_translation(segment.text) for segment in segments),
        ids=tuple(segment.id for segment in segments),
        places=tuple(range(len(segments))),
        lines=len(segments),
        kinds=tuple(document.blocks[segment.block].kind for segment in segments),
    )


def _lines_of(path: str, lang: str, encoding: str | None, *, unknown: bool) -> Text:
    """A text that has a sentence on every line."""
    lines = _lines(path, encoding)
    places = [place for place, line in enumerate(lines) if line]
    if not places:
        raise _nothing_in(path)
    return Text(
        name=name_of(path),
        lang=lang or _language(path, lines, unknown=unknown),
        sentences=tuple(lines[place] for place in places),
        ids=tuple(_ids(lines)),
        places=tuple(places),
        lines=len(lines),
    )


def _lines(path: str, encoding: str | None) -> list[str]:
    lines = _LINE_END.split(decode(read_bytes(path), name_of(path), encoding))
    return [for_translation(line) for line in (lines if lines[-1] else lines[:-1])]


def _ids(lines: Iterable[str]) -> Iterator[str]:
    """The id of each line that has text: "paragraph.sentence"."""
    paragraph, sentence = 1, 0
    for line in lines:
        if line:
            sentence += 1
            yield f"{paragraph}.{sentence}"
        elif sentence:
            paragraph, sentence = paragraph + 1, 0


def _language(path: str, sentences: Iterable[str], *, unknown: bool = False) -> str:
    """What the name says, unless that is by chance, as in `how-to.txt`; else what the text says."""
    named, seen = language_in_name(path), detect("\n".join(sentences))
    found = named if named in languages.known() or not seen else seen
    found = found or (_UNKNOWN if unknown else "")
    if not found:
        raise UsageError(
            "its language does not show",
            where=name_of(path),
            hint="Give the languages of the texts in their order, as --langs en,ru,ky.",
        )
    return found
