"""Reading anyone's TMX."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from aligner.entries import Bundle, Entry, Inline, Variant
from aligner.errors import AlignerError, InputError
from aligner.formats import tmx as written
from aligner.formats.exchange import parsing, tmx, utf8
from aligner.formats.xml import legal
from aligner.languages import codes
from aligner.records import Bitext, Document, Origin, Segment, Target, Unit
from aligner.text import fold

HEADER = '<header srclang="en"/>'


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str | bytes], Path]:
    """Write the content of a file, and give its path."""

    def write(content: str | bytes) -> Path:
        path = tmp_path / "memory.tmx"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def tmx_of(body: str, header: str = HEADER) -> str:
    return f'<tmx version="1.4">\n{header}\n<body>\n{body}\n</body>\n</tmx>\n'


def seg(content: str) -> str:
    return tmx_of(f'<tu><tuv xml:lang="ky"><seg>{content}</seg></tuv></tu>')


def texts(path: Path) -> list[list[str]]:
    return [[variant.text for variant in entry.variants] for entry in tmx.read(path).entries]


def until_damage(path: Path) -> tuple[list[Entry], InputError]:
    found: list[Entry] = []
    with pytest.raises(InputError) as caught:
        found.extend(tmx.read(path).entries)
    return found, caught.value


def test_a_unit(write: Callable[[str], Path]) -> None:
    path = write(
        """<?xml version="1.0"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
<header srclang="EN-US" creationtool="x"><prop type="x-a">b</prop></header>
<body>
<tu tuid="a:1" creationid="ANNA">
  <note>first</note>
  <prop type="x-kind">body</prop><prop type="x-kind">title</prop>
  <tuv xml:lang="en-US"><seg>Osh</seg></tuv>
  <tuv xml:lang="KIR" changeid="B"><note>n</note><prop type="x-origin">mt</prop><seg> Ош
</seg></tuv>
</tu>
<tu srclang="*all*"/>
</body></tmx>"""
    )
    assert list(tmx.read(path).entries) == [
        Entry(
            tuid="a:1",
            variants=(
                Variant("en", "Osh", attributes=(("xml:lang", "en-US"),)),
                Variant(
                    "ky",
                    " Ош\n",
                    props=(("x-origin", "mt"),),
                    notes=("n",),
                    attributes=(("xml:lang", "KIR"), ("changeid", "B")),
                ),
            ),
            source_lang="en",
            props=(("x-kind", "body"), ("x-kind", "title")),
            notes=("first",),
            attributes=(("tuid", "a:1"), ("creationid", "ANNA")),
            line=6,
        ),
        Entry("", (), attributes=(("srclang", "*all*"),), line=13),
    ]


@pytest.mark.parametrize(
    ("code", "lang"),
    [
        *((code, "ru") for code in ("ru", "RU", "ru-RU", "ru_RU", "rus", "RUS", " ru ")),
        *((code, "ky") for code in ("ky", "kir", "KY-kg", "ky-Cyrl-KG")),
        *((code, "en") for code in ("eng", "EN-US", "en_GB")),
        ("ger", "de"),
        ("deu", "de"),
        ("tyv", "tyv"),
        ("*all*", ""),
        ("", ""),
    ],
)
def test_language_codes(code: str, lang: str) -> None:
    assert codes.language(code) == lang


def test_lang_of_version_1_1(write: Callable[[str], Path]) -> None:
    path = write(tmx_of('<tu><tuv lang="KY-KG"><seg>Ош</seg></tuv></tu>'))
    assert [variant.lang for entry in tmx.read(path).entries for variant in entry.variants] == [
        "ky"
    ]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("&lt;b&gt; &amp; &#1091;", "<b> & у"),
        ('<bpt i="1">&lt;b></bpt>Ош<ept i="1">&lt;/b></ept> шаары', "Ош шаары"),
        ("A<ph/>B<it>x</it>C<ut>y</ut>D", "ABCD"),
        ("мен <hi>Ошко <hi>эртең</hi></hi> барам", "мен Ошко эртең барам"),
        ("See<ph>&lt;img alt='<sub>the <ph>x</ph>map</sub>'></ph>.", "See."),
        ("x<!-- no --><?pi no?>y", "xy"),
        ("<![CDATA[<b>]]>", "<b>"),
        ("", ""),
    ],
)
def test_plain_text(write: Callable[[str], Path], content: str, text: str) -> None:
    assert texts(write(seg(content))) == [[text]]


@pytest.mark.parametrize("declared", ["", "UTF-8", "UTF-16", "utf-16"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_however_it_is_declared(
    write: Callable[[bytes], Path], encoding: str, declared: str
) -> None:
    declaration = f'<?xml version="1.0" encoding="{declared}"?>\n' if declared else ""
    assert texts(write((declaration + seg("Ысык-Көл")).encode(encoding))) == [["Ысык-Көл"]]


def test_declared_encoding(write: Callable[[bytes], Path]) -> None:
    content = f'<?xml version="1.0" encoding="windows-1251"?>{seg("Ош")}'
    assert texts(write(content.encode("cp1251"))) == [["Ош"]]


def test_gzip_whatever_its_name(write: Callable[[bytes], Path]) -> None:
    packed = gzip.compress(seg("Ош").encode())
    assert texts(write(packed)) == [["Ош"]]
    _, error = until_damage(write(packed[:-12]))
    assert "packed file is damaged" in error.message


def test_namespace(write: Callable[[str], Path]) -> None:
    path = write(seg("<hi>О</hi>ш").replace("<tmx", '<tmx xmlns="http://www.lisa.org/tmx14"'))
    assert texts(path) == [["Ош"]]


@pytest.mark.parametrize(
    ("damage", "line", "said"),
    [
        ("<tu><tuv><seg>c</tuv></tu>", 6, "mismatch"),
        ("<tu>\n<tuv><seg>a &nbsp; b</seg></tuv></tu>", 7, "nbsp"),
        ("<tu><tuv><seg>", 7, "mismatch"),
    ],
)
def test_units_before_the_damage(
    write: Callable[[str], Path], damage: str, line: int, said: str
) -> None:
    good = '<tu><tuv xml:lang="ky"><seg>a</seg></tuv></tu>'
    found, error = until_damage(write(tmx_of(f"{good}\n{good}\n{damage}")))
    assert len(found) == 2
    assert said in error.message
    assert error.where.endswith(f"memory.tmx:{line}")


def test_file_that_breaks_off(write: Callable[[str], Path]) -> None:
    whole = tmx_of('<tu><tuv xml:lang="ky"><seg>a</seg></tuv></tu>\n' * 5)
    found, error = until_damage(write(whole[: whole.rindex("<seg>") + 3]))
    assert len(found) == 4
    assert error.where.endswith(":8")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "XML"),
        (b"just text", "XML"),
        (b"<xliff><file><tu/></file></xliff>", "no TMX"),
        (b"<html><tmx><tu/></tmx></html>", "no TMX"),
        (b"<?xml version='1.0' encoding='x-none'?><tmx/>", "x-none"),
        ("<?xml version='1.0' encoding='utf-8'?><tmx>Ош</tmx>".encode("cp1251"), "encoding"),
        (b"<tmx>" + b"<a>" * 3000, "depth"),
        (bytes(range(256)), "XML"),
    ],
)
def test_what_is_no_tmx(write: Callable[[bytes], Path], content: bytes, said: str) -> None:
    found, error = until_damage(write(content))
    assert found == []
    assert said.lower() in error.message.lower()
    assert error.hint


@pytest.mark.parametrize("name", ["none.tmx", "."])
def test_file_that_cannot_be_opened(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="cannot read"):
        tmx.read(tmp_path / name)


@pytest.mark.parametrize(
    ("content", "text", "chars"),
    [
        ("a&#0;b", "ab", "U+0000"),
        ("a&#xD800;&#x1F;b", "ab", "U+D800, and 1 more"),
        ("a&#99999999999999;b", "ab", "U+"),
        ("a\x07b", "ab", "U+0007"),
        ("a\ud800b\uffff", "ab", "U+D800, and 1 more"),
        ("a&#9;&#x10FFFF;\ufffdb", "a\t\U0010ffff\ufffdb", ""),
        ("<![CDATA[&#0;]]>", "&#0;", ""),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_characters_that_xml_does_not_have(
    write: Callable[[bytes], Path], content: str, text: str, chars: str, encoding: str
) -> None:
    path = write(seg(content).encode(encoding, "surrogatepass"))
    if not chars:
        assert texts(path) == [[text]]
        return
    found, error = until_damage(path)
    assert [variant.text for entry in found for variant in entry.variants] == [text]
    assert f"does not have the character {chars}" in error.message
    assert error.where.endswith(":4")


@pytest.mark.parametrize("chunk", [1, 7, 64])
def test_where_the_pieces_are_cut_does_not_matter(
    write: Callable[[bytes], Path], monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    unit = '<tu><tuv xml:lang="ky"><seg>Ысык\uffff-&#0;&#x41;Көл<ph>𝔸</ph>\x01</seg></tuv></tu>'
    path = write(tmx_of(unit * 3).encode())
    whole = until_damage(path)
    monkeypatch.setattr(utf8, "_CHUNK", chunk)
    assert until_damage(path)[0] == whole[0]
    assert until_damage(path)[1].message == whole[1].message


def test_undeclared_prefix(write: Callable[[str], Path]) -> None:
    found, error = until_damage(write(seg("a<t5:n n='5'/>b")))
    assert found[0].variants[0].inline == ("a", Inline("ph", (), ('<t5:n n="5"/>',)), "b")
    assert "Namespace prefix t5" in error.message
    assert error.where.endswith(":4")


@pytest.mark.parametrize(
    ("content", "inline"),
    [
        (
            '<bpt i="1" x="2">&lt;b></bpt>Ош<ept i="1"/>',
            (
                Inline("bpt", (("i", "1"), ("x", "2")), ("<b>",)),
                "Ош",
                Inline("ept", (("i", "1"),)),
            ),
        ),
        (
            "a<ph>x<sub>y<it pos='end'/></sub></ph>",
            (
                "a",
                Inline("ph", (), ("x", Inline("sub", (), ("y", Inline("it", (("pos", "end"),)))))),
            ),
        ),
        (
            '<bpt i="1"/><b class="x">Ош<br/></b><ept i="1"/>',
            (
                Inline("bpt", (("i", "1"),)),
                Inline("bpt", (("i", "2"),), ('<b class="x">',)),
                "Ош",
                Inline("ph", (), ("<br/>",)),
                Inline("ept", (("i", "2"),), ("</b>",)),
                Inline("ept", (("i", "1"),)),
            ),
        ),
        ("<ph>a<b>c</b></ph>", (Inline("ph", (), ("a<b>c</b>",)),)),
        ("<hi>&#1091;<!-- x -->b<![CDATA[<]]></hi>", (Inline("hi", (), ("уb<",)),)),
    ],
)
def test_inline_elements(
    write: Callable[[str], Path], content: str, inline: tuple[str | Inline, ...]
) -> None:
    [entry] = tmx.read(write(seg(content))).entries
    assert entry.variants[0].inline == inline


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("windows-1252", "é–"),
        ("iso-8859-5", "Ош"),
        ("KOI8-R", "Ош"),
        ("shift_jis", "ソ表"),
        ("iso-2022-jp", "日本"),
        ("gb18030", "𠀀中"),
    ],
)
def test_legacy_encodings(write: Callable[[bytes], Path], encoding: str, text: str) -> None:
    content = f'<?xml version="1.0" encoding="{encoding}"?>{seg(text)}'
    assert texts(write(content.encode(encoding))) == [[text]]


@pytest.mark.parametrize(
    ("declared", "encoding", "said"),
    [
        ("utf-8", "cp1251", "Invalid bytes"),
        ("us-ascii", "utf-8", "not ascii"),
        ("shift_jis", "cp1251", "not shift_jis"),
    ],
)
def test_wrong_encoding(
    write: Callable[[bytes], Path], declared: str, encoding: str, said: str
) -> None:
    units = "".join(f"<tu><tuv><seg>{text}</seg></tuv></tu>\n" for text in ("a", "b", "яшьь"))
    content = f'<?xml version="1.0" encoding="{declared}"?>\n{tmx_of(units)}'
    found, error = until_damage(write(content.encode(encoding)))
    assert len(found) == 2
    assert said in error.message
    assert error.where.endswith(":7")


@given(st.data())
def test_every_unit_before_a_cut(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("tmx") / "any.tmx"
    whole = tmx_of('<tu><tuv xml:lang="ky"><seg>Ош <ph/>!</seg></tuv></tu>\n' * 4).encode().rstrip()
    cut = whole[: data.draw(st.integers(0, len(whole) - 1))]
    path.write_bytes(cut)
    found: list[Entry] = []
    with pytest.raises(InputError) as caught:
        found.extend(tmx.read(path).entries)
    assert len(found) == cut.count(b"</tu>")
    assert caught.value.where.startswith(f"{path}:")
    path.write_bytes(gzip.compress(whole, 0)[: len(cut)])
    with pytest.raises(InputError):
        list(tmx.read(path).entries)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ('<tu tuid="a:7"><tuv><seg>c</tuv></tu>', 'in <seg> of the unit "a:7": Opening and ending'),
        ("<tu><prop>a &nbsp; b</prop></tu>", "in <prop>: Entity 'nbsp'"),
        ("<tu/><tu a='1' a='2'/>", "Attribute a redefined"),
    ],
)
def test_damage_is_named(write: Callable[[str], Path], damage: str, said: str) -> None:
    assert said in until_damage(write(tmx_of(damage)))[1].message


def test_a_long_segment(write: Callable[[str], Path]) -> None:
    [[text]] = texts(write(seg("Ош" * 6_000_000)))  # libxml2 refuses 10 MB, if it may
    assert len(text) == 12_000_000


def test_deep_nesting(write: Callable[[str], Path]) -> None:
    assert texts(write(seg("<hi>" * 90 + "Ош" + "</hi>" * 90))) == [["Ош"]]
    _, error = until_damage(write(seg("<hi>" * 500 + "Ош" + "</hi>" * 500)))
    assert "within each other" in error.message
    assert error.where.endswith(":4")


@pytest.mark.parametrize(
    ("start", "filler", "said"),
    [
        ('<tu tuid="big"><tuv><seg>', "a" * 1_000_000, 'in <seg> of the unit "big": 8 MiB'),
        ('<tu tuid="', "a" * 1_000_000, "8 MiB of it hold no unit"),
        ("<!--", "a" * 1_000_000, "8 MiB of it hold no unit"),
        ("<tu>", "<a/>" * 250_000, "more than 100000 elements"),
    ],
)
def test_endless_things(
    write: Callable[[bytes], Path],
    monkeypatch: pytest.MonkeyPatch,
    start: str,
    filler: str,
    said: str,
) -> None:
    monkeypatch.setattr(parsing, "LONGEST_UNIT", 8 << 20)
    head, _ = tmx_of("@").split("@")
    good = "<tu><tuv><seg>a</seg></tuv></tu>"
    path = write(gzip.compress((head + good + start + filler * 20).encode(), 1))
    found, error = until_damage(path)
    assert len(found) == 1
    assert said in error.message


def test_endless_other_xml(write: Callable[[str], Path]) -> None:
    with pytest.raises(InputError, match="no TMX"):
        tmx.read(write("<html>" + "<p/>" * 1_000_000))


def test_entities_are_not_expanded(write: Callable[[str], Path], tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    doctype = f"""<!DOCTYPE tmx [
    <!ENTITY own "expanded"> <!ENTITY % dtd SYSTEM "{tmp_path / "secret"}"> %dtd;
    <!ENTITY file SYSTEM "{(tmp_path / "secret").as_uri()}">]>"""
    assert texts(write(doctype + seg("&own;, &file;"))) == [["&own;, &file;"]]


def test_entity_bomb(write: Callable[[str], Path]) -> None:
    bomb = '<!ENTITY a0 "aaaaaaaaaaaaaaaaaaaa">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 20}">' for n in range(1, 9)
    )
    for place in ("<tu><tuv><seg>&a8;</seg></tuv></tu>", '<tu tuid="&a8;"/>'):
        found, error = until_damage(write(f"<!DOCTYPE tmx [{bomb}]>{tmx_of(place)}"))
        assert found == []
        assert "entity" in error.message.lower()


def test_lines_past_65535(write: Callable[[str], Path]) -> None:
    unit = '<tu>\n<tuv xml:lang="ky">\n<seg>a</seg></tuv></tu>\n'
    path = write(tmx_of(unit * 25_000))
    lines = [entry.line for entry in tmx.read(path).entries]
    assert lines == [4 + 3 * number for number in range(25_000)]


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs Linux's /proc")
def test_memory_stays_flat(tmp_path: Path) -> None:
    def resident() -> int:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    text = "The president arrived in Tashkent. " * 4
    path = tmp_path / "a.tmx"
    with path.open("w") as file:
        start, end = tmx_of("@").split("@")
        unit = f'<tu><note/><tuv xml:lang="en"><seg>{text}</seg></tuv></tu>\n<junk/>\n'
        file.write(start + unit * 60_000 + end)
    seen = [
        resident() for number, _ in enumerate(tmx.read(path).entries) if number % 10_000 == 5_000
    ]
    assert len(seen) == 6
    assert max(seen) - seen[0] < 4 << 20


def test_endless_unit(write: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "LONGEST_UNIT", 1 << 20)
    _, error = until_damage(write(tmx_of("<tu>" + "<tuv><seg>a</seg></tuv>" * 100_000 + "</tu>")))
    assert "1 MiB" in error.message


texts_of_units = st.text(st.characters()) | st.sampled_from(
    ["]]>", "&amp;", "<b>", "\x00", "\ud800", "\r\n", "\n ", "\xa0", "{x}", "өңү", " a  b "]
)


@given(st.lists(st.tuples(texts_of_units, texts_of_units, texts_of_units), max_size=4))
def test_what_we_write_comes_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]]
) -> None:
    path = tmp_path_factory.mktemp("tmx") / "any.tmx"
    units = tuple(
        Unit(
            Segment(f"1.{n}", 0, 0, len(en), en),
            {"ru": Target(ru, Origin.MT, 0.5), "ky": Target(ky, Origin.HUMAN)},
        )
        for n, (en, ru, ky) in enumerate(rows)
    )
    written.write(path, Bitext(Document("article", "en", "", ()), units))
    read = list(tmx.read(path).entries)
    assert [entry.tuid for entry in read] == [f"article:1.{n}" for n in range(len(rows))]
    assert [[(v.lang, v.text) for v in entry.variants] for entry in read] == [
        [(lang, legal(fold(text))) for lang, text in zip(("en", "ru", "ky"), row, strict=True)]
        for row in rows
    ]
    assert all(entry.source_lang == "en" for entry in read)
    assert all(dict(entry.variants[1].props)["x-origin"] == "mt" for entry in read)


@given(st.binary(max_size=200), st.integers(0, 200))
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, junk: bytes, at: int
) -> None:
    path = tmp_path_factory.mktemp("tmx") / "any.tmx"
    good = seg("Ош").encode()
    path.write_bytes(good[:at] + junk + good[at:])
    with suppress(AlignerError):
        list(tmx.read(path).entries)


def test_files_of_other_tools(shared: Path, tmp_path: Path) -> None:
    folder = shared / "data" / "interchange"
    schema = etree.XMLSchema(etree.parse(folder / "schema" / "tmx" / "tmx14.xsd"))
    traits = (folder / "INDEX.tsv").read_text("utf-8").split("\n")
    broken = {line.split("\t")[0] for line in traits if "BROKEN XML" in line}
    files = sorted((folder / "tmx").glob("*.tmx"))
    assert len(files) > 90
    for path in files:
        again = tmp_path / "again.tmx"
        bundle, entries, error = all_of(path)
        assert len(entries) == path.read_bytes().replace(b"\0", b"").count(b"</tu>")
        assert (error is not None) == (f"tmx/{path.name}" in broken)
        with again.open("wb") as file:
            tmx.write(file, Bundle(iter(entries), bundle.header), "tmx")
        schema.assertValid(etree.parse(again))
        assert without_attributes(all_of(again)[1]) == without_attributes(entries)


def all_of(path: Path) -> tuple[Bundle, list[Entry], InputError | None]:
    bundle = tmx.read(path)
    entries: list[Entry] = []
    try:
        entries.extend(bundle.entries)
    except InputError as error:
        return bundle, entries, error
    return bundle, entries, None


def without_attributes(entries: list[Entry]) -> list[Entry]:
    """The units less what TMX does not have, or spells otherwise now."""
    return [
        replace(
            entry,
            line=0,
            attributes=(),
            variants=tuple(replace(one, attributes=()) for one in entry.variants),
        )
        for entry in entries
    ]
