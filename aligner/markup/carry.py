"""Carry inline tags from a source into its translation, by word alignment.

    carry("See the <map>", …, "Смотрите <карту>", …)

What a pair of tags encloses in the source is a run of words; in the translation it is the run of
words that are aligned with these best. Pairs stay nested as they are in the source, and apart where
they are apart, so that the tags of a translation are those of its source, each once, and balanced.

After Müller 2017, "Treatment of Markup in Statistical Machine Translation", and Zenkel et al. 2021,
"Automatic Bilingual Markup Transfer" (both place pairs by alignment; here by attention).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from aligner.records import Alignment, Code, CodeKind

Span = tuple[int, int]

_WORD = re.compile(r"\w+(?:[-’'+.@/]\w+)*")
_MARKS_BEFORE = re.compile(r"[^\w\s]*")
_MARKS_BEHIND = re.compile(r"[^\w\s]*\Z")
_LETTER = re.compile(r"[^\s\u00ad\u200b\u2060\ufeff]")


def carry(
    source: str, codes: Sequence[Code], target: str, alignment: Alignment | None
) -> tuple[Code, ...]:
    """Place the codes of a source in its translation.

    Args:
        source: the text that was translated.
        codes: its codes, in order, with offsets into it.
        target: the translation.
        alignment: of source and target; without one, places are by proportion.

    Returns:
        The same codes, with offsets into the translation, in order.
    """
    if not codes:
        return ()
    words = _Words(source, target, alignment)
    return tuple(words.placed(_tree(codes), (0, len(source)), (0, len(target))))


def shifted(text: str, codes: Sequence[Code], cleaned: str) -> tuple[Code, ...]:
    """Codes of a text, at their places in the same text with other white space.

    Args:
        text: a text.
        codes: its codes.
        cleaned: the same letters, without characters that do not show.
    """
    if text == cleaned:
        return tuple(codes)
    seen = [found.start() for found in _LETTER.finditer(cleaned)]
    return tuple(replace(code, at=_shifted(text, code, cleaned, seen)) for code in codes)


def composed(first: Alignment, second: Alignment) -> Alignment:
    """The alignment of a text with its translation by way of a third language.

    Args:
        first: of the text with the one in the third language.
        second: of that with the translation.
    """
    through = [
        _mean([first.weights[n] for n in _overlapping(first.target, half)], len(first.source))
        for half in second.source
    ]
    weights = tuple(
        tuple(
            sum(weight * row[column] for weight, row in zip(own, through, strict=True))
            for column in range(len(first.source))
        )
        for own in second.weights
    )
    return Alignment(first.source, second.target, weights)


def _mean(rows: Sequence[Sequence[float]], width: int) -> list[float]:
    return [sum(row[n] for row in rows) / max(1, len(rows)) for n in range(width)]


def _shifted(text: str, code: Code, cleaned: str, seen: Sequence[int]) -> int:
    """The offset of a code: behind the letter before it, or before the one behind it."""
    before = len(_LETTER.findall(text, 0, code.at))
    if code.kind is CodeKind.CLOSE:
        return seen[min(before, len(seen)) - 1] + 1 if before and seen else 0
    return seen[before] if before < len(seen) else len(cleaned)


@dataclass(frozen=True, slots=True)
class _Node:
    """What a pair of codes encloses, or a place where a single code stands (`last` is None)."""

    span: Span
    first: Code
    last: Code | None
    children: list[_Node]


def _tree(codes: Sequence[Code]) -> list[_Node]:
    """The codes as trees. Of two pairs that cross, the one that opens second becomes singles."""
    ends = {code.id: n for n, code in enumerate(codes) if code.kind is CodeKind.CLOSE}
    roots: list[_Node] = []
    levels = [(len(codes), roots)]  # where what is open ends, and what stands in it
    for n, code in enumerate(codes):
        if n == levels[-1][0]:
            levels.pop()
            continue
        end = ends.get(code.id, -1) if code.kind is CodeKind.OPEN else -1
        is_pair = n < end < levels[-1][0]
        node = _Node(
            (code.at, codes[end].at if is_pair else code.at),
            code,
            codes[end] if is_pair else None,
            [],
        )
        levels[-1][1].append(node)
        if is_pair:
            levels.append((end, node.children))
    return roots


class _Words:
    """The words of a source and its translation, and how they are aligned."""

    def __init__(self, source: str, target: str, alignment: Alignment | None) -> None:
        self._source, self._target = source, target
        self._from = [found.span() for found in _WORD.finditer(source)]
        self._to = [found.span() for found in _WORD.finditer(target)]
        self._shares = [self._shared(word, alignment) for word in self._to]

    def placed(self, nodes: Sequence[_Node], there: Span, here: Span) -> list[Code]:
        """The codes of the nodes in a span of the source, placed in a span of the target."""
        spans = self._spans(nodes, there, here)
        found: list[Code] = []
        reached = here[0]
        for n in sorted(range(len(nodes)), key=lambda n: (spans[n], n)):
            # A single code that would fall into a pair beside it goes behind that.
            start, stop = max(spans[n][0], reached), max(spans[n][1], reached)
            node, reached = nodes[n], stop
            found.append(replace(node.first, at=start))
            found += self.placed(node.children, node.span, (start, stop))
            if node.last:
                found.append(replace(node.last, at=stop))
        return found

    def _spans(self, nodes: Sequence[_Node], there: Span, here: Span) -> list[Span]:
        """A span of the target for each node: the pairs get words first, the longest foremost."""
        spans: dict[int, Span] = {}
        for n in sorted(range(len(nodes)), key=lambda n: nodes[n].span[0] - nodes[n].span[1]):
            if self._words(nodes[n].span) and self._words(nodes[n].span) == self._words(there):
                spans[n] = here  # all that there is
            elif run := self._run(nodes[n].span, here, list(spans.values())):
                spans[n] = self._with_marks(run, nodes[n].span, here)
        for n, node in enumerate(nodes):
            if n not in spans:
                at = self._boundary(node.first, there, here)
                spans[n] = (at, at)
        return [spans[n] for n in range(len(nodes))]

    def _run(self, there: Span, here: Span, taken: Sequence[Span]) -> Span | None:
        """The run of free words of the target that is aligned best with some of the source.

        Each word counts by how far more than half of it is aligned with them. If none is, it is the
        word that is aligned with them most.
        """
        columns = self._words(there)
        best, run = 0.0, None
        most, single = 0.0, None
        total, start = 0.0, 0
        for word, shares in zip(self._to, self._shares, strict=True):
            if not _lies_in(word, here) or any(_overlap(word, span) for span in taken):
                total = 0.0
                continue
            share = sum(shares[column] for column in columns)
            if total <= 0:
                total, start = 0.0, word[0]
            total += share - 0.5
            if total > best:
                best, run = total, (start, word[1])
            if share > most:
                most, single = share, word
        return run or single

    def _with_marks(self, run: Span, there: Span, here: Span) -> Span:
        """A run with the marks beside it, if the words of the source have such: “word”, (word)."""
        start, stop = run
        text = self._source[slice(*there)]
        before, behind = _MARKS_BEFORE.match(text), _MARKS_BEHIND.search(text)
        if before and before[0]:
            found = _MARKS_BEHIND.search(self._target, here[0], start)
            start = found.start() if found else start
        if behind and behind[0]:
            found = _MARKS_BEFORE.match(self._target, stop, here[1])
            stop = found.end() if found else stop
        return start, stop

    def _boundary(self, code: Code, there: Span, here: Span) -> int:
        """The offset that parts the target as a code parts the source."""
        before = self._words((there[0], code.at))
        behind = self._words((code.at, there[1]))
        if not before or not behind:
            return here[0] if not before else here[1]
        words = [n for n, word in enumerate(self._to) if _lies_in(word, here)]
        if not words:
            return here[0]
        left = [sum(self._shares[n][column] for column in before) for n in words]
        right = [sum(self._shares[n][column] for column in behind) for n in words]
        fits = [sum(left[:at]) + sum(right[at:]) for at in range(len(words) + 1)]
        at = fits.index(max(fits))
        if at == len(words):
            return here[1]
        if code.kind is CodeKind.CLOSE:
            return self._to[words[at - 1]][1] if at else here[0]
        return self._to[words[at]][0] if at else here[0]

    def _words(self, there: Span) -> list[int]:
        """The words of the source in a span."""
        return [n for n, word in enumerate(self._from) if _overlap(word, there)]

    def _shared(self, word: Span, alignment: Alignment | None) -> list[float]:
        """How a word of the target is shared out over the words of the source: 1 in all, or 0."""
        if alignment:
            rows = [alignment.weights[n] for n in _overlapping(alignment.target, word)]
            weights = [
                sum(row[column] for row in rows for column in _overlapping(alignment.source, there))
                for there in self._from
            ]
            if total := sum(weights):
                return [weight / total for weight in weights]
        middle = sum(word) / 2 * len(self._source) / len(self._target)
        distances = [abs(sum(there) / 2 - middle) for there in self._from]
        return [float(distance == min(distances)) for distance in distances]


def _overlapping(tokens: Sequence[Span], span: Span) -> list[int]:
    return [n for n, token in enumerate(tokens) if _overlap(token, span)]


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _lies_in(one: Span, other: Span) -> bool:
    return other[0] <= one[0] and one[1] <= other[1]
