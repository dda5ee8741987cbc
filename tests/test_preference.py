"""Which of two translations to keep."""

from __future__ import annotations

import pytest
from memories import text, unit

from aligner.curation.preference import Prefer, Trust, changed, rank, trust, unit_rank
from aligner.entries import Entry, Pairs, Variant


@pytest.mark.parametrize(
    ("props", "attributes", "unit_props", "made"),
    [
        ((), (), (), Trust.HUMAN),
        ((("x-origin", "mt"),), (), (), Trust.MACHINE),
        ((("x-origin", "tm"),), (), (), Trust.MEMORY),
        ((("x-origin", "post-edited"),), (("creationid", "MT!"),), (), Trust.HUMAN),
        ((("x-Origin:SingleString", "NMT"),), (), (), Trust.MACHINE),
        ((), (), (("x-origin", "mt"),), Trust.MACHINE),
        ((("x-origin", "human"),), (), (("x-origin", "mt"),), Trust.HUMAN),
        ((), (("creationid", "MT!"),), (), Trust.MACHINE),
        ((), (("creationid", "Google Translate"),), (), Trust.MACHINE),
        ((), (("creationid", "MT!"), ("changeid", "ANNA")), (), Trust.HUMAN),
        ((), (("creationid", "Emtiaz"),), (), Trust.HUMAN),
    ],
)
def test_trust(props: Pairs, attributes: Pairs, unit_props: Pairs, made: Trust) -> None:
    variant = Variant("ru", "x", props=props, attributes=attributes)
    assert trust(variant, Entry("", (variant,), props=unit_props)) is made


def test_dates() -> None:
    variant = text("ru", "x", date="20260102T030405Z")
    assert changed(variant) == "20260102030405"
    assert changed(Variant("ru", "x", attributes=(("creationdate", "2026-01-02T03:04:05Z"),))) == (
        "20260102030405"
    )
    old, new = unit(ru=text("ru", "x", "human", "2025")), unit(ru=text("ru", "x", "mt", "2026"))
    ranks = {
        prefer: [rank(one.variants[0], one, prefer) for one in (old, new)] for prefer in Prefer
    }
    assert ranks[Prefer.HUMAN][0] > ranks[Prefer.HUMAN][1]
    assert ranks[Prefer.NEWEST][0] < ranks[Prefer.NEWEST][1]
    assert ranks[Prefer.FIRST][0] == ranks[Prefer.FIRST][1]


def test_a_unit_is_worth_its_worst_translation_or_its_newest() -> None:
    mixed = unit(en="a", ru=text("ru", "x", "human", "2025"), ky=text("ky", "y", "mt", "2026"))
    assert unit_rank(mixed, Prefer.HUMAN)[0] is Trust.MACHINE
    assert unit_rank(mixed, Prefer.NEWEST)[0] == "2026"
    assert unit_rank(unit(en="a"), Prefer.HUMAN) == ()
