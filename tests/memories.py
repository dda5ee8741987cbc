"""Memories as tests write them: one line a unit, and units of any shape for property tests."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from hypothesis import strategies as st

from aligner.entries import Bundle, Entry, Header, Inline, Variant, plain
from aligner.formats import exchange

HEADER = Header("en", attributes=(("srclang", "en"),))


def unit(tuid: str = "", props: Sequence[tuple[str, str]] = (), /, **texts: str | Variant) -> Entry:
    """A unit from English by its texts: `unit("d:1", en="Osh", ru="Ош")`."""
    variants = (
        Variant(lang, text, attributes=(("xml:lang", lang),)) if isinstance(text, str) else text
        for lang, text in texts.items()
    )
    return Entry(tuid, tuple(variants), "en", props=tuple(props), attributes=named(tuid))


def named(tuid: str) -> tuple[tuple[str, str], ...]:
    return (("tuid", tuid),) if tuid else ()


def text(lang: str, words: str, origin: str = "", date: str = "", creationid: str = "") -> Variant:
    """A text that says who made it and when."""
    attributes = [("xml:lang", lang), ("changedate", date), ("creationid", creationid)]
    return Variant(
        lang,
        words,
        props=(("x-origin", origin),) if origin else (),
        attributes=tuple(pair for pair in attributes if pair[1]),
    )


def tmx(entries: Iterable[Entry]) -> bytes:
    """A TMX file of some units."""
    file = io.BytesIO()
    exchange.write(file, Bundle(iter(entries), HEADER), "tmx")
    return file.getvalue()


def written(path: Path, *entries: Entry) -> Path:
    """Write a memory; its format goes by the file's name."""
    with path.open("wb") as file:
        exchange.write(file, Bundle(iter(entries), HEADER), exchange.format_of(path))
    return path


def texts(path: Path) -> list[dict[str, str]]:
    """The texts of a file's units, by language."""
    return [{one.lang: one.text for one in entry.variants} for entry in exchange.read(path).entries]


WORDS = st.text("ab Жө1.", max_size=4)
CODES = st.sampled_from([Inline("ph", (("x", "1"),), ("<br/>",)), Inline("hi", (), ("hi",))])


@st.composite
def variants(draw: st.DrawFn, lang: str) -> Variant:
    """A text, with a code or none, of some origin and date."""
    words = draw(WORDS)
    inline = (words, draw(CODES)) if words and draw(st.booleans()) else ()
    made = text(
        lang,
        plain(inline) if inline else words,
        draw(st.sampled_from(["", "mt", "tm", "human", "post-edited"])),
        draw(st.sampled_from(["", "20250101T000000Z", "20260101T000000Z"])),
    )
    return Variant(lang, made.text, inline, made.props, (), made.attributes)


@st.composite
def units(draw: st.DrawFn) -> Entry:
    """A unit from English into some of Russian and Kyrgyz, names and contexts often the same."""
    langs = ("en", *draw(st.lists(st.sampled_from(["ru", "ky"]), unique=True)))
    tuid = draw(st.sampled_from(["", "d:1", "d:2"]))
    context = draw(st.sampled_from(["", "before", "other"]))
    props = (("x-context-pre", context),) if context else ()
    found = tuple(draw(variants(lang)) for lang in langs)
    return Entry(tuid, found, "en", props=props, attributes=named(tuid))


MEMORIES = st.lists(units(), max_size=6)
