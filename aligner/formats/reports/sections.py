"""The sections of a report on where the translations are from, each as lines of HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from aligner.formats.reports import (
    Alignment,
    Figures,
    Language,
    Plot,
    Spread,
    State,
)
from aligner.formats.reports import charts as c
from aligner.formats.reports import parts as p
from aligner.formats.reports.charts import Slice
from aligner.formats.reports.words import (
    MADE,
    STATES,
    counted,
    language,
)

_MOST_KINDS = 8


def progress(figures: Figures) -> Iterator[str]:
    """What is in which state, by units and by words."""
    yield '<div class="grid">'
    for one in filter(p.tells, figures.languages):
        head = f"{language(one.lang)}: units and words by state"
        yield from p.panel(head)
        for what in ("units", "words") if len(one.states) > 1 else ():
            name = f"progress-{c.anchor(one.lang)}-{what}"
            yield f'<p class="lane">By {what}</p>'
            yield c.stacked(name, f"{head}, by {what}", p.states(one.states, what))
        rows = (
            (
                c.key(state) + STATES[state],
                c.number(part.units),
                c.percent(part.units / figures.units),
                c.number(part.words),
                c.percent(part.words / max(1, figures.words)),
            )
            for state, part in one.states.items()
        )
        yield from p.scrolled(
            head, c.table(("State", "#Units", "#Share", "#Words", "#Share"), rows)
        )
        yield "</figure>"
    yield "</div>"
    yield (
        '<p class="about">Words are those of the source: the share that they make is the share of '
        "the work. Only what a person has edited, accepted or written counts as reviewed.</p>"
    )


def memory(figures: Figures) -> Iterator[str]:
    """What came from translation memories."""
    yield '<div class="grid">'
    for one in figures.languages:
        if not one.matches:
            continue
        head = f"{language(one.lang)}: matches in the translation memory"
        yield from p.panel(head)
        rows = (
            (
                f"{band}\u00a0%" if band else "No match",
                c.bar(part.units / figures.units, [Slice("", "memory" if band else "machine", 1)]),
                c.number(part.units),
                c.number(part.words),
            )
            for band, part in one.matches.items()
        )
        yield from p.scrolled(
            head, c.table(("Match", "|Share", "#Units", "#Words"), rows, look="bars")
        )
        yield "</figure>"
    yield "</div>"
    yield (
        '<p class="about">100\u00a0% is the same text, 101\u00a0% the same text between the same '
        "neighbours.</p>"
    )


def lengths(figures: Figures) -> Iterator[str]:
    """How long the translations are."""
    yield '<div class="grid">'
    for one in figures.languages:
        if one.lengths is None:
            continue
        spread, name = one.lengths.spread, language(one.lang)
        head = f"{name}: length of the translation, in characters"

        def told(place: int, spread: Spread = spread) -> str:
            low, high = spread.edges(place)
            return f"{2**low:.2f}–{2**high:.2f} times the source"

        low, high = spread.low, spread.high
        ticks = [
            ((value - low) / (high - low), text)
            for value, text in ((-2, "¼"), (-1, "½"), (0, "as long"), (1, "2 ×"), (2, "4 ×"))
        ]
        yield from p.panel(head)
        yield c.histogram(f"lengths-{c.anchor(one.lang)}", head, spread, ticks, "plain", told)
        yield (
            f'<p class="about">Median {2**spread.median:.2f} times the source; '
            f"{counted(one.lengths.unusual, 'unit')} of a length that is seldom right.</p>"
        )
        rows = (
            (told(place), c.number(count), c.percent(count / spread.count))
            for place, count in enumerate(spread.bins)
        )
        yield from p.more("Figures", c.table(("Length", "#Units", "#Share"), rows))
        if one.lengths.extremes:
            extremes = (
                (
                    f"<bdi>{c.safe(unit.id)}</bdi>",
                    f"<span{p.lang(unit.source_lang)}>{c.safe(unit.source)}</span>",
                    f"<span{p.lang(one.lang)}>{c.safe(unit.target)}</span>",
                    "" if unit.ratio is None else f"{unit.ratio:.2f}",
                )
                for unit in one.lengths.extremes
            )
            yield from p.more(
                "The most unusual units", c.table(("Unit", "Source", "Translation", "#×"), extremes)
            )
        yield "</figure>"
    yield "</div>"


def alignment(found: Alignment, plots: Sequence[Plot]) -> Iterator[str]:
    """How texts were aligned."""
    yield '<div class="grid">'
    if found.probability:
        head = f"How likely a unit is exactly right: {counted(found.units, 'unit')}"
        yield from p.histogram("alignment-probability", head, found.probability, "plain")
    yield from p.panel("What was aligned")
    rows: Iterable[Sequence[str]] = (
        (
            c.safe(language(one.lang)),
            c.number(one.count),
            c.number(one.unaligned),
            c.percent(one.unaligned / max(1, one.count)),
        )
        for one in found.sentences
    )
    if found.sentences:
        yield from c.table(("Text", "#Sentences", "#In no unit", "#Share"), rows)
    yield (
        f'<p class="about">{counted(found.unsure, "unit")} rather wrong than right. Sentences in '
        "no unit are known by the gaps that they leave: at the end of a paragraph there may be "
        "more.</p>"
    )
    for pair, kinds in found.kinds.items():
        total = sum(kinds.values())
        rows = (
            (c.safe(kind), c.bar(count / total, [Slice("", "edited", 1)]), c.number(count))
            for kind, count in list(kinds.items())[:_MOST_KINDS]
        )
        names = " – ".join(map(language, pair.split("-")))
        yield from c.table(("Sentences", f"|{names}", "#Units"), rows, look="bars")
    yield "</figure>"
    for plot in plots:
        one, other = map(language, plot.langs)
        yield from p.panel(f"{one} to the right, {other} downwards")
        told = f"Dot plot: the sentences of the {one} text to the right, the {other} downwards."
        yield c.picture(plot.svg, f"{told} Its figures are in the tables beside it.")
        yield "</figure>"
    yield "</div>"


def making(figures: Figures) -> Iterator[str]:
    """What the file says of how it was made."""
    yield '<dl class="making">'
    for name, value in figures.made.items():
        what, _, target = name.partition("-")
        said = MADE.get(name) or (f"Model for {language(target)}" if what == "model" else name)
        yield f"<div><dt>{c.safe(said)}</dt><dd><bdi>{c.safe(value)}</bdi></dd></div>"
    if figures.glossary:
        said = f"checked by {counted(figures.glossary, 'concept')}"
        yield f"<div><dt>Terms of this report</dt><dd>{said}</dd></div>"
    yield "</dl>"


def unknown(figures: Figures) -> list[str]:
    """What the file does not say, and how to know it; nothing if it says all."""
    found: dict[str, list[str]] = {}
    for one in figures.languages:
        for question in _questions(one, has_glossary=bool(figures.glossary)):
            found.setdefault(question, []).append(language(one.lang))
    if not figures.languages:
        found["Anything of translations: the file has none."] = []
    items = "".join(f"<li>{question}{_of(names)}</li>" for question, names in found.items())
    return [f'<ul class="unknown">{items}</ul>'] if items else []


def _questions(one: Language, *, has_glossary: bool) -> Iterator[str]:
    """What is not known of a language."""
    if State.UNSTATED in one.states:
        yield (
            "Where translations come from, and whether a person has reviewed them: the file has "
            "no x-origin, or state, that would say it."
        )
    if one.confidence is None and {State.MACHINE, State.UNSTATED} & set(one.states):
        yield "How good translations may be expected to be: no confidence is given."
    if one.terms is None and has_glossary:
        yield "Whether terms are right: none of the glossary is in the source."
    if one.terms is None and not has_glossary:
        yield "Whether terms are right: give a glossary with --glossary."
    if one.reviewed.units and one.editing is None:
        yield "How much persons have changed: no drafts are kept beside their texts."


def _of(names: Sequence[str]) -> str:
    return f" <em>({c.safe(', '.join(names))})</em>" if names else ""
