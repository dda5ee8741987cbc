"""Read gettext PO; see `aligner.formats.exchange.po`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from aligner.entries import Bundle, Entry, Header, Pairs, Variant
from aligner.errors import InputError
from aligner.formats.exchange.headings import language_of
from aligner.formats.exchange.lines import Broken, lines
from aligner.formats.exchange.opened import beginning
from aligner.formats.source import name as name_of
from aligner.languages.codes import language

_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_FIELD = re.compile(r"(msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d+\])\s*(?=\")")
_BEGINNING = re.compile(r'#(?!~)|(?:#~\s*)?(?:\||msg(?:ctxt|id)\s*")')  # … of the next message
_ESCAPES = re.compile(r"((?:\\[0-7]{1,3}|\\x[0-9a-fA-F]{1,2})+)|\\(.)")
_SIMPLE = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "a": "\a",
    "b": "\b",
    "v": "\v",
    "f": "\f",
    "\\": "\\",
    '"': '"',
}
_CHARSET = re.compile(rb"charset=([\w.:-]+)")
_START = re.compile(rb'(?:\xef\xbb\xbf)?(?:[ \t\r]*(?:#[^\n]*)?\n)*msg(?:id|ctxt)[ \t]*"')
_ID = "id: "
_TOOL = "aligner"  # what is written where there is nothing to say
_COMMENTS = {".": "extracted", ":": "references", ",": "flags", "=": "flags"}
# Fields of the header that say what is said elsewhere, or what we know better.
_TECHNICAL = frozenset(
    {
        "Language",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
        "PO-Revision-Date",
        "X-Generator",
        "X-Source-Language",
    }
)


@dataclass(slots=True)
class _Message:
    """A message as it is being read: its fields by name, its comments by kind."""

    line: int = 0
    fields: dict[str, str] = field(default_factory=dict)
    comments: dict[str, list[str]] = field(default_factory=dict)
    is_obsolete: bool = False
    is_match: bool = False  # it says which text it was the translation of
    _field: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it has a translation, be it empty."""
        return any(name.startswith("msgstr") for name in self.fields)

    def take(self, number: int, line: str) -> None:
        """Take one of its lines, without white space around it.

        Raises:
            ValueError: the line is not PO.
        """
        self.line = self.line or number
        text = line
        if line.startswith("#~"):
            self.is_obsolete = True
            text = line[2:].lstrip()
            text = f"#{text}" if text.startswith("|") else text
        if text.startswith("#"):
            self._comment(text)
        else:
            self._string(text)

    def _comment(self, text: str) -> None:
        if self.fields:
            raise ValueError(_UNFINISHED)
        if text.startswith("#|"):
            self.is_match = True
            return
        kind = _COMMENTS.get(text[1:2], "translator")
        comment = text[1:] if kind == "translator" else text[2:]
        self.comments.setdefault(kind, []).append(comment.removeprefix(" "))

    def _string(self, text: str) -> None:
        name = _FIELD.match(text)
        string = _STRING.fullmatch(text, name.end() if name else 0)
        if string is None:
            raise ValueError("a line is neither a comment nor a string in quotes")
        if name:
            self._field = name[1]
            if self._field in self.fields:
                raise ValueError(_UNFINISHED)
            if self._field.startswith("msgstr") and "msgid" not in self.fields:
                raise ValueError("a msgstr has no msgid")
            self.fields[self._field] = ""
        if not self._field:
            raise ValueError("a string belongs to nothing")
        self.fields[self._field] += _unescaped(string[1])


_UNFINISHED = "a message has no msgstr"


def read(source: str | Path, langs: Sequence[str] = ()) -> Bundle:
    """Read the messages of a PO file, one at a time.

    Args:
        source: the file; "-" for standard input.
        langs: its source and its target language, if it does not say.

    Raises:
        InputError: the file cannot be read. A message that is broken is left out, and told of
            after the last one.
    """
    where = name_of(source)
    found = _messages(source, where)
    first = next(found, None)
    if first and not first.fields.get("msgid") and "msgctxt" not in first.fields:
        header, rest = first, chain(found)
    else:
        header, rest = _Message(), chain(filter(None, [first]), found)
    fields = _header_fields(header.fields.get("msgstr", ""))
    pair = _pair(source, fields, langs)
    props = tuple(
        (f"x-{key}", value)
        for key, value in fields.items()
        if key not in _TECHNICAL and value not in {"", _TOOL}
    )
    notes = header.comments.get("translator", [])
    about = Header(pair[0], props, ("\n".join(notes),) if any(notes) else ())
    return Bundle((_entry(one, *pair) for one in rest), about)


def is_mine(beginning: bytes) -> bool:
    """Whether a file begins as PO does."""
    return _START.match(beginning) is not None


def _pair(source: str | Path, fields: dict[str, str], langs: Sequence[str]) -> tuple[str, str]:
    named = Path(source).stem
    in_name = language_of(named) if "." not in named else None
    given = (*langs, "", "")
    return (
        language(fields.get("X-Source-Language", "")) or given[0] or "en",
        language(fields.get("Language", "")) or in_name or given[1],
    )


def _header_fields(text: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in text.split("\n"))
    return {key.strip(): value.strip() for key, colon, value in pairs if colon}


def _messages(source: str | Path, where: str) -> Iterator[_Message]:
    broken, message, is_skipping = Broken(), _Message(), False
    for number, line in lines(source, encoding=_charset(source)):
        text = line.strip()
        if message.is_whole and (not text or _BEGINNING.match(text)):
            yield message
            message = _Message()
        is_skipping = is_skipping and bool(text)
        if text and not is_skipping:
            try:
                message.take(number, text)
            except ValueError as error:
                broken.add(_broken(str(error), f"{where}:{number}"))
                message, is_skipping = _Message(), True
    if message.is_whole:
        yield message
    elif message.fields:
        broken.add(_broken(_UNFINISHED, f"{where}:{message.line}"))
    broken.tell()


def _broken(reason: str, where: str) -> InputError:
    return InputError(
        f"this is not PO: {reason}", where=where, hint="`msgfmt --check FILE` says more about it."
    )


def _charset(source: str | Path) -> str:
    """The encoding that the header names; UTF-8 where Python does not know it."""
    found = _CHARSET.search(beginning(source))
    encoding = found[1].decode() if found else "utf-8"
    try:
        b" ".decode(encoding)  # LookupError also for what turns bytes into bytes, such as base64
    except (LookupError, UnicodeError):  # "CHARSET" in templates
        return "utf-8"
    return encoding


def _unescaped(text: str) -> str:
    return _ESCAPES.sub(_unescape, text) if "\\" in text else text


def _unescape(match: re.Match[str]) -> str:
    if not match[1]:
        return _SIMPLE.get(match[2], match[0])
    codes = re.findall(r"\\(?:x([0-9a-fA-F]+)|([0-7]+))", match[1])
    values = (int(base16, 16) if base16 else int(base8, 8) for base16, base8 in codes)
    return bytes(value & 0xFF for value in values).decode(errors="replace")


def _entry(message: _Message, source_lang: str, target_lang: str) -> Entry:
    fields, comments = message.fields, message.comments
    extracted, tuid = comments.get("extracted", []), ""
    if extracted and extracted[0].startswith(_ID):
        tuid, *extracted = extracted
        tuid = tuid.removeprefix(_ID)
    flags = [flag.strip() for line in comments.get("flags", ()) for flag in line.split(",")]
    origin = ("tm" if message.is_match else "mt") if "fuzzy" in flags else ""
    sources = [Variant(source_lang, fields["msgid"])]
    if "msgid_plural" in fields:
        sources.append(Variant(source_lang, fields["msgid_plural"], props=(_PLURAL,)))
    targets = [
        Variant(target_lang, text, props=_given(x_origin=origin, x_plural=name[7:-1]))
        for name, text in fields.items()
        if name.startswith("msgstr") and text
    ]
    remarks = _joined(comments.get("translator", ()))
    if targets:
        targets[0] = replace(targets[0], notes=remarks)
    context = fields.get("msgctxt", "")
    return Entry(
        tuid=tuid,
        variants=(*sources, *targets),
        source_lang=source_lang,
        props=_given(
            x_msgctxt="" if context == tuid or _NUMBER.fullmatch(context) else context,
            x_reference=" ".join(comments.get("references", ())),
            x_flags=", ".join(flag for flag in flags if flag and flag != "fuzzy"),
            x_obsolete="yes" if message.is_obsolete else "",
        ),
        notes=(*_joined(extracted), *(() if targets else remarks)),
        line=message.line,
    )


_PLURAL = ("x-plural", "plural")
_NUMBER = re.compile(r"#\d+")  # a context that `write` made up


def _given(**values: str) -> Pairs:
    """Properties by name, those that have a value."""
    return tuple((name.replace("_", "-"), value) for name, value in values.items() if value)


def _joined(comments: Iterable[str]) -> tuple[str, ...]:
    text = "\n".join(comments)
    return (text,) if text.strip() else ()
