"""XLIFF 1.2: what we write is valid and comes back, and what others write is read."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import xliff_cases as cases
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from translate.storage import xliff
from xliff_cases import entry, normal

from aligner.entries import Entry, Header, Inline, Variant
from aligner.errors import InputError
from aligner.formats.exchange.xliff import v12, v21

in_a_file = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
BOLD = Inline("bpt", (("i", "1"), ("x", "1")))
NO_BOLD = Inline("ept", (("i", "1"),))
NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"


@cache
def strict(shared: Path) -> etree.XMLSchema:
    folder = shared / "data" / "interchange" / "schema"
    return cases.schema(folder, (NAMESPACE, "xliff12/xliff-core-1.2-strict.xsd"))


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., list[Entry]]:
    """Read units that stand in a file."""

    def read(units: str, header: str = "", encoding: str = "utf-8") -> list[Entry]:
        path = tmp_path / "a.xlf"
        path.write_bytes(file_of(units, header).encode(encoding))
        return list(v12.read(path).entries)

    return read


def file_of(units: str, header: str = "") -> str:
    return (
        f'<xliff version="1.2" xmlns="{NAMESPACE}" xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0"'
        ' xmlns:mq="MQXliff"><file original="a.txt" source-language="en-US" target-language="ky-KG"'
        f' datatype="plaintext">{header}<body>\n{units}\n</body></file></xliff>'
    )


def unit(target: str = "<target>Ош</target>", more: str = "", attributes: str = "") -> str:
    return f'<trans-unit id="1"{attributes}><source>Osh</source>{target}{more}</trans-unit>'


def content(variant: Variant | None) -> tuple[str | Inline, ...]:
    assert variant is not None
    return variant.inline or (variant.text,)


# What we write


@in_a_file
@given(st.lists(cases.entries(), max_size=3))
def test_entries_come_back(tmp_path: Path, given_: list[Entry]) -> None:
    data, losses = cases.written(v12, given_, None, "en", "ky")
    found = cases.came_back(v12, tmp_path / "a.xlf", data)
    assert list(map(normal, found)) == list(map(normal, given_))
    assert losses == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(cases.entries(), max_size=3))
def test_what_we_write_is_valid(shared: Path, given_: list[Entry]) -> None:
    data, _ = cases.written(v12, given_, Header("en", (("x-model-ky", "m"),), ("n",)))
    assert cases.problems(strict(shared), data) == []


def test_the_header_comes_back(tmp_path: Path) -> None:
    header = Header("en", (("x-srx", "66b5"), ("Client", "CABAR")), ("a note",))
    data, _ = cases.written(v12, [entry(), entry(tuid="2")], header)
    (tmp_path / "a.xlf").write_bytes(data)
    found = v12.read(tmp_path / "a.xlf").header
    assert (found.source_lang, found.props, found.notes) == ("en", header.props, header.notes)
    assert dict(found.attributes)["creationtool"] == "aligner"


def test_a_document_is_a_file(tmp_path: Path) -> None:
    given_ = [
        entry(tuid=str(number), props=[("x-document", document)])
        for number, document in enumerate(["a", "a", "b", "a"])
    ]
    data, _ = cases.written(v12, given_)
    assert data.count(b"<file ") == 3
    found = cases.came_back(v12, tmp_path / "a.xlf", data)
    assert [one.props for one in found] == [one.props for one in given_]


@pytest.mark.parametrize(
    ("origin", "state", "qualifier", "approved"),
    [
        ("mt", "needs-review-translation", "mt-suggestion", None),
        ("tm", "needs-review-translation", "leveraged-tm", None),
        ("post-edited", "signed-off", "leveraged-mt", "yes"),
        ("human", "final", None, "yes"),
        ("", None, None, None),
    ],
)
def test_states(origin: str, state: str, qualifier: str | None, approved: str | None) -> None:
    data, _ = cases.written(v12, [entry("Ош", ("x-origin", origin))])
    (made,) = etree.fromstring(data).iter("{*}trans-unit")
    target = made.find("{*}target")
    assert (target.get("state"), target.get("state-qualifier")) == (state, qualifier)
    assert made.get("approved") == approved


@pytest.mark.parametrize(
    ("match", "qualifier"), [("101", "exact-match"), ("100", "exact-match"), ("85", "fuzzy-match")]
)
def test_matches_of_a_memory(match: str, qualifier: str) -> None:
    about = (("x-origin", "tm"), ("x-match", match), ("x-memory", "old.tmx"))
    data, _ = cases.written(v12, [entry("Ош", *about)])
    root = etree.fromstring(data)
    assert next(root.iter("{*}target")).get("state-qualifier") == qualifier
    assert next(root.iter("{*}alt-trans")).get("origin") == "old.tmx"


def test_the_machines_text_is_a_candidate() -> None:
    about = (("x-origin", "mt"), ("x-confidence", "0.8731"), ("x-model", "en_ky"))
    data, _ = cases.written(v12, [entry("Ош шаары", *about)])
    (made,) = etree.fromstring(data).iter("{*}alt-trans")
    assert made.get("match-quality") == "87.31"
    assert (made.get("origin"), made.get("tool-id")) == ("en_ky", "aligner")
    assert made.findtext("{*}target") == "Ош шаары"


def test_white_space_that_counts() -> None:
    given_ = [entry("Ош", tuid="1"), entry(" Ош", tuid="2"), entry("О\nш", tuid="3")]
    data, _ = cases.written(v12, given_)
    space = "{http://www.w3.org/XML/1998/namespace}space"
    found = [one.get(space) for one in etree.fromstring(data).iter("{*}trans-unit")]
    assert found == [None, "preserve", "preserve"]


def test_units_of_one_name(tmp_path: Path) -> None:
    given_ = [entry(tuid="1"), entry(tuid=""), entry(tuid="1"), entry(tuid="1")]
    data, _ = cases.written(v12, given_)
    ids = [one.get("id") for one in etree.fromstring(data).iter("{*}trans-unit")]
    assert len(set(ids)) == 4
    found = cases.came_back(v12, tmp_path / "a.xlf", data)
    assert [one.tuid for one in found] == ["1", "", "1", "1"]


def test_losses() -> None:
    three = Entry("1", (Variant("en", "Osh"), Variant("ky", "Ош"), Variant("ru", "Ош")), "en")
    two = Entry("2", (Variant("en", "Osh"), Variant("ky", "Ош"), Variant("ky", "Ош!")), "en")
    none = Entry("3", (Variant("ru", "Ош"), Variant("ky", "Ош")), "ru")
    data, losses = cases.written(v12, [three, two, none, entry("a\ab")])
    kinds = ["characters", "further texts", "texts in other", "texts without a source"]
    assert all(any(kind in loss for loss in losses) for kind in kinds)
    assert len(losses) == len(kinds)
    assert len(list(etree.fromstring(data).iter("{*}trans-unit"))) == 3


@pytest.mark.parametrize(
    ("langs", "source", "target"),
    [
        ((), "en", "ru"),
        (("ky",), "en", "ky"),
        (("en", "ky"), "en", "ky"),
        (("ru", "ky"), "ru", "ky"),
    ],
)
def test_languages(langs: tuple[str, ...], source: str, target: str) -> None:
    one = Entry("1", (Variant("en", "Osh"), Variant("ru", "Ош"), Variant("ky", "Ош!")), "en")
    data, _ = cases.written(v12, [one], None, *langs)
    file = next(etree.fromstring(data).iter("{*}file"))
    assert (file.get("source-language"), file.get("target-language")) == (source, target)


def test_languages_as_the_texts_spell_them() -> None:
    spelt = [("en", "en_US"), ("en", "en-GB")]
    texts = tuple(Variant(lang, "a", attributes=(("xml:lang", code),)) for lang, code in spelt)
    data, losses = cases.written(v12, [Entry("1", texts, "en")])
    file = next(etree.fromstring(data).iter("{*}file"))
    assert (file.get("source-language"), file.get("target-language")) == ("en-US", "en-GB")
    assert losses == ()


def test_damage_further_on_leaves_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "a.xlf"
    path.write_text(file_of(unit() + "<trans-unit></source>"))
    with (tmp_path / "b.xlf").open("wb") as file, pytest.raises(InputError):
        v21.write(file, v12.read(path), "xliff-2.1")
    assert len(list(v21.read(tmp_path / "b.xlf").entries)) == 1


# What a translator does


def edited(tmp_path: Path, change: Callable[[etree._Element], object], *about: str) -> Variant:
    """The target of a unit that a tool has changed in the file."""
    props = (("x-origin", about[0]), *((("x-draft", about[1]),) if len(about) > 1 else ()))
    data, _ = cases.written(v12, [entry("Ош шаары", *props)])
    root = etree.fromstring(data)
    change(next(root.iter("{*}trans-unit")))
    (found,) = cases.came_back(v12, tmp_path / "b.xlf", etree.tostring(root))
    assert found.tuid == "a:1"
    return found.variants[1]


def told(variant: Variant, name: str) -> str:
    return dict(variant.props).get(name, "")


def test_a_text_that_a_person_changed(tmp_path: Path) -> None:
    def change(made: etree._Element) -> None:
        made.find("{*}target").text = "Ош калаасы"

    found = edited(tmp_path, change, "mt")
    assert found.text == "Ош калаасы"
    assert (told(found, "x-origin"), told(found, "x-draft")) == ("post-edited", "Ош шаары")


@pytest.mark.parametrize("state", ["translated", "final", "signed-off"])
def test_a_text_that_a_person_approved(tmp_path: Path, state: str) -> None:
    found = edited(tmp_path, lambda made: made.find("{*}target").set("state", state), "mt")
    assert (told(found, "x-origin"), told(found, "x-draft")) == ("post-edited", "Ош шаары")


def test_a_text_that_nobody_touched(tmp_path: Path) -> None:
    found = edited(tmp_path, lambda _: None, "mt")
    assert (told(found, "x-origin"), told(found, "x-draft")) == ("mt", "")


def test_a_text_that_was_edited_twice_keeps_its_first_draft(tmp_path: Path) -> None:
    def change(made: etree._Element) -> None:
        made.find("{*}target").text = "Ош калаасы"

    found = edited(tmp_path, change, "post-edited", "Ош шааар")
    assert (told(found, "x-origin"), told(found, "x-draft")) == ("post-edited", "Ош шааар")


def test_a_tool_that_drops_what_it_does_not_know(tmp_path: Path) -> None:
    def change(made: etree._Element) -> None:
        for group in made.findall("{*}context-group"):
            made.remove(group)
        made.find("{*}target").text = "Ош калаасы"

    found = edited(tmp_path, change, "mt")
    assert (told(found, "x-origin"), told(found, "x-draft")) == ("post-edited", "Ош шаары")


# What others write


def test_a_unit(read: Callable[..., list[Entry]]) -> None:
    (found,) = read(
        '<trans-unit id="7" resname="title" restype="heading" approved="yes" translate="no">'
        '<source>Osh</source><target phase-name="p">Ош</target>'
        '<note>g</note><note annotates="source">s</note><note annotates="target">t</note>'
        '<context-group purpose="location"><context context-type="linenumber">12</context>'
        "</context-group></trans-unit>",
        '<header><phase-group><phase phase-name="p" process-name="edit" contact-name="Aida"'
        ' date="2026-11-23T10:15:00Z"/></phase-group></header>',
    )
    assert found == Entry(
        tuid="7",
        variants=(
            Variant("en", "Osh", (), (), ("s",), (("xml:lang", "en-US"),)),
            Variant(
                lang="ky",
                text="Ош",
                props=(("x-origin", "human"),),
                notes=("t",),
                attributes=(
                    ("xml:lang", "ky-KG"),
                    ("changeid", "Aida"),
                    ("changedate", "20261123T101500Z"),
                ),
            ),
        ),
        source_lang="en",
        props=(
            ("x-document", "a.txt"),
            ("x-kind", "heading"),
            ("x-resname", "title"),
            ("x-translate", "no"),
            ("x-linenumber", "12"),
        ),
        notes=("g",),
        line=2,
    )


@pytest.mark.parametrize(
    ("inside", "inline"),
    [
        (
            '<g id="1" ctype="bold">Os</g>h',
            (
                Inline("bpt", (("i", "1"), ("x", "1"), ("type", "bold"))),
                "Os",
                Inline("ept", (("i", "1"),)),
                "h",
            ),
        ),
        (
            '<bx id="a" rid="9"/>O<ph id="2" ctype="lb">&lt;br/></ph>s<ex id="b" rid="9"/>h',
            (
                Inline("bpt", (("i", "1"), ("x", "a"))),
                "O",
                Inline("ph", (("x", "2"), ("type", "lb")), ("<br/>",)),
                "s",
                Inline("ept", (("i", "1"),)),
                "h",
            ),
        ),
        (
            '<bpt id="1">[</bpt>O<bpt id="2">(</bpt>s<ept id="1">]</ept>h<ept id="2">)</ept>',
            (
                Inline("bpt", (("i", "1"), ("x", "1")), ("[",)),
                "O",
                Inline("bpt", (("i", "2"), ("x", "2")), ("(",)),
                "s",
                Inline("ept", (("i", "1"),), ("]",)),
                "h",
                Inline("ept", (("i", "2"),), (")",)),
            ),
        ),
        (
            'Os<it id="1" pos="open">[</it>h<ex id="5"/><x id="3"/>',
            (
                "Os",
                Inline("it", (("pos", "begin"), ("x", "1")), ("[",)),
                "h",
                Inline("it", (("pos", "end"),)),
                Inline("ph", (("x", "3"),)),
            ),
        ),
        (
            '<mrk mtype="term" mid="4">Os</mrk><mrk mtype="x-sdl-deleted">no</mrk>h',
            (Inline("hi", (("x", "4"), ("type", "term")), ("Os",)), "h"),
        ),
        (
            'Osh<ph id="1">[<sub datatype="html">a <g id="2">note</g></sub>]</ph>',
            (
                "Osh",
                Inline(
                    "ph",
                    (("x", "1"),),
                    (
                        "[",
                        Inline(
                            "sub",
                            (("datatype", "html"),),
                            (
                                "a ",
                                Inline("bpt", (("i", "1"), ("x", "2"))),
                                "note",
                                Inline("ept", (("i", "1"),)),
                            ),
                        ),
                        "]",
                    ),
                ),
            ),
        ),
        ("O<!-- no --><![CDATA[s]]><?pi?>h", ("Osh",)),
        ("<sdl:odd>Os</sdl:odd>h", ("Osh",)),
    ],
)
def test_inline_elements(
    read: Callable[..., list[Entry]], inside: str, inline: tuple[str | Inline, ...]
) -> None:
    (found,) = read(f'<trans-unit id="1"><source>{inside}</source></trans-unit>')
    (source,) = found.variants
    assert source.text == "Osh"
    assert content(source) == inline


def test_comments_and_properties_of_old(read: Callable[..., list[Entry]]) -> None:
    marked = '<target><mrk mtype="x-why" comment="not so">Ош</mrk></target>'
    group = '<prop-group><prop prop-type="a">b</prop></prop-group>'
    (found,) = read(unit(marked, group))
    assert found.variants[1].notes == ("not so",)
    assert ("x-a", "b") in found.props


SEGMENTED = (
    '<trans-unit id="1"><source>One. Two.</source><seg-source><mrk mtype="seg" mid="5">One.</mrk> '
    '<g id="1"><mrk mtype="seg" mid="6">Two.</mrk></g></seg-source>{}</trans-unit>'
)


def test_segments(read: Callable[..., list[Entry]]) -> None:
    found = read(
        SEGMENTED.format(
            '<target><mrk mtype="seg" mid="5">Бир.</mrk> '
            '<mrk mtype="seg" mid="6">Эки.</mrk></target>'
            '<alt-trans mid="6"><target state-qualifier="mt-suggestion">Экки.</target></alt-trans>'
        )
    )
    assert [one.tuid for one in found] == ["1:5", "1:6"]
    assert [[text.text for text in one.variants] for one in found] == [
        ["One.", "Бир."],
        ["Two.", "Эки."],
    ]
    assert [told(one.variants[1], "x-draft") for one in found] == ["", "Экки."]


def test_a_target_that_is_not_cut(read: Callable[..., list[Entry]]) -> None:
    (found,) = read(SEGMENTED.format("<target>Бир. Эки.</target>"))
    assert [text.text for text in found.variants] == ["One. Two.", "Бир. Эки."]


def test_segments_without_targets(read: Callable[..., list[Entry]]) -> None:
    found = read(SEGMENTED.format(""))
    assert [[text.text for text in one.variants] for one in found] == [["One."], ["Two."]]


STUDIO = (
    '<sdl:seg-defs><sdl:seg id="1" {}><sdl:value key="last_modified_by">ST\\aida</sdl:value>'
    '<sdl:value key="modified_on">11/23/2026 10:15:00</sdl:value></sdl:seg></sdl:seg-defs>'
)


@pytest.mark.parametrize(
    ("attributes", "origin", "match"),
    [
        ('conf="Draft" origin="mt"', "mt", ""),
        ('conf="Draft" origin="tm" percent="85"', "tm", "85"),
        ('conf="Translated" origin="mt"', "post-edited", ""),
        ('conf="Translated" origin="interactive"', "human", ""),
        ('conf="ApprovedSignOff" origin="tm" percent="100"', "tm", "100"),
        ("", "", ""),
    ],
)
def test_trados_studio(
    read: Callable[..., list[Entry]], attributes: str, origin: str, match: str
) -> None:
    (found,) = read(unit(more=STUDIO.format(attributes)))
    target = found.variants[1]
    assert (told(target, "x-origin"), told(target, "x-match")) == (origin, match)
    assert dict(target.attributes)["changeid"] == "ST\\aida"
    assert dict(target.attributes)["changedate"] == "20261123T101500Z"


@pytest.mark.parametrize(
    ("status", "origin"),
    [("MachineTranslated", "mt"), ("ManuallyConfirmed", "human"), ("NotStarted", "")],
)
def test_memoq(read: Callable[..., list[Entry]], status: str, origin: str) -> None:
    (found,) = read(unit(attributes=f' mq:status="{status}" mq:lastchanginguser="aida"'))
    assert told(found.variants[1], "x-origin") == origin
    assert dict(found.variants[1].attributes)["changeid"] == "aida"


@pytest.mark.parametrize(
    ("attributes", "origin", "match"),
    [
        ('m:confirmed="0" m:trans-origin="mt" m:score="0.0"', "mt", ""),
        ('m:confirmed="1" m:trans-origin="mt" m:score="0.0"', "post-edited", ""),
        ('m:confirmed="0" m:trans-origin="tm" m:score="0.86"', "tm", "86"),
        ('m:confirmed="1" m:trans-origin="null" m:score="0.0"', "human", ""),
    ],
)
def test_phrase(read: Callable[..., list[Entry]], attributes: str, origin: str, match: str) -> None:
    namespace = 'xmlns:m="http://www.memsource.com/mxlf/2.0"'
    by = 'm:modified-by="aida" m:modified-at="1795428900000"'
    (found,) = read(unit(attributes=f" {namespace} {attributes} {by}"))
    target = found.variants[1]
    assert (told(target, "x-origin"), told(target, "x-match")) == (origin, match)
    assert dict(target.attributes)["changeid"] == "aida"
    assert dict(target.attributes)["changedate"] == "20261123T101500Z"


def test_binary_units_groups_and_odd_elements(read: Callable[..., list[Entry]]) -> None:
    found = read(
        f'<group><sdl:cxts/><group id="g"><note>n</note>{unit()}</group></group>'
        '<bin-unit id="b" mime-type="image/png"><bin-source/><trans-unit id="2">'
        "<source>in</source></trans-unit></bin-unit><sdl:trans-unit/>"
    )
    assert [one.tuid for one in found] == ["1", "2"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(read: Callable[..., list[Entry]], encoding: str) -> None:
    (found,) = read(unit(), encoding=encoding)
    assert [text.text for text in found.variants] == ["Osh", "Ош"]


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_versions_without_a_namespace(tmp_path: Path, version: str) -> None:
    text = file_of(unit()).replace('version="1.2"', f'version="{version}"')
    path = tmp_path / "a.xlf"
    path.write_text(text.replace(f'xmlns="{NAMESPACE}"', ""))
    (found,) = v12.read(path).entries
    assert [text.text for text in found.variants] == ["Osh", "Ош"]


def test_a_prefix_that_is_not_declared(tmp_path: Path) -> None:
    path = tmp_path / "a.xlf"
    path.write_text(file_of(unit(attributes=' iws:status="ok"') + "<odd:group/>" + unit()))
    assert len(list(v12.read(path).entries)) == 2


def test_another_program_reads_what_we_write(tmp_path: Path) -> None:
    given_ = [
        entry("Ош", ("x-origin", "mt"), tuid="1"),
        entry((BOLD, "Ош", NO_BOLD, " шаары"), source=(BOLD, "Osh", NO_BOLD), tuid="2"),
        entry(None, tuid="3"),
    ]
    (tmp_path / "a.xlf").write_bytes(cases.written(v12, given_)[0])
    found = xliff.xlifffile.parsefile(str(tmp_path / "a.xlf")).units
    assert [(one.source, one.target) for one in found] == [
        ("Osh", "Ош"),
        ("Osh", "Ош шаары"),
        ("Osh", None),
    ]
    assert [one.getalttrans()[0].target for one in found[:1]] == ["Ош"]


# What is broken or hostile


def test_the_units_before_the_damage_are_given(tmp_path: Path) -> None:
    path = tmp_path / "a.xlf"
    path.write_text(file_of(unit() + "\n" + unit() + "\n<trans-unit><source>a</target>"))
    found: list[Entry] = []
    with pytest.raises(InputError, match="mismatch") as caught:
        found.extend(v12.read(path).entries)
    assert len(found) == 2
    assert caught.value.where == f"{path}:4"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "damaged"),
        ("not XML", "damaged"),
        ("<tmx/>", "no XLIFF"),
        ('<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0"/>', "XLIFF 2.0"),
    ],
)
def test_what_is_no_xliff(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "a.xlf"
    path.write_text(text)
    with pytest.raises(InputError, match=reason):
        list(v12.read(path).entries)


@pytest.mark.parametrize(
    "entity", ['SYSTEM "file:///etc/passwd"', 'SYSTEM "http://127.0.0.1:9/a"', '"&b;&b;"']
)
def test_entities_are_not_expanded(tmp_path: Path, entity: str) -> None:
    path = tmp_path / "a.xlf"
    doctype = f'<!DOCTYPE xliff [<!ENTITY b "bb"><!ENTITY a {entity}>]>'
    path.write_text(doctype + file_of(unit("<target>a &a; b</target>")))
    (found,) = v12.read(path).entries
    assert found.variants[1].text == "a &a; b"


def test_an_entity_that_is_not_declared(tmp_path: Path) -> None:
    path = tmp_path / "a.xlf"
    path.write_text(file_of(unit() + "\n" + unit("<target>a &b; c</target>") + "\n" * (1 << 17)))
    found: list[Entry] = []
    with pytest.raises(InputError, match="Entity 'b' not defined") as caught:
        found.extend(v12.read(path).entries)
    assert len(found) == 1
    assert caught.value.where == f"{path}:3"


def test_characters_that_xml_does_not_have(tmp_path: Path) -> None:
    path = tmp_path / "a.xlf"
    path.write_text(file_of(unit("<target>О&#3;ш</target>")))
    found: list[Entry] = []
    with pytest.raises(InputError, match=r"all units were read.*U\+0003"):
        found.extend(v12.read(path).entries)
    assert found[0].variants[1].text == "Ош"


def test_a_source_file_within_the_header(tmp_path: Path) -> None:
    base64 = "QUJD" * (3 << 20)  # 12 MB
    path = tmp_path / "a.sdlxliff"
    header = f"<header><reference><internal-file>{base64}</internal-file></reference></header>"
    path.write_text(file_of(unit(), header))
    assert len(list(v12.read(path).entries)) == 1


def test_a_file_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from aligner.formats.exchange import parsing

    monkeypatch.setattr(parsing, "LONGEST_UNIT", 1 << 20)
    path = tmp_path / "a.xlf"
    endless = '<x id="1"/>a' * (1 << 18)
    path.write_text(file_of(unit() + unit(f"<target>{endless}</target>")))
    found: list[Entry] = []
    with pytest.raises(InputError, match="hold no unit"):
        found.extend(v12.read(path).entries)
    assert len(found) == 1


def test_elements_within_each_other(read: Callable[..., list[Entry]]) -> None:
    def nested(depth: int) -> str:
        return unit("<target>" + '<g id="1">' * depth + "a" + "</g>" * depth + "</target>")

    (found,) = read(nested(90))
    assert found.variants[1].text == "a"
    with pytest.raises(InputError, match="within each other"):
        read(nested(1000))
