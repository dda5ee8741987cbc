"""Inline tags: kept beside the text of a source, and carried into its translation."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner import engines
from aligner.formats import html, md
from aligner.markup.carry import carry, shifted
from aligner.records import Alignment, Block, Code, CodeKind, Document
from aligner.segmentation import segment_document


def tagged(text: str, codes: tuple[Code, ...]) -> str:
    """A text with its tags put in."""
    edges = [0, *(code.at for code in codes), len(text)]
    pieces = [text[start:stop] for start, stop in pairwise(edges)]
    return pieces[0] + "".join(
        code.data + piece for code, piece in zip(codes, pieces[1:], strict=True)
    )


def block(page: str) -> Block:
    (found,) = html.read(page, "en")
    return found


def untagged(tagged: str) -> tuple[str, tuple[Code, ...]]:
    """The text of a string with tags, and these, with partners or without."""
    text, codes = "", []
    for piece in re.findall(r"<[^>]*>|[^<]+", tagged):
        if piece[0] == "<":
            name = piece.strip("</>")
            kind = CodeKind.CLOSE if piece[1] == "/" else CodeKind.OPEN
            codes.append(
                Code(len(text), CodeKind.ALONE if name == "img" else kind, name, "", piece)
            )
        else:
            text += piece
    return text, tuple(codes)


# Reading


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>One <b>two</b> <a href='x'>three</a>.</p>", "One <b>two</b> <a href='x'>three</a>."),
        ("<p>a<b> b </b>c</p>", "a <b>b</b> c"),
        ("<p>a <i></i> b<br>c</p>", "a <i></i>b\nc"),
        ("<p>a <img src=x> b <wbr>c <span/>d</p>", "a <img src=x>b <wbr>c <span/>d"),
        ("<p>a <b><i>b</b></i> c</p>", "a <b><i>b</b></i> c"),
        ("<p>a</b> b <i>c</p>", "a b c"),
        ("<p><!-- <b> -->a &lt;b&gt; <B CLASS='>'>c</B></p>", "a <b> <B CLASS='>'>c</B>"),
    ],
)
def test_html(page: str, expected: str) -> None:
    found = block(page)
    assert tagged(found.text, found.codes) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**a** _b_ ~~c~~ `d`", "**a** _b_ ~~c~~ `d`"),
        ("[a *b*](u 't') c [d][r]\n\n[r]: x", "[a *b*](u 't') c [d][r]"),
        ("<http://x.kg> a ![b](c) d", "<http://x.kg> a ![b](c) d"),
        ("a <b>b</b> c</i>", "a <b>b</b> c"),
        ("a\\*b **c\nd**", "a*b **c d**"),
    ],
)
def test_markdown(text: str, expected: str) -> None:
    found, *_ = md.read(text, "en")
    assert tagged(found.text, found.codes) == expected


def test_types_have_the_names_of_tmx() -> None:
    codes = block("<p><strong>a</strong> <em>b</em> <a>c</a> <img> <sup>2</sup></p>").codes
    types = [code.type for code in codes if code.kind is not CodeKind.CLOSE]
    assert types == ["bold", "italic", "link", "image", "sup"]


def test_segments_have_the_codes_of_their_words() -> None:
    page = "<p><b>One is. Two</b> is <i>so.</i> <img>Three <a>goes.</a></p>"
    document = Document("d", "en", "", (block(page),))
    found = [tagged(segment.text, segment.codes) for segment in segment_document(document)]
    assert found == ["<b>One is.", "Two</b> is <i>so.</i>", "<img>Three <a>goes.</a>"]


# Carrying


def aligned(source: str, target: str, links: str) -> Alignment:
    """Words aligned by number: "0-0 1-2", source first."""
    spans = [tuple((at, at + len(word)) for at, word in _words(text)) for text in (source, target)]
    pairs = {tuple(map(int, link.split("-"))) for link in links.split()}
    weights = tuple(
        tuple(float((i, j) in pairs) for i in range(len(spans[0]))) for j in range(len(spans[1]))
    )
    return Alignment(spans[0], spans[1], weights)


def _words(text: str) -> list[tuple[int, str]]:
    found, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        found.append((at, word))
        at += len(word)
    return found


@pytest.mark.parametrize(
    ("source", "target", "links", "expected"),
    [
        ("a <b>b</b> c", "x y z", "0-0 1-1 2-2", "x <b>y</b> z"),
        ("a <b>b</b> c", "y x z", "0-1 1-0 2-2", "<b>y</b> x z"),
        ("<b>a b c.</b>", "x y.", "0-0 1-1 2-1", "<b>x y.</b>"),
        ("a <b>“b”</b> c", "x «y» z", "0-0 1-1 2-2", "x <b>«y»</b> z"),
        ("a “<b>b</b>” c", "x «y» z", "0-0 1-1 2-2", "x «<b>y</b>» z"),
        ("<b>a <i>b</i></b> c", "z y x", "0-2 1-1 2-0", "z <b><i>y</i> x</b>"),
        ("<b>a</b> <i>b</i>", "y x", "0-1 1-0", "<i>y</i> <b>x</b>"),
        ("a <img>b c", "x y z", "0-0 1-1 2-2", "x <img>y z"),
        ("a b c<img>", "x y z", "0-0 1-1 2-2", "x y z<img>"),
        ("<b>a b", "x y", "0-0 1-1", "<b>x y"),
        ("a</b> b c", "x y z", "0-0 1-1 2-2", "x</b> y z"),
        ("a <b></b>b", "x y", "0-0 1-1", "x <b></b>y"),
        ("<b>a <i>b</b> c</i> d", "x y z w", "0-0 1-1 2-2 3-3", "<b>x <i>y</b> z</i> w"),
        ("a <b>b</b>", "x", "0-0 1-0", "<b>x</b>"),
        ("<b>a</b>", "…", "", "<b>…</b>"),
    ],
)
def test_carry(source: str, target: str, links: str, expected: str) -> None:
    text, codes = untagged(source)
    placed = carry(text, codes, target, aligned(text, target, links))
    assert tagged(target, placed) == expected


@pytest.mark.parametrize("lang", ["ru", "ky"])
def test_by_the_attention_of_the_starter_models(lang: str) -> None:
    found = block(
        "<p><b>Vladimir Putin</b> has arrived in <a>Kyrgyzstan</a> on an official visit.</p>"
    )
    [engine] = engines.load("en", lang)
    target = engines.translate([engine], [found.text])[0].text
    [alignment] = engine.align([found.text], [target])
    placed = tagged(target, carry(found.text, found.codes, target, alignment))
    assert "<b>Владимир Путин</b>" in placed
    assert "<a>Кыргызстан" in placed


def test_codes_move_with_white_space() -> None:
    text, cleaned = " two \n wor\u00adds ", "two words"
    codes = tuple(
        Code(at, kind, str(at))
        for at, kind in [
            (0, CodeKind.OPEN),
            (4, CodeKind.CLOSE),
            (5, CodeKind.OPEN),
            (10, CodeKind.ALONE),
            (13, CodeKind.CLOSE),
        ]
    )
    assert [code.at for code in shifted(text, codes, cleaned)] == [0, 3, 4, 7, 9]


WORDS = st.lists(st.sampled_from(["a", "bb", "“c”", "d.", "–"]), max_size=6).map(" ".join)
TAGS = st.lists(st.sampled_from(["<b>", "</b>", "<i>", "</i>", "<img>", " a ", "b. "]), max_size=9)


@given(TAGS, WORDS, st.data())
def test_no_code_is_lost_and_all_stay_balanced(
    pieces: list[str], target: str, data: st.DataObject
) -> None:
    found = next(html.read(f"<p>{''.join(pieces)}x</p>", "en"))
    source_words, target_words = len(found.text.split()), len(target.split())
    links = data.draw(
        st.lists(
            st.tuples(
                st.integers(0, max(0, source_words - 1)), st.integers(0, max(0, target_words - 1))
            )
        )
    )
    alignment = aligned(found.text, target, " ".join(f"{i}-{j}" for i, j in links))
    for given_alignment in (alignment, None):
        placed = carry(found.text, found.codes, target, given_alignment)
        assert sorted(code.data for code in placed) == sorted(code.data for code in found.codes)
        assert all(0 <= a.at <= b.at <= len(target) for a, b in pairwise([*placed, *placed[-1:]]))
        for code in placed:
            if code.kind is CodeKind.CLOSE:
                opened = next(one for one in placed if one.id == code.id)
                assert opened.kind is CodeKind.OPEN


@given(st.text(alphabet=" \nab\u00ad"), st.integers(0, 9), st.sampled_from(CodeKind))
def test_shifting_keeps_the_letters_before(text: str, at: int, kind: CodeKind) -> None:
    at = min(at, len(text))
    cleaned = " ".join(text.replace("\u00ad", "").split())
    [code] = shifted(text, (Code(at, kind, "1"),), cleaned)
    before = [char for char in text[:at] if char in "ab"]
    assert [char for char in cleaned[: code.at] if char in "ab"] == before
