"""Translate a translation back, and see how much of the source comes home.

Wants a model of the other direction, so it is for the asking: it costs as much as the translation
did. A low figure is a reason to look, whoever wrote the translation; it cannot say which of the two
ways went wrong, and a high one may be two wrongs that cancel out.
"""

from __future__ import annotations

from collections.abc import Sequence

from aligner import engines
from aligner.engines import Engine, Progress
from aligner.quality.chrf import chrf
from aligner.quality.confidence import Confidence
from aligner.text import for_translation


def round_trip(
    sources: Sequence[str],
    translations: Sequence[str],
    back: Sequence[Engine],
    progress: Progress = engines.silent,
) -> list[Confidence]:
    """The chrF over 100 of each translation, translated back, against its source.

    Args:
        sources: the sources' texts.
        translations: theirs, in the same order.
        back: the route from the translations' language into the sources': `engines.load`.
        progress: told how many translations of how many are done.
    """
    texts = [for_translation(text) for text in translations]
    returned = engines.translate(back, texts, progress=progress)
    return [
        Confidence(chrf(one.text, source), "round trip")
        for source, one in zip(sources, returned, strict=True)
    ]
