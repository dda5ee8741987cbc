"""HTML: what a browser shows, and where in the file it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.formats import html

SHORT = {"heading": "H", "body": "B", "caption": "C", "boilerplate": "X"}


def read(text: str, lang: str = "en") -> list[str]:
    return [f"{SHORT[block.kind]}| {block.text}" for block in html.read(text, lang)]


def sources(text: str) -> list[str]:
    """For each character of the only block its source."""
    (block,) = html.read(text, "en")
    return [text[slice(*block.source_span(i, i + 1))] for i in range(len(block.text))]


@pytest.mark.parametrize(
    ("page", "blocks"),
    [
        ("<p>One <b>two</b> <a href='x'>three</a>.</p>", ["B| One two three."]),
        ("<p>in<i>line</i>s</p><p>two</p>", ["B| inlines", "B| two"]),
        ("<p>  a \n\t b <b> c</b>  </p>", ["B| a b c"]),
        (
            "<p>10&nbsp;% &#8217;&#x2019; co&shy;op &laquo;x&raquo;</p>",
            ["B| 10\xa0% ’’ co\xadop «x»"],
        ),
        ("AT&T &copy2024 &bogus; a < b &lt;p&gt; &#128;", ["B| AT&T ©2024 &bogus; a < b <p> €"]),
        ("<p>line<br>line<br/>\n line</p>", ["B| line\nline\nline"]),
        ("a<br><br>b<br> <br><br>c", ["B| a", "B| b", "B| c"]),
        ("before<p>in</p>after", ["B| before", "B| in", "B| after"]),
        ("<div>a<div>b</div>c</div>", ["B| a", "B| b", "B| c"]),
        ("<ul><li>one<li>two</ul>", ["B| one", "B| two"]),
        ("<table><caption>T</caption><tr><th>a<td>b</table>", ["C| T", "B| a", "B| b"]),
        ("<pre>\n  x  y\n z\n</pre>", ["B| x  y\n z"]),
        ("<p>&nbsp;</p><p></p><p> </p>", []),
        ("<P>upper</P><P>case</P>", ["B| upper", "B| case"]),
    ],
)
def test_text(page: str, blocks: list[str]) -> None:
    assert read(page) == blocks


@pytest.mark.parametrize(
    ("page", "blocks"),
    [
        ("<title>Page</title><p>x.</p>", ["H| Page", "B| x."]),
        ("<title>Page - Site</title><h1>Page</h1>", ["X| Page - Site", "H| Page"]),
        ("<h1>A</h1><h2>B<h3>C</h3>d", ["H| A", "H| B", "H| C", "B| d"]),
        ("<nav><ul><li>Home</ul></nav>x", ["X| Home", "B| x"]),
        ("<footer><h4>F</h4></footer><aside>A</aside>", ["X| F", "X| A"]),
        ("<button>Send</button><form>Name</form>", ["X| Send", "X| Name"]),
        ("<div role='navigation'>Home<div>News</div></div>x", ["X| Home", "X| News", "B| x"]),
        ("<header>Site<h1>T</h1></header>", ["X| Site", "H| T"]),
        ("<article><header><p>Lead</p></header></article>", ["B| Lead"]),
        ("<figure><figcaption><p>Lake.</p></figcaption></figure>", ["C| Lake."]),
        ("<p>Photo: president.kg</p><p>© 2023 X</p>", ["C| Photo: president.kg", "X| © 2023 X"]),
        ("<p><strong>A short line</strong></p><p>Text</p>", ["H| A short line", "B| Text"]),
        ("<p><b>A sentence.</b></p><li><b>Item</b></li>", ["B| A sentence.", "B| Item"]),
        ("<p><b>Bold</b> start</p><p><b>never closed</p><p>Plain</p>",
         ["B| Bold start", "B| never closed", "B| Plain"]),
    ],
)  # fmt: skip
def test_kinds(page: str, blocks: list[str]) -> None:
    assert read(page) == blocks


@pytest.mark.parametrize(
    "page",
    [
        "<script>if (a<b) '<p>no</p>'</script>{}",
        "<style>p {{}}</style>{}",
        "<template><p>no</p></template>{}",
        "<noscript>no <p>no</p></noscript>{}",
        "<!-- <p>no</p> -->{}",
        "<!-->{}",
        "<?xml version='1.0'?><!DOCTYPE html>{}",
        "<svg><title>no</title><text>no</text></svg>{}",
        "<script src='x'/>{}",
        "</p></div></nav>{}",
        "{}<!-- open <p>no</p>",
        "{}<script>no",
        "<p title='a > b' x=\"<p>\">{}",
        "<p class=it's>{}",
        "<ul><nav></ul>{}",
    ],
)
def test_what_is_not_shown(page: str) -> None:
    assert read(page.format("<p>yes</p>")) == ["B| yes"]


def test_skipped_elements_do_not_part_a_paragraph() -> None:
    assert read("<p>one<script>x</script> two<template><p>no</p></template> three</p>") == [
        "B| one two three"
    ]


def test_a_tag_that_never_ends_is_text() -> None:
    assert read("<p>less <b and more") == ["B| less <b and more"]


def test_each_character_knows_its_source() -> None:
    assert sources("<p>a<b>b</b> \n &amp;<i>&#233;</i>&copy2") == [
        *["a", "b", " \n ", "&amp;", "&#233;", "&copy", "2"]
    ]


_MARKUP = {
    "x": "x", "ө": "ө", "\xa0": "\xa0", "\xad": "\xad", "&": "&", ">": ">",
    "&amp;": "&", "&#1186;": "Ң", "&nbsp;": "\xa0", "&rarr;": "→", "&lt": "<",
    "<b>": "", "</b>": "", "<!-- x -->": "", "<a href='>'>": "", "</a>": "",
}  # fmt: skip


@given(st.lists(st.sampled_from(list(_MARKUP)), max_size=30))
def test_text_and_sources_of_random_markup(pieces: list[str]) -> None:
    page = "<p>." + ",".join(pieces) + "</p>"
    expected = "." + ",".join(_MARKUP[piece] for piece in pieces)
    (block,) = html.read(page, "en")
    assert block.text == expected
    for i, char in enumerate(block.text):
        start, _ = block.source_span(i, i + 1)
        assert page[start] in (char, "&")


@given(st.text(alphabet="<>/!-=\"'&;#x0pbh1 \n[]?", max_size=80))
def test_any_broken_markup_is_read(page: str) -> None:
    for block in html.read(page, "en"):
        start, stop = block.source_span(0, len(block.text))
        assert 0 <= start < stop <= len(page)
        assert list(block.runs) == sorted(block.runs)


@pytest.mark.parametrize(
    "piece",
    ["<!--", "<!", "<a ", "<a x='", '<a x="', "</", "<script>", "<title>", "<p>", "<div>", "&",
     "&#", "&a", "a ", "<b>", "<br>", "</section>", "<nav></div>", "<![CDATA[", "-->", "= "],
)  # fmt: skip
def test_much_of_anything_is_read(piece: str) -> None:
    # Reading takes a moment where it is linear, and minutes where it is not.
    for page in (piece * (300_000 // len(piece)), "<div>" * 30_000 + piece * 30_000):
        assert all(block.text for block in html.read(page, "en"))
