"""Give results to other tools: a project for OmegaT, or XLIFF.

OmegaT cuts the text anew, with the rules that we give it, and fills what it finds in our memory. So
the text goes out in such lines that they are cut into just our segments, whatever the file was that
these come from: lines that were joined, sentences without a space between, two sentences that a
person made one unit of.
"""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import chain, groupby, pairwise
from pathlib import Path
from typing import BinaryIO

from aligner import languages, results
from aligner.errors import EditedError, OutputError, UsageError
from aligner.formats import exchange, jsonl, slug, termbases, tmx, units
from aligner.formats.omegat import project as omegat
from aligner.formats.omegat.project import Project
from aligner.formats.omegat.segmentation import Rule, exception
from aligner.formats.xml import legal
from aligner.records import Bitext, Origin, Target, Unit
from aligner.segmentation import Rules
from aligner.terminology.termbase import Termbase, merged
from aligner.text import fold

# The offsets within a text at which our rules cut it.
Cut = Callable[[str], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export has written.

    Attributes:
        lang: the target language.
        folder: the project's.
        memory: the translation memory, within the folder.
        units: how many there are.
        untranslated: how many of them have no translation.
        glossary: likewise, where there is one.
    """

    lang: str
    folder: Path
    memory: Path
    units: int
    untranslated: int
    glossary: Path | None


def to_omegat(
    folder: Path,
    langs: Sequence[str],
    out: Path,
    *,
    memory: str = "auto",
    srx: Path | None = None,
    glossaries: Sequence[Path] = (),
    force: bool = False,
) -> tuple[Exported, ...]:
    """Write a project of OmegaT for each target language.

    Args:
        folder: the results of `aligner run`.
        langs: the target languages.
        out: the project's folder; of several languages a folder with one in it for each, "en-ru".
        memory: the folder for the draft: see `aligner.formats.omegat.project.memory_folder`.
        srx: segmentation rules of the user's own.
        glossaries: termbases; of two with one wording the later one's term holds.
        force: renew a project that a translator has worked in. Their work stays.

    Returns:
        What was written, for each language.

    Raises:
        UsageError: there is no such memory or language, or no translation into it.
        InputError: the results, the rules or a glossary cannot be read.
        EditedError: a translator has worked in the project.
        OutputError: it cannot be written, or other things stand in its place.
    """
    omegat.memory_folder(memory)
    codes = tuple(dict.fromkeys(map(languages.check, langs)))
    bitext = _clean(results.load(folder))
    terms = merged(Termbase(termbases.read(path)) for path in glossaries).termbase
    rules = Rules.load(srx) if srx else Rules.default()
    project = _project(bitext, rules, memory)
    for lang in codes:
        _refuse_untranslated(bitext, lang, folder)
    places = {lang: out / _pair(bitext, lang) if len(codes) > 1 else out for lang in codes}
    for place in places.values():
        _guard(place, force)
    return tuple(
        _make(place, replace(project, target_lang=lang), bitext, terms, _made_at(folder))
        for lang, place in places.items()
    )


def to_xliff(file: BinaryIO, folder: Path, lang: str, version: str) -> tuple[str, ...]:
    """Write the units of one language pair as XLIFF.

    Args:
        file: written to its end.
        folder: the results of `aligner run`.
        lang: the target language.
        version: "1.2" or "2.1".

    Returns:
        What XLIFF could not hold, a sentence a kind.

    Raises:
        UsageError: there is no such version or language, or no translation into it.
        InputError: the results cannot be read.
    """
    bitext, lang = results.load(folder), languages.check(lang)
    _refuse_untranslated(bitext, lang, folder)
    bundle = units.bundle(bitext, [lang], _made_at(folder))
    return exchange.write(file, bundle, f"xliff-{version}", [bitext.document.lang, lang])


def _made_at(folder: Path) -> datetime:
    """When results were made."""
    return next(jsonl.read(results.find(folder))).created


def _project(bitext: Bitext, rules: Rules, memory: str) -> Project:
    """The project of a text, so far of no target language."""
    lang = bitext.document.lang
    cut = partial(rules.breaks, lang=lang)
    paragraphs = [
        list(_lines([unit.source.text for unit in block], cut))
        for _, block in groupby(bitext.units, lambda unit: unit.source.block)
    ]
    whole = (line[0] for line in chain.from_iterable(paragraphs) if len(line) == 1)
    return Project(
        name=slug(bitext.document.id),  # it is to be a file, and is what a file says
        source_lang=lang,
        target_lang="",
        paragraphs=[[" ".join(line) for line in lines] for lines in paragraphs],
        rules=[
            *(exception(text[:place], text[place:]) for text in whole for place in cut(text)),
            *(Rule(rule.breaks, rule.before, rule.after) for rule in rules.rules(lang)),
        ],
        memory=memory,
    )


def _lines(texts: Sequence[str], cut: Cut) -> Iterator[Sequence[str]]:
    """Segments of a paragraph, put together as far as the rules cut them apart again."""
    made = set(cut(" ".join(texts)))
    lines: list[list[str]] = [[]]
    end = 0
    for text in texts:
        lines[-1].append(text)
        end += len(text) + 1
        if made.isdisjoint((end - 1, end)):  # before the space, or behind it
            lines.append([])
    for line in filter(None, lines):
        if _pieces(" ".join(line), cut) == line:
            yield line
        else:
            yield from ([text] for text in line)


def _pieces(line: str, cut: Cut) -> list[str]:
    pieces = (line[start:stop].strip() for start, stop in pairwise([0, *cut(line), len(line)]))
    return [piece for piece in pieces if piece]


def _clean(bitext: Bitext) -> Bitext:
    """The units as OmegaT reads their texts: on one line, in NFC, without tags."""
    clean = map(_clean_unit, bitext.units)
    return replace(bitext, units=tuple(unit for unit in clean if unit.source.text))


def _clean_unit(unit: Unit) -> Unit:
    text = unicodedata.normalize("NFC", legal(fold(unit.source.text))).strip()
    targets = {lang: replace(target, codes=()) for lang, target in unit.targets.items()}
    return replace(unit, source=replace(unit.source, text=text, codes=()), targets=targets)


def _refuse_untranslated(bitext: Bitext, lang: str, folder: Path) -> None:
    there = dict.fromkeys(chain.from_iterable(unit.targets for unit in bitext.units))
    if lang not in there:
        raise UsageError(
            f'there is no translation into "{lang}"',
            where=str(folder),
            hint=f"There is one into: {', '.join(there) or 'none'}.",
        )


def _pair(bitext: Bitext, lang: str) -> str:
    return f"{bitext.document.lang}-{lang}"


def _make(
    place: Path, project: Project, bitext: Bitext, terms: Termbase, made_at: datetime
) -> Exported:
    """Write a project, and put it in its place."""
    lang, pair = project.target_lang, _pair(bitext, project.target_lang)
    done = tuple(_told(unit, unit.targets[lang]) for unit in bitext.units if lang in unit.targets)
    memory = Path("tm") / project.memory / f"{project.name}.{pair}.tmx"
    glossary = Path("glossary") / f"terms.{pair}.txt" if terms.concepts else None
    with _aside(place) as folder:
        omegat.write(folder, project)
        tmx.write(folder / memory, replace(bitext, units=done), [lang], made_at)
        if offers := tuple(_offer(unit, lang) for unit in bitext.units if _has_offer(unit, lang)):
            path = folder / "tm" / f"{project.name}.{pair}.offers.tmx"
            tmx.write(path, replace(bitext, units=offers), [lang], made_at, context=False)
        if glossary:
            termbases.write(folder / glossary, terms.concepts)
        _install(folder, place, memory)
    untranslated = len(bitext.units) - len(done)
    return Exported(lang, place, memory, len(bitext.units), untranslated, glossary)


def _told(unit: Unit, target: Target) -> Unit:
    """The unit with properties of its target: OmegaT shows only those of the unit."""
    about = {
        "origin": target.origin,
        "confidence": "" if target.score is None else f"{target.score:.2f}",
        "issue": "; ".join(target.issues),
    }
    return replace(unit, properties={**unit.properties, **about})


def _has_offer(unit: Unit, lang: str) -> bool:
    return f"offer-{lang}" in unit.properties


def _offer(unit: Unit, lang: str) -> Unit:
    """What a memory offered for a unit: a match for the translator, not a draft to fill in."""
    of = f"offer-{lang}"
    source = replace(unit.source, text=unit.properties[f"{of}-source"])
    target = Target(unit.properties[of], Origin.TM, memory=unit.properties.get(f"{of}-memory", ""))
    return replace(unit, source=source, targets={lang: target}, properties={})


def _guard(place: Path, force: bool) -> None:
    """Make sure that nothing of value is in the way."""
    if place.is_dir() and not (place / omegat.MARK).exists() and any(place.iterdir()):
        raise OutputError(
            "the folder has other things in it than a project of OmegaT",
            where=str(place),
            hint="Choose another folder with --out.",
        )
    if (place / omegat.SAVED).exists() and not force:
        raise EditedError(
            "a translator has worked in this project",
            where=str(place),
            hint="Choose another folder with --out, or give --force to renew the draft, the "
            f"glossary and the settings in it; {omegat.SAVED} stays as it is.",
        )


@contextmanager
def _aside(place: Path) -> Iterator[Path]:
    """An empty folder beside a place, gone afterwards with all that is still in it."""
    aside = place.absolute().with_name(f".{place.absolute().name}.part")
    try:
        shutil.rmtree(aside, ignore_errors=True)  # of an export that was killed
        aside.mkdir(parents=True)
        yield aside
    except OSError as error:
        raise OutputError(
            f"the project cannot be written: {error.strerror}",
            where=str(place),
            hint="Choose another folder with --out.",
        ) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _install(aside: Path, place: Path, memory: Path) -> None:
    """Move a project to its place; what else is there stays, but for our older memory."""
    if not place.exists():
        aside.rename(place)
        return
    for path in sorted(aside.rglob("*")):  # a folder comes before what is in it
        new = place / path.relative_to(aside)
        if path.is_dir():
            new.mkdir(exist_ok=True)
        else:
            path.replace(new)
    for old in (place / "tm").rglob(memory.name):
        if old != place / memory:
            old.unlink()
