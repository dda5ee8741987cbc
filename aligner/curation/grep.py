"""Concordance: the units in which a pattern is found, with their neighbours."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aligner.entries import Entry
from aligner.errors import UsageError

if TYPE_CHECKING:
    from regex import Pattern

_LONGEST_SEARCH = 2.0  # seconds in one text: a pattern that takes more never ends

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hit:
    """A unit that is shown.

    Attributes:
        number: its place in the memory, from 1.
        entry: the unit.
        spans: for each of its texts where the pattern was found, as (start, stop).
        neighbour: it is shown only because it stands beside a unit that was looked for.
    """

    number: int
    entry: Entry
    spans: tuple[tuple[Span, ...], ...]
    neighbour: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for, and where.

    Attributes:
        pattern: the compiled pattern.
        lang: the language of the texts searched; "" for all.
        invert: find the units in which it is not found.
    """

    pattern: Pattern[str]
    lang: str = ""
    invert: bool = False

    def spans(self, entry: Entry) -> tuple[tuple[Span, ...], ...]:
        """Where in each text the pattern is found.

        Raises:
            UsageError: the pattern takes too long.
        """
        try:
            return tuple(
                tuple(
                    match.span()
                    for match in self.pattern.finditer(one.text, timeout=_LONGEST_SEARCH)
                )
                if self.lang in ("", one.lang)
                else ()
                for one in entry.variants
            )
        except TimeoutError as error:
            raise UsageError(
                f'the pattern "{self.pattern.pattern}" takes too long',
                hint="Write it without repeats in repeats, such as (a+)+, or search with --fixed.",
            ) from error

    def hits(self, entries: Iterable[Entry], around: int = 0) -> Iterator[Hit]:
        """The units that match, and so many of those before and after each; in order, once each."""
        before: deque[Hit] = deque(maxlen=around)
        after = 0
        for number, entry in enumerate(entries, 1):
            spans = self.spans(entry)
            if any(spans) is self.invert:
                hit = Hit(number, entry, spans, neighbour=True)
                if after:
                    after -= 1
                    yield hit
                else:
                    before.append(hit)
                continue
            yield from before
            before.clear()
            after = around
            yield Hit(number, entry, spans)


def compiled(
    pattern: str, *, fixed: bool = False, word: bool = False, ignore_case: bool = False
) -> Pattern[str]:
    r"""Compile a pattern; `.` is any character but a line break, \p{Lu} a capital letter.

    Args:
        pattern: a regular expression as the `regex` library takes it.
        fixed: it stands for itself, letter by letter.
        word: it is found only where it is a whole word, or several.
        ignore_case: letters may be capital or small, and ß is ss.

    Raises:
        UsageError: it is no regular expression.
    """
    import regex

    flags = regex.VERSION1 | (regex.IGNORECASE if ignore_case else 0)
    try:
        if fixed:
            pattern = regex.escape(pattern)
        return regex.compile(rf"(?<!\w)(?:{pattern})(?!\w)" if word else pattern, flags)
    except (regex.error, RecursionError, OverflowError) as error:
        raise UsageError(
            f'"{pattern}" is no regular expression: {error}',
            hint="Search for it letter by letter with --fixed.",
        ) from error
