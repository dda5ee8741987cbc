"""What is wrong with segmentation rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.segmentation.lint import problems
from aligner.segmentation.srx import Rules

SRX = """\
<srx xmlns="http://www.lisa.org/srx20" version="2.0">
<header segmentsubflows="yes" cascade="no"/>
<body><languagerules><languagerule languagerulename="English">
{rules}
</languagerule>{more}</languagerules>
<maprules><languagemap languagepattern=".*" languagerulename="English"/></maprules></body></srx>
"""
RULE = '<rule break="{}"><beforebreak>{}</beforebreak><afterbreak>{}</afterbreak></rule>'
FULL_STOP = RULE.format("yes", r"\.", r"\s")


def found(folder: Path, *rules: str, more: str = "") -> list[str]:
    path = folder / "x.srx"
    path.write_text(SRX.format(rules="\n".join(rules), more=more), encoding="utf-8")
    return [f"{Path(one.where).name} {one.message}" for one in problems(Rules.load(path))]


def test_our_rules_have_no_problem() -> None:
    assert list(problems(Rules.default())) == []


def test_every_broken_pattern_is_named(tmp_path: Path) -> None:
    first, second = found(
        tmp_path, RULE.format("no", "[a", ""), FULL_STOP, RULE.format("yes", r"\.", r"(?&lt;x")
    )
    assert first.startswith("x.srx:4 rule 1 of 'English': ")
    assert second.startswith("x.srx:6 rule 3 of 'English': ")


def test_rules_that_contradict_each_other(tmp_path: Path) -> None:
    assert found(tmp_path, FULL_STOP, RULE.format("no", r"\.", r"\s"), FULL_STOP) == [
        "x.srx:5 rule 2 of 'English' never decides: rule 1 has the same patterns, and says the "
        "contrary"
    ]


@pytest.mark.parametrize("breaks", ["yes", "no"])
def test_a_rule_that_holds_everywhere(tmp_path: Path, breaks: str) -> None:
    (told,) = found(tmp_path, RULE.format(breaks, "", ""))
    assert "its patterns are empty" in told


def test_rules_that_nothing_uses(tmp_path: Path) -> None:
    more = f'<languagerule languagerulename="Kyrgyz">{FULL_STOP}</languagerule>'
    assert found(tmp_path, FULL_STOP, more=more) == [
        "x.srx no <languagemap> names the language rule 'Kyrgyz'"
    ]
