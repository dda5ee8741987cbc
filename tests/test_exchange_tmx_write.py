"""Writing anyone's units as TMX."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from aligner.entries import Bundle, Content, Entry, Header, Inline, Variant, plain
from aligner.errors import InputError
from aligner.formats.exchange import tmx
from aligner.languages.codes import language

# All that XML can hold, and more often what breaks writers.
TRAPS = ["]]>", "&amp;", "<b>", "\r", "\r\n", "\t", "\n", '"', "\x85", "\u2028", " ", "𝔸", "&#0;"]
legal = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
texts = st.lists(st.sampled_from(TRAPS) | st.text(legal, max_size=5), max_size=4).map("".join)
pairs = st.lists(st.tuples(texts, texts), max_size=2).map(tuple)
notes = st.lists(texts, max_size=2).map(tuple)
dates = st.fixed_dictionaries({}, optional={"creationdate": texts, "changeid": texts})


def joined(parts: list[str | Inline]) -> Content:
    """Parts as a reader gives them: no empty text, and none beside another."""
    found: list[str | Inline] = []
    for part in parts:
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] += part
        elif part != "":
            found.append(part)
    return tuple(found)


def contents(*elements: st.SearchStrategy[Inline]) -> st.SearchStrategy[Content]:
    return st.lists(st.one_of(texts, *elements), max_size=3).map(joined)


def element(
    name: str, content: st.SearchStrategy[Content], required: dict[str, str], *optional: str
) -> st.SearchStrategy[Inline]:
    given_attributes = st.fixed_dictionaries(
        {key: st.just(value) for key, value in required.items()},
        optional=dict.fromkeys(optional, texts),
    )
    return st.builds(
        lambda attributes, inside: Inline(name, tuple(attributes.items()), inside),
        given_attributes,
        content,
    )


def elements(depth: int) -> list[st.SearchStrategy[Inline]]:
    """What may stand in a segment: codes, which hold texts and `sub`, and highlights."""
    inner = contents(*elements(depth - 1)) if depth else texts.map(lambda text: joined([text]))
    held = contents(element("sub", inner, {}, "type")) if depth else inner
    return [
        element("bpt", held, {"i": "1"}, "x", "type"),
        element("ept", held, {"i": "1"}),
        element("it", held, {"pos": "end"}, "x", "type"),
        element("ph", held, {}, "x", "assoc", "type"),
        element("ut", held, {}, "x"),
        element("hi", inner, {}, "x", "type"),
    ]


def variant(lang: str, content: Content, **about: object) -> Variant:
    inline = content if any(isinstance(part, Inline) for part in content) else ()
    attributes = (("xml:lang", lang), *about.pop("attributes", {}).items())
    return Variant(language(lang), plain(content), inline, attributes=attributes, **about)


variants = st.builds(
    variant,
    st.sampled_from(["en", "ru-RU", "KIR", "x-klingon", ""]),
    contents(*elements(2)),
    attributes=dates,
    props=pairs,
    notes=notes,
)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    attributes = {key: text for key, text in {"tuid": draw(texts)}.items() if text}
    attributes |= draw(st.sampled_from([{}, {"srclang": "ru-RU"}, {"srclang": "*all*"}]))
    attributes |= draw(dates)
    return Entry(
        attributes.get("tuid", ""),
        tuple(draw(st.lists(variants, min_size=1, max_size=3))),
        language(attributes.get("srclang", "en")),
        draw(pairs),
        draw(notes),
        tuple(attributes.items()),
    )


def written(path: Path, given_entries: list[Entry], *langs: str) -> tuple[str, ...]:
    header = Header("en", attributes=(("srclang", "en"),))
    with path.open("wb") as file:
        return tmx.write(file, Bundle(iter(given_entries), header), "tmx", langs)


def read(path: Path) -> list[Entry]:
    return [replace(entry, line=0) for entry in tmx.read(path).entries]


@given(st.lists(entries(), max_size=3))
def test_entries_come_back(
    tmp_path_factory: pytest.TempPathFactory, given_entries: list[Entry]
) -> None:
    path = tmp_path_factory.mktemp("tmx") / "a.tmx"
    assert written(path, given_entries) == ()
    assert read(path) == given_entries


@given(st.lists(entries(), max_size=2))
def test_valid(
    shared: Path, tmp_path_factory: pytest.TempPathFactory, given_entries: list[Entry]
) -> None:
    schema = shared / "data" / "interchange" / "schema" / "tmx"
    path = tmp_path_factory.mktemp("tmx") / "a.tmx"
    written(path, given_entries)
    tree = etree.parse(path)
    etree.XMLSchema(etree.parse(schema / "tmx14.xsd")).assertValid(tree)
    etree.DTD(str(schema / "tmx14.dtd")).assertValid(tree)


@given(st.text(st.characters()), st.text(st.characters()))
def test_any_text_may_stand_anywhere(
    tmp_path_factory: pytest.TempPathFactory, text: str, name: str
) -> None:
    path = tmp_path_factory.mktemp("tmx") / "a.tmx"
    odd = Inline(name, ((name, text), ("i", text)), (text, Inline("sub", (), (text,))))
    one = Variant(text, text, (odd, replace(odd, name="bpt")), ((name, text),), (text,))
    entry = Entry(text, (one, one), text, ((name, text),), (text,), ((name, text),))
    header = Header(text, ((name, text),), (text,), ((name, text), ("segtype", text)))
    with path.open("wb") as file:
        tmx.write(file, Bundle(iter([entry]), header))
    assert [len(found.variants) for found in tmx.read(path).entries] == [2]


def test_what_tmx_cannot_hold_is_told(tmp_path: Path) -> None:
    odd = Inline("g", (), ("b",))
    entry = Entry(
        "1",
        (
            Variant("en", "a\x00b", attributes=(("xml:lang", "en"), ("status", "draft"))),
            Variant("ру", "ab", ("a", odd)),
        ),
        attributes=(("tuid", "1"),),
    )
    assert written(tmp_path / "a.tmx", [entry, Entry("2", ())]) == (
        "the attribute status of <tuv> cannot be written: 1",
        'the language "ру" cannot be written: 1',
        "the element <g> cannot be written: 1",
        "characters that XML does not have cannot be written: 1",
        "units without a text cannot be written: 1",
    )
    assert [[one.text for one in entry.variants] for entry in read(tmp_path / "a.tmx")] == [
        ["ab", "ab"]
    ]


@pytest.mark.parametrize(
    ("content", "seg"),
    [
        ((Inline("sub", (), ("a",)),), "<ph><sub>a</sub></ph>"),
        ((Inline("ph", (), (Inline("hi", (), ("a",)),)),), "<ph><sub><hi>a</hi></sub></ph>"),
        ((Inline("it"),), '<it pos="begin"/>'),
        ((Inline("it", (("pos", "open"), ("x", "1"))),), '<it pos="begin" x="1"/>'),
        ((Inline("ept", (("x", "1"),), ("b",)),), '<ept i="0">b</ept>'),
    ],
)
def test_inline_elements_where_they_may_stand(tmp_path: Path, content: Content, seg: str) -> None:
    written(tmp_path / "a.tmx", [Entry("", (Variant("en", plain(content), content),))])
    assert f"<seg>{seg}</seg>" in (tmp_path / "a.tmx").read_text("utf-8")


@pytest.mark.parametrize(
    ("lang", "attributes", "spelt"),
    [
        ("ru", (("xml:lang", "RU"),), "RU"),
        ("ru", (("lang", "ru_RU"),), "ru-RU"),
        ("ky", (("xml:lang", "ru"),), "ky"),
        ("ky", (), "ky"),
        ("", (("xml:lang", "?"),), ""),
    ],
)
def test_language(
    tmp_path: Path, lang: str, attributes: tuple[tuple[str, str], ...], spelt: str
) -> None:
    written(tmp_path / "a.tmx", [Entry("", (Variant(lang, "a", attributes=attributes),))])
    [entry] = read(tmp_path / "a.tmx")
    assert entry.variants[0].attributes == (("xml:lang", spelt),)


def test_chosen_languages(tmp_path: Path) -> None:
    whole = Entry("", tuple(Variant(lang, lang) for lang in ("en", "ru", "ky", "ru")), "en")
    written(tmp_path / "a.tmx", [whole, Entry("", (Variant("en", "a"),), "en")], "ky", "ru")
    assert [[one.lang for one in entry.variants] for entry in read(tmp_path / "a.tmx")] == [
        ["ky", "ru", "ru"]
    ]


def test_the_source_language_is_that_of_the_unit(tmp_path: Path) -> None:
    texts = (Variant("en", "a"), Variant("ru", "а"))
    given_entries = [Entry("", texts, lang) for lang in ("en", "ru", "")]
    written(tmp_path / "a.tmx", given_entries)
    assert [entry.source_lang for entry in read(tmp_path / "a.tmx")] == ["en", "ru", ""]


def test_the_file_is_whole_where_the_units_break_off() -> None:
    def units() -> Iterator[Entry]:
        yield Entry("1", (Variant("en", "a"),))
        raise InputError("damaged")

    file = io.BytesIO()
    with pytest.raises(InputError, match="damaged"):
        tmx.write(file, Bundle(units()))
    assert len(etree.fromstring(file.getvalue()).findall("body/tu")) == 1


def test_header(tmp_path: Path) -> None:
    header = Header(
        "ru",
        (("x-beam", "4"),),
        ("note",),
        (("creationtool", "X"), ("srclang", "en"), ("segtype", "verse"), ("foo", "bar")),
    )
    with (tmp_path / "a.tmx").open("wb") as file:
        lost = tmx.write(file, Bundle(iter(()), header))
    assert lost == ("the attribute foo of <header> cannot be written: 1",)
    found = tmx.read(tmp_path / "a.tmx").header
    assert (found.source_lang, found.props, found.notes) == ("ru", header.props, header.notes)
    said = dict(found.attributes)
    assert (said["creationtool"], said["segtype"], said["adminlang"]) == ("X", "sentence", "en")
