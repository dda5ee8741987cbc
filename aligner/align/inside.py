"""Units that hold several sentences, split into units of aligned sentences.

What is not surely better stays as it is: a unit that only one text has several sentences of, one
whose sentences do not align, and one where a pair of inline codes encloses more than one part. No
text is lost: a sentence without a counterpart stays with its neighbour.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice

from aligner import alignment, engines, segmentation
from aligner.align import Method, codes, route
from aligner.align.entries import PROBABILITY
from aligner.alignment.join import Group, Pair, join
from aligner.engines import Engine
from aligner.entries import Entry, Header, Inline, Variant, plain
from aligner.segmentation import Rules
from aligner.text import for_translation

SPLIT = "x-split"  # which part of how many a unit is: "2/3"
_AT_ONCE = 500  # units whose sentences are translated together
_SURE = 0.5  # the least probability of every part


@dataclass(slots=True)
class Count:
    """What became of the units.

    Attributes:
        units: how many there were.
        several: how many of them hold several sentences in several texts.
        split: how many of these were split.
        parts: into how many units.
    """

    units: int = 0
    several: int = 0
    split: int = 0
    parts: int = 0


@dataclass(frozen=True, slots=True)
class _Cut:
    """The spans of the sentences in each text of a unit; none for a unit that stays."""

    entry: Entry
    spans: tuple[tuple[tuple[int, int], ...], ...] = ()

    def sentences(self, text: int) -> list[str]:
        whole = self.entry.variants[text].text
        return [for_translation(whole[start:stop]) for start, stop in self.spans[text]]


def split(
    entries: Iterable[Entry],
    method: Method,
    count: Count,
    rules: Rules | None = None,
    progress: Callable[[int], None] = engines.silent,
) -> Iterator[Entry]:
    """Split units whose texts hold several sentences, and pass on the others as they are.

    Args:
        entries: units with a text in each of several languages.
        method: how to align; ready translations have no meaning here.
        count: told what became of the units.
        rules: segmentation rules other than our own.
        progress: told after each of some hundreds of units how many are done.

    Yields:
        The units in their order; a part has all that was said of the whole, its own
        x-alignment-probability, and x-split.
    """
    translator = _Translator(method)
    taken = iter(entries)
    while some := [_cut(entry, rules) for entry in islice(taken, _AT_ONCE)]:
        translator.prepare([cut for cut in some if cut.spans])
        for cut in some:
            parts = _parts(cut, translator, method)
            count.units += 1
            count.several += bool(cut.spans)
            count.split += len(parts) > 1
            count.parts += len(parts) if len(parts) > 1 else 0
            yield from parts
        progress(count.units)


def header(whole: Header) -> Header:
    """The header of a file whose units were split: its segments are sentences."""
    said = tuple(
        (name, "sentence" if name == "segtype" else value) for name, value in whole.attributes
    )
    return replace(whole, attributes=said)


def _cut(entry: Entry, rules: Rules | None) -> _Cut:
    langs = [one.lang for one in entry.variants]
    if len(langs) < 2 or "" in langs or any(map(_is_elsewhere, entry.variants)):
        return _Cut(entry)
    spans = tuple(
        tuple((one.start, one.stop) for one in segmentation.segment(text.text, text.lang, rules))
        for text in entry.variants
    )
    is_several = sum(len(own) > 1 for own in spans) > 1 and all(spans)
    return _Cut(entry, spans) if is_several else _Cut(entry)


def _is_elsewhere(variant: Variant) -> bool:
    """Whether the text is not that between the codes: there is no saying what belongs where."""
    return bool(variant.inline) and plain(variant.inline) != variant.text


def _parts(unit: _Cut, translator: _Translator, method: Method) -> list[Entry]:
    if not unit.spans:
        return [unit.entry]
    texts = range(len(unit.spans))
    pairs = [_pair(unit, *both, translator, method) for both in combinations(texts, 2)]
    groups = _complete(join([len(own) for own in unit.spans], pairs))
    if len(groups) < 2 or any(group.probability < _SURE for group in groups):
        return [unit.entry]
    pieces = [_pieces(unit, text, groups) for text in texts]
    if not all(pieces):
        return [unit.entry]
    return [
        _part(unit.entry, group, variants, f"{number}/{len(groups)}")
        for number, (group, *variants) in enumerate(zip(groups, *pieces, strict=True), 1)
    ]


def _pair(unit: _Cut, one: int, other: int, translator: _Translator, method: Method) -> Pair:
    beads = alignment.align(
        unit.sentences(one),
        unit.sentences(other),
        translated=translator.translated(unit, one, other),
        **method.options,
    )
    return Pair(one, other, beads)


def _complete(groups: Sequence[Group]) -> list[Group]:
    """Join groups that lack a text with those before them, the first ones with those behind.

    Sentences stand in their order in every text, or everything is one group.
    """
    made: list[Group] = []
    for group in groups:
        if made and not (all(made[-1].sides) and all(group.sides)):
            made.append(_both(made.pop(), group))
        else:
            made.append(group)
    in_order = (
        list(side) == list(range(side[0], side[-1] + 1))
        and (number == 0 or side[0] == made[number - 1].sides[text][-1] + 1)
        for number, group in enumerate(made)
        for text, side in enumerate(group.sides)
    )
    return made if all(in_order) else []


def _both(one: Group, other: Group) -> Group:
    sides = zip(one.sides, other.sides, strict=True)
    return Group(
        tuple(tuple(sorted((*a, *b))) for a, b in sides), min(one.probability, other.probability)
    )


def _pieces(unit: _Cut, text: int, groups: Sequence[Group]) -> list[Variant]:
    """The parts of a text with their inline codes; none if these cannot be parted."""
    variant, own = unit.entry.variants[text], unit.spans[text]
    spans = [(own[side[0]][0], own[side[-1]][1]) for side in (one.sides[text] for one in groups)]
    contents = codes.cut(variant.inline, spans)
    return [
        replace(
            variant,
            text=variant.text[start:stop],
            inline=content if any(isinstance(part, Inline) for part in content) else (),
        )
        for (start, stop), content in zip(spans, contents or (), strict=bool(contents))
    ]


def _part(entry: Entry, group: Group, variants: Sequence[Variant], which: str) -> Entry:
    return replace(
        entry,
        tuid=f"{entry.tuid}.{which.partition('/')[0]}" if entry.tuid else "",
        variants=tuple(variants),
        props=(*entry.props, (PROBABILITY, f"{group.probability:.4f}"), (SPLIT, which)),
    )


class _Translator:
    """Translates the sentences of many units at a time, by language pair."""

    def __init__(self, method: Method) -> None:
        self._method = method
        self._routes: dict[tuple[str, str], list[Engine]] = {}
        self._known: dict[tuple[str, str], dict[str, str]] = {}

    def prepare(self, cuts: Sequence[_Cut]) -> None:
        """Translate what these units need; what was there before is forgotten."""
        wanted: dict[tuple[str, str], dict[str, None]] = {}
        for cut in cuts:
            for one, other in combinations(range(len(cut.spans)), 2):
                langs = cut.entry.variants[one].lang, cut.entry.variants[other].lang
                wanted.setdefault(langs, {}).update(dict.fromkeys(cut.sentences(one)))
        self._known = {
            langs: dict(zip(texts, self._made(langs, list(texts)), strict=False))
            for langs, texts in wanted.items()
        }

    def translated(self, cut: _Cut, one: int, other: int) -> list[str] | None:
        """The sentences of a text in the language of another; None if no model serves the two."""
        known = self._known[cut.entry.variants[one].lang, cut.entry.variants[other].lang]
        return [known[sentence] for sentence in cut.sentences(one)] if known else None

    def _made(self, langs: tuple[str, str], texts: Sequence[str]) -> list[str]:
        if langs not in self._routes:
            self._routes[langs] = route(*langs, self._method)
        engine = self._routes[langs]
        return [one.text for one in engines.translate(engine, texts)] if engine else []
