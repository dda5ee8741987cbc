"""The order of the stages, and the only module that knows it.

    read → segment → recall → translate → constrain terms → check → write

Nothing here prints; callers pass a function that is told of progress.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from types import MappingProxyType
from typing import TYPE_CHECKING

from aligner import (
    __version__,
    engines,
    folder,
    formats,
    languages,
    results,
    route,
    segmentation,
)
from aligner.engines import Engine, Settings
from aligner.engines.packages import Model
from aligner.errors import InputError
from aligner.formats import termbases
from aligner.journal import Journal
from aligner.records import Bitext, Document, Kind, Segment, Unit
from aligner.route import Line, Terms
from aligner.segmentation import Rules
from aligner.targets import made, remembered
from aligner.terminology.termbase import Termbase, merged
from aligner.text import words

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
        lang: made(
            document,
            segments,
            legs,
            terms,
            remembered(recalled.get(lang), segments),
            store,
            partial(progress, lang),
        )
        for lang, legs in routes.items()
    }
    return tuple(
        Unit(
            source=segment,
            targets={lang: own[index] for lang, own in targets.items()},
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


def run(job: Job, progress: Progress = engines.silent) -> Report:
    """Translate a source and write TMX and JSONL; go on where an earlier run was cut off.

    Raises:
        AlignerError: any of them; what was translated until then is kept in the journal.
    """
    document, segments = prepare(job)
    termbase = load_termbase(job)
    routes = load_routes(job)
    out = job.out or Path("corpora") / document.id
    files = results.names(document, job.targets)
    recalled, memories = recall(job, [segment.text for segment in segments], progress)
    signature = _signature(job, document, routes, termbase) | memories
    with folder.workplace(out) as work, Journal(work / "journal.jsonl", signature) as journal:
        if not job.force:  # now, and not only after all the work
            folder.guard(out, (*files, results.whole_name(document)), journal.announced)
        start = perf_counter()
        units = translate(document, segments, routes, termbase, journal, progress, recalled)
        seconds = perf_counter() - start
        bitext = Bitext(document, units, signature)
        writers = {
            name: partial(results.write, bitext=bitext, langs=langs, created=journal.started)
            for name, langs in files.items()
        }
        writers[results.whole_name(document)] = partial(results.write_whole, document=document)
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
    known = remembered(recalled.get(lang), lines[::2])
    sentences = [
        Line(line, terms.find(line, job.lang))
        for line, target in zip(lines[::2], known, strict=True)
        if target is None
    ]
    outputs = iter(route.translate(legs, sentences, terms, progress=partial(progress, lang)))
    lines[::2] = [(target or next(outputs)).text for target in known]
    return PlainText("".join(lines), tuple(engine.model for engine in legs))


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
