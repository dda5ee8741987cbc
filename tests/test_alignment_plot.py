"""The dot plot, read as the XML that it is."""

from __future__ import annotations

import struct
import zlib
from base64 import b64decode

import numpy as np
import pytest
from lxml import etree
from numpy.typing import NDArray

from aligner.alignment.bead import Bead
from aligner.alignment.dots import dots
from aligner.alignment.plot import png, svg


def boxes(beads: list[Bead]) -> list[dict[str, str]]:
    """The attributes of the boxes of beads, which alone have titles."""
    titles = etree.fromstring(svg(beads).encode()).iter("{http://www.w3.org/2000/svg}title")
    found = [title.getparent() for title in titles]
    return [dict(one.attrib) for one in found if one is not None]


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
    assert len(list(root.iter("{*}text"))) <= 3 + 2 * 9


def test_what_moved_is_green_and_not_on_the_path() -> None:
    order = [0, 1, 4, 5, 6, 7, 2, 3]
    beads = [Bead((i,), (j,)) for i, j in enumerate(order)]
    assert [one["class"] for one in boxes(beads)] == ["s"] * 6 + ["m"] * 2
    [path] = [
        one.get("d", "")
        for one in etree.fromstring(svg(beads).encode()).iter("{*}path")
        if one.get("class") == "p"
    ]
    assert path.count("L") == 5


def test_beads_of_long_texts_share_boxes() -> None:
    beads = [Bead((i,), (i,), 0.2 if i == 50_000 else 1.0) for i in range(100_000)]
    found = boxes(beads)
    assert len(found) < 500
    assert [one["class"] for one in found].count("u") == 1
    assert len(svg(beads)) < 100_000


def test_similarities_are_behind_the_beads() -> None:
    texts = [f"{name} {name}" for name in ("apple", "bridge", "candle", "dragon")]
    alike = dots(texts, texts[::-1])
    assert alike.shape == (4, 4)
    assert (alike.argmax(axis=1) == [3, 2, 1, 0]).all()
    assert alike.max() == 1.0
    beads = [Bead((i,), (i,)) for i in range(4)]
    [image] = etree.fromstring(svg(beads, dots=alike).encode()).iter("{*}image")
    data = image.get("{http://www.w3.org/1999/xlink}href", "").removeprefix(
        "data:image/png;base64,"
    )
    lines = pixels(b64decode(data))
    assert lines.shape == (48, 48)
    assert lines[:12, -12:].max() < 150
    assert lines[:12, :12].min() == 255


def test_png() -> None:
    image = pixels(png([Bead((0,), (0,)), Bead((1,), ()), Bead((2,), (1,))], np.eye(2, 3)))
    assert image.shape == (24 + 30, (36 + 30) * 3)
    rows = image.reshape(54, 66, 3)
    assert tuple(rows[20, 20]) == (0x1F, 0x3A, 0x5F)
    assert tuple(rows[11, 33]) == (0xE0, 0xA0, 0x30)


@pytest.mark.parametrize(
    "sides", [([], []), ([""], ["."]), (["a"], []), (["ab c"] * 900, ["ab c"])]
)
def test_any_texts_have_dots(sides: tuple[list[str], list[str]]) -> None:
    alike = dots(*sides)
    assert alike.shape == (min(400, len(sides[1])), min(400, len(sides[0])))
    assert np.isfinite(alike).all()
    assert ((alike >= 0) & (alike <= 1)).all()


def pixels(picture: bytes) -> NDArray[np.uint8]:
    """The lines of a PNG without filters, each a row of bytes."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height, depth, colours = struct.unpack(">IIBB", picture[16:26])
    assert depth == 8
    start = picture.index(b"IDAT") + 4
    data = zlib.decompress(picture[start:-16])
    lines = np.frombuffer(data, np.uint8).reshape(height, -1)
    assert lines.shape[1] == 1 + width * {0: 1, 2: 3}[colours]
    return lines[:, 1:]
