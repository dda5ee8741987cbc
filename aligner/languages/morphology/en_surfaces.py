"""English words in a text: forms beside those of `en.inflect` that are right there.

The forms of verbs after Quirk, Greenbaum, Leech and Svartvik, A Comprehensive Grammar of the
English Language (1985), §§ 3.1-3.20.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from aligner.languages.morphology import en

# Infinitive, past, participle; one that is missing is as the past.
_STRONG = tuple(
    tuple(row.split())
    for row in """
    arise arose arisen|be was been|bear bore borne|beat beat beaten|become became become
    begin began begun|bid bid|bind bound|bleed bled|blow blew blown|break broke broken
    bring brought|broadcast broadcast|build built|buy bought|cast cast|catch caught
    choose chose chosen|come came come|cost cost|cut cut|deal dealt|do did done|draw drew drawn
    drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feed fed|feel felt
    fight fought|find found|flee fled|fly flew flown|forbid forbade forbidden|forecast forecast
    forget forgot forgotten|forgive forgave forgiven|freeze froze frozen|get got gotten
    give gave given|go went gone|grow grew grown|hang hung|have had|hear heard|hide hid hidden
    hit hit|hold held|hurt hurt|keep kept|know knew known|lay laid|lead led|leave left|lend lent
    let let|lie lay lain|lose lost|make made|mean meant|meet met|overcome overcame overcome
    overthrow overthrew overthrown|pay paid|put put|read read|ride rode ridden|ring rang rung
    rise rose risen|run ran run|say said|see saw seen|seek sought|sell sold|send sent|set set
    shake shook shaken|shine shone|shoot shot|show showed shown|shut shut|sing sang sung
    sink sank sunk|sit sat|sleep slept|speak spoke spoken|spend spent|split split
    spread spread|stand stood|steal stole stolen|stick stuck|strike struck|swear swore sworn
    sweep swept|swim swam swum|take took taken|teach taught|tear tore torn|tell told
    think thought|throw threw thrown|undergo underwent undergone|understand understood
    undertake undertook undertaken|uphold upheld|wake woke woken|wear wore worn|win won
    withdraw withdrew withdrawn|withhold withheld|withstand withstood|write wrote written
    """.strip()
    .replace("\n", "|")
    .split("|")
)
_IN_EE = {"agree", "disagree", "free", "guarantee", "decree", "oversee", "foresee", "flee"}
_FORMS_OF_BE = ("be", "am", "is", "are", "was", "were", "been", "being")


def surfaces(
    term: str, features: Collection[str] = (), pos: str = ""
) -> Iterator[tuple[str, str, str]]:
    """Give what else a term can look like in a text, each with its case and number.

    The other possessive of a singular in s (the CIS', the CIS's), the plural of a NOUN with a
    capital (Supreme Courts), the forms of a VERB.

    Args:
        term: a noun in its dictionary form; a verb in any of its forms.
        features: as `inflect` takes them.
        pos: its part of speech, as Universal Dependencies names it.
    """
    if "frozen" in features:
        return
    if pos == "VERB":
        yield from ((form, "", "") for form in conjugate(term))
        return
    if en.is_s(term) and (gen := en.inflect(term, features).sg.get("gen")):
        yield (term + "'" if gen.endswith("'s") else term + "'s"), "gen", "sg"
    if pos == "NOUN" and "person" not in features and re.search("[A-Z]", en.split_term(term)[1]):
        common = en.inflect(term, {*features, "inan"})
        if common.sg and not en.inflect(term, features).pl:
            yield from ((form, case, "pl") for case, form in common.pl.items())


def conjugate(verb: str) -> Iterator[str]:
    """The forms of a verb given in any of them: its first word changes ("took part in").

    Where the infinitive is not sure (banned: ban, bann?) forms of each come, so this serves to
    recognise a verb, not to write one.
    """
    first, space, rest = verb.removeprefix("to ").partition(" ")
    forms = (form for stem in _infinitives(first.lower()) for form in _verb_forms(stem))
    for form in dict.fromkeys((first.lower(), *forms)):
        yield (form.capitalize() if first[:1].isupper() else form) + space + rest


def _infinitives(form: str) -> list[str]:
    """What a form may be a form of: "imposed" → "impose", "impos"; "sign" → "sign"."""
    if form in _FORMS_OF_BE:
        return ["be"]
    if strong := [row[0] for row in _STRONG if form in row]:
        return strong
    if found := re.fullmatch(r"(.{1,2})ying", form):
        return [found[1] + "y", found[1] + "ie"]  # trying, dying
    if found := re.fullmatch(r"(.{2,})ie[sd]", form):
        return [found[1] + "y", found[1] + "ie"]
    if form.endswith("eed"):
        return [form[:-1] if form[:-1] in _IN_EE else form]
    found = re.fullmatch(r"(.*[aeiouy].*)(?:ed|ing|(?<=[sxzho])es)|(.*[^siu])s", form)
    if not found:
        return [form]
    if found[2]:
        return [found[2]]
    stem = found[1]
    doubled = [stem[:-1]] if re.search(r"([b-df-hj-np-tv-z])\1$", stem) else []
    return [stem, stem + "e", *doubled]


def _verb_forms(stem: str) -> Iterator[str]:
    if stem == "be":
        yield from _FORMS_OF_BE
        return
    strong = next((row for row in _STRONG if row[0] == stem), ())
    yield stem
    yield "has" if stem == "have" else en.suffixed(stem)
    dropped = re.sub(r"(?<![aeioy])e$", "", stem)
    bases = {dropped}
    if stem.endswith("ie"):
        bases = {stem[:-2] + "y"}  # lying
    elif re.search(r"(?:^|[^aeiou])[aeiou][b-df-hj-np-tvz]$", stem):
        bases.add(stem + stem[-1])  # banning; and focusing
    yield from (base + "ing" for base in sorted(bases))
    if strong:
        yield from strong[1:]
    elif re.search(r"[^aeiou]y$", stem):
        yield stem[:-1] + "ied"
    elif stem.endswith("e"):
        yield stem + "d"
    else:
        yield from (base + "ed" for base in sorted(bases))
