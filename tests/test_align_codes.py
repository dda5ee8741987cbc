"""Inline codes where a segment is cut."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.align.codes import cut
from aligner.entries import Content, Inline, plain

OPEN, CLOSE = Inline("bpt", (("i", "1"),), ("<b>",)), Inline("ept", (("i", "1"),), ("</b>",))
LINE = Inline("ph", (), ("<br/>",))


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        (("A. B.",), [("A.",), ("B.",)]),
        ((OPEN, "A. ", CLOSE, "B."), [(OPEN, "A.", CLOSE), ("B.",)]),
        (("A. ", OPEN, "B.", CLOSE), [("A.",), (OPEN, "B.", CLOSE)]),
        (("A.", OPEN, " B.", CLOSE), [("A.",), (OPEN, "B.", CLOSE)]),
        (("A.", LINE, " B."), [("A.",), (LINE, "B.")]),
        (("A. ", LINE, "B."), [("A.",), (LINE, "B.")]),
        (("A. B.", LINE), [("A.",), ("B.", LINE)]),
        (("A.", OPEN, CLOSE, " B."), [("A.",), (OPEN, CLOSE, "B.")]),
        ((Inline("hi", (), ("A.",)), " B."), [(Inline("hi", (), ("A.",)),), ("B.",)]),
        ((OPEN, "A. B.", CLOSE), None),
        (("A", OPEN, ". B", CLOSE, "."), None),
        ((Inline("hi", (), ("A. B.",)),), None),
        ((Inline("hi", (), ("A. ",)), "B."), None),
    ],
)
def test_two_parts(content: Content, parts: list[Content] | None) -> None:
    assert cut(content, [(0, 2), (3, 5)]) == parts


@given(
    st.lists(
        st.sampled_from(["a", "b ", OPEN, CLOSE, LINE, Inline("hi", (), ("c",))]), max_size=12
    ),
    st.lists(st.integers(0, 14), min_size=2, max_size=6),
)
def test_no_code_and_no_text_is_lost(content: list[str | Inline], cuts: list[int]) -> None:
    text = plain(tuple(content))
    ends = sorted({0, len(text), *(one for one in cuts if one < len(text))})
    spans = list(pairwise(ends)) or [(0, 0)]
    parts = cut(tuple(content), spans)
    if parts is not None:
        assert [plain(part) for part in parts] == [text[start:stop] for start, stop in spans]
        codes = [one for part in parts for one in part if isinstance(one, Inline)]
        assert codes == [one for one in content if isinstance(one, Inline)]
