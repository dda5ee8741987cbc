"""TBX, the exchange format of termbases: any dialect, as far as we know what it says.

Standards: TBX-Basic version 3 (ISO 30042:2019) in its styles DCA (`<termNote type="partOfSpeech">`)
and DCT (`<min:partOfSpeech>`); version 2 (ISO 30042:2008, root `martif`); TBX-Min.

    entry     id                        the concept's id
              subjectField              category
              source, note              source, note
              definition and others     further fields, by their names
    language  xml:lang                  its primary subtag: "en-GB" joins "en"
    term      administrativeStatus      preferred: what we write; admitted: a variant;
                                        deprecated, superseded: forbidden
              partOfSpeech              that of the concept
              grammaticalGender         the features m, f, n
              others                    further fields, as "en.context"

What TBX-Basic has no category for stands in notes, which `tbx_write` writes and `read` reads back;
`notation` says how values are written, and a backslash stands before a ";" in one.

    entry     <note>aligner: case_sensitive=yes; extra:confidence=high</note>
    term      <note>aligner: status=approved; features=m,anim; forms=gen=…</note>
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from aligner.errors import InputError
from aligner.formats.termbases import notation
from aligner.formats.termbases.pos import to_ud
from aligner.records import Concept, Status, Term, Wording

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

OWN_NOTE = "aligner:"
EXTRA = "extra:"
GENDERS = {"m": "masculine", "f": "feminine", "n": "neuter"}

_T = TypeVar("_T")

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LANG = re.compile(r"[A-Za-z]{2,3}(?![A-Za-z])")
_ROOTS = {"tbx", "martif", "TBX"}
_ENTRIES = {"conceptEntry", "termEntry"}
_LANGUAGES = {"langSec", "langSet"}
_TERMS = {"termSec", "tig", "ntig"}
_GROUPS = {"descripGrp", "adminGrp", "termNoteGrp"}  # a fact, and others about it
_WRAPPERS = {"termGrp", "noteGrp"}
# Who changed what and when, and links within the file, mean nothing outside of it.
_SKIPPED = {"transacGrp", "transac", "transacNote", "ref", "date", "termCompList"}

# Older files have normativeAuthorization instead, TBX-Min termStatus; the values begin alike.
_STANDINGS = ("administrativeStatus", "normativeAuthorization", "termStatus")
_PREFERRED = re.compile(r"preferred|standardized|recommended", re.IGNORECASE)
_FORBIDDEN = re.compile(r"deprecated|superseded|notRecommended|obsolete|rejected", re.IGNORECASE)
_SEXES = {name: feature for feature, name in GENDERS.items()}
# A line break with an indent comes from the file's layout; a plain one is the text's own.
_WRAPPED = re.compile(r"(?<![^\S\n])[^\S\n]*\n\s+")


def read(data: bytes, where: str) -> Iterator[Concept]:
    """Read the entries of a TBX file, one at a time.

    Nothing outside of the file is read, and one that declares entities is refused: it can neither
    disclose files nor grow without bound.

    Args:
        data: the whole file.
        where: its name, for errors.

    Raises:
        InputError: it is not well-formed, or not TBX; it names the line.
    """
    from lxml import etree

    events = etree.iterparse(
        io.BytesIO(data),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    number = 0
    try:
        for event, node in events:
            if event == "start":
                if node.getparent() is None:
                    _check_root(node, where)
            elif _name(node) in _ENTRIES:
                number += 1
                for unknown in node.iter(etree.Entity):
                    raise _entities(f"{where}:{unknown.sourceline}")
                yield _Entry(where, node).concept(number)
                _forget(node)
    except etree.XMLSyntaxError as error:
        raise InputError(
            f"the XML is broken: {error.msg}",
            where=f"{where}:{error.lineno}" if error.lineno else where,
            hint="Export the termbase again; if you edited the file, mend the line.",
        ) from error


def unwrapped(text: str) -> str:
    """The text of an element, without the white space of the file's layout."""
    return _WRAPPED.sub(" ", text.strip())


def _check_root(root: Element, where: str) -> None:
    if _name(root) not in _ROOTS:
        raise InputError(
            f'this XML is not TBX: its root is "{_name(root)}"',
            where=f"{where}:{root.sourceline}",
            hint="Export the termbase as TBX-Basic, or as CSV.",
        )
    internal = root.getroottree().docinfo.internalDTD
    if internal is not None and internal.entities():  # type: ignore[attr-defined]  # not in the stubs
        raise _entities(where)


def _entities(where: str) -> InputError:
    return InputError(
        "the file has entities of its own, which may disclose other files: they are not read",
        where=where,
        hint="Export the termbase without a document type definition.",
    )


def _forget(entry: Element) -> None:
    """Free an entry and what stands before it."""
    entry.clear()
    parent = entry.getparent()
    while parent is not None and entry.getprevious() is not None:
        del parent[0]


def _name(node: Element) -> str:
    """The name of an element, without its namespace."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _text(node: Element | None) -> str:
    """The text of an element with that of the markup in it."""
    if node is None:
        return ""
    return unwrapped("".join(map(str, node.itertext())) if len(node) else node.text or "")


@dataclass(slots=True)
class _Facts:
    """What is said at one level of an entry: values by category, and the fields of our own note."""

    values: dict[str, list[str]] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)

    def add(self, category: str, value: str) -> None:
        known = self.values.setdefault(category, [])
        if value and value not in known:
            known.append(value)

    def take(self, *categories: str) -> str:
        """The values of some categories, which are then no longer left over."""
        found = [value for category in categories for value in self.values.pop(category, ())]
        return "\n".join(found)

    def left(self) -> dict[str, str]:
        """What nobody took."""
        return {category: "\n".join(values) for category, values in self.values.items() if values}


@dataclass(slots=True)
class _Named:
    """A wording, and what its file says of it; `preferred` is None where it says nothing."""

    wording: Wording
    preferred: bool | None
    forbidden: bool
    status: Status


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of a file, as it is read."""

    where: str
    node: Element
    poses: list[str] = field(default_factory=list)
    extra: dict[str, list[str]] = field(default_factory=dict)

    def concept(self, number: int) -> Concept:
        facts = self._facts(self.node, _LANGUAGES)
        own = facts.own
        found: dict[str, list[_Named]] = {}
        for section in self._below(self.node, _LANGUAGES):
            lang = self._lang(section)
            named = found.setdefault(lang, [])
            self._keep(self._facts(section, _TERMS).left(), lang)
            for one in self._below(section, _TERMS):
                named.extend(self._named(one, lang))
        terms = {lang: term for lang, named in found.items() if (term := self._term(named, lang))}
        category, note = facts.take("subjectField"), facts.take("note")
        source = facts.take("source")
        self._keep(facts.left())
        extra = {name: "\n".join(values) for name, values in self.extra.items()}
        ours = {name: value for name, value in own.items() if name.startswith(EXTRA)}
        extra |= {name.removeprefix(EXTRA): value for name, value in ours.items()}
        return Concept(
            id=own.get("id") or self.node.get("id") or f"r{number}",
            terms=terms,
            category=category,
            pos=own.get("pos") or next(iter(self.poses), ""),
            case_sensitive=own.get("case_sensitive") == "yes",
            do_not_translate=own.get("do_not_translate") == "yes",
            note=own.get("note") or note,
            source=source,
            extra=extra,
        )

    def _term(self, named: list[_Named], lang: str) -> Term | None:
        """The term of a language; wordings that are all forbidden make none."""
        usable = [one for one in named if not one.forbidden]
        forbidden = tuple(one.wording for one in named if one.forbidden)
        if not usable:
            texts = notation.write_wordings(forbidden)
            self._keep({"forbidden": texts} if texts else {}, lang)
            return None
        best = min(usable, key=lambda one: (not one.preferred, one.preferred is False))
        variants = tuple(one.wording for one in usable if one is not best)
        return Term(best.wording, variants, forbidden, best.status)

    def _named(self, node: Element, lang: str) -> Iterator[_Named]:
        text = _text(next(node.iter("{*}term"), None))
        if not text:
            return
        facts = self._facts(node, {"term"})
        own = facts.own
        standing = facts.take(*_STANDINGS)
        gender = _SEXES.get(facts.take("grammaticalGender"))
        self.poses.extend(filter(None, [to_ud(facts.take("partOfSpeech"))]))
        self._keep(facts.left(), lang)
        features = self._parse(node, own.get("features", ""), notation.parse_features)
        yield _Named(
            Wording(
                text,
                features or ((gender,) if gender else ()),
                self._parse(node, own.get("forms", ""), notation.parse_forms),
            ),
            bool(_PREFERRED.match(standing)) if standing else None,
            bool(_FORBIDDEN.match(standing)),
            self._parse(node, own.get("status", Status.PROPOSED), Status),
        )

    def _keep(self, left: Mapping[str, str], lang: str = "") -> None:
        """Keep what we have no name for among the further fields."""
        for category, value in left.items():
            known = self.extra.setdefault(f"{lang}.{category}" if lang else category, [])
            if value not in known:
                known.append(value)

    def _lang(self, section: Element) -> str:
        code = section.get(_XML_LANG) or section.get("lang") or ""
        found = _LANG.match(code)
        if found is None:
            raise self._error(
                section,
                f'"{code}" is not a language code' if code else "a section names no language",
                'Give it an ISO 639 code, as in xml:lang="ru".',
            )
        return found[0].lower()

    @staticmethod
    def _below(node: Element, names: Iterable[str]) -> Iterator[Element]:
        """The elements of the next level."""
        return (child for child in node if _name(child) in names)

    def _facts(self, node: Element, below: Iterable[str]) -> _Facts:
        """The facts of one level; `below` are the elements of the next."""
        facts = _Facts()
        self._collect(node, frozenset((*below, *_SKIPPED)), facts)
        return facts

    def _collect(self, node: Element, skipped: frozenset[str], facts: _Facts) -> None:
        for child in node:
            name = _name(child)
            if name in _WRAPPERS:
                self._collect(child, skipped, facts)
            elif name in _GROUPS:
                self._collect_group(child, skipped, facts)
            elif name and name not in skipped:
                category, text = _fact(child)
                if category == "note" and text.startswith(OWN_NOTE):
                    facts.own |= self._fields(child, text)
                else:
                    facts.add(category, text)

    def _collect_group(self, node: Element, skipped: frozenset[str], facts: _Facts) -> None:
        """A fact, and what is said of it: the source of a definition is "definition.source"."""
        members = [_fact(child) for child in node if _name(child) not in skipped]
        for i, (category, text) in enumerate(members):
            facts.add(f"{members[0][0]}.{category}" if i else category, text)

    def _fields(self, node: Element, note: str) -> dict[str, str]:
        """The fields of a note of ours."""
        fields = {}
        for item in notation.split(note.removeprefix(OWN_NOTE), ";"):
            name, value = notation.partition(item)
            if value is None:
                raise self._error(node, f'"{item}" is no field', "Write it as name=value.")
            fields[name] = notation.unescape(value)
        return fields

    def _parse(self, node: Element, value: str, parse: Callable[[str], _T]) -> _T:
        try:
            return parse(value)
        except ValueError as error:
            raise self._error(node, f"a note of aligner: {error}", "Correct the note.") from error

    def _error(self, node: Element, message: str, hint: str) -> InputError:
        return InputError(message, where=f"{self.where}:{node.sourceline}", hint=hint)


def _fact(node: Element) -> tuple[str, str]:
    """The category and the value of an element; TBX-Min names them within."""
    value = node.find("{*}noteValue")
    if value is not None:
        return _text(node.find("{*}noteKey")) or "note", _text(value)
    return node.get("type") or _name(node), _text(node) or node.get("target", "")
