"""Words that belong together, by the starter models."""

from __future__ import annotations

import re
from bisect import bisect
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.align import words
from aligner.alignment.symmetrise import parse

DATA = Path(__file__).parent / "data" / "words"
MARKED = re.compile(r"([0-9]+)(-|p)([0-9]+)")

PAIR = (
    "The president arrived in Tashkent on Monday.",
    "Президент прибыл в Ташкент в понедельник.",
)


def gold(name: str) -> list[list[str]]:
    lines = (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")][1:]


@cache
def aligner(source: str, target: str) -> words.Aligner:
    return words.Aligner(source, target)


def error_rate(name: str, *, english: bool = False) -> float:
    """The alignment error rate of Och and Ney 2003."""
    rows = gold(name)
    found = aligner(*name.split("-")).stream(
        [(source, target) for _, source, target, *_ in rows],
        [middle for _, _, _, middle, _ in rows] if english else None,
    )
    right = said = sure = 0
    for links, (*_, marked) in zip(found, rows, strict=True):
        marks = {(int(i), int(j)): kind for i, kind, j in MARKED.findall(marked)}
        kinds = [marks.get(link, "") for link in links.pairs]
        right += kinds.count("-") * 2 + kinds.count("p")
        said += len(kinds)
        sure += list(marks.values()).count("-")
    return 1 - right / (said + sure)


# What is reached now, and a little.
@pytest.mark.parametrize(("name", "most"), [("en-ru", 0.17), ("en-ky", 0.34)])
def test_starter_models_align_as_well_as_they_did(name: str, most: float) -> None:
    assert error_rate(name) <= most


def test_english_helps_where_no_model_serves_the_pair() -> None:
    assert error_rate("ru-ky", english=True) <= 0.42 < error_rate("ru-ky")


@pytest.mark.parametrize("name", ["en-ru", "en-ky", "ru-ky"])
def test_gold_links_words_that_are_there(name: str) -> None:
    rows = gold(name)
    assert len(rows) >= (60 if name.startswith("en") else 30)
    for _, source, target, _, marked in rows:
        assert all(MARKED.fullmatch(link) for link in marked.split())
        for i, _, j in MARKED.findall(marked):
            assert int(i) < len(words.tokens(source))
            assert int(j) < len(words.tokens(target))


def test_links_say_where_words_stand() -> None:
    [links] = words.align([PAIR], "en", "ru")
    source, target = PAIR
    by_word = {
        (source[slice(*links.source[i])], target[slice(*links.target[j])]) for i, j in links.pairs
    }
    assert {("president", "Президент"), ("Tashkent", "Ташкент"), (".", ".")} <= by_word
    assert parse(links.pharaoh()) == set(links.pairs)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Премьер-министр кое-что сказал.", "Премьер-министр|кое-что|сказал|."),
        ("2021-жылы 5-го, 10дон: 1,000.5%", "2021|-|жылы|5-го|,|10дон|:|1,000.5|%"),
        ("At 10 p.m. o'clock -- well...", "At|10|p.m.|o'clock|--|well|..."),
        ("«за́мок» — см. info@cabar.asia", "«|за́мок|»|—|см|.|info@cabar.asia"),
        ("See https://cabar.asia/a-b?c=1.", "See|https://cabar.asia/a-b?c=1|."),
        ("Hi {{ name }} %s", "Hi|{{|name|}}|%s"),
        (" \n\u200b", "\u200b"),
    ],
)
def test_tokens(text: str, parts: str) -> None:
    assert [text[slice(*span)] for span in words.tokens(text)] == parts.split("|")


@given(st.text("аbЖ1 2-’'.,«»@/:%{}\u0301\u200b\n—", max_size=40))
def test_tokens_are_all_of_a_text_but_white_space(text: str) -> None:
    spans = words.tokens(text)
    parts = [text[slice(*span)] for span in spans]
    assert not any(re.search(r"\s", part) for part in parts)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert re.sub(r"[\s_]", "", text) == "".join(parts).replace("_", "")


@pytest.mark.parametrize("pair", [("", ""), ("Word", ""), ("", "Слово"), (" ", "\n")])
def test_a_side_without_words_has_no_links(pair: tuple[str, str]) -> None:
    [links, whole] = words.align([pair, PAIR], "en", "ru")
    assert links.pharaoh() == ""
    assert whole.pairs


def test_no_pairs() -> None:
    assert words.align([], "en", "ru") == []


def test_a_text_longer_than_any_model_takes() -> None:
    rows = gold("en-ru")
    source, target = (" ".join(row[side] for row in rows) for side in (1, 2))
    [links] = words.align([(source, target)], "en", "ru")
    assert (len(links.source), len(links.target)) == tuple(
        sum(len(words.tokens(row[side])) for row in rows) for side in (1, 2)
    )
    starts = [[source.index(row[1]) for row in rows], [target.index(row[2]) for row in rows]]
    right = [
        bisect(starts[0], links.source[i][0]) == bisect(starts[1], links.target[j][0])
        for i, j in links.pairs
    ]
    assert sum(right) > 0.8 * len(right)


def test_one_word_against_thousands() -> None:
    [links] = words.align([("Tashkent", "слово " * 3000)], "en", "ru")
    assert len(links.target) == 3000


def test_batches_give_each_pair_its_links_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_BATCH", 100)
    pairs = [PAIR, ("Five.", "Пять."), ("", ""), PAIR]
    found = words.align(pairs, "en", "ru")
    assert [len(links.source) for links in found] == [8, 2, 0, 8]
    assert found[0] == found[3]


def test_no_model_leaves_names_and_numbers() -> None:
    [links] = words.align([("Жапаров Ошто 25 сүйлөдү", "Japarov spoke in Osh 25")], "ky", "en")
    assert {(0, 0), (2, 4)} <= set(links.pairs)
