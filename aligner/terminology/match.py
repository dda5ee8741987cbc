"""Find the terms of a termbase in a text: in any of their forms, at exact offsets, in one pass.

Texts and terms are compared token by token: words and marks, not white space. Alike are

- capitals and small letters, unless the concept is case-sensitive or the word an initialism;
- composed and decomposed letters (NFC, NFD); е and ё; a letter with or without a stress mark;
- all apostrophes; all quotation marks; "U.S." and "US";
- all hyphens and dashes, with or without spaces; a hyphen and a space ("member-states");
- any white space. Invisible characters (soft hyphens, zero-width spaces) do not count.

An initialism ("US", "WHO") is found in capitals only; what is case-sensitive, as it is written, or
all in capitals in a line that is so (RUSSIA AND THE WEST). An article that a term begins with may
be missing if two words are left without it: "the Kyrgyz Republic", but not "the West".

The longest term from the left is found, and none overlaps another. Of several concepts that it may
mean comes first the one whose capitals are those of the text, then the one with this very wording
rather than another form of it ("migrant workers", "migrant worker"), then the one that prefers the
wording, then the one that is first in the termbase.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from aligner.languages import words
from aligner.languages.morphology.stems import Stem
from aligner.records import Concept, Wording
from aligner.terminology.forms import Form, Standing, recognised, stems, term_in, wordings
from aligner.text import protected

_INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_LETTER = r"[\w\u0300-\u036f]"  # decomposed letters, too
_HYPHENS = "-‐‑‒–−"
_TOKEN = re.compile(
    rf"""
      (?<![\w.]) [^\W\d_]\.[^\W\d_] (?:\.[^\W\d_])*+ \.? (?!\w)  # U.S.
    | \w {_LETTER}*+ (?: [{_INVISIBLE}]++ {_LETTER}++ )*+  # a word, perhaps with soft hyphens
    # Any other mark. But between two letters a hyphen only joins.
    | (?! (?<=\w) [{_HYPHENS}] (?=\w) ) [^\w\s{_INVISIBLE}]
    """,
    re.VERBOSE,
)
_MARKS = {
    **dict.fromkeys("'’‘`´′", "'"),
    **dict.fromkeys('"«»“”„‟‹›', '"'),
    **dict.fromkeys(_HYPHENS + "—―", "-"),
}
_LETTER_APOSTROPHES = str.maketrans("ʼʻ", "’’")  # letters to Unicode, not to us
_JOINS = re.compile(rf"(?<=\w)[{_HYPHENS}](?=\w)")
_LINE = re.compile(r"[^\n]+")
_NO_LETTERS = re.compile(f"[{_INVISIBLE}.]")
_STRESS = re.compile("[\u0300\u0301]")
_ARTICLE = "the"
_STANDINGS = tuple(Standing)
_LONGEST_ENDING = 40

# What stands before a hyphen and makes another word of what follows: a vice-president is no
# president, «премьер-министр» no «министр», and pro-Russian forces need not be Russian.
_BOUND = words(
    """
    anti bi co counter cross de deputy extra hyper infra inter intra macro mega meta micro mid mini
    mono multi neo non over pan post pre prime pro proto pseudo quasi re self semi sub super supra
    trans ultra un under vice
    анти архи вице гипер зам интер контр лже макро мега микро мини мульти нео не обер пан пол пост
    премьер пресс про прото псевдо суб супер транс ультра унтер штаб
    """
)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A term in a text: `text[start:stop]` is one of its forms.

    Attributes:
        concept: what it means.
        readings: the forms it may be, best first: Kyrgyz «уюму» is one, Russian «России» is
            genitive, dative or prepositional.
        start: where it begins.
        stop: where it ends.
        others: further concepts with the same wording, next best first.
    """

    concept: Concept
    readings: tuple[Form, ...]
    start: int
    stop: int
    others: tuple[Concept, ...] = ()


@dataclass(frozen=True, slots=True)
class _Open:
    """A stem in the index: what begins with it may go on with an ending."""

    concept: Concept
    wording: Wording
    standing: Standing
    stem: Stem
    after: list[str]  # the tokens behind the ending
    strict: bool

    def group(self, ending: str) -> _Group | None:
        """What an ending makes of the stem, if it is one."""
        cases = self.stem.cases(ending)
        if not cases:
            return None
        text = self.stem.text + ending + self.stem.after
        forms = (Form(text, one, self.stem.number, self.wording, self.standing) for one in cases)
        return _Group([_Found(self.concept, form, self.strict) for form in forms])


class _Found(NamedTuple):
    """A form that a text may have somewhere."""

    concept: Concept
    form: Form
    strict: bool  # whether its capitals matter


class _Group:
    """The forms that the same tokens may be, with what can be said of them once for all texts."""

    __slots__ = ("concept", "forms", "found", "strict")

    def __init__(self, found: list[_Found]) -> None:
        self.found = found
        self.forms = tuple([one.form for one in found])
        self.strict = any(one.strict for one in found)
        self.concept = found[0].concept if len({one.concept.id for one in found}) == 1 else None


class Matcher:
    """Finds terms in texts of one language.

    Building one takes time where every form of every term must be listed, as in Russian (about
    a millisecond a term): give it the concepts that matter, or use `Renderings`.
    """

    def __init__(self, concepts: Iterable[Concept], lang: str) -> None:
        self._stems: dict[str, list[_Open]] = {}
        self._beginnings: set[str] = set()  # the first tokens of longer keys
        self._order: dict[str, int] = {}
        self._forms: dict[str, list[_Found]] = {}
        self._groups: dict[str, _Group] = {}  # of the forms that a text has had
        for concept, wording, standing in self._wordings(concepts, lang):
            strict = concept.case_sensitive or bool(_initialisms(wording.text))
            for form in recognised(wording, lang, concept.pos, standing):
                found = _Found(concept, form, strict)
                for key in self._keys(form.text):
                    self._forms.setdefault(key, []).append(found)
            for stem in stems(wording, lang, concept.pos):
                item = _Open(concept, wording, standing, stem, _Text(stem.after).keys, strict)
                for key in self._keys(stem.text):
                    self._stems.setdefault(key, []).append(item)
        self._firsts = {key.partition(" ")[0] for key in self._forms} | {
            key.partition(" ")[0] for key in self._stems if " " in key
        }
        self._longest_stem = max(map(len, self._stems), default=0)
        self._cuts = lru_cache(maxsize=1 << 15)(self._cut)

    def _wordings(
        self, concepts: Iterable[Concept], lang: str
    ) -> Iterator[tuple[Concept, Wording, Standing]]:
        for concept in concepts:
            if term := term_in(concept, lang):
                self._order.setdefault(concept.id, len(self._order))
                for wording, standing in wordings(term):
                    yield concept, wording, standing

    def _keys(self, text: str) -> Iterator[str]:
        """What a form is found by: with all of its dashes, with none, with those it has spaced."""
        spellings = [_Text(text).keys]
        if "-" in spellings[0] or _JOINS.search(text):
            spellings.append([token for token in spellings[0] if token != "-"])
            spellings.append(_Text(_JOINS.sub(" - ", text)).keys)
        if spellings[0][:1] == [_ARTICLE] and len(spellings[0]) > 2:
            spellings += [spelling[1:] for spelling in spellings]
        for spelling in dict.fromkeys(map(tuple, spellings)):
            for size in range(1, len(spelling)):
                self._beginnings.add(" ".join(spelling[:size]))
            if spelling:
                yield " ".join(spelling)

    def find(self, text: str) -> list[Occurrence]:
        """The terms of a text: the longest from the left, none overlapping another."""
        tokens = _Text(text)
        firsts, inflected = self._firsts, bool(self._stems)
        found, free = [], 0
        for index, key in enumerate(tokens.keys):
            if index < free or not (key in firsts or (inflected and self._cuts(key))):
                continue
            if not tokens.rest_of_word(index):
                for end, group in reversed(self._candidates(tokens, index)):
                    if occurrence := self._occurrence(tokens, index, end, group):
                        found.append(occurrence)
                        free = end + 1
                        break
        return found

    def _candidates(self, tokens: _Text, index: int) -> list[tuple[int, _Group]]:
        """What begins with a token, by the last token, in order."""
        found: list[tuple[int, _Group]] = []
        before = ""
        for at in range(index, len(tokens.keys)):
            key = before + tokens.keys[at]
            if key in self._forms:
                found.append((at, self._groups.get(key) or self._group(key)))
            if self._stems:
                found += self._inflected(tokens, at, key)
            if key not in self._beginnings:
                break
            before = key + " "
        return _merged(found) if self._stems and len(found) > 1 else found

    def _group(self, key: str) -> _Group:
        group = self._groups[key] = _Group(self._forms[key])
        return group

    def _inflected(self, tokens: _Text, at: int, key: str) -> Iterator[tuple[int, _Group]]:
        """The forms of the stems that a key begins with, and their last tokens."""
        for item, ending, group in self._cuts(key):
            last = at + len(item.after)
            if tokens.keys[at + 1 : last + 1] == item.after:
                if group:
                    yield last, group
                apart = tokens.apart(last) if item.stem.apart and not ending else None
                if apart and (group := item.group(tokens.keys[apart])):
                    yield apart, group

    def _cut(self, key: str) -> list[tuple[_Open, str, _Group | None]]:
        """How a key can be cut into a stem and an ending, and what the ending makes of it."""
        longest = min(len(key), self._longest_stem)
        cuts = [
            (item, key[size:], item.group(key[size:]))
            for size in range(longest, max(0, len(key) - _LONGEST_ENDING - 1), -1)
            for item in self._stems.get(key[:size], ())
        ]
        return [cut for cut in cuts if cut[2] or (cut[0].stem.apart and not cut[1])]

    def _occurrence(self, tokens: _Text, index: int, end: int, group: _Group) -> Occurrence | None:
        """The term that some tokens are, if its capitals are right and it cuts no URL."""
        start, stop = tokens.starts[index], tokens.stops[end]
        if tokens.cuts_protected(start, stop):
            return None
        if group.strict:
            fitting = [one for one in group.found if _fits(one, tokens, start, stop)]
            if not fitting:
                return None
            group = _Group(fitting)
        if group.concept:
            return Occurrence(group.concept, group.forms, start, stop)
        best, *others = self._ranked(group.found, _letters(tokens.text[start:stop]))
        forms = tuple([one.form for one in group.found if one.concept.id == best.id])
        return Occurrence(best, forms, start, stop, tuple(others))

    def _ranked(self, found: list[_Found], letters: str) -> list[Concept]:
        """Put the concepts of a wording in order: see the module's head."""

        def rank(one: _Found) -> tuple[bool, bool, int, int]:
            form = one.form
            exact, itself = _letters(form.text) == letters, form.text == form.wording.text
            standing = _STANDINGS.index(form.standing)
            return not exact, not itself, standing, self._order[one.concept.id]

        return list({one.concept.id: one.concept for one in sorted(found, key=rank)}.values())


def _merged(found: list[tuple[int, _Group]]) -> list[tuple[int, _Group]]:
    """The same in order, with all that ends at a token together."""
    by_end: dict[int, _Group] = {}
    for end, group in found:
        other = by_end.get(end)
        by_end[end] = _Group(other.found + group.found) if other else group
    return sorted(by_end.items())


class Renderings:
    """Finds one concept at a time in texts of a language: its forms are listed when first asked.

    For a target text, where a termbase has thousands of concepts and a sentence uses few.
    """

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._matchers: dict[str, Matcher] = {}

    def find(self, concept: Concept, text: str) -> list[Occurrence]:
        """Where a text has the concept's term, any wording in any form; none overlaps another."""
        matcher = self._matchers.get(concept.id)
        if matcher is None:
            matcher = self._matchers[concept.id] = Matcher([concept], self._lang)
        return matcher.find(text)


class _Text:
    """A text as tokens: what each is compared by, and where it stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._protected: tuple[list[int], list[int]] | None = None
        self._shouted: tuple[list[int], list[int]] | None = None
        if "ʼ" in text or "ʻ" in text:  # one for one, so offsets stay
            text = text.translate(_LETTER_APOSTROPHES)
        self.keys: list[str] = []
        self.starts: list[int] = []
        self.stops: list[int] = []
        for found in _TOKEN.finditer(text):
            self.keys.append(_key(found[0]))
            self.starts.append(found.start())
            self.stops.append(found.end())
        if "'" in self.keys:
            self._tell_quotes()

    def _tell_quotes(self) -> None:
        """Tell single quotation marks from apostrophes.

        After a letter it closes a quotation if one is open: ‘the presidents’, the presidents’.
        """
        quoted = False
        for index, key in enumerate(self.keys):
            if key == "'":
                before = index and self.keys[index - 1].isalnum() and self._adjoin(index - 1)
                after = self.text[self.stops[index] : self.stops[index] + 1].isalnum()
                if not before or (quoted and not after):
                    self.keys[index], quoted = '"', after

    def _adjoin(self, index: int) -> bool:
        return self.stops[index] == self.starts[index + 1]

    def joined(self, index: int) -> bool:
        """Whether nothing, or only a hyphen, stands between a token and the next."""
        if index + 1 >= len(self.keys):
            return False
        between = self.text[self.stops[index] : self.starts[index + 1]]
        return not between or between in _HYPHENS

    def apart(self, index: int) -> int | None:
        """The token after one that may be its ending: «КМШ-нын», «Газпром»дун, «Facebook'ту»."""
        if not self.joined(index):
            return None
        if self.keys[index + 1] != "'":
            return index + 1
        return index + 2 if self.joined(index + 1) else None

    def rest_of_word(self, index: int) -> bool:
        """Whether a token only ends another word: "president" in "vice-president"."""
        if index == 0 or self.keys[index - 1] not in _BOUND:
            return False
        return self.starts[index] > self.stops[index - 1] and self.joined(index - 1)

    def cuts_protected(self, start: int, stop: int) -> bool:
        """Whether a span is only a part of an e-mail, URL or placeholder, or of one and more."""
        if self._protected is None:
            spans = [
                (line.start() + found.start(), line.start() + found.end())
                for line in _LINE.finditer(self.text)
                for found in protected(line[0])
            ]
            self._protected = [one for one, _ in spans], [other for _, other in spans]
        starts, stops = self._protected
        first, last = bisect_right(stops, start), bisect_left(starts, stop)
        return first < last and (starts[first] < start or stop < stops[last - 1])

    def shouted(self, start: int) -> bool:
        """Whether the line about an offset is all in capitals, as a headline."""
        if self._shouted is None:
            lines = [line.span() for line in _LINE.finditer(self.text) if line[0].isupper()]
            self._shouted = [one for one, _ in lines], [other for _, other in lines]
        starts, stops = self._shouted
        at = bisect_right(stops, start)
        return at < len(starts) and starts[at] <= start


@lru_cache(maxsize=1 << 16)
def _key(token: str) -> str:
    """What a token is compared by."""
    return _MARKS.get(token) or _cased(token).casefold()


def _cased(token: str) -> str:
    """A word without what may differ from one text to another, but for its capitals."""
    if not token.isalnum() and len(token) > 1:
        token = _NO_LETTERS.sub("", token)
    if not unicodedata.is_normalized("NFC", token):
        token = unicodedata.normalize("NFC", token)
    if not token.isalnum() and len(token) > 1:
        token = _STRESS.sub("", token)
    return token.replace("ё", "е").replace("Ё", "Е")


@lru_cache(maxsize=1 << 14)
def _words(text: str) -> list[str]:
    """The words of a term as `_cased` gives them, without an article before them."""
    text = text.translate(_LETTER_APOSTROPHES)
    found = [_cased(token) for token in _TOKEN.findall(text) if token[0].isalnum()]
    return found[1:] if len(found) > 1 and found[0].lower() == _ARTICLE else found


def _letters(text: str) -> str:
    return "".join(_words(text))


@lru_cache(maxsize=1 << 12)
def _initialisms(wording: str) -> tuple[str, ...]:
    return tuple(word for word in _words(wording) if len(word) > 1 and word.isupper())


def _fits(found: _Found, tokens: _Text, start: int, stop: int) -> bool:
    """Whether a span of a text has the capitals that a form demands."""
    letters, own = _letters(tokens.text[start:stop]), _letters(found.form.text)
    if found.concept.case_sensitive and letters != own:
        return letters == own.upper() and tokens.shouted(start)
    initialisms = _initialisms(found.form.wording.text)
    at = 0
    for word in _words(found.form.text) if initialisms else ():
        for initialism in initialisms:
            if word.startswith(initialism) and not letters[at : at + len(initialism)].isupper():
                return False
        at += len(word)
    return True
