"""Several memories made one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from memories import MEMORIES, text, unit

from aligner.curation.merge import Merge, Report, header
from aligner.curation.preference import Prefer
from aligner.entries import Entry, Header


def merged(*memories: Sequence[Entry], rule: Merge | None = None) -> list[Entry]:
    return list((rule or Merge()).merged(memories, Report()))


def texts(entries: Sequence[Entry]) -> list[dict[str, str]]:
    return [{one.lang: one.text for one in entry.variants} for entry in entries]


def test_two_languages_and_two_make_three() -> None:
    russian = [unit("a:1", en="Osh", ru="Ош"), unit("a:2", en="Talas", ru="Талас")]
    kyrgyz = [unit("a:2", en="Talas", ky="Талас"), unit("a:1", en="Osh", ky="Ош")]
    assert texts(merged(russian, kyrgyz)) == [
        {"en": "Osh", "ru": "Ош", "ky": "Ош"},
        {"en": "Talas", "ru": "Талас", "ky": "Талас"},
    ]


def test_tuids_of_other_tools_do_not_keep_units_apart() -> None:
    assert len(merged([unit("1", en="Osh", ru="Ош")], [unit("17", en="Osh", ky="Ош")])) == 1


def test_a_tuid_tells_the_same_texts_apart() -> None:
    russian = [unit("a:1", en="Photo", ru="Фото"), unit("a:9", en="Photo", ru="Снимок")]
    kyrgyz = [unit("a:9", en="Photo", ky="Сүрөт")]
    assert texts(merged(russian, kyrgyz)) == [
        {"en": "Photo", "ru": "Фото"},
        {"en": "Photo", "ru": "Снимок", "ky": "Сүрөт"},
    ]


def test_a_sure_match_comes_before_an_earlier_guess() -> None:
    russian = [unit("a:1", en="Photo", ru="Фото"), unit("a:9", en="Photo", ru="Снимок")]
    kyrgyz = [unit("", en="Photo", ky="Башка"), unit("a:1", en="Photo", ky="Сүрөт")]
    assert texts(merged(russian, kyrgyz)) == [
        {"en": "Photo", "ru": "Фото", "ky": "Сүрөт"},
        {"en": "Photo", "ru": "Снимок", "ky": "Башка"},
    ]


def test_contexts_that_differ_keep_units_apart() -> None:
    here, there = [("x-context-pre", "a")], [("x-context-pre", "b")]
    russian = [unit("", here, en="Yes.", ru="Да.")]
    assert len(merged(russian, [unit("", there, en="Yes.", ky="Ооба.")])) == 2
    assert len(merged(russian, [unit("", here, en="Yes.", ky="Ооба.")])) == 1
    assert len(merged(russian, [unit("", en="Yes.", ky="Ооба.")])) == 1


@pytest.mark.parametrize(
    ("prefer", "first", "second", "kept"),
    [
        ("human", text("ru", "m", "mt", "2027"), text("ru", "h", "human"), "h"),
        ("human", text("ru", "m", "mt"), text("ru", "p", "post-edited"), "p"),
        ("human", text("ru", "m", "mt"), text("ru", "t", "tm"), "t"),
        ("human", text("ru", "t", "tm"), text("ru", "u"), "u"),  # no mark: a person's
        ("human", text("ru", "m", creationid="MT!"), text("ru", "u"), "u"),
        ("human", text("ru", "g", creationid="Google Translate"), text("ru", "u", "tm"), "u"),
        ("human", text("ru", "a", date="2025"), text("ru", "b", date="2026"), "b"),
        ("human", text("ru", "a"), text("ru", "b"), "a"),
        ("newest", text("ru", "h", "human", "2025"), text("ru", "m", "mt", "2026"), "m"),
        ("newest", text("ru", "m", "mt"), text("ru", "h", "human"), "h"),
        ("first", text("ru", "m", "mt"), text("ru", "h", "human", "2027"), "m"),
    ],
)
def test_preference(prefer: str, first: object, second: object, kept: str) -> None:
    one, other = unit(en="x", ru=first), unit(en="x", ru=second)  # type: ignore[arg-type]
    rule = Merge(Prefer(prefer))
    assert texts(merged([one], [other], rule=rule)) == [{"en": "x", "ru": kept}]


def test_alternatives_are_kept_where_asked_for() -> None:
    memories = [[unit(en="x", ru=word)] for word in ("a", "b", "a", "c")]
    (found,) = merged(*memories, rule=Merge(keep_alternatives=True))
    (russian,) = found.targets()
    assert russian.text == "a"
    assert russian.props == (("x-alternative", "b"), ("x-alternative", "c"))
    (found,) = merged(*memories)
    assert found.targets()[0].props == ()


def test_what_only_the_other_unit_says_is_kept() -> None:
    one = Entry("", unit(en="x", ru="y").variants, "en", (("x-a", "1"),), ("note",))
    other = Entry("t", one.variants, "en", (("x-a", "2"), ("x-b", "3")), ("note", "more"))
    (found,) = merged([one], [other])
    assert found.tuid == "t"
    assert found.props == (("x-a", "1"), ("x-b", "3"))
    assert found.notes == ("note", "more")


def test_another_language_may_join() -> None:
    one = unit(en="Osh", ru="Ош")
    other = Entry("", unit(ru="Ош", ky="Ош").variants, "ru")
    assert len(merged([one], [other])) == 2
    (found,) = merged([one], [other], rule=Merge(by="ru"))
    assert texts([found]) == [{"en": "Osh", "ru": "Ош", "ky": "Ош"}]
    assert found.source_lang == "en"


def test_report() -> None:
    report = Report()
    memories = [[unit(en="x", ru="a"), unit(en="y", ru="b")], [unit(en="x", ru="c")]]
    assert len(list(Merge().merged(memories, report))) == report.written == 2
    assert (report.units, report.joined) == ([2, 1], 1)
    assert report.languages == {"en": 2, "ru": 2}
    assert report.conflicts == {"ru": 1}


@given(MEMORIES)
def test_a_memory_merged_with_itself_is_itself(memory: list[Entry]) -> None:
    assert merged(memory) == memory
    assert merged(memory, memory) == memory
    assert merged(memory, memory, memory, rule=Merge(keep_alternatives=True)) == memory


@given(MEMORIES, MEMORIES)
def test_no_source_text_is_lost(one: list[Entry], other: list[Entry]) -> None:
    found = merged(one, other)
    assert len(found) >= max(len(one), len(other))
    assert langs((*one, *other)) == langs(found)


def langs(entries: Sequence[Entry]) -> set[tuple[str, str]]:
    """Each source text with each language that it is there in."""
    return {
        (source.text, one.lang)
        for entry in entries
        if (source := entry.source())
        for one in entry.variants
    }


@given(MEMORIES, MEMORIES)
def test_merging_again_changes_nothing(one: list[Entry], other: list[Entry]) -> None:
    once = merged(one, other)
    assert merged(once, once) == once


def test_headers() -> None:
    english = Header("en", (("x-a", "1"),), ("n",), (("srclang", "en"), ("creationtool", "t")))
    russian = Header("ru", (("x-b", "2"),), (), (("srclang", "ru"), ("adminlang", "en")))
    assert header([english]) == header([english, english]) == english
    assert header([english, russian]) == Header(
        "",
        (("x-a", "1"), ("x-b", "2")),
        ("n",),
        (("srclang", "*all*"), ("creationtool", "t"), ("adminlang", "en")),
    )
