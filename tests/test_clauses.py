from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.engines.clauses import split_clauses, split_protected
from aligner.text import protected


@pytest.mark.parametrize(
    ("limit", "pieces"),
    [
        (9, ["It fits."]),
        (20, ["He came; ", "she saw it all."]),
        (28, ["Rain fell, the wind, ", "all night, was cold"]),
        (12, ["one two ", "three four"]),
        (18, ["He said. ", "“Then I left.”"]),
        (4, ["abc", "def"]),
        (9, [""]),
    ],
)
def test_split_clauses(limit: int, pieces: list[str]) -> None:
    assert split_clauses("".join(pieces), lambda text: len(text) <= limit) == pieces


# Words of any length, clause marks, brackets, odd spaces.
TEXTS = st.text("aЖ,.;:!?()«»—” \n\u00a0", max_size=300)


@given(TEXTS, st.integers(1, 40))
def test_pieces_fit_and_nothing_is_lost(text: str, limit: int) -> None:
    pieces = split_clauses(text, lambda piece: len(piece) <= limit)
    assert "".join(pieces) == text
    assert all(len(piece) <= limit for piece in pieces)


@given(TEXTS, st.integers(2, 40))
def test_pieces_are_no_crumbs(text: str, limit: int) -> None:
    """A cut leaves a quarter of what is cut, at the least."""
    pieces = split_clauses(text, lambda piece: len(piece) <= limit)
    assert len(pieces) <= max(1, 4 * len(text) / limit + 1)


@pytest.mark.parametrize("text", ["a" * 100_000, "word " * 20_000, "so, " * 25_000, "(" * 100_000])
def test_long_texts(text: str) -> None:
    pieces = split_clauses(text, lambda piece: len(piece) <= 100)
    assert "".join(pieces) == text
    assert max(map(len, pieces)) <= 100


@pytest.mark.parametrize(
    "pieces",
    [
        [],
        ["No such thing."],
        ["{x}"],
        ["Dear ", "{x}, ", "write to ", "a@b.kg."],
        ["{x}", "{y}"],
        ["See (", "www.a.kg) ", "for ", "%s"],
    ],
)
def test_split_protected(pieces: list[str]) -> None:
    assert split_protected("".join(pieces)) == pieces


@given(st.text("a{}x%s@.bkg ,/w"))
def test_protected_strings_stay_whole(text: str) -> None:
    pieces = split_protected(text)
    assert "".join(pieces) == text
    strings = [match.group() for match in protected(text)]
    starts = iter(pieces)
    assert all(any(piece.startswith(string) for piece in starts) for string in strings)
