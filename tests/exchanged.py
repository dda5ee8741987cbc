"""Entries for the tests of exchange formats, made by Hypothesis."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from aligner.entries import Bundle, Entry, Header, Inline, Variant

# What parsers trip over: quotes, delimiters, line ends, formulas, escapes, markup, odd white space.
TRAPS = (
    *"\"'\t\n\r,;\\",
    *(
        "\r\n",
        '""',
        '"\t',
        '\t"',
        '"\n',
        "\\n",
        "=1+1",
        "'=",
        "-",
        "@",
        "#",
        "#~ ",
        "msgid",
        "id: ",
    ),
    *("\x00", "\x1b", "\x85", "\u2028", "\ufeff", "\U0001f339", "<b>", "&amp;", "ү"),
)
texts = st.lists(
    st.sampled_from(TRAPS) | st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    max_size=8,
).map("".join)
LANGS = ("en", "ru", "ky")


def bundle(entries: list[Entry]) -> Bundle:
    return Bundle(iter(entries), Header("en"))


def plain_entries(filled: bool = False) -> st.SearchStrategy[Entry]:
    """Units with one text a language, and nothing else; not all of them in each language."""
    some = texts.filter(str.strip) if filled else texts
    variants = st.fixed_dictionaries({"en": some}, optional={"ru": texts, "ky": texts}).map(
        lambda found: tuple(Variant(lang, found[lang]) for lang in LANGS if lang in found)
    )
    return st.builds(lambda own: Entry("", own, "en"), variants)


def bare(entries: object) -> list[Entry]:
    """Entries as formats that hold only texts give them back: no empty texts, no line numbers."""
    kept = []
    for entry in entries:  # type: ignore[attr-defined]
        variants = tuple(one for one in entry.variants if one.text)
        if variants:
            kept.append(replace(entry, variants=variants, line=0))
    return kept


_names = st.sampled_from(["x-topic", "x-origin", "client", "id", "en"])
_pairs = st.lists(st.tuples(_names, texts), max_size=3).map(tuple)
_notes = st.lists(texts, max_size=2).map(tuple)
_contents = st.recursive(
    texts,
    lambda parts: st.builds(
        Inline, st.sampled_from(["ph", "bpt", "hi", "sub"]), _pairs, st.lists(parts).map(tuple)
    ),
    max_leaves=4,
)
variants = st.builds(
    Variant,
    st.sampled_from(["", "en", "ru", "ky", "kaa"]),
    texts,
    st.lists(_contents, max_size=3).map(tuple),
    _pairs,
    _notes,
    _pairs,
)
entries = st.builds(
    Entry,
    texts,
    st.lists(variants, min_size=1, max_size=4).map(tuple),
    st.sampled_from(["", "en"]),
    _pairs,
    _notes,
    _pairs,
)
