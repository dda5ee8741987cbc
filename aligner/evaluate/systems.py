"""Put together what is measured: the translations of each system, the references, the sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from aligner.engines import Settings
from aligner.engines.packages import Model
from aligner.errors import InputError, UsageError
from aligner.evaluate import models
from aligner.evaluate.texts import Texts, read
from aligner.languages.codes import language
from aligner.languages.detection import detect

# Told the system, and how many sentences of how many are translated.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Job:
    """What is measured.

    Attributes:
        systems: files or folders of translations, or models; "-" is standard input.
        references: files of translations by people.
        source: a file of the source texts; "" if other files have them.
        lang: the language of the translations; "" for what files say.
        source_lang: the language of the sources; likewise.
        settings: how models run.

    Raises:
        UsageError: standard input is asked for twice.
    """

    systems: tuple[str, ...]
    references: tuple[str, ...] = ()
    source: str = ""
    lang: str = ""
    source_lang: str = ""
    settings: Settings = field(default_factory=Settings)

    def __post_init__(self) -> None:
        if (*self.systems, *self.references, self.source).count("-") > 1:
            raise UsageError("standard input can be read only once", hint="Give - once.")


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is measured, read and translated.

    Attributes:
        job: what was asked for.
        systems: the translations of each system.
        references: those of people.
        sources: a file that has the source texts of all; None if none has.
        models: by system, that or those which translated, each with its hash.
    """

    job: Job
    systems: tuple[Texts, ...]
    references: tuple[Texts, ...]
    sources: Texts | None
    models: Mapping[str, str]

    def languages(self) -> dict[str, str]:
        """The languages of translations into one only, each with the name of who made them."""
        every = (*self.systems, *self.references)
        found = {lang: one.name for one in every if len(one.targets) == 1 for lang in one.targets}
        found.pop("", None)
        return found

    def source_lang(self) -> str:
        """The language of the sources, as anything says it; "" if nothing does."""
        every = (self.sources, *self.systems) if self.sources else self.systems
        said = (self.job.source_lang, *(one.source_lang for one in every))
        return next(filter(None, said), "")


def gather(job: Job, progress: Progress = lambda *_: None) -> Gathered:
    """Read what is to be read, and translate by what is a model.

    Args:
        job: what is measured.
        progress: told how far a translation is.

    Raises:
        InputError: a file cannot be read, the numbers of segments differ, or files that name the
            sources of their segments have other ones.
        UsageError: the languages do not fit, or a model has nothing to translate.
        ModelError: a model is missing or broken.
    """
    references = tuple(read(name, job.lang, job.source_lang) for name in job.references)
    given = (_read_sources(job),) if job.source else ()
    # Files before models, which take their time, and may translate what such a file has.
    found = {
        name: read(name, job.lang, job.source_lang)
        for name in job.systems
        if not models.is_model(name)
    }
    known = (*given, *references, *found.values())
    # Of files of units each may be of other texts, as long as nothing is compared with them.
    if given or references or not all(one.sources for one in known):
        _same_number(known)
        _same_sources(known)
    sources = next((one for one in known if one.sources), None)
    used: dict[str, str] = {}
    for name in job.systems:
        if name not in found:
            with models.opened(name) as route:
                found[name] = _translated(name, route, sources, references, job, progress)
                used[name] = "+".join(f"{model.name}@{model.digest()}" for model in route)
    return Gathered(job, tuple(found[name] for name in job.systems), references, sources, used)


def _read_sources(job: Job) -> Texts:
    """The file of sources: the source texts of units; of plain text, all of it."""
    texts = read(job.source, source_lang=job.source_lang)
    if texts.sources:
        return texts
    lines = tuple(text or "" for text in texts.target())
    return Texts(texts.name, job.source_lang, lines, {}, texts.places)


def _translated(
    name: str,
    route: Sequence[Model],
    sources: Texts | None,
    references: Sequence[Texts],
    job: Job,
    progress: Progress,
) -> Texts:
    """What a model makes of the sources."""
    source_lang, lang = route[0].source, route[-1].target
    if sources is None:
        raise UsageError(
            "a model needs texts to translate", where=name, hint="Give them with --source."
        )
    said = job.source_lang or sources.source_lang
    _fits(name, "the source text", sources.sources, said, source_lang, "--from")
    _fits(name, "the translation", (), job.lang, lang, "--lang")
    for one in references if not job.lang else ():
        # What files of units say of their languages is looked at when texts are taken from them.
        plain = (text or "" for text in one.targets.get("", ()))
        _fits(name, one.name, plain, "", lang, "--lang")
    made = models.translate(route, sources.sources, job.settings, partial(progress, name))
    return Texts(name, source_lang, sources.sources, {language(lang): made}, sources.places)


def _fits(name: str, what: str, texts: Iterable[str], said: str, needed: str, option: str) -> None:
    """Make sure that texts are in a model's language, as is said or plain to see.

    Raises:
        UsageError: they are not.
    """
    found = said or detect(" ".join(texts))
    if found and language(found) != language(needed):
        raise UsageError(
            f"{what} {'should be' if said else 'seems to be'} in {found}, the model's in {needed}",
            where=name,
            hint="Give another model"
            + ("." if said else f" or file; {option} {needed} says that it is right all the same."),
        )


def _same_number(texts: Sequence[Texts]) -> None:
    """Raises InputError if a file has more or fewer segments than the first."""
    for one in texts[1:]:
        if len(one) != len(texts[0]):
            raise InputError(
                f"it has {_segments(len(one))}, and {texts[0].name} has {len(texts[0])}",
                where=one.name,
                hint="Segments belong together by their numbers: one a line, empty ones, too.",
            )


def _segments(count: int) -> str:
    return f"{count} segment{'' if count == 1 else 's'}"


def _same_sources(texts: Sequence[Texts]) -> None:
    """Raises InputError if files that have sources do not have the same; white space may differ."""
    texts = [one for one in texts if one.sources]
    for one in texts[1:]:
        for n, (mine, other) in enumerate(zip(one.sources, texts[0].sources, strict=True)):
            if mine.split() != other.split():
                raise InputError(
                    f'its source is "{_short(mine)}", that of {texts[0].where(n)} '
                    f'"{_short(other)}"',
                    where=one.where(n),
                    hint="Segments belong together by their numbers: put them in the same order, "
                    "or give plain text if they are right all the same.",
                )


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
