"""Write gettext PO; see `aligner.formats.exchange.po`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain, count, islice
from typing import BinaryIO

from aligner import __version__
from aligner.entries import Bundle, Entry, Header, Variant
from aligner.errors import UsageError
from aligner.formats.exchange.losses import (
    ATTRIBUTES,
    NO_TEXT,
    OTHERS,
    PROPS,
    REPEATED,
    UNENCODED,
    Losses,
    has_attributes,
    of_text,
)

_LOOK_AHEAD = 1000  # units, of which the first need not be translated
# Properties of a header that are fields of PO.
_FIELD = re.compile(
    "x-(Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|Last-Translator|Language-Team"
    "|Plural-Forms|X-[A-Za-z-]+)"
)
# msgfmt --check asks for these fields.
_EXPECTED = ("Project-Id-Version", "Last-Translator", "Language-Team")
_SLAVIC = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
    "n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
)
_PLURALS = dict.fromkeys(("ru", "uk", "be"), _SLAVIC) | dict.fromkeys(
    ("en", "de", "ky", "kk", "uz", "tg"), "nplurals=2; plural=(n != 1);"
)
_ESCAPED = re.compile(r'[\\"\x00-\x1f\x7f]')
_ESCAPES = {"\\": r"\\", '"': r"\"", "\n": r"\n", "\t": r"\t", "\r": r"\r"}
_BREAKS = re.compile(r"\r\n?|\n")
# What is said by other means.
_HELD = frozenset(
    {"x-msgctxt", "x-reference", "x-flags", "x-obsolete", "x-origin", "x-match", "x-plural"}
)


def write(
    file: BinaryIO,
    bundle: Bundle,
    name: str = "po",  # noqa: ARG001 - what every format takes; there is but one here
    langs: Sequence[str] = (),
) -> tuple[str, ...]:
    """Write the units as messages, one at a time; machine translations are marked as fuzzy.

    Two units with the same source text need a context that tells them apart: the later ones get
    their names, or numbers, as `msgctxt`.

    Args:
        file: takes the bytes.
        bundle: its entries are taken as they are written.
        name: the format.
        langs: the source and the target language; by default those of the first units.

    Returns:
        What PO cannot hold, a sentence each.

    Raises:
        UsageError: there are not two languages.
        InputError: the bundle's own file is damaged.
    """
    losses = Losses("PO")
    if not all(_FIELD.fullmatch(key) for key, _ in bundle.header.props):
        losses.header(bundle)
    first = list(islice(bundle.entries, _LOOK_AHEAD))
    pair = _pair(first, bundle.header, langs)
    header, forms = _header(bundle.header, *pair)
    file.write(header.encode(errors="replace"))
    contexts = _Contexts()
    for entry in chain(first, bundle.entries):
        source = entry.variant(pair[0])
        if source is None or not source.text:
            losses.add(NO_TEXT)
            continue
        lost = {*_lost(entry, pair, chosen=bool(langs))}
        message = _message(entry, pair, forms, contexts)
        try:
            file.write(message.encode())
        except UnicodeEncodeError:
            lost.add(UNENCODED)
            file.write(message.encode(errors="replace"))
        losses.add(*lost)
    return losses.told()


def _pair(first: Sequence[Entry], header: Header, langs: Sequence[str]) -> tuple[str, str]:
    """The source and the target language."""
    if len(langs) == 2:
        return langs[0], langs[1]
    found = list(dict.fromkeys(one.lang for entry in first for one in entry.variants))
    if langs or len(found) > 2:
        raise UsageError(
            f"PO has a source and a target language, not {len(langs or found)} "
            f"({', '.join(langs or found)})",
            hint="Name two: --langs en,ru.",
        )
    source = first[0].source() if first else None
    origin = source.lang if source else header.source_lang
    return origin, next((lang for lang in found if lang != origin), "")


def _header(header: Header, source: str, target: str) -> tuple[str, int]:
    """The header, and how many plural forms it promises."""
    given = {key.removeprefix("x-"): value for key, value in header.props if _FIELD.fullmatch(key)}
    fields = dict.fromkeys(_EXPECTED, "aligner")
    if target in _PLURALS:
        fields["Plural-Forms"] = _PLURALS[target]
    fields |= given | {
        "PO-Revision-Date": f"{datetime.now(UTC):%Y-%m-%d %H:%M+0000}",
        "Language": target,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": source,
        "X-Generator": f"aligner {__version__}",
    }
    text = "".join(f"{key}: {value}\n" for key, value in fields.items())
    forms = re.search(r"nplurals=(\d)", fields.get("Plural-Forms", ""))
    comments = [*_comments("#", header.notes)]
    message = "".join([*comments, *_string("msgid", ""), *_string("msgstr", text)])
    return message, int(forms[1]) if forms else 2


class _Contexts:
    """Gives each message a context that no other message of the same text has."""

    def __init__(self) -> None:
        self._seen: dict[int, int] = {}  # by hashes: the texts themselves would fill the memory

    def of(self, entry: Entry, text: str) -> str | None:
        """Its own or none; where a message has that already, its name; else a number."""
        own = dict(entry.props).get("x-msgctxt")
        key = hash((own, text))
        times = self._seen[key] = self._seen.get(key, 0) + 1
        others = chain(filter(None, [entry.tuid]), (f"#{number}" for number in count(times)))
        free = (one for one in others if hash((one, text)) not in self._seen)
        chosen = own if times == 1 else next(free)
        self._seen.setdefault(hash((chosen, text)), 1)
        return chosen


def _message(entry: Entry, pair: tuple[str, str], forms: int, contexts: _Contexts) -> str:
    """A message, with the blank line before it."""
    sources = [one for one in entry.variants if one.lang == pair[0]]
    targets = [one for one in entry.variants if one.lang == pair[1]]
    plural = next((one.text for one in sources if _form(one) == "plural"), None)
    context = contexts.of(entry, sources[0].text)
    lines = [*_about(entry, sources, targets)]
    if context is not None:
        lines += _string("msgctxt", context)
    lines += _string("msgid", sources[0].text)
    if plural is None:
        lines += _string("msgstr", targets[0].text if targets else "")
    else:
        lines += _string("msgid_plural", plural)
        by_form = {_form(one): one.text for one in reversed(targets)}
        for form in map(str, range(max(forms, len(by_form)))):
            lines += _string(f"msgstr[{form}]", by_form.get(form, ""))
    prefix = "#~ " if dict(entry.props).get("x-obsolete") else ""
    return "\n" + "".join(line if line.startswith("#") else prefix + line for line in lines)


def _about(entry: Entry, sources: Sequence[Variant], targets: Sequence[Variant]) -> Iterator[str]:
    """The comments of a message."""
    props = dict(entry.props)
    yield from _comments("#", (note for one in targets for note in one.notes))
    notes = [*entry.notes, *(note for one in sources for note in one.notes)]
    is_named = entry.tuid or (notes and notes[0].startswith("id: "))
    yield from _comments("#.", [f"id: {entry.tuid}"] if is_named else [])
    yield from _comments("#.", notes)
    yield from _comments("#:", filter(None, [props.get("x-reference")]))
    flags = ["fuzzy" if any(map(_is_draft, targets)) else "", props.get("x-flags", "")]
    yield from _comments("#,", filter(None, [", ".join(filter(None, flags))]))


def _is_draft(target: Variant) -> bool:
    """Whether nobody has approved a text: it is a machine's, or was made for another source."""
    props = dict(target.props)
    origin, match = props.get("x-origin"), props.get("x-match", "")
    is_exact = match.isdecimal() and int(match) >= 100
    return bool(target.text) and (origin == "mt" or (origin == "tm" and not is_exact))


def _form(variant: Variant) -> str:
    """Which plural form a text is; the first if it does not say."""
    return dict(variant.props).get("x-plural", "0")


def _comments(mark: str, texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for line in _BREAKS.split(text):
            yield f"{mark} {line}".rstrip() + "\n"


def _string(name: str, text: str) -> Iterator[str]:
    """A field with its string: on one line, or below it a line for each of the text's."""
    pieces = re.findall(r"[^\n]*\n|[^\n]+", text)
    escaped = [f'"{_ESCAPED.sub(_escape, piece)}"\n' for piece in pieces]
    if len(escaped) == 1:
        yield f"{name} {escaped[0]}"
    else:
        yield f'{name} ""\n'
        yield from escaped


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[0]) or f"\\{ord(match[0]):03o}"


def _lost(entry: Entry, pair: tuple[str, str], *, chosen: bool) -> Iterator[str]:
    held = [one for one in entry.variants if one.lang in pair]
    plain = [one.lang for one in held if "x-plural" not in dict(one.props)]
    is_plural = len(plain) == len(set(plain))
    yield from (kind for kind in of_text(entry, pair) if kind != REPEATED or not is_plural)
    if len(held) < len(entry.variants) and not chosen:
        yield OTHERS
    things: list[Entry | Variant] = [entry, *held]
    if any(name not in _HELD for thing in things for name, _ in thing.props):
        yield PROPS
    if any(map(has_attributes, things)):
        yield ATTRIBUTES
