"""The targets of a document's segments in one language: from memory, or made by models.

    recall → translate → constrain terms → carry inline tags → check

A heading is translated as a sentence, and gets its case back; see `aligner.engines.casing`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from aligner import engines, route
from aligner.engines import Engine, casing
from aligner.markup.carry import carry, composed, shifted
from aligner.quality import Pair, check_all
from aligner.records import Alignment, Document, Kind, Origin, Outcome, Segment, Target
from aligner.route import Line, Made, Terms
from aligner.terminology.constrain import curated
from aligner.text import for_translation

if TYPE_CHECKING:
    from aligner.memory.recall import Recalled

# Checks whose findings depend on what is installed: the same run gives the same results anywhere.
_LOCAL = ("spelling",)
# Tokens. Models know no positions beyond 512, so that longer texts cannot be aligned.
_LONGEST = 400


def made(
    document: Document,
    segments: Sequence[Segment],
    legs: Sequence[Engine],
    terms: Terms,
    known: Sequence[Target | None],
    store: engines.Store | None,
    progress: engines.Progress,
) -> list[Target]:
    """Translate segments, but for those that a memory knows; the targets stand in their order.

    Args:
        document: the segments'.
        segments: what to translate.
        legs: the route of models.
        terms: what is to be put in; in what a memory gave they are only verified.
        known: for each segment the translation that a memory gives to use, or None.
        store: keeps finished batches.
        progress: told how many sentences of how many are done.
    """
    texts = [for_translation(segment.text) for segment in segments]
    headings = [document.blocks[segment.block].kind is Kind.HEADING for segment in segments]
    lines = [Line(text, terms.find(text, document.lang)) for text in texts]
    seen = casing.spellings(
        text for text, heading in zip(texts, headings, strict=True) if not heading
    )
    sentences = [
        _as_sentence(line, seen, legs[0]) if heading else line
        for line, heading in zip(lines, headings, strict=True)
    ]
    unknown = [line for line, target in zip(sentences, known, strict=True) if target is None]
    outputs = iter(route.translate(legs, unknown, terms, store, progress) if unknown else ())
    model = "+".join(engine.model.name for engine in legs)
    targets, halfway = [], []
    for line, heading, target in zip(lines, headings, known, strict=True):
        if target:
            uses = terms.verify(line, target.text, legs[-1].model.target)
            targets.append(replace(target, terms=uses))  # its text stays as it is
            halfway.append("")
        else:
            output = next(outputs)
            output = _recased(output, line.text) if heading else output
            targets.append(_target(output, model))
            halfway.append(output.halfway)
    tagged = _tagged(segments, texts, targets, halfway, legs)
    return _checked(document, segments, texts, tagged, legs[-1].model.target)


def remembered(
    recalled: Sequence[Recalled | None] | None, texts: Sequence[object]
) -> list[Target | None]:
    """For each text the translation that a memory gives to use, if there is one."""
    return [one.target if one else None for one in recalled or [None] * len(texts)]


def _as_sentence(line: Line, seen: Counter[str], engine: Engine) -> Line:
    """A heading spelt as a sentence; its terms have the capitals of the termbase."""
    text = casing.sentence_case(line.text, seen, engine.cost)
    if text != line.text:
        for term in line.terms:
            text = text[: term.start] + curated(text, term) + text[term.stop :]
    return replace(line, text=text)


def _recased(made: Made, heading: str) -> Made:
    terms = (replace(use, target=casing.recase(use.target, heading)) for use in made.terms)
    return replace(made, text=casing.recase(made.text, heading), terms=tuple(terms))


def _target(made: Made, model: str) -> Target:
    return Target(
        text=made.text,
        origin=Origin.MT,
        score=round(made.score, 4),
        engine="argos",
        model=model,
        terms=made.terms,
        issues=made.issues,
    )


def _checked(
    document: Document,
    segments: Sequence[Segment],
    texts: Sequence[str],
    targets: Sequence[Target],
    lang: str,
) -> list[Target]:
    """The targets with all that a person should look at."""
    pairs = [
        Pair(
            text,
            target.text,
            document.lang,
            lang,
            document.blocks[segment.block].kind,
            segment.codes,
            target.codes,
            segment.id,
        )
        for segment, text, target in zip(segments, texts, targets, strict=True)
    ]
    return [
        replace(target, issues=_issues(target, map(str, findings)))
        for target, findings in zip(targets, check_all(pairs, _LOCAL), strict=True)
    ]


def _issues(target: Target, found: Iterable[str]) -> tuple[str, ...]:
    """The issues of a target: its engine's, those found, and terms that are missing; each once."""
    missing = (
        f"term: no form of «{use.target}» for “{use.source}”"
        for use in target.terms
        if use.outcome is Outcome.MISSING
    )
    return tuple(dict.fromkeys((*target.issues, *found, *missing)))


def _tagged(
    segments: Sequence[Segment],
    texts: Sequence[str],
    targets: Sequence[Target],
    halfway: Sequence[str],
    legs: Sequence[Engine],
) -> list[Target]:
    """The targets with the inline tags of their segments."""
    tagged = [n for n, segment in enumerate(segments) if segment.codes]
    if not tagged:
        return list(targets)
    alignments = _alignments([(texts[n], halfway[n], targets[n].text) for n in tagged], legs)
    results = list(targets)
    for n, alignment in zip(tagged, alignments, strict=True):
        codes = shifted(segments[n].text, segments[n].codes, texts[n])
        placed = carry(texts[n], codes, targets[n].text, alignment)
        results[n] = replace(targets[n], codes=placed)
    return results


def _alignments(
    texts: Sequence[tuple[str, str, str]], legs: Sequence[Engine]
) -> list[Alignment | None]:
    """Align sources with targets, by way of what stands halfway; None where no model can tell."""
    fitting = [
        n
        for n, (source, half, target) in enumerate(texts)
        if (half or len(legs) == 1) and max(map(legs[0].cost, (source, half, target))) <= _LONGEST
    ]
    sources, halves, targets = ([texts[n][column] for n in fitting] for column in range(3))
    if len(legs) == 1:
        found = legs[0].align(sources, targets)
    else:
        first, second = legs[0].align(sources, halves), legs[1].align(halves, targets)
        found = list(map(composed, first, second))
    by_place = dict(zip(fitting, found, strict=True))
    return [by_place.get(n) for n in range(len(texts))]
