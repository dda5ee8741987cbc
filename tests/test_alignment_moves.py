"""Passages that moved: found in three languages, not found where nothing has moved."""

from __future__ import annotations

import json
import random
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.alignment import Bead, align
from aligner.alignment.evaluate import evaluate, read
from aligner.alignment.moves import Passage, find, passages

ENGLISH = """
The Issyk-Kul region will get twelve new school buildings before the autumn of 2027.
Minister Aizada Toktosunova told reporters in Karakol that the money has been set aside.
Parents in the village of Tamga had collected 340 signatures against the old heating.
Engineers from Bishkek inspected the boilers in February and closed two of them.
The Asian Development Bank lends 18 million dollars for the whole programme.
Teachers hope that classes of more than forty pupils will then be a thing of the past.
A museum of nomad crafts is to open next door, with felt carpets from Naryn on display.
The carpets were woven by Sonun Abdyldaeva, who is eighty-one and still works every day.
Her granddaughter Meerim runs workshops for tourists from Germany, Korea and Japan.
A small felt hat costs 900 soms, a large carpet as much as 45,000.
Meanwhile the road over the Barskoon pass remains closed because of avalanches.
Lorry drivers wait at Balykchy, where cafes stay open all night.
The weather service expects the snow to stop on Thursday evening.
Rescuers reminded skiers to carry beacons and not to leave the marked slopes.
The next session of the regional council is on the third of March.
""".strip().splitlines()
RUSSIAN = """
До осени 2027 года в Иссык-Кульской области построят двенадцать новых школ.
Министр Айзада Токтосунова сообщила журналистам в Караколе, что деньги уже выделены.
Родители в селе Тамга собрали 340 подписей против старого отопления.
Инженеры из Бишкека проверили котлы в феврале и закрыли два из них.
Азиатский банк развития даёт в долг 18 миллионов долларов на всю программу.
Учителя надеются, что классы, где больше сорока учеников, уйдут в прошлое.
Рядом откроется музей кочевых ремёсел, где покажут войлочные ковры из Нарына.
Ковры соткала Сонун Абдылдаева, которой восемьдесят один год и которая работает каждый день.
Её внучка Мээрим ведёт мастер-классы для туристов из Германии, Кореи и Японии.
Маленькая войлочная шляпа стоит 900 сомов, большой ковёр — до 45 000.
Между тем дорога через перевал Барскоон остаётся закрытой из-за лавин.
Водители грузовиков ждут в Балыкчы, где кафе работают всю ночь.
Метеорологи ожидают, что снег прекратится в четверг вечером.
Спасатели напомнили лыжникам, что нужно брать маячки и не сходить с размеченных склонов.
Следующая сессия областного совета состоится третьего марта.
""".strip().splitlines()
KYRGYZ = """
2027-жылдын күзүнө чейин Ысык-Көл облусунда он эки жаңы мектеп курулат.
Министр Айзада Токтосунова Караколдо журналисттерге акча бөлүнгөнүн айтты.
Тамга айылынын ата-энелери эски жылытууга каршы 340 кол чогултту.
Бишкектен келген инженерлер февралда казандарды текшерип, экөөнү жапты.
Азия өнүктүрүү банкы бүт программага 18 миллион доллар карыз берет.
Мугалимдер кырктан ашык окуучусу бар класстар артта калат деп үмүттөнүшөт.
Жанында көчмөндөр кол өнөрчүлүгүнүн музейи ачылып, Нарындан келген кийиз килемдер коюлат.
Килемдерди сексен бир жаштагы Сонун Абдылдаева токуган, ал күн сайын иштейт.
Анын небереси Мээрим Германиядан, Кореядан жана Япониядан келген туристтерди окутат.
Кичине кийиз калпак 900 сом, чоң килем 45 000 сомго чейин турат.
Ал арада Барскоон ашуусу аркылуу өткөн жол көчкүдөн улам жабык бойдон калууда.
Жүк ташуучу айдоочулар Балыкчыда күтүп турушат, ал жерде кафелер түнү бою иштейт.
Синоптиктер бейшембиде кечинде кар токтойт деп күтүшөт.
Куткаруучулар лыжачыларга маяк алып жүрүүнү жана белгиленген жолдон чыкпоону эскертти.
Облустук кеңештин кийинки жыйыны үчүнчү мартта болот.
""".strip().splitlines()


def sentences(number: int, seed: int = 0) -> list[str]:
    """Sentences of made-up words, of which some are common."""
    rng = random.Random(seed)
    words = ["".join(rng.choices("aeioukrstmnlpd", k=rng.randint(2, 8))) for _ in range(3000)]
    return [
        " ".join(words[int(len(words) * rng.random() ** 2)] for _ in range(rng.randint(6, 20)))
        for _ in range(number)
    ]


def shuffled(order: list[int], text: list[str]) -> list[str]:
    return [text[j] for j in order]


def links(beads: list[Bead]) -> set[tuple[int, int]]:
    return {(i, j) for bead in beads for i in bead.source for j in bead.target}


def found(source: list[str], target: list[str], translated: list[str] | None = None) -> list[Bead]:
    beads = align(source, target, translated=translated)
    return find(source, target, beads, translated=translated)


def assert_whole(beads: list[Bead], source: int, target: int) -> None:
    """Each sentence stands in one bead, the source's in order, runs without gaps."""
    assert list(chain.from_iterable(bead.source for bead in beads)) == list(range(source))
    assert sorted(chain.from_iterable(bead.target for bead in beads)) == list(range(target))
    for bead in beads:
        assert 0 <= bead.probability <= 1
        assert bead.source or len(bead.target) == 1
        if bead.target:
            assert bead.target == tuple(range(bead.target[0], bead.target[-1] + 1))


# The paragraph of sentences 6 to 9 stands at the end of the other text.
LAST = [*range(6), *range(10, 15), *range(6, 10)]


@pytest.mark.parametrize(
    ("source", "target"),
    [(ENGLISH, RUSSIAN), (RUSSIAN, KYRGYZ), (ENGLISH, KYRGYZ)],
    ids=["en-ru", "ru-ky", "en-ky"],
)
def test_a_paragraph_moved_to_the_end(source: list[str], target: list[str]) -> None:
    target = shuffled(LAST, target)
    beads = found(source, target)
    assert_whole(beads, 15, 15)
    right = {(i, LAST.index(i)) for i in range(15)}
    assert len(links(beads) & right) >= 13
    assert not right.issubset(links(align(source, target)))


def test_a_paragraph_moved_to_the_beginning_with_a_translation() -> None:
    order = [*range(10, 14), *range(10), 14]
    beads = found(KYRGYZ, shuffled(order, ENGLISH), translated=ENGLISH)
    assert [(bead.source, bead.target) for bead in beads] == [
        ((i,), (order.index(i),)) for i in range(15)
    ]
    (passage,) = passages(beads)
    assert passage.source == tuple(range(10, 14))
    assert passage.target == tuple(range(4))
    assert passage.expected == 14
    assert passage.probability > 0.9


def test_sections_that_changed_places() -> None:
    text = sentences(60)
    order = [*range(20), *range(35, 50), *range(20, 35), *range(50, 60)]
    beads = found(text, shuffled(order, text))
    assert links(beads) == {(i, order.index(i)) for i in range(60)}
    assert len(passages(beads)) == 1


def test_several_moves() -> None:
    text = sentences(80)
    order = [*range(40, 43), *range(10), *range(14, 40), *range(43, 80), *range(10, 14)]
    beads = found(text, shuffled(order, text))
    assert links(beads) == {(i, order.index(i)) for i in range(80)}
    assert [(each.source, each.expected) for each in passages(beads)] == [
        ((10, 11, 12, 13), 13),
        ((40, 41, 42), 39),
    ]


def test_paragraphs_in_reverse_order() -> None:
    text = sentences(60)
    order = [i for first in range(45, -1, -15) for i in range(first, first + 15)]
    beads = found(text, shuffled(order, text))
    assert_whole(beads, 60, 60)
    assert links(beads) == {(i, order.index(i)) for i in range(60)}
    assert len(passages(beads)) == 3


def test_a_long_sentence_alone() -> None:
    text = sentences(40)
    order = [*range(5), *range(6, 30), 5, *range(30, 40)]
    assert links(found(text, shuffled(order, text))) == {(i, order.index(i)) for i in range(40)}


def test_what_is_merged_in_a_moved_passage() -> None:
    text = sentences(40)
    target = [*text[:8], *text[12:], text[8], f"{text[9]} {text[10]}", text[11]]
    beads = [(bead.source, bead.target) for bead in found(text, target)]
    assert ((8,), (36,)) in beads
    assert ((9, 10), (37,)) in beads
    assert ((11,), (38,)) in beads


def test_boilerplate_does_not_move() -> None:
    text = sentences(80)
    marked = [each for number, one in enumerate(text) for each in [one, *more(number)]]
    places = [place for place, one in enumerate(marked) if one == "Read more"]
    source = [one for place, one in enumerate(marked) if place != places[1]]
    target = [one for place, one in enumerate(marked) if place != places[-2]]
    beads = align(source, target)
    assert find(source, target, beads) == beads


def more(number: int) -> list[str]:
    return ["Read more"] if number % 8 == 7 else []


def test_the_nearest_of_two_copies() -> None:
    text = sentences(90)
    copy = sentences(3, seed=5)
    source = [*text[:40], *copy, *text[40:]]
    target = [*text[:10], *copy, *text[10:60], *copy, *text[60:]]
    beads = found(source, target)
    assert {(40, 63), (41, 64), (42, 65)} <= links(beads)


def test_an_insertion_follows_what_it_follows_in_the_target() -> None:
    text, more = sentences(50), sentences(4, seed=7)
    target = [*text[:10], *text[14:45], *text[10:14], *text[45:]]
    target[20:20] = more
    beads = found(text, target)
    place = next(place for place, bead in enumerate(beads) if bead.target == (20,))
    assert beads[place].source == ()
    assert beads[place - 1].target == (19,)


@pytest.mark.parametrize("number", [0, 1, 2, 40])
def test_nothing_moves_in_the_same_text(number: int) -> None:
    text = sentences(number)
    beads = align(text, text)
    assert find(text, text, beads) == beads


def test_texts_without_a_counterpart() -> None:
    for source, target in (([], ["One."]), (["One."], []), (sentences(30), sentences(30, seed=1))):
        beads = align(source, target)
        assert find(source, target, beads) == beads


def test_options_of_the_alignment_hold_for_the_passages() -> None:
    text = sentences(30)
    target = [*text[4:], text[0], f"{text[1]} {text[2]}", text[3]]
    beads = align(text, target, longest=1)
    again = find(text, target, beads, longest=1)
    assert {(0, 26), (3, 28)} <= links(again)
    assert all(len(bead.source) < 2 and len(bead.target) < 2 for bead in again)


def test_views_and_paragraphs_move_along() -> None:
    text = sentences(40)
    order = [*range(8), *range(12, 40), *range(8, 12)]
    target = shuffled(order, text)
    blank = ["-"] * 40
    beads = align(text, target)
    again = find(
        text,
        target,
        beads,
        views=[(blank, blank), (text, target)],
        paragraphs=([i // 4 for i in range(40)], [j // 4 for j in range(40)]),
    )
    assert links(again) == {(i, order.index(i)) for i in range(40)}


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.text("абв xyz12.", max_size=40), max_size=12),
    st.lists(st.text("абв xyz12.", max_size=40), max_size=12),
)
def test_each_sentence_stands_in_one_bead(source: list[str], target: list[str]) -> None:
    assert_whole(found(source, target), len(source), len(target))


# Derandomised: there are orders, if few, of which less than this is found.
@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    st.integers(0, 50),
    st.lists(st.integers(0, 30), max_size=4, unique=True),
    st.lists(st.integers(0, 30), max_size=4, unique=True),
    st.randoms(use_true_random=False),
)
def test_blocks_in_any_order(
    seed: int, cuts: list[int], left_out: list[int], rng: random.Random
) -> None:
    text = sentences(31, seed=seed)
    ends = [0, *sorted(cuts), 31]
    blocks = [list(range(*ends[place : place + 2])) for place in range(len(ends) - 1)]
    rng.shuffle(blocks)
    order = [i for block in blocks for i in block if i not in left_out]
    beads = found(text, shuffled(order, text))
    assert_whole(beads, 31, len(order))
    right = {(i, order.index(i)) for i in order}
    assert len(links(beads) & right) >= 0.8 * len(right)


def test_a_report_of_passages() -> None:
    pairs = [(0, 0), (1, 6), (2, 7), (3, 5), (4, 1), (5, 2), (6, 3), (7, 4), (8, 8)]
    beads = [Bead((i,), (j,), 0.5) for i, j in pairs]
    beads.insert(2, Bead((), (9,)))
    assert passages(beads) == [
        Passage((1, 2), (6, 7), 1, 0.5),
        Passage((3,), (5,), 1, 0.5),
    ]
    assert passages([]) == []


@pytest.mark.parametrize(
    ("name", "mt", "run", "recall"),
    [
        ("en-ru.medium", "mt_ru", 3, 0.9),
        ("en-ru.medium", "", 6, 0.5),
        ("en-ky.medium", "mt_ru", 6, 0.6),
        ("ru-ky.medium", "", 6, 0.5),
    ],
)
def test_the_gold_standard_with_moves(
    shared: Path, name: str, mt: str, run: int, recall: float
) -> None:
    langs = name.partition(".")[0].split("-")
    rng = random.Random(run)
    right = total = 0
    before, after = [], []
    with (shared / "data" / "alignment" / f"{name}.jsonl").open(encoding="utf-8") as file:
        for document in map(json.loads, file):
            gold = list(read(document["gold"]))
            if len(gold) < 4 * run:
                continue
            target, gold, moved = moved_run(document[langs[1]], gold, run, rng)
            source, translated = document[langs[0]], document.get(mt)
            beads = align(source, target, translated=translated)
            again = find(source, target, beads, translated=translated)
            assert_whole(again, len(source), len(target))
            right += len(links(again) & links(moved))
            total += len(links(moved))
            before.append((gold, beads))
            after.append((gold, again))
    assert right >= recall * total
    assert evaluate(after).strict.f1 > evaluate(before).strict.f1 + 0.05


def moved_run(
    target: list[str], gold: list[Bead], run: int, rng: random.Random
) -> tuple[list[str], list[Bead], list[Bead]]:
    """A text with a run of beads at another place, its gold, and the beads that moved."""
    first = rng.randrange(len(gold) - run + 1)
    moved, rest = gold[first : first + run], gold[:first] + gold[first + run :]
    place = rng.choice([p for p in range(len(rest) + 1) if abs(p - first) > run])
    again: dict[Bead, Bead] = {}
    text: list[str] = []
    for bead in [*rest[:place], *moved, *rest[place:]]:
        start = len(text)
        text += [target[j] for j in bead.target]
        again[bead] = Bead(bead.source, tuple(range(start, len(text))))
    return text, [again[bead] for bead in gold], [again[bead] for bead in moved]


@pytest.mark.parametrize(
    ("name", "mt"),
    [("en-ru.medium", "mt_ru"), ("en-ru.hard", ""), ("en-ky.hard", "mt_ru"), ("ru-ky.medium", "")],
)
def test_hardly_anything_moves_that_has_not(shared: Path, name: str, mt: str) -> None:
    langs = name.partition(".")[0].split("-")
    number = wrong = 0
    with (shared / "data" / "alignment" / f"{name}.jsonl").open(encoding="utf-8") as file:
        for document in map(json.loads, file):
            source, target, translated = document[langs[0]], document[langs[1]], document.get(mt)
            beads = align(source, target, translated=translated)
            again = find(source, target, beads, translated=translated)
            number += len(beads)
            wrong += sum(len(each.target) for each in passages(again))
    assert wrong <= 0.002 * number
