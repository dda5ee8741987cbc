"""Plain text: each line is a block; the lines of hard-wrapped text are joined to paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from aligner import languages
from aligner.formats import kinds
from aligner.records import Block

EXTENSIONS: tuple[str, ...] = (".txt", ".text")

# A line with its end. LF, CR, CRLF, the line ends of Unicode, and form feeds between pages all
# end one; `str.splitlines` would also end it at the separators U+001C to U+001E.
_LINE = re.compile(r"([^\n\r\v\f\x85\u2028\u2029]*)(?:\r\n|[\n\r\v\f\x85\u2028\u2029]|\Z)")
_LAYOUT = " \t"  # not no-break spaces: a writer put them there
_ITEM = re.compile(r"(?:[-–—*+•·▪◦‣●○■□►]|\(?\d{1,3}[.)]|\(?[^\W\d_]\))\s")
_WORD = re.compile(r"\S+")

# What hard-wrapped text looks like, in characters and shares.
_NARROWEST, _WIDEST = 40, 120  # no typist or mail program wraps outside of these
_FORCED = 0.8  # of the breaks in it, so many come where the next word would not have fitted …
_SLACK = 0.9  # … into so much of the width: `fmt` and TeX leave some to even the lines out …
_RUNNING = 0.5  # … and so many stand inside a sentence: the next line goes on in lower case
_EARLY = 0.75  # a line that ends before so much of the width was ended by its writer


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without the white space around it: text[start:stop], and how its text begins."""

    start: int
    stop: int
    indent: int
    first_word: int  # its length
    is_item: bool
    runs_on: bool

    @property
    def width(self) -> int:
        return self.indent + self.stop - self.start


def read(text: str, lang: str) -> Iterator[Block]:
    """Read the blocks of a plain text; each is an exact slice of it, line breaks included.

    Args:
        text: the decoded file.
        lang: its language, which gives the cues for captions and boilerplate.
    """
    groups = list(_groups(text))
    width = _wrap_width(groups)
    spans = [list(_joined(group, width) if width else _single(group)) for group in groups]
    texts = [[text[start:stop] for start, stop in group] for group in spans]
    found = iter(kinds.of_lines(texts, languages.get(lang)))
    for group, blocks in zip(spans, texts, strict=True):
        for (start, _), block in zip(group, blocks, strict=True):
            yield Block(next(found), block, ((0, start),))


def _groups(text: str) -> Iterator[list[_Line]]:
    """The lines of the text; blank ones part the groups."""
    group: list[_Line] = []
    for match in _LINE.finditer(text):
        if match[1].strip():
            group.append(_line(match[1], match.start()))
        elif group:
            yield group
            group = []
    if group:
        yield group


def _line(line: str, offset: int) -> _Line:
    core = line.strip(_LAYOUT)
    indent = line.index(core)
    word = _WORD.search(core)
    return _Line(
        start=offset + indent,
        stop=offset + indent + len(core),
        indent=indent,
        first_word=len(word[0]) if word else 0,
        is_item=_ITEM.match(core) is not None,
        runs_on=not next(filter(str.isalpha, core), "a").isupper(),
    )


def _wrap_width(groups: Sequence[Sequence[_Line]]) -> int | None:
    """The width at which the whole text is hard-wrapped; None if its lines are paragraphs.

    Project Gutenberg and e-mails wrap at 60 to 80. Verse, lists and one sentence a line are narrow
    too, but few of their breaks are forced by the width, or fall inside a sentence.
    """
    widths = sorted(line.width for group in groups if len(group) > 1 for line in group)
    if not widths:
        return None
    width = widths[int(0.98 * (len(widths) - 1) + 0.5)]  # a long URL may stick out
    if not _NARROWEST <= width <= _WIDEST:
        return None
    breaks = [pair for group in groups for pair in pairwise(group) if _may_join(*pair, width)]
    forced = sum(_is_forced(*pair, _SLACK * width) for pair in breaks)
    running = sum(after.runs_on for _, after in breaks)
    is_wrapped = breaks and forced >= _FORCED * len(breaks) and running >= _RUNNING * len(breaks)
    return width if is_wrapped else None


def _is_forced(before: _Line, after: _Line, width: float) -> bool:
    """Whether the first word of a line would not have fitted into the line before."""
    return before.width + 1 + after.first_word > width


def _may_join(before: _Line, after: _Line, width: int) -> bool:
    """Whether a line may go on in the next: it is filled, and that one starts nothing new."""
    return (
        not after.is_item
        and (after.indent <= before.indent or before.is_item)
        and _is_forced(before, after, _EARLY * width)
    )


def _single(group: Sequence[_Line]) -> Iterator[tuple[int, int]]:
    return ((line.start, line.stop) for line in group)


def _joined(group: Sequence[_Line], width: int) -> Iterator[tuple[int, int]]:
    """The spans of the paragraphs in a group of a hard-wrapped text; verse stays in lines."""
    joins = [_may_join(*pair, width) for pair in pairwise(group)]
    forced = sum(_is_forced(*pair, _SLACK * width) for pair in pairwise(group))
    if 2 * forced < sum(joins):
        yield from _single(group)
        return
    start = group[0].start
    for join, before, after in zip(joins, group, group[1:], strict=False):
        if not join:
            yield start, before.stop
            start = after.start
    yield start, group[-1].stop
