"""Reading anyone's TMX."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.entries import Entry, Variant
from aligner.errors import AlignerError, InputError
from aligner.formats import tmx as written
from aligner.formats.exchange import tmx
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
    return [[variant.text for variant in entry.variants] for entry in tmx.read(path)]


def until_damage(path: Path) -> tuple[list[Entry], InputError]:
    found: list[Entry] = []
    with pytest.raises(InputError) as caught:
        found.extend(tmx.read(path))
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
    assert list(tmx.read(path)) == [
        Entry(
            tuid="a:1",
            variants=(
                Variant("en", "Osh", attributes=(("xml:lang", "en-US"),)),
                Variant(
                    "ky",
                    " Ош\n",
                    (("x-origin", "mt"),),
                    ("n",),
                    (("xml:lang", "KIR"), ("changeid", "B")),
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
    assert [variant.lang for entry in tmx.read(path) for variant in entry.variants] == ["ky"]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("&lt;b&gt; &amp; &#1091;", "<b> & у"),
        ('<bpt i="1">&lt;b></bpt>Ош<ept i="1">&lt;/b></ept> шаары', "Ош шаары"),
        ("A<ph/>B<it>x</it>C<ut>y</ut>D", "ABCD"),
        ("мен <hi>Ошко <hi>эртең</hi></hi> барам", "мен Ошко эртең барам"),
        ("See<ph>&lt;img alt='<sub>the <ph>x</ph>map</sub>'></ph>.", "See the map ."),
        ("x<!-- no --><?pi no?>y", "xy"),
        ("<![CDATA[<b>]]>", "<b>"),
        ("a<t5:n n='5'/>b", "ab"),
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
    assert "gzip" in error.message


def test_namespace(write: Callable[[str], Path]) -> None:
    path = write(seg("<hi>О</hi>ш").replace("<tmx", '<tmx xmlns="http://www.lisa.org/tmx14"'))
    assert texts(path) == [["Ош"]]


@pytest.mark.parametrize(
    ("damage", "line", "said"),
    [
        ("<tu><tuv><seg>c</tuv></tu>", 6, "mismatch"),
        ("<tu>\n<tuv><seg>a &nbsp; b</seg></tuv></tu>", 7, "nbsp"),
        ("<tu><tuv><seg>\x08</seg></tuv></tu>", 6, "invalid Char"),
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
        (b"<tmx>" + b"<a>" * 300, "depth"),
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
        list(tmx.read(tmp_path / name))


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
    lines = [entry.line for entry in tmx.read(path)]
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
    seen = [resident() for number, _ in enumerate(tmx.read(path)) if number % 10_000 == 5_000]
    assert len(seen) == 6
    assert max(seen) - seen[0] < 4 << 20


def test_endless_unit(write: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tmx, "_LONGEST_UNIT", 1 << 20)
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
    read = list(tmx.read(path))
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
        list(tmx.read(path))


def test_files_of_other_tools(shared: Path) -> None:
    folder = shared / "data" / "interchange" / "tmx"
    units = {path.name: len(list(tmx.read(path))) for path in sorted(folder.glob("*.tmx"))}
    assert len(units) > 90
    assert sum(units.values()) > 3_000
