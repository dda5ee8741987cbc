"""Markdown: CommonMark with tables and strikethrough, each character with its place in the file.

markdown-it-py says in which lines a block stands, but not where its words do. They are found by
following its tokens through the block's source in step: each says how much of it it has taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from aligner import languages
from aligner.formats import html, kinds
from aligner.formats.trace import Trace
from aligner.languages import Language
from aligner.records import Block, Kind

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    _Rule = Callable[[StateInline, bool], bool]

EXTENSIONS: tuple[str, ...] = (".md", ".markdown")

# YAML or TOML between its marks, as the first thing in the file.
_FRONT_MATTER = re.compile(
    r"(?:---[ \t]*(?:\r\n?|\n)(?=[\w\"']+[\w -]*[\"']?\s*:).*?(?:\r\n?|\n)(?:---|\.\.\.)"
    r"|\+\+\+[ \t]*(?:\r\n?|\n).*?(?:\r\n?|\n)\+\+\+)[ \t]*(?=[\r\n]|\Z)",
    re.DOTALL,
)
# What markdown-it calls emphasis: em_open, strong_close, s_open.
_PAIRED = re.compile(r"(em|strong|s)_(open|close)")
_ROLES = {"bullet_list": "li", "ordered_list": "ol", "blockquote": "blockquote"}
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_LINE = re.compile(r"([^\r\n]*)(?:\r\n?|\n|\Z)")


def read(text: str, lang: str) -> Iterator[Block]:
    """Read the blocks of a Markdown text.

    Emphasis, links and images become the codes of their block, escapes and entities are decoded; a
    soft line break is a space, a hard one a line break. The description of an image is a caption;
    front matter and code blocks are boilerplate; HTML blocks are read as `html.read` does.

    Args:
        text: the decoded file.
        lang: its language, which gives the cues for captions and boilerplate.
    """
    if front := _FRONT_MATTER.match(text):
        yield Block(Kind.BOILERPLATE, front[0])
        text = " " * front.end() + text[front.end() :]
    # The parser replaces NUL alike; the two must agree to the letter.
    source = _Source(text.replace("\0", "\ufffd"))
    language = languages.get(lang)
    parent = ""  # what was opened last
    heading = ""  # its element, while one is open
    roles: list[str] = []  # those of the lists and quotations that are open
    for token in _parser().parse(source.text):
        if token.type == "inline":
            for block in _inline_blocks(token, parent, source, language):
                is_heading = block.kind is Kind.HEADING
                role = heading if is_heading else roles[-1] if roles else ""
                yield block if block.kind is Kind.CAPTION else replace(block, role=role)
        elif token.type in ("fence", "code_block") and token.content.strip():
            trace = Trace()
            origins = source.origins(token, first=token.type == "fence")
            _add(trace, token.content.removesuffix("\n"), origins)
            yield trace.block(Kind.BOILERPLATE)
        elif token.type == "html_block":
            start, shown = source.only(token)
            for block in html.read(shown, lang):
                runs = tuple((here, start + there) for here, there in block.runs)
                yield replace(block, runs=runs)
        else:
            parent = token.type
            heading = token.tag if parent == "heading_open" else ""
            name, _, end = parent.rpartition("_")
            if name in _ROLES and end == "open":
                roles.append(_ROLES[name])
            elif name in _ROLES:
                roles.pop()


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import image, link

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.disable("text_join")  # it would hide what was an escape or an entity
    parser.inline.ruler.at("link", _noting_stop(link))
    parser.inline.ruler.at("image", _noting_stop(image))
    return parser


def _noting_stop(rule: _Rule) -> _Rule:
    """Let a rule note behind which character of its content a link or an image ends."""

    def noting(state: StateInline, silent: bool) -> bool:
        is_found = rule(state, silent)
        if is_found and not silent:
            state.tokens[-1].meta["stop"] = state.pos
        return is_found

    return noting


class _Source:
    """The file's text, in which the contents of tokens are to be found."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines = [match.span(1) for match in _LINE.finditer(text)]
        self._cell = (-1, 0)  # the table row of the last cell, and where the cell ended

    def origins(self, token: Token, *, first: int = 0) -> list[int]:
        """For each character of a token's content its offset in the file.

        The content is what remains of the token's lines, from the `first`, without indentation and
        marks (">", "-", "##"): each of its lines stands at the end of one of theirs.
        """
        lines = iter(self._span(token)[first:])
        return [at for line in token.content.split("\n") for at in self._line_origins(line, lines)]

    def _line_origins(self, content: str, lines: Iterator[tuple[int, int]]) -> Iterator[int]:
        """The offsets of a line of content and of its end, in the next of the lines to hold it."""
        bare = content.lstrip(" ")  # what is left of a tab are spaces
        for start, stop in lines:  # the first may be blank, with no-break spaces
            at = self.text.rfind(content, start, stop)
            if at < 0 <= (at := self.text.rfind(bare, start, stop)):
                yield from [at - 1] * (len(content) - len(bare))
                content = bare
            if at >= 0:
                yield from range(at, at + len(content))
                yield stop
                return

    def cell_origins(self, token: Token) -> list[int]:
        """The same for a table cell: the cells of a row come from left to right."""
        row = self._span(token)[0]
        start = max(row[0], self._cell[1])
        raw = token.content.replace("|", r"\|")  # the only way to have one in a cell
        at = max(start, self.text.find(raw, start, row[1]))
        self._cell = (row[0], at + len(raw))
        return [at + i for i, char in enumerate(raw) if char != "\\" or raw[i + 1 : i + 2] != "|"]

    def only(self, token: Token) -> tuple[int, str]:
        """Where the token's lines start, and these with all that is not its content blanked out."""
        lines = self._span(token)
        start = lines[0][0]
        shown = [" "] * (lines[-1][1] - start)
        for char, origin in zip(
            token.content.removesuffix("\n"), self.origins(token), strict=False
        ):
            shown[origin - start] = char
        return start, "".join(shown)

    def _span(self, token: Token) -> list[tuple[int, int]]:
        first, last = token.map or (0, 0)
        return self._lines[first:last]


def _inline_blocks(
    token: Token, parent: str, source: _Source, language: Language
) -> Iterator[Block]:
    """The block of a paragraph, heading or cell, and those of the images in it."""
    in_cell = parent in ("td_open", "th_open")
    origins = source.cell_origins(token) if in_cell else source.origins(token)
    children = token.children or []
    text, *captions = _traces(children, token.content, origins)
    if text.text.strip():
        kind = Kind.HEADING if parent == "heading_open" else kinds.noted(text.text, language)
        is_bold = token.level == 1 and _is_bold(children)  # not in a list, quotation or table
        if kind is Kind.BODY and is_bold and kinds.is_title_like(text.text, language):
            kind = Kind.HEADING
        yield text.block(kind)
    for caption in captions:
        if caption.text.strip():
            yield caption.block(Kind.CAPTION)


def _is_bold(children: Sequence[Token]) -> bool:
    types = [child.type for child in children if child.type != "text" or child.content]
    return types[:1] == ["strong_open"] and types.index("strong_close") == len(types) - 1


def _traces(tokens: Iterable[Token], content: str, origins: Sequence[int]) -> list[Trace]:
    """The text of a content, and the descriptions of its images.

    Args:
        tokens: its inline tokens.
        content: their Markdown.
        origins: the offset of each of its characters in the file.
    """
    flat = content.replace("\n", " ")  # as in the tokens of code
    traces = [Trace()]
    cursor = 0

    def take(mark: str) -> int:
        """Move the cursor behind the next `mark`, and say where that stands."""
        nonlocal cursor
        at = max(cursor, flat.find(mark, cursor))
        cursor = at + len(mark)
        return at

    def show(text: str, at: int) -> None:
        _add(traces[0], text, origins[at : at + len(text)])

    def note(name: str, data: str, *, is_end: bool = False) -> None:
        traces[0].tag(name, data, is_end=is_end)

    stream = iter(tokens)
    for token in stream:
        match token.type:
            case "text":
                show(token.content, take(token.content))
            case "text_special":
                start = origins[take(token.markup)]
                traces[0].add(token.content, start, start + len(token.markup))
            case "code_inline":
                take(token.markup)
                note("code", token.markup)
                show(token.content, take(token.content))
                take(token.markup)
                note("code", token.markup, is_end=True)
            case "html_inline":
                at = take(token.content.replace("\n", " "))
                if token.content[1:3].lower() == "br":
                    start = origins[at]
                    traces[0].add("\n", start, start + len(token.content))
                elif tag := _TAG.match(token.content):
                    note(tag[2].lower(), token.content, is_end=bool(tag[1]))
            case "softbreak" | "hardbreak":
                cursor = content.index("\n", cursor) + 1
                start = origins[cursor - 1]
                traces[0].add(" " if token.type == "softbreak" else "\n", start, start + 1)
            case "link_open" if token.markup == "autolink":
                # Its text token has been decoded; the source is what a reader wants to keep.
                start = take("<") + 1
                note("a", "<")
                show(content[start : take(">")], start)
                note("a", ">", is_end=True)
                next(stream), next(stream)
            case "link_open":
                take("[")
                note("a", "[")
            case "link_close":
                note("a", content[cursor : token.meta["stop"]], is_end=True)
                cursor = token.meta["stop"]
            case "image":
                start = take("![") + 2
                traces += _traces(token.children or [], token.content, origins[start:])
                cursor = token.meta["stop"]
                note("img", content[start - 2 : cursor])
            case _:
                take(token.markup)
                if found := _PAIRED.match(token.type):
                    note(found[1], token.markup, is_end=found[2] == "close")
    return traces


def _add(trace: Trace, text: str, origins: Sequence[int]) -> None:
    """Add text of which each character has its own origin, in stretches."""
    start = 0
    for stop in range(1, len(text) + 1):
        step = origins[stop] - origins[stop - 1] if stop < len(text) else None
        if step != 1:
            end = stop - (step == 0)  # of the spaces that a tab leaves, the last one is kept
            if start < end:
                trace.add(text[start:end], origins[start], origins[start] + end - start)
            start = stop
