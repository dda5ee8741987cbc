"""What the tests of both versions of XLIFF share: entries, and the schemas of the standard."""

from __future__ import annotations

import io
import string
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType

from hypothesis import strategies as st
from lxml import etree

from aligner.entries import Bundle, Content, Entry, Header, Inline, Variant, plain

ORIGINS = ["mt", "tm", "human", "post-edited", "with-a-state-unknown", ""]

# What XML can hold; the rest has tests of its own.
characters = st.characters(
    codec="utf-8",
    exclude_categories=("Cc",),
    include_characters="\t\n\r",
    exclude_characters="\ufffe\uffff",
)
texts = st.text(characters, max_size=12)
names = st.text(st.sampled_from(string.ascii_lowercase + "-: /%ё"), min_size=1, max_size=6)
types = names.filter(lambda name: name != "hi")
attribute_names = st.sampled_from(["creationid", "changeid", "changedate", "usagecount"])
attributes = st.dictionaries(attribute_names, texts, max_size=2).map(lambda one: (*one.items(),))
notes = st.lists(texts, max_size=2).map(tuple)


def props(*known: str) -> st.SearchStrategy[tuple[tuple[str, str], ...]]:
    pairs = st.tuples(st.sampled_from(known) | names, texts)
    return st.lists(pairs, max_size=3).map(tuple)


@st.composite
def contents(draw: st.DrawFn, depth: int = 2, name: str = "") -> Content:
    """The content of a segment: text, codes in pairs that may cross, alone, and marks."""
    parts: list[str | Inline] = []
    opened: list[str] = []
    for number in range(draw(st.integers(0, 5))):
        kind = draw(st.sampled_from(["text", "text", "ph", "it", "bpt", "ept", "hi"]))
        code = tuple(filter(None, (draw(texts),)))
        type_ = draw(types | st.just(""))
        about = (("x", str(number)), *((("type", type_),) if type_ else ()))
        if kind == "bpt":
            opened.append(f"{name}{number}")
            parts.append(Inline("bpt", (("i", opened[-1]), *about), code))
        elif kind == "ept" and opened:
            at = draw(st.integers(0, len(opened) - 1))
            parts.append(Inline("ept", (("i", opened.pop(at)),), code))
        elif kind == "it":
            pos = draw(st.sampled_from(["begin", "end"]))
            parts.append(Inline("it", (("pos", pos), *about), code))
        elif kind == "ph":
            parts.append(Inline("ph", about, code))
        elif kind == "hi" and depth:
            parts.append(Inline("hi", about, draw(contents(depth - 1, f"{name}{number}."))))
        else:
            parts.extend(code)
    parts.extend(Inline("ept", (("i", i),)) for i in opened)
    return joined(parts)


def joined(parts: Iterable[str | Inline]) -> Content:
    done: list[str | Inline] = []
    for part in parts:
        if isinstance(part, str) and done and isinstance(done[-1], str):
            done[-1] += part
        else:
            done.append(part)
    return tuple(done)


@st.composite
def variants(draw: st.DrawFn, lang: str) -> Variant:
    content = draw(contents())
    has_codes = any(isinstance(part, Inline) for part in content)
    known = ["x-model", "x-term", "x-issue", "x-confidence", "x-alternative"]
    origin = draw(st.sampled_from(ORIGINS)) if lang != "en" else ""
    about = (("x-origin", origin),) if origin else ()
    if origin in {"human", "post-edited"}:
        about += tuple(("x-draft", text) for text in draw(st.lists(texts, max_size=1)) if text)
    rest = draw(props(*known) if lang != "en" else props("x-note"))
    return Variant(
        lang=lang,
        text=plain(content),
        inline=content if has_codes else (),
        props=tuple(pair for pair in (*about, *rest) if pair != ("x-alternative", "")),
        notes=draw(notes),
        attributes=draw(attributes),
    )


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    known = ("x-document", "x-kind", "x-context-pre", "x-resname", "x-translate")
    return Entry(
        tuid=draw(st.text(characters, max_size=4)),
        variants=(draw(variants("en")), *draw(st.lists(variants("ky"), max_size=1))),
        source_lang="en",
        props=draw(props(*known)),
        notes=draw(notes),
        attributes=draw(attributes),
    )


def normal(entry: Entry) -> Entry:
    """An entry without what XLIFF may change, as its documentation says."""
    return Entry(
        tuid=entry.tuid,
        variants=tuple(map(_normal_variant, entry.variants)),
        source_lang=entry.source_lang,
        props=tuple(sorted(entry.props)),
        notes=entry.notes,
        attributes=_without_names(entry.attributes),
    )


def _normal_variant(variant: Variant) -> Variant:
    return Variant(
        lang=variant.lang,
        text=variant.text,
        inline=_normal_content(variant.inline, {}),
        props=tuple(sorted(variant.props)),
        notes=variant.notes,
        attributes=_without_names(variant.attributes),
    )


def _without_names(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(pair for pair in pairs if pair[0] not in {"xml:lang", "tuid"}))


def _normal_content(content: Content, numbers: dict[str, str]) -> Content:
    """The content with its pairs numbered in order, and without names of codes."""
    return tuple(
        part
        if isinstance(part, str)
        else Inline(
            part.name,
            tuple(
                (name, numbers.setdefault(value, str(len(numbers))) if name == "i" else value)
                for name, value in sorted(part.attributes)
                if name != "x"
            ),
            _normal_content(part.content, numbers),
        )
        for part in content
    )


def written(
    module: ModuleType, given: Iterable[Entry], header: Header | None = None, *langs: str
) -> tuple[bytes, tuple[str, ...]]:
    """The bytes of a file, and what it could not hold."""
    file = io.BytesIO()
    (name,) = module.NAMES
    losses = module.write(file, Bundle(iter(given), header or Header("en")), name, langs)
    return file.getvalue(), losses


def came_back(module: ModuleType, path: Path, data: bytes) -> list[Entry]:
    path.write_bytes(data)
    return list(module.read(path).entries)


def entry(
    target: str | Content | None = "Ош",
    *about: tuple[str, str],
    source: str | Content = "Osh",
    props: Sequence[tuple[str, str]] = (),
    tuid: str = "a:1",
) -> Entry:
    """An entry with a target and its properties."""
    made = [_variant("en", source, ())]
    if target is not None:
        made.append(_variant("ky", target, about))
    return Entry(tuid, tuple(made), "en", tuple(props))


def _variant(lang: str, content: str | Content, about: Iterable[tuple[str, str]]) -> Variant:
    if isinstance(content, str):
        return Variant(lang, content, props=tuple(about))
    return Variant(lang, plain(content), content, props=tuple(about))


class _Local(etree.Resolver):
    """Finds the schema of the XML namespace on the disk."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def resolve(self, url: str, _id: str, context: object) -> object:
        if url == "http://www.w3.org/2001/xml.xsd":
            return self.resolve_filename(str(self._path), context)
        return None


def schema(folder: Path, *files: tuple[str, str]) -> etree.XMLSchema:
    """A schema of several namespaces, each with its file."""
    imports = "".join(
        f'<xs:import namespace="{namespace}" schemaLocation="{(folder / file).as_uri()}"/>'
        for namespace, file in files
    )
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Local(folder / "tmx" / "xml.xsd"))
    whole = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>'
    return etree.XMLSchema(etree.fromstring(whole, parser))


def problems(schema_: etree.XMLSchema, data: bytes) -> list[str]:
    schema_.validate(etree.fromstring(data))
    return [f"{one.line}: {one.message}" for one in schema_.error_log]
