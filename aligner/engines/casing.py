"""Headlines in capitals or Title Case: translated as sentences, and given their case back.

Models know "influence" better than "Influence" and "INFLUENCE". Which words keep a capital is
learnt from the document itself, and where it is silent from the model's vocabulary: a name costs
fewer tokens in its usual spelling (Lita et al. 2003, "tRuEcasIng", for the idea).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from aligner.text import protected, words

# A word up to its apostrophe: the "s" of "Putin’s" never takes a capital of its own.
_STEM = re.compile(r"[^\W_]+")


def spellings(sentences: Iterable[str]) -> Counter[str]:
    """Count the words inside sentences as they are spelt; the first one's capital says nothing."""
    return Counter(
        stem
        for sentence in sentences
        for word in words(sentence)[1:]
        for stem in _STEM.findall(word)
    )


def sentence_case(heading: str, seen: Counter[str], cost: Callable[[str], int]) -> str:
    """Spell a heading in capitals or Title Case as a sentence; any other is given back as it is.

    Args:
        heading: the heading.
        seen: how words are spelt inside the document's sentences, as `spellings` counts them.
        cost: how many tokens a word takes.
    """
    capitals = is_capitals(heading)
    if not (capitals or _is_title(heading)):
        return heading
    fixed = {i for match in protected(heading) for i in range(*match.span())}

    def spell(match: re.Match[str]) -> str:
        word = match.group()
        if match.start() in fixed:
            return word
        if not capitals and len(word) > 1 and word.isupper():  # an acronym: "COVID-19 Cases Rise"
            return word
        if match.start() and heading[match.start() - 1] in "’'":
            return word.lower()
        forms = dict.fromkeys((word.lower(), word.capitalize(), word))
        known = {form: seen[form] for form in forms if seen[form]}
        return max(known, key=lambda f: known[f]) if known else min(forms, key=cost)

    text = _STEM.sub(spell, heading)
    first = next((i for i, char in enumerate(text) if char.isalpha()), 0)
    return text[:first] + text[first:].replace(text[first], text[first].upper(), 1)


def recase(translation: str, heading: str) -> str:
    """Give a translated heading the case of its source; Title Case is English, and not imitated."""
    return translation.upper() if is_capitals(heading) else translation


def is_capitals(text: str) -> bool:
    """Whether a text is in capitals throughout, and more than one acronym."""
    return text.isupper() and len(_STEM.findall(text)) > 1


def _is_title(text: str) -> bool:
    """Whether nearly all long words after the first have a capital: "Rise of the Great Lakes"."""
    long = [word for word in words(text)[1:] if len(word) > 3 and word[0].isalpha()]
    return bool(long) and sum(word[0].isupper() for word in long) >= 0.75 * len(long)
