"""Termbases as TBX: what we write is valid and comes back, and what others write is read."""

from __future__ import annotations

import io
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest
from concepts import characters, concepts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree, isoschematron

from aligner.errors import AlignerError, InputError, OutputError
from aligner.formats import termbases
from aligner.formats.termbases import tbx, tbx_write
from aligner.records import Concept, Status, Term, Wording

STYLES = ["tbx", "tbx-dca", "tbx-v2"]
DATA = Path(__file__).parent / "data" / "termbases"

# What XML and the layout of TBX files leave as it is.
tidy = (
    st.lists(st.sampled_from([*"|[]\\,;=&<>#«'", "\n", "aligner:"]) | st.text(characters))
    .map(lambda parts: "".join(parts).strip())
    .filter(lambda text: text and tbx.unwrapped(text) == text)
)


def write(*given_: Concept, to: str = "tbx") -> bytes:
    data, losses = attempt(given_, to)
    assert losses == ()
    return data


def attempt(given_: tuple[Concept, ...], to: str) -> tuple[bytes, tuple[str, ...]]:
    file = io.BytesIO()
    langs = dict.fromkeys(lang for concept in given_ for lang in concept.terms)
    losses = tbx_write.write(file, given_, list(langs), to)
    return file.getvalue(), losses


def read(text: str | bytes) -> tuple[Concept, ...]:
    data = text.encode() if isinstance(text, str) else text
    return tuple(tbx.read(data, "terms.tbx"))


def martif(entries: str, doctype: str = "") -> str:
    return f'{doctype}<martif type="TBX"><text><body>{entries}</body></text></martif>'


def entry(*sections: str) -> str:
    return f'<termEntry id="a">{"".join(sections)}</termEntry>'


def tig(lang: str, text: str, *facts: str) -> str:
    return f'<langSet xml:lang="{lang}"><tig><term>{text}</term>{"".join(facts)}</tig></langSet>'


FULL = Concept(
    "sco",
    {
        "en": Term(Wording("SCO"), status=Status.APPROVED),
        "ru": Term(
            Wording("Организация", ("f", "inan"), {"gen": "Организации", "pl.gen": "a;b"}),
            (Wording("ШОС", ("f", "frozen")), Wording("Союз")),
            (Wording("Пакт", ("m",)),),
            Status.NEEDS_CHECK,
        ),
    },
    category="organisation",
    pos="PROPN",
    case_sensitive=True,
    do_not_translate=True,
    note="One line\nand another",
    source="sectsco.org",
    extra={"definition": "a club & more", "confidence": "high; = very"},
)


@pytest.mark.parametrize("style", STYLES)
@given(given_=concepts(tidy))
def test_round_trip(style: str, given_: list[Concept]) -> None:
    assert list(read(write(*given_, to=style))) == given_


@pytest.mark.parametrize("style", STYLES)
@given(given_=concepts())
def test_what_does_not_come_back_is_told(style: str, given_: list[Concept]) -> None:
    data, losses = attempt(tuple(given_), style)
    assert losses or list(read(data)) == given_


@pytest.mark.parametrize("style", STYLES)
def test_the_file_as_it_was_once(style: str) -> None:
    """Other tools have these files: a change here is a change of format."""
    path = DATA / f"full.{style}.tbx"
    data = write(FULL, to=style)
    assert data.decode() == path.read_text(encoding="utf-8")
    assert termbases.read(path) == (FULL,)


@pytest.mark.parametrize("style", STYLES)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_=concepts())
def test_what_we_write_is_valid(shared: Path, style: str, given_: list[Concept]) -> None:
    schemas = shared / "data" / "interchange" / "schema" / "tbx"
    data, _ = attempt((*given_, FULL), style)
    tree = etree.parse(io.BytesIO(data))
    if style == "tbx-v2":
        dtd, rng, xsd = (schemas / name for name in V2_SCHEMAS)
        etree.DTD(str(dtd)).assertValid(tree)
        relax_ng(rng).assertValid(tree)
        xml_schema(xsd).assertValid(tree)
        return
    relax_ng(schemas / "TBXcoreStructV03.rng").assertValid(tree)
    xml_schema(schemas / "TBX_core.xsd").assertValid(tree)
    dca, dct = (schemas / f"v3-basic-{one}" / f"TBX-Basic_{one}.sch" for one in ("DCA", "DCT"))
    schematron(dct if style == "tbx" else dca).assertValid(tree)
    if style == "tbx":  # the modules of DCT have the categories and levels of DCA
        schematron(dca).assertValid(as_dca(tree))


V2_SCHEMAS = ("TBXBasiccoreStructV02.dtd", "TBXBasicRNGV02.rng", "omegat-tbx.xsd")

HOLDERS = {"subjectField": "descrip", "definition": "descrip", "source": "admin"}
MODULES = {
    "http://www.tbxinfo.net/ns/min": {"subjectField", "administrativeStatus", "partOfSpeech"},
    "http://www.tbxinfo.net/ns/basic": {"definition", "source", "grammaticalGender"},
}


def as_dca(tree: etree._ElementTree) -> etree._ElementTree:
    """The same entries in the other style."""
    root = tree.getroot()
    root.set("style", "dca")
    for node in root.iter(*(f"{{{module}}}*" for module in MODULES)):
        name = etree.QName(node)
        assert name.localname in MODULES[name.namespace]
        node.tag = etree.QName(root).namespace.join("{}") + HOLDERS.get(name.localname, "termNote")
        node.set("type", name.localname)
    return etree.parse(io.BytesIO(etree.tostring(root)))


@cache
def relax_ng(path: Path) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(path))


@cache
def xml_schema(path: Path) -> etree.XMLSchema:
    """A schema whose import is looked for beside it, not in the network."""
    text = path.read_text(encoding="utf-8")
    local = text.replace("http://www.w3.org/2001/xml.xsd", "xml.xsd")
    return etree.XMLSchema(etree.fromstring(local.encode(), base_url=path.as_uri()))


@cache
def schematron(path: Path) -> isoschematron.Schematron:
    """A Schematron schema for XPath 2, in the words of XPath 1, which lxml has."""
    text = path.read_text(encoding="utf-8-sig")
    for new, old in {
        "./local-name()": "local-name()",
        "matches(@target,'https?://.+')": "starts-with(@target, 'http')",
        "not(matches(.,'|.'))": "false()",
        ".. is root()": "not(parent::*)",
        ' queryBinding="xslt2"': "",
    }.items():
        text = text.replace(new, old)
    return isoschematron.Schematron(etree.fromstring(text.encode()))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("preferredTerm-admn-sts", "preferred"),
        (">feminine<", ">female<"),
        (">noun<", ">properNoun<"),
        ('style="dca"', 'style="dct"'),
        ('<descrip type="definition">', '<descrip type="context">'),
        ('type="subjectField"', 'type="subject"'),
    ],
)
def test_the_schematron_refuses(shared: Path, old: str, new: str) -> None:
    """The rules do hold after their translation to XPath 1."""
    schema = shared / "data/interchange/schema/tbx/v3-basic-DCA/TBX-Basic_DCA.sch"
    text = write(FULL, to="tbx-dca").decode()
    assert old in text
    assert not schematron(schema).validate(etree.fromstring(text.replace(old, new).encode()))


def test_ids_that_xml_does_not_take() -> None:
    term = {"en": Term(Wording("Osh"))}
    given_ = [Concept(name, term) for name in ("c1", "7", "a b", "c1", "ош", "", "x.1")]
    data = write(*given_)
    ids = [node.get("id") for node in etree.fromstring(data).iter("{*}conceptEntry")]
    assert len({*ids}) == len(ids)
    assert ids[0] == "c1"
    assert ids[-1] == "x.1"
    assert [one.id for one in read(data)] == [one.id or ids[i] for i, one in enumerate(given_)]


def test_concepts_without_a_term() -> None:
    given_ = (Concept("a", {}), FULL)
    assert attempt(given_, "tbx")[1] == (
        "1 concept: left out, for want of a term in the languages written",
    )
    with pytest.raises(OutputError):
        attempt(given_[:1], "tbx")


@pytest.mark.parametrize(
    ("statuses", "preferred", "variants", "forbidden"),
    [
        (["preferredTerm-admn-sts"], "0", [], []),
        (["", ""], "0", ["1"], []),
        (["admittedTerm", "preferredTerm"], "1", ["0"], []),
        (["admittedTerm", ""], "1", ["0"], []),
        (["deprecatedTerm-admn-sts", "supersededTerm", ""], "2", [], ["0", "1"]),
        (["obsolete", "notRecommended", "admitted", "preferred"], "3", ["2"], ["0", "1"]),
    ],
)
@pytest.mark.parametrize(
    "category", ["administrativeStatus", "normativeAuthorization", "termStatus"]
)
def test_standings(
    category: str, statuses: list[str], preferred: str, variants: list[str], forbidden: list[str]
) -> None:
    notes = [f'<termNote type="{category}">{one}</termNote>' if one else "" for one in statuses]
    (found,) = read(martif(entry(*(tig("ru", str(i), one) for i, one in enumerate(notes)))))
    assert found.terms["ru"] == Term(
        Wording(preferred), tuple(map(Wording, variants)), tuple(map(Wording, forbidden))
    )


def test_a_language_with_forbidden_terms_only_has_no_term() -> None:
    status = '<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote>'
    (found,) = read(martif(entry(tig("en", "Osh"), tig("ru", "Ошь", status))))
    assert found.terms.keys() == {"en"}
    assert found.extra == {"ru.forbidden": "Ошь"}


def test_other_files() -> None:
    """Layout, regions, groups, markup, comments and categories that we do not know."""
    (found,) = read(
        martif(
            """<termEntry id="x"><!-- no --><descripGrp><descrip type="definition">a
                 city</descrip><admin type="source">map</admin></descripGrp>
            <note>one</note><note>two</note><transacGrp><transac type="x">y</transac></transacGrp>
            <langSet xml:lang="en-GB"><ntig><termGrp><term> the <hi>city</hi>
               of Osh </term><termNote type="partOfSpeech">Proper Noun</termNote></termGrp>
               <descrip type="context">in Osh</descrip></ntig></langSet>
            <langSet xml:lang="en-US"><tig><term>Osh</term></tig></langSet>
            <langSet lang="RU"><tig><term>Ош</term><term-x>y</term-x>
            <termNote type="grammaticalGender">masculine</termNote></tig></langSet></termEntry>"""
        )
    )
    assert found == Concept(
        "x",
        {
            "en": Term(Wording("the city of Osh"), (Wording("Osh"),)),
            "ru": Term(Wording("Ош", ("m",))),
        },
        pos="PROPN",
        note="one\ntwo",
        extra={
            "definition": "a city",
            "definition.source": "map",
            "en.context": "in Osh",
            "ru.term-x": "y",
        },
    )


def test_tbx_min() -> None:
    (found,) = read(
        """<TBX dialect="TBX-Min"><header/><body><termEntry id="C1"><subjectField>law</subjectField>
        <langSet xml:lang="en"><tig><term>court</term><noteGrp><note><noteKey>who</noteKey>
        <noteValue>A. B.</noteValue></note></noteGrp><termStatus>preferred</termStatus>
        <partOfSpeech>noun</partOfSpeech></tig></langSet></termEntry></body></TBX>"""
    )
    assert (found.category, found.pos, found.extra) == ("law", "NOUN", {"en.who": "A. B."})


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        ("", "", "broken"),
        ("plain text", ":1", "broken"),
        ("<tmx/>", ":1", 'its root is "tmx"'),
        (martif(entry(tig("ru", "Ош")) + "\n<oops>"), ":2", "broken"),
        (martif("\n" + entry("<langSet><tig><term>x</term></tig></langSet>")), ":2", "no language"),
        (martif(entry(tig("1x", "Ош"))), ":1", '"1x" is not a language code'),
        (martif(entry(tig("ru", "x", "<note>aligner: status=fine</note>"))), ":1", "fine"),
        (martif(entry(tig("ru", "x", "<note>aligner: status</note>"))), ":1", "no field"),
    ],
)
def test_errors_say_where(text: str, where: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text)
    assert caught.value.where == f"terms.tbx{where}"
    assert said in caught.value.message
    assert caught.value.hint


def test_no_file_is_disclosed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    (tmp_path / "secret.dtd").write_text('<!ENTITY x "the secret">')
    body = entry(tig("en", "&x;"))
    for doctype in (
        f'<!DOCTYPE martif [<!ENTITY x SYSTEM "{secret.as_uri()}">]>',
        f'<!DOCTYPE martif [<!ENTITY % d SYSTEM "{tmp_path.as_uri()}/secret.dtd"> %d;]>',
        f'<!DOCTYPE martif SYSTEM "{tmp_path.as_uri()}/secret.dtd">',
    ):
        with pytest.raises(InputError, match="has entities of its own"):
            read(martif(body, doctype))


def test_a_bomb_is_refused() -> None:
    bombs = "".join(f'<!ENTITY x{i + 1} "{f"&x{i};" * 10}">' for i in range(12))
    doctype = f'<!DOCTYPE martif [<!ENTITY x0 "boom">{bombs}]>'
    for body in ("&x12;", '<hi type="&x12;">x</hi>'):
        with pytest.raises(InputError):
            read(martif(entry(tig("en", body)), doctype))


def test_a_missing_dtd_does_not_matter() -> None:
    doctype = '<!DOCTYPE martif SYSTEM "http://127.0.0.1:9/nowhere.dtd">'
    assert len(read(martif(entry(tig("en", "Osh")), doctype))) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1251"])
def test_encodings(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>'
    (found,) = read((text + martif(entry(tig("ru", "Ош")))).encode(encoding))
    assert found.terms["ru"].preferred.text == "Ош"


def test_files_of_other_tools(shared: Path) -> None:
    paths = sorted((shared / "data" / "interchange" / "tbx").glob("*.tbx"))
    assert paths
    for path in paths:
        root = etree.parse(path).getroot()
        count = sum(1 for _ in root.iter("{*}termEntry", "{*}conceptEntry"))
        try:
            found = termbases.read(path)
        except AlignerError as error:
            pytest.fail(f"{path.name} is refused: {error}")
        assert len(found) == count
        for style in STYLES:
            kept = [concept for concept in found if concept.terms]
            data, losses = attempt(tuple(kept), style)
            assert losses or list(read(data)) == kept


PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir>
<glossary_file>__DEFAULT__</glossary_file><dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>EN</source_lang><target_lang>KY</target_lang>
</project></omegat>
"""
SCRIPT = """
if (binding.hasVariable('eventType') && eventType.toString() != 'LOAD') return
import org.omegat.gui.glossary.*
def folder = new File(org.omegat.core.Core.project.projectProperties.glossaryRoot)
def show = { file, entries -> entries.each {
    println "TERM|" + file + "|" + it.srcText + "|" + it.getLocTerms(true).join(",") } }
folder.listFiles().each { file ->
    show(file.name, file.name.endsWith('.tbx') ? GlossaryReaderTBX.read(file, true)
                                               : GlossaryReaderTSV.read(file, true)) }
"""


@pytest.mark.skipif(shutil.which("omegat") is None, reason="OmegaT is not installed")
def test_omegat_reads_our_glossaries(home: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    for name in ("source", "target", "tm", "glossary", "dictionary", "omegat"):
        (project / name).mkdir(parents=True)
    (project / "omegat.project").write_text(PROJECT)
    (project / "source" / "a.txt").write_text("Osh")
    (tmp_path / "probe.groovy").write_text(SCRIPT)
    given_ = [
        FULL,
        Concept("osh", {"en": Term(Wording("Osh & “south”")), "ky": Term(Wording("Ош, түштүк"))}),
    ]
    for name, to in (("a.tbx", "tbx-v2"), ("b.txt", "omegat"), ("c.utf8", "omegat")):
        termbases.write(project / "glossary" / name, given_, to=to, langs=("en", "ky"))
    done = subprocess.run(
        [
            "omegat",
            str(project),
            "--mode=console-translate",
            f"--config-dir={home / 'omegat'}",
            "--no-team",
            f"--script={tmp_path / 'probe.groovy'}",
        ],
        capture_output=True,
        encoding="utf-8",
        env={"PATH": "/usr/bin:/bin", "HOME": str(home), "LC_ALL": "C.UTF-8"},
        timeout=300,
        check=False,
    )
    terms = {line for line in done.stdout.splitlines() if line.startswith("TERM|")}
    osh = "Osh & “south”|Ош, түштүк"
    # SCO is not translated: the same in Kyrgyz. In TBX only a note says so.
    assert terms == {
        f"TERM|a.tbx|{osh}",
        "TERM|a.tbx|SCO|",
        *(f"TERM|{name}|{entry}" for name in ("b.txt", "c.utf8") for entry in (osh, "SCO|SCO")),
    }, done.stdout + done.stderr
