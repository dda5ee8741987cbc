from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from aligner import engines
from aligner.engines import Settings, Translation
from aligner.engines.packages import Model, starters
from aligner.errors import ModelMissing, UsageError
from aligner.text import is_looping, lost

Make = Callable[..., Path]

SENTENCES = [
    "The president arrived in Bishkek on Tuesday.",
    "Prices rose.",
    "The president arrived in Bishkek on Tuesday.",
    "The ministers of both countries signed an agreement on trade and water.",
    "",
    "2025",
]


class Fake:
    """An engine that writes words backwards, one batch a sentence; it keeps what it is given.

    With the marker "!" a sentence goes wrong at first, with "!!" always.
    """

    def __init__(self, name: str = "fake", score: float = 0.5) -> None:
        self.model = Model("en", "ru", name, "1", Path(name), starter=False)
        self.score = score
        self.given: list[str] = []

    def plan(self, sentences: Sequence[str]) -> list[list[int]]:
        return [[index] for index in sorted(range(len(sentences)), key=lambda i: sentences[i])]

    def translate(
        self, batches: Iterable[Sequence[str]], *, careful: bool = False
    ) -> Iterator[list[Translation]]:
        for batch in batches:
            self.given += [f"{sentence} (again)" if careful else sentence for sentence in batch]
            yield [self._one(sentence, careful=careful) for sentence in batch]

    def _one(self, sentence: str, *, careful: bool) -> Translation:
        wrong = "!!" in sentence or ("!" in sentence and not careful)
        return Translation(sentence[::-1], self.score, issues=("fake: wrong",) if wrong else ())

    def cost(self, text: str) -> int:
        return len(text)


# The order of the work, on engines that can be foreseen


def test_results_stand_in_order() -> None:
    made = engines.translate([Fake()], ["ccc", "a", "bb", "a"])
    assert [one.text for one in made] == ["ccc", "a", "bb", "a"]


def test_equal_sentences_are_translated_once() -> None:
    fake = Fake()
    engines.translate([fake], ["b", "a", "b", "a", "b"])
    assert fake.given == ["a", "b"]


def test_nothing() -> None:
    assert engines.translate([Fake()], []) == []


def test_no_legs() -> None:
    assert engines.translate([], ["a"]) == [Translation("a", 1.0)]


def test_scores_multiply_and_issues_are_kept() -> None:
    route = [Fake("one", 0.5), Fake("two", 0.25)]
    [good, bad] = engines.translate(route, ["abc", "ab!!"])
    assert good == Translation("abc", 0.125)
    assert bad == Translation("ab!!", 0.125, issues=("fake: wrong", "fake: wrong"))


def test_what_goes_wrong_is_tried_once_more() -> None:
    fake = Fake()
    made = engines.translate([fake], ["good", "odd!", "bad!!"])
    assert fake.given == ["bad!!", "good", "odd!", "bad!! (again)", "odd! (again)"]
    assert [one.issues for one in made] == [(), (), ("fake: wrong",)]


def test_progress() -> None:
    seen: list[tuple[int, int]] = []
    engines.translate([Fake(), Fake()], ["c", "a!", "b", "b"], progress=lambda *at: seen.append(at))
    assert seen == [(1, 3), (2, 3), (3, 3)] * 2


def test_only_what_the_store_lacks_is_translated() -> None:
    sentences = ["c", "a!", "b!!", "d"]
    whole: dict[str, list[Translation]] = {}
    expected = engines.translate([Fake("one"), Fake("two")], sentences, whole)
    for missing in whole:
        store = {batch: made for batch, made in whole.items() if batch != missing}
        route = [Fake("one"), Fake("two")]
        assert engines.translate(route, sentences, store) == expected
        assert sum(len(fake.given) for fake in route) == 1
        assert store == whole


def test_each_batch_is_stored_as_it_comes() -> None:
    store: dict[str, list[Translation]] = {}
    seen: list[int] = []
    engines.translate([Fake()], ["a", "b", "c"], store, lambda *_: seen.append(len(store)))
    assert seen == [1, 2, 3]


# The starter models


@pytest.mark.parametrize(
    ("target", "source", "expected"),
    [
        ("ru", "The president arrived in Bishkek.", ["Президент", "Бишкек"]),
        ("ru", "Kyrgyzstan exports gold.", ["Кыргызстан", "золот"]),
        ("ru", "Trade between the two countries grew in 2024.", ["Торговля", "стран", "2024"]),
        ("ru", "The ministry of health reported new cases.", ["Министерство здрав", "случа"]),
        ("ky", "The president arrived in Bishkek.", ["Президент", "Бишкек", "кел"]),
        ("ky", "Trade between the two countries grew in 2024.", ["Эки өлкө", "2024"]),
        (
            "ky",
            "The government of Kazakhstan signed an agreement with Russia.",
            ["өкмөт", "келишим"],
        ),
    ],
)
def test_starters_translate(target: str, source: str, expected: list[str]) -> None:
    [made] = engines.translate(engines.load("en", target), [source])
    assert [word for word in expected if word.lower() not in made.text.lower()] == []
    assert 0.1 < made.score < 1


@pytest.mark.parametrize("target", ["ru", "ky"])
def test_threads_change_nothing(target: str) -> None:
    sentences = [
        *SENTENCES,
        *(f"Trade with country {n} grew in the {n}th year." for n in range(40)),
    ]
    results = [
        engines.translate(engines.load("en", target, Settings(threads=threads)), sentences)
        for threads in (1, 2, 4, 4)
    ]
    assert all(result == results[0] for result in results)


@pytest.mark.parametrize("beam", [1, 2])
def test_beam(beam: int) -> None:
    made = engines.translate(engines.load("en", "ru", Settings(beam=beam)), SENTENCES)
    assert all(one.text for one, source in zip(made, SENTENCES, strict=True) if source)


def test_resumed(monkeypatch: pytest.MonkeyPatch) -> None:
    """With half of the batches in the store the result is the same, and half the work done."""
    monkeypatch.setattr("aligner.engines.argos.BATCH_TOKENS", 16)
    sentences = [f"Trade with country {n} grew." for n in range(20)] + ["no " * 40]
    route = engines.load("en", "ky")
    whole: dict[str, list[Translation]] = {}
    expected = engines.translate(route, sentences, whole)
    store = dict(list(whole.items())[::2])
    assert len(store) < len(whole)
    assert engines.translate(route, sentences, store) == expected
    assert store == whole


LOOPS = [
    "Blah blah ha ha ha.",
    "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z",
    "no, not no, not no, nothing, no one, no more, not now, not no, never no",
    "Trade, trade and trade, and more trade between traders who trade in trade.",
    "In mixed neighbourhoods of Osh, a child may speak Uzbek at home, Kyrgyz in the yard and "
    "Russian at school, and read English on a telephone.",
    "In case of force majeure, defined here as war, earthquake, epidemic or embargo, the contract "
    "is void.",
    "The guest is given the best piece of meat, then tea, and tea, and more tea, and bread.",
    "Tourists, athletes, pilgrims, drivers, singers and bankers, herders and hunters boarded.",
]


def test_loops_are_caught() -> None:
    """The Kyrgyz starter model stutters on some of these; no stutter is left unflagged."""
    [engine] = engines.load("en", "ky")
    first = [made for [made] in engine.translate([[sentence] for sentence in LOOPS])]
    assert any(is_looping(made.text) for made in first)
    last = engines.translate([engine], LOOPS)
    assert sum(is_looping(one.text) for one in last) < sum(is_looping(one.text) for one in first)
    for made, source in zip(last, LOOPS, strict=True):
        flagged = any(issue.startswith("repetition") for issue in made.issues)
        assert flagged or is_looping(source) or not is_looping(made.text)


# Strings that must come through, and sentences around them.
STRINGS = ["a_b@mail.example.kg", "https://24.kg/news/1?id=2", "www.kloop.kg", "Kaktus.media"]
STRINGS += ["{user_name}", "${x}", "{{ x }}", "%s", "%1$d", "%(name)s"]
FRAMES = ["Write to {} for details.", "See {}, please.", "({})", "Dear {}, we met {} on Monday."]


@pytest.mark.parametrize("target", ["ru", "ky"])
def test_protected_strings_come_through(target: str) -> None:
    sources = [
        frame.replace("{}", string, 1).replace("{}", STRINGS[index - 1])
        for index, string in enumerate(STRINGS)
        for frame in FRAMES
    ]
    made = engines.translate(engines.load("en", target), sources)
    gone = [
        (source, one) for source, one in zip(sources, made, strict=True) if lost(source, one.text)
    ]
    assert [pair for pair in gone if not any(i.startswith("lost") for i in pair[1].issues)] == []
    assert len(gone) <= len(sources) / 20


# Routes


def test_pivot(random_package: Make, packages: Path) -> None:
    random_package(into=packages, pair=("ru", "en"), version="1.9")
    route = engines.load("ru", "ky")
    assert [engine.model.pair for engine in route] == [("ru", "en"), ("en", "ky")]
    source = ["Президент прибыл в Бишкек.", "{имя}"]
    halves = engines.translate(route[:1], source)
    wholes = engines.translate(route[1:], [half.text for half in halves])
    for made, half, whole in zip(engines.translate(route, source), halves, wholes, strict=True):
        assert made.text == whole.text
        assert math.isclose(made.score, half.score * whole.score)
        assert made.issues == (*half.issues, *whole.issues)


def test_installed_before_starter(random_package: Make, packages: Path) -> None:
    random_package(into=packages, pair=("en", "ky"), version="1.4")
    [engine] = engines.load("en", "ky")
    assert (engine.model.version, engine.model.starter) == ("1.4", False)


def test_starters_serve_an_empty_home() -> None:
    assert [engines.load(*model.pair)[0].model for model in starters()] == starters()


def test_no_model() -> None:
    with pytest.raises(ModelMissing, match="no model for ru → ky"):
        engines.load("ru", "ky")


def test_same_language() -> None:
    with pytest.raises(UsageError, match="the same"):
        engines.load("en", "en")
