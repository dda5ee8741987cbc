"""Cells that a spreadsheet would run."""

from __future__ import annotations

import pytest
from exchanged import texts
from hypothesis import given

from aligner.formats.formulas import defused, restored


@given(texts)
def test_it_comes_back(cell: str) -> None:
    assert restored(defused(cell)) == cell
    assert not defused(cell).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@pytest.mark.parametrize("cell", ["", "a=1", "'tis", "«-»", "5-6"])
def test_what_is_no_formula_stays(cell: str) -> None:
    assert defused(cell) == restored(cell) == cell
