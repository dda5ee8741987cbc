"""Paragraphs, runs and tables of WordprocessingML (ISO/IEC 29500-1, part 17).

Properties stand in the order that the standard's schema asks for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aligner.formats.publications import Run
from aligner.formats.publications.paper import region
from aligner.formats.xml import attribute, escaped

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{RELATIONS}"'
)
# Of the style "Code", too; but in tables with a style LibreOffice takes no letters from there.
_TYPEWRITER = '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>'
_INDENTS = {"ListBullet": 340, "ListNumber": 340, "Quote": 454}  # as the style sheet has them


def tag(lang: str) -> str:
    """A language with its country, as BCP 47 has it: "ru-RU"."""
    return f"{lang}-{region(lang)}" if region(lang) else lang


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph looks.

    Attributes:
        style: the id of its style.
        lang: its language.
        is_rtl: whether it runs from right to left.
        is_draft: whether nobody has reviewed it: its runs have the style for that.
        has_line: whether it has the line beside it that marks this.
        keeps_next: whether it stays on the page of the next one.
        number: the list that counts it; 0 for that of its style.
        space: before it, in twentieths of a point; 0 as its style has it.
        indent: how far it is set back, in twentieths of a point, from where its style has it.
    """

    style: str
    lang: str
    is_rtl: bool = False
    is_draft: bool = False
    has_line: bool = False
    keeps_next: bool = False
    number: int = 0
    space: int = 0
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table.

    Attributes:
        inner: its paragraphs.
        has_line: whether it has the line at its side.
        is_rtl: whether its text runs from right to left.
    """

    inner: str
    has_line: bool = False
    is_rtl: bool = False


def _line(*, is_rtl: bool, space: int) -> str:
    """The dotted line before what nobody has reviewed, some points from it."""
    side = "right" if is_rtl else "left"
    return f'<w:{side} w:val="dotted" w:sz="12" w:space="{space}" w:color="B86E00"/>'


def paragraph(look: Look, inner: str, section: str = "") -> str:
    """A paragraph; `section` are the properties of one that ends with it."""
    count = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{look.number}"/></w:numPr>'
    line = _line(is_rtl=look.is_rtl, space=6)
    left = look.indent + _INDENTS.get(look.style, 0)
    properties = (
        f'<w:pStyle w:val="{look.style}"/>',
        "<w:keepNext/>" if look.keeps_next else "",
        count if look.number else "",
        f"<w:pBdr>{line}</w:pBdr>" if look.has_line else "",
        "<w:bidi/>" if look.is_rtl else "",
        f'<w:spacing w:before="{look.space}"/>' if look.space else "",
        f'<w:ind w:left="{left}"/>' if look.indent else "",
        section,
    )
    return f"<w:p><w:pPr>{''.join(properties)}</w:pPr>{inner}</w:p>"


def run(one: Run, look: Look) -> str:
    """A run of text, in the language of its paragraph."""
    style = (
        "Hyperlink"
        if one.link
        else "Code"
        if one.is_code
        else "NotTranslated"
        if one.is_missing
        else "Unreviewed"
        if look.is_draft
        else ""
    )
    named = attribute(tag(look.lang))
    properties = (
        f'<w:rStyle w:val="{style}"/>' if style else "",
        _TYPEWRITER if one.is_code else "",
        "<w:b/><w:bCs/>" if one.is_bold else "",
        "<w:i/><w:iCs/>" if one.is_italic else "",
        "<w:rtl/>" if look.is_rtl else "",
        f"<w:lang w:bidi={named}/>" if look.is_rtl else f"<w:lang w:val={named}/>",
    )
    said = f'<w:t xml:space="preserve">{escaped(one.text)}</w:t>'
    return f"<w:r><w:rPr>{''.join(properties)}</w:rPr>{said}</w:r>"


def table(title: str, summary: str, width: int, rows: Sequence[str], columns: int) -> str:
    """A table with columns of the same width, as wide as `width`.

    Args:
        title: what it is, for screen readers.
        summary: what is in it.
        width: in twentieths of a point.
        rows: from `row`.
        columns: how many.
    """
    grid = f'<w:gridCol w:w="{width // columns}"/>' * columns
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="ParallelText"/>'
        f'<w:tblW w:w="{width}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        ' w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={attribute(title)}/><w:tblDescription w:val={attribute(summary)}/>"
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def row(cells: Sequence[Cell], width: int, *, is_head: bool = False, is_whole: bool = True) -> str:
    """A row of cells of the same width.

    Args:
        cells: from left to right.
        width: of the table, in twentieths of a point.
        is_head: whether it stands on every page again.
        is_whole: whether no page may end within it.
    """
    own = ("<w:cantSplit/>" if is_whole else "") + ("<w:tblHeader/>" if is_head else "")
    inner = "".join(_cell(one, width // len(cells)) for one in cells)
    return f"<w:tr>{f'<w:trPr>{own}</w:trPr>' if own else ''}{inner}</w:tr>"


def _cell(one: Cell, width: int) -> str:
    line = _line(is_rtl=one.is_rtl, space=0)
    border = f"<w:tcBorders>{line}</w:tcBorders>" if one.has_line else ""
    size = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    return f"<w:tc><w:tcPr>{size}{border}</w:tcPr>{one.inner}</w:tc>"
