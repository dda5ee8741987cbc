"""Publications as documents of word processors: Office Open XML (ISO/IEC 29500-1).

All looks are those of named styles, so that a newsroom changes them in one place; every run names
its language, for spelling and hyphenation. The same publication gives the same bytes, whenever and
wherever it is written.

It is written as the XML that it is: nearly all of what makes the document usable (languages,
directions, repeated heads, own counts of lists) is outside what libraries for it know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from string import Template
from typing import BinaryIO

from aligner.formats.publications import Layout, Publication
from aligner.formats.publications.docx.body import Body
from aligner.formats.publications.docx.elements import NAMESPACES, RELATIONS, tag
from aligner.formats.publications.docx.sheets import sheet
from aligner.formats.publications.labels import labels
from aligner.formats.publications.zipped import EARLIEST, pack
from aligner.formats.xml import attribute, encoded, escaped

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGES = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONSHIPS = "application/vnd.openxmlformats-package.relationships+xml"
_PROPERTIES = {
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
}
_BELONGS = {  # how what the package begins with is related to it
    "word/document.xml": f"{RELATIONS}/officeDocument",
    "docProps/core.xml": f"{_PACKAGES}/relationships/metadata/core-properties",
    "docProps/app.xml": f"{RELATIONS}/extended-properties",
}


def write(file: BinaryIO, publication: Publication, layout: Layout) -> tuple[str, ...]:
    """Write a publication as DOCX, on paper of the size A4.

    In columns the passages are the rows of a table whose first row, the names of the languages,
    stands on every page again; three languages lie across. In the layout of one language after the
    other each has a section of its own, with its title at the top of the pages.

    What nobody has reviewed has a character style and a dotted line beside it, as the notice has
    that says so.
    """
    look = sheet(layout, len(publication.langs))
    body = Body(publication, look)
    document = body.document(layout)
    measures = {**look.sizes, "lang": tag(publication.langs[0])}
    styles = Template(files(__package__).joinpath("styles.xml").read_text("utf-8"))
    parts = {
        "word/document.xml": _XML + document,
        "word/styles.xml": styles.substitute(measures),
        "word/settings.xml": files(__package__).joinpath("settings.xml").read_text("utf-8"),
        "word/numbering.xml": _XML + "".join(_numbering(body.starts)),
        "word/footer1.xml": _XML + body.footer(),
        **{f"word/{name}": _XML + header for name, header in body.headers.items()},
    }
    contents = {
        "[Content_Types].xml": _XML + "".join(_content_types(parts)),
        "_rels/.rels": _XML + _package_relations(),
        "docProps/core.xml": _XML + "".join(_core(publication)),
        "docProps/app.xml": _XML + _app(),
        "word/_rels/document.xml.rels": _XML + "".join(_relations(parts, body.links)),
        **parts,
    }
    packed = {name: encoded(text)[0] for name, text in contents.items()}
    pack(file, packed, publication.date or EARLIEST)
    return ()


def _kind(name: str) -> str:
    """What a part is, by its name: "header" for "word/header2.xml"."""
    return name.removeprefix("word/").removesuffix(".xml").rstrip("0123456789")


def _content_types(parts: Iterable[str]) -> Iterator[str]:
    yield f'<Types xmlns="{_PACKAGES}/content-types">'
    yield f'<Default Extension="rels" ContentType="{_RELATIONSHIPS}"/>'
    yield '<Default Extension="xml" ContentType="application/xml"/>'
    for name in parts:
        kind = _kind(name)
        own = "document.main" if kind == "document" else kind
        yield f'<Override PartName="/{name}" ContentType="{_TYPES}.{own}+xml"/>'
    for name, kind in _PROPERTIES.items():
        yield f'<Override PartName="/{name}" ContentType="{kind}"/>'
    yield "</Types>"


def _package_relations() -> str:
    inner = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}"/>'
        for n, (target, kind) in enumerate(_BELONGS.items(), 1)
    )
    return f'<Relationships xmlns="{_PACKAGES}/relationships">{inner}</Relationships>'


def _relations(parts: Iterable[str], links: Mapping[str, str]) -> Iterator[str]:
    """The parts of the document, by their file's name, and where its links lead."""
    yield f'<Relationships xmlns="{_PACKAGES}/relationships">'
    for name in parts:
        if (kind := _kind(name)) != "document":
            own = name.removeprefix("word/")
            id = own.removesuffix(".xml")  # noqa: A001
            yield f'<Relationship Id="{id}" Type="{RELATIONS}/{kind}" Target="{own}"/>'
    for link, id in links.items():  # noqa: A001
        yield f'<Relationship Id="{id}" Type="{RELATIONS}/hyperlink" '
        yield f'Target={attribute(link)} TargetMode="External"/>'
    yield "</Relationships>"


def _core(publication: Publication) -> Iterator[str]:
    first = publication.langs[0]
    moment = (publication.date or EARLIEST).strftime("%Y-%m-%dT%H:%M:%SZ")
    names = ", ".join(labels(lang).language for lang in publication.langs)
    yield f'<cp:coreProperties xmlns:cp="{_PACKAGES}/metadata/core-properties" '
    yield 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    yield 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    yield f"<dc:title>{escaped(publication.titles[first].text)}</dc:title>"
    if publication.source:
        yield f"<dc:creator>{escaped(publication.source.name)}</dc:creator>"
    yield f"<cp:keywords>{escaped(names)}</cp:keywords>"
    if publication.made:
        yield f"<dc:description>{escaped(' '.join(publication.made.values()))}</dc:description>"
    for name in ("created", "modified"):
        yield f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>'
    yield f"<dc:language>{tag(first)}</dc:language>"
    yield "</cp:coreProperties>"


def _app() -> str:
    properties = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'<Properties xmlns="{properties}"><Application>aligner</Application></Properties>'


def _numbering(starts: Sequence[int]) -> Iterator[str]:
    """Bullets as number 1, then a numbered list for each of the numbers that one begins with.

    Each has a definition of its own: lists of the same one would go on counting one another.
    """
    lists = [("bullet", "•", 1), *(("decimal", "%1.", start) for start in starts)]
    yield f"<w:numbering {NAMESPACES}>"
    for id, (kind, mark, start) in enumerate(lists, 1):  # noqa: A001
        yield f'<w:abstractNum w:abstractNumId="{id}"><w:multiLevelType w:val="singleLevel"/>'
        yield f'<w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>'
        yield f'<w:lvlText w:val="{mark}"/><w:lvlJc w:val="left"/>'
        yield '<w:pPr><w:ind w:left="340" w:hanging="340"/></w:pPr></w:lvl></w:abstractNum>'
    for id in range(1, len(lists) + 1):  # noqa: A001
        yield f'<w:num w:numId="{id}"><w:abstractNumId w:val="{id}"/></w:num>'
    yield "</w:numbering>"
