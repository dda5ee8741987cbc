"""Publications for word processors: another reader finds the same text; Word's rules are kept."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.table import Table
from docx.text.paragraph import Paragraph
from hypothesis import given
from lxml import etree
from publications import ARTICLE, HOSTILE, MADE_AT, any_publication, passage, publication, text

from aligner.formats.publications import Form, Layout, Publication, Run, write
from aligner.records import Origin

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMES = {"w": W[1:-1]}
OFFICE = shutil.which("soffice")

# The order of properties in ISO/IEC 29500-1, of those that we use.
ORDERS = {
    "pPr": "pStyle keepNext keepLines widowControl numPr pBdr shd tabs suppressAutoHyphens bidi "
    "spacing ind contextualSpacing outlineLvl sectPr",
    "rPr": "rStyle rFonts b bCs i iCs noProof color spacing sz szCs u rtl lang",
    "sectPr": "headerReference footerReference pgSz pgMar titlePg",
    "tblPr": "tblStyle tblW tblInd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "trPr": "cantSplit tblHeader",
    "tcPr": "tcW tcBorders",
    "style": "name basedOn next uiPriority semiHidden qFormat pPr rPr tblPr tblStylePr",
    "settings": "zoom defaultTabStop autoHyphenation consecutiveHyphenLimit hyphenationZone "
    "doNotHyphenateCaps characterSpacingControl compat decimalSymbol listSeparator",
    "numbering": "abstractNum num",
    "lvl": "start numFmt lvlText lvlJc pPr",
    "tbl": "tblPr tblGrid tr",
    "p": "pPr r hyperlink fldSimple",
}


def document(made: Publication, layout: Layout = Layout.COLUMNS) -> bytes:
    file = BytesIO()
    write(file, made, "docx", layout)
    return file.getvalue()


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(BytesIO(data)) as opened:
        return etree.fromstring(opened.read(name))


def paragraphs(data: bytes) -> Iterator[Paragraph]:
    """All paragraphs in their order, those of tables row by row."""
    for one in docx.Document(BytesIO(data)).iter_inner_content():
        if isinstance(one, Table):
            for row in one.rows:
                for cell in row.cells:
                    yield from cell.paragraphs
        else:
            yield one


def lang(paragraph: Paragraph) -> str:
    """The one language of a paragraph's runs, without the country."""
    found = paragraph._p.xpath(".//w:r/w:rPr/w:lang/@w:val | .//w:r/w:rPr/w:lang/@w:bidi")
    named = {one.partition("-")[0] for one in found}
    assert len(named) == 1
    return named.pop()


@pytest.mark.parametrize("layout", list(Layout))
@given(made=any_publication)
def test_any_text_comes_back(layout: Layout, made: Publication) -> None:
    found = [(lang(one), one.text) for one in paragraphs(document(made, layout)) if one.text]
    for own in made.langs:
        there = iter([said for named, said in found if named == own])
        for one in (made.titles[own], *(one.texts[own] for one in made.passages)):
            assert one.text in there  # and in this order


@pytest.mark.parametrize("layout", list(Layout))
def test_properties_stand_in_the_order_of_the_standard(layout: Layout) -> None:
    data = document(ARTICLE, layout)
    with zipfile.ZipFile(BytesIO(data)) as opened:
        names = [
            name for name in opened.namelist() if name.startswith("word/") and "rels" not in name
        ]
    seen = set()
    for name in names:
        for one in part(data, name).iter():
            own = etree.QName(one).localname
            if order := ORDERS.get(own, "").split():
                seen.add(own)
                places = [order.index(etree.QName(each).localname) for each in one]
                if own != "p":
                    assert places == sorted(places), (name, own)
    assert seen >= set(ORDERS) - {"tbl", "trPr", "tcPr"}


def test_the_same_publication_gives_the_same_bytes() -> None:
    assert document(ARTICLE) == document(ARTICLE)
    other = replace(ARTICLE, date=MADE_AT.replace(year=2027))
    assert document(other) != document(ARTICLE)
    assert document(replace(ARTICLE, date=None))


def test_the_document_says_what_it_is() -> None:
    about = docx.Document(BytesIO(document(ARTICLE))).core_properties
    assert about.title == "Title in en"
    assert about.author == "CABAR & Co"
    assert about.language == "en-GB"
    assert about.keywords == "English, Русский, Кыргызча"
    assert about.modified == MADE_AT
    assert part(document(ARTICLE), "word/settings.xml").find(f"{W}autoHyphenation") is not None


def test_columns_are_a_table_whose_head_comes_again() -> None:
    (table,) = docx.Document(BytesIO(document(ARTICLE))).tables
    head, titles, about, *rows = table.rows
    assert [cell.text for cell in head.cells] == ["English", "Русский", "Кыргызча"]
    assert [cell.text for cell in titles.cells] == [f"Title in {lang}" for lang in ARTICLE.langs]
    assert about.cells[1].text.startswith("Источник: CABAR & Co\nЭто машинный перевод.")
    assert len(rows) == len(ARTICLE.passages)
    assert [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in table.rows][:3] == [
        True,
        False,
        False,
    ]
    assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)
    assert not table.autofit
    (caption,) = table._tbl.xpath("./w:tblPr/w:tblCaption/@w:val")
    (summary,) = table._tbl.xpath("./w:tblPr/w:tblDescription/@w:val")
    assert (caption, summary) == ("Title in en", "English · Русский · Кыргызча")
    widths = table._tbl.xpath("./w:tblGrid/w:gridCol/@w:w")
    assert len(widths) == 3
    (section,) = docx.Document(BytesIO(document(ARTICLE))).sections
    room = section.page_width - section.left_margin - section.right_margin
    assert 0 <= room // 635 - sum(map(int, widths)) < 3
    assert sorted([section.page_width.mm, section.page_height.mm]) == pytest.approx(
        [210, 297], abs=0.1
    )


def test_a_row_that_no_page_can_hold_may_break() -> None:
    made = publication(passage("x" * 20_000, "y", "z"))
    (table,) = docx.Document(BytesIO(document(made))).tables
    assert not table.rows[-1]._tr.xpath("./w:trPr/w:cantSplit")


def test_passages_have_the_styles_of_what_they_are() -> None:
    data = document(ARTICLE, Layout.INTERLEAVED)
    styles = {one.text: one.style.name for one in paragraphs(data)}
    assert styles["Title in en"] == "Title"
    assert styles["Title in ky"] == "Subtitle"
    assert styles["What is next?"] == "Heading 1"
    assert styles["A visit."] == "Body Text"
    assert styles["Фото: vb.kg"] == "Caption"
    assert styles["wheat"] == "List Bullet"
    assert styles["второе"] == "List Number"
    assert styles["Жамгыр жок."] == "Quote"
    assert styles["© CABAR <2023>"] == "Small Print"


def test_one_language_after_the_other_has_sections_with_their_own_heads() -> None:
    sections = docx.Document(BytesIO(document(ARTICLE, Layout.TARGET))).sections
    assert [one.header.paragraphs[0].text for one in sections] == [
        f"Title in {lang}" for lang in ARTICLE.langs
    ]
    for one in sections:
        assert one.different_first_page_header_footer
        for foot in (one.footer, one.first_page_footer):
            assert foot._element.xpath(".//w:fldSimple[contains(@w:instr, 'PAGE')]")


@pytest.mark.parametrize("layout", list(Layout))
def test_unreviewed_text_has_its_style_and_line_until_it_is_final(layout: Layout) -> None:
    by_text = {one.text: one for one in paragraphs(document(ARTICLE, layout))}
    draft, own = by_text["Визит."], by_text["A visit."]
    assert [run.style.name for run in draft.runs] == ["Unreviewed Translation"]
    assert [run.style.name for run in own.runs] == ["Default Paragraph Font"]
    dotted = "ancestor-or-self::*[self::w:p or self::w:tc]/*/*/w:left[@w:val='dotted']"
    assert draft._p.xpath(dotted)
    assert not own._p.xpath(dotted)
    assert "Смотрите карту x < y" in by_text  # a person's
    assert not by_text["Смотрите карту x < y"]._p.xpath(dotted)
    final = part(document(replace(ARTICLE, notices={}), layout), "word/document.xml")
    assert "Unreviewed" not in etree.tostring(final, encoding="unicode")
    assert not final.xpath("//w:left[@w:val='dotted']", namespaces=NAMES)


def test_links_lead_where_the_publication_says_and_nowhere_else() -> None:
    data = document(ARTICLE)
    relations = part(data, "word/_rels/document.xml.rels")
    outside = {one.get("Target") for one in relations if one.get("TargetMode") == "External"}
    assert outside == {"https://cabar.asia/en/visit?a=1&b=2", "https://a.example/?q=a&b=(c)"}
    linked = [(link.text, link.address) for one in paragraphs(data) for link in one.hyperlinks]
    assert ("the map", "https://a.example/?q=a&b=(c)") in linked
    assert ("CABAR & Co", "https://cabar.asia/en/visit?a=1&b=2") in linked


def test_numbered_lists_count_for_each_language_and_go_on_where_numbers_do() -> None:
    made = publication(
        *(passage("a", "b", "c", form=Form.NUMBERED, number=number) for number in (3, 4, 1, 2)),
        langs=("en", "ru"),
    )
    data = document(made)
    own = part(data, "word/document.xml").xpath("//w:numId/@w:val", namespaces=NAMES)
    assert own == ["2", "3", "2", "3", "4", "5", "4", "5"]
    starts = part(data, "word/numbering.xml").xpath("//w:start/@w:val", namespaces=NAMES)
    assert starts == ["1", "3", "3", "1", "1"]  # bullets first


def test_text_from_right_to_left_is_said_to_be() -> None:
    made = publication(passage("שלום עולם", "سلام", "ok"))
    found = {one.text: one for one in paragraphs(document(made, Layout.TARGET))}
    for said in ("שלום עולם", "سلام"):
        assert found[said]._p.xpath("./w:pPr/w:bidi")
        assert found[said]._p.xpath("./w:r/w:rPr/w:rtl")
    assert found["سلام"]._p.xpath("./w:pPr/w:pBdr/w:right")
    assert not found["ok"]._p.xpath("./w:pPr/w:bidi")


def test_characters_that_xml_cannot_hold_do_not_break_the_file() -> None:
    made = publication(passage("a\ufffeb", "в\x07г", "ok"))
    assert {"ab", "вг"} <= {one.text for one in paragraphs(document(made))}


def test_looks_are_kept() -> None:
    made = publication(
        replace(
            passage("a", "b", "c"),
            texts={
                "en": text(
                    Run("bold", is_bold=True),
                    Run("slanted", is_italic=True),
                    Run("x", is_code=True),
                ),
                "ru": text(Run("нет", is_missing=True)),
                "ky": text("c", origin=Origin.HUMAN),
            },
        )
    )
    found = {one.text: one.runs for one in paragraphs(document(made))}
    bold, slanted, code = found["boldslantedx"]
    assert bold.bold
    assert slanted.italic
    assert code.style.name == "Code"
    assert found["нет"][0].style.name == "Not Translated"


@pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice")
@pytest.mark.parametrize("layout", list(Layout))
def test_libreoffice_opens_it_and_shows_all_of_it(tmp_path: Path, layout: Layout) -> None:
    from pypdf import PdfReader

    long = "Слово за словом. " * 1200  # goes on over pages
    made = replace(ARTICLE, passages=(*ARTICLE.passages, passage("x", long.strip(), "z")))
    (tmp_path / "a.docx").write_bytes(document(made, layout))
    subprocess.run(
        [
            str(OFFICE),
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            *("--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)),
            str(tmp_path / "a.docx"),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    pages = PdfReader(tmp_path / "a.pdf").pages
    shown = "".join("".join(page.extract_text() for page in pages).split())
    for said in (
        "Title in ky",
        "Смотрите карту x < y",
        "[которула элек]",
        "2.экинчи",
        *HOSTILE[:6],
    ):
        assert "".join(said.split()) in shown
    assert shown.count("Слово") == 1200
    assert len(pages) > 3
