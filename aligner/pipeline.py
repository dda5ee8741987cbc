"""The order of the stages, and the only module that knows it.

    read → segment → recall → translate → constrain terms → check → write

Nothing here prints; callers pass a function that is told of progress.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from types import MappingProxyType
from typing import TYPE_CHECKING

from aligner import __version__, engines, folder, formats, languages, route, segmentation
from aligner.engines import Engine, Settings, casing
from aligner.engines.packages import Model
from aligner.errors import InputError
from aligner.formats import jsonl, termbases, tmx
from aligner.journal import Journal
from aligner.quality.checks import check
from aligner.records import Bitext, Document, Kind, Origin, Outcome, Segment, Target, Unit
from aligner.route import Line, Made, Terms
from aligner.segmentation import Rules
from aligner.terminology.constrain import curated
from aligner.terminology.termbase import Termbase, merged
from aligner.text import for_translation, words

if TYPE_CHECKING:
    from aligner.memory.recall import Recalled

Routes = Mapping[str, Sequence[Engine]]
# By target language, what memories have for each segment.
Recollection = Mapping[str, Sequence["Recalled | None"]]
# Told the target language, and how many sentences of how many are done.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Job:
    """What to make of a source.

    Attributes:
        source: path of a file, or "-" for standard input.
        lang: its language.
        targets: the languages to translate into.
        out: the folder for the results; by default corpora/NAME.
        encoding: that of the file, if not one that shows.
        srx: segmentation rules of the user's own.
        glossaries: termbases; where two have the same wording, the later one's holds.
        memories: translation memories: files, folders of them, or stores; asked before the models.
        least_match: the least rate of a match that is offered, in percent.
        machine_memory: whether machine translation in a memory will do.
        boilerplate: translate copyright lines and the like too.
        force: overwrite what a person has edited.
        settings: how the models run.

    Raises:
        UsageError: a language code makes no sense.
    """

    source: str
    lang: str = "en"
    targets: tuple[str, ...] = ("ru", "ky")
    out: Path | None = None
    encoding: str | None = None
    srx: Path | None = None
    glossaries: tuple[Path, ...] = ()
    memories: tuple[Path, ...] = ()
    least_match: int = 75
    machine_memory: bool = False
    boilerplate: bool = False
    force: bool = False
    settings: Settings = field(default_factory=Settings)

    def __post_init__(self) -> None:
        for lang in (self.lang, *self.targets):
            languages.check(lang)


@dataclass(frozen=True, slots=True)
class Report:
    """What a run has done: the result, where it is, and the figures of the summary."""

    bitext: Bitext
    files: tuple[Path, ...]
    models: Mapping[str, tuple[Model, ...]]
    concepts: int
    words: int
    seconds: float
    resumed: bool
    dropped: int


@dataclass(frozen=True, slots=True)
class PlainText:
    """A text that was translated as a whole, and the models that did it."""

    text: str
    models: tuple[Model, ...]


NO_TERMS = Termbase()
NO_MEMORY: Recollection = MappingProxyType({})

# The line ends are kept: a split by a group gives line, end, line, end, line.
_LINE_END = re.compile(r"(\r\n|\n|\r)")


def prepare(job: Job) -> tuple[Document, list[Segment]]:
    """Read and segment the source of a job; gives the segments that are to be translated.

    Raises:
        InputError: the source cannot be read, or holds nothing to translate.
    """
    document = formats.read(job.source, job.lang, job.encoding)
    segments = [
        segment
        for segment in segmentation.segment_document(document, rules(job))
        if job.boilerplate or document.blocks[segment.block].kind is not Kind.BOILERPLATE
    ]
    if not segments:
        raise InputError(
            "there is nothing to translate",
            where=job.source,
            hint="It holds only boilerplate; --boilerplate translates that too."
            if document.blocks
            else "The file has no text.",
        )
    return document, segments


def rules(job: Job) -> Rules:
    """The segmentation rules of a job."""
    return Rules.load(job.srx) if job.srx else Rules.default()


def load_routes(job: Job) -> dict[str, list[Engine]]:
    """Load the engines of a job, by target language.

    Raises:
        ModelMissing: a pair has no model.
    """
    return {lang: engines.load(job.lang, lang, job.settings) for lang in job.targets}


def load_termbase(job: Job) -> Termbase:
    """The terms of a job's glossaries, those of later ones first: of two with one wording it holds.

    Raises:
        InputError: a glossary cannot be read.
    """
    joined = merged(Termbase(termbases.read(path)) for path in job.glossaries)
    concepts = joined.termbase.concepts
    return Termbase(tuple(sorted(concepts, key=lambda one: -joined.origins[one.id])))


def recall(
    job: Job, texts: Sequence[str], progress: Progress = engines.silent
) -> tuple[Recollection, dict[str, str]]:
    """Ask the memories of a job for segments in their order, in all its languages.

    Returns:
        What they have, and what the result depends on by it, as in `Bitext.signature`.

    Raises:
        InputError: a memory cannot be read.
        OutputError: its store cannot be written.
    """
    if not job.memories:
        return NO_MEMORY, {}
    from aligner.formats import exchange
    from aligner.languages.codes import language
    from aligner.memory.recall import Memories, Settings
    from aligner.memory.sources import prepared

    stores = prepared(job.memories, lambda path: exchange.read(path).entries, progress)
    with Memories(stores, Settings(job.least_match, job.machine_memory)) as memories:
        source = language(job.lang)
        found = {
            lang: memories.recall(
                texts, source, language(lang), partial(progress, f"memory {lang}")
            )
            for lang in job.targets
        }
        return found, {
            "memory": memories.digests,
            "memory-least": str(job.least_match),
            "memory-machine": "yes" if job.machine_memory else "no",
        }


def translate(
    document: Document,
    segments: Sequence[Segment],
    routes: Routes,
    termbase: Termbase = NO_TERMS,
    store: engines.Store | None = None,
    progress: Progress = engines.silent,
    recalled: Recollection = NO_MEMORY,
) -> tuple[Unit, ...]:
    """Translate segments into all languages, with the terms of a termbase, and check the result.

    What a memory gives to use is not translated, and its terms are only verified.
    """
    terms = Terms(termbase)
    targets = {
        lang: _targets(
            document, segments, engines_, terms, store, partial(progress, lang), recalled.get(lang)
        )
        for lang, engines_ in routes.items()
    }
    return tuple(
        Unit(
            source=segment,
            targets={lang: made[index] for lang, made in targets.items()},
            kind=document.blocks[segment.block].kind,
            properties={
                name: value
                for lang, has in recalled.items()
                if (one := has[index])
                for name, value in one.offer(lang).items()
            },
        )
        for index, segment in enumerate(segments)
    )


def _targets(
    document: Document,
    segments: Sequence[Segment],
    legs: Sequence[Engine],
    terms: Terms,
    store: engines.Store | None,
    progress: engines.Progress,
    recalled: Sequence[Recalled | None] | None,
) -> list[Target]:
    texts = [for_translation(segment.text) for segment in segments]
    headings = [document.blocks[segment.block].kind is Kind.HEADING for segment in segments]
    seen = casing.spellings(
        text for text, heading in zip(texts, headings, strict=True) if not heading
    )
    lines = [Line(text, terms.find(text, document.lang)) for text in texts]
    sentences = [
        _as_sentence(line, seen, legs[0]) if heading else line
        for line, heading in zip(lines, headings, strict=True)
    ]
    remembered = _used(recalled, segments)
    unknown = [line for line, target in zip(sentences, remembered, strict=True) if target is None]
    made = iter(route.translate(legs, unknown, terms, store, progress) if unknown else ())
    model = "+".join(engine.model.name for engine in legs)
    return [
        _verified(line, target, terms, legs[-1].model.target)
        if target
        else _target(line.text, _recased(next(made), line.text) if heading else next(made), model)
        for line, heading, target in zip(lines, headings, remembered, strict=True)
    ]


def _used(
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


def _target(source: str, made: Made, model: str) -> Target:
    target = Target(
        text=made.text,
        origin=Origin.MT,
        score=round(made.score, 4),
        engine="argos",
        model=model,
        terms=made.terms,
        issues=made.issues,
    )
    return _checked(source, target)


def _verified(line: Line, target: Target, terms: Terms, lang: str) -> Target:
    """A target from memory, with what became of the terms in it; its text stays as it is."""
    return _checked(line.text, replace(target, terms=terms.verify(line, target.text, lang)))


def _checked(source: str, target: Target) -> Target:
    """A target with all that a person should look at."""
    missing = (
        f"term: no form of «{use.target}» for “{use.source}”"
        for use in target.terms
        if use.outcome is Outcome.MISSING
    )
    issues = (*target.issues, *check(source, target.text), *missing)
    return replace(target, issues=tuple(dict.fromkeys(issues)))


def run(job: Job, progress: Progress = engines.silent) -> Report:
    """Translate a source and write TMX and JSONL; go on where an earlier run was cut off.

    Raises:
        AlignerError: any of them; what was translated until then is kept in the journal.
    """
    document, segments = prepare(job)
    termbase = load_termbase(job)
    routes = load_routes(job)
    out = job.out or Path("corpora") / document.id
    files = _files(document, job.targets)
    recalled, memories = recall(job, [segment.text for segment in segments], progress)
    signature = _signature(job, document, routes, termbase) | memories
    with folder.workplace(out) as work, Journal(work / "journal.jsonl", signature) as journal:
        if not job.force:  # now, and not only after all the work
            folder.guard(out, files, journal.announced)
        start = perf_counter()
        units = translate(document, segments, routes, termbase, journal, progress, recalled)
        seconds = perf_counter() - start
        bitext = Bitext(document, units, signature)
        writers = {
            name: partial(_write, bitext=bitext, langs=langs, created=journal.started)
            for name, langs in files.items()
        }
        dropped = folder.replace_all(work, writers, journal, force=job.force)
    return Report(
        bitext=bitext,
        files=tuple(out / name for name in files),
        models={lang: tuple(engine.model for engine in legs) for lang, legs in routes.items()},
        concepts=len(termbase.concepts),
        words=sum(len(words(segment.text)) for segment in segments),
        seconds=seconds,
        resumed=journal.resumed,
        dropped=dropped,
    )


def translate_text(job: Job, progress: Progress = engines.silent) -> PlainText:
    """Translate plain text; what stands between its segments, line breaks too, stays as it is.

    Raises:
        AlignerError: any of them.
    """
    text, document = formats.read_plain(job.source, job.lang, job.encoding)
    segments = list(segmentation.segment_document(document, rules(job)))
    routes, termbase = load_routes(job), load_termbase(job)
    recalled, _ = recall(job, [segment.text for segment in segments], progress)
    units = translate(document, segments, routes, termbase, None, progress, recalled)
    [(lang, legs)] = routes.items()
    pieces, end = [], 0
    for unit in units:
        segment = unit.source
        start, stop = document.blocks[segment.block].source_span(segment.start, segment.stop)
        pieces += [text[end:start], unit.targets[lang].text]
        end = stop
    return PlainText("".join([*pieces, text[end:]]), tuple(engine.model for engine in legs))


def translate_lines(job: Job, progress: Progress = engines.silent) -> PlainText:
    """Translate text that has a sentence on every line; the result has as many lines.

    Raises:
        AlignerError: any of them.
    """
    text, _ = formats.read_plain(job.source, job.lang, job.encoding)
    lines = _LINE_END.split(text)
    [(lang, legs)] = load_routes(job).items()
    terms = Terms(load_termbase(job))
    recalled, _ = recall(job, lines[::2], progress)
    remembered = _used(recalled.get(lang), lines[::2])
    sentences = [
        Line(line, terms.find(line, job.lang))
        for line, target in zip(lines[::2], remembered, strict=True)
        if target is None
    ]
    made = iter(route.translate(legs, sentences, terms, progress=partial(progress, lang)))
    lines[::2] = [(target or next(made)).text for target in remembered]
    return PlainText("".join(lines), tuple(engine.model for engine in legs))


def _files(document: Document, targets: Sequence[str]) -> dict[str, Sequence[str]]:
    """The files of a run, with the target languages in each: one a pair, one of all, JSONL."""
    sets: list[tuple[str, ...]] = [(lang,) for lang in targets]
    if len(targets) > 1:
        sets.append(tuple(targets))
    names = {f"{document.id}.{'-'.join((document.lang, *langs))}.tmx": langs for langs in sets}
    return {**names, f"{document.id}.jsonl": targets}


def _write(path: Path, bitext: Bitext, langs: Sequence[str], created: datetime) -> int:
    if path.suffix == ".tmx":
        return tmx.write(path, bitext, langs, created)
    jsonl.write(path, bitext, created)
    return 0


def _signature(job: Job, document: Document, routes: Routes, termbase: Termbase) -> dict[str, str]:
    """All that the result depends on; threads are not among it."""
    models = {
        f"model-{lang}": "+".join(f"{e.model.name}@{e.model.digest()}" for e in legs)
        for lang, legs in routes.items()
    }
    return {
        "aligner": __version__,
        "source": f"{document.lang}@{_digest(document)}",
        "srx": rules(job).digest,
        **models,
        "ctranslate2": version("ctranslate2"),
        "device": job.settings.device,
        "beam": str(job.settings.beam),
        "boilerplate": "yes" if job.boilerplate else "no",
        "glossary": termbase.digest[:12] if termbase.concepts else "none",
    }


def _digest(document: Document) -> str:
    parts = "\0".join(f"{block.kind}\0{block.text}" for block in document.blocks)
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:12]
