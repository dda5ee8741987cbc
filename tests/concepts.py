"""Hypothesis strategies for termbases."""

from __future__ import annotations

from hypothesis import strategies as st

from aligner.records import Concept, Status, Term, Wording

# What breaks writers: marks of our notations, of CSV and XML, formulas, white space.
TRAPS = ["|", "[", "]", "\\", ",", ";", "=", "'", "'=", "+", "-", "@", '"', "&", "<", "]]>", "#"]
TRAPS += ["«", "\n", "\r", "\r\n", "\t", " ", "  ", "\xa0", "\u2028", "\ufeff", "𝔸", "مرحبا", "ү"]
TRAPS += ["aligner:", "extra:", "yes", "note", "\n  ", "\x85"]
characters = st.characters(exclude_categories=["Cs", "Cc", "Cn"])
texts = st.lists(st.sampled_from(TRAPS) | st.text(characters, max_size=4), max_size=6).map("".join)
filled = texts.filter(str.strip)
names = texts.map(str.strip)
FEATURES = ["m", "f", "n", "anim", "px3", "read:эл"]


def wordings(text: st.SearchStrategy[str]) -> st.SearchStrategy[Wording]:
    features = st.lists(st.sampled_from(FEATURES) | text.map(str.strip).filter(bool), max_size=2)
    forms = st.dictionaries(st.sampled_from(["gen", "pl.gen", "sg.dat"]), text, max_size=2)
    return st.builds(Wording, text, features.map(tuple), forms)


def concepts(text: st.SearchStrategy[str] = filled) -> st.SearchStrategy[list[Concept]]:
    """Concepts with texts of a kind; all that is not a text is arbitrary."""
    some = st.lists(wordings(text), max_size=2).map(tuple)
    terms = st.builds(Term, wordings(text), some, some, st.sampled_from(Status))
    langs = st.sampled_from(["en", "ru", "ky", "de", "id", "no", "pos", "kaa"])
    one = st.builds(
        Concept,
        id=text.map(str.strip),
        terms=st.dictionaries(langs, terms, min_size=1, max_size=3),
        category=st.just("") | text.map(str.strip),
        pos=st.sampled_from(["", "NOUN", "PROPN", "VERB", "ADJ", "ADV", "X", "INTJ"]),
        case_sensitive=st.booleans(),
        do_not_translate=st.booleans(),
        note=st.just("") | text,
        source=st.just("") | text,
        extra=st.dictionaries(
            st.sampled_from(["definition", "confidence", "en.context", "Beleg 2", "x;y=z"]),
            text,
            max_size=2,
        ),
    )
    return st.lists(one, min_size=1, max_size=2)
