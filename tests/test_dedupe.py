"""Units that stand several times, kept once."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from memories import MEMORIES, text, unit

from aligner.curation.dedupe import By, Sameness, deduped
from aligner.curation.preference import Prefer
from aligner.entries import Entry, Inline, Variant


def kept(
    entries: Sequence[Entry], same: Sameness | None = None, prefer: Prefer = Prefer.HUMAN
) -> list[Entry]:
    return list(deduped(entries, same or Sameness(), prefer, {}))


def test_the_same_texts_in_all_languages() -> None:
    entries = [
        unit("1", en="a", ru="б"),
        unit("2", en="a", ru="б"),
        unit("3", ru="б", en="a"),  # in another order
        unit("4", en="a", ru="в"),
        unit("5", en="a", ru="б", ky="г"),
    ]
    counts: dict[str, int] = {}
    found = list(deduped(entries, Sameness(), Prefer.FIRST, counts))
    assert [entry.tuid for entry in found] == ["1", "4", "5"]
    assert counts == {"read": 5, "dropped": 2}


def test_the_better_one_is_kept_at_its_place() -> None:
    entries = [
        unit("1", en="a", ru=text("ru", "б", "mt", "2026")),
        unit("2", en="x", ru="y"),
        unit("3", en="a", ru=text("ru", "б", "human", "2025")),
        unit("4", en="a", ru=text("ru", "б", "human", "2025")),
    ]
    assert [entry.tuid for entry in kept(entries)] == ["2", "3"]
    assert [entry.tuid for entry in kept(entries, prefer=Prefer.NEWEST)] == ["1", "2"]
    assert [entry.tuid for entry in kept(entries, prefer=Prefer.FIRST)] == ["1", "2"]


def test_by_source_and_by_pair() -> None:
    entries = [
        unit("1", en="a", ru="б", ky="в"),
        unit("2", en="a", ru="б", ky="г"),
        unit("3", en="a", ru="д", ky="в"),
        unit("4", en="b", ru="б"),
    ]
    assert [one.tuid for one in kept(entries, Sameness(By.SOURCE))] == ["1", "4"]
    assert [one.tuid for one in kept(entries, Sameness(By.PAIR, "ru"))] == ["1", "3", "4"]
    # A unit without Kyrgyz is no pair, and stays.
    assert [one.tuid for one in kept(entries, Sameness(By.PAIR, "ky"))] == ["1", "2", "4"]


@pytest.mark.parametrize(
    ("other", "option"),
    [
        ("the 5 Cats", "ignore_case"),
        ("The  5\u00a0cats ", "ignore_space"),
        ("The 1,200.5 cats", "ignore_numbers"),
    ],
)
def test_what_may_differ(other: str, option: str) -> None:
    entries = [unit(en="The 5 cats", ru="б"), unit(en=other, ru="б")]
    if option == "ignore_case":
        entries[1] = unit(en="the 5 Cats", ru="Б")
    assert len(kept(entries)) == 2
    assert len(kept(entries, Sameness(**{option: True}))) == 1  # type: ignore[arg-type]


def test_codes_and_contexts() -> None:
    code = Variant("en", "a", ("a", Inline("ph", (), ("<br>",))))
    entries = [unit(en="a", ru="б"), unit(en=code, ru="б")]
    assert len(kept(entries)) == 2
    assert len(kept(entries, Sameness(ignore_codes=True))) == 1
    entries = [unit("", [("x-context-pre", word)], en="a", ru="б") for word in "xyx"]
    assert len(kept(entries)) == 1
    assert len(kept(entries, Sameness(contexts=True))) == 2


@given(MEMORIES)
def test_dedupe_is_idempotent(memory: list[Entry]) -> None:
    for same in (Sameness(), Sameness(By.SOURCE), Sameness(By.PAIR, "ky", ignore_case=True)):
        for prefer in Prefer:
            once = kept([*memory, *memory], same, prefer)
            assert kept(once, same, prefer) == once
            assert {same.key(one) for one in once} == {same.key(one) for one in memory}
