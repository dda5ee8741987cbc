r"""Segmentation rules as OmegaT keeps them: up to 6.0 as a Java bean, from 6.1 on as SRX 2.0.

OmegaT does not try a rule at every position, as SRX asks: it looks for matches of `beforebreak`
one after the other, likewise of `afterbreak`, and takes where one ends and the other begins. So a
match that runs on, or one that begins within another, hides a position. As assertions,
`(?<=before)` and `(?=after)`, patterns have no width, nothing is hidden, and OmegaT cuts as SRX
says. `(?U)` gives Java's `\s`, `\w`, `\d` and `\b` all of Unicode, as SRX has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from aligner import languages
from aligner.formats.omegat.elements import dump, node

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# Of the rules' form. OmegaT adds its own rules to those of an older one.
_BEAN_VERSION = "0.2.2"

# Java's look-behind needs an end, up to version 12; nothing that decides a break is so far away.
_FARTHEST = 300
# A character beyond U+FFFF in a pattern, and be it none of it, makes Java count characters there,
# not halves of them: else it overlooks an emoji.
_ASTRAL = "\U00010000{0}"
_TOKEN = re.compile(
    r"""
      (?P<same> \\Q .*? (?: \\E | \Z ) | \\[pPNx]\{ [^}]* \} | \\. )
    | (?P<open> \[ \^? \]? )
    | (?P<close> \] )
    | (?P<repeat> (?: [*+] | \{ (?P<least> \d+ ) , \} ) (?P<how> [+?]? ) )
    | (?P<other> \? [+?]? | \{ [\d,]+ \} [+?]? | . )
    """,
    re.DOTALL | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Rule:
    """Whether there is a break between what matches `before` and what matches `after`."""

    breaks: bool
    before: str
    after: str

    def as_java(self) -> Rule:
        """The rule as patterns that hide no position from OmegaT, with the same result."""
        after = f"(?={self.after})"
        # Where anything may stand before the break, something must: else it opens the text.
        behind = _look_behind(self.before or ".")
        before = after + behind if behind else f"(?:{self.before}){after}"
        return Rule(self.breaks, f"(?U){before}", f"(?U){after}")


def exception(before: str, after: str) -> Rule:
    """The rule that a line, of which both parts are given, is not cut between them."""
    return Rule(False, f"^{_quoted(before)}", f"{_quoted(after)}$")


def _quoted(text: str) -> str:
    return r"\Q" + text.replace(r"\E", r"\E\\E\Q") + r"\E"


def write_conf(file: BinaryIO, rules: Iterable[Rule], lang: str) -> None:
    """Write `segmentation.conf`, which OmegaT reads up to version 6.0: a bean of Java's XMLEncoder.

    Args:
        file: written to its end.
        rules: for the language, in the order in which they are tried.
        lang: of the source; there are no rules for others.
    """
    made = (
        _bean(
            "Rule",
            _property("breakRule", "boolean", str(rule.breaks).lower()),
            _property("beforebreak", "string", rule.before),
            _property("afterbreak", "string", rule.after),
        )
        for rule in map(Rule.as_java, rules)
    )
    language = _bean(
        "MapRule",
        _property("language", "string", languages.get(lang).name),
        _property("pattern", "string", _pattern(lang)),
        _list("rules", made),
    )
    srx = _bean(
        "SRX", _list("mappingRules", [language]), _property("version", "string", _BEAN_VERSION)
    )
    dump(file, node("java", [srx], version="1.8.0", class_="java.beans.XMLDecoder"))


def _bean(name: str, *properties: Element) -> Element:
    return node("object", properties, class_=f"org.omegat.core.segmentation.{name}")


def _property(name: str, kind: str, value: str) -> Element:
    return node("void", [node(kind, value)], property=name)


def _list(name: str, items: Iterable[Element]) -> Element:
    added = (node("void", [item], method="add") for item in items)
    return node("void", [node("object", added, class_="java.util.ArrayList")], property=name)


def write_srx(file: BinaryIO, rules: Iterable[Rule], lang: str) -> None:
    """Write `segmentation.srx`, which OmegaT reads from version 6.1 on; see `write_conf`."""
    made = (
        node(
            "rule",
            [node("beforebreak", rule.before), node("afterbreak", rule.after)],
            break_="yes" if rule.breaks else "no",
        )
        for rule in map(Rule.as_java, rules)
    )
    name = languages.get(lang).name
    rule = node("languagerule", made, languagerulename=name)
    language = node("languagemap", languagepattern=_pattern(lang), languagerulename=name)
    body = node("body", [node("languagerules", [rule]), node("maprules", [language])])
    header = node("header", segmentsubflows="yes", cascade="yes")
    dump(file, node("srx", [header, body], xmlns="http://www.lisa.org/srx20", version="2.0"))


def _pattern(lang: str) -> str:
    """The codes that the rules are for, spelt as OmegaT does: it knows "EN.*" for English."""
    return f"{lang.upper()}.*"


def _look_behind(pattern: str) -> str:
    r"""The pattern as a look-behind, in which each repetition has an end: `\s*` is `\s{0,300}`.

    Returns:
        "" where Java could not tell how far it looks: groups may repeat, and what is in them too.
    """
    out, depth, last = [], 0, ""  # the depth of sets in sets, where a star is a star
    for token in _TOKEN.finditer(pattern):
        text = token.group()
        depth += (token.lastgroup == "open") - (token.lastgroup == "close" and depth > 0)
        if not depth and last == ")" and text[0] in "*+{":
            return ""
        if not depth and token["repeat"]:
            least = token["least"] or str(int(text[0] == "+"))
            text = f"{{{least},{max(_FARTHEST, int(least))}}}{token['how']}"
        out.append(text)
        last = "" if depth else text
    return f"(?<={''.join(out)}){_ASTRAL}"
