"""A termbase as a whole: its fingerprint, several joined into one, and what is wrong with it."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import StrEnum
from itertools import chain, count

from aligner import languages
from aligner.errors import UsageError
from aligner.languages import morphology
from aligner.records import Concept, Status, Term, Wording
from aligner.terminology.forms import Standing, term_in

_WORD = re.compile(r"[^\W_]+")
# Letters that look like one of the other script: Latin, then Cyrillic.
_LOOKALIKES = frozenset("aceopxyijskhABCEHKMOPTXYIJS" + "асеорхуіјѕкһАВСЕНКМОРТХУІЈЅ")
# What `aligner.languages.morphology` takes, whatever the language; not every one refuses others.
_FEATURES = languages.words("m f n anim inan sg pl plural px3 person frozen")
_FREE_FEATURES = ("read:", "frozen:")
_PAIRS = {"(": ")", "[": "]", "{": "}", "«": "»"}
_ODD_SPACE = re.compile(r"[^\S ]")


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"  # a translation would come out wrong, or the entry cannot be used
    WARNING = "warning"  # probably a mistake
    NOTE = "note"  # work that is left to do


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong with a termbase.

    Attributes:
        severity: how bad it is.
        check: what was looked for: "conflict", "mixed-script" …
        message: what was found, one sentence without a full stop.
        concept: the id of the concept; "" for the termbase as a whole.
        lang: the language of the term; "" for the concept as a whole.
    """

    severity: Severity
    check: str
    message: str
    concept: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Termbase:
    """Concepts that are used together, in the order in which they were given."""

    concepts: tuple[Concept, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 of all that can change a result; notes, sources and further fields cannot."""
        bare = [replace(concept, note="", source="", extra={}) for concept in self.concepts]
        text = json.dumps(bare, default=_plain, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def _plain(value: object) -> object:
    """A record or mapping as JSON has it."""
    if is_dataclass(value):
        return {one.name: getattr(value, one.name) for one in fields(value)}
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(type(value).__name__)


@dataclass(frozen=True, slots=True)
class Merged:
    """Several termbases in one.

    Attributes:
        termbase: all concepts.
        origins: by the id of a concept, the index of the termbase that it comes from.
        findings: what was replaced or renamed.
    """

    termbase: Termbase
    origins: Mapping[str, int]
    findings: tuple[Finding, ...]


def merged(termbases: Iterable[Termbase]) -> Merged:
    """Join termbases: where two describe a concept, the later one wins, in the earlier one's place.

    They describe the same if they have its id, and a wording of it in some language. A concept that
    shares only the id, as happens where rows are numbered, gets a new one.
    """
    concepts: list[Concept] = []
    places: dict[str, int] = {}
    origins: dict[str, int] = {}
    found: list[Finding] = []
    for number, termbase in enumerate(termbases):
        ours: dict[str, int] = {}
        taken = places.keys() | {concept.id for concept in termbase.concepts}
        for given in termbase.concepts:
            concept, place = given, places.get(given.id)
            if place is not None and _share_wording(concepts[place], concept):
                message = "it stands in an earlier termbase, too: the later one holds"
                found.append(Finding(Severity.WARNING, "replaced", message, concept.id))
                concepts[place] = concept
            else:
                if place is not None:
                    concept = replace(given, id=_free(given.id, taken | ours.keys()))
                    message = f'another concept of an earlier termbase has the id "{given.id}"'
                    found.append(Finding(Severity.WARNING, "renamed", message, concept.id))
                ours.setdefault(concept.id, len(concepts))
                concepts.append(concept)
            origins[concept.id] = number
        places |= ours
    return Merged(Termbase(tuple(concepts)), origins, tuple(found))


def _free(name: str, taken: Set[str]) -> str:
    return next(free for i in count(2) if (free := f"{name}.{i}") not in taken)


def _share_wording(one: Concept, other: Concept) -> bool:
    return any(
        {_key(wording.text) for wording in _usable(term)}
        & {_key(wording.text) for wording in _usable(other.terms[lang])}
        for lang, term in one.terms.items()
        if lang in other.terms
    )


def findings(concepts: Sequence[Concept], source: str = "en") -> list[Finding]:
    """Find what is wrong with a termbase, or looks so.

    Args:
        concepts: all of it.
        source: the language that is translated from: there a wording must have one meaning.
    """
    langs = tuple(dict.fromkeys(lang for concept in concepts for lang in concept.terms))
    return [
        *_same_ids(concepts),
        *_conflicts(concepts, source),
        *_clashes(concepts),
        *_gaps(concepts, langs),
        *chain.from_iterable(
            _wording_findings(concept, lang, wording)
            for concept in concepts
            for lang, term in concept.terms.items()
            for wording in (*_usable(term), *term.forbidden)
        ),
        *_unapproved(concepts, langs),
    ]


def _usable(term: Term) -> tuple[Wording, ...]:
    return (term.preferred, *term.variants)


def _key(text: str) -> str:
    """What is the same of two spellings of a wording."""
    return " ".join(text.casefold().replace("ё", "е").split())


def _same_ids(concepts: Iterable[Concept]) -> Iterator[Finding]:
    times = Counter(concept.id for concept in concepts)
    for name, number in times.items():
        if number > 1:
            message = f"{number} concepts have this id"
            yield Finding(Severity.ERROR, "same-id", message, name)


def _conflicts(concepts: Iterable[Concept], source: str) -> Iterator[Finding]:
    """Source wordings of several concepts: translated alike they are double, else in conflict."""
    by_wording: dict[str, list[tuple[Concept, bool]]] = defaultdict(list)
    for concept in concepts:
        term = concept.terms.get(source)
        for wording in _usable(term) if term else ():
            key = " ".join(wording.text.split()) if concept.case_sensitive else _key(wording.text)
            by_wording[key].append((concept, term is not None and wording is term.preferred))
    for uses in by_wording.values():
        (first, is_preferred), *rest = uses
        for concept, also_preferred in rest:
            if concept is not first:
                yield _conflict(first, concept, source, is_preferred and also_preferred)


def _conflict(first: Concept, second: Concept, source: str, both_preferred: bool) -> Finding:
    shared = [lang for lang in first.terms if lang in second.terms and lang != source]
    differing = [
        f"{lang}: {ours} or {theirs}"
        for lang in shared
        if (ours := first.terms[lang].preferred.text)
        != (theirs := second.terms[lang].preferred.text)
    ]
    if not differing:
        message = f"its wording is also that of {first.id}, with the same translations"
        return Finding(Severity.WARNING, "duplicate", message, second.id, source)
    is_error = both_preferred and (first.category, first.pos) == (second.category, second.pos)
    told = "; ".join(differing)
    return Finding(
        Severity.ERROR if is_error else Severity.WARNING,
        "conflict",
        f"its wording is also that of {first.id}, but translated otherwise ({told})",
        second.id,
        source,
    )


def _clashes(concepts: Iterable[Concept]) -> Iterator[Finding]:
    """Wordings that one term forbids, or has as a variant, and one prefers."""
    preferred: dict[tuple[str, str], list[Concept]] = defaultdict(list)
    for concept in concepts:
        for lang, term in concept.terms.items():
            preferred[lang, _key(term.preferred.text)].append(concept)
    for concept in concepts:
        for lang, term in concept.terms.items():
            others = ((Standing.VARIANT, term.variants), (Standing.FORBIDDEN, term.forbidden))
            seen: set[str] = set()
            for standing, wordings in others:
                for wording in wordings:
                    key = _key(wording.text)
                    holders = preferred.get((lang, key), ())
                    yield from _clash(concept, lang, wording, standing, holders, key in seen)
                    seen.add(key)


def _clash(
    concept: Concept,
    lang: str,
    wording: Wording,
    standing: Standing,
    holders: Sequence[Concept],
    again: bool,
) -> Iterator[Finding]:
    forbidden = standing is Standing.FORBIDDEN
    exact = wording.text == concept.terms[lang].preferred.text
    told = f'"{wording.text}" is {standing} here'
    if any(one is concept for one in holders):
        # To forbid another letter case, or «е» for «ё», is a term's good right.
        if exact or not forbidden:
            severity = Severity.ERROR if forbidden else Severity.WARNING
            yield Finding(severity, "clash", f"{told}, and preferred as well", concept.id, lang)
    elif again:
        yield Finding(Severity.WARNING, "clash", f"{told}, and listed twice", concept.id, lang)
    elif holders and forbidden:
        message = f"{told}, but preferred in {holders[0].id}"
        yield Finding(Severity.WARNING, "clash", message, concept.id, lang)


def _gaps(concepts: Sequence[Concept], langs: Sequence[str]) -> Iterator[Finding]:
    """Concepts that lack a term in a language; each by itself where few do."""
    for concept in concepts:
        if not concept.terms:
            message = "it has no term in any language"
            yield Finding(Severity.ERROR, "no-term", message, concept.id)
    named = [concept for concept in concepts if concept.terms]
    for lang in langs:
        missing = [concept for concept in named if term_in(concept, lang) is None]
        if 2 * len(missing) > len(named):
            message = f"{len(missing)} concepts have no term"
            yield Finding(Severity.NOTE, "no-term", message, lang=lang)
        else:
            for concept in missing:
                yield Finding(Severity.WARNING, "no-term", "there is no term", concept.id, lang)


def _unapproved(concepts: Iterable[Concept], langs: Sequence[str]) -> Iterator[Finding]:
    told = {Status.PROPOSED: "only proposed", Status.NEEDS_CHECK: "to be checked by a person"}
    statuses = Counter(
        (lang, term.status) for concept in concepts for lang, term in concept.terms.items()
    )
    for lang in langs:
        for status, what in told.items():
            if number := statuses[lang, status]:
                terms = "1 term is" if number == 1 else f"{number} terms are"
                yield Finding(Severity.NOTE, "status", f"{terms} {what}", lang=lang)


_Check = Callable[[str, Wording], Iterator[tuple[Severity, str]]]


def _wording_findings(concept: Concept, lang: str, wording: Wording) -> Iterator[Finding]:
    """What is wrong with a wording by itself."""
    if not wording.text.strip():
        yield Finding(Severity.ERROR, "empty", "a wording is empty", concept.id, lang)
        return
    for name, check in _CHECKS.items():
        for severity, what in check(lang, wording):
            yield Finding(severity, name, f'"{wording.text}": {what}', concept.id, lang)


def _white_space(_: str, wording: Wording) -> Iterator[tuple[Severity, str]]:
    text = wording.text
    if text != text.strip():
        # An ending would stand behind it.
        yield Severity.ERROR, "white space at an end"
    if "  " in text.strip():
        yield Severity.WARNING, "two spaces in a row"
    for space in sorted({*_ODD_SPACE.findall(text.strip())}):
        yield Severity.WARNING, f"{_named(space)} instead of a space"


def _quotes(_: str, wording: Wording) -> Iterator[tuple[Severity, str]]:
    text = wording.text
    for opening, closing in _PAIRS.items():
        if text.count(opening) != text.count(closing):
            yield Severity.WARNING, f"{opening} and {closing} do not pair"
    if text.count('"') % 2 or ("„" not in text and text.count("“") != text.count("”")):
        yield Severity.WARNING, "quotes do not pair"


def _scripts(lang: str, wording: Wording) -> Iterator[tuple[Severity, str]]:
    """Letters of one script in a word of another; worst are look-alikes, which nobody sees."""
    alphabet = languages.get(lang).letters
    own = _script(min(alphabet)) if alphabet else ""
    for word in _WORD.findall(wording.text):
        scripts = Counter(_script(letter) for letter in word if letter.isalpha())
        if not scripts or (set(scripts) == {own}):
            continue
        # Names keep their script in any language: Facebook, N95. But no English word has Cyrillic
        # letters, and no language a foreign small letter for a word: "c" for «с».
        is_foreign = own == "LATIN" or (len(word) == 1 and word.islower())
        main = own if own and (own in scripts or is_foreign) else scripts.most_common(1)[0][0]
        strange = sorted({one for one in word if one.isalpha() and _script(one) != main})
        hidden = _LOOKALIKES.issuperset(strange)
        if not strange or (len(word) == 1 and not hidden):
            continue
        letters = ", ".join(f"{letter} is {_named(letter)}" for letter in strange)
        yield (
            Severity.ERROR if hidden else Severity.WARNING,
            f"letters of another script in «{word}»: {letters}",
        )


def _script(letter: str) -> str:
    """The script of a letter, as the names of Unicode begin: "LATIN", "CYRILLIC"."""
    return unicodedata.name(letter, "").partition(" ")[0]


def _named(letter: str) -> str:
    name = unicodedata.name(letter, "").lower()
    return f"{name} (U+{ord(letter):04X})" if name else f"U+{ord(letter):04X}"


def _alphabet(lang: str, wording: Wording) -> Iterator[tuple[Severity, str]]:
    """Letters of the right script that the language does not have: ұ or і in Kyrgyz."""
    language = languages.get(lang)
    if language.letters and _script(min(language.letters)) == "CYRILLIC":  # English has é and ö
        for letter in sorted({*wording.text.lower()} - language.letters):
            if _script(letter) == "CYRILLIC":
                yield Severity.WARNING, f"{letter}, {_named(letter)}, is not in {language.name}"


def _inflection(lang: str, wording: Wording) -> Iterator[tuple[Severity, str]]:
    """Features and forms that the rules of the language do not know."""
    for feature in wording.features:
        if feature not in _FEATURES and not feature.startswith(_FREE_FEATURES):
            yield Severity.ERROR, f'"{feature}" is not a feature'
            return
    if not wording.features and not wording.forms:
        return  # the rules do with any text what they can
    if lang not in morphology.served():
        if wording.forms:
            yield Severity.WARNING, "forms are given, but its language has none that we know"
        return
    try:
        found = morphology.inflector(lang)(wording.text, wording.features)
    except UsageError as error:
        yield Severity.ERROR, f"it cannot be inflected: {error.message}"
        return
    numbers = {"sg": found.sg, "pl": found.pl}
    cases = {case for forms in numbers.values() for case in forms}
    known = cases | {f"{number}.{case}" for number, forms in numbers.items() for case in forms}
    for key, form in wording.forms.items():
        if key not in known:
            has = ", ".join(case for case in found.sg or found.pl)
            yield Severity.ERROR, f'"{key}" is not a case that it has; it has {has}'
        if not form.strip():
            yield Severity.ERROR, f'the form for "{key}" is empty'


_CHECKS: Mapping[str, _Check] = {
    "white-space": _white_space,
    "quotes": _quotes,
    "mixed-script": _scripts,
    "alphabet": _alphabet,
    "inflection": _inflection,
}
