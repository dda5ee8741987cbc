"""Publications as Markdown: what a parser reads is what was written."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from hypothesis import given
from markdown_it import MarkdownIt
from markdown_it.token import Token
from publications import ARTICLE, any_publication, passage, publication, text

from aligner.formats.publications import Layout, Passage, Publication, Run, write
from aligner.formats.publications.labels import labels
from aligner.records import Kind

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def source(made: Publication, layout: Layout) -> str:
    file = BytesIO()
    write(file, made, "md", layout)
    return file.getvalue().decode()


def tokens(made: Publication, layout: Layout) -> list[Token]:
    found = PARSER.parse(source(made, layout))
    assert not [one.type for one in found if one.type in ("html_block", "code_block", "fence")]
    return found


def lines(found: list[Token]) -> Iterator[str]:
    """The texts of all paragraphs, headings and cells."""
    for one in found:
        if one.type == "inline":
            yield "".join(plain(one.children or []))


def plain(found: list[Token]) -> Iterator[str]:
    for one in found:
        assert one.type not in ("html_inline", "image", "softbreak", "hardbreak")
        yield one.content


def expected(made: Publication, layout: Layout) -> list[str]:
    """All that is to be read, in order."""

    def said(lang: str, one: Passage) -> str:
        return dagger(made, lang, one) + one.texts[lang].text

    def head(*langs: str, sources: int = 1) -> list[str]:
        names = [f"{labels(lang).source}: {made.source.name}" for lang in langs[:sources]]
        notices = [f"†\u00a0{made.notices[lang]}" for lang in langs if lang in made.notices]
        return names + notices

    titles = {
        lang: ("†\u00a0" if made.mark(lang, one) else "") + one.text
        for lang, one in made.titles.items()
    }
    foot = [
        *(line for some in made.credits.values() for line in some),
        *(made.made[lang] for lang in made.langs if lang in made.made),
    ]
    if layout is Layout.TARGET:
        return [
            line
            for lang in made.langs
            for line in (titles[lang], *head(lang), *(said(lang, one) for one in made.passages))
        ] + foot
    names = [labels(lang).language for lang in made.langs] if layout is Layout.COLUMNS else []
    body = [
        (bullet(one) if names else "") + said(lang, one)
        for one in made.passages
        for lang in made.langs
    ]
    return [*titles.values(), *head(*made.langs), *names, *body, *foot]


def dagger(made: Publication, lang: str, one: Passage) -> str:
    return "†\u00a0" if made.mark(lang, one.texts[lang]) else ""


def bullet(one: Passage) -> str:
    """In cells there are no lists."""
    if one.kind is not Kind.BODY:
        return ""
    return {"item": "• ", "numbered": f"{one.number}. "}.get(one.form, "")


@pytest.mark.parametrize("layout", list(Layout))
def test_the_text_comes_back(layout: Layout) -> None:
    assert list(lines(tokens(ARTICLE, layout))) == expected(ARTICLE, layout)


@pytest.mark.parametrize("layout", list(Layout))
@given(made=any_publication)
def test_any_text_comes_back(layout: Layout, made: Publication) -> None:
    assert list(lines(tokens(made, layout))) == expected(made, layout)


def test_headings_lists_and_quotes_are_what_they_were() -> None:
    said = source(ARTICLE, Layout.TARGET)
    assert "\n## What is next?\n" in said
    assert "\n- wheat\n- barley\n" in said
    assert "\n1. first\n2. second\n" in said
    assert "\n> No rain, no bread.\n" in said
    assert "\n*Photo: vb.kg*\n" in said


def test_looks_and_links_are_kept() -> None:
    said = source(ARTICLE, Layout.TARGET)
    assert "See [the map](<https://a.example/?q=a&b=(c)>) of **Osh**" in said
    assert "*Смотрите* карту `x < y`" in said
    assert "Source: [CABAR \\& Co](<https://cabar.asia/en/visit?a=1&b=2>)" in said


def test_emphasis_within_a_word_that_asterisks_cannot_show_is_left_out() -> None:
    one = text("Кыргызстан", Run("«да»", is_bold=True), "нын ", Run("өз", is_bold=True), "үн")
    made = publication(Passage(Kind.BODY, {"en": one}), langs=("en",))
    assert "Кыргызстан«да»нын **өз**үн" in source(made, Layout.TARGET)


def test_a_text_of_20_000_characters() -> None:
    long = "a|b*" * 5_000
    made = publication(passage(long, long, long))
    for layout in Layout:
        assert list(lines(tokens(made, layout))) == expected(made, layout)
