"""What is true of text in any language: white space, numbers, and strings that must not change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

# Patterns take linear time, whatever the text: a lookbehind or `++` where runs could be tried again
# from each of their characters.
_BROKEN_LINE = re.compile(r"(?<!\s)[^\S\r\n\v\f\x85\u2028\u2029]*[\r\n\v\f\x85\u2028\u2029]\s*")
# Characters that only steer line breaking or display, and halves of characters: models know
# nothing of them.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\ud800-\udfff]")

# Strings that a translation must repeat letter for letter.
_PROTECTED = re.compile(
    r"""
      (?P<email> (?<![\w.+-]) [\w.+-]++ @ [\w-]+ (?:\.[\w-]+)+ )
    | (?P<url>
        (?: https?:// | ftp:// | www\. ) [^\s<>"“”«»]* [^\s<>"“”«».,;:!?)\]'’]
        # a bare host, as in "Photo: president.kg"; two letters at least, so not "p.m." or "e.g."
      | (?<![\w.@-]) [A-Za-z0-9][A-Za-z0-9-]+ (?:\.[A-Za-z0-9-]{2,})*
        \. (?: com|org|net|info|int|edu|gov|mil|asia|news|media|[a-z]{2} ) (?![\w@-]|\.\w)
        (?: / [^\s<>"“”«»]* [^\s<>"“”«».,;:!?)\]'’] )?
      )
    | (?P<placeholder>  # {x} ${x} {{ x }}, %s %1$d %(n)s
        \$?\{ [\w.\-:]* \} | \{\{ \s* [\w.\-:|]+ \s* \}\}
      | (?<![\d%]) % (?: \d+\$ | \(\w+\) )? [-+0\#]*+ \d* (?:\.\d+)? [diouxXeEfgGcrs@] (?!\w)
      )
    """,
    re.VERBOSE,
)
# What each of them has somewhere, and most sentences have not: the check spares most of the time.
_MAY_BE_PROTECTED = re.compile(r"[@{%]|://|\.\w")
_NUMBER = re.compile(
    r"(?<!\d)\d{1,3}(?:[ \u00a0\u2009\u202f’']\d{3})+(?!\d)(?:[.,]\d+)?"  # 12 345,6
    r"|\d+(?:[.,]\d+)*"  # 1,000.5 and 3,5 and 2023
)
_THOUSANDS = re.compile(r"\D(?=\d{3}(?!\d))")
_WORD = re.compile(r"\w+(?:[-’']\w+)*")
# Three letters thrice, or two four times: «жыйынынын» has «ын» thrice, and is a word.
_STUTTER = re.compile(r"(\w{3,})\1{2}|(\w{2})\2{3}")
_SHORTEST_STUTTER = 8  # letters
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")


def fold(text: str) -> str:
    r"""Join the lines of a hard-wrapped segment: white space with a line break becomes one space.

    >>> fold("over\n  two lines")
    'over two lines'
    """
    return _BROKEN_LINE.sub(" ", text)


def for_translation(text: str) -> str:
    """The text as a model should see it: no invisible characters, single ordinary spaces."""
    return " ".join(_INVISIBLE.sub("", text).split())


def words(text: str) -> list[str]:
    """The words of a text: runs of letters and digits, hyphens and apostrophes inside."""
    return _WORD.findall(text)


def protected(text: str) -> Iterator[re.Match[str]]:
    """The e-mails, URLs and placeholders of a text; a match's `lastgroup` says which it is."""
    return _PROTECTED.finditer(text) if _MAY_BE_PROTECTED.search(text) else iter(())


def _without_protected(text: str) -> str:
    return _PROTECTED.sub(" ", text) if _MAY_BE_PROTECTED.search(text) else text


def numbers(text: str) -> Counter[str]:
    """Count the numbers of a text, each in one spelling whatever the locale's separators.

    A separator before three digits is taken for one of thousands, any other for a decimal point.

    >>> numbers("1,000 and 3.5") == numbers("1 000 и 3,5")
    True
    """
    return Counter(
        re.sub(r"\D", ".", _THOUSANDS.sub("", match.group()))
        for match in _NUMBER.finditer(_without_protected(text))
    )


def lost(source: str, target: str) -> list[str]:
    """The protected strings of `source` that stand less often in `target`, in order.

    >>> lost("Write to info@cabar.asia", "Пишите нам")
    ['info@cabar.asia']
    """
    there = Counter(match.group() for match in protected(source))
    return [string for string, times in there.items() if target.count(string) < times]


def has_prose(text: str) -> bool:
    """Whether anything is left to translate once numbers, URLs and the like are taken away."""
    return any(map(str.isalpha, _without_protected(text)))


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does, closing quotes and brackets aside."""
    return bool(_SENTENCE_END.search(text.rstrip()))


def is_looping(text: str) -> bool:
    """Whether a phrase, or a piece of a word, stands three times in a row.

    So do neural models stutter: "уголовный уголовный уголовный суд", "устастаста".
    """
    said = [word.lower() for word in words(text) if not word.isdigit()]
    if any(len(word) >= _SHORTEST_STUTTER and _STUTTER.search(word) for word in said):
        return True
    if max(Counter(said).values(), default=0) < 3:  # as in most texts
        return False
    return any(_repeats(said, period) for period in range(1, len(said) // 3 + 1))


def _repeats(items: list[str], period: int) -> bool:
    """Whether some run of `period` items stands three times in a row."""
    same = 0
    for left, right in zip(items, items[period:], strict=False):
        same = same + 1 if left == right else 0
        if same == 2 * period:
            return True
    return False
