"""What web pages and e-books have in common: a publication as elements of HTML.

All of it is well-formed XML too. Nothing of a text is taken for markup, and the only links are
those of its runs and the source. What is said besides a passage's text, such as the mark for screen
readers, stands in elements of the class "aside".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from aligner.formats.publications import Form, Layout, Passage, Publication, Run, Source, Text
from aligner.formats.publications.labels import labels
from aligner.formats.xml import attribute, escaped
from aligner.records import Kind

_LISTS = {Form.ITEM: "ul", Form.NUMBERED: "ol"}


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the table of contents."""

    id: str
    lang: str
    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Page:
    """Writes the parts of a publication.

    Attributes:
        publication: whose.
        is_xml: whether it is for XHTML, where languages are named twice; there are no roles then,
            since no style takes an element's own away.
    """

    publication: Publication
    is_xml: bool = False

    def lang(self, lang: str) -> str:
        """The attributes that name a language; the direction goes by the text itself."""
        named = f' lang="{lang}"' + (f' xml:lang="{lang}"' if self.is_xml else "")
        return f'{named} dir="auto"'

    def title(self) -> str:
        """The title in all languages, as the one heading of the first level."""
        titles = self.publication.titles
        return "<h1>" + " ".join(self._span(lang, titles[lang]) for lang in self._langs) + "</h1>"

    def own_title(self, lang: str, level: int = 1) -> str:
        """The title in one language."""
        title = self.publication.titles[lang]
        classes = _class("title", "draft" if self.publication.mark(lang, title) else "")
        return f"<h{level}{classes}{self.lang(lang)}>{self._marked(lang, title)}</h{level}>"

    def about(self, langs: Sequence[str], *, each: bool = True) -> str:
        """What stands below the title: the source, and a word on machine translation.

        Args:
            langs: the languages to say it in.
            each: whether each of them is to name the source; else the first does.
        """
        parts = [
            f"<div{self.lang(lang)}>{source if each or lang == langs[0] else ''}{notice}</div>"
            for lang in langs
            for source, notice in [(self._source(lang), self._notice(lang))]
        ]
        return f'<div class="about">{"".join(parts)}</div>'

    def foot(self, langs: Sequence[str]) -> Iterator[str]:
        """The lines at the end: rights, source, how it was made."""
        for lang, lines in self.publication.credits.items():
            for line in lines:
                yield f'<p class="credit"{self.lang(lang)}>{escaped(line)}</p>'
        for lang in langs:
            if line := self._source(lang):
                yield f"<div{self.lang(lang)}>{line}</div>"
            if made := self.publication.made.get(lang):
                yield f'<p class="made"{self.lang(lang)}>{escaped(made)}</p>'

    def body(self, layout: Layout) -> Iterator[str]:
        """All passages, in one of the layouts that have the languages together."""
        yield from self._table() if layout is Layout.COLUMNS else self._interleaved()

    def whole(self, lang: str, *, below: int = 0) -> Iterator[str]:
        """All passages in one language.

        Args:
            lang: which.
            below: how many levels headings are to be lowered.
        """
        for form, passages in groupby(self._numbered, key=lambda one: _list_of(one[1])):
            items = [self._block(n, one, lang, below) for n, one in passages]
            yield from _wrapped(form, items)

    def headings(self, langs: Sequence[str]) -> list[Heading]:
        """The headings, in the first of some languages, with the identifiers they have."""
        return [
            Heading(self.heading_id(n, lang), lang, one.texts[lang].text, one.level)
            for lang in langs[:1]
            for n, one in self._numbered
            if one.kind is Kind.HEADING
        ]

    def heading_id(self, n: int, lang: str) -> str:
        """The identifier of a heading: that of a passage in a language."""
        return f"p{n + 1}-{lang}"

    @property
    def _langs(self) -> tuple[str, ...]:
        return self.publication.langs

    @property
    def _numbered(self) -> list[tuple[int, Passage]]:
        return list(enumerate(self.publication.passages))

    def _table(self) -> Iterator[str]:
        def role(name: str) -> str:
            # On a narrow page cells are no cells to the style; to a screen reader they stay it.
            return "" if self.is_xml else f' role="{name}"'

        yield f'<table class="columns"{role("table")}>'
        yield f"<thead{role('rowgroup')}><tr{role('row')}>"
        for lang in self._langs:
            name = escaped(labels(lang).language)
            yield f'<th scope="col"{role("columnheader")}{self.lang(lang)}>{name}</th>'
        yield f"</tr></thead><tbody{role('rowgroup')}>"
        for n, one in self._numbered:
            yield f'<tr class="{one.kind}"{role("row")}>'
            for lang in self._langs:
                block = "".join(_wrapped(_list_of(one), [self._block(n, one, lang, 0, own=False)]))
                yield f"<td{role('cell')}{self.lang(lang)}>{block}</td>"
            yield "</tr>"
        yield "</tbody></table>"

    def _interleaved(self) -> Iterator[str]:
        for n, one in self._numbered:
            if one.kind is Kind.HEADING:
                spans = " ".join(self._span(lang, one.texts[lang]) for lang in self._langs)
                name = self.heading_id(n, self._langs[0])
                yield f'<h{one.level} id="{name}">{spans}</h{one.level}>'
                continue
            blocks = [
                "".join(_wrapped(_list_of(one), [self._block(n, one, lang, 0)]))
                for lang in self._langs
            ]
            yield f'<div class="passage">{"".join(blocks)}</div>'

    def _block(self, n: int, one: Passage, lang: str, below: int, *, own: bool = True) -> str:
        """A passage in a language; `own` is whether it must name the language itself."""
        text = one.texts[lang]
        names = self.lang(lang) if own else ""
        marked = self.publication.mark(lang, text)
        said = self._marked(lang, text)
        if one.kind is Kind.HEADING:
            level = min(6, one.level + below)
            name = self.heading_id(n, lang)
            return (
                f'<h{level} id="{name}"{_class("draft" if marked else "")}{names}>{said}</h{level}>'
            )
        classes = _class("caption" if one.kind is Kind.CAPTION else "", "draft" if marked else "")
        if one.kind is Kind.BODY and one.form in _LISTS:
            number = f' value="{one.number}"' if one.form is Form.NUMBERED else ""
            return f"<li{number}{classes}{names}>{said}</li>"
        if one.kind is Kind.BODY and one.form is Form.QUOTE:
            return f"<blockquote{names}><p{classes}>{said}</p></blockquote>"
        return f"<p{classes}{names}>{said}</p>"

    def _span(self, lang: str, text: Text) -> str:
        draft = _class("draft" if self.publication.mark(lang, text) else "")
        return f"<span{draft}{self.lang(lang)}>{self._marked(lang, text)}</span>"

    def _marked(self, lang: str, text: Text) -> str:
        """A text, before it for screen readers that nobody has reviewed it."""
        mark = self.publication.mark(lang, text)
        said = f'<span class="aside">({escaped(mark)}) </span>' if mark else ""
        return said + inline(text)

    def _source(self, lang: str) -> str:
        source = self.publication.source
        if source is None:
            return ""
        return f'<p class="source">{escaped(labels(lang).source)}: {_anchor(source)}</p>'

    def _notice(self, lang: str) -> str:
        notice = self.publication.notices.get(lang, "")
        return f'<p class="notice draft" role="note">{escaped(notice)}</p>' if notice else ""


def inline(text: Text) -> str:
    """The runs of a text as elements."""
    linked = groupby(text.runs, key=lambda run: run.link)
    return "".join(
        f"<a href={attribute(link)}>{inner}</a>" if link else inner
        for link, runs in linked
        for inner in ["".join(map(_run, runs))]
    )


def _run(run: Run) -> str:
    said = escaped(run.text)
    if run.is_missing:
        return f'<span class="missing">{said}</span>'
    for is_so, name in ((run.is_code, "code"), (run.is_italic, "em"), (run.is_bold, "strong")):
        said = f"<{name}>{said}</{name}>" if is_so else said
    return said


def _anchor(source: Source) -> str:
    name = escaped(source.name)
    return f"<a href={attribute(source.link)}>{name}</a>" if source.link else name


def _class(*names: str) -> str:
    said = " ".join(filter(None, names))
    return f' class="{said}"' if said else ""


def _list_of(one: Passage) -> str:
    """The list that a passage is an item of."""
    return _LISTS.get(one.form, "") if one.kind is Kind.BODY else ""


def _wrapped(name: str, blocks: Sequence[str]) -> Iterator[str]:
    """Blocks, the items of a list within it."""
    if name:
        yield f"<{name}>{''.join(blocks)}</{name}>"
    else:
        yield from blocks
