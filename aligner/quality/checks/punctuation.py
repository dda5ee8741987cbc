"""Marks and spaces: the end of a sentence, quotes, brackets, doubled marks.

What the source does alike is right. Which quotes a language uses is the typesetter's business, so
those of another language are a matter of style.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module

from aligner.languages import typography
from aligner.quality import Check, Hit, Pair, Severity
from aligner.quality.reading import free
from aligner.records import Kind

_CLOSERS = "\"'”’»“‘)]}›*_ \u00a0\t\n"
_QUOTES = "\"'”’»“‘"
_KINDS = {".": ".", "…": "…", "?": "?", "!": "!", ":": ":", ";": ";", ",": ","}
_END = {"?": "a question mark", "!": "an exclamation mark", ".": "a full stop", "…": "an ellipsis"}
_END |= {":": "a colon", ";": "a semicolon", ",": "a comma", "": "no mark"}
_ABBREVIATED = re.compile(
    r"(?<!\w)(?:\w|\w\.\s?\w{1,2}|гг|др|см|стр|руб|тыс|млн|млрд|Jr|Sr|Inc|Ltd|Co|etc|Corp)\.$"
)
_PAIRS = {")": "(", "]": "[", "}": "{"}
_BRACKET = re.compile(r"[()\[\]{}]")
_EMOTICON = re.compile(r"[:;]-?[()]|(?<![\w)])(?:\d{1,3}|\w)\)")  # ":)", "1)", "а)"
_DOUBLE = re.compile('["“”„‟«»]')
_PAIRED = ("«»", "„“", "“”", "„”", "””")
_QUOTATION = re.compile('["“„«]([^"“”„«»]+)["”“»]')
# Doubled quotes, and single ones around words; an apostrophe inside a word is none.
_ANY_QUOTE = re.compile(r"""["“”„‟«»]|(?<!\w)['‘’](?=\w[^'‘’]*\w[.,!?…]?['’](?!\w))""")
_TYPED = {"“”": "\"'"}  # what typewriters give for quotes, and few people mind
_LEAST_SPEECH = 4  # words of a quotation that is no name
_TWO_SPACES = re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)")
_SPACE_BEFORE = re.compile(r"(?<=[\w»”)])[ \u00a0]+(?=[,;:!?.](?![\w.)(\-]))(?!:\w|[.,]\d)")
_NO_SPACE = re.compile(
    r"(?<=[\w»”)])([,;!?])(?=[^\W\d_])"
    r"|(?<=[^\W\d_]{2})(:|\.(?=[A-ZА-ЯЁӨҮҢ][^\W\d_]))(?=[^\W\d_]{2})"
)
_DOUBLED = re.compile(
    r",[ ,]*,|;[ ;]*;|(?<![:\w]):[ :]*:(?!\w)"
    r"|(?<![.\w/\\])\.\.(?![./\\])|(?<=\w)\.\.(?![./\\\w])|[,;:]\s?\.(?![\d.])"
)
_HYPHEN = re.compile(r"(?<=[^\W\d_] )-(?= [^\W\d_])")


def find_end(pair: Pair) -> Iterator[Hit]:
    """A translation that ends with another mark than its source."""
    before, after = _end(pair.source), _end(pair.target)
    if before == after or not pair.target.strip() or _is_same_end(pair, before, after):
        return
    stop = len(pair.target.rstrip())
    yield Hit(
        f"the source ends with {_END[before]}, the translation with {_END[after]}",
        (max(stop - 1, 0), stop),
    )


def find_brackets(pair: Pair) -> Iterator[Hit]:
    """Brackets that have no partner, though those of the source have."""
    if (at := _unpaired(pair.target)) is not None and _unpaired(pair.source) is None:
        yield Hit(f"the bracket {pair.target[at]} has no partner", (at, at + 1))


def find_lost_brackets(pair: Pair) -> Iterator[Hit]:
    """Fewer or more pairs of brackets than in the source."""
    before, after = _count(pair.source), _count(pair.target)
    if before != after and _unpaired(pair.target) is None and _unpaired(pair.source) is None:
        yield Hit(f"the source has {before} × brackets, the translation {after} ×")


def find_quotes(pair: Pair) -> Iterator[Hit]:
    """Quotes that have no partner, though those of the source have."""
    if _is_odd(pair.target) != _is_odd(pair.source):
        yield Hit("a quote has no partner, or lost it")


def find_lost_quotes(pair: Pair) -> Iterator[Hit]:
    """A source with quotations, and a translation with none; names may lose theirs."""
    if _DOUBLE.search(pair.target) or _has_singles(pair.target):
        return
    if any(_is_speech(found[1]) for found in _QUOTATION.finditer(pair.source)):
        yield Hit("the quotes of the source are not in the translation")


def find_foreign_quotes(pair: Pair) -> Iterator[Hit]:
    """Quotes that another language uses, or typewriters do where the language has its own."""
    own = _typography(pair.target_lang)
    if own is None:
        return
    depth = 0
    for match in _ANY_QUOTE.finditer(free(pair.target)):
        mark = match[0]
        typed = _TYPED.get(own.outer, "")
        if mark not in own.outer + own.own + typed + (own.inner if depth > 0 else ""):
            yield Hit(f"{mark} is not a quote of this language: {own.outer} is", match.span())
            return
        depth += (mark == own.outer[0]) - (mark == own.outer[1])


def find_spaces(pair: Pair) -> Iterator[Hit]:
    """Two spaces, spaces before marks, none behind them, at the edges."""
    text = free(pair.target)
    if "  " in text or "\u00a0" in text:
        for match in _TWO_SPACES.finditer(text):
            if len(_TWO_SPACES.findall(text)) > len(_TWO_SPACES.findall(pair.source)) and (
                pair.target[match.start() : match.end()].isspace()
            ):
                yield Hit("two spaces", match.span())
    for match in _SPACE_BEFORE.finditer(text):
        if not _SPACE_BEFORE.search(pair.source):
            yield Hit(f"a space before {text[match.end()]}", match.span())
    for match in _NO_SPACE.finditer(text):
        if not _NO_SPACE.search(pair.source):
            yield Hit(f"no space behind {match[0]}", match.span())
    if pair.target.strip() != pair.target and pair.source.strip() == pair.source:
        yield Hit("a space at the edge")


def find_doubled(pair: Pair) -> Iterator[Hit]:
    """Marks that stand twice: ",," and ".."."""
    for match in _DOUBLED.finditer(free(pair.target)):
        if match[0] not in pair.source:
            yield Hit(f"{match[0]} stands twice", match.span())


def find_hyphens(pair: Pair) -> Iterator[Hit]:
    """Hyphens between spaces, where a dash is meant."""
    if " - " not in pair.source and " - " in pair.target:
        for match in _HYPHEN.finditer(pair.target):
            yield Hit("a hyphen for a dash", match.span())


def _end(text: str) -> str:
    """The kind of mark that a text ends with; "" for none."""
    text = text.rstrip(_CLOSERS)
    if text.endswith("..."):
        return "…"
    last = text[-1:]
    if last in "?!" and text[-2:-1] in ("?", "!"):
        return "?" if "?" in text[-3:] else "!"
    return _KINDS.get(last, "")


def _is_same_end(pair: Pair, before: str, after: str) -> bool:
    """Whether two ends are as good: abbreviations, headings, marks that a quotation has inside."""
    ends = {before, after}
    if ends <= {"", "."}:
        return pair.kind is not Kind.BODY or any(
            _ABBREVIATED.search(text.rstrip()) for text in (pair.source, pair.target)
        )
    if ends in ({",", "."}, {",", ""}):  # "…," he said: languages put the comma elsewhere
        return any(text.rstrip()[-1:] in _QUOTES for text in (pair.source, pair.target))
    return ends in ({":", "."}, {";", "."}) and pair.kind is not Kind.BODY


def _unpaired(text: str) -> int | None:
    """Where a bracket without a partner stands."""
    opened: list[int] = []
    if not _BRACKET.search(text):
        return None
    plain = (
        _EMOTICON.sub(lambda match: match[0][:-1] + " ", text) if _EMOTICON.search(text) else text
    )
    for match in _BRACKET.finditer(text if _is_paired(text) else plain):
        if match[0] not in _PAIRS:
            opened.append(match.start())
        elif opened and text[opened[-1]] == _PAIRS[match[0]]:
            opened.pop()
        else:
            return match.start()
    return opened[-1] if opened else None


def _is_paired(text: str) -> bool:
    return all(text.count(opening) == text.count(closing) for closing, opening in _PAIRS.items())


def _count(text: str) -> int:
    return text.count("(") + text.count("[") + text.count("{")


def _is_odd(text: str) -> bool:
    """Whether there are not as many closing quotes as opening ones."""
    if text.count("«") != text.count("»"):
        return True
    others = _DOUBLE.findall(text.replace("«", "").replace("»", ""))
    return len(others) % 2 == 1


def _has_singles(text: str) -> bool:
    return any(mark in text for mark in "'‘’‹›`")


def _is_speech(quoted: str) -> bool:
    """Whether a quotation is what somebody says, and no name: «Роял Бафокенг»."""
    return quoted[0].islower() or len(quoted.split()) >= _LEAST_SPEECH


@cache
def _typography(lang: str) -> typography.Typography | None:
    """The quotes of a language; None if we do not know them."""
    code = lang.split("-")[0].lower()
    if code not in typography.served():
        return None
    own: typography.Typography = import_module(f"{typography.__name__}.{code}").TYPOGRAPHY
    return own


CHECKS = (
    Check("brackets", Severity.ERROR, find_brackets, "brackets without a partner"),
    Check("end-mark", Severity.WARNING, find_end, "another mark at the end"),
    Check("brackets-lost", Severity.WARNING, find_lost_brackets, "other brackets than the source"),
    Check("quotes", Severity.WARNING, find_quotes, "quotes without a partner"),
    Check("quotes-lost", Severity.WARNING, find_lost_quotes, "quotations without quotes"),
    Check("spaces", Severity.WARNING, find_spaces, "spaces too many, or missing"),
    Check("doubled-marks", Severity.WARNING, find_doubled, "marks that stand twice"),
    Check("quote-style", Severity.NOTE, find_foreign_quotes, "quotes of another language"),
    Check("dashes", Severity.NOTE, find_hyphens, "hyphens for dashes"),
)
