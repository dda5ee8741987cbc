"""Publications as Markdown: CommonMark 0.31, and for columns a table of GitHub Flavored Markdown.

What nobody has reviewed begins with a dagger, as the notice does that says so. Markdown names no
languages, so that headings and the order tell them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import BinaryIO

from aligner.formats.publications import Form, Layout, Passage, Publication, Run, Text
from aligner.formats.publications.labels import labels
from aligner.records import Kind

_DAGGER = "†\u00a0"
_SPECIAL = re.compile(r"[\\`*_\[\]<>&!~|$]")
_NUMBERED = re.compile(r"\d{1,9}(?=[.)])")
_PLAIN_CODE = re.compile(r"[^`|\s](?:[^`|]*[^`|\s])?")
_IN_LINK = {"<": "%3C", ">": "%3E", "\\": "%5C", "|": "%7C", "`": "%60", " ": "%20"}


def write(file: BinaryIO, publication: Publication, layout: Layout) -> tuple[str, ...]:
    """Write a publication as Markdown, so that its text is read again as it was."""
    blocks = _target(publication) if layout is Layout.TARGET else _together(publication, layout)
    file.write("\n\n".join(filter(None, blocks)).encode("utf-8") + b"\n")
    return ()


def _together(publication: Publication, layout: Layout) -> Iterator[str]:
    first, *others = publication.langs
    yield f"# {_said(publication, first, publication.titles[first])}"
    for lang in others:
        yield _bold(publication, lang, publication.titles[lang])
    yield _source(publication, first)
    for lang in publication.langs:
        yield _notice(publication, lang)
    if layout is Layout.COLUMNS:
        yield "\n".join(_table(publication))
    else:
        for passage in publication.passages:
            yield from _interleaved(publication, passage)
    yield from _foot(publication)


def _target(publication: Publication) -> Iterator[str]:
    first = publication.langs[0]
    for lang in publication.langs:
        below = int(lang != first)
        yield f"#{'#' * below} {_said(publication, lang, publication.titles[lang])}"
        yield _source(publication, lang)
        yield _notice(publication, lang)
        for is_list, passages in groupby(publication.passages, key=_is_item):
            blocks = [_block(publication, lang, one, below) for one in passages]
            yield ("\n" if is_list else "\n\n").join(blocks)
    yield from _foot(publication)


def _table(publication: Publication) -> Iterator[str]:
    langs = publication.langs
    yield _row([_escaped(labels(lang).language) for lang in langs])
    yield _row(["---"] * len(langs))
    for one in publication.passages:
        yield _row([_cell(publication, lang, one) for lang in langs])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(publication: Publication, lang: str, one: Passage) -> str:
    text = one.texts[lang]
    if one.kind is Kind.HEADING:
        said = _bold(publication, lang, text, in_table=True)
    else:
        said = _said(publication, lang, _looking(one, text), in_table=True)
    if _is_item(one):
        mark = f"{one.number}\\." if one.form is Form.NUMBERED else "•"
        return f"{mark} {said}"
    return said


def _interleaved(publication: Publication, one: Passage) -> Iterator[str]:
    first, *others = publication.langs
    if one.kind is Kind.HEADING:
        yield _block(publication, first, one, 0)
        for lang in others:
            yield _bold(publication, lang, one.texts[lang])
    elif _is_item(one):
        mark = _mark(one)
        said = [_begun(_said(publication, lang, one.texts[lang])) for lang in publication.langs]
        yield mark + f"\n\n{' ' * len(mark)}".join(said)
    else:
        for lang in publication.langs:
            yield _block(publication, lang, one, 0)


def _block(publication: Publication, lang: str, one: Passage, below: int) -> str:
    """A passage in a language; headings lowered by some levels."""
    text = one.texts[lang]
    if one.kind is Kind.HEADING:
        return f"{'#' * min(6, one.level + below)} {_said(publication, lang, text)}"
    said = _begun(_said(publication, lang, _looking(one, text)))
    if _is_item(one):
        return _mark(one) + said
    return f"> {said}" if one.kind is Kind.BODY and one.form is Form.QUOTE else said


def _is_item(one: Passage) -> bool:
    return one.kind is Kind.BODY and one.form in (Form.ITEM, Form.NUMBERED)


def _mark(one: Passage) -> str:
    return f"{one.number}. " if one.form is Form.NUMBERED else "- "


def _looking(one: Passage, text: Text) -> Text:
    """The text of a passage, that of a caption in italics."""
    if one.kind is not Kind.CAPTION:
        return text
    return replace(text, runs=tuple(replace(run, is_italic=True) for run in text.runs))


def _bold(publication: Publication, lang: str, text: Text, *, in_table: bool = False) -> str:
    runs = tuple(replace(run, is_bold=True) for run in text.runs)
    return _begun(_said(publication, lang, replace(text, runs=runs), in_table=in_table))


def _said(publication: Publication, lang: str, text: Text, *, in_table: bool = False) -> str:
    dagger = _DAGGER if publication.mark(lang, text) else ""
    return dagger + _inline(text.runs, in_table=in_table)


def _source(publication: Publication, lang: str) -> str:
    source = publication.source
    if source is None:
        return ""
    return f"{_escaped(labels(lang).source)}: {_inline([Run(source.name, source.link)])}"


def _notice(publication: Publication, lang: str) -> str:
    notice = publication.notices.get(lang, "")
    return f"> {_DAGGER}{_escaped(notice)}" if notice else ""


def _foot(publication: Publication) -> Iterator[str]:
    credits = [line for lines in publication.credits.values() for line in lines]  # noqa: A001
    made = [publication.made[lang] for lang in publication.langs if lang in publication.made]
    if credits or made:
        yield "***"
    yield from (_begun(_escaped(line)) for line in (*credits, *made))


def _begun(line: str) -> str:
    """A line whose beginning is not taken for that of a heading or a list."""
    if line[:1] in "#+-=:":
        return f"\\{line}" if line else line
    number = _NUMBERED.match(line)
    return f"{number[0]}\\{line[number.end() :]}" if number else line


def _inline(runs: Sequence[Run], *, in_table: bool = False) -> str:
    """Runs as Markdown. Emphasis that could not be told from asterisks there is left out."""
    runs = list(_simplified(runs))
    parts = []
    for link, linked in groupby(enumerate(runs), key=lambda one: one[1].link):
        own = list(linked)
        indexes = range(own[0][0], own[-1][0] + 1)
        said = "".join(_run(runs, n, indexes, in_table=in_table) for n in indexes)
        parts.append(f"[{said}](<{_address(link)}>)" if link else said)
    return "".join(parts)


def _simplified(runs: Sequence[Run]) -> Iterator[Run]:
    """Runs in the looks that Markdown has, those that look the same joined."""
    for look, alike in groupby(runs, _look):
        yield replace(look, text="".join(run.text for run in alike))


def _look(run: Run) -> Run:
    """How a run looks in Markdown: code alone, and only where no backtick or bar is in it."""
    if run.is_code and _PLAIN_CODE.fullmatch(run.text):
        return Run("", run.link, is_code=True)
    return replace(
        run, text="", is_code=False, is_missing=False, is_italic=run.is_italic or run.is_missing
    )


def _run(runs: Sequence[Run], n: int, beside: range, *, in_table: bool) -> str:
    run = runs[n]
    if run.is_code:
        return f"`{run.text}`"
    core = run.text.strip()
    stars = "*" * (2 * run.is_bold + run.is_italic)
    if not stars or not core or not _stands_out(runs, n, beside):
        return _escaped(run.text, in_table=in_table)
    start = run.text.index(core)
    before, behind = run.text[:start], run.text[start + len(core) :]
    return f"{before}{stars}{_escaped(core, in_table=in_table)}{stars}{behind}"


def _stands_out(runs: Sequence[Run], n: int, beside: range) -> bool:
    """Whether asterisks around a run are read as its emphasis (CommonMark 0.31, section 6.2)."""
    text = runs[n].text
    for end, neighbour, inner, outer in ((0, n - 1, 0, -1), (-1, n + 1, -1, 0)):
        if text[end].isspace() or neighbour not in beside or not runs[neighbour].text:
            continue
        other = runs[neighbour]
        letter = other.text[outer]
        if letter.isspace():
            continue
        if other.is_bold or other.is_italic or other.is_code:
            return False
        if _is_mark(text[inner]) and not _is_mark(letter):
            return False
    return True


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "PS"


def _escaped(text: str, *, in_table: bool = False) -> str:
    said = _SPECIAL.sub(r"\\\g<0>", text)
    return said.replace("\\|", "&#124;") if in_table else said


def _address(link: str) -> str:
    return "".join(_IN_LINK.get(letter, letter) for letter in link)
