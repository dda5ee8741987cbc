"""What is particular to a language. A language is a data module: `ky.py` holds `LANGUAGE`.

    languages.get("ky-KG").name  →  "Kyrgyz"

A new language is a new file here; the package is listed, there is no registry to edit. The toolkit
also serves languages without a file: they get a neutral record, with the cues that hold everywhere.
"""

from __future__ import annotations

import pkgutil
import re
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from aligner.errors import UsageError

# BCP 47 (RFC 5646): a primary subtag of ISO 639 (2 or 3 letters), then script, region, variants.
_TAG = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{1,8})*", re.IGNORECASE)


def cues(*alternatives: str) -> re.Pattern[str]:
    """Join regular expressions, any of which is a cue; letter case does not matter."""
    return re.compile("|".join(f"(?:{one})" for one in alternatives), re.IGNORECASE)


def caption_cues(nouns: str, credits: str) -> tuple[str, ...]:  # noqa: A002 - the field's word
    """The usual forms of a caption or credit line, as alternatives for `cues`.

    Args:
        nouns: alternation of what is shown: "photo|map".
        credits: alternation of what comes between the noun and its maker: "by|courtesy of".
    """
    pause = r"""[.!?…»”"’)\]|/,;(\[—–-]\s*"""
    noun = rf"(?:{nouns})(?:\s\d+)?"
    return (
        rf"^[(\[]?{noun}\s*(?::|©)\s*\S",  # "Photo: president.kg"
        # "Bakyt Baketaev. Photo: vb.kg"
        rf"{pause}{noun}\s*(?::|©|(?:{credits})\b)\s*\S.{{1,100}}$",
        # "Photo by Vyacheslav Oseledko." but not "Photos by satellites show what the flood left."
        rf"^[(\[]?{noun}\s(?:{credits})\s\S+(?:\s\S+){{0,2}}$",
        rf"^[(\[]?{noun}\s(?:{credits})\b.*[^.!?…]$",
    )


def words(text: str) -> frozenset[str]:
    """The words of a list that is written with spaces."""
    return frozenset(text.split())


# "©" and "(c)" before a year or a name are small print in every language.
_EVERYWHERE = (r"^(?:©|\(c\)\s)", r"^copyright\s(?:©|\(c\)|by\b|.{0,60}\b\d{4}\b)")
_SMALL_PRINT = cues(*_EVERYWHERE)
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Language:
    """A language, and how its newspapers mark what is not running text.

    Attributes:
        code: ISO 639 code, as in the names of Argos models.
        name: its English name.
        letters: its alphabet, small letters; empty where we do not know it.
        captions: found in a caption or a credit line.
        boilerplate: found in a line that belongs to the site, not to the article.
        bylines: found in a line that names the author.
        date_words: months, weekdays and fillers of a line that is only a date, lower case.
        encodings: legacy encodings its texts come in, likeliest first.
    """

    code: str
    name: str
    letters: frozenset[str] = frozenset()
    captions: re.Pattern[str] = _NEVER
    boilerplate: re.Pattern[str] = _SMALL_PRINT
    bylines: re.Pattern[str] = _NEVER
    date_words: frozenset[str] = frozenset()
    encodings: tuple[str, ...] = ()


def boilerplate_cues(*alternatives: str) -> re.Pattern[str]:
    """Join a language's own boilerplate cues with those that hold everywhere."""
    return cues(*_EVERYWHERE, *alternatives)


def check(code: str) -> str:
    """Give the primary subtag of a language tag, lower case: "ky" for "ky-KG".

    Raises:
        UsageError: `code` is no language tag (BCP 47).
    """
    tag = _TAG.fullmatch(code)
    if tag is None:
        named = ", ".join(f"{code} ({get(code).name})" for code in known())
        raise UsageError(
            f'"{code}" is not a language code',
            hint=f"Give an ISO 639 code of two or three letters, such as {named}.",
        )
    return tag[1].lower()


def get(code: str) -> Language:
    """Give the record of a language; a neutral one where we have no data on it.

    Raises:
        UsageError: `code` is no language tag (BCP 47).
    """
    primary = check(code)
    if primary not in known():
        return Language(primary, primary)
    language: Language = import_module(f"{__name__}.{primary}").LANGUAGE
    return language


@cache
def known() -> tuple[str, ...]:
    """The codes of the languages that we have data on."""
    modules = pkgutil.iter_modules(__path__)
    return tuple(sorted(module.name for module in modules if not module.ispkg))
