from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from translate.storage.tmx import tmxfile

from aligner.errors import OutputError
from aligner.formats import tmx
from aligner.records import (
    Bitext,
    Document,
    Kind,
    Origin,
    Outcome,
    Segment,
    Target,
    TermUse,
    Unit,
)
from aligner.text import fold

USE = TermUse("talks", "talks", "Сүйлөшүүлөр", Outcome.FORCED, "nom")
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NEW_YEAR = datetime(2026, 1, 1, 12, 30, 5, tzinfo=UTC)

# Any text, and more often what breaks writers: markup, characters that XML forbids or that parsers
# normalise, line breaks, white space at the ends, right-to-left and astral characters.
TRAPS = ["]]>", "&amp;", "<b>", "\x00", "\x1b", "\ud800", "\ufffe", "\uffff", "\r", "\r\n", "\x85"]
TRAPS += ["\u2028", " ", "\t", "\n ", "\xa0", "\xad", "\u200f", "\ufeff", "𝔸", "مرحبا", "{x}", "%s"]
texts = st.lists(st.sampled_from(TRAPS) | st.text(st.characters())).map("".join)


def bitext(units: Iterable[Unit], **signature: str) -> Bitext:
    return Bitext(Document("article", "en", "", ()), cast("tuple[Unit, ...]", units), signature)


def unit(source: str, name: str = "1.1", **targets: str) -> Unit:
    segment = Segment(name, 0, 0, len(source), source)
    return Unit(segment, {lang: Target(text, Origin.MT) for lang, text in targets.items()})


def write(path: Path, *units: Unit, context: bool = True) -> etree._Element:
    tmx.write(path, bitext(units), created=NEW_YEAR, context=context)
    return etree.parse(path).getroot()


def segments(root: etree._Element) -> list[dict[str, str]]:
    return [
        {tuv.get(LANG): tuv.findtext("seg") for tuv in tu.iter("tuv")} for tu in root.iter("tu")
    ]


def props(node: etree._Element) -> list[tuple[str, str]]:
    return [(prop.get("type"), prop.text) for prop in node.iterfind("prop")]


def xml_can_hold(char: str) -> bool:
    try:
        etree.Element("seg").text = char
    except ValueError:
        return False
    return True


def test_file(tmp_path: Path) -> None:
    path = tmp_path / "article.tmx"
    units = (
        Unit(
            Segment("1.1", 0, 0, 12, "Talks begin"),
            {
                "ru": Target("Начало переговоров", Origin.MT, 0.71236, "argos", "en_ru-1.9"),
                "ky": Target("Сүйлөшүүлөр", Origin.POST_EDITED, None, terms=(USE,)),
            },
            Kind.HEADING,
        ),
        Unit(
            Segment("2.1", 1, 0, 12, "It cost $3m."),
            {"ru": Target("Цена", Origin.MT, 0.5, "argos", "", (), ("number: 3", "length: 4"))},
            Kind.BODY,
            {"topic": "economy"},
        ),
    )
    assert tmx.write(path, bitext(units, beam="4"), created=NEW_YEAR) == 0
    made = 'creationtool="aligner" creationtoolversion="0.1.0" creationdate="20260101T123005Z"'
    about = 'segtype="sentence" o-tmf="aligner" adminlang="en" srclang="en" datatype="plaintext"'
    assert re.sub(r'(creationtoolversion=)"[^"]*"', r'\1"0.1.0"', path.read_text("utf-8")) == (
        f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
  <header {made} {about}>
    <prop type="x-beam">4</prop>
  </header>
  <body>
    <tu tuid="article:1.1">
      <prop type="x-document">article</prop>
      <prop type="x-kind">heading</prop>
      <prop type="x-context-post">It cost $3m.</prop>
      <tuv xml:lang="en">
        <seg>Talks begin</seg>
      </tuv>
      <tuv xml:lang="ru" {made} creationid="en_ru-1.9">
        <prop type="x-origin">mt</prop>
        <prop type="x-engine">argos</prop>
        <prop type="x-model">en_ru-1.9</prop>
        <prop type="x-confidence">0.7124</prop>
        <seg>Начало переговоров</seg>
      </tuv>
      <tuv xml:lang="ky" {made}>
        <note>Terms: forced: talks → Сүйлөшүүлөр</note>
        <prop type="x-origin">post-edited</prop>
        <prop type="x-term">talks → Сүйлөшүүлөр (forced, nom; talks, proposed)</prop>
        <seg>Сүйлөшүүлөр</seg>
      </tuv>
    </tu>
    <tu tuid="article:2.1">
      <prop type="x-document">article</prop>
      <prop type="x-kind">body</prop>
      <prop type="x-context-pre">Talks begin</prop>
      <prop type="x-topic">economy</prop>
      <tuv xml:lang="en">
        <seg>It cost $3m.</seg>
      </tuv>
      <tuv xml:lang="ru" {made} creationid="argos">
        <prop type="x-origin">mt</prop>
        <prop type="x-engine">argos</prop>
        <prop type="x-confidence">0.5000</prop>
        <prop type="x-issue">number: 3</prop>
        <prop type="x-issue">length: 4</prop>
        <seg>Цена</seg>
      </tuv>
    </tu>
  </body>
</tmx>
"""
    )


@given(sources=st.lists(texts, max_size=4), target=texts)
def test_texts_come_back(
    tmp_path_factory: pytest.TempPathFactory, sources: list[str], target: str
) -> None:
    path = tmp_path_factory.mktemp("tmx") / "any.tmx"
    units = [unit(source, f"1.{n}", ru=target) for n, source in enumerate(sources)]
    dropped = tmx.write(path, bitext(units))
    given_texts = [fold(text) for source in sources for text in (source, target)]
    legal_texts = ["".join(filter(xml_can_hold, text)) for text in given_texts]
    assert [
        text for tu in segments(etree.parse(path).getroot()) for text in tu.values()
    ] == legal_texts
    assert dropped == len("".join(given_texts)) - len("".join(legal_texts))


@given(texts)
def test_any_text_may_stand_anywhere(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("tmx") / "any.tmx"
    use = TermUse(text, text, text, Outcome.FORCED, text)
    target = Target(text, Origin.MT, 1.0, text, text, (use,), (text,))
    whole = Bitext(
        Document(text, "en", text, ()),
        (Unit(Segment(text, 0, 0, 0, text), {"ru": target}, properties={text: text}),) * 2,
        {text: text},
    )
    tmx.write(path, whole)
    root = etree.parse(path).getroot()
    assert len(segments(root)) == 2
    assert not any(re.search(r"\s", tu.get("tuid")) for tu in root.iter("tu"))


def test_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    write(path, unit("Hello\r\nworld", ru="Привет\rмир"))
    data = path.read_bytes()
    assert data.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx ')
    assert data.endswith(b"</tmx>\n")
    assert b"\r" not in data


def test_same_bitext_same_bytes(tmp_path: Path) -> None:
    units = [unit("Hello", ru="Привет"), unit("Bye", ru="Пока")]
    for name in ("a.tmx", "b.tmx"):
        tmx.write(tmp_path / name, bitext(units), created=NEW_YEAR)
    assert (tmp_path / "a.tmx").read_bytes() == (tmp_path / "b.tmx").read_bytes()


@pytest.mark.parametrize(
    ("langs", "expected"),
    [
        (None, [{"en": "a", "ru": "а", "ky": "ы"}, {"en": "b", "ky": "б"}]),
        (["ky", "ru"], [{"en": "a", "ky": "ы", "ru": "а"}, {"en": "b", "ky": "б"}]),
        (["ru"], [{"en": "a", "ru": "а"}]),
        (["de"], []),
    ],
)
def test_languages(tmp_path: Path, langs: list[str] | None, expected: list[dict[str, str]]) -> None:
    units = unit("a", ru="а", ky="ы"), unit("b", ky="б"), unit("c")
    tmx.write(tmp_path / "a.tmx", bitext(units), langs)
    found = segments(etree.parse(tmp_path / "a.tmx").getroot())
    assert [list(tu.items()) for tu in found] == [list(tu.items()) for tu in expected]


def test_context_is_that_of_the_document(tmp_path: Path) -> None:
    units = unit("a", ru="а"), unit("left\nout"), unit("c", ru="с")
    first, last = write(tmp_path / "a.tmx", *units).iter("tu")
    assert ("x-context-post", "left out") in props(first)
    assert ("x-context-pre", "left out") in props(last)
    without = write(tmp_path / "a.tmx", *units, context=False)
    assert not [name for tu in without.iter("tu") for name, _ in props(tu) if "context" in name]


def test_dropped_characters_are_stated_where_they_were(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    units = unit("a", ru="а"), unit("\x07b\x00", ru="\ud800б")
    assert tmx.write(path, bitext(units)) == 3
    whole, cut = etree.parse(path).getroot().iter("tu")
    assert "x-dropped-characters" not in dict(props(whole))
    assert dict(props(cut))["x-dropped-characters"] == "3"


def test_no_property_is_called_file(tmp_path: Path) -> None:
    units = (
        Unit(
            Segment("1.1", 0, 0, 1, "a"), {"ru": Target("а", Origin.TM)}, properties={"file": "a"}
        ),
    )
    tmx.write(tmp_path / "a.tmx", bitext(units, file="a"))
    types = {prop.get("type") for prop in etree.parse(tmp_path / "a.tmx").iter("prop")}
    assert "x-file" in types
    assert all(name.startswith("x-") for name in types)


@pytest.mark.parametrize(
    ("created", "stamp"),
    [
        (NEW_YEAR, "20260101T123005Z"),
        (NEW_YEAR.astimezone(timezone(timedelta(hours=6))), "20260101T123005Z"),
    ],
)
def test_date_is_utc(tmp_path: Path, created: datetime, stamp: str) -> None:
    tmx.write(tmp_path / "a.tmx", bitext([unit("a", ru="а")]), created=created)
    root = etree.parse(tmp_path / "a.tmx").getroot()
    assert {node.get("creationdate") for node in root.iter("header", "tuv")} == {stamp, None}


def test_date_is_now_by_default(tmp_path: Path) -> None:
    tmx.write(tmp_path / "a.tmx", bitext([]))
    header = etree.parse(tmp_path / "a.tmx").find("header")
    stamp = datetime.strptime(header.get("creationdate"), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    assert abs(datetime.now(UTC) - stamp) < timedelta(minutes=5)


def test_old_file_stays_when_the_units_break_off(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    path.write_text("old")

    def units() -> Iterator[Unit]:
        yield unit("a", ru="а")
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        tmx.write(path, bitext(units()))
    assert [file.name for file in tmp_path.iterdir()] == ["a.tmx"]
    assert path.read_text() == "old"


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="does not exist"):
        write(tmp_path / "none" / "a.tmx")


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs Linux's /proc")
def test_memory_stays_flat(tmp_path: Path) -> None:
    def resident() -> int:  # bytes; tracemalloc does not see what libxml2 holds
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    seen = []

    def units() -> Iterator[Unit]:
        for number in range(30_000):
            if number % 10_000 == 5_000:
                seen.append(resident())
            yield unit("The president arrived in Tashkent. " * 4, f"{number}.1", ru="Прибыл. " * 10)

    tmx.write(tmp_path / "a.tmx", bitext(units()))
    assert max(seen) - seen[0] < 4 << 20  # the file is 27 MB; as a tree it takes far more


def test_translate_toolkit_reads_all_units(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    sources = ["Hello", "<b>bold</b> & more", " spaces ", "مرحبا 𝔸"]
    write(path, *(unit(text, f"{n}.1", ru=text.upper()) for n, text in enumerate(sources)))
    read = tmxfile.parsefile(str(path)).units
    assert [(str(u.source), str(u.target)) for u in read] == [(s, s.upper()) for s in sources]


@given(text=texts)
def test_valid(shared: Path, tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    schema = shared / "data" / "interchange" / "schema" / "tmx"
    path = tmp_path_factory.mktemp("tmx") / "any.tmx"
    target = Target(text, Origin.MT, 0.5, "argos", "en_ru-1.9", (USE,), ("number: 3",))
    units = Unit(Segment("1.1", 0, 0, 1, text), {"ru": target}, properties={"topic": text})
    tmx.write(path, bitext([units] * 2, beam="4"))
    tree = etree.parse(path)
    etree.XMLSchema(etree.parse(schema / "tmx14.xsd")).assertValid(tree)
    etree.DTD(str(schema / "tmx14.dtd")).assertValid(tree)
