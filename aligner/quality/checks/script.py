"""Letters of the wrong script: look-alikes in words, invisible characters, whole texts.

A word is wrong where it would be of one script if its look-alikes were exchanged: "Pоссия" with a
Latin P. So "iPhoneдор" and "VKонтакте" are right. Look-alikes are those of Latin and Cyrillic in
the Unicode confusables (UTS #39), and what other keyboards give for a letter.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from aligner.quality import Check, Hit, Pair, Severity
from aligner.quality.reading import alphabet, has_cyrillic, has_latin, letters, span, words

# Each Cyrillic letter looks as the Latin one below it.
_CYRILLIC = "асеорхукАВЕКМНОРСТХУ"
_LATIN = "aceopxykABEKMHOPCTXY"
# Letters of other Cyrillic alphabets, too.
_OTHERS = "іјѕһԁԛԝӏІЈЅ"
_TO_LATIN = str.maketrans(_CYRILLIC + _OTHERS, _LATIN + "ijshdqwlIJS")
# What a hurried hand takes for a letter: "кvн" for «күн», "mapm" for «март».
_TO_CYRILLIC = str.maketrans(_LATIN + "bghimnrtuvwN", _CYRILLIC + "ьднитпгтиүшН")
_TWINS = frozenset(_LATIN)
_OTHER = re.compile(f"[{_OTHERS}]")
_SUFFIXED = re.compile(r"([A-Z]{2,}|[A-Za-z]*[A-Z][a-z]+)[а-яёңөү]+")  # "ATMде"
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_MIXED_ROMAN = re.compile("[IVXLCDM][ХІСМ]|[ХІСМ][IVXLCDM]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# Marks of the direction of writing, and joiners: emoji, Arabic and Indic scripts need them.
_NEEDED = re.compile("[\u0590-\u0dff\u1780-\u17ff\u2600-\u27bf\ufb1d-\ufefc\U0001f000-\U0001faff]")
_BROKEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd\ufffe\uffff\ud800-\udfff]"
)
# UTF-8 read as Windows-1252, or as Windows-1251.
_MOJIBAKE = re.compile(
    "(?:[ÐÑ][\u0080-\u00bfŒœŠšŸŽžƒˆ˜\u2013-\u203a€™]){2}"
    "|(?:[РС][\u0080-\u00bfЀ-Џѐ-џҐґ\u2013-\u203a€№™]){3}"
)
_MOJIBAKE_SIGN = re.compile("[\ufffdÐÑ\u0080-\u009f°±µ¶·¼½¾Ђ-Џђ-џ]")
_LEAST_LETTERS = 12  # that tell which script a text is in
_MOST_OTHER = 0.7  # of the letters of a text: the rest are names in it


def find_mixed(pair: Pair) -> Iterator[Hit]:
    """Words of one script with letters of another that look alike."""
    target = pair.target
    if not _OTHER.search(target) and not (has_cyrillic(target) and has_latin(target)):
        return
    known = {word for _, word in words(pair.source)}
    for start, word in words(pair.target):
        if word in known or _is_roman(word):
            continue
        if is_mixed(word) and not _is_suffixed(word, known):
            yield Hit(f"{word} has letters of two scripts", span(start, word))
        elif _is_twin(pair, start, word):
            yield Hit(f"{word} is in the letters of another script", span(start, word))


def is_mixed(word: str) -> bool:
    """Whether a word would be of one script if look-alikes were exchanged.

    >>> is_mixed("Pоссия"), is_mixed("iPhoneдор")
    (True, False)
    """
    if word.isascii():
        return False
    if has_latin(word):
        return has_cyrillic(word) and (
            not has_latin(word.translate(_TO_CYRILLIC))
            or not has_cyrillic(word.translate(_TO_LATIN))
        )
    other = sum(letter in _OTHERS for letter in word)
    return 0 < other <= len(word) / 3 and _is_russian(word)


def find_roman(pair: Pair) -> Iterator[Hit]:
    """Roman numerals with Cyrillic letters among the Latin ones."""
    if not _MIXED_ROMAN.search(pair.target):
        return
    for start, word in words(pair.target):
        if has_latin(word) and has_cyrillic(word) and _is_roman(word):
            yield Hit(f"the Roman numeral {word} has Cyrillic letters", span(start, word))


def find_wrong_script(pair: Pair) -> Iterator[Hit]:
    """A text in another script than its language's."""
    script = alphabet(pair.target_lang)
    if not script or pair.target == pair.source:
        return
    found = [word for _, word in words(pair.target)]
    is_own = has_latin if script == "Latin" else has_cyrillic
    count = sum(map(len, found))
    other = count - sum(len(word) for word in found if is_own(word))
    if count >= _LEAST_LETTERS and other > _MOST_OTHER * count and _is_prose(found):
        yield Hit(f"the translation is not in {script} letters", (0, len(pair.target)))


def find_invisible(pair: Pair) -> Iterator[Hit]:
    """Characters that nobody sees, which the source has not."""
    if pair.target.isascii() or not alphabet(pair.target_lang):
        return
    needed = _NEEDED.search(pair.target) is not None
    for match in _INVISIBLE.finditer(pair.target):
        if not needed and pair.source.count(match[0]) < pair.target.count(match[0]):
            yield Hit(f"an invisible character, U+{ord(match[0]):04X}", match.span())


def find_broken(pair: Pair) -> Iterator[Hit]:
    """Control characters, halves of characters, text that was read in a wrong encoding."""
    if pair.target.isprintable() and not _MOJIBAKE_SIGN.search(pair.target):
        return
    for match in (*_BROKEN.finditer(pair.target), *_MOJIBAKE.finditer(pair.target)):
        if match[0] not in pair.source:
            shown = " ".join(f"U+{ord(letter):04X}" for letter in match[0])
            yield Hit(f"broken characters: {shown}", match.span())


def _is_suffixed(word: str, known: Collection[str]) -> bool:
    """Whether it is a name or initialism of the source with an ending."""
    found = _SUFFIXED.fullmatch(word)
    return found is not None and (found[1] in known or f"{found[1]}s" in known)


def _is_twin(pair: Pair, start: int, word: str) -> bool:
    """Whether all of a word looks as if it were of the script of its text.

    A letter alone may be a name: "vitamin C", "x = 5", "a)".
    """
    script = alphabet(pair.target_lang)
    if script == "Latin":
        return not word.isascii() and word.translate(_TO_LATIN).isascii()
    if script != "Cyrillic" or not _TWINS.issuperset(word):
        return False
    if len(word) > 1:
        return word.islower() and len(word) < 4
    before, after = pair.target[:start].rstrip(" "), pair.target[start + 1 : start + 3]
    is_first = not before or before[-1] in ".!?…"
    return (
        (word.islower() or is_first)
        and word not in "xX"
        and not before.endswith(("(", "="))
        and re.match(r"[\u0400-\u052f]|\d{4}", pair.target[start + 2 : start + 6]) is not None
        and after[:1] == " "
    )


def _is_russian(word: str) -> bool:
    own = letters("ky")
    return all(letter in own or letter in _OTHERS for letter in word.lower())


def _is_roman(word: str) -> bool:
    return _ROMAN.fullmatch(word.translate(_TO_LATIN)) is not None


def _is_prose(found: Sequence[str]) -> bool:
    """Whether a text is more than names: it has words in small letters, or none has a case."""
    return sum(not word[0].isupper() for word in found) >= len(found) / 2


CHECKS = (
    Check("script", Severity.ERROR, find_mixed, "look-alikes of another script in words"),
    Check("wrong-script", Severity.ERROR, find_wrong_script, "a text in another script"),
    Check("broken-text", Severity.ERROR, find_broken, "control characters, wrong encodings"),
    Check("invisible", Severity.WARNING, find_invisible, "characters that nobody sees"),
    Check("roman-numerals", Severity.NOTE, find_roman, "Roman numerals with Cyrillic letters"),
)
