from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.quality.checks import check


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("", ""),
        ("All is well.", "Всё хорошо."),
        ("Prices rose by 3.5% to 1,000 soms.", "Цены выросли на 3,5 % до 1 000 сомов."),
        ("In 2025 they had $1,234.50.", "2025-жылы аларда 1\u00a0234,50 доллар болгон."),
        ("Write to info@cabar.asia, {name}.", "{name}, пишите на info@cabar.asia."),
        ("%d of %s: https://a.kg/1?b=2", "%s – %d: https://a.kg/1?b=2"),
    ],
)
def test_nothing_to_say(source: str, target: str) -> None:
    assert check(source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("In 2025.", "В этом году.", ["numbers: 2025 stands 1 × in the source, 0 × here"]),
        ("This year.", "В 2025 году.", ["numbers: 2025 stands 0 × in the source, 1 × here"]),
        ("5 of 5", "5", ["numbers: 5 stands 2 × in the source, 1 × here"]),
        (
            "by 3.5%",
            "на 35 %",
            [
                "numbers: 3.5 stands 1 × in the source, 0 × here",
                "numbers: 35 stands 0 × in the source, 1 × here",
            ],
        ),
        ("See a@b.kg.", "См. а@b.kg.", ["lost: a@b.kg is not in the translation"]),
        ("Hi {user_name}!", "{user name}!", ["lost: {user_name} is not in the translation"]),
        ("%s, %s", "%s", ["lost: %s is not in the translation"]),
    ],
)
def test_findings(source: str, target: str, expected: list[str]) -> None:
    assert check(source, target) == expected


@given(st.text())
def test_a_copy_is_well(text: str) -> None:
    assert check(text, text) == []
