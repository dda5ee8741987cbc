"""Concordance."""

from __future__ import annotations

import pytest
from memories import unit

from aligner.curation.grep import Search, compiled
from aligner.errors import UsageError

MEMORY = [
    unit("1", en="The president came.", ky="Президент келди."),
    unit("2", en="He left.", ky="Ал кетти."),
    unit("3", en="A PRESIDENT (new)", ky="Жаңы президенттин үйү"),
    unit("4", en="End", ky="Аягы"),
    unit("5", en="End", ky="Аягы"),
]


def numbers(pattern: str, lang: str = "", **options: bool) -> list[int]:
    search = Search(compiled(pattern, **options), lang)
    return [hit.number for hit in search.hits(MEMORY)]


def test_patterns() -> None:
    assert numbers("president") == [1]
    assert numbers("president", ignore_case=True) == [1, 3]
    assert numbers("президент", ignore_case=True) == [1, 3]
    assert numbers("президент", ignore_case=True, word=True) == [1]
    assert numbers(r"\p{Lu}{3}") == [3]
    assert numbers("(new)", fixed=True) == [3]
    assert numbers(".", fixed=True) == [1, 2]
    assert numbers("^А", "ky") == [2, 4, 5]
    assert numbers("^А", "en") == []
    assert numbers("End", "ky") == []


def test_where_it_is_found() -> None:
    (hit,) = Search(compiled("e[a-z]")).hits(MEMORY[1:2])
    assert hit.spans == (((4, 6),), ())


@pytest.mark.parametrize(
    ("around", "expected"),
    [
        (0, "1! 3!"),
        (1, "1! 2 3! 4"),
        (2, "1! 2 3! 4 5"),
    ],
)
def test_context(around: int, expected: str) -> None:
    hits = Search(compiled("president", ignore_case=True)).hits(MEMORY, around)
    shown = " ".join(f"{hit.number}{'' if hit.neighbour else '!'}" for hit in hits)
    assert shown == expected


def test_invert() -> None:
    hits = Search(compiled("president", ignore_case=True), invert=True).hits(MEMORY)
    assert [hit.number for hit in hits] == [2, 4, 5]


@pytest.mark.parametrize("pattern", ["(", "[", "*a", r"(?<n>a)(?P=m)"])
def test_what_is_no_pattern_is_told(pattern: str) -> None:
    with pytest.raises(UsageError, match="no regular expression"):
        compiled(pattern)
    assert not compiled(pattern, fixed=True).search("x")


def test_a_pattern_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aligner.curation.grep._LONGEST_SEARCH", 0.05)
    search = Search(compiled(r"(?:a|aa|a?)+(?:a|aa)+[bc]{2}$"))
    with pytest.raises(UsageError, match="takes too long"):
        list(search.hits([unit(en="a" * 60 + "!")]))
