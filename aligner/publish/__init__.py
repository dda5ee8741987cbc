"""Publications of what we have made or were given: the paragraphs, their print, their rights.

    publication = compose(Order("corpora/article")).publication

The sentences of a paragraph are joined again; the first heading is the title. The small print of
the source is left out but for what it says of rights, and a link to the source that it asks for
stands in every publication. What no person has reviewed is marked.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Literal

import regex

from aligner.errors import UsageError
from aligner.formats.publications import Form, Layout, Passage, Publication, Source, Text
from aligner.formats.publications.labels import labels
from aligner.languages import check
from aligner.publish import rights
from aligner.publish.reading import Material, material
from aligner.publish.texts import Sentence, Style, as_is, passage, plain, printed, safe_link, tidy
from aligner.records import PERSONS, Kind, Origin, Unit

Rows = Literal["paragraphs", "sentences"]

_FORMS = {"li": Form.ITEM, "ol": Form.NUMBERED, "blockquote": Form.QUOTE}

# How items of lists begin in plain text; in the translation as in the source.
_BULLET = regex.compile(r"[•◦▪‣●○■□►*+-][ \t\u00a0]+(?=\S)")
_NUMBER = regex.compile(r"(\d{1,3})[.)][ \t\u00a0]+(?=\S)")


@dataclass(frozen=True, slots=True)
class Order:
    """What to publish, and how.

    Attributes:
        place: a folder that `aligner run` has written, a file of units, "-" for standard input.
        format: of a file, if its name does not tell.
        document: which of the documents in a file.
        langs: the languages, in their order; by default the source and all it is translated into,
            in the layout "target" without the source.
        layout: how the languages stand to one another.
        rows: what is a passage.
        titles: by language, instead of the first heading; "" is the source's language.
        credits: lines on the rights, instead of those of the source; by language, as for titles.
        link: the address where the source was first published.
        article: the original file, for its lines on rights.
        is_final: leave out the marks of what no person has reviewed.
        is_printed: set quotes, dashes and spaces as each language does in print.

    Raises:
        UsageError: a language is no code, or the link no address of the web.
    """

    place: str
    format: str | None = None
    document: str = ""
    langs: tuple[str, ...] = ()
    layout: Layout = Layout.COLUMNS
    rows: Rows = "paragraphs"
    titles: Mapping[str, str] = field(default_factory=dict)
    credits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    link: str = ""
    article: str = ""
    is_final: bool = False
    is_printed: bool = True

    def __post_init__(self) -> None:
        for lang in (*self.langs, *filter(None, (*self.titles, *self.credits))):
            check(lang)
        if self.link and not safe_link(self.link).startswith("http"):
            raise UsageError(
                f'"{self.link}" is no address of the web',
                hint="Give one such as https://cabar.asia/en/article.",
            )


@dataclass(frozen=True, slots=True)
class Composed:
    """A publication, and what whoever publishes it should know.

    Attributes:
        publication: to be written.
        unreviewed: by language, how many sentences no person has reviewed.
        missing: by language, how many sentences have no translation.
        count: how many sentences there are.
        warnings: sentences without a full stop.
    """

    publication: Publication
    unreviewed: Mapping[str, int]
    missing: Mapping[str, int]
    count: int
    warnings: tuple[str, ...]


def compose(order: Order) -> Composed:
    """Make a publication.

    Raises:
        InputError: what is to be published cannot be read.
        UsageError: it has several documents, or nothing in a language that is asked for.
    """
    found = material(order.place, order.document, order.format, order.article)
    langs = _langs(order, found)
    maker = _Maker(order, found, langs)
    passages = maker.passages()
    titles, passages = _titled(order, found, langs, passages, maker.styles)
    credits = maker.credits()  # noqa: A001
    source, credits, warnings = _sourced(order, found, credits)  # noqa: A001
    body = [unit for unit in found.units if unit.kind is not Kind.BOILERPLATE]
    origins = {lang: _origins(found, body, lang) for lang in langs}
    unreviewed = {
        lang: n
        for lang, own in origins.items()
        if (n := len([o for o in own if o]) - _persons(own))
    }
    made = {lang: line for lang in langs if (line := _made(found, lang, lang in unreviewed))}
    publication = Publication(
        id=found.id,
        langs=langs,
        source_lang=found.lang,
        titles=titles,
        passages=tuple(passages),
        source=source,
        credits=credits,
        made=made,
        notices={} if order.is_final else _notices(body, unreviewed),
        date=_date(found),
    )
    return Composed(
        publication,
        unreviewed,
        {lang: n for lang, own in origins.items() if (n := own.count(None))},
        len(body),
        warnings,
    )


def _langs(order: Order, found: Material) -> tuple[str, ...]:
    """The languages to publish in."""
    there = dict.fromkeys((found.lang, *(lang for unit in found.units for lang in unit.targets)))
    if not order.langs:
        wanted = [lang for lang in there if order.layout is not Layout.TARGET or lang != found.lang]
        return tuple(wanted or there)
    langs = tuple(dict.fromkeys(check(lang) for lang in order.langs))
    for lang in langs:
        if lang not in there:
            raise UsageError(
                f'there is nothing in "{lang}" to publish',
                where=order.place,
                hint=f"There is text in: {', '.join(there)}.",
            )
    return langs


class _Maker:
    """Makes the passages of a publication of its units."""

    def __init__(self, order: Order, found: Material, langs: Sequence[str]) -> None:
        self._order, self._found, self._langs = order, found, langs
        self.styles: dict[str, Style] = {
            lang: printed(lang) if order.is_printed else as_is for lang in (*langs, found.lang)
        }

    def passages(self) -> list[Passage]:
        """All passages that belong to the text."""
        made = []
        number = 0
        for paragraph in self._found.paragraphs:
            kind = paragraph[0].kind
            if kind is Kind.BOILERPLATE:
                continue
            role = self._found.roles.get(paragraph[0].source.block, "")
            number = number + 1 if role == "ol" else 0
            by_sentence = self._order.rows == "sentences"
            rows = [(unit,) for unit in paragraph] if by_sentence else [paragraph]
            made += [self._passage(row, kind, role, number) for row in rows]
        return made

    def credits(self) -> dict[str, tuple[str, ...]]:
        """The lines on rights in the small print, by language."""
        lines: dict[str, list[str]] = {}
        for block in self._found.small_print:
            lines.setdefault(self._found.lang, []).append(block.text)
        for paragraph in self._found.paragraphs:  # where boilerplate was translated, too
            if paragraph[0].kind is Kind.BOILERPLATE:
                for lang in self._langs:
                    texts = (one.text for one in self._sentences(paragraph, lang))
                    lines.setdefault(lang, []).append(" ".join(texts))
        return {
            lang: tuple(dict.fromkeys(plain(one, self.styles[lang]).text for one in kept))
            for lang, own in lines.items()
            if (kept := [o for o in own if rights.is_credit(o) or rights.asks_for_link(o)])
        }

    def _passage(self, units: Sequence[Unit], kind: Kind, role: str, number: int) -> Passage:
        form = _FORMS.get(role, Form.PARAGRAPH)
        if kind is Kind.BODY and not role:
            form, number = _form(units[0].source.text)
        texts = {
            lang: self._text([_without_mark(one, n, form) for n, one in enumerate(own)], lang)
            for lang in self._langs
            for own in [self._sentences(units, lang)]
        }
        level = max(2, int(role[1])) if kind is Kind.HEADING and role[:1] == "h" else 2
        return Passage(kind, texts, level, form, max(1, number))

    def _text(self, sentences: Sequence[Sentence], lang: str) -> Text:
        return passage(sentences, lang, labels(lang).missing, self.styles[lang], self._order.link)

    def _sentences(self, units: Sequence[Unit], lang: str) -> list[Sentence]:
        """The sentences of some units of a paragraph in a language."""
        found = []
        end: int | None = None
        for unit in units:
            source = unit.source
            # Only a folder knows where a segment stood; those of a file all begin at 0.
            gap = end is None or source.start == 0 or source.start > end
            end = source.stop
            if lang == self._found.lang:
                found.append(Sentence(source.text, source.codes, None, gap))
            elif target := unit.targets.get(lang):
                found.append(Sentence(target.text, target.codes, target.origin))
            else:
                found.append(Sentence(""))
        return found


def _form(text: str) -> tuple[Form, int]:
    """What a line of plain text is, and its number in a list."""
    if match := _NUMBER.match(text):
        return Form.NUMBERED, int(match[1])
    return (Form.ITEM if _BULLET.match(text) else Form.PARAGRAPH), 1


def _without_mark(sentence: Sentence, n: int, form: Form) -> Sentence:
    """The first sentence of an item of a list without its bullet or number, which formats set."""
    mark = {Form.ITEM: _BULLET, Form.NUMBERED: _NUMBER}.get(form)
    match = mark.match(sentence.text) if mark and n == 0 else None
    if match is None:
        return sentence
    cut = match.end()
    codes = tuple(replace(code, at=max(0, code.at - cut)) for code in sentence.codes)
    return replace(sentence, text=sentence.text[cut:], codes=codes)


def _titled(
    order: Order,
    found: Material,
    langs: Sequence[str],
    passages: list[Passage],
    styles: Mapping[str, Style],
) -> tuple[dict[str, Text], list[Passage]]:
    """The titles by language, and the passages without the one that they were."""
    body = [n for n, one in enumerate(passages) if one.kind is Kind.BODY]
    headings = [n for n, one in enumerate(passages) if one.kind is Kind.HEADING]
    titles = {lang: plain(found.id) for lang in langs}
    if headings and (not body or headings[0] < body[0]):
        titles = dict(passages[headings[0]].texts)
        passages = [one for n, one in enumerate(passages) if n != headings[0]]
    given = {lang or found.lang: title for lang, title in order.titles.items()}
    return {
        lang: plain(given[lang], styles[lang])
        if tidy(given.get(lang, "")).strip()
        else titles[lang]
        for lang in langs
    }, passages


def _sourced(
    order: Order, found: Material, own: dict[str, tuple[str, ...]]
) -> tuple[Source | None, dict[str, tuple[str, ...]], tuple[str, ...]]:
    """The source and the credits; a line that asks for a link is not needed where there is one."""
    lines = [line for some in own.values() for line in some]
    source = rights.source(lines, safe_link(order.link))
    wants_link = any(map(rights.asks_for_link, lines))
    warnings = []
    if wants_link and not order.link:
        has = f"it leads to {source.link} now" if source and source.link else "there is none now"
        warnings.append(
            f"the source asks for an active link: {has}; give the article's own with --source-url"
        )
    if source and source.link:
        own = {
            lang: kept
            for lang, some in own.items()
            if (kept := tuple(line for line in some if not rights.asks_for_link(line)))
        }
    if order.credits:
        own = {
            lang or found.lang: tuple(tidy(line).strip() for line in some)
            for lang, some in order.credits.items()
        }
    return source, own, tuple(warnings)


def _origins(found: Material, body: Iterable[Unit], lang: str) -> list[Origin | None]:
    """Where the sentences of a translation come from; None for one that is missing."""
    if lang == found.lang:
        return []
    targets = (unit.targets.get(lang) for unit in body)
    return [one.origin if one and one.text.strip() else None for one in targets]


def _persons(origins: Iterable[Origin | None]) -> int:
    """How many sentences a person wrote or approved."""
    return sum(origin in PERSONS for origin in origins)


def _notices(found: Sequence[Unit], unreviewed: Mapping[str, int]) -> dict[str, str]:
    """What is to be said of the languages that have text which no person has reviewed."""
    return {
        lang: labels(lang).notice if n == len(found) else labels(lang).partial_notice
        for lang, n in unreviewed.items()
    }


def _made(found: Material, lang: str, is_unreviewed: bool) -> str:
    """By what machine a translation was made, as far as it is a machine's."""
    targets = [unit.targets[lang] for unit in found.units if lang in unit.targets]
    models = Counter(one.model or one.engine for one in targets)
    named = ", ".join(name for name in (found.tool, *models) if name)
    if not any(models):
        return ""
    said = labels(lang)
    return (said.made if is_unreviewed else said.made_reviewed).format(named)


def _date(found: Material) -> datetime | None:
    """When it was made; SOURCE_DATE_EPOCH says otherwise where builds must be reproducible."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else found.date
