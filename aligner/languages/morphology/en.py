"""English: plural and possessive of nouns, names and noun phrases.

    inflect("head of state").pl  →  {"nom": "heads of state", "gen": "heads of state's"}

The possessive is a clitic of the whole phrase, the plural belongs to its head. Rules and exceptions
after Quirk, Greenbaum, Leech and Svartvik, A Comprehensive Grammar of the English Language (1985),
§§ 5.73-5.103 (number), 5.112-5.126 (genitive).
"""

from __future__ import annotations

import re
from collections.abc import Collection

from aligner.errors import UsageError
from aligner.languages import words
from aligner.languages.morphology.forms import Forms
from aligner.languages.morphology.kept import PREFIX, keep, kept

CASES = ("nom", "gen")
FEATURES = words("sg pl plural person frozen anim inan")
# Grammemes that the other languages need; a glossary gives all of them the same ones.
_NOT_IN_ENGLISH = words("m f n px3")

# The head of a phrase stands before them: heads of state, parties to the conflict.
_PREPOSITIONS = words(
    """
    of for on in to at by with from against between under over about among within without into
    before after during through towards toward across beyond near per via de du la
    """
)

_IRREGULAR = {
    "person": "people",
    "child": "children",
    "foot": "feet",
    "tooth": "teeth",
    "goose": "geese",
    "mouse": "mice",
    "louse": "lice",
    "ox": "oxen",
    "quiz": "quizzes",
    "criterion": "criteria",
    "phenomenon": "phenomena",
    "datum": "data",
    "bacterium": "bacteria",
    "addendum": "addenda",
    "erratum": "errata",
    "stratum": "strata",
    "alumnus": "alumni",
    "nucleus": "nuclei",
    "bureau": "bureaux",
    **{stem + "f": stem + "ves" for stem in words("hal shel lea thie loa wol cal sel shea scar")},
    **{stem + "fe": stem + "ves" for stem in words("li wi kni")},
}
_PLURALS = frozenset(_IRREGULAR.values()) | words("police cattle media memoranda referenda")
_SAME = words(
    """
    sheep deer fish series species aircraft spacecraft hovercraft offspring means headquarters
    crossroads gallows barracks works kyrgyz
    """
)
_MAN = re.compile(r"(?<!^hu)(?<!^ger)(?<!^ro)(?<!^otto)(?<!^sha)(?<!^talis)(?<!^cay)man$")
_HARD_CH = re.compile(r"(?:arch|stomach|epoch|eunuch|czech|tech|loch)$")
_O_ES = words(
    "hero potato tomato veto embargo echo torpedo cargo mosquito tornado volcano go do undergo"
)
# What ends in s and is no plural, beside -ss, -us, -is, -ics.
_SINGULAR_S = words(
    """
    news gas bus lens atlas canvas bias alias chaos cosmos ethos pathos kudos diabetes rabies
    measles christmas pancreas asbestos thermos rhinoceros yes plus
    """
)
_UNCOUNTABLE = words("news chaos kudos diabetes rabies measles asbestos")
_PEOPLES = re.compile(r"(?:stan|iraq|israel|kuwait|bengal|punjab|yemen|oman)is$")
_SINGULAR_MEN = words("yemen turkmen omen regimen specimen abdomen acumen amen")
# Words that are common nouns though they come with a capital: Presidents of Azerbaijan and Belarus.
_TITLES = words(
    """
    president minister ambassador governor mayor deputy speaker senator general secretary premier
    chancellor king queen prince emir sultan sheikh bishop patriarch mufti judge prosecutor
    ombudsman commissioner director chairman chairwoman chairperson head leader member state
    representative envoy akim republic treaty
    """
)


def inflect(term: str, features: Collection[str] = ()) -> Forms:
    """Give the forms of a noun, name or noun phrase: `nom`, and `gen` for the possessive.

    Args:
        term: as a dictionary has it; in the plural if that is what it means.
        features: "pl" or "plural" and "sg" (its number, found by rule where it is not given),
            "person" (a name, it has no plural), "anim" and "inan" (it is no name, whatever its
            capitals), "frozen" (never changes), "frozen:WORD" (that word never does). What only
            the other languages need ("m", "px3" …) changes nothing.

    Returns:
        A term in the plural has no singular, a proper name has no plural.

    Raises:
        UsageError: an unknown feature, or an empty term.
    """
    given = _check(term, features)
    words_kept = kept(term, features)
    if "frozen" in given:
        same = dict.fromkeys(CASES, term)
        return Forms(term, same, same)
    before, head, after = split_term(term)
    if given & {"pl", "plural"} or ("sg" not in given and _is_plural(head)):
        return keep(Forms(term, {}, _cases(term, plural=True)), words_kept)
    plural = _cases(before + pluralise(head) + after, plural=True) if _counts(head, given) else {}
    return keep(Forms(term, _cases(term), plural), words_kept)


def pluralise(word: str) -> str:
    """The plural of a noun: "country" → "countries", "NGO" → "NGOs"."""
    if word.isupper() and len(word) > 1:
        return word + "s"
    start, hyphen, rest = word.partition("-")
    if hyphen and rest.split("-")[0] in _PREPOSITIONS:  # mothers-in-law
        return pluralise(start) + hyphen + rest
    *_, last = word.split("-")
    return word[: len(word) - len(last)] + suffixed(last)


def _check(term: str, features: Collection[str]) -> frozenset[str]:
    if not term.strip():
        raise UsageError("an empty term has no forms")
    for feature in features:
        if not feature.startswith(PREFIX) and feature not in FEATURES | _NOT_IN_ENGLISH:
            raise UsageError(
                f'"{feature}" is not a feature of English terms',
                hint=f"Give one of: {', '.join(sorted(FEATURES))}, frozen:WORD.",
            )
    return frozenset(features)


def _cases(phrase: str, *, plural: bool = False) -> dict[str, str]:
    last = phrase.rsplit(" ", 1)[-1]
    bare = is_s(phrase) and (plural or _is_plural(last))  # the presidents', but the CIS's
    return {"nom": phrase, "gen": phrase + ("'" if bare else "'s")}


def is_s(phrase: str) -> bool:
    """Whether a phrase ends in s, so that its possessive may be a mere apostrophe."""
    return phrase[-1:] in ("s", "S")


def split_term(term: str) -> tuple[str, str, str]:
    """The head of a term, and what stands before and behind it."""
    spans = [found.span() for found in re.finditer(r"[\w.&'’-]*\w", term.split(" (")[0])]
    if not spans:
        return term, "", ""
    prepositions = (
        index for index, (start, stop) in enumerate(spans) if term[start:stop] in _PREPOSITIONS
    )
    at = next((index for index in prepositions if index > 0), len(spans))
    start, stop = spans[at - 1]
    return term[:start], term[start:stop], term[stop:]


def _counts(head: str, features: frozenset[str]) -> bool:
    """Whether a head has a plural: a common noun or title, an initialism that can take an s."""
    if not head or "person" in features or not re.search(r"[^\W\d_]$", head):
        return False
    if head.lower() in _UNCOUNTABLE or head.endswith("ics"):
        return False
    if features & {"anim", "inan"} or head.lower() in _TITLES:
        return True
    return head[-1] != "S" if head.isupper() else not re.search(r"[A-Z]", head)


def _is_plural(word: str) -> bool:
    """Whether a word is a plural by its ending; in a name with a capital too: United States."""
    lower = word.lower().rsplit("-", 1)[-1]
    if lower in _PLURALS or _PEOPLES.search(lower):
        return True
    if lower.endswith("men"):
        return lower not in _SINGULAR_MEN
    if word.isupper() or lower in _SAME | _SINGULAR_S or len(lower) < 4:
        return False
    if word[:1].isupper() and len(word) < 7 and lower[:-1] not in _TITLES:  # Paris, Texas, Laos
        return False
    return bool(re.search(r"[^siu]s$", lower)) and not lower.endswith("ics")


def suffixed(word: str) -> str:
    """A noun without hyphens in the plural; so a verb in the third person, too."""
    lower = word.lower()
    if lower in _SAME or lower.endswith("ese"):
        return word
    if other := _IRREGULAR.get(lower):
        return word[:1] + other[1:]
    if _MAN.search(lower):
        return word[:-2] + "en"
    if re.search(r"[sx]is$", lower):  # crisis
        return word[:-2] + "es"
    if re.search(r"[^aeiou]y$", lower):
        return word[:-1] + "ies"
    sibilant = re.search(r"(?:s|x|z|ch|sh)$", lower) and not _HARD_CH.search(lower)
    return word + ("es" if sibilant or lower in _O_ES else "s")
