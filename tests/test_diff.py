"""What differs between two states of a memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from hypothesis import given
from memories import MEMORIES, text, unit

from aligner.curation.diff import Difference, State, Summary, Verdict, diff
from aligner.curation.distance import Distance, Rate
from aligner.entries import Entry, Inline, Variant


def found(old: Sequence[Entry], new: Sequence[Entry], *langs: str) -> list[Difference]:
    return list(diff(old, new, langs))


def states(old: Sequence[Entry], new: Sequence[Entry]) -> list[tuple[str, str, str]]:
    """Each unit's state, and the tuids by which it was and is known."""
    return [
        (one.state.value, one.old.tuid if one.old else "", one.new.tuid if one.new else "")
        for one in found(old, new)
    ]


def summed(differences: Sequence[Difference]) -> Summary:
    summary = Summary()
    for difference in differences:
        summary.add(difference)
    return summary


def test_kept_edited_new_and_missing() -> None:
    old = [
        unit("d:1", en="One", ru="Один два три четыре"),
        unit("d:2", en="Two", ru="Два"),
        unit("d:3", en="Three", ru="Три"),
        unit("d:4", en="Four", ru="Четыре"),
    ]
    new = [
        unit("d:1", en="One", ru="Один два три пять"),
        unit("d:2", en="Two", ru="Пара"),
        unit("d:3", en="Three", ru="Три"),
        unit("d:5", en="Five", ru="Пять"),
    ]
    differences = found(old, new)
    assert states(old, new) == [
        ("changed", "d:1", "d:1"),
        ("changed", "d:2", "d:2"),
        ("same", "d:3", "d:3"),
        ("new", "", "d:5"),
        ("missing", "d:4", ""),
    ]
    _, russian = differences[0].edits
    assert russian.verdict is Verdict.LIGHT
    assert (russian.distance, russian.rate) == (Distance(1, 5), Rate(1, 4))
    assert differences[1].edits[1].verdict is Verdict.REWRITTEN
    tally = summed(differences).langs["ru"]
    assert tally.verdicts == dict.fromkeys(Verdict, 1)
    assert (tally.words, tally.rate) == (2, Rate(2, 6))
    assert summed(differences).differs
    assert not summed(found(old, old)).differs


def test_an_edited_source_is_found_by_its_tuid() -> None:
    old = [unit("d:1", en="One", ru="Раз"), unit("d:2", en="Two", ru="Два")]
    new = [unit("d:1", en="One!", ru="Раз"), unit("d:2", en="Two", ru="Два")]
    assert states(old, new)[0] == ("changed", "d:1", "d:1")


def test_running_numbers_are_no_names() -> None:
    old = [unit(str(number), en=word, ru=word) for number, word in enumerate("abcdef")]
    new = [unit(str(number), en=word, ru=word) for number, word in enumerate("xabcdef")]
    assert [state for state, _, _ in states(old, new)] == ["new", *["same"] * 6]


def test_a_context_tells_the_same_texts_apart() -> None:
    old = [unit("", [("x-context-pre", word)], en="Yes", ru=word) for word in "ab"]
    new = [unit("", [("x-context-pre", word)], en="Yes", ru=word) for word in "ba"]
    differences = found(old, new)
    assert [one.state for one in differences] == [State.SAME, State.SAME]
    assert [one.moved for one in differences].count(True) == 1


def test_moved_units_are_as_few_as_can_be() -> None:
    old = [unit(en=word) for word in "abcdef"]
    assert [one.moved for one in found(old, [unit(en=word) for word in "bcdefa"])] == [
        *[False] * 5,
        True,
    ]
    assert not any(one.moved for one in found(old, old[2:]))


def test_languages_that_come_and_go() -> None:
    old, new = [unit(en="a", ru="б")], [unit(en="a", ky="в")]
    (difference,) = found(old, new)
    assert {one.lang: one.verdict for one in difference.edits} == {
        "en": Verdict.KEPT,
        "ky": Verdict.NEW,
        "ru": Verdict.MISSING,
    }
    assert summed([difference]).langs["ru"].rate == Rate(0, 0)
    (difference,) = found(old, new, "en")
    assert difference.state is State.SAME


def test_codes_that_differ() -> None:
    code = Variant("ru", "б", ("б", Inline("ph", (), ("<br>",))))
    (difference,) = found([unit(en="a", ru="б")], [unit(en="a", ru=code)])
    assert difference.state is State.CHANGED
    assert difference.edits[1].codes
    assert difference.edits[1].verdict is Verdict.KEPT


def test_time() -> None:
    old = [
        unit("1", en="a", ru=text("ru", "б", date="20260101T100000Z")),
        unit("2", en="c", ru="d"),
    ]
    new = [
        unit("1", en="a", ru=text("ru", "в", date="20260101T100130Z")),
        unit("2", en="c", ru=text("ru", "e", date="20260101T110000Z")),
    ]
    differences = found(old, new)
    assert [one.edits[1].seconds for one in differences] == [90, None]
    tally = summed(differences).langs["ru"]
    assert tally.first == datetime(2026, 1, 1, 10, 1, 30, tzinfo=UTC)
    assert tally.last == datetime(2026, 1, 1, 11, tzinfo=UTC)
    (odd,) = found([unit(en="a", ru="б")], [unit(en="a", ru=text("ru", "в", date="soon"))])
    assert odd.edits[1].after is None


@given(MEMORIES)
def test_a_memory_does_not_differ_from_itself(memory: list[Entry]) -> None:
    differences = found(memory, memory)
    assert all(one.state is State.SAME and not one.moved for one in differences)
    assert [one.new for one in differences] == memory


@given(MEMORIES, MEMORIES)
def test_every_unit_is_accounted_for_once(old: list[Entry], new: list[Entry]) -> None:
    differences = found(old, new)
    assert [one.new for one in differences if one.new] == new
    before = [one.old for one in differences if one.old]
    assert sorted(map(repr, before)) == sorted(map(repr, old))
