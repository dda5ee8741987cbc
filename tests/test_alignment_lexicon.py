"""Which words translate which: learnt, and known beforehand."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from aligner.alignment import lexicon
from aligner.alignment.features import Counts, stems

ROOT = Path(__file__).parents[1]
SOURCE = ["red fox runs", "a red dog", "the fox sleeps", "dog sleeps"]
TARGET = ["renard rouge court", "un chien rouge", "renard dort", "chien dort"]


def glossed(table: lexicon.Lexicon, text: str) -> list[int]:
    return table.gloss(stems([text])).features.tolist()


def same(one: Counts, other: Counts) -> bool:
    return one.features.tolist() == other.features.tolist()


def test_what_goes_together_is_learnt() -> None:
    learnt = lexicon.learn(stems(SOURCE), stems(TARGET), least=0.5, fewest=2)
    assert same(learnt.gloss(stems(["red fox dog"])), stems(["rouge renard chien"]))
    assert same(learnt.gloss(stems(["runs unseen"])), stems(["runs unseen"]))


def test_what_goes_together_too_seldom_is_not() -> None:
    learnt = lexicon.learn(stems(SOURCE), stems(TARGET), least=0.5, fewest=3)
    assert same(learnt.gloss(stems(SOURCE)), stems(SOURCE))


def test_glossing_keeps_rows_and_counts() -> None:
    learnt = lexicon.learn(stems(SOURCE), stems(TARGET), least=0.5, fewest=2)
    counts = learnt.gloss(stems(["", "red red rouge", "fox"]))
    assert len(counts) == 3
    assert counts.rows(slice(1, 2)).counts.tolist() == [3]


def test_nothing_to_learn_from() -> None:
    learnt = lexicon.learn(stems([]), stems([]), least=0.5, fewest=1)
    assert same(learnt.gloss(stems(SOURCE)), stems(SOURCE))


@pytest.mark.parametrize(
    ("source", "target", "words", "translations"),
    [
        ("ru", "en", "президента вода вчера 1944", "president water yesterday 1944"),
        ("ky", "en", "суунун кечээ мугалимдер", "water yesterday teachers"),
        ("ky", "ru", "суунун кечээ мугалимдер", "воды вчера учителя"),
    ],
)
def test_known_words(source: str, target: str, words: str, translations: str) -> None:
    table = lexicon.known(source, target)
    assert table
    assert same(table.gloss(stems([words])), stems([translations]))


def test_of_other_languages_nothing_is_known() -> None:
    assert lexicon.known("en", "ru") is None
    assert lexicon.known("", "en") is None


def test_the_files_are_those_of_the_corpus() -> None:
    script = runpy.run_path(str(ROOT / "corpora" / "lexicon.py"))
    source, target = (script["sentences"](code) for code in ("ky", "ru"))
    written = (script["FOLDER"] / "ky-ru.tsv").read_text("utf-8")
    assert script["table"](source, target) == written
