"""Existing translations, two texts or more, aligned sentence by sentence.

    read → segment → translate what is needed → align pairs → join to units → write

Each text is aligned with each; `aligner.alignment.join` makes units of the pairs. A pair is aligned
over machine translation where a model serves one of its directions, else as the texts stand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from aligner import alignment, engines
from aligner.align.texts import Text
from aligner.alignment import Bead, moves
from aligner.alignment.join import Group, Pair, join
from aligner.alignment.moves import Passage
from aligner.engines import Engine, Settings
from aligner.errors import ModelMissing

if TYPE_CHECKING:
    from collections.abc import Callable

    from aligner.engines.packages import Model

_RELATED = 0.5  # from which texts belong together
_FEW = 3  # sentences of texts of which that cannot be told: of such true pairs one in six has less

# The sentences of one text in the language of another, by the numbers of the two.
Translations = Mapping[tuple[int, int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Method:
    """How to align.

    Attributes:
        translate: translate by the models that are there.
        ready: translations that are there already.
        allow_moves: align passages that stand elsewhere in the other text.
        settings: how the models run.
        options: of `aligner.alignment.align`, such as `deletion`.
    """

    translate: bool = True
    ready: Translations = field(default_factory=lambda: MappingProxyType({}))
    allow_moves: bool = False
    settings: Settings = field(default_factory=Settings)
    options: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Aligned:
    """Texts and their alignment.

    Attributes:
        texts: in the order given.
        pairs: the alignment of each two of them.
        groups: the units that these make.
        related: for each pair how likely the two texts belong together, 0 to 1.
        models: for each pair the models that translated for it; none for ready translations.
        compared: for each pair its sentences as they were compared, in one language if there was a
            translation; the first text's, and the second's.
        moved: for each pair the passages that stand elsewhere in the other text.
    """

    texts: tuple[Text, ...]
    pairs: tuple[Pair, ...]
    groups: tuple[Group, ...]
    related: tuple[float, ...]
    models: tuple[tuple[Model, ...], ...]
    compared: tuple[tuple[Sequence[str], Sequence[str]], ...]
    moved: tuple[tuple[Passage, ...], ...]

    def unrelated(self) -> list[Text]:
        """The texts that do not seem to belong to the first, nor to one that does."""
        links = [
            {pair.first, pair.second}
            for place, pair in enumerate(self.pairs)
            if self.related[place] >= _RELATED or self._is_too_short(place)
        ]
        known = {0}
        while more := {text for link in links if link & known for text in link} - known:
            known |= more
        return [text for number, text in enumerate(self.texts) if number not in known]

    def _is_too_short(self, place: int) -> bool:
        """Whether too little can be told of a pair to refuse it."""
        pair = self.pairs[place]
        return all(len(self.texts[text].sentences) <= _FEW for text in (pair.first, pair.second))


def align(
    texts: Sequence[Text],
    method: Method = Method(),
    progress: Callable[[str, int, int], None] = engines.silent,
) -> Aligned:
    """Align texts.

    Args:
        texts: two or more.
        method: how.
        progress: told the pair of languages, and how many sentences of how many are translated.

    Raises:
        PackageError: a model is there but broken.
        UsageError: a ready translation has another number of sentences than its text.
    """
    translations = _Translations(texts, method, progress)
    both = list(combinations(range(len(texts)), 2))
    for one, other in both:
        translations.make(one, other)
    found = [_compared(texts, pair, translations, method) for pair in both]
    pairs = tuple(one.pair for one in found)
    return Aligned(
        texts=tuple(texts),
        pairs=pairs,
        groups=tuple(join([len(text.sentences) for text in texts], pairs)),
        related=tuple(one.related for one in found),
        models=tuple(one.models for one in found),
        compared=tuple(one.sides for one in found),
        moved=tuple(tuple(moves.passages(one.found)) for one in found),
    )


@dataclass(frozen=True, slots=True)
class _Compared:
    """Two texts aligned; `found` are the beads with moved passages, else as in `Aligned`."""

    pair: Pair
    related: float
    models: tuple[Model, ...]
    sides: tuple[Sequence[str], Sequence[str]]
    found: Sequence[Bead]

    def turned(self) -> _Compared:
        """The same, with the texts exchanged."""
        one, other = self.sides
        return replace(
            self,
            pair=Pair(self.pair.second, self.pair.first, _turned(self.pair.beads)),
            sides=(other, one),
            found=_turned(self.found),
        )


def _compared(
    texts: Sequence[Text], both: tuple[int, int], translations: _Translations, method: Method
) -> _Compared:
    """Align two texts, over a translation of the first if there is one, else of the second."""
    first, second = both
    if translations.has(second, first) and not translations.has(first, second):
        return _aligned(texts, (second, first), translations, method).turned()
    return _aligned(texts, both, translations, method)


def _aligned(
    texts: Sequence[Text], both: tuple[int, int], translations: _Translations, method: Method
) -> _Compared:
    views = translations.views(*both)
    one, other = (texts[text] for text in both)
    translated = next((view.source for view in views if view.target is other.sentences), None)
    known = {
        "translated": translated,
        "views": [(view.source, view.target) for view in views if view.source is not translated],
        "paragraphs": (one.paragraphs, other.paragraphs),
        **method.options,
    }
    beads = alignment.align(one.sentences, other.sentences, **known)
    found = moves.find(one.sentences, other.sentences, beads, **known)
    compared = (views[0].source, views[0].target) if views else (one.sentences, other.sentences)
    return _Compared(
        Pair(*both, found if method.allow_moves else beads),
        alignment.relatedness(one.sentences, other.sentences, beads, translated=translated),
        tuple(dict.fromkeys(model for view in views for model in view.models)),
        compared,
        found,
    )


@dataclass(frozen=True, slots=True)
class _View:
    """Two texts, or translations of them, to be compared; and what translated."""

    source: Sequence[str]
    target: Sequence[str]
    models: tuple[Model, ...] = ()


class _Translations:
    """Translations of the texts into one another's languages; each is made once."""

    def __init__(
        self,
        texts: Sequence[Text],
        method: Method,
        progress: Callable[[str, int, int], None],
    ) -> None:
        self._texts = texts
        self._method = method
        self._progress = progress
        self._made = {
            (text, texts[other].lang): _Made(given) for (text, other), given in method.ready.items()
        }

    def has(self, text: int, other: int) -> bool:
        """Whether a text is there in the language of another."""
        return (text, self._texts[other].lang) in self._made

    def make(self, one: int, other: int) -> None:
        """Translate what aligning two texts needs: either into the language of the other.

        The second direction is worth its time only where a model translates at one go.
        """
        for text, into in ((one, other), (other, one)):
            lang = self._texts[into].lang
            is_there = self.has(one, other) or self.has(other, one)
            legs = [] if self.has(text, into) else route(self._texts[text].lang, lang, self._method)
            if legs and not (is_there and len(legs) > 1):
                self._made[text, lang] = self._translated(text, lang, legs)

    def _translated(self, text: int, lang: str, legs: Sequence[Engine]) -> _Made:
        source = self._texts[text]
        tell = partial(self._progress, f"{source.lang} → {lang}")
        made = engines.translate(legs, source.sentences, progress=tell)
        return _Made([one.text for one in made], tuple(engine.model for engine in legs))

    def views(self, one: int, other: int) -> list[_View]:
        """By what two texts can be compared, best first."""
        source, target = (self._texts[text] for text in (one, other))
        views = []
        if made := self._made.get((one, target.lang)):
            views.append(_View(made.sentences, target.sentences, made.models))
        if made := self._made.get((other, source.lang)):
            views.append(_View(source.sentences, made.sentences, made.models))
        return views


@dataclass(frozen=True, slots=True)
class _Made:
    """A text translated, and by what; by nothing we know if it was given."""

    sentences: Sequence[str]
    models: tuple[Model, ...] = ()


def route(source: str, target: str, method: Method) -> list[Engine]:
    """The models that translate from one language into another; none if there are none to use.

    Raises:
        PackageError: a model is there but broken.
    """
    if not method.translate or source == target:
        return []
    try:
        return engines.load(source, target, method.settings)
    except ModelMissing:
        return []


def _turned(beads: Sequence[Bead]) -> list[Bead]:
    """The beads of texts that are exchanged, in the order of the new source.

    What only the new target has comes after what it follows there.
    """
    turned = [replace(bead, source=bead.target, target=bead.source) for bead in beads]
    places = {}
    before = -1
    for bead in sorted(turned, key=lambda one: one.target):
        before = bead.source[0] if bead.source and bead.target else before
        places[bead] = (bead.source[0] if bead.source else before, not bead.source, bead.target)
    return sorted(turned, key=places.__getitem__)
