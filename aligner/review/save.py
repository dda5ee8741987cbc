"""Write what was edited back into the folder's or file's own files.

    shot = snapshot(book, analyst)        in the loop, at once
    saved = shot.write(force=False)       in a thread; the page goes on
    book.settle(shot.written, saved.source)

A folder gets all its files anew, as `aligner import` writes them, and none that somebody else has
edited. A file is written in its own format: only the texts that were edited are others, with origin
and draft as `aligner.formats.units` names them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from aligner import folder, results
from aligner.curation import revision
from aligner.entries import Bundle, Entry, Variant
from aligner.errors import EditedError
from aligner.formats import atomic, exchange, jsonl, units
from aligner.formats.codes import content
from aligner.journal import Journal
from aligner.markup.carry import carry
from aligner.records import Bitext, Document, Segment, Target, Unit
from aligner.review.analysis import Analyst
from aligner.review.book import Book, Key
from aligner.review.changes import accepted_property
from aligner.review.sources import OF_TWO, Source, read, renewed, variant_at, whole


class ChangedError(EditedError):
    """What is reviewed has been changed on disk since it was read."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What was written.

    Attributes:
        files: the files.
        lost: what the format could not hold, a sentence a kind.
        source: what stands on disk now.
    """

    files: tuple[Path, ...]
    lost: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state of a review at a moment.

    Attributes:
        source: what is reviewed, as it stands on disk.
        targets: those that were ever edited, as they are now.
        bases: as they were before that.
        revs: their revisions.
        accepted: those that a person has accepted.
    """

    source: Source
    targets: Mapping[Key, Target | None]
    bases: Mapping[Key, Target | None]
    revs: Mapping[Key, int]
    accepted: frozenset[Key]

    def write(self, *, force: bool = False) -> Saved:
        """Write all that was edited.

        Args:
            force: write over files of a folder that somebody else has edited.

        Raises:
            ChangedError: what is reviewed has changed on disk.
            EditedError: another file of the folder has been edited.
            OutputError: it cannot be written.
            UsageError: the format cannot hold the languages.
        """
        bitext = self.bitext()
        if bitext:
            files = _to_folder(self.source, bitext, force=force)
            return Saved(files, (), renewed(self.source, bitext))
        lost = _to_file(self)
        # Formats other than ours may not hold all, and not letter by letter.
        return Saved((self.source.path,), lost, read(self.source.path, self.source.targets))

    def bitext(self) -> Bitext | None:
        """What a folder holds, with the edits in it; None of a file."""
        bitext = self.source.bitext
        if bitext is None:
            return None
        changed = self._by_unit()
        units = [
            self._unit(n, unit, changed[n]) if n in changed else unit
            for n, unit in enumerate(bitext.units)
        ]
        return replace(bitext, units=tuple(units))

    def bundle(self) -> Bundle:
        """What a file holds, with the edits in it."""
        bundle = exchange.read(self.source.path)
        changed = self._by_unit()
        entries = (
            self._entry(n, entry, changed[n]) if n in changed else entry
            for n, entry in enumerate(whole(bundle))
        )
        return Bundle(entries, bundle.header)

    @property
    def written(self) -> Mapping[Key, tuple[int, str]]:
        """The revision and the text of each target."""
        targets = self.targets
        return {
            key: (rev, target.text if (target := targets[key]) else "")
            for key, rev in self.revs.items()
        }

    def languages(self) -> tuple[str, ...]:
        """The languages that the file's format must be told; () where it finds out itself."""
        source = self.source
        return (source.lang, *source.targets) if source.format.startswith(OF_TWO) else ()

    def _by_unit(self) -> dict[int, dict[str, Target | None]]:
        """The edited targets of each unit, with their inline tags."""
        found: dict[int, dict[str, Target | None]] = {}
        for (n, lang), target in self.targets.items():
            unit, base = self.source.items[n].unit, self.bases[n, lang]
            if target and (base is None or target.text != base.text):
                codes = revision.carried_codes(unit, base, target.text, carry)
                target = replace(target, codes=codes)
            found.setdefault(n, {})[lang] = target
        return found

    def _unit(self, n: int, unit: Unit, targets: Mapping[str, Target | None]) -> Unit:
        """A unit of a folder, with what its targets are now."""
        found = {**unit.targets, **targets}
        properties = {**unit.properties, **self._moments(n, targets)}
        return replace(
            unit,
            targets={lang: one for lang, one in found.items() if one},
            properties={key: value for key, value in properties.items() if value},
        )

    def _entry(self, n: int, entry: Entry, targets: Mapping[str, Target | None]) -> Entry:
        """A unit of a file, with the targets that are no longer what they were."""
        unit = self.source.items[n].unit
        variants = dict(enumerate(entry.variants))
        added = []
        for lang, target in targets.items():
            if target == unit.targets.get(lang):
                continue
            at = variant_at(entry, self.source.lang, lang)
            if at is None:
                added += [_variant(None, lang, target)] if target else []
            elif target:
                variants[at] = _variant(variants[at], lang, target)
            else:
                del variants[at]
        said = {f"x-{key}": value for key, value in self._moments(n, targets).items()}
        props = [pair for pair in entry.props if pair[0] not in said]
        props += [pair for pair in said.items() if pair[1]]
        return replace(entry, variants=(*variants.values(), *added), props=tuple(props))

    def _moments(self, n: int, targets: Mapping[str, Target | None]) -> dict[str, str]:
        """The properties by which a unit says which of its targets are accepted; "" for not."""
        return {
            accepted_property(lang): one.edited if one and (n, lang) in self.accepted else ""
            for lang, one in targets.items()
        }


def snapshot(book: Book, analyst: Analyst) -> Snapshot:
    """The state of a review now."""
    places = book.copy().places
    return Snapshot(
        book.source,
        {key: _told(book, analyst, key) for key in places},
        {key: place.base for key, place in places.items()},
        {key: place.rev for key, place in places.items()},
        frozenset(key for key in places if book.is_accepted(*key)),
    )


def _told(book: Book, analyst: Analyst, key: Key) -> Target | None:
    """A target as it is now, with what is to be said of its text."""
    target = book.target(*key)
    base = book.base(*key)
    if target is None or (base and base.text == target.text):
        return target
    # The checks of a long text may take longer than a person waits: what they say comes later.
    seen = analyst.known(*key) if analyst.case(*key).is_long else analyst.seen(*key)
    return replace(target, issues=tuple(map(str, seen.findings)), terms=seen.terms)


def _to_folder(source: Source, bitext: Bitext, *, force: bool) -> tuple[Path, ...]:
    place = source.path
    with (
        folder.workplace(place) as work,
        Journal(work / "journal.jsonl", signature=None) as journal,
    ):
        _refuse_changed(source)
        created = next(jsonl.read(results.find(place))).created
        files = results.all_names(place, bitext)
        edited = [] if force else folder.strangers(place, files, journal.announced)
        if edited:
            raise EditedError(
                f"edited since aligner wrote it: {', '.join(edited)}",
                where=str(place),
                hint="Take it in with `aligner import`, or write over it.",
            )
        writers = {
            name: partial(results.write, bitext=bitext, langs=langs, created=created)
            for name, langs in files.items()
        }
        folder.replace_all(work, writers, journal, force=True)
    return tuple(place / name for name in files)


def _to_file(shot: Snapshot) -> tuple[str, ...]:
    source = shot.source
    _refuse_changed(source)
    with atomic.replace(source.path) as file:
        return exchange.write(file, shot.bundle(), source.format, shot.languages())


def _refuse_changed(source: Source) -> None:
    if source.has_changed():
        raise ChangedError(
            "it has been changed on disk since it was opened here",
            where=str(source.path),
            hint="Load it again: your edits are kept, and put on what is there now.",
        )


def _variant(old: Variant | None, lang: str, target: Target) -> Variant:
    """A text of a file as it is to be; what others said of it stays."""
    unit = Unit(Segment("", 0, 0, 0, ""), {lang: target})
    _, new = units.entry(Document("", "", "", ()), unit).variants
    # Line breaks in anyone's file may mean something.
    new = replace(new, text=target.text, inline=content(target.text, target.codes))
    if old is None:
        return new
    is_ours = any(name == "x-origin" for name, _ in old.props)
    said = tuple(pair for pair in new.props if is_ours or pair[0] in ("x-origin", "x-draft"))
    others = tuple(pair for pair in old.props if pair[0] not in _OURS)
    editing = tuple(pair for pair in new.attributes if pair[0] in _EDITING)
    kept = tuple(pair for pair in old.attributes if pair[0] not in _EDITING)
    notes = tuple(note for note in old.notes if not note.startswith("Terms: "))
    return replace(
        new,
        props=(*said, *others),
        notes=(*notes, *(new.notes if is_ours else ())),
        attributes=(*kept, *editing),
    )


_EDITING = frozenset({"changeid", "changedate"})
_OURS = frozenset(
    {
        "x-origin",
        "x-engine",
        "x-model",
        "x-confidence",
        "x-match",
        "x-memory",
        "x-draft",
        "x-issue",
        "x-term",
    }
)
