"""A document's segments, asked of several memories."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from aligner.entries import Entry, Variant
from aligner.errors import InputError
from aligner.memory.recall import Memories, Recalled, Settings
from aligner.memory.store import Source, Store
from aligner.records import Origin


def made(path: Path, *pairs: tuple[str, str], origin: str = "") -> tuple[str, Path]:
    props = (("x-origin", origin),) if origin else ()

    def read(_: Path) -> Iterator[Entry]:
        for en, ru in pairs:
            yield Entry("", (Variant("en", en), Variant("ru", ru, props=props)), "en")

    with Store.open(path, create=True) as store:
        store.add([Source(path, f"/home/x/{path.stem}.tmx", path.stem)], read)
    return path.name, path


def texts(found: list[Recalled | None]) -> list[str]:
    return [one.target.text if one and one.target else "" for one in found]


def test_the_best_of_several(tmp_path: Path) -> None:
    one = made(tmp_path / "one.db", ("He came to old Osh.", "а"), ("Yes.", "Да, машина."))
    two = made(tmp_path / "two.db", ("He came to Osh.", "б"))
    with Memories([one, two]) as memories:
        exact, fuzzy = memories.recall(["He came to Osh.", "He came to old Osh!"], "en", "ru")
        assert exact
        assert exact.match.memory == "two.tmx"
        assert exact.target
        assert (exact.target.origin, exact.target.match) == (Origin.TM, 100)
        assert exact.offer("ru") == {}
        assert fuzzy
        assert fuzzy.target is None
        assert fuzzy.offer("ru")["offer-ru-match"] == "99"
    assert memories.digests.startswith("one.db@")
    assert "+two.db@" in memories.digests


def test_people_before_machines(tmp_path: Path) -> None:
    one = made(tmp_path / "one.db", ("Yes.", "машина"), origin="mt")
    two = made(tmp_path / "two.db", ("Yes.", "человек"), origin="human")
    for stores in ([one, two], [two, one]):
        with Memories(stores, Settings(machine=True)) as memories:
            assert texts(memories.recall(["Yes."], "en", "ru")) == ["человек"]
    with Memories([one]) as memories:
        assert memories.recall(["Yes."], "en", "ru") == [None]


def test_mended_before_offered(tmp_path: Path) -> None:
    """However many of its words are numbers; and not where a noun would have to change."""
    store = made(
        tmp_path / "one.db",
        ("5, 7, 9", "5, 7, 9"),
        ("It cost 5 soms.", "Это стоило 5 сомов."),
        ("On 5 May", "5 мая"),
    )
    with Memories([store]) as memories:
        found = memories.recall(
            ["1, 2, 3", "It cost 6 soms.", "It cost 2 soms.", "On 6 June"], "en", "ru"
        )
    assert texts(found) == ["1, 2, 3", "Это стоило 6 сомов.", "", "6 июня"]
    assert found[3]
    assert found[3].target
    assert found[3].target.issues == ("memory: 5 → 6, May → June was put in",)
    assert found[2]
    assert found[2].match.rate == 75


def test_nothing_at_all(tmp_path: Path) -> None:
    with Memories([made(tmp_path / "one.db")]) as memories:
        assert memories.recall(["", " ", "…", "5", "Yes."], "en", "ru") == [None] * 5
        assert memories.recall([], "en", "ru") == []
    with Memories([]) as memories:
        assert memories.recall(["Yes."], "en", "ru") == [None]


def test_one_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such memory"):
        Memories([made(tmp_path / "one.db"), ("none.db", tmp_path / "none.db")])
