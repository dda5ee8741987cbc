"""Names in running text: runs of words with a capital, judged by the evidence of the document.

A capital at the beginning of a sentence counts only if the word has one inside a sentence, too, or
is nowhere in small letters and not likely a common word. Headings count, but prove nothing.
Initialisms are linked to what they stand for after A. S. Schwartz and M. A. Hearst 2003, A Simple
Algorithm for Identifying Abbreviation Definitions in Biomedical Text (PSB 8).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile

from aligner.languages.naming import Naming
from aligner.terminology.tokens import Sentence, Token

_LONGEST = 9  # words of a name
_LONGEST_PERSON = 5
_ROMAN = re.compile(r"[IVX]+")
_SHORT = re.compile(r"\(([^\W\d_](?:[\w&-]|\.(?=\w)){1,9})\)")
_HEADS = ("organisation", "treaty", "place", "name")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it stands: the words, and what its surroundings say it is."""

    words: tuple[str, ...]
    sentence: Sentence
    start: int
    stop: int
    cues: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The name as it stands there."""
        return " ".join(self.sentence.text[self.start : self.stop].split())

    @property
    def name(self) -> str:
        """The name as it is: with its article where the text has it elsewhere."""
        article = "The " if self.words[0] == "The" and not self.text.startswith("The ") else ""
        return article + self.text


@dataclass(slots=True)
class Name:
    """A name with all its mentions; `variants` are a person's surname, or forms of the name."""

    text: str
    words: tuple[str, ...]
    mentions: list[Mention]
    variants: list[str] = field(default_factory=list)
    category: str = ""
    notes: list[str] = field(default_factory=list)

    @property
    def official(self) -> bool:
        """Whether it has a head, as "Ministry" or "River"."""
        return any(cue.startswith("head: ") for mention in self.mentions for cue in mention.cues)


class Finder:
    """Finds the names of one document."""

    def __init__(
        self, sentences: Sequence[Sentence], naming: Naming, dates: frozenset[str]
    ) -> None:
        self._naming, self._dates = naming, dates
        self._sentences = [one for one in sentences if not one.shouts]
        self._headings = [one for one in sentences if one.shouts]
        tokens = [token for one in self._sentences for token in one.tokens]
        self._small = Counter(naming.normal(token.text) for token in tokens if not token.capital)
        inside = [token for token in tokens if token.capital and not token.opens]
        self._inside = Counter(naming.normal(token.text) for token in inside)
        # Not before another capital: "Middle East" does not make "Middle" a name.
        self._last = Counter(
            naming.normal(token.text)
            for one in self._sentences
            for token, after in pairwise((*one.tokens, None))
            if token and token.capital and not token.opens
            if not (after and after.capital and after.joined)
        )
        self._pairs = {
            (naming.normal(token.text), naming.normal(after.text))
            for one in self._sentences
            for token, after in pairwise(one.tokens)
            if token.capital and not token.opens and after.joined
            if after.capital or self._leads(token, after)
        }

    def mentions(self) -> list[Mention]:
        """All names in running text, in order; in headings those that running text has, too."""
        first = [mention for one in self._sentences for mention in self._in_sentence(one)]
        alone = Counter(mention.text for mention in first)
        found = [part for mention in first for part in self._split(mention, alone)]
        articled = {mention.words for mention in found if mention.words[0] == "The"}
        found = [_with_article(mention, articled) for mention in found]
        return [*found, *self._in_headings({mention.text: mention for mention in found})]

    def _in_headings(self, known: dict[str, Mention]) -> Iterator[Mention]:
        if not known:
            return
        longest_first = sorted(known, key=len, reverse=True)
        pattern = "|".join(re.escape(text) for text in longest_first)
        for one in self._headings:
            for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", one.text):
                yield Mention(known[match.group()].words, one, match.start(), match.end())

    # Runs -------------------------------------------------------------------------------------

    def _in_sentence(self, sentence: Sentence) -> Iterator[Mention]:
        tokens, i = sentence.tokens, 0
        while i < len(tokens):
            after = tokens[i + 1] if i + 1 < len(tokens) else None
            if not self._begins(tokens[i], after):
                i += 1
                continue
            end = self._end(tokens, i)
            if not self._is_portfolio(tokens, i):
                for start, stop in self._parts(tokens, i, end):
                    yield self._mention(sentence, start, stop)
            i = end + 1

    def _is_portfolio(self, tokens: Sequence[Token], i: int) -> bool:
        """Whether a run is what somebody is minister of: "Minister of Foreign Affairs"."""
        if i < 2 or tokens[i - 1].text != "of":
            return False
        before = tokens[i - 3].text.lower() if i > 2 else ""
        return tokens[i - 2].text.lower() in self._naming.portfolios and before != "prime"

    def _begins(self, token: Token, after: Token | None) -> bool:
        """Whether a token can be the first word of a name."""
        low = token.text.lower()
        if not self._part(token) or (low in self._naming.stops and low != "the"):
            return False
        if not token.opens or token.acronym:
            return not (low == "the" and token.opens)
        normal = self._naming.normal(token.text)
        if after and (normal, self._naming.normal(after.text)) in self._pairs:
            return True
        if low == "the" or low in self._naming.openers or (after and self._leads(token, after)):
            return False
        if self._inside[normal]:
            return True
        if normal in self._small:
            return False
        is_person = after and after.capital and after.joined and self._is_surname(after.text)
        return bool(is_person) or not self._naming.is_common(token.text)

    def _is_surname(self, word: str) -> bool:
        return _SURNAME.fullmatch(self._naming.normal(word)) is not None

    def _part(self, token: Token) -> bool:
        """Whether a token can stand in a name."""
        low = token.text.lower()
        return token.capital and low != "i" and not {low, low.removesuffix("s")} & self._dates

    def _end(self, tokens: Sequence[Token], start: int) -> int:
        """The last token of the run that begins at `start`."""
        end = start
        while end - start < _LONGEST and (step := self._step(tokens, start, end)):
            end += step
        if end + 1 < len(tokens) and self._belongs(tokens[end], tokens[end + 1]):
            end += 1
        return end

    def _belongs(self, token: Token, after: Token) -> bool:
        """Whether a word in small letters still belongs to the name that `token` ends."""
        is_kin = after.joined and after.text in self._naming.kinship and not token.possessive
        return is_kin or self._leads(token, after)

    def _leads(self, token: Token, after: Token) -> bool:
        """Whether a noun in small letters belongs to the name."""
        return (
            after.joined
            and after.text.islower()
            and after.text not in self._naming.stops
            and self._naming.leads(token.text)
        )

    def _step(self, tokens: Sequence[Token], start: int, end: int) -> int:
        """How many tokens the run goes on by; 0 at its end."""
        after = tokens[end + 1 : end + 5]
        if not after or self._naming.ends(tokens[end].text):
            return 0
        if tokens[end].possessive:
            return int(
                tokens[end].text in {"People", "Women", "Children"}
                and after[0].joined
                and self._part(after[0])
            )
        if self._follows(after[0]) or (after[0].gap == " & " and self._part(after[0])):
            return 1
        for width in (2, 3):
            links = [token.text for token in after[: width - 1]]
            if (
                len(after) >= width
                and all(token.joined for token in after[:width])
                and self._follows(after[width - 1])
                and self._links(links, tokens[start : end + 1], tokens[end + width :])
            ):
                return width
        return self._list(tokens, start, end)

    def _follows(self, token: Token) -> bool:
        return token.joined and self._part(token) and token.text.lower() not in self._naming.stops

    def _links(self, links: list[str], run: Sequence[Token], rest: Sequence[Token]) -> bool:
        """Whether small words join a run and what follows: "Ministry of the", "Ursula von der"."""
        naming = self._naming
        if all(link in naming.particles for link in links):
            return True
        first, *more = links
        before = {token.text for token in run if not token.capital}
        if first not in naming.links or more not in ([], ["the"]) or not self._official(run):
            return False
        if first == "and":
            return bool(before) and not self._starts_another(rest)
        if first == "in":
            return "for" in before or {"on", "and"} <= before
        holder = naming.titles.fullmatch(run[-1].text) and (len(run) == 1 or run[-2].capital)
        return not holder and not self._is_person_next(rest)

    def _is_person_next(self, rest: Sequence[Token]) -> bool:
        """Whether a title and a name come: "Office of President Japarov"; not "… of Ministers"."""
        title, *more = rest
        is_title = self._naming.titles.fullmatch(title.text) is not None
        return is_title and bool(more) and more[0].joined and more[0].capital

    def _official(self, run: Sequence[Token]) -> bool:
        """Whether a run has the head of an institution or the like."""
        return any(self._head(token) for token in run)

    def _head(self, token: Token) -> str:
        """The category that a word makes a name, if it is a head."""
        kinds = self._naming.heads.items()
        return next((kind for kind, heads in kinds if heads.fullmatch(token.text)), "")

    def _starts_another(self, rest: Sequence[Token]) -> bool:
        """Whether a name of its own comes: "… of Finance and the National Bank"."""
        for token in rest:
            if not (token.joined and self._part(token)):
                return False
            if self._head(token) or self._naming.titles.fullmatch(token.text):
                return True
        return False

    def _list(self, tokens: Sequence[Token], start: int, end: int) -> int:
        """The way over ", Energy" in "Ministry of Industry, Energy and Trade"."""
        run = tokens[start : end + 1]
        if not self._official(run) or all(token.capital for token in run):
            return 0
        comma = tokens[end + 1]
        if comma.gap != ", " or not self._part(comma):
            return 0
        stop = end + 2
        while stop < len(tokens) and self._follows(tokens[stop]):
            stop += 1
        goes_on = (
            stop + 1 < len(tokens)
            and tokens[stop].text == "and"
            and self._follows(tokens[stop + 1])
            and not self._starts_another(tokens[end + 2 :])
            and not self._starts_another(tokens[stop + 1 :])
        )
        return stop - end - 1 if goes_on and not self._head(comma) else 0

    # What of a run is a name ------------------------------------------------------------------

    def _parts(self, tokens: Sequence[Token], start: int, end: int) -> Iterator[tuple[int, int]]:
        """The names of a run: titles cut it, "Russian President Vladimir Putin"."""
        cut = start
        for i in range(start, end + 1):
            is_head_next = i < end and self._head(tokens[i + 1])
            # "Cabinet of Ministers", but "Office of President Japarov"
            is_linked = (
                i > start and not tokens[i - 1].capital and not (i < end and tokens[i + 1].capital)
            )
            is_title = self._naming.titles.fullmatch(tokens[i].text) is not None
            if is_title and not (is_head_next or is_linked):
                yield from self._trimmed(tokens, cut, i - 1, before_title=True)
                cut = i + 1
        yield from self._trimmed(tokens, cut, end)

    def _trimmed(
        self, tokens: Sequence[Token], start: int, end: int, *, before_title: bool = False
    ) -> Iterator[tuple[int, int]]:
        """The part without what cannot stand at its edges; nothing if no name is left."""
        naming = self._naming

        def low(i: int) -> str:
            return tokens[i].text.lower()

        while before_title and start <= end and low(end) in naming.modifiers:
            end -= 1
        while (
            start <= end
            and not tokens[end].capital
            and not (start < end and self._belongs(tokens[end - 1], tokens[end]))
        ):
            end -= 1
        while start <= end and (
            not tokens[start].capital or (low(start) == "the" and end != start + 1)
        ):
            start += 1
        if start > end or self._is_people(tokens[end]):
            return
        own = [
            token
            for token in tokens[start : end + 1]
            if token.capital
            and not self._head(token)
            and not self._is_people(token)
            and token.text.lower() not in naming.modifiers | naming.stops | naming.openers
            and not naming.titles.fullmatch(token.text)
        ]
        linked = any(not token.capital for token in tokens[start : end + 1])
        whole = end > start and low(start) != "the" and (linked or self._head(tokens[end]))
        if not (own or whole) or (start == end and self._is_no_name(tokens, start)):
            return
        yield start, end

    def _is_people(self, token: Token) -> bool:
        parts = re.split(r"[-–]", token.text)
        return all(self._naming.peoples.fullmatch(part) for part in parts)

    def _is_no_name(self, tokens: Sequence[Token], i: int) -> bool:
        """Whether a single word is too little: a letter, a numeral, a word that only opens."""
        token = tokens[i]
        if len(token.text) < 2 or _ROMAN.fullmatch(token.text) or token.text[0].isdigit():
            return True
        normal = self._naming.normal(token.text)
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        if token.acronym:
            return False
        if after and (self._modifies(token, after) or _is_number(after)):  # "Type 1"
            return True
        if self._small[normal] > self._last[normal]:  # "Report", "Room"
            return True
        if not token.opens or self._last[normal]:
            return False
        speaks = i + 1 < len(tokens) and tokens[i + 1].text in self._naming.speech
        return not (speaks or token.possessive)

    def _modifies(self, token: Token, after: Token) -> bool:
        """Whether it is an adjective before its noun: "Tasmanian devil"."""
        return (
            after.joined
            and not after.capital
            and not token.possessive
            and after.text not in self._naming.stops | self._naming.speech
            and self._naming.adjectives.fullmatch(token.text) is not None
        )

    def _split(self, mention: Mention, alone: Counter[str]) -> Iterator[Mention]:
        """Cut what two names make: "Kyrgyzstan Sadyr Japarov", "China-Central Asia"."""
        for match in re.finditer(r"[-–]", mention.text):
            left, right = mention.text[: match.start()], mention.text[match.end() :]
            if (alone[left] and alone[right]) or (alone[left] and right.isupper()):
                yield _piece(mention, left)
                yield _piece(mention, right)
                return
        if "after title of" in mention.cues and len(mention.words) > 2:
            for width in (2, 1):
                left = " ".join(mention.words[:width])
                right = " ".join(mention.words[width:])
                if alone[left] or (width == 1 and len(mention.words) == 3):
                    yield replace(_piece(mention, left), cues=())
                    yield replace(_piece(mention, right), cues=("person",))
                    return
        yield mention

    def _mention(self, sentence: Sentence, start: int, end: int) -> Mention:
        tokens = sentence.tokens
        run = tokens[start : end + 1]
        cues = tuple(self._cues(tokens, start, end))
        words = tuple(token.text for token in run)
        return Mention(words, sentence, run[0].start, run[-1].stop, cues)

    def _is_after_title(self, tokens: Sequence[Token], start: int) -> bool:
        """Whether it stands in "Minister of Foreign Affairs of the …"."""
        for i in range(start - 1, max(start - 8, -1), -1):
            if self._naming.titles.fullmatch(tokens[i].text):
                return True
            if not tokens[i].joined:
                return False
        return False

    def _cues(self, tokens: Sequence[Token], start: int, end: int) -> Iterator[str]:
        naming = self._naming
        phrase = list(takewhile(lambda token: token.capital, tokens[start : end + 1]))
        heads = [head for head in map(self._head, phrase) if head]
        if heads and end > start:  # the last before "of": "District Court of Bishkek"
            yield f"head: {heads[-1]}"
        before = [
            tokens[i].text.lower() if i >= 0 else "" for i in (start - 1, start - 2, start - 3)
        ]
        joined = tokens[start].joined
        if joined and naming.titles.fullmatch(before[0]):
            yield "person"
        if joined and "of" in before[:2] and self._is_after_title(tokens, start):
            yield "after title of"
        if before[:2] == ["to", "according"]:
            yield "person"
        elif joined and (
            before[0] in naming.locating or (before[0] == "the" and before[1] in naming.locating)
        ):
            yield "place"
        speaks = end + 1 < len(tokens) and tokens[end + 1].text in naming.speech
        spoken = before[0] in naming.speech and joined and not tokens[end].possessive
        if speaks or spoken:
            yield "person"
        if tokens[start].text.lower() in naming.given and start < end:
            yield from ("person", "person")
        if kind := naming.kind(tokens[end].text):
            yield from (kind, kind)


def _is_number(token: Token) -> bool:
    return token.joined and token.text[0].isdigit()


def _piece(mention: Mention, text: str) -> Mention:
    """The part of a mention that has that text."""
    words = tuple(text.split())
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    found = pattern.search(mention.sentence.text, mention.start)
    assert found
    return replace(mention, words=words, start=found.start(), stop=found.end(), cues=())


def _with_article(mention: Mention, articled: set[tuple[str, ...]]) -> Mention:
    """Make "The Hague" of "Hague" where the text has that elsewhere."""
    whole = ("The", *mention.words)
    return replace(mention, words=whole) if whole in articled else mention


# Mentions of the same ----------------------------------------------------------------------


def group(mentions: Sequence[Mention], naming: Naming) -> list[Name]:
    """Bring the mentions of a name together: its forms, and the surname that stands alone."""
    by_key: dict[tuple[str, ...], list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_key[tuple(map(naming.normal, mention.words))].append(mention)
    names = {key: _name(same, naming) for key, same in by_key.items()}
    full: dict[str, list[Name]] = defaultdict(list)
    for key, name in names.items():
        if 1 < len(key) < _LONGEST_PERSON and name.category in {"person", "name"}:
            full[key[-1]] += [] if name.official else [name]
    alone = [key for key, one in names.items() if len(key) == 1 and not one.text.isupper()]
    for key in alone:
        owners = full[key[0]]
        if len(owners) == 1:
            _merge(owners[0], names.pop(key))
        elif owners:
            names[key].category = "person"
            names[key].notes.append("surname of " + ", ".join(one.text for one in owners))
    return list(names.values())


def _merge(person: Name, alone: Name) -> None:
    person.category = "person"
    person.variants += [alone.text, *alone.variants]
    person.mentions += alone.mentions


def _name(mentions: list[Mention], naming: Naming) -> Name:
    texts = Counter(mention.name for mention in mentions)
    best = max(texts, key=lambda text: (_is_lemma(text, naming), texts[text], -len(text)))
    words = next(mention.words for mention in mentions if mention.name == best)
    lemma = best if _is_lemma(best, naming) else naming.nominative(best)
    variants = [text for text in texts if text != lemma]
    return Name(lemma, words, mentions, variants, _category(mentions, words))


def _is_lemma(text: str, naming: Naming) -> bool:
    return all(naming.normal(word) == word.lower() for word in text.split())


_SURNAME = re.compile(
    r"\w{2,}(?:[oe]va?|[kh]in|ina|skiy?|sky|skaya|enko|uulu|kyzy|zoda|yan|bek|ba[iy]"
    r"|[оеё]ва?|ский|ская|[кх]ина?|енко|уулу|кызы|зода|бек|бай)",
    re.IGNORECASE,
)


def _category(mentions: Sequence[Mention], words: tuple[str, ...]) -> str:
    """What most of the surroundings say; a head decides, "" is for what cannot be told."""
    votes = Counter(cue for mention in mentions for cue in mention.cues)
    for kind in _HEADS:
        if votes[f"head: {kind}"]:
            return kind
    if len(words) > 1 and _SURNAME.fullmatch(words[-1]) and not votes["place"]:
        votes["person"] += 1
    if len(words) == 1 and words[0].isupper():
        return "organisation" if votes["person"] else "name"
    if any(letter.isdigit() for word in words for letter in word) or not votes:
        return "name"
    if votes["person"] >= votes["place"] and votes["person"]:
        return "person"
    return "place" if votes["place"] else "name"


def expansions(sentences: Sequence[Sentence]) -> dict[str, str]:
    """Initialism → what it stands for: "International Criminal Court (ICC)"."""
    found: dict[str, str] = {}
    for sentence in sentences:
        for match in _SHORT.finditer(sentence.text):
            short = match[1]
            if sum(map(str.isupper, short)) > 1 and short not in found:
                long = _long(short, sentence.text[: match.start()])
                if long:
                    found[short] = long
    return found


def _long(short: str, before: str) -> str:
    """The words at the end of `before` whose initials the initialism takes; "" if they do not."""
    letters = [letter.lower() for letter in short if letter.isalpha()]
    words = before.split()[-min(len(letters) + 5, 2 * len(letters)) :]
    at = len(words)
    for letter in reversed(letters):
        at -= 1
        while at >= 0 and not any(
            part.startswith(letter) for part in words[at].lower().strip("“«\"'").split("-")
        ):
            at -= 1
        if at < 0:
            return ""
    long = " ".join(words[at:]).strip("“«\"'")
    return "" if re.search(r"[,;:.()]", long) else long
