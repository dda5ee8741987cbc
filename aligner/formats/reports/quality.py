"""The sections of a report on how good the translations are, each as lines of HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aligner.formats.reports import (
    ConceptCount,
    Figures,
    Shown,
    State,
)
from aligner.formats.reports import charts as c
from aligner.formats.reports import parts as p
from aligner.formats.reports.charts import Slice
from aligner.formats.reports.words import (
    BASES,
    OUTCOMES,
    STATES,
    STATUSES,
    counted,
    language,
)

_OPEN = 8  # units to look at that are shown at once
_MOST_IN_UNIT = 6
_MOST_ISSUES = 40
_MOST_EDITORS = 30
_SIGNS = {"error": "■", "warning": "▲", "note": "●"}


def worst(figures: Figures) -> Iterator[str]:
    """The units that need a person most."""
    yield (
        '<p class="about">Units with an error come first, then those of the lowest confidence; '
        "what a person has reviewed is among them only if there is an issue with it.</p>"
    )
    for one in figures.languages:
        if one.worst:
            yield f"<h3>{c.safe(language(one.lang))}</h3>"
            is_named = len(figures.documents) > 1
            yield from _units(one.worst[:_OPEN], one.lang, is_named=is_named)
            if rest := one.worst[_OPEN:]:
                yield f"<details><summary>The next {len(rest)}</summary>"
                yield from _units(rest, one.lang, is_named=is_named)
                yield "</details>"


def _units(found: Sequence[Shown], target: str, *, is_named: bool) -> Iterator[str]:
    yield '<ol class="units">'
    for one in found:
        yield from _unit(one, target, is_named=is_named)
    yield "</ol>"


def _unit(one: Shown, target: str, *, is_named: bool) -> Iterator[str]:
    name = f"{one.document} · {one.id}" if is_named and one.document else one.id
    yield '<li class="unit"><div class="about-unit">'
    yield f'<bdi class="name">{c.safe(name)}</bdi>'
    yield f'<span class="state">{c.key(one.state)}{STATES[one.state]}</span>'
    if one.confidence is not None:
        bar = c.bar(one.confidence, [Slice("", "plain", 1)], 9)
        told = f"{c.percent(one.confidence)} confidence"
        yield f'<span class="sure">{told}{bar}</span>'
    yield "</div>"
    yield '<div class="texts">'
    yield f'<p class="source"{p.lang(one.source_lang)}>{c.safe(one.source)}</p>'
    yield f'<p class="target"{p.lang(target)}>{c.safe(one.target)}</p>'
    yield "</div>"
    if one.issues:
        issues = "".join(
            f'<li class="{issue.severity}"><span class="sign" aria-hidden="true">'
            f"{_SIGNS.get(issue.severity, '●')}</span> <b>{c.safe(issue.severity)}</b>"
            f" <bdi>{c.safe(issue.message)}</bdi> <code>{c.safe(issue.check)}</code></li>"
            for issue in one.issues[:_MOST_IN_UNIT]
        )
        if (rest := len(one.issues) - _MOST_IN_UNIT) > 0:
            issues += f"<li>{counted(rest, 'more issue')}</li>"
        yield f'<ul class="issues">{issues}</ul>'
    yield "</li>"


def confidence(figures: Figures) -> Iterator[str]:
    """How the confidence is spread, and what it goes by."""
    bases = dict.fromkeys(base for one in figures.languages for base in one.bases)
    yield '<div class="grid">'
    for one in figures.languages:
        if one.confidence:
            head = f"{language(one.lang)}: confidence of {counted(one.confidence.count, 'unit')}"
            yield from p.histogram(
                f"confidence-{c.anchor(one.lang)}", head, one.confidence, "plain"
            )
    yield "</div>"
    yield '<dl class="bases">'
    for base in bases:
        name, said = BASES.get(base, (base, ""))
        units = sum(one.bases.get(base, 0) for one in figures.languages)
        count = counted(units, "translation")
        yield f"<dt>{c.safe(name)} ({count})</dt><dd>{said}</dd>"
    yield "</dl>"


def issues(figures: Figures) -> Iterator[str]:
    """What the checks have found, by kind."""
    yield '<div class="grid">'
    for one in figures.languages:
        head = f"{language(one.lang)}: issues by kind"
        yield from p.panel(head)
        if not one.issues:
            yield '<p class="fine">The checks have found nothing.</p></figure>'
            continue
        most = max(issue.units for issue in one.issues)
        rows = (
            (
                f'<span class="sign {issue.severity}" aria-hidden="true">'
                f"{_SIGNS.get(issue.severity, '●')}</span> <b>{c.safe(issue.check)}</b>"
                f'<span class="says">{c.safe(issue.severity)}: {c.safe(issue.says)}</span>',
                c.bar(issue.units / most, [Slice("", issue.severity, 1)])
                + f'<span class="places"><bdi>{c.safe(", ".join(issue.places))}</bdi>'
                + (" …" if issue.units > len(issue.places) else "")
                + "</span>",
                c.number(issue.units),
            )
            for issue in one.issues[:_MOST_ISSUES]
        )
        yield from p.scrolled(
            head, c.table(("Check", "|In which units", "#Units"), rows, look="bars")
        )
        if (rest := len(one.issues) - _MOST_ISSUES) > 0:
            yield f'<p class="about">{counted(rest, "more kind")}.</p>'
        yield "</figure>"
    yield "</div>"


def terms(figures: Figures) -> Iterator[str]:
    """What became of the terms of the glossary."""
    yield '<div class="grid">'
    for one in figures.languages:
        if one.terms is None:
            continue
        name = language(one.lang)
        uses = sum(one.terms.outcomes.values())
        head = f"{name}: {counted(uses, 'term')} of the glossary in the source"
        yield from p.panel(head)
        for key, title, names, counts in (
            ("outcome", "What became of them", OUTCOMES, one.terms.outcomes),
            ("status", "How far the glossary may be trusted", STATUSES, one.terms.statuses),
        ):
            slices = [Slice(names.get(what, what), what, n) for what, n in counts.items()]
            yield f'<p class="lane">{title}</p>'
            yield c.stacked(f"terms-{c.anchor(one.lang)}-{key}", f"{name}: {title}", slices, 26)
            rows = (
                (
                    c.key(each.look) + each.name,
                    c.number(int(each.value)),
                    c.percent(each.value / uses),
                )
                for each in slices
            )
            yield from c.table((title, "#Terms", "#Share"), rows)
        yield from _concepts("Missing in the translation", one.terms.missing, one.lang, figures)
        yield from _concepts("Most often in the source", one.terms.used, one.lang, figures)
        yield "</figure>"
    yield "</div>"


def _concepts(
    title: str, found: Sequence[ConceptCount], target: str, figures: Figures
) -> Iterator[str]:
    if not found:
        return
    most = max(one.uses for one in found)
    rows = (
        (
            f"<span{p.lang(figures.source)}>{c.safe(one.source)}</span>"
            f'<span class="says"{p.lang(target)}>{c.safe(one.target)}</span>',
            c.bar(
                one.uses / most,
                [
                    Slice("there", "already", one.uses - one.missing),
                    Slice("missing", "missing", one.missing),
                ],
            )
            + (
                f'<span class="places"><bdi>{c.safe(", ".join(one.places))}</bdi></span>'
                if one.places
                else ""
            ),
            c.number(one.uses),
            c.number(one.missing),
        )
        for one in found
    )
    yield from p.more(
        f"{title} ({len(found)})",
        c.table(("Term", "|Right, and missing", "#Uses", "#Missing"), rows, look="bars"),
    )


def editing(figures: Figures) -> Iterator[str]:
    """How much persons changed."""
    yield (
        '<p class="about">HTER: the words that a person inserted, deleted, replaced or moved, for '
        "each word of the text that came of it (Snover et al., 2006). 0\u00a0% is a draft that was "
        "left as it was.</p>"
    )
    yield '<div class="grid">'
    for one in figures.languages:
        name = language(one.lang)
        if one.editing:
            head = f"{name}: HTER of {counted(one.editing.compared, 'unit')}"
            yield from p.histogram(
                f"editing-{c.anchor(one.lang)}", head, one.editing.spread, "edited"
            )
        if one.editors:
            yield from p.panel(f"{name}: who did what")
            rows = (
                (
                    f"<bdi>{c.safe(who.name) or 'no name'}</bdi>",
                    *(c.number(who.states.get(state, 0)) for state in _BY_PERSONS),
                    c.number(who.words),
                    p.or_dash(who.rate),
                )
                for who in one.editors[:_MOST_EDITORS]
            )
            head_row = ("Editor", "#Written", "#Edited", "#Accepted", "#Words", "#HTER")
            yield from p.scrolled(f"{name}: who did what", c.table(head_row, rows))
            if one.editing:
                whole = f"All together: {one.editing.edits:,} edits of {one.editing.length:,} words"
                yield f'<p class="about">{whole}, HTER {c.percent(one.editing.rate)}.</p>'
            yield "</figure>"
    yield "</div>"


_BY_PERSONS = (State.HUMAN, State.EDITED, State.ACCEPTED)
