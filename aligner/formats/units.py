"""Our units as entries, as every exchange format takes them, and back.

What TMX has no name for stands in properties (`prop`):

    header   x-KEY                     the signature: how the targets were made
    tu       x-document, x-kind        where the segment stands
             x-context-pre, -post      the source segments before and after it
             x-dropped-characters      how many were left out because XML cannot hold them
             x-KEY                     the unit's own properties
    tuv      x-origin                  mt, tm, human or post-edited
             x-engine, x-model         who made it, for mt
             x-confidence              0.0000 to 1.0000
             x-match, x-memory         how far it fits, in percent, and whence, for tm
             x-draft                   what was offered before a person changed it
             x-issue, x-term           one for each; a term as "Osh → Ошту (forced, acc; osh)"

None is ever called "file": OmegaT fills nothing from a memory with such a property. A person's name
and the date of an edit are the attributes `changeid` and `changedate`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from aligner import __version__
from aligner.entries import Bundle, Entry, Header, Pairs, Variant
from aligner.formats.codes import content, folded, parts
from aligner.formats.xml import legal
from aligner.records import (
    Bitext,
    Code,
    Document,
    Kind,
    Origin,
    Outcome,
    Segment,
    Status,
    Target,
    TermUse,
    Unit,
)
from aligner.text import fold

_TOOL = (("creationtool", "aligner"), ("creationtoolversion", __version__))
_TERM = re.compile(
    rf"(.*?) → (.*) \(({'|'.join(Outcome)})(?:, ([^;]*))?; (.*), ({'|'.join(Status)})\)", re.DOTALL
)
# Properties of a unit that are no properties of its own.
_ABOUT_PLACE = {
    "x-document",
    "x-kind",
    "x-context-pre",
    "x-context-post",
    "x-dropped-characters",
}


def bundle(
    bitext: Bitext,
    langs: Sequence[str] | None = None,
    created: datetime | None = None,
    *,
    context: bool = True,
) -> Bundle:
    """The units of a bitext that have a target, one at a time.

    The line breaks of hard-wrapped segments become spaces; everything else in a text is kept.

    Args:
        bitext: its units may come from any iterable.
        langs: the target languages, in the order of their variants; by default all that a unit has.
        created: the date of the file and its targets; by default now.
        context: state the neighbours of each segment; not for collections of unrelated sentences.
    """
    document = bitext.document
    made = (*_TOOL, ("creationdate", _stamp(created or datetime.now(UTC))))
    attributes = (
        *made,
        ("segtype", "sentence"),
        ("o-tmf", "aligner"),
        ("adminlang", "en"),
        ("srclang", document.lang),
        ("datatype", "plaintext"),
    )
    header = Header(document.lang, _given(_own(bitext.signature)), attributes=attributes)
    return Bundle(_entries(document, bitext.units, langs, made, context=context), header)


def _entries(
    document: Document,
    units: Iterable[Unit],
    langs: Sequence[str] | None,
    made: Pairs,
    *,
    context: bool,
) -> Iterator[Entry]:
    for before, whole, after in _with_neighbours(units):
        one = whole if langs is None else _narrowed(whole, langs)
        if one.targets:
            yield entry(document, one, (before, after) if context else ("", ""), made)


def entry(
    document: Document, unit: Unit, around: tuple[str, str] = ("", ""), made: Pairs = ()
) -> Entry:
    """A unit as an entry.

    Args:
        document: the unit's.
        unit: its targets become variants, in their order.
        around: the source texts before and after it.
        made: attributes that say when and by which tool its targets were made.
    """
    before, after = around
    properties = (
        ("x-document", document.id),
        ("x-kind", unit.kind.value),
        ("x-context-pre", fold(before)),
        ("x-context-post", fold(after)),
        ("x-dropped-characters", str(dropped(unit) or "")),
        *_own(unit.properties),
    )
    name = tuid(document, unit.source)
    source = _variant(unit.source.text, unit.source.codes, document.lang)
    targets = (_of_target(lang, target, made) for lang, target in unit.targets.items())
    return Entry(
        tuid=name,
        variants=(source, *targets),
        source_lang=document.lang,
        props=_given(properties),
        attributes=(("tuid", name),),
    )


def unit(entry: Entry) -> Unit:
    """A unit from an entry that was made of one.

    Where its segment stands in the document is not in an entry: it begins and ends as its text.
    """
    source = entry.source() or Variant("", "")
    props = dict(entry.props)
    text, codes = parts(source)
    name = entry.tuid.rpartition(":")[2]
    paragraph = name.partition(".")[0]
    block = int(paragraph) - 1 if paragraph.isdecimal() and int(paragraph) else 0
    kind = props.get("x-kind", "")
    return Unit(
        Segment(name, block, 0, len(text), text, codes),
        {variant.lang: target(variant) for variant in entry.targets()},
        Kind(kind) if kind in set(Kind) else Kind.BODY,
        {key.removeprefix("x-"): text for key, text in entry.props if key not in _ABOUT_PLACE},
    )


def target(variant: Variant, origin: Origin = Origin.HUMAN) -> Target:
    """A target from a variant; from one of another tool as far as it says.

    Args:
        variant: with the properties that `entry` gives it.
        origin: where it comes from, if it does not say.
    """
    props, attributes = dict(variant.props), dict(variant.attributes)
    said = props.get("x-origin", "")
    match = props.get("x-match", "")
    text, codes = parts(variant)
    return Target(
        text=text,
        origin=Origin(said) if said in set(Origin) else origin,
        score=_score(props.get("x-confidence", "")),
        engine=props.get("x-engine", ""),
        model=props.get("x-model", ""),
        terms=tuple(filter(None, map(_use, _all(variant.props, "x-term")))),
        issues=_all(variant.props, "x-issue"),
        match=int(match) if match.isdecimal() else None,
        memory=props.get("x-memory", ""),
        draft=props.get("x-draft", ""),
        editor=attributes.get("changeid", ""),
        edited=_moment(attributes.get("changedate", "")),
        codes=codes,
    )


def tuid(document: Document, segment: Segment) -> str:
    """The stable name of a unit, "document:segment"; TMX allows no white space in it."""
    return re.sub(r"\s", "_", f"{document.id}:{segment.id}")


def dropped(unit: Unit) -> int:
    """How many characters of a unit's texts XML cannot hold."""
    texts = (unit.source.text, *(target.text for target in unit.targets.values()))
    return sum(len(text) - len(legal(text)) for text in map(fold, texts))


def _with_neighbours(units: Iterable[Unit]) -> Iterator[tuple[str, Unit, str]]:
    """Each unit between the source texts of the ones before and after it ("" at the ends)."""
    before: Unit | None = None
    rest = iter(units)
    unit = next(rest, None)
    while unit is not None:
        after = next(rest, None)
        yield before.source.text if before else "", unit, after.source.text if after else ""
        before, unit = unit, after


def _narrowed(unit: Unit, langs: Sequence[str]) -> Unit:
    """The unit with its targets in some languages only, in their order."""
    return replace(unit, targets={k: unit.targets[k] for k in langs if k in unit.targets})


def _variant(text: str, codes: Sequence[Code], lang: str) -> Variant:
    text, codes = folded(text, codes)
    inline = content(text, codes)
    return Variant(lang, text, inline, attributes=(("xml:lang", lang),))


def _of_target(lang: str, target: Target, made: Pairs) -> Variant:
    maker = target.model or target.engine
    attributes = (
        *made,
        # CAT tools show it beside the match, as its author.
        ("creationid", maker if target.origin is Origin.MT else ""),
        ("changedate", _compact(target.edited)),
        ("changeid", target.editor),
    )
    properties = (
        ("x-origin", target.origin.value),
        ("x-engine", target.engine),
        ("x-model", target.model),
        ("x-confidence", "" if target.score is None else f"{target.score:.4f}"),
        ("x-match", "" if target.match is None else str(target.match)),
        ("x-memory", target.memory),
        ("x-draft", fold(target.draft)),
        *(("x-issue", issue) for issue in target.issues),
        *(("x-term", _term(use)) for use in target.terms),
    )
    plain_variant = _variant(target.text, target.codes, lang)
    return replace(
        plain_variant,
        props=_given(properties),
        notes=(_note(target.terms),) if target.terms else (),
        attributes=(*plain_variant.attributes, *_given(attributes)),
    )


def _term(use: TermUse) -> str:
    """What became of a term, in one line."""
    known = ", ".join(filter(None, (use.outcome, use.case)))
    return f"{use.source} → {use.target} ({known}; {use.concept}, {use.status})"


def _use(text: str) -> TermUse | None:
    """What `_term` says."""
    match = _TERM.fullmatch(text)
    if match is None:
        return None
    source, wording, outcome, case, concept, status = match.groups()
    return TermUse(concept, source, wording, Outcome(outcome), case or "", Status(status))


def _note(uses: Sequence[TermUse]) -> str:
    """What became of the terms, for whoever edits the translation: the ones to look at in full."""
    by_outcome: dict[Outcome, list[TermUse]] = {outcome: [] for outcome in Outcome}
    for use in uses:
        by_outcome[use.outcome].append(use)
    right = by_outcome.pop(Outcome.ALREADY)
    found_right = [f"{len(right)} already right"] if right else []
    for outcome, found in by_outcome.items():
        pairs = ", ".join(f"{use.source} → {use.target}" for use in found)
        found_right += [f"{outcome}: {pairs}"] if found else []
    return "Terms: " + "; ".join(found_right)


def _own(properties: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Names of our own, which the standard wants to begin with "x-"."""
    return ((f"x-{key}", value) for key, value in properties.items())


def _given(pairs: Iterable[tuple[str, str]]) -> Pairs:
    """Those that have a value."""
    return tuple(pair for pair in pairs if pair[1])


def _all(pairs: Pairs, name: str) -> tuple[str, ...]:
    return tuple(value for key, value in pairs if key == name)


def _score(text: str) -> float | None:
    return float(text) if re.fullmatch(r"0\.\d+|1\.0+", text) else None


def _stamp(moment: datetime) -> str:
    """A date as TMX writes it."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _compact(date: str) -> str:
    """A date as TMX writes it, from ISO 8601."""
    try:
        return _stamp(datetime.fromisoformat(date))
    except ValueError:
        return date


def _moment(date: str) -> str:
    """A date in ISO 8601, from what TMX makes of it."""
    try:
        moment = datetime.strptime(date, "%Y%m%dT%H%M%S%z")
    except ValueError:
        return date
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
