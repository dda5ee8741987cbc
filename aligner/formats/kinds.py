"""Which kind a block is, by the cues of its language and by where it stands.

Markup says what a heading is; plain text does not, so there a heading is known by its form (short,
no full stop) and by its place (something follows that it can head).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from aligner.languages import Language
from aligner.records import Kind

_LONGEST_NOTE = 400  # characters of a caption or a piece of boilerplate; longer is running text
_LONGEST_HEADING = 120
_LONGEST_TITLE = 200
_LONGEST_LIST = 3  # so many headings may follow one another (title, subtitle, section)

# Full stops of all scripts; quotes and brackets may close behind them.
_CLOSING = "\"'”’»›“)]}*_ \t\u00a0"
_STOPS = ".!?…。！？؟।։"
_SENTENCE_END = re.compile(rf"[{_STOPS}][\"'”’»)\]]*\s")
_OPENING = "\"'“‘„«‹([¿¡*_"
_BULLET = re.compile(r"[-–—−*+•·▪◦‣●○■□►✓>]\s")
_NUMBERED = re.compile(r"(?:\(?\d{1,3}[.)]|\(?[^\W\d_]\))\s")
_ADDRESS = re.compile(r"(?:https?://|www\.|[@#]\w)|\S+@\S+\.\w+$")


def noted(text: str, language: Language) -> Kind:
    """A caption or boilerplate, where the language has a cue for it; else body."""
    if len(text) > _LONGEST_NOTE:
        return Kind.BODY
    line = " ".join(text.split())
    if language.boilerplate.search(line):
        return Kind.BOILERPLATE
    if language.captions.search(line):
        return Kind.CAPTION
    return Kind.BODY


def is_title_like(text: str, language: Language, *, first: bool = False) -> bool:
    """Whether a line has the form of a heading; the `first` of a document may be longer.

    Yes: "C5+1. Is Russia yielding its position in the region?", "CHAPTER I.", "Глава 2. Дорога".
    No: "He said no.", "— Why?", "By Aida Kasymova", "12 October 2023", "The reasons are:".
    """
    line = " ".join(text.split())
    limit = _LONGEST_TITLE if first else _LONGEST_HEADING
    start, core = line.lstrip(_OPENING), line.rstrip(_CLOSING)
    if not start or not core or len(line) > limit:
        return False
    if start[0].islower() or not any(char.isalpha() for char in core):
        return False
    if _BULLET.match(line) or _ADDRESS.match(line) or language.bylines.search(line):
        return False
    if _is_date(line, language):
        return False
    last = core[-1]
    if last == "?":
        return line[0] not in _OPENING and (first or not _has_sentence_before(line))
    if last == ".":
        return core.isupper() and len(core) > 5
    return last not in _STOPS and last not in ",;:-–—"


def of_lines(groups: Iterable[Sequence[str]], language: Language) -> list[Kind]:
    """The kinds of the lines of a plain text.

    Args:
        groups: the text's lines, those together that no blank line parts.
        language: whose cues to look for.
    """
    lines: list[str] = []
    kinds: list[Kind] = []
    is_first = True  # nothing but captions and boilerplate so far
    for group in groups:
        found = [noted(line, language) for line in group]
        body = [i for i, kind in enumerate(found) if kind is Kind.BODY]
        for i in body[: _may_head([group[i] for i in body], is_first=is_first)]:
            if is_title_like(group[i], language, first=is_first and i == body[0]):
                found[i] = Kind.HEADING
        is_first = is_first and not body
        lines += group
        kinds += found
    _demote_lists(lines, kinds)
    _demote_idle(lines, kinds)
    return kinds


def _has_sentence_before(line: str) -> bool:
    """Whether a whole sentence ends inside: "He paused. Was it so?", but not "C5+1. Is it so?"."""
    return any(len(line[: end.start()].split()) > 2 for end in _SENTENCE_END.finditer(line))


def _is_date(line: str, language: Language) -> bool:
    """Whether a line is only a date, perhaps behind a place: "Bishkek, October 12, 2023"."""
    words = re.findall(r"[\w.:/]*\w", re.sub(r"^[^\d,]{2,40},\s", "", line).lower())
    return any(char.isdigit() for char in line) and all(
        word[0].isdigit() or word in language.date_words for word in words
    )


def _may_head(lines: Sequence[str], *, is_first: bool) -> int:
    """How many lines of a group may be headings: all, only the first, or none.

    In verse, lists and addresses all lines are short, and none is, but for a title: the first line
    of the document, or one above nothing but whole sentences.
    """
    if len(lines) < 2 or any(len(line) > _LONGEST_HEADING for line in lines):
        return len(lines)
    ends = (line.rstrip(_CLOSING)[-1:] for line in lines[1:])
    return int(is_first or all(end and end in _STOPS for end in ends))


def _demote_lists(lines: Sequence[str], kinds: list[Kind]) -> None:
    """Make body text of headings that are rather the items of a list.

    Such are lines below one that ends in a colon, numbered neighbours, and all but the first of
    more than `_LONGEST_LIST` in a row.
    """
    numbered = [bool(_NUMBERED.match(line)) for line in lines]
    for before, after in pairwise(range(len(lines))):
        if numbered[before] and numbered[after]:
            for i in (before, after):
                kinds[i] = Kind.BODY if kinds[i] is Kind.HEADING else kinds[i]
    start = 0
    for stop in range(len(lines) + 1):
        if stop < len(lines) and kinds[stop] is Kind.HEADING:
            continue
        if start and lines[start - 1].endswith(":"):
            kinds[start:stop] = [Kind.BODY] * (stop - start)
        elif stop - start > _LONGEST_LIST:
            kinds[start + 1 : stop] = [Kind.BODY] * (stop - start - 1)
        start = stop + 1


def _demote_idle(lines: Sequence[str], kinds: list[Kind]) -> None:
    """Make body text, or boilerplate, of headings that head nothing.

    Captions and boilerplate may stand between a heading and its text. Among the boilerplate at a
    document's end, a short line belongs to it: "Spelling error report".
    """
    headed: str | None = None  # the text that follows
    tail = False  # whether only boilerplate follows, and some does
    for i in range(len(lines) - 1, -1, -1):
        if kinds[i] is Kind.HEADING:
            if headed is None:
                within = tail and i > 0 and kinds[i - 1] is Kind.BOILERPLATE
                kinds[i] = Kind.BOILERPLATE if within else Kind.BODY
                continue  # "Aida Kasymova", then "Bishkek": neither heads anything
            if lines[i].rstrip(_CLOSING).endswith("?") and _answers(headed, lines[i]):
                kinds[i] = Kind.BODY
        if kinds[i] is Kind.BODY:
            headed = lines[i]
        tail = headed is None and (tail or kinds[i] is Kind.BOILERPLATE)


def _answers(text: str, question: str) -> bool:
    """Whether a question is asked and answered in dialogue, rather than heading what follows."""
    return len(text) < len(question) or text[0] in "-–—"
