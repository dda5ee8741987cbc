"""Publications as PDF, set by Typst: tagged for screen readers (PDF/UA-1, ISO 14289-1).

The template beside this module gets the publication as JSON, so that no text is ever read as
markup; it can read no other file, and nothing is fetched. The letters are those that Typst brings,
so that the same publication gives the same bytes everywhere; only where they lack a character are
the fonts of this computer asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC
from importlib.resources import files
from itertools import islice
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

import regex

from aligner.errors import OutputError
from aligner.formats.publications import Layout, Publication, Run, Text
from aligner.formats.publications.labels import labels
from aligner.formats.publications.paper import foot, head, is_rtl, is_tall, region
from aligner.formats.publications.zipped import EARLIEST
from aligner.records import Kind

_ENDLESS = 3000  # letters: the best line ends of all would take too long to find
_ACCESSIBLE = "ua-1"
_UNBROKEN = regex.compile(r"[^\s\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}]{40,}")
_CLUSTER = regex.compile(r"\X")
_DATE = ("year", "month", "day", "hour", "minute", "second")
_MOST_NAMED = 20  # characters in a warning


def write(file: BinaryIO, publication: Publication, layout: Layout) -> tuple[str, ...]:
    """Write a publication as PDF, on paper of the size A4.

    In columns the passages are the rows of a table, whose head, the names of the languages, stands
    on every page again; three languages lie across. Words are hyphenated in the languages that
    Typst has patterns for; Kyrgyz is not one of them.

    A character that no font of this computer has is shown as an empty box; the file is tagged then,
    but does not claim PDF/UA.

    Returns:
        Which characters these are.

    Raises:
        OutputError: Typst is not installed.
    """
    data = json.dumps(_data(publication, layout), ensure_ascii=False)
    made, lost = _compiled(data, int((publication.date or EARLIEST).timestamp()))
    file.write(made)
    return lost


def _compiled(data: str, moment: int) -> tuple[bytes, tuple[str, ...]]:
    """The bytes of the file, and what it cannot show.

    The fonts of this computer are for what those of Typst cannot show.
    """
    typst = _typst()
    template = files(__package__).joinpath("page.typ").read_bytes()
    with TemporaryDirectory() as empty:  # the root: there is nothing to be read in it
        options: dict[str, Any] = {"root": empty, "package_path": empty, "timestamp": moment}
        options |= {"package_cache_path": empty, "sys_inputs": {"publication": data}}
        for fonts in (typst.Fonts(include_system_fonts=False), typst.Fonts()):
            with suppress(typst.TypstError):  # PDF/UA is not without a glyph for each character
                made = typst.compile(
                    template, font_paths=fonts, pdf_standards=[_ACCESSIBLE], **options
                )
                return bytes(made), ()
        unshown = list(islice(_unshown(sorted(set(data)), fonts), _MOST_NAMED))
        return bytes(typst.compile(template, font_paths=fonts, **options)), tuple(_lost(unshown))


def _lost(unshown: Sequence[str]) -> Iterator[str]:
    if unshown:
        named = ", ".join(f"{one} (U+{ord(one):04X})" for one in unshown)
        more = " …" if len(unshown) == _MOST_NAMED else ""
        yield (
            f"no font on this computer has {named}{more}: the PDF shows boxes in their place; "
            "install one that has them, such as Noto"
        )


def _unshown(characters: Sequence[str], fonts: Any) -> Iterator[str]:
    """The characters for which no font has a glyph."""
    typst = _typst()
    probe = b'#set document(title: "x")\n#sys.inputs.text'
    try:
        typst.compile(
            probe,
            font_paths=fonts,
            pdf_standards=[_ACCESSIBLE],
            sys_inputs={"text": " ".join(characters)},
        )
    except typst.TypstError:
        if len(characters) == 1:
            yield characters[0]
            return
        half = len(characters) // 2
        yield from _unshown(characters[:half], fonts)
        yield from _unshown(characters[half:], fonts)


def _typst() -> Any:
    try:
        import typst
    except ModuleNotFoundError as error:
        raise OutputError(
            "PDF needs Typst, which is not installed",
            hint="Install it with pip install 'aligner[pdf]', or choose another format.",
        ) from error
    return typst


def _data(publication: Publication, layout: Layout) -> dict[str, Any]:
    """What the template is given; its names are those that it uses."""
    langs = publication.langs
    title = publication.titles[langs[0]].text
    source = publication.source
    date = publication.date and publication.date.astimezone(UTC)
    return {
        "layout": layout.value,
        "langs": [_language(publication, lang) for lang in langs],
        "title": title,
        "author": [source.name] if source else [],
        "description": " ".join(publication.made.values()) or None,
        "date": date and dict(zip(_DATE, date.timetuple(), strict=False)),
        "titles": _texts(publication, publication.titles),
        "source": source and {"name": source.name, "link": source.link},
        "passages": list(_passages(publication)),
        "foot": [{"text": line, **_code(lang)} for lang, line in foot(publication)],
    }


def _language(publication: Publication, lang: str) -> dict[str, Any]:
    said = labels(lang)
    notice = publication.notices.get(lang, "")
    return {
        **_code(lang),
        "name": said.language,
        "source": said.source,
        "notice": notice,
        "head": head(publication, lang),
    }


def _code(lang: str) -> dict[str, str | None]:
    return {"code": lang, "region": region(lang) or None}


def _passages(publication: Publication) -> Iterator[dict[str, Any]]:
    level = 1
    for one in publication.passages:
        if one.kind is Kind.HEADING:
            level = min(one.level, level + 1)  # PDF/UA: no level is left out
        yield {
            "kind": one.kind.value,
            "form": one.form.value,
            "level": level,
            "number": one.number,
            "tall": is_tall(publication, one),
            "texts": _texts(publication, one.texts),
        }


def _texts(publication: Publication, texts: Mapping[str, Text]) -> dict[str, Any]:
    return {
        lang: {
            "runs": [_run(run) for run in texts[lang].runs],
            "draft": bool(publication.mark(lang, texts[lang])),
            "endless": len(texts[lang].text) > _ENDLESS,
            "rtl": is_rtl(texts[lang].text),
        }
        for lang in publication.langs
    }


def _run(run: Run) -> dict[str, Any]:
    return {
        "text": _breakable(run.text),
        "link": run.link,
        "bold": run.is_bold,
        "italic": run.is_italic,
        "code": run.is_code,
        "missing": run.is_missing,
    }


def _breakable(text: str) -> str:
    """A text in which a line may end anywhere within a string too long for a line."""
    return _UNBROKEN.sub(lambda match: "\u200b".join(_CLUSTER.findall(match[0])), text)
