"""Small XML files, written whole."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO

from aligner.formats.xml import legal

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def node(tag: str, content: str | Iterable[Element] = (), **attributes: str) -> Element:
    """An element with text, or with others in it; `class_` is the attribute "class"."""
    from lxml import etree

    made = etree.Element(tag, {name.rstrip("_"): value for name, value in attributes.items()})
    if isinstance(content, str):
        made.text = legal(content)
    else:
        made.extend(content)
    return made


def dump(file: BinaryIO, root: Element) -> None:
    """Write a file with an element a line."""
    from lxml import etree

    etree.indent(root)
    etree.ElementTree(root).write(file, encoding="UTF-8", xml_declaration=True)
    file.write(b"\n")
