"""The text of a document: what stands in it, in which order and style."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from aligner.formats.publications import Form, Layout, Passage, Publication, Run, Text
from aligner.formats.publications.docx.elements import (
    NAMESPACES,
    Cell,
    Look,
    paragraph,
    row,
    run,
    table,
)
from aligner.formats.publications.docx.sheets import Sheet
from aligner.formats.publications.labels import labels
from aligner.formats.publications.paper import foot, head, is_rtl, is_tall
from aligner.formats.xml import attribute
from aligner.records import Kind

_FORMS = {
    Form.PARAGRAPH: "BodyText",
    Form.ITEM: "ListBullet",
    Form.NUMBERED: "ListNumber",
    Form.QUOTE: "Quote",
}
_SET_BACK = 397  # the other languages below the first, in twentieths of a point
_SPACE = 200  # before each passage in all languages
_LITTLE = 40  # before a heading that says the same as the one above it
_BULLETS = 1  # the list of all items that are not numbered


class Body:
    """Writes the text of a publication.

    Attributes:
        links: the identifiers of the addresses that links lead to.
        starts: where the count of each numbered list begins; their numbers go on from 2.
        headers: the parts that hold the heads of pages, by file name.
    """

    def __init__(self, publication: Publication, sheet: Sheet) -> None:
        self.links: dict[str, str] = {}
        self.starts: list[int] = []
        self.headers: dict[str, str] = {}
        self._publication = publication
        self._sheet = sheet
        self._counts: dict[str, int] = {}  # the last number of a language
        self._lists: dict[str, int] = {}  # and the list that it belongs to

    def document(self, layout: Layout) -> str:
        """The main part."""
        if layout is Layout.TARGET:
            inner = "".join(self._target())
        else:
            columns = layout is Layout.COLUMNS
            parts = self._columns() if columns else self._interleaved()
            inner = "".join((*parts, self._foot(), self._section(self._langs[0])))
        return f"<w:document {NAMESPACES}><w:body>{inner}</w:body></w:document>"

    def footer(self) -> str:
        """The foot of all pages: whose it is, and the page's number."""
        source = self._publication.source
        lang = self._langs[0]
        look = Look("Footer", lang)
        name = run(Run(source.name), look) if source else ""
        tab = f'<w:tabs><w:tab w:val="right" w:pos="{self._sheet.measure}"/></w:tabs>'
        number = f'<w:fldSimple w:instr=" PAGE ">{run(Run("1"), look)}</w:fldSimple>'
        inner = f"{name}<w:r><w:tab/></w:r>{number}"
        style = '<w:pStyle w:val="Footer"/>'
        return f"<w:ftr {NAMESPACES}><w:p><w:pPr>{style}{tab}</w:pPr>{inner}</w:p></w:ftr>"

    @property
    def _langs(self) -> tuple[str, ...]:
        return self._publication.langs

    def _target(self) -> Iterator[str]:
        for n, lang in enumerate(self._langs):
            yield self._text("Title", lang, self._publication.titles[lang])
            yield self._source(lang) + self._notice(lang)
            for one in self._publication.passages:
                yield self._passage(one, lang)
            if n + 1 < len(self._langs):
                yield paragraph(Look("SmallPrint", lang), "", self._section(lang))
        yield self._foot()
        yield self._section(self._langs[-1])

    def _columns(self) -> Iterator[str]:
        titles = self._publication.titles
        names = [labels(lang).language for lang in self._langs]
        about = [
            Cell(said or self._empty(), has_line=lang in self._publication.notices)
            for lang in self._langs
            for said in [self._source(lang) + self._notice(lang, has_line=False)]
        ]
        rows = [
            self._row(
                [
                    Cell(self._plain("LanguageName", lang, name))
                    for lang, name in zip(self._langs, names, strict=True)
                ],
                is_head=True,
            ),
            self._row([self._cell("Title", lang, titles[lang]) for lang in self._langs]),
            self._row(about),
            *map(self._passages, self._publication.passages),
        ]
        title = titles[self._langs[0]].text
        width, count = self._sheet.measure, len(self._langs)
        yield table(title, " · ".join(names), width, rows, count)

    def _passages(self, one: Passage) -> str:
        """A passage in all languages, as a row."""
        return self._row(
            [
                self._cell(_style(one), lang, one.texts[lang], self._number(one, lang))
                for lang in self._langs
            ],
            is_whole=not is_tall(self._publication, one),
        )

    def _cell(self, style: str, lang: str, text: Text, number: int = 0) -> Cell:
        """A text as a cell, which has the line beside it in the paragraph's stead."""
        look = self._look(style, lang, text, number)
        inner = paragraph(replace(look, has_line=False), self._runs(text.runs, look))
        return Cell(inner, has_line=look.is_draft, is_rtl=look.is_rtl)

    def _row(self, cells: Sequence[Cell], *, is_head: bool = False, is_whole: bool = True) -> str:
        return row(cells, self._sheet.measure, is_head=is_head, is_whole=is_whole)

    def _interleaved(self) -> Iterator[str]:
        first = self._langs[0]
        for lang in self._langs:
            style = "Title" if lang == first else "Subtitle"
            yield self._text(style, lang, self._publication.titles[lang])
        yield self._source(first)
        for lang in self._langs:
            yield self._notice(lang)
        for one in self._publication.passages:
            for lang in self._langs:
                yield self._passage(one, lang, **_place(one, is_first=lang == first))

    def _passage(self, one: Passage, lang: str, **looks: Any) -> str:
        text = one.texts[lang]
        look = self._look(_style(one), lang, text, self._number(one, lang))
        return paragraph(replace(look, **looks), self._runs(text.runs, look))

    def _number(self, one: Passage, lang: str) -> int:
        """The list that counts a passage: a new one where its number is not the next."""
        if one.kind is not Kind.BODY or one.form is not Form.NUMBERED:
            return 0
        if one.number != self._counts.get(lang, 0) + 1 or lang not in self._lists:
            self.starts.append(one.number)
            self._lists[lang] = _BULLETS + len(self.starts)
        self._counts[lang] = one.number
        return self._lists[lang]

    def _text(self, style: str, lang: str, text: Text) -> str:
        look = self._look(style, lang, text)
        return paragraph(look, self._runs(text.runs, look))

    def _look(self, style: str, lang: str, text: Text, number: int = 0) -> Look:
        is_draft = bool(self._publication.mark(lang, text))
        return Look(style, lang, is_rtl(text.text), is_draft, is_draft, number=number)

    def _plain(self, style: str, lang: str, said: str, *, has_line: bool = False) -> str:
        look = Look(style, lang, is_rtl(said), has_line=has_line)
        return paragraph(look, run(Run(said), look))

    def _runs(self, runs: Sequence[Run], look: Look) -> str:
        return "".join(
            f'<w:hyperlink r:id="{self._link(link)}" w:history="1">{inner}</w:hyperlink>'
            if link
            else inner
            for link, alike in groupby(runs, key=lambda one: one.link)
            for inner in ["".join(run(one, look) for one in alike)]
        )

    def _link(self, link: str) -> str:
        return self.links.setdefault(link, f"link{len(self.links) + 1}")

    def _source(self, lang: str) -> str:
        source = self._publication.source
        if source is None:
            return ""
        look = Look("Source", lang)
        return paragraph(
            look,
            self._runs([Run(f"{labels(lang).source}: "), Run(source.name, source.link)], look),
        )

    def _notice(self, lang: str, *, has_line: bool = True) -> str:
        notice = self._publication.notices.get(lang, "")
        return self._plain("Notice", lang, notice, has_line=has_line) if notice else ""

    def _foot(self) -> str:
        """The lines at the end, below a rule; at least that, for no document may end in a table."""
        lines = [self._plain("SmallPrint", *one) for one in foot(self._publication)]
        return self._empty("EndRule") + "".join(lines)

    def _empty(self, style: str = "SmallPrint") -> str:
        return paragraph(Look(style, self._langs[0]), "")

    def _section(self, lang: str) -> str:
        """The end of a section, whose pages but the first have the title at their head."""
        name = f"header{len(self.headers) + 1}"
        look = Look("Header", lang)
        inner = paragraph(look, run(Run(head(self._publication, lang)), look))
        self.headers[f"{name}.xml"] = f"<w:hdr {NAMESPACES}>{inner}</w:hdr>"
        sheet = self._sheet
        turned = ' w:orient="landscape"' if sheet.width > sheet.height else ""
        side = f'w:right="{sheet.side}" w:left="{sheet.side}"'
        return (
            f'<w:sectPr><w:headerReference w:type="default" r:id={attribute(name)}/>'
            '<w:footerReference w:type="default" r:id="footer1"/>'
            '<w:footerReference w:type="first" r:id="footer1"/>'
            f'<w:pgSz w:w="{sheet.width}" w:h="{sheet.height}"{turned}/>'
            f'<w:pgMar w:top="1191" {side} w:bottom="1134" w:header="624" w:footer="567"'
            ' w:gutter="0"/><w:titlePg/></w:sectPr>'
        )


def _place(one: Passage, *, is_first: bool) -> dict[str, int]:
    """Where a passage stands among those that say the same: the first on its own, others by it."""
    if one.kind is Kind.HEADING:
        return {"keeps_next": True} if is_first else {"space": _LITTLE}
    return {"keeps_next": True, "space": _SPACE} if is_first else {"indent": _SET_BACK}


def _style(one: Passage) -> str:
    if one.kind is Kind.HEADING:
        return f"Heading{min(5, max(1, one.level - 1))}"
    return "Caption" if one.kind is Kind.CAPTION else _FORMS[one.form]
