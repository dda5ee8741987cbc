"""A report on translations: its figures, and the page that shows them.

`aligner.report` counts, what is here are the records of what it counts; `html` writes the page.
Figures hold no more of a file than a few of its units, however large it is. Words are those of the
source, as white space parts them: that is how much there was to translate, in every language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class State(StrEnum):
    """How far a translation has come, the farthest first."""

    HUMAN = "human"  # a person wrote it
    EDITED = "edited"  # a person changed what a machine or a memory offered
    ACCEPTED = "accepted"  # a person left that as it was
    MEMORY = "memory"  # from a translation memory, not reviewed
    MACHINE = "machine"  # machine translation, not reviewed
    UNSTATED = "unstated"  # the file does not say
    MISSING = "missing"  # there is none


REVIEWED = frozenset({State.HUMAN, State.EDITED, State.ACCEPTED})
"""The states of what a person has seen."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of all units: how many, and how many words of the source are in them."""

    units: int = 0
    words: int = 0

    def __add__(self, other: Part) -> Part:
        return Part(self.units + other.units, self.words + other.words)


@dataclass(frozen=True, slots=True)
class Spread:
    """How values are spread.

    Attributes:
        low: the least value of the first bin; lesser ones are in it, too.
        high: the greatest value of the last bin; greater ones are in it, too.
        bins: how many values are in each of the bins, which are equally wide.
        mean: of all values.
        median: likewise, to the thousandth of the range.
    """

    low: float
    high: float
    bins: tuple[int, ...]
    mean: float
    median: float

    @property
    def count(self) -> int:
        """How many values there are."""
        return sum(self.bins)

    def edges(self, place: int) -> tuple[float, float]:
        """Where a bin begins and ends."""
        width = (self.high - self.low) / len(self.bins)
        return self.low + place * width, self.low + (place + 1) * width


@dataclass(frozen=True, slots=True)
class Issue:
    """A finding about a unit; the severity is error, warning or note."""

    check: str
    severity: str
    message: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A unit that is shown; long texts are cut.

    Attributes:
        id: its name in its document, or its number in the file.
        document: the name of its document, "" if it has none.
        source: its text.
        target: its translation.
        source_lang: the language of the source.
        state: of the translation.
        confidence: the quality to be expected, 0 to 1; None if that is not known.
        basis: what the confidence goes by.
        issues: what was found in it.
        ratio: how long the translation is, the source being 1.
    """

    id: str
    document: str
    source: str
    target: str
    source_lang: str
    state: State
    confidence: float | None = None
    basis: str = ""
    issues: tuple[Issue, ...] = ()
    ratio: float | None = None


@dataclass(frozen=True, slots=True)
class IssueCount:
    """What a check has found.

    Attributes:
        check: its id.
        severity: of what it finds.
        says: what it looks for; "" of a check that is not ours.
        count: how many findings there are.
        units: in how many units.
        places: the names of the first of those.
    """

    check: str
    severity: str
    says: str
    count: int
    units: int
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConceptCount:
    """What became of a concept of the termbase.

    Attributes:
        id: its name.
        source: the source's term as it stood first.
        target: a form of the translation's term.
        uses: how often it is in the source.
        missing: how often it has no right form in the translation.
        places: the names of the first units where it is missing.
    """

    id: str
    source: str
    target: str
    uses: int
    missing: int
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """What became of the terms.

    Attributes:
        outcomes: how many came about how, by `aligner.records.Outcome`.
        statuses: how many are how sure, by `aligner.records.Status`.
        used: the concepts that are most often in the source.
        missing: those that are most often missing.
    """

    outcomes: Mapping[str, int]
    statuses: Mapping[str, int]
    used: tuple[ConceptCount, ...]
    missing: tuple[ConceptCount, ...]


@dataclass(frozen=True, slots=True)
class Editing:
    """How far drafts are from what persons made of them.

    Attributes:
        compared: how many units have a draft and a person's text.
        edits: inserted, deleted, replaced words and moved phrases, of all of them.
        length: the words of the persons' texts.
        spread: of the rates of the units.
    """

    compared: int
    edits: int
    length: int
    spread: Spread

    @property
    def rate(self) -> float:
        """The rate of all: HTER."""
        return self.edits / self.length if self.length else float(self.edits > 0)


@dataclass(frozen=True, slots=True)
class Editor:
    """What a person has done; `rate` is the HTER of what had a draft, None if nothing had."""

    name: str
    states: Mapping[State, int]
    words: int
    rate: float | None


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long translations are, in characters, their sources being 1.

    Attributes:
        spread: of the ratios, on a scale of their binary logarithms.
        unusual: how many are seldom right, by the length of their sources.
        extremes: those farthest from what is usual.
    """

    spread: Spread
    unusual: int
    extremes: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A target language in some units.

    Attributes:
        states: how many translations are in which state.
        confidence: the mean, None if none is known.
        errors: how many have an error.
        warnings: how many have a warning, and no error.
        edit_rate: HTER of those that have a draft, None if none has.
    """

    states: Mapping[State, int]
    confidence: float | None
    errors: int
    warnings: int
    edit_rate: float | None

    @property
    def reviewed(self) -> int:
        """How many a person has seen."""
        return sum(count for state, count in self.states.items() if state in REVIEWED)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Units that follow one another, or those of a document.

    Attributes:
        name: the document's; of a stretch the names of its first and last unit.
        units: how many they are.
        words: how many words of the source they have.
        marks: by target language.
    """

    name: str
    units: int
    words: int
    marks: Mapping[str, Mark]


@dataclass(frozen=True, slots=True)
class Language:
    """All that is known of the translations into a language.

    Attributes:
        lang: the language.
        words: how many words the translations have.
        states: what is in which state; MISSING, too.
        confidence: of what no person has seen; None if none has any.
        bases: what the confidence goes by, and of how many units.
        whole: errors, warnings and so on of all units.
        issues: what each check has found, errors first, the most frequent first.
        worst: the units to look at first.
        terms: None if no term is known.
        editing: None if no draft is known.
        editors: who did most, first.
        matches: by match rate in bands, "" for no match; empty if nothing is from a memory.
        lengths: None if there are too few translations to tell.
    """

    lang: str
    words: int
    states: Mapping[State, Part]
    confidence: Spread | None
    bases: Mapping[str, int]
    whole: Mark
    issues: tuple[IssueCount, ...]
    worst: tuple[Shown, ...]
    terms: Terms | None
    editing: Editing | None
    editors: tuple[Editor, ...]
    matches: Mapping[str, Part]
    lengths: Lengths | None

    @property
    def is_stated(self) -> bool:
        """Whether it is known of some translation where it comes from."""
        return bool(set(self.states) - {State.UNSTATED, State.MISSING})

    @property
    def reviewed(self) -> Part:
        """What a person has seen."""
        return sum((self.states.get(state, Part()) for state in REVIEWED), Part())


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of an aligned text: how many, and how many are in no unit with another's."""

    lang: str
    count: int
    unaligned: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """How texts were aligned.

    Attributes:
        units: how many units join texts.
        probability: that a unit is exactly right; None where no unit says it.
        unsure: how many are rather wrong than right.
        kinds: how many units have how many sentences in the one and in the other language, such as
            "en-ru" and "1–2".
        sentences: of each text.
    """

    units: int
    probability: Spread | None
    unsure: int
    kinds: Mapping[str, Mapping[str, int]]
    sentences: tuple[Sentences, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture of an alignment, as SVG."""

    langs: tuple[str, str]
    svg: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a report.

    Attributes:
        name: of the file or folder.
        title: of the document, "" if it has none.
        source: the source language.
        units: how many units there are.
        words: how many words the source has.
        languages: the target languages, in the file's order.
        stretches: the units from the first to the last, in some hundred stretches at most.
        documents: those in the file; empty if there is one.
        more_documents: how many documents there are besides.
        alignment: None if the units are not of texts that were aligned.
        made: how the units were made, as the file says it.
        glossary: how many concepts the terms were checked by; 0 if there was no termbase.
        damage: why the rest of the file could not be read; "" if it could.
        notes: what else is to be said of the reading.
    """

    name: str
    title: str
    source: str
    units: int
    words: int
    languages: tuple[Language, ...]
    stretches: tuple[Stretch, ...]
    documents: tuple[Stretch, ...] = ()
    more_documents: int = 0
    alignment: Alignment | None = None
    made: Mapping[str, str] = field(default_factory=dict)
    glossary: int = 0
    damage: str = ""
    notes: tuple[str, ...] = ()
