from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.languages import numerals
from aligner.languages.numerals import Role
from aligner.quality.figures import readings
from aligner.quality.quantities import read

HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("lang", "word", "value", "role"),
    [
        ("en", "three", 3, Role.CARDINAL),
        ("en", "twentieth", 20, Role.ORDINAL),
        ("en", "billions", 10**9, Role.SCALE),
        ("en", "half", HALF, Role.PART),
        ("en", "billionaire", 10**9, Role.HINT),
        ("en", "bilingual", 2, Role.HINT),
        ("ru", "тремя", 3, Role.CARDINAL),
        ("ru", "восьмидесятых", 80, Role.ORDINAL),
        ("ru", "миллиардами", 10**9, Role.SCALE),
        ("ru", "трёхлетний", 3, Role.HINT),
        ("ru", "двадцатипятилетняя", 25, Role.HINT),
        ("ru", "полмиллиона", 500_000, Role.HINT),
        ("ru", "семью", 7, Role.HINT),  # "family" for the most part
        ("ky", "үчтөн", 3, Role.CARDINAL),
        ("ky", "бешөө", 5, Role.CARDINAL),
        ("ky", "жыйырманчы", 20, Role.ORDINAL),
        ("ky", "миллиарддык", 10**9, Role.SCALE),
        ("ky", "жарым", HALF, Role.PART),
    ],
)
def test_words(lang: str, word: str, value: int | Fraction, role: Role) -> None:
    found = numerals.get(lang).word(word)
    assert found
    assert (found.value, found.role) == (value, role)


@pytest.mark.parametrize(
    ("lang", "word"),
    [
        ("en", "tent"),
        ("ru", "стоит"),
        ("ru", "семья"),
        ("ky", "үчүн"),
        ("ky", "алтын"),
        ("de", "drei"),
    ],
)
def test_no_numbers(lang: str, word: str) -> None:
    found = numerals.get(lang).word(word)
    assert found is None or found.role is Role.HINT


@pytest.mark.parametrize(
    ("lang", "text", "months"),
    [
        ("en", "In May and March 2020 it may march on.", ["m5", "m3"]),
        ("ru", "с 3 мая по октябрьские праздники", ["m5", "m10"]),
        ("ky", "12-майдан октябрдын аягына чейин", ["m5", "m10"]),
        ("ky", "майдан, майрам", ["u5", "u5"]),
    ],
)
def test_months(lang: str, text: str, months: list[str]) -> None:
    assert [one.lastgroup for one in numerals.get(lang).months.finditer(text)] == months


@pytest.mark.parametrize(
    ("token", "decimals", "values"),
    [
        ("1,000", ".", (1000,)),
        ("1,000", ",", (1, 1000)),
        ("3.5", ".", (Fraction(7, 2),)),
        ("3,5", ",", (Fraction(7, 2),)),
        ("1.000", ".", (1,)),
        ("1,234,567.5", ".", (Fraction(2469135, 2),)),
        ("1.234.567,5", ",", (Fraction(2469135, 2),)),
        ("12\u00a0345,5", ",", (Fraction(24691, 2),)),
        ("0,125", ",", (Fraction(1, 8),)),
        ("12.10.2022", ",", ()),
        ("1,2,3", ".", ()),
        ("007", ".", (7,)),
    ],
)
def test_readings(token: str, decimals: str, values: tuple[object, ...]) -> None:
    assert readings(token, decimals) == values


@pytest.mark.parametrize(
    ("lang", "text", "values"),
    [
        ("en", "two hundred and five", [{205}]),
        ("en", "2-3 billion", [{2, 2 * 10**9}, {3 * 10**9}]),
        ("en", "5:30 p.m.", [{5, "5:30", 17, "17:30"}, {30, "5:30", "17:30"}]),
        ("ru", "2 млн 500 тыс.", [{2 * 10**6, 2_500_000}, {500_000, 2_500_000}]),
        ("ru", "сто двадцать пять", [{125}]),
        ("ky", "эки миң он беш", [{2015}]),
        ("ky", "XXI кылым", [{21}]),
        ("en", "+996 312 66-42-11", [{"+996312664211"}]),
    ],
)
def test_numbers_of_a_text(lang: str, text: str, values: list[set[object]]) -> None:
    assert [one.values for one in read(text, lang).numbers] == values


@given(st.text(), st.sampled_from(["en", "ru", "ky", "de"]))
def test_any_text_can_be_read(text: str, lang: str) -> None:
    for number in read(text, lang).numbers:
        assert 0 <= number.start < number.stop <= number.end <= len(text)
        assert number.values
