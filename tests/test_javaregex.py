"""Patterns of Java and ICU, and what they match once translated."""

from contextlib import suppress

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from aligner.segmentation.javaregex import translate


def matches(pattern: str, text: str) -> bool:
    return bool(regex.fullmatch(translate(pattern), text, regex.VERSION1))


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        # escapes
        (r"a\hb", ["a b", "a\tb", "a\u00a0b", "a\u2009b"], ["a\nb", "ab"]),
        (r"\v", ["\n", "\r", "\u2028"], [" "]),
        (r"\H\V", ["ab"], [" b", "a\n"]),
        (r"\s", [" ", "\u00a0"], ["a"]),
        (r"\Qa.b[\E+", ["a.b[", "a.b[["], ["axb["]),
        (r"\Qto the end", ["to the end"], []),
        (r"\u0416\x{1F600}\x41\0101\cJ", ["Ж😀AA\n"], []),
        (r"\uD83D\uDE00", ["😀"], []),
        (r"[\x{1F300}-\x{1FAFF}]", ["🌹"], ["a"]),
        (r"\.\-\«\Z", [".-«"], [".-»"]),
        (r"a\z", ["a"], ["a\n"]),
        # properties
        (r"\p{IsLu}\p{Lu}\pL", ["ЖЖж"], ["жЖж"]),
        (r"\p{javaLowerCase}\P{javaUpperCase}", ["жж"], ["жЖ", "Жж"]),
        (r"\p{IsCyrillic}\p{InCyrillic}\p{script=Latin}", ["жжz"], ["zжz"]),
        (r"\p{L1}\P{L1}", ["éж"], ["жж"]),
        (r"[\p{javaLetterOrDigit}_]+", ["ж_9"], ["-"]),
        (r"\p{all}", ["\n", "ж"], []),
        # sets
        (r"[a-z&&[^b]]+", ["acz"], ["abc"]),
        (r"[a[bc]]+", ["abc"], ["d"]),
        (r"[[a-z]--[b]]", ["a"], ["b"]),
        (r"[]a]+", ["]a"], ["b"]),
        (r"[^]a]", ["b"], ["]", "a"]),
        (r"[!--]", ["!", "#", "-"], ["."]),
        (r"[a||~~&b]+", ["a|~&b"], ["c"]),
        (r"[(?:{*+.]+", ["(?:{*+."], ["a"]),
        (r"[\h\s]", [" "], ["a"]),
        # flags and groups
        (r"(?U)\bж\b", ["ж"], ["Ж"]),
        (r"a(?i)ж", ["aЖ", "aж"], ["AЖ"]),
        (r"(?:a(?i)b|c)d", ["aBd", "Cd"], ["ABd", "aBD"]),
        (r"(?iu)ж(?-i)ж", ["Жж"], ["ЖЖ"]),
        (r"(?i)ß", ["ß"], ["ss"]),
        (r"(?i:ж)ж", ["Жж"], ["жЖ"]),
        (r"(a)(?<name>b)(?#or so)", ["ab"], []),
        (r"a*+b++c?+d{1,2}+", ["aabd", "bcdd"], ["ac"]),
        (r"(?>a|ab)c", ["ac"], ["abc"]),
        (r"(?<!x)a(?=b)b", ["ab"], ["a"]),
    ],
)
def test_matches_what_java_and_icu_do(pattern: str, yes: list[str], no: list[str]) -> None:
    assert [text for text in yes if not matches(pattern, text)] == []
    assert [text for text in no if matches(pattern, text)] == []


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        (r"(a)\1", "back-references"),
        (r"(?<n>a)\k<n>", "back-references"),
        (r"(?P<n>a)", "unknown group"),
        (r"(?R)", "unknown group"),
        (r"(*PRUNE)a", "unknown group"),
        (r"a{", "a brace"),
        (r"\i", "unknown escape"),
        (r"\G", "unknown escape"),
        (r"[a", "not closed"),
        (r"(a", "not closed"),
        (r"a)|(b", "closes no group"),
    ],
)
def test_refuses_what_they_do_not_have(pattern: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        translate(pattern)


@given(st.text(max_size=20))
def test_quoted_text_stands_for_itself(text: str) -> None:
    quoted = "\\Q" + text.replace("\\E", "") + "\\E"
    assert matches(quoted, text.replace("\\E", ""))


@given(st.text(alphabet="ab[](){}|\\?*+.^$-&~!<>=:Qpu1Lix", max_size=12))
def test_any_pattern_is_translated_or_refused(pattern: str) -> None:
    with suppress(ValueError, regex.error):
        regex.compile(translate(pattern), regex.VERSION1)
