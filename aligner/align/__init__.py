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
from aligner.alignment import Bead
from aligner.alignment.join import Group, Pair, join
from aligner.engines import Engine, Settings
from aligner.errors import ModelMissing

if TYPE_CHECKING:
    from collections.abc import Callable

    from aligner.engines.packages import Model

# The least `relatedness` times certainty of texts that belong together. Of 93 true pairs of short
# news the worst has .21; of 465 false ones 8 in the same topics have more.
_RELATED = 0.2

# The sentences of one text in the language of another, by the numbers of the two.
Translations = Mapping[tuple[int, int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Method:
    """How to align.

    Attributes:
        translate: translate by the models that are there.
        ready: translations that are there already.
        settings: how the models run.
        options: of `aligner.alignment.align`, such as `deletion`.
    """

    translate: bool = True
    ready: Translations = field(default_factory=lambda: MappingProxyType({}))
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
    """

    texts: tuple[Text, ...]
    pairs: tuple[Pair, ...]
    groups: tuple[Group, ...]
    related: tuple[float, ...]
    models: tuple[tuple[Model, ...], ...]

    def unrelated(self) -> list[Text]:
        """The texts that do not seem to belong to the first, nor to one that does."""
        links = [
            {pair.first, pair.second}
            for pair, related in zip(self.pairs, self.related, strict=True)
            if related * pair.certainty >= _RELATED
        ]
        known = {0}
        while more := {text for link in links if link & known for text in link} - known:
            known |= more
        return [text for number, text in enumerate(self.texts) if number not in known]


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
    aligner = _Aligner(texts, method, progress)
    found = [aligner.pair(*both) for both in combinations(range(len(texts)), 2)]
    pairs = tuple(pair for pair, _, _ in found)
    return Aligned(
        texts=tuple(texts),
        pairs=pairs,
        groups=tuple(join([len(text.sentences) for text in texts], pairs)),
        related=tuple(related for _, related, _ in found),
        models=tuple(models for _, _, models in found),
    )


class _Aligner:
    def __init__(
        self,
        texts: Sequence[Text],
        method: Method,
        progress: Callable[[str, int, int], None],
    ) -> None:
        self._texts = texts
        self._method = method
        self._progress = progress

    def pair(self, first: int, second: int) -> tuple[Pair, float, tuple[Model, ...]]:
        """Align two texts; also says how far they are related, and which models translated."""
        source, target = first, second
        translated, models = self._translation(source, target)
        if translated is None:
            source, target = second, first
            translated, models = self._translation(source, target)
        sides = self._texts[source].sentences, self._texts[target].sentences
        beads = alignment.align(*sides, translated=translated, **self._method.options)
        related = alignment.relatedness(*sides, beads, translated=translated)
        if source != first:
            beads = [_turned(bead) for bead in beads]
        return Pair(first, second, beads), related, models

    def _translation(self, one: int, other: int) -> tuple[Sequence[str] | None, tuple[Model, ...]]:
        """A text in the language of another, if it is there or can be made."""
        if (one, other) in self._method.ready:
            return self._method.ready[one, other], ()
        source, target = self._texts[one], self._texts[other]
        legs = route(source.lang, target.lang, self._method)
        if not legs:
            return None, ()
        tell = partial(self._progress, f"{source.lang} → {target.lang}")
        made = engines.translate(legs, source.sentences, progress=tell)
        return [one.text for one in made], tuple(engine.model for engine in legs)


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


def _turned(bead: Bead) -> Bead:
    return replace(bead, source=bead.target, target=bead.source)
