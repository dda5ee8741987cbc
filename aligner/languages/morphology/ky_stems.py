"""Kyrgyz words in a text: which endings a stem may take there, and what case they mark.

A noun has some thousand forms, so they are not listed for each. Which endings it takes depends on
its last sounds alone; for every such tail they are worked out once, by the rules of `ky`.

What counts as a form: plural, the possessives of all persons, the cases; after these -дагы
(«Бишкектеги»), -ныкы («Россияныкы»), the personal endings of a predicate («кыргызмын»), the
question -бы and the copula -дыр; -дай («Россиядай»), -сыз («санкциясыз»), and -ча after a
possessive («мыйзамынча»). What makes another word does not: -лык, -луу, -чы, «кыргызча».
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache, partial

from aligner.languages.morphology import ky
from aligner.languages.morphology.kept import kept
from aligner.languages.morphology.stems import Stem

Forms = Iterator[tuple[str, str]]  # form, case
Endings = Mapping[str, tuple[str, ...]]  # ending → the cases it marks

_VOWEL = "аоуыеөүи"
_LIKE = str.maketrans("яюёэ", "ауое")  # the same vowels after й, or at the beginning
_TAIL = re.compile(rf"([{_VOWEL}])([^{_VOWEL}]*)$")
_PREDICATE = ("мIн", "сIң", "сIз", "BIз", "сIңAр", "сIздAр")
_ALWAYS = ("BI", "DIр")  # «Бишкекпи», «Бишкектендир»


def stems(term: str, features: Collection[str] = (), pos: str = "") -> Iterator[Stem]:
    """Give what a term begins with in all forms that are right in a text.

    Args:
        term: in the nominative; a verb as its verbal noun: «ратификациялоо».
        features: as `ky.inflect` takes them.
        pos: its part of speech, as Universal Dependencies names it.
    """
    head, rest = ky.split_term(term)
    last = re.findall(r"\w+(?:[-’']\w+)*", head)[-1:]
    if "frozen" in features or not kept(term, features).isdisjoint(last):
        yield Stem(term, _only, "sg")
    elif pos == "VERB":
        yield Stem(term, _only)
        yield from _verb(head, rest)
    else:
        yield from _nominal(head, rest, frozenset(features))


def _only(ending: str) -> tuple[str, ...]:
    """What never changes has no ending."""
    return () if ending else ("nom",)


def _nominal(head: str, rest: str, features: frozenset[str]) -> Iterator[Stem]:
    person = "person" in features
    reading = next((one[5:].lower() for one in features if one.startswith("read:")), "")
    px3 = "px3" in features or ky.is_izafet(head, person=person)
    plural = bool(features & {"plural", "pl"}) or (not person and ky.is_plural(head, px3=px3))
    number = "pl" if plural else "sg"
    base = head
    if px3:  # «Коопсуздук Кеңеши», «Коопсуздук Кеңешибиз»; but not «Коопсуздук Кеңештин»
        yield from _stems(head, _his, number, rest, reading)
        base, reading = head[:-1] if plural else ky.possessed(head), ""
    yield from _stems(base, _others if px3 else _all, number, rest, reading)
    if not plural:
        yield from _stems(ky.pluralise(base, reading), _owned if px3 else _all, "pl", rest)


def _stems(
    word: str, rules: Callable[[str], Forms], number: str, rest: str, reading: str = ""
) -> Iterator[Stem]:
    """A word as it is before its endings, and as it changes for some: «китеп», «китеб»."""
    written = word.removesuffix("ь")
    if written != word and rules is _all:  # «Кремль», but «Кремлде»
        yield Stem(word, _only, number, rest)
    sounds = [reading] if reading else ky.readings(word)
    changing = written.lower().endswith(sounds[0]) and not written[-2:].isupper()
    apart = not changing or bool(rest)  # «КМШ-нын», «Газпром»дун
    tables: dict[int, list[Endings]] = {}
    for tail in dict.fromkeys(_tail(sound, changing=changing) for sound in sounds):
        for dropped, endings in _endings(tail, rules).items():
            tables.setdefault(dropped, []).append(endings)
    for dropped, found in tables.items():
        stem = written[: len(written) - dropped]
        yield Stem(stem, partial(_cases, found), number, rest, apart and not dropped)
    if short := ky.elided(written):
        owned = _owned if rules is _all else rules
        endings = _endings(_tail(short.lower(), changing=False), owned)[0]
        yield Stem(short, partial(_cases, [endings]), number, rest)


def _cases(tables: Sequence[Endings], ending: str) -> tuple[str, ...]:
    """What an ending marks in the first table that has it."""
    return next((found for table in tables if (found := table.get(ending))), ())


def _tail(spoken: str, *, changing: bool) -> str:
    """A word for all that have the same endings: their last vowel, and one consonant of a kind.

    Before a vowel к and п become voiced behind a vowel («китеби»), but not where a word is read
    otherwise than it is written («Facebookу»); of two alike one falls out («ватт», «ваттын»).
    """
    found = _TAIL.search(spoken.translate(_LIKE))
    vowel, consonants = found.groups() if found else ("а", spoken[-1:])
    last = consonants[-1:]
    if not last or (changing and (consonants in ("к", "п") or consonants[-2:] == 2 * last)):
        return vowel + consonants
    if last in "йр":
        return vowel + last
    return vowel + ("ш" if last in ky.VOICELESS else "м")


@cache
def _endings(tail: str, rules: Callable[[str], Forms]) -> dict[int, Endings]:
    """The endings after a tail, by how many letters of it they replace: none, or its last."""
    found: dict[int, dict[str, dict[str, None]]] = {0: {}, 1: {}}
    for form, case in rules(tail):
        dropped = 0 if form.startswith(tail) else 1  # «той», «тою»; «-ек», «-еги»
        found[dropped].setdefault(form[len(tail) - dropped :], {})[case] = None
    return {
        dropped: {ending: tuple(cases) for ending, cases in endings.items()}
        for dropped, endings in found.items()
        if endings
    }


def _all(word: str) -> Forms:
    yield from _declined(word, "")
    yield from _owned(word)
    yield ky.attach(word, "сIз"), ""


def _owned(word: str) -> Forms:
    """All that belongs to somebody: his before mine and yours."""
    yield from _his(ky.possess(word))
    yield from _others(word)


def _his(word: str) -> Forms:
    """All of what ends in his possessive."""
    yield from _declined(word, "px3")
    yield ky.attach(word, "нчA"), ""


def _others(word: str) -> Forms:
    """What is mine, ours, yours."""
    for owner in (*ky.POSSESSIVES, *ky.POLITE):
        if owner != "px3":
            possessed = ky.possess(word, owner)
            yield from _declined(possessed, owner)
            yield ky.attach(possessed, "чA"), ""


def _declined(word: str, owner: str) -> Forms:
    """The cases, and what may follow them."""
    cases = ky.decline(word, owner)
    yield from ((form, case) for case, form in cases.items())
    if owner in ("px1sg", "px2sg"):
        yield ky.attach(word, "DAн"), "abl"  # «китебимден» beside «китебимен»
    for case, form in cases.items():
        yield from ((ky.attach(form, suffix), case) for suffix in _ALWAYS)
    for case in ("nom", "loc"):
        yield from ((ky.attach(cases[case], suffix), case) for suffix in _PREDICATE)
    for case, form in (("loc", cases["loc"] + "|гI"), ("gen", cases["gen"][:-1] + "|кI")):
        adjective = ky.attach(*form.split("|"))
        for number in (adjective, ky.pluralise(adjective)):
            yield from ((one, case) for one in ky.decline(number).values())
    yield ky.attach(word, "нDAй" if owner == "px3" else "DAй"), ""


# Verbs -------------------------------------------------------------------------------------------

_V = "[аеоөыиуү]"
_NOMINAL = (
    rf"(?:[лдт][аеоө]р)?(?:{_V}?[мң]|с?[ыиуүю]|{_V}?б{_V}з|{_V}?ң{_V}(?:з|р))?"
    rf"(?:[ндт]{_V}н|[гк]?[аеоө]|[ндт][ыиуү]|н[аеоө]?|н?[дт][аеоө](?:н|г[ыиуү])?|[дт][аеоө]й|ч[ае])?"
    rf"(?:[мсбп]{_V}[нңз]|[бп][ыиуү]|[дт][ыиуү]р)?"
)
_PERSON = rf"(?:м{_V}н|с{_V}[ңз]|[бп]{_V}з|с{_V}ң{_V}р|с{_V}зд{_V}р)"
# Voice, negation; then a finite form, participle, converb or verbal noun. Which vowels agree is
# not looked at: what begins with the stem of a verb and goes on like this is hardly anything else.
_VERBAL = re.compile(
    rf"{_V}?(?:[лнтш]|[дт]{_V}р|[гк]{_V}[зр]|л{_V}[нт]|н{_V}ш|т{_V}л|ш{_V}т)?(?:{_V}?[бпм][аеоө])?(?:"
    rf"{_V}?(?:п|{_V}п)(?:{_PERSON}|т{_V}р(?:{_PERSON})?)?"  # -ып
    rf"|{_V}?[дт][ыиуү](?:м|ң|к|ң{_V}з|ң{_V}р|ң{_V}зд{_V}р)?(?:[бп][ыиуү])?"  # -ды
    rf"|{_V}?(?:йт|т|й)(?:{_PERSON})?(?:[бп][ыиуү])?|[аеоөё](?:т|{_PERSON})?"  # -ат
    rf"|[гк][аеоө]н{_NOMINAL}|[гк][аеоө]нч[аеоө]"  # -ган
    rf"|(?:оо|өө|уу|үү|юу|у|ү)(?:ч[ыиуү])?{_NOMINAL}"  # -уу
    rf"|{_V}?(?:р|с|ш){_NOMINAL}"  # -ар, -бас, -ыш
    rf"|с[аеоө](?:м|ң|к|ң{_V}з|ң{_V}р|ң{_V}зд{_V}р)?|с[ыиуү]н|{_V}?ң{_V}з(?:д{_V}р)?"
    rf"|[гк][ыиуү]л[аеоө]|[гк][ыиуү]ч[аеоө]|м[аеоө]к(?:ч[ыиуү])?|{_V}?л[ыиуү]|{_V}?й[ыиуү]н"
    r")?"
)


def _verb(head: str, rest: str) -> Iterator[Stem]:
    """The stem of a verb: «ратификациял-» of «ратификациялоо», «кой-» of «коюу»."""
    found = re.fullmatch(r"(.+?)(оо|өө|уу|үү|юу|у|ү|[ыиуү]ш)", head)
    if found and len(found[1]) > 1:
        for joint in ("й", "ю", "ё") if found[2] == "юу" else ("",):  # «койду», «коюлду», «коёт»
            yield Stem(found[1] + joint, _verbal, after=rest)


def _verbal(ending: str) -> tuple[str, ...]:
    return ("",) if _VERBAL.fullmatch(ending) else ()
