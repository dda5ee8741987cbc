"""What comes back from translators' tools: recognised, told from the machine's work, merged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.curation.returns import File, How, Matcher, Returned
from aligner.curation.revision import Revision, Verdict, revise
from aligner.entries import Entry, Inline, Variant
from aligner.errors import InputError
from aligner.formats import units
from aligner.markup.carry import carry
from aligner.records import (
    Bitext,
    Block,
    Code,
    CodeKind,
    Document,
    Kind,
    Origin,
    Outcome,
    Segment,
    Target,
    TermUse,
    Unit,
)
from aligner.results import issues

CREATED = "2026-01-01T12:00:00Z"
LATER, LATEST = "20260202T100000Z", "20260303T100000Z"
MODEL = "translate-en_ru-1_9"
# One sentence stands twice; one has a no-break space, one an accent.
SOURCES = (
    "A Long Way",
    "It rained.",
    "He left for Osh\u00a0at 5 p.m.",
    "It rained.",
    "The café was shut.",
)


def mt(text: str, **fields: object) -> Target:
    return replace(Target(text, Origin.MT, 0.5, "argos", MODEL), **fields)  # type: ignore[arg-type]


def bitext(*sources: str, langs: Iterable[str] = ("ru", "ky")) -> Bitext:
    """An article of a sentence a paragraph, with targets like «It rained.» ru."""
    document = Document("a", "en", "", tuple(Block(Kind.BODY, text) for text in sources))
    return Bitext(
        document,
        tuple(
            Unit(
                Segment(f"{number + 1}.1", number, 0, len(text), text),
                {lang: mt(f"«{text}» {lang}") for lang in langs},
            )
            for number, text in enumerate(sources)
        ),
    )


ARTICLE = bitext(*SOURCES)


def sent(article: Bitext = ARTICLE) -> list[Entry]:
    """The units as we export them."""
    return list(units.bundle(article).entries)


def tuv(lang: str, text: str, **attributes: str) -> Variant:
    return Variant(lang, text, attributes=tuple(attributes.items()))


def omegat(source: str, text: str, lang: str = "ru", before: str = "", after: str = "") -> Entry:
    """A translation as OmegaT saves it: the default one, or with neighbours an alternative."""
    person = {"changeid": "aida", "changedate": LATER, "creationid": MODEL}
    around = (("file", "a.txt"), ("prev", before), ("next", after)) if before or after else ()
    return Entry("", (tuv("en", source), tuv(lang, text, **person)), "en", around)


def matched(*entries: Entry, article: Bitext = ARTICLE, force: bool = False) -> Returned:
    matcher = Matcher(article, sent(article), units.target, CREATED, force=force)
    return matcher.match(File("edited.tmx", entries, CREATED))


def taken(*files: Iterable[Entry], article: Bitext = ARTICLE, force: bool = False) -> Revision:
    """The bitext with the edits of several files."""
    matcher = Matcher(article, sent(article), units.target, CREATED, force=force)
    names = (f"{number}.tmx" for number in count(1))
    given_ = [
        matcher.match(File(name, file, CREATED)) for name, file in zip(names, files, strict=False)
    ]
    return revise(article, given_, issues, carry, force=force)


def texts(revision: Revision, lang: str = "ru") -> list[str]:
    return [unit.targets[lang].text for unit in revision.bitext.units]


def counts(revision: Revision, lang: str = "ru") -> dict[Verdict, int]:
    return {verdict: count for verdict, count in revision.verdicts[lang].items() if count}


# Which unit


def indexes(returned: Returned) -> dict[int, How]:
    return {index: edits[0].how for (index, _), edits in returned.edits.items()}


def test_by_its_name() -> None:
    entry = sent()[1]
    edited = replace(entry, variants=(entry.variants[0], tuv("ru", "Шёл дождь.")))
    assert indexes(matched(edited)) == {1: How.ID}


def test_a_name_alone_is_not_enough() -> None:
    entry = replace(sent()[1], variants=(tuv("en", "It snowed."), tuv("ru", "Шёл снег.")))
    returned = matched(entry, *sent())
    assert [one.reason for one in returned.unmatched] == ["the source text is not that of a:2.1"]
    assert (returned.matched, returned.total) == (5, 6)


def test_a_name_of_another_sentence() -> None:
    """Two tools count segments in two ways."""
    assert indexes(matched(replace(omegat("A Long Way", "Путь"), tuid="a:2.1"))) == {0: How.TEXT}


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("A Long Way", "He left for Osh at 5 p.m.", {1: How.CONTEXT}),
        ("He left for Osh\u00a0at 5 p.m.", "The café was shut.", {3: How.CONTEXT}),
        ("© Acme 2024", "The café was shut.", {3: How.CONTEXT}),  # we leave out small print
        ("Nobody", "knows.", {}),
        ("", "", {1: How.TEXT, 3: How.TEXT}),
    ],
)
def test_by_its_context(before: str, after: str, found: Mapping[int, How]) -> None:
    returned = matched(omegat("It rained.", "Лило.", before=before, after=after), *sent())
    assert indexes(returned) == found
    assert len(returned.unmatched) == (not found)


@pytest.mark.parametrize(
    ("source", "index"),
    [
        ("He left for Osh at 5 p.m.", 2),
        ("He left for Osh\n at 5 p.m. ", 2),
        ("The cafe\u0301 was shut.", 4),
        ("The\u00adcafé was shut.", None),
    ],
)
def test_by_its_text(source: str, index: int | None) -> None:
    returned = matched(omegat(source, "Новый текст."), *sent())
    assert indexes(returned) == ({} if index is None else {index: How.TEXT})


def test_of_equal_sentences_the_one_spelt_so() -> None:
    article = bitext("At 5\u00a0p.m.", "At 5 p.m.", "At 5 p.m.")
    assert indexes(matched(omegat("At 5 p.m.", "В пять."), article=article)).keys() == {1, 2}
    assert indexes(matched(omegat("At 5\u202fp.m.", "В пять."), article=article)).keys() == {
        0,
        1,
        2,
    }


def test_a_file_of_another_article() -> None:
    other = sent(bitext(*["nothing", "here", "is", "the", "same", "but", "one"], "It rained."))
    with pytest.raises(InputError, match="1 of its 8 units are among the 7 of a") as raised:
        matched(
            *(replace(entry, props=(), tuid="") for entry in other),
            article=bitext(*SOURCES, "So it went on.", "For long."),
        )
    assert raised.value.where == "edited.tmx"
    assert "--force" in raised.value.hint
    with pytest.raises(InputError, match="no units"):
        matched()


def test_the_same_text_of_another_article() -> None:
    other = [
        replace(entry, tuid=f"b:{number}", props=(("x-document", "b"),))
        for number, entry in enumerate(sent())
    ]
    with pytest.raises(InputError, match="0 of its 5") as raised:
        matched(*other)
    assert "the document is another one: b" in raised.value.hint
    assert matched(*other, force=True).matched == 5


def test_a_tool_that_names_the_document_otherwise() -> None:
    others = [replace(entry, props=(("x-document", r"C:\jobs\a.xlf"),)) for entry in sent()]
    assert matched(*others).matched == 5


def test_a_project_of_many_files() -> None:
    """OmegaT keeps all that a project ever translated in one file."""
    others = [omegat(f"Another sentence, number {number}.", "Да.") for number in range(50)]
    assert matched(*others, *sent()).matched == 5


def test_the_wrong_language() -> None:
    with pytest.raises(InputError, match="0 of its 1") as raised:
        matched(Entry("a:1.1", (tuv("de", "Ein weiter Weg"), tuv("ru", "Долгий путь"))))
    assert "no text in en" in raised.value.hint


# Whose text


def mine(**changes: str) -> Entry:
    """Our second unit, with other attributes and properties of its Russian."""
    entry = sent()[1]
    source, russian, kyrgyz = entry.variants
    text = changes.pop("text", russian.text)
    props = {
        **dict(russian.props),
        **{k.replace("_", "-"): v for k, v in changes.items() if "_" in k},
    }
    attributes = dict(russian.attributes) | {k: v for k, v in changes.items() if "_" not in k}
    changed = replace(
        russian, text=text, props=tuple(props.items()), attributes=tuple(attributes.items())
    )
    return replace(entry, variants=(source, changed, kyrgyz))


@pytest.mark.parametrize(
    ("entry", "is_edit"),
    [
        (mine(), False),
        (mine(text="Шёл дождь."), True),
        (mine(changeid="aida"), True),
        (mine(creationid="aida"), True),
        (mine(changeid=MODEL, changedate=LATER), False),  # what OmegaT's tm/auto fills in
        (mine(changeid="argos"), False),
        (mine(x_origin="post-edited"), True),  # what a reader of XLIFF says of an approved text
        (mine(x_origin="human"), True),
        (mine(text="Дождь.", x_model="translate-en_ru-0_1"), False),  # another run's
        (mine(text="Дождь.", x_model="translate-en_ru-0_1", changeid="aida"), True),
        (mine(text=" \n"), False),
    ],
)
def test_what_is_a_persons(entry: Entry, is_edit: bool) -> None:
    returned = matched(entry)
    assert bool(returned.edits) == is_edit


def test_an_unknown_tool_with_a_later_date() -> None:
    text = "«It rained.» ru"
    untouched = Entry("", (tuv("en", "It rained."), tuv("ru", text, changedate="20251231T000000Z")))
    touched = Entry("", (tuv("en", "It rained."), tuv("ru", text, changedate=LATER)))
    assert not matched(untouched).edits
    assert matched(touched).edits


OLD = "20251130T000000Z"  # before the article was translated


@pytest.mark.parametrize(
    ("entry", "is_edit"),
    [
        (mine(text="Дождь.", creationdate=OLD), False),
        (mine(text="Дождь.", creationdate=OLD, changeid=MODEL, changedate=OLD), False),
        (mine(text="Дождь.", creationdate=OLD, changedate=LATER), True),
        (mine(text="Дождь.", creationdate=OLD, changeid="aida"), True),
        (mine(text="Дождь.", creationdate=OLD, x_origin="post-edited"), True),
        (mine(text="Дождь.", creationdate="20260101T120000Z"), True),
        (omegat("It rained.", "Дождь."), True),
        # of nobody known, and not said to be a machine's
        (Entry("", (tuv("en", "It rained."), tuv("ru", "Дождь.", creationdate=OLD))), True),
    ],
)
def test_what_an_earlier_run_made_is_no_persons(entry: Entry, is_edit: bool) -> None:
    """A file may have gone out before the article was translated again."""
    matcher = Matcher(ARTICLE, sent(), units.target, CREATED)
    assert bool(matcher.match(File("edited.tmx", [entry])).edits) == is_edit


def test_who_and_when() -> None:
    entry = Entry(
        "",
        (tuv("en", "A Long Way"), tuv("ru", "Долгий путь", changeid="aida", changedate=LATER)),
        notes=("see the archive",),
    )
    (edit,) = matched(entry).edits[0, "ru"]
    assert (edit.target.editor, edit.target.edited) == ("aida", "2026-02-02T10:00:00Z")
    assert (edit.note, edit.file) == ("see the archive", "edited.tmx")
    undated = replace(entry, variants=(entry.variants[0], tuv("ru", "Долгий путь")))
    (edit,) = matched(undated).edits[0, "ru"]
    assert (edit.target.editor, edit.target.edited) == ("", CREATED)  # when the file was saved


def test_the_date_of_the_machine_is_not_that_of_the_edit() -> None:
    for dates in ({}, {"changedate": "20260101T120000Z", "changeid": MODEL}):
        entry = mine(text="Шёл дождь.", creationdate="20260101T120000Z", **dates)
        matcher = Matcher(ARTICLE, sent(), units.target, CREATED)
        (edit,) = matcher.match(File("edited.xlf", [entry], "2026-05-05T05:05:05Z")).edits[1, "ru"]
        assert edit.target.edited == "2026-05-05T05:05:05Z"


# What becomes of it


def test_an_edit() -> None:
    revision = taken([omegat("It rained.", "Шёл дождь.")])
    target = revision.bitext.units[1].targets["ru"]
    assert target == Target(
        "Шёл дождь.",
        Origin.POST_EDITED,
        engine="argos",
        model=MODEL,
        draft="«It rained.» ru",
        editor="aida",
        edited="2026-02-02T10:00:00Z",
    )
    assert counts(revision) == {Verdict.REWRITTEN: 2, Verdict.MISSING: 3}
    assert counts(revision, "ky") == {Verdict.MISSING: 5}
    assert revision.bitext.units[0] == ARTICLE.units[0]


def test_the_first_draft_stays() -> None:
    first = taken([omegat("A Long Way", "Долгая дорога")]).bitext
    again = replace(omegat("A Long Way", "Долгий путь"))
    second = taken([with_date(again, LATEST)], article=first)
    target = second.bitext.units[0].targets["ru"]
    assert (target.text, target.draft) == ("Долгий путь", "«A Long Way» ru")


def with_date(entry: Entry, date: str) -> Entry:
    source, target = entry.variants
    attributes = dict(target.attributes) | {"changedate": date}
    return replace(entry, variants=(source, replace(target, attributes=tuple(attributes.items()))))


def test_verdicts() -> None:
    article = bitext("One", "Two", "Three", "Four")
    long_ = "Десять слов стоят здесь в ряд, и все они верные."
    article = replace(
        article,
        units=tuple(replace(unit, targets={"ru": mt(long_)}) for unit in article.units),
    )
    revision = taken(
        [
            omegat("One", long_),
            omegat("Two", long_.replace("верные", "верны")),
            omegat("Three", "Всё не так."),
        ],
        article=article,
    )
    assert counts(revision) == {
        Verdict.KEPT: 1,
        Verdict.LIGHT: 1,
        Verdict.REWRITTEN: 1,
        Verdict.MISSING: 1,
    }
    kept, light, rewritten, _ = (unit.targets["ru"] for unit in revision.bitext.units)
    assert (kept.origin, kept.draft, kept.editor, kept.score) == (
        Origin.POST_EDITED,
        long_,
        "aida",
        0.5,
    )
    assert light.score is rewritten.score is None
    assert [change.distance for change in revision.changes] == [0, 1, 11]
    assert revision.changes[1].rate.value == pytest.approx(1 / 12)
    # The rate of the language: edits by words of the final texts.
    assert (revision.rates["ru"].edits, revision.rates["ru"].length) == (12, 12 + 12 + 4)


def test_what_a_person_changed_is_checked_again() -> None:
    use = TermUse("osh", "Osh", "Ош", Outcome.FORCED)
    gone = TermUse("cafe", "café", "кафе", Outcome.FORCED)
    lost = TermUse("way", "way", "путь", Outcome.MISSING)
    before = mt("Он уехал.", terms=(use, gone, lost), issues=("numbers: 5 stands",))
    article = replace(ARTICLE, units=(replace(ARTICLE.units[2], targets={"ru": before}),))
    [unit] = taken([omegat(SOURCES[2], "Он в пути в Ош в 5 часов.")], article=article).bitext.units
    assert unit.targets["ru"].terms == (use,)
    assert unit.targets["ru"].issues == ()
    [unit] = taken([omegat(SOURCES[2], "Путь в шесть")], article=article).bitext.units
    assert unit.targets["ru"].terms == (replace(lost, outcome=Outcome.ALREADY),)
    assert "number" in " ".join(unit.targets["ru"].issues)
    [unit] = taken([omegat(SOURCES[2], before.text)], article=article).bitext.units
    assert (unit.targets["ru"].terms, unit.targets["ru"].issues) == (before.terms, before.issues)


def test_a_new_language() -> None:
    french = Entry("a:1.1", (tuv("en", "A Long Way"), tuv("fr", "Un long chemin")))
    revision = taken([french])
    assert counts(revision, "fr") == {Verdict.NEW: 1, Verdict.MISSING: 4}
    assert list(revision.bitext.units[0].targets) == ["ru", "ky", "fr"]
    assert revision.bitext.units[0].targets["fr"].origin is Origin.HUMAN
    assert revision.bitext.units[1] == ARTICLE.units[1]
    assert revision.rates["fr"].length == 0
    again = taken([french], article=revision.bitext)
    assert counts(again, "fr") == {Verdict.UNTOUCHED: 1, Verdict.MISSING: 4}


def test_an_empty_text_is_no_translation() -> None:
    french = Entry("a:1.1", (tuv("en", "A Long Way"), tuv("fr", " \n")))
    revision = taken([french])
    assert revision.bitext == ARTICLE
    assert list(revision.verdicts) == ["ru", "ky"]


def test_notes_are_kept() -> None:
    entry = replace(omegat("A Long Way", "Долгий путь"), notes=("ask the author",))
    unit = taken([entry]).bitext.units[0]
    assert unit.properties == {"note-ru": "ask the author"}
    ours = replace(ARTICLE.units[0].targets["ru"], terms=(TermUse("w", "w", "w", Outcome.FORCED),))
    article = replace(ARTICLE, units=(replace(ARTICLE.units[0], targets={"ru": ours}),))
    [entry] = sent(article)
    source, russian = entry.variants
    edited = replace(entry, variants=(source, replace(russian, text="Путь")))
    assert russian.notes
    assert taken([edited], article=article).bitext.units[0].properties == {}


def test_a_language_with_a_region() -> None:
    article = bitext(*SOURCES, langs=["ky-KG"])
    revision = taken([omegat("A Long Way", "Узак жол", "ky")], article=article)
    assert texts(revision, "ky-KG")[0] == "Узак жол"
    assert list(revision.verdicts) == ["ky-KG"]


# Several edits


def test_an_alternative_holds_where_it_stands() -> None:
    alternative = omegat("It rained.", "Лило.", after="The café was shut.")
    for entries in permuted(omegat("It rained.", "Шёл дождь."), alternative):
        revision = taken(entries)
        assert texts(revision)[1::2] == ["Шёл дождь.", "Лило."]
        assert revision.conflicts == ()


def permuted(one: Entry, other: Entry) -> tuple[list[Entry], list[Entry]]:
    return [one, other], [other, one]


def test_two_units_with_one_name() -> None:
    older, newer = (
        replace(with_date(omegat("A Long Way", text), date), tuid="a:1.1")
        for text, date in (("Путь", LATER), ("Долгий путь", LATEST))
    )
    for entries in permuted(older, newer):
        revision = taken(entries)
        assert texts(revision)[0] == "Долгий путь"
        [conflict] = revision.conflicts
        assert (conflict.unit, conflict.lang) == ("1.1", "ru")
        assert conflict.other.target.text == "Путь"
    assert taken([newer, newer]).conflicts == ()


def test_of_two_files_the_newest_edit_holds() -> None:
    older = with_date(omegat("A Long Way", "Путь"), LATER)
    newer = with_date(omegat("A Long Way", "Долгий путь"), LATEST)
    for files in ([[older], [newer]], [[newer], [older]]):
        revision = taken(*files)
        assert texts(revision)[0] == "Долгий путь"
        assert len(revision.conflicts) == 1
        assert len(revision.changes) == 1


def test_an_untouched_copy_undoes_no_edit() -> None:
    """One translator worked, another sent back what she got; and an old export comes late."""
    edited = [omegat("A Long Way", "Долгий путь")]
    for files in ([edited, sent()], [sent(), edited], [[*sent(), *edited]], [[*edited, *sent()]]):
        revision = taken(*files)
        assert texts(revision)[0] == "Долгий путь"
        assert counts(revision) == {Verdict.REWRITTEN: 1, Verdict.UNTOUCHED: 4}
    late = taken(sent(), article=revision.bitext)
    assert late.bitext == revision.bitext
    assert counts(late) == {Verdict.UNTOUCHED: 5}


def test_an_older_edit_undoes_no_newer_one() -> None:
    newer = taken([with_date(omegat("A Long Way", "Долгий путь"), LATEST)]).bitext
    older = [with_date(omegat("A Long Way", "Путь"), LATER)]
    revision = taken(older, article=newer)
    assert revision.bitext == newer
    assert counts(revision) == {Verdict.OLDER: 1, Verdict.MISSING: 4}
    forced = taken(older, article=newer, force=True)
    assert texts(forced)[0] == "Путь"


def test_a_person_goes_back_to_the_draft() -> None:
    edited = taken([omegat("A Long Way", "Долгий путь")]).bitext
    back = with_date(omegat("A Long Way", "«A Long Way» ru"), LATEST)
    revision = taken([back], article=edited)
    assert counts(revision)[Verdict.KEPT] == 1
    target = revision.bitext.units[0].targets["ru"]
    assert target.text == target.draft == "«A Long Way» ru"


# Inline codes

BOLD = (
    Code(2, CodeKind.OPEN, "1", "bold", "<b>"),
    Code(6, CodeKind.CLOSE, "1", "bold", "</b>"),
)


@pytest.fixture
def marked() -> Bitext:
    """A unit of which a word is bold."""
    unit = ARTICLE.units[0]
    target = mt("Долгий путь", codes=(replace(BOLD[0], at=0), replace(BOLD[1], at=6)))
    bold = replace(unit, source=replace(unit.source, codes=BOLD), targets={"ru": target})
    return replace(ARTICLE, units=(bold,))


def test_tags_of_omegat(marked: Bitext) -> None:
    entry = omegat("A <b0>Long</b0> Way", "Путь <b0>долгий</b0>")
    target = taken([entry], article=marked).bitext.units[0].targets["ru"]
    assert target.text == "Путь долгий"
    assert target.codes == (replace(BOLD[0], at=5), replace(BOLD[1], at=11))
    same = omegat("A <b0>Long</b0> Way", "<b0>Долгий</b0> путь")
    assert counts(taken([same], article=marked)) == {Verdict.KEPT: 1}
    moved = omegat("A <b0>Long</b0> Way", "Долгий <b0>путь</b0>")
    revision = taken([moved], article=marked)
    assert counts(revision) == {Verdict.LIGHT: 1}
    assert revision.bitext.units[0].targets["ru"].codes == (
        replace(BOLD[0], at=7),
        replace(BOLD[1], at=11),
    )


def test_codes_of_tmx(marked: Bitext) -> None:
    [entry] = sent(marked)
    assert not matched(entry, article=marked).edits
    source, target = entry.variants
    open_, text, close, rest = target.inline
    assert isinstance(open_, Inline)
    assert isinstance(text, str)
    inline = ("Очень ", open_, text.lower(), close, rest)
    edited = replace(target, text="Очень долгий путь", inline=inline)
    revision = taken([replace(entry, variants=(source, edited))], article=marked)
    assert revision.bitext.units[0].targets["ru"].codes == (
        replace(BOLD[0], at=6),
        replace(BOLD[1], at=12),
    )


@pytest.mark.parametrize(
    ("source", "text", "places"),
    [
        ("A Long Way", "Очень долгий путь", (6, 12)),  # from a tool that saw no tags
        ("A Long Way", "Путь, и долгий", (8, 14)),
        ("A Long Way", "Совсем другое", (0, 6)),
        ("A <b0>Long</b0> Way", "Очень долгий путь", (6, 12)),  # they were taken out
        ("A <b0>Long</b0> Way", "Очень <b0>долгий путь", (6, 12)),  # or one of them
    ],
)
def test_tags_that_do_not_come_back_are_not_lost(
    marked: Bitext, source: str, text: str, places: tuple[int, int]
) -> None:
    small = replace(marked.units[0].targets["ru"], text="долгий путь")
    article = replace(marked, units=(replace(marked.units[0], targets={"ru": small}),))
    target = taken([omegat(source, text)], article=article).bitext.units[0].targets["ru"]
    assert target.text == text.replace("<b0>", "")
    assert [code.id for code in target.codes] == ["1", "1"]
    assert [code.kind for code in target.codes] == [CodeKind.OPEN, CodeKind.CLOSE]
    assert tuple(code.at for code in target.codes) == places


def test_tags_in_a_new_language(marked: Bitext) -> None:
    revision = taken([omegat("A Long Way", "Un long chemin", "fr")], article=marked)
    assert len(revision.bitext.units[0].targets["fr"].codes) == 2


def test_tags_in_a_text_without_codes_are_text() -> None:
    revision = taken([omegat("A Long Way", "Путь <b0>долгий</b0>")])
    assert texts(revision)[0] == "Путь <b0>долгий</b0>"


# What always holds


@given(
    edits=st.dictionaries(
        st.tuples(st.integers(0, 4), st.sampled_from(["ru", "ky"])),
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip),
    ),
    partial=st.booleans(),
)
def test_what_goes_out_edited_comes_home(
    edits: Mapping[tuple[int, str], str], partial: bool
) -> None:
    entries = []
    for index, entry in enumerate(sent()):
        touched = [lang for at, lang in edits if at == index]
        variants = tuple(
            tuv(one.lang, edits[index, one.lang], changeid="aida", changedate=LATER)
            if one.lang in touched
            else one
            for one in entry.variants
        )
        if touched or not partial:
            entries.append(replace(entry, variants=variants))
    if not entries:
        return
    revision = taken(entries)
    for index, unit in enumerate(revision.bitext.units):
        for lang, target in unit.targets.items():
            if (index, lang) in edits:
                assert target.text == edits[index, lang].strip()
                assert target.draft == f"«{SOURCES[index]}» {lang}"
            else:
                assert target == ARTICLE.units[index].targets[lang]
    again = taken(entries, article=revision.bitext)
    assert again.bitext == revision.bitext
    assert not any(change.is_taken for change in again.changes)
    assert again.rates == revision.rates
