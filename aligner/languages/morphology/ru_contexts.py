"""Which case a Russian noun likely stands in, by the words about its place.

Weights are added to log probabilities. They were chosen by trial: with them, more terms come out in
the form that they have in a reference translation (benchmarks/glossary.py).
"""

from __future__ import annotations

import re
from collections import Counter

from aligner.languages import words
from aligner.languages.morphology.ru_words import cases_of, is_always

_WORD = re.compile(r"[\w-]+")
_AS_REPLACED = 4
_AFTER_TITLE, _AFTER_ACCORDING = 5, 4
_FIRST, _IN_PAIR, _IN_LIST = 2, 3, 1
_AFTER_VERB, _AFTER_NOUN = 3, 1
# «по словам Путина», «по данным МВФ»
_ACCORDING = words("словам данным мнению информации сообщению оценке оценкам сведениям подсчётам")
# Of the cases that a preposition may take, the one that it nearly always does.
_USUAL = {"по": "dat", "с": "ins", "со": "ins", "под": "ins"}
_AS_USUAL = 4
_REACH = 4  # words from a name back to its title: «лидером Кыргызской Республики Садыром Жапаровым»


def expected(before: str, replaced: str, name: bool, person: bool) -> Counter[str]:
    """Weigh the cases of a noun that goes into a text.

    Args:
        before: the sentence as far as its place.
        replaced: the words that it takes the place of.
        name: whether it is a proper name.
        person: whether it is a person's.
    """
    weights: Counter[str] = Counter(dict.fromkeys(_common_cases(replaced), _AS_REPLACED))
    found = list(_WORD.finditer(before))
    if not found:
        weights["nom"] += _FIRST
        return weights
    said = [one[0] for one in found]
    between = before[found[-1].end() :].strip()
    if between == ",":
        weights.update(dict.fromkeys(cases_of(said[-1], "NOUN"), _IN_LIST))
    if between:
        return weights
    if said[-1] in ("и", "или") and len(said) > 1:
        weights.update(dict.fromkeys(cases_of(said[-2], "NOUN"), _IN_PAIR))
    if person and (cases := _titlecases_of(said)):
        # Models leave unknown names in the nominative: what stood there says little.
        return Counter(dict.fromkeys(cases, _AFTER_TITLE))
    if case := _USUAL.get(said[-1].lower()):
        weights[case] += _AS_USUAL
    if said[-2:-1] in (["по"], ["По"]) and said[-1] in _ACCORDING:
        weights["gen"] += _AFTER_ACCORDING
    if is_always(said[-1], "tran"):
        weights["acc"] += _AFTER_VERB
        if name:  # it may be the subject, too: «заявила Россия»
            weights["nom"] += _AFTER_VERB
    if name and is_always(said[-1], "NOUN", "inan"):
        weights["gen"] += _AFTER_NOUN
    return weights


def _common_cases(text: str) -> set[str]:
    """The cases that all nouns and adjectives of a text share."""
    sets = [
        cases for word in _WORD.findall(text) if (cases := cases_of(word, "NOUN", "ADJF", "PRTF"))
    ]
    return set.intersection(*sets) if sets else set()


def _titlecases_of(said: list[str]) -> set[str]:
    """The cases of the title before a name: «министром иностранных дел» is instrumental."""
    for word in reversed(said[-_REACH:]):
        if cases := cases_of(word, "NOUN", animate=True):
            return cases
        if "gen" not in cases_of(word, "NOUN", "ADJF", "PRTF"):
            break
    return set()
