"""A bitext after post-editing: what came back is taken over, and what was changed is measured.

The machine's first text stays as the draft, however often a target is edited. The rate of a unit is
that of its draft against its final text: HTER (Snover et al., AMTA 2006), with the one reference
that the post-editor made.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from aligner.curation.distance import Kind, Rate, changes, edit_distance, rate
from aligner.curation.returns import Edit, Place, Returned, places
from aligner.records import PERSONS, Alignment, Bitext, Code, Origin, Outcome, Target, TermUse, Unit

Check = Callable[[Unit, Target, str, str], Iterable[str]]
Carry = Callable[[str, Sequence[Code], str, Alignment | None], tuple[Code, ...]]

_LIGHT = 0.3  # of a unit's words, edited
_WORD = re.compile(r"\S+")

Span = tuple[int, int]


class Verdict(StrEnum):
    """What became of a unit in a language."""

    KEPT = "kept"  # a person approved the machine's text as it is
    LIGHT = "edited lightly"  # fewer than three words in ten
    REWRITTEN = "rewritten"
    NEW = "new"  # there was no text in the language
    KNOWN = "known"  # taken in before
    OLDER = "older"  # not taken: the bitext has a later edit
    UNTOUCHED = "untouched"  # came back as it went out
    MISSING = "missing"  # did not come back


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a unit that a person had edited or approved.

    Attributes:
        unit: its segment's id.
        lang: the language.
        verdict: what became of it.
        edit: what came back.
        draft: what it is compared with: the machine's text, else the one before; "" for new ones.
        distance: words inserted, deleted or replaced.
        rate: the draft's edit rate against what came back.
    """

    unit: str
    lang: str
    verdict: Verdict
    edit: Edit
    draft: str
    distance: int
    rate: Rate

    @property
    def is_taken(self) -> bool:
        """Whether it changes the bitext."""
        return self.verdict not in (Verdict.KNOWN, Verdict.OLDER)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two edits of one unit that differ: the later one holds."""

    unit: str
    lang: str
    taken: Edit
    other: Edit


@dataclass(frozen=True, slots=True)
class Revision:
    """A bitext after post-editing.

    Attributes:
        bitext: with all edits taken over.
        changes: one for each unit and language that a person edited or approved, in their order.
        conflicts: where edits contradict one another.
        verdicts: by language, how many units fared how.
        rates: by language, the rate of all its post-edited units, earlier ones too.
    """

    bitext: Bitext
    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]
    verdicts: Mapping[str, Mapping[Verdict, int]]
    rates: Mapping[str, Rate]


def revise(
    bitext: Bitext,
    returned: Sequence[Returned],
    check: Check,
    carry: Carry,
    *,
    editor: str = "",
    force: bool = False,
) -> Revision:
    """Take the edits of several files over into the bitext that they were made from.

    Args:
        bitext: stays as it is.
        returned: what each file brought; of edits of one unit the latest holds, and of edits from
            the same moment that of the later file.
        check: finds what is wrong with a target of a unit, by source and target language.
        carry: places the codes of a text in another one, as `aligner.markup.carry.carry`; for texts
            that come back without all of theirs.
        editor: the person's name, whatever the files say.
        force: take an edit that is older than what the bitext has.
    """
    chosen, conflicts = _chosen(bitext, returned)
    langs = _languages(bitext, chosen)
    seen = {place for file in returned for place in file.seen}
    verdicts = {lang: dict.fromkeys(Verdict, 0) for lang in langs}
    made: list[Change] = []
    units: list[Unit] = []
    for index, unit in enumerate(bitext.units):
        for lang in langs:
            edit = chosen.get((index, lang))
            if edit is None:
                kind = Verdict.UNTOUCHED if (index, lang) in seen else Verdict.MISSING
            else:
                change = _change(unit, lang, _by(edit, editor), force=force)
                made.append(change)
                unit = _revised(unit, change, bitext.document.lang, check, carry)
                kind = change.verdict
            verdicts[lang][kind] += 1
        units.append(unit)
    after = replace(bitext, units=tuple(units))
    return Revision(after, tuple(made), conflicts, verdicts, _rates(units, langs))


def _chosen(
    bitext: Bitext, returned: Iterable[Returned]
) -> tuple[dict[Place, Edit], tuple[Conflict, ...]]:
    """The edit that holds at each place, and those that it contradicts."""
    candidates: dict[Place, list[Edit]] = defaultdict(list)
    for file in returned:
        for place, edits in file.edits.items():
            # A default translation beside an alternative one is no second opinion.
            surest = max(edit.how for edit in edits)
            candidates[place] += [edit for edit in edits if edit.how == surest]
    chosen: dict[Place, Edit] = {}
    conflicts: list[Conflict] = []
    for place, edits in candidates.items():
        *others, taken = sorted(edits, key=lambda edit: edit.target.edited)
        chosen[place] = taken
        index, lang = place
        name = bitext.units[index].source.id
        conflicts += [
            Conflict(name, lang, taken, one)
            for one in others
            if one.target.text != taken.target.text
        ]
    return chosen, tuple(conflicts)


def _languages(bitext: Bitext, places: Iterable[Place]) -> tuple[str, ...]:
    """The target languages: those of the bitext first, in their order, then new ones."""
    ours = (lang for unit in bitext.units for lang in unit.targets)
    return tuple(dict.fromkeys((*ours, *sorted(lang for _, lang in places))))


def _change(unit: Unit, lang: str, edit: Edit, *, force: bool) -> Change:
    """What an edit makes of a unit."""
    old, text = unit.targets.get(lang), edit.target.text
    draft = (old.draft or old.text) if old else ""
    measured = rate(draft, text) if old else Rate(0, 0)
    return Change(
        unit=unit.source.id,
        lang=lang,
        verdict=_verdict(old, edit.target, measured, force=force),
        edit=edit,
        draft=draft,
        distance=edit_distance(draft, text).words if old else 0,
        rate=measured,
    )


def _verdict(old: Target | None, came: Target, measured: Rate, *, force: bool) -> Verdict:
    if old is None:
        return Verdict.NEW
    moved = bool(came.codes) and places(came) != places(old)
    if old.origin in PERSONS:
        if came.text == old.text and not moved:
            return Verdict.KNOWN
        if came.edited < old.edited and not force:
            return Verdict.OLDER
    if came.text == (old.draft or old.text) and not moved:
        return Verdict.KEPT
    return Verdict.LIGHT if measured.value < _LIGHT else Verdict.REWRITTEN


def _by(edit: Edit, editor: str) -> Edit:
    """The edit as that of a person, if one is named."""
    return replace(edit, target=replace(edit.target, editor=editor)) if editor else edit


def _revised(unit: Unit, change: Change, source_lang: str, check: Check, carry: Carry) -> Unit:
    """The unit with what came back; as it was, if that is nothing new."""
    if not change.is_taken:
        return unit
    came, old = change.edit.target, unit.targets.get(change.lang)
    new = _merged(old, came) if old else came
    if old is None or new.text != old.text:
        new = replace(
            new,
            terms=tuple(_still_there(new)),
            codes=came.codes or carried_codes(unit, old, new.text, carry),
        )
        new = replace(new, issues=tuple(check(unit, new, source_lang, change.lang)))
    note = change.edit.note
    return replace(
        unit,
        targets={**unit.targets, change.lang: new},
        properties={**unit.properties, **({f"note-{change.lang}": note} if note else {})},
    )


def _merged(old: Target, came: Target) -> Target:
    """What came back, with the draft that it was made of, and all that is known of that."""
    draft = old.draft or ("" if old.origin in PERSONS else old.text)
    return replace(
        old,
        text=came.text,
        origin=Origin.POST_EDITED if draft else Origin.HUMAN,
        score=old.score if came.text == old.text else None,
        draft=draft,
        editor=came.editor,
        edited=came.edited,
        codes=came.codes or old.codes,
    )


def carried_codes(unit: Unit, old: Target | None, text: str, carry: Carry) -> tuple[Code, ...]:
    """The codes of a text that came without them: where they stood before, or in the source."""
    if old and old.codes:
        return carry(old.text, old.codes, text, _alignment(old.text, text))
    return carry(unit.source.text, unit.source.codes, text, None)


def _alignment(old: str, new: str) -> Alignment:
    """The words of a text and of what a person made of it; those of a changed piece all alike.

    A word that was put in belongs to all: what stands around it says whether it is in a tag, too.
    """
    source: list[Span] = []
    target: list[Span] = []
    rows: list[dict[int, float]] = []
    here = there = 0
    for piece in changes(old, new):
        olds, news = _words(piece.old, here), _words(piece.new, there)
        first = len(source)
        every = dict.fromkeys(range(first, first + len(olds)), 1 / max(len(olds), 1))
        same = piece.kind is Kind.EQUAL
        rows += [{first + number: 1.0} if same else every for number in range(len(news))]
        source += olds
        target += news
        here, there = here + len(piece.old), there + len(piece.new)
    numbers = range(len(source))
    anywhere = dict.fromkeys(numbers, 1 / max(len(source), 1))
    weights = (tuple((row or anywhere).get(number, 0.0) for number in numbers) for row in rows)
    return Alignment(tuple(source), tuple(target), tuple(weights))


def _words(text: str, start: int) -> list[Span]:
    """The words of a text that begins at an offset."""
    return [(start + word.start(), start + word.end()) for word in _WORD.finditer(text)]


def _still_there(target: Target) -> Iterator[TermUse]:
    """The terms whose form is in the text; whose is not, the person has answered for."""
    text = target.text.casefold()
    for use in target.terms:
        if use.target.casefold() in text:
            missing = use.outcome is Outcome.MISSING
            yield replace(use, outcome=Outcome.ALREADY) if missing else use


def _rates(units: Iterable[Unit], langs: Iterable[str]) -> dict[str, Rate]:
    """By language, the edit rate of all drafts against their final texts."""
    rates = dict.fromkeys(langs, Rate(0, 0))
    for unit in units:
        for lang, target in unit.targets.items():
            if target.draft and target.origin in PERSONS:
                rates[lang] += rate(target.draft, target.text)
    return rates
