"""HTML: blocks as a browser shows them, each character with its place in the file.

The tokeniser is our own, after the HTML Standard (§13.2.5): lxml gives no character offsets, and
`html.parser` none for the ends of tags and entities. Also it reads broken markup differently from
one Python to the next, and in quadratic time before CVE-2025-6069 was mended (160 kB of "<!--" took
it 9 s on 3.11.7). Here every character is looked at a bounded number of times.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from html.entities import html5

from aligner import languages
from aligner.formats import kinds
from aligner.formats.trace import Trace
from aligner.records import Block, Kind

EXTENSIONS: tuple[str, ...] = (".html", ".htm", ".xhtml")

_TOKEN = re.compile(
    r"""
      <!--(?:-?>|.*?(?:--!?>|\Z))                   # a comment; an open one takes all the rest
    | <(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*+)
      # Only behind "=" do quotes hide a ">". A tag that never ends takes the rest: it is text.
      (?P<rest>(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?)*+)(?:>|(?P<open>\Z))
    | <[!?/][^>]*+(?:>|\Z)                          # <!DOCTYPE …>, <![CDATA[ …>, <?xml …>, </ …>
    """,
    re.VERBOSE | re.DOTALL,
)
_PIECE = re.compile(
    r"""
      (?P<space>[ \t\n\f\r]+)
    | (?P<entity>&(?:\#0*[0-9]{1,7}(?![0-9])|\#[xX]0*[0-9a-fA-F]{1,6}(?![0-9a-fA-F])
        |[a-zA-Z][a-zA-Z0-9]{1,31});?)
    | [^&\x20\t\n\f\r]++(?:\x20[^&\x20\t\n\f\r]++)*+      # words, single spaces between them
    | &
    """,
    re.VERBOSE,
)


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Elements that end the line before and after them.
_BLOCKS = _names(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt"
    " fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li"
    " listing main menu nav ol optgroup option p pre search section select summary table tbody td"
    " textarea tfoot th thead title tr ul xmp"
)
_CHILDLESS = frozenset({"p", "hr"})  # hold no blocks, so that they need not be followed
_SKIPPED = _names(
    "script style template noscript iframe noembed noframes object svg math canvas audio video"
    " datalist"
)
_UNSEEN = _names("script style iframe noembed noframes")
_RAW = _UNSEEN | {"textarea", "title", "xmp"}  # no tags inside
_PREFORMATTED = _names("listing pre textarea xmp")
_BOILERPLATE = _names("aside button dialog footer form nav search select textarea")
_LANDMARKS = frozenset({"navigation", "contentinfo", "complementary", "search"})  # WAI-ARIA
_HEADINGS = _names("h1 h2 h3 h4 h5 h6")
_CAPTIONS = frozenset({"caption", "figcaption"})
_SECTIONS = _names("article main section")
_ITEMS = _names("dd dt li td th")
_LISTS = frozenset({"ul", "ol", "menu"})
_BOLD = frozenset({"b", "strong"})
_H1 = re.compile(r"<h1[\s>]", re.IGNORECASE)
_ROLE = re.compile(r"""\brole\s*=\s*["']?\s*([a-z]+)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Context:
    """What the open elements make of the text inside them."""

    kind: Kind = Kind.BODY
    is_skipped: bool = False
    is_preformatted: bool = False
    is_page_header: bool = False
    in_section: bool = False
    in_item: bool = False
    list: str = ""
    role: str = ""

    def inside(self, name: str, attributes: str) -> _Context:
        """The context inside an element that opens in this one."""
        role = _ROLE.search(attributes)
        landmark = role[1].lower() if role else ""
        heads_page = not self.in_section and (name == "header" or landmark == "banner")
        kind = self.kind
        if name == "h1" and self.is_page_header:
            kind = Kind.HEADING  # the rest of a page's header is the site's name, menu, date
        elif kind is Kind.BODY:
            if heads_page or name in _BOILERPLATE or landmark in _LANDMARKS:
                kind = Kind.BOILERPLATE
            elif name in _HEADINGS:
                kind = Kind.HEADING
            elif name in _CAPTIONS:
                kind = Kind.CAPTION
        return _Context(
            kind=kind,
            is_skipped=self.is_skipped or name in _SKIPPED,
            is_preformatted=self.is_preformatted or name in _PREFORMATTED,
            is_page_header=self.is_page_header or heads_page,
            in_section=self.in_section or name in _SECTIONS,
            in_item=self.in_item or name in _ITEMS,
            list=name if name in _LISTS else self.list,
            role=self._role(name),
        )

    def _role(self, name: str) -> str:
        """As `Block.role`; what stands in an item or a quotation is a part of it."""
        if name == "li":
            return "ol" if self.list == "ol" else "li"
        return name if name in _HEADINGS or name == "blockquote" else self.role


class _Paragraph:
    """The text between two block boundaries, as it is being read."""

    def __init__(self) -> None:
        self.trace = Trace()
        self.is_bold = True
        self.role = ""
        self.breaks = 0  # <br> not yet followed by text
        self._gap: tuple[str, int, int] | None = None  # white space or <br>, likewise
        self._tags: list[tuple[str, str, bool]] = []  # likewise

    def add(self, text: str, start: int, stop: int, *, is_bold: bool) -> None:
        if self._gap and len(self.trace):
            self.trace.add(*self._gap)
        self._gap, self.breaks = None, 0
        self._note_tags()
        self.is_bold = self.is_bold and is_bold
        self.trace.add(text, start, stop)

    def space(self, text: str, start: int, stop: int) -> None:
        # A run of white space is one space, also where tags interrupt it.
        self._gap = self._gap or (text, start, stop)

    def line_break(self, start: int, stop: int) -> None:
        self._gap = ("\n", start, stop)
        self.breaks += 1

    def tag(self, name: str, data: str, *, is_end: bool) -> None:
        """An inline tag: an end tag stands before the white space here, any other behind it."""
        self._tags.append((name, data, is_end))
        if is_end and len(self._tags) == 1:
            self._note_tags()

    def block(self, kind: Kind) -> Block:
        """The block of what has been read."""
        self._note_tags()
        return self.trace.block(kind, self.role)

    def _note_tags(self) -> None:
        for name, data, is_end in self._tags:
            self.trace.tag(name, data, is_end=is_end)
        self._tags.clear()


def read(text: str, lang: str) -> Iterator[Block]:
    """Read the blocks of an HTML page.

    Inline tags become the codes of their block; one without its partner there is dropped. Entities
    are decoded, white space collapses as a browser does it (not no-break spaces; not in `pre`),
    `<br>` becomes a line break, two part blocks. Scripts, styles and the like are left out. What is
    not the article (nav, footer, aside, forms, the page's header) is boilerplate; `title` is a
    heading where the page has no `h1`, else boilerplate.

    Args:
        text: the decoded file; broken markup is read as a browser reads it.
        lang: its language, which gives the cues for captions and boilerplate.
    """
    language = languages.get(lang)
    for kind, paragraph in _Page(text).paragraphs():
        line = paragraph.trace.text
        if kind is Kind.BODY:
            kind = kinds.noted(line, language)
        if kind is Kind.BODY and paragraph.is_bold and kinds.is_title_like(line, language):
            kind = Kind.HEADING  # <p><strong>Neutrality dictated by vulnerability</strong></p>
        yield paragraph.block(kind)


class _Page:
    """Follows the tags of a page and parts its text into paragraphs."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._title = Kind.BOILERPLATE if _H1.search(text) else Kind.HEADING
        self._open: list[tuple[str, _Context]] = []
        self._open_names: Counter[str] = Counter()
        self._context = _Context()
        self._bold = 0
        self._paragraph = _Paragraph()

    def paragraphs(self) -> Iterator[tuple[Kind, _Paragraph]]:
        """The paragraphs that hold text, each with its kind by markup."""
        for start, stop, tag in _tokens(self._text):
            if tag is None:
                self._read_text(start, stop)
                continue
            name = tag["name"].lower()
            if name == "br":
                self._paragraph.line_break(start, stop)
            elif name in _BOLD:
                self._bold = max(0, self._bold + (-1 if tag["end"] else 1))
            if self._paragraph.breaks > 1 or name in _BLOCKS:
                yield from self._finished()
            if not (
                name in _BLOCKS or name in _SKIPPED or name == "br" or self._context.is_skipped
            ):
                self._paragraph.tag(name, self._text[start:stop], is_end=bool(tag["end"]))
            if tag["end"]:
                self._leave(name)
            elif name in _BLOCKS - _CHILDLESS or name in _SKIPPED:
                self._enter(name, tag["rest"])
        yield from self._finished()

    def _finished(self) -> Iterator[tuple[Kind, _Paragraph]]:
        if self._context.is_skipped:  # a <p> in a <template> parts nothing
            return
        if self._paragraph.trace.text.strip():
            self._paragraph.is_bold &= not self._context.in_item
            self._paragraph.role = self._context.role
            yield self._context.kind, self._paragraph
        self._paragraph = _Paragraph()
        self._bold = 0  # a <b> that is never closed must not make headings of all that follows

    def _enter(self, name: str, attributes: str) -> None:
        if name in _SKIPPED and attributes.endswith("/"):
            return  # <svg/>; a browser also reads on after <script/>, but in XHTML it is closed
        if name in _HEADINGS and self._open and self._open[-1][0] in _HEADINGS:
            self._leave(self._open[-1][0])
        self._open.append((name, self._context))
        self._open_names[name] += 1
        self._context = self._context.inside(name, attributes)
        if name == "title":
            self._context = replace(self._context, kind=self._title)

    def _leave(self, name: str) -> None:
        """Close an element, and those left open in it; a stray end tag closes nothing."""
        while self._open_names[name]:
            last, self._context = self._open.pop()
            self._open_names[last] -= 1
            if last == name:
                return

    def _read_text(self, start: int, stop: int) -> None:
        if self._context.is_skipped:
            return
        is_bold = self._bold > 0
        for piece in _PIECE.finditer(self._text, start, stop):
            text, here, there = piece[0], piece.start(), piece.end()
            if piece["space"]:
                self._paragraph.space(text if self._context.is_preformatted else " ", here, there)
                continue
            if piece["entity"]:
                char, length = _decoded(text)
                if char:
                    self._paragraph.add(char, here, here + length, is_bold=is_bold)
                text, here = text[length:], here + length
            if text:
                self._paragraph.add(text, here, there, is_bold=is_bold)


def _tokens(text: str) -> Iterator[tuple[int, int, re.Match[str] | None]]:
    """The spans of the text runs (None) and of the tags (their match); comments are left out."""
    position = 0
    while position < len(text):
        token = _TOKEN.search(text, position)
        if token and token["open"] is not None:
            token = None
        start = token.start() if token else len(text)
        if position < start:
            yield position, start, None
        if token is None:
            return
        position = token.end()
        if not token["name"]:
            continue
        yield start, position, token
        name = token["name"].lower()
        if name in _RAW and not token["end"] and not token["rest"].endswith("/"):
            end = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(text, position)
            stop = end.start() if end else len(text)
            if name not in _UNSEEN and position < stop:
                yield position, stop, None
            position = stop


def _decoded(entity: str) -> tuple[str, int]:
    """What a character reference stands for, and its length: "&copy2024" is "©", 5 long.

    Both are nothing where it stands for itself, as in "AT&T".
    """
    if entity[1] == "#":
        return unescape(entity), len(entity)
    for length in range(len(entity), 2, -1):
        if char := html5.get(entity[1:length]):
            return char, length
    return "", 0
