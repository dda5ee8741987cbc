"""The store: files taken up whole or not at all, by however many processes."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.entries import Entry, Variant
from aligner.errors import InputError, MendedError, OutputError
from aligner.memory.rate import normal
from aligner.memory.search import Query, search
from aligner.memory.store import Source, Store


def unit(
    en: str,
    ru: str,
    *,
    before: str = "",
    after: str = "",
    origin: str = "",
    date: str = "",
    document: str = "",
    changed_by: str = "",
) -> Entry:
    props = {"x-context-pre": before, "x-context-post": after, "x-document": document}
    target = Variant(
        "ru",
        ru,
        props=(("x-origin", origin),) if origin else (),
        attributes=tuple(
            (name, value)
            for name, value in {"changedate": date, "changeid": changed_by}.items()
            if value
        ),
    )
    return Entry(
        "", (Variant("en", en), target), "en", tuple((k, v) for k, v in props.items() if v)
    )


def reader(*entries: Entry) -> Callable[[Path], Iterator[Entry]]:
    return lambda _: iter(entries)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "memory.db", create=True) as store:
        yield store


def found(store: Store, text: str, minimum: int = 100, **more: object) -> list[tuple[int, str]]:
    query = Query(text, "en", "ru", **more)  # type: ignore[arg-type]
    return [(match.rate, match.target) for match in search(store, query, minimum)]


# What is found


@settings(max_examples=60, deadline=None)
@given(
    texts=st.lists(
        st.tuples(st.text(min_size=1), st.text(min_size=1)).filter(
            lambda pair: all(text.encode("utf-8", "ignore").decode().strip() for text in pair)
        ),
        min_size=1,
        max_size=10,
    )
)
def test_what_is_stored_is_found_exactly(
    tmp_path_factory: pytest.TempPathFactory, texts: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("store") / "memory.db"
    with Store.open(path, create=True) as store:
        store.add([Source(Path("a"), "a", "1")], reader(*(unit(en, ru) for en, ru in texts)))
        for en, _ in texts:
            [first, *_] = search(store, Query(en, "en", "ru"), 100)
            assert first.rate == 100
            assert normal(first.source) == normal(en)


def test_the_context_counts(store: Store) -> None:
    store.add(
        [Source(Path("a"), "a", "1")],
        reader(
            unit("Yes.", "Да.", before="Is it?", after="Good."),
            unit("Yes.", "Ага.", before="Really?", after="Good."),
            unit("Yes.", "Так точно."),
        ),
    )
    assert found(store, "Yes.", before="Really?", after="Good.")[0] == (101, "Ага.")
    assert found(store, "Yes.", before=" Is\u00a0it?", after="Good.")[0] == (101, "Да.")
    assert {rate for rate, _ in found(store, "Yes.", before="Is it?", after="Bad.")} == {100}
    # No context on either side is no context.
    assert {rate for rate, _ in found(store, "Yes.")} == {100}


def test_neighbours_of_one_document_are_context(store: Store) -> None:
    texts = [("One.", "a"), ("Two.", "a"), ("Three.", "a"), ("One.", "b"), ("Two.", "b")]
    entries = [unit(en, f"{en} {doc}", document=doc) for en, doc in texts]
    store.add([Source(Path("a"), "a", "1")], reader(*entries))
    assert found(store, "Two.", before="One.", after="Three.")[0] == (101, "Two. a")
    assert found(store, "Two.", before="One.")[0] == (101, "Two. b")


def test_people_before_machines_and_the_newest_first(store: Store) -> None:
    store.add(
        [Source(Path("a"), "a", "1")],
        reader(
            unit("Hi", "машина", origin="mt", date="20270101T000000Z"),
            unit("Hi", "старый", origin="human", date="20250101T000000Z"),
            unit("Hi", "новый", origin="post-edited", date="20260101T000000Z", changed_by="Aida"),
            unit("Hi", "неясно", date="20270101T000000Z"),
        ),
    )
    assert [target for _, target in found(store, "Hi")] == ["новый", "старый", "неясно", "машина"]
    people = found(store, "Hi", machine=False)
    assert [target for _, target in people] == ["новый", "старый", "неясно"]
    [first, *_] = search(store, Query("Hi", "en", "ru"))
    assert (first.editor, first.origin, first.file) == ("Aida", "post-edited", "a")


def test_a_mended_match_is_a_machines_word(store: Store) -> None:
    mended = unit("In 2026", "В 2026", origin="tm")
    target = replace(mended.variants[1], props=(("x-origin", "tm"), ("x-match", "99")))
    entry = replace(mended, variants=(mended.variants[0], target))
    store.add([Source(Path("a"), "a", "1")], reader(entry))
    assert found(store, "In 2026", machine=False) == []
    assert found(store, "In 2026") == [(100, "В 2026")]


def test_blanks_and_single_languages_are_no_units(store: Store) -> None:
    entries = [unit("Hi", " "), Entry("", (Variant("en", "Ho"),)), unit("", "да")]
    entries.append(Entry("", (Variant("en", "He"), Variant("", "х"), Variant("en", "Hey"))))
    store.add([Source(Path("a"), "a", "1")], reader(*entries))
    assert store.stats().units == 0
    assert store.stats().files == {"a": 0}


def test_the_target_keeps_its_spaces(store: Store) -> None:
    store.add([Source(Path("a"), "a", "1")], reader(unit("5  kg", "5\u00a0кг, «да»")))
    assert found(store, "5 kg") == [(100, "5\u00a0кг, «да»")]


# Files that come, change and go


def test_only_what_changed_is_read(store: Store) -> None:
    asked: list[str] = []

    def read(path: Path) -> Iterator[Entry]:
        asked.append(path.name)
        return iter([unit(f"I am {path.name}", "…")])

    one, two = Source(Path("one"), "one", "1"), Source(Path("two"), "two", "1")
    assert store.add([one, two], read) == [one, two]
    newer = Source(Path("two"), "two", "2")
    digest = store.digest()
    assert store.add([one, newer], read) == [newer]
    assert asked == ["one", "two", "two"]
    assert store.stats().units == 2
    assert store.digest() != digest
    assert store.remove(["one"]) == 1
    assert store.stats().files == {"two": 1}
    assert found(store, "I am one", 70) == []


def test_what_changes_is_replaced(store: Store) -> None:
    store.add([Source(Path("a"), "a", "1")], reader(unit("Hi", "Привет"), unit("Bye", "Пока")))
    store.add([Source(Path("a"), "a", "2")], reader(unit("Hi", "Салам"), unit("Go", "Иди")))
    assert found(store, "Hi") == [(100, "Салам")]
    assert found(store, "Bye", 1) == []
    assert found(store, "Go") == [(100, "Иди")]
    assert store.stats().texts == {"en": 2, "ru": 2}


def test_what_another_file_has_stays(store: Store) -> None:
    store.add([Source(Path("a"), "a", "1")], reader(unit("Hi there", "Привет")))
    store.add([Source(Path("b"), "b", "1")], reader(unit("Hi there", "Привет")))
    store.remove(["a"])
    assert found(store, "Hi there") == [(100, "Привет")]
    assert found(store, "Hi here", 50) == [(50, "Привет")]
    store.remove(["b"])
    assert found(store, "Hi here", 50) == []


def test_the_index_forgets_in_time(store: Store) -> None:
    """However often a file changes, the index does not grow without end."""
    for digest in range(30):
        entries = [unit(f"number {digest} {n}", "…") for n in range(50)]
        store.add([Source(Path("a"), "a", str(digest))], reader(*entries))
    [indexed] = store.connection.execute("SELECT sum(length(lengths)) / 2 FROM segment").fetchone()
    assert indexed <= 4 * 51
    assert found(store, "number 29 7", 99) == [(100, "…")]


def test_a_damaged_file_leaves_nothing(store: Store) -> None:
    store.add([Source(Path("a"), "a", "1")], reader(unit("Hi", "Привет")))

    def read(_: Path) -> Iterator[Entry]:
        yield from (unit(f"Good {n}", "…") for n in range(20_000))
        raise InputError("the XML is damaged", where="a.tmx:7")

    with pytest.raises(InputError, match="damaged"):
        store.add([Source(Path("a"), "a", "2")], read)
    assert found(store, "Hi") == [(100, "Привет")]
    assert found(store, "Good 7", 50) == []
    assert store.stats().units == 1
    store.add([Source(Path("a"), "a", "3")], reader(unit("Ho", "О")))  # it goes on
    assert store.stats().units == 1


# Several processes


def test_a_mended_file_is_taken_up_whole(store: Store) -> None:
    damage = MendedError("the XML is damaged", where="a.tmx:7")

    def read(_: Path) -> Iterator[Entry]:
        yield from (unit(f"Good {n}", "…") for n in range(6_000))
        raise damage

    assert len(store.add([Source(Path("a"), "a", "1")], read)) == 1
    assert store.stats().units == 6_000
    assert found(store, "Good 5999") == [(100, "…")]
    assert store.mended == [damage]


def test_a_reader_sees_one_state_while_another_writes(store: Store) -> None:
    store.add([Source(Path("a"), "a", "1")], reader(unit("Hi you", "Привет")))
    with Store.open(store.path) as other:

        def read(_: Path) -> Iterator[Entry]:
            yield unit("Hi you", "Салам")
            assert found(other, "Hi you") == [(100, "Привет")]

        store.add([Source(Path("a"), "a", "2")], read)
        assert found(other, "Hi you") == [(100, "Салам")]
        assert found(other, "Hi him", 50) == [(50, "Салам")]


def _adds(path: Path, name: str) -> None:
    with Store.open(path, create=True) as store:
        for number in range(5):
            entries = [unit(f"{name} {number} {n}", "…") for n in range(100)]
            store.add([Source(Path(name), f"{name} {number}", "1")], reader(*entries))


def test_two_processes_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    path = tmp_path / "memory.db"
    both = [context.Process(target=_adds, args=(path, name)) for name in ("left", "right")]
    for process in both:
        process.start()
    for process in both:
        process.join(60)
        assert process.exitcode == 0
    with Store.open(path) as store:
        assert store.stats().units == 1000
        for name in ("left", "right"):
            for number in range(5):
                assert found(store, f"{name} {number} 42", 99) == [(100, "…")]


def _never_ends(path: Path) -> None:
    def read(_: Path) -> Iterator[Entry]:
        yield from (unit(f"Endless {number}", "…") for number in range(12_000))
        path.with_suffix(".busy").touch()
        time.sleep(600)

    with Store.open(path, create=True) as store:
        store.add([Source(Path("a"), "a", "2")], read)


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
def test_a_killed_build_leaves_the_old_state(store: Store) -> None:
    store.add([Source(Path("a"), "a", "1")], reader(unit("Hi", "Привет")))
    process = multiprocessing.get_context("spawn").Process(target=_never_ends, args=(store.path,))
    process.start()
    while process.is_alive() and not store.path.with_suffix(".busy").exists():
        time.sleep(0.02)
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    with Store.open(store.path) as other:
        assert found(other, "Hi") == [(100, "Привет")]
        assert other.stats().units == 1
    store.add([Source(Path("a"), "a", "3")], reader(unit("Ho", "О")))
    assert found(store, "Ho") == [(100, "О")]


# What is no store


def test_no_store(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such memory") as raised:
        Store.open(tmp_path / "none.db")
    assert "aligner memory build" in raised.value.hint


@pytest.mark.parametrize("create", [True, False])
def test_another_file(tmp_path: Path, create: bool) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(b"no database at all, but long enough to be taken for one" * 20)
    with pytest.raises(InputError):
        Store.open(path, create=create)
    assert path.read_bytes().startswith(b"no database")


@pytest.mark.parametrize("create", [True, False])
def test_another_database(tmp_path: Path, create: bool) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE mine (x)")
    connection.close()
    with pytest.raises(InputError, match="no translation memory"):
        Store.open(path, create=create)


def test_a_store_of_tomorrow(store: Store) -> None:
    store.connection.execute("PRAGMA user_version = 99")
    with pytest.raises(InputError, match="version 99"):
        Store.open(store.path)


def test_a_store_that_was_cut_short(store: Store) -> None:
    entries = [unit(f"number {n} of the many", f"номер {n}") for n in range(5000)]
    store.add([Source(Path("a"), "a", "1")], reader(*entries))
    store.connection.close()
    data = store.path.read_bytes()
    for extra in ("-wal", "-shm"):
        Path(f"{store.path}{extra}").unlink(missing_ok=True)
    store.path.write_bytes(data[: len(data) // 2])
    with pytest.raises(InputError) as raised, Store.open(store.path) as other:
        found(other, "number 4000 of the few", 50)
    assert "aligner memory build" in raised.value.hint


def test_a_store_with_bytes_changed(store: Store) -> None:
    """Whatever stands in it, it answers or says that it is damaged."""
    entries = [unit(f"number {n} of the {n % 7} many", f"номер {n}") for n in range(500)]
    store.add([Source(Path("a"), "a", "1")], reader(*entries))
    store.connection.close()
    data = store.path.read_bytes()
    rng = random.Random(1)
    damaged = 0
    for _ in range(150):
        broken = bytearray(data)
        for _ in range(40):
            broken[rng.randrange(100, len(data))] = rng.randrange(256)
        store.path.write_bytes(broken)
        try:
            with Store.open(store.path) as other:
                found(other, "number 400 of the 3 few", 50)
                other.stats()
        except InputError:
            damaged += 1
    assert damaged


def test_a_place_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError):
        Store.open(tmp_path / "file" / "memory.db", create=True)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        Source.of(tmp_path / "none.tmx")
