"""A memory divided."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st
from memories import MEMORIES, unit

from aligner.curation.merge import Merge, Report
from aligner.curation.split import Rule, by_langs, by_property, by_units, safe_names, split
from aligner.curation.spool import Spool
from aligner.entries import Entry


def parts(entries: Sequence[Entry], rule: Rule) -> dict[str, list[Entry]]:
    with Spool() as spool:
        found = {
            part.name: (part.units, list(part.entries)) for part in split(entries, rule, spool)
        }
    assert all(count == len(units) for count, units in found.values())
    return {name: units for name, (_, units) in found.items()}


def test_by_units() -> None:
    entries = [unit(en=str(number)) for number in range(5)]
    assert parts(entries, by_units(2)) == {
        "001": entries[:2],
        "002": entries[2:4],
        "003": entries[4:],
    }
    assert parts([], by_units(2)) == {}


def test_by_langs() -> None:
    entries = [
        unit("1", en="a", ru="б", ky="в"),
        unit("2", en="d", ky="е"),
        unit("3", en="f", ru=""),
    ]
    found = parts(entries, by_langs([("en", "ru"), ("ky", "en"), ("ru", "ky")]))
    assert {name: [one.tuid for one in units] for name, units in found.items()} == {
        "en-ru": ["1"],
        "ky-en": ["1", "2"],
        "ru-ky": ["1"],
    }
    assert [one.lang for one in found["ky-en"][0].variants] == ["ky", "en"]
    assert found["ky-en"][0].source_lang == "en"
    assert found["ru-ky"][0].source_lang == "ru"


def test_by_property() -> None:
    entries = [
        unit("1", [("x-document", "a/b")], en="x"),
        unit("2", en="y"),
        unit("3", [("x-document", "a/b")], en="z"),
    ]
    assert parts(entries, by_property("x-document")) == {
        "a_b": [entries[0], entries[2]],
        "other": [entries[1]],
    }


def test_names_are_safe() -> None:
    assert safe_names(["../x", "..", "", "A b", "a_b", "CON:", "х" * 200]) == [
        "x",
        "_",
        "_-2",
        "A_b",
        "a_b-2",
        "CON",
        "х" * 80,
    ]


@given(st.lists(st.text()))
def test_names_differ_and_stay_in_their_folder(values: list[str]) -> None:
    names = safe_names(values)
    assert len({name.casefold() for name in names}) == len(values)
    assert all(name and not name.startswith(".") and "/" not in name for name in names)


@given(MEMORIES, st.integers(1, 4))
def test_parts_in_a_row_are_the_memory(memory: list[Entry], most: int) -> None:
    found = parts(memory, by_units(most))
    assert [entry for part in found.values() for entry in part] == memory


@given(MEMORIES)
def test_pairs_merge_back_into_the_memory(memory: list[Entry]) -> None:
    # Each unit of its own, in all languages: what one can be split into pairs and joined again.
    whole = [
        unit(f"d:{number}", en=f"{number}", ru=f"{number} ру", ky=f"{number} кы")
        for number in range(len(memory))
    ]
    pairs = parts(whole, by_langs([("en", "ru"), ("en", "ky")]))
    assert list(Merge().merged(pairs.values(), Report())) == whole
