"""Publications as web pages: the text comes back, nothing in it acts, and it is for everyone."""

from __future__ import annotations

import base64
import hashlib
import re
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given
from lxml import html
from publications import ARTICLE, any_publication, passage, publication, text

from aligner.formats.publications import Layout, Publication, write
from aligner.records import Kind, Origin

LAYOUTS = list(Layout)


def page(made: Publication, layout: Layout) -> html.HtmlElement:
    return html.document_fromstring(source(made, layout))


def source(made: Publication, layout: Layout) -> str:
    file = BytesIO()
    write(file, made, "html", layout)
    return file.getvalue().decode()


def read(element: html.HtmlElement) -> str:
    """The text of an element, without what is said to screen readers besides."""
    for aside in element.xpath(".//*[@class='aside']"):
        aside.drop_tree()
    return str(element.text_content())


def in_language(root: html.HtmlElement, lang: str) -> list[str]:
    """The passages of the main part in a language, in order."""
    own = "({})".format(
        " or ".join(f"self::{name}" for name in ("p", "li", "h2", "h3", "h4", "h5", "h6"))
    )
    if root.xpath("//td"):
        found = root.xpath(f"//td[@lang='{lang}']//*[{own}]")
    elif root.xpath("//article"):
        found = root.xpath(
            f"//article[@id='{lang}']/*[not(self::header)]/descendant-or-self::*[{own}]"
        )
    else:
        found = root.xpath(f"//main//*[@lang='{lang}'][{own} or self::span or self::blockquote]")
    return [read(one) for one in found]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_text_comes_back(layout: Layout) -> None:
    assert_comes_back(ARTICLE, layout)


@pytest.mark.parametrize("layout", LAYOUTS)
@given(made=any_publication)
def test_any_text_comes_back(layout: Layout, made: Publication) -> None:
    assert_comes_back(made, layout)


def assert_comes_back(made: Publication, layout: Layout) -> None:
    root = page(made, layout)
    for lang in made.langs:
        assert in_language(root, lang) == [one.texts[lang].text for one in made.passages]
    titles = root.xpath("//h1/span") or root.xpath("//*[contains(@class, 'title')]")
    assert [read(one) for one in titles] == [made.titles[lang].text for lang in made.langs]
    assert [one.text_content() for one in root.xpath("//*[@class='credit']")] == [
        line for lines in made.credits.values() for line in lines
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_in_a_text_acts(layout: Layout) -> None:
    root = page(ARTICLE, layout)
    assert {one.tag for one in root.iter() if isinstance(one.tag, str)}.isdisjoint(
        {"script", "img", "iframe", "object", "form", "svg", "base"}
    )
    assert not root.xpath("//@*[starts-with(name(), 'on')]")
    for link in root.xpath("//@href"):
        assert re.match(r"https://|#", link)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_page_asks_for_nothing(layout: Layout) -> None:
    root = page(ARTICLE, layout)
    policy = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    style = root.xpath("//style")[0].text
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; ")
    assert f"style-src 'sha256-{digest}'" in policy
    assert not root.xpath("//link | //@src | //@srcset | //@style")
    assert "url(" not in style
    assert "@import" not in style


@pytest.mark.parametrize("layout", LAYOUTS)
def test_there_is_one_first_heading_and_none_is_skipped(layout: Layout) -> None:
    root = page(ARTICLE, layout)
    levels = [int(one.tag[1]) for one in root.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    names = root.xpath("//@id")
    assert len(names) == len(set(names))
    assert {href[1:] for href in root.xpath("//@href") if href[0] == "#"} <= set(names)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_part_names_its_language(layout: Layout) -> None:
    root = page(ARTICLE, layout)
    assert root.get("lang") == ARTICLE.langs[0]
    for one in root.xpath("//main//p | //main//li | //main//h2 | //main//span | //footer//p"):
        assert one.xpath("ancestor-or-self::*[@lang][not(self::html)]") or one.xpath(
            "./span[@lang]"
        )
    assert {one.get("dir") for one in root.xpath("//body//*[@lang]")} == {"auto"}


def test_a_screen_reader_can_follow_a_column() -> None:
    root = page(ARTICLE, Layout.COLUMNS)
    heads = root.xpath("//table[@role='table']/thead//th[@scope='col']")
    assert [(one.get("lang"), one.text) for one in heads] == [
        ("en", "English"),
        ("ru", "Русский"),
        ("ky", "Кыргызча"),
    ]
    rows = root.xpath("//tbody/tr")
    assert len(rows) == len(ARTICLE.passages)
    assert {tuple(row.xpath("./td/@lang")) for row in rows} == {("en", "ru", "ky")}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_nobody_has_reviewed_is_marked(layout: Layout) -> None:
    reviewed = passage("A", "Б", "В")
    reviewed = type(reviewed)(
        Kind.BODY, {**reviewed.texts, "ru": text("Б", origin=Origin.POST_EDITED)}
    )
    root = page(publication(reviewed, passage("Г", "Д", "Е")), layout)
    marked = root.xpath("//main//p[contains(@class, 'draft')][not(contains(@class, 'notice'))]")
    assert [read(one) for one in marked] == (
        ["Д", "В", "Е"] if layout is Layout.TARGET else ["В", "Д", "Е"]
    )
    root = page(publication(passage("A", "Б", "В")), layout)
    said = root.xpath("//main//p/span[@class='aside']")
    assert [one.text for one in said] == [
        "(машинный перевод, не проверен) ",
        "(машиналык котормо, текшериле элек) ",
    ]
    assert len(root.xpath("//*[@role='note']")) == 2


def test_nothing_is_marked_in_a_final_version() -> None:
    made = publication(passage("A", "Б", "В"))
    final = type(made)(**{**{k: getattr(made, k) for k in made.__slots__}, "notices": {}})
    said = source(final, Layout.COLUMNS)
    assert "draft" not in said.partition("</style>")[2]
    assert "aside" not in said.partition("</style>")[2]


def test_links_lead_where_they_did() -> None:
    root = page(ARTICLE, Layout.INTERLEAVED)
    [link] = root.xpath("//main//a")
    assert (link.text, link.get("href")) == ("the map", "https://a.example/?q=a&b=(c)")
    [source_link] = root.xpath("//header//a")
    assert source_link.get("href") == ARTICLE.source.link
    assert source_link.text == "CABAR & Co"


def test_items_of_a_list_stand_in_one() -> None:
    root = page(ARTICLE, Layout.TARGET)
    assert [one.text_content() for one in root.xpath("//article[@id='en']/ul/li")] == [
        "wheat",
        "barley",
    ]
    assert root.xpath("//article[@id='en']/ol/li/@value") == ["1", "2"]


def test_a_single_language_needs_no_columns() -> None:
    made = publication(passage("A"), langs=("en",))
    assert source(made, Layout.COLUMNS) == source(made, Layout.TARGET)
    assert "<table" not in source(made, Layout.COLUMNS)


def test_a_text_of_20_000_characters() -> None:
    long = "слово " * 3_333 + "конец"
    made = publication(passage(long, long, "x" * 20_000))
    assert_comes_back(made, Layout.COLUMNS)
