"""Score translations against references."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version

from aligner import __version__, evaluation
from aligner.errors import InputError, UsageError
from aligner.evaluate.systems import Gathered
from aligner.evaluate.texts import Texts
from aligner.evaluation import Judged, Settings


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment that was scored.

    Attributes:
        number: which of its file it is, from 1.
        source: its text; "" if that is not known.
        references: its translations by people; None where one has none.
    """

    number: int
    source: str
    references: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class System:
    """A system and what it is worth.

    Attributes:
        name: what the user calls it.
        signature: the model and how it ran, as sacrebleu writes signatures; "" for a file.
        translations: those of the segments that were scored.
        judged: the scores.
    """

    name: str
    signature: str
    translations: tuple[str, ...]
    judged: Judged


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured.

    Attributes:
        systems: the systems, the baseline first.
        segments: what they were measured on.
        left_out: how many segments have no reference.
    """

    systems: tuple[System, ...]
    segments: tuple[Segment, ...]
    left_out: int


def measure(gathered: Gathered, settings: Settings, *, skip_empty: bool = False) -> Measured:
    """Score all systems.

    Args:
        gathered: what is measured; with one reference at least.
        settings: how.
        skip_empty: leave out segments without a reference. One that has some is measured by those.

    Raises:
        InputError: a reference is empty, or a file has none in the language.
        UsageError: it is not clear which language is meant.
    """
    lang = gathered.job.lang or _common_language(gathered)
    references = [one.target(lang) for one in gathered.references]
    systems = [one.target(lang) for one in gathered.systems]
    if not skip_empty:
        _refuse_empty(gathered.references, references)
    sources = gathered.sources.sources if gathered.sources else ()
    segments = tuple(
        Segment(n + 1, sources[n] if sources else "", texts)
        for n, texts in enumerate(zip(*map(_or_none, references), strict=True))
        if any(texts)
    )
    if not segments:
        raise InputError(
            "all segments are empty", where=gathered.references[0].name, hint="Give another file."
        )
    kept = [tuple(one[segment.number - 1] or "" for segment in segments) for one in systems]
    judged = evaluation.evaluate(
        kept, list(zip(*(segment.references for segment in segments), strict=True)), settings
    )
    names = [one.name for one in gathered.systems]
    signatures = [_signature(gathered, name) for name in names]
    return Measured(
        tuple(map(System, names, signatures, kept, judged)),
        segments,
        len(references[0]) - len(segments),
    )


def _signature(gathered: Gathered, name: str) -> str:
    if name not in gathered.models:
        return ""
    settings = gathered.job.settings
    return (
        f"model:{gathered.models[name]}|beam:{settings.beam}|device:{settings.device}"
        f"|ctranslate2:{version('ctranslate2')}|aligner:{__version__}"
    )


def _common_language(gathered: Gathered) -> str:
    """The language that all translations are in; "" if no file says it.

    Raises:
        UsageError: they are in different ones.
    """
    langs = gathered.languages()
    if len(langs) > 1:
        said = ", ".join(f"{name} is in {lang}" for lang, name in langs.items())
        raise UsageError(f"the languages differ: {said}", hint="Give translations into one.")
    return next(iter(langs), "")


def _or_none(texts: Sequence[str | None]) -> Iterator[str | None]:
    return (text if text and text.strip() else None for text in texts)


def _refuse_empty(files: Sequence[Texts], references: Sequence[Sequence[str | None]]) -> None:
    for file, texts in zip(files, references, strict=True):
        for n, text in enumerate(_or_none(texts)):
            if text is None:
                raise InputError(
                    "the reference is empty",
                    where=file.where(n),
                    hint="Fill it, or leave such segments out with --skip-empty.",
                )
