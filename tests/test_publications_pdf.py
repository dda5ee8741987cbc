"""Publications as PDF: another reader finds the same text, and nothing in it is ever run."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from publications import (
    ARTICLE,
    HOSTILE,
    LANGS,
    MADE_AT,
    any_passage,
    passage,
    publication,
    text,
)
from pypdf import PdfReader

from aligner.errors import OutputError
from aligner.formats.publications import Form, Layout, Publication, Run, write
from aligner.records import Kind, Origin

# What the letters that Typst brings can show, read from left to right.
SHOWN = st.characters(
    codec="utf-8",
    categories=["Lu", "Ll", "Nd", "Po"],
    max_codepoint=0x4FF,
    exclude_characters="".join(map(chr, range(0x250, 0x410))),
)
TYPST = (
    '#read("/etc/passwd")',
    '#import "@preview/a:0.1.0"',
    "#panic()",
    "#sys.inputs",
    "$x^2$ \\u{41} @cite <label> // no /* comment */",
    "= heading",
    "'single' \"double\" -- --- ...",
    "https://a.example/#fragment",
    *HOSTILE[:14],
)


def pdf(made: Publication, layout: Layout = Layout.COLUMNS) -> bytes:
    file = BytesIO()
    write(file, made, "pdf", layout)
    return file.getvalue()


def read(data: bytes) -> PdfReader:
    return PdfReader(BytesIO(data))


def bare(said: str) -> str:
    """A text without what setting it adds or takes: spaces, hyphens where lines end."""
    return "".join(said.split()).translate(dict.fromkeys(map(ord, "\u200b\u00ad\u2010-")))


def shown(data: bytes) -> str:
    return bare("".join(page.extract_text() for page in read(data).pages))


def claims_ua(data: bytes) -> bool:
    return b"pdfuaid" in data


ARTICLE_SHOWN = replace(ARTICLE, passages=ARTICLE.passages[:9])  # without emoji

any_shown = st.text(SHOWN, min_size=1, max_size=60).filter(str.strip)


@settings(max_examples=20, deadline=None)
@pytest.mark.parametrize("layout", list(Layout))
@given(
    texts=st.lists(st.fixed_dictionaries(dict.fromkeys(LANGS, any_shown)), max_size=4),
    forms=st.lists(st.sampled_from(Form), min_size=4, max_size=4),
)
def test_any_text_comes_back(
    layout: Layout, texts: list[dict[str, str]], forms: list[Form]
) -> None:
    passages = [
        passage(*(one[lang] for lang in LANGS), form=form)
        for one, form in zip(texts, forms, strict=False)
    ]
    found = shown(pdf(publication(*passages), layout))
    for lang in LANGS:
        at = found.index(f"Titlein{lang}")
        for one in texts:
            at = found.index(bare(one[lang]), at) + len(bare(one[lang]))


@settings(max_examples=8, deadline=None)
@pytest.mark.parametrize("layout", list(Layout))
@given(passages=st.lists(any_passage, max_size=3))
def test_any_characters_and_looks_can_be_set(layout: Layout, passages: list) -> None:
    assert read(pdf(publication(*passages), layout)).pages


@pytest.mark.parametrize("layout", list(Layout))
def test_text_is_never_markup(layout: Layout) -> None:
    made = publication(*(passage(one, one, one) for one in TYPST))
    data = pdf(made, layout)
    found = shown(data)
    for one in TYPST:
        assert found.count(bare(one)) >= 3
    assert b"/JavaScript" not in data
    assert b"/EmbeddedFile" not in data


def test_the_same_publication_gives_the_same_bytes() -> None:
    plain = ARTICLE_SHOWN
    assert pdf(plain) == pdf(plain)
    assert pdf(replace(plain, date=MADE_AT.replace(year=2027))) != pdf(plain)
    assert pdf(replace(plain, date=None)) == pdf(replace(plain, date=None))


@pytest.mark.parametrize("layout", list(Layout))
def test_it_is_tagged_and_says_what_it_is(layout: Layout) -> None:
    data = pdf(ARTICLE_SHOWN, layout)
    assert claims_ua(data)
    opened = read(data)
    root = opened.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert opened.metadata.title == "Title in en"
    assert opened.metadata.author == "CABAR & Co"
    assert opened.metadata.creation_date == MADE_AT


@pytest.mark.parametrize("layout", list(Layout))
def test_headings_are_its_outline(layout: Layout) -> None:
    level = passage("Deep", "Глубоко", "Терең", kind=Kind.HEADING)
    made = publication(*ARTICLE.passages[:2], replace(level, level=5))
    data = pdf(made, layout)
    assert claims_ua(data)  # which asks that no level be left out

    def titles(outline: list) -> list:
        return [titles(one) if isinstance(one, list) else one.title for one in outline]

    own = ["Title in en", ["What is next?", ["Deep"]]]
    others = [
        "Title in ru",
        ["Что дальше?", ["Глубоко"]],
        "Title in ky",
        ["Мындан ары?", ["Терең"]],
    ]
    assert titles(read(data).outline) == (own + others if layout is Layout.TARGET else own)


def test_links_lead_where_the_publication_says_and_nowhere_else() -> None:
    found = {
        note.get_object()["/A"]["/URI"]
        for page in read(pdf(ARTICLE_SHOWN)).pages
        for note in page.get("/Annots", ())
    }
    assert found == {"https://cabar.asia/en/visit?a=1&b=2", "https://a.example/?q=a&b=(c)"}


@pytest.mark.parametrize("layout", list(Layout))
def test_headings_stay_with_what_they_are_above(layout: Layout) -> None:
    head = passage("Next", "Далее", "Андан ары", kind=Kind.HEADING)
    rows = [passage(f"row {n}.", f"строка {n}.", f"сап {n}.") for n in range(40)]
    ends = 0
    for n in range(12, 34):
        made = publication(*rows[:n], head, passage("Below", "Ниже", "Төмөн"))
        pages = [bare(page.extract_text()) for page in read(pdf(made, layout)).pages]
        for word, below in (("Next", "Below"), ("Далее", "Ниже"), ("Анданары", "Төмөн")):
            (page,) = (page for page in pages if word in page)
            assert ("Below" if layout is Layout.INTERLEAVED else below) in page
        ends += pages[-1].count("row") == 0  # what is below did not fit
    assert ends or layout is Layout.TARGET


def test_columns_name_their_languages_on_every_page_and_three_lie_across() -> None:
    made = publication(*(passage("A b. " * 40, "В г. " * 40, "Д е. " * 40) for _ in range(12)))
    pages = read(pdf(made)).pages
    assert len(pages) > 1
    for n, page in enumerate(pages, 1):
        said = bare(page.extract_text())
        assert "EnglishРусскийКыргызча" in said
        assert said.count("Titleinen") == 1  # on the first as the title, then at the top
        assert said.endswith(f"CABAR&Co{n}")
        assert page.mediabox.width > page.mediabox.height
    two = read(pdf(replace(made, langs=("en", "ru")))).pages[0]
    assert two.mediabox.width < two.mediabox.height


@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize("said", ["x" * 20_000, ("Слово за словом. " * 1177)[:20_000].strip()])
def test_a_text_of_20_000_letters_goes_on_over_pages(layout: Layout, said: str) -> None:
    made = publication(passage("a", said, "b"))
    pages = read(pdf(made, layout)).pages
    assert len(pages) > 3
    found = "".join(page.extract_text() for page in pages)
    letter = said[0]
    assert found.count(letter) >= said.count(letter)
    for page in pages:  # and over no margin
        right = []
        page.extract_text(visitor_text=lambda _, __, at, ___, ____, to=right: to.append(at[4]))
        assert max(right) < page.mediabox.width


def test_notices_mark_what_is_not_reviewed_until_it_is_final() -> None:
    assert "Этомашинныйперевод." in shown(pdf(ARTICLE_SHOWN))
    final = pdf(replace(ARTICLE_SHOWN, notices={}))
    assert "машинный" not in shown(final)
    dotted = b"0.72156864 0.43137255 0 SCN"  # the colour of the line
    streams = [page.get_contents().get_data() for page in read(pdf(ARTICLE_SHOWN)).pages]
    assert any(dotted in one for one in streams)
    assert not any(dotted in page.get_contents().get_data() for page in read(final).pages)


def test_bold_and_slanted_kyrgyz_has_all_its_letters() -> None:
    looks = [(True, False), (False, True), (True, True)]
    runs = [Run("ңөүҢӨҮ", is_bold=bold, is_italic=slanted) for bold, slanted in looks]
    made = publication(
        replace(
            passage("a", "b", "c"),
            texts={lang: text(*runs, origin=Origin.HUMAN) for lang in LANGS},
        )
    )
    data = pdf(made)
    assert claims_ua(data)
    assert {font[8:] for font in fonts(data)} <= {
        "LibertinusSerif-Regular",
        "LibertinusSerif-Semibold",
        "LibertinusSerif-Italic",
        "LibertinusSerif-SemiboldItalic",
    }


def fonts(data: bytes) -> set[str]:
    return {
        str(font.get_object()["/BaseFont"]).removesuffix("-Identity-H")
        for page in read(data).pages
        for font in page["/Resources"]["/Font"].values()
    }


def test_characters_without_a_glyph_are_named() -> None:
    made = publication(passage("a\U0010fffdb", "в", "г"))
    file = BytesIO()
    [lost] = write(file, made, "pdf", Layout.COLUMNS)
    data = file.getvalue()
    assert re.match(r"no font .* \(U\+10FFFD\): .* boxes", lost)
    assert not claims_ua(data)
    assert read(data).pages


def test_without_typst_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(OutputError, match=r"(?s)Typst, which is not installed.*aligner\[pdf\]"):
        pdf(ARTICLE)
