"""What comes back from a translator's tool: each entry is matched with the units it was made from.

An entry is recognised by its tuid, else by its source text in its context, else by its source text
alone, as in OmegaT: its default translation holds wherever the text stands, an alternative one
(with `prev` and `next`) in its context only. The source text must always be the unit's, white space
and invisible characters aside. An edit is what differs from the unit's own text, or bears a
person's name or a later date; `aligner.curation.revision` takes the edits over.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import IntEnum

from aligner.entries import Entry, Pairs, Variant
from aligner.errors import InputError
from aligner.languages.codes import language
from aligner.records import PERSONS, Bitext, Code, CodeKind, Target
from aligner.text import fold, for_translation

# A smaller part of a file's entries than this is chance: phrases that stand in any article.
_LEAST_SHARE = 0.2
# Names that no person bears: of Argos models, those of other runs too, and of ourselves.
_MACHINE = re.compile(r"(?:translate-[a-z]+_[a-z]+-[\d_.]+\+?)+|aligner|argos", re.IGNORECASE)
_LANG = re.compile("[a-z]{2,3}")
# The properties that name the neighbours of a segment, ours and OmegaT's.
_BEFORE, _AFTER = ("x-context-pre", "prev"), ("x-context-post", "next")
_TAG = re.compile(r"<(/?)([a-z]+\d+)(/?)>")  # an inline code, as OmegaT shows it
_OUR_NOTE = "Terms: "  # on the targets that we export; no person's

Place = tuple[int, str]  # the index of a unit in its bitext, and a target language


class How(IntEnum):
    """By what an entry was recognised; more is surer."""

    TEXT = 1
    CONTEXT = 2
    ID = 3


@dataclass(frozen=True, slots=True)
class File:
    """An edited file.

    Attributes:
        name: what reports call it.
        entries: its units.
        saved: when it was last written (ISO 8601, UTC): edits without a date are as old.
    """

    name: str
    entries: Iterable[Entry]
    saved: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """A text that a person wrote or approved for a unit.

    Attributes:
        target: it, with editor and date as far as they are known.
        how: by what the unit was recognised.
        note: what the person noted beside it.
        file: where it stands, with `line`.
    """

    target: Target
    how: How
    note: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Unmatched:
    """An entry that belongs to no unit, and why."""

    entry: Entry
    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Returned:
    """What one file brought.

    Attributes:
        file: its name.
        total: how many entries it has.
        edits: by place; several where the file has several texts for one.
        seen: the places that came back, edited or not.
        unmatched: the entries that belong to no unit.
    """

    file: str
    total: int
    edits: Mapping[Place, Sequence[Edit]]
    seen: frozenset[Place]
    unmatched: tuple[Unmatched, ...]

    @property
    def matched(self) -> int:
        """How many entries belong to the bitext."""
        return self.total - len(self.unmatched)


class Matcher:
    """Finds the units of a bitext in files that were made from it.

    Args:
        bitext: its units.
        sent: an entry for each unit, as files show it.
        target: the target that a file's variant is.
        created: when the bitext was made (ISO 8601, UTC).
        force: take files of which little belongs to the bitext, and entries that say that they
            belong to another document.
    """

    def __init__(
        self,
        bitext: Bitext,
        sent: Sequence[Entry],
        target: Callable[[Variant], Target],
        created: str = "",
        *,
        force: bool = False,
    ) -> None:
        self._bitext = bitext
        self._sent = sent
        self._target = target
        self._created = created
        self._force = force
        self._lang = bitext.document.lang
        self._sources = [_text(entry, self._lang) for entry in sent]
        self._keys = [_key(source) for source in self._sources]
        self._by_key: dict[str, list[int]] = defaultdict(list)
        for index, key in enumerate(self._keys):
            self._by_key[key].append(index)
        self._by_tuid = {entry.tuid: index for index, entry in enumerate(sent)}
        targets = [pair for unit in bitext.units for pair in unit.targets.items()]
        self._langs = {language(lang): lang for lang, _ in targets}  # ours may be "ky-KG"
        self._machines = {name for _, target in targets for name in (target.model, target.engine)}

    def match(self, file: File) -> Returned:
        """Find the units of a file's entries, and the edits among them.

        Raises:
            InputError: the file does not belong to the bitext, or is damaged.
        """
        edits: dict[Place, list[Edit]] = defaultdict(list)
        seen: set[Place] = set()
        unmatched: list[Unmatched] = []
        total = 0
        for total, entry in enumerate(file.entries, 1):  # noqa: B007 - the last number counts
            how, indexes, reason = self._find(entry)
            if reason:
                unmatched.append(Unmatched(entry, file.name, reason))
            for index in indexes:
                for variant in self._targets(entry):
                    place = index, self._langs.get(variant.lang, variant.lang)
                    seen.add(place)
                    edits[place] += self._edits(place, entry, variant, how, file)
        found = {place: tuple(several) for place, several in edits.items() if several}
        returned = Returned(file.name, total, found, frozenset(seen), tuple(unmatched))
        if not self._force:
            self._check(returned)
        return returned

    def _check(self, returned: Returned) -> None:
        """Refuse a file of another article."""
        if not returned.total:
            raise InputError(
                "the file has no units",
                where=returned.file,
                hint="Give the file that the translator's tool saved.",
            )
        # A project may have many files, and a translator have done a part only: neither share
        # alone says that the file is of another article.
        name, units = self._bitext.document.id, len(self._bitext.units)
        if returned.matched < _LEAST_SHARE * min(returned.total, units) or not returned.matched:
            first = returned.unmatched[0]
            raise InputError(
                f"this is a file of another article: {returned.matched} of its {returned.total} "
                f"units are among the {units} of {name}",
                where=returned.file,
                hint=f"The first of the others: {first.reason}. Give the folder that the file was "
                "exported from, or --force to take what fits.",
            )

    def _find(self, entry: Entry) -> tuple[How, Sequence[int], str]:
        """The units that an entry belongs to; why it belongs to none, or else ""."""
        name = self._bitext.document.id
        owner = dict(entry.props).get("x-document", "")
        if entry.variant(self._lang) is None:
            return How.TEXT, (), f"there is no text in {self._lang}"
        # Tools write their own ideas of the document, such as a path; we name units after it.
        is_ours = owner not in ("", name) and entry.tuid.startswith(f"{owner}:")
        if is_ours and not self._force:
            return How.TEXT, (), f"the document is another one: {owner}"
        source = _text(entry, self._lang)
        same = self._by_key.get(_key(source)) or self._by_key.get(_key(_TAG.sub("", source)))
        if not same:
            whose = entry.tuid if entry.tuid in self._by_tuid else "any unit"
            return How.TEXT, (), f"the source text is not that of {whose}"
        index = self._by_tuid.get(entry.tuid)
        if index in same:
            return How.ID, (index,), ""
        around = _around(entry.props)
        if any(around):
            near = self._in_context(same, around)
            return How.CONTEXT, near, "" if near else "the source text stands in other contexts"
        exact = [index for index in same if self._sources[index] == source]
        return How.TEXT, exact or same, ""

    def _in_context(self, indexes: Sequence[int], around: tuple[str, str]) -> list[int]:
        """Those with most of the neighbours wanted.

        One may be enough: tools show neighbours that we leave out, such as copyright lines.
        """
        scores = {index: self._agreement(index, around) for index in indexes}
        best = max(scores.values())
        return [index for index, score in scores.items() if score == best > 0]

    def _agreement(self, index: int, around: tuple[str, str]) -> int:
        before = self._keys[index - 1] if index else ""
        after = self._keys[index + 1] if index + 1 < len(self._keys) else ""
        return (before == around[0]) + (after == around[1])

    def _targets(self, entry: Entry) -> Iterator[Variant]:
        """The translations of an entry; a text without a language, or that is empty, is none."""
        for one in entry.variants:
            if one.lang != self._lang and _LANG.fullmatch(one.lang) and one.text.strip():
                yield one

    def _edits(
        self, place: Place, entry: Entry, variant: Variant, how: How, file: File
    ) -> Iterator[Edit]:
        """The text that came back for a unit, unless it is the machine's, as it went out."""
        index, lang = place
        sent = self._sent[index].variant(lang)
        attributes = dict(variant.attributes)
        names = [attributes.get(name, "") for name in ("changeid", "creationid")]
        editor = next((name for name in names if name and not self._is_machine(name)), "")
        came = self._coded(index, entry, self._target(variant))
        came = replace(
            came,
            model=came.model or next(filter(self._is_machine, names), ""),
            editor=editor,
            edited=self._date(attributes, editor),
        )
        if sent is None or self._is_persons(came, variant, sent):
            came = replace(came, edited=came.edited or file.saved)
            yield Edit(came, how, "\n".join(_notes(entry, variant)), file.name, entry.line)

    def _coded(self, index: int, entry: Entry, came: Target) -> Target:
        """A target with the codes of the unit's source for those of the file's, if it has all."""
        ours = self._bitext.units[index].source.codes
        source = entry.variant(self._lang)
        theirs = _lifted(self._target(source)).codes if source and ours else ()
        if not theirs or len(theirs) != len(ours):
            return replace(came, text=fold(came.text).strip(), codes=())
        meant = dict(zip(((one.kind, one.id) for one in theirs), ours, strict=True))
        came = _lifted(came)
        known = [(meant.get((code.kind, code.id)), code.at) for code in came.codes]
        codes = tuple(replace(code, at=at) for code, at in known if code)
        return replace(came, codes=codes if _names(codes) == _names(ours) else ())

    def _date(self, attributes: Mapping[str, str], editor: str) -> str:
        """When a person changed a target; "" if its dates are those of the machine's work."""
        changed, made = (_iso(attributes.get(name, "")) for name in ("changedate", "creationdate"))
        later = (date for date in (changed, made) if date > self._created)
        return (editor and changed) or next(later, "")

    def _is_older(self, attributes: Mapping[str, str]) -> bool:
        """Whether a target was made before the bitext was, and never changed since."""
        changed, made = (_iso(attributes.get(name, "")) for name in ("changedate", "creationdate"))
        return "" < made < self._created and changed <= made

    def _is_machine(self, name: str) -> bool:
        return bool(name) and (name in self._machines or bool(_MACHINE.fullmatch(name)))

    def _is_persons(self, came: Target, variant: Variant, sent: Variant) -> bool:
        """Whether a person has written or approved what came back for what was sent."""
        said, ours = dict(variant.props), self._target(sent)
        if came.editor or said.get("x-origin") in PERSONS:
            return True
        if came.model and ours.model and came.model != ours.model:
            return False  # another run's
        if (came.model or said.get("x-origin")) and self._is_older(dict(variant.attributes)):
            return (
                False  # an earlier run's, of this article: its file went out before ours was made
            )
        if came.text not in (ours.text.strip(), ours.draft) or (
            came.codes and places(came) != places(ours)
        ):
            return True
        return not came.model and came.edited > max(self._created, ours.edited) > ""


def places(target: Target) -> set[tuple[str, str, int]]:
    """The codes of a target, each with its place in the text."""
    return {(code.kind, code.id, code.at) for code in target.codes}


def _names(codes: Iterable[Code]) -> list[tuple[str, str]]:
    return sorted((code.kind, code.id) for code in codes)


def _lifted(target: Target) -> Target:
    """The target with the tags of OmegaT, <b0>bold</b0>, taken out of its text as codes."""
    if target.codes:
        return target
    codes, taken = [], 0
    for tag in _TAG.finditer(target.text):
        kind = CodeKind.CLOSE if tag[1] else CodeKind.ALONE if tag[3] else CodeKind.OPEN
        codes.append(Code(tag.start() - taken, kind, tag[2]))
        taken += len(tag[0])
    return replace(target, text=_TAG.sub("", target.text), codes=tuple(codes))


def _text(entry: Entry, lang: str) -> str:
    found = entry.variant(lang)
    return found.text if found else ""


def _key(text: str) -> str:
    """What stays of a text whichever tool has handled its white space and accents."""
    return unicodedata.normalize("NFC", for_translation(text))


def _around(props: Pairs) -> tuple[str, str]:
    """The source texts before and after an entry, as keys; "" where none is named."""
    known = dict(reversed(props))  # of several, the first holds
    before = next((known[name] for name in _BEFORE if name in known), "")
    after = next((known[name] for name in _AFTER if name in known), "")
    return _key(before), _key(after)


def _iso(date: str) -> str:
    """A date of TMX, 20261123T101500Z, as ISO 8601 in UTC; "" for what is no date."""
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:
        return ""
    known = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return f"{known.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _notes(entry: Entry, variant: Variant) -> Iterator[str]:
    """What a person noted beside a translation."""
    for note in (*entry.notes, *variant.notes):
        if note.strip() and not note.startswith(_OUR_NOTE):
            yield note.strip()
