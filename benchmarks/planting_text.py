"""Errors in a translation's text alone: negation, letters, punctuation; see `planting_numbers.py`.

Each is a function of a text, its language and a random generator; it gives the harmed text, or None
where the text has nothing that could be harmed so.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from functools import cache
from random import Random
from shutil import which

NAME = r"(?<=[a-zа-яёңөү,] )[А-ЯЁӨҮҢ][а-яёңөү]{3,}"


def swapped(text: str, found: re.Match[str], new: str, group: int | str = 0) -> str:
    """A text with another string in place of a match."""
    return text[: found.start(group)] + new + text[found.end(group) :]


def one_of(pattern: str | re.Pattern[str], text: str, rng: Random) -> re.Match[str] | None:
    """Any of the matches in a text."""
    found = list(re.finditer(pattern, text))
    return rng.choice(found) if found else None


# Negation ---------------------------------------------------------------------------------------

_VOICELESS = frozenset("кпстшчхфцщ")
_KY_NEGATED = re.compile(
    r"\b(?P<stem>\w{2,}?)[бп](?P<vowel>[аеоө])"
    r"(?:(?P<past>[гк][аеоө]н\w*)|(?P<said>д[ыиуү](?:м|к|ң(?:[аыиуү]\w{1,2})?)?)|(?P<now>й(?:т|м|б[ыиуү]з|с[ыиуү]ң?)))\b"
)


def negation_lost(text: str, lang: str, rng: Random) -> str | None:
    """No, not: gone. Kyrgyz has it in the verb (-ба-), or in words of its own (эмес, жок)."""
    if lang == "ru":
        found = one_of(r"(?i)(?<![\w-])(?:не|нет|ни) (?!только)", text, rng)
        return found and _with_capital(text, swapped(text, found, ""))
    found = one_of(r" (?:эмес|жок)(?=[ ,.!?;:]|$)", text, rng)
    if found:
        return swapped(text, found, "")
    found = one_of(_KY_NEGATED, text, rng)
    return found and swapped(text, found, _ky_affirmed(found))


def _ky_affirmed(found: re.Match[str]) -> str:
    stem = found["stem"]
    hard = stem[-1] in _VOICELESS
    if found["now"]:
        joint = "й" if stem[-1] in "аеоөуүыи" else found["vowel"]
        return stem + joint + found["now"][1:]
    ending = found["past"] or found["said"]
    first = {"г": "к", "д": "т"}.get(ending[0], ending[0]) if hard else ending[0]
    return stem + first + ending[1:]


_VOWELS = dict(zip("аыоуэеиөүяёю", "ааооееееөаоу", strict=True)) | {"ө": "ө", "ү": "ө", "у": "а"}


def negation_added(text: str, lang: str, rng: Random) -> str | None:
    """The translation says the contrary."""
    if lang == "ru":
        verbs = [
            found
            for found in re.finditer(r"(?<=[а-яё] )[а-яё]{4,}", text)
            if _is_finite(found[0]) and not re.search(r"(?i)\bн[еи] $", text[: found.start()])
        ]
        found = rng.choice(verbs) if verbs else None
        return found and swapped(text, found, f"не {found[0]}")
    if found := re.search(r"\w+[гк][аеоө]н(?=[.!]$)", text):
        return swapped(text, found, f"{found[0]} {rng.choice(['эмес', 'жок'])}")
    # «келди» → «келбеди», «барат» → «барбайт»; of «жатат» and the like another form is used.
    found = re.search(r"\b(?!жат|тур)(\w{2,})(?:[дт]([ыиуү])|(?:й|[аеоө])т)(?=[.!]$)", text)
    vowels = [letter for letter in found[1] if letter in _VOWELS] if found else []
    if not found or not vowels:
        return None
    negated = found[1] + ("п" if found[1][-1] in _VOICELESS else "б") + _VOWELS[vowels[-1]]
    return swapped(text, found, negated + (f"д{found[2]}" if found[2] else "йт"))


@cache
def _analyser() -> object:
    import pymorphy3

    return pymorphy3.MorphAnalyzer()


def _is_finite(word: str) -> bool:
    return _analyser().parse(word)[0].tag.POS == "VERB"  # type: ignore[attr-defined]


def _with_capital(before: str, after: str) -> str:
    return after[0].upper() + after[1:] if before[0].isupper() else after


# Letters ----------------------------------------------------------------------------------------

_LOOK_ALIKE = dict(zip("асеорхуАВЕКМНОРСТХУүҮөӨң", "aceopxyABEKMHOPCTXYYYɵƟҥ", strict=True)) | {
    "ү": "ұ",
    "і": "i",
}
_LATIN = dict(zip("абвгдеёзийклмнопрстуфхыэңөү", "abvgdeeziyklmnoprstufhyenou", strict=True)) | {
    "ж": "zh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ъ": "",
    "ь": "",
    "ю": "yu",
    "я": "ya",
}
_RUSSIAN = str.maketrans("ңөүҢӨҮ", "ноуНОУ")


def look_alike(text: str, _: str, rng: Random) -> str | None:
    """A letter that only looks as it should."""
    found = one_of(f"[{''.join(_LOOK_ALIKE)}]", text, rng)
    return found and swapped(text, found, _LOOK_ALIKE[found[0]])


def transliterated(text: str, _: str, rng: Random) -> str | None:
    """A word in Latin letters."""
    found = one_of(r"\b[А-ЯЁӨҮҢа-яёңөү]{4,}\b", text, rng)
    if not found:
        return None
    latin = "".join(_LATIN[letter] for letter in found[0].lower())
    return swapped(text, found, latin.capitalize() if found[0][0].isupper() else latin)


def russian_letters(text: str, lang: str, rng: Random) -> str | None:
    """Typed on a Russian keyboard: a word, or all, without ң ө ү."""
    if lang != "ky":
        return None
    found = one_of(r"\w*[ңөүҢӨҮ]\w*", text, rng)
    if not found:
        return None
    if rng.random() < 0.3:
        return text.translate(_RUSSIAN)
    return swapped(text, found, found[0].translate(_RUSSIAN))


def misspelt(text: str, lang: str, rng: Random) -> str | None:
    """A slip of the hand that makes no other word."""
    if lang != "ru" or not which("hunspell"):
        return None
    found = one_of(r"(?<![\w-])[а-яё]{6,}(?![\w-])", text, rng)
    if not found:
        return None
    word, at = found[0], rng.randrange(1, len(found[0]) - 1)
    wrong = rng.choice(
        [
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + rng.choice("аоиентср") + word[at + 1 :],
        ]
    )
    return swapped(text, found, wrong) if _unknown((word, wrong)) == {wrong} else None


def _unknown(forms: Iterable[str]) -> set[str]:
    run = subprocess.run(
        ["hunspell", "-d", "ru_RU", "-i", "utf-8", "-l"],
        input="\n".join(forms),
        capture_output=True,
        text=True,
        check=True,
    )
    return set(run.stdout.split())


# Punctuation, spaces, words ---------------------------------------------------------------------


def end_changed(text: str, _: str, rng: Random) -> str | None:
    """Another mark at the end: a question that is none."""
    others = {".": "?!:,", "?": ".", "!": ".", ":": ".", "…": "."}.get(text[-1])
    return text[:-1] + rng.choice(others) if others else None


def end_lost(text: str, _: str, __: Random) -> str | None:
    """No mark at the end."""
    return text[:-1] if text[-1] in ".?!" and text[-2].isalnum() else None


def double_space(text: str, _: str, rng: Random) -> str | None:
    """Two spaces."""
    found = one_of(" ", text, rng)
    return found and swapped(text, found, "  ")


def capital_lost(text: str, _: str, __: Random) -> str | None:
    """The sentence begins with a small letter."""
    return text[0].lower() + text[1:] if text[0].isupper() and text[1].islower() else None


def name_without_capital(text: str, _: str, rng: Random) -> str | None:
    """A name begins with a small letter."""
    found = one_of(NAME, text, rng)
    return found and swapped(text, found, found[0].lower())


def word_doubled(text: str, _: str, rng: Random) -> str | None:
    """A word stands twice: «в в», «на на»."""
    found = one_of(r"(?<= )[а-яёңөү]+(?= )", text, rng)
    return found and swapped(text, found, f"{found[0]} {found[0]}")


def name_garbled(text: str, _: str, rng: Random) -> str | None:
    """A name is garbled as models do: its second half is another's."""
    found = one_of(r"(?<=[a-zа-яёңөү,] )[А-ЯЁӨҮҢ][а-яёңөү]{5,}", text, rng)
    if not found:
        return None
    half = len(found[0]) // 2
    tails = ("анти", "орган", "утсалов", "ензбери", "икстан", "албан")
    return swapped(text, found, found[0][:half] + rng.choice(tails))


def half_lost(text: str, _: str, rng: Random) -> str | None:
    """The second half, or the first, is not there."""
    parts = text.split()
    if len(parts) < 8:
        return None
    half = len(parts) // 2
    if rng.random() < 0.3:
        rest = " ".join(parts[half:])
        return rest[0].upper() + rest[1:]
    return " ".join(parts[:half]).rstrip(",;:—– ") + rng.choice([text[-1], ""])
