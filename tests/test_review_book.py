"""aligner.review.book and .store: what may be done to a target, and what becomes of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reviewing import RUSSIAN, SOURCES, article, written

from aligner.errors import InputError, OutputError, UsageError
from aligner.records import Bitext, Origin, Target
from aligner.review.book import Book
from aligner.review.changes import Change, Stale, drafted
from aligner.review.database import path_of
from aligner.review.sources import read
from aligner.review.store import Store


class Clock:
    """Tells the time that a test wants it to be."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return written(tmp_path / "article")


@contextmanager
def opened(place: Path, clock: Clock | None = None) -> Iterator[Book]:
    source = read(place)
    with Store.open(source.path) as store:
        yield Book(source, store, clock or Clock())


def edit(book: Book, n: int, text: str, lang: str = "ru", tab: str = "a", by: str = "") -> None:
    book.change(Change(n, lang, "edit", text, book.rev(n, lang), tab, by))


def act(book: Book, action: str, n: int, lang: str = "ru", text: str | None = None) -> None:
    book.change(Change(n, lang, action, text, book.rev(n, lang), "a", "Aida"))  # type: ignore[arg-type]


def target(book: Book, n: int, lang: str = "ru") -> Target:
    found = book.target(n, lang)
    assert found
    return found


def changed(bitext: Bitext, n: int, text: str, origin: Origin = Origin.MT) -> Bitext:
    """The bitext with another Russian text of a unit."""
    units = list(bitext.units)
    new = replace(units[n].targets["ru"], text=text, origin=origin)
    units[n] = replace(units[n], targets={**units[n].targets, "ru": new})
    return replace(bitext, units=tuple(units))


def test_an_edit_keeps_the_draft(place: Path) -> None:
    with opened(place) as book:
        edit(book, 1, "Он прилетел в Ош.", by="Aida")
        now = target(book, 1)
        assert (now.text, now.origin, now.draft) == (
            "Он прилетел в Ош.",
            Origin.POST_EDITED,
            RUSSIAN[1],
        )
        assert (now.editor, now.edited, now.score) == ("Aida", "2026-11-23T12:00:00Z", None)
        assert now.model == "translate-en_ru-1_9"
        assert target(book, 3).text == RUSSIAN[3]


def test_back_to_the_draft_is_the_machine_s_again(place: Path) -> None:
    with opened(place) as book:
        before = target(book, 1)
        edit(book, 1, "Он")
        edit(book, 1, RUSSIAN[1])
        assert target(book, 1) == before


def test_accept(place: Path) -> None:
    with opened(place) as book:
        act(book, "accept", 1)
        now = target(book, 1)
        assert (now.text, now.origin, now.draft) == (RUSSIAN[1], Origin.POST_EDITED, RUSSIAN[1])
        assert (now.editor, now.score) == ("Aida", 0.7)


def test_an_edit_is_done_when_it_is_accepted(place: Path) -> None:
    with opened(place) as book:
        edit(book, 1, "Он здесь.")
        assert not book.is_accepted(1, "ru")
        act(book, "accept", 1)
        assert book.is_accepted(1, "ru")
        assert target(book, 1).text == "Он здесь."
        act(book, "accept", 1)
        assert book.rev(1, "ru") == 2  # it is accepted already
        edit(book, 1, "Он там.")
        assert not book.is_accepted(1, "ru")
        act(book, "undo", 1)
        assert book.is_accepted(1, "ru")
        act(book, "revert", 1)
        assert not book.is_accepted(1, "ru")
        assert not book.is_accepted(2, "ru")


def test_repeats_are_no_more_done_than_what_they_repeat(place: Path) -> None:
    with opened(place) as book:
        edit(book, 1, "Он прилетел в Ош.")
        book.spread(1, "ru")
        assert not book.is_accepted(3, "ru")
        act(book, "undo", 3)
        act(book, "accept", 1)
        book.spread(1, "ru")
        assert book.is_accepted(3, "ru")


def test_accept_with_a_text_is_both(place: Path) -> None:
    with opened(place) as book:
        act(book, "accept", 1, text="Он здесь.")
        assert target(book, 1).text == "Он здесь."
        act(book, "undo", 1)
        assert target(book, 1).origin is Origin.MT


def test_revert_and_undo_of_it(place: Path) -> None:
    with opened(place) as book:
        edit(book, 1, "Он здесь.")
        act(book, "revert", 1)
        assert (target(book, 1).text, target(book, 1).origin) == (RUSSIAN[1], Origin.MT)
        act(book, "undo", 1)
        assert target(book, 1).text == "Он здесь."
        act(book, "undo", 1)
        act(book, "undo", 1)  # there is nothing left to undo
        assert target(book, 1).text == RUSSIAN[1]


def test_keystrokes_that_come_fast_are_one_step(place: Path) -> None:
    clock = Clock()
    with opened(place, clock) as book:
        for text in ("О", "Он", "Он ", "Он т"):
            edit(book, 1, text)
            clock.wait(0.2)
        clock.wait(10)
        edit(book, 1, "Он там.")
        act(book, "undo", 1)
        assert target(book, 1).text == "Он т"
        act(book, "undo", 1)
        assert target(book, 1).text == RUSSIAN[1]


def test_another_tab_or_person_begins_a_new_step(place: Path) -> None:
    with opened(place) as book:
        edit(book, 1, "a", tab="a")
        edit(book, 1, "b", tab="b")
        edit(book, 1, "c", tab="b", by="Aida")
        edit(book, 1, "d", tab="")
        edit(book, 1, "e", tab="")
        for text in ("d", "c", "b", "a", RUSSIAN[1]):
            act(book, "undo", 1)
            assert target(book, 1).text == text


def test_a_step_does_not_go_on_for_ever(place: Path) -> None:
    clock = Clock()
    with opened(place, clock) as book:
        for n in range(40):
            edit(book, 1, "x" * (n + 1))
            clock.wait(1)
        act(book, "undo", 1)
        assert 10 < len(target(book, 1).text) < 40


def test_who_has_not_seen_the_last_change_is_refused(place: Path) -> None:
    with opened(place) as book:
        book.change(Change(1, "ru", "edit", "one", 0, "a"))
        with pytest.raises(Stale):
            book.change(Change(1, "ru", "edit", "two", 0, "b"))
        assert target(book, 1).text == "one"
        book.change(Change(1, "ky", "edit", "эки", 0, "b"))  # another target
        assert book.revision == 2


@pytest.mark.parametrize(
    "change",
    [
        Change(99, "ru", "edit", "x", 0),
        Change(-1, "ru", "edit", "x", 0),
        Change(0, "de", "edit", "x", 0),
        Change(0, "en", "edit", "x", 0),
        Change(0, "ru", "edit", None, 0),
        Change(0, "ru", "accept", "  ", 0),
    ],
)
def test_what_makes_no_sense_changes_nothing(place: Path, change: Change) -> None:
    with opened(place) as book:
        with pytest.raises(UsageError):
            book.change(change)
        assert book.revision == 0


def test_repeats_take_the_same_text(place: Path) -> None:
    with opened(place) as book:
        assert book.repeats(0, "ru") == []
        edit(book, 1, "Он прилетел в Ош.")
        assert book.repeats(1, "ru") == [3]
        assert book.spread(1, "ru") == [3]
        assert (target(book, 3).text, target(book, 3).draft) == ("Он прилетел в Ош.", RUSSIAN[3])
        assert book.repeats(1, "ru") == []
        act(book, "undo", 3)
        assert target(book, 3).text == RUSSIAN[3]


def test_only_a_person_s_text_is_spread(place: Path) -> None:
    with opened(place) as book, pytest.raises(UsageError):
        book.spread(1, "ru")


def test_edits_are_there_when_it_is_opened_again(place: Path) -> None:
    with opened(place) as book:
        edit(book, 1, "Он здесь.")
        act(book, "accept", 2, "ky")
        edit(book, 4, "x")
        act(book, "undo", 4)
        revision = book.revision
    with opened(place) as book:
        assert target(book, 1).text == "Он здесь."
        assert target(book, 2, "ky").origin is Origin.POST_EDITED
        assert target(book, 4).text == RUSSIAN[4]
        assert book.revision == revision
        act(book, "undo", 1)
        assert target(book, 1).text == RUSSIAN[1]


def test_a_new_draft_goes_under_an_edit_that_is_not_saved(place: Path) -> None:
    with opened(place) as book:
        edit(book, 1, "Он здесь.")
    written(place, changed(changed(article(), 1, "Новый черновик."), 2, "Другой."))
    with opened(place) as book:
        assert (book.taken.kept, book.taken.overtaken, book.taken.lost) == (1, 0, ())
        assert (target(book, 1).text, target(book, 1).draft) == ("Он здесь.", "Новый черновик.")
        assert target(book, 2).text == "Другой."
    with opened(place) as book:
        assert book.taken.kept == 0  # it is told once


def test_what_was_saved_gives_way_to_what_is_newer(place: Path) -> None:
    with opened(place) as book:
        edit(book, 1, "Он здесь.")
        written(place, changed(article(), 1, "Он здесь.", Origin.HUMAN))
        book.settle({(1, "ru"): (1, "Он здесь.")}, read(place))
        assert book.unsaved == 0
    written(place, changed(article(), 1, "Ещё новее.", Origin.HUMAN))
    with opened(place) as book:
        assert book.taken.overtaken == 1
        assert target(book, 1).text == "Ещё новее."
        act(book, "undo", 1)
        assert target(book, 1).text == "Ещё новее."
    with closing(sqlite3.connect(path_of(place))) as database:
        assert database.execute("SELECT text, live FROM edit").fetchall() == [("Он здесь.", 0)]


def test_what_was_written_before_a_crash_is_not_taken_for_another_s(place: Path) -> None:
    with opened(place) as book:
        edit(book, 1, "Он здесь.")
    written(place, changed(article(), 1, "Он здесь.", Origin.POST_EDITED))
    with opened(place) as book:
        assert (book.taken.kept, book.taken.overtaken, book.unsaved) == (0, 0, 0)


def test_edits_of_units_that_are_gone_are_told_and_come_back(place: Path) -> None:
    with opened(place) as book:
        edit(book, 1, "Он здесь.")
        edit(book, 4, "Вот и всё.")
    others = ("Putin in Bishkek", "He came to Osh.", *SOURCES[2:])
    written(place, article(others))
    with opened(place) as book:
        [lost] = book.taken.lost
        assert (lost.name, lost.source) == ("2.1", SOURCES[1])
        assert lost.head
        assert lost.head.text == "Он здесь."
        assert target(book, 1).text == RUSSIAN[1]
        assert target(book, 4).text == "Вот и всё."
        before = book.revision
    written(place)
    with opened(place) as book:
        assert book.taken.lost == ()
        assert target(book, 1).text == "Он здесь."
        assert book.revision >= before


def test_a_unit_that_moves_keeps_its_edit(tmp_path: Path) -> None:
    file = tmp_path / "a.tsv"
    file.write_text("en\tru\nOne.\tРаз.\nTwo.\tДва.\n", encoding="utf-8")
    with opened(file) as book:
        edit(book, 1, "Двое.")
    file.write_text("en\tru\nZero.\tНоль.\nOne.\tРаз.\nTwo.\tДва.\n", encoding="utf-8")
    with opened(file) as book:
        assert book.taken.lost == ()
        assert target(book, 2).text == "Двое."


def test_one_review_at_a_time(place: Path) -> None:
    with opened(place), pytest.raises(OutputError, match="being reviewed already"):
        Store.open(place)
    with opened(place):
        pass


def test_the_second_is_told_where_the_first_is(place: Path) -> None:
    with Store.open(place) as store:
        store.announce("http://127.0.0.1:1234/secret/")
        with pytest.raises(OutputError) as raised:
            Store.open(place)
        assert "http://127.0.0.1:1234/secret/" in raised.value.hint


def test_a_database_of_something_else_stays_as_it_is(place: Path) -> None:
    with closing(sqlite3.connect(path_of(place))) as database:
        database.execute("CREATE TABLE recipes (name TEXT)")
    before = path_of(place).read_bytes()
    with pytest.raises(InputError, match="no database of edits"):
        Store.open(place)
    assert path_of(place).read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"no database at all" * 100, b"SQLite format 3\0" + b"x" * 999]
)
def test_a_damaged_database_is_named(place: Path, content: bytes) -> None:
    path_of(place).write_bytes(content)
    with pytest.raises(InputError, match="cannot be read"):
        Store.open(place)


def test_where_no_database_can_be_made(place: Path) -> None:
    path_of(place).mkdir()
    with pytest.raises(OutputError, match="cannot be kept"):
        Store.open(place)


def test_a_missing_target_can_be_written_and_taken_away(tmp_path: Path) -> None:
    file = tmp_path / "a.tsv"
    file.write_text("en\tru\tky\nOne.\tРаз.\t\nTwo.\tДва.\tЭки.\n", encoding="utf-8")
    with opened(file) as book:
        assert book.target(0, "ky") is None
        edit(book, 0, "Бир.", "ky")
        assert (target(book, 0, "ky").text, target(book, 0, "ky").origin) == ("Бир.", Origin.HUMAN)
        assert target(book, 0, "ky").draft == ""
        edit(book, 0, "", "ky")
        assert book.target(0, "ky") is None


def test_half_characters_and_control_characters_are_left_out(place: Path) -> None:
    with opened(place) as book:
        edit(book, 1, "a\ud83db\0c👩‍👩‍👧 אבג‏\u202e\n")
        assert target(book, 1).text == "abc👩‍👩‍👧 אבג‏\u202e\n"


def test_the_draft_of_what_a_person_had_edited_is_the_machine_s() -> None:
    base = Target("new", Origin.POST_EDITED, draft="old", match=92, editor="Aida")
    assert drafted(base) == Target("old", Origin.TM, match=92)
    own = Target("own", Origin.HUMAN)
    assert drafted(own) is own


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
STEPS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["edit", "accept", "revert", "undo", "reopen"]),
        TEXTS,
    ),
    max_size=12,
)


@given(STEPS)
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_it_is_the_same_after_any_steps_when_opened_again(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, str, str]]
) -> None:
    """What a plain model of stacks says holds, too."""
    place = written(tmp_path_factory.mktemp("steps") / "article")
    stacks: dict[int, list[str]] = {n: [RUSSIAN[n]] for n in range(3)}
    clock = Clock()
    with opened(place, clock) as book:
        for n, action, text in steps:
            clock.wait(60)
            if action == "reopen":
                book.load(read(place))
            elif action == "undo":
                act(book, "undo", n)
                stacks[n] = stacks[n][:-1] or stacks[n]
            elif action == "edit":
                if text != stacks[n][-1]:
                    stacks[n].append(text)
                edit(book, n, text)
            elif action == "revert":
                act(book, "revert", n)
                stacks[n].append(RUSSIAN[n])
            elif stacks[n][-1].strip():
                act(book, "accept", n)
                stacks[n].append(stacks[n][-1])
        now = [book.target(n, "ru") for n in range(3)]
        assert [one.text if one else "" for one in now] == [stacks[n][-1] for n in range(3)]
        revision = book.revision
    with opened(place, clock) as book:
        assert [book.target(n, "ru") for n in range(3)] == now
        assert book.revision == revision
