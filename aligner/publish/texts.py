"""Texts with their inline tags as runs: what is bold, where a link leads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape
from itertools import groupby
from urllib.parse import urljoin, urlsplit

from aligner.formats.publications import Run, Text
from aligner.formats.xml import legal
from aligner.languages.typography import typeset
from aligner.records import Code, CodeKind, Origin

# Line breaks of hard-wrapped text, tabs, and rows of spaces, which a browser would join too.
_WHITE = re.compile("[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
_CONTROL = re.compile("[\0-\x1f\x7f-\x9f]")
_HREF = re.compile(r"""\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_MARKDOWN_LINK = re.compile(r"\]\(\s*(?:<([^<>]*)>|((?:[^\s()]|\([^\s()]*\))*))")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SAFE = frozenset({"http", "https", "mailto"})
_UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my", "yue"})  # no spaces between sentences


@dataclass(frozen=True, slots=True)
class Sentence:
    """A segment of a passage in one language.

    Attributes:
        text: as it is in the results; blank if there is none.
        codes: its inline tags.
        origin: where it comes from; None for the source.
        gap: whether white space stands before it in its paragraph.
    """

    text: str
    codes: tuple[Code, ...] = ()
    origin: Origin | None = None
    gap: bool = True


Style = Callable[[list[Run]], list[Run]]


def as_is(runs: list[Run]) -> list[Run]:
    """Runs without typography."""
    return runs


def printed(lang: str) -> Style:
    """What sets the runs of a text as its language is set in print."""

    def style(runs: list[Run]) -> list[Run]:
        texts = [run.text for run in runs]
        done = typeset(texts, lang, lambda n: runs[n].is_code or runs[n].is_missing)
        return [replace(run, text=text) for run, text in zip(runs, done, strict=True)]

    return style


def passage(
    sentences: Sequence[Sentence], lang: str, missing: str, style: Style, base: str = ""
) -> Text:
    """Join the sentences of a passage.

    Args:
        sentences: in their order.
        lang: their language.
        missing: what to say where one is blank; several in a row are one.
        style: sets the runs in print.
        base: the address of the page that relative links belong to.
    """
    links = _links(sentences, base)
    open_codes: dict[str, Code] = {}
    runs: list[Run] = []
    for sentence in sentences:
        if not tidy(sentence.text).strip():
            if not (runs and runs[-1].is_missing):
                runs += [*_gap(runs, sentence, lang), Run(missing, is_missing=True)]
            continue
        found = list(_runs(sentence, open_codes, links))
        runs += [*_gap(runs, sentence, lang, found), *found]
    origins = dict.fromkeys(one.origin for one in sentences if one.origin and one.text.strip())
    return Text(tuple(style(_trimmed(runs))), tuple(origins))


def plain(text: str, style: Style = as_is) -> Text:
    """A text without tags."""
    return Text(tuple(style([Run(tidy(text).strip())])))


def tidy(text: str) -> str:
    """The text on one line, without characters that steer a device."""
    return _CONTROL.sub("", _WHITE.sub(" ", legal(text)))


def safe_link(address: str, base: str = "") -> str:
    """The address if it is one of the web or of a mailbox; "" for scripts, files and the like."""
    address = "".join(tidy(address).split())
    try:
        whole = address if urlsplit(address).scheme else urljoin(base, address)
        parts = urlsplit(whole)
        named = parts.hostname if parts.scheme != "mailto" else parts.path
    except ValueError:  # of an address with a broken host
        return ""
    return whole if parts.scheme in _SAFE and named else ""


def _links(sentences: Iterable[Sentence], base: str) -> dict[str, str]:
    """Where each link leads, by the id of its codes; Markdown says it where it closes."""
    found: dict[str, str] = {}
    for sentence in sentences:
        starts = {c.id: c.at for c in sentence.codes if c.kind is CodeKind.OPEN and c.data == "<"}
        for code in sentence.codes:
            if code.type != "link":
                continue
            if code.id in starts and code.data == ">":  # <https://cabar.asia>
                address = sentence.text[starts[code.id] : code.at]
                address = f"mailto:{address}" if _ADDRESS.fullmatch(address) else address
            else:
                match = _HREF.search(code.data) or _MARKDOWN_LINK.match(code.data)
                address = unescape(next(filter(None, match.groups()), "")) if match else ""
            if link := safe_link(address, base) if address else "":
                found[code.id] = link
    return found


def _runs(sentence: Sentence, open_codes: dict[str, Code], links: dict[str, str]) -> Iterator[Run]:
    """The runs of a sentence; what is left open goes on in the next one."""
    start = 0
    end = Code(len(sentence.text), CodeKind.ALONE, "")
    for code in (*sorted(sentence.codes, key=lambda code: code.at), end):
        stop = min(max(code.at, start), len(sentence.text))
        if text := tidy(sentence.text[start:stop]):
            types = {one.type for one in open_codes.values()}
            yield Run(
                text,
                next((links[id] for id in reversed(open_codes) if id in links), ""),  # noqa: A001
                is_bold="bold" in types,
                is_italic="italic" in types,
                is_code="code" in types,
            )
        start = stop
        if code.kind is CodeKind.OPEN:
            open_codes[code.id] = code
        elif code.kind is CodeKind.CLOSE:
            open_codes.pop(code.id, None)


def _gap(
    before: Sequence[Run], sentence: Sentence, lang: str, behind: Sequence[Run] = ()
) -> list[Run]:
    """The space before a sentence: in the looks of both its neighbours, if they look the same."""
    if not before or not sentence.gap or (sentence.origin and lang in _UNSPACED):
        return []
    last = replace(before[-1], text=" ")
    is_same = behind and replace(behind[0], text=" ") == last
    return [last if is_same else Run(" ")]


def _trimmed(runs: Iterable[Run]) -> list[Run]:
    """Without white space at both ends or doubled between runs; those that look alike joined."""
    joined: list[Run] = []
    for look, alike in groupby(runs, lambda run: replace(run, text="")):
        text = _WHITE.sub(" ", "".join(run.text for run in alike))
        if not joined or joined[-1].text.endswith(" "):
            text = text.removeprefix(" ")
        if text:
            joined.append(replace(look, text=text))
    while joined and not joined[0].text.strip():
        joined.pop(0)
    while joined and not joined[-1].text.strip():
        joined.pop()
    if joined:
        joined[0] = replace(joined[0], text=joined[0].text.lstrip())
        joined[-1] = replace(joined[-1], text=joined[-1].text.rstrip())
    return joined
