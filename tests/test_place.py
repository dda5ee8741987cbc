"""Where in a translation a term belongs; alignments are written as words with what they look at."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.records import Alignment
from aligner.terminology.place import gap, rendering, without_edges


def spans(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(found.span() for found in re.finditer(r"\w+|[^\w\s]", text))


def aligned(source: str, target: str, *looks_at: int) -> Alignment:
    """Each target token looks at one source token with .8; -1 for none."""
    columns = spans(source)
    rows = tuple(tuple(0.8 * (n == at) for n in range(len(columns))) for at in looks_at)
    return Alignment(columns, spans(target), rows)


SOURCE = "Seitek Kachkynbai said so ."
TARGET = "Сказал , что Сеит Качкин ."


def term(source: str, words: str) -> tuple[int, int]:
    start = source.index(words)
    return start, start + len(words)


def test_the_words_that_look_at_the_term() -> None:
    alignment = aligned(SOURCE, TARGET, 2, 2, 3, 0, 1, 4)
    found = rendering(TARGET, term(SOURCE, "Seitek Kachkynbai"), alignment, ())
    assert found == term(TARGET, "Сеит Качкин")


def test_not_what_renders_another_term() -> None:
    alignment = aligned(SOURCE, TARGET, 2, 2, 3, 0, 1, 4)
    taken = [term(TARGET, "Качкин")]
    found = rendering(TARGET, term(SOURCE, "Seitek Kachkynbai"), alignment, taken)
    assert found == term(TARGET, "Сеит")


def test_not_over_a_comma() -> None:
    target = "Сеит , Качкин и"
    alignment = aligned(SOURCE, target, 0, 0, 1, 3)
    found = rendering(target, term(SOURCE, "Seitek Kachkynbai"), alignment, ())
    assert found in (term(target, "Сеит"), term(target, "Качкин"))


def test_nothing_looks_at_it() -> None:
    alignment = aligned(SOURCE, TARGET, 2, 2, 3, 3, 3, 4)
    assert rendering(TARGET, term(SOURCE, "Seitek Kachkynbai"), alignment, ()) is None


@pytest.mark.parametrize(
    ("words", "place"), [("Seitek Kachkynbai", "|он это сказал ."), ("so", "он это| сказал .")]
)
def test_the_gap_crosses_the_fewest_alignments(words: str, place: str) -> None:
    source = "Seitek Kachkynbai he this so said ."
    target = "он это сказал ."
    alignment = aligned(source, target, 2, 3, 5, 6)
    at, stop = gap(target, term(source, words), alignment)
    assert at == stop
    assert target[:at] + "|" + target[at:] == place


def test_the_gap_is_not_within_another_term() -> None:
    source, target = "one two three", "один два три"
    alignment = aligned(source, target, 0, 2, 2)
    at, _ = gap(target, term(source, "two"), alignment, [term(target, "один два")])
    assert at in (0, len("один два"))


def test_the_gap_of_an_empty_text() -> None:
    assert gap("", (0, 6), Alignment(((0, 6),), (), ())) == (0, 0)


@pytest.mark.parametrize(
    ("text", "left"),
    [("в Сеите", "Сеите"), ("в на", None), ("Сеит", "Сеит"), ("в старом Сеите в", "старом Сеите")],
)
def test_edges_that_stay(text: str, left: str | None) -> None:
    padded = f"был {text} там"
    found = without_edges(padded, (4, 4 + len(text)), {"в", "на"}.__contains__)
    assert (padded[slice(*found)] if found else None) == left


@given(st.text(), st.text(), st.data())
def test_places_are_within_the_text(source: str, target: str, data: st.DataObject) -> None:
    looks = [data.draw(st.integers(-1, len(spans(source)))) for _ in spans(target)]
    alignment = aligned(source, target, *looks)
    start = data.draw(st.integers(0, len(source)))
    found = rendering(target, (start, len(source)), alignment, ())
    for a, b in filter(None, [found, gap(target, (start, len(source)), alignment)]):
        assert 0 <= a <= b <= len(target)
