"""Checking TMX: errors where the standard's schemas say so, and what they miss."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from aligner.formats.exchange.tmx.check import check
from aligner.formats.exchange.tmx.problems import SEVERITIES, Problem, Report

CASES = Path(__file__).parent / "data" / "tmx_check.txt"
HEADER = (
    '<header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t" '
    'adminlang="en" srclang="en" datatype="plaintext"/>'
)
DOCTYPE = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'
EN = '<tuv xml:lang="en"><seg>Osh</seg></tuv>'
KY = '<tuv xml:lang="ky"><seg>Ош</seg></tuv>'
UNIT = f"<tu>{EN}{KY}</tu>"


@pytest.fixture
def checked(tmp_path: Path) -> Callable[[str | bytes], Report]:
    """Check the content of a file."""

    def check_content(content: str | bytes) -> Report:
        path = tmp_path / "memory.tmx"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return check(path)

    return check_content


def document(body: str = UNIT, header: str = HEADER, version: str = "1.4") -> str:
    return (
        f"{DOCTYPE.replace('14', version.replace('.', ''))}"
        f'<tmx version="{version}">\n{header}\n<body>\n{body}\n</body>\n</tmx>\n'
    )


def units(*inner: str) -> str:
    return document("\n".join(f"<tu>{one}</tu>" for one in inner))


def seg(content: str) -> str:
    return units(f'<tuv xml:lang="en"><seg>{content}</seg></tuv>{KY}')


def only(report: Report) -> Problem:
    assert len(report.problems) == 1, report.problems
    return report.problems[0]


def test_a_file_without_fault(checked: Callable[[str], Report]) -> None:
    report = checked(document())
    assert (report.version, report.units, report.problems) == ("1.4", 1, [])
    assert report.is_valid


def cases() -> list[tuple[str, str]]:
    """The expected kind of problem, and the document it is found in; see the file's head."""
    text = CASES.read_text(encoding="utf-8").split("\n\n", 1)[1]
    blocks = [block.split("\n", 1) for block in text.strip().split("\n\n")]
    return [(kind, content) for kind, content in blocks]


@pytest.mark.parametrize(("expected", "content"), cases())
def test_what_is_wrong_is_told(
    expected: str, content: str, checked: Callable[[str], Report]
) -> None:
    kind, _, message = expected.partition(": ")
    for mark, full in (("HEADER", HEADER), ("EN", EN), ("KY", KY), ("UNIT", UNIT)):
        content = content.replace(f"[{mark}]", full)
    if "<tmx" not in content:
        content = document(content)
    report = checked(content)
    told = [problem for problem in report.problems if problem.kind == kind]
    assert told, report.problems
    assert message in told[0].message
    assert told[0].severity == SEVERITIES[kind]
    assert told[0].hint.endswith((".", "?"))
    assert report.is_valid == all(problem.severity != "error" for problem in report.problems)


def test_every_kind_of_problem_has_a_case() -> None:
    tested_below = {"encoding", "encoding declared"}
    assert {kind.partition(":")[0] for kind, _ in cases()} | tested_below == set(SEVERITIES)


def test_problems_have_the_line_of_their_element(checked: Callable[[str], Report]) -> None:
    report = checked(units(EN + KY, f'{EN}\n<tuv lang="ky">\n<seg>Ош</seg></tuv>'))
    problem = only(report)
    assert (problem.line, problem.element) == (7, "tuv")
    assert "xml:lang" in problem.message
    assert "aligner tmx convert" in problem.hint


def test_lines_beyond_65535_are_right(checked: Callable[[str], Report]) -> None:
    lines = "\n" * 70_000
    report = checked(document(f"{lines}{UNIT}\n<tu>\n{EN}\n</tu>"))
    assert only(report).line == 70_000 + 6


def test_damage_keeps_what_was_found_before(checked: Callable[[str], Report]) -> None:
    report = checked(units(EN + KY, EN, EN + KY).replace("</tmx>", ""))
    assert report.units == 3
    assert [problem.kind for problem in report.problems] == ["one language", "damage"]
    assert "cut off" in report.problems[1].hint
    assert report.problems[1].element == "tmx"


def test_damage_names_the_element_it_is_in(checked: Callable[[str], Report]) -> None:
    report = checked(units(EN + KY, f'{EN}<tuv xml:lang="ky"><seg>Ош & Нарын</seg></tuv>'))
    problem = only(report)
    assert (problem.kind, problem.line, problem.element) == ("damage", 6, "seg")


def test_many_problems_are_counted_and_a_few_kept(tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    path.write_text(units(*[EN + KY.replace("xml:", "")] * 50, EN, EN), encoding="utf-8")
    report = check(path, limit=10)
    assert report.counts == {"attribute missing": 50, "one language": 2}
    assert len(report.problems) == 12
    assert report.count("error") == 50


def test_a_version_of_its_own_rules(checked: Callable[[str], Report]) -> None:
    old = UNIT.replace("xml:lang", "lang")
    assert checked(document(old, version="1.1")).is_valid
    assert checked(document(old, version="1.2")).is_valid
    assert not checked(document(old, version="1.3")).is_valid
    assert not checked(document(old, version="1.4")).is_valid


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ('<?xml version="1.0" encoding="UTF-16"?>', "encoding"),
        ('<?xml version="1.0" encoding="windows-1251"?>', "encoding declared"),
        ('\ufeff<?xml version="1.0" encoding="ISO-8859-1"?>', "encoding declared"),
    ],
)
def test_an_encoding_that_is_not_the_one_declared(
    content: str, kind: str, checked: Callable[[str], Report]
) -> None:
    report = checked(f"{content}\n{document()}")
    assert kind in report.counts
    assert report.is_valid == (kind != "encoding")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-16-le", "koi8-r"])
def test_encodings_that_are_right(encoding: str, checked: Callable[[bytes], Report]) -> None:
    named = encoding.removesuffix("-sig").removesuffix("-le")
    content = f'<?xml version="1.0" encoding="{named}"?>\n{document()}'
    assert checked(content.encode(encoding)).problems == []


def test_packed_files(tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx.gz"
    packed = gzip.compress(units(*[EN + KY] * 1000).encode())
    path.write_bytes(packed)
    assert check(path).problems == []
    path.write_bytes(packed[:-20])
    problem = only(check(path))
    assert (problem.kind, problem.severity) == ("damage", "error")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert only(check(tmp_path / "none.tmx")).kind == "damage"


def test_a_bomb_of_entities_is_not_expanded(checked: Callable[[str], Report]) -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE tmx [<!ENTITY e0 "boom">{levels}]>'
    assert "amplification" in only(checked(seg("&e9;").replace(DOCTYPE, bomb))).message


# The schemas of the standard, and we: the same verdict on anything that is made of TMX's parts.

VERSIONS = ("1.1", "1.2", "1.3", "1.4")
NAMES = (
    "tmx",
    "header",
    "body",
    "note",
    "prop",
    "ude",
    "map",
    "tu",
    "tuv",
    "seg",
    "sub",
    "hi",
    "bpt",
    "ept",
    "it",
    "ph",
    "ut",
    "b",
    "{urn:x}y",
)
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
VALUES = {
    "version": ["1.4", "1.4b", "1.1"],
    "segtype": ["sentence", "block", "word", " phrase "],
    "pos": ["begin", "end", "middle", ""],
    XML_LANG: ["en", "ky-KG", "ru_RU", "", "*all*", "x-y", "englishenglish", " ru "],
    **dict.fromkeys(("lang", "i", "x", "type", "tuid", "o-tmf", "name", "unicode"), ("1", "a b")),
    **dict.fromkeys(("creationtool", "srclang", "adminlang", "datatype", "assoc"), ("en", "")),
    **dict.fromkeys(("creationdate", "code", "base", "usagecount", "Type"), ("1", "now")),
    "{urn:x}z": ["1"],
}
ELEMENTS = f"""<tmx version="1.4"><header creationtool="t" creationtoolversion="1"
segtype="sentence" o-tmf="t" adminlang="en" srclang="en" datatype="x"><note xml:lang="en">n</note>
<prop type="p">v</prop><ude name="u" base="b"><map unicode="#x41" code="1"/></ude></header>
<body>{UNIT}<tu tuid="1" creationdate="20251127T101500Z"><note>n</note><prop type="p">v</prop>
<tuv xml:lang="en" changeid="a"><prop type="x">y</prop><seg>a<bpt i="1">c<sub>d<ph/></sub></bpt>
<hi type="b">b<it pos="begin"/></hi><ept i="1"/><ut x="1"/></seg></tuv>{KY}</tu></body></tmx>"""


@cache
def schema(version: str, folder: Path) -> etree.DTD | etree.XMLSchema:
    if version == "1.4":
        return etree.XMLSchema(etree.parse(folder / "tmx14.xsd"))
    return etree.DTD(str(folder / f"tmx{version.replace('.', '')}.dtd"))


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A document that is valid, or is only little wrong."""
    version = draw(st.sampled_from(VERSIONS))
    text = ELEMENTS.replace('version="1.4"', f'version="{version}"')
    if version in {"1.1", "1.2"}:
        text = text.replace("xml:lang", "lang")
    root = etree.fromstring(text)
    if version == "1.1":
        for hi in root.iter("hi"):
            hi.tag = "it"
            hi.attrib.update({"pos": "end"})
            hi.remove(hi[0])
    if version != "1.4":
        assert root.find(".//ut") is not None
    for _ in range(draw(st.integers(0, 2))):
        mutate(draw, root)
    return etree.tostring(root, encoding="utf-8")


def mutate(draw: st.DrawFn, root: etree._Element) -> None:
    places = list(root.iter())
    one = places[draw(st.integers(0, len(places) - 1))]
    parent = one.getparent()
    match draw(st.integers(0, 6)):
        case 0:
            one.tag = draw(st.sampled_from(NAMES))
        case 1 if one.attrib:
            del one.attrib[draw(st.sampled_from(sorted(one.attrib)))]
        case 2:
            name = draw(st.sampled_from(sorted(VALUES)))
            one.set(name, draw(st.sampled_from(VALUES[name])))
        case 3 if parent is not None:
            parent.remove(one)
        case 4 if parent is not None:
            other = places[draw(st.integers(0, len(places) - 1))]
            if one not in other.iterancestors() and other is not one:
                other.insert(draw(st.integers(0, len(other))), one)
        case 5:
            text = draw(st.sampled_from(["", " \n", "x", "\u00a0"]))
            if draw(st.booleans()) or parent is None:
                one.text = text
            else:
                one.tail = text
        case 6:
            one.append(etree.Element(draw(st.sampled_from(NAMES))))


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(content=mutated())
def test_the_verdict_is_that_of_the_schema(
    content: bytes, shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = shared / "data" / "interchange" / "schema" / "tmx"
    root = etree.fromstring(content)
    version = root.get("version", "1.4")
    expected = version in VERSIONS and schema(version, folder).validate(root)
    if version == "1.3" and any(tuv.get(XML_LANG) is None for tuv in root.iter("tuv")):
        expected = False  # libxml2 takes "lang" for "xml:lang"
    path = tmp_path_factory.getbasetemp() / "mutated.tmx"
    path.write_bytes(content)
    report = check(path)
    assert report.is_valid == expected, report.problems


def test_the_verdict_on_wild_files_is_that_of_the_schema(shared: Path) -> None:
    folder = shared / "data" / "interchange" / "schema" / "tmx"
    parser = etree.XMLParser(load_dtd=False, resolve_entities=False, no_network=True)
    for path in sorted((shared / "data" / "interchange" / "tmx").iterdir()):
        try:
            root = etree.parse(path, parser).getroot()
            expected = schema(root.get("version", "1.4"), folder).validate(root)
        except etree.XMLSyntaxError:
            expected = False
        assert check(path).is_valid == expected, path.name


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_get_a_verdict(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.tmx"
    path.write_bytes(content)
    assert not check(path).is_valid


odd_texts = st.sampled_from(
    [
        "Osh",
        "Ош",
        " Ош",
        "Ош\u00a0",
        "",
        " ",
        "a seg> b",
        "a &lt;/seg> b",
        "a &amp; b",
        "&own;",
        "<![CDATA[a <b>]]>",
        '<ph x="1">b</ph>',
        "<b>b</b>",
        "<xseg>b</xseg>",
        "<seg>b</seg>",
    ]
)
odd_names = st.sampled_from(["", ' tuid="a"', ' tuid="a b"', ' tuid="&amp;"', ' tuid=""', ' n="1"'])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(odd_names, odd_texts, odd_texts), max_size=12))
def test_units_that_are_alike_are_checked_as_all_are(
    checked: Callable[[str], Report], rows: list[tuple[str, str, str]]
) -> None:
    """Alone in a file, and so like no other, a unit has the same faults."""
    made = [
        f'<tu{name}><tuv xml:lang="en"><seg>{en}</seg></tuv>'
        f'<tuv xml:lang="ky"><seg>{ky}</seg></tuv></tu>'
        for name, en, ky in rows
    ]
    alone: Counter[str] = Counter()
    for one in made:
        alone += checked(document(one)).counts
    together = checked(document("\n".join([UNIT, *made]))).counts
    del together["tuid repeated"]
    assert together == alone
