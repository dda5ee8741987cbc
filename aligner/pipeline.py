"""The order of the stages, and the only module that knows it.

    read → segment → translate → check → write

Nothing here prints; callers pass a function that is told of progress.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

from aligner import __version__, engines, folder, formats, languages, segmentation
from aligner.engines import Engine, Settings, Translation, casing
from aligner.engines.packages import Model
from aligner.errors import InputError
from aligner.formats import jsonl, tmx
from aligner.journal import Journal
from aligner.quality.checks import check
from aligner.records import Bitext, Document, Kind, Origin, Segment, Target, Unit
from aligner.segmentation import Rules
from aligner.text import fold, words

Routes = Mapping[str, Sequence[Engine]]
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
    words: int
    seconds: float
    resumed: bool
    dropped: int


@dataclass(frozen=True, slots=True)
class PlainText:
    """A text that was translated as a whole, and the models that did it."""

    text: str
    models: tuple[Model, ...]


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


def translate(
    document: Document,
    segments: Sequence[Segment],
    routes: Routes,
    store: engines.Store | None = None,
    progress: Progress = engines.silent,
) -> tuple[Unit, ...]:
    """Translate segments into all languages and check the result."""
    targets = {
        lang: _targets(document, segments, route, store, partial(progress, lang))
        for lang, route in routes.items()
    }
    return tuple(
        Unit(
            source=segment,
            targets={lang: made[index] for lang, made in targets.items()},
            kind=document.blocks[segment.block].kind,
        )
        for index, segment in enumerate(segments)
    )


def _targets(
    document: Document,
    segments: Sequence[Segment],
    route: Sequence[Engine],
    store: engines.Store | None,
    progress: engines.Progress,
) -> list[Target]:
    texts = [fold(segment.text) for segment in segments]
    headings = [document.blocks[segment.block].kind is Kind.HEADING for segment in segments]
    pairs = list(zip(texts, headings, strict=True))
    seen = casing.spellings(text for text, heading in pairs if not heading)
    sentences = [
        casing.sentence_case(text, seen, route[0].cost) if heading else text
        for text, heading in pairs
    ]
    translations = engines.translate(route, sentences, store, progress)
    model = "+".join(engine.model.name for engine in route)
    return [
        _target(text, translation, model, heading)
        for (text, heading), translation in zip(pairs, translations, strict=True)
    ]


def _target(source: str, translation: Translation, model: str, heading: bool) -> Target:
    text = casing.recase(translation.text, source) if heading else translation.text
    return Target(
        text=text,
        origin=Origin.MT,
        score=round(translation.score, 4),
        engine="argos",
        model=model,
        issues=tuple(dict.fromkeys((*translation.issues, *check(source, text)))),
    )


def run(job: Job, progress: Progress = engines.silent) -> Report:
    """Translate a source and write TMX and JSONL; go on where an earlier run was cut off.

    Raises:
        AlignerError: any of them; what was translated until then is kept in the journal.
    """
    document, segments = prepare(job)
    routes = load_routes(job)
    out = job.out or Path("corpora") / document.id
    files = _files(document, job.targets)
    signature = _signature(job, document, routes)
    with folder.workplace(out) as work, Journal(work / "journal.jsonl", signature) as journal:
        if not job.force:  # now, and not only after all the work
            folder.guard(out, files, journal.announced)
        start = perf_counter()
        units = translate(document, segments, routes, journal, progress)
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
        models={lang: tuple(engine.model for engine in route) for lang, route in routes.items()},
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
    [(lang, route)] = load_routes(job).items()
    units = translate(document, segments, {lang: route}, progress=progress)
    pieces, end = [], 0
    for unit in units:
        segment = unit.source
        start, stop = document.blocks[segment.block].source_span(segment.start, segment.stop)
        pieces += [text[end:start], unit.targets[lang].text]
        end = stop
    return PlainText("".join([*pieces, text[end:]]), tuple(engine.model for engine in route))


def translate_lines(job: Job, progress: Progress = engines.silent) -> PlainText:
    """Translate text that has a sentence on every line; the result has as many lines.

    Raises:
        AlignerError: any of them.
    """
    text, _ = formats.read_plain(job.source, job.lang, job.encoding)
    lines = _LINE_END.split(text)
    [(lang, route)] = load_routes(job).items()
    made = engines.translate(route, lines[::2], progress=partial(progress, lang))
    lines[::2] = [translation.text for translation in made]
    return PlainText("".join(lines), tuple(engine.model for engine in route))


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


def _signature(job: Job, document: Document, routes: Routes) -> dict[str, str]:
    """All that the result depends on; threads are not among it."""
    models = {
        f"model-{lang}": "+".join(f"{e.model.name}@{e.model.digest()}" for e in route)
        for lang, route in routes.items()
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
        "glossary": "none",
    }


def _digest(document: Document) -> str:
    parts = "\0".join(f"{block.kind}\0{block.text}" for block in document.blocks)
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:12]
