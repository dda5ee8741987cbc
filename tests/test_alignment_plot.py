"""The dot plot, read as the XML that it is."""

from __future__ import annotations

import pytest
from lxml import etree

from aligner.alignment.bead import Bead
from aligner.alignment.plot import svg


def boxes(beads: list[Bead]) -> list[dict[str, str]]:
    """The attributes of the boxes of beads, without the frame."""
    tree = etree.fromstring(svg(beads).encode())
    found = tree.iter("{http://www.w3.org/2000/svg}rect")
    return [dict(one.attrib) for one in found if one.get("class") != "f"]


def test_a_box_for_each_bead_over_its_sentences() -> None:
    sure, unsure, alone = boxes([Bead((0,), (0, 1), 1.0), Bead((1, 2), (2,), 0.4), Bead((3,), ())])
    assert (sure["x"], sure["y"], sure["width"], sure["height"]) == ("0.0", "0.0", "12.0", "24.0")
    assert (unsure["x"], unsure["y"], unsure["width"]) == ("12.0", "24.0", "24.0")
    assert [one["class"] for one in (sure, unsure, alone)] == ["s", "u", "d"]


def test_names_are_text() -> None:
    drawn = svg([Bead((0,), (0,))], ("a<b>.txt", "ү & c"))
    texts = [one.text for one in etree.fromstring(drawn.encode()).iter("{*}text")]
    assert {"a<b>.txt →", "ү & c →"} <= {*texts}


@pytest.mark.parametrize("length", [0, 1, 7, 80, 100_000])
def test_any_length_fits(length: int) -> None:
    step = max(1, length // 50)
    drawn = svg([Bead((i,), (i,)) for i in range(0, length, step)])
    root = etree.fromstring(drawn.encode())
    assert float(root.get("width", "nan")) <= 1000
    assert len(list(root.iter("{*}text"))) <= 2 + 2 * 9
