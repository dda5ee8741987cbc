"""Errors to plant into right translations: what a tired translator or a machine does wrong.

An error is a function of a case, a unit with those that come after it in its document, and of a
random generator; it gives the units before and after, or None where it cannot be made: no date, no
negation. The units before may differ from those of the case: tags, URLs or quotation marks are put
into both sides of a unit that has none. Nothing here knows how the checks work.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random

from planting_text import NAME, one_of, swapped

from aligner.quality import Pair
from aligner.records import Code, CodeKind
from aligner.route import Line, Terms
from aligner.text import words


@dataclass(frozen=True, slots=True)
class Case:
    """A unit to harm, and what else an error may need.

    Attributes:
        pair: the unit.
        following: the units after it in its document.
        elsewhere: units of the same direction from anywhere.
        third: the source's translation into the other language with Cyrillic letters, if known.
        terms: those of the glossary.
    """

    pair: Pair
    following: Sequence[Pair]
    elsewhere: Sequence[Pair]
    third: str | None
    terms: Terms


@dataclass(frozen=True, slots=True)
class Planted:
    """Units before and after an error was planted: one, or as many as the error needs."""

    clean: tuple[Pair, ...]
    harmed: tuple[Pair, ...]


Plant = Callable[[Case, Random], Planted | None]
Harm = Callable[[str, str, Random], str | None]  # of a target text and its language


def single(clean: Pair, target: str | None) -> Planted | None:
    """One unit with a harmed text, or None where nothing was harmed."""
    if target is None or target == clean.target:
        return None
    return Planted((clean,), (replace(clean, target=target),))


def in_text(harm: Harm) -> Plant:
    """An error in the target text alone."""
    return lambda case, rng: single(case.pair, harm(case.pair.target, case.pair.target_lang, rng))


# Names and terms --------------------------------------------------------------------------------


def name_replaced(case: Case, rng: Random) -> Planted | None:
    """A name gives way to one of another text."""
    text = case.pair.target
    found = one_of(NAME, text, rng)
    other = rng.choice(case.elsewhere)
    new = one_of(NAME, other.target, rng)
    if not found or not new or new[0][:4] == found[0][:4] or new[0][:4] in text:
        return None
    return single(case.pair, swapped(text, found, new[0]))


def term_replaced(case: Case, rng: Random) -> Planted | None:
    """A term of the glossary is rendered by something else; a forbidden wording, if it has one."""
    pair = case.pair
    line = Line(pair.source, case.terms.find(pair.source, pair.source_lang))
    uses = [
        use
        for use in case.terms.verify(line, pair.target, pair.target_lang)
        if use.outcome == "already"
    ]
    if not uses:
        return None
    use = rng.choice(uses)
    concepts = case.terms.termbase.concepts
    concept = next(one for one in concepts if one.id == use.concept)
    term = concept.terms[pair.target_lang]
    others = [wording.text for wording in term.forbidden] or [
        one.terms[pair.target_lang].preferred.text
        for one in concepts
        if one.category == concept.category
        and one.id != concept.id
        and pair.target_lang in one.terms
        and words(one.terms[pair.target_lang].preferred.text)[0][:4] != use.target[:4]
    ]
    if not others or re.search(rf"{re.escape(use.target)}.*{re.escape(use.target)}", pair.target):
        return None
    return single(pair, pair.target.replace(use.target, rng.choice(others)))


# Whole texts and sentences ----------------------------------------------------------------------


def joined(pairs: Iterable[Pair]) -> Pair:
    """Neighbours as one unit of several sentences."""
    pairs = list(pairs)
    return replace(
        pairs[0],
        source=" ".join(one.source for one in pairs),
        target=" ".join(one.target for one in pairs),
    )


def _neighbours(case: Case, rng: Random) -> list[Pair]:
    return [case.pair, *case.following[: rng.choice([1, 2])]]


def sentence_lost(case: Case, rng: Random) -> Planted | None:
    """A sentence of a unit of two or three is not translated."""
    pairs = _neighbours(case, rng)
    lost = rng.randrange(len(pairs))
    left = (one.target for number, one in enumerate(pairs) if number != lost)
    return single(joined(pairs), " ".join(left))


def sentence_doubled(case: Case, rng: Random) -> Planted | None:
    """A sentence stands twice."""
    pairs = _neighbours(case, rng)
    twice = rng.randrange(len(pairs))
    texts = [
        f"{one.target} {one.target}" if number == twice else one.target
        for number, one in enumerate(pairs)
    ]
    return single(joined(pairs), " ".join(texts))


def untranslated(case: Case, _: Random) -> Planted | None:
    """The source stands for its translation."""
    return single(case.pair, case.pair.source)


def run_untranslated(case: Case, rng: Random) -> Planted | None:
    """A run of words is not translated: a clause that was left for later."""
    source, target = case.pair.source.split(), case.pair.target.split()
    size = rng.choice([3, 4, 5])
    if min(len(source), len(target)) < size + 4:
        return None
    at = rng.randrange(1, len(target) - size)
    there = min(round(at * len(source) / len(target)), len(source) - size)
    left = source[there : there + size]
    if sum(map(str.islower, left)) < size - 1 or any(map(_has_digit, (*left, *target[at:][:size]))):
        return None
    return single(case.pair, " ".join((*target[:at], *left, *target[at + size :])))


def _has_digit(word: str) -> bool:
    return any(map(str.isdigit, word))


def other_language(case: Case, _: Random) -> Planted | None:
    """Russian text in the Kyrgyz column, and the reverse."""
    return single(case.pair, case.third) if case.third and case.third != case.pair.source else None


def same_source_twice(case: Case, rng: Random) -> Planted | None:
    """A source that comes again is translated in another way."""
    pair = case.pair
    parts = pair.target.split()
    at = rng.randrange(len(parts))
    other = rng.choice(rng.choice(case.elsewhere).target.split())
    if other == parts[at] or len(parts) < 4:
        return None
    again = replace(pair, target=" ".join((*parts[:at], other, *parts[at + 1 :])))
    between = tuple(case.following[:1])
    return Planted((pair, *between, pair), (pair, *between, again))


def same_target_twice(case: Case, _: Random) -> Planted | None:
    """Two sources have the same translation: pasted into the wrong unit."""
    if not case.following:
        return None
    other = case.following[0]
    return Planted((case.pair, other), (case.pair, replace(other, target=case.pair.target)))


# Marks in pairs ---------------------------------------------------------------------------------


def wrapped(pair: Pair, rng: Random, source: str, target: str) -> Pair | None:
    """A unit with a pair of marks around some words of each side, at about the same place."""
    place = rng.random()
    texts = []
    for text, marks in ((pair.source, source), (pair.target, target)):
        found = list(re.finditer(r"(?<= )\w+(?: \w+)?(?= )", text))
        if not found:
            return None
        one = found[int(place * len(found))]
        texts.append(swapped(text, one, marks[0] + one[0] + marks[1]))
    return replace(pair, source=texts[0], target=texts[1])


def _quoted(case: Case, rng: Random) -> Pair | None:
    text = case.pair.target
    if text.count("«") == text.count("»") == 1:
        return case.pair
    marks = "«»" if case.pair.source_lang in ("ru", "ky") else rng.choice(['""', "“”"])
    return None if re.search('["«»“”„]', text) else wrapped(case.pair, rng, marks, "«»")


def quotes_of_another_kind(case: Case, rng: Random) -> Planted | None:
    """Quotation marks as the language has them not."""
    clean = _quoted(case, rng)
    if not clean:
        return None
    marks = rng.choice(['""', "“”", "„“", "''"])
    return single(clean, clean.target.replace("«", marks[0]).replace("»", marks[1]))


def quote_lost(case: Case, rng: Random) -> Planted | None:
    """One of two quotation marks is not there."""
    clean = _quoted(case, rng)
    return clean and single(clean, clean.target.replace(rng.choice("«»"), "", 1))


def bracket_lost(case: Case, rng: Random) -> Planted | None:
    """One of two brackets is not there."""
    text = case.pair.target
    clean = case.pair
    if not text.count("(") == text.count(")") == 1:
        if re.search(r"[()\[\]]", text + clean.source):
            return None
        clean = wrapped(case.pair, rng, "()", "()")
    return clean and single(clean, clean.target.replace(rng.choice("()"), "", 1))


# What must stay as it is ------------------------------------------------------------------------

_URLS = ("https://cabar.asia/ru/vizit-2025?id=7", "www.president.kg", "http://kaktus.media/513322")
_MAILS = ("info@cabar.asia", "press.office@gov.kg")
_PLACEHOLDERS = ("{count}", "%s", "%(name)s", "{{ user }}", "${total}", "%1$d")


def _inserted(pair: Pair, string: str, rng: Random) -> Pair:
    place = rng.random()
    texts = []
    for text in (pair.source, pair.target):
        gaps = [found.end() for found in re.finditer(r"\w ", text)] or [0]
        at = gaps[int(place * len(gaps))]
        texts.append(f"{text[:at]}{string} {text[at:]}")
    return replace(pair, source=texts[0], target=texts[1])


def url_damaged(case: Case, rng: Random) -> Planted | None:
    """A letter of a URL lost, a space in it, or all of it gone."""
    return _damaged(case, rng, rng.choice(_URLS))


def mail_damaged(case: Case, rng: Random) -> Planted | None:
    """The same of an e-mail address."""
    return _damaged(case, rng, rng.choice(_MAILS))


def _damaged(case: Case, rng: Random, string: str) -> Planted | None:
    clean = _inserted(case.pair, string, rng)
    at = rng.randrange(4, len(string) - 3)
    wrong = rng.choice([string[:at] + string[at + 1 :], f"{string[:at]} {string[at:]}", ""])
    return single(clean, clean.target.replace(string, wrong).replace("  ", " "))


def placeholder_damaged(case: Case, rng: Random) -> Planted | None:
    """A placeholder translated, cut, spaced, or gone."""
    string = rng.choice(_PLACEHOLDERS)
    clean = _inserted(case.pair, string, rng)
    translated = re.sub("[a-z]{3,}", "аты", string)
    wrong = rng.choice([string[:-1], f"{string[:1]} {string[1:]}", "", translated])
    return single(clean, clean.target.replace(string, wrong).replace("  ", " "))


def _tagged(pair: Pair) -> Pair | None:
    """A unit with a tag within a tag on both sides, and a line break between words."""
    codes = []
    for text in (pair.source, pair.target):
        edges = [found.span() for found in re.finditer(r"\w+", text)]
        if len(edges) < 6:
            return None
        (a, _), (b, c), (_, d) = edges[1], edges[2], edges[3]
        codes.append(
            (
                Code(a, CodeKind.OPEN, "1", "bold", "<b>"),
                Code(b, CodeKind.OPEN, "2", "link", '<a href="x">'),
                Code(c, CodeKind.CLOSE, "2", "link", "</a>"),
                Code(d, CodeKind.CLOSE, "1", "bold", "</b>"),
                Code(edges[4][0], CodeKind.ALONE, "3", "lb", "<br/>"),
            )
        )
    return replace(pair, source_codes=codes[0], target_codes=codes[1])


def tag_lost(case: Case, rng: Random) -> Planted | None:
    """A tag, or one half of it, is not in the translation."""
    clean = _tagged(case.pair)
    if not clean:
        return None
    lost = rng.randrange(5)
    left = tuple(code for number, code in enumerate(clean.target_codes) if number != lost)
    return Planted((clean,), (replace(clean, target_codes=left),))


def tags_crossed(case: Case, rng: Random) -> Planted | None:
    """Tags overlap, or one ends before it begins."""
    clean = _tagged(case.pair)
    if not clean:
        return None
    one, two, end_two, end_one, alone = clean.target_codes
    wrong = rng.choice(
        [
            (one, two, replace(end_one, at=end_two.at), replace(end_two, at=end_one.at), alone),
            (replace(end_one, at=one.at), two, end_two, replace(one, at=end_one.at), alone),
        ]
    )
    return Planted((clean,), (replace(clean, target_codes=wrong),))
