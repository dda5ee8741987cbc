"""Parsing of XML piece by piece, as all formats in it share it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from aligner.entries import Bundle, Entry
from aligner.errors import InputError, MendedError
from aligner.formats.exchange import parsing, tmx
from aligner.formats.exchange.parsing import Parser
from aligner.formats.exchange.tmx import texts
from aligner.formats.exchange.tmx.check import check
from aligner.formats.exchange.xliff import v12

TMX = '<tmx version="1.4"><header srclang="en"/><body>@</body></tmx>'
XLIFF = (
    '<xliff version="1.2"><file original="a" source-language="en" target-language="ky"'
    ' datatype="plaintext"><body>@</body></file></xliff>'
)
TU = '<tu><tuv xml:lang="en"><seg>{}</seg></tuv></tu>\n'
UNIT = '<trans-unit id="1"><source>{}</source></trans-unit>\n'


@pytest.fixture(params=[(tmx.read, TMX, TU), (v12.read, XLIFF, UNIT)], ids=["tmx", "xliff"])
def until_damage(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Callable[[int, str, int], tuple[int, InputError]]:
    """Reads units, an odd text, more units; gives how many there were, and the error."""
    read, whole, unit = request.param

    def found(before: int, odd: str, after: int) -> tuple[int, InputError]:
        units = unit.format("a") * before + unit.format(odd) + unit.format("a") * after
        path = tmp_path / "a.xml"
        path.write_text(whole.replace("@", units), encoding="utf-8")
        bundle: Bundle = read(path)
        taken: list[Entry] = []
        with pytest.raises(InputError) as caught:
            taken.extend(bundle.entries)
        return len(taken), caught.value

    return found


@pytest.mark.parametrize("after", [0, 10, 1_000, 20_000])
def test_an_entity_that_is_not_declared(
    until_damage: Callable[[int, str, int], tuple[int, InputError]], after: int
) -> None:
    taken, error = until_damage(3, "&para;", after)
    assert taken == 3
    assert "Entity 'para' not defined" in error.message
    assert error.where.endswith(":4")
    assert not isinstance(error, MendedError)


@pytest.mark.parametrize("after", [0, 20_000])
def test_characters_that_are_left_out(
    until_damage: Callable[[int, str, int], tuple[int, InputError]], after: int
) -> None:
    taken, error = until_damage(3, "&#0;", after)
    assert taken == 4 + after
    assert isinstance(error, MendedError)
    assert "U+0000" in error.message


def test_remarks_come_once() -> None:
    parser = Parser(b"<tmx>", ("{*}tu",))
    assert parser.feed(b"<tmx><x:a/><x:b/>")[0] is None
    damage, remarks = parser.feed(b"\n<x:c/>")
    assert damage is None
    assert [(one.line, one.reason) for one in remarks] == [
        (2, "Namespace prefix x on c is not defined")
    ]
    assert parser.feed(b"</tmx>") == (None, [])
    assert parser.feed(b"") == (None, [])


def test_remarks_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "_MOST_REMARKS", 10)
    parser = Parser(b"<tmx>", ("{*}tu",))
    assert parser.feed(b"<tmx>" + b"<x:a/>" * 10)[0] is None
    damage, _ = parser.feed(b"\n<x:a/>")
    assert damage is not None
    assert damage.line == 2


@pytest.mark.parametrize(
    ("doctype", "is_plain"),
    [
        ("", True),
        ('<!DOCTYPE tmx SYSTEM "tmx14.dtd">', True),
        ("<!-- a --><!DOCTYPE tmx SYSTEM 'tmx14.dtd'>\n<!-- b -->", True),
        ('<!DOCTYPE tmx [<!ENTITY a "a">]>', False),
        ("<!DOCTYPE tmx SYSTEM \"a><tmx\" [<!ENTITY a 'a'>]>", False),
        ("<!DOCTYPE tmx SYSTEM 'a><tmx' [<!ENTITY a 'a'>]>", False),
        ("<!-- a --><!DOCTYPE tmx [<!-- ><tmx> --><!ENTITY a 'a'>]>", False),
    ],
)
def test_the_parser_has_limits_where_there_are_entities(doctype: str, *, is_plain: bool) -> None:
    long = b'<tmx a="' + b"a" * (11 << 20) + b'">'
    beginning = f'<?xml version="1.0"?>{doctype}<tmx>'.encode()
    damage, _ = Parser(beginning, ("{*}tu",)).feed(beginning.replace(b"<tmx>", long))
    assert (damage is None) == is_plain
    if damage:
        assert "XML_PARSE" not in damage.reason


def test_elements_within_each_other(tmp_path: Path) -> None:
    deep = "<hi>" * 200 + "a" + "</hi>" * 200
    path = tmp_path / "a.tmx"
    path.write_text(TMX.replace("@", TU.format("a") + TU.format(deep)), encoding="utf-8")
    with pytest.raises(InputError, match="within each other"):
        list(tmx.read(path).entries)
    counted: list[texts.Texts] = []
    with pytest.raises(InputError, match="within each other"):
        counted.extend(texts.read(path)[1])
    assert len(counted) == 1


def test_a_unit_without_end_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    path.write_text(TMX.replace("@", "<tu>" + "<a/>" * 500_000), encoding="utf-8")
    report = check(path)
    assert not report.is_valid
    assert "more than 100000 elements" in report.problems[-1].message


def test_what_is_mended_in_a_file_without_units(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    path.write_text('<tmx version="1.4"><body>&#0;</body></tmx>', encoding="utf-8")
    bundle = tmx.read(path)
    with pytest.raises(MendedError):
        next(bundle.entries)
