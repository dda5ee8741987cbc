from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.text import (
    ends_sentence,
    fold,
    for_translation,
    has_prose,
    is_looping,
    lost,
    numbers,
    protected,
    words,
)


def marked(text: str) -> str:
    """The text with ‹› around what must not change."""
    for match in reversed(list(protected(text))):
        text = f"{text[: match.start()]}‹{match.group()}›{text[match.end() :]}"
    return text


@pytest.mark.parametrize(
    "text",
    [
        "Write to ‹info@cabar.asia›.",
        "(‹a.b+c@d-e.co.uk›), ‹user_name@mail.ru›!",
        "See ‹https://cabar.asia/en/news?id=1&x=2#top›.",
        "See ‹http://24.kg›, or «‹https://a.kg/b_c›».",
        "at ‹www.kloop.kg/news/2023/ok›",
        "Photo: ‹president.kg›",
        "Photos by ‹Kaktus.media›, ‹24.kg› and ‹CABAR.asia›.",
        "on ‹news.24.kg/ru›: more",
        "Hello ‹{name}›, ‹${x}›, ‹{0}›, ‹{}›, ‹{user.name}›, ‹{x:.2f}›",
        "‹{{ x }}› and ‹{{user.name|title}}›",
        "‹%s› of ‹%d›, ‹%1$d›, ‹%(name)s›, ‹%.2f›, ‹%05d›, ‹%@›",
        "‹{x}›‹{y}›",
    ],
)
def test_protected(text: str) -> None:
    assert marked(text.replace("‹", "").replace("›", "")) == text


@pytest.mark.parametrize(
    "text",
    [
        "e.g. this, i.e. that, at 5 p.m. or a.m.",
        "50% of them, 100% sure, 50 % s, 5 % d, 20% i",
        "10%d 50%s",
        "the end.The start of Mr.Smith, No.5, St.Petersburg, President.It",
        "3.5 and 10.10.2023, v1.2.3, 0.312.66",
        "the U.S. and the U.S.A., AT&T",
        "Ph.D. and etc. and so on...",
        "{ and } and { } and {{",
        "a@b, @name, www. and http://",
    ],
)
def test_nothing_protected(text: str) -> None:
    assert marked(text) == text


# A pattern that takes quadratic time needs minutes for these, and a linear one milliseconds.
HOSTILE = [
    "a",
    "a.a.a.",
    "aa.",
    "1,1,1,",
    "1 ",
    "{{{{",
    "{a",
    "{{ ",
    "www.www.",
    "a@",
    "a@a-",
    "a.b@",
]
HOSTILE += ["%", "%(a", "%0", " ", "\n ", "a-", "http://", "http://.", "..", ".)", "123 "]


@pytest.mark.parametrize("unit", HOSTILE)
def test_long_lines(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    list(protected(text))
    for function in (numbers, fold, for_translation, words, ends_sentence, has_prose):
        function(text)


@pytest.mark.parametrize("text", ["%" + "0" * 200_000, "a@" + "b." * 100_000, "1" * 200_000])
def test_long_words(text: str) -> None:
    list(protected(text))
    numbers(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("1,000 1 000 1\u00a0000 1\u202f000 1’000 1.000", "1000 1000 1000 1000 1000 1000"),
        ("3.5 3,5", "3.5 3.5"),
        ("35 3.5", "35 3.5"),
        ("1,234,567.89 1 234 567,89", "1234567.89 1234567.89"),
        ("0.125 0,125", "0125 0125"),
        ("27.11.2025", "27.11.2025"),
        ("in 2023, 2024 and 2025", "2023 2024 2025"),
        ("15.5%, $4 billion, C5+1, COVID-19", "15.5 4 5 1 19"),
        ("2025-жылдын 27-ноябры", "2025 27"),
        ("at 12:30", "12 30"),
        ("https://a.kg/2023 {0} %1$d a1@b.kg", ""),
    ],
)
def test_numbers(text: str, expected: str) -> None:
    assert numbers(text) == Counter(expected.split())


@given(st.integers(0, 10**12), st.sampled_from(", \u00a0\u202f"), st.integers(0, 99))
def test_numbers_of_any_locale(whole: int, separator: str, part: int) -> None:
    english = f"{whole:,}.{part:02}"
    other = f"{whole:,}".replace(",", separator) + f"{'.' if separator == ',' else ','}{part:02}"
    assert numbers(f"about {english} soms") == numbers(f"{other} сом")


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Write to info@cabar.asia", "Пишите на info@cabar.asia", []),
        ("Write to info@cabar.asia", "Пишите нам", ["info@cabar.asia"]),
        ("{x} and {x}", "{x}", ["{x}"]),
        ("{x} and {y}", "{y} и {x}", []),
        ("{x}, %s, www.a.kg", "", ["{x}", "%s", "www.a.kg"]),
        ("nothing", "{x}", []),
    ],
)
def test_lost(source: str, target: str, expected: list[str]) -> None:
    assert lost(source, target) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("over\n  two lines", "over two lines"),
        ("over  \r\n\r\n\ttwo", "over two"),
        ("two  spaces\u00a0stay", "two  spaces\u00a0stay"),
        ("a\u2028b\vc", "a b c"),
        (" a ", " a "),
    ],
)
def test_fold(text: str, expected: str) -> None:
    assert fold(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("  one\t\ntwo\u00a0three  ", "one two three"),
        ("soft\u00adhy\u200bphen\ufeff\u2060", "softhyphen"),
        ("half a character: \ud83d.", "half a character: ."),
    ],
)
def test_for_translation(text: str, expected: str) -> None:
    assert for_translation(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A word", True),
        ("слово", True),
        ("2023", False),
        ("— 1,000 %", False),
        ("https://a.kg", False),
        ("info@cabar.asia, %s, {x}", False),
        ("😀", False),
        ("", False),
    ],
)
def test_has_prose(text: str, expected: bool) -> None:
    assert has_prose(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("An end.", True),
        ("«Конец!»", True),
        ("“Really?”)  ", True),
        ("and so on…", True),
        ("No end", False),
        ("3.5", False),
        ("", False),
    ],
)
def test_ends_sentence(text: str, expected: bool) -> None:
    assert ends_sentence(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("уголовный уголовный уголовный суд", True),
        ("устастаста", True),
        ("дарыяны да, дарыяны да, дарыяны да", True),
        ("The the THE end", True),
        ("very very good", False),
        ("step by step by hand", False),
        ("1 1 1 1", False),
        ("2 000 000 000", False),
        ("haha", False),
        ("анын жыйынынын", False),
        ("…………", False),
        ("", False),
    ],
)
def test_is_looping(text: str, expected: bool) -> None:
    assert is_looping(text) is expected


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=5), st.text("xyz ", max_size=9))
def test_three_times_loops(phrase: list[str], rest: str) -> None:
    assert is_looping(" ".join([rest, *phrase * 3, rest]))


def test_words() -> None:
    assert words("Don’t re-open O'Brien's 24-hour «кафе»!") == [
        "Don’t",
        "re-open",
        "O'Brien's",
        "24-hour",
        "кафе",
    ]
