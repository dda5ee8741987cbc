"""Glossaries of OmegaT: source, target and comment with tabs between, one pair of languages a file.

https://omegat.sourceforge.io/manual-standard/en/chapter.glossaries.html. OmegaT takes `.utf8` for
UTF-8, but `.txt` for the system's encoding, unless a byte order mark tells: so we write one, which
it skips in either. A line that begins with "#" is a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from aligner import languages
from aligner.errors import InputError, UsageError
from aligner.formats.termbases.losses import Losses
from aligner.records import Concept, Status, Term, Wording

_IN_NAME = re.compile(r"\.([a-z]{2,3})-([a-z]{2,3})\.\w+", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|\r|\n")
_BREAKS = re.compile(r"[\t\r\n]+")


def pair(langs: Sequence[str], path: str | Path) -> tuple[str, str]:
    """The languages of a glossary: those given, or those in its name, as in `terms.en-ru.txt`.

    Raises:
        UsageError: neither tells two.
    """
    named = _IN_NAME.search(Path(path).name)
    given = langs or (named.groups() if named else ())
    if len(given) != 2:
        raise UsageError(
            "a glossary of OmegaT has two languages, a source and a target",
            where=str(path),
            hint="Give them as --langs en,ru, or in the name, as in terms.en-ru.txt.",
        )
    return languages.check(given[0]), languages.check(given[1])


def read(text: str, where: str, langs: tuple[str, str]) -> Iterator[Concept]:
    """Read a glossary, each line a concept of its own.

    Args:
        text: the whole file.
        where: its name, for errors.
        langs: its source and target language.

    Raises:
        InputError: a line has no target; it names the line.
    """
    for number, line in enumerate(_LINE_END.split(text), start=1):
        source, *rest = line.split("\t")
        if line.startswith("#") or not line.strip():
            continue
        if not source.strip() or not rest or not rest[0].strip():
            raise InputError(
                "the line has no term and translation with a tab between them",
                where=f"{where}:{number}",
                hint="Write source, tab, target; or give a .csv or .tbx file.",
            )
        terms = zip(langs, (source, rest[0]), strict=True)
        yield Concept(
            f"r{number}",
            {lang: Term(Wording(wording)) for lang, wording in terms},
            note=" ".join(rest[1:]),
        )


def write(file: BinaryIO, concepts: Sequence[Concept], langs: tuple[str, str]) -> tuple[str, ...]:
    """Write a glossary: a line for each wording of a source, with the preferred one of the target.

    Args:
        file: written to its end.
        concepts: those without a term in either language are left out.
        langs: source and target language.

    Returns:
        What it cannot hold, a sentence each.
    """
    losses = Losses()
    file.write("\ufeff".encode())
    for number, concept in enumerate(concepts):
        source, target = (_term(concept, lang) for lang in langs)
        if source is None or target is None:
            losses.add("left out, for want of a term in both languages", number)
            continue
        for what in _lost(concept, source, target):
            losses.add(what, number)
        comment = _comment(concept.note, target)
        for wording in (source.preferred, *source.variants):
            cells = (wording.text, target.preferred.text, comment)
            if any(cell != _flat(cell) for cell in cells):
                losses.add("tabs and line breaks become spaces", number)
            line = "\t".join(map(_flat, cells)).rstrip("\t")
            if line.startswith("#"):
                losses.add("a term that begins with # would be a comment: left out", number)
            else:
                file.write(f"{line}\n".encode(errors="replace"))
    return losses.told()


def _term(concept: Concept, lang: str) -> Term | None:
    """The term in a language; what is not translated has the same in each."""
    if lang in concept.terms or not concept.do_not_translate:
        return concept.terms.get(lang)
    return next(iter(concept.terms.values()), None)


def _comment(note: str, target: Term) -> str:
    others = {"also": target.variants, "not": target.forbidden}
    told = (
        f"{what}: {', '.join(wording.text for wording in wordings)}"
        for what, wordings in others.items()
        if wordings
    )
    return "; ".join(filter(None, (note, *told)))


def _flat(cell: str) -> str:
    return _BREAKS.sub(" ", cell)


def _lost(concept: Concept, source: Term, target: Term) -> Iterator[str]:
    """What of a concept has no place."""
    wordings = [
        wording
        for term in (source, target)
        for wording in (term.preferred, *term.variants, *term.forbidden)
    ]
    has = {
        "ids": True,
        "categories, parts of speech and sources": concept.category
        or concept.pos
        or concept.source,
        "statuses": {source.status, target.status} != {Status.PROPOSED},
        "features and forms of wordings": any(one.features or one.forms for one in wordings),
        "forbidden wordings of the source": source.forbidden,
        "marks of case sensitivity": concept.case_sensitive,
        "further fields": concept.extra,
    }
    yield from (f"{what} have no place in OmegaT's format" for what in has if has[what])
    if target.variants or target.forbidden:
        yield "variants and forbidden wordings of the target stand in the comment"
