"""Rules that mend or drop what makes a translation memory worse.

Every rule leaves alone what may be right: names and numbers that stay the same, markup that all
texts of a unit have, short texts whose translation is long. See `RULES`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from aligner.curation import mend
from aligner.curation.dedupe import Sameness
from aligner.entries import Content, Entry, Variant, plain
from aligner.text import protected, words

if TYPE_CHECKING:
    from regex import Pattern


class Rule(StrEnum):
    """What is looked for; in the order in which it is done."""

    CONTROL = "control"
    ENCODING = "encoding"
    MARKUP = "markup"
    EMPTY = "empty"
    NUMBERS = "numbers"
    SAME = "same"
    SCRIPT = "script"
    LENGTH = "length"
    DUPLICATE = "duplicate"


RULES: Mapping[Rule, str] = {
    Rule.CONTROL: "control and invisible characters: mended",
    Rule.ENCODING: "text read in a wrong encoding («РџСЂРё», «â€™»): mended; lost letters: dropped",
    Rule.MARKUP: r"tags, entities and \n that not all texts of a unit have: mended",
    Rule.EMPTY: "no text, or no translation: dropped",
    Rule.NUMBERS: "only numbers and signs: dropped",
    Rule.SAME: "a sentence that is the same as its source: dropped",
    Rule.SCRIPT: "a text in letters that its language is not written in: dropped",
    Rule.LENGTH: "a text much longer or shorter than its source: dropped",
    Rule.DUPLICATE: "a unit that stands there already: dropped",
}


class Action(StrEnum):
    """What a rule did."""

    MENDED = "mended"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found.

    Attributes:
        rule: which one.
        action: what it did.
        lang: the language of the text; "" where it is the whole unit.
        old: the text as it was.
        new: the text as it is now; "" if it was dropped.
    """

    rule: Rule
    action: Action
    lang: str
    old: str
    new: str = ""


# A script, and languages written in no other.
_SCRIPTS = {
    "Cyrillic": "ab av ba be bg ce cv kk ky mk mn os ru tg tt uk",
    "Latin": "cs da de en es et fi fr hr hu id is it lt lv ms nl no nb nn pl pt ro sk sl sq sv sw "
    "tr vi",
    "Arabic": "ar fa ps ur",
    "Greek": "el",
    "Hebrew": "he yi",
    "Armenian": "hy",
    "Georgian": "ka",
}
_SCRIPT_OF = {lang: script for script, langs in _SCRIPTS.items() for lang in langs.split()}
# Where a text of the same length says several times as much.
_DENSE = frozenset({"ja", "ko", "zh"})

_FEW_LETTERS = 4
_LONGEST_RATIO = 3.5
_SHORT = 20  # characters added to both: an abbreviation may become a long name


class Cleaner:
    """Applies rules to one unit after another."""

    def __init__(self, rules: Collection[Rule] = frozenset(Rule)) -> None:
        self._rules = frozenset(rules)
        self._same = Sameness()
        self._seen: set[int] = set()

    def clean(self, entry: Entry) -> tuple[Entry | None, list[Finding]]:
        """The unit without what is wrong with it, None if nothing is left of it; what was found."""
        found: list[Finding] = []
        mended = self._mended(entry, found)
        bad = self._unit_rule(mended)
        if bad:
            return None, [*found, _dropped(bad, mended)]
        kept = self._without_bad_targets(mended, found)
        if not kept.targets():
            return None, found
        if Rule.DUPLICATE in self._rules and self._stands_twice(kept):
            return None, [*found, _dropped(Rule.DUPLICATE, kept)]
        return kept, found

    def _mended(self, entry: Entry, found: list[Finding]) -> Entry:
        for rule, repair in _repairs(entry):
            if rule not in self._rules:
                continue
            variants = tuple(repair(one) for one in entry.variants)
            for old, new in zip(entry.variants, variants, strict=True):
                if old != new:
                    found.append(Finding(rule, Action.MENDED, old.lang, old.text, new.text))
            if variants != entry.variants:
                entry = replace(entry, variants=variants)
        return entry

    def _unit_rule(self, entry: Entry) -> Rule | None:
        """The rule by which the whole unit is dropped."""
        source, targets = entry.source(), entry.targets()
        if source is None or not targets or _is_empty(source):
            bad = Rule.EMPTY
        elif mend.is_lost(source.text):
            bad = Rule.ENCODING
        elif not any(map(_has_letters, entry.variants)) and _has_text(entry):
            bad = Rule.NUMBERS
        else:
            return None
        return bad if bad in self._rules else None

    def _without_bad_targets(self, entry: Entry, found: list[Finding]) -> Entry:
        source = entry.source()
        assert source is not None or not entry.variants
        bad = {
            id(one): rule
            for one in entry.targets()
            if source and (rule := self._target_rule(source, one))
        }
        if not bad:
            return entry
        found += [
            Finding(bad[id(one)], Action.DROPPED, one.lang, one.text)
            for one in entry.variants
            if id(one) in bad
        ]
        return replace(entry, variants=tuple(one for one in entry.variants if id(one) not in bad))

    def _target_rule(self, source: Variant, target: Variant) -> Rule | None:
        """The rule by which a translation is dropped."""
        return next(
            (
                rule
                for rule, is_bad in _TARGET_RULES.items()
                if rule in self._rules and is_bad(source, target)
            ),
            None,
        )

    def _stands_twice(self, entry: Entry) -> bool:
        key = self._same.key(entry)
        if key is None or key in self._seen:
            return key is not None
        self._seen.add(key)
        return False


def _dropped(rule: Rule, entry: Entry) -> Finding:
    source = entry.source()
    return Finding(rule, Action.DROPPED, "", source.text if source else "")


def _repairs(entry: Entry) -> Iterator[tuple[Rule, Callable[[Variant], Variant]]]:
    """What mends the texts of a unit.

    Tags and escapes that all of its texts have are a part of them, as in the strings of a program;
    where all have tags, so are entities.
    """
    texts = [one.text for one in entry.variants]
    yield Rule.CONTROL, lambda one: _mapped(one, lambda text: mend.control(text, one.lang))
    yield Rule.ENCODING, lambda one: _mapped(one, mend.encoding)
    if not all(map(mend.has_tags, texts)):
        yield Rule.MARKUP, lambda one: _mapped(one, mend.markup)
    if not all(map(mend.has_escapes, texts)):
        yield Rule.MARKUP, lambda one: _mapped(one, mend.escapes)


def _mapped(variant: Variant, change: Callable[[str], str]) -> Variant:
    """The text with its words changed, and its codes as they are; no new space at its ends."""
    if not variant.inline:
        text = change(variant.text)
        if variant.text == variant.text.strip():
            text = text.strip()
        return variant if text == variant.text else replace(variant, text=text)
    inline = _mapped_content(variant.inline, change)
    return (
        variant if inline == variant.inline else replace(variant, text=plain(inline), inline=inline)
    )


def _mapped_content(content: Content, change: Callable[[str], str]) -> Content:
    return tuple(
        change(part)
        if isinstance(part, str)
        else replace(part, content=_mapped_content(part.content, change))
        if part.name == "hi"
        else part
        for part in content
    )


def _is_empty(variant: Variant) -> bool:
    return not variant.text.strip() and not variant.inline


def _has_letters(variant: Variant) -> bool:
    return any(map(str.isalpha, variant.text))


def _has_text(entry: Entry) -> bool:
    return any(one.text.strip() for one in entry.variants)


def _is_missing(source: Variant, target: Variant) -> bool:
    """Whether a translation has no text though its source has."""
    return not target.text.strip() and (bool(source.text.strip()) or not target.inline)


def _is_lost(_: Variant, target: Variant) -> bool:
    return mend.is_lost(target.text)


def _is_same(source: Variant, target: Variant) -> bool:
    """Whether a translation is its source again, and that is a sentence, not names and numbers.

    Languages of one script share many words, so that it takes more of them.
    """
    if source.lang == target.lang:
        return False
    if " ".join(source.text.split()).casefold() != " ".join(target.text.split()).casefold():
        return False
    text = _without_protected(source.text)
    lower = [word for word in words(text) if word.islower() and len(word) > 1]
    one, other = _SCRIPT_OF.get(source.lang), _SCRIPT_OF.get(target.lang)
    return len(lower) >= (4 if one == other else 2)


def _is_wrong_script(source: Variant, target: Variant) -> bool:
    """Whether most of a text is in letters of another script, names and words kept aside.

    >>> _is_wrong_script(Variant("en", "in Kyrgyz"), Variant("ky", "bul kyrgyz tilinde"))
    True
    """
    script = _SCRIPT_OF.get(target.lang)
    if script is None:
        return False
    letters = _letters(script)
    text = _without_protected(target.text)
    right = len(letters.findall(text))
    kept = {word.casefold() for word in words(source.text)} if right else set()
    wrong = [
        word
        for word in words(text)
        if word.islower() and word not in kept and not letters.search(word)
    ]
    size = sum(sum(map(str.isalpha, word)) for word in wrong)
    return len(wrong) >= 2 and size > max(right, _FEW_LETTERS)


@cache
def _letters(script: str) -> Pattern[str]:
    import regex

    return regex.compile(rf"\p{{{script}}}")


def _without_protected(text: str) -> str:
    """The text without addresses and placeholders, which are the same in every language."""
    for match in reversed(list(protected(text))):
        text = f"{text[: match.start()]} {text[match.end() :]}"
    return text


def _is_far(source: Variant, target: Variant) -> bool:
    """Whether one text is several times as long as the other."""
    if (source.lang in _DENSE) != (target.lang in _DENSE):
        return False
    short, long = sorted((len(source.text.strip()), len(target.text.strip())))
    return long + _SHORT > _LONGEST_RATIO * (short + _SHORT)


_TARGET_RULES: Mapping[Rule, Callable[[Variant, Variant], bool]] = {
    Rule.EMPTY: _is_missing,
    Rule.ENCODING: _is_lost,
    Rule.SAME: _is_same,
    Rule.SCRIPT: _is_wrong_script,
    Rule.LENGTH: _is_far,
}


def rejected(entry: Entry, kept: Entry | None, found: Collection[Finding]) -> Entry | None:
    """What of a unit was dropped, with its source, and a property `x-rejected` that says why.

    Args:
        entry: the unit as it was.
        kept: what `Cleaner.clean` left of it.
        found: what it found.
    """
    dropped = [finding for finding in found if finding.action is Action.DROPPED]
    if not dropped:
        return None
    why = ("x-rejected", ", ".join(dict.fromkeys(finding.rule for finding in dropped)))
    source, langs = entry.source(), {finding.lang for finding in dropped}
    variants = tuple(
        one for one in entry.variants if kept is None or one is source or one.lang in langs
    )
    return replace(entry, variants=variants, props=(*entry.props, why))
