"""The units of a plain TMX file as the bytes that they are."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memories import MEMORIES, tmx, unit

from aligner.entries import Entry
from aligner.formats import exchange
from aligner.formats.exchange.tmx import verbatim

BODY = """
  <tu tuid="1"><prop type="x">y</prop>
    <tuv xml:lang="en-US"><note>n</note><seg>Osh &amp; &quot;Talas&quot;</seg></tuv>
    <tuv creationdate="20260101T000000Z" xml:lang="KIR"><seg>Ош</seg></tuv>
  </tu>
  <tu
   tuid="2"><tuv xml:lang="en"><seg>a<ph x="1">&lt;br></ph>b</seg></tuv></tu><tu tuid="3"/>
"""


def whole(body: str, start: str = "") -> bytes:
    return f'{start}<tmx version="1.4"><header srclang="en"/><body>{body}</body></tmx>'.encode()


def units(data: bytes) -> list[verbatim.Unit]:
    return list(verbatim.units(io.BytesIO(data)))


def test_units_say_where_they_are_and_what() -> None:
    data = whole(BODY)
    one, two = units(data)
    assert data[one.start : one.stop].startswith(b'<tu tuid="1">')
    assert data[one.start : one.stop].endswith(b"</tu>")
    assert data[one.start - one.gap : one.start] == b"\n  "
    assert one.texts() == [("en", 'Osh & "Talas"'), ("ky", "Ош")]
    assert (
        one.about()
        == units(whole(BODY.replace('tuid="1"', 'tuid="7"').replace("Ош", "Х")))[0].about()
    )
    assert two.texts() is None
    assert [variant.text for variant in two.entry().variants] == ["ab"]
    assert verbatim.unit(io.BytesIO(data), two.start, two.stop).data == two.data


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no XML",
        b"\x1f\x8b gzip",
        whole(BODY)[:-20],  # cut short
        whole("<tu><tuv></tu>"),
        whole("<tu><tuv xml:lang='en'><seg><![CDATA[</tu>]]></seg></tuv></tu>"),
        whole("<!-- <tu></tu> -->"),
        whole("<?x <tu></tu> ?>"),
        whole(BODY, '<!DOCTYPE tmx [<!ENTITY a "b">]>'),
        whole("<tu><tuv xml:lang='en'><seg>&a;</seg></tuv></tu>"),
        whole("<tu><tuv xml:lang='en'><seg>&#0;</seg></tuv></tu>"),
        whole(BODY, '<?xml version="1.0" encoding="windows-1251"?>').decode().encode("cp1251"),
        whole(BODY, '<?xml version="1.0" encoding="UTF-16"?>').decode().encode("utf-16"),
        whole("<tu></tu ><tu></tu >"),
        whole("<tu><x:y/></tu>"),
        b"<xliff/>",
    ],
)
def test_what_is_not_plain_is_left_to_the_reader(data: bytes) -> None:
    with pytest.raises(verbatim.NotPlain):
        units(data)


@pytest.mark.parametrize(
    "seg",
    [
        "<seg>&#1078;</seg>",
        "<seg>a\r\nb</seg>",
        "<seg>a<!-- c -->b</seg>",
        "<seg/>",
        "",
        "<prop type='<'>x</prop><seg>a</seg>".replace("<'", "&lt;'"),
    ],
)
def test_texts_are_those_of_the_reader(seg: str, tmp_path: Path) -> None:
    path = tmp_path / "m.tmx"
    path.write_bytes(whole(f'<tu><tuv xml:lang="ky">{seg}</tuv></tu>'))
    (entry,) = exchange.read(path).entries
    (found,) = units(path.read_bytes())
    texts = found.texts()
    expected = [(one.lang, one.text) for one in entry.variants]
    if texts is None:
        texts = [(one.lang, one.text) for one in found.entry().variants]
    assert texts == expected


@given(MEMORIES, st.sets(st.integers(0, 5)))
def test_what_is_copied_is_what_a_reader_keeps(memory: list[Entry], dropped: set[int]) -> None:
    data = tmx(memory)
    found = units(data)
    assert len(found) == len(memory)
    for one, entry in zip(found, memory, strict=True):
        texts = one.texts()
        if texts is not None:
            assert texts == [(variant.lang, variant.text) for variant in entry.variants]
            assert not any(variant.inline for variant in entry.variants)
        assert one.entry().variants == entry.variants
    spans = [(one.start - one.gap, one.stop) for n, one in enumerate(found) if n in dropped]
    target = io.BytesIO()
    verbatim.copy(io.BytesIO(data), target, spans)
    kept = [entry for number, entry in enumerate(memory) if number not in dropped]
    assert target.getvalue() == tmx(kept)


def test_units_across_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = [unit(f"d:{number}", en=f"Osh {number}", ky="Ош") for number in range(20)]
    data = tmx(memory)
    expected = units(data)
    for size in (300, 301, 1000):
        monkeypatch.setattr(verbatim, "_CHUNK", size)
        assert units(data) == expected
