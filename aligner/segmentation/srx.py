"""SRX 2.0 segmentation rules: reading them, and finding the breaks in a text.

A rule holds at a position when the text up to it ends with a match of `beforebreak` and the text
from it on begins with a match of `afterbreak`. Of all the rules for a language, in order, the first
that holds decides whether there is a break; where none holds there is none.

Standard: Segmentation Rules eXchange 2.0 (LISA OSCAR, 2008). SRX 1.0 is read too: its rules are the
same, and of its language maps the first that fits is the only one used.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path
from typing import cast

import regex
from lxml import etree

from aligner.errors import RuleError, UsageError
from aligner.segmentation.javaregex import translate

DEFAULT_RULES = Path(__file__).with_name("rules.srx")

_LARGEST_FILE = 16 << 20  # bytes; the largest rules in the wild have 0.7 MB

# A rule that backtracks without end must not hang the program. Sound rules need less than a second
# for a million characters.
_SECONDS = 5.0
_SECONDS_A_CHARACTER = 1e-5


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of an SRX file.

    `language` is the name of the language rule it belongs to, `number` its place there from 1,
    `line` the line of the file; `before` and `after` are the patterns as the file has them.
    """

    language: str
    number: int
    line: int
    breaks: bool
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A position within a text where some rule asks for a break, and the rule that decides."""

    position: int
    rule: Rule

    @property
    def breaks(self) -> bool:
        """Whether there is a break."""
        return self.rule.breaks


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """The rules of one SRX file.

    `maps` are pairs of a pattern for language codes and the name of a language rule. With `cascade`
    all that fit a code apply, one after the other; otherwise only the first. `digest` is the start
    of the file's SHA-256, for the signature of what was made with the rules.
    """

    path: str
    digest: str
    cascade: bool
    languages: Mapping[str, tuple[Rule, ...]]
    maps: tuple[tuple[regex.Pattern[str], str], ...]
    _matchers: dict[str, _Matcher] = field(default_factory=dict, repr=False)

    @classmethod
    def load(cls, path: str | Path) -> Rules:
        """Read an SRX file.

        Raises:
            RuleError: the file cannot be read, is not SRX, or rests on what is not in it.
        """
        try:
            with Path(path).open("rb") as file:
                content = file.read(_LARGEST_FILE + 1)
        except OSError as error:
            raise RuleError(
                f"the segmentation rules cannot be read: {error.strerror}",
                where=str(path),
                hint="Check the name, or leave --srx out to use the rules that come with aligner.",
            ) from error
        if len(content) > _LARGEST_FILE:
            raise RuleError("the file is too large for segmentation rules", where=str(path))
        return _read(content, str(path))

    @classmethod
    @cache
    def default(cls) -> Rules:
        """The rules that come with the package: English, Russian, Kyrgyz, and a fallback."""
        return cls.load(DEFAULT_RULES)

    def rules(self, lang: str) -> tuple[Rule, ...]:
        """The rules for a language code, in the order in which they are tried.

        Case does not matter in a code (BCP 47), and `ky_KG` is taken for `ky-KG`.

        Raises:
            UsageError: the file has no rules for the language.
        """
        code = lang.replace("_", "-")
        names = [name for pattern, name in self.maps if pattern.fullmatch(code)]
        if not names:
            raise UsageError(
                f"there are no segmentation rules for the language {lang!r}",
                where=self.path,
                hint="Add a <languagemap> for it, or use the rules that come with aligner.",
            )
        chosen = names if self.cascade else names[:1]
        return tuple(chain.from_iterable(self.languages[name] for name in chosen))

    def decisions(self, text: str, lang: str) -> list[Decision]:
        """Every position within the text where a rule asks for a break, in order.

        Raises:
            UsageError: the file has no rules for the language.
            RuleError: a pattern is broken, or takes for ever on this text.
        """
        if lang not in self._matchers:
            self._matchers[lang] = _Matcher.of(self.rules(lang), self.path)
        return self._matchers[lang].decisions(text)

    def breaks(self, text: str, lang: str) -> list[int]:
        """The offsets of the breaks within the text, its two ends left out.

        Raises:
            UsageError: the file has no rules for the language.
            RuleError: a pattern is broken, or takes for ever on this text.
        """
        return [found.position for found in self.decisions(text, lang) if found.breaks]


@dataclass(frozen=True, slots=True)
class _Matcher:
    """The rules for a language, compiled: where may a break be, and which rule decides.

    `searches` find the places that break rules ask for; `deciders` tries all rules in order, each
    with an empty group behind it, so that the group that took part tells which rule held first.
    """

    rules: tuple[Rule, ...]
    path: str
    searches: tuple[_Search, ...]
    deciders: regex.Pattern[str]

    @classmethod
    def of(cls, rules: tuple[Rule, ...], path: str) -> _Matcher:
        conditions = {rule: _condition(rule, path) for rule in rules}
        deciders = "|".join(f"{condition}()" for condition in conditions.values())
        try:
            return cls(rules, path, tuple(_searches(conditions)), _compile(deciders))
        except regex.error:
            for rule in rules:
                _compile_rule(rule, path)
            raise

    def decisions(self, text: str) -> list[Decision]:
        deadline = time.monotonic() + _SECONDS + _SECONDS_A_CHARACTER * len(text)
        found = []
        try:
            places = {place for search in self.searches for place in search.places(text, deadline)}
            for place in sorted(places - {0, len(text)}):
                decider = self.deciders.match(text, place, timeout=deadline - time.monotonic())
                if decider and decider.lastindex:
                    found.append(Decision(place, self.rules[decider.lastindex - 1]))
        except TimeoutError as error:
            raise self._endless(text) from error
        return found

    def _endless(self, text: str) -> RuleError:
        """Name the rule that takes for ever: the first that needs a second for itself."""
        for rule in self.rules:
            try:
                for _ in _compile_rule(rule, self.path).finditer(text, timeout=1.0):
                    pass
            except TimeoutError:
                return _broken(rule, self.path, "takes for ever on this text")
        return RuleError("the segmentation rules take for ever on this text", where=self.path)


@dataclass(frozen=True, slots=True)
class _Search:
    """An expression whose matches end where a rule holds, none before the first of `opening`."""

    opening: regex.Pattern[str]
    expression: regex.Pattern[str]

    def places(self, text: str, deadline: float) -> Iterator[int]:
        if first := self.opening.search(text, timeout=deadline - time.monotonic()):
            timeout = deadline - time.monotonic()
            for match in self.expression.finditer(text, first.start(), timeout=timeout):
                yield match.end()


def _searches(conditions: dict[Rule, str]) -> Iterator[_Search]:
    """The searches for the places where a break rule holds.

    To try a dozen rules at every character is slow. Most want a mark before the break, and marks
    are rare: these are tried together, and only behind a mark. The others are tried one by one,
    from where `beforebreak` first matches: not at all, where a text has no link.
    """
    marks: dict[str, None] = {}  # a set without order would make another expression every time
    behind_a_mark = []
    for rule in reversed(conditions):  # the general rules come last and hold most often
        if not rule.breaks:
            continue
        before = translate(rule.before)
        last = _last_characters(before)
        if last and not _compile(f"[{''.join(last)}]").search(_NOT_RARE):
            marks.update(dict.fromkeys(last))
            behind_a_mark.append(conditions[rule])
        else:
            yield _Search(_compile(before), _compile(conditions[rule]))
    if marks:
        mark = f"[{''.join(marks)}]"
        yield _Search(_compile(mark), _compile(f"{mark}(?:{'|'.join(behind_a_mark)})"))


_NOT_RARE = "aeioаеиоөү "

# What stands for one character in a pattern, and how often; anything else is hard to tell.
_ATOM = re.compile(
    r"""
    (?P<set>
        \\[pP]\{[^}]+\} | \\x[0-9a-f]{2} | \\[sSdDwWafnrt] | \\[^A-Za-z0-9]
      | \[ (?: [^][\\] | \\. )+ \] | [^][\\(){}|.^$*+?]
    )
    (?P<often> (?: [*+?] | \{[^}]+\} )? [+?]? )
    | (?P<hard> . )
    """,
    re.DOTALL | re.VERBOSE,
)


def _last_characters(pattern: str) -> list[str]:
    r"""The sets of characters that a match can end with, or none where that is hard to tell.

    `[.!?]+["»]?` gives `["»]` and `[.!?]`.
    """
    if re.search(r"\(\?[a-z]*[ix]", pattern):
        return []
    depth, complete = 0, False
    sets: list[str] = []
    for atom in reversed(list(_ATOM.finditer(pattern))):
        hard = atom["hard"] or ""
        depth += (hard == ")") - (hard == "(")
        if hard == "|" and not depth:  # on to the alternative before, if this one was clear
            if not complete:
                return []
            complete = False
        elif not complete and hard:
            return []
        elif not complete:
            sets.append(atom["set"])
            complete = not atom["often"].startswith(("*", "?", "{0"))
    return sets if complete else []


def _condition(rule: Rule, path: str) -> str:
    """The rule as one expression of no width."""
    try:
        before, after = translate(rule.before), translate(rule.after)
    except ValueError as error:
        raise _broken(rule, path, str(error)) from error
    return (f"(?<={before})" if before else "") + (f"(?={after})" if after else "")


def _compile_rule(rule: Rule, path: str) -> regex.Pattern[str]:
    try:
        return _compile(_condition(rule, path))
    except regex.error as error:
        raise _broken(rule, path, str(error)) from error


def _compile(pattern: str, flags: int = 0) -> regex.Pattern[str]:
    return regex.compile(pattern, regex.VERSION1 | flags)


def _broken(rule: Rule, path: str, reason: str) -> RuleError:
    return RuleError(
        f"rule {rule.number} of {rule.language!r}: {reason}: {rule.before!r} before the break, "
        f"{rule.after!r} after it",
        where=f"{path}:{rule.line}",
        hint="Correct the pattern, or leave the rule out.",
    )


def _read(content: bytes, path: str) -> Rules:
    root = _parse(content, path)
    version = root.get("version")
    if etree.QName(root).localname != "srx" or version not in ("1.0", "2.0"):
        raise RuleError(
            "this is not an SRX file of version 1.0 or 2.0",
            where=path,
            hint='Its root should be <srx version="2.0">, with <languagerules> and <maprules>.',
        )
    _refuse_what_is_elsewhere(root, path)
    languages = {
        language.get("languagerulename", ""): tuple(_rules(language))
        for language in _all(root, "languagerule")
    }
    maps = tuple(_maps(root, path))
    if missing := [name for _, name in maps if name not in languages]:
        raise RuleError(f"a <languagemap> names {missing[0]!r}, which has no rules", where=path)
    return Rules(
        path=path,
        digest=hashlib.sha256(content).hexdigest()[:12],
        cascade=any(header.get("cascade") == "yes" for header in _all(root, "header")),
        languages=languages,
        maps=maps,
    )


def _refuse_what_is_elsewhere(root: etree._Element, path: str) -> None:
    if any(options.get("useIcu4jBreakRules") == "yes" for options in _all(root, "options")):
        raise RuleError(
            "the rules only refine ICU's sentence breaks, which are not in the file",
            where=path,
            hint='Set useIcu4jBreakRules="no", and add rules that break.',
        )
    if len(_all(root, "maprule")) > 1:
        raise RuleError(
            "there are several <maprule>, and SRX 1.0 does not say which one is meant",
            where=path,
            hint="Leave one <maprule> in the file.",
        )


def _rules(language: etree._Element) -> Iterator[Rule]:
    for number, rule in enumerate(_all(language, "rule"), 1):
        yield Rule(
            language=language.get("languagerulename", ""),
            number=number,
            line=cast(int, rule.sourceline),
            breaks=rule.get("break", "yes") == "yes",
            before="".join(pattern.text or "" for pattern in _all(rule, "beforebreak")),
            after="".join(pattern.text or "" for pattern in _all(rule, "afterbreak")),
        )


def _maps(root: etree._Element, path: str) -> Iterator[tuple[regex.Pattern[str], str]]:
    for element in _all(root, "languagemap"):
        pattern = element.get("languagepattern", "")
        try:
            compiled = _compile(translate(pattern), regex.IGNORECASE)
        except (ValueError, regex.error) as error:
            raise RuleError(
                f"the language pattern {pattern!r} is broken: {error}",
                where=f"{path}:{element.sourceline}",
            ) from error
        yield compiled, element.get("languagerulename", "")


def _all(element: etree._Element, name: str) -> list[etree._Element]:
    """The descendants of that name, whatever their namespace: SRX 1.0 has none."""
    return list(element.iter(f"{{*}}{name}"))


def _parse(content: bytes, path: str) -> etree._Element:
    """Parse XML that nobody vouches for: no entities, no DTD, no network."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise RuleError(
            f"the file is not well-formed XML: {error.msg}",
            where=f"{path}:{error.lineno}",
            hint="Mend it there, or export it again from the tool that made it.",
        ) from error
    for entity in root.iter(etree.Entity):
        raise RuleError(
            f"the entity {entity.text} is not expanded, for safety",
            where=f"{path}:{entity.sourceline}",
            hint="Write out what it stands for.",
        )
    return root
