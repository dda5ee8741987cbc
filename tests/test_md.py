"""Markdown: text without its marks, and where in the file it stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.formats import md

SHORT = {"heading": "H", "body": "B", "caption": "C", "boilerplate": "X"}


def read(text: str, lang: str = "en") -> list[str]:
    return [f"{SHORT[block.kind]}| {block.text}" for block in md.read(text, lang)]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("# Head *of* it ##\n\nText.", ["H| Head of it", "B| Text."]),
        ("Setext\n---\ntext", ["H| Setext", "B| text"]),
        ("one\ntwo  \nthree\\\nfour", ["B| one two\nthree\nfour"]),
        ("**bold** _em_ ~~gone~~ `co de`", ["B| bold em gone co de"]),
        ("[text](http://x.kg 'title')text [r] [s][r]\n\n[r]: /url", ["B| texttext r s"]),
        ("<http://x.kg/%20a> <a@b.kg>", ["B| http://x.kg/%20a a@b.kg"]),
        (r"\*not em\* &amp; &#1186; &laquo;", ["B| *not em* & Ң «"]),
        ("a <b>b</b> c<br>d", ["B| a b c\nd"]),
        ("![A *lake*](x.png)", ["C| A lake"]),
        ("See ![the map](x.png) here.", ["B| See  here.", "C| the map"]),
        ("- one\n- two\n  1. three", ["B| one", "B| two", "B| three"]),
        ("> quoted\n> on\n>\n> > deep", ["B| quoted on", "B| deep"]),
        ("| a | b \\| c |\n|---|---|\n| a | |\n| `x` | y |",
         ["B| a", "B| b | c", "B| a", "B| x", "B| y"]),
        ("---\ntitle: T\n---\n# H", ["X| ---\ntitle: T\n---", "H| H"]),
        ("+++\nt = 1\n+++\n\nx", ["X| +++\nt = 1\n+++", "B| x"]),
        ("---\n\ntext\n\n---", ["B| text"]),
        ("```py\nx = 1\n\ny\n```\n\n    indented", ["X| x = 1\n\ny", "X| indented"]),
        ("<div>\n<p>in <b>html</b></p>\n</div>\n\nout", ["B| in html", "B| out"]),
        ("<!-- no -->\n\n<script>\nno\n</script>\n\nyes", ["B| yes"]),
        ("> <div>a\n> b</div>", ["B| a b"]),
        ("**A short line**\n\nText", ["H| A short line", "B| Text"]),
        ("- **item**\n\n**A sentence.**", ["B| item", "B| A sentence."]),
        ("*Photo: president.kg*\n\n© 2023 X", ["C| Photo: president.kg", "X| © 2023 X"]),
        ("", []),
    ],
)  # fmt: skip
def test_blocks(text: str, blocks: list[str]) -> None:
    assert read(text) == blocks
    crlf = [block.replace("\n", "\r\n") if "X|" in block else block for block in blocks]
    found = read(text.replace("\n", "\r\n"))
    assert found in (blocks, crlf)


def sources(text: str) -> list[list[str]]:
    """For each block the source of its words."""
    return [
        [text[slice(*block.source_span(at, at + len(word)))] for at, word in words(block.text)]
        for block in md.read(text, "en")
    ]


def words(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for word in text.split():
        at = text.index(word, at)
        yield at, word
        at += len(word)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# a # a #", [["a", "#", "a"]]),
        ("[b](b)b b [r][b] b\n\n[b]: b", [["b](b)b", "b", "r", "b"]]),
        ("*a* **a** `a` a", [["a", "a", "a", "a"]]),
        ("1. 1\n2. 2", [["1"], ["2"]]),
        (">a\n> a\na", [["a", "a", "a"]]),
        ("x&amp;y \\*", [["x&amp;y", "\\*"]]),
        ("|a|a|\n|-|-|\n|a\\|b|a|", [["a"], ["a"], ["a\\|b"], ["a"]]),
        ("![a](a) a", [["a"], ["a"]]),
        ("a\r\n  b\r\n\tc", [["a", "b", "c"]]),
        ("-\tx\n\n\t\tcode", [["x"], ["code"]]),
    ],
)
def test_words_know_their_source(text: str, found: list[list[str]]) -> None:
    assert sources(text) == found


_MARKUP = st.text(alphabet="ab1 \n\t\r*_`[]()<>!|-#>\\&;~=+.:\"'\0\xa0", max_size=60)


@settings(max_examples=400)
@given(_MARKUP)
def test_any_markdown_is_read(text: str) -> None:
    for block in md.read(text, "en"):
        assert list(block.runs) == sorted(block.runs)
        for i, char in enumerate(block.text):
            start, stop = block.source_span(i, i + 1)
            assert 0 <= start < stop <= len(text)
            if char in "ab1":
                assert text[start] == char
