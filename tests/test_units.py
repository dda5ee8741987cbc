"""Our units as entries, and back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.entries import Entry, Inline, Variant
from aligner.formats import tmx, units
from aligner.formats.exchange import tmx as exchange
from aligner.records import (
    Bitext,
    Code,
    CodeKind,
    Document,
    Kind,
    Origin,
    Outcome,
    Segment,
    Status,
    Target,
    TermUse,
    Unit,
)

NEW_YEAR = datetime(2026, 1, 1, 12, 30, 5, tzinfo=UTC)
ARTICLE = Document("article", "en", "", ())
OPEN, CLOSE, ALONE = CodeKind

# What XML can hold, in one line.
chars = st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp", "Cn", "Cs"))
texts = st.text(chars, max_size=12)
words = st.text("abcдеөң 12-", min_size=1, max_size=6)
kinds = st.sampled_from(["", "bold", "link", "image"])


@st.composite
def coded(draw: st.DrawFn) -> tuple[str, tuple[Code, ...]]:
    """A text, and codes in it: pairs, halves of pairs, and some alone."""
    text = draw(texts)
    names = draw(st.lists(words, unique=True, max_size=4))
    places = st.integers(0, len(text))
    codes: list[Code] = []
    for name in names:
        kind, data = draw(kinds), draw(texts)
        if draw(st.booleans()):
            first, last = sorted((draw(places), draw(places)))
            codes.append(Code(first, OPEN, name, kind, data))
            codes.append(Code(last, CLOSE, name, kind, draw(texts)))
        else:
            code_kind = draw(st.sampled_from(CodeKind))
            codes.append(Code(draw(places), code_kind, name, kind, data))
    return text, tuple(sorted(codes, key=lambda code: code.at))


@st.composite
def targets(draw: st.DrawFn) -> Target:
    text, codes = draw(coded())
    use = st.builds(
        TermUse, words, words, words, st.sampled_from(Outcome), words, st.sampled_from(Status)
    )
    return Target(
        text=text,
        origin=draw(st.sampled_from(Origin)),
        score=draw(st.none() | st.integers(0, 10_000).map(lambda n: n / 10_000)),
        engine=draw(texts),
        model=draw(texts),
        terms=tuple(draw(st.lists(use, max_size=2))),
        issues=tuple(draw(st.lists(texts.filter(bool), max_size=2))),
        match=draw(st.none() | st.integers(0, 101)),
        memory=draw(texts),
        draft=draw(texts),
        editor=draw(texts),
        edited=draw(st.sampled_from(["", "2026-01-01T12:30:05Z"])),
        codes=codes,
    )


@st.composite
def any_unit(draw: st.DrawFn) -> Unit:
    text, codes = draw(coded())
    return Unit(
        Segment("2.1", 1, 0, len(text), text, codes),
        draw(st.dictionaries(st.sampled_from(["ru", "ky"]), targets(), min_size=1)),
        draw(st.sampled_from(Kind)),
        draw(st.dictionaries(st.sampled_from(["topic", "split"]), texts.filter(bool))),
    )


@given(any_unit())
def test_a_unit_comes_back(unit: Unit) -> None:
    assert units.unit(units.entry(ARTICLE, unit)) == unit


@given(st.lists(any_unit(), max_size=3))
def test_units_come_back_from_a_file(
    tmp_path_factory: pytest.TempPathFactory, given_units: list[Unit]
) -> None:
    path = tmp_path_factory.mktemp("tmx") / "a.tmx"
    tmx.write(path, Bitext(ARTICLE, tuple(given_units), {"beam": "4"}))
    bundle = exchange.read(path)
    assert [units.unit(entry) for entry in bundle.entries] == given_units
    assert bundle.header.props == (("x-beam", "4"),)


def test_entry() -> None:
    codes = Code(4, OPEN, "1", "bold", "**"), Code(7, CLOSE, "1", "bold", "**")
    target = Target(
        "Ош",
        Origin.POST_EDITED,
        match=85,
        memory="news",
        draft="Уш",
        editor="anna",
        edited="2026-11-23T10:15:00Z",
        codes=(Code(0, OPEN, "1", "bold", "**"), Code(2, ALONE, "2", "lb", "<br>")),
    )
    unit = Unit(Segment("2.1", 1, 0, 8, "See\nOsh.", codes), {"ky": target})
    assert units.entry(ARTICLE, unit, ("Before", "")) == Entry(
        "article:2.1",
        (
            Variant(
                "en",
                "See Osh.",
                (
                    "See ",
                    Inline("bpt", (("i", "1"), ("x", "1"), ("type", "bold")), ("**",)),
                    "Osh",
                    Inline("ept", (("i", "1"),), ("**",)),
                    ".",
                ),
                attributes=(("xml:lang", "en"),),
            ),
            Variant(
                "ky",
                "Ош",
                (
                    Inline("it", (("pos", "begin"), ("x", "1"), ("type", "bold")), ("**",)),
                    "Ош",
                    Inline("ph", (("x", "2"), ("type", "lb")), ("<br>",)),
                ),
                (
                    ("x-origin", "post-edited"),
                    ("x-match", "85"),
                    ("x-memory", "news"),
                    ("x-draft", "Уш"),
                ),
                attributes=(
                    ("xml:lang", "ky"),
                    ("changedate", "20261123T101500Z"),
                    ("changeid", "anna"),
                ),
            ),
        ),
        "en",
        (("x-document", "article"), ("x-kind", "body"), ("x-context-pre", "Before")),
        attributes=(("tuid", "article:2.1"),),
    )


def test_a_variant_of_another_tool() -> None:
    inline = (
        "a",
        Inline("hi", (), ("b", Inline("ut", (), ("{x}",)))),
        Inline("ept", (("i", "3"),)),
    )
    variant = Variant(
        "ru",
        "ab",
        inline,
        (("x-match", "high"), ("x-confidence", "2"), ("x-term", "?"), ("x-origin", "web")),
        attributes=(("changedate", "yesterday"), ("changeid", "B")),
    )
    assert units.target(variant, Origin.TM) == Target(
        "ab",
        Origin.TM,
        editor="B",
        edited="yesterday",
        codes=(Code(2, ALONE, "", "", "{x}"), Code(2, CLOSE, "3")),
    )


def test_only_units_with_a_target_are_given() -> None:
    def unit(name: str, **texts: str) -> Unit:
        given_targets = {lang: Target(text, Origin.MT) for lang, text in texts.items()}
        return Unit(Segment(name, 0, 0, 1, name), given_targets)

    bitext = Bitext(ARTICLE, (unit("1.1", ru="а", ky="ы"), unit("1.2", ky="б"), unit("1.3")))
    bundle = units.bundle(bitext, ["ru"], NEW_YEAR)
    assert dict(bundle.header.attributes)["creationdate"] == "20260101T123005Z"
    entries = list(bundle.entries)
    assert [[one.lang for one in entry.variants] for entry in entries] == [["en", "ru"]]
    assert ("x-context-post", "1.2") in entries[0].props


@pytest.mark.parametrize(
    ("text", "at", "moved"),
    [("a \n b", 1, 1), ("a \n b", 2, 1), ("a \n b", 4, 2), ("\n\nab\n\nc", 7, 5), ("a  b", 2, 2)],
)
def test_codes_move_with_folded_lines(text: str, at: int, moved: int) -> None:
    source = Segment("1.1", 0, 0, len(text), text, (Code(at, ALONE, "1"),))
    unit = units.unit(units.entry(ARTICLE, Unit(source, {})))
    assert [code.at for code in unit.source.codes] == [moved]
