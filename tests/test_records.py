"""Offsets lead from a block back into the source."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.records import Block, Kind, Segment, Unit

# "<p>Tom &amp; <b>Ann</b> ran.", of which the text is "Tom & Ann ran."
MARKUP = "<p>Tom &amp; <b>Ann</b> ran."
BLOCK = Block(
    Kind.BODY,
    "Tom & Ann ran.",
    runs=((0, 3), (4, 7), (5, 12), (6, 13), (6, 16), (9, 19), (9, 23)),
)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Tom", "Tom"),
        ("&", "&amp;"),
        ("Ann", "Ann"),
        ("Ann ran.", "Ann</b> ran."),
        ("Tom & Ann", "Tom &amp; <b>Ann"),
        ("Tom & Ann ran.", "Tom &amp; <b>Ann</b> ran."),
        ("ran.", "ran."),
    ],
)
def test_spans_of_markup(text: str, source: str) -> None:
    start = BLOCK.text.index(text)
    first, last = BLOCK.source_span(start, start + len(text))
    assert MARKUP[first:last] == source
    assert BLOCK.source_offset(start) == first


@given(st.text(min_size=1), st.integers(0, 99), st.data())
def test_plain_text_has_one_run(text: str, offset: int, data: st.DataObject) -> None:
    block = Block(Kind.BODY, text, runs=((0, offset),))
    start = data.draw(st.integers(0, len(text) - 1))
    stop = data.draw(st.integers(start + 1, len(text)))
    assert block.source_span(start, stop) == (offset + start, offset + stop)
    assert block.source_offset(start) == offset + start


def test_records_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        BLOCK.text = ""  # type: ignore[misc]
    unit = Unit(Segment("1.1", 0, 0, 1, "a"), {})
    with pytest.raises(TypeError):
        unit.properties["x"] = ""  # type: ignore[index]
