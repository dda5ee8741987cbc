"""XLIFF 2.1: what we write is valid and comes back, and what others write is read."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
import xliff_cases as cases
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from translate.storage import xliff2
from xliff_cases import entry, normal

from aligner.entries import Entry, Header, Inline, Variant
from aligner.errors import AlignerError, InputError
from aligner.formats.exchange import tmx
from aligner.formats.exchange.xliff import v12, v21
from aligner.formats.xml import legal

in_a_file = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
MTC = "{urn:oasis:names:tc:xliff:matches:2.0}"
GLS = "{urn:oasis:names:tc:xliff:glossary:2.0}"
ITS = "{http://www.w3.org/2005/11/its}"
MODULES = (
    (NAMESPACE, "xliff_core_2.0.xsd"),
    (MTC[1:-1], "matches.xsd"),
    (GLS[1:-1], "glossary.xsd"),
    ("urn:oasis:names:tc:xliff:metadata:2.0", "metadata.xsd"),
    (ITS[1:-1], "its.xsd"),
)


@cache
def schemas(shared: Path) -> etree.XMLSchema:
    folder = shared / "data" / "interchange" / "schema"
    return cases.schema(folder, *((name, f"xliff21/{file}") for name, file in MODULES))


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., list[Entry]]:
    """Read units that stand in a file."""

    def read(units: str, version: str = "2.1", namespace: str = NAMESPACE) -> list[Entry]:
        path = tmp_path / "a.xlf"
        path.write_text(file_of(units, version, namespace), encoding="utf-8")
        return list(v21.read(path).entries)

    return read


def file_of(units: str, version: str = "2.1", namespace: str = NAMESPACE) -> str:
    return (
        f'<xliff version="{version}" xmlns="{namespace}" srcLang="en-US" trgLang="ky-KG"'
        ' xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0"'
        ' xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0"'
        ' xmlns:gls="urn:oasis:names:tc:xliff:glossary:2.0"'
        f' xmlns:its="http://www.w3.org/2005/11/its"><file id="f" original="a.txt">\n{units}\n'
        "</file></xliff>"
    )


def unit(
    target: str = "<target>Ош</target>", before: str = "", attributes: str = 'state="translated"'
) -> str:
    return (
        f'<unit id="1">{before}<segment id="s" {attributes}><source>Osh</source>{target}</segment>'
        "</unit>"
    )


def told(variant: Variant, name: str) -> str:
    return dict(variant.props).get(name, "")


# What we write


@in_a_file
@given(st.lists(cases.entries(), max_size=3))
def test_entries_come_back(tmp_path: Path, given_: list[Entry]) -> None:
    data, losses = cases.written(v21, given_, None, "en", "ky")
    found = cases.came_back(v21, tmp_path / "a.xlf", data)
    assert list(map(normal, found)) == list(map(normal, given_))
    assert losses == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(cases.entries(), max_size=3))
def test_what_we_write_is_valid(shared: Path, given_: list[Entry]) -> None:
    data, _ = cases.written(v21, given_, Header("en", (("x-srx", "1"),), ("n",)))
    assert cases.problems(schemas(shared), data) == []


@in_a_file
@given(st.lists(cases.entries(), max_size=3))
def test_from_one_version_to_the_other(tmp_path: Path, given_: list[Entry]) -> None:
    first, _ = cases.written(v21, given_, None, "en", "ky")
    between = cases.came_back(v21, tmp_path / "a.xlf", first)
    second, _ = cases.written(v12, between, None, "en", "ky")
    found = cases.came_back(v12, tmp_path / "b.xlf", second)
    assert list(map(normal, found)) == list(map(normal, given_))


def test_characters_that_xml_does_not_have(tmp_path: Path) -> None:
    data, losses = cases.written(v21, [entry("a\a\0b\ufffe")])
    (found,) = cases.came_back(v21, tmp_path / "a.xlf", data)
    assert found.variants[1].text == "a\a\0b\ufffe"
    assert losses == ()


def test_half_characters_are_lost(tmp_path: Path) -> None:
    data, (loss,) = cases.written(v21, [entry("a\ud800b")])
    (found,) = cases.came_back(v21, tmp_path / "a.xlf", data)
    assert found.variants[1].text == "ab"
    assert "half characters" in loss


@pytest.mark.parametrize(
    ("origin", "state", "sub"),
    [
        ("mt", "initial", "aligner:mt"),
        ("tm", "initial", "aligner:tm"),
        ("post-edited", "reviewed", "aligner:post-edited"),
        ("human", "final", "aligner:human"),
        ("", "translated", None),
    ],
)
def test_states(origin: str, state: str, sub: str | None) -> None:
    data, _ = cases.written(v21, [entry("Ош", ("x-origin", origin))])
    (made,) = etree.fromstring(data).iter("{*}segment")
    assert (made.get("state"), made.get("subState")) == (state, sub)


def test_the_machines_text_is_a_candidate() -> None:
    about = (("x-origin", "mt"), ("x-confidence", "0.8731"), ("x-model", "en ky"))
    data, _ = cases.written(v21, [entry("Ош шаары", *about)])
    (made,) = etree.fromstring(data).iter(f"{MTC}match")
    assert (made.get("type"), made.get("matchQuality"), made.get("origin")) == (
        "mt",
        "87.31",
        "en ky",
    )
    assert made.get(f"{ITS}mtConfidence") == "0.8731"
    assert made.get(f"{ITS}annotatorsRef") == "mt-confidence|aligner/en%20ky"
    assert made.findtext("{*}target") == "Ош шаары"


def test_terms_are_a_glossary() -> None:
    term = "Osh → Ошту (forced, acc; g237, approved)"
    data, _ = cases.written(v21, [entry("Ошту", ("x-term", term))])
    (made,) = etree.fromstring(data).iter(f"{GLS}glossEntry")
    translation = made.find(f"{GLS}translation")
    assert (made.findtext(f"{GLS}term"), translation.text) == ("Osh", "Ошту")
    assert translation.get("source") == "forced, acc; g237, approved"


def test_a_document_is_a_file(tmp_path: Path) -> None:
    given_ = [
        entry(tuid=str(number), props=[("x-document", document)])
        for number, document in enumerate(["a", "a", "b", "a"])
    ]
    data, _ = cases.written(v21, given_)
    files = list(etree.fromstring(data).iter("{*}file"))
    assert [one.get("original") for one in files] == ["a", "b", "a"]
    assert len({one.get("id") for one in files}) == 3
    found = cases.came_back(v21, tmp_path / "a.xlf", data)
    assert [one.props for one in found] == [one.props for one in given_]


def test_names_that_are_no_tokens(tmp_path: Path) -> None:
    given_ = [entry(tuid="Ош шаары:1.2"), entry(tuid="a:1"), entry(tuid="a 1"), entry(tuid="")]
    data, _ = cases.written(v21, given_)
    made = list(etree.fromstring(data).iter("{*}unit"))
    assert len({one.get("id") for one in made}) == 4
    assert made[0].get("name") == "Ош шаары:1.2"
    found = cases.came_back(v21, tmp_path / "a.xlf", data)
    assert [one.tuid for one in found] == [one.tuid for one in given_]
    assert found[0].props == ()


def test_a_file_without_units(shared: Path, tmp_path: Path) -> None:
    data, _ = cases.written(v21, [], Header("en", (("x-srx", "1"),)))
    assert cases.problems(schemas(shared), data) == []
    assert cases.came_back(v21, tmp_path / "a.xlf", data) == []
    assert v21.read(tmp_path / "a.xlf").header.props == (("x-srx", "1"),)


BOLD = Inline("bpt", (("i", "1"), ("x", "7"), ("type", "bold")), ("<b>",))
NO_BOLD = Inline("ept", (("i", "1"),), ("</b>",))
LINK = Inline("bpt", (("i", "2"), ("x", "8"), ("type", "link")), ("<a>",))
NO_LINK = Inline("ept", (("i", "2"),), ("</a>",))
BREAK = Inline("ph", (("x", "9"), ("type", "lb")), ("<br/>",))


def test_codes() -> None:
    given_ = entry((BOLD, "Ош", BREAK, NO_BOLD), source=(BOLD, "Osh", NO_BOLD, BREAK))
    data, _ = cases.written(v21, [given_])
    root = etree.fromstring(data)
    assert {one.get("id"): one.text for one in root.iter("{*}data")} == {
        "d1": "<b>",
        "d2": "</b>",
        "d3": "<br/>",
    }
    (pair, target) = root.iter("{*}pc")
    assert pair.get("id") == target.get("id") == "7"
    assert (pair.get("type"), pair.get("subType")) == ("fmt", "xlf:b")
    assert (pair.get("dataRefStart"), pair.get("dataRefEnd")) == ("d1", "d2")
    (break_,) = target.iter("{*}ph")
    assert (break_.get("id"), break_.get("dataRef")) == ("9", "d3")


def test_a_pair_that_crosses_another_in_one_language_is_no_element_in_either() -> None:
    crossing = (BOLD, "О", LINK, "ш", NO_BOLD, NO_LINK)
    nested = (BOLD, "O", LINK, "s", NO_LINK, "h", NO_BOLD)
    data, _ = cases.written(v21, [entry(crossing, source=nested)])
    root = etree.fromstring(data)
    shapes = {
        name: [
            (etree.QName(one).localname, one.get("id") or one.get("startRef"))
            for one in text.iter("{*}pc", "{*}sc", "{*}ec")
        ]
        for name in ("source", "target")
        for text in root.iter(f"{{*}}{name}")
    }
    assert shapes["source"] == [("pc", "7"), ("sc", "8"), ("ec", "8")]


def test_what_has_codes_in_tmx_has_them_in_xliff(tmp_path: Path) -> None:
    segment = (
        '<bpt i="1" type="bold">[</bpt>Os<ept i="1">]</ept>h<ph x="3">{}</ph>'
        '<it pos="begin">(</it> <hi type="term">a</hi>'
    )
    (tmp_path / "a.tmx").write_text(
        '<tmx version="1.4"><header srclang="en"/><body><tu>'
        f'<tuv xml:lang="en"><seg>{segment}</seg></tuv>'
        f'<tuv xml:lang="ky"><seg>{segment}</seg></tuv></tu></body></tmx>'
    )
    given_ = list(tmx.read(tmp_path / "a.tmx").entries)
    for module in (v12, v21):
        data, _ = cases.written(module, given_)
        found = cases.came_back(module, tmp_path / "a.xlf", data)
        assert [normal(one).variants for one in found] == [normal(one).variants for one in given_]


def test_another_program_reads_what_we_write(tmp_path: Path) -> None:
    given_ = [
        entry("Ош", ("x-origin", "mt"), ("x-term", "Osh → Ош (already; g1)"), tuid="1"),
        entry((BOLD, "Ош", NO_BOLD, " шаары"), source=(BOLD, "Osh", NO_BOLD), tuid="2"),
    ]
    (tmp_path / "a.xlf").write_bytes(cases.written(v21, given_)[0])
    found = xliff2.Xliff2File.parsefile(str(tmp_path / "a.xlf")).units
    assert [(one.source, one.target) for one in found] == [("Osh", "Ош"), ("Osh", "Ош шаары")]


# What a translator does


def edited(tmp_path: Path, change: Callable[[etree._Element], object], *about: str) -> Variant:
    """The target of a unit that a tool has changed in the file."""
    props = (("x-origin", about[0]), *((("x-draft", about[1]),) if len(about) > 1 else ()))
    data, _ = cases.written(v21, [entry("Ош шаары", *props)])
    root = etree.fromstring(data)
    change(next(root.iter("{*}segment")))
    (found,) = cases.came_back(v21, tmp_path / "b.xlf", etree.tostring(root))
    assert found.tuid == "a:1"
    return found.variants[1]


def new_text(made: etree._Element) -> None:
    made.find("{*}target").text = "Ош калаасы"


def no_metadata(made: etree._Element) -> None:
    new_text(made)
    for metadata in made.getparent().findall("{*}metadata"):
        made.getparent().remove(metadata)


@pytest.mark.parametrize(
    ("change", "origin", "draft"),
    [
        (new_text, "post-edited", "Ош шаары"),
        (no_metadata, "post-edited", "Ош шаары"),
        (lambda made: made.set("state", "reviewed"), "post-edited", "Ош шаары"),
        (lambda made: made.set("state", "translated"), "post-edited", "Ош шаары"),
        (lambda _: None, "mt", ""),
    ],
)
def test_a_text_that_a_person_had(
    tmp_path: Path, change: Callable[[etree._Element], object], origin: str, draft: str
) -> None:
    found = edited(tmp_path, change, "mt")
    assert (told(found, "x-origin"), told(found, "x-draft")) == (origin, draft)


def test_a_text_that_was_edited_twice_keeps_its_first_draft(tmp_path: Path) -> None:
    found = edited(tmp_path, new_text, "post-edited", "Ош шааар")
    assert (told(found, "x-origin"), told(found, "x-draft")) == ("post-edited", "Ош шааар")


# What others write


def test_a_unit(read: Callable[..., list[Entry]]) -> None:
    (found,) = read(
        '<group id="g"><unit id="7" name="title" type="x:y" translate="no">'
        '<mda:metadata><mda:metaGroup><mda:meta type="a">b</mda:meta></mda:metaGroup>'
        "</mda:metadata>"
        "<gls:glossary><gls:glossEntry><gls:term>Osh</gls:term>"
        "<gls:translation>Ош</gls:translation></gls:glossEntry></gls:glossary>"
        '<notes><note>g</note><note appliesTo="source">s</note>'
        '<note appliesTo="target">t</note></notes><segment state="final">'
        "<source>Osh</source><target>Ош</target></segment></unit></group>"
    )
    assert found == Entry(
        tuid="7",
        variants=(
            Variant("en", "Osh", (), (), ("s",), (("xml:lang", "en-US"),)),
            Variant(
                lang="ky",
                text="Ош",
                props=(("x-term", "Osh → Ош"), ("x-origin", "human")),
                notes=("t",),
                attributes=(("xml:lang", "ky-KG"),),
            ),
        ),
        source_lang="en",
        props=(
            ("x-document", "a.txt"),
            ("x-kind", "x:y"),
            ("x-resname", "title"),
            ("x-translate", "no"),
            ("x-a", "b"),
        ),
        notes=("g",),
        line=2,
    )


@pytest.mark.parametrize(
    ("inside", "inline"),
    [
        (
            '<pc id="1" type="fmt" subType="xlf:i" dataRefStart="a" dataRefEnd="b">Os</pc>h',
            (
                Inline("bpt", (("i", "1"), ("x", "1"), ("type", "italic")), ("<i>",)),
                "Os",
                Inline("ept", (("i", "1"),), ("</i>",)),
                "h",
            ),
        ),
        (
            '<sc id="1"/>O<sc id="2" isolated="yes"/>s<ec startRef="1"/>'
            '<ec id="3" isolated="yes"/>h',
            (
                Inline("bpt", (("i", "1"), ("x", "1"))),
                "O",
                Inline("it", (("pos", "begin"), ("x", "2"))),
                "s",
                Inline("ept", (("i", "1"),)),
                Inline("it", (("pos", "end"), ("x", "3"))),
                "h",
            ),
        ),
        (
            'Os<ph id="1" type="ui" subType="my:var" equiv="n"/>h',
            ("Os", Inline("ph", (("x", "1"), ("type", "ui/my:var"))), "h"),
        ),
        ('O<cp hex="0073"/>h<cp hex="D800"/><cp hex="zz"/>', ("Osh",)),
        (
            '<mrk id="1" type="term">O</mrk><sm id="2"/>s<pc id="3">h<em startRef="2"/></pc>',
            (
                Inline("hi", (("x", "1"), ("type", "term")), ("O",)),
                Inline("hi", (("x", "2"),), ("s", Inline("bpt", (("i", "1"), ("x", "3"))), "h")),
                Inline("ept", (("i", "1"),)),
            ),
        ),
        (
            '<sm id="1"/>O<sm id="2"/>s<em startRef="1"/>h<em startRef="2"/>',
            ("O", Inline("hi", (("x", "2"),), ("sh",))),
        ),
        ('<sm id="1"/>Osh<em startRef="9"/>', ("Osh",)),
    ],
)
def test_inline_elements(
    read: Callable[..., list[Entry]], inside: str, inline: tuple[str | Inline, ...]
) -> None:
    data = (
        '<originalData><data id="a">&lt;i></data><data id="b">&lt;/i></data></originalData>'
        if "dataRef" in inside
        else ""
    )
    (found,) = read(f'<unit id="1">{data}<segment><source>{inside}</source></segment></unit>')
    (source,) = found.variants
    assert source.text == "Osh"
    assert (source.inline or (source.text,)) == inline


def test_segments(read: Callable[..., list[Entry]]) -> None:
    found = read(
        '<unit id="u"><mtc:matches><mtc:match ref="#b" type="mt"><source>Two.</source>'
        "<target>Экки.</target></mtc:match></mtc:matches>"
        "<segment><source>One.</source><target order='3'>Бир.</target></segment>"
        "<ignorable><source> </source></ignorable>"
        '<segment id="b"><source>Two.</source><target order="1">Эки.</target></segment></unit>'
    )
    assert [one.tuid for one in found] == ["u:1", "u:b"]
    assert [[text.text for text in one.variants] for one in found] == [
        ["One.", "Бир."],
        ["Two.", "Эки."],
    ]
    assert [told(one.variants[1], "x-draft") for one in found] == ["", "Экки."]


@pytest.mark.parametrize(
    ("state", "target", "origin", "draft"),
    [
        ("initial", "Ош", "mt", ""),
        ("translated", "Ош", "mt", ""),
        ("final", "Ош", "post-edited", "Ош"),
        ("translated", "Ош!", "post-edited", "Ош"),
    ],
)
def test_candidates(
    read: Callable[..., list[Entry]], state: str, target: str, origin: str, draft: str
) -> None:
    match = (
        '<mtc:matches><mtc:match ref="#s" type="mt" matchQuality="80"><source>Osh</source>'
        "<target>Ош</target></mtc:match></mtc:matches>"
    )
    (found,) = read(unit(f"<target>{target}</target>", match, f'state="{state}"'))
    assert (told(found.variants[1], "x-origin"), told(found.variants[1], "x-draft")) == (
        origin,
        draft,
    )


def test_a_candidate_without_a_target(read: Callable[..., list[Entry]]) -> None:
    match = (
        '<mtc:matches><mtc:match ref="#s" type="tm"><source>Osh</source>'
        "<target>Ош</target></mtc:match></mtc:matches>"
    )
    (found,) = read(unit("", match))
    assert [one.text for one in found.variants] == ["Osh"]
    assert ("x-alternative", "Ош") in found.props


def test_comments(read: Callable[..., list[Entry]]) -> None:
    marked = '<target><mrk id="1" type="comment" value="not so">Ош</mrk></target>'
    (found,) = read(unit(marked))
    assert found.variants[1].notes == ("not so",)


def test_confidence_as_its_has_it(read: Callable[..., list[Entry]]) -> None:
    mark = '<mrk id="1" type="its:generic" its:mtConfidence="0.8982">Ош</mrk>'
    (found,) = read(unit(f"<target>{mark}</target>"))
    assert told(found.variants[1], "x-confidence") == "0.8982"


@pytest.mark.parametrize(
    ("version", "namespace"),
    [
        ("2.0", NAMESPACE),
        ("2.1", NAMESPACE),
        ("2.2", "urn:oasis:names:tc:xliff:document:2.2"),
        ("2.0", ""),
    ],
)
def test_versions(read: Callable[..., list[Entry]], version: str, namespace: str) -> None:
    (found,) = read(unit(), version, namespace)
    assert [one.text for one in found.variants] == ["Osh", "Ош"]


@pytest.mark.parametrize(
    ("begins", "major"),
    [
        (b'<?xml version="1.0"?>\n<xliff version="1.2">', 1),
        (b'<xliff\n xmlns="urn:oasis:names:tc:xliff:document:2.0"\n srcLang="en">', 2),
        (b"\xef\xbb\xbf<x:xliff version = '2.1' xmlns:x='a'>", 2),
        ('<xliff version="2.0">'.encode("utf-16"), 2),
        ("<xliff xmlns='urn:oasis:names:tc:xliff:document:1.1'>".encode("utf-16-be"), 1),
        (b'<xliff version="2.0" xmlns:' + b"a" * 4096, 2),
        (b"<tmx/>", 0),
        (b"", 0),
    ],
)
def test_whose_file_it_is(begins: bytes, major: int) -> None:
    assert (v12.is_mine(begins), v21.is_mine(begins)) == (major == 1, major == 2)


def test_the_other_version(tmp_path: Path) -> None:
    (tmp_path / "a.xlf").write_text('<xliff version="1.2"><file/></xliff>')
    with pytest.raises(InputError, match=r"XLIFF 1\.2") as caught:
        v21.read(tmp_path / "a.xlf")
    assert "xliff-1.2" in caught.value.hint


# The files of others

# Not XML, or none of XLIFF, by the end of their names.
REFUSED = {
    "core_xml_invalid_xml_entity.xlf",  # but for a control character all is read
    "xliff_invalid_xml_entity.xlf",
    "corrupt_empty.html_test.xlf",
    "txml_Test01.docx.txml",
    "txml_Test03.mif.txml",
    "CsvEncodingTest_testCsvEncoding-assert-equal.xliff",
    "QualityCsvMqmTest_testCsvEncoding-assert-equal.xliff",
    "01-ibm-opentm2.xlf",
    "Good-pgs_plural.xlf",
}


def wild(shared: Path) -> list[tuple[Path, ModuleType]]:
    """The files of others, each with the module that reads it."""
    files = sorted((shared / "data" / "interchange" / "xliff").iterdir())
    return [(path, v21 if v21.is_mine(path.read_bytes()[:4096]) else v12) for path in files]


def elements(path: Path, name: str) -> int:
    root = etree.parse(path, etree.XMLParser(recover=True)).getroot()
    return sum(1 for _ in root.iter(f"{{*}}{name}"))


def test_wild_files_are_read_or_refused(shared: Path) -> None:
    refused = {}
    for path, module in wild(shared):
        try:
            found = len(list(module.read(path).entries))
        except InputError as error:
            refused[next((end for end in REFUSED if path.name.endswith(end)), path.name)] = error
        else:
            if module is v21:
                assert found == elements(path, "segment"), path
            else:
                assert found >= elements(path, "trans-unit"), path
    assert refused.keys() == REFUSED
    assert all(error.where and error.hint for error in refused.values())


def test_wild_files_are_the_same_once_rewritten(shared: Path, tmp_path: Path) -> None:
    for path, module in wild(shared):
        try:
            given_ = list(module.read(path).entries)
        except AlignerError:
            continue
        for to in (v12, v21):
            data, _ = cases.written(to, given_)
            found = cases.came_back(to, tmp_path / "a.xlf", data)
            assert list(map(texts, found)) == list(map(texts, filter(Entry.source, given_))), path


def texts(one: Entry) -> list[str]:
    """What XML can hold of the texts of a unit."""
    return [legal(variant.text) for variant in one.variants]
