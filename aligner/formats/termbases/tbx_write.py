"""Writing TBX-Basic: version 3 in either style, or version 2; `tbx` says what stands where."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import BinaryIO
from xml.sax.saxutils import escape

from aligner.errors import OutputError
from aligner.formats.termbases import notation
from aligner.formats.termbases.losses import Losses
from aligner.formats.termbases.pos import to_tbx, to_ud
from aligner.formats.termbases.tbx import EXTRA, GENDERS, OWN_NOTE, unwrapped
from aligner.formats.xml import legal
from aligner.records import Concept, Status, Term, Wording


@dataclass(frozen=True, slots=True)
class _Style:
    """How a version and style of TBX-Basic is spelled."""

    prologue: str
    header: str
    root: str
    tags: tuple[str, str, str]  # of an entry, a language, a term
    by_tag: bool = False  # whether a category is an element of its own
    proper_nouns: bool = False  # whether it tells them from nouns


_DECLARED = '<?xml version="1.0" encoding="UTF-8"?>\n'
_DESCRIBED = "<fileDesc><sourceDesc><p>A termbase, written by aligner</p></sourceDesc></fileDesc>"
_V3 = '<tbx type="TBX-Basic" style="{}" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"{}>'
_V3_HEADER = f"<tbxHeader>{_DESCRIBED}</tbxHeader>"
_V3_TAGS = ("conceptEntry", "langSec", "termSec")
_MODULES = "".join(f' xmlns:{name}="http://www.tbxinfo.net/ns/{name}"' for name in ("min", "basic"))

STYLES = {
    "tbx": _Style(
        _DECLARED + _V3.format("dct", _MODULES), _V3_HEADER, "tbx", _V3_TAGS, by_tag=True
    ),
    "tbx-dca": _Style(_DECLARED + _V3.format("dca", ""), _V3_HEADER, "tbx", _V3_TAGS),
    "tbx-v2": _Style(
        f'{_DECLARED}<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">\n'
        '<martif type="TBX-Basic" xml:lang="en">',
        f"<martifHeader>{_DESCRIBED}"
        '<encodingDesc><p type="XCSURI">TBXBasicXCSV02.xcs</p></encodingDesc></martifHeader>',
        "martif",
        ("termEntry", "langSet", "tig"),
        proper_nouns=True,
    ),
}

# The element that holds a category in DCA and version 2, and the module that has it in DCT.
_CATEGORIES = {
    "subjectField": ("descrip", "min"),
    "definition": ("descrip", "basic"),
    "source": ("admin", "basic"),
    "administrativeStatus": ("termNote", "min"),
    "partOfSpeech": ("termNote", "min"),
    "grammaticalGender": ("termNote", "basic"),
}
# A name that may be an xml:id, and nothing in it that some parser might not know.
_ID = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)


def write(
    file: BinaryIO, concepts: Sequence[Concept], langs: Sequence[str], to: str = "tbx"
) -> tuple[str, ...]:
    """Write a termbase as TBX-Basic.

    Args:
        file: written to its end.
        concepts: the entries.
        langs: the languages to write, in their order.
        to: one of `STYLES`.

    Returns:
        What it cannot hold, a sentence each.

    Raises:
        OutputError: no concept has a term in any of the languages; TBX must have an entry.
    """
    style = STYLES[to]
    losses = Losses()
    ids = _Ids(concepts)
    empty = True
    file.write(f"{style.prologue}\n  {style.header}\n  <text>\n    <body>\n".encode())
    for number, concept in enumerate(concepts):
        terms = {
            lang: concept.terms[lang]
            for lang in langs
            if lang in concept.terms and concept.terms[lang].preferred.text.strip()
        }
        if not terms:
            losses.add("left out, for want of a term in the languages written", number)
            continue
        empty = False
        entry = _Entry(style, number, losses)
        entry.write(concept, terms, ids.of(concept.id))
        file.write("".join(f"      {line}\n" for line in entry.lines).encode())
    if empty:
        raise OutputError(
            "there is no concept to write", hint="TBX needs one; give other --langs, or use CSV."
        )
    file.write(f"    </body>\n  </text>\n</{style.root}>\n".encode())
    return losses.told()


class _Ids:
    """Gives entries ids that XML takes, each once."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self._known = {concept.id for concept in concepts}
        self._used: set[str] = set()
        self._numbers = count(1)

    def of(self, wanted: str) -> str:
        if _ID.fullmatch(wanted) and wanted not in self._used:
            self._used.add(wanted)
            return wanted
        return next(name for i in self._numbers if (name := f"c{i}") not in self._known)


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry as it is written, line by line."""

    style: _Style
    number: int
    losses: Losses
    lines: list[str] = field(default_factory=list)

    def write(self, concept: Concept, terms: Mapping[str, Term], name: str) -> None:
        entry, section, _ = self.style.tags
        pos = self._pos(concept.pos)
        definition = concept.extra.get("definition", "")
        is_ours = concept.note.startswith(OWN_NOTE)  # it would be taken for one of our own fields
        own = {
            "id": "" if name == concept.id else concept.id,
            "pos": "" if to_ud(pos) == concept.pos else concept.pos,
            "case_sensitive": "yes" if concept.case_sensitive else "",
            "do_not_translate": "yes" if concept.do_not_translate else "",
            "note": concept.note if is_ours else "",
        }
        own |= {
            f"{EXTRA}{name}": value for name, value in concept.extra.items() if name != "definition"
        }
        self._line(0, f'<{entry} id="{name}">')
        self._category(1, "subjectField", concept.category)
        self._category(1, "definition", definition)
        self._category(1, "source", concept.source)
        self._note(1, "" if is_ours else concept.note)
        self._own(1, own)
        for lang, term in terms.items():
            self._line(1, f'<{section} xml:lang="{lang}">')
            self._term(term, pos)
            self._line(1, f"</{section}>")
        self._line(0, f"</{entry}>")

    def _pos(self, tag: str) -> str:
        name = to_tbx(tag)
        return "noun" if name == "properNoun" and not self.style.proper_nouns else name

    def _term(self, term: Term, pos: str) -> None:
        self._wording(term.preferred, "preferred", pos, term.status)
        for wording in term.variants:
            self._wording(wording, "admitted", pos)
        for wording in term.forbidden:
            self._wording(wording, "deprecated", pos)

    def _wording(
        self, wording: Wording, standing: str, pos: str, status: Status = Status.PROPOSED
    ) -> None:
        tag = self.style.tags[2]
        gender = next((GENDERS[one] for one in wording.features if one in GENDERS), "")
        self._line(2, f"<{tag}>")
        self._line(3, f"<term>{self._text(wording.text)}</term>")
        self._category(3, "partOfSpeech", pos)
        self._category(3, "grammaticalGender", gender)
        self._category(3, "administrativeStatus", f"{standing}Term-admn-sts")
        own = {
            "status": "" if status is Status.PROPOSED else status,
            "features": notation.write_features(wording.features),
            "forms": notation.write_forms(wording.forms),
        }
        self._own(3, own)
        self._line(2, f"</{tag}>")

    def _own(self, depth: int, fields: Mapping[str, str]) -> None:
        """A note with the fields that have a value."""
        items = (
            f"{notation.escape(name, ';=')}={notation.escape(value, ';')}"
            for name, value in fields.items()
            if value
        )
        if told := "; ".join(items):
            self._note(depth, f"{OWN_NOTE} {told}")

    def _note(self, depth: int, value: str) -> None:
        if value:
            self._line(depth, f"<note>{self._text(value)}</note>")

    def _category(self, depth: int, name: str, value: str) -> None:
        if not value:
            return
        holder, module = _CATEGORIES[name]
        tag = f"{module}:{name}" if self.style.by_tag else holder
        opened = tag if self.style.by_tag else f'{tag} type="{name}"'
        self._line(depth, f"<{opened}>{self._text(value)}</{tag}>")

    def _text(self, text: str) -> str:
        """A text as XML; what of it does not come back is a loss."""
        kept = legal(text)
        if unwrapped(kept) != text:
            self.losses.add(
                "control characters, white space at the ends and indents are dropped", self.number
            )
        return escape(kept, {"\r": "&#13;"})

    def _line(self, depth: int, line: str) -> None:
        self.lines.append("  " * depth + line)
